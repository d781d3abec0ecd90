package delivery

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bounceback/engine"

	"pgregory.net/rapid"
)

// row is a text in the outbox of the tests.
type row struct {
	out   Outgoing
	state State
	due   engine.Instant
	lease engine.Instant
	last  Settlement
}

// memory is an outbox that keeps the rules of the interface in memory.
type memory struct {
	rows     []*row
	failNext error // the next Settle fails with it
	claims   []engine.Instant
}

func (m *memory) add(kind Kind, due engine.Instant) *row {
	id := engine.NewID(due, [10]byte{byte(len(m.rows) >> 8), byte(len(m.rows))})
	r := &row{out: Outgoing{ID: id, Kind: kind, Text: Text{To: maria, Body: fmt.Sprint(len(m.rows))}}, state: StateQueued, due: due}
	m.rows = append(m.rows, r)
	return r
}

const maria = "+5511987654321"

func (m *memory) Claim(_ context.Context, now, until engine.Instant) (Outgoing, bool, error) {
	m.claims = append(m.claims, now)
	var first *row
	for _, r := range m.rows {
		if r.state == StateQueued && r.due <= now && (first == nil || r.due < first.due) {
			first = r
		}
	}
	if first == nil {
		return Outgoing{}, false, nil
	}
	first.state, first.lease = StateSending, until
	first.out.Attempt++
	return first.out, true, nil
}

func (m *memory) Settle(_ context.Context, s Settlement) error {
	if err := m.failNext; err != nil {
		m.failNext = nil
		return err
	}
	for _, r := range m.rows {
		if r.out.ID != s.ID || r.out.Attempt != s.Attempt {
			continue
		}
		sure := s.State == StateAccepted || s.State == StateRefused
		if r.state == StateSending || r.state == StateUnknown || r.state == StateQueued && sure {
			r.state, r.due, r.out.Lost, r.last = s.State, s.Due, s.Lost, s
		}
	}
	return nil
}

func (m *memory) Recover(_ context.Context, now engine.Instant) ([]Outgoing, error) {
	var found []Outgoing
	for _, r := range m.rows {
		if r.state == StateSending && r.lease <= now {
			found = append(found, r.out)
		}
	}
	return found, nil
}

// carrier answers texts by a script, and remembers when each came.
type carrier struct {
	clock  *clock
	script []error
	calls  []engine.Instant
	bodies []string
	during func(context.Context)
}

func (c *carrier) Name() string { return "script" }

func (c *carrier) Send(ctx context.Context, x Text) (Receipt, error) {
	c.calls, c.bodies = append(c.calls, c.clock.now), append(c.bodies, x.Body)
	if c.during != nil {
		c.during(ctx)
	}
	if len(c.script) == 0 {
		return Receipt{MessageID: fmt.Sprint("id-", len(c.calls))}, nil
	}
	err := c.script[0]
	c.script = c.script[1:]
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{MessageID: fmt.Sprint("id-", len(c.calls))}, nil
}

// clock stands still but for waiting.
type clock struct {
	now   engine.Instant
	waits []time.Duration
	limit int // ends the context of a Run after so many waits
	stop  context.CancelFunc
}

func (c *clock) read() engine.Instant { return c.now }

func (c *clock) wait(ctx context.Context, d time.Duration, _ <-chan struct{}) error {
	c.now = c.now.Add(d)
	c.waits = append(c.waits, d)
	if c.stop != nil && len(c.waits) >= c.limit {
		c.stop()
	}
	return ctx.Err()
}

const start = engine.Instant(1_800_000_000_000)

type bench struct {
	outbox  *memory
	carrier *carrier
	clock   *clock
	worker  *Worker
	settled []State
}

func newBench(script ...error) *bench {
	c := &clock{now: start}
	b := &bench{outbox: &memory{}, carrier: &carrier{clock: c, script: script}, clock: c}
	b.worker = b.another(b.carrier)
	return b
}

// another makes a worker on the same outbox and clock.
func (b *bench) another(s Sender) *Worker {
	return NewWorker(Options{
		Outbox: b.outbox, Sender: s, Clock: b.clock.read, Wait: b.clock.wait,
		Random:  func(n int64) int64 { return n - 1 },
		Settled: func(_ Outgoing, s Settlement) { b.settled = append(b.settled, s.State) },
	})
}

