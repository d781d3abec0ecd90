package delivery

import (
	"context"
	"errors"
	"time"

	"bounceback/engine"
)

// Options set a Worker up. Outbox, Sender, Clock and Random are required; the
// zero value of each other field stands for its default.
type Options struct {
	Outbox Outbox
	Upkeep Upkeep // nil: the carrier's account is not looked after
	Sender Sender
	Clock  func() engine.Instant
	Random func(n int64) int64 // a random number in [0, n), for back-off

	Timeout time.Duration // for one call of the sender; default 10 s
	Lease   time.Duration // how long a claimed row is left alone; default 1 min, and at least twice Timeout
	Poll    time.Duration // how long an idle worker waits before it looks again; default 15 s

	// Chores is asked once a minute, beside the texts; it does what is due by the
	// hour and otherwise costs nothing. It may be nil.
	Chores func(context.Context) error

	// Wait waits as the function Wait does, which is its default.
	Wait func(ctx context.Context, d time.Duration, wake <-chan struct{}) error

	// Holds is told by Run why texts that are due are left for later, and with an
	// empty reason that they are no more, at each change; it may be nil.
	Holds func(Reason)

	// Settled is told of every text whose fate was recorded, with the rows that
	// went with it; it may be nil. It is called from the worker's goroutine.
	Settled func(Outgoing, Settlement)
}

// Stats counts what one run did with its texts. A text about several coupons is
// one, and counts as its first row fared.
type Stats struct {
	Accepted  int
	Refused   int
	Unknown   int
	Cancelled int
	Requeued  int // to go again later
	Recovered int // found in sending with their lease over; counted under Unknown or Requeued too

	Held bool   // what is due was left for later
	Why  Reason // it was; ReasonNoSender: this machine has none, and another one has
}

// Worker hands due rows to a sender, one after the other, and records what
// became of each. A row is committed as sending before its call, so that a
// worker killed at any moment leaves no text that could go twice unnoticed.
// One Worker is for one goroutine; only Wake may be called from others.
type Worker struct {
	opt    Options
	wake   chan struct{}
	upkeep upkeep

	denials  int    // refusals of the credentials in a row
	failures int    // throttles and missing connections in a row
	hold     hold   // the time in which nothing is claimed
	why      Reason // of the hold
	owed     *owed  // a fate that could not be recorded yet
}

// hold is a time from one instant up to another. It has its beginning so that a
// clock put back ends it: otherwise an hour's correction would stop all texts
// for an hour.
type hold struct{ from, until engine.Instant }

func (h hold) left(now engine.Instant) time.Duration {
	if now < h.from || now >= h.until {
		return 0
	}
	return time.Duration(h.until-now) * time.Millisecond
}

// owed is a settlement that the outbox did not take.
type owed struct {
	out Outgoing
	s   Settlement
}

// NewWorker makes a worker. It does nothing until Run or RunOnce.
func NewWorker(opt Options) *Worker {
	opt.Timeout = orDefault(opt.Timeout, 10*time.Second)
	opt.Lease = max(orDefault(opt.Lease, time.Minute), 2*opt.Timeout)
	opt.Poll = orDefault(opt.Poll, 15*time.Second)
	if opt.Wait == nil {
		opt.Wait = Wait
	}
	return &Worker{opt: opt, wake: make(chan struct{}, 1)}
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}

// Wake makes an idle worker look for due rows at once. It never blocks.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run sends what is due until ctx ends, and looks after the carrier's account. A
// text that is on its way at that moment is finished and recorded first, which
// takes Timeout at most. Faults of the outbox go to report, which may be nil,
// and the worker tries again at its next look.
func (w *Worker) Run(ctx context.Context, report func(error)) {
	defer w.endLook()
	why := Reason("")
	for ctx.Err() == nil {
		stats, err := w.send(ctx)
		if err == nil && stats.Why != why && w.opt.Holds != nil {
			why = stats.Why
			w.opt.Holds(why)
		}
		for _, fault := range []error{err, w.upkeep.told()} {
			if fault != nil && report != nil {
				report(fault)
			}
		}
		if err := w.opt.Wait(ctx, w.idle(), w.wake); err != nil {
			return
		}
	}
}

// idle is how long to wait before the next look.
func (w *Worker) idle() time.Duration {
	if left := w.hold.left(w.opt.Clock()); left > 0 {
		return min(left, w.opt.Poll)
	}
	return w.opt.Poll
}

// RunOnce settles texts left in sending by a worker that died, and then sends
// every text that is due, at the rate of all workers, until none is left, the
// carrier throttles or is out of reach, or ctx ends. When it is time for it, it
// looks after the carrier's account as well. The error is the outbox's.
func (w *Worker) RunOnce(ctx context.Context) (Stats, error) {
	stats, err := w.send(ctx)
	w.awaitLook(ctx)
	if fault := w.upkeep.told(); err == nil {
		err = fault
	}
	return stats, err
}

