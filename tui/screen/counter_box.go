package screen

import (
	"strings"
	"time"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// inFlight tells whether a key that comes now was pressed before what it would
// answer could be read.
func inFlight(since, at time.Time) bool {
	d := at.Sub(since)
	return d >= 0 && d < kit.Grace
}

// consentBox asks about texts, to be answered with one key. Enter is no
// answer, so that none is given by habit.
type consentBox struct {
	env          *Env
	who, wording string
	since        time.Time
}

func newConsent(env *Env, who, wording string) *consentBox {
	return &consentBox{env: env, who: who, wording: wording, since: env.Clock()}
}

// Update takes an event.
func (b *consentBox) Update(ev kit.Event, at time.Time) kit.Answer {
	k, ok := ev.(kit.Key)
	if !ok || inFlight(b.since, at) {
		return kit.Answer{}
	}
	switch strings.ToLower(k.Name) {
	case b.env.Words.T("kit.dialog.yes_key"):
		return kit.Answer{Done: true, Value: string(engine.ConsentYes)}
	case b.env.Words.T("kit.dialog.no_key"):
		return kit.Answer{Done: true, Value: string(engine.ConsentNo)}
	case "esc":
		return kit.Answer{Left: true}
	}
	return kit.Answer{}
}

// View draws the question in at most height lines.
func (b *consentBox) View(st *kit.Styles, width, height int) []string {
	w := b.env.Words
	keys := st.Badge.Render(w.T("kit.dialog.yes_key")) + " " + w.T("kit.dialog.yes") + "    " +
		st.Badge.Render(w.T("kit.dialog.no_key")) + " " + w.T("kit.dialog.no") + "    " +
		st.Dim.Render(w.T("counter.consent.leave"))
	return kit.Stack(height,
		kit.Part{Lines: []string{kit.Clip(st.Title.Render(kit.Clean(b.who)), width)}, Rank: 1},
		kit.Part{Lines: []string{""}, Rank: 3},
		kit.Part{Lines: inked(st.Strong, kit.Wrap("“"+kit.Clean(b.wording)+"”", width)), Rank: 2},
		kit.Part{Lines: []string{""}, Rank: 3},
		kit.Part{Lines: []string{kit.Clip(keys, width)}})
}

func inked(ink kit.Ink, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = ink.Render(l)
	}
	return out
}

// chooser picks one of a few options, and names its keys.
type chooser struct {
	*kit.Picker
	env *Env
}

// newChooser makes a chooser on which the option at stands marked at first.
func newChooser(env *Env, question string, options []kit.Option, at int) chooser {
	now := env.Clock()
	p := kit.NewPicker(env.Words, question, options, now)
	for range at {
		p.Update(kit.Key{Name: "down"}, now.Add(kit.Grace))
	}
	return chooser{p, env}
}

// View draws the options in at most height lines, and under them the keys.
func (b chooser) View(st *kit.Styles, width, height int) []string {
	if height < 5 {
		return b.Picker.View(st, width, height)
	}
	keys := st.Dim.Render(kit.Clip(b.env.Words.T("kit.dialog.reason_keys"), width))
	return append(b.Picker.View(st, width, height-2), "", keys)
}

// codeBox asks for a short code. Enter gives what is typed, even nothing.
type codeBox struct {
	env            *Env
	question, keys string
	line           kit.Line
	since          time.Time
}

func newCodeBox(env *Env, question, keys string) *codeBox {
	return &codeBox{env: env, question: question, keys: keys, line: kit.Line{Limit: 12}, since: env.Clock()}
}

// Update takes an event.
func (b *codeBox) Update(ev kit.Event, at time.Time) kit.Answer {
	if inFlight(b.since, at) {
		return kit.Answer{}
	}
	if k, ok := ev.(kit.Key); ok {
		switch k.Name {
		case "esc":
			return kit.Answer{Left: true}
		case "enter":
			return kit.Answer{Done: true, Value: strings.TrimSpace(b.line.Text())}
		}
	}
	b.line.Update(ev)
	return kit.Answer{}
}

// View draws the question in at most height lines.
func (b *codeBox) View(st *kit.Styles, width, height int) []string {
	question := inked(st.Strong, kit.Wrap(b.question, width))
	return kit.Stack(height,
		kit.Part{Lines: question, Small: question[:min(len(question), max(1, height-1))], Rank: 1},
		kit.Part{Lines: []string{""}, Rank: 3},
		kit.Part{Lines: []string{kit.Marker + b.line.View(st, width-len(kit.Marker), true)}},
		kit.Part{Lines: []string{""}, Rank: 3},
		kit.Part{Lines: inked(st.Dim, kit.Wrap(b.keys, width)), Rank: 2})
}
