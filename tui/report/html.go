package report

import (
	"bufio"
	_ "embed"
	"html/template"
	"io"
	"regexp"
	"strconv"

	"bounceback/engine"
	"bounceback/engine/words"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// page is the template of a report's page. All that comes from the shop goes
// through html/template's escaping, or through drawing's.
var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"tone": func(t Tone) string { return toneClasses[t] },
	"sign": func(t Tone) string { return toneSigns[t] },
	"side": sideClass,
	"rest": restOf,
	"hold": holdSigns,
}).Parse(pageHTML))

// toneClasses and toneSigns say a tone by colour and by a sign.
var (
	toneClasses = map[Tone]string{Faint: "faint", Strong: "strong", Good: "good", Warn: "warn", Bad: "bad"}
	toneSigns   = map[Tone]string{Good: "✓", Warn: "!", Bad: "✕"}
)

// pageView is what the template is given.
type pageView struct {
	Doc
	Lang, Made string
	CSS        template.CSS
	Parts      []partView
}

// partView is one block, its title's id, and its chart if it is one.
type partView struct {
	ID      string
	Title   string
	Text    *Text
	Facts   *Facts
	Table   *tableView
	Chart   template.HTML
	Legend  []legendView
	Certain string
}

// tableView is a table or a grid.
type tableView struct {
	Columns []Column
	Rows    []rowView
	Empty   string
	Shaded  bool
}

// rowView is a row: what it is of, and its cells.
type rowView struct {
	Tone  Tone
	Cells []cellView
}

// cellView is a cell: a grid's is shaded.
type cellView struct{ Text, Class string }

// legendView names a series beside a piece of its line.
type legendView struct {
	Name string
	Key  template.HTML
}

// WriteHTML writes a report as one page that needs nothing besides itself: no
// script, no font, no picture from elsewhere. lang is the language the report
// was written in, made a sentence at its foot.
func WriteHTML(w io.Writer, d Doc, lang, made string) error {
	catalogue, err := words.For(lang)
	if err != nil {
		return err
	}
	v := pageView{Doc: d, Lang: lang, Made: made, CSS: template.CSS(pageCSS)} //nolint:gosec // our own file
	for i, b := range d.Blocks {
		v.Parts = append(v.Parts, viewOf(catalogue, "b"+strconv.Itoa(i+1), b))
	}
	out := bufio.NewWriter(w)
	if err := page.Execute(out, v); err != nil {
		return err
	}
	return out.Flush()
}

func viewOf(w *words.Words, id string, b Block) partView {
	v := partView{ID: id}
	switch b := b.(type) {
	case Text:
		v.Text = &b
	case Facts:
		v.Title, v.Facts = b.Title, &b
	case Table:
		v.Title, v.Table = b.Title, viewTable(b)
	case Grid:
		v.Title, v.Table = b.Title, viewGrid(b)
	case Bars:
		v.Title = b.Title
		if len(b.Bars) > 0 {
			v.Chart = template.HTML(svgBars(id, b)) //nolint:gosec // drawing escapes
		}
	case Lines:
		v.Title = b.Title
		v.lines(w, b)
	}
	return v
}

func (v *partView) lines(w *words.Words, l Lines) {
	v.Chart = template.HTML(svgLines(w, v.ID, l)) //nolint:gosec // drawing escapes
	for i, s := range l.Series {
		v.Legend = append(v.Legend, legendView{s.Name, template.HTML(svgKey(i % seriesLooks))}) //nolint:gosec // drawing escapes
		if len(s.Band) > 0 {
			v.Certain = w.T("report.html.band")
		}
	}
}

// svgKey is a piece of a series' line with its mark.
func svgKey(look int) string {
	d := &drawing{}
	d.begin("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "key", "width", 34, "height", 14, "viewBox", "-17 -7 34 14", "aria-hidden", "true")
	d.leaf("path", "class", "line "+lookOf(look), "d", "M-17 0H17")
	d.leaf("path", "class", "mark "+lookOf(look), "d", marks[look])
	d.end()
	return d.out.String()
}

func viewTable(t Table) *tableView {
	v := &tableView{Columns: t.Columns, Empty: t.Empty}
	for _, r := range t.Rows {
		row := rowView{Tone: r.Tone}
		for i, text := range r.Cells {
			side := Left
			if i < len(t.Columns) {
				side = t.Columns[i].Align
			}
			row.Cells = append(row.Cells, cellView{text, sideClass(side)})
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

func viewGrid(g Grid) *tableView {
	v := &tableView{Columns: []Column{{g.Corner, Left}}, Shaded: true}
	for _, name := range g.Columns {
		v.Columns = append(v.Columns, Column{name, Right})
	}
	for _, r := range g.Rows {
		row := rowView{Cells: []cellView{{r.Name, ""}}}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, cellView{c.Text, "n " + shadeClass(c)})
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// shadeClass is one of eleven shades; a cell without a text has none.
func shadeClass(c GridCell) string {
	if c.Text == "" {
		return ""
	}
	const darkest engine.BP = 100_00
	return "s" + strconv.Itoa(int((min(max(c.Shade, 0), darkest)+5_00)/10_00))
}

func sideClass(a Align) string {
	if a == Right {
		return "n"
	}
	return ""
}

// numberSigns are spaces between a number and its sign, as in 39 % and R$ 46.
var numberSigns = regexp.MustCompile(`(\d) (%)|(\p{Sc}) (\d)`)

// holdSigns keeps a number and its sign on one line.
func holdSigns(text string) string { return numberSigns.ReplaceAllString(text, "$1$3\u00a0$2$4") }

// restOf is how many cells a row lacks.
func restOf(columns []Column, cells []cellView) []struct{} {
	return make([]struct{}, max(0, len(columns)-len(cells)))
}
