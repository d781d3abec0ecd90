package store

import (
	"bytes"
	"context"
	"slices"

	"bounceback/engine"
)

// What the carrier's log says of a text.
const (
	deliveryDone   = "delivered"
	deliveryFailed = "failed"
)

// reportsAtOnce bounds how many reports one transaction takes over before it
// lets others write: reading a log must not stop the counter.
const reportsAtOnce = 500

var (
	textsOfProvider = declare(`
SELECT id, lead_id, delivered FROM message WHERE store_id = $1 AND provider_id = $2 AND provider_id <> '' ORDER BY id`)
	messageDelivered = declare(`
UPDATE message SET delivered = $3, response = $4, paid = $5 WHERE store_id = $1 AND id = $2`)
)

// SyncDeliveries takes over what the carrier's log says of texts: whether they
// were delivered, and what was paid. What was reported before changes nothing,
// so that a log may be read again; only a text that was said to have failed may
// still be said to be delivered. Reports of texts that are not of the actor's
// store are counted and left.
func (d *DB) SyncDeliveries(ctx context.Context, a engine.Actor, reports []engine.DeliveryReport) (engine.DeliveryOutcome, error) {
	var sum engine.DeliveryOutcome
	if err := a.Need(engine.MayImport); err != nil {
		return sum, err
	}
	for batch := range slices.Chunk(reports, reportsAtOnce) {
		var o engine.DeliveryOutcome
		err := d.write(ctx, func(t *tx) (err error) {
			o, err = t.syncDeliveries(a, batch)
			return err
		})
		if err != nil {
			return sum, err
		}
		sum = addOutcome(sum, o)
	}
	return sum, nil
}

func addOutcome(a, b engine.DeliveryOutcome) engine.DeliveryOutcome {
	return engine.DeliveryOutcome{
		Delivered: a.Delivered + b.Delivered, Failed: a.Failed + b.Failed, Known: a.Known + b.Known,
		Unmatched: a.Unmatched + b.Unmatched, Paid: a.Paid + b.Paid,
	}
}

// syncDeliveries takes over one batch, with one audit entry if it brought
// anything.
func (t *tx) syncDeliveries(a engine.Actor, reports []engine.DeliveryReport) (engine.DeliveryOutcome, error) {
	var sum engine.DeliveryOutcome
	for _, r := range reports {
		o, err := t.syncDelivery(a.StoreID, r)
		if err != nil {
			return sum, err
		}
		sum = addOutcome(sum, o)
	}
	if sum.Delivered == 0 && sum.Failed == 0 {
		return sum, nil
	}
	detail := facts("delivered", sum.Delivered, "failed", sum.Failed, "paid", int64(sum.Paid))
	return sum, t.audit(a, "texts.delivery", "store", a.StoreID, detail, "")
}

// reported is a text that a report is about, or a row that went with it.
type reported struct {
	id, lead  engine.ID
	delivered string
}

func (t *tx) syncDelivery(storeID engine.ID, r engine.DeliveryReport) (engine.DeliveryOutcome, error) {
	rows, err := t.reported(storeID, r.MessageID)
	if err != nil {
		return engine.DeliveryOutcome{}, err
	}
	if len(rows) == 0 {
		return engine.DeliveryOutcome{Unmatched: 1}, nil
	}
	now := deliveryFailed
	if r.Delivered {
		now = deliveryDone
	}
	if was := rows[0].delivered; was == now || was == deliveryDone {
		return engine.DeliveryOutcome{Known: 1}, nil
	}
	if err := t.setDelivered(storeID, rows, r, now); err != nil {
		return engine.DeliveryOutcome{}, err
	}
	o := engine.DeliveryOutcome{Paid: r.Price}
	if r.Delivered {
		o.Delivered = 1
	} else {
		o.Failed = 1
	}
	return o, nil
}

// reported gives the rows of the text of a carrier's id, the lead first.
func (t *tx) reported(storeID engine.ID, provider string) ([]reported, error) {
	if provider == "" {
		return nil, nil
	}
	var out []reported
	err := t.rows(textsOfProvider, []any{storeID, provider}, func(scan func(...any) error) error {
		var r reported
		err := scan(&r.id, &r.lead, &r.delivered)
		out = append(out, r)
		return err
	})
	slices.SortStableFunc(out, func(a, b reported) int { return bytes.Compare(a.lead[:], b.lead[:]) }) // no lead sorts first
	return out, err
}

// setDelivered writes a report into the rows of a text. What was paid stands in
// the lead's.
func (t *tx) setDelivered(storeID engine.ID, rows []reported, r engine.DeliveryReport, delivered string) error {
	ids := make([]engine.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.id
	}
	return t.changeTexts(storeID, ids, func() error {
		for i, row := range rows {
			paid := r.Price
			if i > 0 {
				paid = 0
			}
			if _, err := t.exec(messageDelivered, storeID, row.id, delivered, r.Response, paid); err != nil {
				return err
			}
		}
		return nil
	})
}
