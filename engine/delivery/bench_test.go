package delivery

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bounceback/engine"
)

// row is a text in the outbox of the tests.
type row struct {
	out      Outgoing
	name     string // what the text says of it
	customer string // whose texts go as one; empty: it goes alone
	lead     *row   // it goes with
	state    State
	due      engine.Instant
	lease    engine.Instant
	last     Settlement
}

func (r *row) member() Member {
	return Member{ID: r.out.ID, Kind: r.out.Kind, Attempt: r.out.Attempt, Lost: r.out.Lost}
}

// memory is an outbox that keeps the rules of the interface in memory.
type memory struct {
	rows     []*row
	failNext error // the next Settle fails with it
	claims   []engine.Instant
	turn     hold // the time in which the rate allows no text
}

func (m *memory) add(kind Kind, due engine.Instant) *row { return m.addFor("", kind, due) }

func (m *memory) addFor(customer string, kind Kind, due engine.Instant) *row {
	n := len(m.rows)
	r := &row{
		out:  Outgoing{ID: engine.NewID(due, [10]byte{byte(n >> 8), byte(n)}), Kind: kind, Text: Text{To: maria}},
		name: fmt.Sprint(n), customer: customer, state: StateQueued, due: due,
	}
	m.rows = append(m.rows, r)
	return r
}

const maria = "+5511987654321"

func (m *memory) Claim(_ context.Context, now, until engine.Instant) (Claimed, error) {
	m.claims = append(m.claims, now)
	first := m.first(now)
	if first == nil {
		return Claimed{}, nil
	}
	if left := m.turn.left(now); left > 0 {
		return Claimed{Wait: left}, nil
	}
	m.turn = hold{from: now, until: now.Add(time.Second)}
	group := m.with(first, now)
	lead, says := group[0], []string(nil)
	for _, r := range group {
		r.state, r.lease, r.lead = StateSending, until, lead
		r.out.Attempt++
		says = append(says, r.name)
	}
	out := m.claimed(lead)
	out.Body = strings.Join(says, ",")
	return Claimed{Outgoing: out, OK: true}, nil
}

func (m *memory) first(now engine.Instant) *row {
	var first *row
	for _, r := range m.rows {
		if r.state == StateQueued && r.due <= now && (first == nil || r.due < first.due) {
			first = r
		}
	}
	return first
}

// with gives the rows that go as one text with the first, the lead first.
func (m *memory) with(first *row, now engine.Instant) []*row {
	if first.customer == "" {
		return []*row{first}
	}
	var due []*row
	var waiting []Waiting
	for _, r := range m.rows {
		if r.customer == first.customer && r.state == StateQueued && r.due <= now {
			due = append(due, r)
			waiting = append(waiting, Waiting{ID: r.out.ID, Kind: r.out.Kind, Coupon: r.out.ID, Planned: r.due})
		}
	}
	var group []*row
	for _, i := range Choose(waiting, now, now).Go {
		group = append(group, due[i])
	}
	return group
}

// claimed gives a lead with the rows that go with it.
func (m *memory) claimed(lead *row) Outgoing {
	out := lead.out
	for _, r := range m.rows {
		if r != lead && r.lead == lead && r.state == StateSending {
			out.With = append(out.With, r.member())
		}
	}
	return out
}

func (m *memory) Settle(_ context.Context, s Settlement) error {
	if err := m.failNext; err != nil {
		m.failNext = nil
		return err
	}
	m.settle(s)
	for _, with := range s.With {
		m.settle(with)
	}
	return nil
}

func (m *memory) settle(s Settlement) {
	for _, r := range m.rows {
		if r.out.ID != s.ID || r.out.Attempt != s.Attempt {
			continue
		}
		sure := s.State == StateAccepted || s.State == StateRefused
		if r.state == StateSending || r.state == StateUnknown || r.state == StateQueued && sure {
			r.state, r.due, r.out.Lost, r.last = s.State, s.Due, s.Lost, s
		}
	}
}

func (m *memory) Recover(_ context.Context, now engine.Instant) ([]Outgoing, error) {
	var found []Outgoing
	for _, r := range m.rows {
		if r.state == StateSending && r.lead == r && r.lease <= now {
			found = append(found, m.claimed(r))
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
	health func(context.Context) (engine.SenderHealth, error)
	list   func(context.Context) ([]string, error)
}

func (c *carrier) Name() string { return "script" }

func (c *carrier) Health(ctx context.Context) (engine.SenderHealth, error) { return c.health(ctx) }

func (c *carrier) OptedOut(ctx context.Context) ([]string, error) { return c.list(ctx) }

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
