package screen

import (
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// Widths of reports: sentences are no longer than can be read, charts no wider
// than they say more.
const (
	mostSentence = 100
	mostChart    = 120
	mostBar      = 60
)

// docDrawer draws a report as lines, and tells which of them are the marked
// link's.
type docDrawer struct {
	env      *Env
	width    int
	tall     int // lines in sight
	at       int // the marked link's number
	side     int // columns left out behind the first of a table that is too wide
	most     int // how many can be left out
	out      []string
	links    []report.Link
	from, to int // lines of the marked link
}

// drawn draws the report for a room.
func (p *reportPage) drawn(width, height int) *docDrawer {
	d := &docDrawer{env: p.env, width: width, tall: height, at: p.at, side: p.side}
	for i, b := range p.doc.Blocks {
		before := len(d.out)
		if i > 0 {
			d.out = append(d.out, "")
		}
		begun := len(d.out)
		d.block(b)
		if len(d.out) == begun { // nothing is drawn of it here
			d.out = d.out[:before]
		}
	}
	return d
}

func (d *docDrawer) block(b report.Block) {
	switch b := b.(type) {
	case report.Text:
		d.text(b)
	case report.Facts:
		d.title(b.Title)
		d.facts(b.Facts)
	case report.Table:
		d.title(b.Title)
		d.table(b)
	case report.Bars:
		d.title(b.Title)
		d.bars(b.Bars)
	case report.Grid:
		d.title(b.Title)
		d.grid(b)
	case report.Lines:
		d.lines(b)
	}
}

func (d *docDrawer) title(text string) {
	if text != "" {
		d.out = append(d.out, kit.NoMarker+d.env.Styles.Title.Render(kit.Clip(text, d.width-len(kit.NoMarker))))
	}
}

// toneOf is how a screen draws a report's tone.
func toneOf(t report.Tone) kit.Tone {
	return map[report.Tone]kit.Tone{
		report.Faint: kit.Faded, report.Strong: kit.Stressed, report.Good: kit.Fine, report.Warn: kit.Caution, report.Bad: kit.Wrong,
	}[t]
}

// markOf stands before a text whose tone must be seen without colour too.
func markOf(t report.Tone) string {
	return map[report.Tone]string{report.Good: "✓ ", report.Warn: "! ", report.Bad: "✗ "}[t]
}

func (d *docDrawer) text(t report.Text) {
	ink := inkOf(d.env.Styles, toneOf(t.Tone))
	for _, l := range kit.Wrap(markOf(t.Tone)+kit.Clean(t.Text), min(mostSentence, d.width-len(kit.NoMarker))) {
		d.out = append(d.out, kit.NoMarker+ink.Render(l))
	}
}

// row adds a line, or several of one row, with the marker if it is the marked
// link's.
func (d *docDrawer) row(link report.Link, tone report.Tone, lines ...string) {
	st := d.env.Styles
	marked := link.To != report.None && len(d.links) == d.at
	if marked {
		d.from, d.to = len(d.out), len(d.out)+len(lines)
	}
	if link.To != report.None {
		d.links = append(d.links, link)
	}
	for i, l := range lines {
		switch {
		case marked:
			d.out = append(d.out, st.Pick(i == 0, l))
		default:
			d.out = append(d.out, kit.NoMarker+inkOf(st, toneOf(tone)).Render(l))
		}
	}
}

// facts draws labelled values: in one column by their decimal marks where all
// are numbers.
func (d *docDrawer) facts(facts []report.Fact) {
	label, values := 0, make([]string, len(facts))
	for i, f := range facts {
		label = max(label, kit.Width(f.Label))
		values[i] = kit.Clean(f.Value)
	}
	label = min(label, max(8, (d.width-2)/2))
	values = aligned(values, d.env.Format.Decimal())
	room := d.width - len(kit.NoMarker) - label - 2
	for i, f := range facts {
		var lines []string
		for j, v := range kit.Wrap(markOf(f.Tone)+values[i], room) {
			name := ""
			if j == 0 {
				name = kit.Clean(f.Label)
			}
			lines = append(lines, kit.Fit(name, label)+"  "+v)
		}
		d.row(f.Link, f.Tone, lines...)
	}
}

// bars draws a bar for each value beside it.
func (d *docDrawer) bars(bars []report.Bar) {
	label, most, values := 0, int64(0), make([]string, len(bars))
	for i, b := range bars {
		label, most, values[i] = max(label, kit.Width(b.Label)), max(most, b.Size), kit.Clean(b.Value)
	}
	label = min(label, max(6, d.width/3))
	values = aligned(values, d.env.Format.Decimal())
	value := 0
	for _, v := range values {
		value = max(value, kit.Width(v))
	}
	room := min(mostBar, d.width-len(kit.NoMarker)-label-value-4)
	for i, b := range bars {
		line := kit.Fit(kit.Clean(b.Label), label) + "  " + kit.FitRight(values[i], value)
		if bar := d.env.Styles.Bar(b.Size, most, room); bar != "" {
			line += "  " + bar
		}
		d.row(b.Link, report.Plain, line)
	}
}

// lines draws a chart, in the upper half of the window at most. Screen readers
// get the sentences and tables that say the same.
func (d *docDrawer) lines(b report.Lines) {
	height := max(7, min(16, d.tall/2))
	chart := d.env.Styles.Plot(plotOf(b), min(mostChart, d.width-len(kit.NoMarker)), height)
	if len(chart) == 0 {
		return
	}
	d.title(b.Title)
	for _, l := range chart {
		d.out = append(d.out, kit.NoMarker+l)
	}
}

// plotOf is a report's chart as the kit draws it.
func plotOf(b report.Lines) kit.Plot {
	p := kit.Plot{Step: b.Step, Goal: b.Goal, X: ticksOf(b.XTicks), Y: ticksOf(b.YTicks)}
	for _, s := range b.Series {
		c := kit.Curve{Name: s.Name}
		for i, q := range s.Points {
			c.Points = append(c.Points, kit.XY{X: q.X, Y: q.Y})
			if i < len(s.Band) {
				c.Low = append(c.Low, kit.XY{X: q.X, Y: s.Band[i].Low})
				c.High = append(c.High, kit.XY{X: q.X, Y: s.Band[i].High})
			}
		}
		p.Curves = append(p.Curves, c)
	}
	return p
}

func ticksOf(ticks []report.Tick) []kit.PlotTick {
	out := make([]kit.PlotTick, len(ticks))
	for i, t := range ticks {
		out[i] = kit.PlotTick{At: t.At, Label: t.Label}
	}
	return out
}
