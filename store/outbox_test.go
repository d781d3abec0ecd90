package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// claimed asks for the next text without waiting for the rate.
func (s *shop) claimed() delivery.Claimed {
	s.t.Helper()
	out, err := s.Claim(bgc, s.clock(), s.clock().Add(time.Minute))
	s.ok(err)
	return out
}

// deliver hands everything over that may go now and gives how many texts went.
func (s *shop) deliver() (texts []delivery.Outgoing) {
	s.t.Helper()
	for {
		s.wait(1000)
		out := s.claimed()
		if !out.OK {
			return texts
		}
		s.ok(s.Settle(bgc, withAll(accepted(out.Outgoing), out.Outgoing)))
		texts = append(texts, out.Outgoing)
	}
}

// onlySettings gives the store these settings and the defaults of all others.
func (s *shop) onlySettings(set engine.Settings) {
	s.t.Helper()
	st := s.store
	st.Settings = set
	st, err := s.SaveStore(bgc, s.owner, st)
	s.ok(err)
	s.store = st
}

// TestWholeCycleGoes moves the clock through the life of a coupon.
func TestWholeCycleGoes(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	var went []string
	for day := range 50 {
		s.at(day, "11:00")
		for _, out := range s.deliver() {
			went = append(went, fmt.Sprintf("%d:%s", day, out.Kind))
		}
	}
	if got := strings.Join(went, " "); got != "0:coupon 2:reminder 7:reminder 27:reminder 42:reminder" {
		t.Error(got)
	}
	if got := s.cycle(sold.Issued.ID); strings.Count(got, "accepted") != 5 {
		t.Error(got)
	}
	s.sound()
}

// TestAfterAnOutageTheNewestGoes: nothing ran for ten days.
func TestAfterAnOutageTheNewestGoes(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.at(10, "15:00")
	if out := s.deliver(); len(out) != 1 || out[0].Kind != delivery.KindReminder {
		t.Errorf("%+v", out)
	}
	s.wantTexts(sold.Issued.ID, "issue cancelled superseded 0 10:53, day2 cancelled superseded 2 10:00, day7 accepted 7 10:00, "+
		"day27 queued 27 10:00, last3 queued 42 10:00")
	s.sound()
}

// TestSupersededAfterALostReply may have gone.
func TestSupersededAfterALostReply(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.ok(s.Settle(bgc, lost(s.claim())))
	s.at(2, "15:00")
	s.deliver()
	if got := s.textState(sold.Message.ID); got != "unknown superseded" {
		t.Error(got)
	}
	s.sound()
}

func TestTextsOfOneCustomerGoTogether(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetTextPrice, "250000")
	first := s.sell(s.owner, maria, "Maria Souza")
	s.at(0, "11:00")
	second := s.sell(s.owner, maria, "Maria Souza")
	other := s.sell(s.owner, "+5511912345678", "Rui")
	out := s.claim()
	for _, want := range []string{engine.ShowCode(first.Issued.Code), engine.ShowCode(second.Issued.Code), "R$20"} {
		if !strings.Contains(out.Body, want) {
			t.Errorf("%s lacks %s", out.Body, want)
		}
	}
	if out.ID != first.Message.ID || len(out.With) != 1 || out.With[0].ID != second.Message.ID || out.With[0].Attempt != 1 ||
		out.With[0].Kind != delivery.KindCoupon {
		t.Errorf("%+v", out)
	}
	rows, err := s.Recover(bgc, s.clock().Add(time.Minute))
	s.ok(err)
	if len(rows) != 1 || fmt.Sprint(rows[0]) != fmt.Sprint(out) {
		t.Errorf("%+v, want %+v", rows, out)
	}
	s.sound()
	s.ok(s.Settle(bgc, withAll(accepted(out), out)))
	m, err := s.Message(bgc, s.owner, second.Message.ID)
	s.ok(err)
	if m.State != "accepted" || m.LeadID != first.Message.ID || m.Body != out.Body || m.Cost != 0 || m.Parts != 0 || m.ProviderID != "m-1" || m.Sender != "sns" {
		t.Errorf("%+v", m)
	}
	if lead, _ := s.Message(bgc, s.owner, first.Message.ID); lead.Cost != 250_000 || !lead.LeadID.IsZero() || lead.Parts != 1 {
		t.Errorf("%+v", lead)
	}
	if next := s.claim(); next.ID != other.Message.ID {
		t.Errorf("%+v", next)
	}
	s.sound()
}

