package engine

import (
	"fmt"
	"testing"
)

// An offer that would cost the customer, since another comes after it, is left
// out, and says for which.
func TestOffersThatWouldCostTheCustomer(t *testing.T) {
	pair := with(order(KindOrderPrice, forPrice(1000)), func(o *Offer) { o.Target = of("a", "b") })
	freeA := with(order(KindOrderPercent, free), func(o *Offer) { o.Target = of("a") })
	lessA := Offer{Kind: KindItemEach, Cut: offAmount(500), Target: of("a")}
	cheapest := Offer{Kind: KindItemPercent, Cut: free, Pick: Pick{Units: 1}}
	halfB := Offer{Kind: KindItemPercent, Cut: Cut{Percent: 5000}, Target: of("b")}
	both := basketOf(goods("a", 1, 1000), goods("b", 1, 1000))
	one, quarter := Offer{Kind: KindItemEach, Cut: offAmount(2), Pick: Pick{Units: 1}}, Offer{Kind: KindItemPercent, Cut: Cut{Percent: 2500}}
	inGroup := func(o Offer) Offer {
		o.Stack.Group = "g"
		return o
	}
	c, d := of("c"), of("d")
	forAB := with(buyGet(1, 1, free), func(o *Offer) { o.Target, o.Sets.Of = of("a", "b"), &c })
	forB := with(buyGet(1, 1, free), func(o *Offer) { o.Target, o.Sets.Of = of("b"), &d })
	spreadBasket := basketOf(goods("a", 1, 1000), goods("b", 1, 1000), goods("c", 1, 450), goods("d", 1, 100), goods("e", 1, 100))
	var bystanders []Offer
	for range mostSlight { // each might cost a minor unit: too many to try
		bystanders = append(bystanders, Offer{Kind: KindItemEach, Cut: offAmount(1), Target: d})
	}
	bystanders = append(bystanders, with(order(KindOrderFixed, offAmount(92)), func(o *Offer) { o.Target = of("d", "e") }), with(order(KindOrderPercent, free), func(o *Offer) { o.Target = d }))
	across := Offer{Kind: KindItemAcross, Cut: offAmount(1000), Target: of("a", "b")}
	cheapBC := with(cheapest, func(o *Offer) { o.Target = of("b", "c") })
	freeB := with(halfB, func(o *Offer) { o.Cut = free })
	for _, c := range []struct {
		name   string
		basket Basket
		offers []Offer
		due    Minor
		out    string
	}{
		{"what one costs of a price together", both, []Offer{lessA, pair, freeA}, 500, "A offer_outranked for B"},
		{"it stays where nothing comes after", both, []Offer{lessA, pair}, 1000, ""},
		{"another one becomes the cheapest", basketOf(goods("a", 1, 900), goods("b", 1, 1000)), []Offer{halfB, cheapest}, 900, ""},
		{"and what is left of it is less", basketOf(goods("a", 1, 900), goods("b", 1, 1000)), []Offer{halfB, cheapest, with(halfB, func(o *Offer) { o.Cut = free })}, 0, "A offer_outranked for B"},
		{"of equal results that with more offers", both, []Offer{lessA, with(pair, func(o *Offer) { o.Cut = forPrice(0) }), freeA}, 0, "C offer_nothing for "},
		{"a minor unit by rounding", basketOf(goods("a", 3, 4)), []Offer{one, {Kind: KindItemLine, Cut: offAmount(1)}, quarter, {Kind: KindItemPrice, Cut: forPrice(2)}}, 5, "B offer_outranked for C"},
		{"all of a group", both, []Offer{inGroup(lessA), inGroup(with(lessA, func(o *Offer) { o.Cut = offAmount(400) })), pair, freeA}, 500, "B offer_outranked for C"},
		{"what another set would buy", basketOf(goods("a", 1, 1000), goods("b", 1, 900), goods("c", 1, 600), goods("d", 1, 500)), []Offer{with(lessA, func(o *Offer) { o.Cut = offAmount(200) }), forAB, forB}, 1900, "A offer_outranked for B"},
		{"what is spread over others", spreadBasket, append(bystanders, with(lessA, func(o *Offer) { o.Cut = offAmount(300) }), across, cheapBC, freeB), 552, "K offer_outranked for L"},
	} {
		r := sell(t, c.basket, Facts{}, c.offers...)
		out := ""
		for _, x := range r.Rejected {
			out = fmt.Sprintf("%s %s for %s", x.Title, x.Reason, x.ByTitle)
		}
		if r.Due != c.due || out != c.out || r.Bounded {
			t.Errorf("%s: due %d, %q", c.name, r.Due, out)
		}
	}
}

