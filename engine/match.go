package engine

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words numbers the texts that offers name, folded, so that comparing is
// comparing numbers.
type words map[string]int32

// number gives a text's number, a new one if it has none yet.
func (w words) number(text string) int32 {
	key := foldText(text)
	n, ok := w[key]
	if !ok {
		n = int32(len(w)) //nolint:gosec // far fewer texts than that
		w[key] = n
	}
	return n
}

func (w words) numbers(texts []string) []int32 {
	var out []int32
	for _, t := range texts {
		out = append(out, w.number(t))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// foldText is how texts are compared: without regard to case, and to space
// around them.
func foldText(s string) string { return string(appendFold(nil, s)) }

// appendFold appends the folded text to a buffer, so that looking it up in
// words costs no allocation.
func appendFold(to []byte, s string) []byte {
	for _, r := range strings.TrimSpace(s) {
		if r < utf8.RuneSelf {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			to = append(to, byte(r))
			continue
		}
		to = utf8.AppendRune(to, unicode.ToLower(r))
	}
	return to
}

// vocabulary is the words of all offers, by what they are words of.
type vocabulary struct{ sku, category, brand, tag words }

// lineWords are the words of one line that offers know: -1 and empty if they
// know none. The categories are those above it too.
type lineWords struct {
	sku, brand     int32
	category, tags []int32
}

// filter is Goods with its texts numbered; what was already discounted is
// looked at elsewhere, since it changes as offers are applied.
type filter struct {
	sku, category, brand, tag             []int32
	notSKU, notCategory, notBrand, notTag []int32
	least, most                           Minor
}

func (v *vocabulary) filter(g Goods) filter {
	return filter{
		sku: v.sku.numbers(g.SKU), category: v.category.numbers(g.Category), brand: v.brand.numbers(g.Brand), tag: v.tag.numbers(g.Tag),
		notSKU: v.sku.numbers(g.NotSKU), notCategory: v.category.numbers(g.NotCategory),
		notBrand: v.brand.numbers(g.NotBrand), notTag: v.tag.numbers(g.NotTag),
		least: g.PriceMin, most: g.PriceMax,
	}
}

// named tells whether the filter names something that a line must be: then the
// index finds it by that.
func (f *filter) named() bool { return len(f.sku)+len(f.category)+len(f.brand)+len(f.tag) > 0 }

// open tells whether the filter lets every line pass.
func (f *filter) open() bool {
	return !f.named() && len(f.notSKU)+len(f.notCategory)+len(f.notBrand)+len(f.notTag) == 0 && f.least == 0 && f.most == 0
}

// fits tells whether a line of a unit price passes.
func (f *filter) fits(w *lineWords, price Minor) bool {
	if price < f.least || f.most != 0 && price > f.most {
		return false
	}
	if len(f.sku) > 0 && !has(f.sku, w.sku) || len(f.brand) > 0 && !has(f.brand, w.brand) {
		return false
	}
	if len(f.category) > 0 && !meet(f.category, w.category) || len(f.tag) > 0 && !meet(f.tag, w.tags) {
		return false
	}
	return !has(f.notSKU, w.sku) && !has(f.notBrand, w.brand) && !meet(f.notCategory, w.category) && !meet(f.notTag, w.tags)
}

func has(sorted []int32, n int32) bool {
	if len(sorted) <= 8 {
		return slices.Contains(sorted, n)
	}
	_, ok := slices.BinarySearch(sorted, n)
	return ok
}

func meet(sorted, any []int32) bool {
	for _, n := range any {
		if has(sorted, n) {
			return true
		}
	}
	return false
}

// read looks up the words of a line. The numbers are appended to store, which
// is given back.
func (v *vocabulary) read(l *Line, buffer []byte, store []int32) (lineWords, []byte, []int32) {
	w := lineWords{sku: -1, brand: -1}
	w.sku, buffer = look(v.sku, l.SKU, buffer)
	w.brand, buffer = look(v.brand, l.Brand, buffer)
	start := len(store)
	if len(v.category) > 0 && l.Category != "" {
		buffer = appendFold(buffer[:0], l.Category)
		for i := range len(buffer) + 1 {
			if i == len(buffer) || buffer[i] == '/' {
				if n, ok := v.category[string(buffer[:i])]; ok {
					store = append(store, n)
				}
			}
		}
	}
	w.category = store[start:len(store):len(store)]
	start = len(store)
	for _, t := range l.Tags {
		var n int32
		if n, buffer = look(v.tag, t, buffer); n >= 0 {
			store = append(store, n)
		}
	}
	w.tags = store[start:len(store):len(store)]
	return w, buffer, store
}

func look(in words, text string, buffer []byte) (int32, []byte) {
	if text == "" || len(in) == 0 {
		return -1, buffer
	}
	buffer = appendFold(buffer[:0], text)
	if n, ok := in[string(buffer)]; ok {
		return n, buffer
	}
	return -1, buffer
}

// bits64 is a set of small numbers: of lines, or of offers.
type bits64 []uint64

func words64(n int) int { return (n + 63) / 64 }

func (b bits64) has(i int32) bool { return b[i>>6]>>(i&63)&1 == 1 }
func (b bits64) add(i int32)      { b[i>>6] |= 1 << (i & 63) }
func (b bits64) drop(i int32)     { b[i>>6] &^= 1 << (i & 63) }

// below counts the members under a number.
func (b bits64) below(i int32) (n int) {
	for _, word := range b[:i>>6] {
		n += bits.OnesCount64(word)
	}
	return n + bits.OnesCount64(b[i>>6]&(1<<(i&63)-1))
}

// meets tells whether two sets of equal size have something in common.
func (b bits64) meets(other bits64) bool {
	for i, w := range b {
		if w&other[i] != 0 {
			return true
		}
	}
	return false
}

// join adds the members of another set.
func (b bits64) join(other bits64) {
	for i, word := range other {
		b[i] |= word
	}
}

// without takes away the members of another set.
func (b bits64) without(other bits64) {
	for i, word := range other {
		b[i] &^= word
	}
}

// holds tells whether all members of another set are in it.
func (b bits64) holds(other bits64) bool {
	for i, word := range other {
		if word&^b[i] != 0 {
			return false
		}
	}
	return true
}

// count is how many members there are.
func (b bits64) count() (n int) {
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}
