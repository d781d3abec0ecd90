package store

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

const (
	hours = 3_600_000 // ms
	days  = 24 * hours
)

// at sets the clock to an hour of a day after the first, in the store's zone.
func (s *shop) at(day int, clock string) {
	s.t.Helper()
	var h, m int
	_, err := fmt.Sscanf(clock, "%d:%d", &h, &m)
	s.ok(err)
	start := (engine.DayAt(testStart, s.store.Zone()) + engine.Day(day)).Start(s.store.Zone())
	s.now.Store(int64(start) + int64(h)*hours + int64(m)*60_000)
}

// clockOf writes an instant as at reads it: "2 10:00".
func (s *shop) clockOf(at engine.Instant) string {
	first := engine.DayAt(testStart, s.store.Zone())
	return fmt.Sprintf("%d %s", engine.DayAt(at, s.store.Zone())-first, at.In(s.store.Zone()).Format("15:04"))
}

// cycle tells the texts of a coupon, each as "day2 queued 2 10:00".
func (s *shop) cycle(coupon engine.ID) string {
	s.t.Helper()
	rows, err := s.CouponTexts(bgc, s.owner, coupon)
	s.ok(err)
	out := make([]string, len(rows))
	for i, m := range rows {
		step := string(m.Step)
		if m.Days > 0 {
			step += fmt.Sprint(m.Days)
		}
		out[i] = strings.Join(strings.Fields(step+" "+m.State+" "+m.Reason+" "+s.clockOf(m.Due)), " ")
	}
	return strings.Join(out, ", ")
}

func (s *shop) wantTexts(coupon engine.ID, want string) {
	s.t.Helper()
	if got := s.cycle(coupon); got != want {
		s.t.Errorf("texts are\n%s, want\n%s", got, want)
	}
}

const wholeCycle = "issue queued 0 10:53, day2 queued 2 10:00, day7 queued 7 10:00, day27 queued 27 10:00, last3 queued 42 10:00"

func TestTextsArePlannedAtIssue(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria Souza")
	s.wantTexts(sold.Issued.ID, wholeCycle)
	m := *sold.Message
	if m.Step != engine.StepIssue || m.Kind != "coupon" || m.State != "queued" || m.To != "**** 4321" || m.Parts != 1 || m.Encoding != "GSM-7" ||
		!strings.Contains(m.Body, engine.ShowCode(sold.Issued.Code)) || m.Due != testStart || m.Customer != "Maria Souza" {
		t.Errorf("%+v", m)
	}
	if n := s.count("SELECT count(*) FROM message WHERE to_sealed IS NOT NULL OR body_sealed IS NOT NULL"); n != 0 {
		t.Errorf("%d texts have number or words already", n)
	}
	if n := s.count("SELECT count(DISTINCT wording_id) FROM message"); n != 3 || s.count("SELECT count(*) FROM wording") != 3 {
		t.Errorf("%d wordings", n)
	}
	again, err := s.RecordSale(bgc, s.owner, engine.Draft{Key: "k", Amount: 10_000, Customer: engine.CustomerRef{Phone: maria}})
	s.ok(err)
	repeated, err := s.RecordSale(bgc, s.owner, engine.Draft{Key: "k", Amount: 10_000, Customer: engine.CustomerRef{Phone: maria}})
	s.ok(err)
	if !repeated.Repeated || repeated.Message.ID != again.Message.ID || repeated.Message.Body != again.Message.Body {
		t.Errorf("%+v, want %+v", repeated.Message, again.Message)
	}
}

func TestTextAtIssueWaitsForTheMorning(t *testing.T) {
	s := newShop(t, "")
	s.at(0, "21:30")
	sold := s.sell(s.owner, maria, "Maria")
	if m := sold.Message; m.Reason != "quiet_hours" || s.clockOf(m.Due) != "1 09:00" || s.clockOf(m.Planned) != "0 21:30" {
		t.Errorf("%+v", m)
	}
	if desk, _ := s.Desk(bgc, s.owner); desk.Texts.Held != 1 || desk.Texts.Due != 0 {
		t.Errorf("%+v", desk.Texts)
	}
}