// An offer for goods that are not discounted yet means what it says: others
// are not left out for it.
func TestOffersForUndiscountedGoodsKeepOthersIn(t *testing.T) {
	shirts := Offer{Kind: KindItemPercent, Cut: Cut{Percent: 2500}, Target: of("shirt")}
	fresh := Offer{Kind: KindItemEach, Cut: offAmount(1000), Target: Goods{Undiscounted: true}}
	r := sell(t, basketOf(goods("shirt", 1, 2000), goods("mug", 1, 1500)), Facts{}, shirts, fresh)
	if r.Due != 2000 || len(r.Applied) != 2 || r.Tried != 1 {
		t.Errorf("due %d, %d applied, %d tried", r.Due, len(r.Applied), r.Tried)
	}
}

// Shares and amounts, and sets that take the same off equal units, never cost
// the customer: there is one combination.
func TestOffersThatNeverCostAreNotLeftOut(t *testing.T) {
	b := basketOf(goods("a", 3, 1000), goods("b", 2, 700))
	half := Offer{Kind: KindItemPercent, Cut: Cut{Percent: 5000}, Target: of("a")}
	for name, offers := range map[string][]Offer{
		"shares of lines and then of all": {half, half, order(KindOrderPercent, Cut{Percent: 1000}), order(KindOrderFixed, offAmount(99))},
		"the second piece":                {half, nth(2, free)},
		"a price together, the last":      {half, order(KindOrderPrice, forPrice(900))},
		"goods that do not meet":          {half, with(nth(2, forPrice(1)), func(o *Offer) { o.Target, o.Sets.Same = of("b"), true })},
	} {
		if r := sell(t, b, Facts{}, offers...); r.Tried != 1 || len(r.Applied) != len(offers) {
			t.Errorf("%s: %d tried, %+v", name, r.Tried, r.Rejected)
		}
	}
}

// With a few offers more than the bound lets try, each is left out by itself;
// with many nothing is tried. Both are told.
func TestTheBoundOfLeavingOut(t *testing.T) {
	many := func(n int) []Offer {
		offers := []Offer{{Kind: KindItemEach, Cut: offAmount(500), Target: of("a")}}
		for i := range n {
			offers = append(offers, Offer{Kind: KindItemEach, Cut: offAmount(1), Target: of(fmt.Sprint("x", i), "b")})
		}
		return append(offers,
			with(order(KindOrderPrice, forPrice(1000)), func(o *Offer) { o.Target = of("a", "b") }),
			with(order(KindOrderPercent, free), func(o *Offer) { o.Target = of("a") }))
	}
	b := basketOf(goods("a", 1, 1000), goods("b", 1, 1020))
	for _, c := range []struct {
		offers  int
		bound   int
		due     Minor
		tried   int
		bounded bool
	}{
		{2, 0, 504, 8, false},
		{20, 0, 500, 66, true},
		{20, 30, 500, 30, true},
		{100, 0, 648, 1, true},
	} {
		r := sell(t, b, Facts{Bound: c.bound}, many(c.offers)...)
		if r.Due != c.due || r.Tried > c.tried || r.Bounded != c.bounded {
			t.Errorf("%d offers, bound %d: due %d, %d tried, bounded %v", c.offers, c.bound, r.Due, r.Tried, r.Bounded)
		}
	}
}

// A coupon whose share is rounded up to a step may take less off a lower sale.
func TestOffersThatCostTheCouponAStep(t *testing.T) {
	s := shop(t, "BR")
	held := heldCoupon(s, 5000, 3000)
	r := sell(t, basketOf(goods("a", 1, 10_001)), Facts{Store: s, Now: held.ValidFrom, Coupon: &held}, order(KindOrderFixed, offAmount(1)))
	if r.Due != 6901 || rejected(t, r, "A").Reason != ReasonOutranked {
		t.Errorf("due %d: %+v", r.Due, r.Rejected)
	}
	alone := with(order(KindOrderFixed, offAmount(1)), func(o *Offer) { o.Stack.Exclusive = true })
	r = sell(t, basketOf(goods("a", 1, 10_001)), Facts{Store: s, Now: held.ValidFrom, Coupon: &held}, alone)
	if r.Due != 6901 || rejected(t, r, "A").Reason != ReasonExcluded {
		t.Errorf("an exclusive one: due %d: %+v", r.Due, r.Rejected)
	}
}