func (b *bench) run(t interface {
	Helper()
	Fatal(...any)
}) Stats {
	t.Helper()
	stats, err := b.worker.RunOnce(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

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

func TestTextsNobodySendsAreNotSlowedDown(t *testing.T) {
	b := newBench()
	b.worker = b.another(Console{})
	for range 100 {
		b.outbox.add(KindReminder, start)
	}
	if s := b.run(t); s.Cancelled != 100 || b.clock.now != start {
		t.Errorf("%+v, %d ms", s, b.clock.now-start)
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
		if _, ok, _ := b.outbox.Claim(t.Context(), start, start.Add(time.Minute)); !ok {
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
	// The second is the turn of a text that turned out not to be there.
	want := []time.Duration{15 * time.Second, 15 * time.Second, 10 * time.Second, time.Second, 15 * time.Second, 15 * time.Second}
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

func (w watched) Claim(ctx context.Context, now, until engine.Instant) (Outgoing, bool, error) {
	out, ok, err := w.Outbox.Claim(ctx, now, until)
	select {
	case w.looked <- struct{}{}:
	default:
	}
	return out, ok, err
}

// TestNoTextGoesTwiceUnnoticed runs two workers over rows with every fault,
// crashes among them, and counts what the carrier took.
func TestNoTextGoesTwiceUnnoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBench()
		for i := range rapid.IntRange(1, 12).Draw(t, "rows") {
			b.outbox.add(rapid.SampledFrom([]Kind{KindCoupon, KindReminder, KindVerify}).Draw(t, "kind"), start+engine.Instant(i))
		}
		took := map[string]int{}
		chaos := &chaos{t: t, took: took}
		workers := []*Worker{b.another(chaos), b.another(chaos)}
		for range 60 {
			i := rapid.IntRange(0, 1).Draw(t, "worker")
			if rapid.IntRange(0, 9).Draw(t, "crash") == 0 {
				crash(b, chaos, rapid.Bool().Draw(t, "after the call"))
				workers[i] = b.another(chaos)
			}
			if _, err := workers[i].RunOnce(context.Background()); err != nil {
				t.Fatal(err)
			}
			b.clock.now = b.clock.now.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "pause")) * time.Second)
		}
		chaos.calm = true
		for range 20 {
			b.clock.now = b.clock.now.Add(10 * time.Minute)
			if _, err := workers[0].RunOnce(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range b.outbox.rows {
			check(t, r, took[r.out.Body])
		}
	})
}

// check holds a row's end against how often the carrier took its text.
func check(t *rapid.T, r *row, took int) {
	most := map[Kind]int{KindCoupon: 2, KindReminder: 1, KindVerify: 1}[r.out.Kind]
	if took > most {
		t.Fatalf("a %s went %d times", r.out.Kind, took)
	}
	switch r.state {
	case StateAccepted:
		if took == 0 {
			t.Fatalf("a %s is accepted and never went", r.out.Kind)
		}
	case StateRefused:
		// The second try of a lost first text may be refused.
		if took > r.out.Lost {
			t.Fatalf("a %s is refused and went", r.out.Kind)
		}
	case StateUnknown:
		if r.out.Lost == 0 {
			t.Fatalf("a %s is unknown without a lost reply", r.out.Kind)
		}
	default:
		t.Fatalf("a %s ended as %s", r.out.Kind, r.state)
	}
}

// crash claims a row and dies before or after the call.
func crash(b *bench, c *chaos, afterCall bool) {
	out, ok, _ := b.outbox.Claim(context.Background(), b.clock.now, b.clock.now.Add(time.Minute))
	if ok && afterCall {
		_, _ = c.Send(context.Background(), out.Text)
	}
}

// chaos is a carrier with every fault. It counts what it took.
type chaos struct {
	t    *rapid.T
	took map[string]int
	calm bool
}

func (c *chaos) Name() string { return "chaos" }

func (c *chaos) Send(_ context.Context, x Text) (Receipt, error) {
	fault := 9
	if !c.calm {
		fault = rapid.IntRange(0, 9).Draw(c.t, "fault")
	}
	switch fault {
	case 0:
		return Receipt{}, &Throttled{}
	case 1:
		return Receipt{}, &NotSent{Reason: ReasonOffline, Cause: errLost}
	case 2:
		return Receipt{}, &Refused{Reason: ReasonRefused}
	case 3:
		return Receipt{}, errLost // before it was taken
	case 4:
		c.took[x.Body]++
		return Receipt{}, errLost // after
	}
	c.took[x.Body]++
	return Receipt{MessageID: "id"}, nil
}
