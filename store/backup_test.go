package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bounceback/engine"
)

func TestBackup(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "Maria")
	dir := t.TempDir()
	path := filepath.Join(dir, "copy 1.db")
	done := make(chan error, 1)
	stop := make(chan struct{})
	go func() { // another till goes on selling
		for i := 0; ; i++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 100 + engine.Minor(i), Key: fmt.Sprint(i)}); err != nil {
				done <- err
				return
			}
		}
	}()
	err := s.Backup(bgc, s.owner, path)
	close(stop)
	s.ok(<-done)
	s.ok(err)
	s.refused(s.Backup(bgc, s.owner, path), CodeFileExists)
	s.refused(s.Backup(bgc, s.owner, s.path), CodeFileExists)
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("files left: %v", entries)
	}
	if info, _ := os.Stat(path); !onWindows && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	_, err = Open(bgc, path, Options{})
	s.refused(err, CodeKeyMissing) // the key is kept apart
	copied, err := Open(bgc, path, Options{KeyFile: s.path + ".key", Clock: s.clock})
	s.ok(err)
	defer copied.Close()
	found, err := copied.Check(bgc, s.owner)
	s.ok(err)
	if len(found) != 0 {
		t.Errorf("%+v", found)
	}
	if who, err := copied.FindCustomers(bgc, s.owner, engine.CustomerQuery{Phone: maria}); err != nil || len(who) != 1 {
		t.Errorf("%v, %v", who, err)
	}
	if n := s.count("SELECT count(*) FROM audit WHERE action = 'store.backup'"); n != 1 {
		t.Errorf("%d entries", n)
	}
	s.ok(s.read(bgc, func(t *tx) error {
		at, bytes, err := t.lastBackup(s.owner.StoreID)
		if info, _ := os.Stat(path); at != s.clock() || bytes != info.Size() {
			s.t.Errorf("the last backup was at %d and has %d bytes", at, bytes)
		}
		return err
	}))
}

func TestBackupToNowhere(t *testing.T) {
	s := newShop(t, "")
	err := s.Backup(bgc, s.owner, filepath.Join(t.TempDir(), "no", "such", "folder.db"))
	s.refused(err, CodeCannotOpen)
	s.refused(s.Backup(bgc, s.owner, ""), CodeBadAddress)
	if n := s.count("SELECT count(*) FROM audit WHERE action = 'store.backup'"); n != 0 {
		t.Error("a backup that failed was logged")
	}
}

// TestPlaceCopy: a name taken while the copy was made is not overwritten.
func TestPlaceCopy(t *testing.T) {
	dir := t.TempDir()
	part, path := filepath.Join(dir, "part"), filepath.Join(dir, "copy.db")
	for name, text := range map[string]string{part: "copy", path: "mine"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, placeCopy(part, path), CodeFileExists)
	if got, _ := os.ReadFile(path); string(got) != "mine" {
		t.Errorf("%s", got)
	}
}
