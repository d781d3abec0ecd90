package store

import (
	"context"
	"errors"

	"bounceback/engine"
)

// Rehearse runs build on a file that holds no store yet, with random bytes of
// the caller's and without waiting for the disk after each transaction: for
// the throw-away shop of the demo, whose years are made in seconds. A power cut
// while it runs loses the file. At its end everything is as durable as ever.
func (d *DB) Rehearse(ctx context.Context, random func([]byte), build func() error) (err error) {
	_, err = d.TheStore(ctx, "")
	if !errors.Is(err, &engine.Error{Code: engine.CodeNoStore}) {
		return engine.Broken(CodeNotDurable, err, "name", "synchronous", "value", "0", "want", "2")
	}
	if err := d.flushing(ctx, "OFF"); err != nil {
		return err
	}
	was, ids := d.random, d.ids
	d.random, d.ids = random, &engine.IDs{Random: random}
	defer func() {
		d.random, d.ids = was, ids
		err = errors.Join(err, d.flushing(ctx, "FULL"))
	}()
	return build()
}

// flushing sets how the one connection that writes waits for the disk. Going
// back to FULL writes what is in the log into the file, and waits for that.
func (d *DB) flushing(ctx context.Context, mode string) error {
	if _, err := d.writer.db.ExecContext(ctx, "PRAGMA synchronous = "+mode); err != nil {
		return d.explain(err)
	}
	_, err := d.writer.db.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
	return d.explain(err)
}
