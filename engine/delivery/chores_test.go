package delivery

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestChores looks that the chores are asked about once a minute, and that one
// that fails stops no text and is told.
func TestChores(t *testing.T) {
	b := newBench()
	asked, fails := 0, error(nil)
	b.worker.opt.Chores = func(context.Context) error { asked++; return fails }
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{0, 1}, {time.Minute - time.Millisecond, 1}, {time.Millisecond, 2}} {
		b.clock.now = b.clock.now.Add(c.after)
		if b.run(t); asked != c.want {
			t.Errorf("asked %d times, want %d", asked, c.want)
		}
	}
	fails = errors.New("disk full")
	r := b.outbox.add(KindReminder, b.clock.now)
	b.clock.now = b.clock.now.Add(time.Minute)
	if _, err := b.worker.RunOnce(context.Background()); !errors.Is(err, fails) || r.state != StateAccepted {
		t.Errorf("told %v; the text is %s", err, r.state)
	}
}
