package engine

import "slices"

// UnknownGoods lists what the filters of an offer, and its gift, name that no
// product of a catalogue has as its sku, category, brand or tag: each once, in
// the offer's order. Nothing is unknown to a shop without a catalogue.
func UnknownGoods(o Offer, products []Product) []string {
	type named struct {
		text string
		only Goods
	}
	var all []named
	each := func(texts []string, goods func([]string) Goods) {
		for _, text := range texts {
			all = append(all, named{text, goods([]string{text})})
		}
	}
	for _, part := range goodsOf(&o) {
		g := part.goods
		each(slices.Concat(g.Category, g.NotCategory), func(one []string) Goods { return Goods{Category: one} })
		each(slices.Concat(g.SKU, g.NotSKU), func(one []string) Goods { return Goods{SKU: one} })
		each(slices.Concat(g.Brand, g.NotBrand), func(one []string) Goods { return Goods{Brand: one} })
		each(slices.Concat(g.Tag, g.NotTag), func(one []string) Goods { return Goods{Tag: one} })
	}
	if o.Gift.SKU != "" {
		each([]string{o.Gift.SKU}, func(one []string) Goods { return Goods{SKU: one} })
	}
	if len(all) == 0 || len(products) == 0 {
		return nil
	}
	offers := make([]Offer, len(all))
	for i := range all {
		offers[i].Target = all[i].only
	}
	s := newShelf(products, offers)
	var unknown []string
	for _, n := range all {
		if len(s.some(s.fitting(n.only), 1)) == 0 && !slices.Contains(unknown, n.text) {
			unknown = append(unknown, n.text)
		}
	}
	return unknown
}
