package delivery

import (
	"context"
	"fmt"
	"time"

	"bounceback/engine"
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
},
) Stats {
	t.Helper()
	stats, err := b.worker.RunOnce(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return stats
}
