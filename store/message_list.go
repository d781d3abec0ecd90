package store

import (
	"context"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// messageStaff is who made the sale that earned the coupon of a text.
const messageStaff = `(SELECT y.staff_id FROM coupon k JOIN sale y ON y.store_id = k.store_id AND y.id = k.sale_id
 WHERE k.store_id = m.store_id AND k.id = m.coupon_id)`

// messageCampaign is the campaign of the coupon of a text.
const messageCampaign = `(SELECT k.campaign_id FROM coupon k WHERE k.store_id = m.store_id AND k.id = m.coupon_id)`

var couponOwner = declare(`SELECT customer_id FROM coupon WHERE store_id = $1 AND id = $2`)

// Messages lists texts, newest first: by State, day made (From, To),
// CustomerID, CouponID and CampaignID. Who may not see all sees those about
// their own sales.
func (d *DB) Messages(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Message], error) {
	var page engine.Page[engine.Message]
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		from, to := f.Span(st.Zone())
		ids, err := messageList.span(from, to, f.After)
		if err != nil {
			return err
		}
		q := newList(messageSelect, "m.store_id", "m.id", a.StoreID).within(ids)
		if err := t.narrowMessages(q, a, f); err != nil {
			return err
		}
		page, err = readPage(t, messageList, q, f.Rows(), t.scanMessage, func(m engine.Message) []byte { return m.ID[:] })
		return err
	})
	return page, err
}

func (t *tx) narrowMessages(q *listQuery, a engine.Actor, f engine.Filter) error {
	if f.State == string(delivery.StateUnknown) {
		q.and("m.state = 'unknown'") // as it stands in the index of the few
	} else if f.State != "" {
		q.and("m.state = ?", f.State)
	}
	if !f.CouponID.IsZero() {
		// A coupon's texts are among its customer's.
		var customer engine.ID
		if _, err := t.row(couponOwner, []any{a.StoreID, f.CouponID}, &customer); err != nil {
			return err
		}
		q.and("m.customer_id = ? AND m.coupon_id = ?", customer, f.CouponID)
	}
	if !f.CustomerID.IsZero() {
		q.and("m.customer_id = ?", f.CustomerID)
	}
	if !f.CampaignID.IsZero() {
		q.and(messageCampaign+" = ?", f.CampaignID)
	}
	if !a.Role.May(engine.MaySeeAll) {
		q.and(messageStaff+" = ?", a.StaffID)
	}
	return nil
}
