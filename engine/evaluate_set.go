package engine

import (
	"cmp"
	"slices"
)

// demand is what one set of a buy-and-get offer needs, and how many may be
// made. Units that would not become cheaper are given only to complete a set,
// but may be bought; what is not paid for anyway, at a price of zero, takes no
// part.
type demand struct {
	buy, get int64
	whole    bool  // only whole sets: all of get
	sets     int64 // most
	units    int64 // most that are given; -1 is no bound
}

// set applies a set offer. A unit takes part in at most one set of all offers,
// bought or given.
func (p *pricing) set(c *candidate, o *ready, a *applied) verdict {
	d := demand{buy: o.Sets.Buy, get: o.Sets.Get, whole: o.Kind != KindAddOn, sets: MaxUnits * MaxLines, units: c.units}
	if o.Caps.Times > 0 {
		d.sets = o.Caps.Times
	}
	if o.Sets.Once {
		d.sets = 1
	}
	switch o.Kind {
	case KindBundle:
		return p.bundle(c, o, d, a)
	case KindNth:
		d.buy, d.get = o.Sets.Nth-1, 1
	default:
	}
	a.times = 0
	stock := p.gatherSet(o)
	if !stock.matched {
		return verdict{reason: ReasonTarget, of: o.target.goods}
	}
	if o.Sets.Same {
		for _, picks := range p.products(o) {
			p.makeMost(c, picks, &d, a)
		}
	} else {
		p.makeMost(c, p.picks, &d, a)
	}
	if a.units == 0 {
		return p.lacking(o, d, stock)
	}
	return verdict{}
}

// makeMost makes as many sets of the picks as can be.
func (p *pricing) makeMost(c *candidate, picks []pick, d *demand, a *applied) {
	var n supply
	n.add(picks)
	sets, given, filled := d.most(n)
	if given == 0 {
		return
	}
	p.fillSets(c, picks, filled)
	p.makeSets(c, picks, sets*d.buy, given)
	a.times, a.units = a.times+sets, a.units+given
	d.sets -= sets
	if d.units >= 0 {
		d.units -= given
	}
}

// setStock tells why units that a set offer means are not among its picks.
type setStock struct {
	matched bool
	idle    int64 // they would not become cheaper
	taken   int64 // a set uses them
	by      int32
}

// gatherSet collects the units that may be bought or given under a set offer.
func (p *pricing) gatherSet(o *ready) (stock setStock) {
	p.picks = p.picks[:0]
	buys, gives := p.passing(o.target), p.passing(o.of)
	for i := range p.lines {
		n, l := int32(i), &p.lines[i] //nolint:gosec // at most MaxLines
		whole := l.running == l.gross
		k := pick{line: n, buy: buys.has(n) && (whole || !o.target.fresh), give: gives.has(n) && (whole || !o.of.fresh)}
		if !k.buy && !k.give {
			continue
		}
		stock.matched = true
		for at := l.first; at >= 0; at = p.segs[at].next {
			s := &p.segs[at]
			if s.used != 0 {
				stock.taken, stock.by = stock.taken+s.units, s.used
				continue
			}
			each := k
			each.seg, each.units, each.price = at, s.units, s.price
			if each.cut = l.setCut(o, s.price); each.cut == 0 && each.give {
				each.give, each.fill = false, true
				stock.idle += s.units
			}
			if l.each > 0 {
				p.picks = append(p.picks, each)
			}
		}
	}
	p.sortPicks(o.Pick.Choice)
	return stock
}

// setCut is what a set offer takes off a unit that is given: a percentage is of
// each unit, half up.
func (l *lineState) setCut(o *ready, price Minor) Minor {
	off := l.priceOf(o.Cut.Amount)
	switch o.Cut.By {
	case ByPercent:
		base := price
		if o.Stack.Base == BaseInitial {
			base = l.each
		}
		off = percent(base, o.Cut.Percent)
	case ByPrice:
		off = max(0, price-off)
	case ByAmount:
	}
	return min(off, l.room(price))
}

// products gives the picks of each product, where only equal products make a
// set; what is taken first comes first.
func (p *pricing) products(o *ready) [][]pick {
	p.numberProducts()
	product := func(k pick) int32 { return p.lines[k.line].product }
	slices.SortStableFunc(p.picks, func(a, b pick) int { return cmp.Compare(product(a), product(b)) })
	var out [][]pick
	start := 0
	for i := range p.picks {
		if i+1 == len(p.picks) || product(p.picks[i]) != product(p.picks[i+1]) {
			out = append(out, p.picks[start:i+1])
			start = i + 1
		}
	}
	slices.SortStableFunc(out, func(a, b []pick) int {
		c := cmp.Compare(a[0].price, b[0].price)
		if o.Pick.Choice == Priciest {
			c = -c
		}
		return cmp.Or(c, p.compareLines(b[0].line, a[0].line))
	})
	return out
}

