package store

// The statements of the check that look at texts. They read whole tables, as
// those of check.go do.
var (
	checkTexts = declare(`
SELECT day, sum(texts), sum(repeated), sum(accepted), sum(refused), sum(unknown), sum(parts), sum(cost), sum(delivered), sum(failed), sum(paid),
       sum(paid_texts) FROM (
  SELECT sent_day AS day, ` + textSumColumns + `
    FROM message WHERE store_id = $1 AND ` + textCounts + `
  UNION ALL
  SELECT day, -texts, -repeated, -accepted, -refused, -unknown, -parts, -cost, -delivered, -failed, -paid, -paid_texts
    FROM text_summary WHERE store_id = $1)
 GROUP BY day
HAVING sum(texts) <> 0 OR sum(repeated) <> 0 OR sum(accepted) <> 0 OR sum(refused) <> 0 OR sum(unknown) <> 0 OR sum(parts) <> 0
    OR sum(cost) <> 0 OR sum(delivered) <> 0 OR sum(failed) <> 0 OR sum(paid) <> 0 OR sum(paid_texts) <> 0
 ORDER BY day LIMIT $2`)

	// A coupon that is used up has no text to go; redeeming and voiding see to it.
	checkUseless = declare(`
SELECT m.id FROM message m JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
 WHERE m.store_id = $1 AND m.state = 'queued' AND c.state IN ('redeemed', 'voided') LIMIT $2`)
	checkOwners = declare(`
SELECT m.id FROM message m JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
 WHERE m.store_id = $1 AND m.customer_id IS DISTINCT FROM c.customer_id LIMIT $2`)
	checkLeads = declare(`
SELECT m.id FROM message m LEFT JOIN message l ON l.store_id = m.store_id AND l.id = m.lead_id
 WHERE m.store_id = $1 AND m.lead_id IS NOT NULL AND (l.id IS NULL OR l.customer_id IS DISTINCT FROM m.customer_id) LIMIT $2`)
)
