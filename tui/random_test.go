package tui_test

import (
	"math/rand/v2"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
)

// TestAnyKeys presses any keys in any order, in windows of any size: no frame
// overflows, nothing panics, and every sale on file was recorded once under a
// key of its own.
func TestAnyKeys(t *testing.T) {
	keys := []string{
		"enter", "enter", "enter", "esc", "tab", "up", "down", "backspace", "y", "n", "?", "f1", "f2", "f3", "f4",
		"f5", "f6", "f8", "f9", "f10", "f11", "f12", "ctrl+d", "ctrl+n", "1", "5", "0", ",", "a", "m", " ",
	}
	texts := []string{maria, "11912345678", "1133334444", "250", "99,99", "4321", "K7PM4T9A", "K7PM4T9Z", "ana", "POS-1", "1e9", "-5"}
	sold := 0
	for seed := range uint64(8) {
		k := openTill(t)
		a := k.brazil("", with(engine.SetVerifyPhone, [...]string{"no", "yes"}[seed%2]))
		k.start(80, 24)
		rng := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // the keys of a test
		for range 120 {
			switch n := rng.IntN(40); {
			case n < 16:
				k.press(keys[rng.IntN(len(keys))])
			case n < 22:
				k.enter(texts[rng.IntN(len(texts))])
			case n < 23:
				k.scan(texts[rng.IntN(len(texts))])
			case n < 30:
				k.press("esc", "esc")
				k.enter(texts[rng.IntN(2)])
				k.press("y", "backspace")
				k.enter(texts[3+rng.IntN(2)])
				k.press("enter", "enter")
			case n < 35:
				k.pass(time.Duration(rng.IntN(3000)) * time.Millisecond)
			default:
				k.send(tea.WindowSizeMsg{Width: 1 + rng.IntN(130), Height: 1 + rng.IntN(45)})
			}
			if k.quit {
				t.Fatalf("seed %d: it quit", seed)
			}
		}
		for _, size := range [][2]int{{20, 5}, {40, 12}, {80, 24}} {
			k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			fits(t, k.app.View(), size[0], size[1])
		}
		seen := map[string]bool{}
		for _, s := range k.sales(a) {
			if s.Key == "" || seen[s.Key] {
				t.Errorf("seed %d: key %q twice", seed, s.Key)
			}
			seen[s.Key] = true
		}
		if findings, err := k.db.Check(bg, a); err != nil || len(findings) > 0 {
			t.Errorf("seed %d: %v, %v", seed, findings, err)
		}
		sold += len(seen)
	}
	if sold < 10 {
		t.Errorf("only %d sales came about", sold)
	}
}
