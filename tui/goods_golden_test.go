package tui_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"bounceback/engine"
)

// goodsScenes are the screens of a shop that sells goods, each a run of keys.
var goodsScenes = []struct {
	name string
	lang string
	keys func(k *till, a engine.Actor)
}{
	{"goods", "en", func(k *till, a engine.Actor) { basket(k, a) }},
	{"goods-pt", "pt-BR", func(k *till, a engine.Actor) { basket(k, a) }},
	{"goods-long", "en", func(k *till, a engine.Actor) { longBasket(k, a) }},
	{"goods-coupons", "en", func(k *till, a engine.Actor) { basket(k, a); k.press("tab") }},
	{"goods-found", "en", func(k *till, a engine.Actor) { basket(k, a); k.write("2*ca") }},
	{"goods-price", "en", func(k *till, _ engine.Actor) { k.scan(sugar); k.enter("1001") }},
	{"goods-stop", "en", func(k *till, _ engine.Actor) { k.scan(coffee); k.scan(nobodys); k.scan(sugar); k.scan(sugar) }},
	{"goods-why", "en", func(k *till, a engine.Actor) { basket(k, a); k.press("ctrl+y") }},
	{"goods-sold", "en", func(k *till, a engine.Actor) { basket(k, a); k.press("enter") }},
	{"goods-drop", "en", func(k *till, a engine.Actor) { basket(k, a); k.press("esc") }},
}

// basket is a returning customer with goods, a gift, offers that apply and
// offers that are near.
func basket(k *till, a engine.Actor) {
	k.t.Helper()
	k.offer(a, "Second at half price", secondHalf)
	k.offer(a, "Mug with 50,00", freeMug)
	k.offer(a, "5 % by card", engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 500}, When: engine.Threshold{Payments: []string{"card"}}})
	k.offer(a, "Free courier", engine.Offer{Kind: engine.KindDeliveryFree, When: engine.Threshold{MinAmount: 100_00}})
	first := engine.Draft{Key: "a", Amount: 181_00, Customer: engine.CustomerRef{Phone: "+55" + maria, Name: "Maria Souza", Consent: engine.ConsentYes, Wording: "?"}}
	if _, err := k.db.RecordSale(bg, a, first); err != nil {
		k.t.Fatal(err)
	}
	k.pass(24 * time.Hour)
	k.pass(2 * time.Second)
	k.enter(maria)
	k.write("3*")
	k.scan(coffee)
	k.scan(sugar)
	k.enter("0,350*cheese")
	k.press("up", "up")
}

// longBasket is one of twelve lines, the third of them marked.
func longBasket(k *till, a engine.Actor) {
	k.t.Helper()
	basket(k, a)
	for i := range 9 {
		name := "Thing " + string(rune('A'+i)) + " of a rather long name"
		p := engine.Product{SKU: "T" + string(rune('0'+i)), Name: name, Price: engine.Minor(1_00 * (i + 1)), Active: true}
		if _, err := k.db.SaveProduct(bg, a, p); err != nil {
			k.t.Fatal(err)
		}
		k.enter(p.SKU)
	}
	for range 7 {
		k.press("up")
	}
}

// TestGoldenGoods compares the scenes of goods in every window, dark and mono,
// with what they looked like before.
func TestGoldenGoods(t *testing.T) {
	for _, theme := range []string{"dark", "mono"} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			for _, s := range goodsScenes {
				name := fmt.Sprintf("%s-%s-%dx%d", s.name, theme, size[0], size[1])
				t.Run(name, func(t *testing.T) {
					k := openTill(t)
					if theme == "mono" {
						k.opt.Renderer = colours(termenv.Ascii)
					}
					k.actor = k.brazil("", with(engine.SetTheme, theme), with(engine.SetPayments, "cash, card"), func(st *engine.Store) { st.Language = s.lang })
					k.catalogue(k.actor)
					k.start(80, 24)
					s.keys(k, k.actor)
					k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
					fits(t, k.app.View(), size[0], size[1])
					k.golden(name)
				})
			}
		}
	}
}

// TestNoFrameOverflowsWithGoods: in no window, however small, is a frame of a
// basket wider or higher than it.
func TestNoFrameOverflowsWithGoods(t *testing.T) {
	for _, s := range goodsScenes {
		k := openTill(t)
		a := k.brazil("", with(engine.SetPayments, "cash, card"), func(st *engine.Store) { st.Language = s.lang })
		k.catalogue(a)
		k.start(80, 24)
		s.keys(k, a)
		for _, w := range []int{1, 2, 5, 12, 20, 23, 24, 31, 40, 49, 59, 60, 80, 120, 200} {
			for _, h := range []int{1, 2, 3, 5, 7, 8, 9, 10, 12, 17, 18, 24, 30, 60} {
				k.send(tea.WindowSizeMsg{Width: w, Height: h})
				fits(t, k.app.View(), w, h)
			}
		}
	}
}
