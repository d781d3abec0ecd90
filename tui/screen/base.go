package screen

import (
	"context"
	"errors"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// base is what lists, details and forms share: a name that tells the screen's
// answers from those of others, a notice line, a dialog, and the way to read
// and write the store.
type base struct {
	env    *Env
	name   string
	reads  kit.Seq
	notice kit.Notice
	dialog dialog
	answer func(value string) tea.Cmd
	busy   int // reads and writes whose answers have not come
}

// Waits tells whether the screen is in the middle of something: a question is
// open, or an answer is awaited.
func (b *base) Waits() bool { return b.dialog != nil || b.busy > 0 }

// dialog is a question at the foot of a screen.
type dialog interface {
	Update(ev kit.Event, at time.Time) kit.Answer
	View(st *kit.Styles, width, height int) []string
}

func newBase(env *Env, noun string) base {
	env.serial++
	return base{env: env, name: noun + "#" + strconv.Itoa(env.serial)}
}

// t gives a text of the catalogue.
func (b *base) t(key string, args ...any) string { return b.env.Words.T(key, args...) }

// now is the instant of the session's clock.
func (b *base) now() engine.Instant { return engine.InstantOf(b.env.Clock()) }

// today is the store's day.
func (b *base) today() engine.Day { return b.env.Store().Today(b.now()) }

// say shows a sentence on the notice line.
func (b *base) say(tone kit.Tone, text string) { b.notice.Say(tone, text, b.env.Clock()) }

// fail shows an error on the notice line.
func (b *base) fail(err error) { b.say(kit.Wrong, b.env.explain(err)) }

// explain is the sentence of an error; of a missing permission it says who has
// it.
func (e *Env) explain(err error) string {
	p, ok := missing(err)
	if !ok {
		return e.Format.Err(err)
	}
	var who []string
	for _, r := range engine.WhoMay(p) {
		who = append(who, e.Words.T("core.role."+string(r)))
	}
	return e.Words.T("lists.forbidden", "permission", e.Words.T("permission."+string(p)), "who", commas(who))
}

// Answers to reads and writes. What they carry is run by Update; to says for
// which screen.
type (
	answered struct {
		to   string
		seq  uint64
		take func() tea.Cmd
		err  error
	}
	written struct {
		to    string
		take  func() tea.Cmd
		again func() tea.Cmd
		err   error
	}
	again struct {
		to string
		do func() tea.Cmd
	}
)

// read runs a job that reads, outside Update; take gets what it found, unless
// a later read has overtaken it.
func read[T any](b *base, job func(context.Context, engine.Actor) (T, error), take func(T) tea.Cmd) tea.Cmd {
	actor, ctx, to, seq := b.env.Actor(), b.env.Ctx, b.name, b.reads.Next()
	b.busy++
	return func() tea.Msg {
		v, err := job(ctx, actor)
		return answered{to: to, seq: seq, err: err, take: func() tea.Cmd { return take(v) }}
	}
}

// write queues a job that changes the file; take gets what came of it. A job
// that the actor may not do is done again by whoever may.
func write[T any](b *base, job func(context.Context, engine.Actor) (T, error), take func(T) tea.Cmd) tea.Cmd {
	actor, ctx, to := b.env.Actor(), b.env.Ctx, b.name
	b.busy++
	return b.env.Writes.Add(func() tea.Msg {
		v, err := job(ctx, actor)
		return written{
			to: to, err: err,
			take:  func() tea.Cmd { return take(v) },
			again: func() tea.Cmd { return write(b, job, take) },
		}
	})
}

// msg takes the answers that are for this screen; failed is told of an error
// that is not a missing permission.
func (b *base) msg(msg tea.Msg, failed func(error)) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case SayMsg:
		b.say(msg.Tone, msg.Text)
		return nil, true
	case again:
		if msg.to == b.name {
			return msg.do(), true
		}
	case answered:
		if msg.to == b.name {
			b.busy--
			if b.reads.Stale(msg.seq) {
				return nil, true
			}
			return b.settle(msg.err, msg.take, nil, failed), true
		}
	case written:
		if msg.to == b.name {
			b.busy--
			return b.settle(msg.err, func() tea.Cmd { return tea.Sequence(send(ChangedMsg{}), msg.take()) }, msg.again, failed), true
		}
	}
	return nil, false
}

func (b *base) settle(err error, take, retry func() tea.Cmd, failed func(error)) tea.Cmd {
	if err == nil {
		return take()
	}
	failed(err)
	if p, ok := missing(err); ok && retry != nil {
		return b.need(p, retry)
	}
	return nil
}

// missing tells which permission an error says is missing.
func missing(err error) (engine.Permission, bool) {
	var e *engine.Error
	if !errors.As(err, &e) || e.Code != engine.CodeForbidden {
		return "", false
	}
	p, ok := e.Args["permission"].(engine.Permission)
	return p, ok
}

