package engine_test

import (
	"testing"

	"bounceback/engine"
)

// TestReturnGivesNoMoreThanLimitsLeftThen returns goods beside sugar of which
// only a part was sold at a lower price, or none: the part that was not stays
// dear when the sugar is priced anew.
func TestReturnGivesNoMoreThanLimitsLeftThen(t *testing.T) {
	sugar := engine.Line{SKU: "SUGAR", Name: "Sugar", Units: 3, Price: 8_90}
	coffee := engine.Line{SKU: "COFFEE", Name: "Coffee", Units: 1, Price: 20_00}
	cheap := engine.Offer{Kind: engine.KindItemPrice, Target: engine.Goods{SKU: []string{"SUGAR"}}, Cut: engine.Cut{By: engine.ByPrice, Amount: 6_90}}
	five := over(40_00, engine.Offer{Kind: engine.KindOrderFixed, Cut: engine.Cut{By: engine.ByAmount, Amount: 5_00}})
	second := engine.Offer{Kind: engine.KindNth, Target: cheap.Target, Sets: engine.Sets{Nth: 1}, Cut: engine.Cut{By: engine.ByAmount, Amount: 2_00}}
	for name, c := range map[string]struct {
		offer  engine.Offer
		limits engine.Limits
		used   engine.Usage
		net    engine.Minor // of the sale
		refund engine.Minor
	}{
		"no limit":        {cheap, engine.Limits{}, engine.Usage{}, 35_70, 15_00},
		"two units":       {cheap, engine.Limits{Units: 2}, engine.Usage{}, 37_70, 15_00},
		"two units left":  {cheap, engine.Limits{Units: 9}, engine.Usage{Units: 7}, 37_70, 15_00},
		"a budget":        {cheap, engine.Limits{Budget: 4_00}, engine.Usage{}, 37_70, 15_00},
		"used up":         {cheap, engine.Limits{Total: 5}, engine.Usage{Total: 5}, 41_70, 15_00},
		"sold out":        {cheap, engine.Limits{Units: 2}, engine.Usage{Units: 2}, 41_70, 15_00},
		"sets, two units": {second, engine.Limits{Units: 2}, engine.Usage{}, 37_70, 15_00},
	} {
		offers := []engine.Offer{offerNo(1, c.offer), offerNo(2, five)}
		offers[0].Limits = c.limits
		facts := engine.Facts{Usage: map[engine.ID]engine.Usage{offers[0].ID: c.used}}
		r := returning{sale: recorded(t, engine.Basket{Lines: []engine.Line{sugar, coffee}}, offers, facts), terms: policies(offers, engine.ReturnRecompute)}
		if r.sale.Net != c.net {
			t.Errorf("%s: sold for %d, want %d", name, r.sale.Net, c.net)
		}
		if p := r.take(t, engine.ReturnLine{No: 2, Units: 1}); p.Refund != c.refund {
			t.Errorf("%s: %+v; want a refund of %d", name, p.Preview, c.refund)
		}
	}
}
