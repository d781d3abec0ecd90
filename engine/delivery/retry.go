package delivery

import (
	"errors"
	"time"

	"bounceback/engine"
)

// Waits between attempts. A row that was throttled or never left the machine
// waits as long as the worker backs off; a lost reply has its own pause, so
// that a carrier that is in trouble can get out of it.
const (
	backoffFirst = 2 * time.Second
	backoffMost  = 5 * time.Minute
	lostPause    = 2 * time.Minute
)

// settle turns the outcome of one attempt into what its row becomes. wait is
// how long a text that may go again has to wait.
func settle(out Outgoing, receipt Receipt, err error, now engine.Instant, wait time.Duration) Settlement {
	s := Settlement{ID: out.ID, Attempt: out.Attempt, Lost: out.Lost, At: now}
	var refused *Refused
	var throttled *Throttled
	var notSent *NotSent
	switch {
	case err == nil:
		s.State, s.MessageID = StateAccepted, receipt.MessageID
	case errors.Is(err, ErrNoSender):
		s.State, s.Reason = StateCancelled, ReasonNoSender
	case errors.As(err, &refused):
		s.State, s.Reason, s.Detail = StateRefused, refused.Reason, refused.Detail
	case errors.As(err, &throttled):
		s.State, s.Reason, s.Detail, s.Due = StateQueued, ReasonThrottled, throttled.Detail, now.Add(wait)
	case errors.As(err, &notSent):
		s.State, s.Reason, s.Detail, s.Due = StateQueued, notSent.Reason, notSent.Cause.Error(), now.Add(wait)
	default:
		return lostReply(out, now, err.Error())
	}
	return s
}

// lostReply settles an attempt of which nobody knows whether it was accepted.
// The text may have gone. A coupon's first text is worth the risk of a second
// one, once; anything else waits for a person.
func lostReply(out Outgoing, now engine.Instant, detail string) Settlement {
	s := Settlement{
		ID: out.ID, Attempt: out.Attempt, At: now,
		State: StateUnknown, Reason: ReasonNoReply, Detail: detail, Lost: out.Lost + 1,
	}
	if out.Kind == KindCoupon && out.Lost == 0 {
		s.State, s.Due = StateQueued, now.Add(lostPause)
	}
	return s
}

// backoff is how long to wait after the nth failure in a row (n from 1):
// doubled each time up to a limit, and then a random half to all of that, so
// that several tills do not come back together. random gives a number in
// [0, n).
func backoff(n int, random func(n int64) int64) time.Duration {
	d := backoffFirst
	for ; n > 1 && d < backoffMost; n-- {
		d *= 2
	}
	half := int64(min(d, backoffMost) / 2)
	return time.Duration(half + random(half+1))
}
