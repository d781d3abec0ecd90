package screen_test

import (
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// TestDeskOfAShopThatRests: a shop of old sales alone has been sold in.
func TestDeskOfAShopThatRests(t *testing.T) {
	o := newOffice(t)
	o.sell("+5511912345601", "Ada", 100_00, nil, "")
	o.later(400 * 24 * time.Hour)
	o.push(screen.NewDesk(o.env))
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		o.speak("en", kit.Mono)
		v := o.view(size[0], size[1])
		if !strings.Contains(v, "Nothing since ") || strings.Contains(v, "Nothing was sold yet") || !strings.Contains(v, "Coupons used") && size[0] > 40 {
			t.Errorf("%v:\n%s", size, v)
		}
	}
}

// TestDeskHasNoArrowForChance: five sales after two are no news, 65 are.
func TestDeskHasNoArrowForChance(t *testing.T) {
	o := newOffice(t)
	month := func(sales int) {
		for i := range sales {
			o.sell("", "", engine.Minor(90_00+i), nil, "")
		}
	}
	month(2)
	for o.clock().Day() != 1 {
		o.later(24 * time.Hour)
	}
	o.later(27 * 24 * time.Hour)
	month(5)
	o.push(screen.NewDesk(o.env))
	o.speak("en", kit.Mono)
	if v := o.view(120, 40); strings.ContainsAny(v, "▲▼") {
		t.Errorf("an arrow for five after two:\n%s", v)
	}
	month(60)
	o.run(o.top().Msg(screen.ChangedMsg{}))
	if v := o.view(120, 40); strings.Count(v, "▲") < 2 {
		t.Errorf("no arrow for 65 after two:\n%s", v)
	}
}

// TestDeskSaysWhatIsNeededToCompare: one campaign alone, or few coupons.
func TestDeskSaysWhatIsNeededToCompare(t *testing.T) {
	o := deskOpen(t)
	o.speak("en", kit.Mono)
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		if v := o.view(size[0], size[1]); !strings.Contains(v, "too few to compare · two with 35 ended in 90 days needed") {
			t.Errorf("%v:\n%s", size, v)
		}
	}
}

// TestCampaignOfACashierHasNoFigures: the page opens without them.
func TestCampaignOfACashierHasNoFigures(t *testing.T) {
	o := newOffice(t)
	o.sell("+5511912345601", "Ada", 100_00, nil, "")
	o.as("Bia", engine.Cashier)
	o.push(screen.NewLists(o.env))
	o.press("4", "enter")
	o.sees("Welcome back", "30 %")
	o.lacks("Brought", "R$ 100,00")
}
