package delivery_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

// tally counts what a rehearsal over the wire came to.
type tally struct {
	rows, accepted, unknown   int
	remindersTwice            int // reminders that the carrier took more than once
	firstTwice, firstMore     int // first texts that it took twice, and more often
	untrue                    int // rows whose state does not tell the truth
	requests, texts, restarts int
}

// rehearse sends rows through a stand-in for SNS with a tenth of each fault, by
// two workers in turn that are killed now and then, until nothing is left to
// send. Every third row goes with the one before.
func rehearse(t *testing.T, rows int, sender func() *delivery.SNS) tally {
	dice := rand.New(rand.NewPCG(7, 11))
	source := rand.NewChaCha8([32]byte{42})
	var turn atomic.Pointer[context.CancelFunc] // ends a worker's turn after the text under way
	server := serveSNS(t, func(c *devsns.Config) {
		c.Seen = func(devsns.Message, devsns.Fault) { (*turn.Load())() }
		c.Random = func(b []byte) { _, _ = source.Read(b) }
		c.Chance = map[devsns.Fault]int{devsns.LostReply: 100, devsns.LostRequest: 100, devsns.Throttle: 100, devsns.Internal: 100}
	})
	r := delivery.NewRehearsal()
	for i := range rows {
		kinds := []delivery.Kind{delivery.KindCoupon, delivery.KindReminder, delivery.KindReminder}
		r.Add(fmt.Sprint(i-i%3/2), kinds[dice.IntN(len(kinds))])
	}
	workers := []*delivery.Worker{r.Worker(sender()), r.Worker(sender())}
	var sum tally
	for round := 0; open(r) && round < 50*rows; round++ {
		i := dice.IntN(2)
		ctx, cancel := context.WithCancel(t.Context())
		turn.Store(&cancel)
		if dice.IntN(10) == 0 {
			r.Kill(sender(), dice.IntN(2) == 0)
			workers[i] = r.Worker(sender())
			sum.restarts++
		}
		if _, err := workers[i].RunOnce(ctx); err != nil {
			t.Fatal(err)
		}
		r.Pass(time.Duration(1+dice.IntN(40)) * time.Second)
	}
	if open(r) {
		t.Fatal("there is still something to send")
	}
	sum.count(r.Ends(), server)
	return sum
}

// open tells whether a row has not ended yet.
func open(r delivery.Rehearsal) bool {
	for _, end := range r.Ends() {
		if end.State == delivery.StateQueued || end.State == delivery.StateSending {
			return true
		}
	}
	return false
}

func (s *tally) count(ends []delivery.End, server *devsns.Server) {
	took := map[string]int{}
	for _, m := range server.Accepted() {
		for _, name := range strings.Split(m.Body, ",") {
			took[name]++
		}
	}
	s.rows, s.requests, s.texts = len(ends), server.Publishes(), len(server.Accepted())
	for _, end := range ends {
		n := took[end.Name]
		switch {
		case end.Kind == delivery.KindReminder && n > 1:
			s.remindersTwice++
		case end.Kind == delivery.KindCoupon && n == 2:
			s.firstTwice++
		case end.Kind == delivery.KindCoupon && n > 2:
			s.firstMore++
		}
		switch end.State {
		case delivery.StateAccepted:
			s.accepted++
			s.untrue += one(n == 0 || n > 1+end.Lost)
		case delivery.StateUnknown:
			s.unknown++
			s.untrue += one(end.Lost == 0 || n > end.Lost)
		default:
			s.untrue++
		}
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// TestChaosAtTheWire: with every fault at the wire, no reminder goes twice and
// no first text more than twice.
func TestChaosAtTheWire(t *testing.T) {
	sum := rehearse(t, 300, func() *delivery.SNS { return new(delivery.SNS) })
	t.Logf("%+v", sum)
	if sum.remindersTwice != 0 || sum.firstMore != 0 || sum.untrue != 0 {
		t.Errorf("%+v", sum)
	}
	if sum.accepted == 0 || sum.unknown == 0 || sum.firstTwice == 0 || sum.restarts == 0 || sum.requests <= sum.texts {
		t.Errorf("the faults did not come: %+v", sum)
	}
}

// TestChaosWithTheSDKsOwnRetry is the control: the same faults, and texts go
// twice that nobody may send twice.
func TestChaosWithTheSDKsOwnRetry(t *testing.T) {
	sum := rehearse(t, 300, func() *delivery.SNS {
		client := new(delivery.SNS)
		if err := client.RetryAsTheSDK(t.Context()); err != nil {
			t.Fatal(err)
		}
		return client
	})
	t.Logf("%+v", sum)
	if sum.remindersTwice == 0 || sum.untrue == 0 {
		t.Errorf("no text went twice, so the test above proves nothing: %+v", sum)
	}
}
