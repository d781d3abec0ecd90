package engine

// SaleState is where a sale stands.
type SaleState string

// The states of a sale. Returned means that all of it came back in parts; a
// sale of which a part came back stays completed.
const (
	SaleCompleted SaleState = "completed"
	SaleReturned  SaleState = "returned"
	SaleVoided    SaleState = "voided"
)

// Origin is the face through which a request came.
type Origin string

// The origins.
const (
	FromCounter Origin = "counter"
	FromCommand Origin = "command"
	FromImport  Origin = "import"
	FromWorker  Origin = "worker"
	FromDemo    Origin = "demo"
	FromCarrier Origin = "carrier" // the carrier's own list of numbers that said stop
)

// Sale is a recorded sale: gross is what the goods cost, discount what was
// taken off, net what was paid.
type Sale struct {
	ID         ID
	Key        string // idempotency key made by the face; empty if it gave none
	Reference  string // from the POS; unique in the store when given
	RefTyped   bool   // a person typed it, where it could be scanned; only as it is recorded
	At         Instant
	Business   Day
	Gross      Minor
	Discount   Minor
	Net        Minor
	Returned   Minor // of the gross, given back so far
	Refunded   Minor // money given back so far
	State      SaleState
	CustomerID ID
	Customer   string // name, or masked phone
	StaffID    ID
	Staff      string
	RegisterID ID
	Register   string
	Channel    string
	Payment    string
	Origin     Origin

	RedeemedID   ID // coupon redeemed in this sale
	RedeemedCode string
	IssuedID     ID // coupon this sale earned
	IssuedCode   string
	IssuedFace   Minor
	Held         *WouldHave // what it would have earned; only where one sale is read

	Voided     Instant
	VoidedBy   string
	VoidReason string

	Levels   Levels // Discount by head of the books; Levels.Delivery is beside it
	Delivery Minor  // charges before discounts; what was paid in all is Net + Delivery − Levels.Delivery
	Source   string
	Ad       string
	Lines    []SaleLine  // only where one sale is read
	Offers   []SaleOffer // likewise
	Charges  []SaleCharge
}

// WouldHave is the coupon that a sale would have earned if its customer were not
// held back, for a comparison.
type WouldHave struct {
	CampaignID ID
	Campaign   string // title
	Face       Minor
	LastDay    Day
}

// Paid is what was paid for goods and delivery together.
func (s Sale) Paid() Minor { return s.Net + s.Delivery - s.Levels.Delivery }

// Bought gives the lines that were bought: all but the gifts.
func (s Sale) Bought() []SaleLine {
	var out []SaleLine
	for _, l := range s.Lines {
		if !l.Gift {
			out = append(out, l)
		}
	}
	return out
}

// SaleLine is a line of a recorded sale, with what was taken off each unit.
type SaleLine struct {
	No       int // from 1
	Line     Line
	Result   LineResult
	Gift     bool  // given: outside every sum
	GivenBy  ID    // the offer a gift is from
	Returned int64 // units that came back
}

// SaleOffer is what one offer did in a recorded sale. Its Amount is what it
// took off goods and delivery.
type SaleOffer struct {
	OfferID ID
	Title   string
	Kind    Kind
	Level   Level
	Times   int64
	Units   int64
	Amount  Minor
	Lines   []LineCut // Line is the index of SaleLine.No − 1
}

// SaleCharge is a delivery charge of a recorded sale.
type SaleCharge struct {
	Method string
	ChargeResult
}

// Use says which coupon a sale is to redeem.
type Use int

// The uses. UseBest takes the coupon that takes most off, if there is one.
const (
	UseNone Use = iota
	UseBest
	UseCode
)

// Draft is a sale about to be recorded. The zero Business is today.
type Draft struct {
	Key       string // idempotency key: the same key twice is one sale
	Customer  CustomerRef
	Amount    Minor // gross
	Reference string
	RefTyped  bool // a person typed the reference, instead of scanning it
	Business  Day
	Use       Use
	Code      string // with UseCode, as ParseCode gives it
	Channel   string // empty: counter
	Payment   string

	Lines    []Line // instead of Amount, which then is 0
	Delivery []Charge
	Source   string
	Ad       string
	Codes    []string // of offers that ask for one
	NoGift   []ID     // offers whose gift is refused
	Seen     *Minor   // what the cashier saw as due: anything else is refused with CodePriceChanged

	// ClockConfirmed says that a person was asked and the clock is right,
	// although the last entry in the file is later (CodeClockBack).
	ClockConfirmed bool
}

// Codes of sales.
const (
	CodeSaleAmount      Code = "sale_amount"        // an amount of zero or less
	CodeReferenceUsed   Code = "reference_used"     // with sale, at
	CodeReferenceLong   Code = "reference_long"     // over MaxReference characters
	CodeDateTooOld      Code = "date_too_old"       // business date over 15 days back
	CodeDateAhead       Code = "date_ahead"         // business date over 1 day ahead
	CodeSaleUnknown     Code = "sale_unknown"       //
	CodeSaleVoided      Code = "sale_voided"        // already voided
	CodeKeyReused       Code = "key_reused"         // the same key with another sale's content
	CodeReasonMissing   Code = "reason_missing"     // a void or return without a reason
	CodeReturnTooMuch   Code = "return_too_much"    // more than is left of the sale
	CodeSpentAsk        Code = "spent_coupon_ask"   // the earned coupon is spent: the person must say deduct or absorb
	CodeNothingToVoid   Code = "nothing_to_void"    // no last sale of this till
	CodeClockBack       Code = "clock_went_back"    // the machine's clock is before the last sale
	CodeSaleWithReturns Code = "sale_has_returns"   // a sale with returns cannot be voided whole
	CodeOutcomeUnknown  Code = "outcome_unknown"    // a commit erred and could not be read back
	CodeCannotVerify    Code = "phone_not_verified" // the setting asks for a verified phone
)

