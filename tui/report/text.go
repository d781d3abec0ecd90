package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"bounceback/engine"
)

// barCells is how long the longest bar of a plain text is.
const barCells = 30

// WriteText writes a report as plain lines, without colour, for a terminal, a
// file or a screen reader. Time lines and curves are left to the faces that can
// draw; what they say stands in sentences and tables too.
func WriteText(w io.Writer, d Doc) error {
	p, first := &printer{to: w}, true
	for _, b := range d.Blocks {
		if _, drawn := b.(Lines); drawn {
			continue
		}
		if !first {
			p.line("")
		}
		first = false
		p.block(b)
	}
	return p.err
}

// printer writes lines until one fails.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) line(text string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.to, strings.TrimRight(engine.ShownText(text), " "))
	}
}

func (p *printer) title(text string) {
	if text != "" {
		p.line(text)
	}
}

func (p *printer) block(b Block) {
	switch b := b.(type) {
	case Text:
		p.line(b.Text)
	case Facts:
		p.title(b.Title)
		p.facts(b.Facts)
	case Table:
		p.title(b.Title)
		p.table(b)
	case Bars:
		p.title(b.Title)
		p.bars(b.Bars)
	case Grid:
		p.title(b.Title)
		p.grid(b)
	}
}

func (p *printer) facts(facts []Fact) {
	width := 0
	for _, f := range facts {
		width = max(width, runewidth.StringWidth(f.Label))
	}
	for _, f := range facts {
		p.line(pad(f.Label, width, Left) + "  " + f.Value)
	}
}

func (p *printer) table(t Table) {
	if len(t.Rows) == 0 {
		p.line(t.Empty)
		return
	}
	head := make([]string, len(t.Columns))
	aligns := make([]Align, len(t.Columns))
	for i, c := range t.Columns {
		head[i], aligns[i] = c.Name, c.Align
	}
	rows := [][]string{head}
	for _, r := range t.Rows {
		rows = append(rows, r.Cells)
	}
	p.cells(rows, aligns)
}

func (p *printer) grid(g Grid) {
	rows := [][]string{append([]string{g.Corner}, g.Columns...)}
	aligns := make([]Align, len(g.Columns)+1)
	for i := range g.Columns {
		aligns[i+1] = Right
	}
	for _, r := range g.Rows {
		row := []string{r.Name}
		for _, c := range r.Cells {
			row = append(row, c.Text)
		}
		rows = append(rows, row)
	}
	p.cells(rows, aligns)
}

// cells writes rows, which may be shorter or longer than the first, in columns.
func (p *printer) cells(rows [][]string, aligns []Align) {
	for _, row := range rows {
		aligns = append(aligns, make([]Align, max(0, len(row)-len(aligns)))...)
	}
	widths := make([]int, len(aligns))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(pad(cell, widths[i], aligns[i]) + "  ")
		}
		p.line(b.String())
	}
}

func (p *printer) bars(bars []Bar) {
	label, value, most := 0, 0, int64(0)
	for _, b := range bars {
		label, value, most = max(label, runewidth.StringWidth(b.Label)), max(value, runewidth.StringWidth(b.Value)), max(most, b.Size)
	}
	for _, b := range bars {
		p.line(pad(b.Label, label, Left) + "  " + pad(b.Value, value, Right) + "  " + strings.Repeat("#", barLength(b.Size, most, barCells)))
	}
}

// barLength is how many cells of room a bar takes: one at least, unless it is
// nothing.
func barLength(size, most int64, room int) int {
	if size <= 0 || most <= 0 {
		return 0
	}
	return max(1, int(part(size, most, int64(room))))
}

// pad fills a text up to a width of cells.
func pad(text string, width int, at Align) string {
	space := strings.Repeat(" ", max(0, width-runewidth.StringWidth(text)))
	if at == Right {
		return space + text
	}
	return text + space
}
