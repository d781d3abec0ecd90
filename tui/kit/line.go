package kit

import "strings"

// Line is a line of text being edited. The zero Line is empty and takes any
// length. It stands in for bubbles/textinput, which reads key messages itself,
// draws with lipgloss's global renderer and blinks.
type Line struct {
	text  []rune
	pos   int
	Limit int  // most runes; 0 is no limit
	Mask  rune // shown for every rune of a secret; 0 shows the text
}

// NewLine makes a line with a text, the cursor at its end.
func NewLine(text string) Line {
	var l Line
	l.Set(text)
	return l
}

// Text is what the line holds.
func (l *Line) Text() string { return string(l.text) }

// Empty tells whether nothing is typed.
func (l *Line) Empty() bool { return len(l.text) == 0 }

// Set replaces the text and puts the cursor at its end.
func (l *Line) Set(text string) {
	l.text = l.text[:0:0]
	l.pos = 0
	l.Insert(text)
}

// Clear empties the line.
func (l *Line) Clear() { l.Set("") }

// Insert puts text at the cursor, without what is not printed and no further
// than the limit.
func (l *Line) Insert(text string) {
	var rs []rune
	for _, r := range text {
		if printable(r) {
			rs = append(rs, r)
		}
	}
	if l.Limit > 0 {
		rs = rs[:min(len(rs), max(0, l.Limit-len(l.text)))]
	}
	tail := append([]rune(nil), l.text[l.pos:]...)
	l.text = append(append(l.text[:l.pos:l.pos], rs...), tail...)
	l.pos += len(rs)
}

// Update edits the line by an event and tells whether it was one for it. A scan
// replaces the text: it is a whole answer.
func (l *Line) Update(ev Event) bool {
	switch ev := ev.(type) {
	case Paste:
		l.Insert(ev.Text)
		return true
	case Scan:
		l.Set(ev.Text)
		return true
	case Key:
		if ev.Text != "" {
			l.Insert(ev.Text)
			return true
		}
		return l.edit(ev.Name)
	}
	return false
}

func (l *Line) edit(name string) bool {
	switch name {
	case "backspace", "ctrl+h":
		l.cut(l.pos-1, l.pos)
	case "delete":
		l.cut(l.pos, l.pos+1)
	case "ctrl+w", "alt+backspace":
		l.cut(l.wordStart(), l.pos)
	case "ctrl+u":
		l.cut(0, l.pos)
	case "left":
		l.pos = max(0, l.pos-1)
	case "right":
		l.pos = min(len(l.text), l.pos+1)
	case "home":
		l.pos = 0
	case "end":
		l.pos = len(l.text)
	default:
		return false
	}
	return true
}

func (l *Line) cut(from, to int) {
	from, to = max(0, from), min(len(l.text), to)
	if from < to {
		l.text = append(l.text[:from:from], l.text[to:]...)
		l.pos = from
	}
}

func (l *Line) wordStart() int {
	i := l.pos
	for i > 0 && l.text[i-1] == ' ' {
		i--
	}
	for i > 0 && l.text[i-1] != ' ' {
		i--
	}
	return i
}

// View is the line in at most width cells, with the cursor if focused. A text
// too long is shown around the cursor.
func (l *Line) View(st *Styles, width int, focused bool) string {
	if width <= 0 {
		return ""
	}
	shown := l.text
	if l.Mask != 0 {
		shown = []rune(strings.Repeat(string(l.Mask), len(l.text)))
	}
	if !focused {
		return Clip(st.Entry.Render(string(shown)), width)
	}
	before, after := string(shown[:l.pos]), string(shown[l.pos:])
	before = clipLeft(before, width-1)
	after = cutRight(after, width-1-Width(before))
	return st.Entry.Render(before) + cursor(st) + st.Entry.Render(after)
}

func cursor(st *Styles) string {
	if st.Theme == Plain {
		return "|"
	}
	return "▏"
}

// clipLeft keeps the end of a text, "…" for what it leaves out.
func clipLeft(text string, width int) string {
	if Width(text) <= width {
		return text
	}
	rs := []rune(text)
	for len(rs) > 0 && Width(string(rs)) > width-1 {
		rs = rs[1:]
	}
	if width <= 0 {
		return ""
	}
	return "…" + string(rs)
}

// cutRight keeps the beginning of a text.
func cutRight(text string, width int) string {
	rs := []rune(text)
	for len(rs) > 0 && Width(string(rs)) > width {
		rs = rs[:len(rs)-1]
	}
	return string(rs)
}
