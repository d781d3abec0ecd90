package store

import (
	"unicode/utf8"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

var (
	// The texts of a customer that may go together: those that have no words yet.
	outboxWaiting = declare(`
SELECT m.id, m.kind, m.lost, m.planned, m.due, m.cost, m.went, m.went_parts, m.coupon_id, w.template, c.state, c.valid_until
  FROM message m
  JOIN wording w ON w.store_id = m.store_id AND w.id = m.wording_id
  JOIN coupon c ON c.store_id = m.store_id AND c.id = m.coupon_id
 WHERE m.store_id = $1 AND m.customer_id = $2 AND m.state = 'queued'`)
	outboxTake = declare(`
UPDATE message SET state = 'sending', reason = '', detail = '', attempt = attempt + 1, lease_until = $3, settled = $4, sent = $4,
       sent_day = $5, lead_id = NULL, to_sealed = $6, body_sealed = $7, encoding = $8, parts = $9, charge = $10, cost = $11,
       went = $12, went_parts = $13, charge_parts = $9
 WHERE store_id = $1 AND id = $2 AND state = 'queued'
RETURNING attempt`)
	outboxJoin = declare(`
UPDATE message SET state = 'sending', reason = '', detail = '', attempt = attempt + 1, lease_until = $3, settled = $4, sent = $4,
       sent_day = $5, lead_id = $6, to_sealed = NULL, body_sealed = NULL, encoding = '', parts = 0, charge = 0, cost = 0,
       went = 0, went_parts = 0, charge_parts = 0
 WHERE store_id = $1 AND id = $2 AND state = 'queued'
RETURNING attempt`)
	outboxRefuse = declare(`
UPDATE message SET state = 'refused', reason = $3, settled = $4 WHERE store_id = $1 AND id = $2 AND state = 'queued'`)
)

// letter is a text that is about to go: the rows it is made of, the first of
// which carries it.
type letter struct {
	rows       []queued
	superseded []engine.ID
	body       string
	parts      delivery.Parts
	charge     engine.Micros
}

// take writes the text and commits it as sending. It gives false where the text
// cannot go after all.
func (k *claiming) take() (out delivery.Outgoing, ok bool, err error) {
	l, err := k.letter()
	if err != nil {
		return out, false, err
	}
	if len(l.rows) == 0 {
		return out, false, k.drop(k.row.ID, reasonDamaged) // unless it was taken back just now
	}
	if n := utf8.RuneCountInString(l.body); n == 0 || n > delivery.MaxRunes {
		return out, false, k.refuse(l.rows[0].ID)
	}
	l.parts = delivery.Count(l.body)
	l.charge = engine.Micros(int64(l.parts.Parts) * k.store.Settings.Count(engine.SetTextPrice))
	v, err := k.limit(l.charge)
	if err != nil {
		return out, false, err
	}
	if v != (verdict{}) {
		return out, false, k.carryOut(v)
	}
	out, err = k.send(l)
	return out, err == nil, err
}

// refuse settles a text that cannot be written as the carrier would.
func (k *claiming) refuse(id engine.ID) error {
	return k.t.changeTexts(k.store.ID, []engine.ID{id}, func() error {
		_, err := k.t.exec(outboxRefuse, k.store.ID, id, string(delivery.ReasonInvalidText), k.now)
		return err
	})
}

// letter puts the text together. Without rows there is none: the row that was
// due was taken back.
func (k *claiming) letter() (letter, error) {
	if !k.row.worded {
		return k.ready()
	}
	rows, items, err := k.waiting()
	if err != nil {
		return letter{}, err
	}
	today := k.store.Today(k.now)
	choice := delivery.Choose(waitingOf(rows), k.now, (today + 1).Start(k.store.Zone()))
	var l letter
	var said []delivery.Item
	for _, i := range choice.Go {
		l.rows, said = append(l.rows, rows[i]), append(said, items[i])
	}
	for _, i := range choice.Superseded {
		l.superseded = append(l.superseded, rows[i].ID)
	}
	if len(said) > 0 {
		l.body = k.pen.write(k.to, said...)
	}
	if len(said) > 1 && utf8.RuneCountInString(l.body) > delivery.MaxRunes { // the others go with the next
		l.body, l.rows = k.pen.write(k.to, said[0]), l.rows[:1]
	}
	return l, nil
}

// ready is a text that has its words already.
func (k *claiming) ready() (letter, error) {
	body, err := k.t.d.keys.open("message", "body", k.row.ID, k.row.body)
	if engine.CodeOf(err) == CodeSealBroken {
		return letter{}, nil
	}
	return letter{rows: []queued{k.row}, body: body}, err
}

// waiting gives the queued texts of the customer with what each says of its
// coupon. Those of no use any more are taken back.
func (k *claiming) waiting() (rows []queued, items []delivery.Item, err error) {
	var found []queued
	err = k.t.rows(outboxWaiting, []any{k.store.ID, k.to.ID}, func(scan func(...any) error) error {
		var q queued
		err := scan(&q.ID, &q.Kind, &q.lost, &q.Planned, &q.due, &q.cost, &q.went, &q.wentParts, &q.Coupon, &q.template, &q.state, &q.validUntil)
		q.Planned = min(q.Planned, q.due) // a person may let one go before its time
		found = append(found, q)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	for _, q := range found {
		it, why, err := k.item(q)
		if err == nil && why != "" {
			err = k.drop(q.ID, why)
		} else if err == nil {
			rows, items = append(rows, q), append(items, it)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return rows, items, nil
}

// item is what a text says of its coupon, or why it is of no use.
func (k *claiming) item(q queued) (it delivery.Item, why string, err error) {
	if why = q.unwanted(k.now); why != "" {
		return it, why, nil
	}
	c, err := k.t.coupon(k.store.ID, q.Coupon)
	if engine.CodeOf(err) == CodeSealBroken {
		return it, reasonDamaged, nil
	}
	if err == nil {
		it, err = k.pen.item(c, q.template)
	}
	return it, "", err
}

func waitingOf(rows []queued) []delivery.Waiting {
	out := make([]delivery.Waiting, len(rows))
	for i, q := range rows {
		out[i] = q.Waiting
	}
	return out
}

// send commits the rows of a text as sending and takes those back that it
// stands for.
func (k *claiming) send(l letter) (delivery.Outgoing, error) {
	for _, id := range l.superseded {
		if err := k.drop(id, string(delivery.ReasonSuperseded)); err != nil {
			return delivery.Outgoing{}, err
		}
	}
	ids := make([]engine.ID, len(l.rows))
	for i, q := range l.rows {
		ids[i] = q.ID
	}
	lead := l.rows[0]
	out := delivery.Outgoing{ID: lead.ID, Kind: lead.Kind, Lost: lead.lost, Text: k.text(l.body)}
	err := k.t.changeTexts(k.store.ID, ids, func() error {
		if err := k.lead(l, &out); err != nil {
			return err
		}
		return k.members(l.rows[1:], &out)
	})
	if err != nil {
		return out, err
	}
	return out, k.spend()
}

// lead fills in the row that carries the text. The times its members went alone,
// their parts and what they cost are now its.
func (k *claiming) lead(l letter, out *delivery.Outgoing) error {
	to, err := k.t.d.keys.seal("message", "to", out.ID, out.To)
	if err != nil {
		return err
	}
	body, err := k.t.d.keys.seal("message", "body", out.ID, out.Body)
	if err != nil {
		return err
	}
	cost, went, wentParts := l.charge, 1, l.parts.Parts
	for _, q := range l.rows {
		cost, went, wentParts = cost+q.cost, went+q.went, wentParts+q.wentParts
	}
	_, err = k.t.row(outboxTake, []any{
		k.store.ID, out.ID, k.until, k.now, k.store.Today(k.now), to, body, l.parts.Encoding.String(), l.parts.Parts, l.charge, cost,
		went, wentParts,
	}, &out.Attempt)
	return err
}

func (k *claiming) members(rows []queued, out *delivery.Outgoing) error {
	for _, q := range rows {
		m := delivery.Member{ID: q.ID, Kind: q.Kind, Lost: q.lost}
		_, err := k.t.row(outboxJoin, []any{k.store.ID, q.ID, k.until, k.now, k.store.Today(k.now), out.ID}, &m.Attempt)
		if err != nil {
			return err
		}
		out.With = append(out.With, m)
	}
	return nil
}

// text is what goes to the carrier, with the sending settings of the store.
func (k *claiming) text(body string) delivery.Text {
	out := sendingText(k.store.Settings)
	out.To, out.Body = k.to.Phone.E164, body
	return out
}

func sendingText(s engine.Settings) delivery.Text {
	return delivery.Text{
		Type: delivery.Type(s.Text(engine.SetSMSType)), SenderID: s.Text(engine.SetSenderID), MaxPrice: s.Text(engine.SetMaxPrice),
		Origination: s.Text(engine.SetOrigination), EntityID: s.Text(engine.SetEntityID), TemplateID: s.Text(engine.SetTemplateID),
	}
}
