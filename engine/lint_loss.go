package engine

import (
	"cmp"
	"fmt"
	"slices"
)

// manyUnits is how many of a product are sold beside what its offer wants.
const manyUnits = 100

// lintSale is one basket as all offers together leave it.
type lintSale struct {
	basket  lintBasket
	when    moment
	result  Result
	lines   []Line
	of      []int // product of each line
	taken   []int // campaigns that took part, by what they took off
	net     Minor // of the lines with a known cost
	cost    Minor // of these, and of gifts
	lossBP  Minor // of the cost
	holding bool  // the main product is at its floor
}

// combination is campaigns that together sell products below cost, or down to
// their floor.
type combination struct {
	code  LintCode
	worst lintSale
	more  int
	ends  []int // of them, each of which alone ends it if it is left out
}

// losses judges the price of each product in the worst sale of it.
func (l *linter) losses() {
	found := map[string]*combination{}
	for p := range l.shelf.products {
		product := &l.shelf.products[p]
		if product.NoDiscount || product.Cost == 0 && product.Floor == 0 {
			continue
		}
		if l.report.Products == MaxLintProducts || l.work <= 0 {
			l.report.Cut = true
			break
		}
		l.report.Products++
		l.judge(p, found)
	}
	l.tell(found)
}

// judge looks for the sale of a product with the greatest loss, and for one in
// which its floor holds.
func (l *linter) judge(p int, found map[string]*combination) {
	var loss, floor *lintSale
	for _, s := range l.sales(p) {
		if s.lossBP > 0 && (loss == nil || s.lossBP > loss.lossBP) {
			loss = &s
		}
		if s.holding && floor == nil {
			floor = &s
		}
	}
	switch {
	case loss != nil:
		join(found, LintLoss, *loss)
	case floor != nil && l.held(*floor):
		join(found, LintFloor, *floor)
	}
}

// join adds a sale to those of the same campaigns, keeping the worst.
func join(found map[string]*combination, code LintCode, s lintSale) {
	sorted := slices.Sorted(slices.Values(s.taken))
	key := string(code) + fmt.Sprint(sorted)
	c := found[key]
	if c == nil {
		found[key] = &combination{code: code, worst: s}
		return
	}
	c.more++
	if s.lossBP > c.worst.lossBP {
		c.worst = s
	}
}

// sales prices the baskets of a product: alone, and as each offer wants it, in
// the moments that suit.
func (l *linter) sales(p int) []lintSale {
	var sales []lintSale
	seen := map[string]bool{}
	look := func(m moment, b lintBasket) {
		key := m.key + b.key()
		if seen[key] {
			return
		}
		seen[key] = true
		if s, ok := l.sell(m, b); ok {
			sales = append(sales, s)
		}
	}
	alone := lintBasket{shelf: &l.shelf, main: p, parts: []part{{p, 1}}}
	for i := range l.offers {
		o := &l.offers[i]
		if phase := o.Kind.PhaseOf(); phase == PhaseRebate || phase == PhaseDelivery || !l.open[i] {
			continue
		}
		b, ok := l.shelf.basketFor(o, p)
		if !ok {
			continue
		}
		look(l.suited[i], alone)
		look(l.suited[i], b)
		if len(b.parts) > 1 && o.Kind.PhaseOf() == PhaseItem {
			look(l.suited[i], b.times(manyUnits))
		}
	}
	if len(l.coupons) > 0 {
		look(l.suited[l.coupons[0].campaign], alone)
	}
	return sales
}

// sell prices a basket and sets it against its cost; ok is false if nothing
// was taken off it.
func (l *linter) sell(m moment, b lintBasket) (s lintSale, ok bool) {
	s.basket, s.when = b, m
	if s.lines, s.of, ok = b.lines(); !ok {
		return s, false
	}
	if s.result, ok = l.evaluate(l.all, m, s.lines, nil); !ok || s.result.Discount == 0 && len(s.result.Gifts) == 0 {
		return s, false
	}
	l.setCost(&s)
	s.taken = l.takers(&s)
	s.holding = l.atFloor(&s)
	return s, true
}

// setCost sums what the basket brings and costs, over the products whose cost
// is known.
func (l *linter) setCost(s *lintSale) {
	if l.shelf.products[s.basket.main].Cost == 0 {
		return
	}
	for i, line := range s.lines {
		each := line
		each.Price = line.Cost
		if cost, err := each.Gross(); err == nil && cost > 0 {
			s.net, s.cost = s.net+s.result.Lines[i].Net, s.cost+cost
		}
	}
	for _, g := range s.result.Gifts {
		if p, known := l.shelf.skus[foldText(g.SKU)]; known && !p.Weighed {
			s.cost += p.Cost * Minor(g.Units)
		}
	}
	if s.net < s.cost {
		s.lossBP, _ = Share(s.cost-s.net, wholeBP, s.cost, Up) // of at most the whole
	}
}

// takers are the campaigns that took something off, the greatest amount first.
func (l *linter) takers(s *lintSale) []int {
	type taker struct {
		campaign int
		amount   Minor
	}
	var all []taker
	for _, a := range s.result.Applied {
		if i, ok := l.byID[a.OfferID]; ok && (a.Amount > 0 || a.Kind == KindGift) {
			all = append(all, taker{i, a.Amount})
		}
	}
	if c := s.result.Coupon; c != nil {
		if best := l.couponFor(s.result.Gross); best >= 0 {
			all = append(all, taker{l.coupons[best].campaign, c.Amount})
		}
	}
	slices.SortStableFunc(all, func(a, b taker) int { return cmp.Compare(b.amount, a.amount) })
	taken := make([]int, 0, len(all))
	for _, t := range all {
		if !slices.Contains(taken, t.campaign) {
			taken = append(taken, t.campaign)
		}
	}
	return taken
}

// atFloor tells whether a unit of the main product was brought down to its
// floor.
func (l *linter) atFloor(s *lintSale) bool {
	for i, line := range s.lines {
		if s.of[i] != s.basket.main || line.Floor == 0 {
			continue
		}
		each, err := line.Each()
		if err != nil {
			continue
		}
		floor := line
		floor.Price = line.Floor
		least, err := floor.Each()
		for _, run := range s.result.Lines[i].Runs {
			if err == nil && run.Off > 0 && each-run.Off <= least {
				return true
			}
		}
	}
	return false
}

// held tells whether the main product would sell for less without its floor.
func (l *linter) held(s lintSale) bool {
	lines := slices.Clone(s.lines)
	for i := range lines {
		lines[i].Floor = 0
	}
	r, ok := l.evaluate(l.all, s.when, lines, nil)
	return ok && r.Net < s.result.Net
}
