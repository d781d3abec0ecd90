package store

import (
	"slices"

	"bounceback/engine"
)

// A cell of the cohorts counts a customer once, however often they bought in its
// month. So of a sale that is the customer's latest the first and the last day
// tell what changes; one that comes or goes before others asks those next to it,
// and only a customer's first sale of another month asks all.

var cohortAdd = declare(`
INSERT INTO cohort_summary (store_id, first_month, active_month, customers) VALUES ($1, $2, $3, $4)
ON CONFLICT (store_id, first_month, active_month) DO UPDATE SET customers = cohort_summary.customers + excluded.customers`)

// cohortKey names a cell of the cohorts.
type cohortKey struct{ first, active engine.Month }

// cohortChange is what a transaction adds to the cells of the cohorts.
type cohortChange map[cohortKey]int64

// move turns the months in which a customer bought into others. They rise; of a
// customer who bought in none there are none.
func (c cohortChange) move(was, is []engine.Month) {
	for _, m := range was {
		c[cohortKey{was[0], m}]--
	}
	for _, m := range is {
		c[cohortKey{is[0], m}]++
	}
}

// in tells whether a sale next to the date is of a month.
func (n around) in(month engine.Month) bool {
	is := func(d engine.Day) bool { return engine.MonthOf(d) == month }
	return slices.ContainsFunc(n.before, is) || slices.ContainsFunc(n.after, is)
}

// addLatest counts a sale that is the latest of a customer.
func (c cohortChange) addLatest(was engine.Customer, day engine.Day) {
	first, month := engine.MonthOf(was.FirstDay), engine.MonthOf(day)
	switch {
	case was.Visits == 0:
		c[cohortKey{month, month}]++
	case month != engine.MonthOf(was.LastDay):
		c[cohortKey{first, month}]++
	}
}

// addEarlier counts a sale that has later ones of its customer, n next to it.
func (t *tx) addEarlier(c cohortChange, storeID engine.ID, was engine.Customer, s engine.Sale, n around) error {
	month := engine.MonthOf(s.Business)
	switch {
	case n.in(month):
		return nil
	case len(n.before) > 0:
		c[cohortKey{engine.MonthOf(was.FirstDay), month}]++
		return nil
	}
	others, err := t.otherMonths(storeID, s)
	if err == nil {
		c.move(others, withMonth(others, month))
	}
	return err
}

// dropMonth takes a voided sale out.
func (t *tx) dropMonth(c cohortChange, storeID engine.ID, s engine.Sale, n around) error {
	month := engine.MonthOf(s.Business)
	if n.in(month) {
		return nil
	}
	others, err := t.otherMonths(storeID, s)
	if err == nil {
		c.move(withMonth(others, month), others)
	}
	return err
}

// otherMonths are the months of the other sales of a sale's customer, each once,
// by rising month.
func (t *tx) otherMonths(storeID engine.ID, s engine.Sale) (months []engine.Month, err error) {
	err = t.rows(salesAfter, []any{storeID, s.CustomerID, engine.FirstID(1)}, func(scan func(...any) error) error {
		var id engine.ID
		var day engine.Day
		err := scan(&id, &day)
		if err == nil && id != s.ID {
			months = withMonth(months, engine.MonthOf(day))
		}
		return err
	})
	return months, err
}

// withMonth is some rising months and one more, which may be among them.
func withMonth(months []engine.Month, m engine.Month) []engine.Month {
	i, found := slices.BinarySearch(months, m)
	if found {
		return months
	}
	return slices.Insert(slices.Clone(months), i, m)
}

func (t *tx) addCohorts(storeID engine.ID, c cohortChange) error {
	for key, n := range c {
		if n == 0 {
			continue
		}
		if _, err := t.exec(cohortAdd, storeID, int64(key.first), int64(key.active), n); err != nil {
			return err
		}
	}
	return nil
}