// TestLostTogether: each row of a text shares its fate by its own kind, and one
// that goes again goes with what is due then.
func TestLostTogether(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetTextPrice, "250000")
	old := s.sell(s.owner, maria, "Maria")
	s.deliver()
	s.at(2, "10:30")
	first := s.sell(s.owner, maria, "Maria")
	out := s.claim()
	if out.Kind != delivery.KindCoupon || len(out.With) != 1 || out.With[0].Kind != delivery.KindReminder {
		t.Fatalf("%+v", out)
	}
	settle := lost(out)
	settle.With = []delivery.Settlement{{
		ID: out.With[0].ID, Attempt: 1, State: delivery.StateUnknown, At: s.clock(), Reason: delivery.ReasonNoReply, Lost: 1,
	}}
	s.ok(s.Settle(bgc, settle))
	s.sound()
	again := s.claim()
	if again.ID != first.Message.ID || len(again.With) != 0 || again.Lost != 1 || again.Attempt != 2 || strings.Contains(again.Body, engine.ShowCode(old.Issued.Code)) {
		t.Errorf("%+v", again)
	}
	s.ok(s.Settle(bgc, accepted(again)))
	m, err := s.Message(bgc, s.owner, first.Message.ID)
	s.ok(err)
	if m.Cost != 500_000 { // both may have gone
		t.Errorf("%+v", m)
	}
	s.sound()
}

// TestRecoverAMemberAlone: a settlement that left a row out leaves it to
// Recover.
func TestRecoverAMemberAlone(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria")
	s.sell(s.owner, maria, "Maria")
	out := s.claim()
	s.ok(s.Settle(bgc, accepted(out)))
	rows, err := s.Recover(bgc, s.clock().Add(time.Minute))
	s.ok(err)
	if len(rows) != 1 || rows[0].ID != out.With[0].ID || len(rows[0].With) != 0 {
		t.Errorf("%+v", rows)
	}
}

// TestTextAboutSeveralThatIsTooLong: the first goes alone.
func TestTextAboutSeveralThatIsTooLong(t *testing.T) {
	s := newShop(t, "")
	s.raw("INSERT INTO setting (store_id, name, value) SELECT id, 'texts.wording_several', '" + strings.Repeat("{coupons} ", 40) + "' FROM store")
	first := s.sell(s.owner, maria, "Maria")
	second := s.sell(s.owner, maria, "Maria")
	third := s.sell(s.owner, maria, "Maria")
	out := s.claim()
	if out.ID != first.Message.ID || len(out.With) != 0 || !strings.Contains(out.Body, engine.ShowCode(first.Issued.Code)) {
		t.Errorf("%+v", out)
	}
	s.nothingDue()
	for _, r := range []engine.Recorded{second, third} {
		if got := s.textState(r.Message.ID); got != "queued pace" {
			t.Error(got)
		}
	}
}

func TestQuietHours(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.at(0, "20:00")
	s.nothingDue()
	s.wantTexts(sold.Issued.ID, strings.Replace(wholeCycle, "issue queued 0 10:53", "issue queued quiet_hours 1 09:00", 1))
	s.at(1, "08:59")
	s.nothingDue()
	s.at(1, "09:00")
	if out := s.claim(); out.ID != sold.Message.ID {
		t.Errorf("%+v", out)
	}
}

// TestQuietHoursOfTheRecipient: it is night in Lisbon, and the number may be on
// the Azores, where it is nine an hour later than there.
func TestQuietHoursOfTheRecipient(t *testing.T) {
	s := newShop(t, "")
	s.at(0, "17:30")
	sold := s.sell(s.owner, "+351912345678", "Inês")
	if got := s.clockOf(sold.Message.Due); got != "1 07:00" {
		t.Errorf("goes at %s", got)
	}
}

