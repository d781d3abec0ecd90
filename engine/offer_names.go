package engine

import "slices"

// SKUs are the products that an offer names one by one, folded, each once: of
// its goods, its sets, its thresholds and its gift.
func (o Offer) SKUs() []string {
	out := slices.Concat(o.Target.skus(), o.When.skus())
	if o.Sets.Of != nil {
		out = append(out, o.Sets.Of.skus()...)
	}
	for _, g := range o.Sets.Groups {
		out = append(out, g.Of.skus()...)
	}
	if o.Gift.SKU != "" {
		out = append(out, o.Gift.SKU)
	}
	for i, sku := range out {
		out[i] = FoldSKU(sku)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (g Goods) skus() []string { return slices.Concat(g.SKU, g.NotSKU) }

func (t Threshold) skus() []string {
	out := t.Of.skus()
	for _, nested := range slices.Concat(t.All, t.Any) {
		out = append(out, nested.skus()...)
	}
	return out
}
