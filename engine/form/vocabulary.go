package form

import "bounceback/engine"

// The structs of this file are the vocabulary: reading, writing and the JSON
// Schema all follow their tags. "enum" lists the values of a text, "must" marks
// a field that has to be there, "doc" is what the schema says of it. A pointer
// is nil where the field is not there; other fields are zero then.

type campaignForm struct {
	Title     string     `json:"title" must:"yes" doc:"name of the campaign, at most 60 characters"`
	State     string     `json:"state,omitempty" enum:"draft active paused ended" doc:"default: draft"`
	Starts    date       `json:"starts,omitzero" doc:"first day"`
	Ends      date       `json:"ends,omitzero" doc:"last day"`
	OfferText string     `json:"offer_text,omitempty" doc:"said in the texts to customers, at most 120 characters"`
	Link      string     `json:"link,omitempty" doc:"address for the texts"`
	Source    string     `json:"source,omitempty" doc:"where its customers come from"`
	Ad        string     `json:"ad,omitempty" doc:"the ad that brought them"`
	OnReturn  string     `json:"on_return,omitempty" enum:"keep recompute" doc:"what a partial return that breaks a threshold does: keep the stored amounts (default), or price the kept goods anew and lower the refund"`
	Holdback  percent    `json:"holdback_percent,omitzero" doc:"of the customers of a next-sale coupon, so many in a hundred get none, so that the others can be compared with them; at most 50, default: none"`
	Offer     *offerForm `json:"offer,omitempty" doc:"what it runs; default: the next-sale coupon with the store's standard terms"`

	Texts   *textsForm   `json:"texts,omitempty" doc:"which texts its coupons get; default: as the store's settings say"`
	Wording *wordingForm `json:"wording,omitempty" doc:"what these texts say"`
}

// textsForm is all of a plan: what it does not name is not sent.
type textsForm struct {
	AtIssue  bool `json:"at_issue" must:"yes" doc:"a text when the coupon is issued"`
	Days     days `json:"days,omitempty" doc:"reminders, so many days after the sale; default: none"`
	Before   int  `json:"before_expiry,omitempty" doc:"a reminder, so many days before the last day; default: none"`
	LongLife int  `json:"long_life,omitempty" doc:"that reminder only for coupons that live longer than so many days; default: for all"`
}

type wordingForm struct {
	Issue string `json:"issue,omitempty" doc:"of the text at issue, with fields such as {code}; default: the store's"`
	Day   string `json:"day,omitempty" doc:"of the reminders after the sale; default: the store's"`
	Last  string `json:"last,omitempty" doc:"of the reminder before the last day; default: the store's"`
}

// offerForm is an offer of a campaign.
type offerForm struct {
	offerParts
	Limits *limitsForm `json:"limits,omitempty" doc:"how often and how much in all"`
}

type offerParts struct {
	ID          string         `json:"id,omitempty" doc:"short name, unique in a file; default: from the place in the file"`
	Title       string         `json:"title,omitempty" doc:"as customers read it"`
	Kind        string         `json:"kind,omitempty" enum:"item_percent item_fixed_each item_fixed_per_line item_fixed_across item_price bundle buy_get nth_piece add_on gift order_percent order_fixed order_price free_shipping shipping_percent shipping_fixed credit_percent credit_fixed next_coupon points" doc:"what it gives"`
	Code        string         `json:"code,omitempty" doc:"the customer must give this code: A to Z, 0 to 9, - and _, at most 24"`
	Trigger     string         `json:"trigger,omitempty" enum:"auto code" doc:"auto: applies by itself (default); code: asks for code, or for its id if it has none"`
	Percent     *percent       `json:"value_percent,omitempty" doc:"so much of a hundred off"`
	Minor       *engine.Minor  `json:"value_minor,omitempty" doc:"amount off; of item_price, order_price and bundle the price"`
	Price       *engine.Minor  `json:"price_minor,omitempty" doc:"what is left to pay for what it is for"`
	Off         *engine.Minor  `json:"off_minor,omitempty" doc:"amount off, also of a bundle"`
	Free        bool           `json:"free,omitempty" doc:"the same as 100 percent off"`
	Target      *goodsForm     `json:"target,omitempty" doc:"what gets the benefit; default: everything"`
	Pick        *pickForm      `json:"pick,omitempty" doc:"only so many of the matching units"`
	Sets        *setsForm      `json:"sets,omitempty" doc:"of bundle, buy_get, nth_piece and add_on"`
	Gift        *giftForm      `json:"gift,omitempty" doc:"of gift"`
	Methods     texts          `json:"methods,omitempty" doc:"of delivery; default: any"`
	Tiers       []tierForm     `json:"tiers,omitempty" doc:"steps instead of one value, ascending; the highest one reached counts"`
	Coupon      *couponForm    `json:"coupon,omitempty" doc:"of next_coupon"`
	Points      *pointsForm    `json:"points,omitempty" doc:"of points"`
	Threshold   *thresholdForm `json:"threshold,omitempty" doc:"what must be true, all of it; bounds are inclusive"`
	MaxDiscount engine.Minor   `json:"max_discount_minor,omitempty" doc:"most it takes off a sale"`
	MaxQty      int64          `json:"max_qty,omitempty" doc:"most units it touches in a sale"`
	MaxTimes    int64          `json:"max_times,omitempty" doc:"most applications of a set or gift in a sale"`
	Stacking    *stackingForm  `json:"stacking,omitempty" doc:"how it stands to other offers"`
}

