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
SELECT m.id, m.kind, m.step, m.days, m.state, m.reason, m.detail, m.coupon_id, c.code_sealed, m.customer_id, u.name, u.phone_sealed,
       u.number, m.to_sealed, m.body_sealed, m.wording_id IS NOT NULL, m.encoding, m.parts, m.attempt, m.planned, m.due, m.settled,
       m.sent, m.lead_id, m.again_id, m.sender, m.provider_id, m.cost, m.delivered, m.response, m.paid
  FROM message m
  LEFT JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
  LEFT JOIN customer u ON u.store_id = m.store_id AND u.id = m.customer_id`

var (
	messageByID   = declare(messageSelect + ` WHERE m.store_id = $1 AND m.id = $2`)
	messageInsert = declare(`
INSERT INTO message (store_id, id, kind, state, to_sealed, body_sealed, encoding, parts, planned, due)
VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $8)`)
	// A text of which a reply was lost may have gone: nobody knows.
	messagesCancel = declare(`
UPDATE message SET state = CASE WHEN lost > 0 THEN 'unknown' ELSE 'cancelled' END, reason = $4, settled = $5
 WHERE store_id = $1 AND customer_id = $2 AND coupon_id = $3 AND state = 'queued'
RETURNING CASE WHEN lost > 0 AND lead_id IS NULL THEN sent_day ELSE 0 END`)
	messagesCancelAll = declare(`
UPDATE message SET state = CASE WHEN lost > 0 THEN 'unknown' ELSE 'cancelled' END, reason = $3, settled = $4
 WHERE store_id = $1 AND customer_id = $2 AND state = 'queued'
RETURNING CASE WHEN lost > 0 AND lead_id IS NULL THEN sent_day ELSE 0 END`)
	messagesRevive = declare(`
UPDATE message SET state = 'queued', reason = '', settled = 0, due = planned
 WHERE store_id = $1 AND customer_id = $2 AND coupon_id = $3 AND state = 'cancelled' AND reason = '` + reasonRedeemed + `'
   AND kind = 'reminder' AND planned > $4`)
	// A text on its way is erased when it is settled.
	messagesErase = declare(`
UPDATE message SET to_sealed = NULL, body_sealed = NULL, detail = '', response = ''
 WHERE store_id = $1 AND customer_id = $2 AND state NOT IN ('queued', 'sending')`)
)

// scanMessage reads a row of messageSelect. The code in a text that proves a
// phone is for its receiver alone. A queued text of a coupon has no words yet:
// see tellWords.
func (t *tx) scanMessage(scan func(...any) error) (engine.Message, error) {
	var m engine.Message
	var code, phone, to, body []byte
	var name, number *string
	var worded bool
	err := scan(&m.ID, &m.Kind, &m.Step, &m.Days, &m.State, &m.Reason, &m.Detail, &m.CouponID, &code, &m.CustomerID, &name, &phone,
		&number, &to, &body, &worded, &m.Encoding, &m.Parts, &m.Attempts, &m.Planned, &m.Due, &m.Settled,
		&m.Sent, &m.LeadID, &m.AgainID, &m.Sender, &m.ProviderID, &m.Cost, &m.Delivered, &m.Response, &m.Paid)
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
	if m.State == string(delivery.StateQueued) {
		m.LeadID = engine.ID{} // of an attempt that is over
		if worded {
			to, body = nil, nil
		}
	}
	if m.To, err = t.maskedTo(m, to, phone); err != nil {
		return m, err
	}
	if body != nil && m.Kind != string(delivery.KindVerify) {
		m.Body, err = t.d.keys.open("message", "body", m.ID, body)
	}
	return m, err
}

// maskedTo is the number a text went to, or that it would go to now.
func (t *tx) maskedTo(m engine.Message, to, phone []byte) (string, error) {
	number, err := "", error(nil)
	switch {
	case to != nil:
		number, err = t.d.keys.open("message", "to", m.ID, to)
	case phone != nil:
		number, err = t.d.keys.open("customer", "phone", m.CustomerID, phone)
	}
	if err != nil || number == "" {
		return "", err
	}
	return engine.Phone{E164: number}.Masked(), nil
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

// queueText queues a text that has its words already and is no coupon's.
func (t *tx) queueText(storeID engine.ID, kind delivery.Kind, phone, words string) (engine.ID, error) {
	id := t.newID()
	to, err := t.d.keys.seal("message", "to", id, phone)
	if err != nil {
		return id, err
	}
	body, err := t.d.keys.seal("message", "body", id, words)
	if err != nil {
		return id, err
	}
	parts := delivery.Count(words)
	_, err = t.exec(messageInsert, storeID, id, string(kind), to, body, parts.Encoding.String(), parts.Parts, t.now)
	return id, err
}

// cancelMessages takes the queued texts of a coupon back. A coupon without a
// customer has none.
func (t *tx) cancelMessages(storeID, couponID, customerID engine.ID, reason string) error {
	if customerID.IsZero() {
		return nil
	}
	return t.takeBack(storeID, messagesCancel, storeID, customerID, couponID, reason, t.now)
}

// cancelAllMessages takes all queued texts of a customer back.
func (t *tx) cancelAllMessages(storeID, customerID engine.ID, reason string) error {
	return t.takeBack(storeID, messagesCancelAll, storeID, customerID, reason, t.now)
}

// takeBack runs a statement that takes texts back and counts those that became
// unknown.
func (t *tx) takeBack(storeID engine.ID, s statement, args ...any) error {
	days := map[engine.Day]textSums{}
	err := t.rows(s, args, func(scan func(...any) error) error {
		var day engine.Day
		err := scan(&day)
		if day > 0 {
			days[day] = days[day].plus(textSums{Unknown: 1}, 1)
		}
		return err
	})
	if err != nil {
		return err
	}
	return t.addDays(storeID, days)
}

// reviveMessages queues the reminders again that were taken back when a coupon
// was redeemed, and whose time is still to come.
func (t *tx) reviveMessages(storeID, couponID, customerID engine.ID) error {
	if customerID.IsZero() {
		return nil
	}
	st, err := t.store(storeID)
	if err != nil {
		return err
	}
	to, err := t.customer(storeID, customerID)
	if err != nil {
		return err
	}
	if why, err := t.noTexts(st, to); err != nil || why != "" {
		return err
	}
	_, err = t.exec(messagesRevive, storeID, customerID, couponID, t.now)
	return err
}

// readdress takes back what is queued for a customer who has no phone any
// more. Otherwise texts go to the phone the customer has when they go.
func (t *tx) readdress(storeID, customerID engine.ID, phone string) error {
	if phone != "" {
		return nil
	}
	return t.cancelAllMessages(storeID, customerID, reasonNoPhone)
}

// Message gives one text.
func (d *DB) Message(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error) {
	var m engine.Message
	err := d.read(ctx, func(t *tx) (err error) {
		if m, err = t.messageFor(a, id); err != nil {
			return err
		}
		return t.tellWords(a.StoreID, &m)
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
