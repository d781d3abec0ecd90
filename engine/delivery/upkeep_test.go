package delivery

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
)

// keeper is what the outbox keeps of the carrier's account.
type keeper struct {
	asked    int
	saved    engine.SenderHealth
	savedErr error
	due      bool
	dueErr   error
	saveErr  error
	listErr  error
	healths  []engine.SenderHealth
	lists    [][]string
	whenSave func()
}

func (k *keeper) SenderHealth(context.Context) (engine.SenderHealth, error) {
	return k.saved, k.savedErr
}

func (k *keeper) UpkeepDue(context.Context, engine.Instant, string) (bool, error) {
	k.asked++
	return k.due, k.dueErr
}

func (k *keeper) SaveHealth(_ context.Context, h engine.SenderHealth) error {
	if k.saveErr != nil {
		return k.saveErr
	}
	k.due, k.healths = false, append(k.healths, h)
	if k.whenSave != nil {
		k.whenSave()
	}
	return nil
}

func (k *keeper) SaveOptedOut(_ context.Context, numbers []string, _ engine.Instant) error {
	if k.listErr != nil {
		return k.listErr
	}
	k.lists = append(k.lists, numbers)
	return nil
}

// newKept makes a bench whose outbox wants to know of the carrier's account,
// which is in order.
func newKept() (*bench, *keeper) {
	b, k := newBench(), &keeper{due: true}
	b.carrier.health = func(context.Context) (engine.SenderHealth, error) {
		return engine.SenderHealth{Sender: "script", Ready: true, Region: "sa-east-1", Sandbox: "no", Limit: 50_000_000}, nil
	}
	b.carrier.list = func(context.Context) ([]string, error) { return []string{maria, "+15555550100"}, nil }
	b.worker.opt.Upkeep = k
	return b, k
}

func TestUpkeep(t *testing.T) {
	b, k := newKept()
	r := b.outbox.add(KindReminder, start)
	b.run(t)
	want := engine.SenderHealth{
		At: start, Sender: "script", Ready: true, Region: "sa-east-1", Sandbox: "no", Limit: 50_000_000, OptedOut: 2, Synced: start,
	}
	if !slices.Equal(k.healths, []engine.SenderHealth{want}) || len(k.lists) != 1 || !slices.Equal(k.lists[0], []string{maria, "+15555550100"}) {
		t.Errorf("%+v, %v", k.healths, k.lists)
	}
	if r.state != StateAccepted {
		t.Errorf("the text is %s", r.state)
	}
	b.clock.now = b.clock.now.Add(upkeepPause)
	if b.run(t); len(k.healths) != 1 || k.asked != 2 {
		t.Errorf("looked %d times, asked %d times", len(k.healths), k.asked)
	}
}

// TestUpkeepFailures holds what is recorded of an account that cannot be looked
// at. Texts go all the same.
func TestUpkeepFailures(t *testing.T) {
	denied := &Refused{Reason: ReasonNotAuthorised, Detail: "AuthorizationError: not allowed"}
	for _, c := range []struct {
		name    string
		health  engine.SenderHealth
		err     error
		listErr error
		problem Reason
		details []string
		asked   bool // for the list
	}{
		{"not set up", engine.SenderHealth{Problem: "no_sender"}, nil, nil, ReasonNoSender, nil, false},
		{"no sender", engine.SenderHealth{}, ErrNoSender, nil, ReasonNoSender, nil, false},
		{"offline", engine.SenderHealth{}, &NotSent{Reason: ReasonOffline, Cause: errLost}, nil, ReasonOffline, []string{errLost.Error()}, false},
		{"no answer", engine.SenderHealth{Ready: true}, errLost, nil, ReasonNoAnswer, []string{errLost.Error()}, true},
		{"told already", engine.SenderHealth{Ready: true, Problem: "sandbox", Detail: "x"}, errLost, nil, ReasonSandbox, []string{"x"}, true},
		{"list denied", engine.SenderHealth{Ready: true}, nil, denied, ReasonNotAuthorised, []string{denied.Detail}, true},
		{"list throttled", engine.SenderHealth{Ready: true}, nil, &Throttled{Detail: "Rate"}, ReasonThrottled, []string{"Rate"}, true},
		{"both", engine.SenderHealth{Ready: true}, errLost, denied, ReasonNoAnswer, []string{errLost.Error(), denied.Detail}, true},
	} {
		b, k := newKept()
		asked := false
		b.carrier.health = func(context.Context) (engine.SenderHealth, error) { return c.health, c.err }
		b.carrier.list = func(context.Context) ([]string, error) {
			asked = true
			return nil, c.listErr
		}
		r := b.outbox.add(KindReminder, start)
		b.run(t)
		if len(k.healths) != 1 || r.state != StateAccepted {
			t.Fatalf("%s: %+v, the text is %s", c.name, k.healths, r.state)
		}
		h := k.healths[0]
		if h.Problem != string(c.problem) || h.Sender != "script" || h.At != start || h.Detail != strings.Join(c.details, "; ") {
			t.Errorf("%s: %+v, want the detail %q", c.name, h, c.details)
		}
		whole := asked && c.listErr == nil
		if asked != c.asked || (len(k.lists) == 1) != whole || (h.Synced != 0) != whole {
			t.Errorf("%s: asked for the list %v, recorded %v, synced %d", c.name, asked, k.lists, h.Synced)
		}
	}
}

