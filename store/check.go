package store

import (
	"context"
	"fmt"

	"bounceback/engine"
)

// What a check finds, as engine.Finding.What.
const (
	foundIntegrity = "integrity"
	foundForeign   = "foreign_key"
	foundSummary   = "summary"
	foundOrphan    = "orphan"
	foundAudit     = "audit"
)

// The statements of the check read whole tables: that is what a check is for.
// They are the ones that the test of query plans lets do so.
var (
	checkIntegrity = declare(`PRAGMA integrity_check(20)`)
	checkForeign   = declare(`PRAGMA foreign_key_check`)

	checkDays = declare(`
SELECT day, sum(sales), sum(gross), sum(discount), sum(net), sum(issued), sum(redeemed), sum(item), sum("order"),
       sum(credit), sum(delivery), sum(delivery_off), sum(known) FROM (
  SELECT business AS day, count(*) AS sales, sum(gross - returned) AS gross,
         sum(discount - item_back - order_back - credit_back) AS discount, sum(net - refunded) AS net,
         count(issued_id) AS issued, count(redeemed_id) AS redeemed, sum(item_off - item_back) AS item,
         sum(order_off - order_back) AS "order", sum(credit_off - credit_back) AS credit,
         sum(delivery) AS delivery, sum(delivery_off) AS delivery_off, count(customer_id) AS known
    FROM sale WHERE store_id = $1 AND state <> 'voided' GROUP BY business
  UNION ALL
  SELECT day, -sales, -gross, -discount, -net, -issued, -redeemed, -item_off, -order_off, -credit_off, -delivery,
         -delivery_off, -known FROM day_summary WHERE store_id = $1)
 GROUP BY day
HAVING sum(sales) <> 0 OR sum(gross) <> 0 OR sum(discount) <> 0 OR sum(net) <> 0 OR sum(issued) <> 0 OR sum(redeemed) <> 0
    OR sum(item) <> 0 OR sum("order") <> 0 OR sum(credit) <> 0 OR sum(delivery) <> 0 OR sum(delivery_off) <> 0 OR sum(known) <> 0
 ORDER BY day LIMIT $2`)

	checkUsed = declare(`
SELECT day, sum(off), sum(net), sum(earned) FROM (
  SELECT x.business AS day, sum(c.redeemed_amount) AS off, sum(x.net) AS net, sum(e.net) AS earned
    FROM coupon c JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
    JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
   WHERE c.store_id = $1 GROUP BY x.business
  UNION ALL
  SELECT day, -used_off, -used_net, -used_earned FROM day_summary WHERE store_id = $1)
 GROUP BY day HAVING sum(off) <> 0 OR sum(net) <> 0 OR sum(earned) <> 0 ORDER BY day LIMIT $2`)

	checkCoupons = declare(`
SELECT campaign_id, day, last, sum(issued), sum(issued_face), sum(redeemed), sum(redeemed_face), sum(voided), sum(voided_face),
       sum(given), sum(net), sum(earned) FROM (
  SELECT c.campaign_id, e.business AS day, c.last_day AS last, count(*) AS issued, sum(c.face) AS issued_face,
         sum(CASE WHEN c.state = 'redeemed' THEN 1 ELSE 0 END) AS redeemed, sum(CASE WHEN c.state = 'redeemed' THEN c.face ELSE 0 END) AS redeemed_face,
         sum(CASE WHEN c.state = 'voided' THEN 1 ELSE 0 END) AS voided,
         sum(CASE WHEN c.state = 'voided' THEN c.face ELSE 0 END) AS voided_face,
         sum(c.redeemed_amount) AS given, sum(coalesce(x.net, 0)) AS net, sum(CASE WHEN x.id IS NULL THEN 0 ELSE e.net END) AS earned
    FROM coupon c JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
    LEFT JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
   WHERE c.store_id = $1 GROUP BY c.campaign_id, e.business, c.last_day
  UNION ALL
  SELECT campaign_id, issued_on, last_day, -issued, -issued_face, -redeemed, -redeemed_face, -voided, -voided_face,
         -discount_given, -redeeming_net, -earning_net FROM coupon_summary WHERE store_id = $1)
 GROUP BY campaign_id, day, last
HAVING sum(issued) <> 0 OR sum(issued_face) <> 0 OR sum(redeemed) <> 0 OR sum(redeemed_face) <> 0 OR sum(voided) <> 0
    OR sum(voided_face) <> 0 OR sum(given) <> 0 OR sum(net) <> 0 OR sum(earned) <> 0
 ORDER BY campaign_id, day, last LIMIT $2`)

	checkCustomers = declare(`
SELECT customer_id, sum(visits), sum(spent), sum(first), sum(last) FROM (
  SELECT customer_id, count(*) AS visits, sum(net - refunded) AS spent, min(business) AS first, max(business) AS last
    FROM sale WHERE store_id = $1 AND customer_id IS NOT NULL AND state <> 'voided' GROUP BY customer_id
  UNION ALL
  SELECT id, -visits, -spent, -first_day, -last_day FROM customer WHERE store_id = $1)
 GROUP BY customer_id HAVING sum(visits) <> 0 OR sum(spent) <> 0 OR sum(first) <> 0 OR sum(last) <> 0
 ORDER BY customer_id LIMIT $2`)

	// Sale and coupon name each other; each must be the other's.
	checkEarning = declare(`
SELECT x.id FROM sale x JOIN coupon c ON c.store_id = x.store_id AND c.id = x.issued_id
 WHERE x.store_id = $1 AND c.sale_id <> x.id LIMIT $2`)
	checkEarned = declare(`
SELECT c.id FROM coupon c JOIN sale x ON x.store_id = c.store_id AND x.id = c.sale_id
 WHERE c.store_id = $1 AND x.issued_id IS DISTINCT FROM c.id LIMIT $2`)
	checkRedeeming = declare(`
SELECT x.id FROM sale x JOIN coupon c ON c.store_id = x.store_id AND c.id = x.redeemed_id
 WHERE x.store_id = $1 AND x.state = 'completed' AND (c.redeemed_sale IS DISTINCT FROM x.id OR c.redeemed_amount <> x.credit_off -
   (SELECT coalesce(sum(o.amount), 0) FROM sale_offer o WHERE o.store_id = x.store_id AND o.sale_id = x.id AND o.level = 'credit')) LIMIT $2`)
	checkRedeemed = declare(`
SELECT c.id FROM coupon c JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
 WHERE c.store_id = $1 AND (x.redeemed_id IS DISTINCT FROM c.id OR x.state <> 'completed') LIMIT $2`)
	checkRefunds = declare(`
SELECT x.id FROM sale x
 WHERE x.store_id = $1 AND x.returned > 0 AND (
   SELECT coalesce(sum(r.amount), 0) <> x.returned OR coalesce(sum(r.refund), 0) <> x.refunded
     FROM sale_return r WHERE r.store_id = x.store_id AND r.sale_id = x.id) LIMIT $2`)
)

