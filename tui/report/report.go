// Package report lays the owner's figures out once, for every face: as lines of
// a terminal, as a page for a browser, and as the desk's screens.
//
//	report.go  what a report is made of
//	text.go    a report as plain lines
//	html.go    a report as a page of its own, its charts drawn as SVG
//
// The other files each lay out one report: what the figures mean is said there,
// in sentences, and nowhere else.
package report

import (
	"bounceback/engine"
	"bounceback/engine/words"
)

// Doc is a report laid out: blocks one below the other.
type Doc struct {
	Title  string // what it is of, as "Campaigns"
	Store  string // the store's title
	Span   string // the days it is of, in words; empty if it is of now
	Blocks []Block
}

// Add adds blocks at the end; nil ones are left out.
func (d *Doc) Add(blocks ...Block) {
	for _, b := range blocks {
		if b != nil {
			d.Blocks = append(d.Blocks, b)
		}
	}
}

// Block is one part of a report: Text, Facts, Table, Bars, Lines or Grid.
type Block interface{ block() }

// Tone is how a text is meant. It never stands by colour alone.
type Tone int

// The tones.
const (
	Plain  Tone = iota
	Faint       // matters less
	Strong      // the answer
	Good
	Warn
	Bad
)

// Text is a paragraph.
type Text struct {
	Tone Tone
	Text string
}

// Facts are labelled values under a title, which may be empty.
type Facts struct {
	Title string
	Facts []Fact
}

// Fact is one labelled value.
type Fact struct {
	Label, Value string
	Tone         Tone
	Link         Link // to what it is made of
}

// Align says on which side the cells of a column begin.
type Align int

// The two sides.
const (
	Left Align = iota
	Right
)

// Column is a table's column.
type Column struct {
	Name  string
	Align Align
}

// Table is rows under the names of columns.
type Table struct {
	Title   string
	Columns []Column
	Rows    []Row
	Empty   string // what is said when there are no rows
}

// Row is one row of a table.
type Row struct {
	Cells []string
	Tone  Tone
	Link  Link // to what the row is made of
}

// Bars are amounts or counts beside each other, each a bar by its size.
type Bars struct {
	Title string
	Bars  []Bar
}

// Bar is one of Bars. Size is at least 0, in any unit that all bars share.
type Bar struct {
	Label, Value string
	Size         int64
	Link         Link
}

// Lines is one or more series over the same axes, for time lines and curves.
type Lines struct {
	Title  string
	Series []Series
	XTicks []Tick // where the axis is labelled, by rising At
	YTicks []Tick
	Step   bool  // a series keeps its value until the next point
	Goal   int64 // a level to compare with; 0 is none
}

// Series is one line of a chart, by rising X. Dark and light, and on paper,
// series are told apart by their marks, not by colour alone.
type Series struct {
	Name   string
	Points []Point
	Band   []Span // what may lie around each point, as a 95 % interval; nil is none
}

// Point is one value of a series, in whole units of its axes.
type Point struct{ X, Y int64 }

// Span is from Low to High.
type Span struct{ Low, High int64 }

// Tick is a label on an axis.
type Tick struct {
	At    int64
	Label string
}

// Grid is a table whose cells are shaded by a share, as a triangle of cohorts.
type Grid struct {
	Title   string
	Corner  string // what the names of the rows are
	Columns []string
	Rows    []GridRow
}

// GridRow is one row of a Grid.
type GridRow struct {
	Name  string
	Cells []GridCell
}

// GridCell is a shaded value. Shade is in basis points of the darkest.
type GridCell struct {
	Text  string
	Shade engine.BP
	Link  Link
}

func (Text) block()  {}
func (Facts) block() {}
func (Table) block() {}
func (Bars) block()  {}
func (Lines) block() {}
func (Grid) block()  {}

// Target is what a link leads to.
type Target string

// The targets. None is no link.
const (
	None         Target = ""
	ToSales      Target = "sales"     // the list, by Filter
	ToCoupons    Target = "coupons"   // the list, by Filter
	ToCustomers  Target = "customers" // the list, by Filter
	ToMessages   Target = "messages"  // the list, by Filter
	ToCampaigns  Target = "campaigns" // the list, by Filter
	ToAudit      Target = "audit"     // the list, by Filter
	ToSale       Target = "sale"      // the page of ID
	ToCustomer   Target = "customer"  // the page of ID
	ToCampaign   Target = "campaign"  // the page of ID
	ToReport     Target = "report"    // another report, by Name
	ToSettings   Target = "settings"
	ToBackupHelp Target = "backup"
)

// Link leads from a figure to what it is made of. Only a screen can follow it.
type Link struct {
	To     Target
	ID     engine.ID
	Filter engine.Filter
	Name   string // of a report; of a list, whose it is
}

// Pen is what reports are written with: the words, the way of writing amounts
// and days, and the store they are of.
type Pen struct {
	Words  *words.Words
	Format *words.Format
	Store  engine.Store
	Today  engine.Day
}

// New begins a report. title is a key of the catalogue; from and to are its
// days, 0 for no bound, and both 0 if it is of now.
func (p Pen) New(title string, from, to engine.Day) Doc {
	return Doc{Title: p.Words.T(title), Store: p.Store.Title, Span: p.Span(from, to)}
}

// firstWritten is the first day that is written: days before days without a
// beginning would be of no calendar.
var firstWritten = engine.DayOf(1, 1, 1)

// Span says some days in words.
func (p Pen) Span(from, to engine.Day) string {
	w, f := p.Words, p.Format
	if from < firstWritten {
		from = 0
	}
	if to < firstWritten {
		return ""
	}
	switch {
	case from != 0 && to != 0 && from != to:
		return w.T("cli.range.between", "from", f.Date(from), "to", f.Date(to))
	case from != 0 && to != 0:
		return f.Date(from)
	case from != 0:
		return w.T("cli.range.from", "from", f.Date(from))
	case to != 0:
		return w.T("cli.range.to", "to", f.Date(to))
	}
	return ""
}

// Col is a column named by its key in the catalogue under "cli.col.".
//
// words: cli.col.*
func (p Pen) Col(key string, at Align) Column {
	return Column{Name: p.Words.T("cli.col." + key), Align: at}
}

// Fact is a labelled value, labelled by its key under "cli.col.".
func (p Pen) Fact(key, value string) Fact {
	return Fact{Label: p.Words.T("cli.col." + key), Value: value}
}

// Count writes a number of things.
func (p Pen) Count(n int64) string { return p.Format.Count(int(n)) }
