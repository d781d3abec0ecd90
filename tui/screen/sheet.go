package screen

import (
	"bounceback/tui/kit"
)

// wide is from which width on blocks stand beside the labelled lines.
const wide = 110

// layout draws a whole sheet and tells which lines are the marked link's.
func (d *detail[T]) layout(s sheet, width int) (out []string, from, to int) {
	if width < wide || len(s.blocks) == 0 {
		p := painter{env: d.env, width: width, at: d.at}
		p.rows(s.lines)
		for _, b := range s.blocks {
			p.block(b)
		}
		p.below(s.rest)
		return p.out, p.from, p.to
	}
	half := (width - 3) / 2
	left := painter{env: d.env, width: half, at: d.at}
	left.rows(s.lines)
	right := painter{env: d.env, width: width - half - 3, at: d.at, links: left.links}
	for i, b := range s.blocks {
		if i == 0 {
			right.title(b.title)
			right.list(b)
			continue
		}
		right.block(b)
	}
	left.links = right.links
	left.below(s.rest)
	for i := range max(len(left.out), len(right.out)) {
		row := ""
		if i < len(left.out) {
			row = left.out[i]
		}
		if i < len(right.out) {
			row = kit.Fit(row, half) + "   " + right.out[i]
		}
		out = append(out, row)
	}
	return out, left.from + right.from, left.to + right.to
}

// painter draws lines of a sheet below each other.
type painter struct {
	env      *Env
	width    int
	at       int // the marked link's number
	links    int // seen so far
	out      []string
	from, to int // lines of the marked link
}

func (p *painter) title(key string) {
	p.out = append(p.out, p.env.Styles.Title.Render(kit.Clip(p.env.Words.T(key), p.width)))
}

// below draws lines under what stands there already.
func (p *painter) below(lines []line) {
	if len(lines) > 0 {
		p.out = append(p.out, "")
		p.rows(lines)
	}
}

func (p *painter) block(b block) {
	p.out = append(p.out, "")
	p.title(b.title)
	p.list(b)
}

func (p *painter) list(b block) {
	if len(b.lines) == 0 && b.empty != "" {
		for _, l := range kit.Wrap(p.env.Words.T(b.empty), p.width-len(kit.NoMarker)) {
			p.out = append(p.out, kit.NoMarker+p.env.Styles.Dim.Render(l))
		}
	}
	p.rows(b.lines)
}

// rows draws labelled lines with their values in one column.
func (p *painter) rows(lines []line) {
	label, key := 0, 0
	for _, l := range lines {
		if l.label != "" {
			label = max(label, kit.Width(p.env.Words.T(l.label)))
		}
		if l.hasKey() {
			key = 2
		}
	}
	label = min(label, p.width*2/5)
	for _, l := range lines {
		p.row(l, label, key)
	}
}

// row draws one line: marker, key, label and value, the value over as many
// lines as it takes.
func (p *painter) row(l line, label, key int) {
	st := p.env.Styles
	head := ""
	if key > 0 {
		head = kit.Spaces(key)
		if l.hasKey() && l.to != nil {
			head = kit.Fit(kit.KeyName(p.env.Words, l.bind.Keys()[0]), key)
		}
	}
	indent := key
	if label > 0 {
		name := ""
		if l.label != "" {
			name = p.env.Words.T(l.label)
		}
		head += kit.Fit(name, label) + "  "
		indent += label + 2
	}
	if l.lead != "" {
		head += l.lead + "  "
		indent += kit.Width(l.lead) + 2
	}
	values := kit.Wrap(kit.Clean(l.value), p.width-len(kit.Marker)-indent)
	if len(values) == 0 {
		values = []string{""}
	}
	marked := l.to != nil && p.links == p.at
	if marked {
		p.from, p.to = len(p.out), len(p.out)+len(values)
	}
	for i, v := range values {
		if i > 0 {
			head = kit.Spaces(indent)
		}
		p.out = append(p.out, p.line(st, l, head, v, marked, i == 0))
	}
	if l.to != nil {
		p.links++
	}
}

func (p *painter) line(st *kit.Styles, l line, head, value string, marked, first bool) string {
	switch {
	case marked && first:
		return st.Selected.Render(kit.Marker + head + value)
	case marked:
		return kit.NoMarker + st.Selected.Render(head+value)
	}
	return kit.NoMarker + st.Dim.Render(head) + inkOf(st, l.tone).Render(value)
}

// inkOf is the style of a meaning.
func inkOf(st *kit.Styles, tone kit.Tone) kit.Ink {
	switch tone {
	case kit.Faded:
		return st.Dim
	case kit.Stressed:
		return st.Strong
	case kit.Fine:
		return st.Good
	case kit.Wrong:
		return st.Bad
	case kit.Caution:
		return st.Warn
	}
	return kit.Ink{}
}
