package store

import (
	"context"
	"math"

	"bounceback/engine"
)

// dayDiscounts reads the sums of business days in the order of their key.
var dayDiscounts = declare(`
SELECT day, sales, gross, net, item_off, order_off, credit_off, delivery, delivery_off FROM day_summary
 WHERE store_id = $1 AND day >= $2 AND day <= $3 ORDER BY day`)

// Discounts gives the discounts of each business day by level, oldest first; a
// zero day is no bound.
func (d *DB) Discounts(ctx context.Context, a engine.Actor, from, to engine.Day) ([]engine.DayDiscounts, error) {
	if err := a.Need(engine.MayExport); err != nil {
		return nil, err
	}
	if to == 0 {
		to = math.MaxInt32
	}
	out := []engine.DayDiscounts{}
	err := d.read(ctx, func(t *tx) error {
		return t.rows(dayDiscounts, []any{a.StoreID, from, to}, func(scan func(...any) error) error {
			var day engine.DayDiscounts
			err := scan(&day.Day, &day.Sales, &day.Gross, &day.Net, &day.Levels.Item, &day.Levels.Order, &day.Levels.Credit,
				&day.Delivery, &day.Levels.Delivery)
			out = append(out, day)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
