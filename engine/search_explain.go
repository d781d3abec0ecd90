package engine

import "math/bits"

// explainChoices tells of each offer that the best combination leaves out which
// offer it stands aside for; or, if it did not apply in any combination, why.
func (p *pricing) explainChoices() {
	first := p.firstApplied(func(*candidate, *ready) bool { return true })
	alone := first != nil && p.offers[first.at].Stack.Exclusive
	for i := range p.list {
		c := &p.list[i]
		o := &p.offers[c.at]
		switch {
		case o.phase == PhaseRebate || !c.static.ok() || p.chosen.has(int32(i)): //nolint:gosec // as many as offers
		case !c.could && !c.failed.ok():
			c.why = c.failed
		case alone || o.Stack.Exclusive:
			c.why = aside(ReasonExcluded, first)
		default:
			c.why = p.outranked(c, o, first)
		}
	}
}

// outranked tells for which other of its group, or for which set, an offer
// stands aside.
func (p *pricing) outranked(c *candidate, o *ready, first *candidate) verdict {
	if o.group >= 0 {
		same := p.firstApplied(func(_ *candidate, other *ready) bool { return other.group == o.group })
		if same != nil {
			return aside(ReasonOutranked, same)
		}
	}
	if o.phase != PhaseSet {
		return aside(ReasonOutranked, first)
	}
	mine := bits64(p.touches(nil, o))
	rival := p.firstApplied(func(_ *candidate, other *ready) bool {
		return other.phase == PhaseSet && mine.meets(bits64(p.touches(nil, other)))
	})
	if rival == nil {
		rival = first
	}
	return aside(ReasonTaken, rival)
}

func aside(reason Code, by *candidate) verdict {
	v := verdict{reason: reason}
	if by != nil {
		v.by = by.at + 1
	}
	return v
}

// firstApplied finds the first applied offer of the best combination that is
// as asked.
func (p *pricing) firstApplied(is func(*candidate, *ready) bool) *candidate {
	for word, set := range p.outcome.applied {
		for ; set != 0; set &= set - 1 {
			c := &p.list[word<<6+bits.TrailingZeros64(set)]
			if is(c, &p.offers[c.at]) {
				return c
			}
		}
	}
	return nil
}
