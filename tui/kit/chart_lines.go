package kit

import (
	"strings"

	"github.com/NimbleMarkets/ntcharts/canvas"
	"github.com/NimbleMarkets/ntcharts/canvas/graph"
)

// XY is a point of a chart, in whole units of its axes.
type XY struct{ X, Y int64 }

// Curve is one series of a Plot, by rising X, with what may lie around it.
type Curve struct {
	Name      string
	Points    []XY
	Low, High []XY // the ends of its band; nil is none
}

// PlotTick is a label of an axis.
type PlotTick struct {
	At    int64
	Label string
}

// Plot is one or more curves over the same axes. The first is drawn as a line
// of dots, the others by a mark of their own, so that they can be told apart
// without colour.
type Plot struct {
	Curves []Curve
	X, Y   []PlotTick
	Step   bool  // a curve keeps its value until the next point
	Goal   int64 // a level across; 0 is none
}

// curveMarks are drawn for all curves but the first.
var curveMarks = []rune{'o', '+', 'x', '*', '='}

// firstMark stands for the first curve in the legend; noDots is braille without
// a dot.
const (
	firstMark = "⠒⠒"
	noDots    = '\u2800'
)

// Plot draws curves in width cells and height lines: legend, axes with their
// labels, curves. None for screen readers, nor where there is no room.
func (st *Styles) Plot(p Plot, width, height int) []string {
	left := 0
	for _, t := range p.Y {
		left = max(left, Width(t.Label))
	}
	legend := st.legend(p, width)
	w, h := width-left-2, height-2-len(legend)
	if st.Theme == Plain || w < 8 || h < 2 || len(p.Curves) == 0 {
		return nil
	}
	a := p.area(w, h)
	lines := append(make([]string, 0, height), legend...)
	for y := range h {
		lines = append(lines, st.Dim.Render(FitRight(a.labelOf(p.Y, y), left)+" "+a.tickOf(p.Y, y))+a.row(st, y))
	}
	axis, labels := a.xAxis(p.X)
	return append(lines, st.Dim.Render(Spaces(left+1)+"└"+axis), st.Dim.Render(Spaces(left+2)+labels))
}

// legend names the curves by their marks, where there are several.
func (st *Styles) legend(p Plot, width int) []string {
	if len(p.Curves) < 2 {
		return nil
	}
	var parts []string
	for i, c := range p.Curves {
		mark := firstMark
		if i > 0 {
			mark = string(curveMarks[(i-1)%len(curveMarks)])
		}
		parts = append(parts, st.Badge.Render(mark)+" "+Clean(c.Name))
	}
	return []string{Clip(strings.Join(parts, "   "), width)}
}

// area is where the curves are drawn: layers one upon the other, the first on
// top.
type area struct {
	w, h                   int
	minX, maxX, minY, maxY int64
	layers                 []layer
}

// layer is a canvas in one ink.
type layer struct {
	canvas canvas.Model
	faint  bool
}

func (p Plot) area(w, h int) *area {
	a := &area{w: w, h: h}
	a.bounds(p)
	for i, c := range p.Curves {
		if i == 0 {
			a.dots(c.Points, p.Step, 1, false)
		} else {
			a.marks(c.Points, p.Step, curveMarks[(i-1)%len(curveMarks)])
		}
	}
	if p.Goal > 0 {
		a.level(p.Goal)
	}
	for _, c := range p.Curves {
		a.dots(c.Low, p.Step, 3, true)
		a.dots(c.High, p.Step, 3, true)
	}
	return a
}

// bounds are those of all points, ticks and the goal; the y axis begins at 0 or
// below.
func (a *area) bounds(p Plot) {
	first := true
	see := func(points []XY) {
		for _, q := range points {
			if first {
				a.minX, a.maxX, first = q.X, q.X, false
			}
			a.minX, a.maxX = min(a.minX, q.X), max(a.maxX, q.X)
			a.minY, a.maxY = min(a.minY, q.Y), max(a.maxY, q.Y)
		}
	}
	for _, c := range p.Curves {
		see(c.Points)
		see(c.High)
		see(c.Low)
	}
	for _, t := range p.Y {
		a.maxY = max(a.maxY, t.At)
	}
	a.maxY = max(a.maxY, p.Goal, a.minY+1)
	a.maxX = max(a.maxX, a.minX+1)
}

