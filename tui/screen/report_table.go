package screen

import (
	"regexp"
	"strings"
	"unicode"

	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// table draws rows under the names of columns. Where they are too wide, the
// first column stays and the others move behind it.
func (d *docDrawer) table(t report.Table) {
	if len(t.Rows) == 0 {
		d.text(report.Text{Tone: report.Faint, Text: t.Empty})
		return
	}
	head, right := make([]string, len(t.Columns)), make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		head[i], right[i] = kit.Clean(c.Name), c.Align == report.Right
	}
	rows := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = r.Cells
	}
	g := d.newGridded(head, right, rows)
	d.heading(g)
	for i, r := range t.Rows {
		d.row(r.Link, r.Tone, g.lines(g.rows[i])...)
	}
	d.aside(g)
}

// grid draws a table whose cells are shaded. A link of a cell is its row's: the
// first of them that leads somewhere.
func (d *docDrawer) grid(b report.Grid) {
	head, right := append([]string{b.Corner}, b.Columns...), make([]bool, len(b.Columns)+1)
	rows := make([][]string, len(b.Rows))
	for i, r := range b.Rows {
		rows[i] = []string{kit.Clean(r.Name)}
		for j, c := range r.Cells {
			rows[i] = append(rows[i], d.shaded(c))
			right[j+1] = true
		}
	}
	g := d.newGridded(head, right, rows)
	d.heading(g)
	for i, r := range b.Rows {
		d.row(firstLink(r.Cells), report.Plain, g.lines(g.rows[i])...)
	}
	d.aside(g)
}

func firstLink(cells []report.GridCell) report.Link {
	for _, c := range cells {
		if c.Link.To != report.None {
			return c.Link
		}
	}
	return report.Link{}
}

// shaded is a value after as much of a block as its share is dark; screen
// readers get the value alone.
func (d *docDrawer) shaded(c report.GridCell) string {
	text := kit.Clean(c.Text)
	if d.env.Styles.Theme == kit.Plain || text == "" {
		return text
	}
	return text + " " + string(kit.Shade(int64(c.Shade)))
}

// gridded is a table laid out for a width.
type gridded struct {
	head   []string
	right  []bool
	rows   [][]string
	widths []int
	least  []int // how wide the cells are, the headings aside
	shown  []int // the columns in sight
	hidden int   // how many are not, at the right
}

func (d *docDrawer) newGridded(head []string, right []bool, rows [][]string) *gridded {
	g := &gridded{head: head, right: right, rows: make([][]string, len(rows)), widths: make([]int, len(head)), least: make([]int, len(head))}
	for i, r := range rows {
		g.rows[i] = make([]string, len(r))
		for j, cell := range r {
			g.rows[i][j] = kit.Clean(cell)
		}
	}
	for j := range head {
		if right[j] {
			g.align(j, d.env.Format.Decimal())
		}
		for _, r := range g.rows {
			if j < len(r) {
				g.least[j] = max(g.least[j], kit.Width(r[j]))
			}
		}
		g.widths[j] = max(kit.Width(head[j]), g.least[j])
	}
	d.choose(g, d.width-len(kit.NoMarker))
	return g
}

// align puts the numbers of a column under each other.
func (g *gridded) align(j int, mark rune) {
	var at []int
	var cells []string
	for i, r := range g.rows {
		if j < len(r) {
			at, cells = append(at, i), append(cells, r[j])
		}
	}
	for n, text := range aligned(cells, mark) {
		g.rows[at[n]][j] = text
	}
}

// choose picks the columns that have room, behind those that are left out at
// the left.
func (d *docDrawer) choose(g *gridded, room int) {
	total := -2
	for _, w := range g.widths {
		total += w + 2
	}
	if len(g.widths) == 0 {
		return
	}
	side := 0
	if total > room {
		for j := range g.widths[1:] { // a long heading is cut before a number is
			total -= g.widths[j+1]
			g.widths[j+1] = max(g.least[j+1], min(g.widths[j+1], room*2/5))
			total += g.widths[j+1]
		}
		g.widths[0] = min(g.widths[0], max(leastFirst, room-(total-g.widths[0]), 6))
		side = g.mostSide(room)
		d.most, side = max(d.most, side), min(d.side, side)
	}
	g.shown = []int{0}
	used := g.widths[0]
	for j := 1 + side; j < len(g.widths); j++ {
		if used += 2 + g.widths[j]; used > room && len(g.shown) > 1 {
			g.hidden = len(g.widths) - j
			break
		}
		g.shown = append(g.shown, j)
	}
}

