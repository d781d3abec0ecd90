package engine

import (
	"fmt"
	"testing"
)

func order(k Kind, c Cut) Offer { return Offer{Kind: k, Cut: c} }

func TestOrderOffers(t *testing.T) {
	fixed := func(amount Minor) Offer { return order(KindOrderFixed, offAmount(amount)) }
	share := func(rate BP) Offer { return order(KindOrderPercent, Cut{Percent: rate}) }
	for _, c := range []struct {
		name   string
		basket Basket
		offer  Offer
		want   string
	}{
		{"by what lines cost", basketOf(goods("a", 1, 4300), goods("b", 1, 1400), goods("c", 1, 2300)), fixed(299), "161 | 52 | 86"},
		{"the largest remainder, ties to the earlier line", basketOf(goods("a", 1, 500), goods("b", 1, 500), goods("c", 1, 500)), fixed(200), "67 | 67 | 66"},
		{"the first units bear the rest", basketOf(goods("a", 3, 2000)), fixed(2000), "667 667 666"},
		{
			"what floors keep goes to the others",
			basketOf(floored("a", 2, 5000, 4500), floored("b", 2, 2000, 1500), goods("c", 1, 3000), goods("d", 1, 1000)), fixed(3600),
			"500 500 | 500 500 | 1200 | 400",
		},
		{"and what none can take is forfeited", basketOf(floored("a", 1, 1000, 800), floored("b", 1, 1000, 900)), fixed(5000), "200 | 100"},
		{"more than all", basketOf(goods("a", 1, 300), goods("b", 1, 0)), fixed(5000), "300 | 0"},
		{"a percentage is one amount, half up", basketOf(goods("a", 1, 333), goods("b", 1, 333), goods("c", 1, 333)), share(1050), "35 | 35 | 35"},
		{"of which half a cent rounds up", basketOf(goods("a", 1, 5), goods("b", 1, 5), goods("c", 1, 5)), share(1000), "1 | 1 | 0"},
		{"a whole", basketOf(goods("a", 3, 333), goods("b", 1, 1)), share(10000), "333 333 333 | 1"},
		{"a percentage goes round a floor", basketOf(floored("a", 1, 5000, 4500), goods("b", 1, 2000)), share(2000), "500 | 900"},
		{"all for a price", basketOf(goods("a", 1, 900), goods("b", 1, 300)), order(KindOrderPrice, forPrice(1000)), "150 | 50"},
		{"all for a higher price", basketOf(goods("a", 1, 900)), order(KindOrderPrice, forPrice(1000)), "0"},
		{"a group of goods", basketOf(goods("a", 1, 900), goods("b", 1, 300)), with(fixed(500), func(o *Offer) { o.Target = of("b") }), "0 | 300"},
		{"what may not be discounted is no part of it", basketOf(Line{SKU: "a", Units: 1, Price: 900, NoDiscount: true}, goods("b", 1, 300)), share(1000), "0 | 30"},
		{"at most so much", basketOf(goods("a", 1, 900), goods("b", 1, 300)), with(share(5000), func(o *Offer) { o.Caps.Discount = 100 }), "75 | 25"},
		{"tiers by amount", basketOf(goods("a", 1, 1000), goods("b", 1, 1000)), Offer{Kind: KindOrderFixed, Tiers: []Tier{{Amount: 1000, Cut: offAmount(50)}, {Amount: 2000, Cut: offAmount(200)}, {Amount: 2001, Cut: offAmount(900)}}}, "100 | 100"},
		{"tiers by quantity", basketOf(goods("a", 3, 1000)), Offer{Kind: KindOrderPercent, Tiers: []Tier{{Units: 2, Cut: Cut{Percent: 500}}, {Units: 3, Cut: Cut{Percent: 1000}}}}, "100 100 100"},
	} {
		r := sell(t, c.basket, Facts{}, c.offer)
		if got := offEach(r); got != c.want {
			t.Errorf("%s: off %s, want %s", c.name, got, c.want)
		}
		if levels := r.Levels(); levels.Order != r.Discount {
			t.Errorf("%s: %d off, of which the order %d", c.name, r.Discount, levels.Order)
		}
	}
}

