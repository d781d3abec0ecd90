package store

import (
	"context"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// outbox.go finds the text that is to go next, outbox_hold.go tells why it does
// not, outbox_take.go writes it and commits it as sending, outbox_settle.go
// records what became of it.

var (
	outboxAny  = declare(`SELECT 1 FROM message WHERE state = 'queued' AND due <= $1 LIMIT 1`)
	outboxNext = declare(`
SELECT m.store_id, m.id, m.kind, m.lost, m.planned, m.due, m.cost, m.went, m.went_parts, m.released, m.wording_id IS NOT NULL, m.to_sealed, m.body_sealed,
       m.customer_id, m.coupon_id, c.state, c.valid_until
  FROM message m
  LEFT JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
 WHERE m.state = 'queued' AND m.due <= $1 ORDER BY m.due, m.id LIMIT 1`)
	outboxDrop = declare(`
UPDATE message SET state = CASE WHEN lost > 0 THEN 'unknown' ELSE 'cancelled' END, reason = $3, settled = $4
 WHERE store_id = $1 AND id = $2 AND state = 'queued'`)
	outboxHold = declare(`UPDATE message SET due = $3, reason = $4 WHERE store_id = $1 AND id = $2 AND state = 'queued'`)
	outboxSent = declare(`
SELECT sent FROM message
 WHERE store_id = $1 AND customer_id = $2 AND sent > $3 AND lead_id IS NULL AND state IN ('sending', 'accepted', 'unknown')`)
	rateNext = declare(`SELECT next FROM text_rate WHERE store_id = $1`)
	rateSave = declare(`
INSERT INTO text_rate (store_id, next) VALUES ($1, $2) ON CONFLICT (store_id) DO UPDATE SET next = excluded.next`)
)

var _ delivery.Outbox = (*DB)(nil)

// queued is a queued text with what decides whether it may go.
type queued struct {
	delivery.Waiting
	lost       int
	due        engine.Instant
	cost       engine.Micros
	went       int // times it may have gone
	wentParts  int // of all these times
	released   bool
	worded     bool   // written by a template; otherwise it has its words already
	template   string // where it is worded
	to, body   []byte // where it is not
	customer   engine.ID
	state      *string // of its coupon
	validUntil *engine.Instant
}

// unwanted tells why a text is of no use any more, whoever its customer is;
// empty if it is.
func (q queued) unwanted(now engine.Instant) string {
	switch {
	case text(q.state) == string(engine.CouponRedeemed):
		return reasonRedeemed
	case text(q.state) == string(engine.CouponVoided):
		return reasonVoided
	case q.tooLate(now):
		return reasonExpired
	case q.Kind == delivery.KindVerify && now-q.ID.Instant() >= verifyTime:
		return reasonTooLate
	}
	return ""
}

// tooLate tells whether the coupon is good no more at an instant.
func (q queued) tooLate(at engine.Instant) bool { return q.validUntil != nil && at >= *q.validUntil }

// mostDropped bounds how many texts that are not to go one transaction takes
// back or puts off before it lets others write.
const mostDropped = 200

// Claim takes the text that is due first and commits it as sending until its
// lease ends, with those that go with it. What is not to go any more is taken
// back on the way, and what is not to go yet is put off.
func (d *DB) Claim(ctx context.Context, now, until engine.Instant) (delivery.Claimed, error) {
	for {
		due := false
		err := d.read(ctx, func(t *tx) (err error) {
			due, err = t.row(outboxAny, []any{now}, new(int))
			return err
		})
		if err != nil || !due {
			return delivery.Claimed{}, err
		}
		var out delivery.Claimed
		var done bool
		err = d.write(ctx, func(t *tx) (err error) {
			out, done, err = t.claim(now, until)
			return err
		})
		if err != nil {
			return delivery.Claimed{}, err
		}
		if done {
			return out, nil
		}
	}
}

// claim takes one text; done is false where it gave up at its bound.
func (t *tx) claim(now, until engine.Instant) (out delivery.Claimed, done bool, err error) {
	for range mostDropped {
		k := &claiming{t: t, now: now, until: until}
		found, err := k.next()
		if err != nil || !found {
			return out, true, err
		}
		if wait, err := k.wait(); err != nil || wait > 0 {
			return delivery.Claimed{Wait: wait}, true, err
		}
		if out.Outgoing, out.OK, err = k.try(); err != nil || out.OK {
			return out, true, err
		}
	}
	return out, false, nil
}

// claiming is the text that is due first while it is decided upon.
type claiming struct {
	t          *tx
	now, until engine.Instant
	row        queued
	pen        *pen
	store      engine.Store
	to         engine.Customer // with the number alone where the text is nobody's
}

func (k *claiming) next() (found bool, err error) {
	q := &k.row
	var storeID engine.ID
	found, err = k.t.row(outboxNext, []any{k.now}, &storeID, &q.ID, &q.Kind, &q.lost, &q.Planned, &q.due, &q.cost, &q.went, &q.wentParts,
		&q.released, &q.worded, &q.to, &q.body, &q.customer, &q.Coupon, &q.state, &q.validUntil)
	if err != nil || !found {
		return found, err
	}
	k.pen, err = k.t.newPen(storeID)
	if err == nil {
		k.store = k.pen.store
	}
	return true, err
}

// wait is how long the rate of the store still holds texts back. A time further
// off than the slowest rate waits comes from a clock that was set back since.
func (k *claiming) wait() (time.Duration, error) {
	var next engine.Instant
	_, err := k.t.row(rateNext, []any{k.store.ID}, &next)
	if err != nil || next <= k.now || next > k.now.Add(time.Second) {
		return 0, err
	}
	return time.Duration(next-k.now) * time.Millisecond, nil
}

// spend uses the rate up: the next text goes one interval later.
func (k *claiming) spend() error {
	every := time.Second / time.Duration(max(1, k.store.Settings.Count(engine.SetTextRate)))
	_, err := k.t.exec(rateSave, k.store.ID, k.now.Add(every))
	return err
}

// try takes the text, unless it is not to go, or not yet.
func (k *claiming) try() (out delivery.Outgoing, ok bool, err error) {
	for _, rule := range []func() (verdict, error){k.wanted, k.quiet, k.pace} {
		v, err := rule()
		if engine.CodeOf(err) == CodeSealBroken {
			v, err = verdict{drop: reasonDamaged}, nil // one text must not hold up all others
		}
		if err != nil {
			return out, false, err
		}
		if v != (verdict{}) {
			return out, false, k.carryOut(v)
		}
	}
	return k.take()
}
