package engine

import (
	"cmp"
	"slices"
	"testing"
)

var free = Cut{Percent: 10000}

func forPrice(amount Minor) Cut  { return Cut{By: ByPrice, Amount: amount} }
func offAmount(amount Minor) Cut { return Cut{By: ByAmount, Amount: amount} }
func buyGet(buy, get int64, c Cut) Offer {
	return Offer{Kind: KindBuyGet, Sets: Sets{Buy: buy, Get: get}, Cut: c}
}
func nth(n int64, c Cut) Offer { return Offer{Kind: KindNth, Sets: Sets{Nth: n}, Cut: c} }

func with(o Offer, edit func(*Offer)) Offer {
	edit(&o)
	return o
}

func TestSets(t *testing.T) {
	other := func(o Offer, target, given Goods) Offer {
		return with(o, func(o *Offer) { o.Target, o.Sets.Of = target, &given })
	}
	addOn := Offer{Kind: KindAddOn, Sets: Sets{Buy: 1, Get: 2}, Cut: forPrice(100)}
	for _, c := range []struct {
		name   string
		basket Basket
		offer  Offer
		want   string
		times  int64
	}{
		{"the second at half price", basketOf(goods("a", 2, 999)), nth(2, Cut{Percent: 5000}), "0 500", 1},
		{"of five, two pairs", basketOf(goods("a", 5, 1000)), nth(2, Cut{Percent: 5000}), "0 0 0 500 500", 2},
		{"the cheapest of all, not of each pair", basketOf(goods("a", 1, 900), goods("b", 1, 100), goods("c", 1, 800), goods("d", 1, 200)), nth(2, free), "0 | 100 | 0 | 200", 2},
		{"or the priciest", basketOf(goods("a", 1, 900), goods("b", 1, 100), goods("c", 1, 800)), with(nth(2, free), func(o *Offer) { o.Pick.Choice = Priciest }), "900 | 0 | 0", 1},
		{"of equal prices the later line", basketOf(goods("a", 1, 500), goods("b", 1, 500)), nth(2, free), "0 | 500", 1},
		{"of one product only", basketOf(goods("a", 3, 500), goods("b", 1, 100)), with(nth(2, free), func(o *Offer) { o.Sets.Same = true }), "0 0 500 | 0", 1},
		{"of one product on two lines", basketOf(goods("a", 1, 500), goods("b", 1, 100), goods("A", 1, 500)), with(nth(2, free), func(o *Offer) { o.Sets.Same = true }), "0 | 0 | 500", 1},

		{"buy two, get one", basketOf(goods("a", 7, 300)), buyGet(2, 1, free), "0 0 0 0 0 300 300", 2},
		{"once", basketOf(goods("a", 7, 300)), with(buyGet(2, 1, free), func(o *Offer) { o.Sets.Once = true }), "0 0 0 0 0 0 300", 1},
		{"at most two times", basketOf(goods("a", 9, 300)), with(buyGet(1, 1, free), func(o *Offer) { o.Caps.Times = 2 }), "0 0 0 0 0 0 0 300 300", 2},
		{"at most three units", basketOf(goods("a", 9, 300)), with(buyGet(1, 2, free), func(o *Offer) { o.Caps.Units = 3 }), "0 0 0 0 0 0 300 300 300", 2},
		{"at most so much", basketOf(goods("a", 4, 300)), with(buyGet(1, 1, free), func(o *Offer) { o.Caps.Discount = 500 }), "0 0 250 250", 2},
		{"an amount off", basketOf(goods("a", 2, 300)), buyGet(1, 1, offAmount(500)), "0 300", 1},
		{"for a price", basketOf(goods("a", 2, 300)), buyGet(1, 1, forPrice(10)), "0 290", 1},
		{"not for a higher price", basketOf(goods("a", 2, 300)), buyGet(1, 1, forPrice(310)), "0 0", 0},
		{"a floor is kept", basketOf(floored("a", 2, 300, 100)), buyGet(1, 1, free), "0 200", 1},
		{"what cannot become cheaper may be bought", basketOf(goods("a", 1, 300), floored("b", 1, 200, 200)), buyGet(1, 1, free), "300 | 0", 1},
		{"what costs nothing takes no part", basketOf(goods("a", 1, 300), goods("b", 1, 0)), buyGet(1, 1, free), "0 | 0", 0},
		{"what may not be discounted may be bought", basketOf(Line{SKU: "a", Units: 1, Price: 100, NoDiscount: true}, goods("b", 1, 500)), buyGet(1, 1, free), "0 | 500", 1},

		{"what cannot become cheaper completes a set", basketOf(goods("a", 1, 300), floored("b", 2, 200, 200)), buyGet(1, 2, free), "300 | 0 0", 1},
		{"and no more sets than save", basketOf(goods("a", 3, 300), floored("b", 6, 200, 200)), buyGet(1, 2, free), "300 300 300 | 0 0 0 0 0 0", 2},
		{"two of six may not be discounted", basketOf(goods("a", 4, 300), floored("b", 2, 200, 200)), buyGet(1, 2, free), "300 300 300 300 | 0 0", 2},

		{"other goods are given", basketOf(goods("a", 2, 900), goods("b", 3, 200)), other(buyGet(1, 1, free), of("a"), of("b")), "0 0 | 0 200 200", 2},
		{"the cheapest of them", basketOf(goods("a", 1, 900), goods("b", 1, 200), goods("c", 1, 150)), other(buyGet(1, 1, free), of("a"), of("b", "c")), "0 | 0 | 150", 1},
		{"a unit is not both bought and given", basketOf(goods("a", 1, 900)), other(buyGet(1, 1, free), of("a"), of("a", "b")), "0", 0},
		{"units that could be both", basketOf(goods("a", 2, 900), goods("b", 1, 200)), other(buyGet(2, 1, free), of("a", "b"), of("a")), "0 900 | 0", 1},
		{"not the cheapest, if it is needed to be bought", basketOf(goods("a", 1, 100), goods("b", 1, 900)), other(buyGet(1, 1, free), of("a"), of("a", "b")), "0 | 900", 1},

		{"only so many that could be both are given", basketOf(goods("a", 1, 100), goods("b", 1, 200), goods("c", 1, 300), goods("d", 1, 900)), other(buyGet(1, 1, free), of("a", "b", "c"), Goods{}), "100 | 0 | 0 | 900", 2},
		{"what is not given completes nothing", basketOf(goods("a", 1, 300), goods("b", 5, 200)), other(buyGet(1, 2, free), Goods{}, of("a")), "0 | 0 0 0 0 0", 0},

		{"an add-on for a price", basketOf(goods("a", 1, 900), goods("b", 3, 250)), other(addOn, of("a"), of("b")), "0 | 0 150 150", 1},
		{"an add-on that is not full", basketOf(goods("a", 2, 900), goods("b", 3, 250)), other(addOn, of("a"), of("b")), "0 0 | 150 150 150", 2},
		{"an add-on without what it is added to", basketOf(goods("b", 3, 250)), other(addOn, of("a"), of("b")), "0 0 0", 0},
	} {
		r := sell(t, c.basket, Facts{}, c.offer)
		if got := offEach(r); got != c.want {
			t.Errorf("%s: off %s, want %s", c.name, got, c.want)
		}
		if times := timesOf(r); times != c.times {
			t.Errorf("%s: %d times, want %d", c.name, times, c.times)
		}
	}
}

