package store

import (
	"strings"

	"bounceback/engine"
)

// A coupon without a customer is money in the hands of whoever knows its code.
// Below a manager nobody reads such codes out of the file: who has the slip has
// the code, and who has just made the sale saw it.

// codeSpan is how long who made a sale may read its coupon's code again, such as
// for a second slip.
const codeSpan = msHour

// readsCodes tells whether an actor may read the codes of coupons without a
// customer that a sale of somebody's at a moment earned or gave back.
func readsCodes(a engine.Actor, staff engine.ID, at, now engine.Instant) bool {
	return a.Role.May(engine.MayEditCoupons) || staff == a.StaffID && now-at < codeSpan && at <= now.Add(clockSlack)
}

// maskedCode shows of a code its last two symbols, by which slips are told apart.
func maskedCode(code string) string {
	return strings.Repeat("*", max(0, len(code)-2)) + code[max(0, len(code)-2):]
}

// maskCoupons hides the codes of listed coupons without a customer.
func maskCoupons(a engine.Actor, coupons []engine.Coupon) {
	for i := range coupons {
		if c := &coupons[i]; c.CustomerID.IsZero() && !a.Role.May(engine.MayEditCoupons) {
			c.Code = maskedCode(c.Code)
		}
	}
}

// maskCoupon hides the code of a coupon without a customer, but not from who has
// just made the sale that earned it.
func (t *tx) maskCoupon(a engine.Actor, c *engine.Coupon) error {
	if !c.CustomerID.IsZero() {
		return nil
	}
	var staff engine.ID
	_, err := t.row(saleStaff, []any{a.StoreID, c.SaleID}, &staff)
	if err == nil && !readsCodes(a, staff, c.Issued, t.now) {
		c.Code = maskedCode(c.Code)
	}
	return err
}

// maskSale hides the code of the coupon that a sale without a customer earned,
// and of the one that is good again since the sale was undone.
func (t *tx) maskSale(a engine.Actor, s *engine.Sale) {
	if readsCodes(a, s.StaffID, s.At, t.now) {
		return
	}
	if s.CustomerID.IsZero() {
		s.IssuedCode = maskedCode(s.IssuedCode)
	}
	if s.State != engine.SaleCompleted {
		s.RedeemedCode = maskedCode(s.RedeemedCode)
	}
}

// maskPhones leaves of the phones of a list their last four digits, for who may
// not take the customers out of the shop.
func maskPhones(a engine.Actor, customers []engine.Customer) {
	for i := range customers {
		if c := &customers[i]; c.Phone.E164 != "" && !a.Role.May(engine.MayExport) {
			c.Phone = engine.Phone{E164: c.Phone.Masked()}
		}
	}
}
