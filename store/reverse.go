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
UPDATE sale SET returned = returned + $3, refunded = refunded + $4,
       state = CASE WHEN returned + $3 = gross THEN 'returned' ELSE state END
 WHERE store_id = $1 AND id = $2 AND state = 'completed' AND returned + $3 <= gross
RETURNING id`)
	returnInsert = declare(`
INSERT INTO sale_return (store_id, sale_id, id, key, amount, refund, deducted, reason, staff_id, register_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`)
	returnByKey = declare(`
SELECT sale_id, amount, refund, deducted FROM sale_return WHERE store_id = $1 AND key = $2`)
	returnDeducted = declare(`
SELECT CAST(coalesce(sum(deducted), 0) AS BIGINT) FROM sale_return WHERE store_id = $1 AND sale_id = $2`)
	customerUnbought = declare(`
UPDATE customer SET visits = visits - $3, spent = spent - $4 WHERE store_id = $1 AND id = $2`)
	customerDays = declare(`
UPDATE customer SET
  last_day = coalesce((SELECT business FROM sale x WHERE x.store_id = $1 AND x.customer_id = $2 AND x.state <> 'voided' ORDER BY x.id DESC LIMIT 1), 0),
  first_day = coalesce((SELECT business FROM sale x WHERE x.store_id = $1 AND x.customer_id = $2 AND x.state <> 'voided' ORDER BY x.id LIMIT 1), 0)
 WHERE store_id = $1 AND id = $2`)
)

// reversing is a sale while it is voided or part of it comes back.
type reversing struct {
	actor  engine.Actor
	ask    engine.Reversal
	store  engine.Store
	sale   engine.Sale
	whole  bool         // nothing of the sale is left
	refund engine.Minor // before anything is deducted
	out    engine.Reversed
}

// ReverseSale voids a sale, or with an amount takes that part of its goods
// back. Both are symmetrical to the sale: the coupon it earned is voided or
// lowered to what the rest would have earned, the coupon it redeemed is usable
// again once nothing of the sale is left, and what the earned coupon has
// already been spent for is deducted, absorbed or asked about. The same key of
// a return gives the same answer again.
func (d *DB) ReverseSale(ctx context.Context, a engine.Actor, ask engine.Reversal) (engine.Reversed, error) {
	ask.Reason = strings.TrimSpace(ask.Reason)
	switch err := a.Need(engine.MayVoid); {
	case err != nil:
		return engine.Reversed{}, err
	case ask.Reason == "":
		return engine.Reversed{}, engine.BadInput(engine.CodeReasonMissing)
	case ask.Amount < 0:
		return engine.Reversed{}, engine.BadInput(engine.CodeAmountNegative, "text", ask.Amount)
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

func (t *tx) reverse(r *reversing) (err error) {
	if r.ask.Key != "" {
		if done, err := t.returnedBefore(r); done || err != nil {
			return err
		}
	}
	if r.store, err = t.store(r.actor.StoreID); err != nil {
		return err
	}
	if r.sale, err = t.saleWhere(saleByID, r.actor.StoreID, r.ask.SaleID); err != nil {
		return err
	}
	if err = r.check(); err != nil {
		return err
	}
	steps := []func(*reversing) error{t.reverseEarned, t.reverseSale, t.reverseRedeemed, t.reverseSums}
	for _, step := range steps {
		if err := step(r); err != nil {
			return err
		}
	}
	r.out.Sale, err = t.saleWhere(saleByID, r.actor.StoreID, r.sale.ID)
	return err
}

// returnedBefore finds the return of a key.
func (t *tx) returnedBefore(r *reversing) (bool, error) {
	var sale engine.ID
	var amount engine.Minor
	found, err := t.row(returnByKey, []any{r.actor.StoreID, r.ask.Key}, &sale, &amount, &r.out.Refund, &r.out.Deducted)
	if err != nil || !found {
		return false, err
	}
	if sale != r.ask.SaleID || amount != r.ask.Amount {
		return false, engine.Refuse(engine.CodeKeyReused, "at", sale.Instant(), "amount", amount)
	}
	r.out.Sale, err = t.saleWhere(saleByID, r.actor.StoreID, sale)
	return true, err
}

// check refuses what cannot be reversed, and works out the refund.
func (r *reversing) check() (err error) {
	switch {
	case r.sale.State == engine.SaleVoided:
		return engine.Refuse(engine.CodeSaleVoided, "at", r.sale.Voided, "staff", r.sale.VoidedBy, "reason", r.sale.VoidReason)
	case r.ask.Amount == 0 && r.sale.Returned > 0:
		return engine.Refuse(engine.CodeSaleWithReturns, "left", r.sale.Gross-r.sale.Returned)
	case r.ask.Amount == 0:
		r.whole, r.refund = true, r.sale.Net
		return nil
	}
	r.whole = r.sale.Returned+r.ask.Amount == r.sale.Gross
	r.refund, err = engine.Refund(r.sale.Gross, r.sale.Net, r.sale.Returned, r.ask.Amount)
	return err
}

// remaining is what was paid for the goods that stay with the customer.
func (r *reversing) remaining() (engine.Minor, error) {
	if r.whole {
		return 0, nil
	}
	gone, err := engine.Share(r.sale.Net, r.sale.Returned+r.ask.Amount, r.sale.Gross, engine.HalfUp)
	return r.sale.Net - gone, err
}

// reverseEarned voids or lowers the coupon the sale earned, or settles what it
// has been spent for.
func (t *tx) reverseEarned(r *reversing) error {
	r.out.Refund = r.refund
	if r.sale.IssuedID.IsZero() {
		return nil
	}
	c, err := t.coupon(r.actor.StoreID, r.sale.IssuedID)
	if err != nil || c.State == engine.CouponVoided {
		return err
	}
	left, err := r.remaining()
	if err != nil {
		return err
	}
	face, err := engine.Reearned(c, left, r.store.Step)
	if err != nil {
		return err
	}
	switch {
	case c.State == engine.CouponRedeemed:
		return t.settleSpent(r, c, face)
	case face == 0:
		if err := t.voidCoupon(r.actor, c, r.ask.Reason); err != nil {
			return err
		}
		return t.reload(r, c.ID, &r.out.VoidedCoupon)
	case face < c.Face:
		return t.lowerCoupon(r, c, face)
	}
	return nil
}

func (t *tx) reload(r *reversing, id engine.ID, into **engine.Coupon) error {
	c, err := t.coupon(r.actor.StoreID, id)
	*into = &c
	return err
}

// settleSpent deals with an earned coupon that is spent already: what it took
// beyond what the rest of the sale would have earned, less what earlier
// returns deducted.
func (t *tx) settleSpent(r *reversing, c engine.Coupon, face engine.Minor) error {
	var before engine.Minor
	if _, err := t.row(returnDeducted, []any{r.actor.StoreID, r.sale.ID}, &before); err != nil {
		return err
	}
	excess := c.RedeemedMinor - face - before
	if excess <= 0 {
		return nil
	}
	policy := r.ask.Spent
	if policy == "" {
		policy = engine.Spent(r.store.Settings.Text(engine.SetReturnSpent))
	}
	switch policy {
	case engine.SpentAbsorb:
	case engine.SpentDeduct:
		r.out.Deducted = min(excess, r.refund)
		r.out.Refund = r.refund - r.out.Deducted
	default:
		return engine.Refuse(engine.CodeSpentAsk, "code", engine.ShowCode(c.Code), "amount", min(excess, r.refund), "at", c.Redeemed)
	}
	return nil
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
	if err := t.addCoupons(r.actor.StoreID, c.CampaignID, c.LastDay, couponSums{IssuedFace: -diff}); err != nil {
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
	a, whole := r.actor, r.ask.Amount == 0
	if whole {
		ok, err := t.changed(saleVoid, a.StoreID, r.sale.ID, t.now, a.StaffID, r.ask.Reason)
		if err != nil {
			return err
		}
		if !ok {
			return engine.Refuse(engine.CodeSaleVoided)
		}
		if err := t.insertReturn(r, r.sale.Gross); err != nil {
			return err
		}
		return t.audit(a, "sale.void", "sale", r.sale.ID, facts("refund", r.out.Refund, "deducted", r.out.Deducted), r.ask.Reason)
	}
	ok, err := t.changed(saleReturn, a.StoreID, r.sale.ID, r.ask.Amount, r.out.Refund)
	if err != nil {
		return err
	}
	if !ok {
		return engine.Refuse(engine.CodeReturnTooMuch, "left", r.sale.Gross-r.sale.Returned)
	}
	if err := t.insertReturn(r, r.ask.Amount); err != nil {
		return err
	}
	return t.audit(a, "sale.return", "sale", r.sale.ID,
		facts("amount", r.ask.Amount, "refund", r.out.Refund, "deducted", r.out.Deducted), r.ask.Reason)
}

// insertReturn writes what came back and what was paid out for it. A void has no
// key of its own: it can only be done once.
func (t *tx) insertReturn(r *reversing, amount engine.Minor) error {
	if amount == 0 {
		return nil // a gift that was imported: nothing was paid
	}
	key := nullable("")
	if r.ask.Amount > 0 {
		key = nullable(r.ask.Key)
	}
	_, err := t.exec(returnInsert, r.actor.StoreID, r.sale.ID, t.newID(), key, amount, r.out.Refund,
		r.out.Deducted, r.ask.Reason, r.actor.StaffID, r.actor.RegisterID)
	return err
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
	back := couponSums{Redeemed: -1, RedeemedFace: -c.Face, DiscountGiven: -c.RedeemedMinor, RedeemingNet: -r.sale.Net}
	if err := t.addCoupons(r.actor.StoreID, c.CampaignID, c.LastDay, back); err != nil {
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
	left := engine.Minor(0)
	if earning.State == engine.SaleCompleted {
		gone, err := engine.Share(earning.Net, earning.Returned, earning.Gross, engine.HalfUp)
		if err != nil {
			return false, err
		}
		left = earning.Net - gone
	}
	face, err := engine.Reearned(c, left, r.store.Step)
	if err != nil {
		return false, err
	}
	var deducted engine.Minor
	if _, err := t.row(returnDeducted, []any{r.actor.StoreID, earning.ID}, &deducted); err != nil {
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
	if r.ask.Amount == 0 {
		day, visits, spent = sums(s, -1), 1, s.Net
	} else {
		day = daySums{Gross: -r.ask.Amount, Net: -r.out.Refund}
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
	_, err := t.exec(customerDays, a.StoreID, s.CustomerID)
	return err
}
