package store

import (
	"context"

	"bounceback/engine"
)

var outboxNextDue = declare(`SELECT due, reason FROM message WHERE state = 'queued' AND due > 0 ORDER BY due, id LIMIT 1`)

// NextText gives when the text that is due first in the whole file goes, and
// what holds it back: Due and Reason of it alone, zero if none waits.
func (d *DB) NextText(ctx context.Context) (engine.Message, error) {
	var m engine.Message
	err := d.read(ctx, func(t *tx) error {
		_, err := t.row(outboxNextDue, nil, &m.Due, &m.Reason)
		return err
	})
	return m, err
}