// mostSide is how many columns must be left out for the last to be seen.
func (g *gridded) mostSide(room int) int {
	used, side := g.widths[0], len(g.widths)-1
	for j := len(g.widths) - 1; j > 0; j-- {
		if used += 2 + g.widths[j]; used > room && j < len(g.widths)-1 {
			break
		}
		side = j - 1
	}
	return side
}

// leastFirst is how narrow the first column may get: what has no room in a line
// of it goes on in the next.
const leastFirst = 14

// mostNameLines is how many lines of a row its first column takes at most: the
// rest of a very long title is cut.
const mostNameLines = 3

// lines is a row of the columns in sight, and what the first has no room for
// below it.
func (g *gridded) lines(row []string) []string {
	names := kit.Wrap(row[0], g.widths[0])
	if len(names) < 2 {
		return []string{g.line(row)}
	}
	if len(names) > mostNameLines {
		cut := strings.Join(names[mostNameLines-1:], " ")
		names = append(names[:mostNameLines-1:mostNameLines-1], kit.Clip(cut, g.widths[0]))
	}
	rest := append([]string{names[0]}, row[1:]...)
	return append([]string{g.line(rest)}, names[1:]...)
}

// line is a row of the columns in sight.
func (g *gridded) line(row []string) string {
	var b strings.Builder
	for i, j := range g.shown {
		if i > 0 {
			b.WriteString("  ")
		}
		cell := ""
		if j < len(row) {
			cell = row[j]
		}
		if g.right[j] {
			b.WriteString(kit.FitRight(cell, g.widths[j]))
		} else {
			b.WriteString(kit.Fit(cell, g.widths[j]))
		}
	}
	return strings.TrimRight(b.String(), " ")
}

func (d *docDrawer) heading(g *gridded) {
	d.out = append(d.out, kit.NoMarker+d.env.Styles.Dim.Render(g.line(g.head)))
}

// aside says how many columns are out of sight.
func (d *docDrawer) aside(g *gridded) {
	left := 0
	if len(g.shown) > 1 {
		left = g.shown[1] - 1
	}
	if left+g.hidden == 0 {
		return
	}
	text := d.env.Words.T("report.columns", "left", left, "right", g.hidden)
	d.out = append(d.out, kit.NoMarker+d.env.Styles.Dim.Render(kit.Clip(text, d.width-len(kit.NoMarker))))
}

// aligned fills texts so that their numbers stand under each other by their
// decimal marks: "9,5 %" and "10 %". Texts of no or several numbers are left as
// they are, and the whole column if a number is in none.
func aligned(texts []string, mark rune) []string {
	at, before, after := make([]int, len(texts)), 0, 0
	for i, t := range texts {
		at[i] = wholeEnd(t, mark)
		if at[i] < 0 && strings.ContainsFunc(t, unicode.IsDigit) {
			return texts
		}
		if at[i] >= 0 {
			before, after = max(before, kit.Width(t[:at[i]])), max(after, kit.Width(t[at[i]:]))
		}
	}
	if before == 0 {
		return texts
	}
	out := make([]string, len(texts))
	for i, t := range texts {
		if at[i] < 0 { // a dash stands where the whole units are
			at[i] = len(t)
		}
		out[i] = kit.Spaces(before-kit.Width(t[:at[i]])) + t + kit.Spaces(after-kit.Width(t[at[i]:]))
	}
	return out
}

// oneNumber is a number as a country writes it, with marks between thousands.
var oneNumber = regexp.MustCompile(`\d+(?:[.,'’\x{a0}\x{202f}]\d+)*`)

// wholeEnd is where the whole units of the only number of a text end; -1 if it
// has none or several.
func wholeEnd(text string, mark rune) int {
	found := oneNumber.FindAllStringIndex(text, 2)
	if len(found) != 1 {
		return -1
	}
	from, to := found[0][0], found[0][1]
	if i := strings.LastIndex(text[from:to], string(mark)); i >= 0 {
		return from + i
	}
	return to
}
