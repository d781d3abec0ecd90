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
	AgainID   ID       // the text that was sent once more instead of this one
	Sent      Instant  // when it was last handed to a sender; 0: never
	Cost      Micros   // of all attempts that may have gone, by the store's price of a part; 0 beside LeadID
	Delivered string   // delivered or failed, by the carrier's report; empty: none yet
	Response  string   // the carrier's words in that report
	Paid      Micros   // US dollars, by that report
}

// Codes of messages.
const (
	CodeMessageUnknown Code = "message_unknown"
	CodeMessageSending Code = "message_sending" // it is on its way just now
	CodeMessageCode    Code = "message_code"    // the code that proves a phone is not sent again
	CodeMessageAgain   Code = "message_again"   // it was sent once more already; with id, at
	CodeResendWaits    Code = "resend_waits"    // it has not gone yet; with due
	CodeReleaseWaits   Code = "release_waits"   // nothing holds it back; with due
	CodeReleaseGone    Code = "release_gone"    // the carrier took it; with at
	CodeCancelGone     Code = "cancel_gone"     // the carrier took it; with at
	CodeCancelRefused  Code = "cancel_refused"  // the carrier refused it: it never went
	CodeCancelTwice    Code = "cancel_twice"    // it is taken back already
	CodeNoConsent      Code = "no_consent"      // the customer does not want texts
	CodeNoPhone        Code = "no_phone"
)
