package store

import (
	"context"
	"strings"

	"bounceback/engine"
)

var (
	saleVoid = declare(`
UPDATE sale SET state = 'voided', voided = $3, voided_by = $4, void_reason = $5
 WHERE store_id = $1 AND id = $2 AND state = 'completed' AND returned = 0
RETURNING id`)
	saleReturn = declare(`
UPDATE sale SET returned = returned + $3, refunded = refunded + $4, item_back = $5, order_back = $6, credit_back = $7,
       state = CASE WHEN $8 THEN 'returned' ELSE state END
 WHERE store_id = $1 AND id = $2 AND state = 'completed' AND returned + $3 <= gross
RETURNING id`)
	returnInsert = declare(`
INSERT INTO sale_return (store_id, sale_id, id, key, amount, refund, deducted, reason, staff_id, register_id, units, kept)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`)
	returnByKey = declare(`
SELECT sale_id, amount, refund, deducted, units FROM sale_return WHERE store_id = $1 AND key = $2`)
	returnsOf = declare(`
SELECT CAST(coalesce(sum(refund + deducted), 0) AS BIGINT), CAST(coalesce(sum(deducted), 0) AS BIGINT)
  FROM sale_return WHERE store_id = $1 AND sale_id = $2`)
	saleBack         = declare(`SELECT item_back, order_back, credit_back FROM sale WHERE store_id = $1 AND id = $2`)
	customerUnbought = declare(`
UPDATE customer SET visits = visits - $3, spent = spent - $4 WHERE store_id = $1 AND id = $2`)
)

// reversing is a sale while it is voided or part of it comes back.
type reversing struct {
	actor    engine.Actor
	ask      engine.Reversal
	store    engine.Store
	sale     engine.Sale
	void     bool
	whole    bool           // nothing of the sale is left
	settled  engine.Minor   // of the net, by earlier returns
	deducted engine.Minor   // of that, what they kept for a spent coupon
	goods    engine.Minor   // gross of what comes back
	refund   engine.Minor   // before anything is deducted
	earned   *engine.Coupon // by the sale; nil: none, or it is void already
	face     engine.Minor   // what the rest of the sale would have earned
	plan     engine.ReturnPlan
	was      engine.Levels // of the discounts, what went back before
	out      engine.Reversed
}

// ReverseSale voids a sale, or takes part of it back: units of its lines, or an
// amount of a sale without lines. All are symmetrical to the sale: the coupon it
// earned is voided or lowered to what the rest would have earned, the coupon it
// redeemed is usable again once nothing of the sale is left, what the earned
// coupon has already been spent for is deducted, absorbed or asked about, and
// the stock goes up again. A void gives back delivery too, and the uses of
// offers; a return does not. The same key of a return gives the same answer
// again.
func (d *DB) ReverseSale(ctx context.Context, a engine.Actor, ask engine.Reversal) (engine.Reversed, error) {
	ask.Reason = strings.TrimSpace(ask.Reason)
	switch err := checkReversal(a, ask); {
	case err != nil:
		return engine.Reversed{}, err
	case ask.Reason == "":
		return engine.Reversed{}, engine.BadInput(engine.CodeReasonMissing)
	}
	r := reversing{actor: a, ask: ask}
	err := d.write(ctx, func(t *tx) error {
		r = reversing{actor: a, ask: ask}
		return t.reverse(&r)
	})
	if err != nil {
		return engine.Reversed{}, err
	}
	return r.out, nil
}

func checkReversal(a engine.Actor, ask engine.Reversal) error {
	switch err := a.Need(engine.MayVoid); {
	case err != nil:
		return err
	case ask.Amount < 0:
		return engine.BadInput(engine.CodeAmountNegative, "text", ask.Amount)
	case ask.Amount > 0 && len(ask.Lines) > 0:
		return engine.BadInput(engine.CodeReturnLines)
	}
	return nil
}

// PreviewReturn tells what a void or return would do, without doing it.
func (d *DB) PreviewReturn(ctx context.Context, a engine.Actor, ask engine.Reversal) (engine.Preview, error) {
	if err := checkReversal(a, ask); err != nil {
		return engine.Preview{}, err
	}
	r := reversing{actor: a, ask: ask}
	err := d.read(ctx, func(t *tx) error { return t.judgeReversal(&r) })
	if err != nil {
		return engine.Preview{}, err
	}
	return r.plan.Preview, nil
}