func TestTextThatWouldComeTooLate(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.at(45, "21:00") // the last day
	s.nothingDue()
	if got := s.cycle(sold.Issued.ID); strings.Count(got, "cancelled too_late") != 5 {
		t.Error(got)
	}
	s.at(46, "11:00")
	other := s.sell(s.owner, "+5511912345678", "")
	s.at(92, "09:00") // expired
	s.nothingDue()
	if got := s.cycle(other.Issued.ID); strings.Count(got, "cancelled coupon_expired") != 5 {
		t.Error(got)
	}
}

func TestPace(t *testing.T) {
	for name, c := range map[string]struct {
		set  engine.Settings
		want string // what becomes of the second and third coupon's text at issue
	}{
		"default":  {nil, "issue queued pace 1 09:00 / issue queued pace 1 09:00"},
		"any gap":  {engine.Settings{engine.SetTextGap: "0"}, "issue accepted 0 12:00 / issue queued pace 7 10:53"},
		"any week": {engine.Settings{engine.SetTextGap: "1", engine.SetTextPerWeek: "0"}, "issue accepted 0 12:00 / issue accepted 0 14:00"},
		"exempt":   {engine.Settings{engine.SetTextExempt: "yes"}, "issue accepted 0 12:00 / issue accepted 0 14:00"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			s.onlySettings(c.set)
			s.sell(s.owner, maria, "Maria")
			s.deliver()
			s.at(0, "12:00")
			second := s.sell(s.owner, maria, "Maria")
			s.deliver()
			s.at(0, "14:00")
			third := s.sell(s.owner, maria, "Maria")
			s.deliver()
			issue := func(r engine.Recorded) string { text, _, _ := strings.Cut(s.cycle(r.Issued.ID), ","); return text }
			if got := issue(second) + " / " + issue(third); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestPaceCountsTextsNotCoupons, nor what a carrier turned away.
func TestPaceCountsTextsNotCoupons(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetTextGap, "0")
	s.sell(s.owner, maria, "Maria")
	s.sell(s.owner, maria, "Maria")
	if out := s.deliver(); len(out) != 1 || len(out[0].With) != 1 {
		t.Fatalf("%+v", out)
	}
	s.sell(s.owner, maria, "Maria")
	out := s.claim()
	s.ok(s.Settle(bgc, delivery.Settlement{ID: out.ID, Attempt: 1, State: delivery.StateRefused, Reason: delivery.ReasonRefused, At: s.clock()}))
	s.sell(s.owner, maria, "Maria")
	s.claim() // the second of the week
	s.sell(s.owner, maria, "Maria")
	s.nothingDue()
}

func TestReleasedTextIsNotHeldForThePace(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria")
	s.deliver()
	held := s.sell(s.owner, maria, "Maria")
	s.nothingDue()
	_, err := s.ReleaseMessage(bgc, s.owner, held.Message.ID)
	s.ok(err)
	if out := s.claim(); out.ID != held.Message.ID {
		t.Errorf("%+v", out)
	}
}

func TestMonthLimit(t *testing.T) {
	s := newShop(t, "")
	s.onlySettings(engine.Settings{engine.SetTextPrice: "400000", engine.SetTextLimit: "1000000"})
	var sold []engine.Recorded
	for i := range 4 {
		sold = append(sold, s.sell(s.owner, fmt.Sprintf("+55119876543%02d", i), ""))
	}
	if n := len(s.deliver()); n != 2 {
		t.Errorf("%d texts went", n)
	}
	state := func(i int) string { text, _, _ := strings.Cut(s.cycle(sold[i].Issued.ID), ","); return text }
	if got := state(3); got != "issue queued month_limit 13 09:00" { // 1 December
		t.Error(got)
	}
	desk, err := s.Desk(bgc, s.owner)
	s.ok(err)
	if want := (engine.TextDesk{Held: 2, Limited: 2, Spent: 800_000, Limit: 1_000_000, Price: 400_000}); desk.Texts != want {
		t.Errorf("%+v, want %+v", desk.Texts, want)
	}
	s.onlySettings(engine.Settings{engine.SetTextPrice: "400000", engine.SetTextLimit: "1200000"})
	if n := len(s.deliver()); n != 1 || !strings.HasPrefix(state(2), "issue accepted") || !strings.HasPrefix(state(3), "issue queued month_limit") {
		t.Errorf("%d more went: %s, %s", n, state(2), state(3))
	}
	s.at(13, "10:00") // another month: reminders are due, and the text that was held is superseded by one
	if out := s.deliver(); len(out) != 3 {
		t.Errorf("%d texts went", len(out))
	}
	if n := s.count("SELECT count(*) FROM message WHERE state = 'queued' AND reason = 'month_limit'"); n == 0 {
		t.Error("none is held for January")
	}
	s.sound()
}

// TestVerificationIsNotHeld: the code was asked for at the counter just now.
func TestVerificationIsNotHeld(t *testing.T) {
	s := newShop(t, "")
	s.onlySettings(engine.Settings{engine.SetTexts: "no", engine.SetVerifyPhone: "yes"})
	s.at(0, "22:00")
	s.ok(s.StartVerification(bgc, s.owner, maria))
	if out := s.claim(); out.Kind != delivery.KindVerify || out.To != maria {
		t.Errorf("%+v", out)
	}
	s.onlySettings(engine.Settings{engine.SetVerifyPhone: "yes", engine.SetTextPrice: "400000", engine.SetTextLimit: "1"})
	s.ok(s.StartVerification(bgc, s.owner, "+5511912345678"))
	s.nothingDue()
	if n := s.count("SELECT count(*) FROM message WHERE state = 'cancelled' AND reason = 'month_limit'"); n != 1 {
		t.Errorf("%d texts are taken back", n)
	}
}

// TestRateIsShared by two programs on one file.
func TestRateIsShared(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetTextRate, "4")
	for i := range 3 {
		s.sell(s.owner, fmt.Sprintf("+55119876543%02d", i), "")
	}
	second, err := Open(bgc, s.path, Options{Clock: s.clock})
	s.ok(err)
	defer second.Close()
	if !s.claimed().OK {
		t.Fatal("nothing to claim")
	}
	s.wait(100)
	out, err := second.Claim(bgc, s.clock(), s.clock()+1000)
	s.ok(err)
	if out.OK || out.Wait != 150*time.Millisecond {
		t.Errorf("%+v", out)
	}
	s.wait(150)
	if out, err = second.Claim(bgc, s.clock(), s.clock()+1000); err != nil || !out.OK {
		t.Errorf("%+v, %v", out, err)
	}
	s.wait(-3 * hours) // the clock is set back
	s.raw(fmt.Sprintf("UPDATE message SET due = %d WHERE step = 'issue' AND state = 'queued'", s.clock()-1))
	s.setting(engine.SetTextFrom, "0")
	if out := s.claimed(); !out.OK {
		t.Errorf("%+v", out)
	}
}

func TestTextThatCannotBeWritten(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.raw("UPDATE wording SET template = '{name}'", "UPDATE customer SET name = ''")
	next := s.sell(s.owner, "+5511912345678", "Rui")
	if out := s.claim(); out.ID != next.Message.ID {
		t.Errorf("%+v", out)
	}
	m, err := s.Message(bgc, s.owner, sold.Message.ID)
	s.ok(err)
	if m.State != "refused" || m.Reason != "invalid_text" || m.Attempts != 0 || m.Sent != 0 {
		t.Errorf("%+v", m)
	}
	s.sound()
}

// TestDamagedRowsBlockNobody: the coupon, the customer or the words of the
// first text cannot be read.
func TestDamagedRowsBlockNobody(t *testing.T) {
	for name, damage := range map[string]string{
		"coupon":   "UPDATE coupon SET code_sealed = zeroblob(60)",
		"customer": "UPDATE customer SET phone_sealed = zeroblob(60)",
		"number":   "UPDATE message SET to_sealed = zeroblob(60)",
		"words":    "UPDATE message SET body_sealed = zeroblob(60)",
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			if name == "number" || name == "words" {
				s.ok(s.StartVerification(bgc, s.owner, maria))
			} else {
				s.sell(s.owner, maria, "Maria")
			}
			s.raw(damage)
			next := s.sell(s.owner, "+5511912345678", "Rui")
			if out := s.claim(); out.ID != next.Message.ID {
				t.Errorf("%+v", out)
			}
			if n := s.count("SELECT count(*) FROM message WHERE state = 'cancelled' AND reason = 'text_damaged'"); n == 0 {
				t.Error("it is still to go")
			}
		})
	}
}

