package engine

import "slices"

// maxLintLeft is how many overlaps that are not told are counted with care.
const maxLintLeft = 200

// overlaps looks for offers of one kind that both apply to the same goods at
// the same time, though neither stands before the other, and for codes that
// two offers share.
func (l *linter) overlaps() {
	for i := range l.offers {
		for j := range i {
			if !l.about(i, j) || !l.open[i] || !l.open[j] {
				continue
			}
			a, b := &l.offers[j], &l.offers[i]
			switch {
			case a.Code != "" && FoldOfferCode(a.Code) == FoldOfferCode(b.Code):
				l.noteBy(i, j, LintNote{Code: LintSameCode, Text: b.Code})
			case sameStanding(a, b) && l.sameGoods(a, b) && (l.report.Left[LintSame] >= maxLintLeft || l.together(i, j)):
				l.noteBy(i, j, LintNote{Code: LintSame})
			}
		}
	}
}

// sameStanding tells whether two offers are of a kind that adds up, and
// nothing says which comes first or that only one applies.
func sameStanding(a, b *Offer) bool {
	if a.Kind != b.Kind || a.Kind == KindNextCoupon || a.Kind == KindPoints || a.Code != b.Code {
		return false
	}
	group := a.Stack.Group != "" && sameLabel(a.Stack.Group, b.Stack.Group)
	return !a.Stack.Exclusive && !b.Stack.Exclusive && !group &&
		a.Stack.Sequence == b.Stack.Sequence && a.Stack.Priority == b.Stack.Priority
}

// sameGoods tells whether what two offers are for meets: in the catalogue, or
// without one in what they say.
func (l *linter) sameGoods(a, b *Offer) bool {
	switch a.Kind.PhaseOf() {
	case PhaseDelivery:
		return len(a.Method) == 0 || len(b.Method) == 0 || len(inCommon(a.Method, b.Method, true)) > 0
	case PhaseOrder:
		if a.Kind == KindGift {
			return sameLabel(a.Gift.SKU, b.Gift.SKU)
		}
	default:
	}
	first, second := takenGoods(a), takenGoods(b)
	return slices.ContainsFunc(first, func(g Goods) bool {
		return slices.ContainsFunc(second, func(h Goods) bool { return l.meet(g, h) })
	})
}

// takenGoods are the goods that an offer takes something off.
func takenGoods(o *Offer) []Goods {
	if o.Kind == KindBundle {
		var all []Goods
		for _, g := range o.Sets.Groups {
			all = append(all, g.Of)
		}
		return all
	}
	if o.Sets.Of != nil {
		return []Goods{*o.Sets.Of}
	}
	return []Goods{o.Target}
}

func (l *linter) meet(g, h Goods) bool {
	if len(l.shelf.products) == 0 {
		return goodsKey(g) == goodsKey(h)
	}
	return l.shelf.fitting(g).meets(l.shelf.fitting(h))
}

// together tells whether one sale can meet the conditions of two offers.
func (l *linter) together(i, j int) bool {
	c := &l.campaigns[i]
	both := Threshold{From: c.StartsOn, Until: c.EndsOn, All: []Threshold{l.offers[i].When, l.offers[j].When}}
	found, _ := sceneOf(l.campaigns[j], l.in.Today).solve(&both, "")
	return len(found) > 0
}

// groups looks for stacking groups of one.
func (l *linter) groups() {
	members := map[string]int{}
	for i := range l.offers {
		members[foldText(l.offers[i].Stack.Group)]++
	}
	for i := range l.offers {
		if group := l.offers[i].Stack.Group; group != "" && members[foldText(group)] == 1 && l.about(i) {
			l.note(i, LintNote{Code: LintGroup, Text: group})
		}
	}
}

// hidden looks for next-sale coupons of which others take the sales: others
// that are earned by nothing but an amount.
func (l *linter) hidden() {
	for i := range l.offers {
		for j := range l.offers {
			if i == j || !l.about(i, j) || !l.open[i] || !byRate(&l.offers[i]) || !plainCoupon(&l.offers[j]) {
				continue
			}
			for _, h := range HiddenBy(l.campaigns[i], []Campaign{l.campaigns[j]}) {
				if h.Whole {
					l.noteBy(i, j, LintNote{Code: LintHidden})
				} else {
					l.noteBy(i, j, LintNote{Code: LintHiddenPart, From: h.From, To: h.To})
				}
			}
		}
	}
}

// byRate tells whether an offer is a coupon by a rate.
func byRate(o *Offer) bool {
	return o.Kind == KindNextCoupon && len(o.Tiers) == 0 && o.Cut == Cut{}
}

// plainCoupon tells whether an offer is a coupon by a rate, for anybody.
func plainCoupon(o *Offer) bool {
	return byRate(o) && o.Code == "" && o.Limits == Limits{} && emptyThreshold(&o.When)
}

