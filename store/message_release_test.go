package store

import (
	"context"
	"strconv"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// unknown sends a text of which no clear answer comes.
func (s *shop) unknown() delivery.Outgoing {
	s.t.Helper()
	out := s.claim()
	s.ok(s.Settle(bgc, unknownFate(out)))
	return out
}

func unknownFate(out delivery.Outgoing) delivery.Settlement {
	return delivery.Settlement{
		ID: out.ID, Attempt: out.Attempt, State: delivery.StateUnknown, At: testStart + 3, Sender: "sns",
		Reason: delivery.ReasonNoReply, Lost: out.Lost + 1,
	}
}

func (s *shop) release(id engine.ID) engine.Message {
	s.t.Helper()
	m, err := s.ReleaseMessage(bgc, s.as(engine.Salesperson), id)
	s.ok(err)
	return m
}

// TestReleaseUnknown lets a text go whose fate nobody knows: in its own row, at
// once, and with its lost reply still counted.
func TestReleaseUnknown(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.settings(string(engine.SetTextPrice), "100000")
	s.sell(s.owner, maria, "Maria")
	first := s.unknown()
	s.wait(5000)
	m := s.release(first.ID)
	if m.State != "queued" || m.Reason != "" || m.Due != s.clock() || m.Planned != s.clock() || m.Settled != 0 || m.Cost != 100_000 || m.Body == "" {
		t.Errorf("%+v", m)
	}
	again := s.claim() // though the customer had a text just now
	if again.ID != first.ID || again.Attempt != 2 || again.Lost != 1 {
		t.Errorf("%+v", again)
	}
	s.ok(s.Settle(bgc, accepted(again)))
	if m, err := s.Message(bgc, s.owner, first.ID); err != nil || m.Cost != 200_000 {
		t.Errorf("two attempts that may have gone cost %d, %v", m.Cost, err)
	}
	if n := s.audited("message.release"); n != 1 {
		t.Errorf("%d entries", n)
	}
	_, err := s.ReleaseMessage(bgc, s.owner, first.ID)
	s.refused(err, engine.CodeReleaseGone)
	s.sound()
}

// TestReleaseHeld lets a text go that waits for the customer's pace.
func TestReleaseHeld(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.sell(s.owner, maria, "Maria")
	s.ok(s.Settle(bgc, accepted(s.claim())))
	held := s.sell(s.owner, maria, "").Message
	s.nothingDue()
	if got := s.textState(held.ID); got != "queued "+string(delivery.ReasonPace) {
		t.Fatalf("the second text is %s", got)
	}
	if m := s.release(held.ID); m.State != "queued" || m.Due != s.clock() || m.Planned != held.Planned {
		t.Errorf("%+v", m)
	}
	if out := s.claim(); out.ID != held.ID {
		t.Errorf("%+v", out)
	}
	s.sound()
}

func TestReleaseIsRefused(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.settings(string(engine.SetTextPrice), "100000")
	sold := s.sell(s.owner, maria, "Maria")
	id, customer := sold.Message.ID, sold.Sale.CustomerID
	refuse := func(code engine.Code) {
		t.Helper()
		_, err := s.ReleaseMessage(bgc, s.owner, id)
		s.refused(err, code)
	}
	refuse(engine.CodeReleaseWaits) // it waits for nothing
	_, err := s.ReleaseMessage(bgc, s.owner, sold.Sale.ID)
	s.refused(err, engine.CodeMessageUnknown)
	nobody := s.owner
	nobody.Role = ""
	_, err = s.ReleaseMessage(bgc, nobody, id)
	s.refused(err, engine.CodeForbidden)
	out := s.claim()
	refuse(engine.CodeMessageSending) // it is on its way
	s.ok(s.Settle(bgc, unknownFate(out)))
	s.settings(string(engine.SetTextLimit), "199999")
	refuse(engine.CodeTextLimit)
	s.settings(string(engine.SetTextLimit), "200000",
		string(engine.SetTextHour), "9", string(engine.SetTextFrom), "9", string(engine.SetTextUntil), "10")
	refuse(engine.CodeMessageQuiet)
	s.anyHour()
	s.settings(string(engine.SetTexts), "no")
	refuse(engine.CodeTextsOff)
	_, err = s.ResendMessage(bgc, s.owner, id)
	s.refused(err, engine.CodeTextsOff)
	s.settings(string(engine.SetTexts), "yes")
	s.ok(s.SaveOptedOut(bgc, []string{maria}, s.clock()))
	refuse(engine.CodeNoConsent)
	s.says(customer, engine.ConsentYes, engine.FromCounter)
	refuse(engine.CodeSuppressed)
	s.ok(s.SaveOptedOut(bgc, nil, s.clock()))
	_, err = s.VoidCoupon(bgc, s.owner, sold.Issued.ID, "mistake")
	s.ok(err)
	refuse(engine.CodeCouponVoided)
	s.ok(s.ForgetCustomer(bgc, s.owner, customer, "asked"))
	refuse(engine.CodeForgotten)
	if got := s.textState(id); got != "unknown no_reply" {
		t.Errorf("a refusal changed the text: %s", got)
	}
}

func TestCancelMessage(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	cancel := func(id engine.ID) string {
		t.Helper()
		m, err := s.CancelMessage(bgc, s.owner, id)
		s.ok(err)
		return m.State + " " + m.Reason
	}
	queued := s.sell(s.owner, maria, "Maria").Message
	if got := cancel(queued.ID); got != "cancelled by_hand" {
		t.Errorf("a queued text is %s", got)
	}
	if n := s.count("SELECT count(*) FROM message WHERE state = 'queued'"); n == 0 {
		t.Error("the coupon's other texts are gone too")
	}
	s.sell(s.owner, "+5511912345678", "Rui")
	gone := s.unknown()
	if got := cancel(gone.ID); got != "cancelled by_hand" {
		t.Errorf("an unknown text given up is %s", got)
	}
	s.sell(s.owner, "+5511912345679", "Eva")
	out := s.claim()
	_, err := s.CancelMessage(bgc, s.owner, out.ID)
	s.refused(err, engine.CodeMessageSending)
	s.ok(s.Settle(bgc, lost(out)))
	if got := cancel(out.ID); got != "unknown by_hand" {
		t.Errorf("a queued text that may have gone is %s", got)
	}
	if got := cancel(out.ID); got != "cancelled by_hand" {
		t.Errorf("given up, it is %s", got)
	}
	refuse := func(id engine.ID, code engine.Code) {
		t.Helper()
		_, err := s.CancelMessage(bgc, s.owner, id)
		s.refused(err, code)
	}
	refuse(out.ID, engine.CodeCancelTwice)
	s.sell(s.owner, "+5511912345670", "Lia")
	went := s.claim()
	s.ok(s.Settle(bgc, accepted(went)))
	refuse(went.ID, engine.CodeCancelGone)
	s.sell(s.owner, "+5511912345671", "Zoe")
	no := accepted(s.claim())
	no.State, no.MessageID, no.Reason = delivery.StateRefused, "", delivery.ReasonInvalidNumber
	s.ok(s.Settle(bgc, no))
	refuse(no.ID, engine.CodeCancelRefused)
	if n := s.audited("message.cancel"); n != 4 {
		t.Errorf("%d entries", n)
	}
	s.ok(s.StartVerification(bgc, s.owner, "+5511912345672"))
	page, err := s.Messages(bgc, s.owner, engine.Filter{})
	s.ok(err)
	cancel(page.Items[0].ID)
	if n := s.count("SELECT count(*) FROM message WHERE kind = 'verify' AND body_sealed IS NOT NULL"); n != 0 {
		t.Error("a code that is taken back is kept")
	}
	for _, again := range []func(context.Context, engine.Actor, engine.ID) (engine.Message, error){s.ReleaseMessage, s.ResendMessage} {
		_, err = again(bgc, s.owner, page.Items[0].ID)
		s.refused(err, engine.CodeMessageCode)
	}
	s.sound()
}

// TestEaseHours looks at texts again that the hours or the customer's pace hold
// back, once these are set otherwise.
func TestEaseHours(t *testing.T) {
	at := func(s *shop) {
		s.settings(string(engine.SetTextHour), "9", string(engine.SetTextFrom), "9", string(engine.SetTextUntil), "10")
		s.sell(s.owner, maria, "Maria")
	}
	for name, c := range map[string]struct {
		hold   func(s *shop)
		change []string
		reason string // afterwards
		go_    bool
	}{
		"longer hours": {at, []string{string(engine.SetTextFrom), "0", string(engine.SetTextUntil), "24"}, "", true},
		"other hours":  {at, []string{string(engine.SetTextFrom), "8"}, "quiet_hours", false},
		"not hours":    {at, []string{string(engine.SetTextLimit), "900000"}, "quiet_hours", false},
		"less gap":     {(*shop).texted, []string{string(engine.SetTextGap), "0"}, "", true},
		"exempt":       {(*shop).texted, []string{string(engine.SetTextExempt), "yes"}, "", true},
		"more a week":  {(*shop).texted, []string{string(engine.SetTextPerWeek), "9"}, "pace", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			c.hold(s)
			held := s.lists(s.owner, engine.Filter{State: "held"})[0]
			s.settings(c.change...)
			s.wait(1000)
			out, err := s.Claim(bgc, s.clock(), s.clock()+60_000)
			s.ok(err)
			if out.OK != c.go_ || c.go_ && out.ID != held {
				t.Errorf("claimed %s", strconv.FormatBool(out.OK))
			}
			if got := s.textState(held); !c.go_ && got != "queued "+c.reason {
				t.Error(got)
			}
		})
	}
}

