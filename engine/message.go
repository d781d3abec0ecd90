package engine

// Message is one text to one customer, as lists and details show it. Its state,
// kind and reason are the words of engine/delivery.
type Message struct {
	ID         ID
	Kind       string // coupon, reminder, verify
	State      string // queued, sending, accepted, refused, unknown, cancelled
	Reason     string // why it is not accepted
	Detail     string // the carrier's words
	CouponID   ID
	CouponCode string
	CustomerID ID
	Customer   string
	To         string // masked number
	Body       string
	Encoding   string // GSM-7 or UCS-2
	Parts      int
	Attempts   int
	Due        Instant
	Created    Instant
	Settled    Instant // when its state last changed; 0 while queued
	Sender     string
	ProviderID string
}

// Codes of messages.
const (
	CodeMessageUnknown Code = "message_unknown"
	CodeMessageState   Code = "message_state" // a text in this state cannot be sent again
	CodeNoConsent      Code = "no_consent"    // the customer does not want texts
	CodeNoPhone        Code = "no_phone"
)
