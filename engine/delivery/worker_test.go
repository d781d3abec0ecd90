package delivery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bounceback/engine"
)

var errLost = errors.New("connection reset")

func TestWorkerStates(t *testing.T) {
	refused := &Refused{Reason: ReasonOptedOut, Detail: "OptedOut: x"}
	for _, c := range []struct {
		name   string
		err    error
		kind   Kind
		state  State
		reason Reason
		due    time.Duration // from now
		lost   int
	}{
		{"accepted", nil, KindCoupon, StateAccepted, "", 0, 0},
		{"refused", refused, KindCoupon, StateRefused, ReasonOptedOut, 0, 0},
		{"refused, wrapped", fmt.Errorf("x: %w", refused), KindCoupon, StateRefused, ReasonOptedOut, 0, 0},
		{"no sender", ErrNoSender, KindCoupon, StateCancelled, ReasonNoSender, 0, 0},
		{"throttled", &Throttled{}, KindReminder, StateQueued, ReasonThrottled, backoffFirst, 0},
		{"throttled for longer", &Throttled{RetryAfter: time.Minute}, KindReminder, StateQueued, ReasonThrottled, time.Minute, 0},
		{"offline", &NotSent{Reason: ReasonOffline, Cause: errLost}, KindReminder, StateQueued, ReasonOffline, backoffFirst, 0},
		{"clock", &NotSent{Reason: ReasonClock, Cause: errLost}, KindCoupon, StateQueued, ReasonClock, backoffFirst, 0},
		{"first text lost", errLost, KindCoupon, StateQueued, ReasonNoReply, lostPause, 1},
		{"reminder lost", errLost, KindReminder, StateUnknown, ReasonNoReply, 0, 1},
		{"verification lost", errLost, KindVerify, StateUnknown, ReasonNoReply, 0, 1},
		{"timeout", context.DeadlineExceeded, KindReminder, StateUnknown, ReasonNoReply, 0, 1},
		{"doubtful", &Doubtful{Detail: "InternalError: x"}, KindReminder, StateUnknown, ReasonNoReply, 0, 1},
	} {
		b := newBench(c.err)
		r := b.outbox.add(c.kind, start)
		b.run(t)
		due := engine.Instant(0)
		if c.due > 0 {
			due = start.Add(c.due)
		}
		if r.state != c.state || r.last.Reason != c.reason || r.due != due || r.out.Lost != c.lost || r.out.Attempt != 1 {
			t.Errorf("%s: %s because of %q, due in %d ms, lost %d, attempt %d", c.name, r.state, r.last.Reason, r.due-start, r.out.Lost, r.out.Attempt)
		}
		if r.last.Sender != "script" || r.last.At != start || (r.last.MessageID != "") != (c.state == StateAccepted) {
			t.Errorf("%s: %+v", c.name, r.last)
		}
		if len(b.settled) != 1 || b.settled[0] != c.state {
			t.Errorf("%s: told of %v", c.name, b.settled)
		}
	}
}

func TestFirstTextGoesOnceMoreAndNoMore(t *testing.T) {
	b := newBench(errLost, errLost, nil)
	r := b.outbox.add(KindCoupon, start)
	if s := b.run(t); s.Requeued != 1 || len(b.carrier.calls) != 1 {
		t.Fatalf("%+v", s)
	}
	if b.run(t); len(b.carrier.calls) != 1 {
		t.Fatal("sent before the pause was over")
	}
	b.clock.now = r.due
	if s := b.run(t); s.Unknown != 1 || r.state != StateUnknown || r.out.Lost != 2 {
		t.Fatalf("%+v, %s", s, r.state)
	}
	b.clock.now = b.clock.now.Add(24 * time.Hour)
	if b.run(t); len(b.carrier.calls) != 2 {
		t.Fatal("sent a third time")
	}
	// A person lets it go again; if that is lost too, it waits for a person.
	r.state, r.due = StateQueued, b.clock.now
	b.carrier.script = []error{errLost}
	if b.run(t); r.state != StateUnknown || len(b.carrier.calls) != 3 {
		t.Fatalf("%s after %d calls", r.state, len(b.carrier.calls))
	}
}

