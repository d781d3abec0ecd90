package engine

import (
	"slices"
	"strconv"
)

// Bounds of a day in an offer: what ISO dates of four digits can say.
const (
	firstOfferDay = Day(0)         // 1970-01-01
	lastOfferDay  = Day(2_932_896) // 9999-12-31
)

// Check tells what in the threshold is impossible or contradicts itself, or
// nil: the first of the codes of offers and of rules.
func (t Threshold) Check() error {
	c := offerCheck{first: new(error), thresholds: new(int), kind: KindNextCoupon}
	c.in("threshold").threshold(t, 1)
	return *c.first
}

func (c offerCheck) threshold(t Threshold, depth int) {
	if depth > MaxOfferDepth {
		c.refuse(CodeOfferDeep, "all_of", "most", MaxOfferDepth)
		return
	}
	if *c.thresholds++; *c.thresholds > MaxOfferList {
		c.refuse(CodeOfferMany, "any_of", "most", MaxOfferList)
		return
	}
	c.goods(t.Of)
	choice(c, "basis", t.Basis, BasisGoods, BasisRunning, BasisNet)
	// What is paid in the end is only known once everything is taken off.
	c.unused("basis", t.Basis == BasisNet && c.kind.PhaseOf() != PhaseRebate)
	ordered(c, "min_amount_minor", "max_amount_minor", t.MinAmount, t.MaxAmount, MaxAmount)
	ordered(c, "min_qty", "max_qty", t.MinUnits, t.MaxUnits, MaxUnits*MaxLines)
	within(c, "min_line_qty", t.LineUnits, 0, MaxUnits)
	if t.MaxUnits != 0 && t.LineUnits > t.MaxUnits {
		c.refuse(CodeOfferOrder, "max_qty", "other", c.path+"min_line_qty", "value", t.MaxUnits, "least", t.LineUnits)
	}
	within(c, "min_products", t.Products, 0, MaxLines)
	c.times(t)
	c.sale(t)
	c.person(t)
	if t.Expression != "" {
		_, err := CompileRule(t.Expression)
		c.passOn("expression", err)
	}
	c.inside("all_of", t.All, depth)
	c.inside("any_of", t.Any, depth)
}

func (c offerCheck) inside(name string, parts []Threshold, depth int) {
	if len(parts) > MaxOfferTiers {
		c.refuse(CodeOfferMany, name, "most", MaxOfferTiers)
		return
	}
	for i, t := range parts {
		c.entry(name, i).threshold(t, depth+1)
	}
}

func (c offerCheck) times(t Threshold) {
	within(c, "from", t.From, firstOfferDay, lastOfferDay)
	within(c, "until", t.Until, firstOfferDay, lastOfferDay)
	if t.Until != 0 && t.Until < t.From {
		c.refuse(CodeOfferOrder, "until", "other", c.path+"from", "value", t.Until, "least", t.From)
	}
	if len(t.Weekdays) > 7 {
		c.refuse(CodeOfferMany, "weekdays", "most", 7)
	}
	for i, day := range t.Weekdays {
		within(c, "weekdays["+strconv.Itoa(i)+"]", int(day), 0, 6)
	}
	if len(t.Times) > MaxOfferTiers {
		c.refuse(CodeOfferMany, "times", "most", MaxOfferTiers)
	}
	for i, span := range t.Times {
		name := "times[" + strconv.Itoa(i) + "]"
		within(c, name, span.From, 0, 24*60-1)
		within(c, name, span.To, 0, 24*60)
		c.together(name, name, span.From == span.To)
	}
}

func (c offerCheck) sale(t Threshold) {
	c.labels("channel", t.Channels)
	c.labels("payment", t.Payments)
	c.labels("register", t.Registers)
	c.labels("branch", t.Branches)
	c.labels("source", t.Sources)
	c.labels("ad", t.Ads)
	c.labels("customer_group", t.Groups)
	c.labels("customer_tier", t.Tiers)
}

func (c offerCheck) person(t Threshold) {
	if len(t.NthSale) > MaxOfferList {
		c.refuse(CodeOfferMany, "customer_nth_order", "most", MaxOfferList)
	}
	for _, n := range t.NthSale {
		within(c, "customer_nth_order", n, 1, MaxLimit)
	}
	within(c, "customer_every_nth", t.EveryNth, 0, MaxLimit)
	if t.EveryNth != 0 && len(t.NthSale) > 0 {
		fits := slices.ContainsFunc(t.NthSale, func(n int) bool { return n%t.EveryNth == 0 })
		c.together("customer_every_nth", "customer_nth_order", !fits)
	}
	ordered(c, "days_since_last_min", "days_since_last_max", t.DaysMin, t.DaysMax, MaxDaysSince)
	// A first sale has no last one.
	first := len(t.NthSale) > 0 && slices.Max(t.NthSale) == 1
	c.together("days_since_last_min", "customer_nth_order", first && (t.DaysMin != 0 || t.DaysMax != 0))
	within(c, "customer_since", t.NewSince, firstOfferDay, lastOfferDay)
}
