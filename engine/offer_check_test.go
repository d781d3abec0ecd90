package engine

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// goodOffers is an offer of each kind that Check lets pass.
func goodOffers() map[Kind]Offer {
	half := Cut{Percent: 5000}
	off := Cut{By: ByAmount, Amount: 500}
	price := Cut{By: ByPrice, Amount: 900}
	coffee := Goods{Category: []string{"Drinks/Coffee"}}
	offers := []Offer{
		{Kind: KindItemPercent, Cut: half, Target: coffee, Pick: Pick{Units: 1}},
		{Kind: KindItemEach, Cut: off},
		{Kind: KindItemLine, Cut: off},
		{Kind: KindItemAcross, Cut: off},
		{Kind: KindItemPrice, Cut: price},
		{Kind: KindBundle, Cut: price, Sets: Sets{Groups: []Group{{Of: coffee, Units: 2}, {Units: 1}}}},
		{Kind: KindBuyGet, Cut: Cut{Percent: wholeBP}, Sets: Sets{Buy: 2, Get: 1, Same: true}},
		{Kind: KindNth, Cut: half, Sets: Sets{Nth: 2}},
		{Kind: KindAddOn, Cut: price, Target: coffee, Sets: Sets{Buy: 1, Get: 1, Of: &Goods{SKU: []string{"MUG"}}}},
		{Kind: KindGift, Gift: Gift{SKU: "MUG", Units: 1}},
		{Kind: KindOrderPercent, Tiers: []Tier{{Amount: 1000, Cut: half}, {Amount: 2000, Cut: Cut{Percent: 6000}}}},
		{Kind: KindOrderFixed, Cut: off},
		{Kind: KindOrderPrice, Cut: Cut{By: ByPrice}},
		{Kind: KindDeliveryFree, Method: []string{"post"}},
		{Kind: KindDeliveryPercent, Cut: half},
		{Kind: KindDeliveryFixed, Cut: off},
		{Kind: KindCreditPercent, Cut: half, Code: "A-1_Z"},
		{Kind: KindCreditFixed, Cut: off},
		{Kind: KindNextCoupon, Rebate: goodCampaign().Terms, Limits: Limits{Coupons: 100, ByRedeemed: true}},
		{Kind: KindPoints, Points: PointsRate{Points: 1, Per: 100}},
	}
	out := map[Kind]Offer{}
	for _, o := range offers {
		out[o.Kind] = o
	}
	return out
}

