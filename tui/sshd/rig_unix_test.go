//go:build unix

package sshd_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// The built program as a server, and OpenSSH's own client on a terminal that
// answers nothing.

var built struct {
	once sync.Once
	path string
	err  error
}

// program builds the program once for all tests.
func program(t testing.TB) string {
	t.Helper()
	for _, tool := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s on this machine: install openssh-client to test what is served", tool)
		}
	}
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

// house is a shop with its server.
type house struct {
	t    testing.TB
	dir  string
	db   string
	port string
	cmd  *exec.Cmd
	log  *page
}

// page is what somebody wrote, to be read meanwhile.
type page struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *page) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

func (p *page) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text.Reset()
}

// newHouse is a shop of Ana, its owner with the key ana, and Bia, a cashier with
// the key bia at Till 2; and its server. The key eve is nobody's.
func newHouse(t testing.TB, flags ...string) *house {
	t.Helper()
	if test, ok := t.(*testing.T); ok {
		test.Parallel() // most of the time is a person's
	}
	program(t)
	h := &house{t: t, dir: t.TempDir(), log: &page{}}
	h.db = filepath.Join(h.dir, "shop.db")
	h.here("init", "--title", "Casa Azul", "--country", "BR", "--language", "en", "--owner", "Ana")
	h.here("staff", "add", "Bia", "--role", "cashier")
	for _, who := range []string{"ana", "bia", "eve"} {
		h.newKey(who)
	}
	h.here("staff", "key", "add", "Ana", h.key("ana")+".pub")
	h.here("staff", "key", "add", "Bia", h.key("bia")+".pub", "--till", "Till 2")
	h.serve(flags...)
	return h
}

func (h *house) key(who string) string { return filepath.Join(h.dir, who) }

func (h *house) newKey(who string) {
	h.t.Helper()
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who+"@home", "-f", h.key(who)).CombinedOutput(); err != nil {
		h.t.Fatalf("%v: %s", err, out)
	}
}

func (h *house) env() []string {
	return []string{
		"TERM=xterm-256color", "HOME=" + h.dir, "PATH=" + os.Getenv("PATH"), "LANG=en_US.UTF-8", "AWS_EC2_METADATA_DISABLED=true",
		"AWS_REGION=", "BOUNCEBACK_DB=" + h.db,
	}
}

// here runs a command on the server's machine.
func (h *house) here(args ...string) string {
	h.t.Helper()
	cmd := exec.Command(program(h.t), args...)
	cmd.Env = h.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		h.t.Fatalf("%v: %v: %s", args, err, out)
	}
	return string(out)
}

var listening = regexp.MustCompile(`Listening on 127\.0\.0\.1:(\d+)`)

// serve starts the server, on the port it had before if it had one.
func (h *house) serve(flags ...string) {
	h.t.Helper()
	port := h.port
	if port == "" {
		port = "0"
	}
	h.cmd = exec.Command(program(h.t), append([]string{"serve", "--listen", "127.0.0.1:" + port}, flags...)...)
	h.cmd.Env, h.cmd.Stderr = h.env(), h.log
	h.log.forget()
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
	cmd := h.cmd
	h.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	eventually(h.t, "the server listens", h.log.String, func() bool {
		m := listening.FindStringSubmatch(h.log.String())
		if m != nil {
			h.port = m[1]
		}
		return m != nil
	})
}

