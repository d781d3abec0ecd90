package store

import (
	"bytes"
	"context"
	"encoding/binary"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// messageStaff is who made the sale that earned the coupon of a text.
const messageStaff = `(SELECT y.staff_id FROM coupon k JOIN sale y ON y.store_id = k.store_id AND y.id = k.sale_id
 WHERE k.store_id = m.store_id AND k.id = m.coupon_id)`

// messageCampaign is the campaign of the coupon of a text.
const messageCampaign = `(SELECT k.campaign_id FROM coupon k WHERE k.store_id = m.store_id AND k.id = m.coupon_id)`

var couponOwner = declare(`SELECT customer_id FROM coupon WHERE store_id = $1 AND id = $2`)

// States that texts are listed by besides those of their rows.
const (
	listCurrent = "current" // all but those of later days that wait, or were taken back before their day
	listDue     = "due"     // queued, and to go by the end of today
	listHeld    = "held"    // queued, and held back
	listPlanned = "planned" // queued for later days, and not held
)

// goesNext tells whether a list is in the order in which its texts go.
func goesNext(state string) bool {
	return state == listDue || state == listHeld || state == listPlanned
}

// Messages lists texts: by State, day made (From, To), CustomerID, CouponID and
// CampaignID. Those that are due, held or planned come in the order in which
// they go, all others newest first. Who may not see all sees those about their own
// sales.
func (d *DB) Messages(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Message], error) {
	var page engine.Page[engine.Message]
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		kind, query, key := messageList, t.newestMessages, func(m engine.Message) []byte { return m.ID[:] }
		if goesNext(f.State) {
			kind, query, key = dueList, t.nextMessages, func(m engine.Message) []byte { return dueKey(m.Due, m.ID) }
		}
		q, err := query(st, f)
		if err != nil {
			return err
		}
		if err := t.narrowMessages(q, a, f); err != nil {
			return err
		}
		if page, err = readPage(t, kind, q, f.Rows(), t.scanMessage, key); err != nil {
			return err
		}
		return t.tellWords(a.StoreID, refs(page.Items)...)
	})
	return page, err
}

// newestMessages begins the list of a store's texts by the time they were made.
// What was sent once more is no failure that anybody has to look at.
// Conditions on few texts stand as they do in the indexes of these few.
func (t *tx) newestMessages(st engine.Store, f engine.Filter) (*listQuery, error) {
	from, to := f.Span(st.Zone())
	ids, err := messageList.span(from, to, f.After)
	if err != nil {
		return nil, err
	}
	q := newList(messageSelect, "m.store_id", "m.id", st.ID).within(ids)
	switch f.State {
	case "":
	case listCurrent:
		q.and("NOT (m.due >= ? AND (m.state = 'cancelled' OR m.state = 'queued' AND m.reason = ''))", t.endOfToday(st))
	case string(delivery.StateUnknown):
		q.and("m.state = 'unknown'")
	case deliveryFailed:
		q.and("m.delivered = 'failed' AND m.again_id IS NULL")
	case deliveryDone:
		q.and("m.delivered = 'delivered'")
	default:
		q.and("m.state = ?", f.State)
	}
	return q, nil
}

// endOfToday is the first instant of a store's tomorrow.
func (t *tx) endOfToday(st engine.Store) engine.Instant {
	return (st.Today(t.now) + 1).Start(st.Zone())
}

// nextMessages begins the list of a store's texts that are to go by the end of
// today or later, or that are held back, in the order in which they go.
func (t *tx) nextMessages(st engine.Store, f engine.Filter) (*listQuery, error) {
	from, to := f.Span(st.Zone())
	ids, err := messageList.span(from, to, "")
	if err != nil {
		return nil, err
	}
	mark, found, err := dueList.unmark(f.After, len(dueKey(0, engine.ID{})))
	if err != nil {
		return nil, err
	}
	q := &listQuery{head: messageSelect, key: "m.id", order: "m.due, m.id"}
	// The index of what is due is that of all stores of the file; the CASE keeps
	// the store from choosing another.
	const ofStore = "CASE WHEN m.store_id = ? THEN 1 END = 1"
	switch f.State {
	case listHeld:
		q.and("m.store_id = ? AND m.state = 'queued' AND m.reason <> ''", st.ID)
	case listPlanned:
		// Where the page begins is the one bound below: of two, the index is
		// walked from the wider.
		if tomorrow := dueKey(t.endOfToday(st), engine.ID{}); !found || bytes.Compare(mark, tomorrow) < 0 {
			mark, found = tomorrow, true
		}
		q.and("m.state = 'queued' AND m.reason = ''").and(ofStore, st.ID)
	default:
		q.and("m.state = 'queued' AND m.due < ?", t.endOfToday(st)).and(ofStore, st.ID)
	}
	if found {
		q.and("(m.due, m.id) > (?, ?)", int64(binary.BigEndian.Uint64(mark)), mark[8:]) //nolint:gosec // as number wrote it
	}
	return q.within(ids), nil
}

// dueKey is a text's place in the list of those that go next.
func dueKey(due engine.Instant, id engine.ID) []byte { return append(number(int64(due)), id[:]...) }

// narrowMessages narrows a list to what the filter names and to what the actor
// may see. Of a list in the order in which texts go, the CASE keeps a customer
// from choosing an index in another order.
func (t *tx) narrowMessages(q *listQuery, a engine.Actor, f engine.Filter) error {
	ofCustomer := "m.customer_id = ?"
	if q.order != "" {
		ofCustomer = "CASE WHEN m.customer_id = ? THEN 1 END = 1"
	}
	if !f.CouponID.IsZero() {
		// A coupon's texts are among its customer's.
		var customer engine.ID
		if _, err := t.row(couponOwner, []any{a.StoreID, f.CouponID}, &customer); err != nil {
			return err
		}
		q.and(ofCustomer, customer).and("m.coupon_id = ?", f.CouponID)
	}
	if !f.CustomerID.IsZero() {
		q.and(ofCustomer, f.CustomerID)
	}
	if !f.CampaignID.IsZero() {
		q.and(messageCampaign+" = ?", f.CampaignID)
	}
	if !a.Role.May(engine.MaySeeAll) {
		q.and(messageStaff+" = ?", a.StaffID)
	}
	return nil
}
