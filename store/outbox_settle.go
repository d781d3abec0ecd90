package store

import (
	"context"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

var (
	// A settlement names a row by its id alone; the stores of a file are few.
	outboxRow = declare(`
SELECT store_id, customer_id, state, attempt FROM message WHERE store_id IN (SELECT id FROM store) AND id = $1`)
	// What certainly was not taken over costs nothing, and a row that never was has
	// been sent by nobody at no time ($12).
	outboxSettle = declare(`
UPDATE message SET state = $3, settled = $4,
       sender = CASE WHEN $12 AND went <= CASE WHEN charge_parts > 0 THEN 1 ELSE 0 END THEN '' ELSE $5 END,
       sent = CASE WHEN $12 AND went <= CASE WHEN charge_parts > 0 THEN 1 ELSE 0 END THEN 0 ELSE sent END,
       sent_day = CASE WHEN $12 AND went <= CASE WHEN charge_parts > 0 THEN 1 ELSE 0 END THEN 0 ELSE sent_day END,
       provider_id = $6, reason = $7, detail = $8,
       due = CASE WHEN $3 = 'queued' THEN $9 ELSE due END, lost = $10, lease_until = 0,
       cost = CASE WHEN $11 THEN cost ELSE cost - charge END, charge = CASE WHEN $11 THEN charge ELSE 0 END,
       went = CASE WHEN $11 OR charge_parts = 0 THEN went ELSE went - 1 END,
       went_parts = CASE WHEN $11 THEN went_parts ELSE went_parts - charge_parts END,
       charge_parts = CASE WHEN $11 THEN charge_parts ELSE 0 END
 WHERE store_id = $1 AND id = $2`)
	customerForgotten = declare(`SELECT forgotten FROM customer WHERE store_id = $1 AND id = $2`)
	outboxVerified    = declare(`
UPDATE message SET body_sealed = NULL
 WHERE store_id = $1 AND id = $2 AND kind = 'verify' AND state NOT IN ('queued', 'sending')`)
	// A row whose lead was settled without it stands for itself.
	outboxLost = declare(`
SELECT store_id, id, kind, attempt, lost, lease_until, to_sealed, body_sealed FROM message m
 WHERE state = 'sending' AND lease_until <= $1 AND (lead_id IS NULL OR NOT EXISTS (
       SELECT 1 FROM message l WHERE l.store_id = m.store_id AND l.id = m.lead_id AND l.state = 'sending'))
 ORDER BY lease_until, id LIMIT 100`)
	outboxMembers = declare(`
SELECT id, kind, attempt, lost FROM message
 WHERE state = 'sending' AND lease_until = $1 AND store_id = $2 AND lead_id = $3 ORDER BY id`)
)

// Settle records what became of an attempt and of the rows that went with it,
// each unless it has been claimed again or is settled already.
func (d *DB) Settle(ctx context.Context, s delivery.Settlement) error {
	return d.write(ctx, func(t *tx) error {
		if err := t.settle(s, s); err != nil {
			return err
		}
		for _, w := range s.With {
			if err := t.settle(w, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// settle records what became of one row; sender and message id are the lead's.
func (t *tx) settle(s, lead delivery.Settlement) error {
	var storeID, customer engine.ID
	var state delivery.State
	var attempt int
	found, err := t.row(outboxRow, []any{s.ID}, &storeID, &customer, &state, &attempt)
	if err != nil || !found || attempt != s.Attempt || !settles(s.State, state) {
		return err
	}
	gone := mayHaveGone(s)
	// A refusal counts on the day on which it was met.
	never := !gone && s.Lost == 0 && s.State != delivery.StateRefused
	if s.State == delivery.StateCancelled && s.Lost > 0 {
		s.State = delivery.StateUnknown // an attempt before this one may have gone
	}
	settled := s.At
	if s.State == delivery.StateQueued {
		settled = 0
	}
	err = t.changeTexts(storeID, []engine.ID{s.ID}, func() error {
		_, err := t.exec(outboxSettle, storeID, s.ID, string(s.State), settled, lead.Sender, lead.MessageID,
			string(s.Reason), s.Detail, s.Due, s.Lost, gone, never)
		return err
	})
	if err != nil {
		return err
	}
	if s.State == delivery.StateRefused && s.Reason == delivery.ReasonOptedOut {
		if err := t.heardStop(storeID, s.ID); err != nil {
			return err
		}
	}
	if customer.IsZero() {
		_, err = t.exec(outboxVerified, storeID, s.ID)
		return err
	}
	return t.eraseForgotten(storeID, customer)
}

// settles tells whether what became of a row's latest attempt still counts when
// the row is in a state: what is certain does, even after somebody thought the
// reply lost.
func settles(outcome, state delivery.State) bool {
	certain := outcome == delivery.StateAccepted || outcome == delivery.StateRefused
	return state == delivery.StateSending || state == delivery.StateUnknown || state == delivery.StateQueued && certain
}

// mayHaveGone tells whether the carrier may have taken the text over, and asks
// money for it.
func mayHaveGone(s delivery.Settlement) bool {
	return s.State == delivery.StateAccepted || s.State == delivery.StateUnknown || s.Reason == delivery.ReasonNoReply
}

// eraseForgotten finishes what ForgetCustomer could not while a text was on
// its way.
func (t *tx) eraseForgotten(storeID, customer engine.ID) error {
	var forgotten engine.Instant
	if _, err := t.row(customerForgotten, []any{storeID, customer}, &forgotten); err != nil || forgotten == 0 {
		return err
	}
	if err := t.cancelAllMessages(storeID, customer, reasonForgotten); err != nil {
		return err
	}
	_, err := t.exec(messagesErase, storeID, customer)
	return err
}

// lostRow is a text on its way whose lease has ended.
type lostRow struct {
	delivery.Outgoing
	store    engine.ID
	lease    engine.Instant
	to, body []byte
}

// Recover lists texts on their way whose lease has ended, with the rows that
// went with them.
func (d *DB) Recover(ctx context.Context, now engine.Instant) ([]delivery.Outgoing, error) {
	var out []delivery.Outgoing
	err := d.read(ctx, func(t *tx) error {
		var rows []lostRow
		err := t.rows(outboxLost, []any{now}, func(scan func(...any) error) error {
			var r lostRow
			err := scan(&r.store, &r.ID, &r.Kind, &r.Attempt, &r.Lost, &r.lease, &r.to, &r.body)
			rows = append(rows, r)
			return err
		})
		if err != nil {
			return err
		}
		for i := range rows {
			if err := t.fillLost(&rows[i]); err != nil && engine.CodeOf(err) != CodeSealBroken {
				return err
			}
			out = append(out, rows[i].Outgoing)
		}
		return nil
	})
	return out, err
}

// fillLost adds what went with a text, and the text itself.
func (t *tx) fillLost(r *lostRow) error {
	err := t.rows(outboxMembers, []any{r.lease, r.store, r.ID}, func(scan func(...any) error) error {
		var m delivery.Member
		err := scan(&m.ID, &m.Kind, &m.Attempt, &m.Lost)
		r.With = append(r.With, m)
		return err
	})
	if err != nil {
		return err
	}
	st, err := t.store(r.store)
	if err != nil {
		return err
	}
	r.Text = sendingText(st.Settings)
	if r.To, err = t.d.keys.open("message", "to", r.ID, r.to); err != nil {
		return err
	}
	r.Body, err = t.d.keys.open("message", "body", r.ID, r.body)
	return err
}
