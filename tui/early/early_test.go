//go:build unix

package early_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// question is how a terminal is asked for its background colour.
const question = "\x1b]11;?"

func TestFirstFrameOnSilentTerminal(t *testing.T) {
	bin, quickest := build(t), time.Hour
	for range 5 { // on a busy machine the quickest of a few counts
		seen, took := firstFrame(t, bin)
		if strings.Contains(seen, question) {
			t.Errorf("the terminal was asked for its background: %q", seen)
		}
		if quickest = min(quickest, took); quickest < time.Second {
			return
		}
	}
	t.Errorf("the first frame took %v at best", quickest)
}

// TestQuestionIsSeenWithoutEarly shows that the test above would fail: the
// same program without this package does ask.
func TestQuestionIsSeenWithoutEarly(t *testing.T) {
	seen, _ := firstFrame(t, build(t, "-tags", "late"))
	if !strings.Contains(seen, question) {
		t.Errorf("bubbletea no longer asks for the background, package early can go: %q", seen)
	}
}

func build(t *testing.T, args ...string) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "frame")
	args = append(append([]string{"build", "-o", bin}, args...), "./testdata/frame")
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Fatalf("go %v: %v\n%s", args, err, out)
	}
	return bin
}

// firstFrame starts a program on a terminal that answers nothing, and gives
// what it wrote up to its first frame, or up to its question, and how long that
// took.
func firstFrame(t *testing.T, bin string) (string, time.Duration) {
	t.Helper()
	cmd := exec.Command(bin)
	cmd.Env = []string{"TERM=xterm-256color", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	start := time.Now()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = tty.Close()
	})
	var seen bytes.Buffer
	buf := make([]byte, 4096)
	for !strings.Contains(seen.String(), "first frame") && !strings.Contains(seen.String(), question) {
		_ = tty.SetReadDeadline(time.Now().Add(30 * time.Second))
		n, err := tty.Read(buf)
		seen.Write(buf[:n])
		if err != nil {
			t.Fatalf("no first frame: %v after %q", err, seen.String())
		}
	}
	return seen.String(), time.Since(start)
}
