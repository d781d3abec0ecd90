package tui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// health records what was found of the carrier's account.
func (k *till) health(h engine.SenderHealth) {
	k.t.Helper()
	h.At = engine.InstantOf(k.now)
	if err := k.db.SaveHealth(bg, h); err != nil {
		k.t.Fatal(err)
	}
}

// mute makes a till of a shop for which no sender of texts is set up.
func mute(t *testing.T, edit ...func(*engine.Store)) *till {
	t.Helper()
	k := openTill(t)
	k.brazil("", edit...)
	k.health(engine.SenderHealth{Sender: "console", Problem: string(delivery.ReasonNoSender)})
	return k
}

func TestSoldWithoutASender(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		k := mute(t)
		k.start(80, 24)
		k.meet(maria, "181")
		k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		k.shows("Not sent")
		k.hides("1 part")
	}
}

func TestVerifyingWithoutASender(t *testing.T) {
	k := mute(t, with(engine.SetVerifyPhone, "yes"))
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

// TestSenderSetUpMeanwhileIsNoticed by the till that is open.
func TestSenderSetUpMeanwhileIsNoticed(t *testing.T) {
	k := mute(t)
	k.start(80, 24)
	k.shows("no sender: no texts go")
	k.health(engine.SenderHealth{Sender: "sns", Ready: true, Sandbox: "no"})
	k.pass(2 * time.Second)
	k.hides("no sender")
	k.meet(maria, "181")
	k.shows("1 part")
	k.hides("Not sent")
}
