package store

import (
	"context"

	"bounceback/engine"
)

// couponStaff is who made the sale that earned a coupon, couponBusiness on which
// day, and couponRegister where.
const (
	couponStaff    = `(SELECT y.staff_id FROM sale y WHERE y.store_id = c.store_id AND y.id = c.sale_id)`
	couponBusiness = `(SELECT y.business FROM sale y WHERE y.store_id = c.store_id AND y.id = c.sale_id)`
	couponRegister = `(SELECT y.register_id FROM sale y WHERE y.store_id = c.store_id AND y.id = c.sale_id)`
)

// couponLabel is the source or ad of a coupon, as FiguresBy takes it.
func couponLabel(column string) string {
	return `(SELECT ` + labelOr(column) + ` FROM sale y WHERE y.store_id = c.store_id AND y.id = c.sale_id)`
}

// saleCoupons reads which coupons a sale earned and redeemed.
var saleCoupons = declare(`SELECT issued_id, redeemed_id FROM sale WHERE store_id = $1 AND id = $2`)

// Coupons lists coupons, newest first: by State as of now (engine.CouponsKept too),
// business date of the sale that earned them (From, To), last day (EndFrom,
// EndTo), CustomerID, CampaignID, StaffID, RegisterID, Source, Ad and SaleID of the
// sale that earned it (SaleID: or redeemed it; Source, Ad: the campaign's where
// the sale has none), and Search, the whole code. Who may not see all
// sees the coupons of their own sales.
func (d *DB) Coupons(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Coupon], error) {
	code := ""
	if f.Search != "" {
		var err error
		if code, err = engine.ParseCode(f.Search); err != nil {
			return engine.Page[engine.Coupon]{}, err
		}
	}
	var page engine.Page[engine.Coupon]
	if code != "" {
		if known, err := d.codeKnown(ctx, a, code); err != nil || !known {
			return page, err
		}
	}
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		by := couponMarks{now: t.now}
		if code != "" {
			by.code = t.d.keys.code(a.StoreID, code)
		}
		if !f.SaleID.IsZero() {
			if _, err := t.row(saleCoupons, []any{a.StoreID, f.SaleID}, &by.ofSale[0], &by.ofSale[1]); err != nil {
				return err
			}
		}
		q, err := couponsQuery(a, st, f, by)
		if err != nil {
			return err
		}
		page, err = readPage(t, couponList, q, f.Rows(), t.scanCoupon, func(c engine.Coupon) []byte { return c.ID[:] })
		if code == "" { // who knows the whole code reads nothing new
			maskCoupons(a, page.Items)
		}
		return err
	})
	return page, err
}

// couponMarks is what a filter of coupons means in the file.
type couponMarks struct {
	now    engine.Instant
	code   []byte       // blind index of the code searched for; nil: none
	ofSale [2]engine.ID // coupons that the filter's sale earned and redeemed
}

func couponsQuery(a engine.Actor, st engine.Store, f engine.Filter, by couponMarks) (*listQuery, error) {
	ids, err := aroundDays(couponList, st, f)
	if err != nil {
		return nil, err
	}
	q := newList(couponSelect, "c.store_id", "c.id", a.StoreID).within(ids)
	onDays(q, couponBusiness, f.From, f.To)
	onDays(q, "c.last_day", f.EndFrom, f.EndTo)
	if by.code != nil {
		q.and("c.code_hash = ?", by.code)
	}
	if !f.CustomerID.IsZero() {
		q.and("c.customer_id = ?", f.CustomerID)
	}
	if !f.CampaignID.IsZero() {
		q.and("c.campaign_id = ?", f.CampaignID)
	}
	if !f.StaffID.IsZero() {
		q.and(couponStaff+" = ?", f.StaffID)
	}
	if !f.RegisterID.IsZero() {
		q.and(couponRegister+" = ?", f.RegisterID)
	}
	if f.Source != "" {
		q.and(couponLabel("source")+" = ?", f.Source)
	}
	if f.Ad != "" {
		q.and(couponLabel("ad")+" = ?", f.Ad)
	}
	if !a.Role.May(engine.MaySeeAll) {
		q.and(couponStaff+" = ?", a.StaffID)
	}
	if !f.SaleID.IsZero() {
		q.and("c.id IN (?, ?)", by.ofSale[0], by.ofSale[1])
	}
	couponState(q, engine.CouponState(f.State), by.now)
	return q, nil
}

// couponState narrows to a state as engine.Coupon.StateAt tells it. The
// repeated state IN (…) is what lets the two rare states use their index.
func couponState(q *listQuery, s engine.CouponState, now engine.Instant) {
	const (
		good = "c.valid_from <= ? AND c.valid_until > ?"
		rare = "c.state IN ('reserved', 'voided') AND "
		open = "c.state IN ('active', 'reserved') AND "
	)
	switch s {
	case "":
	case engine.CouponsKept:
		q.and("c.state <> 'voided'")
	case engine.CouponPending:
		q.and(open+"c.valid_from > ? AND c.valid_until > ?", now, now)
	case engine.CouponActive:
		q.and(open+good+" AND (c.state = 'active' OR c.reserved_until <= ?)", now, now, now)
	case engine.CouponReserved:
		q.and(rare+"c.state = 'reserved' AND "+good+" AND c.reserved_until > ?", now, now, now)
	case engine.CouponExpired:
		q.and(open+"c.valid_until <= ?", now)
	case engine.CouponVoided:
		q.and(rare + "c.state = 'voided'")
	default:
		q.and("c.state = ?", string(s))
	}
}
