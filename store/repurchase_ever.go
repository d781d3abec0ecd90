package store

import "bounceback/engine"

var (
	gapTotals    = declare(`SELECT gap, gaps FROM gap_total WHERE store_id = $1 AND gaps > 0`)
	stillWaiting = declare(`SELECT day, known - again FROM day_summary WHERE store_id = $1 AND known > again`)
)

// usualEver is the usual repurchase period of a store over all its time, as of
// today: what Repurchase without a span calls Usual, from two thousand rows or
// so instead of one for each day and gap.
func (t *tx) usualEver(storeID engine.ID, today engine.Day) (engine.MedianDays, error) {
	curve, err := t.curveEver(storeID, today)
	return curve.Median(), err
}

// curveEver is Repurchase's Curve likewise.
func (t *tx) curveEver(storeID engine.ID, today engine.Day) (engine.Curve, error) {
	var ended, waiting []engine.Bin
	err := t.rows(gapTotals, []any{storeID}, func(scan func(...any) error) error {
		var b engine.Bin
		err := scan(&b.Value, &b.Count)
		ended = append(ended, b)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = t.rows(stillWaiting, []any{storeID}, func(scan func(...any) error) error {
		var day engine.Day
		var n int64
		err := scan(&day, &n)
		waiting = append(waiting, engine.Bin{Value: max(0, int64(today-day)), Count: n})
		return err
	})
	return engine.KaplanMeier(ended, waiting), err
}
