package screen_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
	"bounceback/tui/slip"
)

// fair has offers of each level running, and sells a basket that they are for.
func (o *office) fair(policy engine.ReturnPolicy) engine.Sale {
	o.t.Helper()
	o.stocked()
	for _, c := range []engine.Campaign{
		{Title: "Second coffee", Promo: engine.Offer{Kind: engine.KindNth, Cut: engine.Cut{Percent: 5000}, Target: coffee, Sets: engine.Sets{Nth: 2}}},
		{Title: "Big basket", Promo: engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}, When: engine.Threshold{MinAmount: 120_00}, Limits: engine.Limits{Total: 50, Budget: 500_00}}},
		{Title: "Mug for coffee", Promo: engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Name: "Mug", Units: 1, Value: 25_00}, When: engine.Threshold{MinUnits: 3, Of: coffee}}},
		{Title: "We bring it", Promo: engine.Offer{Kind: engine.KindDeliveryFree, When: engine.Threshold{MinAmount: 100_00}}},
	} {
		c.State, c.OnReturn, c.Terms = engine.CampaignActive, policy, o.store.Settings.StandardTerms()
		_, err := o.db.SaveCampaign(context.Background(), o.owner, c)
		o.must(err)
	}
	for _, p := range o.products() {
		if p.Stock += 10; p.SKU == "COF-1" {
			p.Floor = 15_00
		}
		_, err := o.db.SaveProduct(context.Background(), o.owner, p)
		o.must(err)
	}
	rec, err := o.db.RecordSale(context.Background(), o.owner, engine.Draft{
		Key: "fair", Reference: "B-77", Channel: "phone", Payment: "card", Source: "radio",
		Customer: engine.CustomerRef{Phone: maria, Name: "Maria Silva", Consent: engine.ConsentYes, Wording: "?"},
		Lines: []engine.Line{
			{SKU: "COF-1", Name: "Coffee beans 1 kg", Category: "Drinks/Coffee", Brand: "Serra", Units: 3, Price: 40_00, Floor: 15_00},
			{SKU: "CHE-1", Name: "Cheese", Category: "Food/Dairy", Units: 1, Weight: 345, Price: 60_00},
		},
		Delivery: []engine.Charge{{Method: "courier", Amount: 15_00}},
	})
	o.must(err)
	return rec.Sale
}

// TestSlipOfASaleOfLines: what the store keeps of a basket is enough for its
// slip.
func TestSlipOfASaleOfLines(t *testing.T) {
	o := newOffice(t)
	sold := o.fair(engine.ReturnKeep)
	s, err := o.db.Sale(context.Background(), o.owner, sold.ID)
	o.must(err)
	text := slip.Of(o.store, s, nil).Text(o.env.Format, 40)
	for _, row := range []string{
		"  3 x R$ 40,00                 R$ 120,00", "  Second coffee                -R$ 20,00", "  Big basket                   -R$ 10,00",
		"  0,345 kg x R$ 60,00           R$ 20,70", "Mug                                 gift", "Item discounts                 -R$ 20,00",
		"Order discounts                -R$ 12,07", "Delivery courier                R$ 15,00", "  We bring it                  -R$ 15,00", "TOTAL R$ 108,63", "You saved R$ 47,07",
		"Payment                             card", "Channel                            phone", "Source                             radio",
	} {
		if !strings.Contains(text, row+"\n") {
			t.Errorf("%q is not in\n%s", row, text)
		}
	}
}

// openSale opens the page of a sale.
func (o *office) openSale(s engine.Sale) {
	o.t.Helper()
	o.take(screen.GotoMsg{Kind: screen.KindSale, ID: s.ID})
}

func TestSaleShowsWhatCameOffAndWhy(t *testing.T) {
	o := newOffice(t)
	s := o.fair(engine.ReturnKeep)
	if s.Gross != 140_70 || s.Discount != 32_07 || len(s.Lines) != 3 {
		t.Fatalf("sold %+v", s)
	}
	o.openSale(s)
	o.sees("140,70", "−20,00", "−12,07", "15,00", "−15,00", "108,63", "3 × Coffee beans 1 kg at 40,00",
		"“Second coffee”, on 1 piece", "“Big basket”, on 3 pieces", "Cheese, 0,345 kg at 60,00 a kilogram", "1 × Mug", "courier", "radio", "phone", "card",
		"Second coffee · item", "Big basket · order", "We bring it · delivery")
	o.press("esc", "1")
	o.sees("108,63", "−47,07")
}