func TestThrottleDoesNotSpendTheSecondTry(t *testing.T) {
	b := newBench(&Throttled{}, errLost, nil)
	r := b.outbox.add(KindCoupon, start)
	for range 3 {
		b.clock.now = b.clock.now.Add(time.Hour)
		b.run(t)
	}
	if r.state != StateAccepted || r.out.Attempt != 3 {
		t.Errorf("%s at attempt %d", r.state, r.out.Attempt)
	}
}

func TestWorkerStopsAtAThrottle(t *testing.T) {
	for _, err := range []error{&Throttled{}, &NotSent{Reason: ReasonOffline, Cause: errLost}} {
		b := newBench(err)
		for range 5 {
			b.outbox.add(KindCoupon, start)
		}
		if s := b.run(t); !s.Held || s.Requeued != 1 || len(b.carrier.calls) != 1 {
			t.Errorf("%+v after %d calls", s, len(b.carrier.calls))
		}
		if s := b.run(t); !s.Held || len(b.carrier.calls) != 1 {
			t.Errorf("held: %+v after %d calls", s, len(b.carrier.calls))
		}
		b.clock.now = b.clock.now.Add(backoffFirst)
		if s := b.run(t); s.Held || s.Accepted != 5 {
			t.Errorf("afterwards: %+v", s)
		}
	}
}

func TestAClockPutBackEndsTheHold(t *testing.T) {
	b := newBench(&Throttled{})
	b.outbox.add(KindCoupon, start-engine.Instant(10*time.Hour.Milliseconds()))
	b.outbox.add(KindCoupon, start-engine.Instant(10*time.Hour.Milliseconds()))
	b.run(t)
	b.clock.now = b.clock.now.Add(-3 * time.Hour)
	if s := b.run(t); s.Accepted != 1 || s.Held {
		t.Errorf("%+v", s)
	}
}

func TestBackoff(t *testing.T) {
	most := func(n int64) int64 { return n - 1 }
	least := func(int64) int64 { return 0 }
	for n, want := range map[int]time.Duration{
		1: 2 * time.Second, 2: 4 * time.Second, 3: 8 * time.Second, 8: 256 * time.Second, 9: 5 * time.Minute, 1 << 40: 5 * time.Minute,
	} {
		if got := backoff(n, most); got != want {
			t.Errorf("%d: at most %s, want %s", n, got, want)
		}
		if got := backoff(n, least); got != want/2 {
			t.Errorf("%d: at least %s, want %s", n, got, want/2)
		}
	}
}

func TestBackoffGrowsUntilSomethingGoes(t *testing.T) {
	throttled := &Throttled{}
	b := newBench(throttled, throttled, throttled, nil, throttled)
	b.outbox.add(KindCoupon, start)
	b.outbox.add(KindReminder, start+1)
	var holds []time.Duration
	for range 6 {
		b.run(t)
		left := b.worker.hold.left(b.clock.now)
		holds = append(holds, left)
		b.clock.now = b.clock.now.Add(left)
	}
	want := []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second, 2 * time.Second, 0, 0}
	if !slices.Equal(holds, want) {
		t.Errorf("held %v, want %v", holds, want)
	}
}

func TestRate(t *testing.T) {
	b := newBench()
	for range 5 {
		b.outbox.add(KindReminder, start)
	}
	b.run(t)
	for i, at := range b.carrier.calls {
		if at != start.Add(time.Duration(i)*time.Second) {
			t.Errorf("text %d went %d ms after the start", i, at-start)
		}
	}
	// An idle look costs no turn: the next text goes at once.
	b.clock.now = b.clock.now.Add(time.Minute)
	b.run(t)
	b.outbox.add(KindReminder, b.clock.now)
	before := b.clock.now
	if b.run(t); b.carrier.calls[5] != before {
		t.Errorf("waited %d ms after an idle look", b.carrier.calls[5]-before)
	}
}

// TestTheRateIsShared has another worker take the turn.
func TestTheRateIsShared(t *testing.T) {
	b := newBench()
	for range 4 {
		b.outbox.add(KindReminder, start)
	}
	other := &carrier{clock: b.clock}
	b.carrier.during = func(context.Context) {
		b.carrier.during = nil
		if s, err := b.another(other).RunOnce(t.Context()); err != nil || s.Accepted != 3 {
			t.Errorf("%+v, %v", s, err)
		}
	}
	b.run(t)
	if len(b.carrier.calls) != 1 || !slices.Equal(other.calls, []engine.Instant{start + 1000, start + 2000, start + 3000}) {
		t.Errorf("went at %v and %v", b.carrier.calls, other.calls)
	}
}

