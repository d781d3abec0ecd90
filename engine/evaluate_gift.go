package engine

// giftUse is how many of a product were given so far: offers share its stock.
type giftUse struct {
	sku   string
	units int64
}

// gift gives a product, if there is any left. It touches no line.
func (p *pricing) gift(c *candidate, o *ready, a *applied) verdict {
	for _, id := range p.basket.NoGift {
		if id == o.ID {
			return verdict{reason: ReasonNoGift}
		}
	}
	times, v := p.giftTimes(o)
	if !v.ok() {
		return v
	}
	each := max(1, o.Gift.Units)
	units := times * each
	if c.units >= 0 {
		units = min(units, c.units)
	}
	if left, counted := p.giftStock(o.gift); counted {
		if left <= 0 {
			return verdict{reason: ReasonStock}
		}
		units = min(units, left)
	}
	if c.discount >= 0 && o.Gift.Value > 0 {
		if units = min(units, int64(c.discount/o.Gift.Value)); units == 0 {
			return verdict{reason: ReasonBudget}
		}
	}
	a.units, a.times = units, (units+each-1)/each
	p.gifts = append(p.gifts, Given{OfferID: o.ID, SKU: o.Gift.SKU, Name: o.Gift.Name, Units: units})
	p.given = append(p.given, giftUse{o.gift, units})
	p.outcome.gifts += o.Gift.Value * Minor(units)
	return verdict{}
}

// giftTimes is how often the gift is due: once, or for each full step of what
// is bought.
func (p *pricing) giftTimes(o *ready) (int64, verdict) {
	g, times := &o.Gift, int64(1)
	if g.PerAmount > 0 || g.PerUnits > 0 {
		n := p.count(o.target, o.When.Basis, false)
		of := o.target.named()
		times = MaxUnits
		if g.PerAmount > 0 {
			if n.amount < g.PerAmount {
				return 0, verdict{reason: ReasonBelow, missing: g.PerAmount - n.amount, of: of}
			}
			times = min(times, int64(n.amount/g.PerAmount))
		}
		if g.PerUnits > 0 {
			if n.units < g.PerUnits {
				return 0, verdict{reason: ReasonUnits, units: g.PerUnits - n.units, of: of}
			}
			times = min(times, n.units/g.PerUnits)
		}
	}
	if o.Sets.Once {
		times = 1
	}
	if o.Caps.Times > 0 {
		times = min(times, o.Caps.Times)
	}
	return times, verdict{}
}

// giftStock is how many pieces of a product can still be given: those on stock
// without those of the basket itself and those given already.
func (p *pricing) giftStock(key string) (left int64, counted bool) {
	for s, n := range p.facts.Stock {
		if foldText(s) == key {
			left, counted = n, true
		}
	}
	if !counted {
		return 0, false
	}
	for i := range p.lineOf {
		if foldText(p.lineOf[i].SKU) == key {
			left -= p.lines[i].units
		}
	}
	for _, g := range p.given {
		if g.sku == key {
			left -= g.units
		}
	}
	return left, true
}
