package engine_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// drawSetSale draws a few pieces at a few prices and one set offer without
// caps, so that every way to make sets of them can be tried.
func drawSetSale(t *rapid.T, kinds ...engine.Kind) (engine.Basket, engine.Offer) {
	var b engine.Basket
	left := int64(6)
	for i := range rapid.IntRange(1, 4).Draw(t, "lines") {
		units := min(number(t, 1, 3, "units"), left)
		if left -= units; units > 0 {
			l := engine.Line{SKU: []string{"S0", "S1", "S2", "S3"}[i], Units: units, Price: engine.Minor(rapid.SampledFrom([]int{50, 80, 120, 200}).Draw(t, "price"))}
			l.Category = rapid.SampledFrom([]string{"Drinks/Coffee", "Drinks/Tea", "Food"}).Draw(t, "category")
			b.Lines = append(b.Lines, l)
		}
	}
	o := drawOffer(t, 0, kinds)
	o.Target.PriceMin, o.When, o.Caps.Discount, o.Limits, o.Stack = 0, engine.Threshold{}, 0, engine.Limits{}, engine.Stacking{}
	return b, o
}

// fits tells whether a line is meant by goods as drawGoods draws them.
func fits(g engine.Goods, l engine.Line) bool {
	below := func(path string) bool { return l.Category == path || strings.HasPrefix(l.Category, path+"/") }
	return (len(g.SKU) == 0 || slices.Contains(g.SKU, l.SKU)) && (len(g.Category) == 0 || slices.ContainsFunc(g.Category, below)) &&
		!slices.Contains(g.NotBrand, l.Brand) && l.Price >= g.PriceMin
}

// A unit is bought, or given, or neither: of all ways to do that, one is found
// that gives the most units.
func TestUnitsAreBoughtOrGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, o := drawSetSale(t, engine.KindBuyGet, engine.KindAddOn, engine.KindNth)
		o.Sets.Same = false
		r, err := engine.Evaluate(b, []engine.Offer{o}, engine.Facts{})
		if err != nil {
			t.Fatal(err)
		}
		var given, times int64
		kept := make([]int64, len(b.Lines)) // units that were not given
		for i, l := range b.Lines {
			kept[i] = l.Units
		}
		for _, a := range r.Applied {
			times = a.Times
			for _, c := range a.Lines {
				units, _ := offRuns(c.Runs)
				given += units
				kept[c.Line] -= units
			}
		}
		var bought int64
		for i, l := range b.Lines {
			if fits(o.Target, l) {
				bought += kept[i]
			}
		}
		if buy, _ := asked(o); bought < times*buy {
			t.Fatalf("%d times, but only %d are bought", times, bought)
		}
		if most := mostGiven(b, o); given != most {
			t.Fatalf("%d given, of %d that can be", given, most)
		}
		if o.Sets.Once && times > 1 || o.Caps.Times > 0 && times > o.Caps.Times {
			t.Fatalf("%d times", times)
		}
	})
}

// asked is how many units one set asks to buy, and gives.
func asked(o engine.Offer) (buy, get int64) {
	if o.Kind == engine.KindNth {
		return o.Sets.Nth - 1, 1
	}
	return o.Sets.Buy, o.Sets.Get
}

// mostGiven tries to buy, to give, to use up or to leave each unit.
func mostGiven(b engine.Basket, o engine.Offer) int64 {
	buy, get := asked(o)
	of := o.Target
	if o.Sets.Of != nil {
		of = *o.Sets.Of
	}
	sets := int64(99)
	if o.Caps.Times > 0 {
		sets = o.Caps.Times
	}
	if o.Sets.Once {
		sets = 1
	}
	var units []engine.Line
	for _, l := range b.Lines {
		for range l.Units {
			units = append(units, l)
		}
	}
	var best int64
	var decide func(at int, bought, given, filled int64)
	decide = func(at int, bought, given, filled int64) {
		if at == len(units) {
			n := (given + get - 1) / get
			whole := o.Kind == engine.KindAddOn && filled == 0 || given+filled == n*get
			if n <= sets && bought >= n*buy && whole {
				best = max(best, given)
			}
			return
		}
		l := units[at]
		decide(at+1, bought, given, filled)
		if fits(o.Target, l) {
			decide(at+1, bought+1, given, filled)
		}
		if fits(of, l) && cheaper(o.Cut, l.Price) {
			decide(at+1, bought, given+1, filled)
		} else if fits(of, l) {
			decide(at+1, bought, given, filled+1)
		}
	}
	decide(0, 0, 0, 0)
	return best
}

// cheaper tells whether a cut takes something off a price.
func cheaper(c engine.Cut, price engine.Minor) bool {
	switch c.By {
	case engine.ByPrice:
		return price > c.Amount
	case engine.ByAmount:
		return c.Amount > 0
	}
	return (price*engine.Minor(c.Percent)+5000)/10000 > 0
}

// Of all ways to make bundles of the units, one is found that saves most.
func TestBundlesSaveMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, o := drawSetSale(t, engine.KindBundle)
		o.Cut = engine.Cut{By: engine.ByPrice, Amount: minor(t, 0, 500, "for")}
		if rapid.Bool().Draw(t, "off") {
			o.Cut = engine.Cut{By: engine.ByAmount, Amount: minor(t, 1, 100, "off each")}
		}
		for i := range o.Sets.Groups {
			o.Sets.Groups[i].Of.PriceMin = 0
		}
		r, err := engine.Evaluate(b, []engine.Offer{o}, engine.Facts{})
		if err != nil {
			t.Fatal(err)
		}
		sets := 99
		if o.Caps.Times > 0 {
			sets = int(o.Caps.Times)
		}
		if o.Sets.Once {
			sets = 1
		}
		left := make([]int64, len(b.Lines))
		for i, l := range b.Lines {
			left[i] = l.Units
		}
		if most := mostSaved(b, o, left, sets); r.Discount != most {
			t.Fatalf("%d saved, of %d that can be", r.Discount, most)
		}
	})
}

// mostSaved tries every bundle of what is left, and then every next one.
func mostSaved(b engine.Basket, o engine.Offer, left []int64, sets int) engine.Minor {
	if sets == 0 {
		return 0
	}
	var places []engine.Goods
	for _, g := range o.Sets.Groups {
		for range g.Units {
			places = append(places, g.Of)
		}
	}
	var best engine.Minor
	var fill func(place int, cost engine.Minor)
	fill = func(place int, cost engine.Minor) {
		if place == len(places) {
			off := min(o.Cut.Amount, cost)
			if o.Cut.By == engine.ByPrice {
				off = cost - off
			}
			if off > 0 {
				best = max(best, off+mostSaved(b, o, left, sets-1))
			}
			return
		}
		for i, l := range b.Lines {
			if left[i] > 0 && fits(places[place], l) {
				left[i]--
				fill(place+1, cost+l.Price)
				left[i]++
			}
		}
	}
	fill(0, 0)
	return best
}