func (t *tx) reverse(r *reversing) (err error) {
	if r.ask.Key != "" {
		if done, err := t.returnedBefore(r); done || err != nil {
			return err
		}
	}
	if err = t.judgeReversal(r); err != nil {
		return err
	}
	steps := []func(*reversing) error{t.reverseEarned, t.reverseSale, t.reverseGoods, t.reverseRedeemed, t.reverseSums, t.reverseTrials}
	for _, step := range steps {
		if err := step(r); err != nil {
			return err
		}
	}
	r.out.Sale, err = t.wholeSale(saleByID, r.actor.StoreID, r.sale.ID)
	return err
}

// wholeSale reads one sale with its lines, offers and charges.
func (t *tx) wholeSale(s statement, storeID, id engine.ID) (engine.Sale, error) {
	sale, err := t.saleWhere(s, storeID, id)
	if err == nil {
		err = t.fillSale(storeID, &sale)
	}
	return sale, err
}

// returnedBefore finds the return of a key.
func (t *tx) returnedBefore(r *reversing) (bool, error) {
	var sale engine.ID
	var amount engine.Minor
	var units string
	found, err := t.row(returnByKey, []any{r.actor.StoreID, r.ask.Key}, &sale, &amount, &r.out.Refund, &r.out.Deducted, &units)
	if err != nil || !found {
		return false, err
	}
	if sale != r.ask.SaleID || units != writeUnits(sortedUnits(r.ask.Lines)) || units == "" && amount != r.ask.Amount {
		return false, engine.Refuse(engine.CodeKeyReused, "at", sale.Instant(), "amount", amount)
	}
	r.out.Sale, err = t.wholeSale(saleByID, r.actor.StoreID, sale)
	return true, err
}

// reverseEarned voids or lowers the coupon the sale earned, or settles what it
// has been spent for.
func (t *tx) reverseEarned(r *reversing) error {
	p, c := r.plan.Preview, r.earned
	r.out.Refund, r.out.Deducted = p.Payout(), p.Deducted
	switch {
	case p.Asks:
		return engine.Refuse(engine.CodeSpentAsk, "code", engine.ShowCode(c.Code), "amount", p.Spent, "at", c.Redeemed)
	case p.EarnedVoid:
		if err := t.voidCoupon(r.actor, *c, r.ask.Reason); err != nil {
			return err
		}
		return t.reload(r, c.ID, &r.out.VoidedCoupon)
	case p.EarnedFace > 0:
		return t.lowerCoupon(r, *c, r.face)
	}
	return nil
}

func (t *tx) reload(r *reversing, id engine.ID, into **engine.Coupon) error {
	c, err := t.coupon(r.actor.StoreID, id)
	*into = &c
	return err
}

func (t *tx) lowerCoupon(r *reversing, c engine.Coupon, face engine.Minor) error {
	ok, err := t.changed(couponLower, r.actor.StoreID, c.ID, face)
	if err != nil {
		return err
	}
	if !ok {
		return t.whyNot(r.actor, c.ID)
	}
	diff := c.Face - face
	if err := t.addCoupon(r.actor.StoreID, c, couponSums{IssuedFace: -diff}); err != nil {
		return err
	}
	if err := t.couponEvent(r, c.ID, "face_lowered", diff, 0); err != nil {
		return err
	}
	return t.reload(r, c.ID, &r.out.Lowered)
}

func (t *tx) couponEvent(r *reversing, coupon engine.ID, kind string, amount engine.Minor, since engine.Instant) error {
	a := r.actor
	_, err := t.exec(couponEventInsert, a.StoreID, coupon, t.newID(), kind, r.sale.ID, amount, since, r.ask.Reason, a.StaffID, a.RegisterID)
	if err != nil {
		return err
	}
	return t.audit(a, "coupon."+kind, "coupon", coupon, facts("amount", amount, "sale", r.sale.ID), r.ask.Reason)
}

// reverseSale marks the sale and writes the return.
func (t *tx) reverseSale(r *reversing) error {
	a := r.actor
	if r.void {
		ok, err := t.changed(saleVoid, a.StoreID, r.sale.ID, t.now, a.StaffID, r.ask.Reason)
		if err != nil {
			return err
		}
		if !ok {
			return engine.Refuse(engine.CodeSaleVoided)
		}
		if err := t.insertReturn(r); err != nil {
			return err
		}
		return t.audit(a, "sale.void", "sale", r.sale.ID, facts("refund", r.out.Refund, "deducted", r.out.Deducted), r.ask.Reason)
	}
	back := r.plan.Back
	ok, err := t.changed(saleReturn, a.StoreID, r.sale.ID, r.goods, r.out.Refund, back.Item, back.Order, back.Credit, r.whole)
	if err != nil {
		return err
	}
	if !ok {
		return engine.Refuse(engine.CodeReturnTooMuch, "left", r.sale.Gross-r.sale.Returned)
	}
	if err := t.insertReturn(r); err != nil {
		return err
	}
	pairs := []any{"amount", r.goods, "refund", r.out.Refund, "deducted", r.out.Deducted}
	if units := writeUnits(r.plan.Asked); units != "" {
		pairs = append(pairs, "units", units, "kept", r.plan.Kept)
	}
	return t.audit(a, "sale.return", "sale", r.sale.ID, facts(pairs...), r.ask.Reason)
}

