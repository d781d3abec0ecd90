package screen

import (
	"bounceback/engine"
	"bounceback/tui/kit"
)

// The sections of an offer's form: each shows its fields once it is said yes
// to.
const (
	secGoods  = "goods"  // only some goods
	secBasket = "basket" // what has to be bought
	secWhen   = "when"   // days and hours
	secWhere  = "where"  // tills, channels, payment
	secPerson = "person" // only some customers
	secCaps   = "caps"   // how much and how often at most
	secStack  = "stack"  // how it stands to others
)

var offerSections = []string{secGoods, secBasket, secWhen, secWhere, secPerson, secCaps, secStack}

// fieldBy is the name of the field that says how a set's cut is given.
const fieldBy = "by"

// The ways in which a set's cut is given.
const (
	byFree    = "free"
	byPercent = "percent"
	byAmount  = "amount"
	byPrice   = "price"
)

var (
	itemKinds     = []engine.Kind{engine.KindItemPercent, engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross, engine.KindItemPrice}
	setKinds      = []engine.Kind{engine.KindBundle, engine.KindBuyGet, engine.KindNth, engine.KindAddOn}
	orderKinds    = []engine.Kind{engine.KindOrderPercent, engine.KindOrderFixed, engine.KindOrderPrice}
	deliveryKinds = []engine.Kind{engine.KindDeliveryFree, engine.KindDeliveryPercent, engine.KindDeliveryFixed}
	creditKinds   = []engine.Kind{engine.KindCreditPercent, engine.KindCreditFixed}
)

// offerKinds are the kinds in the order in which they are offered.
var offerKinds = []engine.Kind{
	engine.KindNextCoupon, engine.KindItemPercent, engine.KindItemEach, engine.KindItemPrice, engine.KindNth, engine.KindBuyGet, engine.KindBundle,
	engine.KindAddOn, engine.KindGift, engine.KindOrderPercent, engine.KindOrderFixed, engine.KindOrderPrice, engine.KindDeliveryFree,
	engine.KindDeliveryPercent, engine.KindDeliveryFixed, engine.KindCreditPercent, engine.KindCreditFixed, engine.KindItemLine,
	engine.KindItemAcross, engine.KindPoints,
}

func isSet(k engine.Kind) bool { return isOne(k, setKinds...) }

// inSteps tells whether a kind can be in steps.
func inSteps(k engine.Kind) bool {
	return isOne(k, itemKinds...) || isOne(k, orderKinds...) || isOne(k, creditKinds...) ||
		isOne(k, engine.KindDeliveryPercent, engine.KindDeliveryFixed, engine.KindNextCoupon)
}

// cutIs tells whether an offer takes off in a way, and not in steps.
func cutIs(way string) func(engine.Kind, kit.Values) bool {
	return func(k engine.Kind, v kit.Values) bool {
		switch {
		case isSet(k):
			return v[fieldBy] == way
		case !inSteps(k) || k == engine.KindNextCoupon || v["tiers"] != "":
			return false
		}
		return map[engine.CutBy]string{engine.ByPercent: byPercent, engine.ByAmount: byAmount, engine.ByPrice: byPrice}[cutBy(k)] == way
	}
}

// offerFields lists the fields of an offer's form in their order.
func offerFields() []offerField {
	var out []offerField
	for _, part := range [][]offerField{benefitFields(), setFields(), giftFields(), goodsFields(), basketFields(), placeFields(), personFields(), capFields(), stackFields()} {
		out = append(out, part...)
	}
	return out
}

// cutPlaces are where errors of a cut can be; they are shown at whichever field
// of it is there.
var cutPlaces = []string{"value_percent", "value_minor", "off_minor", "price_minor", "coupon.face_minor"}

// benefitFields say how much is taken off.
func benefitFields() []offerField {
	amount := func(name string, by engine.CutBy) offerField {
		f := moneyField("", name, func(o *engine.Offer) *engine.Minor { return &o.Cut.Amount })
		set := f.set
		f.set = func(e *Env, o *engine.Offer, text string) error {
			if text != "" {
				o.Cut.By = by
			}
			return set(e, o, text)
		}
		return f.errorsOf(cutPlaces...)
	}
	return []offerField{
		byField(),
		percentField().when(cutIs(byPercent)).errorsOf(cutPlaces...),
		amount("off_minor", engine.ByAmount).when(cutIs(byAmount)),
		amount("price_minor", engine.ByPrice).when(cutIs(byPrice)),
		amount("coupon.face_minor", engine.ByAmount).when(func(k engine.Kind, v kit.Values) bool { return k == engine.KindNextCoupon && v["tiers"] == "" }),
		stepsField().when(func(k engine.Kind, _ kit.Values) bool { return inSteps(k) }).errorsOf("coupon.tiers"),
		listField("", "methods", func(o *engine.Offer) *[]string { return &o.Method }).of(deliveryKinds...),
		countField("", "points.points", func(o *engine.Offer) *int64 { return &o.Points.Points }).of(engine.KindPoints).from("1"),
		moneyField("", "points.per_minor", func(o *engine.Offer) *engine.Minor { return &o.Points.Per }).of(engine.KindPoints),
		codeField(),
	}
}

