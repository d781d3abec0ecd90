package store

import (
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// TestWhatNeverWentWasNeverSent: only what a carrier had in its hands has a time
// at which it was sent, and a sender.
func TestWhatNeverWentWasNeverSent(t *testing.T) {
	for _, c := range []struct {
		name   string
		state  delivery.State
		reason delivery.Reason
		lost   int
		sent   bool
	}{
		{"accepted", delivery.StateAccepted, "", 0, true},
		{"refused", delivery.StateRefused, delivery.ReasonSandbox, 0, true},
		{"lost", delivery.StateUnknown, delivery.ReasonNoReply, 1, true},
		{"lost, to go once more", delivery.StateQueued, delivery.ReasonNoReply, 1, true},
		{"throttled", delivery.StateQueued, delivery.ReasonThrottled, 0, false},
		{"offline", delivery.StateQueued, delivery.ReasonOffline, 0, false},
		{"no sender", delivery.StateCancelled, delivery.ReasonNoSender, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, "")
			s.setting(engine.SetTextPrice, "250000")
			first := s.sell(s.owner, maria, "Maria Souza")
			second := s.sell(s.owner, maria, "Maria Souza") // goes with it
			out := s.claim()
			s.ok(s.Settle(bgc, withAll(delivery.Settlement{
				ID: out.ID, Attempt: out.Attempt, State: c.state, Reason: c.reason, Lost: c.lost, At: s.clock(), Sender: "sns",
			}, out)))
			for _, id := range []engine.ID{first.Message.ID, second.Message.ID} {
				m, err := s.Message(bgc, s.owner, id)
				s.ok(err)
				if (m.Sent != 0) != c.sent || (m.Sender != "") != c.sent || m.Attempts != 1 {
					t.Errorf("sent %d by %q after %d attempts", m.Sent, m.Sender, m.Attempts)
				}
			}
			s.sound()
		})
	}
}

// TestAMissedSecondTryKeepsTheFirst: the first may have arrived, and costs.
func TestAMissedSecondTryKeepsTheFirst(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetTextPrice, "250000")
	sold := s.sell(s.owner, maria, "Maria Souza")
	s.ok(s.Settle(bgc, lost(s.claim())))
	s.wait(3600 * 1000)
	out := s.claim()
	s.ok(s.Settle(bgc, delivery.Settlement{
		ID: out.ID, Attempt: out.Attempt, State: delivery.StateQueued, Reason: delivery.ReasonOffline, Lost: out.Lost, Due: s.clock(), At: s.clock(), Sender: "sns",
	}))
	m, err := s.Message(bgc, s.owner, sold.Message.ID)
	s.ok(err)
	desk, err := s.Desk(bgc, s.owner)
	s.ok(err)
	if m.Sent == 0 || m.Cost != 250_000 || desk.Texts.Spent != 250_000 {
		t.Errorf("%+v, spent %d", m, desk.Texts.Spent)
	}
	s.sound()
}

// TestTextsLeftOnTheirWay by a process that died are counted.
func TestTextsLeftOnTheirWay(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria Souza")
	s.claim()
	desk, err := s.Desk(bgc, s.owner)
	s.ok(err)
	if desk.Texts.Sending != 1 || desk.Texts.Due != 0 {
		t.Errorf("%+v", desk.Texts)
	}
}
