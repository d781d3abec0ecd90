package store

import (
	"database/sql/driver"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"bounceback/engine"
)

func known(t *testing.T) []migration {
	t.Helper()
	steps, err := migrationsOf(migrationFiles)
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

func TestMigrationsAreNumbered(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"gap":   {"migrations/0001_a.sql": {}, "migrations/0003_b.sql": {}},
		"twice": {"migrations/0001_a.sql": {}, "migrations/0001_b.sql": {}},
		"word":  {"migrations/first.sql": {}},
	} {
		if _, err := migrationsOf(files); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestOpenRefusesNewerVersion(t *testing.T) {
	s := newShop(t, "")
	s.ok(s.Close())
	s.raw("PRAGMA user_version = 99")
	_, err := Open(bgc, s.path, Options{})
	refused(t, err, CodeNewerVersion)
}

// TestLeftRunningWritesNothingNewer: a till that was left running while another
// one brought the file to a newer version.
func TestLeftRunningWritesNothingNewer(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, "+5511987654321", "Maria")
	n := s.count("SELECT count(*) FROM sale")
	s.raw("PRAGMA user_version = 99")
	_, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100})
	refused(t, err, CodeNewerVersion)
	if got := s.count("SELECT count(*) FROM sale"); got != n {
		t.Errorf("%d sales, had %d", got, n)
	}
}

func TestOpenRefusesChangedHistory(t *testing.T) {
	s := newShop(t, "")
	s.ok(s.Close())
	s.raw("UPDATE migration SET sha256 = zeroblob(32) WHERE version = 1")
	_, err := Open(bgc, s.path, Options{})
	refused(t, err, CodeHistoryChanged)
}

func TestOpenNotSynchronousIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := connect(bgc, fileURI(path)+writerParams, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(bgc)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, p := range []string{"synchronous = NORMAL", "journal_mode = DELETE", "foreign_keys = 0"} {
		if _, err := conn.ExecContext(bgc, "PRAGMA "+p); err != nil {
			t.Fatal(err)
		}
		err := conn.Raw(func(raw any) error { return durable(bgc, raw.(driver.Conn)) })
		refused(t, err, CodeNotDurable)
		if _, err := conn.ExecContext(bgc, "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = 1"); err != nil {
			t.Fatal(err)
		}
	}
}
