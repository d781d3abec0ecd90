package engine

import "math/bits"

// explainChoices tells of each offer that the best combination leaves out which
// offer it stands aside for; or, if it did not apply in any combination, why.
func (p *pricing) explainChoices() {
	first := p.firstApplied(func(int32, *ready) bool { return true })
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
			c.why = p.outranked(int32(i), o, first) //nolint:gosec // as many as offers
		}
	}
}

// outranked tells for which other of its group, for which set, or for which
// later offer on the same goods an offer stands aside.
func (p *pricing) outranked(n int32, o *ready, first *candidate) verdict {
	if o.group >= 0 {
		same := p.firstApplied(func(_ int32, other *ready) bool { return other.group == o.group })
		if same != nil {
			return aside(ReasonOutranked, same)
		}
	}
	mine := p.meant(o)
	if o.phase == PhaseSet {
		rival := p.firstApplied(func(_ int32, other *ready) bool { return other.phase == PhaseSet && mine.meets(p.meant(other)) })
		if rival != nil {
			return aside(ReasonTaken, rival)
		}
	}
	rival := p.firstApplied(func(i int32, other *ready) bool {
		bothBring := (other.phase == PhaseDelivery) == (o.phase == PhaseDelivery)
		return i > n && other.Kind != KindGift && bothBring && mine.meets(p.meant(other))
	})
	if rival == nil {
		rival = first
	}
	return aside(ReasonOutranked, rival)
}

// meant gives the lines that an offer takes something off, or wants units of.
func (p *pricing) meant(o *ready) bits64 {
	lines := make(bits64, p.stride)
	for _, g := range o.groups {
		lines.join(p.passing(g))
	}
	if o.Kind != KindBundle {
		lines.join(p.passing(o.target))
		lines.join(p.passing(o.of))
	}
	return lines
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
func (p *pricing) firstApplied(is func(int32, *ready) bool) *candidate {
	for word, set := range p.outcome.applied {
		for ; set != 0; set &= set - 1 {
			n := word<<6 + bits.TrailingZeros64(set)
			c := &p.list[n]
			if is(int32(n), &p.offers[c.at]) { //nolint:gosec // as many as offers
				return c
			}
		}
	}
	return nil
}
