package store

import (
	"context"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// Why a queued text is taken back; their sentences are with those of
// delivery.Reason.
//
// words: delivery.reason.*
const (
	reasonOptedOut  = "customer_opted_out"
	reasonForgotten = "customer_forgotten"
	reasonNoPhone   = "customer_no_phone"
	reasonRedeemed  = "coupon_redeemed"
	reasonVoided    = "coupon_voided"
	reasonExpired   = "coupon_expired"
	reasonTooLate   = "code_expired"
	reasonDamaged   = "text_damaged"
)

// messageSelect reads texts with what they name; the order is that of
// scanMessage.
const messageSelect = `
SELECT m.id, m.kind, m.state, m.reason, m.detail, m.coupon_id, c.code_sealed, m.customer_id, u.name, u.phone_sealed, u.number,
       m.to_sealed, m.body_sealed, m.encoding, m.parts, m.attempt, m.due, m.settled, m.sender, m.provider_id
  FROM message m
  LEFT JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
  LEFT JOIN customer u ON u.store_id = m.store_id AND u.id = m.customer_id`

var (
	messageByID   = declare(messageSelect + ` WHERE m.store_id = $1 AND m.id = $2`)
	messageInsert = declare(`
INSERT INTO message (store_id, id, kind, state, coupon_id, customer_id, to_sealed, body_sealed, encoding, parts, due)
VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10)`)
	messageWaiting = declare(`
SELECT count(*) FROM message WHERE store_id = $1 AND customer_id = $2 AND coupon_id = $3 AND state IN ('queued', 'sending')`)
	messagesCancel = declare(`
UPDATE message SET state = 'cancelled', reason = $4, settled = $5
 WHERE store_id = $1 AND customer_id = $2 AND coupon_id = $3 AND state = 'queued'`)
	messagesCancelAll = declare(`
UPDATE message SET state = 'cancelled', reason = $3, settled = $4
 WHERE store_id = $1 AND customer_id = $2 AND state = 'queued'`)
	// A text on its way is erased when it is settled.
	messagesErase = declare(`
UPDATE message SET to_sealed = NULL, body_sealed = NULL, detail = ''
 WHERE store_id = $1 AND customer_id = $2 AND state NOT IN ('queued', 'sending')`)
	messagesQueued  = declare(`SELECT id FROM message WHERE store_id = $1 AND customer_id = $2 AND state = 'queued'`)
	messageReadress = declare(`UPDATE message SET to_sealed = $3 WHERE store_id = $1 AND id = $2 AND state = 'queued'`)
	messageRequeue  = declare(`
UPDATE message SET state = 'queued', reason = '', detail = '', due = $3, settled = 0, to_sealed = $4
 WHERE store_id = $1 AND id = $2 AND state IN ('refused', 'unknown', 'cancelled')
RETURNING id`)
)

// scanMessage reads a row of messageSelect. The code in a text that proves a
// phone is for its receiver alone.
func (t *tx) scanMessage(scan func(...any) error) (engine.Message, error) {
	var m engine.Message
	var code, phone, to, body []byte
	var name, number *string
	err := scan(&m.ID, &m.Kind, &m.State, &m.Reason, &m.Detail, &m.CouponID, &code, &m.CustomerID, &name, &phone, &number,
		&to, &body, &m.Encoding, &m.Parts, &m.Attempts, &m.Due, &m.Settled, &m.Sender, &m.ProviderID)
	if err != nil {
		return m, err
	}
	m.Created = m.ID.Instant()
	if m.CouponCode, err = t.openCode(m.CouponID, code); err != nil {
		return m, err
	}
	if m.Customer, err = t.label(m.CustomerID, text(name), phone, text(number)); err != nil {
		return m, err
	}
	if to != nil {
		number, err := t.d.keys.open("message", "to", m.ID, to)
		if err != nil {
			return m, err
		}
		m.To = engine.Phone{E164: number}.Masked()
	}
	if body != nil && m.Kind != string(delivery.KindVerify) {
		m.Body, err = t.d.keys.open("message", "body", m.ID, body)
	}
	return m, err
}

// message gives one text; CodeMessageUnknown.
func (t *tx) message(storeID, id engine.ID) (engine.Message, error) {
	var m engine.Message
	found := false
	err := t.rows(messageByID, []any{storeID, id}, func(scan func(...any) error) (err error) {
		found = true
		m, err = t.scanMessage(scan)
		return err
	})
	if err == nil && !found {
		err = engine.Refuse(engine.CodeMessageUnknown)
	}
	return m, err
}

// newMessage is a text to be queued.
type newMessage struct {
	Kind       delivery.Kind
	CouponID   engine.ID
	CustomerID engine.ID
	To         string // E.164
	Body       string
	Due        engine.Instant
}

// queueMessage queues a text. Whether the customer wants it is for the caller
// to have asked.
func (t *tx) queueMessage(a engine.Actor, m newMessage) (engine.Message, error) {
	id := t.newID()
	to, err := t.d.keys.seal("message", "to", id, m.To)
	if err != nil {
		return engine.Message{}, err
	}
	body, err := t.d.keys.seal("message", "body", id, m.Body)
	if err != nil {
		return engine.Message{}, err
	}
	parts := delivery.Count(m.Body)
	_, err = t.exec(messageInsert, a.StoreID, id, string(m.Kind), m.CouponID, m.CustomerID, to, body, parts.Encoding.String(), parts.Parts, m.Due)
	return engine.Message{
		ID: id, Kind: string(m.Kind), State: string(delivery.StateQueued), CouponID: m.CouponID, CustomerID: m.CustomerID,
		To: engine.Phone{E164: m.To}.Masked(), Body: m.Body, Encoding: parts.Encoding.String(), Parts: parts.Parts,
		Due: m.Due, Created: t.now,
	}, err
}

// cancelMessages takes the queued texts of a coupon back. A coupon without a
// customer has none.
func (t *tx) cancelMessages(storeID, couponID, customerID engine.ID, reason string) error {
	if customerID.IsZero() {
		return nil
	}
	_, err := t.exec(messagesCancel, storeID, customerID, couponID, reason, t.now)
	return err
}

// cancelAllMessages takes all queued texts of a customer back.
func (t *tx) cancelAllMessages(storeID, customerID engine.ID, reason string) error {
	_, err := t.exec(messagesCancelAll, storeID, customerID, reason, t.now)
	return err
}

// readdress sends what is queued for a customer to the new phone.
func (t *tx) readdress(storeID, customerID engine.ID, phone string) error {
	if phone == "" {
		return t.cancelAllMessages(storeID, customerID, reasonNoPhone)
	}
	var ids []engine.ID
	err := t.rows(messagesQueued, []any{storeID, customerID}, func(scan func(...any) error) error {
		var id engine.ID
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		sealed, err := t.d.keys.seal("message", "to", id, phone)
		if err != nil {
			return err
		}
		if _, err := t.exec(messageReadress, storeID, id, sealed); err != nil {
			return err
		}
	}
	return nil
}

// Message gives one text.
func (d *DB) Message(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error) {
	var m engine.Message
	err := d.read(ctx, func(t *tx) (err error) {
		m, err = t.messageFor(a, id)
		return err
	})
	if err != nil {
		return engine.Message{}, err
	}
	return m, nil
}

// messageFor gives a text the actor may see.
func (t *tx) messageFor(a engine.Actor, id engine.ID) (engine.Message, error) {
	m, err := t.message(a.StoreID, id)
	if err != nil || a.Role.May(engine.MaySeeAll) {
		return m, err
	}
	if m.CouponID.IsZero() {
		return m, engine.Refuse(engine.CodeMessageUnknown)
	}
	c, err := t.coupon(a.StoreID, m.CouponID)
	if err != nil {
		return m, err
	}
	return m, t.maySeeSale(a, c.SaleID, engine.CodeMessageUnknown)
}

// ResendMessage queues a text again, to the customer's phone as it is now: one
// that was accepted as a new row, one that was refused, cancelled or is unknown
// in its own.
func (d *DB) ResendMessage(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return engine.Message{}, err
	}
	var m engine.Message
	err := d.write(ctx, func(t *tx) (err error) {
		if m, err = t.messageFor(a, id); err != nil {
			return err
		}
		to, err := t.mayResend(a, m)
		if err != nil {
			return err
		}
		if m, err = t.resend(a, m, to); err != nil {
			return err
		}
		return t.audit(a, "message.resend", "message", m.ID, facts("coupon", m.CouponID), "")
	})
	if err != nil {
		return engine.Message{}, err
	}
	return m, nil
}

// mayResend gives the number a text may go to again, or why it may not.
func (t *tx) mayResend(a engine.Actor, m engine.Message) (to string, err error) {
	switch delivery.State(m.State) {
	case delivery.StateQueued, delivery.StateSending:
		return "", engine.Refuse(engine.CodeMessageState, "state", m.State)
	}
	if m.CouponID.IsZero() || m.CustomerID.IsZero() || m.Body == "" {
		return "", engine.Refuse(engine.CodeMessageState, "state", m.State)
	}
	c, err := t.customer(a.StoreID, m.CustomerID)
	switch {
	case err != nil:
		return "", err
	case c.Forgotten != 0:
		return "", engine.Refuse(engine.CodeForgotten)
	case c.Consent != engine.ConsentYes:
		return "", engine.Refuse(engine.CodeNoConsent)
	case c.Phone.E164 == "":
		return "", engine.Refuse(engine.CodeNoPhone)
	}
	return c.Phone.E164, t.worthText(a, m)
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

func (t *tx) resend(a engine.Actor, m engine.Message, to string) (engine.Message, error) {
	if m.State == string(delivery.StateAccepted) {
		var waiting int64
		if _, err := t.row(messageWaiting, []any{a.StoreID, m.CustomerID, m.CouponID}, &waiting); err != nil {
			return m, err
		}
		if waiting > 0 {
			return m, engine.Refuse(engine.CodeMessageState, "state", string(delivery.StateQueued))
		}
		again, err := t.queueMessage(a, newMessage{
			Kind: delivery.Kind(m.Kind), CouponID: m.CouponID, CustomerID: m.CustomerID, To: to, Body: m.Body, Due: t.now,
		})
		again.CouponCode, again.Customer = m.CouponCode, m.Customer
		return again, err
	}
	sealed, err := t.d.keys.seal("message", "to", m.ID, to)
	if err != nil {
		return m, err
	}
	ok, err := t.changed(messageRequeue, a.StoreID, m.ID, t.now, sealed)
	if err != nil {
		return m, err
	}
	if !ok {
		return m, engine.Refuse(engine.CodeMessageState, "state", m.State)
	}
	return t.message(a.StoreID, m.ID)
}
