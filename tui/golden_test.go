package tui_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"bounceback/engine"
)

// scenes are the screens a cashier sees, each a run of keys.
var scenes = []struct {
	name string
	lang string
	keys func(k *till)
}{
	{"idle", "en", func(*till) {}},
	{"new", "en", func(k *till) { k.enter(maria) }},
	{"welcomed", "en", func(k *till) { k.enter(maria); k.press("y") }},
	{"sold", "en", func(k *till) { k.meet(maria, "181") }},
	{"returning", "en", returning},
	{"returning-pt", "pt-BR", returning},
	{"typing", "en", func(k *till) { returning(k); k.write("101,5") }},
	{"error", "en", func(k *till) { returning(k); k.enter("1,2,3") }},
	{"found", "en", func(k *till) { returning(k); k.press("esc", "esc"); k.write("ma") }},
	{"bearer", "en", func(k *till) { k.enter("181"); k.press("enter") }},
	{"stopped", "en", func(k *till) { k.meet(maria, "181"); k.enter(maria); k.press("f11") }},
	{"night", "en", func(k *till) { k.pass(9 * time.Hour); k.meet(maria, "181") }},
	{"silent", "pt-BR", func(k *till) { k.enter(maria); k.press("n"); k.enter("181"); k.press("enter") }},
	{"sandbox", "en", func(k *till) {
		k.health(engine.SenderHealth{Sender: "sns", Ready: true, Sandbox: "yes"})
		k.pass(2 * time.Second)
		k.meet(maria, "181")
		k.enter(maria)
	}},
	{"void", "en", func(k *till) { k.meet(maria, "181"); k.press("f5") }},
	{"help", "en", func(k *till) { k.press("?") }},
}

// returning is a customer with two coupons, one of them not yet valid, and a
// campaign that a little more would earn.
func returning(k *till) {
	k.t.Helper()
	a := k.actor
	first := engine.Draft{Key: "a", Amount: 181_00, Customer: engine.CustomerRef{Phone: "+55" + maria, Name: "Maria Souza", Consent: engine.ConsentYes, Wording: "?"}}
	if _, err := k.db.RecordSale(bg, a, first); err != nil {
		k.t.Fatal(err)
	}
	k.now = k.now.Add(11 * 24 * time.Hour)
	k.campaign(a, "Later", 2500, 55_00, 60_00, 2)
	if _, err := k.db.RecordSale(bg, a, engine.Draft{Key: "b", Amount: 57_00, Customer: first.Customer}); err != nil {
		k.t.Fatal(err)
	}
	k.campaign(a, "More", 3000, 225_50, 0, 0)
	k.now = k.now.Add(time.Hour)
	k.pass(2 * time.Second)
	k.enter(maria)
	k.enter("250")
}

func (k *till) campaign(a engine.Actor, title string, rate engine.BP, least, most engine.Minor, after int) {
	k.t.Helper()
	terms := engine.Terms{Cashback: rate, MaxDiscount: 3000, MinSale: least, MaxSale: most, Lifetime: 45, ValidAfter: after}
	if _, err := k.db.SaveCampaign(bg, a, engine.Campaign{Title: title, Terms: terms, State: engine.CampaignActive}); err != nil {
		k.t.Fatal(err)
	}
}

// TestGolden compares every scene in every window, dark and mono, with what it
// looked like before.
func TestGolden(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	for _, theme := range []string{"dark", "mono"} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			for _, s := range scenes {
				name := fmt.Sprintf("%s-%s-%dx%d", s.name, theme, size[0], size[1])
				t.Run(name, func(t *testing.T) {
					k := openTill(t)
					if theme == "mono" {
						k.opt.Renderer = colours(termenv.Ascii)
					}
					k.actor = k.brazil("", with(engine.SetTheme, theme), func(st *engine.Store) { st.Language = s.lang })
					k.start(80, 24)
					s.keys(k)
					k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
					fits(t, k.app.View(), size[0], size[1])
					k.golden(name)
				})
			}
		}
	}
}

// TestGoldenForScreenReaders: no colours, rules or block art.
func TestGoldenForScreenReaders(t *testing.T) {
	for _, s := range scenes[3:5] {
		k := openTill(t)
		k.opt.Plain = true
		k.actor = k.brazil("")
		k.start(80, 24)
		s.keys(k)
		k.golden(s.name + "-plain-80x24")
	}
}

// TestGoldenFirstRunAndSignIn does the same for the pages before the counter.
func TestGoldenFirstRunAndSignIn(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		name := fmt.Sprintf("%dx%d", size[0], size[1])
		t.Run(name, func(t *testing.T) {
			k := openTill(t)
			k.start(size[0], size[1])
			k.write("Casa Azul")
			fits(t, k.app.View(), size[0], size[1])
			k.golden("setup-dark-" + name)
			k = openTill(t)
			staffed(k)
			k.start(size[0], size[1])
			k.write("12")
			k.golden("signin-dark-" + name)
		})
	}
}

// BenchmarkKeyToFrame is a key on the entry line, to the frame that shows it.
func BenchmarkKeyToFrame(b *testing.B) {
	k := openTill(b)
	k.actor = k.brazil("")
	k.start(120, 40)
	returning(k)
	b.ResetTimer()
	for i := range b.N {
		key := "1"
		if i%2 == 1 {
			key = "backspace"
		}
		k.now = k.now.Add(100 * time.Millisecond)
		k.app.Update(keyMsg(key))
		_ = k.app.View()
	}
}