// send is RunOnce but for the end of a look at the account.
func (w *Worker) send(ctx context.Context) (Stats, error) {
	var stats Stats
	if err := w.recover(ctx, &stats); err != nil {
		return stats, err
	}
	for ctx.Err() == nil {
		w.chore(ctx)
		w.tend(ctx)
		why, err := w.held(ctx)
		if err != nil {
			return stats, err
		}
		if why != "" {
			stats.Held, stats.Why = true, why
			return stats, nil
		}
		more, err := w.next(ctx, &stats)
		if err != nil || !more {
			return stats, err
		}
	}
	return stats, nil
}

// held tells why nothing is to be claimed now, empty if something may be: the
// carrier's last answers, or what is recorded of its account for all workers of
// the file. A worker without a sender takes no text from those that have one.
func (w *Worker) held(ctx context.Context) (Reason, error) {
	if w.hold.left(w.opt.Clock()) > 0 {
		return w.why, nil
	}
	if w.opt.Upkeep == nil {
		return "", nil
	}
	h, err := w.opt.Upkeep.SenderHealth(ctx)
	denied := hold{from: h.At, until: h.At.Add(deniedFirst)}
	switch name := w.opt.Sender.Name(); {
	case err != nil:
		return "", err
	case name == engine.NoSender && h.Real():
		return ReasonNoSender, nil
	case name == h.Sender && !h.Ready && h.Problem == string(ReasonNotAuthorised) && denied.left(w.opt.Clock()) > 0:
		return ReasonNotAuthorised, nil
	}
	return "", nil
}

// recover settles what is owed, and the rows whose lease is over: nobody knows
// whether their texts went.
func (w *Worker) recover(ctx context.Context, stats *Stats) error {
	if w.owed != nil {
		if err := w.record(ctx, w.owed.out, w.owed.s, stats); err != nil {
			return err
		}
	}
	rows, err := w.opt.Outbox.Recover(ctx, w.opt.Clock())
	if err != nil {
		return err
	}
	for _, out := range rows {
		if err := w.record(ctx, out, settleLost(out, w.opt.Clock()), stats); err != nil {
			return err
		}
		stats.Recovered++
	}
	return nil
}

// next sends the text that is due first, or waits for its turn at the rate that
// all workers of the file share. It gives false when there is none, or ctx ends.
func (w *Worker) next(ctx context.Context, stats *Stats) (bool, error) {
	now := w.opt.Clock()
	// A claim that ctx breaks off might have been committed.
	c, err := w.opt.Outbox.Claim(context.WithoutCancel(ctx), now, now.Add(w.opt.Lease))
	switch {
	case err != nil:
		return false, err
	case !c.OK && c.Wait > 0:
		return w.opt.Wait(ctx, min(c.Wait, w.opt.Poll), nil) == nil, nil
	case !c.OK:
		return false, nil
	}
	receipt, err := w.call(ctx, c.Text)
	s := settle(c.Outgoing, receipt, err, w.opt.Clock(), w.pace(err))
	return true, w.record(ctx, c.Outgoing, s.from(w.opt.Sender.Name()), stats)
}

// call makes the call. The end of ctx does not cut it off: a call broken off is
// a text of which nobody knows whether it went.
func (w *Worker) call(ctx context.Context, text Text) (Receipt, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.opt.Timeout)
	defer cancel()
	return w.opt.Sender.Send(ctx, text)
}

// pace keeps account of failures in a row and gives how long the worker, and
// the row, hold back after this outcome.
func (w *Worker) pace(err error) time.Duration {
	if w.heard(err) {
		return 0
	}
	var throttled *Throttled
	var notSent *NotSent
	isThrottled := errors.As(err, &throttled)
	if !isThrottled && !errors.As(err, &notSent) {
		w.failures, w.hold = 0, hold{}
		return 0
	}
	w.failures++
	d := backoff(w.failures, w.opt.Random)
	if isThrottled {
		d, w.why = max(d, throttled.RetryAfter), ReasonThrottled
	} else {
		w.why = notSent.Reason
	}
	now := w.opt.Clock()
	w.hold = hold{from: now, until: now.Add(d)}
	return d
}

// record commits a settlement, even when ctx has ended meanwhile, and counts
// it. One that the outbox does not take is kept and tried again before anything
// else is sent: it is all that is known of that text.
func (w *Worker) record(ctx context.Context, out Outgoing, s Settlement, stats *Stats) error {
	if err := w.opt.Outbox.Settle(context.WithoutCancel(ctx), s); err != nil {
		w.owed = &owed{out: out, s: s}
		return err
	}
	w.owed = nil
	stats.count(s.State)
	if w.opt.Settled != nil {
		w.opt.Settled(out, s)
	}
	return nil
}

func (st *Stats) count(state State) {
	switch state {
	case StateAccepted:
		st.Accepted++
	case StateRefused:
		st.Refused++
	case StateCancelled:
		st.Cancelled++
	case StateQueued:
		st.Requeued++
	case StateUnknown, StateSending:
		st.Unknown++
	}
}

// Wait waits for d, and less if wake has something or ctx ends, whose error it
// then gives.
func Wait(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-wake:
	case <-timer.C:
	}
	return nil
}
