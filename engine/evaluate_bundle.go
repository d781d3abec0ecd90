package engine

import (
	"cmp"
	"math/bits"
	"slices"
)

// bundle applies a bundle: so many units of each group together at the cut. Of
// each group the priciest units are taken; what the set saves is spread over
// its units. Sets of the same make-up are made at once.
func (p *pricing) bundle(c *candidate, o *ready, d demand, a *applied) verdict {
	a.times = 0
	stock := p.gatherBundle(o)
	if !stock.matched {
		return verdict{reason: ReasonTarget, of: o.groups[0].goods}
	}
	size := int64(0)
	for _, g := range o.Sets.Groups {
		size += g.Units
	}
	if d.units >= 0 {
		d.sets = min(d.sets, d.units/size)
		if d.sets == 0 {
			return verdict{reason: ReasonStock}
		}
	}
	p.allot(o, d.sets)
	for d.sets > 0 {
		if v := p.compose(o, stock); !v.ok() {
			if a.times > 0 {
				break
			}
			return v
		}
		sets := p.bundleOnce(c, o, d.sets)
		if sets == 0 {
			break
		}
		d.sets -= sets
		a.times, a.units = a.times+sets, a.units+sets*size
	}
	if a.times == 0 {
		return verdict{reason: ReasonNothing}
	}
	return verdict{}
}

// gatherBundle collects the units that some group of a bundle means, the
// priciest first; of equal prices those of fewer groups, so that more bundles
// can be made, and then those that can become cheapest.
func (p *pricing) gatherBundle(o *ready) (stock setStock) {
	p.picks = p.picks[:0]
	for i := range p.lines {
		n, l := int32(i), &p.lines[i] //nolint:gosec // at most MaxLines
		groups := uint64(0)
		for g, s := range o.groups {
			if p.passing(s).has(n) && (!s.fresh || l.running == l.gross) {
				groups |= 1 << g
			}
		}
		if groups == 0 {
			continue
		}
		stock.matched = true
		for at := l.first; at >= 0 && !l.fixed; at = p.segs[at].next {
			s := &p.segs[at]
			if s.used != 0 {
				stock.taken, stock.by = stock.taken+s.units, s.used
			} else if l.each > 0 {
				p.picks = append(p.picks, pick{line: n, seg: at, units: s.units, price: s.price, cut: l.room(s.price), groups: groups})
			}
		}
	}
	slices.SortFunc(p.picks, func(a, b pick) int {
		c := cmp.Or(cmp.Compare(b.price, a.price), cmp.Compare(bits.OnesCount64(a.groups), bits.OnesCount64(b.groups)), cmp.Compare(b.cut, a.cut))
		if c != 0 {
			return c
		}
		return cmp.Or(p.compareLines(a.line, b.line), cmp.Compare(a.seg, b.seg))
	})
	return stock
}

// place is so many units of a pick that fill places of a group.
type place struct {
	group, pick int
	units       int64
}

// filling is one bundle as it is put together.
type filling struct {
	open   []int64 // places of each group that are not filled
	places []place
	from   []int // how a group was reached: the place, or -1
	queue  []int
}

// compose chooses the units of one bundle: the priciest first, as long as the
// groups can be filled with them. A unit that fits several groups moves aside
// for one that fits only one of them, so that a bundle is found if there is
// one, and of the greatest value.
func (p *pricing) compose(o *ready, stock setStock) verdict {
	f := &p.filling
	f.open, f.places = f.open[:0], f.places[:0]
	missing := int64(0)
	for _, g := range o.Sets.Groups {
		f.open = append(f.open, g.Units)
		missing += g.Units
	}
	for i := range p.picks {
		k := &p.picks[i]
		k.taken = 0
		for k.taken < k.units && missing > 0 {
			units := p.fit(i, k.units-k.taken)
			if units == 0 {
				break
			}
			k.taken += units
			missing -= units
		}
	}
	if missing == 0 {
		return verdict{}
	}
	if stock.taken >= missing {
		return verdict{reason: ReasonTaken, by: stock.by}
	}
	v := verdict{reason: ReasonUnits}
	for g, n := range f.open {
		if n > 0 && v.units == 0 {
			v.units, v.of = n, o.groups[g].named()
		}
	}
	return v
}

// fit finds places for some units of a pick, by the shortest way of moving
// units from group to group, and gives how many found one.
func (p *pricing) fit(pick int, units int64) int64 {
	f := &p.filling
	const unseen = -2
	f.from, f.queue = f.from[:0], f.queue[:0]
	for g := range f.open {
		f.from = append(f.from, unseen)
		if p.picks[pick].groups>>g&1 == 1 {
			f.from[g] = -1
			f.queue = append(f.queue, g)
		}
	}
	for next := 0; next < len(f.queue); next++ {
		g := f.queue[next]
		if f.open[g] > 0 {
			return f.move(g, pick, units)
		}
		for i, at := range f.places {
			if at.group != g || at.units == 0 {
				continue
			}
			for h := range f.open {
				if f.from[h] == unseen && p.picks[at.pick].groups>>h&1 == 1 {
					f.from[h] = i
					f.queue = append(f.queue, h)
				}
			}
		}
	}
	return 0
}

// move shifts units along the way that was found, from the group with open
// places back to the pick that comes in.
func (f *filling) move(group, pick int, units int64) int64 {
	units = min(units, f.open[group])
	for g := group; f.from[g] >= 0; g = f.places[f.from[g]].group {
		units = min(units, f.places[f.from[g]].units)
	}
	f.open[group] -= units
	g := group
	for f.from[g] >= 0 {
		from := f.from[g]
		f.places[from].units -= units
		f.put(g, f.places[from].pick, units)
		g = f.places[from].group
	}
	f.put(g, pick, units)
	return units
}

func (f *filling) put(group, pick int, units int64) {
	for i := range f.places {
		if at := &f.places[i]; at.group == group && at.pick == pick {
			at.units += units
			return
		}
	}
	f.places = append(f.places, place{group, pick, units})
}

// bundleOnce makes as many bundles of the chosen units as there are, at most
// so many, and gives how many; none if they would save nothing.
func (p *pricing) bundleOnce(c *candidate, o *ready, most int64) int64 {
	var running, initial Minor
	shares := p.shares.next()
	defer p.shares.done()
	for i := range p.picks {
		k := &p.picks[i]
		if k.taken == 0 {
			continue
		}
		l := &p.lines[k.line]
		most = min(most, k.units/k.taken)
		running, initial = running+k.price*Minor(k.taken), initial+l.each*Minor(k.taken)
		shares.list = append(shares.list, share{units: k.taken, weight: k.price, room: l.room(k.price), line: k.line})
	}
	off := o.Cut.Amount
	switch o.Cut.By {
	case ByPercent:
		off = percent(target{initial: initial, running: running}.base(o.Stack.Base), o.Cut.Percent)
	case ByPrice:
		off = running - off
	case ByAmount:
	}
	if shares.spread(off) == 0 {
		return 0
	}
	next := 0
	for i := range p.picks {
		if k := &p.picks[i]; k.taken > 0 {
			s := &shares.list[next]
			next++
			p.cutUnits(k.line, p.use(c, k, k.taken*most), s.each, s.more*most)
		}
	}
	return most
}