// TestTextsDoNotWaitForUpkeep has the carrier answer nothing about the account
// until the text has gone.
func TestTextsDoNotWaitForUpkeep(t *testing.T) {
	b, k := newKept()
	b.outbox.add(KindReminder, start)
	gone := make(chan struct{})
	b.carrier.during = func(context.Context) { close(gone) }
	ready := b.carrier.health
	b.carrier.health = func(ctx context.Context) (engine.SenderHealth, error) {
		<-gone
		return ready(ctx)
	}
	if s := b.run(t); s.Accepted != 1 || len(k.healths) != 1 {
		t.Errorf("%+v, %v", s, k.healths)
	}
}

func TestUpkeepIsBounded(t *testing.T) {
	b, _ := newKept()
	bounded := 0
	count := func(ctx context.Context) {
		if _, is := ctx.Deadline(); is {
			bounded++
		}
	}
	b.carrier.health = func(ctx context.Context) (engine.SenderHealth, error) {
		count(ctx)
		return engine.SenderHealth{Ready: true}, nil
	}
	b.carrier.list = func(ctx context.Context) ([]string, error) {
		count(ctx)
		return nil, nil
	}
	if b.run(t); bounded != 2 {
		t.Errorf("%d of 2 calls are bounded", bounded)
	}
}

// TestQuittingEndsUpkeep ends the context while the carrier is asked.
func TestQuittingEndsUpkeep(t *testing.T) {
	for name, run := range map[string]func(*Worker, context.Context){
		"Run": func(w *Worker, ctx context.Context) { w.Run(ctx, func(err error) { t.Error(err) }) },
		"RunOnce": func(w *Worker, ctx context.Context) {
			if _, err := w.RunOnce(ctx); err != nil {
				t.Error(err)
			}
		},
	} {
		b, k := newKept()
		ctx, cancel := context.WithCancel(t.Context())
		over := make(chan struct{})
		b.carrier.health = func(ctx context.Context) (engine.SenderHealth, error) {
			cancel()
			<-ctx.Done()
			close(over)
			return engine.SenderHealth{}, ctx.Err()
		}
		run(b.worker, ctx)
		if <-over; len(k.healths) != 0 {
			t.Errorf("%s: recorded %+v", name, k.healths)
		}
	}
}