// byField says how a set's cut is given.
func byField() offerField {
	return offerField{
		name: fieldBy, kind: kit.Choice, begins: usualCut,
		fits:    func(k engine.Kind, _ kit.Values) bool { return isSet(k) },
		options: func(engine.Kind) []string { return []string{byFree, byPercent, byAmount, byPrice} },
		show: func(_ *Env, o *engine.Offer) string {
			switch {
			case o.Cut == engine.Cut{}:
				return ""
			case o.Cut == engine.Cut{Percent: 10000}:
				return byFree
			case o.Cut.By == engine.ByAmount:
				return byAmount
			case o.Cut.By == engine.ByPrice:
				return byPrice
			}
			return byPercent
		},
		set: func(_ *Env, o *engine.Offer, text string) error {
			if text == byFree {
				o.Cut = engine.Cut{Percent: 10000}
			}
			return nil
		},
	}
}

// usualCut is how the cut of a set is mostly given.
func usualCut(k engine.Kind) string {
	switch k {
	case engine.KindBundle, engine.KindAddOn:
		return byPrice
	case engine.KindNth:
		return byPercent
	}
	return byFree
}

func percentField() offerField {
	return offerField{
		name: "value_percent", kind: kit.Percent,
		begins: func(k engine.Kind) string {
			if k == engine.KindNth {
				return "50"
			}
			return ""
		},
		show: func(e *Env, o *engine.Offer) string {
			if o.Cut.Percent == 0 {
				return ""
			}
			return e.typedRate(o.Cut.Percent)
		},
		set: func(_ *Env, o *engine.Offer, text string) error {
			bp, ok := rate(text)
			if text == "" {
				return nil
			}
			if !ok || bp < 1 || bp > 10000 {
				return engine.BadInput(engine.CodeSettingBounds, "least", engine.BP(1), "most", engine.BP(10000))
			}
			o.Cut.Percent = bp
			return nil
		},
		echo: func(e *Env, text string) string {
			if bp, ok := rate(text); ok {
				return e.Format.Percent(bp)
			}
			return ""
		},
	}
}

// codeField is the code that customers give, folded as it is compared.
func codeField() offerField {
	return offerField{
		name: fieldCode, limit: engine.MaxOfferCode,
		show: func(_ *Env, o *engine.Offer) string { return o.Code },
		set: func(_ *Env, o *engine.Offer, text string) error {
			o.Code = engine.FoldOfferCode(text)
			if o.Code != "" && !engine.ValidOfferCode(o.Code) {
				return engine.BadInput(CodeOfferTyped, "text", text, "most", engine.MaxOfferCode)
			}
			return nil
		},
		echo: func(_ *Env, text string) string {
			if code := engine.FoldOfferCode(text); code != text {
				return code
			}
			return ""
		},
	}
}

func stepsField() offerField {
	return offerField{
		name: "tiers",
		show: func(e *Env, o *engine.Offer) string { return e.typedSteps(o.Tiers) },
		set: func(e *Env, o *engine.Offer, text string) (err error) {
			if o.Tiers, err = e.steps(text, o.Kind); len(o.Tiers) > 0 {
				o.Cut = engine.Cut{}
			}
			return err
		},
	}
}

