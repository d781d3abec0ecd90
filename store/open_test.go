package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bounceback/engine"
)

func TestOpenMakesPrivateFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "data", "shop.db")
	db, err := Open(bgc, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if onWindows {
		t.Skip("no modes")
	}
	for name, want := range map[string]os.FileMode{
		filepath.Dir(path): 0o700, path: 0o600, path + ".key": 0o600, path + "-wal": 0o600, path + "-shm": 0o600,
	} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v, want %v", name, info.Mode().Perm(), err, want)
		}
	}
}

func TestOpenOddPaths(t *testing.T) {
	for _, name := range []string{
		"a b.db", "what?.db", "no#1.db", "50%41.db", "açaí 漢字.db", "a&b=c;d.db", "'quoted' \"x\".db", "file:x.db", "+.db",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "in "+strings.TrimPrefix(name, "file:"))
			if strings.HasPrefix(name, "file:") {
				path = filepath.Join(t.TempDir(), name)
			}
			db, err := Open(bgc, path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			var mode string
			if err := db.writer.db.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
				t.Errorf("journal_mode %s, %v", mode, err)
			}
			if info, err := os.Stat(path); err != nil || info.Size() == 0 {
				t.Errorf("nothing at %s: %v", path, err)
			}
			entries, _ := os.ReadDir(filepath.Dir(path))
			if len(entries) != 4 {
				t.Errorf("stray files: %v", entries)
			}
		})
	}
}

func TestFileURI(t *testing.T) {
	for path, want := range map[string]string{
		"/srv/shop.db":      "file:///srv/shop.db",
		"/a b/c?d#e%f":      "file:///a%20b/c%3Fd%23e%25f",
		"C:/Users/Ana/s.db": "file:///C:/Users/Ana/s.db",
		"/srv/a:b":          "file:///srv/a%3Ab",
	} {
		if got := fileURI(path); got != want {
			t.Errorf("fileURI(%q) = %s, want %s", path, got, want)
		}
	}
}

func TestOpenAddresses(t *testing.T) {
	for url, code := range map[string]engine.Code{
		"": CodeBadAddress, "postgres://shop@host/db": CodePostgresNotYet, "postgresql://host": CodePostgresNotYet,
		"mysql://x": CodeBadAddress, ":memory:": CodeBadAddress, "file:shop.db?mode=memory": CodeBadAddress, "a\x00b": CodeBadAddress,
	} {
		_, err := Open(bgc, url, Options{})
		refused(t, err, code)
		if engine.ClassOf(err) != engine.Input {
			t.Errorf("%q: class %v", url, engine.ClassOf(err))
		}
	}
}

// TestOpenRefusesOthersFiles also looks that a refused file is left as it was.
func TestOpenRefusesOthersFiles(t *testing.T) {
	foreign := func(path string) error {
		db, err := sql.Open("sqlite", fileURI(path))
		if err != nil {
			return err
		}
		_, err = db.Exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')")
		return errors.Join(err, db.Close())
	}
	garbage := func(n int) func(string) error {
		return func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("no database "), n), 0o600) }
	}
	for name, c := range map[string]struct {
		make func(string) error
		code engine.Code
	}{
		"another program's": {foreign, CodeNotOurs},
		"garbage":           {garbage(1000), CodeNotDatabase},
		"short garbage":     {garbage(1), CodeNotDatabase},
		"a directory":       {func(p string) error { return os.Mkdir(p, 0o700) }, CodeNotDatabase},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "shop.db")
			if err := c.make(path); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(path)
			_, err := Open(bgc, path, Options{})
			refused(t, err, c.code)
			after, _ := os.ReadFile(path)
			if !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			if _, err := os.Stat(path + ".key"); err == nil {
				t.Error("a key file was made")
			}
		})
	}
}

func TestOpenTakesAnEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := Open(bgc, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
}

func TestOpenRefusesNetworkFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db")
	_, err := Open(bgc, path, Options{Network: func(string) (string, bool, error) { return "nfs", true, nil }})
	refused(t, err, CodeNetworkFile)
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was made there all the same")
	}
}

// childMode tells a re-executed test binary what to be.
const childMode = "BOUNCEBACK_STORE_TEST"

// TestChild is not a test: it is another process.
func TestChild(t *testing.T) {
	path := os.Getenv(childMode)
	if path == "" {
		t.Skip("runs as a child process of other tests")
	}
	fmt.Println("ready")
	_, _ = io.ReadAll(os.Stdin) // released when the parent closes it
	db, err := Open(bgc, path, Options{})
	if err != nil {
		fmt.Println("error", engine.CodeOf(err), err)
		return
	}
	var n int
	err = db.writer.db.QueryRow("SELECT count(*) FROM migration").Scan(&n)
	fmt.Println("opened", n, db.keys.check(), err)
	_ = db.Close()
}

type process struct {
	cmd *exec.Cmd
	in  io.Closer
	out bytes.Buffer
}

func startProcess(t *testing.T, binary, path string, as *syscall.SysProcAttr) *process {
	t.Helper()
	p := &process{cmd: exec.Command(binary, "-test.run=^TestChild$", "-test.timeout=60s")}
	p.cmd.Env = append(os.Environ(), childMode+"="+path)
	p.cmd.Stdout, p.cmd.Stderr, p.cmd.SysProcAttr = &p.out, &p.out, as
	p.cmd.Dir = filepath.Dir(binary)
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if p.in = in; p.cmd.Start() != nil {
		t.Fatal("cannot start")
	}
	return p
}

func (p *process) answer(t *testing.T) string {
	t.Helper()
	_ = p.in.Close()
	if err := p.cmd.Wait(); err != nil {
		t.Fatalf("child: %v\n%s", err, p.out.String())
	}
	for line := range strings.Lines(p.out.String()) {
		if strings.HasPrefix(line, "opened") || strings.HasPrefix(line, "error") {
			return strings.TrimSpace(line)
		}
	}
	t.Fatalf("child said %q", p.out.String())
	return ""
}

// TestOpenTogether lets several processes make one new file at the same time:
// all must succeed, with one key.
func TestOpenTogether(t *testing.T) {
	for round := range 6 {
		path := filepath.Join(t.TempDir(), "shop.db")
		var all []*process
		for range 4 {
			all = append(all, startProcess(t, os.Args[0], path, nil))
		}
		for _, p := range all {
			_ = p.in.Close()
		}
		first := all[0].answer(t)
		if !strings.HasPrefix(first, fmt.Sprintf("opened %d ", len(known(t)))) {
			t.Fatalf("round %d: %s", round, first)
		}
		for _, p := range all[1:] {
			if got := p.answer(t); got != first {
				t.Fatalf("round %d: %s, but %s", round, got, first)
			}
		}
	}
}
