package tui_test

import (
	"context"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
)

// mute makes a till on which no sender of texts is set up.
func mute(t *testing.T) *till {
	t.Helper()
	k := openTill(t)
	k.opt.CanText = func(context.Context) bool { return false }
	return k
}

func TestSoldWithoutASender(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		k := mute(t)
		k.brazil("")
		k.start(80, 24)
		k.meet(maria, "181")
		k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		k.shows("Not sent")
		k.hides("1 part")
	}
}

func TestVerifyingWithoutASender(t *testing.T) {
	k := mute(t)
	k.brazil("", with(engine.SetVerifyPhone, "yes"))
	k.start(80, 24)
	k.enter(maria)
	k.press("y")
	k.shows("could not be sent", "turns off customer.verify_phone")
	k.hides("was texted")
	k.pass(2 * time.Minute)
	k.press("enter")
	k.shows("Not sent this time either")
	k.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	k.shows("be sent: no sender")
}

func TestAnotherCodeIsAcknowledged(t *testing.T) {
	k := openTill(t)
	k.brazil("", with(engine.SetVerifyPhone, "yes"))
	k.start(80, 24)
	k.enter(maria)
	k.press("y")
	k.pass(2 * time.Minute)
	k.press("enter")
	k.shows("Another code is on its way to +55 11 98765-4321")
}
