package delivery

import (
	"context"
	"strings"
	"testing"
	"time"

	"bounceback/engine"

	"pgregory.net/rapid"
)

// TestNoTextGoesTwiceUnnoticed runs two workers over rows with every fault,
// crashes among them, and counts what the carrier took. Some rows go together.
func TestNoTextGoesTwiceUnnoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBench()
		for i := range rapid.IntRange(1, 12).Draw(t, "rows") {
			customer := rapid.SampledFrom([]string{"", "ana", "rui"}).Draw(t, "customer")
			b.outbox.addFor(customer, rapid.SampledFrom([]Kind{KindCoupon, KindReminder, KindVerify}).Draw(t, "kind"), start+engine.Instant(i))
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
			check(t, r, took[r.name])
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
func crash(b *bench, s Sender, afterCall bool) {
	c, _ := b.outbox.Claim(context.Background(), b.clock.now, b.clock.now.Add(time.Minute))
	if c.OK && afterCall {
		_, _ = s.Send(context.Background(), c.Text)
	}
}

// chaos is a carrier with every fault. It counts what it took.
type chaos struct {
	Console
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
		c.takes(x)
		return Receipt{}, errLost // after
	}
	c.takes(x)
	return Receipt{MessageID: "id"}, nil
}

func (c *chaos) takes(x Text) {
	for _, name := range strings.Split(x.Body, ",") {
		c.took[name]++
	}
}
