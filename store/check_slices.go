package store

import (
	"strings"

	"bounceback/engine"
)

// The statements of the check that look at the coupons' sums by the sale that
// earned them, at what texts about coupons cost, and at the gaps of all time.
// They read whole tables, as those of check.go do.
var (
	checkSlices = declare(`
SELECT day, campaign_id, last, staff, till, source, ad, ` + sumsOf(couponSumColumns) + ` FROM (
  SELECT e.business AS day, c.campaign_id, c.last_day AS last, e.staff_id AS staff, e.register_id AS till, e.source, e.ad,
         1 AS issued, c.face AS issued_face,
         CASE WHEN c.state = 'redeemed' THEN 1 ELSE 0 END AS redeemed, CASE WHEN c.state = 'redeemed' THEN c.face ELSE 0 END AS redeemed_face,
         CASE WHEN c.state = 'voided' THEN 1 ELSE 0 END AS voided, CASE WHEN c.state = 'voided' THEN c.face ELSE 0 END AS voided_face,
         c.redeemed_amount AS discount_given, coalesce(x.net, 0) AS redeeming_net,
         CASE WHEN x.id IS NULL THEN 0 ELSE e.net END AS earning_net, 0 AS texts, 0 AS text_cost
    FROM coupon c JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
    LEFT JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
   WHERE c.store_id = $1
  UNION ALL
  SELECT e.business, c.campaign_id, c.last_day, e.staff_id, e.register_id, e.source, e.ad, 0, 0, 0, 0, 0, 0, 0, 0, 0,
         CASE WHEN m.went > 0 THEN 1 ELSE 0 END, m.cost
    FROM message m JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
    JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
   WHERE m.store_id = $1 AND ` + textCounts + `
  UNION ALL
  SELECT issued_on, campaign_id, last_day, staff_id, register_id, source, ad, -issued, -issued_face, -redeemed, -redeemed_face,
         -voided, -voided_face, -discount_given, -redeeming_net, -earning_net, -texts, -text_cost FROM coupon_slice WHERE store_id = $1) AS both_sides
 GROUP BY day, campaign_id, last, staff, till, source, ad
HAVING ` + anyOff(couponSumColumns) + ` ORDER BY day, campaign_id, last, staff, till, source, ad LIMIT $2`)

	checkCouponTexts = declare(`
SELECT campaign_id, day, last, sum(texts), sum(cost) FROM (
  SELECT c.campaign_id, e.business AS day, c.last_day AS last, CASE WHEN m.went > 0 THEN 1 ELSE 0 END AS texts, m.cost
    FROM message m JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
    JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
   WHERE m.store_id = $1 AND ` + textCounts + `
  UNION ALL
  SELECT campaign_id, issued_on, last_day, -texts, -text_cost FROM coupon_summary WHERE store_id = $1) AS both_sides
 GROUP BY campaign_id, day, last HAVING sum(texts) <> 0 OR sum(cost) <> 0 ORDER BY campaign_id, day, last LIMIT $2`)

	checkGapTotals = declare(`
SELECT gap, sum(gaps) FROM (
  SELECT gap, 1 AS gaps FROM (` + spellsSelect + `) AS spells WHERE gap IS NOT NULL
  UNION ALL
  SELECT gap, -gaps FROM gap_total WHERE store_id = $1) AS both_sides
 GROUP BY gap HAVING sum(gaps) <> 0 ORDER BY gap LIMIT $2`)
	checkAgain = declare(`
SELECT day, sum(again) FROM (
  SELECT business - gap AS day, 1 AS again FROM (` + spellsSelect + `) AS spells WHERE gap IS NOT NULL
  UNION ALL
  SELECT day, -again FROM day_summary WHERE store_id = $1) AS both_sides
 GROUP BY day HAVING sum(again) <> 0 ORDER BY day LIMIT $2`)
)

// spellsSelect reads the days between each sale of a customer and the one
// before, NULL at the first.
const spellsSelect = `
SELECT business, business - lag(business) OVER (PARTITION BY customer_id ORDER BY business, id) AS gap
  FROM sale WHERE store_id = $1 AND customer_id IS NOT NULL AND state <> 'voided'`

func sumsOf(columns []string) string { return "sum(" + strings.Join(columns, "), sum(") + ")" }

func anyOff(columns []string) string {
	return "sum(" + strings.Join(columns, ") <> 0 OR sum(") + ") <> 0"
}

// sliceKey is where the key of a row of checkSlices goes.
func sliceKey() []any {
	return []any{new(engine.Day), new(engine.ID), new(engine.Day), new(engine.ID), new(engine.ID), new(string), new(string)}
}
