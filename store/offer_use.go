package store

import (
	"bounceback/engine"
)

var (
	useOf = declare(`
SELECT total, spent, units, coupons, issued, redeemed FROM offer_use WHERE store_id = $1 AND campaign_id = $2`)
	usesOf = declare(`
SELECT day, uses FROM offer_use_customer WHERE store_id = $1 AND campaign_id = $2 AND customer_id = $3 AND day IN (0, $4)`)
	couponsOf = declare(`
SELECT CAST(coalesce(sum(y.issued), 0) AS BIGINT), CAST(coalesce(sum(y.voided), 0) AS BIGINT), CAST(coalesce(sum(y.redeemed), 0) AS BIGINT)
  FROM coupon_summary y WHERE y.store_id = $1 AND y.campaign_id = $2`)

	// A limit is decided here: the row changes only if all of its limits leave
	// room. A limit of 0 is none.
	useTake = declare(`
INSERT INTO offer_use (store_id, campaign_id, total, spent, units)
SELECT $1, $2, 1, $3, $4 WHERE ($5 = 0 OR $5 >= 1) AND ($6 = 0 OR $3 <= $6) AND ($7 = 0 OR $4 <= $7)
ON CONFLICT (store_id, campaign_id) DO UPDATE SET
  total = offer_use.total + 1, spent = offer_use.spent + excluded.spent, units = offer_use.units + excluded.units
 WHERE ($5 = 0 OR offer_use.total + 1 <= $5) AND ($6 = 0 OR offer_use.spent + excluded.spent <= $6)
   AND ($7 = 0 OR offer_use.units + excluded.units <= $7)
RETURNING campaign_id`)
	usesTake = declare(`
INSERT INTO offer_use_customer (store_id, campaign_id, customer_id, day, uses) VALUES ($1, $2, $3, $4, 1)
ON CONFLICT (store_id, campaign_id, customer_id, day) DO UPDATE SET uses = offer_use_customer.uses + 1
 WHERE offer_use_customer.uses + 1 <= $5
RETURNING campaign_id`)
	// These two change nothing: they decide, and keep the row until the coupon
	// is counted with the sums of its campaign.
	couponTakeIssued = declare(`
UPDATE offer_use SET coupons = coupons WHERE store_id = $1 AND campaign_id = $2 AND coupons = $3 AND issued + 1 <= $4
RETURNING campaign_id`)
	couponTakeRedeemed = declare(`
UPDATE offer_use SET coupons = coupons WHERE store_id = $1 AND campaign_id = $2 AND coupons = $3 AND redeemed + 1 <= $4
RETURNING campaign_id`)
	couponsKeep = declare(`
INSERT INTO offer_use (store_id, campaign_id, coupons, issued, redeemed) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (store_id, campaign_id) DO UPDATE SET coupons = excluded.coupons, issued = excluded.issued, redeemed = excluded.redeemed`)
	couponsUsed = declare(`
UPDATE offer_use SET issued = issued + $3 - CASE coupons WHEN 1 THEN $4 ELSE 0 END, redeemed = redeemed + $5
 WHERE store_id = $1 AND campaign_id = $2 AND coupons > 0`)

	useRelease = declare(`
UPDATE offer_use SET total = total - $3, spent = spent - $4, units = units - $5 WHERE store_id = $1 AND campaign_id = $2`)
	usesRelease = declare(`
UPDATE offer_use_customer SET uses = uses - 1 WHERE store_id = $1 AND campaign_id = $2 AND customer_id = $3 AND day = $4`)
)

// Whether the coupons of a campaign are counted, and with those that were
// voided: offer_use.coupons.
const (
	couponsNotCounted = iota
	couponsLessVoided
	couponsWithVoided
)

func couponMode(l engine.Limits) int {
	if l.KeepOnVoid {
		return couponsWithVoided
	}
	return couponsLessVoided
}

// usage reads what was used of the offers that have limits, by a customer (zero:
// nobody) as of a day.
func (t *tx) usage(storeID engine.ID, offers []engine.Offer, customer engine.ID, today engine.Day) (map[engine.ID]engine.Usage, error) {
	var out map[engine.ID]engine.Usage
	for _, o := range offers {
		if o.Limits == (engine.Limits{}) {
			continue
		}
		u, err := t.usageOf(storeID, o, customer, today)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = map[engine.ID]engine.Usage{}
		}
		out[o.ID] = u
	}
	return out, nil
}