func TestOfferCheckPasses(t *testing.T) {
	good := goodOffers()
	for kind := range kindUses {
		o, ok := good[kind]
		if !ok {
			t.Errorf("no offer of kind %s", kind)
			continue
		}
		if err := o.Check(); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	plain := Offer{Rebate: goodCampaign().Terms, Cut: Cut{By: ByAmount, Amount: 500}}
	if err := plain.Check(); err != nil {
		t.Errorf("a coupon with a fixed face: %v", err)
	}
}

// Each kind refuses what the others need.
func TestOfferCheckRefusesForeignParts(t *testing.T) {
	for kind, o := range goodOffers() {
		for other, from := range goodOffers() {
			mixed := o
			switch {
			case from.Sets.Groups != nil:
				mixed.Sets.Groups = from.Sets.Groups
			case from.Sets.Nth != 0:
				mixed.Sets.Nth = from.Sets.Nth
			case from.Sets.Of != nil:
				mixed.Sets.Of = from.Sets.Of
			case from.Gift != Gift{}:
				mixed.Gift = from.Gift
			case from.Points != PointsRate{}:
				mixed.Points = from.Points
			case from.Method != nil:
				mixed.Method = from.Method
			default:
				continue
			}
			fits := kind == other || other == KindDeliveryFree && kind.PhaseOf() == PhaseDelivery || other == KindAddOn && kind == KindBuyGet
			if err := mixed.Check(); (err == nil) != fits && kind != KindBuyGet {
				t.Errorf("%s with what %s has: %v", kind, other, err)
			}
		}
	}
}

func TestOfferCheckRefuses(t *testing.T) {
	many := func(n int) []string { return slices.Repeat([]string{"a"}, n) }
	nest := func(depth int) (t Threshold) {
		for range depth - 1 {
			t = Threshold{All: []Threshold{t}}
		}
		return t
	}
	type c struct {
		kind   Kind
		change func(*Offer)
		code   Code
		field  string
	}
	for name, c := range map[string]c{
		"unknown kind":         {KindNth, func(o *Offer) { o.Kind = "gratis" }, CodeOfferChoice, "kind"},
		"no cut":               {KindItemPercent, func(o *Offer) { o.Cut = Cut{} }, CodeOfferNeeds, "value_percent"},
		"no amount":            {KindOrderFixed, func(o *Offer) { o.Cut = Cut{} }, CodeOfferNeeds, "value_minor"},
		"101 %":                {KindItemPercent, func(o *Offer) { o.Cut.Percent = wholeBP + 1 }, CodeOfferRange, "value_percent"},
		"negative rate":        {KindItemPercent, func(o *Offer) { o.Cut.Percent = -1 }, CodeOfferRange, "value_percent"},
		"negative amount":      {KindOrderFixed, func(o *Offer) { o.Cut.Amount = -1 }, CodeOfferRange, "value_minor"},
		"amount too large":     {KindOrderFixed, func(o *Offer) { o.Cut.Amount = MaxAmount + 1 }, CodeOfferRange, "value_minor"},
		"negative price":       {KindBundle, func(o *Offer) { o.Cut.Amount = -1 }, CodeOfferRange, "value_minor"},
		"two cuts":             {KindItemPercent, func(o *Offer) { o.Cut.Amount = 5 }, CodeOfferClash, "value_minor"},
		"amount for a rate":    {KindItemPercent, func(o *Offer) { o.Cut = Cut{By: ByAmount, Amount: 5} }, CodeOfferNotFor, "value_minor"},
		"a cut without use":    {KindDeliveryFree, func(o *Offer) { o.Cut.Percent = 5 }, CodeOfferNotFor, "value_percent"},
		"rate of a coupon":     {KindNextCoupon, func(o *Offer) { o.Cut.Percent = 5 }, CodeOfferNotFor, "value_percent"},
		"bad terms":            {KindNextCoupon, func(o *Offer) { o.Rebate.Lifetime = 1 }, CodeCampaignLifetime, "coupon"},
		"cut and tiers":        {KindOrderPercent, func(o *Offer) { o.Cut.Percent = 5 }, CodeOfferClash, "tiers"},
		"tiers without use":    {KindNth, func(o *Offer) { o.Tiers = goodOffers()[KindOrderPercent].Tiers }, CodeOfferNotFor, "tiers"},
		"tiers fall":           {KindOrderPercent, func(o *Offer) { o.Tiers[1].Amount = 1000 }, CodeOfferOrder, "tiers[1].from_minor"},
		"tiers mixed":          {KindOrderPercent, func(o *Offer) { o.Tiers[1].Units = 5 }, CodeOfferClash, "tiers[0].from_minor"},
		"tier's rate":          {KindOrderPercent, func(o *Offer) { o.Tiers[1].Cut.Percent = 10001 }, CodeOfferRange, "tiers[1].value_percent"},
		"too many tiers":       {KindOrderPercent, func(o *Offer) { o.Tiers = make([]Tier, MaxOfferTiers+1) }, CodeOfferMany, "tiers"},
		"coupon tier's price":  {KindNextCoupon, func(o *Offer) { o.Tiers = []Tier{{Cut: Cut{By: ByPrice}}} }, CodeOfferNotFor, "coupon.tiers[0].face_minor"},
		"code":                 {KindCreditFixed, func(o *Offer) { o.Code = "ação" }, CodeOfferLetters, "code"},
		"long code":            {KindCreditFixed, func(o *Offer) { o.Code = strings.Repeat("A", MaxOfferCode+1) }, CodeOfferLetters, "code"},
		"title":                {KindCreditFixed, func(o *Offer) { o.Title = "a\x1b[2J" }, CodeOfferText, "title"},
		"blank sku":            {KindItemEach, func(o *Offer) { o.Target.SKU = []string{"a", " "} }, CodeOfferText, "target.sku[1]"},
		"long sku":             {KindItemEach, func(o *Offer) { o.Target.SKU = []string{strings.Repeat("ã", MaxOfferLabel+1)} }, CodeOfferText, "target.sku[0]"},
		"too many skus":        {KindItemEach, func(o *Offer) { o.Target.NotSKU = many(MaxOfferList + 1) }, CodeOfferMany, "target.not_sku"},
		"all excluded":         {KindItemEach, func(o *Offer) { o.Target = Goods{Tag: []string{"x"}, NotTag: []string{"y", "X"}} }, CodeOfferClash, "target.not_tag"},
		"prices":               {KindItemEach, func(o *Offer) { o.Target.PriceMin, o.Target.PriceMax = 2, 1 }, CodeOfferOrder, "target.unit_price_max_minor"},
		"target without use":   {KindBundle, func(o *Offer) { o.Target.SKU = []string{"a"} }, CodeOfferNotFor, "target"},
		"pick":                 {KindItemEach, func(o *Offer) { o.Pick.Choice = "best" }, CodeOfferChoice, "pick.choice"},
		"pick without use":     {KindNth, func(o *Offer) { o.Pick.Units = 1 }, CodeOfferNotFor, "pick.units"},
		"no groups":            {KindBundle, func(o *Offer) { o.Sets.Groups = nil }, CodeOfferNeeds, "sets.groups"},
		"group of none":        {KindBundle, func(o *Offer) { o.Sets.Groups[1].Units = 0 }, CodeOfferRange, "sets.groups[1].qty"},
		"buy none":             {KindBuyGet, func(o *Offer) { o.Sets.Buy = 0 }, CodeOfferRange, "sets.buy"},
		"get too many":         {KindBuyGet, func(o *Offer) { o.Sets.Get = MaxSetUnits + 1 }, CodeOfferRange, "sets.get"},
		"add what":             {KindAddOn, func(o *Offer) { o.Sets.Of = nil }, CodeOfferNeeds, "sets.of"},
		"of what is the same":  {KindBuyGet, func(o *Offer) { o.Sets.Of = &Goods{} }, CodeOfferClash, "sets.same_product"},
		"given goods":          {KindAddOn, func(o *Offer) { o.Sets.Of.SKU[0] = "" }, CodeOfferText, "sets.of.sku[0]"},
		"every first":          {KindNth, func(o *Offer) { o.Sets.Nth = 1 }, CodeOfferRange, "sets.nth"},
		"once":                 {KindItemEach, func(o *Offer) { o.Sets.Once = true }, CodeOfferNotFor, "sets.once"},
		"gift of nothing":      {KindGift, func(o *Offer) { o.Gift.SKU = "" }, CodeOfferNeeds, "gift.sku"},
		"gift of none":         {KindGift, func(o *Offer) { o.Gift.Units = 0 }, CodeOfferRange, "gift.qty"},
		"gift by both":         {KindGift, func(o *Offer) { o.Gift.Units, o.Gift.PerUnits, o.Gift.PerAmount = 0, 1, 1 }, CodeOfferClash, "gift.per_qty"},
		"gift once and per":    {KindGift, func(o *Offer) { o.Gift.PerAmount = 1 }, CodeOfferClash, "gift.qty"},
		"points for nothing":   {KindPoints, func(o *Offer) { o.Points.Per = 0 }, CodeOfferRange, "points.per_minor"},
		"no points":            {KindPoints, func(o *Offer) { o.Points.Points = 0 }, CodeOfferRange, "points.points"},
		"cap":                  {KindItemEach, func(o *Offer) { o.Caps.Discount = -1 }, CodeOfferRange, "max_discount_minor"},
		"cap of units":         {KindOrderFixed, func(o *Offer) { o.Caps.Units = 1 }, CodeOfferNotFor, "max_qty"},
		"cap of times":         {KindItemEach, func(o *Offer) { o.Caps.Times = 1 }, CodeOfferNotFor, "max_times"},
		"cap of points":        {KindPoints, func(o *Offer) { o.Caps.Discount = 1 }, CodeOfferNotFor, "max_discount_minor"},
		"limit":                {KindItemEach, func(o *Offer) { o.Limits.Total = -1 }, CodeOfferRange, "limits.total"},
		"budget":               {KindItemEach, func(o *Offer) { o.Limits.Budget = MaxAmount + 1 }, CodeOfferRange, "limits.budget_minor"},
		"coupons of a rate":    {KindItemEach, func(o *Offer) { o.Limits.Coupons = 1 }, CodeOfferNotFor, "limits.coupons"},
		"redeemed of none":     {KindItemEach, func(o *Offer) { o.Limits.ByRedeemed = true }, CodeOfferNotFor, "limits.coupons_by"},
		"priority":             {KindItemEach, func(o *Offer) { o.Stack.Priority = -MaxLimit - 1 }, CodeOfferRange, "stacking.priority"},
		"stacking group":       {KindItemEach, func(o *Offer) { o.Stack.Group = " " }, CodeOfferText, "stacking.group"},
		"base":                 {KindItemEach, func(o *Offer) { o.Stack.Base = "net" }, CodeOfferChoice, "stacking.base"},
		"basis":                {KindItemEach, func(o *Offer) { o.When.Basis = "net" }, CodeOfferChoice, "threshold.basis"},
		"basis not yet known":  {KindItemEach, func(o *Offer) { o.When.Any = []Threshold{{Basis: BasisNet}} }, CodeOfferNotFor, "threshold.any_of[0].basis"},
		"amounts":              {KindItemEach, func(o *Offer) { o.When.MinAmount, o.When.MaxAmount = 2, 1 }, CodeOfferOrder, "threshold.max_amount_minor"},
		"quantities":           {KindItemEach, func(o *Offer) { o.When.MinUnits, o.When.MaxUnits = 2, 1 }, CodeOfferOrder, "threshold.max_qty"},
		"line quantity":        {KindItemEach, func(o *Offer) { o.When.LineUnits, o.When.MaxUnits = 2, 1 }, CodeOfferOrder, "threshold.max_qty"},
		"products":             {KindItemEach, func(o *Offer) { o.When.Products = -1 }, CodeOfferRange, "threshold.min_products"},
		"dates":                {KindItemEach, func(o *Offer) { o.When.From, o.When.Until = 20001, 20000 }, CodeOfferOrder, "threshold.until"},
		"weekday":              {KindItemEach, func(o *Offer) { o.When.Weekdays = []time.Weekday{7} }, CodeOfferRange, "threshold.weekdays[0]"},
		"hours":                {KindItemEach, func(o *Offer) { o.When.Times = []Hours{{0, 1440}, {1440, 0}} }, CodeOfferRange, "threshold.times[1]"},
		"no time":              {KindItemEach, func(o *Offer) { o.When.Times = []Hours{{60, 60}} }, CodeOfferClash, "threshold.times[0]"},
		"channel":              {KindItemEach, func(o *Offer) { o.When.Channels = []string{"\a"} }, CodeOfferText, "threshold.channel[0]"},
		"sale number 0":        {KindItemEach, func(o *Offer) { o.When.NthSale = []int{0} }, CodeOfferRange, "threshold.customer_nth_order"},
		"never that sale":      {KindItemEach, func(o *Offer) { o.When.NthSale, o.When.EveryNth = []int{3}, 2 }, CodeOfferClash, "threshold.customer_every_nth"},
		"first sale and since": {KindItemEach, func(o *Offer) { o.When.NthSale, o.When.DaysMin = []int{1}, 5 }, CodeOfferClash, "threshold.days_since_last_min"},
		"days":                 {KindItemEach, func(o *Offer) { o.When.DaysMin, o.When.DaysMax = 5, 4 }, CodeOfferOrder, "threshold.days_since_last_max"},
		"rule":                 {KindItemEach, func(o *Offer) { o.When.All = []Threshold{{Expression: "foo"}} }, CodeRuleName, "threshold.all_of[0].expression"},
		"too deep":             {KindItemEach, func(o *Offer) { o.When = nest(MaxOfferDepth + 1) }, CodeOfferDeep, "threshold.all_of[0].all_of[0].all_of[0].all_of[0].all_of"},
		"too many conditions":  {KindItemEach, func(o *Offer) { o.When.Any = make([]Threshold, MaxOfferTiers+1) }, CodeOfferMany, "threshold.any_of"},
	} {
		t.Run(name, func(t *testing.T) {
			o := goodOffers()[c.kind]
			c.change(&o)
			err := o.Check()
			var got *Error
			if !errors.As(err, &got) || got.Code != c.code || got.Args["field"] != c.field || got.Class != Input {
				t.Errorf("%v, want %s of %s", err, c.code, c.field)
			}
		})
	}
	deepest := Offer{Kind: KindItemEach, Cut: Cut{By: ByAmount, Amount: 1}, When: nest(MaxOfferDepth)}
	if err := deepest.Check(); err != nil {
		t.Errorf("deepest: %v", err)
	}
}

func TestThresholdsAreBoundedInAll(t *testing.T) {
	wide := Threshold{Any: make([]Threshold, MaxOfferTiers)}
	all := Threshold{Any: slices.Repeat([]Threshold{wide}, 10)}
	if err := all.Check(); CodeOf(err) != CodeOfferMany {
		t.Fatalf("211 thresholds: %v", err)
	}
	all.Any = all.Any[:9]
	if err := all.Check(); err != nil {
		t.Fatalf("190 thresholds: %v", err)
	}
}

func TestCampaignChecksWhatItRuns(t *testing.T) {
	c := goodCampaign()
	c.Promo = goodOffers()[KindNth]
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	c.Promo.Sets.Nth = 1
	if err := c.Check(); CodeOf(err) != CodeOfferRange {
		t.Fatal(err)
	}
	c.Promo, c.OnReturn = Offer{}, "lose"
	if err := c.Check(); CodeOf(err) != CodeOfferChoice {
		t.Fatal(err)
	}
}
