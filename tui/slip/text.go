package slip

import (
	"strings"

	"github.com/mattn/go-runewidth"

	"bounceback/engine/words"
)

// Text writes a slip as lines of at most columns characters. The QR code is
// left out: the code itself stands there.
func (s Slip) Text(f *words.Format, columns int) string {
	var b strings.Builder
	for _, l := range s.lines(f) {
		for _, row := range l.rows(columns) {
			b.WriteString(strings.TrimRight(l.place(row, columns), " "))
			b.WriteByte('\n')
		}
	}
	return b.String() + "\n"
}

// rows cuts a line into what fits on paper.
func (l line) rows(columns int) []string {
	switch {
	case l.style == qr:
		return nil
	case l.style == rule:
		return []string{strings.Repeat("-", columns)}
	case l.right == "":
		return wrap(simple(l.text), columns)
	}
	text, end := l.indent+simple(l.text), simple(l.right)
	if space := columns - runewidth.StringWidth(text) - runewidth.StringWidth(end); space > 0 {
		return []string{text + strings.Repeat(" ", space) + end}
	}
	// What has no room beside the left part stands below it, at the edge.
	rows := wrap(simple(l.text), columns-len(l.indent))
	for i := range rows {
		rows[i] = l.indent + rows[i]
	}
	for _, row := range wrap(end, columns) {
		rows = append(rows, strings.Repeat(" ", columns-runewidth.StringWidth(row))+row)
	}
	return rows
}

// place puts a row in the middle where its style wants it there.
func (l line) place(row string, columns int) string {
	if l.style == plain || l.style == rule {
		return row
	}
	return strings.Repeat(" ", (columns-runewidth.StringWidth(row))/2) + row
}

// simple turns spaces of special widths, which formatted amounts have, into
// the plain one, and drops control characters, which could command a printer.
func simple(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0', r == '\u202f', r == '\t', r == '\n':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, text)
}

// wrap breaks a text between words, and inside a word that is too long.
func wrap(text string, columns int) []string {
	var rows []string
	row := ""
	for _, word := range strings.Fields(text) {
		for runewidth.StringWidth(word) > columns {
			if row != "" {
				rows, row = append(rows, row), ""
			}
			head := runewidth.Truncate(word, columns, "")
			rows, word = append(rows, head), word[len(head):]
		}
		switch {
		case row == "":
			row = word
		case runewidth.StringWidth(row)+1+runewidth.StringWidth(word) <= columns:
			row += " " + word
		default:
			rows, row = append(rows, row), word
		}
	}
	if row != "" {
		rows = append(rows, row)
	}
	return rows
}
