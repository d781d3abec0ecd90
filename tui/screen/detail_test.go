package screen_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// TestOneKeyLeadsToWhatIsTied walks coupon ↔ sales ↔ customer ↔ campaign ↔
// texts by single keys.
func TestOneKeyLeadsToWhatIsTied(t *testing.T) {
	for _, c := range []struct {
		name, title string
		from        func(*office) (screen.Kind, engine.ID)
		key         string
		sees        []string
	}{
		{"earning sale", "Sale", couponOfMaria, "s", []string{"181,00", "A-1001"}},
		{"redeeming sale", "Sale", couponOfMaria, "r", []string{"213,00", "−37,00", "A-1002"}},
		{"campaign of a coupon", "Campaign", couponOfMaria, "g", []string{"Welcome back", "20 % of what was paid"}},
		{"texts of a coupon", "Texts · G8W8-FFRH", couponOfMaria, "m", []string{"cancelled"}},
		{"coupon of a sale", "Coupon", saleOfMaria, "k", []string{"1XG8-Z645", "R$ 43,00"}},
		{"coupon redeemed in a sale", "Coupon", saleOfMaria, "r", []string{"G8W8-FFRH", "redeemed"}},
		{"campaign of a sale", "Campaign", saleOfMaria, "g", []string{"Welcome back"}},
		{"texts of a sale", "Texts · 1XG8-Z645", saleOfMaria, "m", []string{"queued"}},
		{"coupons of a campaign", "Coupons · Welcome back", theCampaign, "k", []string{"1XG8-Z645", "G8W8-FFRH"}},
		{"sales of a campaign", "Sales · Welcome back", theCampaign, "s", []string{"213,00", "45,50"}},
		{"texts of a campaign", "Texts · Welcome back", theCampaign, "m", []string{"queued"}},
		{"coupon of a text", "Coupon", textOfMaria, "k", []string{"1XG8-Z645"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t)
			o.year()
			kind, id := c.from(o)
			o.take(screen.GotoMsg{Kind: kind, ID: id})
			before := o.top().Title()
			o.press(c.key)
			o.at(c.title)
			o.sees(c.sees...)
			o.press("esc")
			o.at(before)
		})
	}
}

func couponOfMaria(o *office) (screen.Kind, engine.ID) {
	p, err := o.db.Coupons(context.Background(), o.owner, engine.Filter{})
	o.must(err)
	return screen.KindCoupon, p.Items[len(p.Items)-1].ID
}

func saleOfMaria(o *office) (screen.Kind, engine.ID) {
	s, err := o.db.SaleByReference(context.Background(), o.owner, "A-1002")
	o.must(err)
	return screen.KindSale, s.ID
}

func theCampaign(o *office) (screen.Kind, engine.ID) {
	p, err := o.db.Campaigns(context.Background(), o.owner, engine.Filter{})
	o.must(err)
	return screen.KindCampaign, p.Items[0].ID
}

func textOfMaria(o *office) (screen.Kind, engine.ID) {
	p, err := o.db.Messages(context.Background(), o.owner, engine.Filter{})
	o.must(err)
	return screen.KindMessage, p.Items[0].ID
}

func TestMarkerWalksTheLinks(t *testing.T) {
	o := newOffice(t)
	o.year()
	kind, id := couponOfMaria(o)
	o.take(screen.GotoMsg{Kind: kind, ID: id})
	o.sees("> c customer")
	o.press("down")
	o.sees("> s earning sale")
	o.press("enter")
	o.at("Sale")
	o.press("esc")
	o.sees("> s earning sale")
	for range 14 {
		o.press("down")
	}
	o.press("enter") // the last link is the redemption in the history
	o.at("Sale")
	o.sees("A-1002")
}

func TestWholeHistoryOfACoupon(t *testing.T) {
	o := newOffice(t)
	_, second, _ := o.year()
	_, err := o.db.ReverseSale(context.Background(), o.owner, engine.Reversal{SaleID: second.Sale.ID, Reason: "wrong size"})
	o.must(err)
	kind, id := couponOfMaria(o)
	o.take(screen.GotoMsg{Kind: kind, ID: id})
	o.press("v")
	o.typed("printed twice")
	o.press("enter")
	o.sees("✓ G8W8-FFRH is void.", "voided", "printed twice")
	v := o.view(80, 40)
	last := 0
	for _, what := range []string{"issued · R$ 37", "redeemed · R$ 37", "given back", "voided · "} {
		at := strings.LastIndex(v, what)
		if at < last {
			t.Errorf("%q is not in its place:\n%s", what, v)
		}
		last = at
	}
}

func TestVoidNeedsAReasonAndARole(t *testing.T) {
	o := newOffice(t)
	o.year()
	kind, id := saleOfMaria(o)
	o.as("Bruno", engine.Cashier)
	o.take(screen.GotoMsg{Kind: kind, ID: id})
	o.press("v")
	if o.need == nil || o.need.Permission != engine.MayVoid {
		t.Fatalf("a cashier voids: asked for %+v", o.need)
	}
	o.actor = o.owner
	o.run(o.need.Retry)
	o.press("enter")
	o.sees("Type a reason first")
	o.typed("wrong size")
	o.press("enter")
	o.sees("Voided. Give R$ 213,00 back.", "G8W8-FFRH can be used again.", "1XG8-Z645 is void.", "wrong size")
	o.lacks("Reason:")
}

