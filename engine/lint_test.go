package engine

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// lintShop is a small catalogue: what Lint is tried on.
func lintShop(campaigns ...Campaign) LintInput {
	s, err := NewStore("Casa Azul", "BR")
	if err != nil {
		panic(err)
	}
	s.Settings = Settings{SetPayments: "cash, pix", SetChannels: "web", SetSources: "Instagram", SetDelivery: "courier"}
	for i := range campaigns {
		c := &campaigns[i]
		c.ID, c.Created = ID{15: byte(i + 1)}, Instant(i)
		if c.Title == "" {
			c.Title = string(rune('A' + i))
		}
		if c.State == "" {
			c.State = CampaignActive
		}
	}
	return LintInput{Store: s, Today: DayOf(2026, 11, 20), Campaigns: campaigns, Products: []Product{
		{SKU: "ESP", Name: "Espresso", Category: "Drinks/Coffee", Price: 1000, Cost: 600, Active: true},
		{SKU: "LAT", Name: "Latte", Category: "Drinks/Coffee", Price: 1500, Cost: 800, Active: true},
		{SKU: "TEA", Name: "Tea", Category: "Drinks/Tea", Price: 500, Cost: 400, Active: true},
		{SKU: "MUG", Name: "Mug", Category: "Things", Price: 4000, Cost: 2000, Floor: 3000, Active: true, Counted: true, Stock: 3},
		{SKU: "BOOK", Name: "Book", Category: "Books", Price: 3000, NoDiscount: true, Active: true},
		{SKU: "OLD", Name: "Old thing", Category: "Old", Price: 900, Cost: 100},
	}}
}

func lintPromo(o Offer) Campaign { return Campaign{Promo: o} }

func lintAsks(t Threshold) Campaign {
	return lintPromo(Offer{Kind: KindOrderFixed, Cut: Cut{By: ByAmount, Amount: 1}, When: t})
}

func lintCoupons(rate, most BP, least, top Minor) Campaign {
	return Campaign{Terms: Terms{Cashback: rate, MaxDiscount: most, MinSale: least, MaxSale: top, Lifetime: 45}}
}

func lintCategory(path string) Goods { return Goods{Category: []string{path}} }

func lintPercent(rate BP, target Goods) Offer {
	return Offer{Kind: KindItemPercent, Cut: Cut{Percent: rate}, Target: target}
}

func lintStacked(o Offer, s Stacking) Offer {
	o.Stack = s
	return o
}

func lintOn(days ...time.Weekday) Threshold { return Threshold{Weekdays: days} }

func lintAll(parts ...Threshold) Threshold { return Threshold{All: parts} }

var (
	lintTea    = lintCategory("Drinks/Tea")
	lintCoffee = lintCategory("drinks/coffee")
)

