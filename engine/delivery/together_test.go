package delivery

import (
	"slices"
	"testing"
	"time"

	"bounceback/engine"
)

// TestRowsThatGoTogether holds what becomes of a first text and of two reminders
// that went as one text with it, one of which was lost before.
func TestRowsThatGoTogether(t *testing.T) {
	again, over := start.Add(lostPause), start.Add(backoffFirst)
	type fate struct {
		state State
		due   engine.Instant
		lost  int
	}
	for _, c := range []struct {
		name string
		err  error
		want [4]fate // a first text, a first text that was lost, a reminder, a code
	}{
		{"accepted", nil, [4]fate{{StateAccepted, 0, 0}, {StateAccepted, 0, 1}, {StateAccepted, 0, 0}, {StateAccepted, 0, 0}}},
		{"refused", &Refused{Reason: ReasonOptedOut}, [4]fate{{StateRefused, 0, 0}, {StateRefused, 0, 1}, {StateRefused, 0, 0}, {StateRefused, 0, 0}}},
		{"no sender", ErrNoSender, [4]fate{{StateCancelled, 0, 0}, {StateCancelled, 0, 1}, {StateCancelled, 0, 0}, {StateCancelled, 0, 0}}},
		{"throttled", &Throttled{}, [4]fate{{StateQueued, over, 0}, {StateQueued, over, 1}, {StateQueued, over, 0}, {StateQueued, over, 0}}},
		{"offline", &NotSent{Reason: ReasonOffline, Cause: errLost}, [4]fate{{StateQueued, over, 0}, {StateQueued, over, 1}, {StateQueued, over, 0}, {StateQueued, over, 0}}},
		{"lost", errLost, [4]fate{{StateQueued, again, 1}, {StateUnknown, 0, 2}, {StateUnknown, 0, 1}, {StateUnknown, 0, 1}}},
	} {
		b := newBench(c.err)
		rows := b.outbox.together()
		stats := b.run(t)
		for i, r := range rows {
			if got := (fate{r.state, r.due, r.out.Lost}); got != c.want[i] {
				t.Errorf("%s: row %d is %+v, want %+v", c.name, i, got, c.want[i])
			}
			if r.last.Sender != "script" || r.last.Reason != rows[0].last.Reason || r.last.MessageID != rows[0].last.MessageID {
				t.Errorf("%s: row %d: %+v", c.name, i, r.last)
			}
		}
		one := Stats{Held: stats.Held, Why: stats.Why}
		one.count(c.want[0].state)
		if stats != one || len(b.carrier.calls) != 1 || len(b.settled) != 1 {
			t.Errorf("%s: %+v after %d calls, told of %v", c.name, stats, len(b.carrier.calls), b.settled)
		}
	}
}

// together adds four rows of one customer: a first text, a first text that was
// lost, a reminder and a code.
func (m *memory) together() []*row {
	rows := []*row{
		m.addFor("ana", KindCoupon, start-4), m.addFor("ana", KindCoupon, start-3),
		m.addFor("ana", KindReminder, start-2), m.addFor("ana", KindVerify, start-1),
	}
	rows[1].out.Lost = 1
	return rows
}

// TestACrashWithRowsThatGoTogether kills a worker that had claimed them.
func TestACrashWithRowsThatGoTogether(t *testing.T) {
	b := newBench()
	rows := b.outbox.together()
	if c, err := b.outbox.Claim(t.Context(), start, start.Add(time.Minute)); err != nil || len(c.With) != 3 {
		t.Fatalf("%+v, %v", c, err)
	}
	b.clock.now = start.Add(time.Minute)
	if s := b.run(t); s.Recovered != 1 || s.Requeued != 1 || s.Unknown != 0 || len(b.carrier.calls) != 0 {
		t.Errorf("%+v after %d calls", s, len(b.carrier.calls))
	}
	for i, want := range []State{StateQueued, StateUnknown, StateUnknown, StateUnknown} {
		if r := rows[i]; r.state != want || r.last.Reason != ReasonNoReply || r.last.Sender != "" {
			t.Errorf("row %d is %s, %+v", i, r.state, r.last)
		}
	}
	b.clock.now = rows[0].due
	if b.run(t); !slices.Equal(b.carrier.bodies, []string{"0"}) {
		t.Errorf("sent %v", b.carrier.bodies)
	}
}
