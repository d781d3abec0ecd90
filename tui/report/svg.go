package report

import (
	"fmt"
	"html"
	"math/bits"
	"strconv"
	"strings"
)

// drawing writes SVG. Its numbers are whole or have fixed decimals, so that the
// same report is the same file.
type drawing struct {
	out  strings.Builder
	open []string
}

// share is a place or a length across a drawing, in hundredths of a percent of
// its width: the drawing is as wide as its page, its letters stay as they are.
type share int64

// whole is the width of a drawing.
const whole share = 100_00

// String writes a share as SVG does: "12.50%".
func (s share) String() string { return fmt.Sprintf("%d.%02d%%", s/100, s%100) }

// begin opens an element; attrs are name, value, name, value …
func (d *drawing) begin(name string, attrs ...any) {
	d.tag(name, attrs)
	d.out.WriteByte('>')
	d.open = append(d.open, name)
}

// end closes the element opened last.
func (d *drawing) end() {
	last := len(d.open) - 1
	d.out.WriteString("</" + d.open[last] + ">")
	d.open = d.open[:last]
}

// leaf writes an element with nothing in it.
func (d *drawing) leaf(name string, attrs ...any) {
	d.tag(name, attrs)
	d.out.WriteString("/>")
}

// text writes an element that holds a text.
func (d *drawing) text(name, text string, attrs ...any) {
	d.begin(name, attrs...)
	d.out.WriteString(html.EscapeString(text))
	d.end()
}

func (d *drawing) tag(name string, attrs []any) {
	d.out.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		fmt.Fprintf(&d.out, ` %s="%s"`, attrs[i], html.EscapeString(fmt.Sprint(attrs[i+1])))
	}
}

// chart opens a drawing of a height, named and described for whoever hears it.
func (d *drawing) chart(id string, height int, title, about string) {
	d.begin("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "chart", "role", "img", "width", "100%", "height", height,
		"aria-labelledby", id+"-t "+id+"-d")
	d.text("title", title, "id", id+"-t")
	d.text("desc", about, "id", id+"-d")
}

// part is how much of whole a size is of the most, without overflow; 0 where
// there is no most.
func part(size, most, whole int64) int64 {
	if size <= 0 || most <= 0 {
		return 0
	}
	if size >= most {
		return whole
	}
	high, low := bits.Mul64(uint64(size), uint64(whole))
	n, _ := bits.Div64(high, low, uint64(most))
	return int64(n)
}

// path collects the commands of an SVG path.
type path struct{ strings.Builder }

// to adds a command with its coordinates.
func (p *path) to(command string, at ...int64) {
	p.WriteString(command)
	for i, n := range at {
		if i > 0 {
			p.WriteByte(' ')
		}
		p.WriteString(strconv.FormatInt(n, 10))
	}
}
