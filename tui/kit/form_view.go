package kit

import (
	"slices"
	"strings"
)

// View draws the form in at most height lines of width cells. The title and
// the sentence stay; the fields scroll so that the current one is in sight.
func (f *Form) View(st *Styles, tx Texts, width, height int) []string {
	bottom := f.bottom(st, tx, width, max(leastSaid, height/2))
	var top []string
	if f.Title != "" && height-len(bottom) > 3 {
		top = []string{Clip(st.Title.Render(Clean(f.Title)), width), ""}
	}
	if height-len(bottom)-len(top) < 2 {
		bottom = bottom[:max(0, min(len(bottom), height-2))]
	}
	fields, at := f.lines(st, tx, width)
	room := height - len(bottom) - len(top)
	if at.to-at.group <= room {
		at.to = at.group + room // all of its group that has room stands below the heading
	}
	shown, above := window(fields, at.from, min(at.to, len(fields)), room)
	if mark := Scrolled(tx, above, len(fields)-above-len(shown)); mark != "" && len(bottom) > 0 {
		bottom[0] = st.MarkedRule(width, mark)
	}
	lines := append(append(top, shown...), bottom...)
	return lines[:min(len(lines), max(0, height))]
}

// window shows room lines of a text such that from to to are in sight, from
// before all, and tells how many stand above them.
func window(lines []string, from, to, room int) (shown []string, above int) {
	if len(lines) <= room {
		return lines, 0
	}
	room = max(room, 0)
	top := min(max(0, to-room), from)
	top = min(top, len(lines)-room)
	return lines[top : top+room], top
}

// Marked shows room lines of a text such that the one at stands in sight. The
// last tells how many are out of sight, if any are and two others have room.
func Marked(st *Styles, tx Texts, lines []string, at, width, room int) []string {
	const least = 3
	if len(lines) <= room || room < least {
		shown, _ := window(lines, at, at+1, room)
		return shown
	}
	shown, above := window(lines, at, at+1, room-1)
	mark := Scrolled(tx, above, len(lines)-above-len(shown))
	return append(slices.Clone(shown), NoMarker+st.Dim.Render(Clip(mark, width-len(NoMarker))))
}

// Scrolled says how many lines are out of sight above and below what is shown;
// empty if none are.
//
// words: kit.scroll.above kit.scroll.below
func Scrolled(tx Texts, above, below int) string {
	var parts []string
	if above > 0 {
		parts = append(parts, tx.N("kit.scroll.above", above))
	}
	if below > 0 {
		parts = append(parts, tx.N("kit.scroll.below", below))
	}
	return strings.Join(parts, "  ")
}

// MarkedRule is a line across with a mark near its right end.
func (st *Styles) MarkedRule(width int, mark string) string {
	const after = 2
	mark = " " + mark + " "
	before := width - Width(mark) - after
	if before < 0 {
		return st.RuleLine(width)
	}
	return st.RuleLine(before) + st.Dim.Render(mark) + st.RuleLine(after)
}

// HeadedRule is a line across with a heading near its left end, and a mark near
// its right end where there is one.
func (st *Styles) HeadedRule(width int, heading, mark string) string {
	const before = 2
	room := width - 2*before
	if mark != "" {
		room -= Width(mark) + 2*before
	}
	heading = Clip(Clean(heading), room)
	if st.Theme == Plain {
		return strings.TrimRight(heading+"  "+mark, " ")
	}
	line := st.RuleLine(before) + " " + st.Title.Render(heading) + " "
	rest := width - before - 2 - Width(heading)
	if mark == "" {
		return line + st.RuleLine(rest)
	}
	return line + st.MarkedRule(rest, mark)
}

// span is which lines of a form's are the current field's, and where the heading
// of its group stands; 0 without one.
type span struct{ group, from, to int }

// lines draws the fields and tells which lines are the current one's.
func (f *Form) lines(st *Styles, tx Texts, width int) (lines []string, at span) {
	v := f.Values()
	label := 0
	for i, fd := range f.fields {
		if !f.hidden(i, v) {
			label = max(label, Width(fd.name(tx)))
		}
	}
	label = min(label, width*2/5)
	for i := range f.fields {
		if f.hidden(i, v) {
			continue
		}
		if i == f.at {
			at.from = len(lines)
		}
		if heading := f.fields[i].Heading; heading != "" {
			if i <= f.at {
				at.group = len(lines)
			}
			lines = append(lines, st.HeadedRule(width, tx.T(heading), ""))
		}
		lines = append(lines, f.field(st, tx, i, v, label, width)...)
		if i == f.at {
			at.to = len(lines)
		}
	}
	return lines, at
}

