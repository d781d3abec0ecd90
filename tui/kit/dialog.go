package kit

import (
	"slices"
	"strings"
	"time"
)

// Grace is how long a dialog or an error takes no answer after it appeared:
// keys that were already in flight were meant for what stood there before.
const Grace = 300 * time.Millisecond

// grace keeps keys in flight from answering.
type grace struct{ since time.Time }

func (g grace) over(at time.Time) bool {
	d := at.Sub(g.since)
	return d >= Grace || d < 0
}

// Answer is what came of a dialog: nothing yet, done with what was chosen or
// typed, or left.
type Answer struct {
	Done  bool
	Left  bool
	Value string // the reason typed, or the option picked
}

// Confirm asks a question of yes or no. Question and Detail are shown as they
// are. No is chosen at first, so that Enter alone does no harm.
type Confirm struct {
	Question string
	Detail   string
	tx       Texts
	yes      bool
	top      int // first line of Detail in sight, where it is longer than the room
	grace    grace
}

// NewConfirm makes the dialog as it appears at a time.
func NewConfirm(tx Texts, question, detail string, at time.Time) *Confirm {
	return &Confirm{Question: question, Detail: detail, tx: tx, grace: grace{at}}
}

// Update takes an event. Scans and pastes answer nothing.
func (c *Confirm) Update(ev Event, at time.Time) Answer {
	k, ok := ev.(Key)
	if !ok || !c.grace.over(at) {
		return Answer{}
	}
	switch strings.ToLower(k.Name) {
	case "left", "right", "tab", "shift+tab", "up", "down":
		c.yes = !c.yes
	case "pgdown":
		c.top += confirmScrolls // View brings it back to the last line
	case "pgup":
		c.top = max(0, c.top-confirmScrolls)
	case c.tx.T("kit.dialog.yes_key"):
		return Answer{Done: true}
	case "esc", c.tx.T("kit.dialog.no_key"):
		return Answer{Left: true}
	case "enter":
		return Answer{Done: c.yes, Left: !c.yes}
	}
	return Answer{}
}

// View draws the dialog in at most height lines.
func (c *Confirm) View(st *Styles, width, height int) []string {
	yes := st.Pick(c.yes, c.tx.T("kit.dialog.yes")+" ("+c.tx.T("kit.dialog.yes_key")+")")
	no := st.Pick(!c.yes, c.tx.T("kit.dialog.no")+" ("+c.tx.T("kit.dialog.no_key")+")")
	question, detail := inkLines(st.Strong, Wrap(c.Question, width)), Wrap(c.Detail, width)
	small := c.inSight(st, detail, width, height-len(question)-1)
	return Stack(height,
		Part{Lines: question},
		Part{Lines: detail, Small: small, Rank: 2},
		Part{Lines: []string{""}, Rank: 3},
		Part{Lines: []string{Clip(yes+"    "+no, width)}})
}

// confirmScrolls is how many lines a key moves the detail.
const confirmScrolls = 3

// inSight is as much of the detail as there is room for beside the question and
// the answers, with the key that shows the rest.
func (c *Confirm) inSight(st *Styles, detail []string, width, room int) []string {
	if room < 2 || len(detail) <= room {
		return detail[:min(len(detail), max(0, room))]
	}
	c.top = min(c.top, len(detail)-room+1)
	shown := detail[c.top : c.top+room-1]
	key := "PgDn"
	if c.top+len(shown) == len(detail) {
		key = "PgUp"
	}
	mark := key + " " + Scrolled(c.tx, c.top, len(detail)-c.top-len(shown))
	return append(slices.Clone(shown), NoMarker+st.Dim.Render(Clip(mark, width-len(NoMarker))))
}

// Reason asks why before something is undone; the reason goes into the audit
// log. Enter answers once something is typed.
type Reason struct {
	Question string
	tx       Texts
	line     Line
	missing  bool
	grace    grace
}

// NewReason makes the dialog as it appears at a time.
func NewReason(tx Texts, question string, at time.Time) *Reason {
	return &Reason{Question: question, tx: tx, line: Line{Limit: 200}, grace: grace{at}}
}