func timesOf(r Result) int64 {
	if len(r.Applied) == 0 {
		return 0
	}
	return r.Applied[0].Times
}

func bundle(c Cut, groups ...Group) Offer {
	return Offer{Kind: KindBundle, Cut: c, Sets: Sets{Groups: groups}}
}

func TestBundles(t *testing.T) {
	a, b := Group{Of: of("a"), Units: 1}, Group{Of: of("b"), Units: 1}
	any3 := Group{Units: 3}
	for _, c := range []struct {
		name   string
		basket Basket
		offer  Offer
		want   string
		times  int64
	}{
		{"A and B for a price, by what they cost", basketOf(goods("a", 1, 1000), goods("b", 1, 500)), bundle(forPrice(1200), a, b), "200 | 100", 1},
		{"twice", basketOf(goods("a", 3, 1000), goods("b", 2, 500)), bundle(forPrice(1200), a, b), "0 200 200 | 100 100", 2},
		{"once", basketOf(goods("a", 3, 1000), goods("b", 2, 500)), with(bundle(forPrice(1200), a, b), func(o *Offer) { o.Sets.Once = true }), "0 0 200 | 0 100", 1},
		{"any three for a price, the priciest", basketOf(goods("a", 2, 400), goods("b", 2, 300)), bundle(forPrice(1000), any3), "37 36 | 0 27", 1},
		{"many at once", basketOf(goods("a", 7, 400)), bundle(forPrice(1000), any3), "0 67 67 67 67 66 66", 2},
		{"not for a higher price", basketOf(goods("a", 3, 300)), bundle(forPrice(900), any3), "0 0 0", 0},
		{"not when the next set saves nothing", basketOf(goods("a", 3, 400), goods("b", 3, 300)), bundle(forPrice(900), any3), "100 100 100 | 0 0 0", 1},
		{"a percentage of the set", basketOf(goods("a", 1, 1000), goods("b", 1, 333)), bundle(Cut{Percent: 1000}, a, b), "100 | 33", 1},
		{"an amount off the set", basketOf(goods("a", 1, 1000), goods("b", 1, 333)), bundle(offAmount(100), a, b), "75 | 25", 1},
		{"a floor is kept by the others", basketOf(floored("a", 1, 1000, 900), goods("b", 1, 1000)), bundle(forPrice(1500), a, b), "100 | 400", 1},
		{"and what none can take is forfeited", basketOf(floored("a", 1, 1000, 900), floored("b", 1, 1000, 900)), bundle(forPrice(1500), a, b), "100 | 100", 1},
		{"one unit short", basketOf(goods("a", 1, 1000)), bundle(forPrice(1200), a, b), "0", 0},
		{"capped units", basketOf(goods("a", 3, 1000), goods("b", 3, 500)), with(bundle(forPrice(1200), a, b), func(o *Offer) { o.Caps.Units = 5 }), "0 200 200 | 0 100 100", 2},
		{"a unit of two groups moves aside", basketOf(goods("a", 1, 1000), goods("b", 1, 500)), bundle(forPrice(1200), Group{Of: of("a", "b"), Units: 1}, a), "200 | 100", 1},
		{"units of one group are taken before those of two", basketOf(goods("a", 2, 1000), goods("b", 2, 1000)), bundle(forPrice(1900), Group{Of: of("a", "b"), Units: 1}, Group{Of: of("a"), Units: 1}), "50 50 | 50 50", 2},
		{"and further", basketOf(goods("a", 1, 900), goods("b", 1, 600), goods("c", 1, 300)), bundle(forPrice(900), Group{Of: of("a", "b"), Units: 1}, Group{Of: of("b", "c"), Units: 1}, a), "450 | 300 | 150", 1},
	} {
		r := sell(t, c.basket, Facts{}, c.offer)
		if got := offEach(r); got != c.want {
			t.Errorf("%s: off %s, want %s", c.name, got, c.want)
		}
		if times := timesOf(r); times != c.times {
			t.Errorf("%s: %d times, want %d", c.name, times, c.times)
		}
	}
}

