package tui_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"bounceback/engine"
	"bounceback/store"
	"bounceback/tui"
	"bounceback/tui/kit"
	"bounceback/tui/shop"
)

var update = flag.Bool("update", false, "write the golden files anew")

var bg = context.Background()

// begun is when the clock of every test stands at first: 11:30 in São Paulo.
var begun = time.Date(2026, 11, 20, 14, 30, 0, 0, time.UTC)

// till is the program at a real file, driven by messages.
type till struct {
	t     testing.TB
	path  string
	db    *store.DB
	app   *tui.App
	opt   tui.Options
	now   time.Time
	keys  int
	later []laterMsg
	held  []func() tea.Msg // commands kept back, while holding
	keep  bool
	quit  bool
	bells int          // how often the bell rang
	actor engine.Actor // for tests that ask the store themselves
}

// laterMsg is what the program asked to be told after a while.
type laterMsg struct {
	at  time.Time
	msg tea.Msg
}

// counting fills with bytes that differ at each call and not from run to run.
func counting() func([]byte) {
	n := byte(0)
	return func(b []byte) {
		for i := range b {
			n = n*167 + 13
			b[i] = n
		}
	}
}

// openTill makes a till at a new file. Without a shop the first run begins.
func openTill(t testing.TB) *till {
	t.Helper()
	k := &till{t: t, path: filepath.Join(t.TempDir(), "shop.db"), now: begun}
	db, err := store.Open(bg, k.path, store.Options{Clock: func() engine.Instant { return engine.InstantOf(k.now) }, Random: counting()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	k.db = db
	k.opt = tui.Options{
		Shop: db, NewKey: k.newKey, Clock: func() time.Time { return k.now },
		Getenv: func(string) string { return "" }, Renderer: colours(termenv.ANSI256),
		Bell: func() { k.bells++ },
		After: func(d time.Duration, msg tea.Msg) tea.Cmd {
			k.later = append(k.later, laterMsg{k.now.Add(d), msg})
			return nil
		},
	}
	return k
}

func colours(p termenv.Profile) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(os.Stdout)
	r.SetColorProfile(p)
	return r
}

// brazil makes Casa Azul before the program starts, edited as a test wants.
func (k *till) brazil(pin string, edit ...func(*engine.Store)) engine.Actor {
	k.t.Helper()
	st, err := engine.NewStore("Casa Azul", "BR")
	if err != nil {
		k.t.Fatal(err)
	}
	st.Language = "en"
	for _, e := range edit {
		e(&st)
	}
	a, err := k.db.FirstRun(bg, st, "Ana", pin, "Till 1", "Volte sempre", engine.FromCounter)
	if err != nil {
		k.t.Fatal(err)
	}
	return a
}

// with sets a setting of the shop to be made.
func with(name engine.Setting, value string) func(*engine.Store) {
	return func(s *engine.Store) {
		if s.Settings == nil {
			s.Settings = engine.Settings{}
		}
		s.Settings[name] = value
	}
}

func (k *till) newKey() string {
	k.keys++
	return "key-" + strings.Repeat("x", k.keys)
}

// start starts the program in a window.
func (k *till) start(width, height int) {
	k.t.Helper()
	app, err := tui.New(bg, k.opt)
	if err != nil {
		k.t.Fatal(err)
	}
	k.app = app
	k.send(tea.WindowSizeMsg{Width: width, Height: height})
	k.run(app.Init())
}

// send gives the program a message and runs what follows from it.
func (k *till) send(msg tea.Msg) {
	_, cmd := k.app.Update(msg)
	k.run(cmd)
}

// run runs a command and all that follows from it. While holding, commands
// wait in held.
func (k *till) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if k.keep {
		k.held = append(k.held, cmd)
		return
	}
	k.took(cmd())
}

func (k *till) took(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg:
		k.quit = true
	case kit.FlushMsg: // it comes when a pause is over, by the test's clock
		k.later = append(k.later, laterMsg{k.now.Add(kit.ScanQuiet), msg})
	case tea.BatchMsg:
		for _, c := range msg {
			k.run(c)
		}
	default:
		if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeOf(tea.Cmd(nil)) {
			for i := range v.Len() { // tea.Sequence
				k.run(v.Index(i).Interface().(tea.Cmd))
			}
			return
		}
		k.send(msg)
	}
}

