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
// an hour ago with something wrong, or in the future by a clock that was wrong,
// or was another sender's. A process without a sender never looks at the account
// of a real one. A file without stores has no account.
func (d *DB) UpkeepDue(ctx context.Context, now engine.Instant, sender string) (bool, error) {
	due := false
	err := d.read(ctx, func(t *tx) error {
		all, err := t.allHealth()
		for _, h := range all {
			due = due || lookDue(h, now, sender)
		}
		if sender == engine.NoSender && latest(all).Real() {
			due = false
		}
		return err
	})
	return due, err
}

func lookDue(h engine.SenderHealth, now engine.Instant, sender string) bool {
	good := engine.Instant(healthDay)
	if h.Problem != "" {
		good = healthHour
	}
	return now >= h.At+good || now < h.At || h.Sender != sender
}

// SenderHealth gives the state of the account as it was recorded last, of a real
// sender if there ever was one.
func (d *DB) SenderHealth(ctx context.Context) (engine.SenderHealth, error) {
	var last engine.SenderHealth
	err := d.read(ctx, func(t *tx) error {
		all, err := t.allHealth()
		last = latest(all)
		return err
	})
	return last, err
}

// latest is the health recorded last, of a real sender if there is one: a store
// founded since knows nothing of it yet.
func latest(all []engine.SenderHealth) (last engine.SenderHealth) {
	for _, h := range all {
		if h.Real() && !last.Real() || h.Real() == last.Real() && h.At > last.At {
			last = h
		}
	}
	return last
}

// allHealth gives what each store of the file knows of the account.
func (t *tx) allHealth() ([]engine.SenderHealth, error) {
	all, err := t.allStores()
	if err != nil {
		return nil, err
	}
	out := make([]engine.SenderHealth, len(all))
	for i, st := range all {
		if out[i], err = t.health(st.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SaveHealth records the state of the account for all stores of the file. What
// is known of its list of numbers stays, and a process without a sender changes
// nothing that is known of a real one.
func (d *DB) SaveHealth(ctx context.Context, h engine.SenderHealth) error {
	return d.write(ctx, func(t *tx) error {
		known, err := t.allHealth()
		if err != nil || latest(known).Real() && !h.Real() {
			return err
		}
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
