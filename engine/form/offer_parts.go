package form

import "bounceback/engine"

func (f *goodsForm) goods(path string, b *builder) engine.Goods {
	if f == nil {
		return engine.Goods{}
	}
	if f.PriceIs != 0 {
		if f.PriceMin != 0 || f.PriceMax != 0 {
			b.refuse(CodeBoth, path+"unit_price_equals_minor", "other", path+"unit_price_min_minor")
		}
		f.PriceMin, f.PriceMax = f.PriceIs, f.PriceIs
	}
	return engine.Goods{
		SKU: f.SKU, Category: f.Category, Brand: f.Brand, Tag: f.Tag,
		NotSKU: f.NotSKU, NotCategory: f.NotCategory, NotBrand: f.NotBrand, NotTag: f.NotTag,
		PriceMin: f.PriceMin, PriceMax: f.PriceMax, Undiscounted: f.Undiscounted,
	}
}

// goodsOf is nil if any goods are meant.
func goodsOf(g engine.Goods) *goodsForm {
	f := goodsFormOf(g)
	none := len(f.SKU)+len(f.Category)+len(f.Brand)+len(f.Tag)+len(f.NotSKU)+len(f.NotCategory)+len(f.NotBrand)+len(f.NotTag) == 0
	if none && g.PriceMin == 0 && g.PriceMax == 0 && !g.Undiscounted {
		return nil
	}
	return &f
}

func goodsFormOf(g engine.Goods) goodsForm {
	return goodsForm{
		SKU: g.SKU, Category: g.Category, Brand: g.Brand, Tag: g.Tag,
		NotSKU: g.NotSKU, NotCategory: g.NotCategory, NotBrand: g.NotBrand, NotTag: g.NotTag,
		PriceMin: g.PriceMin, PriceMax: g.PriceMax, Undiscounted: g.Undiscounted,
	}
}

func (f *setsForm) sets(path string, b *builder) engine.Sets {
	if f == nil {
		return engine.Sets{}
	}
	s := engine.Sets{Buy: f.Buy, Get: f.Get, Same: f.Same, Nth: f.Nth, Once: f.Once}
	for i, g := range f.Groups {
		units := int64(1)
		if g.Units != nil {
			units = *g.Units
		}
		s.Groups = append(s.Groups, engine.Group{Of: g.Target.goods(entry(path+"groups", i)+".target.", b), Units: units})
	}
	if f.Of != nil {
		of := f.Of.goods(path+"of.", b)
		s.Of = &of
	}
	return s
}

func setsOf(s engine.Sets) *setsForm {
	f := setsForm{Buy: s.Buy, Get: s.Get, Same: s.Same, Nth: s.Nth, Once: s.Once}
	for _, g := range s.Groups {
		units := g.Units
		f.Groups = append(f.Groups, groupForm{Target: goodsOf(g.Of), Units: &units})
	}
	if s.Of != nil {
		of := goodsFormOf(*s.Of)
		f.Of = &of
	}
	if f.Groups == nil && f.Of == nil && s.Buy == 0 && s.Get == 0 && !s.Same && s.Nth == 0 && !s.Once {
		return nil
	}
	return &f
}

func (f *giftForm) gift() engine.Gift {
	if f == nil {
		return engine.Gift{}
	}
	g := engine.Gift{SKU: f.SKU, Name: f.Name, Value: f.Value, PerAmount: f.PerAmount, PerUnits: f.PerUnits}
	switch {
	case f.Units != nil:
		g.Units = *f.Units
	case g.PerAmount == 0 && g.PerUnits == 0:
		g.Units = 1
	}
	return g
}

func giftOf(g engine.Gift) *giftForm {
	if g == (engine.Gift{}) {
		return nil
	}
	f := giftForm{SKU: g.SKU, Name: g.Name, Value: g.Value, PerAmount: g.PerAmount, PerUnits: g.PerUnits}
	if g.Units != 0 || g.PerAmount == 0 && g.PerUnits == 0 {
		f.Units = &g.Units
	}
	return &f
}

