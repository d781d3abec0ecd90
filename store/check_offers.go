package store

// The statements of the check that look at baskets and offers. They read whole
// tables, as those of check.go do.
var (
	// What each offer's limits were used for, from the sales; its coupons, where
	// they are counted, from the campaign's sums.
	checkUses = declare(`
SELECT campaign_id, sum(total), sum(spent), sum(units), sum(issued), sum(redeemed) FROM (
  SELECT campaign_id, sum(CASE WHEN released <> 1 THEN 1 ELSE 0 END) AS total,
         sum(CASE WHEN released = 0 THEN spent ELSE 0 END) AS spent,
         sum(CASE WHEN released = 0 THEN units ELSE 0 END) AS units, 0 AS issued, 0 AS redeemed
    FROM sale_offer WHERE store_id = $1 GROUP BY campaign_id
  UNION ALL
  SELECT y.campaign_id, 0, 0, 0, sum(y.issued - CASE u.coupons WHEN 1 THEN y.voided ELSE 0 END), sum(y.redeemed)
    FROM coupon_summary y JOIN offer_use u ON u.store_id = y.store_id AND u.campaign_id = y.campaign_id AND u.coupons > 0
   WHERE y.store_id = $1 GROUP BY y.campaign_id
  UNION ALL
  SELECT campaign_id, -total, -spent, -units, CASE WHEN coupons > 0 THEN -issued ELSE 0 END, CASE WHEN coupons > 0 THEN -redeemed ELSE 0 END
    FROM offer_use WHERE store_id = $1)
 GROUP BY campaign_id
HAVING sum(total) <> 0 OR sum(spent) <> 0 OR sum(units) <> 0 OR sum(issued) <> 0 OR sum(redeemed) <> 0
 ORDER BY campaign_id LIMIT $2`)
	checkUsesOf = declare(`
SELECT campaign_id, customer_id, day, sum(uses) FROM (
  SELECT o.campaign_id, x.customer_id, 0 AS day, count(*) AS uses
    FROM sale_offer o JOIN sale x ON x.store_id = o.store_id AND x.id = o.sale_id
   WHERE o.store_id = $1 AND o.customer <> 0 AND o.released <> 1 GROUP BY o.campaign_id, x.customer_id
  UNION ALL
  SELECT o.campaign_id, x.customer_id, o.day, count(*)
    FROM sale_offer o JOIN sale x ON x.store_id = o.store_id AND x.id = o.sale_id
   WHERE o.store_id = $1 AND o.day <> 0 AND o.released <> 1 GROUP BY o.campaign_id, x.customer_id, o.day
  UNION ALL
  SELECT campaign_id, customer_id, day, -uses FROM offer_use_customer WHERE store_id = $1)
 GROUP BY campaign_id, customer_id, day HAVING sum(uses) <> 0 ORDER BY campaign_id, customer_id, day LIMIT $2`)

	// A line's gross is a whole multiple of its units.
	checkLines = declare(`
SELECT x.id FROM sale x LEFT JOIN (
  SELECT sale_id, sum(CASE WHEN given_by IS NULL THEN 1 ELSE 0 END) AS lines, sum(gross) AS gross, sum(item_off) AS item,
         sum(order_off) AS "order", sum(credit_off) AS credit, sum(gross / units * returned) AS returned
    FROM sale_line WHERE store_id = $1 GROUP BY sale_id) l ON l.sale_id = x.id
 WHERE x.store_id = $1 AND (x.lines <> coalesce(l.lines, 0) OR x.lines > 0 AND (l.gross <> x.gross OR l.item <> x.item_off OR
       l."order" <> x.order_off OR l.credit <> x.credit_off OR x.state <> 'voided' AND l.returned <> x.returned))
 LIMIT $2`)
	checkOffers = declare(`
SELECT x.id FROM sale x LEFT JOIN (
  SELECT sale_id, sum(CASE level WHEN 'item' THEN amount ELSE 0 END) AS item,
         sum(CASE level WHEN 'order' THEN amount ELSE 0 END) AS "order",
         sum(CASE level WHEN 'delivery' THEN amount ELSE 0 END) AS delivery,
         sum(CASE level WHEN 'credit' THEN amount ELSE 0 END) AS credit
    FROM sale_offer WHERE store_id = $1 GROUP BY sale_id) o ON o.sale_id = x.id
 WHERE x.store_id = $1 AND (x.item_off <> coalesce(o.item, 0) OR x.order_off <> coalesce(o."order", 0) OR
       x.delivery_off <> coalesce(o.delivery, 0) OR x.redeemed_id IS NULL AND x.credit_off <> coalesce(o.credit, 0))
 LIMIT $2`)
	checkCharges = declare(`
SELECT x.id FROM sale x LEFT JOIN (
  SELECT sale_id, sum(gross) AS gross, sum(discount) AS discount FROM sale_charge WHERE store_id = $1 GROUP BY sale_id) c
    ON c.sale_id = x.id
 WHERE x.store_id = $1 AND (x.delivery <> coalesce(c.gross, 0) OR x.delivery_off <> coalesce(c.discount, 0)) LIMIT $2`)
)
