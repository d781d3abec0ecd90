//go:build unix

package sshd_test

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestCommandsOverSSH(t *testing.T) {
	h := newHouse(t)
	out, errs, status := h.asks("ana", "report store --json")
	if status != 0 || !json.Valid([]byte(out)) || !strings.Contains(out, "net_minor") {
		t.Errorf("report store: %d %q %q", status, out, errs)
	}
	out, errs, status = h.asks("ana", "report liability --html -")
	if status != 0 || !strings.Contains(out, "<html") {
		t.Errorf("a page to stdout: %d %.80q %q", status, out, errs)
	}
	if _, errs, status = h.asks("bia", "sale record --anonymous --amount 90.00 --json"); status != 0 {
		t.Errorf("a sale: %d %q", status, errs)
	}
	if got := h.sales(); len(got.Items) != 1 || got.Items[0].Staff != "Bia" || got.Items[0].Register != "Till 1" {
		t.Errorf("the SSH user names the till: %+v", got)
	}
	draft := h.client("bia", nil, "till2@127.0.0.1", "quote - --json")
	draft.Stdin = strings.NewReader(`{"amount": "120.00"}`)
	if out, errs, status := h.ends(draft); status == 3 || out+errs == "" {
		t.Errorf("a document on stdin: %d %q %q", status, out, errs)
	}
	for command, want := range map[string]int{
		"sh": 2, "/bin/sh -c id": 2, "report nothing": 2, "'": 2, "sale show none": 1, "scp -t /tmp": 2,
		"audit list":                          1, // a cashier may not
		"staff key list":                      1,
		"backup " + h.dir + "/copy.db":        1,
		"export sales --out x":                1,
		"import sales x.csv":                  1,
		"report store --html " + h.dir + "/x": 1,
		"sale list --db /etc/passwd":          1,
		"sale list --staff Ana":               1,
		"sale list --store Other":             1,
		"quote /etc/passwd":                   1,
		"campaign lint /etc/passwd":           1,
		"serve":                               1, "demo": 1, "init --title X --country US": 1, "print --last": 1, "doctor": 1, "send --once": 1,
		"dev-sns": 1, "settings set printer.target /tmp/x": 1, "completion bash": 1,
	} {
		if out, errs, status := h.asks("bia", command); status != want || out != "" || errs == "" {
			t.Errorf("%s: %d, want %d; %q %q", command, status, want, out, errs)
		}
	}
	left, err := os.ReadDir(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if name := f.Name(); name == "copy.db" || name == "x" {
			t.Errorf("%s was written", name)
		}
	}
}

func TestOnlyKeysThatAreKnown(t *testing.T) {
	h := newHouse(t)
	out, errs, status := h.asks("eve", "report store")
	if status != 255 || out != "" || !strings.Contains(errs, "Permission denied (publickey)") || strings.Contains(errs, "nobody") {
		t.Errorf("an unknown key: %d %q %q", status, out, errs)
	}
	eventually(t, "the log says why", h.log.String, func() bool { return strings.Contains(h.log.String(), `why="nobody's key"`) })
	for _, method := range []string{"password", "keyboard-interactive", "none"} {
		cmd := h.client("ana", []string{"-o", "BatchMode=no", "-o", "NumberOfPasswordPrompts=1", "-o", "PreferredAuthentications=" + method}, "ana@127.0.0.1", "report", "store")
		cmd.Env = append(cmd.Env, "SSH_ASKPASS_REQUIRE=force", "SSH_ASKPASS=/bin/true")
		if _, errs, status := h.ends(cmd); status != 255 || !strings.Contains(errs, "Permission denied (publickey)") {
			t.Errorf("%s: %d %q", method, status, errs)
		}
	}
	h.here("staff", "edit", "Bia", "--active", "no")
	if _, errs, status := h.asks("bia", "report store"); status != 255 || strings.Contains(errs, "Bia") {
		t.Errorf("somebody who left: %d %q", status, errs)
	}
	eventually(t, "the log says why", h.log.String, func() bool { return strings.Contains(h.log.String(), "does not work here any more") })
	if out, _, _ := h.asks("ana", "staff key list"); out != "" {
		t.Errorf("keys are listed over SSH: %q", out)
	}
	if list := h.here("staff", "key", "list"); !strings.Contains(list, fingerprint(t, h.key("ana"))) {
		t.Errorf("the list does not show the key as ssh-keygen does:\n%s", list)
	}
}

// fingerprint is what ssh-keygen says of a key.
func fingerprint(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("ssh-keygen", "-l", "-f", path+".pub").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))[1]
}