func (t *tx) usageOf(storeID engine.ID, o engine.Offer, customer engine.ID, today engine.Day) (u engine.Usage, err error) {
	var mode int
	_, err = t.row(useOf, []any{storeID, o.ID}, &u.Total, &u.Spent, &u.Units, &mode, &u.Issued, &u.Redeemed)
	if err == nil && o.Limits.Coupons > 0 && mode != couponMode(o.Limits) {
		u.Issued, u.Redeemed, err = t.countCoupons(storeID, o)
	}
	if err != nil || customer.IsZero() || o.Limits.PerCustomer == 0 && o.Limits.PerDay == 0 {
		return u, err
	}
	return u, t.rows(usesOf, []any{storeID, o.ID, customer, today}, func(scan func(...any) error) error {
		var day engine.Day
		var uses int64
		err := scan(&day, &uses)
		if day == 0 {
			u.Customer = uses
		} else {
			u.CustomerToday = uses
		}
		return err
	})
}

// countCoupons counts the coupons of a campaign anew, as its limit counts them.
func (t *tx) countCoupons(storeID engine.ID, o engine.Offer) (issued, redeemed int64, err error) {
	var voided int64
	_, err = t.row(couponsOf, []any{storeID, o.ID}, &issued, &voided, &redeemed)
	if couponMode(o.Limits) == couponsLessVoided {
		issued -= voided
	}
	return issued, redeemed, err
}

// use is one use of an offer in a sale: what it counts against its limits.
type use struct {
	offer    engine.Offer
	customer engine.ID
	today    engine.Day
	spent    engine.Minor
	units    int64
}

// takeUse counts a use. Limits that are reached by now refuse it.
func (t *tx) takeUse(storeID engine.ID, u use) error {
	l := u.offer.Limits
	ok, err := t.changed(useTake, storeID, u.offer.ID, u.spent, u.units, l.Total, l.Budget, l.Units)
	if err == nil && ok && u.perCustomer() {
		ok, err = t.changed(usesTake, storeID, u.offer.ID, u.customer, engine.Day(0), l.PerCustomer)
	}
	if err == nil && ok && u.perDay() {
		ok, err = t.changed(usesTake, storeID, u.offer.ID, u.customer, u.today, l.PerDay)
	}
	return usedUp(ok, err, u.offer)
}

func (u use) perCustomer() bool { return u.offer.Limits.PerCustomer > 0 && !u.customer.IsZero() }
func (u use) perDay() bool      { return u.offer.Limits.PerDay > 0 && !u.customer.IsZero() }

func usedUp(ok bool, err error, o engine.Offer) error {
	if err == nil && !ok {
		err = engine.Refuse(engine.CodeOfferUsedUp, "title", o.Title)
	}
	return err
}

// takeCoupon decides whether an offer may issue one more coupon. Counted by
// those redeemed, a limit stops the issuing once so many have been redeemed;
// coupons that customers hold stay good.
func (t *tx) takeCoupon(storeID engine.ID, o engine.Offer) error {
	if o.Limits.Coupons == 0 {
		return nil
	}
	decide, mode := couponTakeIssued, couponMode(o.Limits)
	if o.Limits.ByRedeemed {
		decide = couponTakeRedeemed
	}
	ok, err := t.changed(decide, storeID, o.ID, mode, o.Limits.Coupons)
	if err != nil || ok {
		return err
	}
	if err := t.keepCoupons(storeID, o); err != nil {
		return err
	}
	ok, err = t.changed(decide, storeID, o.ID, mode, o.Limits.Coupons)
	return usedUp(ok, err, o)
}

// keepCoupons begins to count the coupons of a campaign whose limit is new.
func (t *tx) keepCoupons(storeID engine.ID, o engine.Offer) error {
	issued, redeemed, err := t.countCoupons(storeID, o)
	if err != nil {
		return err
	}
	_, err = t.exec(couponsKeep, storeID, o.ID, couponMode(o.Limits), issued, redeemed)
	return err
}