type goodsForm struct {
	SKU          texts        `json:"sku,omitempty" doc:"any of these"`
	Category     texts        `json:"category,omitempty" doc:"any of these and what is below them: Drinks/Coffee"`
	Brand        texts        `json:"brand,omitempty" doc:"any of these"`
	Tag          texts        `json:"tag,omitempty" doc:"any of these"`
	NotSKU       texts        `json:"not_sku,omitempty" doc:"none of these"`
	NotCategory  texts        `json:"not_category,omitempty" doc:"none of these nor what is below them"`
	NotBrand     texts        `json:"not_brand,omitempty" doc:"none of these"`
	NotTag       texts        `json:"not_tag,omitempty" doc:"none of these"`
	PriceMin     engine.Minor `json:"unit_price_min_minor,omitempty" doc:"least price of a piece before discounts"`
	PriceMax     engine.Minor `json:"unit_price_max_minor,omitempty" doc:"most price of a piece before discounts"`
	PriceIs      engine.Minor `json:"unit_price_equals_minor,omitempty" doc:"the price of a piece before discounts"`
	Undiscounted bool         `json:"only_undiscounted_lines,omitempty" doc:"only lines from which no other offer took anything"`
}

type pickForm struct {
	Choice string `json:"choice,omitempty" enum:"cheapest priciest" doc:"which come first; default: cheapest"`
	Units  int64  `json:"units,omitempty" doc:"how many; default: all"`
}

type setsForm struct {
	Groups []groupForm `json:"groups,omitempty" doc:"of bundle: its parts"`
	Buy    int64       `json:"buy,omitempty" doc:"of buy_get and add_on: units to buy of the target"`
	Get    int64       `json:"get,omitempty" doc:"of buy_get and add_on: units that get the benefit"`
	Of     *goodsForm  `json:"of,omitempty" doc:"what those units are; default: of the target"`
	Same   bool        `json:"same_product,omitempty" doc:"only within one product"`
	Nth    int64       `json:"nth,omitempty" doc:"of nth_piece: 2 is every second piece"`
	Once   bool        `json:"once,omitempty" doc:"not repeated in one sale"`
}

type groupForm struct {
	Target *goodsForm `json:"target,omitempty" doc:"default: anything"`
	Units  *int64     `json:"qty,omitempty" doc:"default: 1"`
}

type giftForm struct {
	SKU       string       `json:"sku,omitempty" doc:"what is given"`
	Name      string       `json:"name,omitempty" doc:"as the receipt shows it"`
	Units     *int64       `json:"qty,omitempty" doc:"how many, once; default: 1"`
	Value     engine.Minor `json:"value_minor,omitempty" doc:"what one is worth, for choosing the best offer"`
	PerAmount engine.Minor `json:"per_amount_minor,omitempty" doc:"one for each full step of what the target costs"`
	PerUnits  int64        `json:"per_qty,omitempty" doc:"one for each so many units of the target"`
}

type tierForm struct {
	Amount  engine.Minor  `json:"from_minor,omitempty" doc:"from this amount on"`
	Units   int64         `json:"from_qty,omitempty" doc:"from so many units on"`
	Percent *percent      `json:"value_percent,omitempty" doc:"as of the offer"`
	Minor   *engine.Minor `json:"value_minor,omitempty" doc:"as of the offer"`
	Price   *engine.Minor `json:"price_minor,omitempty" doc:"as of the offer"`
	Off     *engine.Minor `json:"off_minor,omitempty" doc:"as of the offer"`
	Free    bool          `json:"free,omitempty" doc:"as of the offer"`
}

type couponForm struct {
	Cashback    *percent         `json:"cashback_percent,omitempty" doc:"of what was paid; default: the store's"`
	Face        *engine.Minor    `json:"face_minor,omitempty" doc:"a fixed face instead"`
	Tiers       []couponTierForm `json:"tiers,omitempty" doc:"steps instead, by what was paid"`
	MaxDiscount *percent         `json:"max_discount_percent,omitempty" doc:"most share of the sale it is redeemed in; default: the store's"`
	MinSale     engine.Minor     `json:"min_sale_minor,omitempty" doc:"least net amount that earns"`
	MaxSale     engine.Minor     `json:"max_sale_minor,omitempty" doc:"most net amount that earns"`
	Lifetime    *int             `json:"lifetime_days,omitempty" doc:"good until so many days after the sale; default: the store's"`
	ValidAfter  *int             `json:"valid_after_days,omitempty" doc:"good from so many days after the sale; default: the store's"`
}

