package report

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"bounceback/engine/words"
)

// Measures of charts of lines, in pixels but for plotWide.
const (
	plotTop   = 22 // for the label above the highest line
	plotHigh  = 200
	plotUnder = 24 // for the labels of the axis
	plotWide  = 100_00
	markGap   = 350 // from one mark of a series to the next, of plotWide
	letter    = 7   // the width of a letter
	narrow    = 300 // the width of a chart on a phone
	roomy     = 640 // and on paper
)

// seriesLooks is how many series look different: by colour, dash and mark.
const seriesLooks = 4

// marks are drawn on the points of a series, about their middle.
var marks = [seriesLooks]string{"M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-4-4h8v8h-8z", "M0-5L5 4H-5z", "M0-6L6 0L0 6L-6 0z"}

// plot is a chart of lines with what its axes reach over.
type plot struct {
	*drawing
	l      Lines
	x0, x1 int64
	y0, y1 int64
}

// svgLines draws series over their axes.
func svgLines(w *words.Words, id string, l Lines) string {
	p := &plot{drawing: &drawing{}, l: l}
	p.reach()
	p.chart(id, plotTop+plotHigh+plotUnder, l.Title, aboutLines(w, l))
	p.grid()
	p.begin("svg", "y", plotTop, "width", "100%", "height", plotHigh, "viewBox", "0 0 "+strconv.Itoa(plotWide)+" "+strconv.Itoa(plotHigh),
		"preserveAspectRatio", "none", "overflow", "visible")
	for i, s := range l.Series {
		p.band(s, i%seriesLooks)
	}
	for i, s := range l.Series {
		p.line(s, i%seriesLooks)
	}
	p.end()
	for i, s := range l.Series {
		p.marks(s, i%seriesLooks)
	}
	p.goal(w)
	p.labels()
	p.end()
	return p.out.String()
}

// aboutLines says what a chart shows to whoever does not see it.
func aboutLines(w *words.Words, l Lines) string {
	about := ""
	for _, s := range l.Series {
		about += s.Name + ". "
	}
	if n := len(l.XTicks); n > 1 {
		about += w.T("report.html.axis", "from", l.XTicks[0].Label, "to", l.XTicks[n-1].Label) + " "
	}
	return about + w.T("report.html.told")
}

// reach finds what the axes reach over.
func (p *plot) reach() {
	first := true
	take := func(lo, hi *int64, v int64) {
		*lo, *hi = min(*lo, v), max(*hi, v)
	}
	for _, s := range p.l.Series {
		for i, at := range s.Points {
			if first {
				p.x0, p.x1, p.y0, p.y1, first = at.X, at.X, min(0, at.Y), max(0, at.Y), false
			}
			take(&p.x0, &p.x1, at.X)
			take(&p.y0, &p.y1, at.Y)
			if i < len(s.Band) {
				take(&p.y0, &p.y1, s.Band[i].Low)
				take(&p.y0, &p.y1, s.Band[i].High)
			}
		}
	}
	for _, t := range p.l.XTicks {
		take(&p.x0, &p.x1, t.At)
	}
	for _, t := range p.l.YTicks {
		take(&p.y0, &p.y1, t.At)
	}
	take(&p.y0, &p.y1, p.l.Goal)
}

// x is a place across the plot; a lone point stands in the middle.
func (p *plot) x(at int64) int64 {
	if p.x1 == p.x0 {
		return plotWide / 2
	}
	return part(at-p.x0, p.x1-p.x0, plotWide)
}

// y is a place down the plot.
func (p *plot) y(at int64) int64 { return plotHigh - part(at-p.y0, p.y1-p.y0, plotHigh) }

// trace goes along points, in steps or straight, to the right or back.
func (p *plot) trace(to *path, points []Point, command string) {
	for i, at := range points {
		x, y := p.x(at.X), p.y(at.Y)
		switch {
		case i == 0:
			to.to(command, x, y)
		case p.l.Step && at.X >= points[i-1].X:
			to.to("H", x)
			to.to("V", y)
		case p.l.Step:
			to.to("V", y)
			to.to("H", x)
		default:
			to.to("L", x, y)
		}
	}
}

// band draws what may lie around a series.
func (p *plot) band(s Series, look int) {
	n := min(len(s.Band), len(s.Points))
	if n < 2 {
		return
	}
	high, low := make([]Point, n), make([]Point, n)
	for i := range n {
		high[i] = Point{s.Points[i].X, s.Band[i].High}
		low[n-1-i] = Point{s.Points[i].X, s.Band[i].Low}
	}
	var to path
	p.trace(&to, high, "M")
	p.trace(&to, low, "L")
	to.to("Z")
	p.leaf("path", "class", "band "+lookOf(look), "d", to.String())
}

