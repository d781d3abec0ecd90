package cli

import "bounceback/engine"

// couponDTO is a coupon. ValidUntil is the last instant at which it is good.
type couponDTO struct {
	ID            string  `json:"id"`
	Code          string  `json:"code"`
	State         string  `json:"state"`
	CampaignID    *string `json:"campaign_id"`
	Campaign      *string `json:"campaign"`
	CustomerID    *string `json:"customer_id"`
	Customer      *string `json:"customer"`
	SaleID        *string `json:"sale_id"`
	Face          int64   `json:"face_minor"`
	Cashback      int64   `json:"cashback_bp"`
	MaxDiscount   int64   `json:"max_discount_bp"`
	FirstDay      *string `json:"first_day"`
	LastDay       *string `json:"last_day"`
	ValidFrom     *string `json:"valid_from"`
	ValidUntil    *string `json:"valid_until"`
	IssuedAt      *string `json:"issued_at"`
	RedeemedSale  *string `json:"redeemed_sale_id"`
	RedeemedAt    *string `json:"redeemed_at"`
	RedeemedBy    *string `json:"redeemed_by"`
	RedeemedTill  *string `json:"redeemed_register"`
	RedeemedMinor int64   `json:"redeemed_minor"`
	VoidedAt      *string `json:"voided_at"`
	VoidedBy      *string `json:"voided_by"`
	VoidReason    *string `json:"void_reason"`
}

func (a *app) couponDTO(c engine.Coupon) couponDTO {
	return couponDTO{
		ID: c.ID.String(), Code: engine.ShowCode(c.Code), State: string(c.StateAt(a.env.Clock())),
		CampaignID: idText(c.CampaignID), Campaign: text(c.Campaign), CustomerID: idText(c.CustomerID), Customer: text(c.Customer),
		SaleID: idText(c.SaleID), Face: int64(c.Face), Cashback: int64(c.Rate), MaxDiscount: int64(c.MaxDiscount),
		FirstDay: dayText(c.FirstDay), LastDay: dayText(c.LastDay), ValidFrom: a.timeText(c.ValidFrom), ValidUntil: a.lastInstant(c.ValidUntil),
		IssuedAt: a.timeText(c.Issued), RedeemedSale: idText(c.RedeemedSale), RedeemedAt: a.timeText(c.Redeemed), RedeemedBy: text(c.RedeemedBy),
		RedeemedTill: text(c.RedeemedAt), RedeemedMinor: int64(c.RedeemedMinor), VoidedAt: a.timeText(c.Voided), VoidedBy: text(c.VoidedBy),
		VoidReason: text(c.VoidReason),
	}
}

func (a *app) couponOrNull(c *engine.Coupon) *couponDTO {
	if c == nil {
		return nil
	}
	d := a.couponDTO(*c)
	return &d
}

// eventDTO is one line of a coupon's history.
type eventDTO struct {
	At     *string `json:"at"`
	Kind   string  `json:"kind"`
	SaleID *string `json:"sale_id"`
	Amount int64   `json:"amount_minor"`
	Who    *string `json:"staff"`
	Where  *string `json:"register"`
	Note   *string `json:"note"`
}

// couponShowDTO answers coupon show.
type couponShowDTO struct {
	couponDTO
	History []eventDTO `json:"history"`
}

func (a *app) couponShowDTO(c engine.Coupon, history []engine.CouponEvent) couponShowDTO {
	d := couponShowDTO{couponDTO: a.couponDTO(c), History: make([]eventDTO, 0, len(history))}
	for _, e := range history {
		d.History = append(d.History, eventDTO{
			At: a.timeText(e.At), Kind: e.Kind, SaleID: idText(e.SaleID), Amount: int64(e.Amount), Who: text(e.Who), Where: text(e.Where), Note: text(e.Note),
		})
	}
	return d
}

// checkDTO answers coupon check. Of a code that is unknown or mistyped only
// code, usable and reason are told.
type checkDTO struct {
	Code        string       `json:"code"`
	State       *string      `json:"state"`
	Usable      bool         `json:"usable"`
	Reason      *engine.Code `json:"reason"`
	Face        *int64       `json:"face_minor"`
	Discount    *int64       `json:"discount_minor"`
	Total       *int64       `json:"total_minor"` // what is left to pay of --amount
	MaxDiscount *int64       `json:"max_discount_bp"`
	ValidFrom   *string      `json:"valid_from"`
	ValidUntil  *string      `json:"valid_until"`
	CouponID    *string      `json:"coupon_id"`
	CustomerID  *string      `json:"customer_id"`
	Customer    *string      `json:"customer"`
	Campaign    *string      `json:"campaign"`
}

func (a *app) checkDTO(k engine.CouponCheck, amount engine.Minor) checkDTO {
	c := k.Coupon
	d := checkDTO{
		Code: engine.ShowCode(c.Code), State: text(string(k.State)), Usable: k.Reason == nil, Face: number(c.Face), Discount: number(k.Takes),
		MaxDiscount: number(c.MaxDiscount), ValidFrom: a.timeText(c.ValidFrom), ValidUntil: a.lastInstant(c.ValidUntil),
		CouponID: idText(c.ID), CustomerID: idText(c.CustomerID), Customer: text(c.Customer), Campaign: text(c.Campaign),
	}
	if k.Reason != nil {
		reason := engine.CodeOf(k.Reason)
		d.Reason = &reason
	}
	if amount > 0 {
		d.Total = number(amount - k.Takes)
	}
	return d
}

func number[N ~int64](n N) *int64 {
	v := int64(n)
	return &v
}
