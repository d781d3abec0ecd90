package engine

import (
	"cmp"
	"math/bits"
	"slices"
)

// shelf is the catalogue as Lint looks at it: the products that are sold, by
// sku, and which of them pass which filter.
type shelf struct {
	words    vocabulary
	products []Product
	read     []lineWords
	cheapest []int // of the products, by rising price
	known    map[string]bits64
	skus     map[string]Product // the whole catalogue, by folded sku
}

// newShelf reads the catalogue; the offers are asked which words matter.
func newShelf(products []Product, offers []Offer) shelf {
	s := shelf{
		words: vocabulary{sku: words{}, category: words{}, brand: words{}, tag: words{}},
		known: map[string]bits64{}, skus: map[string]Product{},
	}
	for i := range offers {
		for _, part := range goodsOf(&offers[i]) {
			s.words.filter(part.goods)
		}
	}
	for _, p := range products {
		s.skus[foldText(p.SKU)] = p
		if p.Active && p.Price > 0 {
			s.products = append(s.products, p)
		}
	}
	slices.SortFunc(s.products, func(a, b Product) int { return cmp.Compare(a.SKU, b.SKU) })
	for i, p := range s.products {
		w, _, _ := s.words.read(&Line{SKU: p.SKU, Category: p.Category, Brand: p.Brand, Tags: p.Tags}, nil, nil)
		s.read = append(s.read, w)
		s.cheapest = append(s.cheapest, i)
	}
	slices.SortStableFunc(s.cheapest, func(a, b int) int { return cmp.Compare(s.products[a].Price, s.products[b].Price) })
	return s
}

// goodsPart is a filter of an offer and its place in the JSON form.
type goodsPart struct {
	goods Goods
	field string
}

// goodsOf gives every filter of an offer that has to fit something. Those under
// any_of come too, with an empty field: another may do for them.
func goodsOf(o *Offer) []goodsPart {
	parts := []goodsPart{{o.Target, "target"}}
	if o.Sets.Of != nil {
		parts = append(parts, goodsPart{*o.Sets.Of, "sets.of"})
	}
	for _, g := range o.Sets.Groups {
		parts = append(parts, goodsPart{g.Of, "sets.groups"})
	}
	return thresholdGoods(parts, &o.When, "threshold")
}

func thresholdGoods(parts []goodsPart, t *Threshold, field string) []goodsPart {
	at := field
	if !t.asksGoods() {
		at = ""
	}
	parts = append(parts, goodsPart{t.Of, at})
	for i := range t.All {
		parts = thresholdGoods(parts, &t.All[i], field)
	}
	for i := range t.Any {
		parts = thresholdGoods(parts, &t.Any[i], "")
	}
	return parts
}

// asksGoods tells whether the threshold itself asks for some of its goods.
func (t *Threshold) asksGoods() bool {
	return t.MinAmount > 0 || t.MinUnits > 0 || t.LineUnits > 0 || t.Products > 0
}

// fitting gives the products that pass a filter. What was already discounted
// is not looked at.
func (s *shelf) fitting(g Goods) bits64 {
	g.Undiscounted = false
	key := goodsKey(g)
	if set, ok := s.known[key]; ok {
		return set
	}
	set := make(bits64, words64(len(s.products)))
	f := s.words.filter(g)
	for i := range s.products {
		if f.fits(&s.read[i], s.products[i].Price) {
			set.add(int32(i)) //nolint:gosec // products are few
		}
	}
	s.known[key] = set
	return set
}

func (s *shelf) fits(g Goods, product int) bool {
	return s.fitting(g).has(int32(product)) //nolint:gosec // products are few
}

// partner is the cheapest product that passes a filter and is none of some; -1
// if there is none.
func (s *shelf) partner(g Goods, not ...int) int {
	set := s.fitting(g)
	for _, i := range s.cheapest {
		if set.has(int32(i)) && !slices.Contains(not, i) { //nolint:gosec // products are few
			return i
		}
	}
	return -1
}

// some gives at most so many products of a set, spread over it.
func (s *shelf) some(set bits64, most int) (found []int) {
	total := 0
	for _, word := range set {
		total += bits.OnesCount64(word)
	}
	every, n := max(1, total/max(1, most)), 0
	for i := range s.products {
		if !set.has(int32(i)) { //nolint:gosec // products are few
			continue
		}
		if n%every == 0 && len(found) < most {
			found = append(found, i)
		}
		n++
	}
	return found
}
