package store

import (
	"context"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

var (
	messageWaiting = declare(`
SELECT id FROM message WHERE store_id = $1 AND customer_id = $2 AND coupon_id = $3 AND step = $4 AND days = $5
   AND state IN ('queued', 'sending') ORDER BY id DESC LIMIT 1`)
	messageAgain = declare(`UPDATE message SET again_id = $3 WHERE store_id = $1 AND id = $2 AND again_id IS NULL`)
	// What a person lets go is not held back for the customer's pace.
	messageRequeue = declare(`
UPDATE message SET state = 'queued', reason = '', detail = '', due = $3, settled = 0, released = 1
 WHERE store_id = $1 AND id = $2 AND state IN ('refused', 'unknown', 'cancelled')`)
	// A copy is worded as the text was, in the same place of the cycle.
	messageCopy = declare(`
INSERT INTO message (store_id, id, kind, step, days, state, coupon_id, customer_id, wording_id, to_sealed, body_sealed, encoding, parts,
                     planned, due, released)
SELECT store_id, $3, kind, step, days, 'queued', coupon_id, customer_id, coalesce(wording_id, $4), NULL, NULL, '', 0, $5, $5, 1
  FROM message WHERE store_id = $1 AND id = $2`)
)

// ResendMessage queues a text again, to the customer's phone as it is now: one
// that was accepted as a new row, once, one that was refused, cancelled or is
// unknown in its own.
func (d *DB) ResendMessage(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error) {
	return d.turnMessage(ctx, a, id, "message.resend", (*tx).mayResend, func(t *tx, m engine.Message) (engine.ID, error) {
		if m.State == string(delivery.StateAccepted) {
			return t.sendCopy(a, m)
		}
		_, err := t.exec(messageRequeue, a.StoreID, id, t.now)
		return id, err
	})
}

// mayResend refuses a text that is to go already, that is no coupon's, or whose
// customer may not be texted.
func (t *tx) mayResend(a engine.Actor, m engine.Message) error {
	switch delivery.State(m.State) {
	case delivery.StateQueued:
		return engine.Refuse(engine.CodeResendWaits, "due", m.Due)
	case delivery.StateSending:
		return engine.Refuse(engine.CodeMessageSending)
	}
	if _, err := t.mayText(a, m); err != nil {
		return err
	}
	return t.onlyOnce(a.StoreID, m)
}

// onlyOnce refuses a text that was sent once more, and names the newest of those
// that went instead: that one can be sent again itself.
func (t *tx) onlyOnce(storeID engine.ID, m engine.Message) error {
	if m.State != string(delivery.StateAccepted) {
		return nil
	}
	id := m.AgainID
	if id.IsZero() {
		args := []any{storeID, m.CustomerID, m.CouponID, string(m.Step), m.Days}
		if _, err := t.row(messageWaiting, args, &id); err != nil {
			return err
		}
	}
	for next := id; !next.IsZero(); {
		m, err := t.message(storeID, next)
		if err != nil {
			return err
		}
		id, next = next, m.AgainID
	}
	if id.IsZero() {
		return nil
	}
	return engine.Refuse(engine.CodeMessageAgain, "id", id.String(), "at", id.Instant())
}

// mayText gives the customer of a text, or why it may not go: it is no coupon's,
// the shop sends none, its customer may not be texted, or it is of no use any
// more.
func (t *tx) mayText(a engine.Actor, m engine.Message) (engine.Customer, error) {
	if m.CouponID.IsZero() || m.CustomerID.IsZero() {
		return engine.Customer{}, engine.Refuse(engine.CodeMessageCode)
	}
	st, err := t.store(a.StoreID)
	if err != nil {
		return engine.Customer{}, err
	}
	if !st.Settings.Flag(engine.SetTexts) {
		return engine.Customer{}, engine.Refuse(engine.CodeTextsOff)
	}
	c, err := t.customer(a.StoreID, m.CustomerID)
	switch {
	case err != nil:
		return c, err
	case c.Forgotten != 0:
		return c, engine.Refuse(engine.CodeForgotten)
	case c.Consent != engine.ConsentYes:
		return c, engine.Refuse(engine.CodeNoConsent)
	case c.Phone.E164 == "":
		return c, engine.Refuse(engine.CodeNoPhone)
	}
	by, err := t.suppressed(a.StoreID, c.Phone.E164)
	if err == nil && by != "" {
		err = engine.Refuse(engine.CodeSuppressed)
	}
	if err != nil {
		return c, err
	}
	return c, t.worthText(a, m)
}

// worthText refuses a text about a coupon that is of no use any more.
func (t *tx) worthText(a engine.Actor, m engine.Message) error {
	c, err := t.coupon(a.StoreID, m.CouponID)
	if err != nil {
		return err
	}
	switch c.StateAt(t.now) {
	case engine.CouponRedeemed, engine.CouponVoided, engine.CouponExpired:
		return c.Usable(t.now, c.CustomerID, a.RegisterID)
	}
	return nil
}

// sendCopy queues a text that went once more, marks the one that went, and
// gives the new one.
func (t *tx) sendCopy(a engine.Actor, m engine.Message) (engine.ID, error) {
	wording, err := t.wordingFor(a.StoreID, m)
	if err != nil {
		return m.ID, err
	}
	id := t.newID()
	if _, err := t.exec(messageCopy, a.StoreID, m.ID, id, wording, t.now); err != nil {
		return m.ID, err
	}
	_, err = t.exec(messageAgain, a.StoreID, m.ID, id)
	return id, err
}

// wordingFor gives the wording that a text of a step gets now: texts of the past
// kept none.
func (t *tx) wordingFor(storeID engine.ID, m engine.Message) (engine.ID, error) {
	p, err := t.newPen(storeID)
	if err != nil {
		return engine.ID{}, err
	}
	c, err := t.coupon(storeID, m.CouponID)
	if err != nil {
		return engine.ID{}, err
	}
	template, err := p.template(c, m.Step)
	if err != nil {
		return engine.ID{}, err
	}
	return t.keepWording(storeID, template)
}

// messageNow gives one text with the words it would have now.
func (t *tx) messageNow(storeID, id engine.ID) (engine.Message, error) {
	m, err := t.message(storeID, id)
	if err == nil {
		err = t.tellWords(storeID, &m)
	}
	return m, err
}
