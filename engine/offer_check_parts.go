package engine

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// validLabel tells whether a text may stand in an offer: not blank, not too
// long, and nothing that commands a terminal.
func validLabel(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= MaxOfferLabel && CleanText(text)
}

func (c offerCheck) offer(o Offer, use kindUse) {
	c.label("id", o.Key)
	c.label("title", o.Title)
	if o.Code != "" && !ValidOfferCode(o.Code) {
		c.refuse(CodeOfferLetters, "code", "value", o.Code, "most", MaxOfferCode)
	}
	has := func(part int) bool { return use.uses&part != 0 }
	c.unused("target", !has(usesTarget) && !o.Target.isZero())
	c.unused("pick.choice", !has(usesPick|usesChoice) && o.Pick.Choice != "")
	c.unused("pick.units", !has(usesPick) && o.Pick.Units != 0)
	c.unused("tiers", !has(usesTiers) && len(o.Tiers) > 0)
	c.unused("methods", !has(usesMethod) && len(o.Method) > 0)
	c.unused("max_discount_minor", !has(usesCapDiscount) && o.Caps.Discount != 0)
	c.unused("max_qty", !has(usesCapUnits) && o.Caps.Units != 0)
	c.unused("max_times", !has(usesCapTimes) && o.Caps.Times != 0)

	choice(c, "pick.choice", o.Pick.Choice, Cheapest, Priciest)
	within(c, "pick.units", o.Pick.Units, 0, MaxUnits)
	c.labels("methods", o.Method)
	within(c, "max_discount_minor", o.Caps.Discount, 0, MaxAmount)
	within(c, "max_qty", o.Caps.Units, 0, MaxUnits*MaxLines)
	within(c, "max_times", o.Caps.Times, 0, MaxLimit)
	c.cuts(o, use)
}

// cuts checks the Cut and the Tiers, of which one is needed and both are one
// too many. A next-sale coupon may have neither: it has its terms.
func (c offerCheck) cuts(o Offer, use kindUse) {
	if len(o.Tiers) > 0 {
		c.together("tiers", o.Kind.CutField(o.Cut.By), o.Cut != Cut{})
		c.tiers(o)
		return
	}
	switch {
	case len(use.cuts) == 0:
		c.unused(o.Kind.CutField(o.Cut.By), o.Cut != Cut{})
	case o.Kind == KindNextCoupon && o.Cut == Cut{}:
	default:
		c.cut(o.Cut, use.cuts, o.Kind.CutField)
	}
}

func (c offerCheck) cut(cut Cut, ways []CutBy, field func(CutBy) string) {
	name := field(cut.By)
	if cut == (Cut{}) {
		c.needed(field(ways[0]), false)
		return
	}
	if !slices.Contains(ways, cut.By) {
		c.unused(name, true)
		return
	}
	switch cut.By {
	case ByPercent:
		within(c, name, cut.Percent, 1, wholeBP)
		c.together(field(ByAmount), name, cut.Amount != 0)
	case ByAmount:
		within(c, name, cut.Amount, 1, MaxAmount)
		c.together("value_percent", name, cut.Percent != 0)
	case ByPrice:
		within(c, name, cut.Amount, 0, MaxAmount)
		c.together("value_percent", name, cut.Percent != 0)
	}
}

func (c offerCheck) tiers(o Offer) {
	at, ways, field := c, kindUses[o.Kind].cuts, o.Kind.CutField
	if o.Kind == KindNextCoupon {
		at, ways, field = c.in("coupon"), []CutBy{ByPercent, ByAmount}, couponTierField
	}
	if len(o.Tiers) > MaxOfferTiers {
		at.refuse(CodeOfferMany, "tiers", "most", MaxOfferTiers)
		return
	}
	byUnits := o.Tiers[len(o.Tiers)-1].Units > 0
	for i, t := range o.Tiers {
		step := at.entry("tiers", i)
		within(step, "from_minor", t.Amount, 0, MaxAmount)
		within(step, "from_qty", t.Units, 0, MaxUnits*MaxLines)
		step.together("from_minor", "from_qty", byUnits && t.Amount != 0)
		step.together("from_qty", "from_minor", !byUnits && t.Units != 0)
		step.cut(t.Cut, ways, field)
		if i > 0 {
			before := "tiers[" + strconv.Itoa(i-1) + "]."
			above(step, "from_minor", at.path+before, t.Amount, o.Tiers[i-1].Amount, !byUnits)
			above(step, "from_qty", at.path+before, t.Units, o.Tiers[i-1].Units, byUnits)
		}
	}
}

func couponTierField(by CutBy) string {
	if by == ByPercent {
		return "cashback_percent"
	}
	return "face_minor"
}

// above refuses a step that does not begin above the one before it.
func above[T ~int64](c offerCheck, name, before string, v, last T, counts bool) {
	if counts && v <= last {
		c.refuse(CodeOfferOrder, name, "other", before+name, "value", v, "least", last+1)
	}
}

func (g Goods) isZero() bool {
	return len(g.SKU)+len(g.Category)+len(g.Brand)+len(g.Tag)+len(g.NotSKU)+len(g.NotCategory)+len(g.NotBrand)+len(g.NotTag) == 0 &&
		g.PriceMin == 0 && g.PriceMax == 0 && !g.Undiscounted
}