type couponTierForm struct {
	Amount   engine.Minor  `json:"from_minor,omitempty" doc:"from this net amount on"`
	Units    int64         `json:"from_qty,omitempty" doc:"from so many units on"`
	Cashback *percent      `json:"cashback_percent,omitempty" doc:"of what was paid"`
	Face     *engine.Minor `json:"face_minor,omitempty" doc:"a fixed face"`
}

type pointsForm struct {
	Points int64        `json:"points,omitempty" doc:"so many points …"`
	Per    engine.Minor `json:"per_minor,omitempty" doc:"… for each full step of what was paid"`
}

type thresholdForm struct {
	goodsForm
	CategoryAny texts           `json:"category_any,omitempty" doc:"the same as category"`
	Basis       string          `json:"basis,omitempty" enum:"goods undiscounted_subtotal running running_subtotal net_paid" doc:"which amount: of the goods before discounts (default), after what was taken off so far, or what is paid in the end"`
	MinAmount   engine.Minor    `json:"min_amount_minor,omitempty" doc:"of what matches"`
	MaxAmount   engine.Minor    `json:"max_amount_minor,omitempty" doc:"of what matches"`
	MinUnits    int64           `json:"min_qty,omitempty" doc:"of what matches"`
	MaxUnits    int64           `json:"max_qty,omitempty" doc:"of what matches"`
	LineUnits   int64           `json:"min_line_qty,omitempty" doc:"one matching line has at least so many"`
	Products    int             `json:"min_products,omitempty" doc:"so many different products"`
	From        date            `json:"from,omitzero" doc:"first day"`
	Until       date            `json:"until,omitzero" doc:"last day"`
	Weekdays    weekdays        `json:"weekdays,omitempty" doc:"any of these"`
	Times       spans           `json:"times,omitempty" doc:"any of these, without the last minute; over midnight if the end comes first"`
	Channel     texts           `json:"channel,omitempty" doc:"any of these: counter, phone, web …"`
	Payment     texts           `json:"payment,omitempty" doc:"any of these"`
	Register    texts           `json:"register,omitempty" doc:"any of these tills"`
	Branch      texts           `json:"branch,omitempty" doc:"any of these"`
	Source      texts           `json:"source,omitempty" doc:"any of these"`
	Ad          texts           `json:"ad,omitempty" doc:"any of these"`
	Customer    bool            `json:"customer,omitempty" doc:"there is a customer"`
	Groups      texts           `json:"customer_group,omitempty" doc:"in any of these"`
	Tiers       texts           `json:"customer_tier,omitempty" doc:"any of these"`
	NthSale     numbers         `json:"customer_nth_order,omitempty" doc:"this is the customer's sale of such a number; 1 is the first"`
	EveryNth    int             `json:"customer_every_nth,omitempty" doc:"every such sale of the customer"`
	First       bool            `json:"first_order,omitempty" doc:"the same as customer_nth_order 1"`
	DaysMin     int             `json:"days_since_last_min,omitempty" doc:"days since the customer's last sale; a first sale does not fit"`
	DaysMax     int             `json:"days_since_last_max,omitempty" doc:"likewise, at most"`
	Birthday    bool            `json:"birthday_month,omitempty" doc:"the customer's birthday is in this month"`
	NewSince    date            `json:"customer_since,omitzero" doc:"a customer since this day or later"`
	Expression  string          `json:"expression,omitempty" doc:"for what no field covers: amount >= 5000 and units(\"Drinks\") > 2"`
	All         []thresholdForm `json:"all_of,omitempty" doc:"all of these too"`
	Any         []thresholdForm `json:"any_of,omitempty" doc:"at least one of these too"`
}

type limitsForm struct {
	Total       int64        `json:"total,omitempty" doc:"uses in all"`
	PerCustomer int64        `json:"per_customer,omitempty" doc:"uses by each customer"`
	PerDay      int64        `json:"per_customer_day,omitempty" doc:"uses by each customer in a day of the store"`
	Budget      engine.Minor `json:"budget_minor,omitempty" doc:"most it may take off in all"`
	Units       int64        `json:"qty,omitempty" doc:"pieces sold or given under it in all"`
	Coupons     int64        `json:"coupons,omitempty" doc:"of next_coupon: so many coupons"`
	By          string       `json:"coupons_by,omitempty" enum:"issued redeemed" doc:"which coupons count; default: issued"`
	Reusable    *bool        `json:"reusable_after_cancel,omitempty" doc:"a use is given back when its sale is voided; default: true"`
}

type stackingForm struct {
	Sequence  int    `json:"sequence,omitempty" doc:"within a phase, low first"`
	Priority  int    `json:"priority,omitempty" doc:"then, high first"`
	Group     string `json:"group,omitempty" doc:"of a group only the best offer applies"`
	Exclusive bool   `json:"exclusive,omitempty" doc:"no other offer applies beside it"`
	Base      string `json:"base,omitempty" enum:"running initial" doc:"what a percentage is of: what is left so far (default), or the price before discounts"`
}
