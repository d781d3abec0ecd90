package store

import (
	"time"

	"bounceback/engine"
)

// stuckTime is how long a text may be due before it counts as stuck.
const stuckTime = time.Hour

var (
	// The index of what is due begins with the time, as the worker serves all
	// stores of a file; the CASE keeps the store from choosing another index.
	textsDue = declare(`
SELECT count(CASE WHEN store_id = $1 THEN 1 END), count(CASE WHEN store_id = $1 AND due <= $3 THEN 1 END)
  FROM message WHERE state = 'queued' AND due <= $2`)
	// All that are held, and of these those that are looked at again by now.
	textsHeld = declare(`
SELECT count(*), count(CASE WHEN due <= $2 THEN 1 END), count(CASE WHEN reason = 'month_limit' THEN 1 END)
  FROM message WHERE store_id = $1 AND state = 'queued' AND reason <> ''`)
	textsUnknown = declare(`SELECT count(*) FROM message WHERE store_id = $1 AND state = 'unknown'`)
	textsOnWay   = declare(`
SELECT count(CASE WHEN store_id = $1 THEN 1 END), count(CASE WHEN store_id = $1 AND due <= $2 THEN 1 END) FROM message
 WHERE state = 'sending' AND lease_until > 0`)
)

// textDesk is what the counter shows of texts.
func (t *tx) textDesk(st engine.Store) (engine.TextDesk, error) {
	desk := engine.TextDesk{Limit: st.Settings.Price(engine.SetTextLimit), Price: st.Settings.Price(engine.SetTextPrice)}
	long := t.now.Add(-stuckTime)
	var onWay, heldDue int
	for _, ask := range []struct {
		sql  statement
		args []any
		to   []any
	}{
		{textsDue, []any{st.ID, t.now, long}, []any{&desk.Due, &desk.Stuck}},
		{textsHeld, []any{st.ID, t.now}, []any{&desk.Held, &heldDue, &desk.Limited}},
		{textsUnknown, []any{st.ID}, []any{&desk.Unknown}},
		{textsOnWay, []any{st.ID, long}, []any{&desk.Sending, &onWay}},
	} {
		if _, err := t.row(ask.sql, ask.args, ask.to...); err != nil {
			return desk, err
		}
	}
	desk.Due -= heldDue
	desk.Stuck += onWay
	var err error
	if desk.Spent, err = t.spent(st.ID, st.Today(t.now)); err != nil {
		return desk, err
	}
	desk.Health, err = t.health(st.ID)
	return desk, err
}