// TestLinesOfASaleAddUp: the amounts under a line and those of the head come
// to what was paid.
func TestLinesOfASaleAddUp(t *testing.T) {
	o := newOffice(t)
	s := o.fair(engine.ReturnKeep)
	o.openSale(s)
	sum, seen := engine.Minor(0), 0
	v := o.view(120, 60)
	lines := v[strings.Index(v, "Lines"):strings.Index(v, "Gifts")]
	marks := engine.Marks{Decimal: ',', Group: '.', Exponent: 2}
	for _, l := range strings.Split(lines, "\n") {
		for _, word := range strings.Fields(l[min(len(l), 60):]) {
			sign := engine.Minor(1)
			if rest, minus := strings.CutPrefix(word, "−"); minus {
				sign, word = -1, rest
			}
			if m, err := engine.ParseAmount(word, marks); err == nil && strings.Contains(word, ",") && len(word) < 8 && !strings.HasSuffix(l, "kilogram") || word == "20,70" {
				sum, seen = sum+sign*m, seen+1
				break
			}
		}
	}
	if sum != s.Net || seen != 5 {
		t.Errorf("%d amounts come to %d, paid were %d:\n%s", seen, sum, s.Net, lines)
	}
}

func TestOfferOfASaleLeadsToItsCampaign(t *testing.T) {
	o := newOffice(t)
	o.openSale(o.fair(engine.ReturnKeep))
	for range 20 {
		o.press("down")
	}
	o.press("up", "enter")
	o.at("Campaign")
}

func TestUnitsComeBack(t *testing.T) {
	o := newOffice(t)
	s := o.fair(engine.ReturnKeep)
	o.openSale(s)
	o.press("b")
	o.at("Take part of a sale of R$ 108,63 back")
	o.sees("Coffee beans 1 kg", "of 3 at 40,00", "Cheese", "Type how many pieces")
	o.sees("Mug", "of 1, a gift: nothing to refund")
	o.typed("4")
	o.sees("Coffee beans 1 kg: At most 3 can still come back.")
	o.fill("1")
	o.sees("Goods worth R$ 40,00 come back; the customer gets R$ 18,00 back.", "“Big basket”", "stays with them")
	o.press("ctrl+s")
	o.sees("A reason is needed")
	o.typed("one bag torn")
	o.press("enter")
	o.sees("Give R$ 18,00 back?")
	o.press("n")
	o.at("Take part of a sale of R$ 108,63 back")
	o.press("ctrl+s", "y")
	o.at("Sale")
	o.sees("Taken back. Give R$ 18,00 back.", "1 came back", "−40,00", "−18,00")
	o.press("b")
	o.sees("of 2 at 40,00")
}

// TestReturnKeepsBackWhatNoLongerHolds: a campaign that reckons anew lowers the
// refund, and its gift comes back.
func TestReturnKeepsBackWhatNoLongerHolds(t *testing.T) {
	o := newOffice(t)
	s := o.fair(engine.ReturnRecompute)
	o.openSale(s)
	o.press("b")
	o.typed("2")
	v := o.view(120, 40)
	for _, want := range []string{"Goods worth R$ 80,00 come back", "is kept back: what the customer keeps no longer meets", "“Big basket”", "Ask for the gift back: 1 × Mug."} {
		if !strings.Contains(v, want) {
			t.Errorf("%q is not on screen:\n%s", want, v)
		}
	}
	p, err := o.db.PreviewReturn(context.Background(), o.owner, engine.Reversal{SaleID: s.ID, Lines: []engine.ReturnLine{{No: 1, Units: 2}}, Reason: "?"})
	o.must(err)
	o.sees(o.env.Format.Money(p.Refund), o.env.Format.Money(p.Kept))
	o.to("Reason")
	o.typed("changed their mind")
	o.press("ctrl+s")
	o.sees("Give "+o.env.Format.Money(p.Refund)+" back?", "Ask for the gift back")
	o.press("y")
	o.at("Sale")
	o.sees("Taken back. Give "+o.env.Format.Money(p.Refund)+" back.", "1 × Mug · 1 came back")
}

