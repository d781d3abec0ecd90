package demo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// What texts cost in the demo, and how fast they go.
const (
	partPrice  = "140000"    // R$ 0,14 a part, in millionths
	monthLimit = "300000000" // R$ 300 a month
	perSecond  = 20
	paidAPart  = engine.Micros(25_900) // US dollars, as the carrier's log has it
)

// carrier makes the worker that settles the texts of the past. Nothing leaves
// the machine: its sender only says what a carrier might have said.
func (b *builder) carrier() *delivery.Worker {
	b.sms = &pretended{b: b, random: rand.New(rand.NewPCG(seed, 1))}
	return delivery.NewWorker(delivery.Options{
		Outbox: b.shop, Sender: b.sms, Clock: b.clock.Now,
		Random: func(int64) int64 { return 0 },
		Wait: func(ctx context.Context, d time.Duration, _ <-chan struct{}) error {
			b.clock.Set(b.clock.Now().Add(d))
			return ctx.Err()
		},
	})
}

// carry sends what is due by now.
func (b *builder) carry() error {
	_, err := b.worker.RunOnce(b.ctx)
	return err
}

// pretended is a carrier that takes every text but a few.
type pretended struct {
	b      *builder
	random *rand.Rand // its own: what a shop sells does not hang on its texts
	sent   int
	lost   string                  // the number of whose texts no answer comes at the moment
	taken  []engine.DeliveryReport // of texts accepted since the last reports
}

// chance is true in n of a thousand cases.
func (s *pretended) chance(n int) bool { return s.random.IntN(1000) < n }

// Name is "demo".
func (*pretended) Name() string { return "demo" }

// OptedOut lists nobody: the demo says itself who did.
func (*pretended) OptedOut(context.Context) ([]string, error) { return nil, nil }

// Health is that of an account in order.
func (s *pretended) Health(context.Context) (engine.SenderHealth, error) {
	return engine.SenderHealth{Sender: s.Name(), Ready: true, Region: "sa-east-1", Sandbox: "no", Limit: 100_000_000}, nil
}

// errLost is an answer that did not come.
var errLost = errors.New("the connection ended before the answer")

// Send accepts a text, refuses one in a hundred and now and then gives no
// answer, also not to the second try. Each takes its share of a second.
func (s *pretended) Send(_ context.Context, text delivery.Text) (delivery.Receipt, error) {
	s.b.clock.Set(s.b.clock.Now() + 1000/perSecond)
	if text.To == s.lost {
		s.lost = ""
		return delivery.Receipt{}, errLost
	}
	s.sent++
	switch {
	case s.sent%lostEvery == 0:
		s.lost = text.To
		return delivery.Receipt{}, errLost
	case s.chance(12):
		return delivery.Receipt{}, &delivery.Refused{Reason: delivery.ReasonInvalidNumber, Detail: "InvalidParameter"}
	}
	id := fmt.Sprintf("demo-%06d", s.sent)
	s.taken = append(s.taken, s.report(id, delivery.Count(text.Body).Parts))
	return delivery.Receipt{MessageID: id}, nil
}

// lostEvery is after how many texts one is lost: a few in a year.
const lostEvery = 401

// report is what the carrier's log will say of a text that it took.
func (s *pretended) report(id string, parts int) engine.DeliveryReport {
	r := engine.DeliveryReport{
		MessageID: id, Delivered: true, Response: "Message has been accepted by phone", Parts: parts, Price: engine.Micros(parts) * paidAPart,
		At: s.b.clock.Now() + minute,
	}
	if s.chance(35) {
		r.Delivered, r.Response = false, "Phone is currently unreachable/unavailable"
	}
	return r
}

// startTexts lets the shop text what it issues from now on, and startReminders
// the reminders too: a year of all of them would take long to make.
func (b *builder) startTexts() error { return b.unset(engine.SetTexts) }

func (b *builder) startReminders() error { return b.unset(engine.SetTextDays, engine.SetTextBefore) }

// unset lets settings be what they usually are.
func (b *builder) unset(names ...engine.Setting) error {
	set := maps.Clone(b.store.Settings)
	for _, name := range names {
		delete(set, name)
	}
	b.store.Settings = set
	_, err := b.shop.SaveStore(b.ctx, b.owner, b.store)
	return err
}

// readReports takes over the carrier's log, as a shop does now and then.
func (b *builder) readReports() error {
	reports := b.sms.taken
	b.sms.taken = nil
	_, err := b.shop.SyncDeliveries(b.ctx, b.owner, reports)
	return err
}

// hearCarrier records what a worker would have learnt of the account: that it
// is in order, and who told the carrier to stop.
func (b *builder) hearCarrier() error {
	now := b.clock.Now()
	var numbers []string
	for _, p := range b.people {
		if p.ref.Consent == engine.ConsentYes && !p.optOut && len(numbers) < 3 {
			numbers = append(numbers, p.ref.Phone)
		}
	}
	if err := b.shop.SaveOptedOut(b.ctx, numbers, now); err != nil {
		return err
	}
	h, err := b.sms.Health(b.ctx)
	if err != nil {
		return err
	}
	h.At, h.OptedOut, h.Synced = now, len(numbers), now
	return b.shop.SaveHealth(b.ctx, h)
}
