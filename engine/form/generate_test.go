package form

import (
	"time"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// drawer draws parts of offers that Check lets pass.
type drawer struct{ *rapid.T }

func (d drawer) yes(name string) bool { return rapid.Bool().Draw(d.T, name) }

func (d drawer) number(least, most int64, name string) int64 {
	return rapid.Int64Range(least, most).Draw(d.T, name)
}

// maybe is zero as often as not.
func (d drawer) maybe(most int64, name string) int64 {
	if d.yes(name + "?") {
		return 0
	}
	return d.number(1, most, name)
}

func (d drawer) amount(name string) engine.Minor {
	return engine.Minor(d.maybe(int64(engine.MaxAmount), name))
}

func (d drawer) label(name string) string {
	return rapid.SampledFrom([]string{"C-250", "Drinks/Coffee", "açúcar", "a\"b\\c", "<b>&", "日本", "x y"}).Draw(d.T, name)
}

func (d drawer) labels(name string) []string {
	var out []string
	for range d.maybe(3, name+" count") {
		out = append(out, d.label(name))
	}
	return out
}

func (d drawer) rate(name string) engine.BP { return engine.BP(d.number(1, 10_000, name)) }

func (d drawer) goods() engine.Goods {
	g := engine.Goods{
		SKU: d.labels("sku"), Category: d.labels("category"), Brand: d.labels("brand"), Tag: d.labels("tag"),
		PriceMin: engine.Minor(d.maybe(500, "price min")), Undiscounted: d.yes("undiscounted"),
	}
	if g.SKU == nil {
		g.NotSKU, g.PriceMax = d.labels("not sku"), engine.Minor(d.number(500, 900, "price max"))
	}
	if g.Category == nil {
		g.NotCategory = d.labels("not category")
	}
	return g
}

func (d drawer) day(name string) engine.Day { return engine.Day(d.maybe(30_000, name)) }

func (d drawer) threshold(depth int) engine.Threshold {
	t := engine.Threshold{
		Of: d.goods(), Basis: rapid.SampledFrom([]engine.Basis{"", engine.BasisGoods, engine.BasisRunning}).Draw(d.T, "basis"),
		MinAmount: engine.Minor(d.maybe(900, "least")), MaxAmount: engine.Minor(d.number(900, 5000, "most")),
		MinUnits: d.maybe(50, "units"), LineUnits: d.maybe(50, "line units"), Products: int(d.maybe(5, "products")),
		From: d.day("from"), Channels: d.labels("channel"), Payments: d.labels("payment"), Registers: d.labels("till"),
		Branches: d.labels("branch"), Sources: d.labels("source"), Ads: d.labels("ad"), Customer: d.yes("customer"),
		Groups: d.labels("group"), Tiers: d.labels("tier"), EveryNth: int(d.maybe(9, "every")),
		DaysMin: int(d.maybe(30, "days")), Birthday: d.yes("birthday"), NewSince: d.day("since"),
		Expression: rapid.SampledFrom([]string{"", `amount > 5 and has("a")`}).Draw(d.T, "rule"),
	}
	if t.EveryNth == 0 && t.DaysMin == 0 {
		for range d.maybe(3, "nth count") {
			t.NthSale = append(t.NthSale, int(d.number(1, 9, "nth")))
		}
	}
	for range d.maybe(3, "weekdays") {
		t.Weekdays = append(t.Weekdays, time.Weekday(d.number(0, 6, "weekday")))
	}
	for range d.maybe(3, "spans") {
		from := int(d.number(0, 1439, "begins"))
		t.Times = append(t.Times, engine.Hours{From: from, To: (from + int(d.number(1, 1439, "lasts"))) % 1440})
	}
	for range d.maybe(2, "all") {
		if depth < 3 {
			t.All = append(t.All, d.threshold(depth+1))
		}
	}
	for range d.maybe(2, "any") {
		if depth < 3 {
			t.Any = append(t.Any, d.threshold(depth+1))
		}
	}
	return t
}

func (d drawer) cut(kind engine.Kind, ways ...engine.CutBy) engine.Cut {
	switch by := rapid.SampledFrom(ways).Draw(d.T, "by"); by {
	case engine.ByPercent:
		return engine.Cut{Percent: d.rate("rate")}
	case engine.ByPrice:
		return engine.Cut{By: by, Amount: d.amount("price")}
	default:
		return engine.Cut{By: by, Amount: 1 + d.amount("amount")/2}
	}
}

var (
	rates  = []engine.CutBy{engine.ByPercent}
	sums   = []engine.CutBy{engine.ByAmount}
	prices = []engine.CutBy{engine.ByPrice}
	all    = []engine.CutBy{engine.ByPercent, engine.ByAmount, engine.ByPrice}
)

// ways are the cuts of each kind, nil for those without.
var ways = map[engine.Kind][]engine.CutBy{
	engine.KindItemPercent: rates, engine.KindItemEach: sums, engine.KindItemLine: sums, engine.KindItemAcross: sums,
	engine.KindItemPrice: prices, engine.KindBundle: all, engine.KindBuyGet: all, engine.KindNth: all, engine.KindAddOn: all,
	engine.KindGift: nil, engine.KindOrderPercent: rates, engine.KindOrderFixed: sums, engine.KindOrderPrice: prices,
	engine.KindDeliveryFree: nil, engine.KindDeliveryPercent: rates, engine.KindDeliveryFixed: sums,
	engine.KindCreditPercent: rates, engine.KindCreditFixed: sums, engine.KindNextCoupon: sums, engine.KindPoints: nil,
}

// kinds are those of ways in the order of the schema.
func kinds() []engine.Kind {
	var out []engine.Kind
	for _, f := range fieldsOf(offerType) {
		if f.name == "kind" {
			for _, k := range f.enum {
				out = append(out, engine.Kind(k))
			}
		}
	}
	return out
}

func (d drawer) offer() engine.Offer {
	kind := rapid.SampledFrom(kinds()).Draw(d.T, "kind")
	o := engine.Offer{
		Key: rapid.SampledFrom([]string{"", "P50", "Ação 1"}).Draw(d.T, "id"), Title: rapid.SampledFrom([]string{"", "Olá"}).Draw(d.T, "title"),
		Code: rapid.SampledFrom([]string{"", "A-1_Z"}).Draw(d.T, "code"),
		Kind: kind, When: d.threshold(1), Stack: engine.Stacking{
			Sequence: int(d.number(-9, 9, "sequence")), Priority: int(d.number(-9, 9, "priority")), Exclusive: d.yes("exclusive"),
			Base: rapid.SampledFrom([]engine.Base{"", engine.BaseRunning, engine.BaseInitial}).Draw(d.T, "base"),
		},
		Limits: engine.Limits{
			Total: d.maybe(9, "total"), PerCustomer: d.maybe(9, "per customer"), PerDay: d.maybe(9, "per day"),
			Budget: d.amount("budget"), Units: d.maybe(9, "stock"), KeepOnVoid: d.yes("keep"),
		},
	}
	o.ID = OfferID(o.Key)
	d.benefit(&o)
	return o
}

func (d drawer) benefit(o *engine.Offer) {
	if ways[o.Kind] != nil {
		o.Cut = d.cut(o.Kind, ways[o.Kind]...)
	}
	switch o.Kind.PhaseOf() {
	case engine.PhaseItem:
		o.Target, o.Caps = d.goods(), engine.Caps{Discount: d.amount("cap"), Units: d.maybe(9, "cap units")}
		if o.Kind != engine.KindItemLine {
			o.Pick = engine.Pick{Units: d.maybe(3, "pick"), Choice: rapid.SampledFrom([]engine.Choice{"", engine.Priciest}).Draw(d.T, "choice")}
		}
	case engine.PhaseSet:
		d.sets(o)
	case engine.PhaseOrder:
		d.order(o)
	case engine.PhaseDelivery:
		o.Method = d.labels("method")
	case engine.PhaseCredit:
		o.Target = d.goods()
	case engine.PhaseRebate:
		d.rebate(o)
	}
}

func (d drawer) sets(o *engine.Offer) {
	o.Caps.Times = d.maybe(9, "times")
	o.Sets.Once = d.yes("once")
	of := d.goods()
	switch o.Kind {
	case engine.KindBundle:
		o.Sets.Groups = []engine.Group{{Of: d.goods(), Units: d.number(1, 5, "units")}, {Units: d.number(1, 5, "units")}}
	case engine.KindNth:
		o.Sets.Nth, o.Sets.Same, o.Target = d.number(2, 9, "nth"), d.yes("same"), d.goods()
	default:
		o.Sets.Buy, o.Sets.Get, o.Target = d.number(1, 9, "buy"), d.number(1, 9, "get"), d.goods()
		if o.Kind == engine.KindAddOn || d.yes("of") {
			o.Sets.Of = &of
		} else {
			o.Sets.Same = d.yes("same")
		}
	}
}

func (d drawer) order(o *engine.Offer) {
	o.Target = d.goods()
	if o.Kind == engine.KindGift {
		o.Gift = engine.Gift{SKU: "MUG", Name: "Caneca", Value: d.amount("worth")}
		switch d.number(0, 2, "gift") {
		case 0:
			o.Gift.Units = d.number(1, 9, "gift units")
		case 1:
			o.Gift.PerAmount = engine.Minor(d.number(1, 900, "per amount"))
		default:
			o.Gift.PerUnits = d.number(1, 9, "per units")
		}
		return
	}
	if d.yes("tiers") {
		first := o.Cut
		o.Cut, o.Tiers = engine.Cut{}, []engine.Tier{{Cut: first}, {Amount: 500, Cut: d.cut(o.Kind, ways[o.Kind]...)}}
	}
}

func (d drawer) rebate(o *engine.Offer) {
	if o.Kind == engine.KindPoints {
		o.Points = engine.PointsRate{Points: d.number(1, 9, "points"), Per: engine.Minor(d.number(1, 900, "per"))}
		return
	}
	o.Rebate = d.terms()
	o.Limits.Coupons = d.maybe(9, "coupons")
	o.Limits.ByRedeemed = o.Limits.Coupons != 0 && d.yes("redeemed")
	switch d.number(0, 2, "face") {
	case 0:
		o.Cut = engine.Cut{}
	case 1:
		o.Tiers = []engine.Tier{{Cut: o.Cut}, {Amount: 500, Cut: d.cut(o.Kind, engine.ByPercent, engine.ByAmount)}}
		o.Cut = engine.Cut{}
	}
}

func (d drawer) terms() engine.Terms {
	t := engine.Terms{Cashback: d.rate("cashback"), MaxDiscount: d.rate("most"), Lifetime: int(d.number(5, 400, "lifetime")), MinSale: engine.Minor(d.maybe(900, "earns from"))}
	t.ValidAfter = int(d.maybe(5, "valid after"))
	return t
}
