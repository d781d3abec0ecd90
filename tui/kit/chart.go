package kit

import (
	"strings"

	"github.com/NimbleMarkets/ntcharts/canvas"
	"github.com/NimbleMarkets/ntcharts/canvas/graph"
	"github.com/charmbracelet/lipgloss"
)

// Charts are drawn on the canvases of ntcharts, of which only the characters
// are taken: its own View writes styles by lipgloss's global renderer. Every
// character then gets the ink of this session, a run of them at once.

// uninked is given to ntcharts where it asks for a style; it is never rendered.
var uninked lipgloss.Style

// Bar is a bar of size ÷ most of width cells, to an eighth of a cell; something
// is never drawn as nothing. Empty for screen readers: the value stands beside
// it.
func (st *Styles) Bar(size, most int64, width int) string {
	if st.Theme == Plain || size <= 0 || most <= 0 || width <= 0 {
		return ""
	}
	c := canvas.New(width, 1)
	graph.DrawRowLeftToRight(&c, canvas.Point{}, cells(size, most, width), uninked)
	return st.Badge.Render(strings.TrimRight(rowOf(&c, 0), " "))
}

// Columns draws one upright bar for each value, the last at the right, each of
// so many cells with a blank one after it where there are two or more. There are
// height lines, none for screen readers. Values that do not fit are the earliest.
func (st *Styles) Columns(values []int64, each, height int) []string {
	if st.Theme == Plain || len(values) == 0 || each <= 0 || height <= 0 {
		return nil
	}
	most := int64(0)
	for _, v := range values {
		most = max(most, v)
	}
	c := canvas.New(each*len(values), height)
	wide := max(1, each-1)
	for i, v := range values {
		for j := range wide {
			graph.DrawColumnBottomToTop(&c, canvas.Point{X: i*each + j, Y: height - 1}, cells(v, most, height), uninked)
		}
	}
	lines := make([]string, height)
	for y := range lines {
		lines[y] = st.Badge.Render(strings.TrimRight(rowOf(&c, y), " "))
	}
	return lines
}

// cells is how many of room cells size takes, of which most takes all; an eighth
// at least, unless it is nothing.
func cells(size, most int64, room int) float64 {
	if size <= 0 || most <= 0 {
		return 0
	}
	return max(0.125, min(float64(size)/float64(most), 1)*float64(room))
}

// rowOf is a line of a canvas in characters, blank where nothing is drawn.
func rowOf(c *canvas.Model, y int) string {
	var b strings.Builder
	for x := range c.Width() {
		b.WriteRune(runeAt(c, x, y))
	}
	return b.String()
}

func runeAt(c *canvas.Model, x, y int) rune {
	if r := c.Cell(canvas.Point{X: x, Y: y}).Rune; r != 0 {
		return r
	}
	return ' '
}

// Shade is the background of a cell of a share of ten thousand, as characters
// that get darker: readable without colour.
func Shade(share int64) rune {
	steps := []rune(" ░▒▓█")
	return steps[max(0, min(int64(len(steps))-1, (share*int64(len(steps))+9999)/10000-1))]
}
