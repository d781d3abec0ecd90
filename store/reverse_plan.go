package store

import (
	"slices"

	"bounceback/engine"
)

var (
	lineReturn = declare(`
UPDATE sale_line SET returned = returned + $4 WHERE store_id = $1 AND sale_id = $2 AND no = $3 AND returned + $4 <= units
RETURNING no`)
	offersToRelease = declare(`
SELECT no, campaign_id, spent, units, customer, day FROM sale_offer WHERE store_id = $1 AND sale_id = $2 ORDER BY no`)
	offerReleased = declare(`UPDATE sale_offer SET released = $4 WHERE store_id = $1 AND sale_id = $2 AND no = $3`)
)

// judgeReversal reads the sale, refuses what cannot be reversed, and works out
// what comes back and what is to be paid for it.
func (t *tx) judgeReversal(r *reversing) (err error) {
	if r.store, err = t.store(r.actor.StoreID); err != nil {
		return err
	}
	if r.sale, err = t.wholeSale(saleByID, r.actor.StoreID, r.ask.SaleID); err != nil {
		return err
	}
	args := []any{r.actor.StoreID, r.sale.ID}
	if _, err = t.row(returnsOf, args, &r.settled, &r.deducted); err != nil {
		return err
	}
	if _, err = t.row(saleBack, args, &r.was.Item, &r.was.Order, &r.was.Credit); err != nil {
		return err
	}
	if err = r.check(); err != nil {
		return err
	}
	switch {
	case r.void:
		r.planVoid()
	case r.ask.Amount > 0:
		err = r.planAmount()
	default:
		err = t.planLines(r)
	}
	if err != nil {
		return err
	}
	return t.planEarned(r)
}

// check refuses what cannot be reversed.
func (r *reversing) check() error {
	s := r.sale
	lined := len(s.Bought()) > 0
	started := s.Returned > 0 || slices.ContainsFunc(s.Lines, func(l engine.SaleLine) bool { return l.Returned > 0 })
	r.void = r.ask.Amount == 0 && len(r.ask.Lines) == 0
	switch {
	case s.State == engine.SaleVoided:
		return engine.Refuse(engine.CodeSaleVoided, "at", s.Voided, "staff", s.VoidedBy, "reason", s.VoidReason)
	case r.void && started:
		return engine.Refuse(engine.CodeSaleWithReturns, "left", s.Gross-s.Returned)
	case r.ask.Amount > 0 && lined:
		return engine.Refuse(engine.CodeReturnLines)
	case s.State == engine.SaleReturned && r.ask.Amount == 0:
		return engine.Refuse(engine.CodeReturnTooMuch, "left", s.Gross-s.Returned)
	}
	return nil
}

// planVoid takes everything back: goods, gifts and delivery.
func (r *reversing) planVoid() {
	s, p := r.sale, &r.plan
	r.whole, r.goods, r.refund = true, s.Gross, s.Paid()
	p.Preview = engine.Preview{Goods: s.Gross, Refund: s.Paid(), Stored: s.Paid()}
	p.Settled, p.Whole = s.Net, true
	for _, l := range s.Lines {
		p.Asked = append(p.Asked, engine.ReturnLine{No: l.No, Units: l.Line.Units})
		p.Lines = append(p.Lines, engine.ReturnedLine{No: l.No, Units: l.Line.Units, Gross: l.Result.Gross, Net: l.Result.Net})
	}
}

// planAmount takes an amount of a sale without lines back.
func (r *reversing) planAmount() (err error) {
	s, p := r.sale, &r.plan
	r.goods, r.whole = r.ask.Amount, s.Returned+r.ask.Amount == s.Gross
	if r.refund, err = engine.Refund(s.Gross, s.Net, s.Returned, r.ask.Amount); err != nil {
		return err
	}
	p.Preview = engine.Preview{Goods: r.goods, Refund: r.refund, Stored: r.refund}
	p.Settled, p.Whole = r.settled+r.refund, r.whole
	p.Back, err = engine.PartBack(s, s.Returned+r.goods-p.Settled)
	return err
}

// planLines takes units of lines back, by the offers of the sale as they stand
// in their campaigns.
func (t *tx) planLines(r *reversing) error {
	terms, err := t.returnTerms(r)
	if err != nil {
		return err
	}
	if r.plan, err = engine.PlanReturn(r.sale, r.ask.Lines, r.settled, terms); err != nil {
		return err
	}
	r.goods, r.refund, r.whole = r.plan.Goods, r.plan.Refund, r.plan.Whole
	return nil
}

// planEarned works out what becomes of the coupon the sale earned.
func (t *tx) planEarned(r *reversing) error {
	if r.sale.IssuedID.IsZero() {
		return nil
	}
	c, err := t.coupon(r.actor.StoreID, r.sale.IssuedID)
	if err != nil || c.State == engine.CouponVoided {
		return err
	}
	r.earned = &c
	if r.face, err = engine.Reearned(c, r.remaining(), r.store.Step); err != nil {
		return err
	}
	p := &r.plan.Preview
	switch {
	case c.State == engine.CouponRedeemed:
		r.planSpent(c)
	case r.face == 0:
		p.EarnedVoid = true
	case r.face < c.Face:
		p.EarnedFace = r.face
	}
	return nil
}

