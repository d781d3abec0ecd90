package report

import (
	"strings"
	"unicode/utf8"
)

// Measures of bars, in pixels; a bar stands beside its label, or below a label
// that has no room beside it.
const (
	barBeside = 28 // from one bar to the next
	barBelow  = 44
	barThick  = 12
	barShort  = 9 // the most letters of labels and values that have room beside a bar
	barFrom   = share(22_00)
	barRoom   = share(56_00)
)

// svgBars draws bars, each with its label and value.
func svgBars(id string, b Bars) string {
	d := &drawing{}
	most, beside, said := int64(0), true, make([]string, 0, len(b.Bars))
	for _, bar := range b.Bars {
		most = max(most, bar.Size)
		beside = beside && utf8.RuneCountInString(bar.Label) <= barShort && utf8.RuneCountInString(bar.Value) <= barShort
		said = append(said, bar.Label+": "+bar.Value)
	}
	step := barBelow
	if beside {
		step = barBeside
	}
	d.chart(id, step*len(b.Bars), b.Title, strings.Join(said, "; "))
	for i, bar := range b.Bars {
		d.bar(bar, most, i*step, beside)
	}
	d.end()
	return d.out.String()
}

func (d *drawing) bar(b Bar, most int64, y int, beside bool) {
	from, room, top := share(0), whole, y+22
	if beside {
		from, room, top = barFrom, barRoom, y+5
	}
	d.text("text", b.Label, "class", "l", "x", 0, "y", y+15)
	d.text("text", b.Value, "class", "v", "x", whole, "y", y+15, "text-anchor", "end")
	d.leaf("rect", "class", "rail", "x", from, "y", top, "width", room, "height", barThick, "rx", 2)
	if b.Size > 0 {
		d.leaf("rect", "class", "bar", "x", from, "y", top, "width", max(share(50), share(part(b.Size, most, int64(room)))), "height", barThick, "rx", 2)
	}
}
