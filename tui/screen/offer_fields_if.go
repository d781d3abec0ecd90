package screen

import (
	"time"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// basketFields say what has to be bought.
func basketFields() []offerField {
	when := func(o *engine.Offer) *engine.Threshold { return &o.When }
	const in = secBasket
	return []offerField{
		typedField(in, "threshold.of", func(o *engine.Offer) *engine.Goods { return &when(o).Of }, (*Env).typedGoods, (*Env).goods).
			errorsOf("threshold.sku", "threshold.category", "threshold.brand", "threshold.tag", "threshold.not_sku",
				"threshold.not_category", "threshold.not_brand", "threshold.not_tag"),
		moneyField(in, "threshold.min_amount_minor", func(o *engine.Offer) *engine.Minor { return &when(o).MinAmount }),
		moneyField(in, "threshold.max_amount_minor", func(o *engine.Offer) *engine.Minor { return &when(o).MaxAmount }),
		choiceField(in, "threshold.basis", func(o *engine.Offer) *engine.Basis { return &when(o).Basis },
			engine.BasisGoods, engine.BasisRunning, engine.BasisNet).when(func(_ engine.Kind, v kit.Values) bool {
			return v["threshold.min_amount_minor"] != "" || v["threshold.max_amount_minor"] != ""
		}),
		countField(in, "threshold.min_qty", func(o *engine.Offer) *int64 { return &when(o).MinUnits }),
		countField(in, "threshold.max_qty", func(o *engine.Offer) *int64 { return &when(o).MaxUnits }),
		countField(in, "threshold.min_line_qty", func(o *engine.Offer) *int64 { return &when(o).LineUnits }),
		countField(in, "threshold.min_products", func(o *engine.Offer) *int { return &when(o).Products }),
		textField(in, "threshold.expression", 0, func(o *engine.Offer) *string { return &when(o).Expression }),
	}
}

// placeFields say when and where the offer holds.
func placeFields() []offerField {
	when := func(o *engine.Offer) *engine.Threshold { return &o.When }
	return []offerField{
		typedField(secWhen, "threshold.weekdays", func(o *engine.Offer) *[]time.Weekday { return &when(o).Weekdays }, (*Env).typedDays, (*Env).days),
		typedField(secWhen, "threshold.times", func(o *engine.Offer) *[]engine.Hours { return &when(o).Times },
			func(_ *Env, spans []engine.Hours) string { return typedHours(spans) },
			func(_ *Env, text string) ([]engine.Hours, error) { return hours(text) }),
		dayField(secWhen, "threshold.from", func(o *engine.Offer) *engine.Day { return &when(o).From }),
		dayField(secWhen, "threshold.until", func(o *engine.Offer) *engine.Day { return &when(o).Until }),
		listField(secWhere, "threshold.channel", func(o *engine.Offer) *[]string { return &when(o).Channels }),
		listField(secWhere, "threshold.payment", func(o *engine.Offer) *[]string { return &when(o).Payments }),
		listField(secWhere, "threshold.register", func(o *engine.Offer) *[]string { return &when(o).Registers }),
		listField(secWhere, "threshold.branch", func(o *engine.Offer) *[]string { return &when(o).Branches }),
		listField(secWhere, "threshold.source", func(o *engine.Offer) *[]string { return &when(o).Sources }),
		listField(secWhere, "threshold.ad", func(o *engine.Offer) *[]string { return &when(o).Ads }),
	}
}

// personFields say for which customers the offer is.
func personFields() []offerField {
	when := func(o *engine.Offer) *engine.Threshold { return &o.When }
	const in = secPerson
	return []offerField{
		flagField(in, "threshold.customer", func(o *engine.Offer) *bool { return &when(o).Customer }),
		listField(in, "threshold.customer_group", func(o *engine.Offer) *[]string { return &when(o).Groups }),
		listField(in, "threshold.customer_tier", func(o *engine.Offer) *[]string { return &when(o).Tiers }),
		typedField(in, "threshold.customer_nth_order", func(o *engine.Offer) *[]int { return &when(o).NthSale },
			func(_ *Env, n []int) string { return typedNumbers(n) }, func(_ *Env, text string) ([]int, error) { return numbers(text) }),
		countField(in, "threshold.customer_every_nth", func(o *engine.Offer) *int { return &when(o).EveryNth }),
		countField(in, "threshold.days_since_last_min", func(o *engine.Offer) *int { return &when(o).DaysMin }),
		countField(in, "threshold.days_since_last_max", func(o *engine.Offer) *int { return &when(o).DaysMax }),
		flagField(in, "threshold.birthday_month", func(o *engine.Offer) *bool { return &when(o).Birthday }),
		dayField(in, "threshold.customer_since", func(o *engine.Offer) *engine.Day { return &when(o).NewSince }),
	}
}

// capFields say how much and how often at most.
func capFields() []offerField {
	const in = secCaps
	coupon := engine.KindNextCoupon
	discounts := func(k engine.Kind, _ kit.Values) bool { return !isOne(k, engine.KindGift, coupon, engine.KindPoints) }
	units := append(append([]engine.Kind{engine.KindGift}, itemKinds...), setKinds...)
	return []offerField{
		moneyField(in, "max_discount_minor", func(o *engine.Offer) *engine.Minor { return &o.Caps.Discount }).when(discounts),
		countField(in, "max_qty", func(o *engine.Offer) *int64 { return &o.Caps.Units }).of(units...),
		countField(in, "max_times", func(o *engine.Offer) *int64 { return &o.Caps.Times }).of(append([]engine.Kind{engine.KindGift}, setKinds...)...),
		countField(in, "limits.per_customer", func(o *engine.Offer) *int64 { return &o.Limits.PerCustomer }),
		countField(in, "limits.per_customer_day", func(o *engine.Offer) *int64 { return &o.Limits.PerDay }),
		countField(in, "limits.total", func(o *engine.Offer) *int64 { return &o.Limits.Total }),
		moneyField(in, "limits.budget_minor", func(o *engine.Offer) *engine.Minor { return &o.Limits.Budget }),
		countField(in, "limits.qty", func(o *engine.Offer) *int64 { return &o.Limits.Units }),
		countField(in, "limits.coupons", func(o *engine.Offer) *int64 { return &o.Limits.Coupons }).of(coupon),
		flagField(in, "limits.coupons_by", func(o *engine.Offer) *bool { return &o.Limits.ByRedeemed }).
			when(func(k engine.Kind, v kit.Values) bool { return k == coupon && v["limits.coupons"] != "" }),
		flagField(in, "limits.keep_on_void", func(o *engine.Offer) *bool { return &o.Limits.KeepOnVoid }),
	}
}

// stackFields say how the offer stands to others.
func stackFields() []offerField {
	const in = secStack
	return []offerField{
		flagField(in, "stacking.exclusive", func(o *engine.Offer) *bool { return &o.Stack.Exclusive }),
		textField(in, "stacking.group", engine.MaxOfferLabel, func(o *engine.Offer) *string { return &o.Stack.Group }),
		countField(in, "stacking.priority", func(o *engine.Offer) *int { return &o.Stack.Priority }),
		countField(in, "stacking.sequence", func(o *engine.Offer) *int { return &o.Stack.Sequence }),
		choiceField(in, "stacking.base", func(o *engine.Offer) *engine.Base { return &o.Stack.Base }, engine.BaseRunning, engine.BaseInitial),
	}
}