// planSpent deals with an earned coupon that is spent already: what it took
// beyond what the rest of the sale would have earned, less what earlier
// returns deducted.
func (r *reversing) planSpent(c engine.Coupon) {
	p := &r.plan.Preview
	p.Spent = max(0, min(c.RedeemedMinor-r.face-r.deducted, r.refund))
	policy := r.ask.Spent
	if policy == "" {
		policy = engine.Spent(r.store.Settings.Text(engine.SetReturnSpent))
	}
	switch policy {
	case engine.SpentAbsorb:
	case engine.SpentDeduct:
		p.Deducted = p.Spent
	default:
		p.Asks = p.Spent > 0
	}
}

// returnTerms puts together by what a return is judged: the moment, the till
// and the labels of the sale, its customer, its coupon and its offers.
func (t *tx) returnTerms(r *reversing) (engine.ReturnTerms, error) {
	a, s := r.actor, r.sale
	terms := engine.ReturnTerms{
		Policies: map[engine.ID]engine.ReturnPolicy{},
		Facts:    engine.Facts{Now: s.At, Store: r.store, Register: s.RegisterID, Till: s.Register, Customer: s.CustomerID},
	}
	if _, err := t.row(registerByID, []any{a.StoreID, s.RegisterID}, new(engine.ID), new(string), &terms.Facts.Branch); err != nil {
		return terms, err
	}
	if !s.CustomerID.IsZero() {
		c, err := t.customer(a.StoreID, s.CustomerID)
		if err != nil {
			return terms, err
		}
		terms.Facts.Person = c.Person(s.Business)
	}
	if !s.RedeemedID.IsZero() {
		c, err := t.coupon(a.StoreID, s.RedeemedID)
		if err != nil {
			return terms, err
		}
		c.State, c.Face = engine.CouponActive, c.RedeemedMinor
		terms.Facts.Coupon = &c
	}
	for _, o := range s.Offers {
		c, err := t.campaign(a.StoreID, o.OfferID)
		if err != nil {
			return terms, err
		}
		terms.Offers = append(terms.Offers, c.Offer())
		terms.Policies[o.OfferID] = c.OnReturn
	}
	return terms, nil
}

// remaining is what was paid for the goods that stay with the customer.
func (r *reversing) remaining() engine.Minor {
	if r.whole {
		return 0
	}
	return r.sale.Net - r.plan.Settled
}

// reverseGoods counts what came back of each line, gives it back to the stock,
// and with a void gives back what the offers used of their limits.
func (t *tx) reverseGoods(r *reversing) error {
	for _, back := range r.plan.Lines {
		i := slices.IndexFunc(r.sale.Lines, func(l engine.SaleLine) bool { return l.No == back.No })
		ok, err := t.row(lineReturn, []any{r.actor.StoreID, r.sale.ID, back.No, back.Units}, new(int))
		if err == nil && !ok {
			err = engine.Refuse(engine.CodeReturnTooMuch, "left", r.sale.Gross-r.sale.Returned)
		}
		if err == nil {
			err = t.restock(r.actor.StoreID, r.sale.Lines[i], back.Units)
		}
		if err != nil {
			return err
		}
	}
	if !r.void {
		return nil
	}
	return t.releaseOffers(r)
}

// released is an offer of a sale while a void gives back what it used.
type released struct {
	no       int
	campaign engine.ID
	spent    engine.Minor
	units    int64
	customer bool
	day      engine.Day
}

func (t *tx) releaseOffers(r *reversing) error {
	var all []released
	err := t.rows(offersToRelease, []any{r.actor.StoreID, r.sale.ID}, func(scan func(...any) error) error {
		var o released
		err := scan(&o.no, &o.campaign, &o.spent, &o.units, &o.customer, &o.day)
		all = append(all, o)
		return err
	})
	if err != nil {
		return err
	}
	for _, o := range all {
		if err := t.releaseOffer(r, o); err != nil {
			return err
		}
	}
	return nil
}

// What a void gave back of an offer: sale_offer.released.
const (
	releasedAll       = 1
	releasedButTheUse = 2
)

// releaseOffer gives back budget and units, and the use itself unless the offer
// keeps it.
func (t *tx) releaseOffer(r *reversing, o released) error {
	store := r.actor.StoreID
	c, err := t.campaign(store, o.campaign)
	if err != nil {
		return err
	}
	how, uses := releasedAll, 1
	if c.Promo.Limits.KeepOnVoid {
		how, uses = releasedButTheUse, 0
	}
	if _, err := t.exec(useRelease, store, o.campaign, uses, o.spent, o.units); err != nil {
		return err
	}
	if uses > 0 && o.customer {
		if _, err := t.exec(usesRelease, store, o.campaign, r.sale.CustomerID, engine.Day(0)); err != nil {
			return err
		}
	}
	if uses > 0 && o.day != 0 {
		if _, err := t.exec(usesRelease, store, o.campaign, r.sale.CustomerID, o.day); err != nil {
			return err
		}
	}
	_, err = t.exec(offerReleased, store, r.sale.ID, o.no, how)
	return err
}

// sortedUnits puts the lines of a return in the order of their numbers, each
// once.
func sortedUnits(asked []engine.ReturnLine) []engine.ReturnLine {
	var out []engine.ReturnLine
	for _, l := range asked {
		if i := slices.IndexFunc(out, func(o engine.ReturnLine) bool { return o.No == l.No }); i >= 0 {
			out[i].Units += l.Units
			continue
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b engine.ReturnLine) int { return a.No - b.No })
	return out
}
