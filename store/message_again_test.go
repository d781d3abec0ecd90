package store

import (
	"errors"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// resend sends a text once more and hands it over.
func (s *shop) resend(id engine.ID, provider string) engine.Message {
	s.t.Helper()
	m, err := s.ResendMessage(bgc, s.owner, id)
	s.ok(err)
	s.sends(provider)
	return m
}

// TestResendOnce: a text that was sent once more says so, needs nothing any
// more, and names the newest instead of going again.
func TestResendOnce(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	id := s.sell(s.owner, maria, "Maria").Message.ID
	s.sends("m-1")
	_, err := s.SyncDeliveries(bgc, s.owner, []engine.DeliveryReport{{MessageID: "m-1", Response: "unreachable", At: s.clock()}})
	s.ok(err)
	failed := func() int { return len(s.lists(s.owner, engine.Filter{State: "failed"})) }
	if failed() != 1 {
		t.Fatal("it is not listed as not delivered")
	}
	second := s.resend(id, "m-2")
	m, err := s.Message(bgc, s.owner, id)
	s.ok(err)
	if m.AgainID != second.ID || m.State != "accepted" || m.Delivered != "failed" || failed() != 0 {
		t.Errorf("again as %s, listed %d: %+v", m.AgainID, failed(), m)
	}
	third := s.resend(second.ID, "m-3")
	for _, old := range []engine.ID{id, second.ID} {
		_, err := s.ResendMessage(bgc, s.owner, old)
		s.refused(err, engine.CodeMessageAgain)
		var e *engine.Error
		if !errors.As(err, &e) || e.Args["id"] != third.ID.String() || e.Args["at"] != third.Created {
			t.Errorf("it names %+v", err)
		}
	}
	s.sound()
}

// TestResendBesideOneThatWaits: files of before knew which text waits, not what
// it was made from.
func TestResendBesideOneThatWaits(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	id := s.sell(s.owner, maria, "Maria").Message.ID
	s.sends("m-1")
	second, err := s.ResendMessage(bgc, s.owner, id)
	s.ok(err)
	s.raw("UPDATE message SET again_id = NULL")
	_, err = s.ResendMessage(bgc, s.owner, id)
	s.refused(err, engine.CodeMessageAgain)
	if got := s.textState(second.ID); got != string(delivery.StateQueued) {
		t.Error(got)
	}
}
