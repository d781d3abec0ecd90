package engine

import (
	"fmt"
	"reflect"
	"testing"
)

func TestBestOfAGroup(t *testing.T) {
	grouped := func(group string, o Offer) Offer {
		o.Stack.Group = group
		return o
	}
	small, large := order(KindOrderPercent, Cut{Percent: 1000}), order(KindOrderFixed, offAmount(150))
	for _, c := range []struct {
		name    string
		price   Minor
		offers  []Offer
		due     Minor
		out     string
		because string
		tried   int
	}{
		{"the larger amount", 1000, []Offer{grouped("g", small), grouped("G ", large)}, 850, "A", "offer_outranked for B", 2},
		{"the larger share", 2000, []Offer{grouped("g", small), grouped("g", large)}, 1800, "B", "offer_outranked for A", 2},
		{"of equal ones the first", 1500, []Offer{grouped("g", small), grouped("g", large)}, 1350, "B", "offer_outranked for A", 2},
		{"of two groups one each", 1000, []Offer{grouped("g", small), grouped("h", large)}, 750, "", "", 1},
		{"of a group that is not all there", 1000, []Offer{grouped("g", small), grouped("g", with(large, func(o *Offer) { o.When.MinAmount = 1001 }))}, 900, "B", "offer_below for ", 1},
		{"over phases", 1000, []Offer{grouped("g", Offer{Kind: KindItemPercent, Cut: Cut{Percent: 1400}}), grouped("g", large)}, 850, "A", "offer_outranked for B", 2},
		{"a group and an offer of none", 1000, []Offer{grouped("g", small), grouped("g", large), order(KindOrderFixed, offAmount(50))}, 800, "A", "offer_outranked for B", 2},
	} {
		r := sell(t, basketOf(goods("a", 1, c.price)), Facts{}, c.offers...)
		if r.Due != c.due || r.Tried != c.tried || r.Bounded {
			t.Errorf("%s: due %d, %d tried: %+v", c.name, r.Due, r.Tried, r.Rejected)
		}
		if c.out == "" {
			continue
		}
		if why := rejected(t, r, c.out); fmt.Sprintf("%s for %s", why.Reason, why.ByTitle) != c.because {
			t.Errorf("%s: %+v", c.name, why)
		}
	}
}

func TestExclusiveOffers(t *testing.T) {
	alone := func(o Offer) Offer {
		o.Stack.Exclusive = true
		return o
	}
	share, amount := order(KindOrderPercent, Cut{Percent: 2000}), order(KindOrderFixed, offAmount(1000))
	for _, c := range []struct {
		name    string
		price   Minor
		offers  []Offer
		due     Minor
		out     string
		because string
	}{
		{"better than the others together", 10000, []Offer{amount, alone(share)}, 8000, "A", "offer_excluded for B"},
		{"worse than the others together", 10000, []Offer{amount, amount, amount, alone(share)}, 7000, "D", "offer_excluded for A"},
		{"the better of two", 10000, []Offer{alone(amount), alone(share)}, 8000, "A", "offer_excluded for B"},
		{"of equal ones the first in order", 5000, []Offer{alone(share), alone(amount)}, 4000, "B", "offer_excluded for A"},
		{"alone it needs no search", 5000, []Offer{alone(share)}, 4000, "", ""},
		{"one that gives nothing", 5000, []Offer{amount, alone(with(share, func(o *Offer) { o.Target.Undiscounted, o.When = true, Threshold{Basis: BasisRunning, MinAmount: 9000} }))}, 4000, "B", "offer_below for "},
		{"rebates stand beside it", 5000, []Offer{alone(share), nextCoupon(2000)}, 4000, "", ""},
	} {
		r := sell(t, basketOf(goods("a", 1, c.price)), Facts{}, c.offers...)
		if r.Due != c.due {
			t.Errorf("%s: due %d: %+v", c.name, r.Due, r.Rejected)
		}
		if c.out == "" {
			if len(r.Rejected) > 0 || r.Tried != 1 {
				t.Errorf("%s: %+v, %d tried", c.name, r.Rejected, r.Tried)
			}
			continue
		}
		if why := rejected(t, r, c.out); fmt.Sprintf("%s for %s", why.Reason, why.ByTitle) != c.because {
			t.Errorf("%s: %+v", c.name, why)
		}
	}
}

// Equal amounts due: the gifts worth more; equal gifts: the first in order.
func TestEqualCombinations(t *testing.T) {
	gift := func(value Minor) Offer {
		return Offer{Kind: KindGift, Gift: Gift{SKU: "g", Units: 1, Value: value}, Stack: Stacking{Group: "g"}}
	}
	r := sell(t, basketOf(goods("a", 1, 100)), Facts{}, gift(500), gift(700), gift(700))
	if len(r.Gifts) != 1 || r.Applied[0].Title != "B" || rejected(t, r, "C").By != r.Applied[0].OfferID {
		t.Errorf("%+v, %+v", r.Applied, r.Rejected)
	}
}

