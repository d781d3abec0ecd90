package sshd

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/ssh"
	"github.com/muesli/termenv"
	gossh "golang.org/x/crypto/ssh"

	"bounceback/engine"
	"bounceback/tui/screen"
	"bounceback/tui/shop"
)

const goodKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGDvmnU9JjlF0ATPuNiAfTfBDE1cpvUnpkXfnBVmEPVY ana@notebook"

func TestReadKey(t *testing.T) {
	k, err := ReadKey([]byte("\ufeff  " + goodKey + "\r\n"))
	if err != nil || k.Kind != "ssh-ed25519" || k.Comment != "ana@notebook" || len(k.Public) != 51 {
		t.Errorf("%+v, %v", k, err)
	}
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Skip("this Go makes no key that is too small:", err)
	}
	weak, err := gossh.NewPublicKey(&small.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	one := new(big.Int).SetBit(big.NewInt(1), 1023, 1)
	dsa := gossh.Marshal(struct {
		Name       string
		P, Q, G, Y *big.Int
	}{"ssh-dss", one, new(big.Int).SetBit(big.NewInt(1), 159, 1), big.NewInt(2), big.NewInt(2)})
	for text, code := range map[string]engine.Code{
		"ssh-dss " + base64.StdEncoding.EncodeToString(dsa): CodeKeyWeak,
		"":                                       CodeKeyText,
		"ssh-ed25519":                            CodeKeyText,
		"ssh-ed25519 rubbish":                    CodeKeyText,
		goodKey + "\n" + goodKey:                 CodeKeyText,
		"-----BEGIN OPENSSH PRIVATE KEY----":     CodeKeyPrivate,
		"from=\"10.0.0.1\" " + goodKey:           CodeKeyOption,
		"cert-authority " + goodKey:              CodeKeyOption,
		string(gossh.MarshalAuthorizedKey(weak)): CodeKeyWeak,
	} {
		if k, err := ReadKey([]byte(text)); engine.CodeOf(err) != code {
			t.Errorf("%q: %+v, %v, want %s", text, k, err, code)
		}
	}
}

func TestReadKeys(t *testing.T) {
	lines := ReadKeys([]byte("# all\r\n\r\n" + goodKey + "\r\nrestrict,pty " + goodKey + "\nx\n"))
	if len(lines) != 3 || lines[0].Number != 3 || lines[0].Err != nil || lines[1].Number != 4 || lines[2].Number != 5 {
		t.Fatalf("%+v", lines)
	}
	if got := strings.Join(lines[1].Key.Ignored, " "); got != "restrict pty" || lines[1].Err != nil {
		t.Errorf("ignored %q, %v", got, lines[1].Err)
	}
	if engine.CodeOf(lines[2].Err) != CodeKeyText {
		t.Error(lines[2].Err)
	}
}

func TestHostKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.db.hostkey")
	var wait sync.WaitGroup
	made := make([]string, 8)
	for i := range made { // several servers start at once: one key
		wait.Go(func() {
			if k, err := hostKey(path); err != nil {
				t.Error(err)
			} else {
				made[i] = gossh.FingerprintSHA256(k.PublicKey())
			}
		})
	}
	wait.Wait()
	for _, print := range made {
		if print != made[0] {
			t.Fatalf("several keys: %v", made)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	refusedWith := func(code engine.Code) {
		t.Helper()
		if _, err := hostKey(path); engine.CodeOf(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	_ = os.Chmod(path, 0o644)
	refusedWith(CodeHostKeyOpen)
	_ = os.Chmod(path, 0o600)
	_ = os.WriteFile(path, nil, 0o600)
	refusedWith(CodeHostKeyBad)
	if text, _ := os.ReadFile(path); len(text) != 0 {
		t.Error("a broken key was written over")
	}
	path = filepath.Join(path, "below")
	refusedWith(CodeHostKeyFile)
}

// from is a connection of an address.
type from struct {
	net.Conn
	addr string
}

func (f from) RemoteAddr() net.Addr {
	a, err := net.ResolveTCPAddr("tcp", f.addr)
	if err != nil {
		panic(err)
	}
	return a
}
func (from) Close() error { return nil }

func TestTheDoor(t *testing.T) {
	d, now := newDoor(100), time.Unix(1_795_010_000, 0)
	enter := func(addr string) *visit {
		v, _ := d.enter(from{addr: addr}, now)
		return v
	}
	for i := range doorBurst {
		v := enter("10.0.0.1:" + string(rune('1'+i%9)))
		if v == nil {
			t.Fatalf("number %d is turned away", i)
		}
		_ = v.Close()
	}
	if enter("10.0.0.1:99") != nil || enter("[::ffff:10.0.0.1]:99") != nil {
		t.Error("one address opens any number")
	}
	if enter("10.0.0.2:1") == nil {
		t.Error("another address is turned away")
	}
	for i := range doorBurst {
		enter("[2001:db8::" + string(rune('1'+i%9)) + "]:1")
	}
	if enter("[2001:db8::ffff]:1") != nil {
		t.Error("one network has all its addresses")
	}
	now = now.Add(time.Second)
	if enter("10.0.0.1:5") == nil {
		t.Error("a second later it is turned away still")
	}
}

// TestStrangersHaveTheirPlaces fills the door with connections that prove no
// key, of one address and of many.
func TestStrangersHaveTheirPlaces(t *testing.T) {
	d, now := newDoor(1), time.Unix(1_795_010_000, 0)
	at := func(i int) from { return from{addr: net.IPv4(10, 0, byte(i>>8), byte(i)).String() + ":1"} }
	oldest, _ := d.enter(at(0), now)
	for range strangersOfOne - 1 {
		_, _ = d.enter(at(0), now)
	}
	if v, why := d.enter(at(0), now); v != nil || why == "" {
		t.Error("one address has any number")
	}
	if v, _ := d.enter(at(0), now.Add(hurry)); v == nil || !oldest.closed || len(d.strangers) != strangersOfOne {
		t.Error("the one that had its time does not make way")
	}
	for i := 1; len(d.strangers) < strangersMost; i++ {
		_, _ = d.enter(at(i), now.Add(hurry))
	}
	if v, _ := d.enter(at(5000), now.Add(hurry)); v == nil {
		t.Error("of all, nobody makes way who had their time")
	}
	known := d.strangers[strangersMost-1]
	if !known.begin() || d.open != 1 || len(d.strangers) != strangersMost-1 {
		t.Errorf("who holds a session is a stranger still: %d, %d", d.open, len(d.strangers))
	}
	if d.strangers[0].begin() {
		t.Error("there are more with a session than places")
	}
	if known.begin(); known.sessions != 2 || d.open != 1 {
		t.Error("a second session in a connection takes a second place")
	}
	known.end(now)
	known.end(now)
	if d.open != 0 || len(d.strangers) != strangersMost {
		t.Errorf("without a session it is no stranger again: %d, %d", d.open, len(d.strangers))
	}
	_, _ = known.Close(), known.Close()
	if known.begin() || len(d.strangers) != strangersMost-1 {
		t.Error("a closed connection has a place")
	}
	busy := d.strangers[0]
	for i := range mostChannels + 1 {
		if busy.begin() != (i < mostChannels) {
			t.Errorf("session %d of one connection", i)
		}
	}
	if _ = busy.Close(); d.open != 0 {
		t.Errorf("%d places are taken by nobody", d.open)
	}
}

func TestTries(t *testing.T) {
	now := time.Unix(1_795_010_000, 0)
	c := newTries(func() time.Time { return now })
	fail := func() (int, time.Time) {
		if until := c.take("a"); !until.IsZero() {
			return -1, until
		}
		return c.wrong("a")
	}
	for want := engine.PINTries - 1; want > 0; want-- {
		if left, _ := fail(); left != want {
			t.Errorf("%d left, want %d", left, want)
		}
		c.take("a")
		c.giveBack("a") // the holder's own PIN brings no tries back
	}
	if left, until := fail(); left != 0 || until.Sub(now) != 5*time.Minute {
		t.Errorf("%d left, until %v", left, until)
	}
	if left, until := fail(); left != -1 || until.Sub(now) != 5*time.Minute {
		t.Errorf("locked out: %d, %v", left, until)
	}
	if until := c.take("b"); !until.IsZero() {
		t.Error("another key is locked out")
	}
	now = now.Add(5 * time.Minute)
	for range engine.PINTries - 1 {
		fail()
	}
	if _, until := fail(); until.Sub(now) != 10*time.Minute {
		t.Errorf("the second time until %v", until)
	}
	now = now.Add(2 * time.Hour)
	for range engine.PINTries { // at the same time
		if until := c.take("a"); !until.IsZero() {
			t.Error("it is locked out still")
		}
	}
	if c.take("a").IsZero() {
		t.Error("many at a time have more tries")
	}
}

func TestLimitedInput(t *testing.T) {
	now, ended := time.Unix(1_795_010_000, 0), false
	out, in := io.Pipe()
	l := &limited{from: out, left: 3, clock: func() time.Time { return now }, end: func() bool { return !ended }}
	if l.waited() != 0 {
		t.Error("it waits before it reads")
	}
	go func() { _, _ = in.Write([]byte("abcd")) }()
	text, err := io.ReadAll(l)
	if string(text) != "abc" || engine.CodeOf(err) != CodeInputLong {
		t.Errorf("%q, %v", text, err)
	}
	l.left, l.from = 3, strings.NewReader("")
	if _, err := l.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	ended = true
	if _, err := l.Read(make([]byte, 1)); engine.CodeOf(err) != CodeInputEnded {
		t.Errorf("the end of a session passes for the end of the input: %v", err)
	}
	l.since.Store(now.UnixMilli())
	if now = now.Add(time.Minute); l.waited() != time.Minute {
		t.Errorf("it waited for %v", l.waited())
	}
}

func TestTheDoorForgets(t *testing.T) {
	d, now := newDoor(1<<20), time.Unix(1_795_010_000, 0)
	for i := range doorMost + 10 {
		_, _ = d.enter(from{addr: net.IPv4(10, byte(i>>16), byte(i>>8), byte(i)).String() + ":1"}, now)
	}
	if n := len(d.rates); n > doorMost {
		t.Errorf("%d addresses are remembered", n)
	}
}

func TestProfiles(t *testing.T) {
	for env, want := range map[string]termenv.Profile{
		"TERM=xterm-256color": termenv.ANSI256, "TERM=xterm": termenv.ANSI, "TERM=dumb": termenv.Ascii, "": termenv.Ascii,
		"TERM=xterm COLORTERM=truecolor": termenv.TrueColor, "TERM=xterm-kitty": termenv.TrueColor, "TERM=vt100": termenv.Ascii,
		"TERM=xterm-256color NO_COLOR=1": termenv.Ascii, "TERM=linux": termenv.ANSI,
	} {
		get := func(name string) string {
			for _, one := range strings.Fields(env) {
				if value, ok := strings.CutPrefix(one, name+"="); ok {
					return value
				}
			}
			return ""
		}
		if got := profile(get); got != want {
			t.Errorf("%s: %v, want %v", env, got, want)
		}
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct{ w, h, width, height int }{{0, 0, 80, 24}, {40, 12, 40, 12}, {1 << 30, 1 << 30, mostWidth, mostHeight}, {-1, 5, 80, 24}} {
		if w, h := size(ssh.Window{Width: c.w, Height: c.h}); w != c.width || h != c.height {
			t.Errorf("%d×%d became %d×%d", c.w, c.h, w, h)
		}
	}
}

func TestWhatIsKept(t *testing.T) {
	now := time.Unix(1_795_010_000, 0)
	s := newShelf(func() time.Time { return now })
	here, there := place{staff: engine.ID{1}}, place{staff: engine.ID{2}}
	what := &screen.Kept{}
	s.put(here, what)
	s.put(here, nil)
	if s.take(there) != nil {
		t.Error("another place has it")
	}
	if s.take(here) != what || s.take(here) != nil {
		t.Error("it is not given once")
	}
	s.put(here, what)
	now = now.Add(keepFor + time.Second)
	if s.take(here) != nil {
		t.Error("it is kept for more than a day")
	}
}

func TestUnit(t *testing.T) {
	text, err := Unit{Listen: ":22", HostKey: "/etc/bounceback/key"}.Text()
	if err != nil || !strings.Contains(text, "serve --db /var/lib/bounceback/bounceback.db --listen :22 --host-key /etc/bounceback/key\n") ||
		!strings.Contains(text, "ReadWritePaths=/var/lib/bounceback /etc/bounceback\n") || strings.Contains(text, "{") {
		t.Errorf("%v\n%s", err, text)
	}
	for _, bad := range []string{"22", "host", "[::1"} {
		if _, err := (Unit{Listen: bad}).Text(); engine.CodeOf(err) != CodeListenBad {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, bad := range []string{"/a b", "/a\nExecStart=/bin/sh", "/a%h", "/a\"", "/$HOME"} {
		if _, err := (Unit{DB: bad}).Text(); engine.CodeOf(err) != CodeUnitPath {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// sick is a shop whose file has trouble when somebody comes in.
type sick struct {
	shop.Shop
	actor engine.Actor
	err   error
}

func (sick) KeyHolder(context.Context, string) (engine.KeyHolder, error) {
	return engine.KeyHolder{Store: engine.Store{Language: "en", Country: "BR", Currency: "BRL"}}, nil
}

func (s sick) SignInByKey(context.Context, string, string, engine.Origin) (engine.Actor, error) {
	return s.actor, s.err
}

// TestTroubleIsNoShutOut has a full disk when somebody comes in: if that could
// only not be noted, they come in; if not, they hear what is the matter.
func TestTroubleIsNoShutOut(t *testing.T) {
	full := engine.Broken("disk_full", nil, "path", "/var/lib/shop.db")
	in := engine.Actor{StaffID: engine.ID{1}}
	for name, c := range map[string]struct {
		shop   sick
		says   string
		status int
	}{
		"not noted": {sick{actor: in, err: full}, "ran", 0},
		"not asked": {sick{err: full}, "disk", statusFault},
		"no till":   {sick{err: engine.Refuse("till_in_address", "till", "till9", "names", []string{"Till 1"})}, "till9", statusRefused},
		"nobody":    {sick{err: engine.Refuse(engine.CodeKeyUnknown)}, "signed out", statusRefused},
	} {
		client := serveAlone(t, Options{Shop: c.shop, Command: func(_ context.Context, _ engine.Actor, s Streams, _ []string) int {
			_, _ = io.WriteString(s.Err, "ran")
			return 0
		}})
		sess, err := client.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		sess.Stderr = &said
		err = sess.Run("report store")
		status := 0
		if ended := new(gossh.ExitError); errors.As(err, &ended) {
			status = ended.ExitStatus()
		}
		if status != c.status || !strings.Contains(said.String(), c.says) {
			t.Errorf("%s: %v, %q", name, err, said.String())
		}
	}
}

// serveAlone serves in this process until the test ends, and gives a client
// that has come in.
func serveAlone(t *testing.T, opt Options) *gossh.Client {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	at, over := make(chan net.Addr, 1), make(chan error, 1)
	opt.HostKey, opt.Listen, opt.Clock = filepath.Join(t.TempDir(), "key"), "127.0.0.1:0", time.Now
	opt.Ready = func(a net.Addr, _ string) { at <- a }
	go func() { over <- Run(ctx, opt) }()
	t.Cleanup(func() {
		stop()
		if err := <-over; err != nil {
			t.Error(err)
		}
	})
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	client, err := gossh.Dial("tcp", (<-at).String(), &gossh.ClientConfig{
		Auth: []gossh.AuthMethod{gossh.PublicKeys(key)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}
