package engine

// usable tells what in an offer makes evaluating it impossible, or nil: Check
// says much more, but baskets may be priced with offers that were not checked.
func usable(o *Offer) error {
	c := offerCheck{kind: o.Kind, first: new(error)}
	if _, known := kindUses[o.Kind]; !known && o.Kind != "" {
		c.refuse(CodeOfferChoice, "kind", "value", string(o.Kind))
	}
	c.usableCut("cut", o.Cut)
	for i, t := range o.Tiers {
		at := c.entry("tiers", i)
		at.usableCut("cut", t.Cut)
		within(at, "from_minor", t.Amount, 0, MaxAmount)
		within(at, "from_qty", t.Units, 0, MaxUnits*MaxLines)
	}
	c.usableSets(o)
	c.usableGift(o)
	within(c, "pick.units", o.Pick.Units, 0, MaxUnits*MaxLines)
	within(c, "max_discount_minor", o.Caps.Discount, 0, MaxAmount)
	within(c, "max_qty", o.Caps.Units, 0, MaxUnits*MaxLines)
	within(c, "max_times", o.Caps.Times, 0, MaxUnits*MaxLines)
	if o.Kind == KindNextCoupon || o.Kind == "" {
		within(c.in("coupon"), "cashback_percent", o.Rebate.Cashback, 0, wholeBP)
		within(c.in("coupon"), "lifetime_days", o.Rebate.Lifetime, 0, MaxLifetime)
		within(c.in("coupon"), "valid_after_days", o.Rebate.ValidAfter, 0, MaxLifetime)
	}
	if o.Kind == KindPoints {
		within(c.in("points"), "points", o.Points.Points, 0, MaxLimit)
		within(c.in("points"), "per_minor", o.Points.Per, 1, MaxAmount)
	}
	c.in("threshold").usableDepth(&o.When, 1)
	return *c.first
}

func (c offerCheck) usableCut(name string, cut Cut) {
	within(c, name, cut.Percent, 0, wholeBP)
	within(c, name, cut.Amount, 0, MaxAmount)
	within(c, name, cut.By, ByPercent, ByPrice)
}

func (c offerCheck) usableSets(o *Offer) {
	in := c.in("sets")
	switch o.Kind {
	case KindBundle:
		in.needed("groups", len(o.Sets.Groups) > 0)
		if len(o.Sets.Groups) > MaxOfferTiers {
			in.refuse(CodeOfferMany, "groups", "most", MaxOfferTiers)
		}
		for i, g := range o.Sets.Groups {
			within(in.entry("groups", i), "qty", g.Units, 1, MaxUnits)
		}
	case KindNth:
		within(in, "nth", o.Sets.Nth, 1, MaxUnits)
	case KindBuyGet, KindAddOn:
		within(in, "buy", o.Sets.Buy, 0, MaxUnits)
		within(in, "get", o.Sets.Get, 1, MaxUnits)
	default:
	}
}

func (c offerCheck) usableGift(o *Offer) {
	in := c.in("gift")
	within(in, "qty", o.Gift.Units, 0, MaxUnits)
	within(in, "value_minor", o.Gift.Value, 0, MaxAmount)
	within(in, "per_amount_minor", o.Gift.PerAmount, 0, MaxAmount)
	within(in, "per_qty", o.Gift.PerUnits, 0, MaxUnits*MaxLines)
}

// usableDepth bounds thresholds inside thresholds.
func (c offerCheck) usableDepth(t *Threshold, depth int) {
	if depth > 2*MaxOfferDepth {
		c.refuse(CodeOfferDeep, "all_of", "most", 2*MaxOfferDepth)
		return
	}
	for i := range t.All {
		c.entry("all_of", i).usableDepth(&t.All[i], depth+1)
	}
	for i := range t.Any {
		c.entry("any_of", i).usableDepth(&t.Any[i], depth+1)
	}
}
