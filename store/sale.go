package store

import (
	"bounceback/engine"
)

// saleSelect reads sales with the names of all they name; the order is that of
// scanSale.
const saleSelect = `
SELECT x.id, x.key, x.reference, x.business, x.gross, x.discount, x.net, x.returned, x.refunded, x.state,
       x.customer_id, u.name, u.phone_sealed, u.number, x.staff_id, s.name, x.register_id, r.name,
       x.channel, x.payment, x.origin, x.redeemed_id, cr.code_sealed, x.issued_id, ci.code_sealed, ci.face,
       x.voided, vs.name, x.void_reason, x.item_off, x.order_off, x.credit_off, x.delivery, x.delivery_off, x.source, x.ad
  FROM sale x
  JOIN staff s ON s.store_id = x.store_id AND s.id = x.staff_id
  JOIN register r ON r.store_id = x.store_id AND r.id = x.register_id
  LEFT JOIN customer u ON u.store_id = x.store_id AND u.id = x.customer_id
  LEFT JOIN coupon cr ON cr.store_id = x.store_id AND cr.id = x.redeemed_id
  LEFT JOIN coupon ci ON ci.store_id = x.store_id AND ci.id = x.issued_id
  LEFT JOIN staff vs ON vs.store_id = x.store_id AND vs.id = x.voided_by`

var (
	saleByID        = declare(saleSelect + ` WHERE x.store_id = $1 AND x.id = $2`)
	saleByKey       = declare(saleSelect + ` WHERE x.store_id = $1 AND x.key = $2`)
	saleByReference = declare(saleSelect + ` WHERE x.store_id = $1 AND x.reference = $2`)
	saleInsert      = declare(`
INSERT INTO sale (store_id, id, key, reference, business, gross, discount, net, state, customer_id, staff_id, register_id,
                  channel, payment, origin, redeemed_id, item_off, order_off, credit_off, delivery, delivery_off, source, ad, lines, ref_typed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'completed', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`)
	saleIssued     = declare(`UPDATE sale SET issued_id = $3 WHERE store_id = $1 AND id = $2`)
	saleStaff      = declare(`SELECT staff_id FROM sale WHERE store_id = $1 AND id = $2`)
	lastAudit      = declare(`SELECT at FROM audit WHERE store_id = $1 ORDER BY seq DESC LIMIT 1`)
	customerBought = declare(`
UPDATE customer SET visits = visits + 1, spent = spent + $3, last_day = CASE WHEN last_day < $4 THEN $4 ELSE last_day END,
       before_day = CASE WHEN last_day <= $4 THEN last_day WHEN before_day < $4 THEN $4 ELSE before_day END,
       first_day = CASE WHEN first_day = 0 OR first_day > $4 THEN $4 ELSE first_day END
 WHERE store_id = $1 AND id = $2`)
	// Both count within a bounded stretch of an index: a customer's sales of the
	// last day, the store's sales of the last hour.
	redeemedByCustomer = declare(`
SELECT count(*) FROM sale WHERE store_id = $1 AND customer_id = $2 AND id >= $3 AND redeemed_id IS NOT NULL AND state <> 'voided'`)
	redeemedAtRegister = declare(`
SELECT count(*) FROM sale WHERE store_id = $1 AND id >= $2 AND register_id = $3 AND redeemed_id IS NOT NULL AND state <> 'voided'`)
	staffIsCustomer = declare(`
SELECT count(*) FROM staff s JOIN customer u ON u.store_id = s.store_id AND u.phone_hash = s.phone_hash
 WHERE s.store_id = $1 AND s.id = $2 AND u.id = $3`)
)

