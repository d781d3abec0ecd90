package kit

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Theme is a set of colours.
type Theme int

// The themes. Plain is for screen readers: no colour, no rules, no block art.
const (
	Dark Theme = iota
	Light
	Mono
	Plain
)

// ThemeNamed finds a theme by the name used in settings.
func ThemeNamed(name string) (Theme, bool) {
	for i, n := range []string{"dark", "light", "mono", "plain"} {
		if n == name {
			return Theme(i), true
		}
	}
	return Dark, false
}

// ThemeFor chooses a theme from the environment: mono where NO_COLOR is set or
// the terminal is dumb, light where COLORFGBG tells of a light background.
func ThemeFor(getenv func(string) string) Theme {
	if getenv("NO_COLOR") != "" || getenv("TERM") == "dumb" {
		return Mono
	}
	parts := strings.Split(getenv("COLORFGBG"), ";")
	switch parts[len(parts)-1] {
	case "7", "15":
		return Light
	}
	return Dark
}

// Ink is a style worked out once: what to write before and after a text. It is
// for texts of one line.
type Ink struct{ on, off string }

// Render gives the text in this style.
func (k Ink) Render(text string) string {
	if text == "" || k.on == "" {
		return text
	}
	return k.on + text + k.off
}

// Styles are all styles of a session, by meaning. Good, Bad, Warn and Error
// colour a text; GoodText and its like add the mark that says the same without
// colour.
type Styles struct {
	Theme Theme

	Title    Ink // the head of a screen, the names of columns
	Dim      Ink // what is seldom needed
	Strong   Ink // what must not be got wrong
	Good     Ink
	Bad      Ink
	Warn     Ink
	Error    Ink
	Stop     Ink // the band that stops everything
	Selected Ink // always together with Marker
	Rule     Ink
	Badge    Ink // a state, a chip, a key in the footer
	Total    Ink // the amount due
	Entry    Ink // the line that is typed into

	// Faint tells whether Dim can be seen; where it cannot, what is out of
	// use is left blank instead.
	Faint bool

	qr      Ink
	qrBlock rune // which modules blocks draw: 'd' dark, 'l' light, 0 none
}

// Marker stands before what is selected, NoMarker before what is not.
const (
	Marker   = "> "
	NoMarker = "  "
)

// palette is what a theme gives each style. An empty colour leaves the
// terminal's own.
type palette struct{ title, dim, good, bad, warn, selected, rule, badge string }

var palettes = [...]palette{
	Dark:  {title: "117", dim: "246", good: "114", bad: "210", warn: "221", selected: "123", rule: "240", badge: "153"},
	Light: {title: "24", dim: "241", good: "22", bad: "124", warn: "94", selected: "19", rule: "249", badge: "24"},
	Mono:  {},
	Plain: {},
}

// NewStyles makes the styles of a session from its own renderer.
func NewStyles(r *lipgloss.Renderer, theme Theme) *Styles {
	p := palettes[theme]
	ink := func(color string, bold, faint, reverse bool) Ink {
		s := r.NewStyle().Bold(bold).Reverse(reverse).Inline(true)
		if color != "" {
			s = s.Foreground(lipgloss.Color(color))
		} else if faint {
			s = s.Faint(true)
		}
		return inkOf(s)
	}
	colors := r.ColorProfile() != termenv.Ascii
	st := &Styles{Theme: theme, Faint: colors && theme != Plain}
	if theme == Plain {
		return st
	}
	st.Title = ink(p.title, true, false, false)
	st.Dim = ink(p.dim, false, true, false)
	st.Strong = ink("", true, false, false)
	st.Good = ink(p.good, false, false, false)
	st.Bad = ink(p.bad, true, false, false)
	st.Warn = ink(p.warn, false, false, false)
	st.Error = ink(p.bad, true, false, false)
	st.Stop = ink(p.bad, true, false, true)
	st.Selected = ink(p.selected, true, false, theme == Mono)
	st.Rule = ink(p.rule, false, true, false)
	st.Badge = ink(p.badge, true, false, false)
	st.Total = ink("", true, false, false)
	st.Entry = ink("", true, false, false)
	st.forQR(r, colors)
	return st
}

// forQR chooses how a QR code stands dark on light: by colours where there are
// any, else by drawing the modules that differ from the background.
func (st *Styles) forQR(r *lipgloss.Renderer, colors bool) {
	switch {
	case colors:
		st.qrBlock = 'd'
		st.qr = inkOf(r.NewStyle().Inline(true).
			Foreground(lipgloss.Color("#000000")).Background(lipgloss.Color("#ffffff")))
	case st.Theme == Light:
		st.qrBlock = 'd'
	default:
		st.qrBlock = 'l'
	}
}

// inkOf finds what a style writes around a text.
func inkOf(s lipgloss.Style) Ink {
	on, off, ok := strings.Cut(s.Render("x"), "x")
	if !ok {
		return Ink{}
	}
	return Ink{on, off}
}

// GoodText is a text with the mark of what went well.
func (st *Styles) GoodText(text string) string { return st.Good.Render("✓ " + text) }

// BadText is a text with the mark of what went wrong.
func (st *Styles) BadText(text string) string { return st.Bad.Render("✗ " + text) }

// WarnText is a text with the mark of what wants a look.
func (st *Styles) WarnText(text string) string { return st.Warn.Render("! " + text) }

// ErrorText is a text with the mark of an error.
func (st *Styles) ErrorText(text string) string { return st.Error.Render("✗ " + text) }

// Pick gives a line its marker, and its style if it is selected.
func (st *Styles) Pick(selected bool, line string) string {
	if selected {
		return st.Selected.Render(Marker + line)
	}
	return NoMarker + line
}
