package store

import (
	"context"
	"math"

	"bounceback/engine"
)

var (
	textFigures = declare(`
SELECT CAST(coalesce(sum(texts), 0) AS BIGINT), CAST(coalesce(sum(repeated), 0) AS BIGINT),
       CAST(coalesce(sum(accepted), 0) AS BIGINT),
       CAST(coalesce(sum(unknown), 0) AS BIGINT), CAST(coalesce(sum(refused), 0) AS BIGINT),
       CAST(coalesce(sum(delivered), 0) AS BIGINT), CAST(coalesce(sum(failed), 0) AS BIGINT),
       CAST(coalesce(sum(parts), 0) AS BIGINT), CAST(coalesce(sum(cost), 0) AS BIGINT),
       CAST(coalesce(sum(paid), 0) AS BIGINT), CAST(coalesce(sum(paid_texts), 0) AS BIGINT)
  FROM text_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	daysRedeemed = declare(`
SELECT CAST(coalesce(sum(redeemed), 0) AS BIGINT) FROM day_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	// As with textsDue, the index begins with the time.
	textsToGo = declare(`SELECT count(CASE WHEN store_id = $1 THEN 1 END) FROM message WHERE state = 'queued' AND due < $2`)
)

// TextFigures gives the figures of texts of some days, both included; a zero
// day is no bound. What is due and held is as of now. Days that end before they
// begin are CodeTextSpan.
func (d *DB) TextFigures(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.TextFigures, error) {
	f := engine.TextFigures{From: from, To: to}
	if err := a.Need(engine.MaySeeAll); err != nil {
		return f, err
	}
	if to != 0 && from > to {
		return f, engine.BadInput(engine.CodeTextSpan, "from", from, "to", to)
	}
	if to == 0 {
		to = math.MaxInt32
	}
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		span := []any{a.StoreID, from, to}
		_, err = t.row(textFigures, span, &f.Texts, &f.Repeated, &f.Accepted, &f.Unknown, &f.Refused, &f.Delivered, &f.Failed,
			&f.Parts, &f.Cost, &f.Paid, &f.PaidTexts)
		if err != nil {
			return err
		}
		if _, err := t.row(daysRedeemed, span, &f.Redeemed); err != nil {
			return err
		}
		if _, err := t.row(textsToGo, []any{a.StoreID, t.endOfToday(st)}, &f.DueToday); err != nil {
			return err
		}
		_, err = t.row(textsHeld, []any{a.StoreID, t.now}, &f.Held, new(int), new(int))
		return err
	})
	return f, err
}
