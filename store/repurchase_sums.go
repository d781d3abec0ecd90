package store

import (
	"slices"

	"bounceback/engine"
)

// The days between sales hang on the business dates of each customer's sales
// alone, not on which of one day was recorded first. So a sale that is the
// customer's latest adds one gap, which needs no look at the others; one that
// comes or goes between others changes the gaps around it.

var (
	gapAdd = declare(`
INSERT INTO gap_summary (store_id, day, gap, gaps, firsts) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (store_id, day, gap) DO UPDATE SET gaps = gap_summary.gaps + excluded.gaps, firsts = gap_summary.firsts + excluded.firsts`)
	gapTotalAdd = declare(`
INSERT INTO gap_total (store_id, gap, gaps) VALUES ($1, $2, $3)
ON CONFLICT (store_id, gap) DO UPDATE SET gaps = gap_total.gaps + excluded.gaps`)
	redeemAdd = declare(`
INSERT INTO redeem_summary (store_id, day, days, redeemed)
SELECT $1, $2, CASE WHEN e.business > $2 THEN 0 ELSE $2 - e.business END, $4 FROM sale e WHERE e.store_id = $1 AND e.id = $3
ON CONFLICT (store_id, day, days) DO UPDATE SET redeemed = redeem_summary.redeemed + excluded.redeemed`)
	salesUntil = declare(`
SELECT id, business FROM sale WHERE store_id = $1 AND customer_id = $2 AND id < $3 AND state <> 'voided' ORDER BY id DESC`)
	salesAfter = declare(`
SELECT id, business FROM sale WHERE store_id = $1 AND customer_id = $2 AND id >= $3 AND state <> 'voided' ORDER BY id`)
	customerFirstDay = declare(`UPDATE customer SET first_day = $3 WHERE store_id = $1 AND id = $2`)
	customerLastDays = declare(`UPDATE customer SET last_day = $3, before_day = $4 WHERE store_id = $1 AND id = $2`)
)

// gapKey names a row of the gaps' sums.
type gapKey struct {
	day engine.Day
	gap int64
}

// gapSums is what a transaction adds to a row of the gaps' sums.
type gapSums struct{ gaps, firsts int64 }

// gapChange is what a transaction adds to the gaps' sums.
type gapChange map[gapKey]gapSums

// count adds the gaps between business dates that follow each other, or with
// sign -1 takes them out. begins tells that the customer's first sale leads.
func (c gapChange) count(dates []engine.Day, begins bool, sign int64) {
	for i := 1; i < len(dates); i++ {
		key := gapKey{dates[i], int64(dates[i] - dates[i-1])}
		s := c[key]
		s.gaps += sign
		if begins && i == 1 {
			s.firsts += sign
		}
		c[key] = s
	}
}

// around is what stands next to a business date among a customer's other sales:
// the two dates before it or equal, latest first, and the two after it,
// earliest first. Fewer than two are all there are.
type around struct{ before, after []engine.Day }

// without and with are the dates around one, and with it.
func (n around) without() []engine.Day {
	dates := slices.Clone(n.before)
	slices.Reverse(dates)
	return append(dates, n.after...)
}

func (n around) with(day engine.Day) []engine.Day {
	return slices.Insert(n.without(), len(n.before), day)
}

// begins tells whether the dates begin with the customer's first sale.
func (n around) begins() bool { return len(n.before) < 2 }

// addTo adds what a sale on a day changes, or with sign -1 takes that back. Two
// dates on each side are enough: no gap beyond them, nor which is the first,
// hangs on the sale.
func (n around) addTo(c gapChange, day engine.Day, sign int64) {
	c.count(n.without(), n.begins(), -sign)
	c.count(n.with(day), n.begins(), sign)
}

// around looks for the sales of a customer next to one.
func (t *tx) around(st engine.Store, customer engine.ID, s engine.Sale) (n around, err error) {
	if n.before, err = t.before(st, customer, s); err == nil {
		n.after, err = t.after(st, customer, s)
	}
	return n, err
}

// before walks back from the last id that a sale of the day can have (see
// daysAfter), until no older sale can be closer than the two found.
func (t *tx) before(st engine.Store, customer engine.ID, s engine.Sale) (found []engine.Day, err error) {
	from := engine.FirstID((s.Business + daysAfter + 1).Start(st.Zone()))
	err = t.walk(salesUntil, []any{st.ID, customer, from}, func(scan func(...any) error) error {
		var id engine.ID
		var day engine.Day
		if err := scan(&id, &day); err != nil {
			return err
		}
		if len(found) == 2 && id.Instant() < (found[1]-daysBefore).Start(st.Zone()) {
			return errEnough
		}
		if id != s.ID && day <= s.Business {
			found = closest(append(found, day), func(a, b engine.Day) int { return int(b) - int(a) })
		}
		return nil
	})
	return found, err
}

