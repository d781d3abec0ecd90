//go:build unix

package tui_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"bounceback/tui/kit"
)

// The built program on a real terminal that answers nothing: what only the
// whole shows.

var built struct {
	once sync.Once
	path string
	err  error
}

// program builds the program once for all tests.
func program(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		dir, err := os.MkdirTemp("", "bounceback-test-")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "bounceback")
		build := exec.Command("go", "build", "-o", built.path, "bounceback")
		build.Stderr = os.Stderr
		built.err = build.Run()
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// terminal is the program on a pty.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	mu   sync.Mutex
	seen strings.Builder
}

func environment(t *testing.T) []string {
	return []string{
		"TERM=xterm-256color", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH"), "LANG=en_US.UTF-8",
		"AWS_EC2_METADATA_DISABLED=true",
	}
}

func start(t *testing.T, rows, cols uint16, args ...string) *terminal {
	t.Helper()
	x := &terminal{t: t, cmd: exec.Command(program(t), args...)}
	x.cmd.Env = environment(t)
	var err error
	if x.tty, err = pty.StartWithSize(x.cmd, &pty.Winsize{Rows: rows, Cols: cols}); err != nil {
		t.Fatal(err)
	}
	go x.read()
	t.Cleanup(x.kill)
	return x
}

func (x *terminal) read() {
	buf := make([]byte, 1<<16)
	for {
		n, err := x.tty.Read(buf)
		x.mu.Lock()
		x.seen.Write(buf[:n])
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (x *terminal) kill() {
	_ = x.cmd.Process.Kill()
	_ = x.cmd.Wait()
	_ = x.tty.Close()
}

var escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\][^\x07]*\x07`)

func (x *terminal) raw() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.seen.String()
}

func (x *terminal) text() string { return escapes.ReplaceAllString(x.raw(), "") }

// waitFor waits until something stands on the terminal that did not stand
// there at the last forget.
func (x *terminal) waitFor(what string) {
	x.t.Helper()
	for range 600 {
		if strings.Contains(x.text(), what) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	x.t.Fatalf("%q never came; the terminal shows\n%s", what, x.text())
}

func (x *terminal) forget() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.seen.Reset()
}

// hands types as a person does: slower than any scanner.
func (x *terminal) hands(keys ...string) {
	x.t.Helper()
	for _, k := range keys {
		if len(k) > 1 && k[0] != '\x1b' {
			x.hands(strings.Split(k, "")...)
			continue
		}
		if _, err := x.tty.WriteString(k); err != nil {
			x.t.Fatal(err)
		}
		time.Sleep(60 * time.Millisecond)
	}
}

const enter = "\r"

// run runs a command of the program to its end and reads its JSON answer.
func run(t *testing.T, into any, args ...string) {
	t.Helper()
	cmd := exec.Command(program(t), append(args, "--json")...)
	cmd.Env, cmd.Stderr = environment(t), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%v answered %q: %v", args, out, err)
	}
}

func newShop(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "shop.db")
	run(t, &struct{}{}, "init", "--db", db, "--title", "Casa Azul", "--country", "BR", "--language", "en")
	return db
}

type couponList struct {
	Items []struct {
		Code      string `json:"code"`
		FaceMinor int64  `json:"face_minor"`
		State     string `json:"state"`
	} `json:"items"`
}

// TestFirstFrameComesOnASilentTerminal is the one test of time: what it guards
// against are the five seconds of a question to the terminal that nobody
// answers. On a busy machine the quickest of a few starts counts.
func TestFirstFrameComesOnASilentTerminal(t *testing.T) {
	program(t)
	quickest := time.Hour
	for range 5 {
		begun := time.Now()
		x := start(t, 24, 80, "--db", filepath.Join(t.TempDir(), "new.db"))
		x.waitFor("Bounceback")
		quickest = min(quickest, time.Since(begun))
		if strings.Contains(x.raw(), "\x1b]11;?") {
			t.Error("the terminal was asked for its background")
		}
		x.kill()
		if quickest < time.Second {
			return
		}
	}
	t.Errorf("the first frame took %v at best", quickest)
}

func TestWhatTheCounterConfirmedSurvivesItsKill(t *testing.T) {
	db := newShop(t)
	x := start(t, 24, 80, "--db", db)
	x.waitFor("Casa Azul")
	x.hands("11987654321", enter)
	x.waitFor("Yes")
	time.Sleep(2 * kit.Grace) // a question takes no answer that was typed before it stood there
	x.hands("y", enter, "181,00", enter)
	x.waitFor("R$ 37")
	var before couponList
	run(t, &before, "coupon", "list", "--db", db)
	if len(before.Items) != 0 {
		t.Fatalf("%d coupons before the last Enter", len(before.Items))
	}
	x.forget()
	x.hands(enter)
	x.waitFor("back for you") // the text of the coupon: the sale is confirmed
	x.kill()
	var after couponList
	run(t, &after, "coupon", "list", "--db", db)
	if len(after.Items) != 1 || after.Items[0].FaceMinor != 37_00 || after.Items[0].State != "active" {
		t.Errorf("after the kill the file holds %+v", after)
	}
}

func TestTwoCountersOnOneFile(t *testing.T) {
	db := newShop(t)
	one, two := start(t, 24, 80, "--db", db), start(t, 24, 80, "--db", db, "--register", "Till 2")
	one.waitFor("Casa Azul")
	two.waitFor("Till 2")
	one.hands("180", enter, enter)
	one.waitFor("R$ 36")
	two.forget()
	two.hands("90", enter, enter)
	two.waitFor("R$ 18")
	var got couponList
	run(t, &got, "coupon", "list", "--db", db)
	if len(got.Items) != 2 {
		t.Errorf("two counters issued %d coupons, want 2", len(got.Items))
	}
}

func TestInterruptDoesNothingAtTheCounter(t *testing.T) {
	x := start(t, 24, 80, "--db", newShop(t))
	x.waitFor("Casa Azul")
	x.hands("18", "\x03", "0", enter)
	x.waitFor("180,00")
}

func TestTinyTerminalStillSells(t *testing.T) {
	db := newShop(t)
	x := start(t, 5, 20, "--db", db)
	x.waitFor("▏")
	x.hands("180", enter)
	x.waitFor("180,00")
	x.hands(enter)
	x.waitFor("R$ 36")
	var got couponList
	run(t, &got, "coupon", "list", "--db", db)
	if len(got.Items) != 1 {
		t.Errorf("%d coupons issued, want 1", len(got.Items))
	}
}