// TestNothingIsForwarded asks for each kind of forwarding, and looks that
// nothing arrives.
func TestNothingIsForwarded(t *testing.T) {
	h := newHouse(t)
	target, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	arrived := make(chan struct{}, 8)
	go func() {
		for {
			c, err := target.Accept()
			if err != nil {
				return
			}
			_ = c.Close()
			arrived <- struct{}{}
		}
	}()
	for _, c := range []struct{ flag, hello string }{{"-L", "hello"}, {"-D", "\x05\x01\x00"}} {
		from := freePort(t)
		to := from
		if c.flag == "-L" {
			to += ":" + target.Addr().String()
		}
		cmd := h.client("bia", []string{"-N", c.flag, to}, "till2@127.0.0.1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var conn net.Conn
		eventually(t, "the client listens", h.log.String, func() bool {
			conn, err = net.Dial("tcp", "127.0.0.1:"+from)
			return err == nil
		})
		_, _ = conn.Write([]byte(c.hello))
		buf := make([]byte, 16)
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		n, err := conn.Read(buf)
		if c.flag == "-D" && n == 2 { // the client's own greeting; then it asks the server
			host := target.Addr().(*net.TCPAddr)
			_, _ = conn.Write([]byte{5, 1, 0, 1, 127, 0, 0, 1, byte(host.Port >> 8), byte(host.Port)})
			n, err = conn.Read(buf)
		}
		if err == nil && n > 1 && buf[1] == 0 || err == nil && c.flag == "-L" {
			t.Errorf("%s brought %q", c.flag, buf[:n])
		}
		_ = conn.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	_, errs, status := h.ends(h.client("bia", []string{"-N", "-R", "127.0.0.1:0:" + target.Addr().String(), "-o", "ExitOnForwardFailure=yes"}, "till2@127.0.0.1"))
	if status != 255 || !strings.Contains(errs, "remote port forwarding failed") {
		t.Errorf("-R: %d %q", status, errs)
	}
	select {
	case <-arrived:
		t.Error("a connection was forwarded")
	default:
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

func TestNoShellAndNoFiles(t *testing.T) {
	h := newHouse(t)
	if _, errs, status := h.ends(h.client("bia", []string{"-s"}, "till2@127.0.0.1", "sftp")); status == 0 || !strings.Contains(errs, "subsystem request failed") {
		t.Errorf("sftp: %d %q", status, errs)
	}
	if _, errs, status := h.ends(h.client("bia", []string{"-T"}, "till2@127.0.0.1")); status != 2 || !strings.Contains(errs, "terminal") {
		t.Errorf("no terminal: %d %q", status, errs)
	}
	if scp, err := exec.LookPath("scp"); err == nil {
		cmd := exec.Command(scp, "-F", "none", "-P", h.port, "-i", h.key("bia"), "-o", "StrictHostKeyChecking=no",
			"-o", "UserKnownHostsFile=/dev/null", "-o", "BatchMode=yes", "till2@127.0.0.1:shop.db", filepath.Join(h.dir, "stolen"))
		if _, _, status := h.ends(cmd); status == 0 {
			t.Error("scp took the file")
		}
	}
}

// TestEachKeySeesItsOwnStore has two stores in one file.
func TestEachKeySeesItsOwnStore(t *testing.T) {
	h := newHouse(t)
	h.here("init", "--another", "--title", "Loja Dois", "--country", "US", "--language", "en", "--owner", "Eva")
	h.here("staff", "key", "add", "Eva", h.key("eve")+".pub", "--store", "Loja Dois")
	if _, errs, status := h.asks("ana", "sale record --anonymous --amount 55.00"); status != 0 {
		t.Fatal(errs)
	}
	out, errs, status := h.asks("eve", "sale list --json")
	if status != 0 || strings.Contains(out, "5500") {
		t.Errorf("another store's sales: %d %q %q", status, out, errs)
	}
	x := h.opens("eve", "till1")
	x.waitFor("Loja Dois")
	if strings.Contains(x.shows(), "Casa Azul") {
		t.Error("the other store stands on the screen")
	}
}

func TestKeysAreTakenOver(t *testing.T) {
	h := newHouse(t)
	public, err := os.ReadFile(h.key("eve") + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	key := strings.Join(strings.Fields(string(public))[:2], " ")
	h.newKey("second")
	second, err := os.ReadFile(h.key("second") + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(h.dir, "authorized_keys")
	text := "# our keys\n\nno-pty,command=\"ls\" " + key + " bia@phone\nfrom=\"10.0.0.0/8\" " + string(second) + "rubbish\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program(t), "staff", "key", "import", file)
	cmd.Env = h.env()
	out, errs, status := h.ends(cmd)
	if status != 1 || !strings.Contains(out, "Bia") || !strings.Contains(errs, "no-pty, command") || !strings.Contains(errs, "Line 4") ||
		!strings.Contains(errs, "limit from") || !strings.Contains(errs, "Line 5") {
		t.Errorf("%d\n%s\n%s", status, out, errs)
	}
	if _, errs, status := h.asks("eve", "report store"); status == 255 {
		t.Errorf("the key taken over does not open: %q", errs)
	}
	h.here("staff", "key", "remove", "bia@phone")
	if _, _, status := h.asks("eve", "report store"); status != 255 {
		t.Errorf("the key taken away opens still: %d", status)
	}
}

// TestThePINBesidesTheKey has no command where a PIN is wanted as well, since
// nobody can be asked for it.
func TestThePINBesidesTheKey(t *testing.T) {
	h := newHouse(t)
	h.cmdWithPIN("2468", "staff", "edit", "Ana", "--new-pin-stdin")
	h.cmdWithPIN("2468", "settings", "set", "access.key_signs_in", "no", "--staff", "Ana", "--pin-stdin")
	out, errs, status := h.asks("ana", "sale list")
	if status != 1 || out != "" || !strings.Contains(errs, "connect without a command") {
		t.Errorf("without the PIN: %d %q %q", status, out, errs)
	}
	if _, errs, status := h.asks("bia", "sale list"); status != 0 {
		t.Errorf("who has no PIN: %d %q", status, errs)
	}
}

// TestStrangersFillNoPlaces drips bytes from one address on as many connections
// as that may open; somebody from another one comes in.
func TestStrangersFillNoPlaces(t *testing.T) {
	h := newHouse(t)
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	stop := make(chan struct{})
	defer close(stop)
	for range 60 {
		conn, err := dialer.Dial("tcp", "127.0.0.1:"+h.port)
		if err != nil {
			t.Skip("one address only on this machine:", err)
		}
		defer conn.Close()
		go func() {
			_, err := conn.Write([]byte("SSH-2.0-x"))
			for err == nil {
				select {
				case <-stop:
					return
				case <-time.After(time.Second):
					_, err = conn.Write([]byte("x"))
				}
			}
		}()
		time.Sleep(20 * time.Millisecond)
	}
	for range 3 {
		if _, errs, status := h.asks("bia", "sale list"); status != 0 {
			t.Fatalf("%d %q", status, errs)
		}
	}
	if !strings.Contains(h.log.String(), "prove no key") {
		t.Errorf("nobody was turned away:\n%s", h.log)
	}
}

// TestALongCommand is refused before it is taken apart.
func TestALongCommand(t *testing.T) {
	h := newHouse(t)
	long := strings.Repeat("a", 100<<10) // the client's own command line has bounds
	began := time.Now()
	_, errs, status := h.asks("ana", "customer show "+long)
	if status != 1 || !strings.Contains(errs, "too long") {
		t.Errorf("%d %.200q", status, errs)
	}
	t.Logf("refused after %v", time.Since(began))
	if _, errs, _ := h.asks("ana", "customer show "+long[:8<<10]); strings.Contains(errs, "too long") {
		t.Errorf("a shorter one: %.200q", errs)
	}
}

// TestACommandOfWhoLeaves waits for input while its holder is shut out, and
// another gets its end in the same moment.
func TestACommandOfWhoLeaves(t *testing.T) {
	h := newHouse(t)
	waiting, _ := h.waits("bia", "quote -")
	acting, in := h.waits("bia", "quote -")
	h.here("staff", "edit", "Bia", "--active", "no")
	_, _ = io.WriteString(in, `{"amount": "120.00"`)
	_ = in.Close()
	for _, cmd := range []*exec.Cmd{acting, waiting} {
		err := cmd.Wait()
		said := cmd.Stderr.(*page).String()
		if err == nil || cmd.ProcessState.ExitCode() == 0 || !strings.Contains(said, "signed out") && !strings.Contains(said, "session was ended") {
			t.Errorf("%v: %q", err, said)
		}
	}
}

// TestTooMuchInput sends more than a document may have.
func TestTooMuchInput(t *testing.T) {
	h := newHouse(t)
	for name, c := range map[string]struct{ input, want string }{
		"one document": {`{"basket": "` + strings.Repeat("x", 20<<20), "larger than"},
		"spaces":       {strings.Repeat(" ", 20<<20), "larger than"},
		"many of them": {strings.Repeat(`{"amount": 1`+strings.Repeat(" ", 900<<10)+"}\n", 20), "More than 16777216 bytes came in"},
		"no document":  {strings.Repeat("x", 20<<20), "JSON"},
	} {
		cmd := h.client("ana", nil, "till1@127.0.0.1", "quote -")
		cmd.Stdin = strings.NewReader(c.input)
		if out, errs, status := h.ends(cmd); status != 2 || !strings.Contains(out+errs, c.want) {
			t.Errorf("%s: %d %.300q %.300q", name, status, out, errs)
		}
	}
}

// TestServeSaysWhatIsWrong gives addresses and files that cannot be.
func TestServeSaysWhatIsWrong(t *testing.T) {
	h := newHouse(t)
	for flags, want := range map[string]string{
		"--listen 22923":                           "after a colon",
		"--listen 192.0.2.1:0":                     "an address of this machine",
		"--listen 127.0.0.1:" + h.port:             "Another program listens",
		"--listen 127.0.0.1:0 --host-key " + h.dir: "is a directory",
	} {
		cmd := exec.Command(program(t), append([]string{"serve"}, strings.Fields(flags)...)...)
		cmd.Env = h.env()
		if _, errs, status := h.ends(cmd); status == 0 || !strings.Contains(errs, want) {
			t.Errorf("%s: %d %q", flags, status, errs)
		}
	}
}
