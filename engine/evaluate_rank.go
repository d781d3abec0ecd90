package engine

import (
	"cmp"
	"slices"
	"strings"
)

// compareLines orders lines where units of equal price are chosen from: by what
// they are, so that the order in which they were rung up does not matter. Lines
// that are the same in everything stand in that order.
func (p *pricing) compareLines(a, b int32) int {
	if a == b {
		return 0
	}
	if !p.ranked {
		p.rankLines()
	}
	return cmp.Compare(p.rank[a], p.rank[b])
}

// rankLines numbers the lines by what they are.
func (p *pricing) rankLines() {
	p.ranked = true
	order, names := make([]int32, len(p.lines)), make([]string, len(p.lines))
	for i := range order {
		l := &p.lineOf[i]
		order[i] = int32(i) //nolint:gosec // at most MaxLines
		names[i] = foldText(strings.Join([]string{l.SKU, l.Name, l.Category, l.Brand, strings.Join(l.Tags, ",")}, "\x00"))
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		return cmp.Or(strings.Compare(names[a], names[b]), compareAmounts(&p.lineOf[a], &p.lineOf[b]))
	})
	p.rank = append(p.rank[:0], order...)
	for at, line := range order {
		p.rank[line] = int32(at) //nolint:gosec // at most MaxLines
	}
}

// compareAmounts orders lines by the amounts that offers may ask of them.
func compareAmounts(a, b *Line) int {
	if a.NoDiscount != b.NoDiscount {
		if b.NoDiscount {
			return -1
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(a.Price, b.Price), cmp.Compare(a.Floor, b.Floor), cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Units, b.Units),
	)
}
