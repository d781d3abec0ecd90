package store

// monthOfBusiness gives the months of the sales whose customers are known, each
// once a customer. The month of a day is worked out as in 0012_visits.sql.
const monthOfBusiness = `
    SELECT DISTINCT customer_id, 12 * y + (5 * (n - 365 * y - y / 4 + y / 100 - y / 400) + 2) / 153 - 23638 AS month FROM (
      SELECT customer_id, n,
             n / 146097 * 400 + (n % 146097 - n % 146097 / 1460 + n % 146097 / 36524 - n % 146097 / 146096) / 365 AS y FROM (
        SELECT customer_id, business + 719468 AS n FROM sale
         WHERE store_id = $1 AND customer_id IS NOT NULL AND state <> 'voided') AS sales) AS years`

// The statements of the check that look at who came when. They read whole
// tables, as those of check.go do.
var (
	checkCohorts = declare(`
SELECT first_month, month, sum(customers) FROM (
  SELECT first_month, month, count(*) AS customers FROM (
    SELECT month, min(month) OVER (PARTITION BY customer_id) AS first_month FROM (` + monthOfBusiness + `) AS months) AS lives
   GROUP BY first_month, month
  UNION ALL
  SELECT first_month, active_month, -customers FROM cohort_summary WHERE store_id = $1) AS both_sides
 GROUP BY first_month, month HAVING sum(customers) <> 0 ORDER BY first_month, month LIMIT $2`)
	checkBefore = declare(`
SELECT customer_id, sum(before) FROM (
  SELECT customer_id, business AS before FROM (
    SELECT customer_id, business, row_number() OVER (PARTITION BY customer_id ORDER BY business DESC, id DESC) AS n
      FROM sale WHERE store_id = $1 AND customer_id IS NOT NULL AND state <> 'voided') AS sales
   WHERE n = 2
  UNION ALL
  SELECT id, -before_day FROM customer WHERE store_id = $1) AS both_sides
 GROUP BY customer_id HAVING sum(before) <> 0 ORDER BY customer_id LIMIT $2`)
)
