package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/tui/kit"
)

// editor is a form on its own page. save begins to store what was typed; it
// leaves the page itself when that has gone well.
type editor struct {
	base
	title string
	form  *kit.Form
	save  func(*editor, kit.Values) tea.Cmd
	open  func(name string) tea.Cmd // opens the page of a Paged field; nil where there is none
	acts  []act                     // beside the keys of every form
	tall  int                       // the window's height, for sentences that have to be short
}

func newEditor(env *Env, title string, form *kit.Form, save func(*editor, kit.Values) tea.Cmd) *editor {
	return &editor{base: newBase(env, "form"), title: title, form: form, save: save}
}

// low tells whether the window is too low for long sentences.
func (e *editor) low() bool { return e.tall < 20 }

// Init has nothing to read.
func (e *editor) Init() tea.Cmd { return nil }

// Title says what is being edited.
func (e *editor) Title() string { return e.title }

// Typing is always so.
func (e *editor) Typing() bool { return true }

// Keys are those of every form, and its own.
func (e *editor) Keys() []kit.Group {
	g := kit.FormKeys()
	for _, a := range e.acts {
		g.Bindings = append(g.Bindings, a.bind)
	}
	return []kit.Group{g}
}

// Event takes keys, scans and pastes.
func (e *editor) Event(ev kit.Event) tea.Cmd {
	if cmd, taken := e.asking(ev); taken {
		if !e.Waits() {
			e.form.Resume() // a question was left without an answer
		}
		return cmd
	}
	for _, a := range e.acts {
		if a.bind.Matches(ev) {
			return a.do()
		}
	}
	switch a := e.form.Update(ev); {
	case a.Cancel:
		return send(BackMsg{})
	case a.Submit:
		return e.save(e, e.form.Values())
	case a.Open != "":
		return e.open(a.Open)
	}
	return nil
}

// Msg takes answers.
func (e *editor) Msg(msg tea.Msg) tea.Cmd {
	cmd, _ := e.msg(msg, e.form.Fail)
	return cmd
}

// View draws the form. It has its own keys and line across at its foot.
func (e *editor) View(width, height int) string {
	e.tall = height
	st := e.env.Styles
	title := e.title
	if group := e.form.Group(); group != "" {
		title += " · " + e.t(group)
	}
	top := []string{e.head(width, title)}
	if height >= tight {
		top = append(top, st.RuleLine(width))
	}
	bottom := e.notice.View(st, width, max(1, height/6))
	if e.form.Quiet = e.dialog != nil; e.form.Quiet {
		bottom = append(bottom, st.RuleLine(width))
		bottom = append(bottom, e.dialog.View(st, width, max(3, height/2))...)
	}
	room := max(0, height-len(top)-len(bottom))
	return kit.Frame(width, height, top, sink(e.form.View(st, e.env.Words, width, room), st.RuleLine(width), room), bottom)
}

// sink fills a form up to height, so that what stands under its last line
// across stays at the foot of the window.
func sink(lines []string, rule string, height int) []string {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i] == rule {
			fill := make([]string, max(0, height-len(lines)))
			return append(append(append([]string{}, lines[:i]...), fill...), lines[i:]...)
		}
	}
	return lines
}
