package engine

import "slices"

// judge prices the goods that stay with the offers of the sale, and notes those
// that no longer hold. A return can change goods alone, so the offers are asked
// for nothing else; their limits were decided when the sale was made, so each
// gives at most what it gave then, and none that gave nothing.
func (p *planning) judge() error {
	p.price = -1
	basket, place := p.staying()
	if len(basket.Lines) == 0 || len(p.terms.Offers) == 0 {
		p.giftsWithNothing(basket)
		return nil
	}
	offers := make([]Offer, 0, len(p.terms.Offers))
	for _, o := range p.terms.Offers {
		i := slices.IndexFunc(p.sale.Offers, func(s SaleOffer) bool { return s.OfferID == o.ID })
		if phase := o.Kind.PhaseOf(); i >= 0 && phase != PhaseDelivery && phase != PhaseRebate {
			offers = append(offers, o.onGoods(p.sale.Offers[i]))
		}
	}
	res, err := Evaluate(basket, offers, p.terms.Facts)
	if err != nil {
		return err
	}
	anew, recompute := res.Net, false
	for _, o := range p.sale.Offers {
		now, why := res.of(o.OfferID)
		stays := p.stays(o, place)
		if !p.breaks(o, now, why, stays, len(basket.Lines)) {
			continue
		}
		p.plan.Broken = append(p.plan.Broken, o)
		switch {
		case p.terms.Policies[o.OfferID] == ReturnRecompute:
			recompute, p.lost = true, append(p.lost, o.Level)
			p.giftsBack(o, now)
		case o.Kind == KindGift:
			p.plan.Gifts = append(p.plan.Gifts, p.giftsOver(o, now)...)
		case stays > now.Amount:
			anew -= stays - now.Amount
		}
	}
	if recompute {
		p.price = max(0, anew)
	}
	return nil
}

// giftsWithNothing lists the gifts when no goods stay.
func (p *planning) giftsWithNothing(basket Basket) {
	if len(basket.Lines) > 0 {
		return
	}
	for _, o := range p.sale.Offers {
		if o.Kind == KindGift && p.giftsLeft(o.OfferID) > 0 {
			p.plan.Broken = append(p.plan.Broken, o)
			if p.terms.Policies[o.OfferID] == ReturnRecompute {
				p.giftsBack(o, Application{})
				continue
			}
			p.plan.Gifts = append(p.plan.Gifts, p.giftsOver(o, Application{})...)
		}
	}
}

// staying is the basket of the goods that stay; place gives the place of each of
// the sale's lines in it, -1 if nothing of it stays.
func (p *planning) staying() (b Basket, place []int) {
	s := p.sale
	b = Basket{Business: s.Business, Channel: s.Channel, Payment: s.Payment, Source: s.Source, Ad: s.Ad}
	for i, l := range s.Lines {
		place = append(place, -1)
		if left := l.Line.Units - p.after[i]; left > 0 && !l.Gift {
			place[i] = len(b.Lines)
			kept := l.Line
			kept.Units = left
			b.Lines = append(b.Lines, kept)
		}
	}
	return b, place
}

// onGoods gives the offer as it is asked once it has applied: what was true of
// the day, the till and the customer stays true. Alternatives stay as they are,
// since nobody knows which of them was true. What it did then bounds it; its
// units only if they were limited, since units off which rounding left nothing
// are not among those it touched.
func (o Offer) onGoods(then SaleOffer) Offer {
	limited := o.Limits.Units > 0 || o.Caps.Units > 0
	o.Code, o.Limits, o.When = "", Limits{}, o.When.onGoods()
	o.Caps = Caps{Discount: then.Amount, Times: then.Times}
	if limited {
		o.Caps.Units = then.Units
	}
	return o
}

func (t Threshold) onGoods() Threshold {
	out := Threshold{
		Of: t.Of, Basis: t.Basis, MinAmount: t.MinAmount, MaxAmount: t.MaxAmount, MinUnits: t.MinUnits, MaxUnits: t.MaxUnits,
		LineUnits: t.LineUnits, Products: t.Products, Any: t.Any,
	}
	for _, inner := range t.All {
		out.All = append(out.All, inner.onGoods())
	}
	return out
}

