package engine

import (
	"math/bits"
	"slices"
)

// DefaultBound is how many combinations of offers that exclude each other are
// tried at most, if Facts do not say otherwise. Up to it the best combination
// is certain; above it, it is the best of those tried, and never worse than
// taking the offers in the order they are applied.
const DefaultBound = 512

// outcome is what a combination comes to.
type outcome struct {
	due, gifts     Minor
	balance, worth Minor
	points         int64
	applied        bits64
}

// better orders combinations: the least due, then the higher value in gifts,
// then the one that applies the first offer in which they differ.
func (o *outcome) better(than *outcome) bool {
	if o.due != than.due {
		return o.due < than.due
	}
	if o.gifts != than.gifts {
		return o.gifts > than.gifts
	}
	for i, word := range o.applied {
		if differ := word ^ than.applied[i]; differ != 0 {
			return word>>bits.TrailingZeros64(differ)&1 == 1
		}
	}
	return false
}

// choiceOf is a decision of a combination: which of the members is in, or none
// of them. Of a stacking group one is; a set that others compete with is in or
// left out.
type choiceOf struct {
	members  []int32 // of the list
	optional bool
	now      int // index of the member that is in; len(members) is none
}

func (c *choiceOf) options() int {
	if c.optional {
		return len(c.members) + 1
	}
	return len(c.members)
}

// searchState is the memory of a search.
type searchState struct {
	bound     int
	exclusive []int32 // each stands alone
	free      bits64  // in every other combination
	choices   []choiceOf
	members   []int32 // memory of the choices
	best      outcome
	chosen    bits64
	touched   []uint64 // lines of each set that competes
	rounds    int      // how often the best changed
}

// search finds the best legal combination and leaves the pricing as that
// combination leaves it. Exclusive offers stand alone; of a stacking group one
// is in; sets that want units of the same lines may each be left out for the
// others. Without any of these there is one combination.
func (p *pricing) search() error {
	s := &p.searching
	p.tried, p.bounded = 0, false
	if s.bound = p.facts.Bound; s.bound <= 0 {
		s.bound = DefaultBound
	}
	p.split()
	p.chosen = resize(p.chosen, words64(len(p.list)))
	if len(s.exclusive) == 0 && len(s.choices) == 0 {
		copy(p.chosen, s.free)
		p.tried = 1
		return p.run()
	}
	if err := p.tryAll(); err != nil {
		return err
	}
	copy(p.chosen, s.chosen)
	if err := p.run(); err != nil {
		return err
	}
	p.explainChoices()
	return nil
}

// split finds what excludes what among the candidates that can apply at all.
func (p *pricing) split() {
	s := &p.searching
	s.exclusive, s.choices, s.members = s.exclusive[:0], s.choices[:0], s.members[:0]
	s.free = resize(s.free, words64(len(p.list)))
	together := 0
	for i := range p.list {
		c, n := &p.list[i], int32(i) //nolint:gosec // as many as offers
		o := &p.offers[c.at]
		c.could, c.failed = false, verdict{}
		switch {
		case o.phase == PhaseRebate || !c.static.ok():
		case o.Stack.Exclusive:
			s.exclusive = append(s.exclusive, n)
		default:
			together++
			s.free.add(n)
		}
	}
	if together == 0 && len(s.exclusive) == 1 {
		s.free.add(s.exclusive[0])
		s.exclusive = s.exclusive[:0]
	}
	p.splitGroups()
	p.splitSets()
}

// splitGroups makes a choice of each stacking group with several candidates.
func (p *pricing) splitGroups() {
	s := &p.searching
	for i := range p.list {
		group := p.offers[p.list[i].at].group
		if group < 0 || !s.free.has(int32(i)) { //nolint:gosec // as many as offers
			continue
		}
		start := len(s.members)
		for j := i; j < len(p.list); j++ {
			if n := int32(j); p.offers[p.list[j].at].group == group && s.free.has(n) { //nolint:gosec // as many as offers
				s.members = append(s.members, n)
			}
		}
		members := s.members[start:len(s.members):len(s.members)]
		if len(members) < 2 {
			s.members = s.members[:start]
			continue
		}
		for _, n := range members {
			s.free.drop(n)
		}
		s.choices = append(s.choices, choiceOf{members: members})
	}
}

// splitSets makes a choice of each set that wants units of a line another set
// wants too.
func (p *pricing) splitSets() {
	s := &p.searching
	s.touched = s.touched[:0]
	start := len(s.members)
	grouped := len(s.choices)
	for i := range p.list {
		n, o := int32(i), &p.offers[p.list[i].at] //nolint:gosec // as many as offers
		if o.phase == PhaseSet && p.list[i].static.ok() && !o.Stack.Exclusive && p.enough(o) {
			s.members = append(s.members, n)
			s.touched = p.touches(s.touched, o)
		}
	}
	sets := s.members[start:len(s.members):len(s.members)]
	for i, n := range sets {
		if !slices.ContainsFunc(others(len(sets), i), func(j int) bool { return p.touchedBy(i).meets(p.touchedBy(j)) }) {
			continue
		}
		if s.free.has(n) {
			s.free.drop(n)
			s.choices = append(s.choices, choiceOf{members: sets[i : i+1 : i+1], optional: true})
			continue
		}
		for k := range s.choices[:grouped] { // it is in a group: the group may leave it out
			if c := &s.choices[k]; slices.Contains(c.members, n) {
				c.optional = true
			}
		}
	}
}

