package store

import (
	"context"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

var (
	outboxAny  = declare(`SELECT 1 FROM message WHERE state = 'queued' AND due <= $1 LIMIT 1`)
	outboxNext = declare(`
SELECT m.store_id, m.id, m.kind, m.lost, m.to_sealed, m.body_sealed, m.customer_id, u.consent, u.forgotten,
       m.coupon_id, c.state, c.valid_until
  FROM message m
  LEFT JOIN customer u ON u.store_id = m.store_id AND u.id = m.customer_id
  LEFT JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
 WHERE m.state = 'queued' AND m.due <= $1 ORDER BY m.due, m.id LIMIT 1`)
	outboxTake = declare(`
UPDATE message SET state = 'sending', attempt = attempt + 1, lease_until = $3, settled = $4
 WHERE store_id = $1 AND id = $2 AND state = 'queued'
RETURNING attempt`)
	outboxDrop = declare(`
UPDATE message SET state = 'cancelled', reason = $3, settled = $4 WHERE store_id = $1 AND id = $2 AND state = 'queued'`)
	// A settlement names a row by its id alone; the stores of a file are few.
	outboxSettle = declare(`
UPDATE message SET state = $3, settled = $4, sender = $5, provider_id = $6, reason = $7, detail = $8, due = CASE WHEN $3 = 'queued' THEN $9 ELSE due END, lost = $10,
       lease_until = 0
 WHERE store_id IN (SELECT id FROM store) AND id = $1 AND attempt = $2
   AND (state IN ('sending', 'unknown') OR (state = 'queued' AND $3 IN ('accepted', 'refused')))
RETURNING store_id, customer_id, due`)
	outboxVerified = declare(`
UPDATE message SET body_sealed = NULL
 WHERE store_id = $1 AND id = $2 AND kind = 'verify' AND state NOT IN ('queued', 'sending')`)
	outboxLost = declare(`
SELECT store_id, id, kind, attempt, lost, to_sealed, body_sealed FROM message
 WHERE state = 'sending' AND lease_until <= $1 ORDER BY lease_until, id LIMIT 100`)
)

var _ delivery.Outbox = (*DB)(nil)

// outboxRow is a queued text with what decides whether it still may go.
type outboxRow struct {
	delivery.Outgoing
	store, customer, coupon engine.ID
	to, body                []byte
	consent, couponState    *string
	forgotten, validUntil   *engine.Instant
}

// unwanted tells why a text that was queued is not to be sent any more; empty
// if it is.
func (r outboxRow) unwanted(now engine.Instant) string {
	switch {
	case r.forgotten != nil && *r.forgotten != 0:
		return reasonForgotten
	case r.consent != nil && *r.consent != string(engine.ConsentYes):
		return reasonOptedOut
	case text(r.couponState) == string(engine.CouponRedeemed):
		return reasonRedeemed
	case text(r.couponState) == string(engine.CouponVoided):
		return reasonVoided
	case r.validUntil != nil && now >= *r.validUntil:
		return reasonExpired
	case r.Kind == delivery.KindVerify && now-r.ID.Instant() >= verifyTime:
		return reasonTooLate
	}
	return ""
}

// mostDropped bounds how many texts that nobody wants any more one transaction
// takes back before it lets others write.
const mostDropped = 200

// Claim takes the text that is due first and commits it as sending until its
// lease ends. Texts whose coupon has been used, voided or has expired
// meanwhile, or whose customer has opted out, are taken back on the way.
func (d *DB) Claim(ctx context.Context, now, until engine.Instant) (delivery.Outgoing, bool, error) {
	for {
		due := false
		err := d.read(ctx, func(t *tx) (err error) {
			due, err = t.row(outboxAny, []any{now}, new(int))
			return err
		})
		if err != nil || !due {
			return delivery.Outgoing{}, false, err
		}
		var out delivery.Outgoing
		var taken, more bool
		err = d.write(ctx, func(t *tx) (err error) {
			out, taken, more, err = t.claim(now, until)
			return err
		})
		if err != nil {
			return delivery.Outgoing{}, false, err
		}
		if taken || !more {
			return out, taken, nil
		}
	}
}

// claim takes one text; more tells that it gave up at its bound.
func (t *tx) claim(now, until engine.Instant) (out delivery.Outgoing, taken, more bool, err error) {
	for range mostDropped {
		r, found, err := t.nextDue(now)
		if err != nil || !found {
			return out, false, false, err
		}
		why := r.unwanted(now)
		switch err := t.fillText(&r); {
		case engine.CodeOf(err) == CodeSealBroken:
			why = reasonDamaged // one text must not hold up all others
		case err != nil:
			return out, false, false, err
		}
		if why == "" {
			_, err := t.row(outboxTake, []any{r.store, r.ID, until, now}, &r.Attempt)
			return r.Outgoing, err == nil, false, err
		}
		if _, err := t.exec(outboxDrop, r.store, r.ID, why, now); err != nil {
			return out, false, false, err
		}
	}
	return out, false, true, nil
}

func (t *tx) nextDue(now engine.Instant) (r outboxRow, found bool, err error) {
	found, err = t.row(outboxNext, []any{now}, &r.store, &r.ID, &r.Kind, &r.Lost, &r.to, &r.body, &r.customer, &r.consent,
		&r.forgotten, &r.coupon, &r.couponState, &r.validUntil)
	return r, found, err
}

// fillText opens number and body and adds the sending settings of the store.
func (t *tx) fillText(r *outboxRow) (err error) {
	if r.To, err = t.d.keys.open("message", "to", r.ID, r.to); err != nil {
		return err
	}
	if r.Body, err = t.d.keys.open("message", "body", r.ID, r.body); err != nil {
		return err
	}
	st, err := t.store(r.store)
	if err != nil {
		return err
	}
	r.Type = delivery.Type(st.Settings.Text(engine.SetSMSType))
	r.SenderID, r.MaxPrice = st.Settings.Text(engine.SetSenderID), st.Settings.Text(engine.SetMaxPrice)
	return nil
}

// Settle records what became of an attempt, unless the row has been claimed
// again or is settled already.
func (d *DB) Settle(ctx context.Context, s delivery.Settlement) error {
	return d.write(ctx, func(t *tx) error {
		settled := s.At
		if s.State == delivery.StateQueued {
			settled = 0
		}
		var storeID, customer engine.ID
		found, err := t.row(outboxSettle, []any{
			s.ID, s.Attempt, string(s.State), settled, s.Sender, s.MessageID, string(s.Reason), s.Detail, s.Due, s.Lost,
		}, &storeID, &customer, new(engine.Instant))
		if err != nil || !found {
			return err
		}
		if customer.IsZero() {
			_, err = t.exec(outboxVerified, storeID, s.ID)
			return err
		}
		return t.eraseForgotten(storeID, customer)
	})
}

// eraseForgotten finishes what ForgetCustomer could not while a text was on
// its way.
func (t *tx) eraseForgotten(storeID, customer engine.ID) error {
	c, err := t.customer(storeID, customer)
	if err != nil || c.Forgotten == 0 {
		return err
	}
	if err := t.cancelAllMessages(storeID, customer, reasonForgotten); err != nil {
		return err
	}
	_, err = t.exec(messagesErase, storeID, customer)
	return err
}

// Recover lists texts on their way whose lease has ended.
func (d *DB) Recover(ctx context.Context, now engine.Instant) ([]delivery.Outgoing, error) {
	var out []delivery.Outgoing
	err := d.read(ctx, func(t *tx) error {
		var rows []outboxRow
		err := t.rows(outboxLost, []any{now}, func(scan func(...any) error) error {
			var r outboxRow
			err := scan(&r.store, &r.ID, &r.Kind, &r.Attempt, &r.Lost, &r.to, &r.body)
			rows = append(rows, r)
			return err
		})
		if err != nil {
			return err
		}
		for i := range rows {
			if err := t.fillText(&rows[i]); err != nil && engine.CodeOf(err) != CodeSealBroken {
				return err
			}
			out = append(out, rows[i].Outgoing)
		}
		return nil
	})
	return out, err
}
