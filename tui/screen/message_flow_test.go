package screen_test

import (
	"context"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/screen"
)

// handOver takes the text that is due first and says what became of it.
func (o *office) handOver(state delivery.State, reason delivery.Reason) engine.ID {
	o.t.Helper()
	o.later(2 * time.Second) // the rate of the shop is one a second
	now := engine.InstantOf(o.clock())
	c, err := o.db.Claim(context.Background(), now, now.Add(time.Minute))
	o.must(err)
	if !c.OK {
		o.t.Fatal("no text is due")
	}
	o.must(o.db.Settle(context.Background(), delivery.Settlement{
		ID: c.ID, Attempt: c.Attempt, State: state, At: now, Sender: "sns", Reason: reason,
	}))
	return c.ID
}

// text gives one text as the file has it.
func (o *office) text(id engine.ID) engine.Message {
	o.t.Helper()
	m, err := o.db.Message(context.Background(), o.owner, id)
	o.must(err)
	return m
}

// setting changes a setting of the shop.
func (o *office) setting(name engine.Setting, value string) {
	o.t.Helper()
	s := o.store
	s.Settings = engine.Settings{}
	for k, v := range o.store.Settings {
		s.Settings[k] = v
	}
	s.Settings[name] = value
	var err error
	o.store, err = o.db.SaveStore(context.Background(), o.owner, s)
	o.must(err)
}

func TestTextIsSentAgain(t *testing.T) {
	o := newOffice(t)
	sale := o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
	o.handOver(delivery.StateAccepted, "")
	o.take(screen.GotoMsg{Kind: screen.KindCoupon, ID: sale.Issued.ID})
	o.press("t")
	o.sees("Send this text to Maria Silva once more?", "The carrier took it: Maria Silva most likely gets it twice. · 1 part")
	o.press("enter") // No is chosen at first
	o.lacks("goes now")
	o.press("t", "y")
	o.sees("The text goes now.")
}

func TestUnknownTextIsLetGoOrGivenUp(t *testing.T) {
	for _, c := range []struct{ key, question, said, state string }{
		{"r", "It may have arrived. Send it again?", "The text goes now.", "queued"},
		{"x", "Give this text up?", "The text is taken back.", "cancelled"},
	} {
		o := newOffice(t)
		o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
		id := o.handOver(delivery.StateUnknown, delivery.ReasonNoReply)
		o.take(screen.GotoMsg{Kind: screen.KindMessage, ID: id})
		o.sees("unknown", "it may have arrived")
		o.press(c.key)
		o.sees(c.question)
		o.press("y")
		o.sees(c.said)
		if got := o.text(id); got.State != c.state {
			t.Errorf("after %s it is %s", c.key, got.State)
		}
	}
}

// TestTextHeldForTheNight tells until when, and cannot be let go.
func TestTextHeldForTheNight(t *testing.T) {
	o := newOffice(t)
	o.later(9 * time.Hour) // 23:30 in São Paulo
	sale := o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
	o.take(screen.GotoMsg{Kind: screen.KindMessage, ID: sale.Message.ID})
	o.sees("held until tomorrow at 09:00", "night where the customer is")
	before := o.view(80, 24)
	o.press("r")
	if o.view(80, 24) != before {
		t.Error("a text can be let go at night")
	}
	o.press("x")
	o.sees("Take this text to Maria Silva back?")
	o.press("y")
	o.sees("The text is taken back.", "cancelled", "by hand")
}

func TestFiguresStandAboveAllTexts(t *testing.T) {
	o := newOffice(t)
	o.setting(engine.SetTextPrice, "64500")
	o.setting(engine.SetTextLimit, "1000000")
	o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
	o.sell(joao, "João Souza", 90_00, nil, "")
	o.handOver(delivery.StateAccepted, "")
	o.handOver(delivery.StateUnknown, delivery.ReasonNoReply)
	o.press("5")
	o.sees("Today", "1 sent", "1 unknown", "This month", "2 texts", "2 parts", "R$ 0,13", "12 % of the limit R$ 1,00", "R$ 0,0645")
	o.press("s", "s", "s") // due, held, unknown
	o.sees("João Souza")
	o.lacks("Maria Silva")
	o.press("enter")
	o.at("Text")
	o.press("esc", "esc")
	o.as("Bruno", engine.Cashier)
	o.press("5")
	o.sees("Maria Silva")
}

