package engine

import (
	"cmp"
	"slices"
)

// lineState is a line while it is priced. Its units stand in segments: so many
// in a row that cost the same by now. So the work does not grow with units.
type lineState struct {
	lineWords
	units   int64
	weight  int64 // of the piece, if it is weighed
	list    Minor // price of a unit, or of WeightUnit, as marked
	each    Minor // price of a piece before discounts
	floor   Minor // least price of a piece
	gross   Minor
	running Minor // what it costs by now
	item    Minor
	order   Minor
	credit  Minor
	first   int32 // segment
	parts   int32 // segments
	product int32 // lines of one product have the same number
	fixed   bool  // never discounted
	dirty   bool  // has cuts that are not yet taken off
}

// segment is a run of units of one line that are alike.
type segment struct {
	units int64
	price Minor // what each costs by now
	cut   Minor // what the offer being applied takes off each
	next  int32 // segment; -1 is the end
	used  int32 // 1 + the offer whose set these units are part of; 0 is none
	mark  bool  // chosen by the offer being applied
}

// room is what can still be taken off each unit of a segment.
func (l *lineState) room(price Minor) Minor {
	if l.fixed || price <= l.floor {
		return 0
	}
	return price - l.floor
}

// priceOf brings a unit price of an offer to a piece of the line: what is
// weighed is priced by weight.
func (l *lineState) priceOf(unit Minor) Minor {
	if l.weight == 0 {
		return unit
	}
	piece, err := Share(unit, Minor(l.weight), WeightUnit, HalfUp)
	if err != nil {
		return MaxAmount
	}
	return piece
}

// isolate gives a segment of exactly the last units of a segment.
func (p *pricing) isolate(line, at int32, units int64) int32 {
	s := &p.segs[at]
	if units >= s.units {
		return at
	}
	rest := *s
	rest.units = units
	s.units -= units
	s.next = int32(len(p.segs)) //nolint:gosec // at most two more an offer and line
	p.segs = append(p.segs, rest)
	p.lines[line].parts++
	return p.segs[at].next
}

// cutUnits takes each off the units of a segment, and one minor unit more off
// the first more of them.
func (p *pricing) cutUnits(line, at int32, each Minor, more int64) {
	s := &p.segs[at]
	s.cut = each
	if more > 0 {
		p.isolate(line, at, s.units-more)
		p.segs[at].cut = each + 1
	}
	p.touch(line)
}

func (p *pricing) touch(line int32) {
	if l := &p.lines[line]; !l.dirty {
		l.dirty = true
		p.dirty = append(p.dirty, line)
	}
}

// cutLine spreads an amount over the chosen units of a line by what they cost
// by now. At most one segment falls apart, so that they stay few.
func (p *pricing) cutLine(line int32, amount Minor) {
	if amount <= 0 {
		return
	}
	l := &p.lines[line]
	if l.parts == 1 {
		p.cutUnits(line, l.first, amount/Minor(l.units), int64(amount)%l.units)
		return
	}
	shares, at := p.shares.next(), p.at[:0]
	for i := l.first; i >= 0; i = p.segs[i].next {
		s := &p.segs[i]
		if p.marked && !s.mark {
			continue
		}
		shares.list = append(shares.list, share{units: s.units, weight: s.price, room: l.room(s.price)})
		at = append(at, i)
	}
	p.at = at
	shares.spread(amount)
	for i := range shares.list {
		if s := &shares.list[i]; s.each > 0 || s.more > 0 {
			p.cutUnits(line, at[i], s.each, s.more)
		}
	}
	p.shares.done()
}

// taken is what the offer being applied takes off all lines so far.
func (p *pricing) taken() (sum Minor) {
	for _, line := range p.dirty {
		sum += p.cutOf(line)
	}
	return sum
}

// cutOf is what it takes off a line.
func (p *pricing) cutOf(line int32) (sum Minor) {
	for i := p.lines[line].first; i >= 0; i = p.segs[i].next {
		sum += p.segs[i].cut * Minor(p.segs[i].units)
	}
	return sum
}