// TestCostOfWhatDidNotGo is taken off again; of what may have gone it stays.
func TestCostOfWhatDidNotGo(t *testing.T) {
	for _, c := range []struct {
		name   string
		settle []delivery.Settlement // one after the other, of the first attempt
		want   string                // texts, accepted, refused, unknown, parts, cost
	}{
		{"accepted", []delivery.Settlement{{State: delivery.StateAccepted}}, "1 1 0 0 1 250000"},
		{"refused", []delivery.Settlement{{State: delivery.StateRefused}}, "0 0 1 0 0 0"},
		{"no sender", []delivery.Settlement{{State: delivery.StateCancelled}}, "0 0 0 0 0 0"},
		{"throttled", []delivery.Settlement{{State: delivery.StateQueued, Reason: delivery.ReasonThrottled}}, "0 0 0 0 0 0"},
		{"lost", []delivery.Settlement{{State: delivery.StateQueued, Reason: delivery.ReasonNoReply, Lost: 1}}, "1 0 0 0 1 250000"},
		{"unknown", []delivery.Settlement{{State: delivery.StateUnknown, Reason: delivery.ReasonNoReply, Lost: 1}}, "1 0 0 1 1 250000"},
		{"lost, then refused for certain", []delivery.Settlement{
			{State: delivery.StateQueued, Reason: delivery.ReasonNoReply, Lost: 1}, {State: delivery.StateRefused},
		}, "0 0 1 0 0 0"},
		{"lost, then accepted", []delivery.Settlement{
			{State: delivery.StateUnknown, Reason: delivery.ReasonNoReply, Lost: 1}, {State: delivery.StateAccepted},
		}, "1 1 0 0 1 250000"},
		{"twice the same", []delivery.Settlement{{State: delivery.StateRefused}, {State: delivery.StateRefused}}, "0 0 1 0 0 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, "")
			s.setting(engine.SetTextPrice, "250000")
			s.sell(s.owner, maria, "Maria")
			out := s.claim()
			for _, settle := range c.settle {
				settle.ID, settle.Attempt, settle.At, settle.Due = out.ID, 1, s.clock(), s.clock()+days
				s.ok(s.Settle(bgc, settle))
			}
			var sums [6]int64
			s.ok(s.reader.db.QueryRow("SELECT texts, accepted, refused, unknown, parts, cost FROM text_summary").Scan(
				&sums[0], &sums[1], &sums[2], &sums[3], &sums[4], &sums[5]))
			if got := strings.Trim(fmt.Sprint(sums), "[]"); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			s.sound()
		})
	}
}

