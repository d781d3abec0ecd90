package kit

// row is a stretch of a line's text, drawn on a line of its own.
type row struct{ from, to int }

// rows lays the text out in lines of width cells, broken after spaces where
// that is possible. The cursor takes a cell too.
func (l *Line) rows(width int) []row {
	width = max(2, width-1)
	var out []row
	from, space, used := 0, -1, 0
	for i, r := range l.text {
		w := Width(string(r))
		if used+w > width {
			cut := i
			if space >= from {
				cut = space + 1
			}
			out = append(out, row{from, cut})
			from, space, used = cut, -1, Width(string(l.text[cut:i]))
		}
		if r == ' ' {
			space = i
		}
		used += w
	}
	return append(out, row{from, len(l.text)})
}

// at is the row in which the cursor stands.
func (l *Line) at(rows []row) int {
	for i, r := range rows {
		if l.pos < r.to {
			return i
		}
	}
	return len(rows) - 1
}

// Rows is the line over as many lines of width cells as it takes, with the
// cursor, and tells which of them the cursor stands in.
func (l *Line) Rows(st *Styles, width int) (lines []string, at int) {
	rows := l.rows(width)
	at = l.at(rows)
	for i, r := range rows {
		text := st.Entry.Render(string(l.text[r.from:r.to]))
		if i == at {
			text = st.Entry.Render(string(l.text[r.from:l.pos])) + cursor(st) + st.Entry.Render(string(l.text[l.pos:r.to]))
		}
		lines = append(lines, text)
	}
	return lines, at
}

// Climb moves the cursor up (-1) or down (1) a row of a line that is drawn by
// Rows in so many cells, and tells whether there was one.
func (l *Line) Climb(dir, width int) bool {
	rows := l.rows(width)
	at := l.at(rows)
	to := at + dir
	if to < 0 || to >= len(rows) {
		return false
	}
	last := rows[to].to
	if to < len(rows)-1 {
		last-- // behind its last character the next row begins
	}
	l.pos = min(rows[to].from+l.pos-rows[at].from, last)
	return true
}
