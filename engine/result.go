package engine

// Applied is a coupon that takes part of a sale.
type Applied struct {
	CouponID ID
	Code     string
	Amount   Minor
}

// Earning is the coupon a sale earns.
type Earning struct {
	OfferID     ID
	Campaign    string
	Terms       Terms
	Face        Minor
	FirstDay    Day
	LastDay     Day
	ValidFrom   Instant
	ValidUntil  Instant // exclusive
	MaxDiscount BP
}

// Run is so many units in a row that were treated alike: Off is what was taken
// off each of them by all offers and the coupon together, or by the one offer
// it stands at.
type Run struct {
	Units int64
	Off   Minor
}

// LineResult is what became of a line. Gross − Item − Order − Credit = Net, and
// the Runs cover all Units in order, their Offs summing to Gross − Net.
type LineResult struct {
	Gross  Minor
	Item   Minor // by item offers and sets
	Order  Minor
	Credit Minor
	Net    Minor
	Runs   []Run
}

// Discount is all that was taken off the line.
func (l LineResult) Discount() Minor { return l.Item + l.Order + l.Credit }

// ChargeResult is what became of a delivery charge.
type ChargeResult struct {
	Gross    Minor
	Discount Minor
	Net      Minor
}

// Given is a gift: its own line at zero, outside every sum and count.
type Given struct {
	OfferID ID
	SKU     string
	Name    string
	Units   int64
}

// LineCut is what one offer took off one line: per unit in the order of the
// line's units, from unit First (0-based) of the line on. First is -1 where
// the units of the line are not next to each other; Runs then are by falling
// Off.
type LineCut struct {
	Line   int
	Amount Minor
	First  int64
	Runs   []Run
}

// Application is what one offer did.
type Application struct {
	OfferID ID
	Key     string
	Title   string
	Kind    Kind
	Level   Level
	Times   int64 // applications of a set; 1 for others
	Units   int64 // units it touched: what its unit limits count
	Amount  Minor // taken off, goods and delivery
	Lines   []LineCut
	Charges []Minor // off each delivery charge; nil if none
}

// Rejected tells why an offer does not apply to this sale.
type Rejected struct {
	OfferID ID
	Key     string
	Title   string
	Kind    Kind
	Reason  Code
	Missing Minor  // what is missing to its least amount
	Units   int64  // how many more units are missing
	Of      *Goods // of what, with Missing or Units; nil: of anything
	By      ID     // the offer that applied instead
	ByTitle string
}

// Reasons why an offer does not apply.
const (
	ReasonBelow     Code = "offer_below"     // under its least amount; Missing
	ReasonAbove     Code = "offer_above"     // over its most amount
	ReasonOutranked Code = "offer_outranked" // another of its group, another coupon, or one that comes after it takes off more without it; By
	ReasonExcluded  Code = "offer_excluded"  // stands aside for an exclusive offer, or is exclusive and others are better; By
	ReasonNothing   Code = "offer_nothing"   // nothing is left that it could take off, or nothing was paid
	ReasonUnits     Code = "offer_units"     // too few units; Units
	ReasonManyUnits Code = "offer_many_units"
	ReasonProducts  Code = "offer_products" // too few different products; Units
	ReasonTarget    Code = "offer_target"   // nothing in the basket is meant; Of
	ReasonDate      Code = "offer_date"     // not on this day
	ReasonWeekday   Code = "offer_weekday"
	ReasonTime      Code = "offer_time" // not at this hour
	ReasonChannel   Code = "offer_channel"
	ReasonPayment   Code = "offer_payment"
	ReasonRegister  Code = "offer_register" // not at this till or branch
	ReasonSource    Code = "offer_source"   // not for this source or ad
	ReasonCustomer  Code = "offer_customer" // asks for a customer, and there is none
	ReasonPerson    Code = "offer_person"   // not for this customer
	ReasonCode      Code = "offer_code"     // its code was not given
	ReasonRule      Code = "offer_rule"     // its expression is not true
	ReasonTotal     Code = "offer_total"    // its total limit is reached
	ReasonUses      Code = "offer_uses"     // this customer's limit is reached
	ReasonToday     Code = "offer_today"    // this customer's limit of the day is reached
	ReasonBudget    Code = "offer_budget"   // its budget is spent
	ReasonStock     Code = "offer_stock"    // its units are sold out, or its gift is out of stock
	ReasonCoupons   Code = "offer_coupons"  // all its coupons are issued
	ReasonNoGift    Code = "offer_no_gift"  // the customer does not want the gift
	ReasonDelivery  Code = "offer_delivery" // there is no such delivery charge
	ReasonTaken     Code = "offer_taken"    // the units it needs are taken by another set; By
)

// Result is what Evaluate found, with its own proof: Gross − Discount = Net,
// the same for each line and charge, and every offer either Applied, earned,
// held back or is among the Rejected.
type Result struct {
	Gross    Minor // goods
	Discount Minor // taken off the goods
	Net      Minor // Gross − Discount

	// Redeemable is what a coupon's share is of: the goods that may be
	// discounted, after item, set and order discounts.
	Redeemable Minor

	Lines    []LineResult // of the basket's lines; an open amount is one line
	Gifts    []Given
	Delivery []ChargeResult
	Applied  []Application // in the order they were applied
	Rejected []Rejected

	DeliveryGross    Minor
	DeliveryDiscount Minor
	Balance          Minor // paid from the customer's balance
	PointsUsed       int64
	PointsWorth      Minor // paid with them
	Due              Minor // what is left to pay: Net + delivery − Balance − PointsWorth

	Coupon  *Applied
	Refused error // why the wanted coupon takes nothing; nil if none was wanted or it applies
	Earned  *Earning
	Held    *Earning // instead of Earned: what the sale would have earned, were the customer not held back
	Points  int64    // earned

	Unmatched int  // of the Rejected, those that no line of the basket is meant by
	Bounded   bool // the search for the best combination stopped at its bound
	Tried     int  // combinations tried
}

// Levels are the discounts of a sale under the heads of the books.
type Levels struct {
	Item     Minor
	Order    Minor
	Delivery Minor
	Credit   Minor
}

// Levels sums the discounts by level.
func (r Result) Levels() Levels {
	l := Levels{Delivery: r.DeliveryDiscount}
	for _, line := range r.Lines {
		l.Item += line.Item
		l.Order += line.Order
		l.Credit += line.Credit
	}
	return l
}