// What a set is short of, so that the counter can say it.
func TestWhatASetIsShortOf(t *testing.T) {
	mug := of("mug")
	for _, c := range []struct {
		name   string
		basket Basket
		offer  Offer
		why    Code
		units  int64
		of     string
	}{
		{"the second piece", basketOf(goods("a", 1, 500)), with(nth(2, free), func(o *Offer) { o.Target = of("a") }), ReasonUnits, 1, "a"},
		{"of all goods", basketOf(goods("a", 1, 500)), nth(3, free), ReasonUnits, 2, ""},
		{"what is given", basketOf(goods("a", 2, 500)), with(buyGet(2, 1, free), func(o *Offer) { o.Target, o.Sets.Of = of("a"), &mug }), ReasonUnits, 1, "mug"},
		{"what is bought", basketOf(goods("a", 1, 500), goods("mug", 1, 300)), with(buyGet(3, 1, free), func(o *Offer) { o.Target, o.Sets.Of = of("a"), &mug }), ReasonUnits, 2, "a"},
		{"what is given anyway", basketOf(goods("a", 2, 500), floored("mug", 1, 300, 300)), with(buyGet(2, 1, free), func(o *Offer) { o.Target, o.Sets.Of = of("a"), &mug }), ReasonNothing, 0, ""},
		{"one of a product", basketOf(goods("a", 2, 500), goods("b", 1, 500)), with(nth(3, free), func(o *Offer) { o.Sets.Same = true }), ReasonUnits, 1, ""},
		{"a part of a bundle", basketOf(goods("a", 2, 500)), bundle(forPrice(1), Group{Of: of("a"), Units: 1}, Group{Of: of("b"), Units: 3}), ReasonUnits, 3, "b"},
		{"nothing: it saves nothing", basketOf(goods("a", 2, 500)), nth(2, forPrice(500)), ReasonNothing, 0, ""},
	} {
		why := rejected(t, sell(t, c.basket, Facts{}, c.offer), "A")
		name := ""
		if why.Of != nil {
			name = why.Of.SKU[0]
		}
		if why.Reason != c.why || why.Units != c.units || name != c.of {
			t.Errorf("%s: %s, %d more of %q", c.name, why.Reason, why.Units, name)
		}
	}
}

