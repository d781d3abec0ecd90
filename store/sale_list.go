package store

import (
	"context"
	"errors"
	"strings"

	"bounceback/engine"
)

// The sale's id carries when it was recorded and lists are in its order. A
// business date lies in a window around that, and an import makes the id of
// the business date itself, so a range of business dates is a somewhat wider
// range of ids. A day more on each side stands for a change of time zone.
const (
	daysBefore = engine.DaysAhead + 1
	daysAfter  = engine.DaysBack + 2
)

// saleCampaign is the campaign of the coupon a sale earned. As a subquery it
// keeps the sale the outer loop, and so the list in the order of its index.
const saleCampaign = `(SELECT ic.campaign_id FROM coupon ic WHERE ic.store_id = x.store_id AND ic.id = x.issued_id)`

// Sales lists sales, newest first: by State (engine.SalesKept and
// SalesRedeeming too), business date (From, To), CustomerID, CampaignID of the coupon they earned, StaffID, RegisterID, Source,
// Ad and Search, the whole POS reference. Who may not see all sees their own.
func (d *DB) Sales(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Sale], error) {
	var page engine.Page[engine.Sale]
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		q, err := salesQuery(a, st, f)
		if err != nil {
			return err
		}
		page, err = readPage(t, saleList, q, f.Rows(), t.scanSale, func(s engine.Sale) []byte { return s.ID[:] })
		for i := range page.Items {
			t.maskSale(a, &page.Items[i])
		}
		return err
	})
	return page, err
}

func salesQuery(a engine.Actor, st engine.Store, f engine.Filter) (*listQuery, error) {
	ids, err := aroundDays(saleList, st, f)
	if err != nil {
		return nil, err
	}
	q := newList(saleSelect, "x.store_id", "x.id", a.StoreID).within(ids)
	onDays(q, "x.business", f.From, f.To)
	narrowSales(q, f)
	if !a.Role.May(engine.MaySeeAll) {
		q.and("x.staff_id = ?", a.StaffID)
	}
	return q, nil
}

// aroundDays is the range of ids in which sales of the filter's business dates
// lie, and the coupons they earned.
func aroundDays(k listKind, st engine.Store, f engine.Filter) (idSpan, error) {
	if f.From != 0 {
		f.From -= daysBefore
	}
	if f.To != 0 {
		f.To += daysAfter
	}
	from, to := f.Span(st.Zone())
	return k.span(from, to, f.After)
}

// onDays narrows a list to some days, both included; 0 is no bound.
func onDays(q *listQuery, column string, from, to engine.Day) {
	if from == 0 && to == 0 {
		return
	}
	if to == 0 {
		to = lastDay
	}
	q.and(column+" BETWEEN ? AND ?", from, to)
}

func narrowSales(q *listQuery, f engine.Filter) {
	if !f.CustomerID.IsZero() {
		q.and("x.customer_id = ?", f.CustomerID)
	}
	if !f.CampaignID.IsZero() {
		q.and(saleCampaign+" = ?", f.CampaignID)
	}
	if !f.StaffID.IsZero() {
		q.and("x.staff_id = ?", f.StaffID)
	}
	if !f.RegisterID.IsZero() {
		q.and("x.register_id = ?", f.RegisterID)
	}
	if f.Source != "" {
		q.and("x.source = ?", f.Source)
	}
	if f.Ad != "" {
		q.and("x.ad = ?", f.Ad)
	}
	saleState(q, f.State)
	if ref := strings.TrimSpace(f.Search); ref != "" {
		q.and("x.reference = ?", ref)
	}
}

// saleState narrows to a state, or to the sales that a figure is made of: one
// that was voided or came back whole has given its coupon back.
func saleState(q *listQuery, state string) {
	switch state {
	case "":
	case engine.SalesKept:
		q.and("x.state <> 'voided'")
	case engine.SalesRedeeming:
		q.and("x.state = 'completed' AND x.redeemed_id IS NOT NULL")
	default:
		q.and("x.state = ?", state)
	}
}

// Sale gives one sale with its lines, offers and charges; CodeSaleUnknown if the actor's store has none of that
// id, or the actor may not see it.
func (d *DB) Sale(ctx context.Context, a engine.Actor, id engine.ID) (engine.Sale, error) {
	return d.oneSale(ctx, a, saleByID, a.StoreID, id)
}

// SaleByReference gives the sale with a POS reference.
func (d *DB) SaleByReference(ctx context.Context, a engine.Actor, ref string) (engine.Sale, error) {
	s, err := d.oneSale(ctx, a, saleByReference, a.StoreID, strings.TrimSpace(ref))
	if errors.Is(err, &engine.Error{Code: engine.CodeSaleUnknown}) {
		err = engine.Refuse(engine.CodeSaleUnknown, "reference", ref)
	}
	return s, err
}

func (d *DB) oneSale(ctx context.Context, a engine.Actor, s statement, args ...any) (engine.Sale, error) {
	var sale engine.Sale
	err := d.read(ctx, func(t *tx) (err error) {
		if sale, err = t.saleWhere(s, args...); err != nil {
			return err
		}
		if !a.Role.May(engine.MaySeeAll) && sale.StaffID != a.StaffID {
			return engine.Refuse(engine.CodeSaleUnknown)
		}
		t.maskSale(a, &sale)
		return t.fillSale(a.StoreID, &sale)
	})
	if err != nil {
		return engine.Sale{}, err
	}
	return sale, nil
}

// lastSaleDays is how far back the last sale of a register is looked for, so
// that a till that never sold does not read the whole table.
const lastSaleDays = engine.DaysBack

var (
	saleLast = declare(saleSelect + `
 WHERE x.store_id = $1 AND x.id >= $2 AND x.register_id = $3 AND x.state <> 'voided' AND x.origin <> 'import'
 ORDER BY x.id DESC LIMIT 1`)
	saleLastOwn = declare(saleSelect + `
 WHERE x.store_id = $1 AND x.id >= $2 AND x.register_id = $3 AND x.state <> 'voided' AND x.origin <> 'import' AND x.staff_id = $4
 ORDER BY x.id DESC LIMIT 1`)
)

// LastSale gives the last sale of the actor's register in the last fifteen
// days that is not voided; CodeNothingToVoid if there is none. Imported sales
// do not count.
func (d *DB) LastSale(ctx context.Context, a engine.Actor) (engine.Sale, error) {
	from := engine.FirstID(d.clock() - lastSaleDays*24*60*60*1000)
	s, args := saleLast, []any{a.StoreID, from, a.RegisterID}
	if !a.Role.May(engine.MaySeeAll) {
		s, args = saleLastOwn, append(args, a.StaffID)
	}
	sale, err := d.oneSale(ctx, a, s, args...)
	if errors.Is(err, &engine.Error{Code: engine.CodeSaleUnknown}) {
		err = engine.Refuse(engine.CodeNothingToVoid, "till", a.Register)
	}
	return sale, err
}
