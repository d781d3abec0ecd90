//go:build unix

package slip

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"bounceback/engine"
)

// TestPrinterThatTakesNothing opens a pipe nobody reads from, which hangs as a
// switched-off device does.
func TestPrinterThatTakesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lp0")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	err := send(context.Background(), path, []byte("x"), 50*time.Millisecond)
	if engine.CodeOf(err) != CodePrinterSlow || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	// Let the goroutine that hangs in open end.
	r, err := os.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.ReadAll(r)
	r.Close()
}
