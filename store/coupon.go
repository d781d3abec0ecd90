package store

import (
	"context"
	"errors"
	"sort"

	"bounceback/engine"
)

// couponSelect reads coupons with the names of all they name; the order is
// that of scanCoupon.
const couponSelect = `
SELECT c.id, c.code_sealed, c.campaign_id, g.title, c.customer_id, u.name, u.phone_sealed, u.number,
       c.sale_id, c.face, c.rate, c.min_sale, c.max_discount, c.first_day, c.last_day, c.valid_from, c.valid_until,
       c.state, c.reserved_by, rr.name, c.reserved_until,
       c.redeemed_sale, c.redeemed, rs.name, rg.name, c.redeemed_amount, c.voided, vs.name, c.void_reason
  FROM coupon c
  JOIN campaign g ON g.store_id = c.store_id AND g.id = c.campaign_id
  LEFT JOIN customer u ON u.store_id = c.store_id AND u.id = c.customer_id
  LEFT JOIN register rr ON rr.store_id = c.store_id AND rr.id = c.reserved_by
  LEFT JOIN staff rs ON rs.store_id = c.store_id AND rs.id = c.redeemed_staff
  LEFT JOIN register rg ON rg.store_id = c.store_id AND rg.id = c.redeemed_register
  LEFT JOIN staff vs ON vs.store_id = c.store_id AND vs.id = c.voided_staff`

var (
	couponByID   = declare(couponSelect + ` WHERE c.store_id = $1 AND c.id = $2`)
	couponByCode = declare(couponSelect + ` WHERE c.store_id = $1 AND c.code_hash = $2`)
	couponsOpen  = declare(couponSelect + `
 WHERE c.store_id = $1 AND c.customer_id = $2 AND c.state IN ('active', 'reserved') AND c.valid_until > $3
 ORDER BY c.id DESC LIMIT $4`)
	couponInsert = declare(`
INSERT INTO coupon (store_id, id, code_hash, code_sealed, campaign_id, customer_id, sale_id, face, rate, min_sale,
                    max_discount, first_day, last_day, valid_from, valid_until, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'active')
ON CONFLICT (store_id, code_hash) DO NOTHING`)
	couponReserve = declare(`
UPDATE coupon SET state = 'reserved', reserved_by = $3, reserved_until = $4
 WHERE store_id = $1 AND id = $2 AND valid_from <= $5 AND valid_until > $5
   AND (state = 'active' OR (state = 'reserved' AND (reserved_by = $3 OR reserved_until <= $5)))
RETURNING id`)
	couponRelease = declare(`
UPDATE coupon SET state = 'active', reserved_by = NULL, reserved_until = 0
 WHERE store_id = $1 AND id = $2 AND state = 'reserved' AND reserved_by = $3
RETURNING id`)
	couponRedeem = declare(`
UPDATE coupon SET state = 'redeemed', reserved_by = NULL, reserved_until = 0, redeemed = $3, redeemed_sale = $4,
       redeemed_amount = $5, redeemed_staff = $6, redeemed_register = $7
 WHERE store_id = $1 AND id = $2 AND valid_from <= $3 AND valid_until > $3
   AND (state = 'active' OR (state = 'reserved' AND (reserved_by = $7 OR reserved_until <= $3)))
RETURNING id`)
	couponGiveBack = declare(`
UPDATE coupon SET state = 'active', redeemed = 0, redeemed_sale = NULL, redeemed_amount = 0, redeemed_staff = NULL,
       redeemed_register = NULL
 WHERE store_id = $1 AND id = $2 AND state = 'redeemed' AND redeemed_sale = $3
RETURNING id`)
	couponVoid = declare(`
UPDATE coupon SET state = 'voided', reserved_by = NULL, reserved_until = 0, voided = $3, voided_staff = $4, void_reason = $5
 WHERE store_id = $1 AND id = $2 AND state IN ('active', 'reserved')
RETURNING id`)
	couponLower = declare(`
UPDATE coupon SET face = $3 WHERE store_id = $1 AND id = $2 AND state IN ('active', 'reserved') AND face > $3
RETURNING id`)
	couponEventInsert = declare(`
INSERT INTO coupon_event (store_id, coupon_id, id, kind, sale_id, amount, since, reason, staff_id, register_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`)
	couponEvents = declare(`
SELECT e.id, e.kind, e.sale_id, e.amount, e.since, e.reason, s.name, r.name
  FROM coupon_event e
  LEFT JOIN staff s ON s.store_id = e.store_id AND s.id = e.staff_id
  LEFT JOIN register r ON r.store_id = e.store_id AND r.id = e.register_id
 WHERE e.store_id = $1 AND e.coupon_id = $2 ORDER BY e.id`)
	couponTexts = declare(`
SELECT m.id, m.state, m.settled FROM message m
 WHERE m.store_id = $1 AND m.customer_id = $2 AND m.coupon_id = $3 AND (m.step = 'issue' OR m.sent > 0) ORDER BY m.id`)
	couponIssuer = declare(`
SELECT s.name, r.name, x.net FROM sale x
  LEFT JOIN staff s ON s.store_id = x.store_id AND s.id = x.staff_id
  LEFT JOIN register r ON r.store_id = x.store_id AND r.id = x.register_id
 WHERE x.store_id = $1 AND x.id = $2`)
)