// TestRunRecordsUpkeep has an idle worker find out.
func TestRunRecordsUpkeep(t *testing.T) {
	b, k := newKept()
	ctx, cancel := context.WithCancel(t.Context())
	k.whenSave = cancel
	b.worker.opt.Wait = func(ctx context.Context, _ time.Duration, wake <-chan struct{}) error {
		select {
		case <-wake:
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	b.worker.Run(ctx, func(err error) { t.Error(err) })
	if len(k.healths) != 1 || len(k.lists) != 1 {
		t.Errorf("%v, %v", k.healths, k.lists)
	}
}

// TestFaultsOfUpkeepStopNoText has the outbox fail at each step. It is told, and
// a look is due again a minute later.
func TestFaultsOfUpkeepStopNoText(t *testing.T) {
	full := errors.New("disk full")
	for name, set := range map[string]func(*keeper, error){
		"asking": func(k *keeper, err error) { k.dueErr = err },
		"health": func(k *keeper, err error) { k.saveErr = err },
		"list":   func(k *keeper, err error) { k.listErr = err },
	} {
		b, k := newKept()
		set(k, full)
		r := b.outbox.add(KindReminder, start)
		if _, err := b.worker.RunOnce(t.Context()); !errors.Is(err, full) || r.state != StateAccepted || len(k.healths) != 0 {
			t.Errorf("%s: %v, the text is %s, %v", name, err, r.state, k.healths)
		}
		set(k, nil)
		if b.run(t); len(k.healths) != 0 {
			t.Errorf("%s: looked again at once", name)
		}
		b.clock.now = b.clock.now.Add(upkeepPause)
		if b.run(t); len(k.healths) != 1 {
			t.Errorf("%s: not looked again", name)
		}
	}
}

// TestUpkeepAfterTheClockWasPutBack: a minute's pause is not an hour's.
func TestUpkeepAfterTheClockWasPutBack(t *testing.T) {
	b, k := newKept()
	b.run(t)
	b.clock.now = b.clock.now.Add(-time.Hour)
	if b.run(t); k.asked != 2 {
		t.Errorf("asked %d times", k.asked)
	}
}

// TestAnotherSenderIsLookedAt: the one that was set up meanwhile is not left for
// a day.
func TestAnotherSenderIsLookedAt(t *testing.T) {
	b, k := newKept()
	b.worker.opt.Sender = Console{}
	b.run(t)
	b.worker.opt.Sender = b.carrier
	b.run(t)
	if len(k.healths) != 2 || k.healths[0].Problem != string(ReasonNoSender) || k.healths[1].Sender != "script" || len(k.lists) != 1 {
		t.Errorf("%+v, lists %v", k.healths, k.lists)
	}
}

// TestNoTextIsTakenFromARealSender: a process without one leaves what is due to
// those that have it, until it has one too.
func TestNoTextIsTakenFromARealSender(t *testing.T) {
	b, k := newKept()
	b.worker.opt.Sender = Console{}
	k.due, k.saved = false, engine.SenderHealth{At: start, Sender: "script", Ready: true}
	r := b.outbox.add(KindReminder, start)
	if s := b.run(t); !s.Held || s.Why != ReasonNoSender || r.state != StateQueued || r.out.Attempt != 0 {
		t.Errorf("%+v, the text is %s", s, r.state)
	}
	k.savedErr = errLost
	if _, err := b.worker.RunOnce(t.Context()); !errors.Is(err, errLost) || r.state != StateQueued {
		t.Errorf("%v, the text is %s", err, r.state)
	}
	b.worker.opt.Sender, k.savedErr = b.carrier, nil
	if s := b.run(t); s.Held || s.Why != "" || r.state != StateAccepted {
		t.Errorf("%+v, the text is %s", s, r.state)
	}
}

// TestWithoutAnySenderTextsAreCancelled: the last look found none either.
func TestWithoutAnySenderTextsAreCancelled(t *testing.T) {
	b, k := newKept()
	b.worker.opt.Sender = Console{}
	k.saved = engine.SenderHealth{At: start, Sender: engine.NoSender, Problem: string(ReasonNoSender)}
	r := b.outbox.add(KindReminder, start)
	if s := b.run(t); s.Held || r.state != StateCancelled || r.last.Reason != ReasonNoSender {
		t.Errorf("%+v, the text is %s", s, r.state)
	}
}

// TestDeniedCredentialsCostOneText at a time: the others wait, longer and longer
// up to an hour, and go once the credentials may send.
func TestDeniedCredentialsCostOneText(t *testing.T) {
	b, k := newKept()
	k.due = false
	denied := &Refused{Reason: ReasonNotAuthorised, Detail: "AuthorizationError: x"}
	b.carrier.script = []error{denied, denied, &NotSent{Reason: ReasonOffline, Cause: errLost}, denied, denied, denied, denied}
	for range 10 {
		b.outbox.add(KindReminder, start)
	}
	var waits []time.Duration
	for len(b.carrier.script) > 0 {
		s := b.run(t)
		left := b.worker.hold.left(b.clock.now)
		waits = append(waits, left)
		if want := b.worker.why; !s.Held || s.Why != want || len(b.carrier.calls) != len(waits) {
			t.Fatalf("%+v after %d calls, want held for %s", s, len(b.carrier.calls), want)
		}
		if h := k.healths[len(k.healths)-1]; h.Ready || h.Problem != string(ReasonNotAuthorised) || h.Detail != denied.Detail || h.Limit == 0 {
			t.Errorf("recorded %+v", h)
		}
		if b.run(t); len(b.carrier.calls) != len(waits) {
			t.Fatalf("%d calls after %d waits", len(b.carrier.calls), len(waits))
		}
		b.clock.now = b.clock.now.Add(left)
	}
	want := []time.Duration{5 * time.Minute, 10 * time.Minute, backoffFirst, 20 * time.Minute, 40 * time.Minute, time.Hour, time.Hour}
	if !slices.Equal(waits, want) {
		t.Errorf("waited %v, want %v", waits, want)
	}
	if s := b.run(t); s.Accepted != 4 || s.Held || !k.healths[len(k.healths)-1].Ready {
		t.Errorf("%+v, %+v", s, k.healths[len(k.healths)-1])
	}
}

// TestOthersHeedADenial that is recorded: each process that tried would lose one
// more text.
func TestOthersHeedADenial(t *testing.T) {
	b, k := newKept()
	k.due, k.saved = false, engine.SenderHealth{At: start, Sender: "script", Problem: string(ReasonNotAuthorised)}
	b.outbox.add(KindReminder, start)
	b.clock.now = start.Add(deniedFirst - time.Millisecond)
	if s := b.run(t); s.Why != ReasonNotAuthorised || len(b.carrier.calls) != 0 {
		t.Errorf("%+v after %d calls", s, len(b.carrier.calls))
	}
	b.clock.now = start.Add(deniedFirst)
	if s := b.run(t); s.Accepted != 1 {
		t.Errorf("%+v", s)
	}
}

// TestRunTellsWhyItHolds, at each change only.
func TestRunTellsWhyItHolds(t *testing.T) {
	b := newBench(&NotSent{Reason: ReasonOffline, Cause: errLost}, &Throttled{RetryAfter: 40 * time.Second})
	ctx, cancel := context.WithCancel(t.Context())
	b.clock.stop, b.clock.limit = cancel, 8
	var told []Reason
	b.worker.opt.Holds = func(r Reason) { told = append(told, r) }
	b.outbox.add(KindReminder, start)
	b.worker.Run(ctx, nil)
	if want := []Reason{ReasonOffline, ReasonThrottled, ""}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}