// eventually waits until something is so.
func eventually(t testing.TB, what string, shows func() string, so func() bool) {
	t.Helper()
	for range 600 {
		if so() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("not so: %s\n%s", what, shows())
}

// client is the command line of OpenSSH's client, with options before the host.
func (h *house) client(who string, options []string, host string, command ...string) *exec.Cmd {
	args := []string{
		"-F", "none", "-p", h.port, "-i", h.key(who), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
		"-o", "StrictHostKeyChecking=accept-new", "-o", "UserKnownHostsFile=" + filepath.Join(h.dir, "known_hosts"), "-o", "LogLevel=ERROR",
	}
	args = append(append(append(args, options...), host), command...)
	cmd := exec.Command("ssh", args...)
	cmd.Env = h.env()
	return cmd
}

// asks runs a command over SSH to its end.
func (h *house) asks(who, command string) (out, errs string, status int) {
	h.t.Helper()
	return h.ends(h.client(who, nil, "till1@127.0.0.1", command))
}

func (h *house) ends(cmd *exec.Cmd) (out, errs string, status int) {
	h.t.Helper()
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		h.t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

type saleList struct {
	Items []struct {
		Net      int64  `json:"total_minor"`
		Register string `json:"register"`
		Staff    string `json:"staff"`
	} `json:"items"`
}

// sales are the sales in the file.
func (h *house) sales() saleList {
	h.t.Helper()
	var all saleList
	if err := json.Unmarshal([]byte(h.here("sale", "list", "--json")), &all); err != nil {
		h.t.Fatal(err)
	}
	return all
}

// terminal is a client on a pty.
type terminal struct {
	page
	t    testing.TB
	cmd  *exec.Cmd
	tty  *os.File
	read chan struct{} // closed when all of it is read
}

// opens opens the screens over SSH.
func (h *house) opens(who, user string, options ...string) *terminal {
	h.t.Helper()
	return h.opensSized(who, user, 24, 80, options...)
}

func (h *house) opensSized(who, user string, rows, cols uint16, options ...string) *terminal {
	h.t.Helper()
	return h.opensCommand(h.client(who, options, user+"@127.0.0.1"), rows, cols)
}

// opensIn opens the screens with one variable more in the environment.
func (h *house) opensIn(who, user, env string) *terminal {
	h.t.Helper()
	cmd := h.client(who, nil, user+"@127.0.0.1")
	cmd.Env = append(cmd.Env, env)
	return h.opensCommand(cmd, 24, 80)
}

func (h *house) opensCommand(cmd *exec.Cmd, rows, cols uint16) *terminal {
	h.t.Helper()
	x := &terminal{t: h.t, cmd: cmd, read: make(chan struct{})}
	var err error
	if x.tty, err = pty.StartWithSize(x.cmd, &pty.Winsize{Rows: rows, Cols: cols}); err != nil {
		h.t.Fatal(err)
	}
	go x.reads()
	h.t.Cleanup(x.kill)
	return x
}

func (x *terminal) reads() {
	defer close(x.read)
	buf := make([]byte, 1<<16)
	for {
		n, err := x.tty.Read(buf)
		_, _ = x.Write(buf[:n])
		if err != nil {
			return
		}
	}
}

// kill cuts the connection, as a pulled plug does.
func (x *terminal) kill() {
	_ = x.cmd.Process.Kill()
	_ = x.cmd.Wait()
	_ = x.tty.Close()
}

// ended waits for the client's end and gives its exit status.
func (x *terminal) ended() int {
	x.t.Helper()
	done := make(chan struct{})
	go func() {
		_ = x.cmd.Wait()
		<-x.read // what it said at last
		close(done)
	}()
	select {
	case <-done:
		return x.cmd.ProcessState.ExitCode()
	case <-time.After(30 * time.Second):
		x.t.Fatalf("the client is still there; it shows\n%s", x.shows())
		return 0
	}
}

var escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\][^\x07]*\x07`)

func (x *terminal) shows() string { return escapes.ReplaceAllString(x.String(), "") }

// waitFor waits until something stands on the terminal that did not stand there
// at the last forget.
func (x *terminal) waitFor(what string) {
	x.t.Helper()
	eventually(x.t, what+" stands on the terminal", x.shows, func() bool { return strings.Contains(x.shows(), what) })
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

const (
	enter = "\r"
	down  = "\x1b[B"
	quits = "\x11" // ctrl+q
)

func (h *house) signal(s syscall.Signal) {
	h.t.Helper()
	if err := h.cmd.Process.Signal(s); err != nil {
		h.t.Fatal(err)
	}
}

// waits starts a command that waits for input, and waits until it is in.
func (h *house) waits(who, command string) (*exec.Cmd, io.WriteCloser) {
	h.t.Helper()
	before := strings.Count(h.log.String(), "came in")
	cmd := h.client(who, nil, "till1@127.0.0.1", command)
	cmd.Stderr = &page{}
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	eventually(h.t, "the command is in", h.log.String, func() bool { return strings.Count(h.log.String(), "came in") > before })
	return cmd, in
}

// asOwner runs a command on the server's machine as Ana, whose PIN is 2468.
func (h *house) asOwner(args ...string) string {
	h.t.Helper()
	cmd := exec.Command(program(h.t), append(args, "--staff", "Ana", "--pin-stdin")...)
	cmd.Env, cmd.Stdin = h.env(), strings.NewReader("2468\n")
	out, err := cmd.CombinedOutput()
	if err != nil {
		h.t.Fatalf("%v: %v: %s", args, err, out)
	}
	return string(out)
}

// cmdWithPIN runs a command on the server's machine with a PIN on stdin.
func (h *house) cmdWithPIN(pin string, args ...string) {
	h.t.Helper()
	cmd := exec.Command(program(h.t), args...)
	cmd.Env, cmd.Stdin = h.env(), strings.NewReader(pin+"\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("%v: %v: %s", args, err, out)
	}
}
