package engine_test

import (
	"fmt"

	"pgregory.net/rapid"

	"bounceback/engine"
)

var lawKinds = []engine.Kind{
	engine.KindItemPercent, engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross, engine.KindItemPrice,
	engine.KindBundle, engine.KindBuyGet, engine.KindNth, engine.KindAddOn, engine.KindGift,
	engine.KindOrderPercent, engine.KindOrderFixed, engine.KindOrderPrice,
	engine.KindDeliveryFree, engine.KindDeliveryPercent, engine.KindDeliveryFixed,
	engine.KindCreditPercent, engine.KindCreditFixed, engine.KindNextCoupon, engine.KindPoints,
}

func minor(t *rapid.T, least, most int, name string) engine.Minor {
	return engine.Minor(rapid.IntRange(least, most).Draw(t, name))
}

func number(t *rapid.T, least, most int, name string) int64 {
	return int64(rapid.IntRange(least, most).Draw(t, name))
}

// oneIn is true once in so many draws.
func oneIn(t *rapid.T, n int, name string) bool { return rapid.IntRange(0, n-1).Draw(t, name) == n-1 }

// drawBasket makes a small basket in which equal prices, prices of a minor unit
// or none, floors, weights and goods that may not be discounted are common.
func drawBasket(t *rapid.T) engine.Basket {
	var b engine.Basket
	n := rapid.IntRange(1, 5).Draw(t, "lines")
	for i := range n {
		l := engine.Line{
			SKU:      fmt.Sprintf("S%d", i),
			Category: rapid.SampledFrom([]string{"Drinks/Coffee", "Drinks/Tea", "Food"}).Draw(t, "category"),
			Brand:    rapid.SampledFrom([]string{"", "Sol"}).Draw(t, "brand"),
			Units:    number(t, 1, 5, "units"),
			Price:    engine.Minor(rapid.SampledFrom([]int{0, 1, 99, 333, 500, 1000, 1999}).Draw(t, "price")),
		}
		if oneIn(t, 4, "floored") {
			l.Floor = minor(t, 0, int(l.Price)+5, "floor")
		}
		if oneIn(t, 8, "weighed") {
			l.Units, l.Weight = 1, number(t, 1, 3000, "weight")
		}
		l.NoDiscount = oneIn(t, 8, "plain")
		b.Lines = append(b.Lines, l)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "charges") {
		b.Delivery = append(b.Delivery, engine.Charge{Method: []string{"courier", "post"}[i], Amount: minor(t, 0, 900, "charge")})
	}
	return b
}

func drawGoods(t *rapid.T) engine.Goods {
	switch rapid.IntRange(0, 4).Draw(t, "goods") {
	case 1:
		return engine.Goods{Category: []string{rapid.SampledFrom([]string{"Drinks", "Drinks/Coffee", "Food"}).Draw(t, "of")}}
	case 2:
		return engine.Goods{SKU: []string{"S0", "S2"}}
	case 3:
		return engine.Goods{NotBrand: []string{"Sol"}, PriceMin: minor(t, 0, 600, "from")}
	}
	return engine.Goods{}
}

func drawCut(t *rapid.T) engine.Cut {
	switch rapid.IntRange(0, 3).Draw(t, "by") {
	case 1:
		return engine.Cut{By: engine.ByAmount, Amount: minor(t, 1, 700, "amount")}
	case 2:
		return engine.Cut{By: engine.ByPrice, Amount: minor(t, 0, 700, "price")}
	}
	return engine.Cut{Percent: engine.BP(rapid.SampledFrom([]int{1, 333, 1000, 5000, 10000}).Draw(t, "percent"))}
}

// drawOffer makes an offer whose thresholds rest on goods before discounts, so
// that what other offers do cannot take its ground away.
func drawOffer(t *rapid.T, n int, kinds []engine.Kind) engine.Offer {
	o := engine.Offer{
		Title: fmt.Sprintf("O%d", n), Created: engine.Instant(n), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
		Target: drawGoods(t),
	}
	o.ID[15] = byte(n + 1)
	o.Cut = drawCutOf(t, o.Kind)
	switch o.Kind {
	case engine.KindBundle, engine.KindBuyGet, engine.KindAddOn, engine.KindNth:
		drawSets(t, &o)
	case engine.KindGift:
		o.Gift = engine.Gift{SKU: "MUG", Name: "Mug", Units: 1, Value: 500}
	case engine.KindNextCoupon:
		o.Rebate = engine.Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45}
	case engine.KindPoints:
		o.Points = engine.PointsRate{Points: 1, Per: 100}
	default:
		drawSteps(t, &o)
	}
	drawBounds(t, &o)
	drawStack(t, &o)
	return o
}

// drawCutOf draws a cut that a kind can have.
func drawCutOf(t *rapid.T, k engine.Kind) engine.Cut {
	switch k {
	case engine.KindItemPercent, engine.KindOrderPercent, engine.KindCreditPercent, engine.KindDeliveryPercent:
		return engine.Cut{Percent: engine.BP(rapid.SampledFrom([]int{1, 1000, 3333, 10000}).Draw(t, "rate"))}
	case engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross, engine.KindOrderFixed, engine.KindCreditFixed, engine.KindDeliveryFixed:
		return engine.Cut{By: engine.ByAmount, Amount: minor(t, 1, 1500, "off")}
	case engine.KindItemPrice, engine.KindOrderPrice:
		return engine.Cut{By: engine.ByPrice, Amount: minor(t, 0, 1500, "for")}
	}
	return drawCut(t)
}