// mostFindings bounds what a check tells of each kind.
const mostFindings = 20

// Check looks at the file's integrity and its references, recomputes the
// summaries of the actor's store from its sales and coupons, looks for sales
// and coupons that do not fit each other, and verifies the audit log. It reads
// whole tables: meanwhile others can sell, but SQLite's log grows.
func (d *DB) Check(ctx context.Context, a engine.Actor) ([]engine.Finding, error) {
	if err := a.Need(engine.MaySeeAudit); err != nil {
		return nil, err
	}
	c := &checking{store: a.StoreID, found: []engine.Finding{}}
	for _, part := range []func(*tx) error{c.file, c.references, c.sums, c.pairs, c.trials} {
		if err := d.read(ctx, part); err != nil {
			return nil, err
		}
	}
	report, err := d.VerifyAudit(ctx, a)
	if err != nil {
		return nil, err
	}
	if report.Broken != 0 {
		c.add(foundAudit, "entry %d: %s", report.Broken, report.Why)
	}
	return c.found, nil
}

type checking struct {
	store engine.ID
	found []engine.Finding
}

func (c *checking) add(what, format string, args ...any) {
	c.found = append(c.found, engine.Finding{What: what, Detail: fmt.Sprintf(format, args...)})
}

// file asks SQLite itself.
func (c *checking) file(t *tx) error {
	return t.rows(checkIntegrity, nil, func(scan func(...any) error) error {
		var line string
		err := scan(&line)
		if err == nil && line != "ok" {
			c.add(foundIntegrity, "%s", line)
		}
		return err
	})
}

func (c *checking) references(t *tx) error {
	n := 0
	return t.walk(checkForeign, nil, func(scan func(...any) error) error {
		var table, parent string
		if err := scan(&table, new(*int64), &parent, new(int64)); err != nil {
			return err
		}
		c.add(foundForeign, "%s names a missing %s", table, parent)
		if n++; n == mostFindings {
			return errEnough
		}
		return nil
	})
}

