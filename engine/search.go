package engine

import "math/bits"

// DefaultBound is how many combinations of offers are tried at most, if Facts
// do not say otherwise. Up to it the best combination is certain; above it, it
// is the best of those tried, and never worse than taking the offers in the
// order they are applied.
const DefaultBound = 512

// Bounds of the work of a search, in combinations × offers × lines: so that the
// largest basket is priced in about a second, and a till does not wait for what
// leaving out offers may save.
const (
	mostWork      = 6_000_000
	mostRiskWork  = 32_000
	mostClimbWork = 4_000 // of a step that tries to leave out each once
)

// outcome is what a combination comes to.
type outcome struct {
	payable, gifts Minor // payable is before balance and points, which are money
	balance, worth Minor
	due            Minor
	points         int64
	applied        bits64
}

// better orders combinations: the least payable, then the higher value in
// gifts, then the one that applies more offers, then the one that applies the
// first offer in which they differ.
func (o *outcome) better(than *outcome) bool {
	if o.payable != than.payable {
		return o.payable < than.payable
	}
	if o.gifts != than.gifts {
		return o.gifts > than.gifts
	}
	if n, m := o.applied.count(), than.applied.count(); n != m {
		return n > m
	}
	for i, word := range o.applied {
		if differ := word ^ than.applied[i]; differ != 0 {
			return word>>bits.TrailingZeros64(differ)&1 == 1
		}
	}
	return false
}

// choiceOf is a decision of a combination: which of the members is in, or none
// of them. Of a stacking group one is; an offer that may cost more than it
// saves is in or left out.
type choiceOf struct {
	members  []int32 // of the list
	optional bool
	now      int // index of the member that is in; len(members) is none
	best     int // now of the best combination so far
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
	inPlay    bits64  // that may apply beside others
	exclusive []int32 // each stands alone
	free      bits64  // in every other combination
	choices   []choiceOf
	grouped   int     // choices of stacking groups: the first ones
	members   []int32 // memory of the choices
	risk      riskState
	stepped   bool // the coupon's share was rounded up to a step
	best      outcome
	chosen    bits64
	rounds    int  // how often the best changed
	asBest    bool // the pricing is as the best combination left it
}

// search finds the best legal combination and leaves the pricing as that
// combination leaves it. Exclusive offers stand alone; of a stacking group one
// is in; an offer that may cost more than it saves, since another comes after
// it, may be left out. Without any of these there is one combination.
func (p *pricing) search() error {
	s := &p.searching
	s.stepped = false
	if err := p.searchOnce(); err != nil || !s.stepped || s.free.count() == 0 {
		return err
	}
	return p.searchOnce()
}

func (p *pricing) searchOnce() error {
	s := &p.searching
	p.tried, p.bounded, s.rounds = 0, false, 0
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
	copy(p.chosen, s.chosen) // what was tried last may not have been within the bound
	if !s.asBest {
		if err := p.run(); err != nil {
			return err
		}
	}
	p.explainChoices()
	return nil
}

// tryAll tries the combinations: all if they are within the bound. Otherwise
// it goes from the offers in the order they are applied, choice by choice, to
// where no single choice makes it better, and spends what is left of the bound
// on the others in turn.
func (p *pricing) tryAll() error {
	s := &p.searching
	turning := s.choices
	if !p.worthAll() {
		turning = s.choices[:s.grouped]
	}
	if err := p.tryChoices(); err != nil {
		return err
	}
	for _, n := range s.exclusive {
		clear(p.chosen)
		p.chosen.add(n)
		if err := p.try(false); err != nil {
			return err
		}
	}
	if s.combinations(turning) > s.bound {
		if err := p.climb(turning); err != nil {
			return err
		}
		for i := range turning {
			turning[i].now = 0
		}
	}
	for next(turning) && !p.bounded {
		if err := p.tryChoices(); err != nil {
			return err
		}
	}
	if len(turning) < len(s.choices) {
		return p.leaveOut()
	}
	return nil
}

// leaveOut tries to leave out single offers of the best combination, where
// trying all that may be left out would be too much work.
func (p *pricing) leaveOut() error {
	s := &p.searching
	var err error
	if (len(s.choices)-s.grouped)*p.work() <= mostClimbWork {
		for i := range s.choices {
			s.choices[i].now = s.choices[i].best
		}
		err = p.climb(s.choices)
	}
	p.bounded = true
	return err
}

// work is how much one combination takes, in offers × lines.
func (p *pricing) work() int { return (p.searching.inPlay.count() + 1) * len(p.lines) }

// worthAll tells whether all ways to leave out offers are to be tried.
func (p *pricing) worthAll() bool {
	s := &p.searching
	all := s.combinations(s.choices)
	return all <= s.bound && (all == s.combinations(s.choices[:s.grouped]) || all*p.work() <= mostRiskWork)
}

// combinations counts the combinations of choices, and the exclusive offers; it
// stops counting above the bound.
func (s *searchState) combinations(choices []choiceOf) int {
	all := 1
	for i := range choices {
		if all *= choices[i].options(); all > s.bound {
			break
		}
	}
	return all + len(s.exclusive)
}

// next goes to the next combination of choices; the first ones turn fastest.
func next(choices []choiceOf) bool {
	for i := range choices {
		c := &choices[i]
		if c.now++; c.now < c.options() {
			return true
		}
		c.now = 0
	}
	return false
}

// climb changes one choice at a time for the better, until none does.
func (p *pricing) climb(choices []choiceOf) error {
	for better := true; better && !p.bounded; {
		better = false
		for i := range choices {
			changed, err := p.improve(&choices[i])
			if err != nil {
				return err
			}
			better = better || changed
		}
	}
	return nil
}

// improve goes to the option of a choice that is best beside the others as
// they stand, and tells whether that is another.
func (p *pricing) improve(c *choiceOf) (bool, error) {
	s := &p.searching
	best, changed := c.now, false
	for option := range c.options() {
		if option == best {
			continue
		}
		c.now = option
		before := s.rounds
		if err := p.tryChoices(); err != nil {
			return false, err
		}
		if s.rounds != before {
			best, changed = option, true
		}
	}
	c.now = best
	return changed, nil
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
	return p.try(true)
}

// try prices the chosen combination and keeps it if it is the best so far.
func (p *pricing) try(choices bool) error {
	s := &p.searching
	if p.tried >= s.bound {
		p.bounded = true
		return nil
	}
	if err := p.run(); err != nil {
		return err
	}
	p.noteTried()
	p.tried++
	if s.asBest = p.tried == 1 || p.outcome.better(&s.best); !s.asBest {
		return nil
	}
	applied := append(s.best.applied[:0], p.outcome.applied...)
	s.best = p.outcome
	s.best.applied = applied
	s.chosen = append(s.chosen[:0], p.chosen...)
	s.rounds++
	for i := range s.choices {
		if c := &s.choices[i]; choices {
			c.best = c.now
		}
	}
	return nil
}

// noteTried notes of each chosen offer whether it applied, for the answer to
// why it does not in the best combination.
func (p *pricing) noteTried() {
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
}
