package words

import (
	"time"

	"bounceback/engine"
)

// offerCase is one offer; testdata/offers.txt holds what it says.
type offerCase struct {
	name  string
	offer engine.Offer
}

func percent(rate engine.BP) engine.Cut { return engine.Cut{Percent: rate} }

func less(amount engine.Minor) engine.Cut { return engine.Cut{By: engine.ByAmount, Amount: amount} }

func priced(amount engine.Minor) engine.Cut { return engine.Cut{By: engine.ByPrice, Amount: amount} }

func category(paths ...string) engine.Goods { return engine.Goods{Category: paths} }

var (
	coffee = category("Drinks/Coffee")
	tea    = category("Drinks/Tea")
	week   = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
)

// itemCases are item prices and discounts.
var itemCases = []offerCase{
	{name: "percent off everything", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(2000)}},
	{name: "half price of a category", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(5000), Target: coffee}},
	{name: "free", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(10000), Target: engine.Goods{SKU: []string{"MUG-1"}}}},
	{name: "percent with decimals", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1250), Target: category("Drinks/Coffee", "Drinks/Tea")}},
	{name: "amount off each", offer: engine.Offer{Kind: engine.KindItemEach, Cut: less(500), Target: coffee}},
	{name: "amount off each of anything", offer: engine.Offer{Kind: engine.KindItemEach, Cut: less(500)}},
	{name: "amount off each of two", offer: engine.Offer{Kind: engine.KindItemEach, Cut: less(500), Target: coffee, Pick: engine.Pick{Units: 2}}},
	{name: "amount off each line", offer: engine.Offer{Kind: engine.KindItemLine, Cut: less(300), Target: coffee}},
	{name: "amount off across", offer: engine.Offer{Kind: engine.KindItemAcross, Cut: less(1000), Target: coffee}},
	{name: "fixed price", offer: engine.Offer{Kind: engine.KindItemPrice, Cut: engine.Cut{Amount: 990}, Target: coffee}},
	{name: "cheapest piece free", offer: engine.Offer{
		Kind: engine.KindItemPercent, Cut: percent(10000), Target: coffee, Pick: engine.Pick{Units: 1},
		When: engine.Threshold{Of: coffee, MinUnits: 3},
	}},
	{name: "priciest pieces", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(3000), Pick: engine.Pick{Choice: engine.Priciest, Units: 2}}},
	{name: "steps by number", offer: engine.Offer{Kind: engine.KindItemPercent, Target: coffee, Tiers: []engine.Tier{
		{Units: 2, Cut: percent(500)}, {Units: 5, Cut: percent(1000)}, {Units: 10, Cut: percent(5000)},
	}}},
	{name: "price steps", offer: engine.Offer{Kind: engine.KindItemPrice, Target: coffee, Tiers: []engine.Tier{
		{Units: 1, Cut: engine.Cut{Amount: 1000}}, {Units: 6, Cut: engine.Cut{Amount: 850}},
	}}},
	{name: "flash sale", offer: engine.Offer{
		Kind: engine.KindItemPercent, Cut: percent(4000), Target: engine.Goods{Tag: []string{"summer"}},
		When:   engine.Threshold{From: engine.DayOf(2026, 11, 20), Until: engine.DayOf(2026, 11, 20), Times: []engine.Hours{{From: 600, To: 720}}},
		Limits: engine.Limits{Units: 50},
	}},
	{name: "percent of the first price", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1000), Stack: engine.Stacking{Base: engine.BaseInitial}}},
}

