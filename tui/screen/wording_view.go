package screen

import (
	"slices"
	"strings"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// wordingEcho judges a wording as a form shows it. An empty one is the
// standard, which the form shows in its place.
func (e *Env) wordingEcho(step engine.TextStep, text, standard string) (string, error) {
	if text == "" {
		return e.Words.T("wording.standard.echo", "text", standard), nil
	}
	return "", delivery.CheckTemplate(step, text)
}

// leastTyped is how many lines the wording has in any window.
const leastTyped = 3

// View draws the wording above and what comes of it below.
func (p *wordingPage) View(width, height int) string {
	title := p.Title()
	if p.job.campaign.Title != "" {
		title += " · " + p.job.campaign.Title
	}
	p.width = width
	return p.frame(width, height, title, func(w, h int) []string {
		typed := p.typed(w, max(leastTyped, h/3))
		return append(typed, p.below(w, h-len(typed))...)
	}, wordingKeep, wordingField, wordingStandard.When(p.text() != p.job.standard), wordingLeave)
}

// typed is the wording, at most so many lines of it around the cursor; while it
// is empty, the standard one.
func (p *wordingPage) typed(width, most int) []string {
	st := p.env.Styles
	lines, at := p.line.Rows(st, width)
	if p.line.Empty() {
		for _, l := range kit.Wrap(p.t("wording.standard.echo", "text", p.job.standard), width) {
			lines = append(lines, st.Dim.Render(l))
		}
	}
	return kit.Marked(st, p.env.Words, lines, at, width, most)
}

// below is what comes of the wording, under a line that says who gets it and
// what it costs.
func (p *wordingPage) below(width, room int) []string {
	if room < 1 {
		return nil
	}
	lines := p.pane(width)
	shown := min(len(lines), room-1)
	p.top = max(0, min(p.top, len(lines)-shown))
	mark := kit.Scrolled(p.env.Words, p.top, len(lines)-shown-p.top)
	return append([]string{p.env.Styles.HeadedRule(width, p.summary(), mark)}, lines[p.top:p.top+shown]...)
}

// summary is what the text takes, and whose it is.
func (p *wordingPage) summary() string {
	if p.fault != nil {
		return p.t("wording.unusable")
	}
	who := p.t("wording.example")
	if len(p.sample.items) > 0 {
		who = p.t("wording.bearer")
		if p.sample.who != "" {
			who = p.t("wording.who", "who", p.sample.who)
		}
	}
	return p.t("wording.summary", "who", who, "cost", p.cost(p.review.Real))
}

// cost is in how many parts a text goes, and what that costs if the shop knows.
func (p *wordingPage) cost(w delivery.Written) string {
	said := p.env.Words.N("lists.parts", w.Parts.Parts)
	if w.Cost == 0 {
		return said
	}
	return joined(said, p.env.Format.Price(w.Cost))
}

// pane is what is wrong, the text, what it takes, and the fields.
func (p *wordingPage) pane(width int) []string {
	st := p.env.Styles
	var out []string
	add := func(ink kit.Ink, text string) {
		for _, l := range kit.Wrap(text, width) {
			out = append(out, ink.Render(l))
		}
	}
	if p.fault != nil {
		add(st.Error, "✗ "+p.faultText())
		return append(append(out, ""), p.fieldList(width)...)
	}
	for _, w := range p.warnings() {
		add(st.Warn, "! "+w)
	}
	if len(out) > 0 {
		out = append(out, "")
	}
	out = append(out, p.shown(width)...)
	out = append(out, "")
	add(st.Dim, p.takes("wording.takes", p.review.Real))
	add(st.Dim, p.takes("wording.longest", p.review.Longest))
	if f := p.review.Foreign; f.Parts.Encoding != p.review.Real.Parts.Encoding && f.Text != "" {
		add(st.Dim, p.t("wording.foreign", "name", delivery.ForeignName, "units", f.Parts.Units, "cost", p.cost(f)))
	}
	out = append(out, "")
	return append(out, p.fieldList(width)...)
}

// shown is the text as it goes, with a mark under each character that makes it
// dearer.
func (p *wordingPage) shown(width int) []string {
	st := p.env.Styles
	var dear []string
	for _, f := range p.review.Forcing {
		dear = append(dear, f.Char)
	}
	var out []string
	for _, l := range kit.Wrap(p.review.Real.Text, width) {
		out = append(out, st.Strong.Render(l))
		if under := marksUnder(l, dear); under != "" {
			out = append(out, st.Warn.Render(under))
		}
	}
	return out
}

// marksUnder puts a ^ under each cell of the characters in question; empty if
// the line has none.
func marksUnder(line string, chars []string) string {
	var b strings.Builder
	for _, r := range line {
		mark := " "
		if slices.Contains(chars, string(r)) {
			mark = "^"
		}
		b.WriteString(strings.Repeat(mark, kit.Width(string(r))))
	}
	return strings.TrimRight(b.String(), " ")
}

// takes is a text's length, by one of two sentences.
//
// words: wording.takes wording.longest
func (p *wordingPage) takes(key string, w delivery.Written) string {
	return p.t(key, "encoding", p.t("wording.encoding."+w.Parts.Encoding.String()), "units", w.Parts.Units,
		"left", w.Parts.Left, "cost", p.cost(w))
	// words: wording.encoding.*
}

// fieldList names the fields with what they are.
func (p *wordingPage) fieldList(width int) []string {
	st, names := p.env.Styles, delivery.FieldNames(p.job.step)
	out := []string{st.Dim.Render(kit.Clip(p.t("wording.fields"), width))}
	name := 0
	for _, n := range names {
		name = max(name, len(n)+2)
	}
	for _, n := range names {
		out = append(out, kit.Clip(kit.Fit("{"+n+"}", name)+"  "+st.Dim.Render(p.t("wording.fields."+n)), width))
	}
	return out
}
