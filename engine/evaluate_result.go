package engine

import (
	"math/bits"
	"slices"
)

// result writes out what was found. What it hands out is its own: nothing of
// the pricing's memory.
func (p *pricing) result() Result {
	o := &p.outcome
	r := Result{
		Gross: p.gross, Discount: p.gross - p.running, Net: p.running, Redeemable: p.redeemable,
		Balance: o.balance, PointsUsed: o.points, PointsWorth: o.worth, Due: o.due,
		Coupon: p.coupon, Refused: p.refused, Earned: p.rebate.earned, Held: p.rebate.held, Points: p.rebate.points,
		Bounded: p.bounded, Tried: p.tried,
	}
	if len(p.gifts) > 0 {
		r.Gifts = slices.Clone(p.gifts)
	}
	p.writeLines(&r)
	p.writeCharges(&r)
	p.writeApplied(&r)
	p.writeRejected(&r)
	return r
}

func (p *pricing) writeLines(r *Result) {
	r.Lines = make([]LineResult, len(p.lines))
	parts := int32(0)
	for i := range p.lines {
		parts += p.lines[i].parts
	}
	runs := make([]Run, 0, parts)
	for i := range p.lines {
		l, start := &p.lines[i], len(runs)
		for at := l.first; at >= 0; at = p.segs[at].next {
			s := &p.segs[at]
			if n := len(runs); n > start && runs[n-1].Off == l.each-s.price {
				runs[n-1].Units += s.units
				continue
			}
			runs = append(runs, Run{Units: s.units, Off: l.each - s.price})
		}
		r.Lines[i] = LineResult{Gross: l.gross, Item: l.item, Order: l.order, Credit: l.credit, Net: l.running, Runs: runs[start:len(runs):len(runs)]}
	}
}

func (p *pricing) writeCharges(r *Result) {
	if len(p.charges) == 0 {
		return
	}
	r.Delivery = make([]ChargeResult, len(p.charges))
	for i, c := range p.charges {
		r.Delivery[i] = ChargeResult{Gross: c.gross, Discount: c.gross - c.running, Net: c.running}
		r.DeliveryGross += c.gross
		r.DeliveryDiscount += c.gross - c.running
	}
}

func (p *pricing) writeApplied(r *Result) {
	if len(p.apps) == 0 {
		return
	}
	r.Applied = make([]Application, len(p.apps))
	runs, cuts := slices.Clone(p.runs), make([]LineCut, 0, len(p.cuts))
	var offs []Minor
	if len(p.offs) > 0 {
		offs = slices.Clone(p.offs)
	}
	for i, a := range p.apps {
		start := len(cuts)
		for _, c := range p.cuts[a.cuts:a.end] {
			cuts = append(cuts, LineCut{Line: int(c.line), Amount: c.amount, First: c.first, Runs: runs[c.runs:c.stop:c.stop]})
		}
		o := &p.offers[a.at]
		r.Applied[i] = Application{
			OfferID: o.ID, Key: o.Key, Title: o.Title, Kind: o.Kind, Level: o.phase.LevelOf(),
			Times: a.times, Units: a.units, Amount: a.amount,
		}
		if len(cuts) > start {
			r.Applied[i].Lines = cuts[start:len(cuts):len(cuts)]
		}
		if a.offEnd > a.offs {
			r.Applied[i].Charges = offs[a.offs:a.offEnd:a.offEnd]
		}
	}
}

// writeRejected lists first the offers that some line may be meant by, then
// those that none is, which were never looked at.
func (p *pricing) writeRejected(r *Result) {
	rejected := 0
	for i := range p.list {
		if !p.list[i].why.ok() {
			rejected++
		}
	}
	absent := len(p.offers) - len(p.list)
	if rejected+absent == 0 {
		return
	}
	r.Rejected = make([]Rejected, 0, rejected+absent)
	for i := range p.list {
		if c := &p.list[i]; !c.why.ok() {
			r.Rejected = append(r.Rejected, p.rejection(c))
		}
	}
	from := 0
	for i := range p.list {
		at := int(p.list[i].at)
		r.Rejected = append(r.Rejected, p.absent[from:at]...)
		from = at + 1
	}
	r.Rejected = append(r.Rejected, p.absent[from:]...)
	r.Unmatched = absent
	if len(p.byCode) > 0 {
		p.explainCodes(r.Rejected[rejected:], r)
	}
}

func (p *pricing) rejection(c *candidate) Rejected {
	o, v := &p.offers[c.at], &c.why
	r := Rejected{OfferID: o.ID, Key: o.Key, Title: o.Title, Kind: o.Kind, Reason: v.reason, Missing: v.missing, Units: v.units, Of: v.of}
	if v.by > 0 {
		by := &p.offers[v.by-1]
		r.By, r.ByTitle = by.ID, by.Title
	}
	return r
}

// explainCodes sets right what offers that ask for a code are rejected for,
// where it was given but nothing in the basket is meant; the others are not
// among the unmatched.
func (p *pricing) explainCodes(absent []Rejected, r *Result) {
	for i, word := range p.coded {
		r.Unmatched -= bits.OnesCount64(word &^ p.candidates[i])
	}
	for _, code := range p.basket.Codes {
		for _, n := range p.byCode[FoldOfferCode(code)] {
			if p.candidates.has(n) {
				continue
			}
			if a := &absent[int(n)-p.candidates.below(n)]; a.Reason == ReasonCode {
				*a = p.absence(&p.offers[n])
				r.Unmatched++
			}
		}
	}
}
