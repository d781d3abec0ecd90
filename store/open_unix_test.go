//go:build unix

package store

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestOpenReadOnlyDirectory opens as somebody who may not write there. Root may
// write everywhere, so as root another process asks as nobody.
func TestOpenReadOnlyDirectory(t *testing.T) {
	fills := map[string]func(string) error{
		"empty":              func(string) error { return nil },
		"with an empty file": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"with a shop": func(path string) error {
			db, err := Open(bgc, path, Options{})
			if err != nil {
				return err
			}
			return db.Close()
		},
	}
	for name, fill := range fills {
		t.Run(name, func(t *testing.T) {
			base, err := os.MkdirTemp("", "bounceback")
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(base)
			binary, dir := filepath.Join(base, "test"), filepath.Join(base, "locked")
			copyBinary(t, binary)
			path := filepath.Join(dir, "shop.db")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := fill(path); err != nil {
				t.Fatal(err)
			}
			var as *syscall.SysProcAttr
			if os.Getuid() == 0 {
				const nobody = 65534
				as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
				for _, f := range []string{path, path + ".key"} {
					_ = os.Chown(f, nobody, nobody) // their own files, in a directory of somebody else
				}
			}
			for name, mode := range map[string]os.FileMode{base: 0o755, dir: 0o555} {
				if err := os.Chmod(name, mode); err != nil {
					t.Fatal(err)
				}
			}
			defer os.Chmod(dir, 0o755)
			if got := startProcess(t, binary, path, as).answer(t); !strings.HasPrefix(got, "error read_only") {
				t.Errorf("got %s", got)
			}
		})
	}
}

func copyBinary(t *testing.T, to string) {
	t.Helper()
	from, err := os.Open(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, from); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