// TestChangedPlanIsForLaterCoupons changes plan, wording and shop after a
// coupon was issued.
func TestChangedPlanIsForLaterCoupons(t *testing.T) {
	s := newShop(t, "")
	first := s.sell(s.owner, maria, "Maria")
	s.store.Settings = engine.Settings{
		engine.SetTextDays: "5", engine.SetTextBefore: "0", engine.SetTextAtIssue: "no", engine.SetWording: "{shop}: {face} {code} {stop}",
	}
	s.store.Title = "Casa Verde"
	var err error
	s.store, err = s.SaveStore(bgc, s.owner, s.store)
	s.ok(err)
	second := s.sell(s.owner, "+5511912345678", "Rui")
	if second.Message != nil {
		t.Errorf("%+v", second.Message)
	}
	s.wantTexts(second.Issued.ID, "day5 queued 5 10:00")
	s.wantTexts(first.Issued.ID, wholeCycle)
	m, err := s.Message(bgc, s.owner, first.Message.ID)
	s.ok(err)
	if want := strings.Replace(first.Message.Body, "Casa Azul", "Casa Verde", 1); m.Body != want {
		t.Errorf("%s, want %s", m.Body, want)
	}
	if out := s.claim(); out.Body != m.Body {
		t.Errorf("%s, want %s", out.Body, m.Body)
	}
}

func TestCampaignHasAPlanOfItsOwn(t *testing.T) {
	s := newShop(t, "")
	page, err := s.Campaigns(bgc, s.owner, engine.Filter{})
	s.ok(err)
	c := page.Items[0]
	c.Texts = &engine.TextPlan{Days: []int{1}}
	c.Wording = engine.TextWording{Day: "{shop} {code} {last_day} {stop}"}
	_, err = s.SaveCampaign(bgc, s.owner, c)
	s.ok(err)
	sold := s.sell(s.owner, maria, "Maria")
	s.wantTexts(sold.Issued.ID, "day1 queued 1 10:00")
	rows, err := s.CouponTexts(bgc, s.owner, sold.Issued.ID)
	s.ok(err)
	if !strings.HasPrefix(rows[0].Body, "Casa Azul "+engine.ShowCode(sold.Issued.Code)+" 02/01 ") {
		t.Errorf("%s", rows[0].Body)
	}
}

// TestCouponWithoutTexts tells for each reason what the plan would be.
func TestCouponWithoutTexts(t *testing.T) {
	for want, c := range map[string]struct {
		before func(s *shop)
		ref    engine.CustomerRef
	}{
		reasonNoCustomer: {nil, engine.CustomerRef{}},
		reasonNoConsent:  {nil, engine.CustomerRef{Phone: maria}},
		reasonOptedOut:   {nil, engine.CustomerRef{Phone: maria, Consent: engine.ConsentNo}},
		reasonNoPhone:    {nil, engine.CustomerRef{Number: "77", Consent: engine.ConsentYes}},
		"texts_off": {
			func(s *shop) { s.setting(engine.SetTexts, "no") }, engine.CustomerRef{Phone: maria, Consent: engine.ConsentYes},
		},
		reasonCarrier: {
			func(s *shop) { s.ok(s.SaveOptedOut(bgc, []string{maria}, testStart)) },
			engine.CustomerRef{Phone: maria, Consent: engine.ConsentYes},
		},
	} {
		t.Run(want, func(t *testing.T) {
			s := newShop(t, "")
			if c.before != nil {
				c.before(s)
			}
			sold, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 10_000, Customer: c.ref})
			s.ok(err)
			if sold.Message != nil || s.count("SELECT count(*) FROM message") != 0 {
				t.Errorf("%+v", sold.Message)
			}
			s.wantTexts(sold.Issued.ID, strings.ReplaceAll(wholeCycle, "queued", want))
			rows, _ := s.CouponTexts(bgc, s.owner, sold.Issued.ID)
			if !strings.Contains(rows[0].Body, engine.ShowCode(sold.Issued.Code)) || rows[0].Parts != 1 || !rows[0].ID.IsZero() {
				t.Errorf("%+v", rows[0])
			}
		})
	}
}

