package engine

// Where groups of a bundle overlap, which unit fills which group decides how
// many bundles there are: a unit that only one group can use must not lose its
// place to one that others could use too.

// mostMasks is up to how many different ways of fitting groups the units are
// allotted for all bundles at once. With more, bundle by bundle.
const mostMasks = 64

// allotment is which units fill which groups. Units that fit the same groups
// are of one class: which of them is where makes no difference to the others.
type allotment struct {
	masks []uint64 // of the classes: the groups they fit, as bits
	full  []bool   // no more units of the class find a place
	flow  []int64  // units of a class in a group: class × groups + group
	open  []int64  // places of each group that are not filled
	from  []step   // how a group was reached
	queue []int
	picks []pick
}

// step is a move of units of a class out of a group; class -1 is the units
// that come in, -2 is none.
type step struct{ class, group int }

// allot gives each unit that a bundle can use its group, so that as many
// bundles as save something can be made, at most so many, of the priciest
// units. What is left over is no longer among the picks.
func (p *pricing) allot(o *ready, most int64) {
	if !p.classify() {
		return
	}
	size := int64(0)
	for _, g := range o.Sets.Groups {
		size += g.Units
	}
	units := int64(0)
	for _, k := range p.picks {
		units += k.units
	}
	bundles := lastThat(min(most, units/size), func(n int64) bool {
		_, all := p.fillGroups(o, n)
		return all
	})
	if bundles == 0 {
		return
	}
	if o.Cut.By == ByPrice {
		bundles = max(1, lastThat(bundles, func(n int64) bool {
			with, _ := p.fillGroups(o, n)
			without, _ := p.fillGroups(o, n-1)
			return with-without > o.Cut.Amount
		}))
	}
	p.fillGroups(o, bundles)
	p.assign(len(o.Sets.Groups))
}

// lastThat finds the last number up to most for which something holds that
// holds for all before it; 0 if for none. It asks for most first, which is
// usually it.
func lastThat(most int64, holds func(int64) bool) int64 {
	if most < 1 || holds(most) {
		return max(0, most)
	}
	low, high := int64(0), most-1
	for low < high {
		middle := low + (high-low+1)/2
		if holds(middle) {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// classify finds the classes of the picks, and tells whether there is anything
// to decide, and not too much.
func (p *pricing) classify() bool {
	a := &p.allotment
	a.masks = a.masks[:0]
	shared := false
	for i := range p.picks {
		k := &p.picks[i]
		shared = shared || k.groups&(k.groups-1) != 0
		if a.class(k.groups) == len(a.masks) {
			a.masks = append(a.masks, k.groups)
		}
		if len(a.masks) > mostMasks {
			return false
		}
	}
	return shared
}

// class gives the number of a mask, or how many there are.
func (a *allotment) class(groups uint64) int {
	for c, mask := range a.masks {
		if mask == groups {
			return c
		}
	}
	return len(a.masks)
}

// fillGroups fills the groups of so many bundles, the priciest units first, and
// gives what the units cost and whether there are enough. A unit moves to
// another group it fits where that lets one more in: so the units are the
// priciest there can be.
func (p *pricing) fillGroups(o *ready, bundles int64) (cost Minor, all bool) {
	a := &p.allotment
	groups := len(o.Sets.Groups)
	a.open, a.flow, a.full = a.open[:0], a.flow[:0], a.full[:0]
	missing := int64(0)
	for _, g := range o.Sets.Groups {
		a.open = append(a.open, g.Units*bundles)
		missing += g.Units * bundles
	}
	for range a.masks {
		a.full = append(a.full, false)
		for range groups {
			a.flow = append(a.flow, 0)
		}
	}
	for i := range p.picks {
		k := &p.picks[i]
		k.taken = 0
		for c := a.class(k.groups); k.taken < k.units && missing > 0 && !a.full[c]; {
			n := a.enter(c, groups, k.units-k.taken)
			a.full[c] = n == 0
			k.taken += n
			missing -= n
		}
		cost += k.price * Minor(k.taken)
	}
	return cost, missing == 0
}

// enter finds places for some units of a class, by the shortest way of moving
// others from group to group, and gives how many found one.
func (a *allotment) enter(class, groups int, units int64) int64 {
	a.from, a.queue = a.from[:0], a.queue[:0]
	for range groups {
		a.from = append(a.from, step{class: -2})
	}
	a.reach(a.masks[class], step{class: -1})
	for next := 0; next < len(a.queue); next++ {
		g := a.queue[next]
		if a.open[g] > 0 {
			return a.move(class, groups, g, units)
		}
		for c, mask := range a.masks {
			if a.flow[c*groups+g] > 0 {
				a.reach(mask, step{class: c, group: g})
			}
		}
	}
	return 0
}

// reach notes the groups of a mask that were not reached before.
func (a *allotment) reach(mask uint64, by step) {
	for h := range a.from {
		if a.from[h].class == -2 && mask>>h&1 == 1 {
			a.from[h] = by
			a.queue = append(a.queue, h)
		}
	}
}

// move shifts units along the way that was found to a group with open places.
func (a *allotment) move(class, groups, to int, units int64) int64 {
	units = min(units, a.open[to])
	for g := to; a.from[g].class >= 0; g = a.from[g].group {
		units = min(units, a.flow[a.from[g].class*groups+a.from[g].group])
	}
	a.open[to] -= units
	g := to
	for ; a.from[g].class >= 0; g = a.from[g].group {
		c := a.from[g].class
		a.flow[c*groups+a.from[g].group] -= units
		a.flow[c*groups+g] += units
	}
	a.flow[class*groups+g] += units
	return units
}

// assign makes of each pick one for each group that its units fill.
func (p *pricing) assign(groups int) {
	a := &p.allotment
	a.picks = a.picks[:0]
	for _, k := range p.picks {
		left := k.taken
		flow := a.flow[a.class(k.groups)*groups:][:groups]
		for g := range flow {
			n := min(left, flow[g])
			if n == 0 {
				continue
			}
			flow[g] -= n
			left -= n
			k.units, k.taken, k.groups = n, 0, 1<<g
			a.picks = append(a.picks, k)
		}
	}
	p.picks, a.picks = a.picks, p.picks
}