// goodsCases are filters.
var goodsCases = []offerCase{
	{name: "brand and tag", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1000), Target: engine.Goods{
		Category: []string{"Drinks/Coffee"}, Brand: []string{"Acme", "Bom Dia"}, Tag: []string{"organic"},
	}}},
	{name: "except", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1000), Target: engine.Goods{
		NotCategory: []string{"Tobacco"}, NotBrand: []string{"Acme"}, NotTag: []string{"new"}, NotSKU: []string{"MUG-1"},
	}}},
	{name: "price range, not yet discounted", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1000), Target: engine.Goods{
		Category: []string{"Drinks/Coffee"}, PriceMin: 500, PriceMax: 2000, Undiscounted: true,
	}}},
	{name: "price from", offer: engine.Offer{Kind: engine.KindItemEach, Cut: less(100), Target: engine.Goods{PriceMin: 1000}}},
	{name: "same last part", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1000), Target: category("Drinks/Coffee", "Gifts/Coffee", "Food/Bread")}},
	{name: "many products", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1000), Target: engine.Goods{
		SKU: []string{"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"},
	}}},
	{name: "products in a category", offer: engine.Offer{Kind: engine.KindItemPercent, Cut: percent(1000), Target: engine.Goods{
		SKU: []string{"A1", "A2"}, Category: []string{"Drinks"},
	}}},
}

// setCases are bundles and what is bought to get something.
var setCases = []offerCase{
	{name: "bundle price", offer: engine.Offer{Kind: engine.KindBundle, Cut: priced(1000), Sets: engine.Sets{Groups: []engine.Group{
		{Of: coffee, Units: 1}, {Of: tea, Units: 2},
	}}}},
	{name: "any three", offer: engine.Offer{Kind: engine.KindBundle, Cut: priced(1000), Sets: engine.Sets{Groups: []engine.Group{{Of: coffee, Units: 3}}}}},
	{name: "bundle percent once", offer: engine.Offer{Kind: engine.KindBundle, Cut: percent(1500), Sets: engine.Sets{
		Once: true, Groups: []engine.Group{{Of: coffee, Units: 1}, {Of: tea, Units: 1}},
	}}},
	{name: "three for two", offer: engine.Offer{Kind: engine.KindBuyGet, Target: coffee, Cut: percent(10000), Sets: engine.Sets{Buy: 2, Get: 1}}},
	{name: "buy one of anything get one", offer: engine.Offer{Kind: engine.KindBuyGet, Cut: percent(10000), Sets: engine.Sets{Buy: 1, Get: 1, Same: true}}},
	{name: "buy and get another", offer: engine.Offer{
		Kind: engine.KindBuyGet, Target: coffee, Cut: percent(5000), Sets: engine.Sets{Buy: 2, Get: 1, Of: &tea}, Caps: engine.Caps{Times: 2},
	}},
	{name: "buy and get at a price", offer: engine.Offer{Kind: engine.KindBuyGet, Target: coffee, Cut: priced(200), Sets: engine.Sets{Buy: 1, Get: 2, Of: &tea, Once: true}}},
	{name: "buy and get priciest cheaper", offer: engine.Offer{
		Kind: engine.KindBuyGet, Target: coffee, Cut: less(300), Sets: engine.Sets{Buy: 3, Get: 1}, Pick: engine.Pick{Choice: engine.Priciest},
	}},
	{name: "second piece half price", offer: engine.Offer{
		Kind: engine.KindNth, Target: coffee, Cut: percent(5000), Sets: engine.Sets{Nth: 2},
		When:   engine.Threshold{Of: coffee, MinAmount: 10000, Weekdays: week, Times: []engine.Hours{{From: 840, To: 1020}}},
		Limits: engine.Limits{PerCustomer: 3},
	}},
	{name: "third piece once", offer: engine.Offer{Kind: engine.KindNth, Cut: percent(3000), Sets: engine.Sets{Nth: 3, Once: true}}},
	{name: "second of the same product", offer: engine.Offer{Kind: engine.KindNth, Target: coffee, Cut: less(200), Sets: engine.Sets{Nth: 2, Same: true}}},
	{name: "add-on", offer: engine.Offer{Kind: engine.KindAddOn, Target: coffee, Cut: priced(250), Sets: engine.Sets{Buy: 1, Get: 1, Of: &engine.Goods{SKU: []string{"SUGAR"}}}}},
	{name: "gift", offer: engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Name: "mug", Units: 1}, When: engine.Threshold{MinAmount: 10000}}},
	{name: "gifts", offer: engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "MUG-1", Units: 2}, When: engine.Threshold{MinUnits: 6}}},
	{name: "gift for each step", offer: engine.Offer{Kind: engine.KindGift, Target: coffee, Gift: engine.Gift{Name: "mug", PerAmount: 5000}, Caps: engine.Caps{Units: 3}}},
	{name: "gift for each pieces", offer: engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{Name: "mug", PerUnits: 4}}},
}