func (p *plot) line(s Series, look int) {
	if len(s.Points) < 2 {
		return
	}
	var to path
	p.trace(&to, s.Points, "M")
	p.leaf("path", "class", "line "+lookOf(look), "d", to.String(), "vector-effect", "non-scaling-stroke")
}

// marks draws the marks of a series, as far as they stand apart.
func (p *plot) marks(s Series, look int) {
	last := int64(-markGap)
	for i, at := range s.Points {
		x := p.x(at.X)
		if x-last < markGap && i != len(s.Points)-1 {
			continue
		}
		last = x
		p.begin("svg", "x", share(x), "y", plotTop+p.y(at.Y), "overflow", "visible")
		p.leaf("path", "class", "mark "+lookOf(look), "d", marks[look])
		p.end()
	}
}

func lookOf(look int) string { return "k" + strconv.Itoa(look) }

func (p *plot) grid() {
	p.level("axis", p.y(p.y0))
	for _, t := range p.l.YTicks {
		p.level("rule", p.y(t.At))
	}
}

func (p *plot) level(class string, y int64) {
	p.leaf("line", "class", class, "x1", 0, "x2", whole, "y1", plotTop+y, "y2", plotTop+y)
}

func (p *plot) goal(w *words.Words) {
	if p.l.Goal == 0 {
		return
	}
	y := p.y(p.l.Goal)
	p.level("goal", y)
	text := w.T("report.html.goal")
	for _, t := range p.l.YTicks {
		if t.At == p.l.Goal {
			text += " " + t.Label
		}
	}
	p.text("text", text, "class", "tick strong", "x", whole, "y", plotTop+y-5, "text-anchor", "end")
}

// labels writes the ticks: those of the levels above their lines at the left,
// or at the right where a mark is in their way, those of the axis as far as they
// have room.
func (p *plot) labels() {
	for _, t := range p.l.YTicks {
		if t.At == p.l.Goal && t.At != 0 {
			continue
		}
		if y := p.y(t.At); p.begins(y) && !p.ends(y) {
			p.text("text", t.Label, "class", "tick", "x", whole, "y", plotTop+y-5, "text-anchor", "end")
		} else {
			p.text("text", t.Label, "class", "tick", "x", 0, "y", plotTop+y-5)
		}
	}
	small, large := p.room(narrow), p.room(roomy)
	for i, t := range p.l.XTicks {
		if !large[i] && !small[i] {
			continue
		}
		class := "tick"
		switch {
		case !small[i]:
			class += " wide"
		case !large[i]:
			class += " slim"
		}
		x := p.x(t.At)
		p.text("text", t.Label, "class", class, "x", share(x), "y", plotTop+plotHigh+17, "text-anchor", anchor(x))
	}
}

// begins and ends tell whether the mark of a series lies where the label of a
// level would stand at the left, or at the right.
func (p *plot) begins(y int64) bool {
	return slices.ContainsFunc(p.l.Series, func(s Series) bool {
		return len(s.Points) > 0 && s.Points[0].X == p.x0 && over(y, p.y(s.Points[0].Y))
	})
}

func (p *plot) ends(y int64) bool {
	return slices.ContainsFunc(p.l.Series, func(s Series) bool {
		n := len(s.Points)
		return n > 0 && s.Points[n-1].X == p.x1 && over(y, p.y(s.Points[n-1].Y))
	})
}

// over tells whether a mark at a height touches the label of a level.
func over(level, mark int64) bool { return mark > level-plotTop && mark < level+6 }

// anchor keeps a label inside the chart.
func anchor(x int64) string {
	switch {
	case x < plotWide/20:
		return "start"
	case x > plotWide-plotWide/20:
		return "end"
	}
	return "middle"
}

// room tells which labels of the axis have room in a width: the last, and from
// the first on those that do not touch the one before or the last.
func (p *plot) room(width int64) []bool {
	out := make([]bool, len(p.l.XTicks))
	last := len(out) - 1
	if last < 0 {
		return out
	}
	out[last] = true
	end, _ := p.extent(last, width)
	from := int64(-letter)
	for i := range last {
		a, b := p.extent(i, width)
		if a >= from+letter && b+letter <= end {
			out[i], from = true, b
		}
	}
	return out
}

// extent is where the label of a tick begins and ends in a width.
func (p *plot) extent(i int, width int64) (from, to int64) {
	t := p.l.XTicks[i]
	long := int64(utf8.RuneCountInString(t.Label)) * letter
	at := p.x(t.At)
	x := at * width / plotWide
	switch anchor(at) {
	case "start":
		return x, x + long
	case "end":
		return x - long, x
	}
	return x - long/2, x + long/2
}
