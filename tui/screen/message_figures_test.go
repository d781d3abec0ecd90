package screen

import (
	"io"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// plainEnv is an Env that draws without colours.
func plainEnv(t *testing.T) *Env {
	t.Helper()
	env := country(t, "BR", "BRL")
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	env.Styles = kit.NewStyles(r, kit.Mono)
	return env
}

// TestFiguresGiveWayByTheirRank: the counts that need somebody stay longest.
func TestFiguresGiveWayByTheirRank(t *testing.T) {
	l := &texts{browse: &browse{base: base{env: plainEnv(t)}}, read: true}
	l.figures = textFigures{
		today: engine.TextFigures{DueToday: 12, Held: 3, Accepted: 41, Unknown: 2, Cost: 3_280_000},
		month: engine.TextFigures{Texts: 412, Parts: 430, Cost: 84_500_000, Redeemed: 39, Delivered: 300, Failed: 4, PaidTexts: 304, Paid: 1_961_000},
		desk:  engine.TextDesk{Limit: 100_000_000, Spent: 84_500_000},
	}
	for width, want := range map[int][]string{
		120: {
			"Today       12 due · 3 held · 41 sent · 0 refused · 2 unknown · R$ 3,28",
			"This month  412 texts · 430 parts · R$ 84,50 · R$ 2,17 for each coupon redeemed",
			"            84 % of the limit R$ 100,00 · 300 delivered · 4 not delivered · US$ 1,961 really paid",
		},
		80: {
			"Today       12 due · 3 held · 41 sent · 0 refused · 2 unknown · R$ 3,28",
			"This month  412 texts · 430 parts · R$ 84,50 · R$ 2,17 for each coupon redeemed",
			"            84 % of the limit R$ 100,00 · 300 delivered · 4 not delivered",
		},
		40: {"Today       12 due · 41 sent · 2 unknown", "This month  412 texts · R$ 84,50", "            84 % of the limit R$ 100,00"},
	} {
		got := l.strip(width, 20)
		for i := range want {
			if i >= len(got) || got[i] != want[i] {
				t.Errorf("%d cells, line %d:\n%q, want\n%q", width, i, got[i], want[i])
			}
		}
	}
	if got := l.strip(40, 8); len(got) != 1 {
		t.Errorf("a small window spends %d lines on figures", len(got))
	}
	if got := l.strip(40, 4); len(got) != 0 {
		t.Errorf("a tiny window spends %d lines on figures", len(got))
	}
}

// TestTroubleOfTheCarrierIsTold in the carrier's own words too.
func TestTroubleOfTheCarrierIsTold(t *testing.T) {
	l := &texts{browse: &browse{base: base{env: plainEnv(t)}}, read: true}
	if got := l.trouble(); got != "" {
		t.Errorf("without trouble it says %q", got)
	}
	l.figures.desk.Health = engine.SenderHealth{Problem: "refused", Detail: "KMSDisabled: key off"}
	if got := l.trouble(); got != "The carrier refused this text. Its own words are below. KMSDisabled: key off" {
		t.Errorf("it says %q", got)
	}
}