// scanCoupon reads a row of couponSelect.
func (t *tx) scanCoupon(scan func(...any) error) (engine.Coupon, error) {
	var c engine.Coupon
	var sealed, phone []byte
	var name, number, reservedAt, by, at, voidedBy *string
	err := scan(&c.ID, &sealed, &c.CampaignID, &c.Campaign, &c.CustomerID, &name, &phone, &number,
		&c.SaleID, &c.Face, &c.Rate, &c.MinSale, &c.MaxDiscount, &c.FirstDay, &c.LastDay, &c.ValidFrom, &c.ValidUntil,
		&c.State, &c.ReservedBy, &reservedAt, &c.ReservedUntil,
		&c.RedeemedSale, &c.Redeemed, &by, &at, &c.RedeemedMinor, &c.Voided, &voidedBy, &c.VoidReason)
	if err != nil {
		return c, err
	}
	c.Issued = c.ID.Instant()
	c.ReservedAt, c.RedeemedBy, c.RedeemedAt, c.VoidedBy = text(reservedAt), text(by), text(at), text(voidedBy)
	if c.Customer, err = t.label(c.CustomerID, text(name), phone, text(number)); err != nil {
		return c, err
	}
	c.Code, err = t.d.keys.open("coupon", "code", c.ID, sealed)
	return c, err
}

// label is how a customer is called in a list.
func (t *tx) label(id engine.ID, name string, sealed []byte, number string) (string, error) {
	if id.IsZero() {
		return "", nil
	}
	c := engine.Customer{Name: name, Number: number}
	if name == "" && sealed != nil {
		phone, err := t.d.keys.open("customer", "phone", id, sealed)
		if err != nil {
			return "", err
		}
		c.Phone.E164 = phone
	}
	return c.Label(), nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// couponWhere reads the one coupon of a statement made from couponSelect;
// CodeCouponUnknown if there is none.
func (t *tx) couponWhere(s statement, args ...any) (engine.Coupon, error) {
	var c engine.Coupon
	found := false
	err := t.rows(s, args, func(scan func(...any) error) (err error) {
		found = true
		c, err = t.scanCoupon(scan)
		return err
	})
	if err == nil && !found {
		err = engine.Refuse(engine.CodeCouponUnknown)
	}
	return c, err
}

func (t *tx) coupon(storeID, id engine.ID) (engine.Coupon, error) {
	return t.couponWhere(couponByID, storeID, id)
}

func (t *tx) couponOfCode(storeID engine.ID, code string) (engine.Coupon, error) {
	c, err := t.couponWhere(couponByCode, storeID, t.d.keys.code(storeID, code))
	if errors.Is(err, &engine.Error{Code: engine.CodeCouponUnknown}) {
		err = engine.Refuse(engine.CodeCouponUnknown, "code", engine.ShowCode(code))
	}
	return c, err
}

// openCoupons lists a customer's coupons that are neither redeemed, voided nor
// expired, the soonest to expire first.
func (t *tx) openCoupons(storeID, customer engine.ID) ([]engine.Coupon, error) {
	var out []engine.Coupon
	err := t.rows(couponsOpen, []any{storeID, customer, t.now, engine.MaxHeld}, func(scan func(...any) error) error {
		c, err := t.scanCoupon(scan)
		out = append(out, c)
		return err
	})
	sort.SliceStable(out, func(i, j int) bool { return out[i].ValidUntil < out[j].ValidUntil })
	return out, err
}

// codeTries bounds the search for a code that is not taken: with 35 random
// bits, a second try is already rare.
const codeTries = 16

// issueCoupon writes the coupon a sale earned, with a code of its own, and
// names it in the sale.
func (t *tx) issueCoupon(storeID, id, sale, customer engine.ID, e engine.Earning) (engine.Coupon, error) {
	c := engine.Coupon{
		ID: id, CampaignID: e.OfferID, Campaign: e.Campaign, CustomerID: customer, SaleID: sale,
		Face: e.Face, Rate: e.Terms.Cashback, MinSale: e.Terms.MinSale, MaxDiscount: e.MaxDiscount,
		FirstDay: e.FirstDay, LastDay: e.LastDay, ValidFrom: e.ValidFrom, ValidUntil: e.ValidUntil,
		Issued: id.Instant(), State: engine.CouponActive,
	}
	for range codeTries {
		var random [7]byte
		t.d.random(random[:])
		c.Code = engine.NewCode(random)
		sealed, err := t.d.keys.seal("coupon", "code", c.ID, c.Code)
		if err != nil {
			return c, err
		}
		n, err := t.exec(couponInsert, storeID, c.ID, t.d.keys.code(storeID, c.Code), sealed, c.CampaignID, c.CustomerID,
			c.SaleID, c.Face, c.Rate, c.MinSale, c.MaxDiscount, c.FirstDay, c.LastDay, c.ValidFrom, c.ValidUntil)
		if err != nil {
			return c, err
		}
		if n == 1 {
			_, err = t.exec(saleIssued, storeID, sale, c.ID)
			return c, err
		}
	}
	return c, engine.Broken(CodeNoFreeCode, nil)
}

// CodeNoFreeCode says that no unused coupon code was found.
const CodeNoFreeCode engine.Code = "no_free_code"

// changed runs one of the conditional updates of a coupon and tells whether it
// changed the row.
func (t *tx) changed(s statement, args ...any) (bool, error) {
	var id engine.ID
	return t.row(s, args, &id)
}

// Reserve holds a coupon for the actor's register, so that no other till
// redeems it while a sale is rung up.
func (d *DB) Reserve(ctx context.Context, a engine.Actor, coupon engine.ID) error {
	if err := a.Need(engine.MaySell); err != nil {
		return err
	}
	return d.write(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		until := t.now + engine.Instant(st.Settings.Count(engine.SetReserve)*60_000)
		ok, err := t.changed(couponReserve, a.StoreID, coupon, a.RegisterID, until, t.now)
		if err != nil {
			return err
		}
		if !ok {
			return t.whyNot(a, coupon)
		}
		return t.audit(a, "coupon.reserve", "coupon", coupon, "", "")
	})
}

