package engine

import "math/bits"

// That one offer more never makes the customer pay more holds by itself where
// each offer leaves more of dearer goods than of cheaper ones, line by line.
// Some offers do not: "the two together for 10.00" leaves one of them dearer
// where the other was made cheaper before, and "the cheapest one free" is
// another one then. So what is applied before such an offer may cost the
// customer in the end, and is left out where that is better. Which offers these
// are is found here, going from the last one applied to the first.

// manner is how an offer changes the lines it is for.
type manner int8

const (
	mannerUnit   manner = iota // each unit by itself
	mannerLine                 // each line by itself
	mannerSpread               // an amount spread over its lines in proportion
	mannerWhole                // its lines together: what one costs depends on the others
	mannerChoose               // it chooses units by what they cost
)

// mannerOf gives how the offer changes lines, if no bound of units or amount
// makes it another way. Sets that take the same off equal units and choose them
// from one shelf leave no more of cheaper goods, though which unit is given
// may change.
func (r *ready) mannerOf() manner {
	switch {
	case r.Kind == KindBuyGet || r.Kind == KindNth:
		initial := r.Cut.By == ByPercent && r.Stack.Base == BaseInitial
		if r.of.filter == r.target.filter && !r.Sets.Same && !initial {
			return mannerWhole
		}
		return mannerChoose
	case r.phase == PhaseSet, r.Pick.Units > 0 && (r.phase == PhaseItem || r.phase == PhaseOrder || r.phase == PhaseCredit):
		return mannerChoose
	case r.Kind == KindOrderPrice:
		return mannerWhole
	case r.phase == PhaseOrder, r.phase == PhaseCredit, r.Kind == KindItemAcross:
		return mannerSpread
	case r.Kind == KindItemPercent, r.Kind == KindItemLine:
		return mannerLine
	}
	return mannerUnit
}

// looksAtOthers tells whether what the offer takes off depends on what others
// took off, other than by being a share of it.
func (r *ready) looksAtOthers() bool {
	fresh := r.target.fresh || r.of.fresh
	for _, g := range r.groups {
		fresh = fresh || g.fresh
	}
	stepped := len(r.Tiers) > 0 && (r.When.Basis == BasisRunning || r.When.Basis == BasisNet)
	return fresh || stepped || r.when.moving
}

// seat is an offer that may apply, as the others meet it, or the coupon.
type seat struct {
	n      int32 // of the list; -1 is the coupon
	manner manner
	set    bool
	lines  int // the lines and charges it takes off; this and the next number sets of riskState
	wanted int // the lines whose units it wants
}

// mostSlight is up to how many offers, all of them shares and amounts, are
// looked at for one that costs a minor unit by the way amounts are rounded.
// Among more it is not worth the work.
const mostSlight = 8

// riskState is the memory of finding the offers that may cost the customer.
type riskState struct {
	words   int // of a set of lines and charges
	seats   []seat
	sets    []uint64
	still   bits64 // lines that never become cheaper
	many    bits64 // lines of several units
	ahead   bits64 // lines on which a later choice, or price of several, depends
	odd     bits64 // lines of which a later offer may round a minor unit up
	units   bits64 // lines of which a later offer looks at each unit
	used    bits64 // lines of which a later set wants units
	costly  bits64 // of the list: offers that may cost more than they save
	slight  bits64 // of the list: offers that may by a minor unit
	looking bool   // an offer looks at what others took off
}

// risks finds the offers in play that may be better left out. Where one looks
// at what others took off, each means what it says, and only sets that want the
// same units may be left out for each other.
func (p *pricing) risks() {
	r := &p.searching.risk
	r.costly, r.slight = resize(r.costly, words64(len(p.list))), resize(r.slight, words64(len(p.list)))
	if !p.mayRisk() {
		return
	}
	p.takeSeats()
	for _, set := range []*bits64{&r.ahead, &r.odd, &r.units, &r.used} {
		*set = resize(*set, r.words)
	}
	for i := len(r.seats) - 1; i >= 0; i-- {
		r.judge(&r.seats[i])
		r.pass(i)
	}
}

// mayRisk tells whether there may be anything to find. It is asked of every
// basket.
func (p *pricing) mayRisk() bool {
	s := &p.searching
	n, risky := 0, s.stepped
	for word, set := range s.inPlay {
		for ; set != 0; set &= set - 1 {
			c := &p.list[word<<6+bits.TrailingZeros64(set)]
			n++
			risky = risky || p.offers[c.at].risky || c.units >= 0
		}
	}
	return risky && n > 0 || n > 1 && n <= mostSlight
}

// takeSeats lists the offers in play in the order they are applied, and the
// coupon among them.
func (p *pricing) takeSeats() {
	s := &p.searching
	r := &s.risk
	r.seats, r.sets, r.looking = r.seats[:0], r.sets[:0], false
	r.words = words64(len(p.lines) + len(p.charges))
	r.still, r.many = resize(r.still, r.words), resize(r.many, r.words)
	for i := range p.lines {
		l, n := &p.lines[i], int32(i) //nolint:gosec // at most MaxLines
		if l.room(l.each) == 0 {
			r.still.add(n)
		}
		if l.units > 1 {
			r.many.add(n)
		}
	}
	coupon := p.facts.Coupon != nil
	for i := range p.list {
		n := int32(i) //nolint:gosec // as many as offers
		c := &p.list[i]
		o := &p.offers[c.at]
		if coupon && o.phase >= PhaseCredit {
			coupon = false
			p.seatCoupon()
		}
		if s.inPlay.has(n) && o.Kind != KindGift {
			r.looking = r.looking || o.looks
			p.seatOffer(n, c, o)
		}
	}
	if coupon {
		p.seatCoupon()
	}
}

