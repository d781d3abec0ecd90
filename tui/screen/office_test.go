package screen_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/store"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// office is a shop on a real file with the screens on a stack, driven by keys:
// the root program's part, played without a terminal.
type office struct {
	t      *testing.T
	db     *store.DB
	env    *screen.Env
	now    time.Time
	store  engine.Store
	actor  engine.Actor
	owner  engine.Actor
	stack  []screen.Screen
	need   *screen.NeedRoleMsg
	slips  []engine.ID
	writes kit.Writes
	mu     sync.Mutex // the store's clock is asked from its own goroutines too
}

const (
	maria = "+5511987654321"
	joao  = "+5511912345678"
)

// newOffice makes a Brazilian shop, the owner signed in, with the lists open.
func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, now: time.Date(2026, 11, 20, 17, 30, 0, 0, time.UTC)}
	random := rand.NewChaCha8([32]byte{7})
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "shop.db"), store.Options{
		Clock:  func() engine.Instant { return engine.InstantOf(o.clock()) },
		Random: func(b []byte) { o.mu.Lock(); defer o.mu.Unlock(); _, _ = random.Read(b) },
	})
	o.must(err)
	t.Cleanup(func() { _ = db.Close() })
	o.db = db
	s, err := engine.NewStore("Casa Azul", "BR")
	o.must(err)
	s.Language = "en"
	o.owner, err = db.FirstRun(t.Context(), s, "Ana", "", "Till 1", "Welcome back", engine.FromCounter)
	o.must(err)
	o.actor = o.owner
	o.env = &screen.Env{
		Shop: db, Clock: o.clock, Writes: &o.writes, Ctx: t.Context(),
		Store: func() engine.Store { return o.store }, Actor: func() engine.Actor { return o.actor },
	}
	o.speak("en", kit.Mono)
	o.push(screen.NewLists(o.env))
	return o
}

func (o *office) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

// later moves the clock on.
func (o *office) later(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// speak sets the language and the theme of the session.
func (o *office) speak(lang string, theme kit.Theme) {
	o.t.Helper()
	var err error
	o.store, err = o.db.TheStore(context.Background(), "")
	o.must(err)
	o.env.Words, err = words.For(lang)
	o.must(err)
	o.env.Format, err = words.NewFormat(o.env.Words, o.store.Country, o.store.Currency, o.store.Zone())
	o.must(err)
	r := lipgloss.NewRenderer(os.Stdout)
	r.SetColorProfile(termenv.ANSI256)
	if theme == kit.Mono {
		r.SetColorProfile(termenv.Ascii)
	}
	o.env.Styles = kit.NewStyles(r, theme)
}

func (o *office) top() screen.Screen { return o.stack[len(o.stack)-1] }

func (o *office) push(s screen.Screen) {
	o.t.Helper()
	o.stack = append(o.stack, s)
	o.run(s.Init())
}

// run plays a command and all that follows from it, in order.
func (o *office) run(cmd tea.Cmd) {
	o.t.Helper()
	if cmd != nil {
		o.take(cmd())
	}
}

func (o *office) take(msg tea.Msg) {
	o.t.Helper()
	switch msg := msg.(type) {
	case nil:
	case kit.WriteDone:
		o.run(o.writes.Done())
		o.take(msg.Msg)
	case screen.OpenMsg:
		o.push(msg.Screen)
	case screen.BackMsg:
		if len(o.stack) > 1 {
			o.stack = o.stack[:len(o.stack)-1]
		}
	case screen.GotoMsg:
		o.push(screen.Detail(o.env, msg.Kind, msg.ID))
	case screen.SayMsg:
		o.run(o.top().Msg(msg))
	case screen.NeedRoleMsg:
		o.need = &msg
	case screen.PrintMsg:
		o.slips = append(o.slips, msg.SaleID)
	case screen.ChangedMsg:
		var err error
		o.store, err = o.db.TheStore(context.Background(), "")
		o.must(err)
		o.tell(msg)
	default:
		o.several(msg)
	}
}

// several plays the commands of a batch or a sequence, whose type bubbletea
// keeps to itself; other messages go to every screen.
func (o *office) several(msg tea.Msg) {
	o.t.Helper()
	v := reflect.ValueOf(msg)
	if v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			cmd, _ := v.Index(i).Interface().(tea.Cmd)
			o.run(cmd)
		}
		return
	}
	o.tell(msg)
}

func (o *office) tell(msg tea.Msg) {
	o.t.Helper()
	for _, s := range append([]screen.Screen(nil), o.stack...) {
		o.run(s.Msg(msg))
	}
}

