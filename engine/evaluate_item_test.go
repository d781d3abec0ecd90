package engine

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// A Thursday, 14:30 in São Paulo.
var sellingAt = InstantOf(time.Date(2026, 11, 19, 17, 30, 0, 0, time.UTC))

// sell prices lines with offers that are named and made in the order they
// stand in: the first is the oldest.
func sell(t testing.TB, b Basket, f Facts, offers ...Offer) Result {
	t.Helper()
	if f.Store.Timezone == "" {
		f.Store = shop(t, "BR")
	}
	if f.Now == 0 {
		f.Now = sellingAt
	}
	for i := range offers {
		if offers[i].ID.IsZero() {
			offers[i].ID, offers[i].Created = ID{15: byte(i + 1)}, Instant(i+1)
		}
		if offers[i].Title == "" {
			offers[i].Title = string(rune('A' + i))
		}
	}
	r, err := Evaluate(b, offers, f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func goods(sku string, units int64, price Minor) Line {
	return Line{SKU: sku, Category: sku, Units: units, Price: price}
}

func floored(sku string, units int64, price, floor Minor) Line {
	return Line{SKU: sku, Category: sku, Units: units, Price: price, Floor: floor}
}

func basketOf(l ...Line) Basket { return Basket{Lines: l} }

func of(skus ...string) Goods { return Goods{SKU: skus} }

// offEach lists what was taken off each unit of each line, in order:
// "500 500 | 0".
func offEach(r Result) string {
	var text string
	for i, l := range r.Lines {
		if i > 0 {
			text += " | "
		}
		first := true
		for _, run := range l.Runs {
			for range run.Units {
				if !first {
					text += " "
				}
				first = false
				text += fmt.Sprint(int64(run.Off))
			}
		}
	}
	return text
}

func rejected(t testing.TB, r Result, title string) Rejected {
	t.Helper()
	i := slices.IndexFunc(r.Rejected, func(x Rejected) bool { return x.Title == title })
	if i < 0 {
		t.Fatalf("%s is not among the rejected: %+v", title, r.Rejected)
	}
	return r.Rejected[i]
}

func TestItemOffers(t *testing.T) {
	off := func(amount Minor) Cut { return Cut{By: ByAmount, Amount: amount} }
	price := func(amount Minor) Cut { return Cut{By: ByPrice, Amount: amount} }
	share := func(rate BP) Cut { return Cut{Percent: rate} }
	for _, c := range []struct {
		name   string
		basket Basket
		offer  Offer
		want   string // off each unit
	}{
		{"a percentage is half up per line, the first units bear the rest", basketOf(goods("a", 3, 333)), Offer{Kind: KindItemPercent, Cut: share(1000)}, "34 33 33"},
		{"half a cent rounds up", basketOf(goods("a", 1, 5), goods("b", 1, 4)), Offer{Kind: KindItemPercent, Cut: share(1000)}, "1 | 0"},
		{"a whole", basketOf(goods("a", 2, 333)), Offer{Kind: KindItemPercent, Cut: share(10000)}, "333 333"},
		{"only the target", basketOf(goods("a", 1, 1000), goods("b", 1, 1000)), Offer{Kind: KindItemPercent, Cut: share(1000), Target: of("b")}, "0 | 100"},
		{"a floor is kept and nothing moves to others", basketOf(floored("a", 2, 1000, 900), goods("b", 1, 1000)), Offer{Kind: KindItemPercent, Cut: share(2000)}, "100 100 | 200"},
		{"a floor above the price", basketOf(floored("a", 1, 1000, 1200)), Offer{Kind: KindItemPercent, Cut: share(2000)}, "0"},
		{"an amount off each, at most its price", basketOf(goods("a", 2, 300), goods("b", 1, 50)), Offer{Kind: KindItemEach, Cut: off(100)}, "100 100 | 50"},
		{"an amount off each line", basketOf(goods("a", 3, 100), goods("b", 1, 50)), Offer{Kind: KindItemLine, Cut: off(100)}, "34 33 33 | 50"},
		{"an amount across lines, by what they cost", basketOf(goods("a", 2, 300), goods("b", 1, 400)), Offer{Kind: KindItemAcross, Cut: off(100)}, "30 30 | 40"},
		{"an amount across more than all", basketOf(goods("a", 2, 300), goods("b", 1, 400)), Offer{Kind: KindItemAcross, Cut: off(5000)}, "300 300 | 400"},
		{"a price", basketOf(goods("a", 2, 300), goods("b", 1, 150)), Offer{Kind: KindItemPrice, Cut: price(199)}, "101 101 | 0"},
		{"a price of zero", basketOf(goods("a", 2, 300)), Offer{Kind: KindItemPrice, Cut: price(0)}, "300 300"},
		{"a price under the floor", basketOf(floored("a", 2, 300, 250)), Offer{Kind: KindItemPrice, Cut: price(199)}, "50 50"},
		{"the cheapest one", basketOf(goods("a", 2, 500), goods("b", 3, 200)), Offer{Kind: KindItemPercent, Cut: share(10000), Pick: Pick{Units: 1}}, "0 0 | 0 0 200"},
		{"the priciest three", basketOf(goods("a", 2, 500), goods("b", 3, 200)), Offer{Kind: KindItemPercent, Cut: share(5000), Pick: Pick{Choice: Priciest, Units: 3}}, "250 250 | 0 0 100"},
		{"of equal ones the later line", basketOf(goods("a", 1, 500), goods("b", 1, 500)), Offer{Kind: KindItemPercent, Cut: share(10000), Pick: Pick{Units: 1}}, "0 | 500"},
		{"and before that the one that can become cheapest", basketOf(goods("a", 1, 500), floored("b", 1, 500, 100)), Offer{Kind: KindItemPercent, Cut: share(10000), Pick: Pick{Units: 1}}, "500 | 0"},
		{"the cheapest is one that can become cheaper", basketOf(floored("a", 1, 100, 100), goods("b", 1, 0), goods("c", 1, 500)), Offer{Kind: KindItemPercent, Cut: share(10000), Pick: Pick{Units: 1}}, "0 | 0 | 500"},
		{"at most so many units, the cheapest", basketOf(goods("a", 3, 500), goods("b", 2, 200)), Offer{Kind: KindItemPrice, Cut: price(100), Caps: Caps{Units: 3}}, "0 0 400 | 100 100"},
		{"at most so much, in proportion", basketOf(goods("a", 1, 1000), goods("b", 1, 500)), Offer{Kind: KindItemPercent, Cut: share(10000), Caps: Caps{Discount: 300}}, "200 | 100"},
		{"at most so much, of many units", basketOf(goods("a", 3, 1000)), Offer{Kind: KindItemEach, Cut: off(400), Caps: Caps{Discount: 1000}}, "334 333 333"},
		{"at most a cent less than all", basketOf(goods("a", 2, 100)), Offer{Kind: KindItemEach, Cut: off(100), Caps: Caps{Discount: 199}}, "100 99"},
		{"tiers by quantity: the highest reached counts for all", basketOf(goods("a", 5, 100)), Offer{Kind: KindItemPercent, Tiers: []Tier{{Units: 2, Cut: share(1000)}, {Units: 5, Cut: share(3000)}}}, "30 30 30 30 30"},
		{"tiers by amount", basketOf(goods("a", 4, 100)), Offer{Kind: KindItemPercent, Tiers: []Tier{{Amount: 400, Cut: share(1000)}, {Amount: 401, Cut: share(3000)}}}, "10 10 10 10"},
		{"what is weighed is one piece", Basket{Lines: []Line{{SKU: "a", Units: 1, Weight: 1250, Price: 1999}}}, Offer{Kind: KindItemPercent, Cut: share(1000)}, "250"},
		{"and its price is by weight", Basket{Lines: []Line{{SKU: "a", Units: 1, Weight: 1250, Price: 1999}}}, Offer{Kind: KindItemPrice, Cut: price(1599)}, "500"},
		{"and so is its floor", Basket{Lines: []Line{{SKU: "a", Units: 1, Weight: 1250, Price: 1999, Floor: 1900}}}, Offer{Kind: KindItemPercent, Cut: share(5000)}, "124"},
		{"what may not be discounted", Basket{Lines: []Line{{SKU: "a", Units: 1, Price: 100, NoDiscount: true}, goods("b", 1, 100)}}, Offer{Kind: KindItemAcross, Cut: off(50)}, "0 | 50"},
		{"an open amount", Basket{Amount: 1999}, Offer{Kind: KindItemPercent, Cut: share(1000)}, "200"},
	} {
		r := sell(t, c.basket, Facts{}, c.offer)
		if got := offEach(r); got != c.want {
			t.Errorf("%s: off %s, want %s", c.name, got, c.want)
		}
		if levels := r.Levels(); levels.Item != r.Discount {
			t.Errorf("%s: %d off, of which items %d", c.name, r.Discount, levels.Item)
		}
	}
}

func TestWhichGoodsAreMeant(t *testing.T) {
	b := basketOf(
		Line{SKU: "C1", Category: "Drinks/Coffee", Brand: "Sol", Tags: []string{"Fair", "new"}, Units: 1, Price: 1000},
		Line{SKU: "C2", Category: "drinks/coffee/Beans", Brand: "Lua", Units: 1, Price: 2000},
		Line{SKU: "T1", Category: "Drinks/Coffeepots", Brand: "sol", Units: 1, Price: 3000},
		Line{SKU: "F1", Units: 1, Price: 4000},
	)
	for _, c := range []struct {
		name  string
		goods Goods
		want  string
	}{
		{"everything", Goods{}, "100 | 100 | 100 | 100"},
		{"a sku in another case", Goods{SKU: []string{"c1", "F1"}}, "100 | 0 | 0 | 100"},
		{"a category and what is below it", Goods{Category: []string{"Drinks/Coffee"}}, "100 | 100 | 0 | 0"},
		{"the category above", Goods{Category: []string{"DRINKS"}}, "100 | 100 | 100 | 0"},
		{"a brand", Goods{Brand: []string{"SOL"}}, "100 | 0 | 100 | 0"},
		{"a tag", Goods{Tag: []string{"fair"}}, "100 | 0 | 0 | 0"},
		{"a category but a brand", Goods{Category: []string{"Drinks"}, NotBrand: []string{"Lua"}}, "100 | 0 | 100 | 0"},
		{"all but a category", Goods{NotCategory: []string{"drinks/coffee"}}, "0 | 0 | 100 | 100"},
		{"all but a sku and a tag", Goods{NotSKU: []string{"f1"}, NotTag: []string{"NEW"}}, "0 | 100 | 100 | 0"},
		{"a range of prices, both ends", Goods{PriceMin: 2000, PriceMax: 3000}, "0 | 100 | 100 | 0"},
		{"both a brand and a category", Goods{Brand: []string{"sol"}, Category: []string{"Drinks/Coffee"}}, "100 | 0 | 0 | 0"},
	} {
		r := sell(t, b, Facts{}, Offer{Kind: KindItemEach, Cut: Cut{By: ByAmount, Amount: 100}, Target: c.goods})
		if got := offEach(r); got != c.want {
			t.Errorf("%s: off %s, want %s", c.name, got, c.want)
		}
	}
	r := sell(t, b, Facts{}, Offer{Kind: KindItemEach, Cut: Cut{By: ByAmount, Amount: 100}, Target: of("X")})
	if why := rejected(t, r, "A"); why.Reason != ReasonTarget || why.Of == nil || why.Of.SKU[0] != "X" || r.Unmatched != 1 {
		t.Errorf("goods the basket has not: %+v, %d unmatched", why, r.Unmatched)
	}
}

// Percentages follow each other: each is of what the one before left, unless it
// is of the price before discounts.
func TestOrderOfApplication(t *testing.T) {
	ten, half := Offer{Kind: KindItemEach, Cut: Cut{By: ByAmount, Amount: 100}}, Offer{Kind: KindItemPercent, Cut: Cut{Percent: 5000}}
	for _, c := range []struct {
		name string
		edit func(ten, half *Offer)
		want string
	}{
		{"the older first", func(_, _ *Offer) {}, "550"},
		{"the higher priority first", func(_, half *Offer) { half.Stack.Priority = 1 }, "600"},
		{"the lower sequence before any priority", func(ten, half *Offer) { half.Stack.Priority, ten.Stack.Sequence = 1, -1 }, "550"},
		{"of the price before discounts", func(_, half *Offer) { half.Stack.Base = BaseInitial }, "600"},
		{"only what is not discounted yet", func(_, half *Offer) { half.Target.Undiscounted = true }, "100"},
		{"its own discount does not count", func(ten, _ *Offer) { ten.Target.Undiscounted = true }, "550"},
	} {
		a, b := ten, half
		c.edit(&a, &b)
		if got := offEach(sell(t, basketOf(goods("a", 1, 1000)), Facts{}, a, b)); got != c.want {
			t.Errorf("%s: off %s, want %s", c.name, got, c.want)
		}
	}
}

// What an application says of its lines: which units, and how much of each.
func TestWhereACutStands(t *testing.T) {
	r := sell(t, basketOf(goods("a", 5, 1000)), Facts{},
		Offer{Kind: KindItemPrice, Cut: Cut{By: ByPrice, Amount: 700}, Pick: Pick{Units: 2}},
		Offer{Kind: KindItemAcross, Cut: Cut{By: ByAmount, Amount: 1001}},
	)
	first := LineCut{Line: 0, Amount: 600, First: 3, Runs: []Run{{2, 300}}}
	if a := r.Applied[0]; a.Units != 2 || a.Amount != 600 || len(a.Lines) != 1 || fmt.Sprint(a.Lines[0]) != fmt.Sprint(first) {
		t.Errorf("%+v, want %+v", a, first)
	}
	// 10.01 over 3 × 10.00 and 2 × 7.00: 6.825 and 3.185, so 6.83 and 3.18.
	second := LineCut{Line: 0, Amount: 1001, First: 0, Runs: []Run{{2, 228}, {1, 227}, {2, 159}}}
	if a := r.Applied[1]; a.Units != 5 || fmt.Sprint(a.Lines[0]) != fmt.Sprint(second) {
		t.Errorf("%+v, want %+v", a, second)
	}
	if want := []Run{{2, 228}, {1, 227}, {2, 459}}; !slices.Equal(r.Lines[0].Runs, want) {
		t.Errorf("units %+v, want %+v", r.Lines[0].Runs, want)
	}
}

// Units that do not stand next to each other are told by falling amount.
func TestACutInTwoPlaces(t *testing.T) {
	r := sell(t, basketOf(goods("a", 5, 1000)), Facts{},
		Offer{Kind: KindItemPrice, Cut: forPrice(700), Pick: Pick{Units: 2}},
		Offer{Kind: KindItemPrice, Cut: forPrice(500), Pick: Pick{Choice: Priciest, Units: 1}},
		Offer{Kind: KindItemPercent, Cut: Cut{Percent: 1000}, Pick: Pick{Choice: Priciest, Units: 4}},
	)
	want := LineCut{Line: 0, Amount: 340, First: -1, Runs: []Run{{2, 100}, {2, 70}}}
	if got := r.Applied[2].Lines[0]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := offEach(r); got != "100 100 500 370 370" {
		t.Errorf("off %s", got)
	}
}
