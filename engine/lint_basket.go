package engine

import (
	"slices"
	"strconv"
)

// part is so many units of a product in a basket of Lint's; of what is weighed,
// so many lines of one WeightUnit.
type part struct {
	product int
	units   int64
}

const mostWeighed = 50 // lines of one weighed product

// lintBasket is what an offer wants, built around one product.
type lintBasket struct {
	shelf *shelf
	main  int
	parts []part
}

func (b *lintBasket) add(product int, units int64) {
	for i := range b.parts {
		if b.parts[i].product == product {
			b.parts[i].units += units
			return
		}
	}
	b.parts = append(b.parts, part{product, units})
}

func (b *lintBasket) count(g Goods) (amount Minor, units int64, products []int) {
	for _, p := range b.parts {
		if b.shelf.fits(g, p.product) {
			amount += b.shelf.products[p.product].Price * Minor(min(p.units, MaxUnits))
			units += p.units
			products = append(products, p.product)
		}
	}
	return amount, units, products
}

// filler is what more of some goods is bought of: the main product if it is one
// of them. ok is false if the catalogue has none.
func (b *lintBasket) filler(g Goods) (product int, ok bool) {
	if b.shelf.fits(g, b.main) {
		return b.main, true
	}
	product = b.shelf.partner(g)
	return product, product >= 0
}

// upTo adds to the goods of a filter until there is an amount and a number of
// units of them.
func (b *lintBasket) upTo(g Goods, amount Minor, units int64) bool {
	if amount == 0 && units == 0 {
		return true
	}
	has, n, _ := b.count(g)
	if has >= amount && n >= units {
		return true
	}
	product, ok := b.filler(g)
	if !ok {
		return false
	}
	price := b.shelf.products[product].Price
	b.add(product, max(0, units-n, int64((amount-has+price-1)/price)))
	return true
}

// basketFor builds the least basket around a product with which an offer may
// apply to it; ok is false if the product has no part in what the offer gives,
// or the catalogue lacks what it wants.
func (s *shelf) basketFor(o *Offer, product int) (b lintBasket, ok bool) {
	b = lintBasket{shelf: s, main: product}
	switch o.Kind {
	case KindBundle:
		ok = b.bundle(o.Sets.Groups)
	case KindBuyGet, KindAddOn:
		ok = b.buyGet(o)
	case KindNth:
		b.add(product, o.Sets.Nth)
		ok = s.fits(o.Target, product)
	case KindGift:
		b.add(product, 1)
		ok = b.upTo(o.Target, o.Gift.PerAmount, o.Gift.PerUnits)
	default:
		b.add(product, max(1, o.Pick.Units))
		ok = s.fits(o.Target, product) && b.steps(o)
	}
	return b, ok && b.threshold(&o.When) && b.upTo(Goods{}, o.Rebate.MinSale, 0)
}

// steps buys up to the last step of a stepped offer.
func (b *lintBasket) steps(o *Offer) bool {
	if len(o.Tiers) == 0 {
		return true
	}
	last := o.Tiers[len(o.Tiers)-1]
	return b.upTo(o.Target, last.Amount, last.Units)
}

// bundle fills each group with the main product if it fits, otherwise with the
// cheapest that does.
func (b *lintBasket) bundle(groups []Group) bool {
	used := false
	for _, g := range groups {
		product, ok := b.filler(g.Of)
		if !ok {
			return false
		}
		used = used || product == b.main
		b.add(product, g.Units)
	}
	return used
}

func (b *lintBasket) buyGet(o *Offer) bool {
	of := o.Target
	if o.Sets.Of != nil {
		of = *o.Sets.Of
	}
	if !b.shelf.fits(o.Target, b.main) && !b.shelf.fits(of, b.main) {
		return false
	}
	bought, some := b.filler(o.Target)
	given, others := b.filler(of)
	if !some || !others {
		return false
	}
	b.add(bought, o.Sets.Buy)
	b.add(given, o.Sets.Get)
	return true
}

// threshold buys what the conditions of an offer ask for; of alternatives the
// first.
func (b *lintBasket) threshold(t *Threshold) bool {
	if t.asksGoods() && !b.goods(t) {
		return false
	}
	for i := range t.All {
		if !b.threshold(&t.All[i]) {
			return false
		}
	}
	return len(t.Any) == 0 || b.threshold(&t.Any[0])
}

func (b *lintBasket) goods(t *Threshold) bool {
	for {
		_, _, products := b.count(t.Of)
		if len(products) >= t.Products {
			break
		}
		other := b.shelf.partner(t.Of, products...)
		if other < 0 {
			return false
		}
		b.add(other, 1)
	}
	if t.LineUnits > 0 {
		product, ok := b.filler(t.Of)
		if !ok {
			return false
		}
		for _, p := range b.parts {
			if p.product == product {
				b.add(product, max(0, t.LineUnits-p.units))
				return b.upTo(t.Of, t.MinAmount, t.MinUnits)
			}
		}
		b.add(product, t.LineUnits)
	}
	return b.upTo(t.Of, t.MinAmount, t.MinUnits)
}

// times gives the basket with more of the main product.
func (b lintBasket) times(units int64) lintBasket {
	b.parts = slices.Clone(b.parts)
	b.add(b.main, units)
	return b
}

// key is the same for baskets of the same things.
func (b *lintBasket) key() string {
	slices.SortFunc(b.parts, func(x, y part) int { return x.product - y.product })
	var key []byte
	for _, p := range b.parts {
		key = append(strconv.AppendInt(key, int64(p.product), 36), ' ')
		key = append(strconv.AppendInt(key, p.units, 36), ' ')
	}
	return string(key)
}

// units is how many of a product the basket has.
func (b *lintBasket) units(product int) int64 {
	for _, p := range b.parts {
		if p.product == product {
			return p.units
		}
	}
	return 0
}

// lines writes the basket as lines; ok is false if it is too large to be sold.
// of gives the product of each line.
func (b *lintBasket) lines() (lines []Line, of []int, ok bool) {
	for _, p := range b.parts {
		product := b.shelf.products[p.product]
		count, each := int64(1), p.units*WeightUnit
		if product.Weighed {
			count, each = min(p.units, mostWeighed), WeightUnit
		}
		for range count {
			line, err := Found{Product: product}.Line(each)
			if err != nil {
				return nil, nil, false
			}
			lines, of = append(lines, line), append(of, p.product)
		}
	}
	return lines, of, len(lines) <= MaxLines
}