func drawSets(t *rapid.T, o *engine.Offer) {
	switch o.Kind {
	case engine.KindBundle:
		o.Sets.Groups = []engine.Group{{Of: drawGoods(t), Units: 1}, {Of: drawGoods(t), Units: number(t, 1, 2, "of2")}}
	case engine.KindNth:
		o.Sets.Nth = number(t, 2, 3, "nth")
	default:
		o.Sets.Buy, o.Sets.Get = number(t, 1, 2, "buy"), number(t, 1, 2, "get")
		if o.Kind == engine.KindAddOn || rapid.Bool().Draw(t, "other") {
			of := drawGoods(t)
			o.Sets.Of = &of
		}
	}
	o.Sets.Same = o.Kind != engine.KindBundle && oneIn(t, 8, "same")
	o.Sets.Once = oneIn(t, 8, "once")
	if oneIn(t, 8, "bounded") {
		o.Caps.Times = number(t, 1, 2, "times")
	}
	if oneIn(t, 4, "choice") {
		o.Pick.Choice = engine.Priciest
	}
}

// drawSteps lets some offers take more from a step on, and some choose units.
func drawSteps(t *rapid.T, o *engine.Offer) {
	switch rapid.IntRange(0, 7).Draw(t, "steps") {
	case 6:
		o.Tiers = []engine.Tier{{Cut: o.Cut}, {Amount: minor(t, 1, 2000, "step"), Cut: drawCutOf(t, o.Kind)}}
	case 7:
		o.Pick.Units = number(t, 1, 3, "picked")
		o.Pick.Choice = rapid.SampledFrom([]engine.Choice{engine.Cheapest, engine.Priciest}).Draw(t, "choice")
	}
}

func drawBounds(t *rapid.T, o *engine.Offer) {
	if oneIn(t, 4, "asks") {
		o.When.MinAmount = minor(t, 0, 3000, "least")
	}
	if oneIn(t, 6, "pieces") {
		o.When.MinUnits = number(t, 1, 4, "leastUnits")
	}
	switch rapid.IntRange(0, 11).Draw(t, "capped") {
	case 8, 9:
		o.Caps.Discount = minor(t, 1, 900, "most")
	case 10:
		o.Limits = engine.Limits{Total: 3, Units: number(t, 1, 4, "left")}
	case 11:
		o.Limits = engine.Limits{Budget: minor(t, 1, 900, "budget")}
	}
}

func drawStack(t *rapid.T, o *engine.Offer) {
	o.Stack.Priority = rapid.IntRange(0, 2).Draw(t, "priority")
	if oneIn(t, 6, "initial") {
		o.Stack.Base = engine.BaseInitial
	}
	switch rapid.IntRange(0, 11).Draw(t, "stack") {
	case 9:
		o.Stack.Exclusive = true
	case 10, 11:
		o.Stack.Group = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "group")
	}
}

func drawOffers(t *rapid.T, most int, kinds []engine.Kind) []engine.Offer {
	n := rapid.IntRange(min(1, most), most).Draw(t, "offers")
	out := make([]engine.Offer, n)
	for i := range out {
		out[i] = drawOffer(t, i, kinds)
	}
	return out
}

// drawFacts draws a currency without, with two and with three decimals, what
// was used of limits, and sometimes a coupon, a balance and points.
func drawFacts(t *rapid.T) engine.Facts {
	f := engine.Facts{Now: 1_760_000_000_000, Store: engine.Store{Timezone: "UTC"}, Bound: 1 << 14}
	f.Store.Exponent = rapid.SampledFrom([]int{2, 0, 3}).Draw(t, "decimals")
	f.Store.Step = rapid.SampledFrom([]engine.Minor{engine.WholeUnit(f.Store.Exponent), 1, 5, 250}).Draw(t, "step")
	if oneIn(t, 4, "coupon") {
		f.Coupon = &engine.Coupon{
			Code: "7K2M9QXD", State: engine.CouponActive, ValidUntil: f.Now + 1, Face: minor(t, 1, 2000, "face"),
			MaxDiscount: engine.BP(rapid.SampledFrom([]int{1, 1000, 3000, 10000}).Draw(t, "share")),
		}
	}
	if oneIn(t, 6, "holds") {
		f.Balance, f.Points = minor(t, 0, 500, "balance"), engine.PointsUse{Points: number(t, 0, 99, "points"), Worth: minor(t, 1, 30, "worth")}
	}
	if oneIn(t, 6, "used") {
		f.Usage = map[engine.ID]engine.Usage{{15: 1}: {Total: number(t, 0, 3, "uses"), Units: number(t, 0, 4, "sold"), Spent: minor(t, 0, 900, "spent")}}
	}
	return f
}

// price prices a sale that can be priced.
func price(t *rapid.T, b engine.Basket, offers []engine.Offer, f engine.Facts) engine.Result {
	r, err := engine.Evaluate(b, offers, f)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r
}

// payable is what a sale costs; how it is paid, with balance and points, which
// are whole, is another matter.
func payable(r engine.Result) engine.Minor { return r.Due + r.Balance + r.PointsWorth }
