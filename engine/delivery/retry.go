package delivery

import (
	"errors"
	"time"

	"bounceback/engine"
)

// Waits between attempts. A text that was throttled or never left the machine
// waits as long as the worker backs off; a lost reply has its own pause, so
// that a carrier that is in trouble can get out of it.
const (
	backoffFirst = 2 * time.Second
	backoffMost  = 5 * time.Minute
	lostPause    = 2 * time.Minute
)

// Waits after a refusal of the credentials. It is final for the text that met
// it, so each try costs one.
const (
	deniedFirst = 5 * time.Minute
	deniedMost  = time.Hour
)

// settle turns the outcome of one attempt into what its rows become: each by
// its own kind and its own lost replies. wait is how long a text that may go
// again has to wait.
func settle(out Outgoing, receipt Receipt, err error, now engine.Instant, wait time.Duration) Settlement {
	return out.each(func(m Member) Settlement {
		s := Settlement{ID: m.ID, Attempt: m.Attempt, Lost: m.Lost, At: now}
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
			return lostReply(m, now, err.Error())
		}
		return s
	})
}

// settleLost settles a text of which nobody knows whether it was accepted.
func settleLost(out Outgoing, now engine.Instant) Settlement {
	return out.each(func(m Member) Settlement { return lostReply(m, now, "") })
}

// each settles a claimed row and those that go with it.
func (o Outgoing) each(settle func(Member) Settlement) Settlement {
	s := settle(Member{ID: o.ID, Kind: o.Kind, Attempt: o.Attempt, Lost: o.Lost})
	for _, m := range o.With {
		s.With = append(s.With, settle(m))
	}
	return s
}

// from names the sender that the rows were handed to.
func (s Settlement) from(sender string) Settlement {
	s.Sender = sender
	for i := range s.With {
		s.With[i].Sender = sender
	}
	return s
}

// lostReply settles a row of whose text nobody knows whether it was accepted. It
// may have gone. A coupon's first text is worth the risk of a second one, once;
// anything else waits for a person.
func lostReply(m Member, now engine.Instant, detail string) Settlement {
	s := Settlement{
		ID: m.ID, Attempt: m.Attempt, At: now,
		State: StateUnknown, Reason: ReasonNoReply, Detail: detail, Lost: m.Lost + 1,
	}
	if m.Kind == KindCoupon && m.Lost == 0 {
		s.State, s.Due = StateQueued, now.Add(lostPause)
	}
	return s
}

// backoff is how long to wait after the nth failure in a row (n from 1):
// doubled each time up to a limit, and then a random half to all of that, so
// that several tills do not come back together. random gives a number in
// [0, n).
func backoff(n int, random func(n int64) int64) time.Duration {
	half := int64(doubled(n, backoffFirst, backoffMost) / 2)
	return time.Duration(half + random(half+1))
}

// doubled is first for n = 1, twice that for 2 and so on, up to most.
func doubled(n int, first, most time.Duration) time.Duration {
	d := first
	for ; n > 1 && d < most; n-- {
		d *= 2
	}
	return min(d, most)
}

// deniedBy gives the refusal of an error that turned the credentials away,
// whatever the text; nil for any other.
func deniedBy(err error) *Refused {
	var refused *Refused
	if errors.As(err, &refused) && refused.Reason == ReasonNotAuthorised {
		return refused
	}
	return nil
}
