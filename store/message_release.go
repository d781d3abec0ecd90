package store

import (
	"context"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

var (
	// A text that a person lets go again is planned for now, so that no older one
	// of its coupon stands for it. How many replies were lost stays as it is.
	messageRelease = declare(`
UPDATE message SET state = 'queued', reason = '', detail = '', settled = 0, released = 1, due = $3,
       planned = CASE WHEN state = 'queued' THEN planned ELSE $3 END
 WHERE store_id = $1 AND id = $2 AND (state IN ('refused', 'unknown', 'cancelled') OR state = 'queued' AND reason <> '')`)
	// As everywhere, a text of which a reply was lost may have gone.
	messageGiveUp = declare(`
UPDATE message SET state = CASE WHEN state = 'queued' AND lost > 0 THEN 'unknown' ELSE 'cancelled' END, reason = $3, settled = $4
 WHERE store_id = $1 AND id = $2 AND state IN ('queued', 'unknown')`)
)

// ReleaseMessage lets a text go: one that is held back now, one that is
// unknown, refused or cancelled again. The quiet hours and the month's limit
// hold it all the same.
func (d *DB) ReleaseMessage(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error) {
	return d.turnMessage(ctx, a, id, "message.release", (*tx).mayRelease, func(t *tx, _ engine.Message) (engine.ID, error) {
		_, err := t.exec(messageRelease, a.StoreID, id, t.now)
		return id, err
	})
}

// CancelMessage takes a queued text back, or gives an unknown one up.
func (d *DB) CancelMessage(ctx context.Context, a engine.Actor, id engine.ID) (engine.Message, error) {
	return d.turnMessage(ctx, a, id, "message.cancel", (*tx).mayCancel, func(t *tx, m engine.Message) (engine.ID, error) {
		_, err := t.exec(messageGiveUp, a.StoreID, id, string(delivery.ReasonByHand), t.now)
		if err == nil && m.Kind == string(delivery.KindVerify) {
			_, err = t.exec(outboxVerified, a.StoreID, id)
		}
		return id, err
	})
}

// turnMessage changes the state of a text the actor may see by hand, if may
// allows it. turn gives the text it comes to: the same, or one in its place.
func (d *DB) turnMessage(
	ctx context.Context, a engine.Actor, id engine.ID, action string,
	may func(*tx, engine.Actor, engine.Message) error, turn func(*tx, engine.Message) (engine.ID, error),
) (engine.Message, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return engine.Message{}, err
	}
	var m engine.Message
	err := d.write(ctx, func(t *tx) (err error) {
		if m, err = t.messageFor(a, id); err != nil {
			return err
		}
		if err := may(t, a, m); err != nil {
			return err
		}
		after := id
		err = t.changeTexts(a.StoreID, []engine.ID{id}, func() (err error) {
			after, err = turn(t, m)
			return err
		})
		if err != nil {
			return err
		}
		if err := t.audit(a, action, "message", after, facts("coupon", m.CouponID, "state", m.State), ""); err != nil {
			return err
		}
		m, err = t.messageNow(a.StoreID, after)
		return err
	})
	if err != nil {
		return engine.Message{}, err
	}
	return m, nil
}

// mayCancel refuses a text that has come to its end, or is on its way.
func (t *tx) mayCancel(_ engine.Actor, m engine.Message) error {
	switch delivery.State(m.State) {
	case delivery.StateSending:
		return engine.Refuse(engine.CodeMessageSending)
	case delivery.StateAccepted:
		return engine.Refuse(engine.CodeCancelGone, "at", m.Sent)
	case delivery.StateRefused:
		return engine.Refuse(engine.CodeCancelRefused)
	case delivery.StateCancelled:
		return engine.Refuse(engine.CodeCancelTwice)
	}
	return nil
}

// mayRelease refuses a text that waits for its time or is not to go at all, and
// every text in the quiet hours or beyond the month's limit.
func (t *tx) mayRelease(a engine.Actor, m engine.Message) error {
	waits := m.State == string(delivery.StateQueued) && m.Reason == ""
	switch state := delivery.State(m.State); {
	case state == delivery.StateSending:
		return engine.Refuse(engine.CodeMessageSending)
	case state == delivery.StateAccepted:
		return engine.Refuse(engine.CodeReleaseGone, "at", m.Sent)
	case waits && m.Due > t.now:
		return engine.Refuse(engine.CodeReleaseWaits, "due", m.Due)
	}
	c, err := t.mayText(a, m)
	if err != nil {
		return err
	}
	st, err := t.store(a.StoreID)
	if err != nil {
		return err
	}
	if until := opening(st, c.Phone.E164, t.now); until > t.now {
		return engine.Refuse(engine.CodeMessageQuiet, "until", until)
	}
	if err := t.tellWords(st.ID, &m); err != nil {
		return err
	}
	if err := t.withinLimit(st, m.Parts); err != nil || !waits {
		return err
	}
	return engine.Refuse(engine.CodeReleaseWaits, "due", m.Due)
}
