package engine

import (
	"slices"
	"testing"
)

func TestUnknownGoods(t *testing.T) {
	products := lintShop().Products
	for _, c := range []struct {
		name  string
		offer Offer
		want  []string
	}{
		{"everything", Offer{}, nil},
		{"known", Offer{Target: Goods{Category: []string{"drinks", "Drinks/Tea"}, SKU: []string{"esp"}}}, nil},
		{"a category", Offer{Target: Goods{Category: []string{"Drinks/Tea", "XX", "Drinks/T"}}}, []string{"XX", "Drinks/T"}},
		{"a sku that is no longer sold", Offer{Target: Goods{SKU: []string{"OLD", "TEA"}}}, []string{"OLD"}},
		{"a category as a brand", Offer{Target: Goods{Brand: []string{"Drinks"}, Tag: []string{"Drinks"}}}, []string{"Drinks"}},
		{"what is left out", Offer{Target: Goods{NotSKU: []string{"N1"}, NotCategory: []string{"N2"}, NotBrand: []string{"N3"}, NotTag: []string{"N4"}}}, []string{"N2", "N1", "N3", "N4"}},
		{"sets", Offer{Sets: Sets{Of: &Goods{SKU: []string{"S1"}}, Groups: []Group{{lintTea, 1}, {lintCategory("S2"), 1}}}}, []string{"S1", "S2"}},
		{"thresholds", Offer{When: Threshold{Of: lintCategory("W1"), Any: []Threshold{{Of: lintCategory("W2")}}}}, []string{"W1", "W2"}},
		{"a gift", Offer{Gift: Gift{SKU: "CUP"}}, []string{"CUP"}},
		{"a gift that is sold", Offer{Gift: Gift{SKU: "mug"}}, nil},
	} {
		if got := UnknownGoods(c.offer, products); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := UnknownGoods(c.offer, nil); got != nil {
			t.Errorf("%s without a catalogue: %q", c.name, got)
		}
	}
}