// whyNot gives the reason why a coupon could not be changed just now.
func (t *tx) whyNot(a engine.Actor, id engine.ID) error {
	c, err := t.coupon(a.StoreID, id)
	if err != nil {
		return err
	}
	if err := c.Usable(t.now, c.CustomerID, a.RegisterID); err != nil {
		return err
	}
	return engine.Refuse(engine.CodeCouponHeldSale, "code", engine.ShowCode(c.Code))
}

// Release gives up a reservation of the actor's register.
func (d *DB) Release(ctx context.Context, a engine.Actor, coupon engine.ID) error {
	if err := a.Need(engine.MaySell); err != nil {
		return err
	}
	return d.write(ctx, func(t *tx) error {
		ok, err := t.changed(couponRelease, a.StoreID, coupon, a.RegisterID)
		if err != nil || !ok {
			return err
		}
		return t.audit(a, "coupon.release", "coupon", coupon, "", "")
	})
}

// CheckCoupon answers whether a code is good, and what it takes of an amount.
func (d *DB) CheckCoupon(ctx context.Context, a engine.Actor, code string, amount engine.Minor, customer engine.ID) (engine.CouponCheck, error) {
	var out engine.CouponCheck
	folded, err := engine.ParseCode(code)
	if err != nil {
		return out, err
	}
	if amount < 0 || amount > engine.MaxAmount {
		return out, engine.BadInput(engine.CodeAmountTooLarge, "text", amount, "most", engine.MaxAmount)
	}
	if err := a.Need(engine.MaySell); err != nil {
		return out, err
	}
	return out, d.lookUpCode(ctx, a, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		c, err := t.couponOfCode(a.StoreID, folded)
		if err != nil {
			return err
		}
		if customer.IsZero() {
			customer = c.CustomerID
		}
		out = engine.CouponCheck{Coupon: c, State: c.StateAt(t.now), Reason: c.Usable(t.now, customer, a.RegisterID)}
		if amount > 0 && out.Reason == nil {
			out.Takes, err = c.Takes(amount, st.Step)
		}
		return err
	})
}

// VoidCoupon takes a coupon that is not spent out of use.
func (d *DB) VoidCoupon(ctx context.Context, a engine.Actor, id engine.ID, reason string) (engine.Coupon, error) {
	var c engine.Coupon
	if err := a.Need(engine.MayEditCoupons); err != nil {
		return c, err
	}
	if reason == "" {
		return c, engine.BadInput(engine.CodeReasonMissing)
	}
	return c, d.write(ctx, func(t *tx) (err error) {
		if c, err = t.coupon(a.StoreID, id); err != nil {
			return err
		}
		if err = t.voidCoupon(a, c, reason); err != nil {
			return err
		}
		c, err = t.coupon(a.StoreID, id)
		return err
	})
}

// voidCoupon voids a coupon that is active, pending, reserved or expired, takes
// its texts back and counts it.
func (t *tx) voidCoupon(a engine.Actor, c engine.Coupon, reason string) error {
	ok, err := t.changed(couponVoid, a.StoreID, c.ID, t.now, a.StaffID, reason)
	if err != nil {
		return err
	}
	if !ok {
		return t.whyNot(a, c.ID)
	}
	if err := t.cancelMessages(a.StoreID, c.ID, c.CustomerID, reasonVoided); err != nil {
		return err
	}
	if err := t.addCoupon(a.StoreID, c, couponSums{Voided: 1, VoidedFace: c.Face}); err != nil {
		return err
	}
	return t.audit(a, "coupon.void", "coupon", c.ID, facts("face", c.Face), reason)
}