// orderCases are discounts of the whole, of delivery, and credit.
var orderCases = []offerCase{
	{name: "order percent", offer: engine.Offer{Kind: engine.KindOrderPercent, Cut: percent(1000), When: engine.Threshold{MinAmount: 5000}}},
	{name: "order percent of a group, capped", offer: engine.Offer{
		Kind: engine.KindOrderPercent, Cut: percent(1000), Target: tea, Caps: engine.Caps{Discount: 2000}, Stack: engine.Stacking{Exclusive: true},
	}},
	{name: "order amount", offer: engine.Offer{
		Kind: engine.KindOrderFixed, Cut: less(1000), When: engine.Threshold{MinAmount: 5000, MaxAmount: 9999, Basis: engine.BasisRunning},
		Stack: engine.Stacking{Group: "spring"},
	}},
	{name: "order price", offer: engine.Offer{Kind: engine.KindOrderPrice, Cut: engine.Cut{Amount: 5000}, Target: coffee}},
	{name: "order steps", offer: engine.Offer{Kind: engine.KindOrderPercent, Tiers: []engine.Tier{
		{Amount: 5000, Cut: percent(500)}, {Amount: 10000, Cut: percent(1000)},
	}}},
	{name: "free delivery", offer: engine.Offer{Kind: engine.KindDeliveryFree, When: engine.Threshold{MinAmount: 8000}}},
	{name: "free delivery by", offer: engine.Offer{Kind: engine.KindDeliveryFree, Method: []string{"courier", "post"}}},
	{name: "delivery at half price", offer: engine.Offer{Kind: engine.KindDeliveryPercent, Cut: percent(5000)}},
	{name: "delivery cheaper", offer: engine.Offer{Kind: engine.KindDeliveryFixed, Cut: less(300), Method: []string{"courier"}}},
	{name: "code discount", offer: engine.Offer{
		Kind: engine.KindCreditPercent, Code: "SPRING", Cut: percent(1500),
		Limits: engine.Limits{Total: 100, PerDay: 1, Budget: 50000},
	}},
	{name: "code amount of a group", offer: engine.Offer{Kind: engine.KindCreditFixed, Code: "TEN", Cut: less(1000), Target: coffee}},
	{name: "next coupon", offer: engine.Offer{Rebate: engine.Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45, MinSale: 5000}}},
	{name: "next coupon with a face", offer: engine.Offer{
		Kind: engine.KindNextCoupon, Cut: less(1000), Rebate: engine.Terms{MaxDiscount: 10000, Lifetime: 30, ValidAfter: 2},
		Limits: engine.Limits{Coupons: 200},
	}},
	{name: "next coupon in steps", offer: engine.Offer{
		Kind: engine.KindNextCoupon, Rebate: engine.Terms{Cashback: 500, Lifetime: 30, MaxDiscount: 10000},
		Tiers:  []engine.Tier{{Amount: 5000, Cut: percent(1000)}, {Amount: 10000, Cut: percent(2000)}},
		Limits: engine.Limits{Coupons: 1, ByRedeemed: true},
	}},
	{name: "points", offer: engine.Offer{Kind: engine.KindPoints, Points: engine.PointsRate{Points: 2, Per: 1000}}},
}

