package engine_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"testing"

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

// drawBasket makes a small basket in which equal prices, floors and goods that
// may not be discounted are common.
func drawBasket(t *rapid.T) engine.Basket {
	var b engine.Basket
	n := rapid.IntRange(1, 5).Draw(t, "lines")
	for i := range n {
		l := engine.Line{
			SKU:      fmt.Sprintf("S%d", i),
			Category: rapid.SampledFrom([]string{"Drinks/Coffee", "Drinks/Tea", "Food"}).Draw(t, "category"),
			Brand:    rapid.SampledFrom([]string{"", "Sol"}).Draw(t, "brand"),
			Units:    int64(rapid.IntRange(1, 5).Draw(t, "units")),
			Price:    engine.Minor(rapid.SampledFrom([]int{0, 1, 99, 333, 500, 1000, 1999}).Draw(t, "price")),
		}
		if rapid.IntRange(0, 3).Draw(t, "floored") == 0 {
			l.Floor = minor(t, 0, int(l.Price)+5, "floor")
		}
		l.NoDiscount = rapid.IntRange(0, 7).Draw(t, "plain") == 0
		b.Lines = append(b.Lines, l)
	}
	if rapid.Bool().Draw(t, "delivered") {
		b.Delivery = []engine.Charge{{Method: "courier", Amount: minor(t, 0, 900, "charge")}}
	}
	return b
}

func drawGoods(t *rapid.T) engine.Goods {
	switch rapid.IntRange(0, 4).Draw(t, "goods") {
	case 0:
		return engine.Goods{Category: []string{rapid.SampledFrom([]string{"Drinks", "Drinks/Coffee", "Food"}).Draw(t, "of")}}
	case 1:
		return engine.Goods{SKU: []string{"S0", "S2"}}
	case 2:
		return engine.Goods{NotBrand: []string{"Sol"}, PriceMin: minor(t, 0, 600, "from")}
	}
	return engine.Goods{}
}

func drawCut(t *rapid.T) engine.Cut {
	switch rapid.IntRange(0, 3).Draw(t, "by") {
	case 0:
		return engine.Cut{By: engine.ByAmount, Amount: minor(t, 1, 700, "amount")}
	case 1:
		return engine.Cut{By: engine.ByPrice, Amount: minor(t, 0, 700, "price")}
	}
	return engine.Cut{Percent: engine.BP(rapid.SampledFrom([]int{1, 333, 1000, 5000, 10000}).Draw(t, "percent"))}
}

// drawOffer makes an offer whose thresholds rest on goods before discounts, so
// that what other offers do cannot take its ground away.
func drawOffer(t *rapid.T, n int, kinds []engine.Kind) engine.Offer {
	o := engine.Offer{
		Title: fmt.Sprintf("O%d", n), Created: engine.Instant(n), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
		Target: drawGoods(t), Cut: drawCut(t),
	}
	o.ID[15] = byte(n + 1)
	switch o.Kind {
	case engine.KindItemPercent, engine.KindOrderPercent, engine.KindCreditPercent, engine.KindDeliveryPercent:
		o.Cut = engine.Cut{Percent: engine.BP(rapid.SampledFrom([]int{1, 1000, 3333, 10000}).Draw(t, "rate"))}
	case engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross, engine.KindOrderFixed, engine.KindCreditFixed, engine.KindDeliveryFixed:
		o.Cut = engine.Cut{By: engine.ByAmount, Amount: minor(t, 1, 1500, "off")}
	case engine.KindItemPrice, engine.KindOrderPrice:
		o.Cut = engine.Cut{By: engine.ByPrice, Amount: minor(t, 0, 1500, "for")}
	case engine.KindBundle:
		o.Sets.Groups = []engine.Group{{Of: drawGoods(t), Units: 1}, {Of: drawGoods(t), Units: int64(rapid.IntRange(1, 2).Draw(t, "of2"))}}
	case engine.KindBuyGet, engine.KindAddOn:
		o.Sets.Buy, o.Sets.Get = int64(rapid.IntRange(1, 2).Draw(t, "buy")), int64(rapid.IntRange(1, 2).Draw(t, "get"))
		if o.Kind == engine.KindAddOn || rapid.Bool().Draw(t, "other") {
			of := drawGoods(t)
			o.Sets.Of = &of
		}
	case engine.KindNth:
		o.Sets.Nth = int64(rapid.IntRange(2, 3).Draw(t, "nth"))
	case engine.KindGift:
		o.Gift = engine.Gift{SKU: "MUG", Name: "Mug", Units: 1, Value: 500}
	case engine.KindNextCoupon:
		o.Rebate = engine.Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45}
	case engine.KindPoints:
		o.Points = engine.PointsRate{Points: 1, Per: 100}
	}
	drawBounds(t, &o)
	return o
}