// others are the numbers below n without one of them.
func others(n, without int) []int {
	out := make([]int, 0, n)
	for i := range n {
		if i != without {
			out = append(out, i)
		}
	}
	return out
}

func (p *pricing) touchedBy(set int) bits64 {
	return bits64(p.searching.touched[set*p.stride : (set+1)*p.stride])
}

// touches appends the lines whose units a set offer wants.
func (p *pricing) touches(to []uint64, o *ready) []uint64 {
	start := len(to)
	for range p.stride {
		to = append(to, 0)
	}
	scopes := o.groups
	if o.Kind != KindBundle {
		scopes = []scope{o.target, o.of}
	}
	for _, s := range scopes {
		for i, word := range p.passing(s) {
			to[start+i] |= word
		}
	}
	return to
}

// enough tells whether a set offer has as many units as one set takes, if no
// other set had any.
func (p *pricing) enough(o *ready) bool {
	switch o.Kind {
	case KindBundle:
		for i, g := range o.groups {
			if p.count(g, BasisGoods, false).units < o.Sets.Groups[i].Units {
				return false
			}
		}
		return true
	case KindNth:
		return p.count(o.target, BasisGoods, false).units >= o.Sets.Nth
	default:
		buy, of := p.count(o.target, BasisGoods, false).units, p.count(o.of, BasisGoods, false).units
		if o.of.filter == o.target.filter {
			return buy >= o.Sets.Buy+1
		}
		return buy >= o.Sets.Buy && of >= 1
	}
}

// tryAll tries the combinations: all if they are within the bound. Otherwise
// it goes from the offers in the order they are applied, choice by choice, to
// where no single choice makes it better, and spends what is left of the bound
// on the others in turn.
func (p *pricing) tryAll() error {
	s := &p.searching
	for i := range s.choices {
		s.choices[i].now = 0
	}
	if err := p.tryChoices(); err != nil {
		return err
	}
	for _, n := range s.exclusive {
		clear(p.chosen)
		p.chosen.add(n)
		if err := p.try(); err != nil {
			return err
		}
	}
	if !s.within() {
		if err := p.climb(); err != nil {
			return err
		}
		for i := range s.choices {
			s.choices[i].now = 0
		}
	}
	for s.next() && !p.bounded {
		if err := p.tryChoices(); err != nil {
			return err
		}
	}
	return nil
}

// within tells whether the bound lets all combinations be tried.
func (s *searchState) within() bool {
	all := 1
	for i := range s.choices {
		if all *= s.choices[i].options(); all+len(s.exclusive) > s.bound {
			return false
		}
	}
	return true
}

// next goes to the next combination of choices; the first ones turn fastest.
func (s *searchState) next() bool {
	for i := range s.choices {
		c := &s.choices[i]
		if c.now++; c.now < c.options() {
			return true
		}
		c.now = 0
	}
	return false
}

// climb changes one choice at a time for the better, until none does.
func (p *pricing) climb() error {
	s := &p.searching
	for better := true; better && !p.bounded; {
		better = false
		for i := range s.choices {
			c := &s.choices[i]
			best := c.now
			for option := range c.options() {
				if option == best {
					continue
				}
				c.now = option
				tried, err := p.tryBetter()
				if err != nil {
					return err
				}
				if tried {
					best, better = option, true
				}
			}
			c.now = best
		}
	}
	return nil
}

// tryBetter tries the choices as they stand and tells whether they are the best
// so far.
func (p *pricing) tryBetter() (bool, error) {
	before := p.searching.rounds
	err := p.tryChoices()
	return p.searching.rounds != before, err
}

// tryChoices tries the combination of the choices as they stand.
func (p *pricing) tryChoices() error {
	s := &p.searching
	copy(p.chosen, s.free)
	for i := range s.choices {
		if c := &s.choices[i]; c.now < len(c.members) {
			p.chosen.add(c.members[c.now])
		}
	}
	return p.try()
}

// try prices the chosen combination and keeps it if it is the best so far.
func (p *pricing) try() error {
	s := &p.searching
	if p.tried >= s.bound {
		p.bounded = true
		return nil
	}
	if err := p.run(); err != nil {
		return err
	}
	for i := range p.list {
		c := &p.list[i]
		switch {
		case !c.static.ok() || !p.chosen.has(int32(i)): //nolint:gosec // as many as offers
		case c.why.ok():
			c.could = true
		default:
			c.failed = c.why
		}
	}
	if p.tried++; p.tried == 1 || p.outcome.better(&s.best) {
		applied := append(s.best.applied[:0], p.outcome.applied...)
		s.best = p.outcome
		s.best.applied = applied
		s.chosen = append(s.chosen[:0], p.chosen...)
		s.rounds++
	}
	return nil
}
