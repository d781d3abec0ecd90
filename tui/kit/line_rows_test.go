package kit

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestRowsHoldTheWholeLine: whatever is typed and wherever the cursor is moved,
// the rows are the line, none is too wide, and the cursor stands in the one
// that is named.
func TestRowsHoldTheWholeLine(t *testing.T) {
	st := styles(Mono)
	rapid.Check(t, func(t *rapid.T) {
		l := NewLine(rapid.StringMatching(`[a-z {}ã漢]{0,120}`).Draw(t, "text"))
		width := rapid.IntRange(4, 40).Draw(t, "width")
		keys := rapid.SliceOfN(rapid.SampledFrom([]string{"left", "right", "home", "end", "up", "down"}), 0, 20)
		for _, k := range keys.Draw(t, "keys") {
			switch k {
			case "up":
				l.Climb(-1, width)
			case "down":
				l.Climb(1, width)
			default:
				l.Update(Key{Name: k})
			}
			lines, at := l.Rows(st, width)
			if got := strings.Replace(strings.Join(lines, ""), "▏", "", 1); got != l.Text() {
				t.Fatalf("%q became %q", l.Text(), got)
			}
			for i, line := range lines {
				if Width(line) > width || strings.Contains(line, "▏") != (i == at) {
					t.Fatalf("row %d of %q in %d cells, the cursor in %d", i, lines, width, at)
				}
			}
		}
	})
}

func TestClimb(t *testing.T) {
	l := NewLine("one two three four")
	const width = 10 // one two | three | four
	for row := 1; row <= 3; row++ {
		if l.Climb(-1, width) != (row < 3) {
			t.Fatalf("there are three rows, not %d", row)
		}
	}
	l.Insert("!")
	if l.Text() != "one !two three four" && l.Text() != "one t!wo three four" {
		t.Errorf("the column is lost: %q", l.Text())
	}
	for range 3 {
		l.Climb(1, width)
	}
	l.Update(Key{Name: "end"})
	l.Insert(".")
	if !strings.HasSuffix(l.Text(), "four.") {
		t.Errorf("not at the last row: %q", l.Text())
	}
}