func TestCouponOfThePastWasNotPlanned(t *testing.T) {
	s := newShop(t, "")
	out, err := s.ImportSales(bgc, s.owner, []engine.ImportSale{{Line: 2, Number: "7", Business: engine.DayAt(testStart, s.store.Zone()), Amount: 10_000}}, true)
	s.ok(err)
	if out[0].Err != nil {
		t.Fatal(out[0].Err)
	}
	coupons, err := s.Coupons(bgc, s.owner, engine.Filter{})
	s.ok(err)
	id := coupons.Items[0].CustomerID
	_, err = s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: id, Phone: ptr(maria), Consent: ptr(engine.ConsentYes)})
	s.ok(err)
	if got := s.cycle(coupons.Items[0].ID); !strings.Contains(got, "day2 not_planned") {
		t.Error(got)
	}
}

// TestTextsAreTakenBack goes through what takes a coupon's texts back, in the
// transaction in which it happens. The text at issue was lost before: it may
// have gone.
func TestTextsAreTakenBack(t *testing.T) {
	for reason, happens := range map[string]func(s *shop, sold engine.Recorded) error{
		reasonRedeemed: func(s *shop, sold engine.Recorded) error {
			_, err := s.RecordSale(bgc, s.owner, engine.Draft{
				Amount: 100, Customer: engine.CustomerRef{Phone: maria}, Use: engine.UseCode, Code: sold.Issued.Code,
			})
			return err
		},
		reasonVoided: func(s *shop, sold engine.Recorded) error {
			_, err := s.VoidCoupon(bgc, s.owner, sold.Issued.ID, "mistake")
			return err
		},
		reasonForgotten: func(s *shop, sold engine.Recorded) error {
			return s.ForgetCustomer(bgc, s.owner, sold.Sale.CustomerID, "asked")
		},
		reasonOptedOut: func(s *shop, sold engine.Recorded) error {
			_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Consent: ptr(engine.ConsentNo)})
			return err
		},
		reasonNoPhone: func(s *shop, sold engine.Recorded) error {
			_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Phone: ptr("")})
			return err
		},
	} {
		t.Run(reason, func(t *testing.T) {
			s := newShop(t, "")
			s.setting(engine.SetTextPrice, "250000")
			sold := s.sell(s.owner, maria, "Maria")
			s.ok(s.Settle(bgc, lost(s.claim())))
			s.ok(happens(s, sold))
			for _, m := range s.rowsOf(sold.Issued.ID) {
				want := "cancelled " + reason
				if m == sold.Message.ID {
					want = "unknown " + reason
				}
				if got := s.textState(m); got != want {
					t.Errorf("%s, want %s", got, want)
				}
			}
			s.sound()
			desk, err := s.Desk(bgc, s.owner)
			s.ok(err)
			if desk.Texts.Unknown != 1 || desk.Texts.Spent != 250_000 {
				t.Errorf("%+v", desk.Texts)
			}
		})
	}
}

// rowsOf gives the texts of a coupon by their ids, in the order of the plan.
func (s *shop) rowsOf(coupon engine.ID) []engine.ID {
	s.t.Helper()
	rows, err := s.CouponTexts(bgc, s.owner, coupon)
	s.ok(err)
	out := make([]engine.ID, len(rows))
	for i, m := range rows {
		out[i] = m.ID
	}
	return out
}

// TestGivenBackCouponIsTextedAgain: only the reminders still to come are queued
// again.
func TestGivenBackCouponIsTextedAgain(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.ok(s.Settle(bgc, accepted(s.claim())))
	s.at(1, "12:00")
	next, err := s.RecordSale(bgc, s.owner, engine.Draft{
		Amount: 10_000, Customer: engine.CustomerRef{Phone: maria}, Use: engine.UseCode, Code: sold.Issued.Code,
	})
	s.ok(err)
	s.at(3, "12:00")
	_, err = s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: next.Sale.ID, Reason: "mistake"})
	s.ok(err)
	s.wantTexts(sold.Issued.ID, "issue accepted 0 10:53, day2 cancelled coupon_redeemed 2 10:00, day7 queued 7 10:00, "+
		"day27 queued 27 10:00, last3 queued 42 10:00")
	for _, m := range s.rowsOf(next.Issued.ID) { // its sale is void
		if got := s.textState(m); got != "cancelled coupon_voided" {
			t.Error(got)
		}
	}
	s.sound()
}