// into sets what the coupon says: the terms, and a fixed face or tiers.
func (f *couponForm) into(o *engine.Offer, path string, terms engine.Terms, b *builder) {
	if o.Kind != engine.KindNextCoupon {
		b.unused(path+"coupon", o.Kind, f != nil)
		return
	}
	o.Rebate = terms
	b.unused(path+"tiers", o.Kind, len(o.Tiers) > 0)
	b.unused(path+"value_minor", o.Kind, o.Cut != engine.Cut{})
	if f == nil {
		return
	}
	put(&o.Rebate.Cashback, (*engine.BP)(f.Cashback))
	put(&o.Rebate.MaxDiscount, (*engine.BP)(f.MaxDiscount))
	put(&o.Rebate.Lifetime, f.Lifetime)
	put(&o.Rebate.ValidAfter, f.ValidAfter)
	if f.MinSale != 0 || f.MaxSale != 0 {
		o.Rebate.MinSale, o.Rebate.MaxSale = f.MinSale, f.MaxSale
	}
	if f.Face != nil {
		o.Cut = engine.Cut{By: engine.ByAmount, Amount: *f.Face}
	}
	for i, t := range f.Tiers {
		cut := b.cut(entry(path+"coupon.tiers", i)+".", o.Kind, cutValue{percent: t.Cashback, minor: t.Face})
		o.Tiers = append(o.Tiers, engine.Tier{Amount: t.Amount, Units: t.Units, Cut: cut})
	}
}

func (b *builder) unused(field string, kind engine.Kind, set bool) {
	if set {
		b.refuse(engine.CodeOfferNotFor, field, "kind", string(kind))
	}
}

func put[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

func couponOf(o engine.Offer) *couponForm {
	if o.Kind != engine.KindNextCoupon {
		return nil
	}
	var f couponForm
	if t := o.Rebate; t != (engine.Terms{}) {
		f = couponForm{
			Cashback: (*percent)(&t.Cashback), MaxDiscount: (*percent)(&t.MaxDiscount),
			MinSale: t.MinSale, MaxSale: t.MaxSale, Lifetime: &t.Lifetime, ValidAfter: &t.ValidAfter,
		}
	}
	f.Face = valueOf(o.Kind, o.Cut).minor
	for _, t := range o.Tiers {
		v := valueOf(o.Kind, t.Cut)
		f.Tiers = append(f.Tiers, couponTierForm{Amount: t.Amount, Units: t.Units, Cashback: v.percent, Face: v.minor})
	}
	if o.Rebate == (engine.Terms{}) && f.Face == nil && f.Tiers == nil {
		return nil
	}
	return &f
}

func (f *limitsForm) limits() engine.Limits {
	if f == nil {
		return engine.Limits{}
	}
	return engine.Limits{
		Total: f.Total, PerCustomer: f.PerCustomer, PerDay: f.PerDay, Budget: f.Budget, Units: f.Units,
		Coupons: f.Coupons, ByRedeemed: f.By == "redeemed", KeepOnVoid: f.Reusable != nil && !*f.Reusable,
	}
}

func limitsOf(l engine.Limits) *limitsForm {
	if l == (engine.Limits{}) {
		return nil
	}
	f := limitsForm{
		Total: l.Total, PerCustomer: l.PerCustomer, PerDay: l.PerDay, Budget: l.Budget, Units: l.Units, Coupons: l.Coupons,
	}
	if l.ByRedeemed {
		f.By = "redeemed"
	}
	if l.KeepOnVoid {
		f.Reusable = new(bool)
	}
	return &f
}

func (f *stackingForm) stacking() engine.Stacking {
	if f == nil {
		return engine.Stacking{}
	}
	return engine.Stacking{
		Sequence: f.Sequence, Priority: f.Priority, Group: f.Group, Exclusive: f.Exclusive, Base: engine.Base(f.Base),
	}
}

func stackingOf(s engine.Stacking) *stackingForm {
	if s == (engine.Stacking{}) {
		return nil
	}
	return &stackingForm{Sequence: s.Sequence, Priority: s.Priority, Group: s.Group, Exclusive: s.Exclusive, Base: string(s.Base)}
}
