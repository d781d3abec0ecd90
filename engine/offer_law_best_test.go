package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// The search finds what trying everything finds: each subset of the offers, at
// most one of a group and an exclusive offer alone, all of them applied one
// after the other.
func TestTheSearchAgreesWithTryingEverything(t *testing.T) {
	kinds := slices.DeleteFunc(slices.Clone(lawKinds), func(k engine.Kind) bool {
		return k == engine.KindGift || k.PhaseOf() == engine.PhaseRebate
	})
	rapid.Check(t, func(t *rapid.T) {
		b, f, offers := drawBasket(t), drawFacts(t), drawOffers(t, 5, kinds)
		r := price(t, b, offers, f)
		if best := bestOfAll(b, offers, f); payable(r) != best || r.Bounded {
			t.Fatalf("%d (bounded %v), the best is %d", payable(r), r.Bounded, best)
		}
	})
}

// The same where all amounts are so small that it is roundings that decide.
func TestTheSearchOnSmallAmounts(t *testing.T) {
	kinds := []engine.Kind{
		engine.KindItemPercent, engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross, engine.KindItemPrice,
		engine.KindNth, engine.KindOrderPercent, engine.KindOrderFixed, engine.KindDeliveryFixed, engine.KindDeliveryPercent,
	}
	rapid.Check(t, func(t *rapid.T) {
		b, offers := drawBasket(t), drawOffers(t, 5, kinds)
		for i := range b.Lines {
			b.Lines[i].Price %= 12
			b.Lines[i].Floor %= 3
		}
		for i := range b.Delivery {
			b.Delivery[i].Amount %= 9
		}
		for i := range offers {
			o := &offers[i]
			if o.When.MinAmount, o.Stack.Exclusive = 0, false; o.Cut.By != engine.ByPercent {
				o.Cut.Amount = 1 + o.Cut.Amount%7
			} else if o.Cut.Percent == 1 {
				o.Cut.Percent = 1500
			}
			if o.Caps.Discount > 0 {
				o.Caps.Discount = 1 + o.Caps.Discount%9
			}
		}
		r := price(t, b, offers, engine.Facts{})
		if best := bestOfAll(b, offers, engine.Facts{}); r.Due != best || r.Bounded {
			t.Fatalf("%d (bounded %v), the best is %d", r.Due, r.Bounded, best)
		}
	})
}

// The same for every way to buy one to three of two products, with every three
// of a list of offers that get in each other's way.
func TestTheSearchOnAllSmallBaskets(t *testing.T) {
	offers := rivals()
	for pieces := range 9 {
		b := engine.Basket{Lines: []engine.Line{
			{SKU: "A", Units: int64(pieces%3 + 1), Price: 100}, {SKU: "B", Units: int64(pieces/3 + 1), Price: 150},
		}}
		for i := range offers {
			for j := range i {
				for k := range j {
					three := []engine.Offer{offers[k], offers[j], offers[i]}
					f := engine.Facts{Store: engine.Store{Timezone: "UTC", Step: 1}}
					r, err := engine.Evaluate(b, three, f)
					if best := bestOfAll(b, three, f); err != nil || r.Due != best || r.Bounded {
						t.Fatalf("%+v: %v; %d (bounded %v), the best is %d\n%+v", b, err, r.Due, r.Bounded, best, three)
					}
				}
			}
		}
	}
}

// rivals are sets that want the same units, members of two groups, exclusive
// offers, and such that come before or after them.
func rivals() []engine.Offer {
	a, b := engine.Goods{SKU: []string{"A"}}, engine.Goods{SKU: []string{"B"}}
	half, all := engine.Cut{Percent: 5000}, engine.Cut{Percent: 10000}
	offers := []engine.Offer{
		{Kind: engine.KindNth, Sets: engine.Sets{Nth: 2}, Cut: half},
		{Kind: engine.KindNth, Target: a, Sets: engine.Sets{Nth: 2}, Cut: all},
		{Kind: engine.KindBuyGet, Sets: engine.Sets{Buy: 2, Get: 1}, Cut: all, Stack: engine.Stacking{Group: "x"}},
		{Kind: engine.KindAddOn, Target: a, Sets: engine.Sets{Buy: 1, Get: 1, Of: &b}, Cut: engine.Cut{By: engine.ByPrice, Amount: 60}},
		{Kind: engine.KindBundle, Sets: engine.Sets{Groups: []engine.Group{{Of: a, Units: 1}, {Of: b, Units: 1}}}, Cut: engine.Cut{By: engine.ByPrice, Amount: 200}},
		{Kind: engine.KindBundle, Sets: engine.Sets{Groups: []engine.Group{{Units: 1}, {Of: b, Units: 1}}}, Cut: engine.Cut{By: engine.ByAmount, Amount: 45}, Stack: engine.Stacking{Group: "x"}},
		{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 2500}, Stack: engine.Stacking{Exclusive: true}},
		{Kind: engine.KindNth, Target: b, Sets: engine.Sets{Nth: 2}, Cut: all, Stack: engine.Stacking{Exclusive: true}},
		{Kind: engine.KindItemPercent, Target: b, Cut: engine.Cut{Percent: 4000}, Stack: engine.Stacking{Group: "x"}},
		{Kind: engine.KindItemEach, Target: a, Cut: engine.Cut{By: engine.ByAmount, Amount: 30}},
		{Kind: engine.KindItemPercent, Pick: engine.Pick{Units: 1}, Cut: all, Stack: engine.Stacking{Group: "y"}},
		{Kind: engine.KindOrderPrice, Cut: engine.Cut{By: engine.ByPrice, Amount: 280}, Stack: engine.Stacking{Group: "y"}},
		{Kind: engine.KindOrderPercent, Target: a, Cut: half},
	}
	for i := range offers {
		offers[i].ID[15], offers[i].Title = byte(i+1), fmt.Sprintf("O%d", i)
	}
	return offers
}

// bestOfAll tries every legal subset: with a bound of one nothing is left out.
func bestOfAll(b engine.Basket, offers []engine.Offer, f engine.Facts) engine.Minor {
	best := engine.Minor(1 << 40)
	f.Bound = 1
	for mask := range 1 << len(offers) {
		chosen, ok := legal(offers, mask)
		if !ok {
			continue
		}
		if r, err := engine.Evaluate(b, chosen, f); err == nil {
			best = min(best, payable(r))
		}
	}
	return best
}

// legal gives the offers of a subset without what makes them exclude each
// other, if they may stand together.
func legal(offers []engine.Offer, mask int) ([]engine.Offer, bool) {
	var out []engine.Offer
	groups, alone := map[string]bool{}, false
	for i, o := range offers {
		if mask>>i&1 == 0 {
			continue
		}
		if o.Stack.Group != "" && groups[o.Stack.Group] {
			return nil, false
		}
		groups[o.Stack.Group] = true
		alone = alone || o.Stack.Exclusive
		o.Stack.Group, o.Stack.Exclusive = "", false
		out = append(out, o)
	}
	return out, !alone || len(out) == 1
}
