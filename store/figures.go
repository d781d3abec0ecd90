package store

import (
	"context"
	"math"

	"bounceback/engine"
)

// couponCountColumns are the sums of engine.CouponCounts, of the rows of
// coupon_summary that match a condition, or of all without one.
func couponCountColumns(when string) string {
	sum := ""
	for i, column := range []string{"issued", "redeemed", "voided", "issued_face", "redeemed_face", "voided_face", "discount_given"} {
		if i > 0 {
			sum += ", "
		}
		one := "y." + column
		if when != "" {
			one = "CASE WHEN " + when + " THEN " + one + " ELSE 0 END"
		}
		sum += "CAST(coalesce(sum(" + one + "), 0) AS BIGINT)"
	}
	return sum
}

var (
	// $2 is today: coupons whose last day is before it have ended.
	campaignFigures = declare(`
SELECT g.id, ` + couponCountColumns("") + `, ` + couponCountColumns("y.last_day < $2") + `,
       CAST(coalesce(sum(y.redeeming_net), 0) AS BIGINT), CAST(coalesce(sum(y.earning_net), 0) AS BIGINT), CAST(coalesce(sum(y.texts), 0) AS BIGINT),
       CAST(coalesce(sum(y.text_cost), 0) AS BIGINT)
  FROM campaign g JOIN coupon_summary y ON y.store_id = g.store_id AND y.campaign_id = g.id AND y.issued_on >= $3 AND y.issued_on <= $4
 WHERE g.store_id = $1 GROUP BY g.id ORDER BY g.id`)
	couponsEnded = declare(`
SELECT ` + couponCountColumns("") + `
  FROM coupon_summary y WHERE y.store_id = $1 AND y.last_day >= $2 AND y.last_day <= $3`)
	couponsOwed = declare(`
SELECT y.issued_on, y.last_day, y.issued - y.redeemed - y.voided, y.issued_face - y.redeemed_face - y.voided_face
  FROM coupon_summary y WHERE y.store_id = $1 AND y.last_day >= $2`)
	dayFigures = declare(`
SELECT CAST(coalesce(sum(sales), 0) AS BIGINT), CAST(coalesce(sum(net), 0) AS BIGINT),
       CAST(coalesce(sum(used_off), 0) AS BIGINT), CAST(coalesce(sum(used_net), 0) AS BIGINT),
       CAST(coalesce(sum(used_earned), 0) AS BIGINT)
  FROM day_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	daysUsed = declare(`
SELECT CAST(coalesce(sum(redeemed), 0) AS BIGINT) FROM redeem_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	textFigure = declare(`
SELECT CAST(coalesce(sum(texts), 0) AS BIGINT), CAST(coalesce(sum(cost), 0) AS BIGINT)
  FROM text_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
)

// lastDay stands for no bound.
const lastDay engine.Day = math.MaxInt32

// Figures gives the figures of the actor's store over some days, both included;
// a zero day is no bound.
func (d *DB) Figures(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.Figures, error) {
	f := engine.Figures{From: from, To: to}
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return f, err
	}
	if to == 0 {
		to = lastDay
	}
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		f.Margin = engine.BP(st.Settings.Count(engine.SetMargin))
		if err := t.dayFigure(&f, a.StoreID, from, to); err != nil {
			return err
		}
		today := st.Today(t.now)
		issued, err := t.campaignSums(a.StoreID, today, from, to)
		if err != nil {
			return err
		}
		for _, one := range issued {
			f.Issued = f.Issued.Plus(one.CouponFigures)
		}
		f.Ended, err = t.endedCoupons(a.StoreID, from, min(to, today-1))
		return err
	})
	return f, err
}

// dayFigure fills in what happened on the days.
func (t *tx) dayFigure(f *engine.Figures, storeID engine.ID, from, to engine.Day) error {
	span, u := []any{storeID, from, to}, &f.Used
	if _, err := t.row(dayFigures, span, &f.Sales, &f.Net, &u.Off, &u.Net, &u.Earned); err != nil {
		return err
	}
	if _, err := t.row(daysUsed, span, &u.Coupons); err != nil {
		return err
	}
	_, err := t.row(textFigure, span, &f.Texts, &f.TextCost)
	return err
}

func (t *tx) endedCoupons(storeID engine.ID, from, to engine.Day) (c engine.CouponCounts, err error) {
	_, err = t.row(couponsEnded, []any{storeID, from, to}, countFields(&c)...)
	return c, err
}

// countFields are where a row of couponCountColumns goes.
func countFields(c *engine.CouponCounts) []any {
	return []any{&c.Issued, &c.Redeemed, &c.Voided, &c.IssuedFace, &c.RedeemedFace, &c.VoidedFace, &c.Given}
}

// campaignSums adds up, for each campaign, the coupons issued on some days. Of a
// slice it fills in the id and the figures.
func (t *tx) campaignSums(storeID engine.ID, today, from, to engine.Day) (map[engine.ID]engine.Slice, error) {
	out := map[engine.ID]engine.Slice{}
	err := t.rows(campaignFigures, []any{storeID, today, from, to}, func(scan func(...any) error) error {
		var id engine.ID
		s, err := scanSums(scan, &id)
		s.ID = id
		out[id] = s
		return err
	})
	return out, err
}

// scanSums reads a key and the sums behind it: couponCountColumns of all coupons
// and of those that have ended, what their use took and brought, and the texts.
func scanSums(scan func(...any) error, key any) (engine.Slice, error) {
	var all, ended engine.CouponCounts
	var use engine.CouponUse
	var texts engine.TextUse
	dest := append([]any{key}, append(countFields(&all), countFields(&ended)...)...)
	err := scan(append(dest, &use.Net, &use.Earned, &texts.Texts, &texts.TextCost)...)
	use.Off = all.Given
	return engine.Slice{CouponFigures: engine.NewCouponFigures(all, ended, use), TextUse: texts}, err
}

// Liability gives what the actor's store owes its customers now.
func (d *DB) Liability(ctx context.Context, a engine.Actor) (engine.Liability, error) {
	var l engine.Liability
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return l, err
	}
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		l, err = t.liability(a.StoreID, st.Today(t.now))
		return err
	})
	return l, err
}

// liability is what a store owes its customers on a day.
func (t *tx) liability(storeID engine.ID, today engine.Day) (engine.Liability, error) {
	ended, err := t.endedCoupons(storeID, 0, today-1)
	if err != nil {
		return engine.Liability{}, err
	}
	var owed []engine.OwedDay
	err = t.rows(couponsOwed, []any{storeID, today}, func(scan func(...any) error) error {
		var o engine.OwedDay
		err := scan(&o.Issued, &o.LastDay, &o.Coupons, &o.Face)
		if o.Coupons > 0 {
			owed = append(owed, o)
		}
		return err
	})
	if err != nil {
		return engine.Liability{}, err
	}
	return engine.NewLiability(today, ended, owed)
}
