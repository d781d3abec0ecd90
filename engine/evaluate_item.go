package engine

import (
	"cmp"
	"slices"
)

// target is what an offer is for on one line: its matching units, or those of
// them that were picked.
type target struct {
	line    int32
	units   int64
	initial Minor // before discounts
	running Minor // by now
	room    Minor // most that can be taken off
}

// pick is a segment from which units may be picked.
type pick struct {
	line, seg int32
	units     int64
	price     Minor
	cut       Minor  // what can be taken off each
	buy, give bool   // may be bought, given, in a set
	fill      bool   // may complete a set although it would not become cheaper
	groups    uint64 // of a bundle: those it fits, as bits
	taken     int64  // units of it in one bundle
}

// aim collects what an offer is for: the lines of its target that may be
// discounted, whole or only the units picked by its Pick and bounded by its
// caps.
func (p *pricing) aim(c *candidate, o *ready) verdict {
	p.sel, p.marked = p.sel[:0], false
	set, most := p.passing(o.target), o.Pick.Units
	if c.units >= 0 && (most == 0 || c.units < most) {
		most = c.units
	}
	matched := false
	for i := range p.lines {
		n, l := int32(i), &p.lines[i] //nolint:gosec // at most MaxLines
		if !set.has(n) || o.target.fresh && l.running != l.gross {
			continue
		}
		matched = true
		if !l.fixed {
			p.sel = append(p.sel, target{line: n, units: l.units, initial: l.gross, running: l.running, room: p.roomOf(l)})
		}
	}
	if !matched {
		return verdict{reason: ReasonTarget, of: o.target.goods}
	}
	if most > 0 {
		p.pickUnits(o.Pick.Choice, most)
	}
	return verdict{}
}

// roomOf is what can still be taken off a line.
func (p *pricing) roomOf(l *lineState) (room Minor) {
	if l.floor == 0 {
		return l.running
	}
	for i := l.first; i >= 0; i = p.segs[i].next {
		room += l.room(p.segs[i].price) * Minor(p.segs[i].units)
	}
	return room
}

// pickUnits restricts what an offer is for to some units: the cheapest or the
// priciest of those that can be discounted.
func (p *pricing) pickUnits(choice Choice, most int64) {
	p.picks = p.picks[:0]
	for _, t := range p.sel {
		l := &p.lines[t.line]
		for i := l.first; i >= 0; i = p.segs[i].next {
			s := &p.segs[i]
			if room := l.room(s.price); room > 0 {
				p.picks = append(p.picks, pick{line: t.line, seg: i, units: s.units, price: s.price, cut: room})
			}
		}
	}
	p.sortPicks(choice)
	p.sel, p.marked = p.sel[:0], true
	for _, k := range p.picks {
		units := min(k.units, most)
		if units == 0 {
			break
		}
		most -= units
		l := &p.lines[k.line]
		p.segs[p.isolate(k.line, k.seg, units)].mark = true
		p.addTarget(target{
			line: k.line, units: units, initial: l.each * Minor(units), running: k.price * Minor(units), room: l.room(k.price) * Minor(units),
		})
	}
	slices.SortFunc(p.sel, func(a, b target) int { return cmp.Compare(a.line, b.line) })
}

// sortPicks puts first what is taken first; of equal prices what saves more, and
// then the later line: see compareLines.
func (p *pricing) sortPicks(choice Choice) {
	slices.SortFunc(p.picks, func(a, b pick) int {
		c := cmp.Compare(a.price, b.price)
		if choice == Priciest {
			c = -c
		}
		if c = cmp.Or(c, cmp.Compare(b.cut, a.cut)); c != 0 {
			return c
		}
		return cmp.Or(p.compareLines(b.line, a.line), cmp.Compare(b.seg, a.seg))
	})
}

func (p *pricing) addTarget(t target) {
	for i := range p.sel {
		if s := &p.sel[i]; s.line == t.line {
			s.units, s.initial, s.running, s.room = s.units+t.units, s.initial+t.initial, s.running+t.running, s.room+t.room
			return
		}
	}
	p.sel = append(p.sel, t)
}

// item applies an item offer.
func (p *pricing) item(c *candidate, o *ready) verdict {
	if v := p.aim(c, o); !v.ok() {
		return v
	}
	cut, v := p.cutFor(o)
	if !v.ok() {
		return v
	}
	switch o.Kind {
	case KindItemPercent:
		for _, t := range p.sel {
			p.cutLine(t.line, min(percent(t.base(o.Stack.Base), cut.Percent), t.room))
		}
	case KindItemLine:
		for _, t := range p.sel {
			p.cutLine(t.line, min(cut.Amount, t.room))
		}
	case KindItemAcross:
		p.cutAcross(cut.Amount)
	default:
		for _, t := range p.sel {
			p.cutEach(t.line, o.Kind == KindItemPrice, cut.Amount)
		}
	}
	return verdict{}
}

// cutEach takes an amount off each chosen unit of a line, or all above a price.
func (p *pricing) cutEach(line int32, price bool, amount Minor) {
	l := &p.lines[line]
	amount = l.priceOf(amount)
	for i := l.first; i >= 0; i = p.segs[i].next {
		s := &p.segs[i]
		if p.marked && !s.mark {
			continue
		}
		off := amount
		if price {
			off = max(0, s.price-amount)
		}
		if s.cut = min(off, l.room(s.price)); s.cut > 0 {
			p.touch(line)
		}
	}
}

// base is what a percentage is of.
func (t target) base(b Base) Minor {
	if b == BaseInitial {
		return t.initial
	}
	return t.running
}

// percent is a share of an amount, half up; amounts are at most MaxAmount and
// rates at most the whole.
func percent(amount Minor, rate BP) Minor { return (amount*Minor(rate) + wholeBP/2) / wholeBP }

// cutFor gives the offer's cut: its own, or that of the highest tier that is
// reached.
func (p *pricing) cutFor(o *ready) (Cut, verdict) {
	if len(o.Tiers) == 0 {
		return o.Cut, verdict{}
	}
	n := p.count(o.target, o.When.Basis, false)
	return o.tier(n.amount, n.units)
}

// tier gives the cut of the highest tier reached, or what is missing to the
// first.
func (o *ready) tier(amount Minor, units int64) (Cut, verdict) {
	for i := len(o.Tiers) - 1; i >= 0; i-- {
		if t := &o.Tiers[i]; amount >= t.Amount && units >= t.Units {
			return t.Cut, verdict{}
		}
	}
	of := o.target.named()
	if t := &o.Tiers[0]; amount < t.Amount {
		return Cut{}, verdict{reason: ReasonBelow, missing: t.Amount - amount, of: of}
	}
	return Cut{}, verdict{reason: ReasonUnits, units: o.Tiers[0].Units - units, of: of}
}