// setFields say what makes a set, and which pieces of it get the benefit.
func setFields() []offerField {
	buys := []engine.Kind{engine.KindBuyGet, engine.KindAddOn}
	return []offerField{
		typedField("", "sets.groups", func(o *engine.Offer) *[]engine.Group { return &o.Sets.Groups }, (*Env).typedParts, (*Env).parts).of(engine.KindBundle),
		countField("", "sets.buy", func(o *engine.Offer) *int64 { return &o.Sets.Buy }).of(buys...).from("1"),
		countField("", "sets.get", func(o *engine.Offer) *int64 { return &o.Sets.Get }).of(buys...).from("1"),
		typedField("", "sets.of", func(o *engine.Offer) **engine.Goods { return &o.Sets.Of }, typedGoodsOrNone, goodsOrNone).of(buys...),
		flagField("", "sets.same_product", func(o *engine.Offer) *bool { return &o.Sets.Same }).of(engine.KindBuyGet, engine.KindNth),
		countField("", "sets.nth", func(o *engine.Offer) *int64 { return &o.Sets.Nth }).of(engine.KindNth).from("2"),
		flagField("", "sets.once", func(o *engine.Offer) *bool { return &o.Sets.Once }).of(setKinds...),
		countField("", "pick.units", func(o *engine.Offer) *int64 { return &o.Pick.Units }).
			of(engine.KindItemPercent, engine.KindItemEach, engine.KindItemAcross, engine.KindItemPrice),
		choiceField("", "pick.choice", func(o *engine.Offer) *engine.Choice { return &o.Pick.Choice }, engine.Cheapest, engine.Priciest).
			when(func(k engine.Kind, v kit.Values) bool {
				return isSet(k) || isOne(k, itemKinds...) && k != engine.KindItemLine && v["pick.units"] != ""
			}),
	}
}

func typedGoodsOrNone(e *Env, g *engine.Goods) string {
	if g == nil {
		return ""
	}
	return e.typedGoods(*g)
}

func goodsOrNone(e *Env, text string) (*engine.Goods, error) {
	if text == "" {
		return nil, nil
	}
	g, err := e.goods(text)
	return &g, err
}

func giftFields() []offerField {
	once := func(k engine.Kind, v kit.Values) bool {
		return k == engine.KindGift && v["gift.per_amount_minor"] == "" && v["gift.per_qty"] == ""
	}
	return []offerField{
		textField("", "gift.sku", engine.MaxSKU, func(o *engine.Offer) *string { return &o.Gift.SKU }).of(engine.KindGift),
		textField("", "gift.name", engine.MaxOfferLabel, func(o *engine.Offer) *string { return &o.Gift.Name }).of(engine.KindGift),
		countField("", "gift.qty", func(o *engine.Offer) *int64 { return &o.Gift.Units }).when(once).from("1"),
		moneyField("", "gift.value_minor", func(o *engine.Offer) *engine.Minor { return &o.Gift.Value }).of(engine.KindGift),
		moneyField("", "gift.per_amount_minor", func(o *engine.Offer) *engine.Minor { return &o.Gift.PerAmount }).of(engine.KindGift),
		countField("", "gift.per_qty", func(o *engine.Offer) *int64 { return &o.Gift.PerUnits }).of(engine.KindGift),
	}
}

// goodsFields say for which goods the benefit is.
func goodsFields() []offerField {
	target := func(o *engine.Offer) *engine.Goods { return &o.Target }
	out := []offerField{
		listField(secGoods, "target.category", func(o *engine.Offer) *[]string { return &target(o).Category }),
		listField(secGoods, "target.sku", func(o *engine.Offer) *[]string { return &target(o).SKU }),
		listField(secGoods, "target.brand", func(o *engine.Offer) *[]string { return &target(o).Brand }),
		listField(secGoods, "target.tag", func(o *engine.Offer) *[]string { return &target(o).Tag }),
		listField(secGoods, "target.not_category", func(o *engine.Offer) *[]string { return &target(o).NotCategory }),
		listField(secGoods, "target.not_sku", func(o *engine.Offer) *[]string { return &target(o).NotSKU }),
		listField(secGoods, "target.not_brand", func(o *engine.Offer) *[]string { return &target(o).NotBrand }),
		listField(secGoods, "target.not_tag", func(o *engine.Offer) *[]string { return &target(o).NotTag }),
		moneyField(secGoods, "target.unit_price_min_minor", func(o *engine.Offer) *engine.Minor { return &target(o).PriceMin }),
		moneyField(secGoods, "target.unit_price_max_minor", func(o *engine.Offer) *engine.Minor { return &target(o).PriceMax }),
		flagField(secGoods, "target.only_undiscounted_lines", func(o *engine.Offer) *bool { return &target(o).Undiscounted }),
	}
	return out
}

// sectionFits tells whether a section has a meaning for a kind.
func sectionFits(section string, k engine.Kind) bool {
	if section == secGoods {
		return isOne(k, itemKinds...) || isOne(k, orderKinds...) || isOne(k, creditKinds...) ||
			isOne(k, engine.KindBuyGet, engine.KindNth, engine.KindAddOn, engine.KindGift)
	}
	return true
}