// whenCases are thresholds.
var whenCases = []offerCase{
	when("dates", engine.Threshold{From: engine.DayOf(2026, 11, 20), Until: engine.DayOf(2026, 11, 30)}),
	when("from a date, single days", engine.Threshold{From: engine.DayOf(2026, 11, 20), Weekdays: []time.Weekday{time.Wednesday, time.Monday, time.Saturday}}),
	when("until, over the weekend", engine.Threshold{Until: engine.DayOf(2026, 11, 20), Weekdays: []time.Weekday{time.Sunday, time.Saturday, time.Monday}}),
	when("two days", engine.Threshold{Weekdays: []time.Weekday{time.Sunday, time.Saturday}}),
	when("every day", engine.Threshold{Weekdays: append([]time.Weekday{time.Sunday, time.Saturday}, week...), Times: []engine.Hours{{From: 1320, To: 120}, {From: 0, To: 1440}}}),
	when("channel and payment", engine.Threshold{Channels: []string{"web", "phone"}, Payments: []string{"pix"}}),
	when("places", engine.Threshold{Registers: []string{"Till 1", "Till 2"}, Branches: []string{"Centro"}}),
	when("source and ad", engine.Threshold{Sources: []string{"Instagram"}, Ads: []string{"spring-1"}}),
	when("known customer", engine.Threshold{Customer: true}),
	when("group and tier", engine.Threshold{Customer: true, Groups: []string{"staff", "friends"}, Tiers: []string{"gold"}}),
	when("first sale", engine.Threshold{NthSale: []int{1}}),
	when("nth sales", engine.Threshold{NthSale: []int{2, 3, 12, 21}}),
	when("every fifth", engine.Threshold{EveryNth: 5}),
	when("back soon", engine.Threshold{DaysMax: 10}),
	when("away long", engine.Threshold{DaysMin: 30}),
	when("away between", engine.Threshold{DaysMin: 30, DaysMax: 60}),
	when("birthday and new", engine.Threshold{Birthday: true, NewSince: engine.DayOf(2026, 11, 1)}),
	when("expression", engine.Threshold{Expression: `customer.sales > 3 and "tea" in tags`}),
	when("numbers", engine.Threshold{Of: coffee, MinUnits: 2, MaxUnits: 5, LineUnits: 2, Products: 2}),
	when("at most", engine.Threshold{MaxAmount: 5000, MaxUnits: 3}),
	when("exactly", engine.Threshold{MinUnits: 1, MaxUnits: 1}),
	when("net paid", engine.Threshold{MinAmount: 5000, Basis: engine.BasisNet, Of: engine.Goods{Brand: []string{"Acme"}}}),
	when("all of", engine.Threshold{MinAmount: 5000, All: []engine.Threshold{{Of: coffee, MinUnits: 2}, {Of: tea, MinUnits: 1, Payments: []string{"pix"}}}}),
	when("any of", engine.Threshold{Any: []engine.Threshold{{MinAmount: 5000}, {Of: coffee, MinUnits: 2}, {Groups: []string{"staff"}}}}),
	when("any of, beside others", engine.Threshold{MinAmount: 5000, Any: []engine.Threshold{{Of: coffee, MinUnits: 2}, {Of: tea, MinUnits: 1, Payments: []string{"pix"}}}}),
	when("one alternative", engine.Threshold{Any: []engine.Threshold{{MinAmount: 5000}}}),
	when("one alternative, beside others", engine.Threshold{MinAmount: 5000, Any: []engine.Threshold{{Of: coffee, MinUnits: 2}}}),
	when("an alternative that asks nothing", engine.Threshold{Any: []engine.Threshold{{MinAmount: 5000}, {}}}),
}

func when(name string, th engine.Threshold) offerCase {
	return offerCase{name: name, offer: engine.Offer{Kind: engine.KindOrderFixed, Cut: less(500), When: th}}
}
