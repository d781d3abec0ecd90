package store

import "bounceback/engine"

// The statements of the check that look at control groups. They read whole
// tables, as those of check.go do.
var (
	// The comparison of one campaign, recomputed less stored, by customer: whether
	// there is a trial, its sale, days, group, return and cost. $3 and $4 bound the
	// ids of sales made while a share was held back.
	checkStarts = declare(`
SELECT x.customer_id, x.id, x.business, coalesce(h.last_day, c.last_day), CASE WHEN h.sale_id IS NULL THEN 0 ELSE 1 END,
       coalesce(c.redeemed_amount, 0),
       coalesce((SELECT min(y.business) FROM sale y WHERE y.store_id = x.store_id AND y.customer_id = x.customer_id AND y.state <> 'voided'
          AND y.business > x.business AND y.business <= coalesce(h.last_day, c.last_day)), 0)
  FROM sale x
  LEFT JOIN coupon c ON c.store_id = x.store_id AND c.id = x.issued_id AND c.campaign_id = $2
  LEFT JOIN held_back h ON h.store_id = x.store_id AND h.sale_id = x.id AND h.campaign_id = $2
 WHERE x.store_id = $1 AND x.customer_id IS NOT NULL AND x.state <> 'voided' AND x.origin <> 'import' AND x.id >= $3 AND x.id < $4
   AND (c.id IS NOT NULL OR h.sale_id IS NOT NULL)
 ORDER BY x.customer_id, x.business, x.id`)
	checkTrials = declare(`
SELECT customer_id, sale_id, day, last_day, held, cost, came FROM trial WHERE store_id = $1 AND campaign_id = $2 ORDER BY customer_id`)
	checkTrialSums = declare(`
SELECT campaign_id, day, last, sum(held), sum(customers), sum(returned), sum(cost) FROM (
  SELECT campaign_id, day, last_day AS last, held AS grp, sum(held) AS held, count(*) AS customers,
         sum(CASE WHEN came > 0 THEN 1 ELSE 0 END) AS returned, sum(cost) AS cost
    FROM trial WHERE store_id = $1 GROUP BY campaign_id, day, last_day, held
  UNION ALL
  SELECT campaign_id, day, last_day, held, -held * customers, -customers, -returned, -cost FROM trial_summary WHERE store_id = $1)
 GROUP BY campaign_id, day, last, grp HAVING sum(customers) <> 0 OR sum(returned) <> 0 OR sum(cost) <> 0
 ORDER BY campaign_id, day, last LIMIT $2`)
	// A sale that was held back earned nothing, and is its customer's.
	checkHeld = declare(`
SELECT h.sale_id FROM held_back h JOIN sale x ON x.store_id = h.store_id AND x.id = h.sale_id
 WHERE h.store_id = $1 AND (x.issued_id IS NOT NULL OR x.customer_id IS DISTINCT FROM h.customer_id) LIMIT $2`)
)

// trials compares where customers stand in comparisons with what their sales
// say.
func (c *checking) trials(t *tx) error {
	all, err := t.comparisons(c.store)
	if err != nil {
		return err
	}
	for _, one := range all {
		want, err := t.trialsBySales(c.store, one)
		if err != nil {
			return err
		}
		if err := c.compareTrials(t, one.campaign, want); err != nil {
			return err
		}
	}
	return nil
}

// trialsBySales recomputes the trials of a comparison.
func (t *tx) trialsBySales(storeID engine.ID, one comparing) (map[engine.ID]trial, error) {
	want := map[engine.ID]trial{}
	for _, span := range one.spans {
		until := engine.ID{}
		for i := range until {
			until[i] = 0xff
		}
		if span.until != 0 {
			until = engine.FirstID(span.until)
		}
		err := t.rows(checkStarts, []any{storeID, one.campaign, engine.FirstID(span.since), until}, func(scan func(...any) error) error {
			var customer engine.ID
			var r trial
			err := scan(&customer, &r.sale, &r.day, &r.last, &r.held, &r.cost, &r.came)
			if was, known := want[customer]; !known || r.day < was.day {
				want[customer] = r
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return want, nil
}

// compareTrials tells of trials that differ; at most mostFindings.
func (c *checking) compareTrials(t *tx, campaign engine.ID, want map[engine.ID]trial) error {
	left := mostFindings
	tell := func(customer engine.ID, is, should trial) {
		if left--; left >= 0 {
			c.add(foundSummary, "control group of campaign %s: customer %s stands at %v, should at %v", campaign, customer, is, should)
		}
	}
	err := t.rows(checkTrials, []any{c.store, campaign}, func(scan func(...any) error) error {
		var customer engine.ID
		var is trial
		err := scan(&customer, &is.sale, &is.day, &is.last, &is.held, &is.cost, &is.came)
		if should := want[customer]; err == nil && is != should {
			tell(customer, is, should)
		}
		delete(want, customer)
		return err
	})
	if err != nil {
		return err
	}
	for customer, should := range want {
		tell(customer, trial{}, should)
	}
	return nil
}