// TestAWaitThatIsTooLong has the outbox ask for an hour: the worker asks again
// before that, and ends when it is to.
func TestAWaitThatIsTooLong(t *testing.T) {
	b := newBench()
	b.outbox.add(KindReminder, start)
	b.outbox.turn = hold{from: start, until: start.Add(time.Hour)}
	ctx, cancel := context.WithCancel(t.Context())
	b.clock.stop, b.clock.limit = cancel, 3
	if s, err := b.worker.RunOnce(ctx); err != nil || s != (Stats{}) || len(b.outbox.claims) != 3 {
		t.Errorf("%+v, %v after %d claims", s, err, len(b.outbox.claims))
	}
	if !slices.Equal(b.clock.waits, []time.Duration{15 * time.Second, 15 * time.Second, 15 * time.Second}) {
		t.Errorf("waited %v", b.clock.waits)
	}
}

func TestTextsNobodySends(t *testing.T) {
	b := newBench()
	b.worker = b.another(Console{})
	for range 100 {
		b.outbox.add(KindReminder, start)
	}
	if s := b.run(t); s.Cancelled != 100 || s.Held {
		t.Errorf("%+v", s)
	}
}

func TestOrderIsByDueTime(t *testing.T) {
	b := newBench()
	for _, late := range []engine.Instant{3, 1, 2} {
		b.outbox.add(KindReminder, start-late)
	}
	b.outbox.add(KindReminder, start+engine.Instant(time.Hour.Milliseconds()))
	b.run(t)
	if !slices.Equal(b.carrier.bodies, []string{"0", "2", "1"}) {
		t.Errorf("sent %v", b.carrier.bodies)
	}
}

// TestRowIsCommittedBeforeTheCall looks at the row while the carrier has it.
func TestRowIsCommittedBeforeTheCall(t *testing.T) {
	b := newBench()
	r := b.outbox.add(KindReminder, start)
	seen := State("")
	b.carrier.during = func(context.Context) { seen = r.state }
	if b.run(t); seen != StateSending || r.lease <= start.Add(10*time.Second) {
		t.Errorf("%s during the call, lease for %d ms", seen, r.lease-start)
	}
}

// TestCrash kills workers between claim and call, or between call and record:
// both leave a row in sending, and nobody can tell which it was.
func TestCrash(t *testing.T) {
	for kind, want := range map[Kind]State{KindCoupon: StateQueued, KindReminder: StateUnknown, KindVerify: StateUnknown} {
		b := newBench()
		r := b.outbox.add(kind, start)
		if c, _ := b.outbox.Claim(t.Context(), start, start.Add(time.Minute)); !c.OK {
			t.Fatal("nothing claimed")
		}
		b.clock.now = start.Add(time.Minute - time.Millisecond)
		if s := b.run(t); s.Recovered != 0 || r.state != StateSending {
			t.Errorf("%s: %+v, %s while the lease runs", kind, s, r.state)
		}
		b.clock.now = start.Add(time.Minute)
		if s := b.run(t); s.Recovered != 1 || r.state != want || len(b.carrier.calls) != 0 {
			t.Errorf("%s: %+v, %s, %d calls", kind, s, r.state, len(b.carrier.calls))
		}
		if r.last.Reason != ReasonNoReply || r.last.Sender != "" {
			t.Errorf("%s: %+v", kind, r.last)
		}
	}
}

// TestASleeperComesBack has a worker's machine sleep through its call while
// another recovers the row. What the sleeper learnt counts.
func TestASleeperComesBack(t *testing.T) {
	b := newBench()
	r := b.outbox.add(KindCoupon, start)
	other := b.another(&carrier{clock: b.clock})
	b.carrier.during = func(context.Context) {
		b.carrier.during = nil
		b.clock.now = b.clock.now.Add(time.Hour)
		if _, err := other.RunOnce(t.Context()); err != nil || r.state != StateQueued {
			t.Errorf("recovered as %s, %v", r.state, err)
		}
	}
	if b.run(t); r.state != StateAccepted || r.last.MessageID != "id-1" {
		t.Errorf("%s, %+v", r.state, r.last)
	}
	b.clock.now = b.clock.now.Add(time.Hour)
	if b.run(t); len(b.carrier.calls) != 1 {
		t.Error("the text went twice")
	}
}