// TestTextsOfLaterDays: the list of all texts begins without them; that of a
// customer has them.
func TestTextsOfLaterDays(t *testing.T) {
	o := newOffice(t)
	o.press("5")
	o.sees("No texts yet")
	o.press("s")
	o.sees("state: due", "Nothing matches these filters.")
	o.press("esc")
	sale := o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
	o.press("5")
	o.sees("state: now", "20/11 14:31", "at issue")
	o.lacks("day 2", "27/11")
	o.press("s", "s", "s", "s", "s", "s") // due, held, unknown, refused, not delivered, planned
	o.sees("state: planned", "22/11 10:00", "day 2", "27/11 10:00")
	o.lacks("at issue")
	o.press("0")
	o.sees("state: all", "at issue", "day 27")
	o.take(screen.GotoMsg{Kind: screen.KindCustomer, ID: sale.Sale.CustomerID})
	o.press("m")
	o.sees("state: all", "at issue", "day 27")
}

// TestWholeCycleOfACoupon shows what went and what is to go, and the words of
// each.
func TestWholeCycleOfACoupon(t *testing.T) {
	o := newOffice(t)
	sale := o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
	o.handOver(delivery.StateAccepted, "")
	o.take(screen.GotoMsg{Kind: screen.KindCoupon, ID: sale.Issued.ID})
	o.sees("20/11 14:31  when issued · accepted", "22/11 10:00  day 2 after the sale · queued", "27/11 10:00  day 7", "17/12 10:00  day 27",
		"3 days before the last day · queued")
	for range 5 {
		o.press("down") // past what the coupon is tied to, to the second text
	}
	o.press("enter")
	o.at("Text")
	o.sees("queued · goes 22/11 at 10:00", "R$37", engine.ShowCode(sale.Issued.Code))
}

// TestCycleThatWouldHaveBeen is shown of a coupon that gets no texts, with the
// reason.
func TestCycleThatWouldHaveBeen(t *testing.T) {
	o := newOffice(t)
	sale := o.sell("", "", 181_00, nil, "A-1001")
	o.take(screen.GotoMsg{Kind: screen.KindCoupon, ID: sale.Issued.ID})
	o.sees("20/11 14:31  when issued · not planned · The coupon is", "22/11 10:00  day 2 after the sale · not planned")
	for range 3 {
		o.press("down")
	}
	o.press("enter")
	o.at("Text")
	o.sees("not planned", "The coupon is for whoever brings it.", engine.ShowCode(sale.Issued.Code))
}

// TestGoldensOfTexts: a list with all kinds of texts and their figures, and
// pages of texts, of their coupons and of customers who stopped them.
func TestGoldensOfTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	for name, show := range map[string]func(*office, engine.Recorded){
		"messages-figures": func(o *office, _ engine.Recorded) { o.press("5") },
		"messages-planned": func(o *office, _ engine.Recorded) { o.press("5", "s", "s", "s", "s", "s", "s") },
		"message": func(o *office, sale engine.Recorded) {
			o.take(screen.GotoMsg{Kind: screen.KindMessage, ID: sale.Message.ID})
		},
		"message-resend": func(o *office, sale engine.Recorded) {
			o.take(screen.GotoMsg{Kind: screen.KindMessage, ID: sale.Message.ID})
			o.press("t")
		},
		"message-unknown": func(o *office, _ engine.Recorded) { o.press("5", "s", "s", "s", "enter", "r") },
		"message-held":    func(o *office, _ engine.Recorded) { o.press("5", "s", "s", "enter") },
		"coupon-texts": func(o *office, sale engine.Recorded) {
			o.take(screen.GotoMsg{Kind: screen.KindCoupon, ID: sale.Issued.ID})
		},
		"customer-stopped": func(o *office, sale engine.Recorded) {
			o.must(o.db.SaveOptedOut(context.Background(), []string{joao}, engine.InstantOf(o.clock())))
			o.take(screen.GotoMsg{Kind: screen.KindCustomer, ID: sale.Sale.CustomerID})
			o.press("x")
		},
		"customer-carrier": func(o *office, _ engine.Recorded) {
			o.must(o.db.SaveOptedOut(context.Background(), []string{joao}, engine.InstantOf(o.clock())))
			o.press("3", "down", "enter")
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.setting(engine.SetTextPrice, "64500")
			o.setting(engine.SetTextLimit, "200000")
			sale := o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
			o.sell(joao, "João Souza", 90_00, nil, "")
			o.handOver(delivery.StateAccepted, "")
			o.handOver(delivery.StateUnknown, delivery.ReasonNoReply)
			o.later(9 * time.Hour) // 23:30 in São Paulo
			o.sell("+5511977776666", "Bia Lima", 200_00, nil, "")
			show(o, sale)
			o.golden(name)
		})
	}
}
