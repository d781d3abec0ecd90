package slip

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"time"

	"bounceback/engine"
	"bounceback/engine/words"
)

// Codes of printing.
const (
	CodeNoPrinter     engine.Code = "printer_none"    // none is set
	CodePrinterTarget engine.Code = "printer_target"  // not tcp://host:port; with target
	CodePrinterOpen   engine.Code = "printer_open"    // it cannot be reached or opened; with target, cause
	CodePrinterWrite  engine.Code = "printer_write"   // it stopped taking the slip; with target, cause
	CodePrinterSlow   engine.Code = "printer_timeout" // it takes nothing: out of paper, switched off; with target
)

// Times that a printer gets.
const (
	dialTime  = 3 * time.Second
	writeTime = 10 * time.Second
)

// Print prints a slip where and how the store's settings say.
func Print(ctx context.Context, s Slip, settings engine.Settings, f *words.Format) error {
	target := strings.TrimSpace(settings.Text(engine.SetPrinter))
	if target == "" {
		return engine.Refuse(CodeNoPrinter)
	}
	columns := int(settings.Count(engine.SetPrinterWidth))
	if settings.Text(engine.SetPrinterFormat) == "text" {
		return Send(ctx, target, []byte(s.Text(f, columns)))
	}
	return Send(ctx, target, s.ESCPOS(f, columns))
}

// Send writes bytes to a target and closes it. A printer that takes nothing is
// given up after some seconds.
func Send(ctx context.Context, target string, data []byte) error {
	return send(ctx, target, data, writeTime)
}

func send(ctx context.Context, target string, data []byte, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	// Opening and writing a device may hang as long as the printer is off, and
	// nothing can call them back: they end in their own goroutine.
	done := make(chan error, 1)
	go func() { done <- sendNow(ctx, target, data) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return engine.Broken(CodePrinterSlow, ctx.Err(), "target", target)
	}
}

func sendNow(ctx context.Context, target string, data []byte) error {
	out, err := Open(ctx, target)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	if err = errors.Join(err, out.Close()); err != nil {
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			return engine.Broken(CodePrinterSlow, err, "target", target)
		}
		return engine.Broken(CodePrinterWrite, err, "target", target)
	}
	return nil
}

// Open opens a target: tcp://host:port, the path of a device, or a file, which
// is made if need be and written to at its end.
func Open(ctx context.Context, target string) (io.WriteCloser, error) {
	if address, ok := strings.CutPrefix(target, "tcp://"); ok {
		return dial(ctx, target, address)
	}
	flags := os.O_WRONLY | os.O_APPEND | os.O_CREATE
	if isDevice(target) {
		flags = os.O_WRONLY
	}
	f, err := os.OpenFile(target, flags, 0o600)
	if err != nil {
		return nil, engine.Broken(CodePrinterOpen, err, "target", target)
	}
	return f, nil
}

func dial(ctx context.Context, target, address string) (io.WriteCloser, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, engine.BadInput(CodePrinterTarget, "target", target)
	}
	conn, err := (&net.Dialer{Timeout: dialTime}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, engine.Broken(CodePrinterOpen, err, "target", target)
	}
	if until, ok := ctx.Deadline(); ok {
		if err := conn.SetWriteDeadline(until); err != nil {
			return nil, engine.Broken(CodePrinterOpen, errors.Join(err, conn.Close()), "target", target)
		}
	}
	return conn, nil
}

// isDevice tells whether a path names a device, which is neither made nor
// appended to. Windows has names for them that are no paths.
func isDevice(path string) bool {
	if runtime.GOOS == "windows" {
		name := strings.ToUpper(path)
		return strings.HasPrefix(name, `\\.\`) || strings.HasPrefix(name, "LPT") || strings.HasPrefix(name, "COM") || name == "PRN"
	}
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}