// TestLint holds for each warning campaigns that deserve it and ones that are
// near to it and do not.
func TestLint(t *testing.T) {
	for _, c := range []struct {
		name      string
		code      LintCode
		campaigns []Campaign
		want      string // of the note of this code; empty: there is none
	}{
		{"dates apart", LintDates, []Campaign{{StartsOn: DayOf(2026, 12, 1), Promo: lintAsks(Threshold{Until: DayOf(2026, 11, 30)}).Promo}}, "A threshold.from"},
		{"dates that touch", LintDates, []Campaign{{StartsOn: DayOf(2026, 12, 1), Promo: lintAsks(Threshold{Until: DayOf(2026, 12, 1)}).Promo}}, ""},
		{"over already", LintDates, []Campaign{lintAsks(Threshold{Until: DayOf(2026, 11, 19)})}, "A threshold.from"},
		{"over tonight", LintDates, []Campaign{lintAsks(Threshold{Until: DayOf(2026, 11, 20)})}, ""},
		{"dates apart inside", LintDates, []Campaign{lintAsks(lintAll(Threshold{From: DayOf(2027, 1, 1)}, Threshold{Until: DayOf(2026, 12, 1)}))}, "A threshold.all_of[1].from"},
		{"no such weekday in the dates", LintHours, []Campaign{lintAsks(Threshold{From: DayOf(2026, 11, 23), Until: DayOf(2026, 11, 27), Weekdays: []time.Weekday{time.Saturday}})}, "A threshold.weekdays"},
		{"one such weekday in the dates", LintHours, []Campaign{lintAsks(Threshold{From: DayOf(2026, 11, 23), Until: DayOf(2026, 11, 28), Weekdays: []time.Weekday{time.Saturday}})}, ""},
		{"weekdays apart", LintHours, []Campaign{lintAsks(lintAll(lintOn(time.Monday, time.Tuesday), lintOn(time.Wednesday)))}, "A threshold.all_of[1].weekdays"},
		{"weekdays in common", LintHours, []Campaign{lintAsks(lintAll(lintOn(time.Monday, time.Tuesday), lintOn(time.Tuesday)))}, ""},
		{"hours apart", LintHours, []Campaign{lintAsks(lintAll(Threshold{Times: []Hours{{600, 720}}}, Threshold{Times: []Hours{{720, 780}}}))}, "A threshold.all_of[1].times"},
		{"hours that meet", LintHours, []Campaign{lintAsks(lintAll(Threshold{Times: []Hours{{600, 721}}}, Threshold{Times: []Hours{{720, 780}}}))}, ""},
		{"after midnight of a day that has none", LintHours, []Campaign{lintAsks(lintAll(Threshold{Weekdays: []time.Weekday{time.Friday}, Times: []Hours{{1320, 120}}}, Threshold{Weekdays: []time.Weekday{time.Saturday}, Times: []Hours{{120, 180}}}))}, "A threshold.all_of[1].times"},
		{"after midnight", LintHours, []Campaign{lintAsks(lintAll(Threshold{Weekdays: []time.Weekday{time.Friday}, Times: []Hours{{1320, 120}}}, lintOn(time.Saturday)))}, ""},
		{"payments apart", LintClash, []Campaign{lintAsks(lintAll(Threshold{Payments: []string{"pix"}}, Threshold{Payments: []string{"cash"}}))}, "A threshold.all_of[1].payment"},
		{"payments in common", LintClash, []Campaign{lintAsks(lintAll(Threshold{Payments: []string{"pix"}}, Threshold{Payments: []string{"cash", "PIX"}}))}, ""},
		{"tiers apart", LintClash, []Campaign{lintAsks(lintAll(Threshold{Tiers: []string{"gold"}}, Threshold{Tiers: []string{"silver"}}))}, "A threshold.all_of[1].customer_tier"},
		{"groups may be several", LintClash, []Campaign{lintAsks(lintAll(Threshold{Groups: []string{"staff"}}, Threshold{Groups: []string{"friends"}}))}, ""},
		{"sales apart", LintClash, []Campaign{lintAsks(lintAll(Threshold{NthSale: []int{1, 2}}, Threshold{EveryNth: 5}))}, "A threshold.all_of[1].customer_nth_order"},
		{"a first sale has none before it", LintClash, []Campaign{lintAsks(lintAll(Threshold{NthSale: []int{1}}, Threshold{DaysMin: 5}))}, "A threshold.all_of[1].customer_nth_order"},
		{"sales in common", LintClash, []Campaign{lintAsks(lintAll(Threshold{NthSale: []int{1, 10}}, Threshold{EveryNth: 5, DaysMax: 9}))}, ""},
		{"days apart", LintClash, []Campaign{lintAsks(lintAll(Threshold{DaysMin: 30}, Threshold{DaysMax: 20}))}, "A threshold.all_of[1].days_since_last_min"},
		{"amounts apart", LintClash, []Campaign{lintAsks(lintAll(Threshold{MinAmount: 5001}, Threshold{MaxAmount: 5000}))}, "A threshold.all_of[1].min_amount_minor"},
		{"amounts of other goods", LintClash, []Campaign{lintAsks(lintAll(Threshold{MinAmount: 5001}, Threshold{MaxAmount: 5000, Of: lintTea}))}, ""},
		{"numbers apart", LintClash, []Campaign{lintAsks(lintAll(Threshold{MaxUnits: 2, Of: lintTea}, Threshold{MinUnits: 3, Of: lintTea}))}, "A threshold.all_of[1].min_qty"},
		{"numbers that touch", LintClash, []Campaign{lintAsks(lintAll(Threshold{MaxUnits: 3, Of: lintTea}, Threshold{MinUnits: 3, Of: lintTea}))}, ""},
		{"no alternative", LintHours, []Campaign{lintAsks(Threshold{Weekdays: []time.Weekday{time.Monday}, Any: []Threshold{lintOn(time.Tuesday), lintOn(time.Friday)}})}, "A threshold.any_of[0].weekdays"},
		{"one alternative", LintHours, []Campaign{lintAsks(Threshold{Weekdays: []time.Weekday{time.Monday}, Any: []Threshold{lintOn(time.Tuesday), lintOn(time.Monday)}})}, ""},

		{"no such category", LintNoProduct, []Campaign{lintPromo(lintPercent(1000, lintCategory("Drinks/Beer")))}, "A target"},
		{"a product that is not sold", LintNoProduct, []Campaign{lintPromo(lintPercent(1000, Goods{SKU: []string{"OLD"}}))}, "A target"},
		{"a category above", LintNoProduct, []Campaign{lintPromo(lintPercent(1000, lintCategory("Drinks")))}, ""},
		{"nothing to buy", LintNoProduct, []Campaign{lintAsks(Threshold{MinUnits: 1, Of: Goods{Brand: []string{"Acme"}}})}, "A threshold"},
		{"nothing asked of the goods", LintNoProduct, []Campaign{lintAsks(Threshold{Of: Goods{Brand: []string{"Acme"}}})}, ""},
		{"no part of a bundle", LintNoProduct, []Campaign{lintPromo(Offer{Kind: KindBundle, Cut: Cut{By: ByPrice, Amount: 1}, Sets: Sets{Groups: []Group{{lintTea, 1}, {lintCategory("Beer"), 1}}}})}, "A sets.groups"},
		{"payment not listed", LintLabel, []Campaign{lintAsks(Threshold{Payments: []string{"card"}})}, "A threshold.payment card"},
		{"payment listed", LintLabel, []Campaign{lintAsks(Threshold{Payments: []string{"PIX"}, Channels: []string{"counter", "web"}, Sources: []string{"instagram"}})}, ""},
		{"delivery not listed", LintLabel, []Campaign{lintPromo(Offer{Kind: KindDeliveryFree, Method: []string{"post"}})}, "A methods post"},
		{"gift unknown", LintGift, []Campaign{lintPromo(Offer{Kind: KindGift, Gift: Gift{SKU: "CUP", Units: 1}})}, "A CUP"},
		{"gift not sold any more", LintGift, []Campaign{lintPromo(Offer{Kind: KindGift, Gift: Gift{SKU: "OLD", Units: 1}})}, "A OLD"},
		{"gift known", LintGift, []Campaign{lintPromo(Offer{Kind: KindGift, Gift: Gift{SKU: "mug", Units: 1}})}, ""},
		{"gifts not in stock", LintGiftStock, []Campaign{lintPromo(Offer{Kind: KindGift, Gift: Gift{SKU: "MUG", Units: 4}})}, "A Mug 3"},
		{"gifts in stock", LintGiftStock, []Campaign{lintPromo(Offer{Kind: KindGift, Gift: Gift{SKU: "MUG", Units: 3}})}, ""},
		{"takes nothing off what is never discounted", LintNothing, []Campaign{lintPromo(lintPercent(1000, lintCategory("Books")))}, "A Book"},
		{"price above the price", LintNothing, []Campaign{lintPromo(Offer{Kind: KindItemPrice, Cut: Cut{By: ByPrice, Amount: 500}, Target: lintTea})}, "A Tea"},
		{"price below the price", LintNothing, []Campaign{lintPromo(Offer{Kind: KindItemPrice, Cut: Cut{By: ByPrice, Amount: 499}, Target: lintTea})}, ""},
		{"bundle dearer than its parts", LintNothing, []Campaign{lintPromo(Offer{Kind: KindBundle, Cut: Cut{By: ByPrice, Amount: 1500}, Sets: Sets{Groups: []Group{{lintTea, 1}, {Goods{SKU: []string{"ESP"}}, 1}}}})}, "A Tea"},

		{"two of a kind", LintSame, []Campaign{lintPromo(lintPercent(1000, lintCoffee)), lintPromo(lintPercent(500, lintCategory("Drinks")))}, "B A"},
		{"two on other goods", LintSame, []Campaign{lintPromo(lintPercent(1000, lintCoffee)), lintPromo(lintPercent(500, lintTea))}, ""},
		{"two of other priority", LintSame, []Campaign{lintPromo(lintPercent(1000, lintCoffee)), lintPromo(lintStacked(lintPercent(500, lintCoffee), Stacking{Priority: 1}))}, ""},
		{"two of a group", LintSame, []Campaign{lintPromo(lintStacked(lintPercent(1000, lintCoffee), Stacking{Group: "x"})), lintPromo(lintStacked(lintPercent(500, lintCoffee), Stacking{Group: "X"}))}, ""},
		{"two on other days", LintSame, []Campaign{lintAsks(lintOn(time.Monday)), lintAsks(lintOn(time.Tuesday))}, ""},
		{"two ranges that meet", LintSame, []Campaign{lintAsks(Threshold{MinAmount: 5000}), lintAsks(Threshold{MinAmount: 10000})}, "B A"},
		{"two ranges apart", LintSame, []Campaign{lintAsks(Threshold{MinAmount: 5000, MaxAmount: 9999}), lintAsks(Threshold{MinAmount: 10000})}, ""},
		{"one code twice", LintSameCode, []Campaign{lintPromo(Offer{Kind: KindCreditPercent, Cut: Cut{Percent: 1000}, Code: "TEN"}), lintPromo(Offer{Kind: KindOrderFixed, Cut: Cut{By: ByAmount, Amount: 1}, Code: "TEN"})}, "B A TEN"},
		{"two codes", LintSameCode, []Campaign{lintPromo(Offer{Kind: KindCreditPercent, Cut: Cut{Percent: 1000}, Code: "TEN"}), lintPromo(Offer{Kind: KindOrderFixed, Cut: Cut{By: ByAmount, Amount: 1}, Code: "ELF"})}, ""},
		{"alone in a group", LintGroup, []Campaign{lintPromo(lintStacked(lintPercent(1000, lintCoffee), Stacking{Group: "x"})), lintPromo(lintPercent(500, lintTea))}, "A x"},
		{"two in a group", LintGroup, []Campaign{lintPromo(lintStacked(lintPercent(1000, lintCoffee), Stacking{Group: "x"})), lintPromo(lintStacked(lintPercent(500, lintTea), Stacking{Group: "x"}))}, ""},
		{"a coupon that is never earned", LintHidden, []Campaign{lintCoupons(1000, 100, 0, 0), lintCoupons(2000, 100, 0, 0)}, "A B"},
		{"a coupon for a group", LintHidden, []Campaign{lintCoupons(1000, 100, 0, 0), {Terms: lintCoupons(2000, 100, 0, 0).Terms, Promo: Offer{Kind: KindNextCoupon, When: Threshold{Groups: []string{"staff"}}}}}, ""},
		{"a coupon that is earned below", LintHidden, []Campaign{lintCoupons(1000, 100, 0, 0), lintCoupons(2000, 100, 5000, 0)}, ""},
		{"a coupon earned below only", LintHiddenPart, []Campaign{lintCoupons(1000, 100, 0, 0), lintCoupons(2000, 100, 5000, 0)}, "A B 5000"},
		{"an exclusive offer that always wins", LintNeverWins, []Campaign{lintPromo(lintPercent(1000, lintCoffee)), lintPromo(lintStacked(lintPercent(2000, Goods{}), Stacking{Exclusive: true}))}, "A B"},
		{"an exclusive offer that never wins", LintNeverWins, []Campaign{lintPromo(lintPercent(2000, Goods{})), lintPromo(lintStacked(lintPercent(1000, lintCoffee), Stacking{Exclusive: true}))}, "B A"},
		{"an exclusive offer that sometimes wins", LintNeverWins, []Campaign{lintPromo(lintStacked(lintPercent(1000, lintCoffee), Stacking{Exclusive: true})), lintPromo(Offer{Kind: KindItemAcross, Cut: Cut{By: ByAmount, Amount: 200}})}, ""},
		{"the lesser of a group", LintNeverWins, []Campaign{lintPromo(lintStacked(lintPercent(1000, lintCoffee), Stacking{Group: "x"})), lintPromo(lintStacked(lintPercent(2000, lintCoffee), Stacking{Group: "x"}))}, "A B"},
		{"the lesser of a group on its own day", LintNeverWins, []Campaign{lintPromo(lintStacked(lintPercent(1000, lintCoffee), Stacking{Group: "x"})), lintPromo(Offer{Kind: KindItemPercent, Cut: Cut{Percent: 2000}, Stack: Stacking{Group: "x"}, When: lintOn(time.Sunday)})}, ""},

		{"below cost alone", LintLoss, []Campaign{lintPromo(lintPercent(5000, lintCoffee))}, "A Espresso ×1 500/600 +1"},
		{"not below cost", LintLoss, []Campaign{lintPromo(lintPercent(4000, lintCoffee))}, ""},
		{"below cost together", LintLoss, []Campaign{lintPromo(lintPercent(2500, lintCoffee)), lintPromo(Offer{Kind: KindOrderPercent, Cut: Cut{Percent: 2500}, Target: lintCoffee})}, "A Espresso ×1 562/600 [A B]"},
		{"below cost on days apart", LintLoss, []Campaign{lintPromo(Offer{Kind: KindItemPercent, Cut: Cut{Percent: 2500}, Target: lintCoffee, When: lintOn(time.Monday)}), lintPromo(Offer{Kind: KindOrderPercent, Cut: Cut{Percent: 2500}, Target: lintCoffee, When: lintOn(time.Tuesday)})}, ""},
		{"below cost on a day in common", LintLoss, []Campaign{lintPromo(Offer{Kind: KindItemPercent, Cut: Cut{Percent: 2500}, Target: lintCoffee, When: lintOn(time.Monday, time.Sunday)}), lintPromo(Offer{Kind: KindOrderPercent, Cut: Cut{Percent: 2500}, Target: lintCoffee, When: lintOn(time.Sunday)})}, "A Espresso ×1 562/600 [A B]"},
		{"below cost with a coupon", LintLoss, []Campaign{lintCoupons(2000, 3000, 0, 0), lintPromo(lintPercent(1500, Goods{SKU: []string{"ESP"}}))}, "A Tea ×1 300/400 [A] +1"},
		{"below cost with one and another of two", LintLoss, []Campaign{
			lintPromo(Offer{Kind: KindOrderPercent, Cut: Cut{Percent: 2500}, Target: Goods{SKU: []string{"ESP"}}}), lintPromo(lintPercent(2500, lintCoffee)),
			lintPromo(Offer{Kind: KindOrderPercent, Cut: Cut{Percent: 3000}, Target: Goods{SKU: []string{"LAT"}}}),
		}, "B Espresso ×1 562/600 [B A] +1"},
		{"below cost by two apart", LintLoss, []Campaign{
			lintPromo(lintPercent(5000, Goods{SKU: []string{"ESP"}})), lintPromo(lintPercent(6000, Goods{SKU: []string{"LAT"}})),
		}, "B Latte ×1 600/800 | A Espresso ×1 500/600"},
		{"a coupon that takes too little", LintLoss, []Campaign{lintCoupons(2000, 1000, 0, 0)}, ""},
		{"three for two", LintLoss, []Campaign{lintPromo(Offer{Kind: KindBuyGet, Target: lintTea, Cut: Cut{Percent: 10000}, Sets: Sets{Buy: 2, Get: 1}})}, "A Tea ×3 1000/1200"},
		{"six for five", LintLoss, []Campaign{lintPromo(Offer{Kind: KindBuyGet, Target: lintTea, Cut: Cut{Percent: 10000}, Sets: Sets{Buy: 5, Get: 1}})}, ""},
		{"second piece free", LintLoss, []Campaign{lintPromo(Offer{Kind: KindNth, Target: lintCoffee, Cut: Cut{Percent: 10000}, Sets: Sets{Nth: 2}})}, "A Espresso ×2 1000/1200 +1"},
		{"a bundle below the cost of both", LintLoss, []Campaign{lintPromo(Offer{Kind: KindBundle, Cut: Cut{By: ByPrice, Amount: 900}, Sets: Sets{Groups: []Group{{lintTea, 1}, {lintCoffee, 1}}}})}, "A Latte ×1 900/1200 with Tea +2"},
		{"a bundle above the cost of both", LintLoss, []Campaign{lintPromo(Offer{Kind: KindBundle, Cut: Cut{By: ByPrice, Amount: 1200}, Sets: Sets{Groups: []Group{{lintTea, 1}, {lintCoffee, 1}}}})}, ""},
		{"cheap tea beside coffee, without end", LintLoss, []Campaign{lintPromo(Offer{Kind: KindItemPercent, Target: lintTea, Cut: Cut{Percent: 9000}, When: Threshold{Of: lintCoffee, MinAmount: 3000}})}, "A Tea ×101 8050/42200 with Espresso"},
		{"cheap tea beside coffee, one", LintLoss, []Campaign{lintPromo(Offer{Kind: KindItemPercent, Target: lintTea, Cut: Cut{Percent: 9000}, When: Threshold{Of: lintCoffee, MinAmount: 3000}, Caps: Caps{Units: 1}})}, ""},
		{"a gift that costs more than is earned", LintLoss, []Campaign{lintPromo(Offer{Kind: KindGift, Gift: Gift{SKU: "MUG", Units: 1}, When: Threshold{MinAmount: 2000}})}, "A Tea ×4 2000/3600 +2"},
		{"a gift that is earned", LintLoss, []Campaign{lintPromo(Offer{Kind: KindGift, Gift: Gift{SKU: "MUG", Units: 1}, When: Threshold{MinAmount: 20000}})}, ""},
		{"held by its floor", LintFloor, []Campaign{lintPromo(lintPercent(3000, lintCategory("Things")))}, "A Mug 3000"},
		{"above its floor", LintFloor, []Campaign{lintPromo(lintPercent(2000, lintCategory("Things")))}, ""},
		{"at its floor without its help", LintFloor, []Campaign{lintPromo(lintPercent(2500, lintCategory("Things")))}, ""},
		{"ended", LintLoss, []Campaign{{State: CampaignEnded, Promo: lintPercent(5000, lintCoffee)}}, ""},
		{"paused", LintLoss, []Campaign{{State: CampaignPaused, Promo: lintPercent(5000, lintCoffee)}}, ""},
	} {
		report := Lint(lintShop(c.campaigns...))
		var said []string
		for _, n := range report.Notes {
			if n.Code == c.code {
				said = append(said, showNote(n))
			}
		}
		if got := strings.Join(said, " | "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// showNote writes what stands in a note.
func showNote(n LintNote) string {
	s := n.Title
	for _, part := range []string{n.ByTitle, n.Field, n.Text, n.Product} {
		if part != "" {
			s += " " + part
		}
	}
	switch n.Code {
	case LintGiftStock:
		s += fmt.Sprint(" ", n.Units)
	case LintHiddenPart:
		s += fmt.Sprint(" ", int64(n.From))
	case LintFloor:
		s += fmt.Sprint(" ", int64(n.Amount))
	case LintLoss:
		s += fmt.Sprintf(" ×%d %d/%d", n.Units, n.Amount, n.Cost)
		for _, other := range n.Beside {
			s += " with " + other
		}
		if len(n.With) > 1 || n.With[0] != n.Title || n.Product == "Tea" && n.Units == 1 {
			s += fmt.Sprint(" ", n.With)
		}
		if n.More > 0 {
			s += fmt.Sprint(" +", n.More)
		}
	}
	return s
}

// A draft is told only of itself, in place of what is stored of it.
func TestLintOfADraft(t *testing.T) {
	in := lintShop(lintPromo(lintPercent(5000, lintCoffee)), lintPromo(lintPercent(5000, lintTea)))
	draft := in.Campaigns[1]
	draft.State, draft.Promo = CampaignDraft, lintPercent(100, lintTea)
	in.Draft = &draft
	if got := Lint(in).Notes; len(got) != 0 {
		t.Errorf("a harmless draft is told %v", got)
	}
	fresh := Campaign{Title: "New", Promo: lintPercent(100, lintCoffee)}
	in.Draft = &fresh
	for _, n := range Lint(in).Notes {
		if !n.CampaignID.IsZero() || n.Title != "New" {
			t.Errorf("a new draft is told of %q", n.Title)
		}
	}
	if got := Lint(in).Notes; len(got) != 2 || got[0].Code != LintSame || got[1].Code != LintLoss || !slices.Equal(got[1].With, []string{"A", "New"}) {
		t.Errorf("a draft that adds to another is told %+v", got)
	}
}

func TestLintSaysWhereItStops(t *testing.T) {
	in := lintShop(lintPromo(lintPercent(1000, Goods{})))
	in.Products = nil
	for i := range MaxLintProducts + 1 {
		in.Products = append(in.Products, Product{SKU: fmt.Sprintf("P%05d", i), Price: 1000, Cost: 100, Active: true})
	}
	if r := Lint(in); !r.Cut || r.Products != MaxLintProducts {
		t.Errorf("%d products, cut %v", r.Products, r.Cut)
	}
	in.Products = in.Products[1:]
	if r := Lint(in); r.Cut || r.Products != MaxLintProducts {
		t.Errorf("%d products, cut %v", r.Products, r.Cut)
	}
	var many []Campaign
	for range 30 {
		many = append(many, lintPromo(lintPercent(1000, lintCoffee)))
	}
	r := Lint(lintShop(many...))
	same := slices.DeleteFunc(r.Notes, func(n LintNote) bool { return n.Code != LintSame })
	if len(same) != MaxLintNotes || r.Left[LintSame] != 30*29/2-MaxLintNotes || r.Cut {
		t.Errorf("%d notes and %d, cut %v", len(same), r.Left[LintSame], r.Cut)
	}
}

// The order of campaigns and products does not matter, and nothing that is
// passed in is changed.
func TestLintIsDeterministic(t *testing.T) {
	in := lintShop(
		lintPromo(lintPercent(5000, lintCoffee)), lintPromo(lintPercent(500, lintCategory("Drinks"))), lintCoupons(1000, 3000, 0, 0), lintCoupons(2000, 3000, 100, 0),
		lintPromo(Offer{Kind: KindBuyGet, Target: lintTea, Cut: Cut{Percent: 10000}, Sets: Sets{Buy: 2, Get: 1}}), lintAsks(Threshold{Payments: []string{"card"}}),
	)
	want := Lint(in)
	again := lintShop()
	again.Campaigns, again.Products = slices.Clone(in.Campaigns), slices.Clone(in.Products)
	slices.Reverse(again.Campaigns)
	slices.Reverse(again.Products)
	if got := Lint(again); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if len(want.Notes) == 0 {
		t.Error("nothing was found")
	}
}

func BenchmarkLint(b *testing.B) {
	var many []Campaign
	for i := range 100 {
		many = append(many, lintPromo(lintStacked(lintPercent(BP(100+i), lintCoffee), Stacking{Priority: i})))
	}
	in := lintShop(many...)
	for i := range MaxLintProducts {
		in.Products = append(in.Products, Product{SKU: fmt.Sprintf("P%05d", i), Category: "Drinks/Coffee", Price: 1000, Cost: 100, Active: true})
	}
	for b.Loop() {
		Lint(in)
	}
}
