package screen_test

import (
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// TestTryCampaign tries a campaign from its page, and then beside another.
func TestTryCampaign(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.offered("Ten off", engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}})
	o.press("4", "enter", "t")
	o.at("Tried on past sales")
	o.sees("Ten off: would have applied in")
	o.press("v")
	o.sees("Compare with which campaign?")
	o.later(2e9)
	o.press("enter")
	o.sees("Tried on", "Ten off", "Value of the coupons")
	o.press("esc", "esc")
	o.sees("Ten off")
	o.lacks("Tried on")
}

// TestTryForm tries what stands in a form that has not even a title yet, and
// comes back to it.
func TestTryForm(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.press("4", "n")
	o.later(2e9)
	o.press("enter")
	help := screen.NewHelp(o.env, o.top())
	if said := help.View(100, 40); !strings.Contains(said, "what the campaign would have done") {
		t.Errorf("the help does not say how to try it:\n%s", said)
	}
	before := o.view(80, 24)
	for _, key := range []string{"f8", "ctrl+t"} {
		o.press(key)
		o.sees("none of these sales would have got anything", "loses to Welcome back")
		o.press("esc")
		if o.view(80, 24) != before {
			t.Errorf("%s left the form changed:\n%s", key, o.view(80, 24))
		}
	}
}

// TestTryCancelled leaves at once while it runs, and what comes later finds
// nobody.
func TestTryCancelled(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.press("4", "enter")
	before := o.view(80, 24)
	opened, ok := o.top().Event(kit.Key{Name: "t", Text: "t"})().(screen.OpenMsg)
	if !ok {
		t.Fatal("nothing opens")
	}
	o.stack = append(o.stack, opened.Screen)
	begun := opened.Screen.Init()
	for _, size := range [][2]int{{80, 24}, {40, 12}, {120, 40}} {
		if said := o.view(size[0], size[1]); !strings.Contains(said, "0 of 0 sales") || !strings.Contains(said, "cancel") {
			t.Errorf("%v:\n%s", size, said)
		}
	}
	o.press("esc")
	o.run(begun)
	if len(o.stack) != 3 || o.view(80, 24) != before {
		t.Errorf("%d pages, and what is seen:\n%s", len(o.stack), o.view(80, 24))
	}
}
