package words

import (
	"slices"
	"strings"

	"bounceback/engine"
)

// mostNames is how many names a list spells out before it counts the others.
const mostNames = 6

// teller writes about one offer. It knows which of the offer's categories
// share the last part of their path, and so need all of it.
type teller struct {
	f     *Format
	paths map[string]string // a category's path by its last part, folded; empty if several share it
	names []string          // of products, which stand as the shop writes them
}

// Naming gives a format that writes products by name in sentences about
// offers, instead of by sku. name gives "" for a sku it does not know.
func (f *Format) Naming(name func(sku string) string) *Format {
	with := *f
	with.product = name
	return &with
}

func (f *Format) teller(o engine.Offer) *teller {
	t := &teller{f: f, paths: map[string]string{}}
	t.learn(o.Target)
	if o.Sets.Of != nil {
		t.learn(*o.Sets.Of)
	}
	for _, g := range o.Sets.Groups {
		t.learn(g.Of)
	}
	t.learnFrom(o.When)
	return t
}

func (t *teller) learnFrom(th engine.Threshold) {
	t.learn(th.Of)
	for _, nested := range slices.Concat(th.All, th.Any) {
		t.learnFrom(nested)
	}
}

// learn takes down the names of a filter.
func (t *teller) learn(g engine.Goods) {
	for _, path := range slices.Concat(g.Category, g.NotCategory) {
		last := strings.ToLower(lastPart(path))
		if known, seen := t.paths[last]; seen && !strings.EqualFold(known, path) {
			path = ""
		}
		t.paths[last] = path
	}
	t.names = append(t.names, t.skus(g.SKU)...)
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func (t *teller) say(key string, args ...any) string { return t.f.w.T(key, args...) }

func (t *teller) count(key string, n int64, args ...any) string {
	whole := int(n)
	return t.f.w.N(key, whole, append(args, "n", t.f.Count(whole))...)
}

// all writes a filter as a noun that means all it lets through, any as one of
// which any piece will do; both are empty for the one that means everything.
func (t *teller) all(g engine.Goods) string { return t.goods(g, "offer.list.and") }

func (t *teller) any(g engine.Goods) string { return t.goods(g, "offer.list.or") }

// goods writes a filter as a noun; conj is the key that joins its names.
func (t *teller) goods(g engine.Goods, conj string) string {
	if everything(g) {
		return ""
	}
	noun := ""
	categories := t.list(t.categories(g.Category), conj)
	switch {
	case len(g.SKU) == 0 && len(g.Category) == 0:
		noun = t.say("offer.goods.any")
	case len(g.SKU) == 0:
		noun = categories
	case len(g.Category) == 0:
		noun = t.list(t.skus(g.SKU), conj)
	default:
		noun = t.say("offer.goods.in", "goods", t.list(t.skus(g.SKU), conj), "category", categories)
	}
	if len(g.Brand) > 0 {
		noun = t.say("offer.goods.by", "goods", noun, "brand", t.list(tidied(g.Brand), "offer.list.or"))
	}
	if len(g.Tag) > 0 {
		noun = t.say("offer.goods.tagged", "goods", noun, "tag", t.list(tidied(g.Tag), "offer.list.or"))
	}
	noun = t.priced(noun, g)
	if others := t.excluded(g); len(others) > 0 {
		noun = t.say("offer.goods.except", "goods", noun, "others", t.list(others, "offer.list.and"))
	}
	if g.Undiscounted {
		noun = t.say("offer.goods.undiscounted", "goods", noun)
	}
	return noun
}

func (t *teller) priced(noun string, g engine.Goods) string {
	least, most := t.f.Amount(g.PriceMin), t.f.Amount(g.PriceMax)
	switch {
	case g.PriceMin != 0 && g.PriceMax != 0:
		return t.say("offer.goods.price", "goods", noun, "least", least, "most", most)
	case g.PriceMin != 0:
		return t.say("offer.goods.price_from", "goods", noun, "least", least)
	case g.PriceMax != 0:
		return t.say("offer.goods.price_to", "goods", noun, "most", most)
	}
	return noun
}

// excluded are the names of what a filter leaves out.
func (t *teller) excluded(g engine.Goods) []string {
	names := slices.Concat(t.categories(g.NotCategory), t.skus(g.NotSKU))
	for _, b := range tidied(g.NotBrand) {
		names = append(names, t.say("offer.goods.brand", "brand", b))
	}
	for _, tag := range tidied(g.NotTag) {
		names = append(names, t.say("offer.goods.tag", "tag", tag))
	}
	return names
}

// everything tells whether a filter lets all goods through.
func everything(g engine.Goods) bool {
	return len(g.SKU)+len(g.Category)+len(g.Brand)+len(g.Tag)+
		len(g.NotSKU)+len(g.NotCategory)+len(g.NotBrand)+len(g.NotTag) == 0 &&
		g.PriceMin == 0 && g.PriceMax == 0 && !g.Undiscounted
}

// named tells whether a filter is written as bare names, so that a number may
// stand in front of them.
func named(g engine.Goods) bool {
	names := len(g.SKU) + len(g.Category)
	g.SKU, g.Category = nil, nil
	return names == 1 && everything(g)
}

func (t *teller) skus(skus []string) []string {
	names := make([]string, 0, len(skus))
	for _, sku := range skus {
		name := ""
		if t.f.product != nil {
			name = t.f.product(sku)
		}
		if name == "" {
			name = sku
		}
		names = append(names, tidyName(name))
	}
	return names
}

func (t *teller) categories(paths []string) []string {
	names := make([]string, 0, len(paths))
	for _, path := range paths {
		if last := lastPart(path); last != "" && t.paths[strings.ToLower(last)] != "" {
			path = last
		}
		names = append(names, tidyName(path))
	}
	return names
}

// list joins names as a sentence does; key is that of the last joint.
func (t *teller) list(names []string, key string) string {
	if len(names) > mostNames {
		others := int64(len(names) - mostNames + 1)
		return t.count("offer.list.others", others, "first", t.commas(names[:mostNames-1]))
	}
	if len(names) < 2 {
		return t.commas(names)
	}
	last := len(names) - 1
	return t.say(key, "first", t.commas(names[:last]), "last", names[last])
}

func (t *teller) commas(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	text := parts[0]
	for _, next := range parts[1:] {
		text = t.say("offer.list.comma", "first", text, "next", next)
	}
	return text
}

// tidyName writes a name with single spaces.
func tidyName(name string) string { return strings.Join(strings.Fields(name), " ") }

func tidied(names []string) []string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, tidyName(n))
	}
	return out
}
