package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/store"
)

// till is a register of a Brazilian shop on a real file, with a clock that the
// test moves.
type till struct {
	*store.DB
	t     *testing.T
	path  string
	actor engine.Actor
	store engine.Store
	now   *atomic.Int64
}

// at sets the till's clock to a local time of the shop, 2026-11-20 14:30.
func (s *till) at(local string) {
	s.t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04:05.000", local+"0000-00-00 00:00:00.000"[len(local):], s.store.Zone())
	if err != nil {
		s.t.Fatal(err)
	}
	s.now.Store(when.UnixMilli())
}

// openTill makes a shop in a new file. edit, if given, changes its store before
// it is made.
func openTill(t *testing.T, edit ...func(*engine.Store)) *till {
	t.Helper()
	s := &till{t: t, path: filepath.Join(t.TempDir(), "shop.db"), now: new(atomic.Int64)}
	st, err := engine.NewStore("Casa Azul", "BR")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edit {
		e(&st)
	}
	s.store = st
	s.at("2026-11-20 14:30:00.000")
	s.open()
	s.actor, err = s.FirstRun(context.Background(), st, "Ana", "", "Till 1", "Volte sempre", engine.FromCounter)
	if err != nil {
		t.Fatal(err)
	}
	if s.store, err = s.TheStore(context.Background(), ""); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *till) open() {
	s.t.Helper()
	db, err := store.Open(context.Background(), s.path, store.Options{Clock: func() engine.Instant { return engine.Instant(s.now.Load()) }})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = db.Close() })
	s.DB = db
}

// other signs the same person in at another register of the shop.
func (s *till) other(name string) engine.Actor {
	s.t.Helper()
	r, err := s.Register(context.Background(), s.store.ID, name, "")
	if err != nil {
		s.t.Fatal(err)
	}
	a := s.actor
	a.RegisterID, a.Register = r.ID, r.Name
	return a
}

const maria = "+5511987654321"

func toMaria(amount engine.Minor) engine.Draft {
	return engine.Draft{Customer: engine.CustomerRef{Phone: maria, Name: "Maria Souza", Consent: engine.ConsentYes, Wording: "Texts?"}, Amount: amount}
}

func (s *till) sell(d engine.Draft) engine.Recorded {
	s.t.Helper()
	got, err := s.RecordSale(context.Background(), s.actor, d)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

func redeeming(d engine.Draft, c *engine.Coupon) engine.Draft {
	d.Use, d.Code = engine.UseCode, c.Code
	return d
}

func (s *till) refused(err error, code engine.Code) {
	s.t.Helper()
	if !errors.Is(err, &engine.Error{Code: code}) {
		s.t.Fatalf("got %v, want %s", err, code)
	}
}

// sound fails the test unless the file is whole and its sums are those of its
// sales.
func (s *till) sound() {
	s.t.Helper()
	found, err := s.Check(context.Background(), s.actor)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range found {
		s.t.Errorf("check: %s: %s", f.What, f.Detail)
	}
	report, err := s.VerifyAudit(context.Background(), s.actor)
	if err != nil || report.Broken != 0 {
		s.t.Errorf("audit: %+v, %v", report, err)
	}
}