// after walks on from the first id that a sale of the next day can have.
func (t *tx) after(st engine.Store, customer engine.ID, s engine.Sale) (found []engine.Day, err error) {
	from := engine.FirstID((s.Business + 1 - daysBefore).Start(st.Zone()))
	err = t.walk(salesAfter, []any{st.ID, customer, from}, func(scan func(...any) error) error {
		var id engine.ID
		var day engine.Day
		if err := scan(&id, &day); err != nil {
			return err
		}
		if len(found) == 2 && id.Instant() >= (found[1]+daysAfter+1).Start(st.Zone()) {
			return errEnough
		}
		if id != s.ID && day > s.Business {
			found = closest(append(found, day), func(a, b engine.Day) int { return int(a) - int(b) })
		}
		return nil
	})
	return found, err
}

// closest keeps the first two in an order.
func closest(days []engine.Day, order func(a, b engine.Day) int) []engine.Day {
	slices.SortFunc(days, order)
	return days[:min(2, len(days))]
}

// visitChange is what a transaction adds to the sums of who came when.
type visitChange struct {
	gaps    gapChange
	cohorts cohortChange
}

func newVisitChange() visitChange { return visitChange{gapChange{}, cohortChange{}} }

func (t *tx) addVisits(storeID engine.ID, c visitChange) error {
	if err := t.addGaps(storeID, c.gaps); err != nil {
		return err
	}
	return t.addCohorts(storeID, c.cohorts)
}

// addVisit counts a sale just written among those of its customer, who was so
// before it: of a sale that is the latest no other is looked at.
func (t *tx) addVisit(c visitChange, st engine.Store, was engine.Customer, s engine.Sale) error {
	if was.Visits == 0 || s.Business >= was.LastDay {
		c.cohorts.addLatest(was, s.Business)
		if was.Visits > 0 {
			c.gaps.count([]engine.Day{was.LastDay, s.Business}, was.Visits == 1, 1)
		}
		return nil
	}
	n, err := t.around(st, was.ID, s)
	if err != nil {
		return err
	}
	n.addTo(c.gaps, s.Business, 1)
	return t.addEarlier(c.cohorts, st.ID, was, s, n)
}

// dropVisit takes a voided sale out of the sums, and out of the customer's first
// and last days.
func (t *tx) dropVisit(st engine.Store, s engine.Sale) error {
	n, err := t.around(st, s.CustomerID, s)
	if err != nil {
		return err
	}
	c := newVisitChange()
	n.addTo(c.gaps, s.Business, -1)
	if err := t.dropMonth(c.cohorts, st.ID, s, n); err != nil {
		return err
	}
	if err := t.addVisits(st.ID, c); err != nil {
		return err
	}
	return t.dropDays(st.ID, s.CustomerID, n)
}

// dropDays sets the customer's first day and the last two right, after a sale
// with these next to it has gone. With two after it none of the last is it.
func (t *tx) dropDays(storeID, customer engine.ID, n around) error {
	if len(n.before) == 0 {
		if _, err := t.exec(customerFirstDay, storeID, customer, nth(n.after, 0)); err != nil {
			return err
		}
	}
	var err error
	switch len(n.after) {
	case 0:
		_, err = t.exec(customerLastDays, storeID, customer, nth(n.before, 0), nth(n.before, 1))
	case 1:
		_, err = t.exec(customerLastDays, storeID, customer, n.after[0], nth(n.before, 0))
	}
	return err
}

// nth is one of some days, from 0, or no day.
func nth(days []engine.Day, i int) engine.Day {
	if i >= len(days) {
		return 0
	}
	return days[i]
}

// addGaps writes a change to the gaps' sums, to those of all time, and to how
// many of a day's sales were followed by another.
func (t *tx) addGaps(storeID engine.ID, c gapChange) error {
	total, again := map[int64]int64{}, map[engine.Day]int64{}
	for key, s := range c {
		if s == (gapSums{}) {
			continue
		}
		if _, err := t.exec(gapAdd, storeID, key.day, key.gap, s.gaps, s.firsts); err != nil {
			return err
		}
		total[key.gap] += s.gaps
		again[key.day-engine.Day(key.gap)] += s.gaps //nolint:gosec // below the day
	}
	for gap, n := range total {
		if n == 0 {
			continue
		}
		if _, err := t.exec(gapTotalAdd, storeID, gap, n); err != nil {
			return err
		}
	}
	for day, n := range again {
		if n == 0 {
			continue
		}
		if err := t.addDay(storeID, day, daySums{Again: n}); err != nil {
			return err
		}
	}
	return nil
}

// addRedemption counts a redemption on a day of a coupon that a sale earned, or
// with -1 takes it back.
func (t *tx) addRedemption(storeID engine.ID, day engine.Day, earning engine.ID, n int64) error {
	_, err := t.exec(redeemAdd, storeID, day, earning, n)
	return err
}