// pass lets time go by, and brings what was to come after a while.
func (k *till) pass(d time.Duration) {
	k.now = k.now.Add(d)
	due := k.later
	k.later = nil
	for _, l := range due {
		if l.at.After(k.now) {
			k.later = append(k.later, l)
			continue
		}
		k.send(l.msg)
	}
}

// press presses keys by name, each well after the one before.
func (k *till) press(names ...string) {
	for _, n := range names {
		k.pass(400 * time.Millisecond)
		k.send(keyMsg(n))
	}
}

// write types a text, one key after the other.
func (k *till) write(text string) {
	for _, r := range text {
		k.pass(90 * time.Millisecond)
		k.send(keyMsg(string(r)))
	}
}

// enter types a text and presses Enter.
func (k *till) enter(text string) {
	k.write(text)
	k.press("enter")
}

// scan sends a text as a scanner does, with its own Enter.
func (k *till) scan(text string) {
	k.pass(400 * time.Millisecond)
	k.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
	k.now = k.now.Add(5 * time.Millisecond)
	k.send(tea.KeyMsg{Type: tea.KeyEnter})
}

var keyTypes = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
	"backspace": tea.KeyBackspace, "left": tea.KeyLeft, "right": tea.KeyRight,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
	"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
	"ctrl+c": tea.KeyCtrlC, "ctrl+q": tea.KeyCtrlQ, "ctrl+l": tea.KeyCtrlL, "ctrl+n": tea.KeyCtrlN,
	"ctrl+s": tea.KeyCtrlS, "ctrl+d": tea.KeyCtrlD, "ctrl+t": tea.KeyCtrlT, "ctrl+a": tea.KeyCtrlA, "ctrl+y": tea.KeyCtrlY, "ctrl+r": tea.KeyCtrlR,
	"delete": tea.KeyDelete, "shift+tab": tea.KeyShiftTab,
}

func keyMsg(name string) tea.KeyMsg {
	if t, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: t}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// screenText is the frame without its colours.
func (k *till) screenText() string { return plainText(k.app.View()) }

func plainText(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexByte(s, 0x1b)
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		end := strings.IndexByte(s[i:], 'm')
		if end < 0 {
			break
		}
		s = s[i+end+1:]
	}
	return b.String()
}

// shows wants texts on the screen.
func (k *till) shows(texts ...string) {
	k.t.Helper()
	frame := k.screenText()
	for _, want := range texts {
		if !strings.Contains(frame, want) {
			k.t.Fatalf("no %q on the screen:\n%s", want, frame)
		}
	}
}

// hides wants texts not on the screen.
func (k *till) hides(texts ...string) {
	k.t.Helper()
	frame := k.screenText()
	for _, not := range texts {
		if strings.Contains(frame, not) {
			k.t.Fatalf("%q is on the screen:\n%s", not, frame)
		}
	}
}

// sales are the sales recorded, newest first.
func (k *till) sales(a engine.Actor) []engine.Sale {
	k.t.Helper()
	p, err := k.db.Sales(bg, a, engine.Filter{})
	if err != nil {
		k.t.Fatal(err)
	}
	return p.Items
}

// fits wants a frame of exactly the window's lines, none wider than it.
func fits(t *testing.T, frame string, width, height int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != height {
		t.Fatalf("%d lines in a window of %d×%d:\n%s", len(lines), width, height, plainText(frame))
	}
	for _, l := range lines {
		if kit.Width(l) > width {
			t.Fatalf("%d cells in %d×%d: %q", kit.Width(l), width, height, plainText(l))
		}
	}
}

// golden compares the frame with a file, its escape character written as ␛.
func (k *till) golden(name string) {
	k.t.Helper()
	got := strings.ReplaceAll(k.app.View(), "\x1b", "␛") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			k.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			k.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		k.t.Fatal(err)
	}
	if got != string(want) {
		k.t.Errorf("%s differs; got:\n%s\nwant:\n%s", name, plainText(k.app.View()), plainText(strings.ReplaceAll(string(want), "␛", "\x1b")))
	}
}

var _ shop.Shop = (*store.DB)(nil)