// need asks the root for somebody with a permission, who then does it.
func (b *base) need(p engine.Permission, do func() tea.Cmd) tea.Cmd {
	to := b.name
	return send(NeedRoleMsg{Permission: p, Retry: send(again{to: to, do: do})})
}

// may does something if the actor has a permission, and otherwise asks for
// somebody who has.
func (b *base) may(p engine.Permission, do func() tea.Cmd) tea.Cmd {
	if b.env.Actor().Role.May(p) {
		return do()
	}
	return b.need(p, do)
}

// send is a command that only brings a message.
func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// open is a command that opens a screen.
func open(s Screen) tea.Cmd { return send(OpenMsg{s}) }

// backSaying leaves the screen and says something on the one below.
func backSaying(tone kit.Tone, text string) tea.Cmd {
	return tea.Sequence(send(BackMsg{}), send(SayMsg{tone, text}))
}

// savedMsg says which row was just saved: the list that holds it marks it.
type savedMsg struct{ id engine.ID }

// backSaved is backSaying after something in a list was saved.
func backSaved(id engine.ID, text string) tea.Cmd {
	return tea.Sequence(send(BackMsg{}), send(SayMsg{kit.Fine, text}), send(savedMsg{id}))
}

// ask opens a dialog; answer gets what was chosen or typed.
func (b *base) ask(d dialog, answer func(string) tea.Cmd) { b.dialog, b.answer = d, answer }

// confirm asks yes or no.
func (b *base) confirm(question, detail string, yes func() tea.Cmd) {
	b.ask(kit.NewConfirm(b.env.Words, question, detail, b.env.Clock()), func(string) tea.Cmd { return yes() })
}

// reason asks why.
func (b *base) reason(question string, answer func(string) tea.Cmd) {
	b.ask(kit.NewReason(b.env.Words, question, b.env.Clock()), answer)
}

// pick lets one of some options be chosen.
func (b *base) pick(question string, options []kit.Option, answer func(string) tea.Cmd) {
	b.ask(kit.NewPicker(b.env.Words, question, options, b.env.Clock()), answer)
}

// asking gives an event to the open dialog; it is not taken when none is open.
func (b *base) asking(ev kit.Event) (cmd tea.Cmd, taken bool) {
	if b.dialog == nil {
		b.notice.Seen(ev, b.env.Clock())
		return nil, false
	}
	a := b.dialog.Update(ev, b.env.Clock())
	if a.Done || a.Left {
		b.dialog = nil
	}
	if a.Done {
		return b.answer(a.Value), true
	}
	return nil, true
}

// Heights under which a screen leaves out its lines across.
const tight = 9

// frame draws a screen: its head, a body, and at the foot the notice and the
// keys, or the open dialog.
func (b *base) frame(width, height int, title string, body func(width, height int) []string, keys ...kit.Binding) string {
	st := b.env.Styles
	top := []string{b.head(width, title)}
	bottom := b.foot(width, height, keys)
	if height >= tight {
		top = append(top, st.RuleLine(width))
		bottom = append([]string{st.RuleLine(width)}, bottom...)
	}
	bottom = append(b.notice.View(st, width, max(1, height/6)), bottom...)
	return kit.Frame(width, height, top, body(width, max(0, height-len(top)-len(bottom))), bottom)
}

func (b *base) foot(width, height int, keys []kit.Binding) []string {
	if b.dialog != nil {
		return b.dialog.View(b.env.Styles, width, max(3, b.dialogRoom(height)))
	}
	lines := 2
	if height < 16 {
		lines = 1
	}
	return kit.Footer(b.env.Styles, b.env.Words, width, lines, keys...)
}

// dialogRoom is how many lines an open dialog may take: what is chosen from, and
// what is to be known before an answer, matters more than the page behind it.
func (b *base) dialogRoom(height int) int {
	switch b.dialog.(type) {
	case *kit.Picker, *kit.Confirm:
		return height * 3 / 4
	}
	return height / 2
}

// head is the first line: the page at the left; shop, till and person at the
// right, as far as there is room.
func (b *base) head(width int, title string) string {
	st, a := b.env.Styles, b.env.Actor()
	shop, till, staff := kit.Clean(b.env.Store().Title), kit.Clean(a.Register), kit.Clean(a.Staff)
	title = kit.Clip(kit.Clean(title), width)
	room := width - kit.Width(title) - 2
	right := shop + " · " + till + " · " + staff
	for _, shorter := range []string{till + " · " + staff, staff, ""} {
		if kit.Width(right) > room {
			right = shorter
		}
	}
	return kit.Spread(st.Title.Render(title), st.Dim.Render(right), width)
}