func drawBounds(t *rapid.T, o *engine.Offer) {
	if rapid.IntRange(0, 3).Draw(t, "asks") == 0 {
		o.When.MinAmount = minor(t, 0, 3000, "least")
	}
	if rapid.IntRange(0, 5).Draw(t, "pieces") == 0 {
		o.When.MinUnits = int64(rapid.IntRange(1, 4).Draw(t, "leastUnits"))
	}
	if rapid.IntRange(0, 5).Draw(t, "capped") == 0 {
		o.Caps.Discount = minor(t, 1, 900, "most")
	}
	o.Stack.Priority = rapid.IntRange(0, 2).Draw(t, "priority")
	switch rapid.IntRange(0, 6).Draw(t, "stack") {
	case 0:
		o.Stack.Exclusive = true
	case 1, 2:
		o.Stack.Group = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "group")
	}
}

func drawOffers(t *rapid.T, most int, kinds []engine.Kind) []engine.Offer {
	n := rapid.IntRange(0, most).Draw(t, "offers")
	out := make([]engine.Offer, n)
	for i := range out {
		out[i] = drawOffer(t, i, kinds)
	}
	return out
}

func lawFacts() engine.Facts {
	return engine.Facts{Now: 1_760_000_000_000, Store: engine.Store{Timezone: "UTC", Exponent: 2, Step: 100}, Bound: 1 << 14}
}

func price(t *rapid.T, b engine.Basket, offers []engine.Offer) engine.Result {
	r, err := engine.Evaluate(b, offers, lawFacts())
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r
}

// A result proves itself: each line, each charge and the whole add up, no
// piece goes under its floor or under zero, and each offer is accounted for.
func TestResultsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, offers := drawBasket(t), drawOffers(t, 5, lawKinds)
		r := price(t, b, offers)
		checkSums(t, b, r)
		checkApplied(t, r)
		if got, want := len(r.Rejected)+len(r.Applied)+earning(r, offers), len(offers); got != want {
			t.Fatalf("%d of %d offers are accounted for: %+v", got, want, r)
		}
	})
}

// earning counts the offers that earned: they are neither applied nor rejected.
func earning(r engine.Result, offers []engine.Offer) int {
	named := map[engine.ID]bool{}
	for _, a := range r.Applied {
		named[a.OfferID] = true
	}
	for _, x := range r.Rejected {
		named[x.OfferID] = true
	}
	n := 0
	for _, o := range offers {
		if !named[o.ID] && (o.Kind == engine.KindNextCoupon && r.Earned != nil || o.Kind == engine.KindPoints && r.Points > 0) {
			n++
		}
	}
	return n
}

func checkSums(t *rapid.T, b engine.Basket, r engine.Result) {
	var gross, net engine.Minor
	for i, l := range r.Lines {
		line := b.Lines[i]
		whole := line.Price * engine.Minor(line.Units)
		var units int64
		var off engine.Minor
		for _, run := range l.Runs {
			units += run.Units
			off += run.Off * engine.Minor(run.Units)
			if left := line.Price - run.Off; run.Off < 0 || run.Off > 0 && left < max(0, line.Floor) || line.NoDiscount && run.Off > 0 {
				t.Fatalf("line %d: a piece of %d (floor %d) is left at %d", i, line.Price, line.Floor, left)
			}
		}
		if l.Gross != whole || l.Gross-l.Item-l.Order-l.Credit != l.Net || units != line.Units || off != l.Gross-l.Net {
			t.Fatalf("line %d of %+v does not add up: %+v", i, line, l)
		}
		gross, net = gross+l.Gross, net+l.Net
	}
	if r.Gross != gross || r.Net != net || r.Gross-r.Discount != r.Net {
		t.Fatalf("lines of %d to %d, sale of %d − %d = %d", gross, net, r.Gross, r.Discount, r.Net)
	}
	var delivery engine.Minor
	for i, c := range r.Delivery {
		if c.Gross != b.Delivery[i].Amount || c.Gross-c.Discount != c.Net || c.Net < 0 {
			t.Fatalf("charge %+v", c)
		}
		delivery += c.Net
	}
	if r.Due != r.Net+delivery-r.Balance-r.PointsWorth || r.Due < 0 {
		t.Fatalf("due %d of %d and %d", r.Due, r.Net, delivery)
	}
}

func checkApplied(t *rapid.T, r engine.Result) {
	sums := map[engine.Level]engine.Minor{}
	for _, a := range r.Applied {
		sums[a.Level] += a.Amount
		var parts engine.Minor
		for _, c := range a.Lines {
			var off engine.Minor
			for _, run := range c.Runs {
				off += run.Off * engine.Minor(run.Units)
			}
			if off != c.Amount {
				t.Fatalf("%s: runs %+v of %d", a.Title, c.Runs, c.Amount)
			}
			parts += c.Amount
		}
		for _, c := range a.Charges {
			parts += c
		}
		if parts != a.Amount {
			t.Fatalf("%s: parts of %d make %d", a.Title, a.Amount, parts)
		}
	}
	l := r.Levels()
	if sums[engine.LevelItem] != l.Item || sums[engine.LevelOrder] != l.Order || sums[engine.LevelDelivery] != l.Delivery || sums[engine.LevelCredit] != l.Credit {
		t.Fatalf("offers %v, levels %+v", sums, l)
	}
}

