package store

import (
	"context"
	"math"
	"slices"

	"bounceback/engine"
)

var customersWhoBought = declare(`SELECT last_day, before_day, visits, spent FROM customer WHERE store_id = $1 AND visits > 0`)

// Segments tells who the store's customers are today: where they are divided,
// and how many are in each segment and group. The customers are read once.
func (d *DB) Segments(ctx context.Context, a engine.Actor) (engine.SegmentReport, error) {
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return engine.SegmentReport{}, err
	}
	grades, buyers, err := d.graded(ctx, a.StoreID)
	if err != nil {
		return engine.SegmentReport{}, err
	}
	return grades.Report(slices.Values(buyers))
}

// graded reads all customers who have bought, 24 bytes each, and works out where
// they are divided today.
func (d *DB) graded(ctx context.Context, storeID engine.ID) (engine.Grades, []engine.Buyer, error) {
	var today engine.Day
	var returns engine.Curve
	var buyers []engine.Buyer
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(storeID)
		if err != nil {
			return err
		}
		today = st.Today(t.now)
		if returns, err = t.curveEver(storeID, today); err == nil {
			buyers, err = t.buyers(storeID)
		}
		return err
	})
	if err != nil {
		return engine.Grades{}, nil, err
	}
	last, sales := map[int64]int64{}, map[int64]int64{}
	spent := make([]engine.Bin, len(buyers)) // hardly two spend the same
	for i, b := range buyers {
		last[int64(b.Last)]++
		sales[b.Sales]++
		spent[i] = engine.Bin{Value: int64(b.Spent), Count: 1}
	}
	return engine.GradesOf(today, bins(last), bins(sales), spent, returns), buyers, nil
}

// buyers reads every customer who has bought.
func (t *tx) buyers(storeID engine.ID) (out []engine.Buyer, err error) {
	var b engine.Buyer
	dest := []any{&b.Last, &b.Before, &b.Sales, &b.Spent}
	err = t.rows(customersWhoBought, []any{storeID}, func(scan func(...any) error) error {
		err := scan(dest...)
		out = append(out, b)
		return err
	})
	return out, err
}

// gradeFilter sees that a filter by segment knows where the segments are divided.
func (d *DB) gradeFilter(ctx context.Context, a engine.Actor, f *engine.Filter) (err error) {
	if f.Segment == "" {
		return nil
	}
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return err
	}
	if f.Grades == (engine.Grades{}) {
		f.Grades, _, err = d.graded(ctx, a.StoreID)
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
