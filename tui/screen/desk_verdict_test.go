package screen

import (
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
)

// TestDeskVerdictStandsFirst: where there is little room the numbers go, never
// what they prove; and of whom the figure is stands beside it from 80 columns on.
func TestDeskVerdictStandsFirst(t *testing.T) {
	for _, c := range []struct {
		lang             string
		wide, small      []string
		proven, unproven string
	}{
		{
			"en",
			[]string{"of 551 in 90 days", "too close to tell", "too early to tell · about 661 days more"},
			[]string{"10,9 % · unsure", "too early"},
			"more come back than in the control group", "+16",
		},
		{
			"pt-BR",
			[]string{"de 551 em 90 dias", "não dá para dizer", "cedo demais para dizer · faltam uns 661 dias"},
			[]string{"10,9 % · incerto", "cedo demais"},
			"voltam mais que no grupo de controle", "+16",
		},
	} {
		env := country(t, "BR", "BRL")
		w, err := words.For(c.lang)
		if err != nil {
			t.Fatal(err)
		}
		env.Words, env.Styles = w, kit.NewStyles(lipgloss.NewRenderer(io.Discard), kit.Mono)
		d := &desk{}
		d.base = newBase(env, "desk")
		d.o = engine.NewOverview(0, engine.DayOf(2026, 11, 20))
		d.o.Sold, d.loaded = true, true
		d.o.Recent = engine.CouponCounts{Issued: 551, Redeemed: 60}
		counts := engine.ControlCounts{Treated: engine.Proportion{Hits: 40, Of: 100}, Control: engine.Proportion{Hits: 12, Of: 50}}
		d.o.Control = &engine.Comparison{Counts: counts}
		report := &d.o.Control.Report
		report.Uplift.Value, report.Verdict = 0.16, engine.VerdictTooFew
		report.Wait.Days, report.Wait.Paced = 661, true
		see := func(width, height int, want ...string) {
			t.Helper()
			got := strings.Join(d.drawnDesk(width, height).out, "\n")
			for _, text := range want {
				if !strings.Contains(got, text) {
					t.Errorf("%s, %d columns: %q is not in\n%s", c.lang, width, text, got)
				}
			}
			if width == 40 && strings.Contains(got, c.unproven) {
				t.Errorf("%s: a number that proves nothing:\n%s", c.lang, got)
			}
		}
		see(80, 20, c.wide...)
		see(40, 8, c.small...)
		report.Verdict = engine.VerdictBringsBack
		see(80, 20, c.proven)
	}
}
