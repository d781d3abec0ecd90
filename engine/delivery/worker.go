package delivery

import (
	"context"
	"errors"
	"time"

	"golang.org/x/time/rate"

	"bounceback/engine"
)

// Options set a Worker up. Outbox, Sender, Clock and Random are required; the
// zero value of each other field stands for its default.
type Options struct {
	Outbox Outbox
	Sender Sender
	Clock  func() engine.Instant
	Random func(n int64) int64 // a random number in [0, n), for back-off

	Every   time.Duration // least time from one text to the next; default 1 s
	Timeout time.Duration // for one call of the sender; default 10 s
	Lease   time.Duration // how long a claimed row is left alone; default 1 min, and at least twice Timeout
	Poll    time.Duration // how long an idle worker waits before it looks again; default 15 s

	// Wait waits for d, and less if wake has something or ctx ends, whose error
	// it then gives. Default: a timer.
	Wait func(ctx context.Context, d time.Duration, wake <-chan struct{}) error

	// Settled is told of every row whose fate was recorded; it may be nil. It
	// is called from the worker's goroutine.
	Settled func(Outgoing, Settlement)
}

// Stats counts what one run did with its rows.
type Stats struct {
	Accepted  int
	Refused   int
	Unknown   int
	Cancelled int
	Requeued  int  // to go again later
	Recovered int  // found in sending with their lease over; counted under Unknown or Requeued too
	Held      bool // the carrier throttles or is out of reach: what is due was left for later
}

// Worker hands due rows to a sender, one after the other, and records what
// became of each. A row is committed as sending before its call, so that a
// worker killed at any moment leaves no text that could go twice unnoticed.
// One Worker is for one goroutine; only Wake may be called from others.
type Worker struct {
	opt     Options
	limiter *rate.Limiter
	wake    chan struct{}

	failures int   // throttles and missing connections in a row
	hold     hold  // the time in which nothing is claimed
	owed     *owed // a fate that could not be recorded yet
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
	opt.Every = orDefault(opt.Every, time.Second)
	opt.Timeout = orDefault(opt.Timeout, 10*time.Second)
	opt.Lease = max(orDefault(opt.Lease, time.Minute), 2*opt.Timeout)
	opt.Poll = orDefault(opt.Poll, 15*time.Second)
	if opt.Wait == nil {
		opt.Wait = wait
	}
	return &Worker{
		opt:     opt,
		limiter: rate.NewLimiter(rate.Every(opt.Every), 1),
		wake:    make(chan struct{}, 1),
	}
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

// Run sends what is due until ctx ends. A text that is on its way at that
// moment is finished and recorded first, which takes Timeout at most. Faults of
// the outbox go to report, which may be nil, and the worker tries again at its
// next look.
func (w *Worker) Run(ctx context.Context, report func(error)) {
	for ctx.Err() == nil {
		if _, err := w.RunOnce(ctx); err != nil && report != nil {
			report(err)
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

// RunOnce settles rows left in sending by a worker that died, and then sends
// every row that is due, at the worker's rate, until none is left, the carrier
// throttles or is out of reach, or ctx ends. The error is the outbox's.
func (w *Worker) RunOnce(ctx context.Context) (Stats, error) {
	var stats Stats
	if err := w.recover(ctx, &stats); err != nil {
		return stats, err
	}
	for ctx.Err() == nil {
		if w.hold.left(w.opt.Clock()) > 0 {
			stats.Held = true
			return stats, nil
		}
		more, err := w.next(ctx, &stats)
		if err != nil || !more {
			return stats, err
		}
	}
	return stats, nil
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
		s := lostReply(out, w.opt.Clock(), "")
		if err := w.record(ctx, out, s, stats); err != nil {
			return err
		}
		stats.Recovered++
	}
	return nil
}

// next sends the row that is due first. It gives false when there is none, or
// ctx ends while it waits for its turn.
func (w *Worker) next(ctx context.Context, stats *Stats) (bool, error) {
	turn, err := w.turn(ctx)
	if err != nil {
		return false, nil //nolint:nilerr // ctx ended: nothing was claimed, nothing is wrong
	}
	now := w.opt.Clock()
	// A claim that ctx breaks off might have been committed.
	out, ok, err := w.opt.Outbox.Claim(context.WithoutCancel(ctx), now, now.Add(w.opt.Lease))
	if err != nil || !ok {
		turn.CancelAt(w.time())
		return false, err
	}
	receipt, err := w.send(ctx, out.Text)
	if errors.Is(err, ErrNoSender) {
		turn.CancelAt(w.time()) // nothing went out that a carrier could count
	}
	s := settle(out, receipt, err, w.opt.Clock(), w.pace(err))
	s.Sender = w.opt.Sender.Name()
	return true, w.record(ctx, out, s, stats)
}

// turn waits until the rate allows another text.
func (w *Worker) turn(ctx context.Context) (*rate.Reservation, error) {
	r := w.limiter.ReserveN(w.time(), 1)
	if d := r.DelayFrom(w.time()); d > 0 {
		if err := w.opt.Wait(ctx, d, nil); err != nil {
			r.CancelAt(w.time())
			return nil, err
		}
	}
	return r, nil
}

// send makes the call. The end of ctx does not cut it off: a call broken off is
// a text of which nobody knows whether it went.
func (w *Worker) send(ctx context.Context, text Text) (Receipt, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.opt.Timeout)
	defer cancel()
	return w.opt.Sender.Send(ctx, text)
}

// pace keeps account of failures in a row and gives how long the worker, and
// the row, hold back after this outcome.
func (w *Worker) pace(err error) time.Duration {
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
		d = max(d, throttled.RetryAfter)
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

// time is the worker's clock as the limiter reads it.
func (w *Worker) time() time.Time { return time.UnixMilli(int64(w.opt.Clock())) }

func wait(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
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
