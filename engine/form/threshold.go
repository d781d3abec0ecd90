package form

import "bounceback/engine"

// bases are the names of a threshold's basis; those of the engine are written.
var bases = map[string]engine.Basis{
	"": "", "goods": engine.BasisGoods, "undiscounted_subtotal": engine.BasisGoods,
	"running": engine.BasisRunning, "running_subtotal": engine.BasisRunning, "net_paid": engine.BasisNet,
}

func (f *thresholdForm) threshold(path string, b *builder) engine.Threshold {
	if f == nil {
		return engine.Threshold{}
	}
	t := engine.Threshold{
		Of: f.goods(path, b), Basis: bases[f.Basis],
		MinAmount: f.MinAmount, MaxAmount: f.MaxAmount, MinUnits: f.MinUnits, MaxUnits: f.MaxUnits,
		LineUnits: f.LineUnits, Products: f.Products,
		From: engine.Day(f.From), Until: engine.Day(f.Until), Weekdays: f.Weekdays, Times: f.Times,
		Channels: f.Channel, Payments: f.Payment, Registers: f.Register, Branches: f.Branch, Sources: f.Source, Ads: f.Ad,
		Customer: f.Customer, Groups: f.Groups, Tiers: f.Tiers, NthSale: f.NthSale, EveryNth: f.EveryNth,
		DaysMin: f.DaysMin, DaysMax: f.DaysMax, Birthday: f.Birthday, NewSince: engine.Day(f.NewSince), Expression: f.Expression,
	}
	t.Of.Category = append(t.Of.Category, f.CategoryAny...)
	if f.First {
		if len(t.NthSale) > 0 {
			b.refuse(CodeBoth, path+"first_order", "other", path+"customer_nth_order")
		}
		t.NthSale = []int{1}
	}
	for i := range f.All {
		t.All = append(t.All, f.All[i].threshold(entry(path+"all_of", i)+".", b))
	}
	for i := range f.Any {
		t.Any = append(t.Any, f.Any[i].threshold(entry(path+"any_of", i)+".", b))
	}
	return t
}

// thresholdOf is nil if nothing is asked.
func thresholdOf(t engine.Threshold) *thresholdForm {
	f := thresholdFormOf(t)
	if written, err := write(f, ""); err == nil && string(written) == "{}" {
		return nil
	}
	return &f
}

func thresholdFormOf(t engine.Threshold) thresholdForm {
	f := thresholdForm{
		goodsForm: goodsFormOf(t.Of), Basis: string(t.Basis),
		MinAmount: t.MinAmount, MaxAmount: t.MaxAmount, MinUnits: t.MinUnits, MaxUnits: t.MaxUnits,
		LineUnits: t.LineUnits, Products: t.Products,
		From: date(t.From), Until: date(t.Until), Weekdays: t.Weekdays, Times: t.Times,
		Channel: t.Channels, Payment: t.Payments, Register: t.Registers, Branch: t.Branches, Source: t.Sources, Ad: t.Ads,
		Customer: t.Customer, Groups: t.Groups, Tiers: t.Tiers, NthSale: t.NthSale, EveryNth: t.EveryNth,
		DaysMin: t.DaysMin, DaysMax: t.DaysMax, Birthday: t.Birthday, NewSince: date(t.NewSince), Expression: t.Expression,
	}
	for _, each := range t.All {
		f.All = append(f.All, thresholdFormOf(each))
	}
	for _, each := range t.Any {
		f.Any = append(f.Any, thresholdFormOf(each))
	}
	return f
}
