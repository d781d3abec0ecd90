package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"modernc.org/sqlite"

	"bounceback/engine"
)

// TestDiskFull lets the file grow no further, in the middle of sales.
func TestDiskFull(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria")
	var pages int64
	s.ok(s.writer.db.QueryRow("PRAGMA page_count").Scan(&pages))
	_, err := s.writer.db.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+3))
	s.ok(err)
	sold, full := int64(1), error(nil)
	for i := 0; full == nil && i < 5000; i++ {
		if _, full = s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100, Key: fmt.Sprint(i)}); full == nil {
			sold++
		}
	}
	s.refused(full, CodeDiskFull)
	if engine.ClassOf(full) != engine.Fault {
		t.Error("not a fault of the machine")
	}
	if n := s.count("SELECT count(*) FROM sale"); n != sold {
		t.Errorf("%d sales in the file, %d acknowledged", n, sold)
	}
	if found := s.check(); len(found) != 0 {
		t.Errorf("%+v", found)
	}
	_, err = s.writer.db.Exec("PRAGMA max_page_count = 1000000")
	s.ok(err)
	s.sell(s.owner, maria, "Maria") // room was made
}

// TestExplain asks SQLite itself for its errors.
func TestExplain(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	s.sell(s.owner, "+5511912345678", "Rui")
	id := fmt.Sprintf("x'%x'", sold.Sale.ID[:])
	for q, code := range map[string]engine.Code{
		"UPDATE customer SET phone_hash = (SELECT max(phone_hash) FROM customer)":    engine.CodePhoneTaken,
		"UPDATE customer SET number = 'same'":                                        engine.CodeNumberTaken,
		"UPDATE sale SET key = 'same'":                                               engine.CodeKeyReused,
		"UPDATE sale SET reference = 'same'":                                         engine.CodeReferenceUsed,
		"UPDATE sale SET gross = -1 WHERE id = " + id:                                CodeSchemaRule,
		"UPDATE sale SET state = 'lost' WHERE id = " + id:                            CodeSchemaRule,
		"UPDATE sale SET staff_id = zeroblob(16) WHERE id = " + id:                   CodeSchemaRule,
		"UPDATE sale SET state = NULL WHERE id = " + id:                              CodeSchemaRule,
		"INSERT INTO register SELECT store_id, zeroblob(16), name, '' FROM register": CodeSchemaRule,
		"SELECT nothing": engine.CodeUnexpected,
	} {
		_, err := s.writer.db.Exec(q)
		got := s.explain(err)
		var driver *sqlite.Error
		if engine.CodeOf(got) != code || !errors.As(got, &driver) || !errors.Is(got, err) {
			t.Errorf("%s: %v, want %s", q, got, code)
		}
		if code == CodeSchemaRule && engine.ClassOf(got) != engine.Fault {
			t.Errorf("%s: class %v", q, engine.ClassOf(got))
		}
	}
	_, err := s.reader.db.Exec("DELETE FROM coupon_event")
	s.refused(s.explain(err), CodeReadOnly)
	ours := engine.Refuse(engine.CodeSaleUnknown)
	for _, err := range []error{nil, ours, context.Canceled, fmt.Errorf("x: %w", context.DeadlineExceeded)} {
		if got := s.explain(err); got != err { //nolint:errorlint // the very same
			t.Errorf("%v became %v", err, got)
		}
	}
}

func TestConstraintNames(t *testing.T) {
	s := newShop(t, "")
	_, err := s.writer.db.Exec("UPDATE store SET step = 0")
	var e *engine.Error
	if !errors.As(s.explain(err), &e) || e.Args["name"] != "store_step" {
		t.Errorf("%v", s.explain(err))
	}
}

// TestCommitFaults: which errors of a commit leave no doubt.
func TestCommitFaults(t *testing.T) {
	s := newShop(t, "")
	err := s.write(bgc, func(t *tx) error {
		_, err := t.sql.Exec("UPDATE sale SET issued_id = NULL; INSERT INTO sale (store_id, id, business, gross, discount, net, state, staff_id, register_id, origin, issued_id) VALUES ($1, $2, 1, 0, 0, 0, 'completed', $3, $4, 'counter', $2)",
			s.owner.StoreID, t.newID(), s.owner.StaffID, s.owner.RegisterID)
		return err
	})
	s.refused(err, CodeSchemaRule) // the deferred reference is looked at by the commit
	if n := s.count("SELECT count(*) FROM sale"); n != 0 {
		t.Error("it is there all the same")
	}
	s.sell(s.owner, maria, "Maria") // the connection is usable
	s.refused(s.explainCommit(errors.New("the cable was pulled")), engine.CodeOutcomeUnknown)
	s.refused(s.explainCommit(sql.ErrTxDone), engine.CodeUnexpected)
}

// TestBusy: another program holds the file for longer than we wait.
func TestBusy(t *testing.T) {
	s := newShop(t, "")
	_, err := s.writer.db.Exec("PRAGMA busy_timeout = 20")
	s.ok(err)
	other, err := connect(bgc, fileURI(s.path)+writerParams, 1, nil)
	s.ok(err)
	defer other.Close()
	held, err := other.Begin()
	s.ok(err)
	_, err = s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100})
	s.refused(err, CodeBusy)
	if _, err := s.Desk(bgc, s.owner); err != nil {
		t.Errorf("reading waits too: %v", err)
	}
	s.ok(held.Rollback())
	s.sell(s.owner, "", "")
}

func TestCorrupt(t *testing.T) {
	s := newShop(t, "")
	s.raw("PRAGMA writable_schema = 1; UPDATE sqlite_master SET rootpage = 999999 WHERE name = 'sale'")
	s.ok(s.Close())
	db, err := Open(bgc, s.path, Options{})
	if err == nil {
		_, err = db.Sales(bgc, s.owner, engine.Filter{})
		_ = db.Close()
	}
	s.refused(err, CodeCorrupt)
	s.DB = nil
}

func TestCancelledReads(t *testing.T) {
	s := newShop(t, "")
	ctx, cancel := context.WithCancel(bgc)
	cancel()
	if _, err := s.Desk(ctx, s.owner); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := s.RecordSale(ctx, s.owner, engine.Draft{Amount: 100}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	s.sell(s.owner, "", "")
}

// TestChanged: the number changes with every commit, of ours and of others, and
// with nothing else.
func TestChanged(t *testing.T) {
	s := newShop(t, "")
	now := func() int64 {
		t.Helper()
		v, err := s.Changed(bgc)
		s.ok(err)
		return v
	}
	first := now()
	if _, err := s.Desk(bgc, s.owner); err != nil || now() != first {
		t.Error("reading changed it")
	}
	s.sell(s.owner, "", "")
	second := now()
	s.raw("UPDATE store SET step = 200")
	if third := now(); first == second || second == third {
		t.Errorf("%d, %d, %d", first, second, third)
	}
}
