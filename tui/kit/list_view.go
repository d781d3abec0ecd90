package kit

import (
	"cmp"
	"strconv"
	"strings"
)

// View draws the list in exactly height lines of at most width cells: chips
// and search, the names of the columns, rows.
func (l *List) View(st *Styles, tx Texts, width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	head := l.head(st, tx, width)
	head = head[:min(len(head), max(0, height-1))]
	l.height = max(1, height-len(head)-1)
	l.clamp()
	lines := append(make([]string, 0, height), head...)
	if len(l.rows) == 0 {
		lines = append(lines, l.nothing(st, tx, width)...)
	} else {
		cols := l.fit(width - len(Marker))
		if len(lines) < height-1 {
			lines = append(lines, NoMarker+st.Dim.Render(l.titles(tx, cols)))
		}
		l.height = max(1, height-len(lines))
		l.clamp()
		lines = append(lines, l.body(st, cols)...)
	}
	lines = lines[:min(len(lines), height)]
	for i := range lines {
		lines[i] = Clip(lines[i], width)
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return lines
}

// head is the line of search, chips and what is shown. Chips in force stand
// first: what falls off at the right is not what hides rows.
func (l *List) head(st *Styles, tx Texts, width int) []string {
	var left []string
	if l.typing || l.Search() != "" {
		left = append(left, st.Badge.Render("/")+" "+l.search.View(st, max(8, width/3), l.typing))
		if why := l.held(); why != "" {
			left = append(left, st.Warn.Render(Clean(why)))
		}
	}
	for _, c := range l.chipsInForceFirst() {
		label := c.Label
		if label == "" {
			label = tx.T(cmp.Or(c.All, "kit.list.all"))
		}
		left = append(left, st.Badge.Render(c.Key)+" "+st.Dim.Render(tx.T(c.Title)+":")+" "+Clean(label))
	}
	chips := strings.Join(left, "  ")
	return []string{Spread(chips, st.Dim.Render(l.status(tx, width-Width(chips)-2)), width)}
}

func (l *List) chipsInForceFirst() []Chip {
	out := make([]Chip, 0, len(l.Chips))
	for _, set := range []bool{true, false} {
		for _, c := range l.Chips {
			if (c.Value != "") == set {
				out = append(out, c)
			}
		}
	}
	return out
}

// status says in what order the rows are and how many have been read: in at
// most room cells, or as a bare number.
//
// words: kit.list.newest kit.list.newest_more kit.list.by_name kit.list.by_name_more kit.list.soonest kit.list.soonest_more
func (l *List) status(tx Texts, room int) string {
	n := len(l.rows)
	if n == 0 {
		return ""
	}
	order := Newest
	if l.Order != nil {
		order = l.Order()
	}
	key := "kit.list." + string(order)
	long, short := tx.N(key, n), strconv.Itoa(n)
	if l.next != "" {
		long, short = tx.N(key+"_more", n), short+"+"
	}
	if Width(long) > room {
		return short
	}
	return long
}

func (l *List) nothing(st *Styles, tx Texts, width int) []string {
	text := tx.T(l.Empty)
	switch {
	case l.err != nil:
		text = tx.T("kit.list.failed")
	case !l.loaded:
		text = tx.T("kit.list.loading")
	case l.sought != "":
		text = tx.T("kit.list.not_found", "text", Clean(l.sought))
	case l.narrowed():
		text = tx.T("kit.list.none_match")
	}
	lines := []string{""}
	for _, s := range Wrap(text, width-len(NoMarker)) {
		lines = append(lines, NoMarker+st.Dim.Render(s))
	}
	return lines
}

// fitted is a column that is shown: its index and the width it has now.
type fitted struct{ index, width int }

// fit chooses the columns that have room, and gives what is left to those that
// grow.
func (l *List) fit(width int) []fitted {
	drop := 0
	for _, c := range l.Columns {
		drop = max(drop, c.Drop)
	}
	for drop > 0 && l.taken(drop) > width {
		drop--
	}
	var out []fitted
	growing := 0
	for i, c := range l.Columns {
		if c.Drop <= drop {
			out = append(out, fitted{i, c.Width})
			if c.Grow {
				growing++
			}
		}
	}
	if spare := width - l.taken(drop); growing > 0 && spare != 0 {
		l.share(out, spare, growing)
	}
	return out
}

// taken is the width of all columns of at most a drop, with the gaps between.
func (l *List) taken(drop int) int {
	n := -2
	for _, c := range l.Columns {
		if c.Drop <= drop {
			n += c.Width + 2
		}
	}
	return n
}

// share gives spare cells to the growing columns, or takes what is missing
// from them, the first ones getting what does not divide.
func (l *List) share(cols []fitted, spare, growing int) {
	for i := range cols {
		if !l.Columns[cols[i].index].Grow {
			continue
		}
		part := spare / growing
		if spare%growing > 0 {
			part++
		}
		cols[i].width = max(1, cols[i].width+part)
		spare -= part
		growing--
	}
}

func (l *List) titles(tx Texts, cols []fitted) string {
	var b strings.Builder
	for i, f := range cols {
		if i > 0 {
			b.WriteString("  ")
		}
		c := l.Columns[f.index]
		if c.Align == Left {
			b.WriteString(Fit(tx.T(c.Title), f.width))
		} else {
			b.WriteString(FitRight(tx.T(c.Title), f.width))
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// body draws the rows in sight.
func (l *List) body(st *Styles, cols []fitted) []string {
	rows := l.rows[l.top:min(len(l.rows), l.top+l.height)]
	after := make([]int, len(cols))
	for i, f := range cols {
		if l.Columns[f.index].Align == Decimal {
			after[i] = l.widestFraction(rows, f.index)
		}
	}
	out := make([]string, len(rows))
	for i := range rows {
		out[i] = l.row(st, &rows[i], cols, after, l.top+i == l.cursor)
	}
	return out
}

func (l *List) widestFraction(rows []Row, col int) int {
	n := 0
	for i := range rows {
		if col < len(rows[i].Cells) {
			t := rows[i].Cells[col].Text
			n = max(n, Width(t[decimalAt(t, l.Mark):]))
		}
	}
	return n
}

func (l *List) row(st *Styles, r *Row, cols []fitted, after []int, selected bool) string {
	var b strings.Builder
	if !selected {
		b.WriteString(NoMarker)
	}
	for i, f := range cols {
		if i > 0 {
			b.WriteString("  ")
		}
		if f.index >= len(r.Cells) {
			b.WriteString(Spaces(f.width))
			continue
		}
		cell := r.Cells[f.index]
		text := l.cell(Clean(cell.Text), f, after[i])
		if !selected {
			text = st.tone(cell.Tone, r.Faded).Render(text)
		}
		b.WriteString(text)
	}
	if selected {
		return st.Selected.Render(Marker + b.String())
	}
	return b.String()
}

// cell puts a text in its place in a column; after is the width of the longest
// fraction in a Decimal column.
func (l *List) cell(text string, f fitted, after int) string {
	switch l.Columns[f.index].Align {
	case Right:
		return FitRight(text, f.width)
	case Decimal:
		fraction := Width(text[decimalAt(text, l.Mark):])
		return FitRight(text+Spaces(min(after-fraction, f.width-Width(text))), f.width)
	}
	return Fit(text, f.width)
}

// tone is the ink of a cell.
func (st *Styles) tone(t Tone, faded bool) Ink {
	switch {
	case t == Faded || (faded && t == Usual):
		return st.Dim
	case t == Stressed:
		return st.Strong
	case t == Fine:
		return st.Good
	case t == Wrong:
		return st.Bad
	case t == Caution:
		return st.Warn
	}
	return Ink{}
}