// seatCoupon takes a seat for the coupon, which is spread over all goods. Where
// its share of them is rounded up to a step, a lower sale may cost more.
func (p *pricing) seatCoupon() {
	r := &p.searching.risk
	at := r.newSet()
	set := r.of(at)
	copy(set, p.every)
	set.without(r.still)
	how := mannerSpread
	if p.searching.stepped {
		how = mannerChoose
	}
	r.seats = append(r.seats, seat{n: -1, manner: how, lines: at, wanted: at})
}

func (p *pricing) seatOffer(n int32, c *candidate, o *ready) {
	r := &p.searching.risk
	s := seat{n: n, manner: o.manner, set: o.phase == PhaseSet, lines: r.newSet()}
	s.wanted = s.lines
	switch {
	case o.phase == PhaseDelivery:
		for i := range p.charges {
			if o.brings(p.basket.Delivery[i].Method) {
				r.of(s.lines).add(int32(len(p.lines) + i)) //nolint:gosec // lines and charges are few
			}
		}
	case s.set:
		s.wanted = r.newSet()
		p.addLines(s.wanted, o.target)
		p.addLines(s.lines, o.of)
		p.addLines(s.wanted, o.of)
		for _, g := range o.groups {
			p.addLines(s.lines, g)
			p.addLines(s.wanted, g)
		}
		if s.manner == mannerWhole && !p.even(c, o, s.lines) {
			s.manner = mannerChoose
		}
	default:
		p.addLines(s.lines, o.target)
		if c.units >= 0 {
			s.manner = mannerChoose
		}
	}
	if c.discount >= 0 && s.manner < mannerSpread {
		s.manner = mannerSpread
	}
	r.of(s.lines).without(r.still)
	r.seats = append(r.seats, s)
}

// even tells whether a set offer takes the same off equal units of all its
// lines: no floor keeps it from that, no weight and no number of units.
func (p *pricing) even(c *candidate, o *ready, lines int) bool {
	r := &p.searching.risk
	for i := range p.lines {
		n, l := int32(i), &p.lines[i] //nolint:gosec // at most MaxLines
		odd := l.floor > 0 || l.weight > 0 && o.Cut.By != ByPercent
		if odd && r.of(lines).has(n) && !r.still.has(n) {
			return false
		}
	}
	return c.units < 0
}

// addLines adds to a set the lines that are meant.
func (p *pricing) addLines(to int, s scope) {
	set := p.searching.risk.of(to)
	for i, word := range p.passing(s) {
		set[i] |= word
	}
}

// newSet makes an empty set of lines and charges.
func (r *riskState) newSet() int {
	at := len(r.sets)
	for range r.words {
		r.sets = append(r.sets, 0)
	}
	return at
}

func (r *riskState) of(set int) bits64 { return bits64(r.sets[set : set+r.words]) }

// judge notes whether an offer may cost the customer because of those after it.
func (r *riskState) judge(s *seat) {
	lines := r.of(s.lines)
	switch {
	case s.n < 0:
	case s.set && r.of(s.wanted).meets(r.used):
		r.costly.add(s.n)
	case r.looking:
	case lines.meets(r.ahead):
		r.costly.add(s.n)
	case lines.meets(r.odd):
		r.slight.add(s.n)
	}
}

// pass notes on which lines an offer depends, for those before it.
func (r *riskState) pass(i int) {
	s := &r.seats[i]
	lines := r.of(s.lines)
	switch s.manner {
	case mannerUnit:
		r.units.join(lines)
		return
	case mannerLine:
		for w := range lines {
			r.odd[w] |= lines[w] & r.units[w] & r.many[w]
		}
		return
	case mannerChoose:
		r.ahead.join(lines)
		r.ahead.join(r.of(s.wanted))
	case mannerWhole:
		if r.split(i) {
			r.ahead.join(lines)
		}
	case mannerSpread:
		if r.split(i) {
			r.odd.join(lines)
		}
	}
	r.leak(lines)
	if s.set {
		r.units.join(lines)
		r.used.join(r.of(s.wanted))
	}
}

// leak lets what depends on one line depend on all that an amount is spread
// over.
func (r *riskState) leak(lines bits64) {
	if lines.meets(r.ahead) {
		r.ahead.join(lines)
	}
	several := false
	for w := range lines {
		several = several || lines[w]&r.units[w]&r.many[w] != 0
	}
	if several || lines.meets(r.odd) {
		r.odd.join(lines)
	}
}

// split tells whether a later offer is for some of an offer's lines but not for
// all of them together.
func (r *riskState) split(i int) bool {
	lines := r.of(r.seats[i].lines)
	if lines.count() < 2 {
		return false
	}
	for j := i + 1; j < len(r.seats); j++ {
		later := &r.seats[j]
		theirs := r.of(later.lines)
		together := (later.manner == mannerSpread || later.manner == mannerWhole) && !later.set
		if theirs.meets(lines) && !(together && theirs.holds(lines)) {
			return true
		}
	}
	return false
}