// of gives what an offer did, or why it did nothing.
func (r Result) of(id ID) (Application, Code) {
	for _, a := range r.Applied {
		if a.OfferID == id {
			return a, ""
		}
	}
	for _, why := range r.Rejected {
		if why.OfferID == id {
			return Application{}, why.Reason
		}
	}
	return Application{}, ""
}

// breaks tells whether the goods that stay no longer meet an offer: it does not
// apply to them although part of what it took off stays with them, or gives
// less than that by a lower step or fewer sets. Shares of one discount may
// differ by a minor unit a line.
func (p *planning) breaks(o SaleOffer, now Application, why Code, stays Minor, lines int) bool {
	if o.Kind == KindGift {
		return p.giftsLeft(o.OfferID) > now.Units
	}
	if stays == 0 {
		return false
	}
	if now.OfferID.IsZero() {
		aside := []Code{"", ReasonOutranked, ReasonExcluded, ReasonTaken}
		return !slices.Contains(aside, why)
	}
	i := slices.IndexFunc(p.terms.Offers, func(x Offer) bool { return x.ID == o.OfferID })
	stepped := i >= 0 && len(p.terms.Offers[i].Tiers) > 0 || o.Kind.PhaseOf() == PhaseSet
	return stepped && stays-now.Amount > Minor(lines)
}

// stays is how much of what an offer took off stays with the goods that do.
func (p *planning) stays(o SaleOffer, place []int) (sum Minor) {
	for _, cut := range o.Lines {
		if cut.Line < len(place) && place[cut.Line] >= 0 {
			sum += p.sale.Lines[cut.Line].stays(cut, p.after[cut.Line])
		}
	}
	return sum
}

// stays is how much of a cut stays once so many units of the line are back.
// Where the places of its units are not known, those with the most come first.
func (l SaleLine) stays(cut LineCut, back int64) (sum Minor) {
	if cut.First < 0 {
		for _, r := range cut.Runs {
			gone := min(back, r.Units)
			back -= gone
			sum += r.Off * Minor(r.Units-gone)
		}
		return sum
	}
	for _, r := range l.falling() {
		gone := min(back, r.Units)
		back -= gone
		sum += cut.between(r.first+gone, r.first+r.Units)
	}
	return sum
}

// between is what a cut takes off the units of a line from one place to before
// another.
func (c LineCut) between(from, to int64) (sum Minor) {
	at := c.First
	for _, r := range c.Runs {
		if n := min(to, at+r.Units) - max(from, at); n > 0 {
			sum += r.Off * Minor(n)
		}
		at += r.Units
	}
	return sum
}

// giftsLeft is how many gifts of an offer the customer has after the return.
func (p *planning) giftsLeft(id ID) (n int64) {
	for i, l := range p.sale.Lines {
		if l.Gift && l.GivenBy == id {
			n += l.Line.Units - p.after[i]
		}
	}
	return n
}

// giftsBack makes the gifts of a broken offer come back, but for those that the
// goods that stay still earn.
func (p *planning) giftsBack(o SaleOffer, now Application) {
	for _, over := range p.giftsOver(o, now) {
		i := slices.IndexFunc(p.sale.Lines, func(l SaleLine) bool { return l.No == over.No })
		p.after[i] += over.Units
	}
}

// giftsOver are the gifts of an offer that the goods that stay do not earn.
func (p *planning) giftsOver(o SaleOffer, now Application) (out []ReturnedLine) {
	over := p.giftsLeft(o.OfferID) - now.Units
	for i, l := range p.sale.Lines {
		if o.Kind != KindGift || !l.Gift || l.GivenBy != o.OfferID {
			continue
		}
		if n := min(over, l.Line.Units-p.after[i]); n > 0 {
			out = append(out, ReturnedLine{No: l.No, Units: n})
			over -= n
		}
	}
	return out
}
