package store

import (
	"testing"

	"bounceback/engine"
)

func TestHealthOfTheSender(t *testing.T) {
	s := newShop(t, "")
	other, _ := s.found("Loja Dois", "")
	due := func(at engine.Instant, want bool) {
		t.Helper()
		got, err := s.UpkeepDue(bgc, at, "sns")
		s.ok(err)
		if got != want {
			t.Errorf("due at %d: %v", at-s.clock(), got)
		}
	}
	now := s.clock()
	due(now, true)
	good := engine.SenderHealth{
		At: now, Sender: "sns", Ready: true, Region: "sa-east-1", Sandbox: "no", Limit: 50_000_000,
	}
	s.ok(s.SaveOptedOut(bgc, []string{maria}, now-5))
	s.ok(s.SaveHealth(bgc, good))
	want := good
	want.OptedOut, want.Synced = 1, now-5
	for _, a := range []engine.Actor{s.owner, other} {
		desk, err := s.Desk(bgc, a)
		s.ok(err)
		if desk.Texts.Health != want {
			t.Errorf("%+v, want %+v", desk.Texts.Health, want)
		}
	}
	due(now, false)
	due(now+healthDay-1, false)
	due(now+healthDay, true)
	due(now-1, true) // the clock was wrong
	bad := good
	bad.Ready, bad.Problem, bad.Detail = false, "not_authorised", "AuthorizationError"
	s.ok(s.SaveHealth(bgc, bad))
	due(now+healthHour-1, false)
	due(now+healthHour, true)
	s.found("Loja Nova", "")
	due(now, true)
}

func TestNoStoreNeedsNoUpkeep(t *testing.T) {
	s := &shop{t: t, path: t.TempDir() + "/shop.db", now: nowAt(testStart)}
	s.reopen()
	if due, err := s.UpkeepDue(bgc, testStart, "sns"); due || err != nil {
		t.Errorf("%v, %v", due, err)
	}
	s.ok(s.SaveHealth(bgc, engine.SenderHealth{At: 1}))
	s.ok(s.SaveOptedOut(bgc, []string{maria}, 1))
}

// TestAProcessWithoutASender on a file that has one changes nothing; the other
// way round the real one is looked at right away.
func TestAProcessWithoutASender(t *testing.T) {
	s := newShop(t, "")
	due := func(sender string, want bool) {
		t.Helper()
		got, err := s.UpkeepDue(bgc, s.clock(), sender)
		s.ok(err)
		if got != want {
			t.Errorf("due for %s: %v", sender, got)
		}
	}
	known := func(want engine.SenderHealth) {
		t.Helper()
		got, err := s.SenderHealth(bgc)
		s.ok(err)
		if got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	none := engine.SenderHealth{At: s.clock(), Sender: engine.NoSender, Problem: "no_sender"}
	known(engine.SenderHealth{})
	due(engine.NoSender, true)
	s.ok(s.SaveHealth(bgc, none))
	known(none)
	due(engine.NoSender, false)
	due("sns", true)

	carrier := engine.SenderHealth{At: s.clock(), Sender: "sns", Ready: true, Region: "sa-east-1"}
	s.ok(s.SaveHealth(bgc, carrier))
	due("sns", false)
	s.found("Loja Nova", "") // knows nothing of it
	s.wait(10 * healthDay)
	due(engine.NoSender, false)
	none.At = s.clock()
	s.ok(s.SaveHealth(bgc, none))
	known(carrier)
	due("sns", true)
}
