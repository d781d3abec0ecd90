package store

import (
	"context"

	"bounceback/engine"
)

var (
	cohortCells = declare(`
SELECT first_month, active_month, customers FROM cohort_summary
 WHERE store_id = $1 AND first_month >= $2 AND first_month <= $3 AND active_month <= $3 AND customers > 0`)
	cohortFirst = declare(`
SELECT first_month FROM cohort_summary WHERE store_id = $1 AND customers > 0 ORDER BY first_month LIMIT 1`)
	// firsts are the customers' first gaps, by the day on which they ended.
	cohortSoon = declare(`
SELECT day - gap, firsts FROM gap_summary WHERE store_id = $1 AND day >= $2 AND day <= $3 AND gap <= $4 AND firsts <> 0`)
)

// Cohorts tells who came back, by the month of the first purchase: of the
// customers who first bought from the month of from to that of to, in which later
// months through that of to they bought. A zero from is the first sale, a zero to
// today. The sums kept with each sale are read alone.
func (d *DB) Cohorts(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.CohortReport, error) {
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return engine.CohortReport{}, err
	}
	var r engine.CohortReport
	err := d.read(ctx, func(t *tx) (err error) {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		if r, err = t.cohortSpan(st, from, to); err != nil {
			return err
		}
		if err = t.cohortCells(a.StoreID, &r); err == nil {
			err = t.cohortSoon(a.StoreID, &r)
		}
		return err
	})
	return r, err
}

// cohortSpan tells which months are looked at, and as of when.
func (t *tx) cohortSpan(st engine.Store, from, to engine.Day) (engine.CohortReport, error) {
	r := engine.CohortReport{From: engine.MonthOf(from), Day: st.Today(t.now), Soon: map[engine.Month]engine.Proportion{}}
	r.Through = engine.MonthOf(r.Day)
	if to != 0 {
		r.Through = engine.MonthOf(to)
		r.Day = min(r.Day, (r.Through+1).First()-1)
	}
	if from == 0 {
		r.From = r.Through
		if _, err := t.row(cohortFirst, []any{st.ID}, &r.From); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (t *tx) cohortCells(storeID engine.ID, r *engine.CohortReport) error {
	var counts []engine.CohortCount
	err := t.rows(cohortCells, []any{storeID, int64(r.From), int64(r.Through)}, func(scan func(...any) error) error {
		var c engine.CohortCount
		err := scan(&c.First, &c.Active, &c.Customers)
		counts = append(counts, c)
		return err
	})
	r.Cohorts = engine.Cohorts(counts, r.Through)
	return err
}

// cohortSoon counts who came again soon, of the months whose last customers have
// had the time to.
func (t *tx) cohortSoon(storeID engine.ID, r *engine.CohortReport) error {
	for _, c := range r.Cohorts {
		if (c.First+1).First()-1+engine.SoonDays <= r.Day && c.Active[0] > 0 {
			r.Soon[c.First] = engine.Proportion{Of: c.Active[0]}
		}
	}
	until := (r.Through + 1).First() + engine.SoonDays
	return t.rows(cohortSoon, []any{storeID, r.From.First(), until, engine.SoonDays}, func(scan func(...any) error) error {
		var first engine.Day
		var n int64
		err := scan(&first, &n)
		if p, ok := r.Soon[engine.MonthOf(first)]; ok {
			p.Hits += n
			r.Soon[engine.MonthOf(first)] = p
		}
		return err
	})
}
