package screen

import (
	"fmt"
	"strings"

	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// Sizes of the desk.
const (
	deskNarrow = 64  // below this width only the month stands beside the one before
	deskLow    = 14  // below this height the essential comes first
	deskWide   = 110 // from this width on charts stand beside the figures
	deskTall   = 24
	deskMargin = 3 // between two columns
)

// deskDrawer draws the desk's parts below each other.
type deskDrawer struct {
	docDrawer
	d     *desk
	label int            // cells of the labels
	keys  map[string]int // the number of a figure's link, by its key's id
	first int            // the number of the first link of what needs attention; -1 if nothing does
	folds bool           // a figure may take several lines
	gaps  int            // how many blank lines there is room for between the parts
}

// drawnDesk draws the desk for a room: with as many blank lines between its
// parts as there is room for.
func (d *desk) drawnDesk(width, height int) *deskDrawer {
	r := d.drawDesk(width, height, 0)
	if room := height - len(r.out); room > 0 {
		r = d.drawDesk(width, height, room)
	}
	return r
}

func (d *desk) drawDesk(width, height, gaps int) *deskDrawer {
	r := d.newDeskDrawer(width, height, gaps)
	if !d.o.Sold && d.o.Last != 0 {
		r.part(r.since)
	}
	switch {
	case d.o.Last == 0 && !d.o.Sold && d.o.Owed.Coupons == 0:
		r.begin()
		r.part(r.look)
	case height < deskLow:
		r.part(func() { r.periods(deskNet, deskUsed) })
		r.part(func() { r.came(); r.owed() })
		r.part(r.look)
		r.part(func() { r.periods(deskSales, deskIssued) })
		r.part(func() { r.cost(); r.sooner(); r.because(); r.best() })
		r.part(r.weeks)
	case width >= deskWide && height >= deskTall:
		r.part(r.allPeriods)
		r.beside()
	default:
		r.part(r.allPeriods)
		r.part(func() { r.facts(); r.weeks() })
		r.part(r.look)
	}
	return r
}

func (d *desk) newDeskDrawer(width, height, gaps int) *deskDrawer {
	r := &deskDrawer{docDrawer: docDrawer{env: d.env, width: width, tall: height, at: d.at}, d: d, keys: map[string]int{}, first: -1, gaps: gaps}
	for _, b := range deskFigures {
		r.label = max(r.label, kit.Width(r.rowName(b)))
	}
	r.label = min(r.label, (width-4)/2)
	return r
}

// id tells a link from the others, whatever the size of the window.
func (r *deskDrawer) id(at int) string {
	for key, n := range r.keys {
		if n == at {
			return key
		}
	}
	return fmt.Sprint(r.links[at])
}

// find is the number of the link of an id; -1 if it is not there.
func (r *deskDrawer) find(id string) int {
	for i := range r.links {
		if r.id(i) == id {
			return i
		}
	}
	return -1
}

// part draws a part, after a blank line if there is room for them.
func (r *deskDrawer) part(draw func()) {
	before := len(r.out)
	if r.gaps > 0 && before > 0 {
		r.out = append(r.out, "")
	}
	begun := len(r.out)
	if draw(); len(r.out) == begun {
		r.out = r.out[:before]
	} else if begun > before {
		r.gaps--
	}
}

// beside draws figures and what needs attention at the left, charts at the
// right.
func (r *deskDrawer) beside() {
	top, half := len(r.out), (r.width-deskMargin)/2
	left := *r
	left.out, left.width = nil, half
	left.label, left.folds = min(r.label, half*2/5), true
	left.part(left.facts)
	left.part(left.look)
	right := left
	right.out, right.width, right.tall = nil, r.width-half-deskMargin, r.tall-top-1
	right.from, right.to = 0, 0
	right.charts()
	if r.gaps > 0 {
		r.out, top = append(r.out, ""), top+1
	}
	for i := range max(len(left.out), len(right.out)) {
		row := ""
		if i < len(left.out) {
			row = left.out[i]
		}
		if i < len(right.out) {
			row = kit.Fit(row, half) + kit.Spaces(deskMargin) + right.out[i]
		}
		r.out = append(r.out, strings.TrimRight(row, " "))
	}
	r.links, r.first = right.links, left.first
	switch {
	case r.to > r.from: // the marked link stands above
	case left.to > left.from:
		r.from, r.to = left.from+top, left.to+top
	case right.to > right.from:
		r.from, r.to = right.from+top, right.to+top
	}
}

// figure draws a figure in pieces after its label, led by the key that opens
// what it is made of. What has no room goes by its rank.
func (r *deskDrawer) figure(key kit.Binding, link report.Link, pieces ...piece) {
	st := r.env.Styles
	name := kit.Fit(r.env.Words.T(key.ID()), r.label)
	room := r.width - len(kit.NoMarker) - 2 - r.label - 2
	lines := [][]piece{pieces}
	if r.folds {
		lines = folded(pieces, room)
	}
	r.mark(key, link, func(marked bool) string {
		if marked {
			return key.Keys()[0] + " " + name + "  " + fitted(&kit.Styles{}, lines[0], room)
		}
		return st.Badge.Render(key.Keys()[0]) + " " + st.Dim.Render(name) + "  " + fitted(st, lines[0], room)
	})
	for _, l := range lines[1:] {
		r.out = append(r.out, kit.NoMarker+kit.Spaces(2+r.label+2)+fitted(st, l, room))
	}
}

// folded puts as many pieces on each line as there is room for.
func folded(pieces []piece, room int) (lines [][]piece) {
	used := room + 1
	for _, p := range pieces {
		if used += len(" · ") - 1 + kit.Width(p.text); used > room {
			lines, used = append(lines, nil), kit.Width(p.text)
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], p)
	}
	return lines
}

// mark draws one line that leads somewhere: without inks of its own if it is
// the marked one.
func (r *deskDrawer) mark(key kit.Binding, link report.Link, line func(marked bool) string) {
	marked := len(r.links) == r.at
	if key.ID() != "" {
		r.keys[key.ID()] = len(r.links)
	}
	if marked {
		r.from, r.to = len(r.out), len(r.out)+1
	}
	r.links = append(r.links, link)
	r.out = append(r.out, r.env.Styles.Pick(marked, line(marked)))
}

// since says that nothing was sold of late: what is told is of long ago.
func (r *deskDrawer) since() {
	r.text(report.Text{Tone: report.Strong, Text: r.t("desk.since", "day", r.env.Format.Date(r.d.o.Last))})
}

// begin says what will be here, as long as nothing was sold.
//
// words: desk.begin desk.begin.sales desk.begin.came desk.begin.cost desk.begin.look
func (r *deskDrawer) begin() {
	for i, key := range []string{"desk.begin", "desk.begin.sales", "desk.begin.came", "desk.begin.cost", "desk.begin.look"} {
		tone := report.Plain
		text := r.env.Words.T(key)
		if i == 0 {
			tone = report.Strong
		} else {
			text = "· " + text
		}
		r.text(report.Text{Tone: tone, Text: text})
	}
}
