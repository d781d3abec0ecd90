package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"

	"bounceback/engine"
)

var bgc = context.Background()

// shop is a store in a real file, with a clock that the test moves.
type shop struct {
	*DB
	t     *testing.T
	path  string
	now   *atomic.Int64
	owner engine.Actor
	store engine.Store
}

const testStart = 1_795_010_000_000 // a Wednesday in November 2026

func newShop(t *testing.T, pin string) *shop {
	t.Helper()
	s := &shop{t: t, path: filepath.Join(t.TempDir(), "shop.db"), now: nowAt(testStart)}
	s.reopen()
	s.owner, s.store = s.found("Casa Azul", pin)
	return s
}

func nowAt(ms int64) *atomic.Int64 {
	now := new(atomic.Int64)
	now.Store(ms)
	return now
}

// found makes one more store in the file.
func (s *shop) found(title, pin string) (engine.Actor, engine.Store) {
	s.t.Helper()
	st, err := engine.NewStore(title, "BR")
	s.ok(err)
	a, err := s.FirstRun(bgc, st, "Ana", pin, "Till 1", "Volte sempre", engine.FromCounter)
	s.ok(err)
	st, err = s.TheStore(bgc, title)
	s.ok(err)
	return a, st
}

func (s *shop) reopen() {
	s.t.Helper()
	if s.DB != nil {
		s.ok(s.DB.Close())
	}
	db, err := Open(bgc, s.path, Options{Clock: func() engine.Instant { return engine.Instant(s.now.Load()) }})
	s.ok(err)
	s.DB = db
	s.t.Cleanup(func() { _ = db.Close() })
}

func (s *shop) wait(ms int64) { s.now.Add(ms) }

func (s *shop) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) refused(err error, code engine.Code) {
	s.t.Helper()
	refused(s.t, err, code)
}

func refused(t *testing.T, err error, code engine.Code) {
	t.Helper()
	if !errors.Is(err, &engine.Error{Code: code}) {
		t.Fatalf("got %v, want %s", err, code)
	}
}

// as gives the owner another role.
func (s *shop) as(r engine.Role) engine.Actor {
	a := s.owner
	a.Role = r
	return a
}

// hire makes a member of staff.
func (s *shop) hire(name string, role engine.Role, pin string) engine.Staff {
	s.t.Helper()
	who, err := s.SaveStaff(bgc, s.owner, engine.StaffEdit{Name: name, Role: role, PIN: &pin, Active: true})
	s.ok(err)
	return who
}

// sell records a sale of 100.00 to a phone.
func (s *shop) sell(a engine.Actor, phone, name string) engine.Recorded {
	s.t.Helper()
	got, err := s.RecordSale(bgc, a, engine.Draft{Amount: 10_000, Customer: engine.CustomerRef{
		Phone: phone, Name: name, Consent: engine.ConsentYes, Wording: "May we text you?",
	}})
	s.ok(err)
	return got
}

// setting changes one setting of the store.
func (s *shop) setting(name engine.Setting, value string) {
	s.t.Helper()
	st := s.store
	st.Settings = engine.Settings{name: value}
	st, err := s.SaveStore(bgc, s.owner, st)
	s.ok(err)
	s.store = st
}

// raw runs SQL on a connection that knows nothing of the program's rules.
func (s *shop) raw(statements ...string) {
	s.t.Helper()
	db, err := sql.Open("sqlite", fileURI(s.path)+"?_pragma=busy_timeout(5000)")
	s.ok(err)
	defer db.Close()
	for _, q := range statements {
		_, err := db.Exec(q)
		s.ok(err)
	}
}

// count asks for one number.
func (s *shop) count(query string, args ...any) int64 {
	s.t.Helper()
	var n int64
	s.ok(s.reader.db.QueryRow(query, args...).Scan(&n))
	return n
}

func ptr[T any](v T) *T { return &v }
