package screen

import (
	"strings"
	"testing"

	"bounceback/tui/kit"
)

func TestAmountsAreNeverClipped(t *testing.T) {
	cells := []goodsCells{{count: "12 ×", name: "Café Santos 500 g", each: "18,90", total: "226,80", off: "− 1.226,80"}}
	for width := 18; width < 90; width++ {
		line := layGoods(cells, width, ',')[0]
		if kit.Width(line) > width || !strings.Contains(line, "226,80") {
			t.Errorf("in %d cells: %q", width, line)
		}
		if strings.Contains(line, "− ") && !strings.Contains(line, "− 1.226,80") {
			t.Errorf("in %d cells an amount is clipped: %q", width, line)
		}
	}
}
