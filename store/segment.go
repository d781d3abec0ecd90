package store

import (
	"context"
	"math"

	"bounceback/engine"
)

var customersWhoBought = declare(`SELECT last_day, before_day, visits, spent FROM customer WHERE store_id = $1 AND visits > 0`)

// Segments tells who the store's customers are today: where they are divided,
// and how many are in each segment and group. The customers are looked at one by
// one, twice: to see where the cuts lie, and to count. Between the two others may
// sell; the counts are then of what is there, by the cuts as they were.
func (d *DB) Segments(ctx context.Context, a engine.Actor) (engine.SegmentReport, error) {
	if err := a.Need(engine.MaySeeAll); err != nil {
		return engine.SegmentReport{}, err
	}
	var r engine.SegmentReport
	grades, err := d.grades(ctx, a.StoreID)
	if err != nil {
		return r, err
	}
	err = d.read(ctx, func(t *tx) error {
		var broken error
		if r, err = grades.Report(func(yield func(engine.Buyer) bool) {
			broken = t.eachBuyer(a.StoreID, yield)
		}); err != nil {
			return err
		}
		return broken
	})
	return r, err
}

// eachBuyer gives every customer who has bought, until it is told that it is
// enough.
func (t *tx) eachBuyer(storeID engine.ID, yield func(engine.Buyer) bool) error {
	var b engine.Buyer
	dest := []any{&b.Last, &b.Before, &b.Sales, &b.Spent}
	return t.walk(customersWhoBought, []any{storeID}, func(scan func(...any) error) error {
		if err := scan(dest...); err != nil {
			return err
		}
		if !yield(b) {
			return errEnough
		}
		return nil
	})
}

// grades works out where the customers are divided today.
func (d *DB) grades(ctx context.Context, storeID engine.ID) (engine.Grades, error) {
	var today engine.Day
	var returns engine.Curve
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(storeID)
		if err != nil {
			return err
		}
		today = st.Today(t.now)
		returns, err = t.curveEver(storeID, today)
		return err
	})
	if err != nil {
		return engine.Grades{}, err
	}
	last, sales := map[int64]int64{}, map[int64]int64{}
	var spent []engine.Bin // hardly two spend the same
	err = d.read(ctx, func(t *tx) error {
		return t.eachBuyer(storeID, func(b engine.Buyer) bool {
			last[int64(b.Last)]++
			sales[b.Sales]++
			spent = append(spent, engine.Bin{Value: int64(b.Spent), Count: 1})
			return true
		})
	})
	return engine.GradesOf(today, bins(last), bins(sales), spent, returns), err
}

// gradeFilter sees that a filter by segment knows where the segments are divided.
func (d *DB) gradeFilter(ctx context.Context, a engine.Actor, f *engine.Filter) (err error) {
	if f.Segment == "" {
		return nil
	}
	if err := a.Need(engine.MaySeeAll); err != nil {
		return err
	}
	if f.Grades == (engine.Grades{}) {
		f.Grades, err = d.grades(ctx, a.StoreID)
	}
	return err
}

// segmentCase is engine.Grades.Segment of a customer who has bought.
const segmentCase = `u.visits > 0 AND CASE
 WHEN u.last_day < ? THEN '` + string(engine.SegmentLost) + `'
 WHEN u.visits > 1 AND u.last_day - u.before_day > ? THEN '` + string(engine.SegmentWonBack) + `'
 WHEN u.last_day < ? THEN '` + string(engine.SegmentAtRisk) + `'
 WHEN u.visits <= 1 THEN '` + string(engine.SegmentNew) + `'
 WHEN u.visits > ? AND u.spent > ? THEN '` + string(engine.SegmentBest) + `'
 ELSE '` + string(engine.SegmentLoyal) + `' END = ?`

// inSegment narrows a list of customers to those of a segment.
func inSegment(q *listQuery, f engine.Filter) {
	g := f.Grades
	risk, lost, gap := int64(math.MinInt32), int64(math.MinInt32), int64(math.MaxInt32)
	if g.Known {
		risk, lost, gap = int64(g.Today)-g.Risk, int64(g.Today)-g.Lost, g.Lost
	}
	q.and(segmentCase, lost, gap, risk, g.Frequency[2], g.Value[2], f.Segment)
}

// ofSegment tells whether a customer is of the segment asked for.
func ofSegment(c engine.Customer, f engine.Filter) bool {
	return f.Segment == "" || c.Visits > 0 && f.Grades.Segment(c.Buyer()) == f.Segment
}