// scanSale reads a row of saleSelect.
func (t *tx) scanSale(scan func(...any) error) (engine.Sale, error) {
	var s engine.Sale
	var phone, redeemed, issued []byte
	var key, ref, name, number, voidedBy *string
	var face *engine.Minor
	err := scan(&s.ID, &key, &ref, &s.Business, &s.Gross, &s.Discount, &s.Net, &s.Returned, &s.Refunded, &s.State,
		&s.CustomerID, &name, &phone, &number, &s.StaffID, &s.Staff, &s.RegisterID, &s.Register,
		&s.Channel, &s.Payment, &s.Origin, &s.RedeemedID, &redeemed, &s.IssuedID, &issued, &face,
		&s.Voided, &voidedBy, &s.VoidReason, &s.Levels.Item, &s.Levels.Order, &s.Levels.Credit, &s.Delivery,
		&s.Levels.Delivery, &s.Source, &s.Ad)
	if err != nil {
		return s, err
	}
	s.At, s.Key, s.Reference, s.VoidedBy = s.ID.Instant(), text(key), text(ref), text(voidedBy)
	if face != nil {
		s.IssuedFace = *face
	}
	if s.Customer, err = t.label(s.CustomerID, text(name), phone, text(number)); err != nil {
		return s, err
	}
	if s.RedeemedCode, err = t.openCode(s.RedeemedID, redeemed); err != nil {
		return s, err
	}
	s.IssuedCode, err = t.openCode(s.IssuedID, issued)
	return s, err
}

func (t *tx) openCode(id engine.ID, sealed []byte) (string, error) {
	if id.IsZero() || sealed == nil {
		return "", nil
	}
	return t.d.keys.open("coupon", "code", id, sealed)
}

// saleWhere reads the one sale of a statement made from saleSelect;
// CodeSaleUnknown if there is none.
func (t *tx) saleWhere(s statement, args ...any) (engine.Sale, error) {
	var sale engine.Sale
	found := false
	err := t.rows(s, args, func(scan func(...any) error) (err error) {
		found = true
		sale, err = t.scanSale(scan)
		return err
	})
	if err == nil && !found {
		err = engine.Refuse(engine.CodeSaleUnknown)
	}
	return sale, err
}

// maySeeSale refuses, as if there were no such thing, an actor who sees only
// their own sales.
func (t *tx) maySeeSale(a engine.Actor, id engine.ID, unknown engine.Code) error {
	if a.Role.May(engine.MaySeeAll) {
		return nil
	}
	var staff engine.ID
	found, err := t.row(saleStaff, []any{a.StoreID, id}, &staff)
	if err == nil && (!found || staff != a.StaffID) {
		err = engine.Refuse(unknown)
	}
	return err
}

// insertSale writes the row of a sale. The coupon it earned is named by
// issueCoupon: a row that names a coupon before there is one makes SQLite look
// through all sales for such rows when the coupon is inserted.
func (t *tx) insertSale(storeID engine.ID, s engine.Sale) error {
	_, err := t.exec(saleInsert, storeID, s.ID, nullable(s.Key), nullable(s.Reference), s.Business, s.Gross, s.Discount,
		s.Net, s.CustomerID, s.StaffID, s.RegisterID, s.Channel, s.Payment, string(s.Origin), s.RedeemedID,
		s.Levels.Item, s.Levels.Order, s.Levels.Credit, s.Delivery, s.Levels.Delivery, s.Source, s.Ad, len(s.Bought()), oneIf(s.RefTyped && s.Reference != ""))
	return err
}

// nullable gives an empty text to the database as NULL.
func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// sums gives what a sale adds to its day, or, with sign -1, takes out of it.
func sums(s engine.Sale, sign int64) daySums {
	m := engine.Minor(sign)
	out := daySums{
		Sales: sign, Gross: m * (s.Gross - s.Returned), Discount: m * s.Discount, Net: m * (s.Net - s.Refunded),
		Item: m * s.Levels.Item, Order: m * s.Levels.Order, Credit: m * s.Levels.Credit,
		Delivery: m * s.Delivery, DeliveryOff: m * s.Levels.Delivery,
	}
	if !s.IssuedID.IsZero() {
		out.Issued = sign
	}
	if !s.RedeemedID.IsZero() {
		out.Redeemed = sign
	}
	if !s.CustomerID.IsZero() {
		out.Known = sign
	}
	return out
}
