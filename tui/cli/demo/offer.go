package demo

import (
	"time"

	"bounceback/engine"
)

// coffeeCode is the code of one of the shop's offers.
const coffeeCode = "CAFE10"

// offer starts what the shop offers beside its coupons: one of several kinds.
func (b *builder) offer() error {
	for _, o := range offers() {
		c := engine.Campaign{Title: o.Title, State: engine.CampaignActive, Terms: b.store.Settings.StandardTerms(), Promo: o}
		if err := b.start(c); err != nil {
			return err
		}
	}
	return nil
}

func offers() []engine.Offer {
	coffee := engine.Goods{Category: []string{"Café/Grãos"}}
	weekdays := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	half := engine.Cut{By: engine.ByPercent, Percent: 5000}
	return []engine.Offer{
		{
			Title: "Segundo café pela metade", Kind: engine.KindNth, Target: coffee, Sets: engine.Sets{Nth: 2}, Cut: half,
			Caps: engine.Caps{Times: 3},
		},
		{
			Title: "Tarde quente", Kind: engine.KindItemPercent, Target: engine.Goods{Category: []string{"Bebidas/Quentes"}},
			Cut:  engine.Cut{By: engine.ByPercent, Percent: 2000},
			When: engine.Threshold{Weekdays: weekdays, Times: []engine.Hours{{From: 14 * 60, To: 17 * 60}}},
		},
		{
			Title: "Café da manhã", Kind: engine.KindBundle, Cut: engine.Cut{By: engine.ByPrice, Amount: 1690},
			Sets: engine.Sets{Groups: []engine.Group{
				{Of: engine.Goods{SKU: []string{"CAPP", "LAT"}}, Units: 1}, {Of: engine.Goods{SKU: []string{"PQ"}}, Units: 1},
			}},
		},
		{
			Title: "Caneca de presente", Kind: engine.KindGift,
			When: engine.Threshold{Of: engine.Goods{Category: []string{"Café"}}, MinAmount: 12_000},
			Gift: engine.Gift{SKU: mug, Name: "Caneca Aurora", Units: 1, Value: 3990},
		},
		{
			Title: "Entrega grátis", Kind: engine.KindDeliveryFree, Method: []string{courier}, When: engine.Threshold{MinAmount: 8000},
		},
		{
			Title: "Dez no café", Kind: engine.KindCreditPercent, Code: coffeeCode, Cut: engine.Cut{By: engine.ByPercent, Percent: 1000},
			Caps: engine.Caps{Discount: 2000}, Limits: engine.Limits{PerCustomer: 2},
		},
	}
}
