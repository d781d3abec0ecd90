package engine

import (
	"cmp"
	"slices"
)

// tell writes a note of each campaign to be changed first, the greatest loss
// first. Fourteen campaigns make dozens of combinations, and to change one
// campaign ends many of them.
func (l *linter) tell(found map[string]*combination) {
	all := make([]*combination, 0, len(found))
	for _, key := range sortedKeys(found) {
		if c := found[key]; len(c.worst.taken) > 0 && l.about(c.worst.taken...) {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b *combination) int {
		return cmp.Or(-cmp.Compare(a.code, b.code), cmp.Compare(b.worst.lossBP, a.worst.lossBP))
	})
	for _, g := range l.grouped(all) {
		l.note(g.campaign, l.lossNote(g))
	}
}

func sortedKeys(found map[string]*combination) []string {
	keys := make([]string, 0, len(found))
	for key := range found {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// lossGroup is the combinations that the change of one campaign ends.
type lossGroup struct {
	campaign int
	worst    *combination
	more     int // products beside that of the worst
}

// grouped puts each combination under the campaign that ends most of them, in
// the order of the worst of each group.
func (l *linter) grouped(all []*combination) []lossGroup {
	ended := map[LintCode]map[int]int{LintLoss: {}, LintFloor: {}} // products by campaign
	for _, c := range all {
		c.ends = l.enders(c)
		for _, i := range c.ends {
			ended[c.code][i] += 1 + c.more
		}
	}
	var groups []lossGroup
	for _, c := range all {
		first := slices.MaxFunc(c.ends, func(a, b int) int { return cmp.Compare(ended[c.code][a], ended[c.code][b]) })
		at := slices.IndexFunc(groups, func(g lossGroup) bool { return g.campaign == first && g.worst.code == c.code })
		if at < 0 {
			groups = append(groups, lossGroup{first, c, c.more})
			continue
		}
		groups[at].more += 1 + c.more
	}
	return groups
}

// enders are the campaigns each of which, left out, ends a combination; the one
// that takes most if none does by itself. Of a draft's combinations it is the
// draft: the others are in force already.
func (l *linter) enders(c *combination) []int {
	taken := c.worst.taken
	if l.draft >= 0 {
		return []int{l.draft}
	}
	if len(taken) == 1 {
		return taken
	}
	var ends []int
	for _, i := range taken {
		if l.endsWithout(c, i) {
			ends = append(ends, i)
		}
	}
	if len(ends) == 0 {
		return taken[:1]
	}
	return ends
}

// endsWithout prices the worst sale of a combination without a campaign, and
// without a coupon of it.
func (l *linter) endsWithout(c *combination, campaign int) bool {
	others, err := Prepare(slices.Concat(l.offers[:campaign], l.offers[campaign+1:]))
	if err != nil {
		return false
	}
	coupons := l.coupons
	l.coupons = slices.DeleteFunc(slices.Clone(coupons), func(c lintCoupon) bool { return c.campaign == campaign })
	defer func() { l.coupons = coupons }()
	s := lintSale{basket: c.worst.basket, when: c.worst.when, lines: c.worst.lines, of: c.worst.of}
	var ok bool
	if s.result, ok = l.evaluate(others, s.when, s.lines, nil); !ok {
		return false
	}
	if c.code == LintFloor {
		return !l.atFloor(&s)
	}
	l.setCost(&s)
	return s.lossBP == 0
}

func (l *linter) lossNote(g lossGroup) LintNote {
	c := g.worst
	s := &c.worst
	p := &l.shelf.products[s.basket.main]
	n := LintNote{Code: c.code, SKU: p.SKU, Product: p.Name, Units: s.basket.units(s.basket.main), More: g.more}
	for _, i := range s.taken {
		n.With = append(n.With, l.campaigns[i].Title)
	}
	if c.code == LintFloor {
		n.Amount = p.Floor
		return n
	}
	n.Amount, n.Cost = s.net, s.cost
	for _, other := range s.basket.parts {
		if other.product != s.basket.main {
			n.Beside = append(n.Beside, l.shelf.products[other.product].Name)
		}
	}
	return n
}
