package form

import "bounceback/engine"

type quoteForm struct {
	Basket       []lineForm       `json:"basket" doc:"what is sold"`
	Amount       engine.Minor     `json:"amount_minor,omitempty" doc:"or one open amount"`
	Shipping     []chargeForm     `json:"shipping" doc:"what bringing the goods costs"`
	Customer     *customerForm    `json:"customer" doc:"there is a customer, even if nothing is known: {}"`
	Codes        texts            `json:"codes" doc:"the codes the customer gave"`
	Now          string           `json:"now" doc:"2026-12-01T15:00 in the store's zone, or with a zone of its own; default: now"`
	Business     date             `json:"business_date" doc:"default: the day of now"`
	Channel      string           `json:"channel" doc:"counter, phone, web …"`
	Payment      string           `json:"payment" doc:"cash, card …"`
	Source       string           `json:"source" doc:"where the customer comes from"`
	Ad           string           `json:"ad" doc:"the ad that brought the customer"`
	Register     string           `json:"register" doc:"name of the till"`
	Branch       string           `json:"branch" doc:"of the till"`
	RefusedGifts texts            `json:"refused_gifts" doc:"ids of offers whose gift the customer does not want"`
	Balance      engine.Minor     `json:"balance_minor" doc:"at most so much of the customer's balance is to be used"`
	Points       *usePointsForm   `json:"points" doc:"the customer wants to pay with points"`
	Coupon       *useCouponForm   `json:"coupon" doc:"the next-sale coupon the customer wants to redeem"`
	Stock        map[string]int64 `json:"stock" doc:"pieces left, by sku; a gift that is not named here is not counted"`
	Offers       []quoteOfferForm `json:"offers" doc:"default: the store's active campaigns; where all else is equal, earlier ones count as older"`
}

type lineForm struct {
	SKU          string       `json:"sku" doc:"the shop's number of the product"`
	Name         string       `json:"name" doc:"as the receipt shows it"`
	Category     string       `json:"category" doc:"path: Drinks/Coffee"`
	Brand        string       `json:"brand"`
	Tags         texts        `json:"tags"`
	Units        *int64       `json:"qty" doc:"pieces; default: 1"`
	Weight       int64        `json:"weight" doc:"thousandths of what the price is for; default: not weighed"`
	Price        engine.Minor `json:"unit_price_minor" doc:"of a piece, before discounts"`
	Floor        engine.Minor `json:"min_price_minor" doc:"least price of a piece after all discounts; default: none"`
	Cost         engine.Minor `json:"cost_minor" doc:"what a piece costs the shop"`
	Discountable *bool        `json:"discountable" doc:"default: true"`
}

type chargeForm struct {
	Method string       `json:"method" doc:"courier, post …"`
	Amount engine.Minor `json:"price_minor"`
}

type customerForm struct {
	Known     *bool  `json:"known" doc:"default: true"`
	Groups    texts  `json:"groups"`
	Tier      string `json:"tier"`
	Completed int    `json:"completed_orders" doc:"sales before this one that were not cancelled"`
	Cancelled int    `json:"cancelled_orders" doc:"counts for nothing"`
	Last      date   `json:"last_sale"`
	Since     date   `json:"since" doc:"day on which the customer became one"`
	Birth     int    `json:"birth_month" doc:"1 to 12"`
	Number    string `json:"number" doc:"the shop's own number of the customer"`
	Phone     string `json:"phone"`
}

type usePointsForm struct {
	Points int64        `json:"points" doc:"at most so many"`
	Worth  engine.Minor `json:"worth_minor" doc:"what one is worth"`
}

type useCouponForm struct {
	Code        string       `json:"code" doc:"of a coupon of the store, if no face is given"`
	Face        engine.Minor `json:"face_minor" doc:"what it is worth at most"`
	MaxDiscount *percent     `json:"max_discount_percent" doc:"most share of the sale it takes; default: 100"`
}

// quoteOfferForm is an offer of a quote: it also says what was used of its
// limits.
type quoteOfferForm struct {
	offerParts
	Limits *quoteLimitsForm `json:"limits,omitempty" doc:"how often and how much in all, and what was used so far"`
}

type quoteLimitsForm struct {
	limitsForm
	Used         int64        `json:"already_used" doc:"uses so far"`
	UsedCustomer int64        `json:"already_used_by_customer" doc:"by this customer, who is known by that"`
	UsedToday    int64        `json:"already_used_by_customer_today"`
	Cancelled    int64        `json:"already_cancelled" doc:"uses whose sale was voided: taken off already_used (without it, off already_used_by_customer) unless reusable_after_cancel is false"`
	Spent        engine.Minor `json:"spent_minor" doc:"of the budget"`
	UsedUnits    int64        `json:"used_qty"`
	Issued       int64        `json:"issued" doc:"coupons"`
	Redeemed     int64        `json:"redeemed" doc:"coupons"`
}
