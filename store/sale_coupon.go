package store

import (
	"time"

	"bounceback/engine"
)

// chooseCoupon finds the coupon the sale is to redeem and applies the guards
// against fraud to it. The best one is judged by what offers leave of the goods.
func (t *tx) chooseCoupon(r *ringing, f engine.Facts) error {
	a := r.actor
	switch r.draft.Use {
	case engine.UseCode:
		c, err := t.couponRedeeming(r)
		if err != nil {
			return err
		}
		r.coupon = &c
	case engine.UseBest:
		if r.customer.ID.IsZero() {
			return nil
		}
		held, err := t.openCoupons(a.StoreID, r.customer.ID)
		if err != nil || len(held) == 0 {
			return err
		}
		without, err := r.offers.prepared.Evaluate(r.basket, f)
		if err != nil || without.Redeemable == 0 {
			return err
		}
		if i := engine.BestCoupon(held, without.Redeemable, r.store.Step, t.now, r.customer.ID, a.RegisterID); i >= 0 {
			r.coupon = &held[i]
		}
	}
	if r.coupon == nil {
		return nil
	}
	return t.guard(r)
}

// guard refuses what looks like fraud: staff redeeming to themselves, too many
// redemptions of one customer in a day or at one register in an hour.
func (t *tx) guard(r *ringing) error {
	a, set := r.actor, r.store.Settings
	var n int64
	if !r.customer.ID.IsZero() {
		if _, err := t.row(staffIsCustomer, []any{a.StoreID, a.StaffID, r.customer.ID}, &n); err != nil {
			return err
		}
		if n > 0 {
			return engine.Refuse(engine.CodeCouponStaff, "staff", a.Staff)
		}
		from := engine.FirstID(r.store.Today(t.now).Start(r.store.Zone()))
		if _, err := t.row(redeemedByCustomer, []any{a.StoreID, r.customer.ID, from}, &n); err != nil {
			return err
		}
		if most := set.Count(engine.SetPerCustomer); n >= most {
			return engine.Refuse(engine.CodeGuardCustomer, "n", int(most))
		}
	}
	from := engine.FirstID(t.now.Add(-time.Hour))
	if _, err := t.row(redeemedAtRegister, []any{a.StoreID, from, a.RegisterID}, &n); err != nil {
		return err
	}
	if most := set.Count(engine.SetPerRegister); n >= most {
		return engine.Refuse(engine.CodeGuardRegister, "n", int(most), "till", a.Register)
	}
	return nil
}

// bookRedeemed marks the redeemed coupon. The condition of the update decides
// between two tills.
func (t *tx) bookRedeemed(r *ringing, out *engine.Recorded) error {
	if r.result.Coupon == nil {
		return nil
	}
	a, c := r.actor, *r.coupon
	ok, err := t.changed(couponRedeem, a.StoreID, c.ID, t.now, r.sale.ID, r.result.Coupon.Amount, a.StaffID, a.RegisterID)
	if err != nil {
		return err
	}
	if !ok {
		return t.whyNot(a, c.ID)
	}
	if err := t.cancelMessages(a.StoreID, c.ID, c.CustomerID, reasonRedeemed); err != nil {
		return err
	}
	c.State, c.Redeemed, c.RedeemedSale, c.RedeemedMinor = engine.CouponRedeemed, t.now, r.sale.ID, r.result.Coupon.Amount
	c.RedeemedBy, c.RedeemedAt, c.ReservedBy, c.ReservedAt, c.ReservedUntil = a.Staff, a.Register, engine.ID{}, "", 0
	out.Redeemed = &c
	return t.addUse(a.StoreID, c, r.sale, 1)
}

// bookIssued cuts the earned coupon and plans its texts.
func (t *tx) bookIssued(r *ringing, out *engine.Recorded) error {
	if r.result.Earned == nil {
		return nil
	}
	a, e := r.actor, *r.result.Earned
	c, err := t.issueCoupon(a.StoreID, r.sale.IssuedID, r.sale.ID, r.customer.ID, e)
	if err != nil {
		return err
	}
	c.Customer = r.sale.Customer
	r.sale.IssuedCode, r.sale.IssuedFace = c.Code, c.Face
	out.Issued = &c
	span := spanFor(c.CampaignID, r.sale, c.LastDay)
	if err := t.addCoupons(a.StoreID, span, couponSums{Issued: 1, IssuedFace: c.Face}); err != nil {
		return err
	}
	if out.Message, err = t.planTexts(r.store, c, r.business, r.customer); err != nil || out.Message != nil {
		return err
	}
	out.NoText, err = t.whyNoText(r.store, r.customer)
	return err
}