func emptyThreshold(t *Threshold) bool {
	s := scene{}
	before := s.describe()
	found, _ := s.solve(t, "")
	return !t.asksGoods() && t.MaxAmount == 0 && t.MaxUnits == 0 && t.Expression == "" && !t.Customer && len(t.All) == 0 && len(t.Any) == 0 &&
		len(found) == 1 && found[0].describe() == before
}

// tried is what became of one offer in the baskets built for it.
type tried struct {
	alone   int // baskets in which it applies if it is the only one
	nothing int // in which alone it takes nothing
	wins    int // in which it applies among the others
	by      []int
	example int
}

const (
	triedProducts = 8
	triedMore     = 9 // times as much again
	winsWork      = 500_000
)

// wins looks for offers that take nothing off what they are for, and for those
// that others always push aside.
func (l *linter) wins() {
	l.work = winsWork
	l.moments()
	for i := range l.offers {
		o := &l.offers[i]
		if o.Kind.PhaseOf() == PhaseRebate || !l.open[i] || l.draft != -1 && l.draft != i && !l.rivals(i) {
			continue
		}
		t := l.try(i, l.suited[i])
		if t.alone > 0 && t.wins == 0 {
			t = l.tryOwn(i, t)
		}
		switch {
		case t.alone == 0 && t.nothing > 0 && l.about(i):
			p := &l.shelf.products[t.example]
			l.note(i, LintNote{Code: LintNothing, SKU: p.SKU, Product: p.Name})
		case t.alone > 0 && t.wins == 0 && len(t.by) > 0 && l.about(append(t.by, i)...):
			l.noteBy(i, mostOften(t.by), LintNote{Code: LintNeverWins})
		}
	}
	l.work = maxLintWork
}

// rivals tells whether the draft can push an offer aside.
func (l *linter) rivals(i int) bool {
	if l.draft < 0 {
		return false
	}
	a, b := &l.offers[i], &l.offers[l.draft]
	return a.Stack.Exclusive || b.Stack.Exclusive || a.Stack.Group != "" && sameLabel(a.Stack.Group, b.Stack.Group)
}

// mostOften is the number that is there most often, of equal ones the first.
func mostOften(numbers []int) int {
	count, best := map[int]int{}, numbers[0]
	for _, n := range numbers {
		count[n]++
	}
	for _, n := range numbers {
		if count[n] > count[best] {
			best = n
		}
	}
	return best
}

// tryOwn looks whether an offer wins where fewer others can be had.
func (l *linter) tryOwn(i int, t tried) tried {
	for _, m := range l.own(i) {
		if own := l.try(i, m); own.wins > 0 {
			return own
		}
	}
	return t
}

// try builds baskets for an offer and prices them in a moment, with it alone
// and with all.
func (l *linter) try(i int, m moment) (t tried) {
	o := &l.offers[i]
	alone, err := Prepare([]Offer{*o})
	if err != nil {
		return t
	}
	for _, goods := range takenGoods(o) {
		for _, p := range l.shelf.some(l.shelf.fitting(goods), triedProducts) {
			if b, ok := l.shelf.basketFor(o, p); ok {
				l.tryBasket(i, &t, alone, m, b)
				l.tryBasket(i, &t, alone, m, b.times(triedMore*b.units(p)))
			}
		}
	}
	return t
}

func (l *linter) tryBasket(i int, t *tried, alone *Prepared, m moment, b lintBasket) {
	lines, _, ok := b.lines()
	if !ok {
		return
	}
	o := &l.offers[i]
	r, ok := l.evaluate(alone, m, lines, l.charges(o))
	if !ok {
		return
	}
	if why := reasonOf(r, o.ID); why.Reason != "" {
		if why.Reason == ReasonNothing {
			if t.nothing++; t.nothing == 1 {
				t.example = b.main
			}
		}
		return
	}
	t.alone++
	if r, ok = l.evaluate(l.all, m, lines, l.charges(o)); !ok {
		t.wins++ // not known
		return
	}
	why := reasonOf(r, o.ID)
	by, known := l.byID[why.By]
	pushed := why.Reason == ReasonOutranked || why.Reason == ReasonExcluded || why.Reason == ReasonTaken
	if pushed && known {
		t.by = append(t.by, by)
		return
	}
	t.wins++ // or what keeps it is not another's doing
}

// charges are what an offer of the delivery can take something off.
func (l *linter) charges(o *Offer) []Charge {
	if o.Kind.PhaseOf() != PhaseDelivery {
		return nil
	}
	c := Charge{Method: "courier", Amount: 10 * WholeUnit(l.in.Store.Exponent)}
	if len(o.Method) > 0 {
		c.Method = o.Method[0]
	}
	return []Charge{c}
}

// reasonOf tells why an offer does not apply; the zero Rejected if it does.
func reasonOf(r Result, id ID) Rejected {
	for _, why := range r.Rejected {
		if why.OfferID == id {
			return why
		}
	}
	return Rejected{}
}