func TestVoidAsksWhatBecomesOfASpentCoupon(t *testing.T) {
	o := newOffice(t)
	s := o.store
	s.Settings = engine.Settings{engine.SetReturnSpent: "ask"}
	_, err := o.db.SaveStore(context.Background(), o.owner, s)
	o.must(err)
	first, _, _ := o.year()
	o.take(screen.GotoMsg{Kind: screen.KindSale, ID: first.Sale.ID})
	o.press("v")
	o.typed("broken")
	o.press("enter")
	o.sees("What becomes of its value?", "> keep it back from the refund")
	o.press("enter")
	o.sees("Voided. Give R$ 144,00 back.", "R$ 37,00 is kept for the spent coupon.")
}

// TestReturnSaysWhatASpentCouponKeepsBack: the number in the preview, in the
// question and at the end is the same, whatever becomes of the spent coupon.
func TestReturnSaysWhatASpentCouponKeepsBack(t *testing.T) {
	for policy, want := range map[engine.Spent]string{engine.SpentDeduct: "R$ 80,00", engine.SpentAbsorb: "R$ 100,00", engine.SpentAsk: "R$ 80,00"} {
		t.Run(string(policy), func(t *testing.T) {
			o := newOffice(t)
			s := o.store
			s.Settings = engine.Settings{engine.SetReturnSpent: string(policy)}
			_, err := o.db.SaveStore(context.Background(), o.owner, s)
			o.must(err)
			first, _, _ := o.year()
			o.take(screen.GotoMsg{Kind: screen.KindSale, ID: first.Sale.ID})
			o.press("b")
			o.typed("100")
			o.to("Reason")
			o.typed("broken")
			o.sees("the customer gets " + want + " back.")
			if policy == engine.SpentAbsorb {
				o.sees("the shop bears R$ 20,00")
			} else {
				o.sees("R$ 20,00 is taken off already for the coupon")
			}
			o.press("ctrl+s")
			o.sees("Give " + want + " back?")
			o.press("y")
			o.sees("Taken back. Give " + want + " back.")
		})
	}
}

func TestPartialReturn(t *testing.T) {
	o := newOffice(t)
	_, second, _ := o.year()
	o.take(screen.GotoMsg{Kind: screen.KindSale, ID: second.Sale.ID})
	o.press("b")
	o.typed("300")
	o.sees("250,00 can still come back")
	o.fill("50")
	o.sees("the customer gets R$ 42,60 back.", "The coupon 1XG8-Z645 this sale earned is then worth R$ 35,00.")
	o.press("ctrl+s")
	o.sees("A reason is needed")
	o.typed("one cup broken")
	o.press("enter")
	o.sees("Give R$ 42,60 back?", "is then worth R$ 35,00")
	o.press("y")
	o.at("Sale")
	o.sees("Taken back. Give R$ 42,60 back.", "1XG8-Z645 is now worth R$ 35,00.", "−50,00", "−42,60")
	kind, id := screen.KindCoupon, second.Issued.ID
	o.take(screen.GotoMsg{Kind: kind, ID: id})
	o.sees("face lowered after a return · −R$ 8", "issued · R$ 43")
}

func TestSlipIsPrinted(t *testing.T) {
	o := newOffice(t)
	_, second, _ := o.year()
	o.take(screen.GotoMsg{Kind: screen.KindSale, ID: second.Sale.ID})
	o.press("p")
	if len(o.slips) != 1 || o.slips[0] != second.Sale.ID {
		t.Errorf("slips %v", o.slips)
	}
}

// TestKeysThatDoNothing: what cannot be done is not offered.
func TestKeysThatDoNothing(t *testing.T) {
	o := newOffice(t)
	first, second, third := o.year()
	_, err := o.db.ReverseSale(context.Background(), o.owner, engine.Reversal{SaleID: second.Sale.ID, Amount: 10_00, Reason: "one cup"})
	o.must(err)
	_, err = o.db.VoidCoupon(context.Background(), o.owner, third.Issued.ID, "printed twice")
	o.must(err)
	for _, c := range []struct {
		kind screen.Kind
		id   engine.ID
		key  string
	}{
		{screen.KindSale, second.Sale.ID, "v"},          // part of it came back
		{screen.KindCoupon, third.Issued.ID, "v"},       // it is void
		{screen.KindCoupon, first.Issued.ID, "v"},       // it is redeemed
		{screen.KindMessage, second.Message.ID, "t"},    // it is queued
		{screen.KindCampaign, o.campaigns()[0].ID, "a"}, // it is active
	} {
		o.take(screen.GotoMsg{Kind: c.kind, ID: c.id})
		before := o.view(80, 24)
		o.press(c.key)
		if got := o.view(80, 24); got != before {
			t.Errorf("%s on a %s:\n%s", c.key, c.kind, got)
		}
	}
}

func TestGoneDetailSaysSo(t *testing.T) {
	o := newOffice(t)
	o.take(screen.GotoMsg{Kind: screen.KindSale, ID: engine.FirstID(1)})
	o.sees("There is no such sale here")
	o.press("enter", "v", "esc")
	o.at("Lists and settings")
}

func TestDialogTakesNoKeyInFlight(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.press("4", "x")
	o.run(o.top().Event(kit.Key{Name: "y", Text: "y"})) // at the same instant
	o.sees("for good?")
	o.press("y")
	o.sees("“Welcome back” has ended.", "ended")
}
