package store

import (
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
	reasonRedeemed  = "coupon_redeemed"
	reasonVoided    = "coupon_voided"
	reasonExpired   = "coupon_expired"
)

var (
	messageInsert = declare(`
INSERT INTO message (store_id, id, kind, state, coupon_id, customer_id, to_sealed, body_sealed, encoding, parts, due)
VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10)`)
	messagesCancel = declare(`
UPDATE message SET state = 'cancelled', reason = $4, settled = $5
 WHERE store_id = $1 AND customer_id = $2 AND coupon_id = $3 AND state = 'queued'`)
	messagesCancelAll = declare(`
UPDATE message SET state = 'cancelled', reason = $3, settled = $4
 WHERE store_id = $1 AND customer_id = $2 AND state = 'queued'`)
)

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
	_, err = t.exec(messageInsert, a.StoreID, id, m.Kind, m.CouponID, m.CustomerID, to, body, parts.Encoding.String(), parts.Parts, m.Due)
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
