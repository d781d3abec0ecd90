package kit

import "strings"

// BigRows is how many lines large characters take.
const BigRows = 4

// Big is an amount to stand large: Label and Lead (the currency) and Tail (the
// decimals with their mark) in the usual size beside large Digits.
type Big struct{ Label, Lead, Digits, Tail string }

// Lines draws the amount in BigRows lines at the right end of width cells; in
// one line where there is no room, for screen readers, or if a character has
// no large form.
func (b Big) Lines(st *Styles, width int) []string {
	digits := large(b.Digits)
	before := strings.TrimSpace(b.Label + "  " + b.Lead)
	if before != "" {
		before += " "
	}
	if digits == nil || st.Theme == Plain || Width(before)+Width(digits[0])+Width(b.Tail) > width {
		return []string{b.Line(st, width)}
	}
	out := make([]string, BigRows)
	for i, d := range digits {
		left, right := Spaces(Width(before)), Spaces(Width(b.Tail))
		if i == BigRows-1 {
			left, right = before, b.Tail
		}
		line := st.Total.Render(left + d + right)
		out[i] = Spaces(width-Width(line)) + line
	}
	return out
}

// Line writes the amount in one line at the right end of width cells.
func (b Big) Line(st *Styles, width int) string {
	text := strings.TrimSpace(b.Label + "  " + strings.TrimSpace(b.Lead+" "+b.Digits+b.Tail))
	line := st.Total.Render(Clip(text, width))
	return Spaces(width-Width(line)) + line
}

// BigCode draws a coupon's code large; in one line where there is no room or
// for screen readers.
func BigCode(st *Styles, code string, width int) []string {
	lines := large(strings.ToUpper(code))
	if lines == nil || st.Theme == Plain || Width(lines[0]) > width {
		return []string{st.Total.Render(Clip(code, width))}
	}
	for i, l := range lines {
		lines[i] = st.Total.Render(l)
	}
	return lines
}

// BigWord draws a word large and without a style of its own; in one line where
// there is no room or for screen readers.
func BigWord(st *Styles, word string, width int) []string {
	lines := large(strings.ToUpper(word))
	if lines == nil || st.Theme == Plain || Width(lines[0]) > width {
		return []string{Clip(word, width)}
	}
	return lines
}

// large draws a text in half blocks, two dots a cell, the first row of dots
// empty; nil if a character has no large form.
func large(text string) []string {
	rows := make([]strings.Builder, BigRows)
	for i, r := range text {
		g, ok := glyphs[r]
		if !ok {
			return nil
		}
		for row := range rows {
			if i > 0 {
				rows[row].WriteByte(' ')
			}
			lower := g[2*row]
			upper := strings.Repeat(".", len(lower))
			if row > 0 {
				upper = g[2*row-1]
			}
			halves(&rows[row], upper, lower)
		}
	}
	out := make([]string, BigRows)
	for i := range rows {
		out[i] = rows[i].String()
	}
	return out
}

func halves(b *strings.Builder, upper, lower string) {
	for i := range lower {
		b.WriteRune(half(upper[i] == '#', lower[i] == '#'))
	}
}

// half is the character for two dots above each other.
func half(upper, lower bool) rune {
	switch {
	case upper && lower:
		return '█'
	case upper:
		return '▀'
	case lower:
		return '▄'
	}
	return ' '
}
