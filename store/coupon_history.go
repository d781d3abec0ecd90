package store

import (
	"context"
	"sort"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// Coupon gives a coupon with its whole history, oldest first.
func (d *DB) Coupon(ctx context.Context, a engine.Actor, id engine.ID) (engine.Coupon, []engine.CouponEvent, error) {
	var c engine.Coupon
	var history []engine.CouponEvent
	err := d.read(ctx, func(t *tx) (err error) {
		if c, err = t.coupon(a.StoreID, id); err != nil {
			return err
		}
		if err = t.maySeeSale(a, c.SaleID, engine.CodeCouponUnknown); err != nil {
			return err
		}
		if err = t.maskCoupon(a, &c); err != nil {
			return err
		}
		history, err = t.couponHistory(a.StoreID, c)
		return err
	})
	return c, history, err
}

// couponHistory puts together what the coupon, its sales, its events and its
// texts tell.
func (t *tx) couponHistory(storeID engine.ID, c engine.Coupon) ([]engine.CouponEvent, error) {
	issued := engine.CouponEvent{At: c.Issued, Kind: "issued", SaleID: c.SaleID, Amount: c.Face}
	var who, where *string
	if _, err := t.row(couponIssuer, []any{storeID, c.SaleID}, &who, &where, new(int64)); err != nil {
		return nil, err
	}
	issued.Who, issued.Where = text(who), text(where)
	past, err := t.pastEvents(storeID, c.ID)
	if err != nil {
		return nil, err
	}
	for _, e := range past {
		if e.Kind == "face_lowered" {
			issued.Amount += e.Amount // what it was before
		}
	}
	out := append([]engine.CouponEvent{issued}, past...)
	if c.State == engine.CouponRedeemed {
		out = append(out, engine.CouponEvent{At: c.Redeemed, Kind: "redeemed", SaleID: c.RedeemedSale, Amount: c.RedeemedMinor, Who: c.RedeemedBy, Where: c.RedeemedAt})
	}
	if c.State == engine.CouponVoided {
		out = append(out, engine.CouponEvent{At: c.Voided, Kind: "voided", Who: c.VoidedBy, Note: c.VoidReason})
	}
	if c.StateAt(t.now) == engine.CouponExpired {
		out = append(out, engine.CouponEvent{At: c.ValidUntil, Kind: "expired"})
	}
	if out, err = t.textEvents(storeID, c, out); err != nil {
		return nil, err
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].At < out[j].At })
	return out, nil
}

// pastEvents reads coupon_event. A redemption that was given back is told as
// two events.
func (t *tx) pastEvents(storeID, coupon engine.ID) ([]engine.CouponEvent, error) {
	var out []engine.CouponEvent
	err := t.rows(couponEvents, []any{storeID, coupon}, func(scan func(...any) error) error {
		var id engine.ID
		var since engine.Instant
		var who, where *string
		var e engine.CouponEvent
		if err := scan(&id, &e.Kind, &e.SaleID, &e.Amount, &since, &e.Note, &who, &where); err != nil {
			return err
		}
		e.At, e.Who, e.Where = id.Instant(), text(who), text(where)
		if e.Kind == "given_back" {
			out = append(out, engine.CouponEvent{At: since, Kind: "redeemed", SaleID: e.SaleID, Amount: e.Amount})
		}
		out = append(out, e)
		return nil
	})
	return out, err
}

// textEvents adds the text at issue and the reminders that were handed over.
func (t *tx) textEvents(storeID engine.ID, c engine.Coupon, out []engine.CouponEvent) ([]engine.CouponEvent, error) {
	if c.CustomerID.IsZero() {
		return out, nil
	}
	err := t.rows(couponTexts, []any{storeID, c.CustomerID, c.ID}, func(scan func(...any) error) error {
		var id engine.ID
		var settled engine.Instant
		e := engine.CouponEvent{Kind: "text"}
		if err := scan(&id, &e.Note, &settled); err != nil {
			return err
		}
		// A text that was taken back never went out: it stands where it was queued.
		if e.At = id.Instant(); settled > e.At && e.Note != string(delivery.StateCancelled) {
			e.At = settled
		}
		out = append(out, e)
		return nil
	})
	return out, err
}
