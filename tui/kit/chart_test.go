package kit

import (
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func chartStyles(theme Theme, profile termenv.Profile) *Styles {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	return NewStyles(r, theme)
}

var bare = func() *Styles { return chartStyles(Mono, termenv.Ascii) }

func TestBar(t *testing.T) {
	for _, c := range []struct {
		size, most int64
		want       string
	}{{10, 10, "████"}, {5, 10, "██"}, {3, 10, "█▎"}, {1, 1000, "▏"}, {0, 10, ""}, {5, 0, ""}, {20, 10, "████"}} {
		if got := bare().Bar(c.size, c.most, 4); got != c.want {
			t.Errorf("%d of %d is %q, want %q", c.size, c.most, got, c.want)
		}
	}
	if got := chartStyles(Plain, termenv.ANSI256).Bar(5, 10, 4); got != "" {
		t.Errorf("a bar for a screen reader: %q", got)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		values       []int64
		each, height int
		want         string
	}{
		{[]int64{8, 4, 1, 0}, 1, 1, "█▄▁"},
		{[]int64{8, 4}, 2, 1, "█ ▄"},
		{[]int64{8, 4}, 3, 2, "██/██ ██"},
		{[]int64{0, 0}, 1, 1, ""},
	} {
		got := bare().Columns(c.values, c.each, c.height)
		if len(got) != c.height || strings.Join(got, "/") != c.want {
			t.Errorf("%v: %q, want %q", c.values, got, c.want)
		}
	}
	if got := chartStyles(Plain, termenv.ANSI256).Columns([]int64{1}, 1, 1); got != nil {
		t.Errorf("columns for a screen reader: %q", got)
	}
}

// plot is two lines that cross, one of them in steps.
func plot(step bool) Plot {
	return Plot{
		Curves: []Curve{
			{Name: "issued", Points: []XY{{0, 0}, {10, 100}}, Low: []XY{{0, 0}, {10, 60}}, High: []XY{{0, 20}, {10, 100}}},
			{Name: "used", Points: []XY{{0, 100}, {10, 0}}},
		},
		X: []PlotTick{{0, "May"}, {5, "June"}, {10, "July"}}, Y: []PlotTick{{0, "0"}, {100, "100"}}, Step: step, Goal: 50,
	}
}

// TestPlotFitsAndTellsCurvesApart by their marks alone.
func TestPlotFitsAndTellsCurvesApart(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {120, 20}, {16, 6}} {
		lines := bare().Plot(plot(false), size[0], size[1])
		if len(lines) != size[1] {
			t.Errorf("%d lines in %v", len(lines), size)
		}
		all := strings.Join(lines, "\n")
		for _, l := range lines {
			if Width(l) > size[0] {
				t.Errorf("%d cells in %d: %q", Width(l), size[0], l)
			}
		}
		if strings.Contains(all, "\x1b") {
			t.Errorf("escapes without colour: %q", all)
		}
		if !strings.Contains(all, "o") || !strings.ContainsAny(all, "⠊⠉⠁⡠⠔⠒⠤⢀") || !strings.Contains(all, "May") || !strings.Contains(all, "100 ┤") {
			t.Errorf("%v:\n%s", size, all)
		}
	}
	all := strings.Join(bare().Plot(plot(false), 60, 12), "\n")
	for _, text := range []string{"issued", "o used", "┄", "June", "July", "└"} {
		if !strings.Contains(all, text) {
			t.Errorf("%q is missing:\n%s", text, all)
		}
	}
}

func TestPlotLeavesOutWhatHasNoRoom(t *testing.T) {
	if got := bare().Plot(plot(false), 9, 10); got != nil {
		t.Errorf("%q", got)
	}
	if got := bare().Plot(plot(false), 40, 3); got != nil {
		t.Errorf("%q", got)
	}
	if got := bare().Plot(Plot{}, 40, 10); got != nil {
		t.Errorf("%q", got)
	}
	if got := chartStyles(Plain, termenv.ANSI256).Plot(plot(false), 40, 10); got != nil {
		t.Errorf("a chart for a screen reader: %q", got)
	}
	one := Plot{Curves: []Curve{{Points: []XY{{5, 7}}}}}
	if got := bare().Plot(one, 40, 6); len(got) != 6 {
		t.Errorf("a single point: %q", got)
	}
}

// TestPlotKeepsStepsLevel: in steps a value holds until the next point.
func TestPlotKeepsStepsLevel(t *testing.T) {
	points := []XY{{0, 10}, {10, 20}}
	for _, c := range []struct {
		x, want int64
		step    bool
	}{{5, 10, true}, {5, 15, false}, {10, 20, true}, {0, 10, false}} {
		if got, ok := valueAt(points, c.x, c.step); !ok || got != c.want {
			t.Errorf("at %d, step %v: %d, %v", c.x, c.step, got, ok)
		}
	}
	for _, x := range []int64{-1, 11} {
		if _, ok := valueAt(points, x, true); ok {
			t.Errorf("a value at %d", x)
		}
	}
}

func TestShadeGetsDarker(t *testing.T) {
	for share, want := range map[int64]rune{0: ' ', 1: ' ', 2001: '░', 4500: '▒', 6500: '▓', 10000: '█', 12000: '█', -5: ' '} {
		if got := Shade(share); got != want {
			t.Errorf("%d is %q, want %q", share, got, want)
		}
	}
}

// TestChartsUseTheSessionsInk: a colour is that of the styles, and only there.
func TestChartsUseTheSessionsInk(t *testing.T) {
	st := chartStyles(Dark, termenv.ANSI256)
	if got := st.Bar(5, 10, 4); got != st.Badge.Render("██") || !strings.Contains(got, "\x1b[") {
		t.Errorf("%q", got)
	}
	for _, l := range st.Plot(plot(true), 60, 12) {
		if strings.Contains(l, "\x1b[38;5;0m") {
			t.Errorf("a colour of somebody else: %q", l)
		}
	}
}
