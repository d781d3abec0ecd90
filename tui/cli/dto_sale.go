package cli

import "bounceback/engine"

// saleDTO is a sale.
type saleDTO struct {
	ID           string  `json:"id"`
	Reference    *string `json:"reference"`
	At           *string `json:"recorded_at"`
	Business     *string `json:"business_date"`
	State        string  `json:"state"`
	Gross        int64   `json:"gross_minor"`
	Discount     int64   `json:"discount_minor"`
	Total        int64   `json:"total_minor"`
	Returned     int64   `json:"returned_minor"`
	Refunded     int64   `json:"refunded_minor"`
	Currency     string  `json:"currency"`
	CustomerID   *string `json:"customer_id"`
	Customer     *string `json:"customer"`
	StaffID      *string `json:"staff_id"`
	Staff        *string `json:"staff"`
	RegisterID   *string `json:"register_id"`
	Register     *string `json:"register"`
	Channel      *string `json:"channel"`
	Payment      *string `json:"payment"`
	Origin       string  `json:"origin"`
	RedeemedID   *string `json:"redeemed_coupon_id"`
	RedeemedCode *string `json:"redeemed_code"`
	IssuedID     *string `json:"issued_coupon_id"`
	IssuedCode   *string `json:"issued_code"`
	IssuedFace   int64   `json:"issued_face_minor"`
	VoidedAt     *string `json:"voided_at"`
	VoidedBy     *string `json:"voided_by"`
	VoidReason   *string `json:"void_reason"`
	Key          *string `json:"key"`
	Item         int64   `json:"off_item_minor"` // of the discount: item offers and sets
	Order        int64   `json:"off_order_minor"`
	Credit       int64   `json:"off_credit_minor"`   // coupons, and offers that count as payment
	OffDelivery  int64   `json:"off_delivery_minor"` // beside the discount, which is of the goods
	Delivery     int64   `json:"delivery_minor"`     // before what came off
	Paid         int64   `json:"paid_minor"`         // goods and delivery
	Source       *string `json:"source"`
	Ad           *string `json:"ad"`
}

func (a *app) saleDTO(s engine.Sale) saleDTO {
	return saleDTO{
		ID: s.ID.String(), Reference: text(s.Reference), At: a.timeText(s.At), Business: dayText(s.Business), State: string(s.State),
		Gross: int64(s.Gross), Discount: int64(s.Discount), Total: int64(s.Net), Returned: int64(s.Returned), Refunded: int64(s.Refunded),
		Currency: a.store.Currency, CustomerID: idText(s.CustomerID), Customer: text(s.Customer), StaffID: idText(s.StaffID), Staff: text(s.Staff),
		RegisterID: idText(s.RegisterID), Register: text(s.Register), Channel: text(s.Channel), Payment: text(s.Payment), Origin: string(s.Origin),
		RedeemedID: idText(s.RedeemedID), RedeemedCode: codeText(s.RedeemedCode), IssuedID: idText(s.IssuedID), IssuedCode: codeText(s.IssuedCode),
		IssuedFace: int64(s.IssuedFace), VoidedAt: a.timeText(s.Voided), VoidedBy: text(s.VoidedBy), VoidReason: text(s.VoidReason), Key: text(s.Key),
		Item: int64(s.Levels.Item), Order: int64(s.Levels.Order), Credit: int64(s.Discount - s.Levels.Item - s.Levels.Order),
		OffDelivery: int64(s.Levels.Delivery), Delivery: int64(s.Delivery), Paid: int64(s.Paid()), Source: text(s.Source), Ad: text(s.Ad),
	}
}

// redeemedDTO is a coupon with what it took off the sale.
type redeemedDTO struct {
	couponDTO
	Amount int64 `json:"amount_minor"`
}

// recordedDTO answers sale record. NoText says why the coupon gets no text now;
// Landline that texts are unlikely to reach the customer's number.
type recordedDTO struct {
	Sale     saleShowDTO   `json:"sale"`
	Redeemed *redeemedDTO  `json:"redeemed"`
	Issued   *couponDTO    `json:"issued"`
	Message  *messageDTO   `json:"message"`
	Rejected []rejectedDTO `json:"rejected"`
	Repeated bool          `json:"repeated"` // the key was recorded before; nothing was done again
	reach
}

func (a *app) recordedDTO(r engine.Recorded, to reach) recordedDTO {
	d := recordedDTO{Sale: a.saleShowDTO(r.Sale), Issued: a.couponOrNull(r.Issued), Rejected: rejectedDTOs(r.Rejected), Repeated: r.Repeated, reach: to}
	if r.Redeemed != nil {
		d.Redeemed = &redeemedDTO{a.couponDTO(*r.Redeemed), int64(r.Redeemed.RedeemedMinor)}
	}
	if r.Message != nil {
		m := a.messageDTO(*r.Message)
		d.Message = &m
	}
	return d
}

// reversedDTO answers sale void and sale return.
type reversedDTO struct {
	Sale         saleDTO    `json:"sale"`
	Refund       int64      `json:"refund_minor"`
	Deducted     int64      `json:"deducted_minor"`
	GivenBack    *couponDTO `json:"given_back"`
	VoidedCoupon *couponDTO `json:"voided_coupon"`
	Lowered      *couponDTO `json:"lowered_coupon"`
}

func (a *app) reversedDTO(r engine.Reversed) reversedDTO {
	return reversedDTO{
		Sale: a.saleDTO(r.Sale), Refund: int64(r.Refund), Deducted: int64(r.Deducted), GivenBack: a.couponOrNull(r.GivenBack),
		VoidedCoupon: a.couponOrNull(r.VoidedCoupon), Lowered: a.couponOrNull(r.Lowered),
	}
}
