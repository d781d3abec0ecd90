package delivery

import (
	"context"
	"time"

	"bounceback/engine"
)

// State is where a text stands.
type State string

// The states. Every way through them:
//
//	queued    → sending                  Claim
//	sending   → accepted                 the carrier took it
//	          → refused                  the carrier's definite, final no
//	          → unknown                  no clear answer: it may have gone
//	          → queued                   it did not go, or may go once more
//	          → cancelled                no sender is set up
//	unknown   → queued                   a person lets it go again
//	          → cancelled                a person gives it up
//	cancelled → queued                   a person resends it
//	refused   → queued                   a person resends it
//	queued    → cancelled                coupon redeemed, voided, expired; opt-out; superseded
//	queued    → unknown                  the same, after a lost reply: it may have gone
const (
	StateQueued    State = "queued"
	StateSending   State = "sending"
	StateAccepted  State = "accepted"
	StateRefused   State = "refused"
	StateUnknown   State = "unknown"
	StateCancelled State = "cancelled"
)

// Kind says why a text is sent, which decides whether it may go twice.
type Kind string

// The kinds. Only a coupon's first text goes once more by itself after a lost
// reply; the others wait for a person.
const (
	KindCoupon   Kind = "coupon"   // the first text of a coupon
	KindReminder Kind = "reminder" // a later text of a coupon
	KindVerify   Kind = "verify"   // the code that proves a phone number
)

// Outgoing is a claimed row: a text in the state sending.
type Outgoing struct {
	ID   engine.ID
	Kind Kind

	// Attempt counts the claims of this row, this one included, so the first
	// time it is 1. It is what tells one claim from the next.
	Attempt int

	// Lost counts the attempts before this one of which no reply came. A person
	// who lets an unknown text go again leaves it as it is, so that the once of
	// "once more by itself" stays spent.
	Lost int

	// With are the rows that go with this one as one text: several coupons of a
	// customer, due on one day.
	With []Member

	// Text is the number, the rendered body, and the sending settings of the
	// row's store.
	Text
}

// Member is a row that goes with another. It is in sending as that one is, and
// shares its fate by its own kind.
type Member struct {
	ID      engine.ID
	Kind    Kind
	Attempt int
	Lost    int
}

// Claimed is the answer of Claim.
type Claimed struct {
	Outgoing
	OK bool // there is one

	// Wait is how long until the rate of the store, which all workers of the
	// file share, allows the next text. It is set only without one.
	Wait time.Duration
}

// Settlement is what became of one attempt.
type Settlement struct {
	ID      engine.ID
	Attempt int            // of the Outgoing it settles
	State   State          // accepted, refused, unknown, cancelled or queued
	At      engine.Instant // when it became so
	Sender  string         // the name of the sender it was handed to; empty for a row found with its lease over

	MessageID string // the carrier's, when accepted
	Reason    Reason // in every other state
	Detail    string // the carrier's code and words, for the detail page; may be empty

	Due  engine.Instant // when queued: not to be claimed before
	Lost int            // the row's new count of lost replies, to be stored as it is

	With []Settlement // of the rows that went with it; sender and message id are the same
}

// Outbox is the rows of texts, of all stores of a file. Every method is one
// transaction, durable when it returns. Several workers, in several processes,
// may share one Outbox.
type Outbox interface {
	// Claim takes the row that is due first among those in queued whose due
	// time is at or before now (ties by id), and commits it as sending with the
	// rows that go with it (Choose), its attempt counted up and its lease set to
	// end at until. It is conditional, so that no two workers get one row. One
	// text at a time: a worker that dies leaves at most one in doubt.
	//
	// On the way it takes back what nobody wants any more (coupon redeemed,
	// voided, expired; opted out; superseded), and moves the due time of what is
	// held: quiet hours (Hours.Opening), the customer's pace (Pace.Next), the
	// month's limit. Those stay queued, with a reason.
	Claim(ctx context.Context, now, until engine.Instant) (Claimed, error)

	// Settle records what became of an attempt: state, message id or reason and
	// detail, due time, lost count, sender, and an audit or history line as the
	// store sees fit. It ends the lease. It changes the row only while Attempt
	// is still the row's latest and the row is in sending or unknown; a
	// settlement as accepted or refused, which is certain, also while it is
	// queued again. Otherwise it changes nothing and gives no error. (A worker
	// that was put to sleep during its call may come back after another has
	// recovered its row: what it learnt still counts, unless the row has been
	// claimed again.) Settling twice with the same settlement is the same as
	// once.
	Settle(ctx context.Context, s Settlement) error

	// Recover lists rows in sending whose lease ended at or before now, oldest
	// lease first, at most 100, and changes nothing: the worker settles each as
	// an attempt whose reply was lost.
	Recover(ctx context.Context, now engine.Instant) ([]Outgoing, error)
}

// Upkeep is where a worker records what it found out about the carrier's
// account: once a day for a whole file, whoever comes first.
type Upkeep interface {
	// UpkeepDue tells whether the account was last looked at a day ago or more,
	// or an hour ago with something wrong, or was another sender's than the one
	// named. Where it was a real one's, a process without one has nothing to look
	// at.
	UpkeepDue(ctx context.Context, now engine.Instant, sender string) (bool, error)
	// SenderHealth gives the state of the account as it was recorded last, of a
	// real sender if there ever was one; zero if none was recorded.
	SenderHealth(ctx context.Context) (engine.SenderHealth, error)
	// SaveHealth records the state of the account for all stores of the file. One
	// without Synced leaves the count and time of the list as they were; one of a
	// process without a sender leaves all that is known of a real one.
	SaveHealth(ctx context.Context, h engine.SenderHealth) error
	// SaveOptedOut records the carrier's whole list of numbers (E.164) that said
	// stop: their owners' consent is withdrawn and queued texts are cancelled;
	// numbers that are on it no longer may be asked again.
	SaveOptedOut(ctx context.Context, numbers []string, at engine.Instant) error
}
