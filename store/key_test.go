package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bounceback/engine"
)

func testKeys(t *testing.T, fill byte) *keyring {
	t.Helper()
	k, err := newKeyring(bytes.Repeat([]byte{fill}, masterSize))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSealOpensOnlyInItsPlace(t *testing.T) {
	k, row, other := testKeys(t, 1), engine.FirstID(1), engine.FirstID(2)
	sealed, err := k.seal("customer", "phone", row, "+5511987654321")
	if err != nil || bytes.Contains(sealed, []byte("987654321")) {
		t.Fatalf("%q, %v", sealed, err)
	}
	if got, err := k.open("customer", "phone", row, sealed); err != nil || got != "+5511987654321" {
		t.Fatalf("%q, %v", got, err)
	}
	again, _ := k.seal("customer", "phone", row, "+5511987654321")
	if bytes.Equal(sealed, again) {
		t.Error("the same text is sealed alike twice")
	}
	bent := bytes.Clone(sealed)
	bent[len(bent)-1] ^= 1
	for name, try := range map[string]func() (string, error){
		"table":  func() (string, error) { return k.open("message", "phone", row, sealed) },
		"column": func() (string, error) { return k.open("customer", "name", row, sealed) },
		"row":    func() (string, error) { return k.open("customer", "phone", other, sealed) },
		"key":    func() (string, error) { return testKeys(t, 2).open("customer", "phone", row, sealed) },
		"bent":   func() (string, error) { return k.open("customer", "phone", row, bent) },
		"short":  func() (string, error) { return k.open("customer", "phone", row, sealed[:5]) },
	} {
		if _, err := try(); !errors.Is(err, &engine.Error{Code: CodeSealBroken}) {
			t.Errorf("another %s: %v", name, err)
		}
	}
}

// TestBlindIndexes looks that use, store, text and key each make another value.
func TestBlindIndexes(t *testing.T) {
	k, a, b := testKeys(t, 1), engine.FirstID(1), engine.FirstID(2)
	seen := map[string]string{}
	for name, v := range map[string][]byte{
		"phone": k.phone(a, "4321"), "last4": k.last4(a, "4321"), "code": k.code(a, "4321"),
		"store": k.phone(b, "4321"), "text": k.phone(a, "4322"), "key": testKeys(t, 2).phone(a, "4321"),
		"verify": k.verify(a, "4321", "K7PM"), "check": k.check(), "other check": testKeys(t, 2).check(),
	} {
		if len(v) != 32 || seen[string(v)] != "" {
			t.Errorf("%s is that of %s", name, seen[string(v)])
		}
		seen[string(v)] = name
	}
	if !bytes.Equal(k.phone(a, "4321"), k.phone(a, "4321")) {
		t.Error("not repeatable")
	}
}

func TestMacTogether(t *testing.T) {
	k, want := testKeys(t, 1), testKeys(t, 1).phone(engine.ID{}, "x")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if !bytes.Equal(k.phone(engine.ID{}, "x"), want) {
					t.Error("differs")
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestAuditFieldsDoNotRunTogether: the bytes of two fields side by side must
// not be those of two others.
func TestAuditFieldsDoNotRunTogether(t *testing.T) {
	k := testKeys(t, 1)
	a, b := k.audit(nil, []byte("ab"), []byte("c")), k.audit(nil, []byte("a"), []byte("bc"))
	c := k.audit([]byte("ab"), []byte("c"))
	if bytes.Equal(a, b) || bytes.Equal(a, c) || bytes.Equal(k.audit(nil), k.head()) {
		t.Error("two entries have one hash")
	}
}

func TestKeyFile(t *testing.T) {
	s := newShop(t, "")
	s.ok(s.Close())
	keyFile := s.path + ".key"
	text, err := os.ReadFile(keyFile)
	s.ok(err)
	open := func(o Options) error {
		db, err := Open(bgc, s.path, o)
		if err == nil {
			_ = db.Close()
		}
		return err
	}
	s.ok(os.Remove(keyFile))
	refused(t, open(Options{}), CodeKeyMissing)
	if _, err := os.Stat(keyFile); err == nil {
		t.Fatal("a new key was made for a file that has data")
	}
	other := newShop(t, "")
	refused(t, open(Options{KeyFile: other.path + ".key"}), CodeKeyWrong)
	for name, bad := range map[string]string{"empty": "", "text": "hello", "short": keyHead + "abcd", "long": strings.Repeat("x", 4000)} {
		s.ok(os.WriteFile(keyFile, []byte(bad), 0o600))
		if err := open(Options{}); !errors.Is(err, &engine.Error{Code: CodeKeyBad}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !onWindows {
		s.ok(os.WriteFile(keyFile, text, 0o600))
		s.ok(os.Chmod(keyFile, 0o640))
		refused(t, open(Options{}), CodeKeyOpen)
	}
	s.ok(os.Remove(keyFile))
	s.ok(os.WriteFile(keyFile, append([]byte("  "), append(text, '\n', '\n')...), 0o600)) // retyped from paper
	s.ok(open(Options{}))
}

func TestKeyFileElsewhere(t *testing.T) {
	dir := t.TempDir()
	o := Options{KeyFile: filepath.Join(dir, "keys", "shop.key")}
	db, err := Open(bgc, filepath.Join(dir, "shop.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	if _, err := os.Stat(o.KeyFile); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "shop.db.key")); err == nil {
		t.Error("a key file was made at the default place too")
	}
}

// TestPlaceUnlinked: on a file system without links, too, the first key stays.
func TestPlaceUnlinked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.key")
	for _, text := range []string{"first", "second"} {
		if err := placeUnlinked(path, text); err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := os.ReadFile(path); string(got) != "first" {
		t.Errorf("%s", got)
	}
}