// Sets want the same units: the best combination is taken, and what stands
// aside says for whom.
func TestSetsThatCompete(t *testing.T) {
	b := basketOf(goods("a", 2, 1000), goods("b", 1, 800))
	pair := with(bundle(forPrice(1500), Group{Of: of("a"), Units: 1}, Group{Of: of("b"), Units: 1}), func(o *Offer) { o.Title = "pair" })
	second := with(nth(2, Cut{Percent: 5000}), func(o *Offer) { o.Title, o.Target = "second", of("a") })
	r := sell(t, b, Facts{}, pair, second)
	if offEach(r) != "0 500 | 0" || r.Due != 2300 || r.Bounded {
		t.Errorf("off %s, due %d", offEach(r), r.Due)
	}
	if why := rejected(t, r, "pair"); why.Reason != ReasonTaken || why.ByTitle != "second" {
		t.Errorf("%+v", why)
	}
	third := goods("a", 3, 1000)
	r = sell(t, basketOf(third, goods("b", 1, 800)), Facts{}, pair, second)
	if r.Due != 3000 || len(r.Applied) != 2 {
		t.Errorf("with three, due %d: %+v", r.Due, r.Rejected)
	}
	again := with(nth(2, Cut{Percent: 5000}), func(o *Offer) { o.Title, o.Target = "again", of("a") })
	r = sell(t, b, Facts{}, second, again)
	if r.Due != 2300 || rejected(t, r, "again").By != (ID{15: 1}) {
		t.Errorf("two alike: due %d, %+v", r.Due, r.Rejected)
	}
}

// The units a set uses, bought or given, are lost to the sets after it; the
// priciest were bought.
func TestUnitsThatAreUsed(t *testing.T) {
	once := func(o Offer) Offer { return with(o, func(o *Offer) { o.Sets.Once = true }) }
	for _, c := range []struct {
		name   string
		basket Basket
		offers []Offer
		want   string
	}{
		{"one of three is left", basketOf(goods("a", 3, 1000)), []Offer{once(nth(2, free)), nth(2, Cut{Percent: 5000})}, "0 0 1000"},
		{"two of four are left", basketOf(goods("a", 4, 1000)), []Offer{once(nth(2, free)), nth(2, Cut{Percent: 5000})}, "0 500 0 1000"},
		{"none is left for a bundle", basketOf(goods("a", 2, 1000)), []Offer{nth(2, free), bundle(forPrice(1900), Group{Units: 2})}, "0 1000"},
		{"the middle one is left", basketOf(goods("a", 1, 100), goods("b", 1, 210), goods("c", 1, 300)), []Offer{once(nth(2, free)), once(bundle(forPrice(50), Group{Units: 1}))}, "100 | 160 | 0"},
	} {
		if got := offEach(sell(t, c.basket, Facts{}, c.offers...)); got != c.want {
			t.Errorf("%s: off %s, want %s", c.name, got, c.want)
		}
	}
}

// A hundred thousand pieces cost no more work than a few: their segments stay
// few, whatever is taken off some of them.
func TestManyPieces(t *testing.T) {
	b := basketOf(goods("a", MaxUnits, 9900), goods("b", MaxUnits-1, 10100))
	var offers []Offer
	for i := range 90 {
		amount := offAmount(Minor(1_000_007 + 7919*i))
		offers = append(offers, Offer{Kind: KindItemAcross, Cut: amount, Pick: Pick{Choice: []Choice{Cheapest, Priciest}[i%2], Units: int64(1001 + 613*i)}})
	}
	r := sell(t, b, Facts{}, offers...)
	var units int64
	var off Minor
	for _, l := range r.Lines {
		if len(l.Runs) > 2*len(offers)+1 {
			t.Errorf("%d runs", len(l.Runs))
		}
		for _, run := range l.Runs {
			units += run.Units
			off += run.Off * Minor(run.Units)
		}
	}
	if units != 2*MaxUnits-1 || off != r.Discount || len(r.Applied) != len(offers) {
		t.Errorf("%d units, %d of %d off, %d applied", units, off, r.Discount, len(r.Applied))
	}
	for _, a := range r.Applied {
		for _, cut := range a.Lines {
			if sum := sumRuns(cut.Runs); sum != cut.Amount || cut.First < 0 && !slices.IsSortedFunc(cut.Runs, func(a, b Run) int { return cmp.Compare(b.Off, a.Off) }) {
				t.Errorf("%s took %d, its runs are %d: %+v", a.Title, cut.Amount, sum, cut.Runs)
			}
		}
	}
}

func sumRuns(runs []Run) (sum Minor) {
	for _, r := range runs {
		sum += r.Off * Minor(r.Units)
	}
	return sum
}