// dots draws a line of braille dots, every nth of them.
func (a *area) dots(points []XY, step bool, nth int, faint bool) {
	if len(points) == 0 {
		return
	}
	g := graph.NewBrailleGrid(a.w, a.h, float64(a.minX), float64(a.maxX), float64(a.minY), float64(a.maxY))
	n := 0
	line := func(from, to XY) {
		p := g.GridPoint(canvas.Float64Point{X: float64(from.X), Y: float64(from.Y)})
		q := g.GridPoint(canvas.Float64Point{X: float64(to.X), Y: float64(to.Y)})
		for _, dot := range graph.GetLinePoints(p, q) {
			if n++; n%nth == 0 {
				g.Set(dot)
			}
		}
	}
	line(points[0], points[0])
	for i := 1; i < len(points); i++ {
		corner := points[i-1]
		if step {
			corner = XY{points[i].X, points[i-1].Y}
			line(points[i-1], corner)
		}
		line(corner, points[i])
	}
	c := canvas.New(a.w, a.h)
	graph.DrawBraillePatterns(&c, canvas.Point{}, g.BraillePatterns(), uninked)
	a.layers = append(a.layers, layer{c, faint})
}

// marks draws a curve by a mark in every column between its ends.
func (a *area) marks(points []XY, step bool, mark rune) {
	c := canvas.New(a.w, a.h)
	for x := range a.w {
		at := a.minX + (a.maxX-a.minX)*int64(x)/int64(max(1, a.w-1))
		if y, ok := valueAt(points, at, step); ok {
			c.SetRune(canvas.Point{X: x, Y: a.lineOf(y)}, mark)
		}
	}
	a.layers = append(a.layers, layer{c, false})
}

// valueAt is the value of a curve at x; ok is false outside its ends.
func valueAt(points []XY, x int64, step bool) (int64, bool) {
	for i, p := range points {
		switch {
		case p.X < x:
			continue
		case p.X == x:
			return p.Y, true
		case i == 0:
			return 0, false
		}
		q := points[i-1]
		if step {
			return q.Y, true
		}
		return q.Y + (p.Y-q.Y)*(x-q.X)/(p.X-q.X), true
	}
	return 0, false
}

// level draws a line across.
func (a *area) level(y int64) {
	c := canvas.New(a.w, a.h)
	for x := range a.w {
		c.SetRune(canvas.Point{X: x, Y: a.lineOf(y)}, '┄')
	}
	a.layers = append(a.layers, layer{c, true})
}

// lineOf is the line in which a value lies, the top one being 0.
func (a *area) lineOf(y int64) int {
	return a.h - 1 - scaled(y-a.minY, a.maxY-a.minY, a.h-1)
}

// columnOf is the column of a value of the x axis.
func (a *area) columnOf(x int64) int { return scaled(x-a.minX, a.maxX-a.minX, a.w-1) }

// scaled is value ÷ of × room, rounded to the nearest, within 0 and room.
func scaled(value, of int64, room int) int {
	return max(0, min(room, int((value*int64(room)+of/2)/of)))
}

// row is one line of the curves in their inks.
func (a *area) row(st *Styles, y int) string {
	var out, run strings.Builder
	faint := false
	flush := func() {
		ink := st.Badge
		if faint {
			ink = st.Dim
		}
		out.WriteString(ink.Render(run.String()))
		run.Reset()
	}
	for x := range a.w {
		r, dim := a.at(x, y)
		if r != ' ' && dim != faint {
			flush()
			faint = dim
		}
		run.WriteRune(r)
	}
	flush()
	return strings.TrimRight(out.String(), " ")
}

// at is the character of the topmost layer that has one.
func (a *area) at(x, y int) (rune, bool) {
	for i := range a.layers {
		if r := runeAt(&a.layers[i].canvas, x, y); r != ' ' && r != noDots {
			return r, a.layers[i].faint
		}
	}
	return ' ', false
}

// labelOf is the label of the y axis in a line; tickOf its mark.
func (a *area) labelOf(ticks []PlotTick, y int) string {
	for _, t := range ticks {
		if a.lineOf(t.At) == y {
			return t.Label
		}
	}
	return ""
}

func (a *area) tickOf(ticks []PlotTick, y int) string {
	if a.labelOf(ticks, y) != "" {
		return "┤"
	}
	return "│"
}

// xAxis is the axis with its marks, and the labels below it: those that have
// room, the first and then from left to right.
func (a *area) xAxis(ticks []PlotTick) (axis, labels string) {
	marks := []rune(strings.Repeat("─", a.w))
	var b strings.Builder
	used := 0
	for _, t := range ticks {
		at := a.columnOf(t.At)
		from := max(0, min(at, a.w-Width(t.Label)))
		if used > 0 && from < used+1 || from+Width(t.Label) > a.w {
			continue
		}
		marks[at] = '┬'
		b.WriteString(Spaces(from-used) + t.Label)
		used = from + Width(t.Label)
	}
	return string(marks), b.String()
}