// The phases come in their order, whatever their sequence and priority.
func TestPhases(t *testing.T) {
	b := basketOf(goods("a", 2, 1000))
	b.Delivery = []Charge{{"courier", 900}, {"post", 333}}
	s := shop(t, "BR")
	s.Step = 1
	r := sell(t, b, Facts{Store: s, Balance: 100},
		Offer{Kind: KindPoints, Points: PointsRate{Points: 2, Per: 100}, Stack: Stacking{Priority: 9}},
		order(KindCreditPercent, Cut{Percent: 1000}),
		order(KindDeliveryPercent, Cut{Percent: 5000}),
		order(KindOrderFixed, offAmount(100)),
		with(nth(2, Cut{Percent: 5000}), func(*Offer) {}),
		order(KindItemPercent, Cut{Percent: 1000}),
	)
	var told string
	for _, a := range r.Applied {
		told += fmt.Sprintf("%s %s %d; ", a.Title, a.Level, int64(a.Amount))
	}
	// 20.00 − 2.00 = 18.00; − 4.50 = 13.50; − 1.00 = 12.50; − 1.25 = 11.25.
	// Delivery 4.50 and 1.67 (half of 3.33, half up, is off). 1.00 is paid by
	// the balance, so that 16.41 are due, and goods earn for 11.25.
	if want := "F item 200; E item 450; D order 100; C delivery 617; B credit 125; A  0; "; told != want {
		t.Errorf("applied %s want %s", told, want)
	}
	if r.Net != 1125 || r.Due != 1125+450+166-100 || r.Balance != 100 || r.Points != 22 || r.Redeemable != 1250 {
		t.Errorf("net %d, due %d, %d points, redeemable %d", r.Net, r.Due, r.Points, r.Redeemable)
	}
}

func TestDeliveryOffers(t *testing.T) {
	b := basketOf(goods("a", 1, 1000))
	b.Delivery = []Charge{{"Courier", 1000}, {"post", 333}}
	for _, c := range []struct {
		name  string
		offer Offer
		off   [2]Minor
	}{
		{"free", Offer{Kind: KindDeliveryFree}, [2]Minor{1000, 333}},
		{"free by one method", Offer{Kind: KindDeliveryFree, Method: []string{"courier"}}, [2]Minor{1000, 0}},
		{"a percentage, half up each", order(KindDeliveryPercent, Cut{Percent: 5000}), [2]Minor{500, 167}},
		{"an amount off each", order(KindDeliveryFixed, offAmount(400)), [2]Minor{400, 333}},
		{"at most so much", Offer{Kind: KindDeliveryFree, Caps: Caps{Discount: 500}}, [2]Minor{375, 125}},
		{"by no method there is", Offer{Kind: KindDeliveryFree, Method: []string{"drone"}}, [2]Minor{}},
	} {
		r := sell(t, b, Facts{}, c.offer)
		if r.Delivery[0].Discount != c.off[0] || r.Delivery[1].Discount != c.off[1] || r.DeliveryDiscount != c.off[0]+c.off[1] || r.Due != 2333-r.DeliveryDiscount || r.Discount != 0 {
			t.Errorf("%s: %+v, due %d", c.name, r.Delivery, r.Due)
		}
	}
	if why := rejected(t, sell(t, b, Facts{}, Offer{Kind: KindDeliveryFree, Method: []string{"drone"}}), "A"); why.Reason != ReasonDelivery {
		t.Errorf("%+v", why)
	}
}

func TestGifts(t *testing.T) {
	mug := Gift{SKU: "mug", Name: "Mug", Units: 1, Value: 500}
	b := basketOf(goods("a", 3, 1000), goods("b", 1, 500))
	for _, c := range []struct {
		name  string
		edit  func(o *Offer, b *Basket, f *Facts)
		units int64
		why   Code
		lack  Minor
	}{
		{"once", func(*Offer, *Basket, *Facts) {}, 1, "", 0},
		{"from an amount on", func(o *Offer, _ *Basket, _ *Facts) { o.When.MinAmount = 4750 }, 0, ReasonBelow, 1250},
		{"for each so much", func(o *Offer, _ *Basket, _ *Facts) { o.Gift.PerAmount = 1000 }, 3, "", 0},
		{"for each so much of a product", func(o *Offer, _ *Basket, _ *Facts) { o.Gift.PerAmount, o.Target = 1000, of("b") }, 0, ReasonBelow, 500},
		{"for each so many", func(o *Offer, _ *Basket, _ *Facts) { o.Gift.PerUnits = 2 }, 2, "", 0},
		{"at most two times", func(o *Offer, _ *Basket, _ *Facts) { o.Gift.PerUnits, o.Caps.Times = 1, 2 }, 2, "", 0},
		{"not wanted", func(o *Offer, b *Basket, _ *Facts) { o.ID = ID{9}; b.NoGift = []ID{{9}} }, 0, ReasonNoGift, 0},
		{"out of stock", func(_ *Offer, _ *Basket, f *Facts) { f.Stock = map[string]int64{"MUG": 0} }, 0, ReasonStock, 0},
		{"the last ones", func(o *Offer, _ *Basket, f *Facts) { o.Gift.Units = 5; f.Stock = map[string]int64{"mug": 2} }, 2, "", 0},
		{"the last one is being bought", func(_ *Offer, b *Basket, f *Facts) {
			b.Lines = append(b.Lines[:2:2], goods("mug", 1, 500))
			f.Stock = map[string]int64{"mug": 1}
		}, 0, ReasonStock, 0},
		{"the budget is for one", func(o *Offer, _ *Basket, _ *Facts) { o.Gift.Units, o.Limits.Budget = 3, 999 }, 1, "", 0},
	} {
		o, sold, f := Offer{Kind: KindGift, Gift: mug}, b, Facts{}
		c.edit(&o, &sold, &f)
		r := sell(t, sold, f, o)
		var units int64
		for _, g := range r.Gifts {
			units += g.Units
		}
		if units != c.units || r.Discount != 0 || r.Due != r.Gross {
			t.Errorf("%s: %+v, due %d of %d", c.name, r.Gifts, r.Due, r.Gross)
		}
		if c.why != "" {
			if why := rejected(t, r, "A"); why.Reason != c.why || why.Missing != c.lack {
				t.Errorf("%s: %+v", c.name, why)
			}
		}
	}
	two := sell(t, b, Facts{Stock: map[string]int64{"mug": 1}}, Offer{Kind: KindGift, Gift: mug}, Offer{Kind: KindGift, Gift: mug})
	if len(two.Gifts) != 1 || rejected(t, two, "B").Reason != ReasonStock {
		t.Errorf("two gifts of one mug: %+v", two.Gifts)
	}
}

