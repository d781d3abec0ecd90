package engine

import (
	"cmp"
	"slices"
)

// rebateState is what the sale earns.
type rebateState struct {
	earned *Earning
	held   *Earning
	points int64
}

// rebates finds what the sale earns, on what was really paid for the goods:
// never on delivery, and not on what balance and points paid.
func (p *pricing) rebates() error {
	p.rebate = rebateState{}
	p.paid = min(p.running, p.outcome.due)
	best := -1
	var face Minor
	for i := range p.list {
		c := &p.list[i]
		o := &p.offers[c.at]
		if o.phase != PhaseRebate {
			continue
		}
		if c.why = c.static; c.why.ok() {
			v, err := p.holds(&o.when, true)
			if c.why = v; err != nil {
				return err
			}
		}
		if !c.why.ok() {
			continue
		}
		if o.Kind == KindPoints {
			c.why = p.earnPoints(c.at, o)
			continue
		}
		f, err := p.face(c, o)
		if err != nil {
			return err
		}
		if c.why.ok() && (best < 0 || f.face > face) {
			best, face = i, f.face
		}
	}
	return p.issue(best)
}

// couponFace is what a next-sale coupon offer would give.
type couponFace struct {
	face Minor
	rate BP // 0: a fixed face
}

// face finds what a coupon of an offer would be worth, or why it gives none. The
// offers come by falling rate, so that of equal faces the higher rate, and of
// equal rates the older offer, comes first: the larger face wins, which among
// rates is the higher rate. A budget lowers a face to what is left, in whole
// steps.
func (p *pricing) face(c *candidate, o *ready) (couponFace, error) {
	f := couponFace{rate: o.Rebate.Cashback}
	if c.why = o.fits(p.paid); !c.why.ok() {
		return f, nil
	}
	cut := o.Cut
	if len(o.Tiers) > 0 {
		if cut, c.why = o.tier(p.paid, p.units()); !c.why.ok() {
			return f, nil
		}
	}
	switch {
	case cut.By == ByAmount && cut.Amount > 0:
		f.face, f.rate = cut.Amount, 0
	case len(o.Tiers) > 0:
		f.rate = cut.Percent
	}
	step := p.facts.Store.Step
	if f.rate > 0 {
		var err error
		if f.face, err = MulBPStep(p.paid, f.rate, step, Up); err != nil {
			return f, err
		}
	}
	if c.discount >= 0 && f.face > c.discount {
		f.face = c.discount / max(1, step) * max(1, step)
		c.why = verdict{reason: ReasonBudget}
		if f.face > 0 {
			c.why = verdict{}
		}
	}
	return f, nil
}

func (p *pricing) units() (sum int64) {
	for i := range p.lines {
		sum += p.lines[i].units
	}
	return sum
}

// fits judges what was paid against the terms' range, inclusive at both ends.
func (r *ready) fits(paid Minor) verdict {
	switch {
	case paid <= 0:
		return verdict{reason: ReasonNothing}
	case paid < r.Rebate.MinSale:
		return verdict{reason: ReasonBelow, missing: r.Rebate.MinSale - paid}
	case r.Rebate.MaxSale != 0 && paid > r.Rebate.MaxSale:
		return verdict{reason: ReasonAbove}
	}
	return verdict{}
}

// issue makes the coupon that is earned, and notes for the others which it was.
// A customer who is held back by the campaign it is of earns none, not from
// another campaign either: that would spoil the comparison.
func (p *pricing) issue(best int) error {
	if best < 0 {
		return nil
	}
	c := &p.list[best]
	o := &p.offers[c.at]
	f, err := p.face(c, o)
	if err != nil {
		return err
	}
	business, zone := p.today, p.facts.Store.Zone()
	first, last := business+Day(o.Rebate.ValidAfter), business+Day(o.Rebate.Lifetime) //nolint:gosec // bounded by usable
	e := &Earning{
		OfferID: o.ID, Campaign: o.Title, Terms: o.Rebate, Face: f.face, MaxDiscount: o.Rebate.MaxDiscount,
		FirstDay: first, LastDay: last, ValidFrom: first.Start(zone), ValidUntil: (last + 1).Start(zone),
	}
	e.Terms.Cashback = f.rate
	if HeldBack(o.ID, p.facts.Customer, o.Holdback) {
		p.rebate.held = e
	} else {
		p.rebate.earned = e
	}
	for i := range p.list {
		other := &p.list[i]
		if r := &p.offers[other.at]; i != best && other.why.ok() && r.Kind.last() == 1 {
			other.why = verdict{reason: ReasonOutranked, by: c.at + 1}
		}
	}
	return nil
}

// earnPoints earns so many points for each full step paid for the target.
func (p *pricing) earnPoints(at int32, o *ready) verdict {
	paid := min(p.count(o.target, BasisNet, false).amount, p.paid)
	switch steps := int64(paid / o.Points.Per); {
	case paid <= 0:
		return verdict{reason: ReasonNothing}
	case steps == 0:
		return verdict{reason: ReasonBelow, missing: o.Points.Per - paid}
	default:
		p.rebate.points += steps * o.Points.Points
		p.record(applied{at: at, times: steps, cuts: len(p.cuts), offs: len(p.offs)})
		return verdict{}
	}
}

// compareRank orders next-sale coupons: the highest cashback rate first, ties to
// the older.
func compareRank(a, b *Offer) int {
	return cmp.Or(cmp.Compare(b.Rebate.Cashback, a.Rebate.Cashback), cmp.Compare(a.Created, b.Created), slices.Compare(a.ID[:], b.ID[:]))
}

// outranks tells whether a comes before b.
func outranks(a, b Offer) bool { return compareRank(&a, &b) < 0 }
