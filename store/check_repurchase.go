package store

// The statements of the check that look at how long customers took to come
// back. They read whole tables, as those of check.go do.
var (
	checkGaps = declare(`
SELECT day, gap, sum(gaps), sum(firsts) FROM (
  SELECT business AS day, gap, count(*) AS gaps, sum(CASE WHEN n = 2 THEN 1 ELSE 0 END) AS firsts FROM (
    SELECT business, business - lag(business) OVER w AS gap, row_number() OVER w AS n
      FROM sale WHERE store_id = $1 AND customer_id IS NOT NULL AND state <> 'voided'
    WINDOW w AS (PARTITION BY customer_id ORDER BY business, id)) AS spells
   WHERE n > 1 GROUP BY business, gap
  UNION ALL
  SELECT day, gap, -gaps, -firsts FROM gap_summary WHERE store_id = $1) AS both_sides
 GROUP BY day, gap HAVING sum(gaps) <> 0 OR sum(firsts) <> 0 ORDER BY day, gap LIMIT $2`)
	checkRedeemDays = declare(`
SELECT day, days, sum(redeemed) FROM (
  SELECT x.business AS day, CASE WHEN e.business > x.business THEN 0 ELSE x.business - e.business END AS days, count(*) AS redeemed
    FROM coupon c
    JOIN sale x ON x.store_id = c.store_id AND x.id = c.redeemed_sale
    JOIN sale e ON e.store_id = c.store_id AND e.id = c.sale_id
   WHERE c.store_id = $1 AND c.state = 'redeemed' GROUP BY 1, 2
  UNION ALL
  SELECT day, days, -redeemed FROM redeem_summary WHERE store_id = $1) AS both_sides
 GROUP BY day, days HAVING sum(redeemed) <> 0 ORDER BY day, days LIMIT $2`)
)