// The coupon takes its share of what may be discounted, after all discounts,
// and before credit offers.
func TestCouponAmongOffers(t *testing.T) {
	s := shop(t, "BR")
	held := heldCoupon(s, 5000, 3000)
	now := Day(20010).Start(s.Zone())
	sellHeld := func(b Basket, offers ...Offer) Result {
		return sell(t, b, Facts{Now: now, Store: s, Coupon: &held}, offers...)
	}
	plain := basketOf(goods("a", 1, 6000), Line{SKU: "n", Units: 1, Price: 5000, NoDiscount: true}, goods("b", 1, 6000))
	for _, c := range []struct {
		name   string
		basket Basket
		offers []Offer
		takes  Minor
		want   string
		due    Minor
	}{
		{"a share of what may be discounted", plain, nil, 3600, "1800 | 0 | 1800", 13400},
		{"after an order discount", plain, []Offer{order(KindOrderFixed, offAmount(2000))}, 3000, "2500 | 0 | 2500", 12000},
		{"before a credit offer", plain, []Offer{order(KindCreditPercent, Cut{Percent: 1000})}, 3600, "2220 | 0 | 2220", 12560},
		{"round a floor", basketOf(floored("a", 1, 6000, 5900), goods("b", 1, 6000)), nil, 3600, "100 | 3500", 8400},
		{"as far as floors let it", basketOf(floored("a", 1, 6000, 5900), floored("b", 1, 6000, 5000)), nil, 1100, "100 | 1000", 10900},
	} {
		r := sellHeld(c.basket, c.offers...)
		if r.Coupon == nil || r.Coupon.Amount != c.takes || offEach(r) != c.want || r.Due != c.due {
			t.Errorf("%s: %+v, off %s, due %d", c.name, r.Coupon, offEach(r), r.Due)
		}
	}
	if r := sellHeld(basketOf(floored("a", 1, 6000, 6000))); r.Coupon != nil || CodeOf(r.Refused) != CodeCouponNothing {
		t.Errorf("a coupon that floors leave nothing: %+v, %v", r.Coupon, r.Refused)
	}
}

// Balance and points pay: they take nothing off, and what they pay earns
// nothing.
func TestBalanceAndPoints(t *testing.T) {
	b := basketOf(goods("a", 1, 1000))
	b.Delivery = []Charge{{"post", 500}}
	earns := Offer{Kind: KindPoints, Points: PointsRate{Points: 1, Per: 1}}
	for _, c := range []struct {
		balance Minor
		points  PointsUse
		used    Minor
		spent   int64
		due     Minor
		earned  int64
	}{
		{0, PointsUse{}, 0, 0, 1500, 1000},
		{400, PointsUse{}, 400, 0, 1100, 1000}, // the goods are still paid
		{600, PointsUse{}, 600, 0, 900, 900},
		{5000, PointsUse{10, 10}, 1500, 0, 0, 0},
		{0, PointsUse{1000, 7}, 0, 214, 2, 2},
		{-5, PointsUse{-3, 7}, 0, 0, 1500, 1000},
	} {
		r := sell(t, b, Facts{Balance: c.balance, Points: c.points}, earns)
		if r.Balance != c.used || r.PointsUsed != c.spent || r.PointsWorth != Minor(c.spent)*c.points.Worth || r.Due != c.due || r.Points != c.earned || r.Net != 1000 {
			t.Errorf("%+v: balance %d, %d points, due %d, earned %d", c, r.Balance, r.PointsUsed, r.Due, r.Points)
		}
	}
}
