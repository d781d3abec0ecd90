package engine

import "testing"

func nextCoupon(cashback BP) Offer {
	return Offer{Kind: KindNextCoupon, Rebate: Terms{Cashback: cashback, MaxDiscount: 3000, Lifetime: 45}}
}

func faceOffer(face Minor) Offer {
	return with(nextCoupon(1), func(o *Offer) { o.Cut = offAmount(face) })
}

func TestWhichCouponIsEarned(t *testing.T) {
	rates := func(o *Offer) {
		o.Tiers = []Tier{{Amount: 5000, Cut: Cut{Percent: 1000}}, {Amount: 10000, Cut: Cut{Percent: 2500}}}
	}
	faces := func(o *Offer) {
		o.Tiers = []Tier{{Amount: 5000, Cut: offAmount(500)}, {Amount: 10000, Cut: offAmount(1500)}}
	}
	for _, c := range []struct {
		name   string
		paid   Minor
		offers []Offer
		title  string
		face   Minor
		rate   BP
	}{
		{"the higher rate", 10000, []Offer{nextCoupon(1000), nextCoupon(2000)}, "B", 2000, 2000},
		{"of equal rates the older", 10000, []Offer{nextCoupon(2000), nextCoupon(2000)}, "A", 2000, 2000},
		{"a higher rate whose face rounds to the same", 1000, []Offer{nextCoupon(1901), nextCoupon(2000)}, "B", 200, 2000},
		{"a fixed face", 10000, []Offer{faceOffer(700)}, "A", 700, 0},
		{"a fixed face above a rate's", 10000, []Offer{nextCoupon(2000), faceOffer(2100)}, "B", 2100, 0},
		{"a fixed face under a rate's", 10000, []Offer{faceOffer(1900), nextCoupon(2000)}, "B", 2000, 2000},
		{"a tier's rate", 10000, []Offer{with(nextCoupon(1), rates)}, "A", 2500, 2500},
		{"the tier below", 9999, []Offer{with(nextCoupon(1), rates)}, "A", 1000, 1000},
		{"a tier's face", 12345, []Offer{with(nextCoupon(1), faces)}, "A", 1500, 0},
		{"under all tiers", 4999, []Offer{with(nextCoupon(1), faces)}, "", 0, 0},
		{"what is left of a budget, in whole steps", 10000, []Offer{with(nextCoupon(2000), func(o *Offer) { o.Limits.Budget = 1250 })}, "A", 1200, 2000},
		{"a budget of less than a step, and another coupon", 10000, []Offer{with(nextCoupon(2000), func(o *Offer) { o.Limits.Budget = 99 }), nextCoupon(500)}, "B", 500, 500},
		{"a code that was not given", 10000, []Offer{with(nextCoupon(2000), func(o *Offer) { o.Code = "X" }), nextCoupon(500)}, "B", 500, 500},
		{"a threshold", 10000, []Offer{with(nextCoupon(2000), func(o *Offer) { o.When.MinUnits = 2 }), nextCoupon(500)}, "B", 500, 500},
		{"no limit of a discount lowers a face", 10000, []Offer{with(nextCoupon(2000), func(o *Offer) { o.Caps.Discount = 1 })}, "A", 2000, 2000},
	} {
		r := sell(t, basketOf(goods("a", 1, c.paid)), Facts{}, c.offers...)
		if c.title == "" {
			if r.Earned != nil {
				t.Errorf("%s: %+v", c.name, r.Earned)
			}
			continue
		}
		if e := r.Earned; e == nil || e.Campaign != c.title || e.Face != c.face || e.Terms.Cashback != c.rate {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

func TestWhyACouponIsNotEarned(t *testing.T) {
	used := map[ID]Usage{{1}: {Issued: 5, Redeemed: 2}}
	for _, c := range []struct {
		name    string
		offer   Offer
		why     Code
		missing Minor
	}{
		{"all are issued", with(nextCoupon(2000), func(o *Offer) { o.Limits.Coupons = 5 }), ReasonCoupons, 0},
		{"fewer are redeemed", with(nextCoupon(2000), func(o *Offer) { o.Limits.Coupons, o.Limits.ByRedeemed = 3, true }), "", 0},
		{"all are redeemed", with(nextCoupon(2000), func(o *Offer) { o.Limits.Coupons, o.Limits.ByRedeemed = 2, true }), ReasonCoupons, 0},
		{"the net that is paid", with(nextCoupon(2000), func(o *Offer) { o.When = Threshold{Basis: BasisNet, MinAmount: 901} }), ReasonBelow, 1},
		{"the net that is paid suffices", with(nextCoupon(2000), func(o *Offer) { o.When = Threshold{Basis: BasisNet, MinAmount: 900} }), "", 0},
		{"goods before discounts", with(nextCoupon(2000), func(o *Offer) { o.When = Threshold{MinAmount: 1000} }), "", 0},
		{"the terms' least", with(nextCoupon(2000), func(o *Offer) { o.Rebate.MinSale = 950 }), ReasonBelow, 50},
		{"the first tier", with(nextCoupon(2000), func(o *Offer) { o.Tiers = []Tier{{Amount: 1000, Cut: Cut{Percent: 1}}} }), ReasonBelow, 100},
		{"points of a step", Offer{Kind: KindPoints, Points: PointsRate{Points: 1, Per: 901}}, ReasonBelow, 1},
	} {
		c.offer.ID, c.offer.Created = ID{1}, 1
		r := sell(t, basketOf(goods("a", 1, 1000)), Facts{Usage: used}, c.offer, order(KindOrderFixed, offAmount(100)))
		if c.why == "" {
			if r.Earned == nil {
				t.Errorf("%s: %+v", c.name, r.Rejected)
			}
			continue
		}
		if why := rejected(t, r, "A"); why.Reason != c.why || why.Missing != c.missing {
			t.Errorf("%s: %+v", c.name, why)
		}
	}
}

// Points of several offers add up, each on its goods.
func TestPoints(t *testing.T) {
	b := basketOf(goods("a", 2, 1000), goods("b", 1, 500))
	r := sell(t, b, Facts{},
		Offer{Kind: KindPoints, Points: PointsRate{Points: 1, Per: 100}},
		Offer{Kind: KindPoints, Points: PointsRate{Points: 10, Per: 1000}, Target: of("a")},
		Offer{Kind: KindPoints, Points: PointsRate{Points: 10, Per: 1000}, Target: of("x")},
		order(KindOrderFixed, offAmount(250)),
	)
	// 22.50 are paid, of which 18.00 for a.
	if r.Points != 22+10 || rejected(t, r, "C").Reason != ReasonNothing {
		t.Errorf("%d points, %+v", r.Points, r.Rejected)
	}
}