// scale lowers what is being taken to an amount in all, in proportion.
func (p *pricing) scale(to Minor) {
	shares := p.shares.next()
	for _, line := range p.dirty {
		cut := p.cutOf(line)
		shares.list = append(shares.list, share{units: 1, weight: cut, room: cut})
	}
	shares.spread(to)
	for i := range shares.list {
		p.scaleLine(p.dirty[i], shares.list[i].each)
	}
	p.shares.done()
}

// scaleLine lowers what is being taken off a line.
func (p *pricing) scaleLine(line int32, to Minor) {
	shares, at := p.shares.next(), p.at[:0]
	for i := p.lines[line].first; i >= 0; i = p.segs[i].next {
		if s := &p.segs[i]; s.cut > 0 {
			shares.list = append(shares.list, share{units: s.units, weight: s.cut, room: s.cut})
			at = append(at, i)
		}
	}
	p.at = at
	shares.spread(to)
	for i, s := range shares.list {
		p.cutUnits(line, at[i], s.each, s.more)
	}
	p.shares.done()
}

// undo forgets what the offer being applied was about to take.
func (p *pricing) undo() {
	for _, line := range p.dirty {
		p.lines[line].dirty = false
		for i := p.lines[line].first; i >= 0; i = p.segs[i].next {
			p.segs[i].cut, p.segs[i].mark = 0, false
		}
	}
	p.dirty, p.marked = p.dirty[:0], false
}

// settle takes off what the segments of a line have been cut, records it, and
// joins segments that are alike again. It gives what was taken off the line.
func (p *pricing) settle(line int32) Minor {
	l := &p.lines[line]
	cut := lineCut{line: line, first: -1, runs: len(p.runs)}
	var before int64
	gap, last := false, int32(-1)
	for i := l.first; i >= 0; {
		s := &p.segs[i]
		next := s.next
		if s.cut > 0 {
			gap = gap || cut.first >= 0 && before != cut.end
			if cut.first < 0 {
				cut.first = before
			}
			cut.end = before + s.units
			p.addRun(cut.runs, s.units, s.cut)
			cut.amount += s.cut * Minor(s.units)
		}
		before += s.units
		s.price, s.cut, s.mark = s.price-s.cut, 0, false
		if last >= 0 && p.segs[last].price == s.price && p.segs[last].used == s.used {
			p.segs[last].units += s.units
			p.segs[last].next = next
			l.parts--
		} else {
			last = i
		}
		i = next
	}
	l.dirty, l.running = false, l.running-cut.amount
	if cut.amount > 0 {
		p.addCut(cut, gap)
	}
	return cut.amount
}

func (p *pricing) addRun(from int, units int64, off Minor) {
	if n := len(p.runs); n > from && p.runs[n-1].Off == off {
		p.runs[n-1].Units += units
		return
	}
	p.runs = append(p.runs, Run{Units: units, Off: off})
}

// lineCut is what one offer takes off one line, as recorded: its runs are those
// of the pricing from runs to stop.
type lineCut struct {
	line       int32
	amount     Minor
	first, end int64
	runs, stop int
}

func (p *pricing) addCut(c lineCut, gap bool) {
	if gap {
		c.first = -1
		p.runs = p.runs[:c.runs+len(fallingRuns(p.runs[c.runs:]))]
	}
	c.stop = len(p.runs)
	p.cuts = append(p.cuts, c)
}

// fallingRuns sorts runs by falling Off and joins equal ones, in place.
func fallingRuns(runs []Run) []Run {
	slices.SortFunc(runs, func(a, b Run) int { return cmp.Compare(b.Off, a.Off) })
	kept := 0
	for _, r := range runs[1:] {
		if runs[kept].Off == r.Off {
			runs[kept].Units += r.Units
			continue
		}
		kept++
		runs[kept] = r
	}
	return runs[:kept+1]
}