// sums compares the summaries with what they sum up. A row of a comparison
// holds the differences, recomputed less stored.
func (c *checking) sums(t *tx) error {
	for _, s := range []struct {
		sql   statement
		what  string
		width int // differences of a row
		key   func() []any
	}{
		{checkDays, "day", 12, func() []any { return []any{new(engine.Day)} }},
		{checkUsed, "coupons used on", 3, func() []any { return []any{new(engine.Day)} }},
		{checkCoupons, "campaign", 9, func() []any { return []any{new(engine.ID), new(engine.Day), new(engine.Day)} }},
		{checkCouponTexts, "texts of campaign", 2, func() []any { return []any{new(engine.ID), new(engine.Day), new(engine.Day)} }},
		{checkSlices, "coupons of", len(couponSumColumns), sliceKey},
		{checkCustomers, "customer", 4, func() []any { return []any{new(engine.ID)} }},
		{checkTexts, "texts of", 11, func() []any { return []any{new(engine.Day)} }},
		{checkGaps, "gaps (day, days)", 2, func() []any { return []any{new(engine.Day), new(int64)} }},
		{checkGapTotals, "gaps of days", 1, func() []any { return []any{new(int64)} }},
		{checkAgain, "sales followed by another of", 1, func() []any { return []any{new(engine.Day)} }},
		{checkCohorts, "cohort (first month, month)", 1, func() []any { return []any{new(int64), new(int64)} }},
		{checkBefore, "customer's sale before the last", 1, func() []any { return []any{new(engine.ID)} }},
		{checkRedeemDays, "redemptions (day, days)", 1, func() []any { return []any{new(engine.Day), new(int64)} }},
		{checkTills, "till (staff, till, hour)", 9, func() []any { return []any{new(engine.ID), new(engine.ID), new(int64)} }},
		{checkUses, "offer", 5, func() []any { return []any{new(engine.ID)} }},
		{checkTrialSums, "control group (campaign, day, last day)", 4, func() []any { return []any{new(engine.ID), new(engine.Day), new(engine.Day)} }},
		{checkUsesOf, "offer of a customer", 1, func() []any { return []any{new(engine.ID), new(engine.ID), new(engine.Day)} }},
	} {
		err := t.rows(s.sql, []any{c.store, mostFindings}, func(scan func(...any) error) error {
			key, off := s.key(), make([]int64, s.width)
			dest := key
			for i := range off {
				dest = append(dest, &off[i])
			}
			err := scan(dest...)
			c.add(foundSummary, "%s %s is off by %v", s.what, showKey(key), off)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// showKey writes what a row of a summary is about.
func showKey(key []any) string {
	out := ""
	for _, k := range key {
		switch k := k.(type) {
		case *engine.Day:
			out += " " + k.String()
		case *engine.ID:
			out += " " + k.String()
		case *int64:
			out += fmt.Sprintf(" %d", *k)
		case *string:
			out += fmt.Sprintf(" %q", *k)
		}
	}
	return out[min(1, len(out)):]
}

func (c *checking) pairs(t *tx) error {
	for _, p := range []struct {
		sql  statement
		what string
	}{
		{checkEarning, "sale %s: its coupon is another sale's"},
		{checkEarned, "coupon %s: its sale earned another"},
		{checkRedeeming, "sale %s: its coupon is not redeemed in it, or for another amount"},
		{checkRedeemed, "coupon %s: its redeeming sale does not hold it"},
		{checkRefunds, "sale %s: its returns do not sum to what it says"},
		{checkHeld, "sale %s: it was held back, and yet earned a coupon or is another customer's"},
		{checkLines, "sale %s: its lines do not sum to what it says"},
		{checkOffers, "sale %s: its offers do not sum to its discounts"},
		{checkCharges, "sale %s: its delivery charges do not sum to what it says"},
		{checkUseless, "text %s: it is to go though its coupon is used up"},
		{checkOwners, "text %s: its coupon is another customer's"},
		{checkLeads, "text %s: the text it went with is missing, or another customer's"},
	} {
		err := t.rows(p.sql, []any{c.store, mostFindings}, func(scan func(...any) error) error {
			var id engine.ID
			err := scan(&id)
			c.add(foundOrphan, p.what, id)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
