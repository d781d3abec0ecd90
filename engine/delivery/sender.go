package delivery

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bounceback/engine"
)

// Text is one message as a carrier takes it.
type Text struct {
	To   string // E.164
	Body string

	Type     Type   // empty: the account's own default
	SenderID string // 1–11 letters and digits, at least one letter; empty: none
	MaxPrice string // most to pay for this text in US dollars, "0.10"; empty: no limit

	Origination string // the number it comes from; empty: the carrier's choice
	EntityID    string // of the sender's registration, where India asks for one
	TemplateID  string // of the wording's registration there
}

// Type tells a carrier what a text is for.
type Type string

// The types, by the names SNS knows them by.
const (
	Promotional   Type = "Promotional"
	Transactional Type = "Transactional"
)

// Receipt is a carrier's word that it took a text over. Accepted is not
// delivered.
type Receipt struct {
	MessageID string
}

// Sender hands one text to a carrier. A nil error means that it was accepted.
// An error that wraps *Refused, *Throttled, *NotSent or ErrNoSender tells for
// certain that it was not; after any other error nobody knows, and the sender
// must not try again by itself.
type Sender interface {
	Name() string
	Send(ctx context.Context, text Text) (Receipt, error)

	// OptedOut gives the whole list of numbers (E.164) that told the carrier to
	// stop; a sender without one gives none.
	OptedOut(ctx context.Context) ([]string, error)
	// Health looks at the account without sending anything. What is wrong with it
	// is in its Problem. The error is of a call that gave no answer; what else is
	// known comes with it.
	Health(ctx context.Context) (engine.SenderHealth, error)
}

// Reason says why a text is not accepted, in the row and on screen: the
// catalogue has its sentence under "delivery.reason.<reason>".
//
// words: delivery.reason.*
type Reason string

// The reasons.
const (
	ReasonOptedOut      Reason = "opted_out"      // the customer told the carrier to stop
	ReasonInvalidNumber Reason = "invalid_number" // the carrier does not know such a number
	ReasonInvalidText   Reason = "invalid_text"   // the carrier does not take such a text or setting
	ReasonNotAuthorised Reason = "not_authorised" // credentials wrong, expired or without the right
	ReasonSandbox       Reason = "sandbox"        // the account may text verified numbers only
	ReasonRefused       Reason = "refused"        // another definite no; the detail has the carrier's words
	ReasonNoSender      Reason = "no_sender"      // nobody is set up to send texts
	ReasonThrottled     Reason = "throttled"      // too many at once; it goes again later
	ReasonOffline       Reason = "offline"        // no connection was made; it goes again later
	ReasonCredentials   Reason = "credentials"    // credentials could not be fetched; it goes again later
	ReasonNoRegion      Reason = "no_region"      // AWS is set up by half: no region
	ReasonNoCredentials Reason = "no_credentials" // AWS is set up by half: no credentials
	ReasonClock         Reason = "clock"          // this machine's clock is wrong; it goes again later
	ReasonNoReply       Reason = "no_reply"       // sent, and no clear answer came
	ReasonNoAnswer      Reason = "no_answer"      // a question about the account got no clear answer

	// Why a queued text is held.
	ReasonQuiet Reason = "quiet_hours" // it is night where the customer is
	ReasonPace  Reason = "pace"        // the customer had texts enough
	ReasonLimit Reason = "month_limit" // the owner's limit for the month is used up

	// Why a queued text is taken back.
	ReasonSuperseded Reason = "superseded" // a newer text of the coupon goes instead
	ReasonTooLate    Reason = "too_late"   // it would arrive after the coupon expired
	ReasonTextsOff   Reason = "texts_off"  // the shop sends no texts any more
	ReasonSuppressed Reason = "suppressed" // the number said stop
	ReasonByHand     Reason = "by_hand"    // a person cancelled it
)

// Refused is a definite and final no.
type Refused struct {
	Reason Reason
	Detail string // the carrier's code and words, without the customer's number

	stranger bool // the carrier does not accept the credentials, whatever the text
}

// Error gives the reason and the carrier's words, for logs.
func (e *Refused) Error() string { return fmt.Sprintf("text refused, %s: %s", e.Reason, e.Detail) }

// Throttled is a definite no for now. RetryAfter is what the carrier asked for,
// or zero.
type Throttled struct {
	RetryAfter time.Duration
	Detail     string
}

// Error gives the carrier's words, for logs.
func (e *Throttled) Error() string { return "text throttled: " + e.Detail }

// NotSent tells that the text never left the machine, or was turned away for a
// fault of the machine, so that it may go again. Reason says which:
// ReasonOffline, ReasonCredentials, ReasonNoRegion, ReasonNoCredentials or
// ReasonClock.
type NotSent struct {
	Reason Reason
	Cause  error
}

// Error gives the cause, for logs.
func (e *NotSent) Error() string { return fmt.Sprintf("text not sent, %s: %v", e.Reason, e.Cause) }

// Unwrap gives the cause.
func (e *NotSent) Unwrap() error { return e.Cause }

// ValidSenderID tells whether carriers take s as the name a text comes from: 1
// to 11 letters and digits with a letter among them.
func ValidSenderID(s string) bool {
	letter := false
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			letter = true
		case r < '0' || r > '9':
			return false
		}
	}
	return letter && len(s) <= 11
}

// ValidMaxPrice tells whether s is an amount of US dollars as SNS takes it:
// digits, and with a point at most five more.
func ValidMaxPrice(s string) bool {
	whole, frac, point := strings.Cut(s, ".")
	return digits(whole, 1, 6) && (!point || digits(frac, 1, 5))
}

func digits(s string, least, most int) bool {
	return len(s) >= least && len(s) <= most && strings.Trim(s, "0123456789") == ""
}
