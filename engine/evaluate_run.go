package engine

import "slices"

// run tries one combination: it applies the chosen candidates in order, from
// the basket as it came, up to what is due.
func (p *pricing) run() error {
	p.reset()
	redeemed := false
	for i := range p.list {
		c := &p.list[i]
		o := &p.offers[c.at]
		if o.phase == PhaseRebate {
			break
		}
		if c.why = c.static; !c.why.ok() || !p.chosen.has(int32(i)) { //nolint:gosec // as many as offers
			continue
		}
		if o.phase == PhaseCredit && !redeemed {
			redeemed = true
			if err := p.redeem(); err != nil {
				return err
			}
		}
		if err := p.apply(c, o); err != nil {
			return err
		}
		if c.why.ok() {
			p.outcome.applied.add(int32(i)) //nolint:gosec // as many as offers
		}
	}
	if !redeemed {
		if err := p.redeem(); err != nil {
			return err
		}
	}
	p.pay()
	return nil
}

// reset brings the lines and charges back to how they came.
func (p *pricing) reset() {
	p.segs = p.segs[:0]
	for i := range p.lines {
		l := &p.lines[i]
		p.segs = append(p.segs, segment{units: l.units, price: l.each, next: -1})
		l.running, l.item, l.order, l.credit = l.gross, 0, 0, 0
		l.first, l.parts, l.dirty = int32(i), 1, false //nolint:gosec // at most MaxLines
	}
	for i := range p.charges {
		p.charges[i].running, p.charges[i].cut = p.charges[i].gross, 0
	}
	p.running, p.marked, p.paid = p.gross, false, -1
	p.dirty, p.runs, p.cuts, p.apps, p.offs = p.dirty[:0], p.runs[:0], p.cuts[:0], p.apps[:0], p.offs[:0]
	p.gifts, p.given = p.gifts[:0], p.given[:0]
	p.coupon, p.refused, p.redeemable = nil, nil, -1
	p.outcome = outcome{applied: resize(p.outcome.applied, words64(len(p.list)))}
}

// resize gives an empty set for so many words, in the memory of an old one.
func resize(b bits64, n int) bits64 {
	if cap(b) < n {
		return make(bits64, n)
	}
	b = b[:n]
	clear(b)
	return b
}

// apply applies one offer, or notes why it does not apply.
func (p *pricing) apply(c *candidate, o *ready) error {
	if o.when.moving {
		v, err := p.holds(&o.when, true)
		if c.why = v; err != nil || !v.ok() {
			return err
		}
	}
	a := applied{at: c.at, times: 1, cuts: len(p.cuts), offs: len(p.offs)}
	switch {
	case o.Kind == KindGift:
		c.why = p.gift(c, o, &a)
		if c.why.ok() {
			p.record(a)
		}
		return nil
	case o.phase == PhaseDelivery:
		if c.why = p.delivery(o); c.why.ok() {
			a.amount = p.takeCharges(c.discount)
		}
	default:
		if c.why = p.cutGoods(c, o, &a); c.why.ok() {
			a.amount = p.take(c.discount, o.phase.LevelOf(), &a)
		} else {
			p.undo()
		}
	}
	if c.why.ok() && a.amount == 0 {
		c.why = verdict{reason: ReasonNothing}
	}
	if c.why.ok() {
		p.record(a)
	}
	return nil
}

// cutGoods finds what an offer would take off each unit of the goods.
func (p *pricing) cutGoods(c *candidate, o *ready, a *applied) verdict {
	switch o.phase {
	case PhaseItem:
		return p.item(c, o)
	case PhaseSet:
		return p.set(c, o, a)
	default:
		return p.order(c, o)
	}
}

// take takes off the goods what has been cut, at most an amount, and gives how
// much that was.
func (p *pricing) take(most Minor, level Level, a *applied) Minor {
	if p.marked {
		for _, t := range p.sel {
			p.touch(t.line)
		}
	}
	slices.Sort(p.dirty)
	if most >= 0 {
		if sum := p.taken(); sum > most {
			p.scale(most)
		}
	}
	var sum Minor
	for _, line := range p.dirty {
		off := p.settle(line)
		l := &p.lines[line]
		switch level {
		case LevelItem:
			l.item += off
		case LevelOrder:
			l.order += off
		case LevelCredit:
			l.credit += off
		case LevelDelivery:
		}
		sum += off
	}
	p.dirty, p.marked = p.dirty[:0], false
	p.running -= sum
	if a.units == 0 { // sets count their own
		for _, cut := range p.cuts[a.cuts:] {
			for _, run := range p.runs[cut.runs:cut.stop] {
				a.units += run.Units
			}
		}
	}
	return sum
}

func (p *pricing) record(a applied) {
	a.end, a.offEnd = len(p.cuts), len(p.offs)
	p.apps = append(p.apps, a)
}
