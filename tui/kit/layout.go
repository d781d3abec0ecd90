package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const spaces = "                                                                                                                                "

// Spaces gives n spaces, none if n is negative.
func Spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(spaces):
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}

// Width is how many cells a line takes, leaving out escape sequences and
// counting wide characters as two.
func Width(line string) int {
	if plain(line) {
		return len(line)
	}
	return ansi.StringWidth(line)
}

// plain tells whether every byte is one printed ASCII character.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// Clean drops what would break a line or the terminal from a text that people
// or files gave: control characters, line breaks, escape sequences.
func Clean(text string) string {
	if plain(text) {
		return text
	}
	if strings.IndexByte(text, 0x1b) >= 0 {
		text = ansi.Strip(text)
	}
	return oneLine([]rune(text), utf8.RuneCountInString(text))
}

// Clip shortens a line to width cells, the last of them "…" if anything was
// cut. Styles survive.
func Clip(line string, width int) string {
	if width <= 0 {
		return ""
	}
	if Width(line) <= width {
		return line
	}
	return ansi.Truncate(line, width, "…")
}

// Fit makes a line exactly width cells wide, clipping or filling at the right.
func Fit(line string, width int) string {
	line = Clip(line, width)
	return line + Spaces(width-Width(line))
}

// FitRight makes a line exactly width cells wide, filling at the left.
func FitRight(line string, width int) string {
	line = Clip(line, width)
	return Spaces(width-Width(line)) + line
}

// Center puts a line in the middle of width cells.
func Center(line string, width int) string {
	line = Clip(line, width)
	return Spaces((width-Width(line))/2) + line
}

// Spread puts left and right at the two ends of width cells. Where there is
// no room for both, right is kept whole and left is clipped.
func Spread(left, right string, width int) string {
	right = Clip(right, width)
	room := width - Width(right)
	if right != "" {
		room--
	}
	left = Clip(left, room)
	return left + Spaces(width-Width(left)-Width(right)) + right
}

// RuleLine is a line across; empty for screen readers.
func (st *Styles) RuleLine(width int) string {
	if st.Theme == Plain || width <= 0 {
		return ""
	}
	return st.Rule.Render(strings.Repeat("─", width))
}

// AlignDecimal fills texts at both sides so that their decimal marks stand in
// one column. A text without the mark ends before the column.
func AlignDecimal(texts []string, mark rune) []string {
	before, after := 0, 0
	at := make([]int, len(texts))
	for i, t := range texts {
		at[i] = decimalAt(t, mark)
		before = max(before, Width(t[:at[i]]))
		after = max(after, Width(t[at[i]:]))
	}
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = Spaces(before-Width(t[:at[i]])) + t + Spaces(after-Width(t[at[i]:]))
	}
	return out
}

// decimalAt is where the fraction of a number begins, the length if it has
// none.
func decimalAt(text string, mark rune) int {
	if i := strings.LastIndex(text, string(mark)); i >= 0 {
		return i
	}
	return len(text)
}

// wholeHyphen and wholeSpace stand for a hyphen and a space at which a line must
// not break, of the private use area.
const (
	wholeHyphen = '\uf02d'
	wholeSpace  = '\uf020'
)

// partOfCode tells whether a character of a code, number or date is at i.
func partOfCode(text string, i int) bool {
	return i >= 0 && i < len(text) && ('0' <= text[i] && text[i] <= '9' || 'A' <= text[i] && text[i] <= 'Z')
}

// signed tells whether the space at i stands between a number and its sign: 39 %
// or R$ 46.
func signed(text string, i int) bool {
	if i == 0 || i+1 >= len(text) {
		return false
	}
	digit := func(b byte) bool { return '0' <= b && b <= '9' }
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	return digit(text[i-1]) && text[i+1] == '%' || digit(text[i+1]) && unicode.Is(unicode.Sc, before)
}

// holdCodes keeps codes and amounts whole: hyphens between digits and capitals,
// and spaces between a number and its sign.
func holdCodes(text string) string {
	var out strings.Builder
	for i, r := range text {
		if r == '-' && partOfCode(text, i-1) && partOfCode(text, i+1) {
			r = wholeHyphen
		}
		if r == ' ' && signed(text, i) {
			r = wholeSpace
		}
		out.WriteRune(r)
	}
	return out.String()
}

var whole = strings.NewReplacer(string(wholeHyphen), "-", string(wholeSpace), " ")

// Wrap breaks a sentence into lines of at most width cells. A code is broken
// only where it is longer than a line.
func Wrap(text string, width int) []string {
	if width <= 0 || text == "" {
		return nil
	}
	lines := strings.Split(whole.Replace(ansi.Wrap(holdCodes(text), width, "")), "\n")
	for i, l := range lines {
		lines[i] = Clip(strings.TrimRight(l, " "), width)
	}
	return lines
}

// Frame puts a screen together: top at the top, bottom at the bottom, body
// between, in at most height lines of at most width cells. A frame taller than
// the window would lose its top lines, so what does not fit is left out here:
// first of the body, then of the top, last of the bottom's own first lines.
func Frame(width, height int, top, body, bottom []string) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	bottom = bottom[max(0, len(bottom)-height):]
	room := height - len(bottom)
	top = top[:min(len(top), room-min(len(body), (room+1)/2))]
	body = body[:min(len(body), room-len(top))]
	lines := make([]string, 0, height)
	lines = append(append(lines, top...), body...)
	for len(lines) < room {
		lines = append(lines, "")
	}
	lines = append(lines, bottom...)
	for i, l := range lines {
		lines[i] = Clip(l, width)
	}
	return strings.Join(lines, "\n")
}

// Part is some lines of a pane that has to fit a height. Rank says how soon
// they go: the highest first, rank 0 never. Small, if given, stands in before
// the part is dropped.
type Part struct {
	Lines []string
	Small []string
	Rank  int
}

// Stack joins parts into at most height lines, making small and then dropping
// the parts of the highest rank until the rest fits. Of parts of one rank, the
// later goes first.
func Stack(height int, parts ...Part) []string {
	parts = append([]Part(nil), parts...)
	for total(parts) > height {
		if !shrink(parts) {
			break
		}
	}
	var lines []string
	for _, p := range parts {
		lines = append(lines, p.Lines...)
	}
	return lines[max(0, len(lines)-max(height, 0)):]
}

func total(parts []Part) int {
	n := 0
	for _, p := range parts {
		n += len(p.Lines)
	}
	return n
}

// shrink makes one part smaller, and tells whether there was one.
func shrink(parts []Part) bool {
	worst := -1
	for i, p := range parts {
		canSmall := p.Small != nil && len(p.Small) < len(p.Lines)
		if len(p.Lines) == 0 || (p.Rank == 0 && !canSmall) {
			continue
		}
		if worst < 0 || p.Rank >= parts[worst].Rank {
			worst = i
		}
	}
	if worst < 0 {
		return false
	}
	p := &parts[worst]
	if p.Small != nil && len(p.Small) < len(p.Lines) {
		p.Lines, p.Small = p.Small, nil
		return true
	}
	p.Lines = nil
	return true
}
