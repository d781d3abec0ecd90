package engine

// order applies an order offer, or a credit offer, which takes off what is left
// in the same way.
func (p *pricing) order(c *candidate, o *ready) verdict {
	if v := p.aim(c, o); !v.ok() {
		return v
	}
	cut, v := p.cutFor(o)
	if !v.ok() {
		return v
	}
	var base, running Minor
	for _, t := range p.sel {
		base += t.base(o.Stack.Base)
		running += t.running
	}
	switch o.Kind {
	case KindOrderPercent, KindCreditPercent:
		p.cutAcross(percent(base, cut.Percent))
	case KindOrderPrice:
		p.cutAcross(running - cut.Amount)
	default:
		p.cutAcross(cut.Amount)
	}
	return verdict{}
}

// cutAcross takes an amount off the target together: spread over its lines by
// what they cost by now. What a floor keeps from one line goes to the others,
// and what none can take is forfeited. It gives what is taken.
func (p *pricing) cutAcross(amount Minor) Minor {
	if amount <= 0 {
		return 0
	}
	shares := p.shares.next()
	defer p.shares.done()
	for _, t := range p.sel {
		shares.list = append(shares.list, share{units: 1, weight: t.running, room: t.room})
	}
	taken := shares.spread(amount)
	for i := range shares.list {
		s := &shares.list[i]
		p.cutLine(p.sel[i].line, s.each)
	}
	return taken
}

// delivery applies a delivery offer.
func (p *pricing) delivery(o *ready) verdict {
	cut, v := p.cutFor(o)
	if !v.ok() {
		return v
	}
	matched := false
	for i := range p.charges {
		c := &p.charges[i]
		if !o.brings(p.basket.Delivery[i].Method) {
			continue
		}
		matched = true
		switch o.Kind {
		case KindDeliveryFree:
			c.cut = c.running
		case KindDeliveryPercent:
			base := c.running
			if o.Stack.Base == BaseInitial {
				base = c.gross
			}
			c.cut = min(percent(base, cut.Percent), c.running)
		default:
			c.cut = min(cut.Amount, c.running)
		}
	}
	if !matched {
		return verdict{reason: ReasonDelivery}
	}
	return verdict{}
}

// brings tells whether a delivery offer is for a method.
func (r *ready) brings(method string) bool {
	if len(r.method) == 0 {
		return true
	}
	for _, m := range r.method {
		if m == foldText(method) {
			return true
		}
	}
	return false
}

// takeCharges takes off the charges what a delivery offer cut, at most an
// amount, and gives it.
func (p *pricing) takeCharges(most Minor) Minor {
	var sum Minor
	for i := range p.charges {
		sum += p.charges[i].cut
	}
	if sum == 0 {
		return 0
	}
	if most >= 0 && sum > most {
		shares := p.shares.next()
		for i := range p.charges {
			shares.list = append(shares.list, share{units: 1, weight: p.charges[i].cut, room: p.charges[i].cut})
		}
		sum = shares.spread(most)
		for i, s := range shares.list {
			p.charges[i].cut = s.each
		}
		p.shares.done()
	}
	for i := range p.charges {
		c := &p.charges[i]
		p.offs = append(p.offs, c.cut)
		c.running, c.cut = c.running-c.cut, 0
	}
	return sum
}