// Update takes an event.
func (r *Reason) Update(ev Event, at time.Time) Answer {
	k, ok := ev.(Key)
	if !r.grace.over(at) {
		return Answer{}
	}
	if !ok {
		if p, pasted := ev.(Paste); pasted {
			r.line.Update(p)
		}
		return Answer{}
	}
	switch k.Name {
	case "esc":
		return Answer{Left: true}
	case "enter":
		text := strings.TrimSpace(r.line.Text())
		r.missing = text == ""
		return Answer{Done: !r.missing, Value: text}
	}
	r.missing = false
	r.line.Update(k)
	return Answer{}
}

// View draws the dialog in at most height lines.
func (r *Reason) View(st *Styles, width, height int) []string {
	prompt := r.tx.T("kit.dialog.reason") + " "
	line := st.Dim.Render(prompt) + r.line.View(st, width-Width(prompt), true)
	hint := st.Dim.Render(Clip(r.tx.T("kit.dialog.reason_keys"), width))
	if r.missing {
		hint = st.ErrorText(Clip(r.tx.T("kit.dialog.reason_missing"), width-2))
	}
	return Stack(height,
		Part{Lines: inkLines(st.Strong, Wrap(r.Question, width)), Rank: 1},
		Part{Lines: []string{""}, Rank: 3},
		Part{Lines: []string{Clip(line, width)}},
		Part{Lines: []string{hint}, Rank: 2})
}

// Picker picks one of a few options, narrowed by what is typed.
type Picker struct {
	Question string
	Options  []Option
	tx       Texts
	line     Line
	at       int
	grace    grace
}

// NewPicker makes the dialog as it appears at a time.
func NewPicker(tx Texts, question string, options []Option, at time.Time) *Picker {
	return &Picker{Question: question, Options: options, tx: tx, grace: grace{at}}
}

// Update takes an event.
func (p *Picker) Update(ev Event, at time.Time) Answer {
	k, ok := ev.(Key)
	if !ok || !p.grace.over(at) {
		return Answer{}
	}
	found := p.found()
	switch k.Name {
	case "esc":
		return Answer{Left: true}
	case "enter":
		if p.at < len(found) {
			return Answer{Done: true, Value: found[p.at].Value}
		}
	case "up":
		p.at = max(0, p.at-1)
	case "down":
		p.at = max(0, min(len(found)-1, p.at+1))
	case "home":
		p.at = 0
	case "end":
		p.at = max(0, len(found)-1)
	default:
		before := p.line.Text()
		p.line.Update(k)
		if p.line.Text() != before { // another choice; the cursor alone narrows nothing
			p.at = 0
		}
	}
	return Answer{}
}

// found gives the options that hold what is typed, in any case; the one that
// stands for none of them (without a value) comes last then.
func (p *Picker) found() []Option {
	want := strings.ToLower(strings.TrimSpace(p.line.Text()))
	if want == "" {
		return p.Options
	}
	var out, none []Option
	for _, o := range p.Options {
		switch {
		case !strings.Contains(strings.ToLower(o.Label), want):
		case o.Value == "":
			none = append(none, o)
		default:
			out = append(out, o)
		}
	}
	return append(out, none...)
}

// View draws the picker in at most height lines.
func (p *Picker) View(st *Styles, width, height int) []string {
	found := p.found()
	rows := make([]string, len(found))
	for i, o := range found {
		rows[i] = st.Pick(i == p.at, Clip(Clean(o.Label), width-len(Marker)))
	}
	if len(rows) == 0 {
		rows = []string{NoMarker + st.Dim.Render(Clip(p.tx.T("kit.dialog.none"), width-len(NoMarker)))}
	}
	head := []string{Clip(st.Strong.Render(p.Question), width), st.Dim.Render("/ ") + p.line.View(st, width-2, true)}
	head = head[:max(0, min(len(head), height-1))]
	return append(head, Marked(st, p.tx, rows, p.at, width, height-len(head))...)
}