// One offer that does not exclude another is no reason to try anything.
func TestOneCombinationWithoutConflicts(t *testing.T) {
	r := sell(t, basketOf(goods("a", 4, 1000), goods("b", 4, 500)), Facts{},
		with(nth(2, free), func(o *Offer) { o.Target = of("a") }), with(nth(2, free), func(o *Offer) { o.Target = of("b") }),
		with(nth(9, free), func(o *Offer) { o.Target = of("a") }), // can never apply to four
		order(KindOrderPercent, Cut{Percent: 1000}),
		with(order(KindOrderPercent, Cut{Percent: 1000}), func(o *Offer) { o.Target.Undiscounted = true }),
	)
	if r.Tried != 1 || r.Bounded || r.Due != 2700 {
		t.Errorf("%d tried, due %d", r.Tried, r.Due)
	}
}

// However small the bound, the result is never worse than taking the offers as
// they come.
func TestTheBound(t *testing.T) {
	var offers []Offer
	for g := range 8 {
		for i := range 3 {
			offers = append(offers, Offer{Kind: KindItemEach, Cut: offAmount(Minor(10 + g + 7*i)), Stack: Stacking{Group: fmt.Sprint(g)}})
		}
	}
	b := basketOf(goods("a", 1, 10_000))
	greedy := Minor(10_000)
	best := greedy
	for g := range 8 {
		greedy -= Minor(10 + g)
		best -= Minor(24 + g)
	}
	last := greedy
	for _, bound := range []int{1, 2, 5, 20, 300, 0, 1 << 13} {
		r := sell(t, b, Facts{Bound: bound}, offers...)
		limit := bound
		if bound == 0 {
			limit = DefaultBound
		}
		if r.Due > last || r.Due < best || r.Tried > limit || r.Bounded != (limit < 6561) {
			t.Errorf("bound %d: due %d, %d tried, bounded %v", bound, r.Due, r.Tried, r.Bounded)
		}
		if bound == 1 && r.Due != greedy || limit >= 20 && r.Due != best {
			t.Errorf("bound %d: due %d, greedy %d, best %d", bound, r.Due, greedy, best)
		}
		last = r.Due
	}
}

// What the bound keeps from being tried is told all the same.
func TestNothingIsUntoldAtTheBound(t *testing.T) {
	alone := with(order(KindOrderPercent, Cut{Percent: 9000}), func(o *Offer) { o.Stack.Exclusive = true })
	r := sell(t, basketOf(goods("a", 1, 1000)), Facts{Bound: 1}, order(KindOrderPercent, Cut{Percent: 1000}), alone, alone)
	if !r.Bounded || r.Due != 900 || len(r.Rejected) != 2 || rejected(t, r, "C").Reason != ReasonExcluded {
		t.Errorf("due %d, %+v", r.Due, r.Rejected)
	}
}

// The index only spares work: looking at every offer gives the same prices.
func TestTheIndexChangesNothing(t *testing.T) {
	basket, facts := benchBasket(), Facts{Now: sellingAt, Store: shop(t, "BR"), Person: Person{Known: true}}
	offers := append(benchOffers(60), strangers(40)...)
	p, err := Prepare(offers)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Prepare(offers)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all.offers {
		all.always.add(int32(i))
	}
	one, err := p.Evaluate(basket, facts)
	if err != nil {
		t.Fatal(err)
	}
	two, err := all.Evaluate(basket, facts)
	if err != nil {
		t.Fatal(err)
	}
	if one.Unmatched < 40 || two.Unmatched != 0 || len(one.Rejected) != len(two.Rejected) {
		t.Fatalf("%d and %d unmatched, %d and %d rejected", one.Unmatched, two.Unmatched, len(one.Rejected), len(two.Rejected))
	}
	one.Rejected, two.Rejected, one.Unmatched = nil, nil, 0
	if !reflect.DeepEqual(one, two) {
		t.Errorf("with the index %+v, without %+v", one, two)
	}
}

// A Prepared may be used by several goroutines, and what it gave stays as it
// was.
func TestPreparedIsShared(t *testing.T) {
	p, err := Prepare(benchOffers(50))
	if err != nil {
		t.Fatal(err)
	}
	facts := Facts{Now: sellingAt, Store: shop(t, "BR")}
	first, err := p.Evaluate(benchBasket(), facts)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan Result)
	for range 4 {
		go func() {
			var last Result
			for range 20 {
				_, _ = p.Evaluate(Basket{Amount: 12345}, facts)
				last, _ = p.Evaluate(benchBasket(), facts)
			}
			done <- last
		}()
	}
	for range 4 {
		if r := <-done; !reflect.DeepEqual(r, first) {
			t.Errorf("another result: %+v", r)
		}
	}
}