// press presses keys by name, each after the time in which a dialog takes
// none.
func (o *office) press(names ...string) {
	o.t.Helper()
	for _, n := range names {
		o.later(kit.Grace)
		k := kit.Key{Name: n}
		if len([]rune(n)) == 1 {
			k.Text = n
		}
		o.run(o.top().Event(k))
		o.view(80, 24)
	}
}

// typed types a text.
func (o *office) typed(text string) {
	o.t.Helper()
	for _, r := range text {
		o.press(string(r))
	}
}

// fill clears the current field of a form and types another text.
func (o *office) fill(text string) {
	o.t.Helper()
	o.press("ctrl+u")
	o.typed(text)
}

func (o *office) view(width, height int) string {
	o.t.Helper()
	v := o.top().View(width, height)
	lines := strings.Split(v, "\n")
	if len(lines) != height {
		o.t.Errorf("%s has %d lines in %dx%d", o.top().Title(), len(lines), width, height)
	}
	for _, l := range lines {
		if kit.Width(l) > width {
			o.t.Errorf("%s: %d cells in %d: %q", o.top().Title(), kit.Width(l), width, l)
		}
	}
	if strings.Contains(v, "⟦") {
		o.t.Errorf("%s lacks words:\n%s", o.top().Title(), v)
	}
	return v
}

// sees fails unless every text is on screen.
func (o *office) sees(texts ...string) {
	o.t.Helper()
	v := o.view(120, 40)
	for _, text := range texts {
		if !strings.Contains(v, text) {
			o.t.Errorf("%q is not on screen:\n%s", text, v)
		}
	}
}

// lacks fails if any text is on screen.
func (o *office) lacks(texts ...string) {
	o.t.Helper()
	v := o.view(120, 40)
	for _, text := range texts {
		if strings.Contains(v, text) {
			o.t.Errorf("%q is on screen:\n%s", text, v)
		}
	}
}

// at fails unless the topmost screen is the one of a title.
func (o *office) at(title string) {
	o.t.Helper()
	if got := o.top().Title(); got != title {
		o.t.Fatalf("on %q, want %q:\n%s", got, title, o.view(80, 24))
	}
}

// sell records a sale of a customer, a bearer's without a phone.
func (o *office) sell(phone, name string, amount engine.Minor, use *engine.Coupon, ref string) engine.Recorded {
	o.t.Helper()
	o.later(time.Minute)
	d := engine.Draft{Amount: amount, Reference: ref}
	if phone != "" {
		d.Customer = engine.CustomerRef{Phone: phone, Name: name, Consent: engine.ConsentYes, Wording: "?"}
	}
	if use != nil {
		d.Use, d.Code = engine.UseCode, use.Code
	}
	got, err := o.db.RecordSale(context.Background(), o.owner, d)
	o.must(err)
	return got
}

// year gives the shop some history: Maria came twice, João once, and somebody
// without a phone.
func (o *office) year() (first, second, third engine.Recorded) {
	o.t.Helper()
	first = o.sell(maria, "Maria Silva", 181_00, nil, "A-1001")
	third = o.sell(joao, "João Souza", 90_00, nil, "")
	o.later(12 * 24 * time.Hour)
	second = o.sell(maria, "", 250_00, first.Issued, "A-1002")
	o.sell("", "", 45_50, nil, "")
	return first, second, third
}

// as signs a new member of staff in.
func (o *office) as(name string, role engine.Role) {
	o.t.Helper()
	s, err := o.db.SaveStaff(context.Background(), o.owner, engine.StaffEdit{Name: name, Role: role, Active: true})
	o.must(err)
	o.actor, err = o.db.SignIn(context.Background(), o.store.ID, s.ID, o.owner.RegisterID, "", engine.FromCounter)
	o.must(err)
}

// golden compares the topmost screen with files, in three sizes and two
// themes. UPDATE_GOLDEN=1 writes them anew.
func (o *office) golden(name string) {
	o.t.Helper()
	for _, theme := range []kit.Theme{kit.Dark, kit.Mono} {
		o.speak(o.env.Words.Lang(), theme)
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			got := strings.ReplaceAll(o.view(size[0], size[1]), "\x1b", "␛") + "\n"
			path := filepath.Join("testdata", "lists", name+"-"+[]string{"dark", "light", "mono"}[theme]+"-"+sizeName(size)+".golden")
			if os.Getenv("UPDATE_GOLDEN") != "" {
				o.must(os.MkdirAll(filepath.Dir(path), 0o755))
				o.must(os.WriteFile(path, []byte(got), 0o644))
			}
			want, err := os.ReadFile(path)
			o.must(err)
			if got != string(want) {
				o.t.Errorf("%s differs; got:\n%s\nwant:\n%s", path, got, want)
			}
		}
	}
}

func sizeName(size [2]int) string {
	return map[int]string{40: "40x12", 80: "80x24", 120: "120x40"}[size[0]]
}