func TestGivenBackCouponOfOneWhoSaidNo(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	next, err := s.RecordSale(bgc, s.owner, engine.Draft{
		Amount: 10_000, Customer: engine.CustomerRef{Phone: maria}, Use: engine.UseCode, Code: sold.Issued.Code,
	})
	s.ok(err)
	_, err = s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Consent: ptr(engine.ConsentNo)})
	s.ok(err)
	_, err = s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: next.Sale.ID, Reason: "mistake"})
	s.ok(err)
	if n := s.count("SELECT count(*) FROM message WHERE state = 'queued'"); n != 0 {
		t.Errorf("%d texts are to go", n)
	}
}

// TestTextSaysWhatIsTrueNow: a partial return lowers the face before the text
// goes.
func TestTextSaysWhatIsTrueNow(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	_, err := s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: sold.Sale.ID, Amount: 5000, Reason: "back"})
	s.ok(err)
	_, err = s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Phone: ptr("+5511955554444")})
	s.ok(err)
	out := s.claim()
	if !strings.Contains(sold.Message.Body, "R$20") || !strings.Contains(out.Body, "R$10") || out.To != "+5511955554444" {
		t.Errorf("%s: %s", out.To, out.Body)
	}
	m, err := s.Message(bgc, s.owner, out.ID)
	s.ok(err)
	if m.Body != out.Body || m.To != "**** 4444" || m.Sent != s.clock() || m.State != string(delivery.StateSending) {
		t.Errorf("%+v", m)
	}
}

// TestSecondSaleOfADay: the counter is told at once that the text of a second
// coupon waits for its customer's pace.
func TestSecondSaleOfADay(t *testing.T) {
	s := newShop(t, "")
	first := s.sell(s.owner, maria, "Maria")
	s.ok(s.Settle(bgc, accepted(s.claim())))
	sent := s.clock()
	s.wait(60_000)
	second := s.sell(s.owner, maria, "")
	if first.Message.Due != first.Sale.At || first.Message.Reason != "" {
		t.Errorf("the first goes at %d: %s", first.Message.Due, first.Message.Reason)
	}
	// 16 hours after half past ten or so it is night.
	tomorrow := (s.store.Today(sent) + 1).At(9, s.store.Zone())
	if m := second.Message; m.Due != tomorrow || m.Reason != "pace" {
		t.Errorf("the second goes at %v: %s, want %v", m.Due.In(s.store.Zone()), m.Reason, tomorrow.In(s.store.Zone()))
	}
	s.nothingDue()
}

// TestWhyNoText: a sale tells why its coupon gets no text, also when it is
// repeated.
func TestWhyNoText(t *testing.T) {
	s := newShop(t, "")
	s.ok(s.SaveOptedOut(bgc, []string{"+5511911110001"}, s.clock()))
	_, err := s.StopTexts(bgc, s.owner, "+5511911110002")
	s.ok(err)
	for _, c := range []struct {
		ref  engine.CustomerRef
		want string
	}{
		{engine.CustomerRef{}, "no_customer"},
		{engine.CustomerRef{Number: "C1", Consent: engine.ConsentYes}, "customer_no_phone"},
		{engine.CustomerRef{Phone: "+5511911110003"}, "no_consent"},
		{engine.CustomerRef{Phone: "+5511911110004", Consent: engine.ConsentNo}, "customer_opted_out"},
		{engine.CustomerRef{Phone: "+5511911110001", Consent: engine.ConsentYes}, "carrier_stop"},
		{engine.CustomerRef{Phone: "+5511911110002", Consent: engine.ConsentYes}, ""}, // asked again, and said yes
	} {
		d := engine.Draft{Amount: 10_000, Customer: c.ref, Key: "why-" + c.ref.Phone + c.ref.Number}
		for range 2 {
			rec, err := s.RecordSale(bgc, s.owner, d)
			s.ok(err)
			if rec.NoText != c.want || (rec.Message == nil) != (c.want != "") {
				t.Errorf("%+v: %q, want %q; text %+v", c.ref, rec.NoText, c.want, rec.Message)
			}
		}
	}
	s.settings(string(engine.SetTextAtIssue), "no")
	if rec := s.sell(s.owner, maria, "Maria"); rec.NoText != "none_at_issue" {
		t.Errorf("%q", rec.NoText)
	}
	s.settings(string(engine.SetTexts), "no")
	if rec := s.sell(s.owner, maria, ""); rec.NoText != "texts_off" {
		t.Errorf("%q", rec.NoText)
	}
}
