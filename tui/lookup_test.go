package tui_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
)

// tryCodes enters codes without a slip that no coupon has.
func (k *till) tryCodes(n int) {
	for i := range n {
		k.enter(engine.ShowCode(engine.NewCode([7]byte{31, 7, 3, 1, 0, 0, byte(i)})))
		k.press("esc")
	}
}

// TestTooManyWrongCodes drives the counter to where it looks no more codes up,
// and sells on.
func TestTooManyWrongCodes(t *testing.T) {
	for _, lang := range []string{"en", "pt-BR"} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			name := fmt.Sprintf("locked-codes-%s-%dx%d", lang, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				k := openTill(t)
				k.actor = k.brazil("", func(st *engine.Store) { st.Language = lang })
				k.start(80, 24)
				k.tryCodes(10)
				k.enter(engine.ShowCode(engine.NewCode([7]byte{31, 7, 3, 1, 0, 1, 1})))
				k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				fits(t, k.app.View(), size[0], size[1])
				k.golden(name)
			})
		}
	}
}

func TestSalesGoOnWhileCodesAreLocked(t *testing.T) {
	k := openTill(t)
	k.actor = k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	issued := k.sales(k.actor)[0].IssuedCode
	k.tryCodes(10)
	k.enter(issued)
	k.shows("No more codes until")
	k.press("esc")
	k.enter(maria)
	k.enter("250")
	k.press("enter") // with the coupon of the phone
	if got := k.sales(k.actor); len(got) != 2 || got[0].RedeemedCode != issued {
		t.Fatalf("%d sales, the last redeems %q, want %q\n%s", len(got), got[0].RedeemedCode, issued, k.screenText())
	}
	k.pass(11 * time.Minute)
	k.enter(k.sales(k.actor)[0].IssuedCode)
	k.hides("No more codes")
}

// TestReferencesTypedAndScanned looks that the sale knows how its reference came.
func TestReferencesTypedAndScanned(t *testing.T) {
	k := openTill(t)
	k.actor = k.brazil("")
	k.start(80, 24)
	for _, put := range []func(string){k.enter, k.scan} {
		k.enter("181")
		put(fmt.Sprintf("NF-%d", len(k.sales(k.actor))+1000))
		k.pass(time.Second)
		k.press("enter")
		k.press("esc")
	}
	r, err := k.db.Watch(bg, k.actor, 0, 0)
	if err != nil || r.Store.Sales != 2 || r.Store.NoRefs != 0 || r.Store.TypedRefs != 1 {
		t.Errorf("%+v, %v; want one reference of two typed\n%s", r.Store, err, k.screenText())
	}
}
