package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// carrier makes the worker that settles the texts of the past. Nothing leaves
// the machine: its sender only says what a carrier might have said. Waiting for
// the next text's turn moves the clock.
func (b *builder) carrier() *delivery.Worker {
	return delivery.NewWorker(delivery.Options{
		Outbox: b.shop, Sender: &pretended{b: b}, Clock: b.clock.Now,
		Random: func(int64) int64 { return 0 },
		Wait: func(ctx context.Context, d time.Duration, _ <-chan struct{}) error {
			b.clock.Set(b.clock.Now().Add(d))
			return ctx.Err()
		},
	})
}

// pretended is a carrier that takes every text but a few.
type pretended struct {
	b    *builder
	sent int
	lost string // the number of whose texts no answer comes at the moment
}

// Name is "demo".
func (*pretended) Name() string { return "demo" }

// errLost is an answer that did not come.
var errLost = errors.New("the connection ended before the answer")

// Send accepts a text, refuses one in a hundred and now and then gives no
// answer, also not to the second try.
func (s *pretended) Send(_ context.Context, text delivery.Text) (delivery.Receipt, error) {
	if text.To == s.lost {
		s.lost = ""
		return delivery.Receipt{}, errLost
	}
	s.sent++
	switch {
	case s.sent%lostEvery == 0:
		s.lost = text.To
		return delivery.Receipt{}, errLost
	case s.b.chance(9):
		return delivery.Receipt{}, &delivery.Refused{Reason: delivery.ReasonInvalidNumber, Detail: "InvalidParameter"}
	}
	return delivery.Receipt{MessageID: fmt.Sprintf("demo-%06d", s.sent)}, nil
}

// OptedOut gives none.
func (*pretended) OptedOut(context.Context) ([]string, error) { return nil, nil }

// Health tells that texts can be handed over.
func (s *pretended) Health(context.Context) (engine.SenderHealth, error) {
	return engine.SenderHealth{Sender: s.Name(), Ready: true}, nil
}

// lostEvery is after how many texts one is lost: a few in a year.
const lostEvery = 611