// TestGiftComesBack: the form takes gifts back for nothing, the return names
// those that may stay, and a void those to ask for.
func TestGiftComesBack(t *testing.T) {
	o := newOffice(t)
	s := o.fair(engine.ReturnKeep)
	mugs := func() int64 {
		for _, p := range o.products() {
			if p.SKU == "MUG-1" {
				return p.Stock
			}
		}
		return -1
	}
	before := mugs()
	o.openSale(s)
	o.press("v")
	o.sees("Void this sale of R$ 108,63?", "Ask for the gift back: 1 × Mug.")
	o.press("esc", "b")
	o.typed("1")
	o.sees("the gift may stay: 1 × Mug.", "R$ 18,00 back")
	o.to("Mug")
	o.typed("1")
	o.sees("R$ 18,00 back")
	o.lacks("may stay", "Ask for the gift")
	o.to("Reason")
	o.typed("torn")
	o.press("ctrl+s", "y")
	o.sees("Taken back. Give R$ 18,00 back.", "1 × Mug · 1 came back")
	if got := mugs(); got != before+1 {
		t.Errorf("%d mugs on stock, were %d", got, before)
	}
}

// TestReturnWaitsForItsAnswer: until it is known what other units would give
// back, nothing is shown and nothing can be confirmed.
func TestReturnWaitsForItsAnswer(t *testing.T) {
	o := newOffice(t)
	o.openSale(o.fair(engine.ReturnKeep))
	o.press("b")
	o.typed("1")
	o.to("Reason")
	o.typed("torn")
	o.back()
	o.top().Event(kit.Key{Name: "ctrl+u"})
	late := o.top().Event(kit.Key{Name: "2", Text: "2"})
	o.sees("Reckoning the refund")
	o.lacks("R$ 18,00")
	o.press("ctrl+s")
	o.lacks("Give R$")
	o.run(late)
	o.sees("Goods worth R$ 80,00")
	o.press("ctrl+s")
	o.sees("Give R$ ")
}

// TestReturnFollowsTheUnits: an answer for other units is never shown.
func TestReturnFollowsTheUnits(t *testing.T) {
	o := newOffice(t)
	o.openSale(o.fair(engine.ReturnKeep))
	o.press("b")
	o.typed("1")
	o.sees("R$ 18,00 back")
	o.fill("")
	o.sees("Type how many pieces")
	o.typed("2")
	o.lacks("R$ 18,00 back")
	o.sees("Goods worth R$ 80,00")
	o.fill("")
	o.to("Reason")
	o.typed("x")
	o.press("ctrl+s")
	o.sees("Nothing comes back yet")
}

func TestGoldensOfOffers(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	for name, keys := range map[string][]string{
		"sale-lines":      {"1", "enter"},
		"sale-units":      {"1", "enter", "b", "2", "tab", "tab", "tab", "x"},
		"sale-ask":        {"1", "enter", "b", "1", "tab", "tab", "tab", "x", "ctrl+s"},
		"campaigns-many":  {"4"},
		"campaign-offer":  {"4", "down", "down", "enter"},
		"campaign-kinds":  {"4", "n", "down"},
		"offer-new":       {"4", "n", "2", "n", "d", "enter", "A"},
		"offer-edit":      {"4", "down", "down", "e", "pgdown"},
		"offer-fault":     {"4", "n", "g", "i", "f", "t", "enter", "A", "tab", "tab"},
		"offer-locked":    {"4", "e"},
		"offer-lint":      {"4", "n", "s", "p", "e", "c", "enter", "A", "tab", "tab", "1", "ctrl+s"},
		"customer-groups": {"3", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.fair(engine.ReturnRecompute)
			groups, tier, birth := []string{"club", "staff"}, "gold", 11
			_, err := o.db.EditCustomer(context.Background(), o.owner, engine.CustomerEdit{ID: o.maria().ID, Groups: &groups, Tier: &tier, Birth: &birth})
			o.must(err)
			o.offered("Either", lockedOffers["any"])
			o.press(keys...)
			o.golden(name)
		})
	}
}