// texted has a customer texted, and another text of theirs wait for the pace.
func (s *shop) texted() {
	s.t.Helper()
	s.anyHour()
	s.sell(s.owner, maria, "Maria")
	s.ok(s.Settle(bgc, accepted(s.claim())))
	s.sell(s.owner, maria, "")
	s.nothingDue()
}

// TestEaseLimit lets texts go that the month's limit held, once it is raised.
func TestEaseLimit(t *testing.T) {
	for name, c := range map[string]struct {
		change []string
		go_    bool
	}{
		"lowered": {[]string{string(engine.SetTextLimit), "40000"}, false},
		"other":   {[]string{string(engine.SetTextGap), "3"}, false},
		"raised":  {[]string{string(engine.SetTextLimit), "1000000"}, true},
		"gone":    {[]string{string(engine.SetTextLimit), "0"}, true},
		"cheaper": {[]string{string(engine.SetTextPrice), "1000"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			s.anyHour()
			s.settings(string(engine.SetTextPrice), "100000", string(engine.SetTextLimit), "50000")
			id := s.sell(s.owner, maria, "Maria").Message.ID
			s.nothingDue()
			if got := s.textState(id); got != "queued month_limit" {
				t.Fatal(got)
			}
			s.settings(c.change...)
			s.wait(1000)
			out, err := s.Claim(bgc, s.clock(), s.clock()+60_000)
			s.ok(err)
			if out.OK != c.go_ || c.go_ && out.ID != id {
				t.Errorf("claimed %s", strconv.FormatBool(out.OK))
			}
		})
	}
}
