package store

import (
	"context"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// How long what is known of the carrier's account is good for, in milliseconds:
// with something wrong, less.
const (
	healthDay  = 24 * 60 * 60 * 1000
	healthHour = 60 * 60 * 1000
)

var (
	healthOf = declare(`
SELECT at, sender, ready, problem, detail, region, sandbox, money_limit, opted_out, synced FROM sender_health WHERE store_id = $1`)
	healthSave = declare(`
INSERT INTO sender_health (store_id, at, sender, ready, problem, detail, region, sandbox, money_limit)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (store_id) DO UPDATE SET at = excluded.at, sender = excluded.sender, ready = excluded.ready,
  problem = excluded.problem, detail = excluded.detail, region = excluded.region, sandbox = excluded.sandbox,
  money_limit = excluded.money_limit`)
	healthSynced = declare(`
INSERT INTO sender_health (store_id, opted_out, synced) VALUES ($1, $2, $3)
ON CONFLICT (store_id) DO UPDATE SET opted_out = excluded.opted_out, synced = excluded.synced`)
)

var _ delivery.Upkeep = (*DB)(nil)

// health gives what is known of the carrier's account; all zero if it was never
// looked at.
func (t *tx) health(storeID engine.ID) (engine.SenderHealth, error) {
	var h engine.SenderHealth
	_, err := t.row(healthOf, []any{storeID}, &h.At, &h.Sender, &h.Ready, &h.Problem, &h.Detail, &h.Region, &h.Sandbox, &h.Limit,
		&h.OptedOut, &h.Synced)
	return h, err
}

// UpkeepDue tells whether the account was last looked at a day ago or more, or
// an hour ago with something wrong, or in the future by a clock that was wrong.
// A file without stores has no account.
func (d *DB) UpkeepDue(ctx context.Context, now engine.Instant) (bool, error) {
	due := false
	err := d.read(ctx, func(t *tx) error {
		all, err := t.allStores()
		if err != nil {
			return err
		}
		for _, st := range all {
			h, err := t.health(st.ID)
			if err != nil {
				return err
			}
			good := engine.Instant(healthDay)
			if h.Problem != "" {
				good = healthHour
			}
			due = due || now >= h.At+good || now < h.At
		}
		return nil
	})
	return due, err
}

// SaveHealth records the state of the account for all stores of the file. What
// is known of its list of numbers stays.
func (d *DB) SaveHealth(ctx context.Context, h engine.SenderHealth) error {
	return d.write(ctx, func(t *tx) error {
		all, err := t.allStores()
		if err != nil {
			return err
		}
		for _, st := range all {
			_, err := t.exec(healthSave, st.ID, h.At, h.Sender, h.Ready, h.Problem, h.Detail, h.Region, h.Sandbox, h.Limit)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