// insertReturn writes what came back and what was paid out for it. A void has no
// key of its own: it can only be done once.
func (t *tx) insertReturn(r *reversing) error {
	units := writeUnits(r.plan.Asked)
	if r.goods == 0 && units == "" {
		return nil // a gift that was imported: nothing was paid
	}
	key := nullable("")
	if !r.void {
		key = nullable(r.ask.Key)
	}
	id := t.newID()
	_, err := t.exec(returnInsert, r.actor.StoreID, r.sale.ID, id, key, r.goods, r.out.Refund,
		r.out.Deducted, r.ask.Reason, r.actor.StaffID, r.actor.RegisterID, units, r.plan.Kept)
	if err != nil {
		return err
	}
	return t.addTill(r.actor, id, reversalCounts(r))
}

// reverseRedeemed gives the coupon the sale redeemed back, once, with its old
// expiry, when nothing of the sale is left.
func (t *tx) reverseRedeemed(r *reversing) error {
	if !r.whole || r.sale.RedeemedID.IsZero() {
		return nil
	}
	c, err := t.coupon(r.actor.StoreID, r.sale.RedeemedID)
	if err != nil {
		return err
	}
	ok, err := t.changed(couponGiveBack, r.actor.StoreID, c.ID, r.sale.ID)
	if err != nil || !ok {
		return err
	}
	if err := t.couponEvent(r, c.ID, "given_back", c.RedeemedMinor, c.Redeemed); err != nil {
		return err
	}
	if err := t.reviveMessages(r.actor.StoreID, c.ID, c.CustomerID); err != nil {
		return err
	}
	if err := t.addUse(r.actor.StoreID, c, r.sale, -1); err != nil {
		return err
	}
	usable, err := t.settleGivenBack(r, c)
	if err != nil || !usable {
		return err
	}
	return t.reload(r, c.ID, &r.out.GivenBack)
}

// settleGivenBack looks at the sale that earned a coupon just given back. What
// of that sale came back meanwhile, and was not deducted when it did, the
// coupon is not worth any more: otherwise voiding both sales would leave value
// that nobody paid for. It tells whether the coupon can still be used.
func (t *tx) settleGivenBack(r *reversing, c engine.Coupon) (usable bool, err error) {
	earning, err := t.saleWhere(saleByID, r.actor.StoreID, c.SaleID)
	if err != nil || earning.State == engine.SaleCompleted && earning.Returned == 0 {
		return true, err
	}
	var settled, deducted engine.Minor
	if _, err := t.row(returnsOf, []any{r.actor.StoreID, earning.ID}, &settled, &deducted); err != nil {
		return false, err
	}
	left := engine.Minor(0)
	if earning.State == engine.SaleCompleted {
		left = earning.Net - settled
	}
	face, err := engine.Reearned(c, left, r.store.Step)
	if err != nil {
		return false, err
	}
	switch {
	case c.RedeemedMinor-face <= deducted: // the customer has paid for it
		return true, nil
	case face == 0:
		return false, t.voidCoupon(r.actor, c, r.ask.Reason)
	case face < c.Face:
		return true, t.lowerCoupon(r, c, face)
	}
	return true, nil
}

// reverseSums takes the sale, or its part, out of the customer's facts and the
// sums of its day.
func (t *tx) reverseSums(r *reversing) error {
	a, s := r.actor, r.sale
	var day daySums
	visits, spent := int64(0), r.out.Refund
	if r.void {
		day, visits, spent = sums(s, -1), 1, s.Net
	} else {
		back, was := r.plan.Back, r.was
		day = daySums{Gross: -r.goods, Net: -r.out.Refund, Item: was.Item - back.Item, Order: was.Order - back.Order, Credit: was.Credit - back.Credit}
		day.Discount = day.Item + day.Order + day.Credit
	}
	if err := t.addDay(a.StoreID, s.Business, day); err != nil {
		return err
	}
	if s.CustomerID.IsZero() {
		return nil
	}
	if _, err := t.exec(customerUnbought, a.StoreID, s.CustomerID, visits, spent); err != nil || visits == 0 {
		return err
	}
	return t.dropVisit(r.store, s)
}