func (f *Form) field(st *Styles, tx Texts, i int, v Values, label, width int) []string {
	fd, current := f.fields[i], i == f.at
	echo, err := f.read(i, v)
	name := Fit(fd.name(tx), label)
	room := width - label - 4
	value := fd.view(st, tx, room, current)
	if fd.Kind == Paged && fd.text() == "" {
		value = Clip(st.Dim.Render(echo), room)
	} else if echo != "" && err == nil && Width(value)+2+Width(echo) <= room {
		value += "  " + st.Dim.Render(echo)
	}
	head := NoMarker + name
	if current {
		head = st.Selected.Render(Marker + name)
	}
	lines := []string{Clip(head+"  "+value, width)}
	indent := Spaces(label + 4)
	switch {
	case err != nil && fd.touched:
		for _, s := range Wrap("✗ "+f.Explain(err), room) {
			lines = append(lines, indent+st.Error.Render(s))
		}
	case current && fd.Hint != "":
		for _, s := range Wrap(tx.T(fd.Hint), room) {
			lines = append(lines, indent+st.Dim.Render(s))
		}
	}
	return lines
}

// name is how the field is called at its left.
func (fd *Field) name(tx Texts) string {
	name := Clean(fd.Caption)
	if name == "" {
		name = tx.T(fd.Label)
	}
	if fd.Under {
		return under + name
	}
	return name
}

// under is how far the label of a field that belongs to another is set in.
const under = "  "

func (fd *Field) view(st *Styles, tx Texts, room int, current bool) string {
	if !fd.choosing() {
		return fd.line.View(st, room, current && fd.Kind != Paged)
	}
	label := fd.label(tx)
	if current {
		return Clip(st.Badge.Render("‹ ")+st.Entry.Render(label)+st.Badge.Render(" ›"), room)
	}
	return Clip(st.Entry.Render(label), room)
}

func (fd *Field) label(tx Texts) string {
	if fd.Kind == YesNo {
		return tx.T("kit.form." + fd.Value)
	}
	if i := fd.chosen(); i >= 0 {
		return Clean(fd.Options[i].Label)
	}
	return ""
}

// leastSaid is how many lines a sentence may take in any window.
const leastSaid = 3

// bottom is what stays under the fields: the error of submitting, or the
// sentence of what it will do, in at most so many lines; and the keys.
func (f *Form) bottom(st *Styles, tx Texts, width, most int) []string {
	if f.Quiet {
		return nil
	}
	var text []string
	keys := true
	switch {
	case f.working:
		text, keys = Wrap(tx.T("kit.form.working"), width), false
	case f.leaving:
		text, keys = inkLines(st.Warn, Wrap("! "+tx.T("kit.form.discard"), width)), false
	case f.err != "":
		text = inkLines(st.Error, Wrap("✗ "+f.fault(tx, f.errAt, f.err), width))
	case f.Sentence != nil:
		text = f.said(st, tx, width)
	}
	if len(text) > most {
		text = append(text[:most-1:most-1], Clip(text[most-1]+"…", width))
	}
	lines := append([]string{st.RuleLine(width)}, text...)
	if !keys {
		return lines
	}
	choosing := f.at >= 0 && f.fields[f.at].choosing()
	next := formNext
	if f.at >= 0 && f.fields[f.at].Kind == Paged {
		next = formOpen
	}
	return append(lines, Footer(st, tx, width, 1,
		f.keys(next, formChoose.When(choosing))...)...)
}

// keys are what the footer names. A form without headings is walked field by
// field.
func (f *Form) keys(next, choose Binding) []Binding {
	keys := slices.Concat([]Binding{next, formSave, formCancel}, f.More, []Binding{formBefore, choose})
	if f.grouped() {
		return slices.Insert(keys, 3, formJump)
	}
	return keys
}

// said is the sentence, or what is at fault.
func (f *Form) said(st *Styles, tx Texts, width int) []string {
	v := f.Values()
	at, err := f.faulty(v)
	if err == nil && f.Judge != nil {
		var name string
		name, err = f.Judge(v)
		at = f.index(name)
	}
	switch {
	case err == nil:
		return Wrap(f.Sentence(v), width)
	case !f.Faults:
		return []string{""}
	}
	return inkLines(st.Warn, Wrap("! "+f.fault(tx, at, f.Explain(err)), width))
}

// fault names the field at fault before the sentence, in forms that do so.
func (f *Form) fault(tx Texts, at int, sentence string) string {
	if at < 0 || !f.Faults {
		return sentence
	}
	return strings.TrimSpace(f.fields[at].name(tx)) + ": " + sentence
}

// faulty finds the first field that cannot be understood.
func (f *Form) faulty(v Values) (at int, err error) {
	for i := range f.fields {
		if _, err := f.read(i, v); err != nil {
			return i, err
		}
	}
	return 0, nil
}

func inkLines(ink Ink, lines []string) []string {
	for i, l := range lines {
		lines[i] = ink.Render(l)
	}
	return lines
}