// most finds how many sets can be made, how many units are given in them, and
// how many that would not become cheaper complete the last of them. The last
// set of an add-on, or one cut short by a cap, gives fewer.
func (d *demand) most(n supply) (sets, given, filled int64) {
	step, top := int64(1), min(n.give+n.both, d.sets*d.get)
	if d.whole {
		step = d.get
		top /= d.get
	}
	low, high := int64(0), max(0, top)
	for low < high {
		middle := low + (high-low+1)/2
		if d.feasible(n, middle*step) {
			low = middle
		} else {
			high = middle - 1
		}
	}
	given = low * step
	if d.whole && low < d.sets {
		given, filled = d.complete(n, given)
	}
	if d.units >= 0 && given > d.units {
		given, filled = d.units, 0
	}
	return (given + d.get - 1) / d.get, given, filled
}

// feasible tells whether there are enough units to give so many, and to buy
// what they ask for.
func (d *demand) feasible(n supply, given int64) bool {
	bought := (given + d.get - 1) / d.get * d.buy
	return max(0, bought-n.buy)+max(0, given-n.give) <= n.both
}

// complete makes one more set if units that would not become cheaper can take
// the places that are missing.
func (d *demand) complete(n supply, given int64) (more, filled int64) {
	places := given + d.get
	bought := places / d.get * d.buy
	for more = min(places-1, n.give+n.both); more > given; more-- {
		filled = places - more
		fromBuy := max(0, filled-n.fill)
		if fromBuy <= n.fillOrBuy && bought <= n.buy-fromBuy+n.both-max(0, more-n.give) {
			return more, filled
		}
	}
	return given, 0
}

// supply counts units that can only be bought, only be given, and both; and
// those that complete a set, alone or beside that they can be bought.
type supply struct{ buy, give, both, fill, fillOrBuy int64 }

func (n *supply) add(picks []pick) {
	for _, k := range picks {
		switch {
		case k.buy && k.give:
			n.both += k.units
		case k.buy:
			n.buy += k.units
		case k.give:
			n.give += k.units
		default:
			n.fill += k.units
		}
		if k.buy && k.fill {
			n.fillOrBuy += k.units
		}
	}
}

// fillSets takes the units that complete a set, first those that cannot be
// bought.
func (p *pricing) fillSets(c *candidate, picks []pick, units int64) {
	for _, buy := range []bool{false, true} {
		for i := range picks {
			if k := &picks[i]; k.fill && k.buy == buy && units > 0 && k.units > 0 {
				part := min(k.units, units)
				units -= part
				p.use(c, k, part)
			}
		}
	}
}

// makeSets takes the units given from the front of the picks, as the offer
// chooses, leaving enough to buy, and those bought from the back.
func (p *pricing) makeSets(c *candidate, picks []pick, bought, given int64) {
	var n supply
	n.add(picks)
	spare := n.both - max(0, bought-n.buy) // of those that could be both, may be given
	for i := range picks {
		k := &picks[i]
		if !k.give {
			continue
		}
		units := min(k.units, given)
		if k.buy {
			units = min(units, spare)
			spare -= units
		}
		if given -= units; units > 0 {
			at := p.use(c, k, units)
			p.segs[at].cut = k.cut
		}
	}
	for i := len(picks) - 1; i >= 0; i-- {
		if k := &picks[i]; k.buy {
			units := min(k.units, bought)
			if bought -= units; units > 0 {
				p.use(c, k, units)
			}
		}
	}
}

// use puts units of a pick into a set and gives their segment.
func (p *pricing) use(c *candidate, k *pick, units int64) int32 {
	at := p.isolate(k.line, k.seg, units)
	k.units -= units
	p.segs[at].used = c.at + 1
	p.touch(k.line)
	return at
}

// lacking tells why no set could be made.
func (p *pricing) lacking(o *ready, d demand, stock setStock) verdict {
	var n supply
	n.add(p.picks)
	least := d.get
	if !d.whole {
		least = 1
	}
	v := verdict{reason: ReasonUnits, units: d.buy + least - n.buy - n.give - n.both - n.fill, of: o.of.named()}
	if short := d.buy - n.buy - n.both; short > 0 && o.of.filter != o.target.filter {
		v.units, v.of = short, o.target.named()
	}
	if o.Sets.Same {
		v.units = p.lackingOfOne(d.buy + least)
	}
	switch {
	case v.units > 0 && stock.taken >= v.units:
		return verdict{reason: ReasonTaken, by: stock.by}
	case v.units <= 0 && stock.idle > 0:
		return verdict{reason: ReasonNothing}
	}
	v.units = max(1, v.units)
	return v
}

// lackingOfOne is how many units are missing to the product nearest to a set of
// its own.
func (p *pricing) lackingOfOne(needed int64) int64 {
	most := int64(0)
	for i := range p.picks {
		var n int64
		for _, k := range p.picks {
			if p.lines[k.line].product == p.lines[p.picks[i].line].product {
				n += k.units
			}
		}
		most = max(most, n)
	}
	return needed - most
}