func (c offerCheck) goods(g Goods) {
	c.goodsList("sku", g.SKU, g.NotSKU)
	c.goodsList("category", g.Category, g.NotCategory)
	c.goodsList("brand", g.Brand, g.NotBrand)
	c.goodsList("tag", g.Tag, g.NotTag)
	ordered(c, "unit_price_min_minor", "unit_price_max_minor", g.PriceMin, g.PriceMax, MaxAmount)
}

// goodsList refuses a list that can never fit because all of it is excluded.
func (c offerCheck) goodsList(name string, is, not []string) {
	c.labels(name, is)
	c.labels("not_"+name, not)
	excluded := func(v string) bool {
		return slices.ContainsFunc(not, func(n string) bool { return strings.EqualFold(v, n) })
	}
	left := slices.ContainsFunc(is, func(v string) bool { return !excluded(v) })
	c.together("not_"+name, name, len(is) > 0 && !left)
}

func (c offerCheck) sets(o Offer) {
	s := o.Sets
	in := c.in("sets")
	buys := o.Kind == KindBuyGet || o.Kind == KindAddOn
	in.unused("groups", o.Kind != KindBundle && len(s.Groups) > 0)
	in.unused("buy", !buys && s.Buy != 0)
	in.unused("get", !buys && s.Get != 0)
	in.unused("of", !buys && s.Of != nil)
	in.unused("same_product", o.Kind != KindBuyGet && o.Kind != KindNth && s.Same)
	in.unused("nth", o.Kind != KindNth && s.Nth != 0)
	in.unused("once", o.Kind.PhaseOf() != PhaseSet && s.Once)
	switch o.Kind {
	case KindBundle:
		in.groups(s.Groups)
	case KindNth:
		within(in, "nth", s.Nth, 2, MaxSetUnits)
	case KindBuyGet, KindAddOn:
		within(in, "buy", s.Buy, 1, MaxSetUnits)
		within(in, "get", s.Get, 1, MaxSetUnits)
		in.needed("of", s.Of != nil || o.Kind == KindBuyGet)
		in.together("same_product", "of", s.Same && s.Of != nil)
	default:
	}
	if s.Of != nil {
		in.in("of").goods(*s.Of)
	}
}

func (c offerCheck) groups(groups []Group) {
	c.needed("groups", len(groups) > 0)
	if len(groups) > MaxOfferTiers {
		c.refuse(CodeOfferMany, "groups", "most", MaxOfferTiers)
		return
	}
	for i, g := range groups {
		part := c.entry("groups", i)
		within(part, "qty", g.Units, 1, MaxSetUnits)
		part.in("target").goods(g.Of)
	}
}

func (c offerCheck) gift(o Offer) {
	g, in := o.Gift, c.in("gift")
	if o.Kind != KindGift {
		c.unused("gift", g != Gift{})
		return
	}
	in.needed("sku", g.SKU != "")
	in.label("sku", g.SKU)
	in.label("name", g.Name)
	within(in, "value_minor", g.Value, 0, MaxAmount)
	within(in, "per_amount_minor", g.PerAmount, 0, MaxAmount)
	within(in, "per_qty", g.PerUnits, 0, MaxUnits)
	in.together("per_qty", "per_amount_minor", g.PerUnits != 0 && g.PerAmount != 0)
	if g.PerUnits != 0 || g.PerAmount != 0 {
		in.together("qty", "per_qty", g.PerUnits != 0 && g.Units != 0)
		in.together("qty", "per_amount_minor", g.PerAmount != 0 && g.Units != 0)
		return
	}
	within(in, "qty", g.Units, 1, MaxSetUnits)
}

// rewards checks what the rebates need.
func (c offerCheck) rewards(o Offer) {
	in := c.in("points")
	if o.Kind != KindPoints {
		c.unused("points", o.Points != PointsRate{})
	} else {
		within(in, "points", o.Points.Points, 1, MaxLimit)
		within(in, "per_minor", o.Points.Per, 1, MaxAmount)
	}
	if o.Kind == KindNextCoupon {
		c.passOn("coupon", o.Rebate.Check())
	}
}

func (c offerCheck) limits(l Limits) {
	in := c.in("limits")
	within(in, "total", l.Total, 0, MaxLimit)
	within(in, "per_customer", l.PerCustomer, 0, MaxLimit)
	within(in, "per_customer_day", l.PerDay, 0, MaxLimit)
	within(in, "budget_minor", l.Budget, 0, MaxAmount)
	within(in, "qty", l.Units, 0, MaxUnits*MaxLines)
	within(in, "coupons", l.Coupons, 0, MaxLimit)
	in.unused("coupons", c.kind != KindNextCoupon && l.Coupons != 0)
	in.unused("coupons_by", l.Coupons == 0 && l.ByRedeemed)
}

func (c offerCheck) stacking(s Stacking) {
	in := c.in("stacking")
	within(in, "sequence", s.Sequence, -MaxLimit, MaxLimit)
	within(in, "priority", s.Priority, -MaxLimit, MaxLimit)
	in.label("group", s.Group)
	choice(in, "base", s.Base, BaseRunning, BaseInitial)
}
