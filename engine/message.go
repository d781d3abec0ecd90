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
	Body       string // as it went; before that, as it would go now
	Encoding   string // GSM-7 or UCS-2
	Parts      int
	Attempts   int
	Due        Instant
	Created    Instant
	Settled    Instant // when its state last changed; 0 while queued
	Sender     string
	ProviderID string

	Step      TextStep // of a coupon's text
	Days      int      // of a reminder: after the sale, or before the last day
	Planned   Instant  // when it was to go; Due is later while it is held
	LeadID    ID       // the text this one went with: several due on one day go as one
	Sent      Instant  // when it was last handed to a sender; 0: never
	Cost      Micros   // of all attempts that may have gone, by the store's price of a part; 0 beside LeadID
	Delivered string   // delivered or failed, by the carrier's report; empty: none yet
	Response  string   // the carrier's words in that report
	Paid      Micros   // US dollars, by that report
}

// Codes of messages.
const (
	CodeMessageUnknown Code = "message_unknown"
	CodeMessageState   Code = "message_state" // a text in this state cannot be sent again
	CodeNoConsent      Code = "no_consent"    // the customer does not want texts
	CodeNoPhone        Code = "no_phone"
)
