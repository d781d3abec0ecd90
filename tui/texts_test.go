package tui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// consents are the answers of Maria about texts, newest first.
func (k *till) consents(a engine.Actor) []engine.Consent {
	k.t.Helper()
	found, err := k.db.FindCustomers(bg, a, engine.CustomerQuery{Phone: "+55" + maria})
	if err != nil || len(found) != 1 {
		k.t.Fatalf("found %v, %v", found, err)
	}
	v, err := k.db.Customer(bg, a, found[0].ID)
	if err != nil {
		k.t.Fatal(err)
	}
	out := make([]engine.Consent, len(v.Consents))
	for i, c := range v.Consents {
		out[i] = c.Answer
	}
	return out
}

// TestOneKeyStopsTexts at the counter, without a question, and takes it back;
// once another customer was there it asks.
func TestOneKeyStopsTexts(t *testing.T) {
	for _, key := range []string{"f11", "ctrl+t"} {
		k := openTill(t)
		a := k.brazil("")
		k.start(80, 24)
		k.meet(maria, "181")
		k.enter(maria)
		k.shows("texts: yes")
		k.press(key)
		k.shows("texts: no", "gets no more texts. F11 takes that back.")
		k.hides("May Casa Azul text you")
		k.press(key)
		k.shows("texts: yes", "gets texts.")
		k.press(key)
		k.shows("texts: no")
		k.press("esc", "esc")
		k.enter(maria)
		k.press(key)
		k.shows("May Casa Azul text you")
		k.press("y")
		k.shows("texts: yes")
		if got := k.consents(a); len(got) != 5 || got[0] != engine.ConsentYes || got[1] != engine.ConsentNo {
			t.Errorf("recorded %v", got)
		}
	}
}

// TestStoppedTextIsTakenBack: what was queued does not go.
func TestStoppedTextIsTakenBack(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.enter(maria)
	k.press("f11")
	p, err := k.db.Messages(bg, a, engine.Filter{State: "queued"})
	if err != nil || len(p.Items) != 0 {
		t.Errorf("still queued: %v, %v", p.Items, err)
	}
}

// TestNewCustomerStopsTexts before the sale is recorded.
func TestNewCustomerStopsTexts(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter(maria)
	k.press("y")
	k.press("f11")
	k.shows("texts: no", "F11 takes that back.")
	k.enter("181")
	k.press("enter")
	k.shows("No text: the customer said no.")
	if got := k.consents(a); len(got) != 1 || got[0] != engine.ConsentNo {
		t.Errorf("recorded %v", got)
	}
}

// TestSoldSaysWhyNoTextGoes in few words.
func TestSoldSaysWhyNoTextGoes(t *testing.T) {
	for _, c := range []struct {
		why  string
		edit func(*engine.Store)
		buy  func(*till)
	}{
		{"No text: texts are turned off.", with(engine.SetTexts, "no"), func(k *till) { k.meet(maria, "181") }},
		{"No text now: the shop sends none at issue.", with(engine.SetTextAtIssue, "no"), func(k *till) { k.meet(maria, "181") }},
		{"No text: the customer was not asked.", with(engine.SetAskConsent, "no"), func(k *till) {
			k.enter(maria)
			k.enter("181")
			k.press("enter")
		}},
		{"The coupon is for whoever brings it.", func(*engine.Store) {}, func(k *till) {
			k.enter("181")
			k.press("enter")
		}},
	} {
		k := openTill(t)
		k.brazil("", c.edit)
		k.start(80, 24)
		c.buy(k)
		k.send(tea.WindowSizeMsg{Width: 120, Height: 40})
		k.shows(c.why, "Write the code down")
	}
}

// TestSoldAtNightSaysWhenTheTextGoes, in every window.
func TestSoldAtNightSaysWhenTheTextGoes(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		k := openTill(t)
		k.brazil("")
		k.pass(9 * time.Hour) // 20:30 in São Paulo
		k.start(80, 24)
		k.meet(maria, "181")
		k.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		k.shows("goes tomorrow at 09:00")
	}
}

func TestCarrierStopIsTold(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	if err := k.db.SaveOptedOut(bg, []string{"+55" + maria}, engine.InstantOf(k.now)); err != nil {
		t.Fatal(err)
	}
	k.enter(maria)
	k.shows("texts: stopped by phone")
	k.press("f11")
	k.shows("texting START")
	k.hides("May Casa Azul text you")
}

// TestUsedUpLimitIsTold in the head and after a sale.
func TestUsedUpLimitIsTold(t *testing.T) {
	k := openTill(t)
	k.brazil("", with(engine.SetTextPrice, "64500"), with(engine.SetTextLimit, "64500"))
	k.start(80, 24)
	k.meet(maria, "181")
	now := engine.InstantOf(k.now)
	c, err := k.db.Claim(bg, now, now.Add(time.Minute))
	if err != nil || !c.OK {
		t.Fatalf("claimed %+v, %v", c, err)
	}
	done := delivery.Settlement{ID: c.ID, Attempt: c.Attempt, State: delivery.StateAccepted, At: now, Sender: "sns"}
	if err := k.db.Settle(bg, done); err != nil {
		t.Fatal(err)
	}
	k.pass(2 * time.Second)
	k.shows("texts wait: month's limit used up")
	k.meet("11912345678", "90")
	k.shows("waits until next month: texts' limit used up")
}