// MaxReference is the most characters of a POS reference.
const MaxReference = 40

// The window of business dates (imports by the owner excepted), in days.
const (
	DaysBack  = 15
	DaysAhead = 1
)

// CheckBusiness tells whether a business date lies in the window around today.
func CheckBusiness(business, today Day) error {
	switch {
	case business < today-DaysBack:
		return Refuse(CodeDateTooOld, "day", business, "first", today-DaysBack)
	case business > today+DaysAhead:
		return Refuse(CodeDateAhead, "day", business, "last", today+DaysAhead)
	}
	return nil
}

// Recorded is what recording a sale did.
type Recorded struct {
	Sale     Sale
	Redeemed *Coupon  // after redemption; RedeemedMinor is what it took
	Issued   *Coupon  // what the sale earned
	Message  *Message // the text queued for it
	NoText   string   // why none is queued for it: an id under lists.no_text in the catalogue; empty beside Message
	Rejected []Rejected
	Result   Result
	Repeated bool // the key was recorded before: nothing was done again; Result is empty
}

// Spent says what happens to the value of an earned coupon that is already
// spent when its sale is voided or returned.
type Spent string

// The policies. The empty one is the store's setting.
const (
	SpentDeduct Spent = "deduct" // its value is taken from the refund
	SpentAbsorb Spent = "absorb" // the shop bears it
	SpentAsk    Spent = "ask"    // the person decides
)

// Reversal asks to void a sale whole (Amount 0) or to take part of it back.
type Reversal struct {
	SaleID ID
	Amount Minor // of the gross, of a sale without lines; 0 and no Lines voids the whole sale
	Lines  []ReturnLine
	Reason string
	Spent  Spent
	Key    string // idempotency key of a return
}

// ReturnLine is so many units of a line of a sale that come back.
type ReturnLine struct {
	No    int // SaleLine.No
	Units int64
}

// Preview is what a return would do, before it is done.
type Preview struct {
	Goods  Minor       // gross of what comes back
	Refund Minor       // after the policies of the campaigns
	Stored Minor       // what the units paid as stored, with what earlier returns kept back
	Kept   Minor       // Stored − Refund: kept back because an offer no longer holds
	Broken []SaleOffer // the offers whose thresholds the kept goods no longer meet
	Lines  []ReturnedLine
	Gifts  []ReturnedLine // of broken offers that keep what they gave: with the customer, unless they come back too

	// The coupon the sale earned. Spent is what deducting for it would keep
	// back, if it is spent already; Deducted is what is kept back for it, by
	// Reversal.Spent or the store's policy. Asks says that the store asks, and
	// the reversal does not answer yet.
	Spent      Minor
	Deducted   Minor
	Asks       bool
	EarnedVoid bool  // it is voided
	EarnedFace Minor // it is lowered to this; 0: it is not
}

// Payout is the money to give back to the customer in the end.
func (p Preview) Payout() Minor { return p.Refund - p.Deducted }

// ReturnedLine is what comes back of one line, by what was taken off: the units
// with the most taken off come back first.
type ReturnedLine struct {
	No    int
	Units int64
	Gross Minor
	Net   Minor
}

// Reversed is what a void or return did.
type Reversed struct {
	Sale         Sale
	Refund       Minor   // money to give back to the customer
	Deducted     Minor   // kept back for a spent coupon
	GivenBack    *Coupon // the redeemed coupon, usable again
	VoidedCoupon *Coupon // the earned coupon, voided
	Lowered      *Coupon // the earned coupon, with a smaller face
}

// Refund is what a customer gets back for returning part of a sale: the share
// of what was paid, so that the coupon's part stays with the shop. Shares are
// taken from the running total, so that all the returns of a sale together
// give back exactly what was paid. gross and net are the sale's, before is
// what was returned until now, part is what is returned now.
func Refund(gross, net, before, part Minor) (Minor, error) {
	if part <= 0 || before < 0 || part > gross-before {
		return 0, Refuse(CodeReturnTooMuch, "left", gross-before)
	}
	until, err := Share(net, before, gross, HalfUp)
	if err != nil {
		return 0, err
	}
	after, err := Share(net, before+part, gross, HalfUp)
	return after - until, err
}

// Reearned is the face a coupon would have had if its sale had been of the
// net that remains after a return; 0 if the sale would not have earned it. A
// fixed face stays whole.
func Reearned(c Coupon, remaining, step Minor) (Minor, error) {
	if remaining <= 0 || remaining < c.MinSale {
		return 0, nil
	}
	if c.Rate == 0 {
		return c.Face, nil
	}
	face, err := MulBPStep(remaining, c.Rate, step, Up)
	return min(face, c.Face), err
}