// TestCancelledAfterALostReply: no sender is set up for the second attempt, but
// the first may have gone.
func TestCancelledAfterALostReply(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria")
	s.ok(s.Settle(bgc, lost(s.claim())))
	out := s.claim()
	s.ok(s.Settle(bgc, delivery.Settlement{
		ID: out.ID, Attempt: 2, State: delivery.StateCancelled, Reason: delivery.ReasonNoSender, Lost: 1, At: s.clock(),
	}))
	if got := s.textState(out.ID); got != "unknown no_sender" {
		t.Error(got)
	}
	s.sound()
}

func TestSendingSettingsGoAlong(t *testing.T) {
	s := newShop(t, "")
	s.onlySettings(engine.Settings{
		engine.SetSenderID: "CasaAzul", engine.SetMaxPrice: "0.10", engine.SetOrigination: "+5511900000000", engine.SetEntityID: "E1",
		engine.SetTemplateID: "T1", engine.SetSMSType: "Promotional",
	})
	s.sell(s.owner, maria, "Maria")
	out := s.claim()
	want := delivery.Text{
		To: maria, Body: out.Body, Type: delivery.Promotional, SenderID: "CasaAzul", MaxPrice: "0.10", Origination: "+5511900000000",
		EntityID: "E1", TemplateID: "T1",
	}
	if out.Text != want {
		t.Errorf("%+v", out.Text)
	}
}