// TestASettlementIsNotLost has the outbox fail to record an accepted text.
func TestASettlementIsNotLost(t *testing.T) {
	b := newBench()
	r, next := b.outbox.add(KindReminder, start), b.outbox.add(KindReminder, start+1)
	b.outbox.failNext = errors.New("disk full")
	if _, err := b.worker.RunOnce(t.Context()); err == nil {
		t.Fatal("no error")
	}
	if r.state != StateSending || next.state != StateQueued {
		t.Fatalf("%s, %s", r.state, next.state)
	}
	b.clock.now = b.clock.now.Add(time.Hour) // its lease is over, and still it is known
	if s := b.run(t); r.state != StateAccepted || r.last.MessageID != "id-1" || s.Recovered != 0 || s.Accepted != 2 {
		t.Errorf("%s, %+v, %+v", r.state, r.last, s)
	}
	if s := b.run(t); s != (Stats{}) {
		t.Errorf("recorded again: %+v", s)
	}
}

// TestQuittingFinishesTheTextUnderWay ends the context during a call.
func TestQuittingFinishesTheTextUnderWay(t *testing.T) {
	b := newBench()
	first, second := b.outbox.add(KindReminder, start), b.outbox.add(KindReminder, start+1)
	ctx, cancel := context.WithCancel(t.Context())
	b.carrier.during = func(call context.Context) {
		cancel()
		if _, bounded := call.Deadline(); call.Err() != nil || !bounded {
			t.Errorf("the call's context: %v, bounded %v", call.Err(), bounded)
		}
	}
	b.worker.Run(ctx, func(err error) { t.Error(err) })
	if first.state != StateAccepted || second.state != StateQueued {
		t.Errorf("%s, %s", first.state, second.state)
	}
}

func TestRunLooksAgain(t *testing.T) {
	b := newBench(&Throttled{RetryAfter: 40 * time.Second})
	ctx, cancel := context.WithCancel(t.Context())
	b.clock.stop, b.clock.limit = cancel, 6
	r := b.outbox.add(KindReminder, start)
	b.worker.Run(ctx, nil)
	want := []time.Duration{15 * time.Second, 15 * time.Second, 10 * time.Second, 15 * time.Second, 15 * time.Second, 15 * time.Second}
	if !slices.Equal(b.clock.waits, want) || r.state != StateAccepted {
		t.Errorf("waited %v, %s", b.clock.waits, r.state)
	}
}

func TestRunReportsFaults(t *testing.T) {
	b := newBench()
	b.outbox.add(KindReminder, start)
	b.outbox.failNext = errLost
	ctx, cancel := context.WithCancel(t.Context())
	b.clock.stop, b.clock.limit = cancel, 2
	var told []error
	b.worker.Run(ctx, func(err error) { told = append(told, err) })
	if len(told) != 1 || !errors.Is(told[0], errLost) || b.outbox.rows[0].state != StateAccepted {
		t.Errorf("told %v, %s", told, b.outbox.rows[0].state)
	}
}

// TestWake uses the real timer: without the call it would wait for an hour.
func TestWake(t *testing.T) {
	b := newBench()
	sent := make(chan struct{})
	b.worker = NewWorker(Options{
		Outbox: b.outbox, Sender: b.carrier, Clock: b.clock.read, Random: func(int64) int64 { return 0 },
		Poll: time.Hour, Settled: func(Outgoing, Settlement) { close(sent) },
	})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	looked := make(chan struct{}, 1)
	outbox := b.worker.opt.Outbox
	b.worker.opt.Outbox = watched{outbox, looked}
	go func() {
		defer close(ended)
		b.worker.Run(ctx, nil)
	}()
	<-looked // it found nothing and goes idle
	b.outbox.add(KindReminder, start)
	b.worker.Wake()
	b.worker.Wake() // never blocks
	<-sent
	cancel()
	<-ended
}

// watched tells of each look, before the row could be added.
type watched struct {
	Outbox
	looked chan struct{}
}

func (w watched) Claim(ctx context.Context, now, until engine.Instant) (Claimed, error) {
	c, err := w.Outbox.Claim(ctx, now, until)
	select {
	case w.looked <- struct{}{}:
	default:
	}
	return c, err
}
