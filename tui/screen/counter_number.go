package screen

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/tui/kit"
)

// numberBox asks for a weight, a price or a charge. What is typed is judged as
// it is entered.
type numberBox struct {
	env      *Env
	question string
	read     func(string) (int64, error)
	line     kit.Line
	value    int64 // what was entered
	why      string
	since    time.Time
}

func newNumberBox(env *Env, question string, read func(string) (int64, error)) *numberBox {
	return &numberBox{env: env, question: question, read: read, line: kit.Line{Limit: 16}, since: env.Clock()}
}

// Update takes an event.
func (b *numberBox) Update(ev kit.Event, at time.Time) kit.Answer {
	k, ok := ev.(kit.Key)
	if !ok || inFlight(b.since, at) {
		return kit.Answer{}
	}
	switch k.Name {
	case "esc":
		return kit.Answer{Left: true}
	case "enter":
		text := strings.TrimSpace(b.line.Text())
		if text == "" {
			return kit.Answer{}
		}
		n, err := b.read(text)
		if err != nil {
			b.why = b.env.Format.Err(err)
			return kit.Answer{}
		}
		b.value = n
		return kit.Answer{Done: true}
	}
	b.why = ""
	b.line.Update(k)
	return kit.Answer{}
}

// View draws the question in at most height lines.
func (b *numberBox) View(st *kit.Styles, width, height int) []string {
	question := inked(st.Strong, kit.Wrap(b.question, width))
	keys := inked(st.Dim, kit.Wrap(b.env.Words.T("kit.dialog.reason_keys"), width))
	if b.why != "" {
		keys = inked(st.Error, kit.Wrap("✗ "+b.why, width))
	}
	return kit.Stack(height,
		kit.Part{Lines: question, Small: question[:min(len(question), max(1, height-1))], Rank: 1},
		kit.Part{Lines: []string{""}, Rank: 3},
		kit.Part{Lines: []string{kit.Marker + b.line.View(st, width-len(kit.Marker), true)}},
		kit.Part{Lines: []string{""}, Rank: 3},
		kit.Part{Lines: keys, Rank: 2})
}

// askNumber asks for a number; take gets it.
func (c *Counter) askNumber(question string, read func(string) (int64, error), take func(int64) tea.Cmd) {
	box := newNumberBox(c.env, question, read)
	c.asks(box, func(string) tea.Cmd { return take(box.value) }, nil)
}