// TestDeskOfTexts counts what waits, what is stuck and what nobody knows of.
func TestDeskOfTexts(t *testing.T) {
	s := newShop(t, "")
	s.found("Loja Dois", "")
	for i := range 4 {
		s.sell(s.owner, fmt.Sprintf("+55119876543%02d", i), "")
	}
	want := func(due, held, unknown, stuck int) {
		t.Helper()
		desk, err := s.Desk(bgc, s.owner)
		s.ok(err)
		if got := desk.Texts; got.Due != due || got.Held != held || got.Unknown != unknown || got.Stuck != stuck {
			t.Errorf("%+v", got)
		}
	}
	want(4, 0, 0, 0)
	unknown := lost(s.claim())
	unknown.State = delivery.StateUnknown
	s.ok(s.Settle(bgc, unknown))
	throttled := s.claim()
	s.ok(s.Settle(bgc, delivery.Settlement{
		ID: throttled.ID, Attempt: 1, State: delivery.StateQueued, Reason: delivery.ReasonThrottled, Due: s.clock() + 2*hours,
	}))
	s.claim() // and the worker dies
	want(1, 1, 1, 0)
	s.wait(hours)
	want(1, 1, 1, 2)
	s.wait(hours)
	want(1, 1, 1, 2) // held until the worker looks at it again
}

// TestCostGoesWithTheLead: a text that carried another one, which nobody knows
// the fate of, is carried by that one when both go again.
func TestCostGoesWithTheLead(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetTextPrice, "250000")
	first := s.sell(s.owner, maria, "Maria")
	second := s.sell(s.owner, maria, "Maria")
	out := s.claim()
	again := lost(out)
	again.With = []delivery.Settlement{{
		ID: out.With[0].ID, Attempt: 1, State: delivery.StateQueued, At: s.clock(), Due: testStart, Reason: delivery.ReasonNoReply, Lost: 1,
	}}
	s.ok(s.Settle(bgc, again))
	s.sound()
	s.raw(fmt.Sprintf("UPDATE message SET planned = planned + 1, due = due + 1 WHERE hex(id) = '%X'", first.Message.ID[:]))
	if out = s.claim(); out.ID != second.Message.ID || len(out.With) != 1 || out.With[0].Lost != 1 || out.With[0].Attempt != 2 {
		t.Fatalf("%+v", out)
	}
	for id, want := range map[engine.ID]engine.Micros{first.Message.ID: 0, second.Message.ID: 500_000} {
		if m, err := s.Message(bgc, s.owner, id); err != nil || m.Cost != want {
			t.Errorf("%+v, %v: want a cost of %d", m, err, want)
		}
	}
	s.sound()
}

// TestSpendingOfTheLastMonth does not count in this one.
func TestSpendingOfTheLastMonth(t *testing.T) {
	s := newShop(t, "")
	s.onlySettings(engine.Settings{engine.SetTextPrice: "400000", engine.SetTextLimit: "500000"})
	s.at(12, "19:00") // 30 November
	s.sell(s.owner, maria, "Maria")
	s.deliver()
	for day, want := range map[int]engine.Micros{12: 400_000, 13: 0} {
		s.at(day, "09:30")
		desk, err := s.Desk(bgc, s.owner)
		s.ok(err)
		if desk.Texts.Spent != want {
			t.Errorf("day %d: %d", day, desk.Texts.Spent)
		}
	}
}

// TestResendToANumberThatSaidStop is refused.
func TestResendToANumberThatSaidStop(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.deliver()
	s.ok(s.SaveOptedOut(bgc, []string{maria}, s.clock()))
	_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Consent: ptr(engine.ConsentYes)})
	s.ok(err)
	_, err = s.ResendMessage(bgc, s.owner, sold.Message.ID)
	s.refused(err, engine.CodeSuppressed)
}