// The same sale costs the same whatever the order of lines and offers. An odd
// minor unit falls on the earlier of two equal lines, and a later offer may
// look at one of them alone: so with the lines turned there may be a minor
// unit between the two for each offer, and no more.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, offers := drawBasket(t), drawOffers(t, 5, lawKinds)
		one := price(t, b, offers)
		if again := price(t, b, offers); !reflect.DeepEqual(one, again) {
			t.Fatalf("not the same twice:\n%+v\n%+v", one, again)
		}
		mix := rand.New(rand.NewSource(int64(rapid.Int().Draw(t, "seed"))))
		mixed := append([]engine.Offer(nil), offers...)
		mix.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if two := price(t, b, mixed); !reflect.DeepEqual(one, two) {
			t.Fatalf("offers in another order:\n%+v\n%+v", one, two)
		}
		turned := b
		turned.Lines = append([]engine.Line(nil), b.Lines...)
		mix.Shuffle(len(turned.Lines), func(i, j int) { turned.Lines[i], turned.Lines[j] = turned.Lines[j], turned.Lines[i] })
		two, slack := price(t, turned, offers), engine.Minor(len(one.Applied))
		if d := two.Due - one.Due; d > slack || d < -slack {
			t.Fatalf("lines in another order: due %d, then %d", one.Due, two.Due)
		}
	})
}

// One more offer never makes the customer pay more.
func TestAnotherOfferNeverCostsTheCustomer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, offers := drawBasket(t), drawOffers(t, 5, lawKinds)
		more := append(append([]engine.Offer(nil), offers...), drawOffer(t, len(offers), lawKinds))
		before, after := price(t, b, offers), price(t, b, more)
		if after.Due > before.Due {
			t.Fatalf("due %d before, %d after %+v\nwith %+v", before.Due, after.Due, more[len(offers)], offers)
		}
	})
}

// The search finds what trying every legal combination finds: at most one of a
// group, and an exclusive offer alone.
func TestTheSearchAgreesWithTryingEverything(t *testing.T) {
	kinds := []engine.Kind{
		engine.KindItemPercent, engine.KindItemEach, engine.KindItemLine, engine.KindItemPrice,
		engine.KindOrderPercent, engine.KindOrderFixed, engine.KindOrderPrice, engine.KindDeliveryFree, engine.KindCreditFixed,
	}
	rapid.Check(t, func(t *rapid.T) {
		b, offers := drawBasket(t), drawOffers(t, 6, kinds)
		best := engine.Minor(1 << 40)
		for mask := range 1 << len(offers) {
			if chosen, ok := legal(offers, mask); ok {
				best = min(best, price(t, b, chosen).Due)
			}
		}
		if r := price(t, b, offers); r.Due != best || r.Bounded {
			t.Fatalf("due %d (bounded %v), the best is %d", r.Due, r.Bounded, best)
		}
	})
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

// A gift is outside every sum and count: with it, the sale is what it was.
func TestAGiftCountsForNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := lawKinds[:9]
		b, offers := drawBasket(t), drawOffers(t, 4, kinds)
		for i := range offers {
			offers[i].Stack.Exclusive = false
		}
		gift := engine.Offer{Title: "Gift", Created: 99, Kind: engine.KindGift, Gift: engine.Gift{SKU: "S0", Name: "More", Units: 3, Value: 700}}
		gift.ID[0] = 9
		one, two := price(t, b, offers), price(t, b, append(offers[:len(offers):len(offers)], gift))
		if len(two.Gifts) != 1 || two.Gifts[0].Units != 3 {
			t.Fatalf("gifts %+v", two.Gifts)
		}
		if one.Due != two.Due || one.Gross != two.Gross || !reflect.DeepEqual(one.Lines, two.Lines) {
			t.Fatalf("the gift changed the sale: %+v, %+v", one, two)
		}
	})
}

// All of it free is exactly zero, however the rest was discounted before.
func TestAllOffIsZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, offers := drawBasket(t), drawOffers(t, 3, lawKinds)
		for i := range b.Lines {
			b.Lines[i].Floor, b.Lines[i].NoDiscount = 0, false
		}
		for i := range offers {
			offers[i].Stack.Exclusive = false
		}
		free := engine.Offer{Title: "Free", Created: 99, Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 10000}}
		free.ID[0] = 9
		if r := price(t, b, append(offers, free)); r.Net != 0 {
			t.Fatalf("%d is left", r.Net)
		}
	})
}
