package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// asked does what a screen asks the root for; anything else goes to the
// screens.
func (a *App) asked(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.OpenMsg:
		return a.push(msg.Screen)
	case screen.BackMsg:
		a.pop()
		return nil
	case screen.GotoMsg:
		if s := screen.Detail(a.env, msg.Kind, msg.ID); s != nil {
			return a.push(s)
		}
		return a.say(kit.Wrong, a.env.Words.T("counter.say.page"))
	case screen.ChangedMsg:
		return tea.Batch(a.readDesk(), a.tell(msg))
	case screen.SayMsg:
		return a.say(msg.Tone, msg.Text)
	case screen.PrintMsg:
		return a.print(msg.SaleID)
	case screen.NeedRoleMsg:
		return a.needRole(msg)
	case screen.SignInLeftMsg:
		a.role = nil
		return nil
	case screen.QuitMsg:
		return a.wantQuit()
	case retried:
		return a.gotRetried(msg)
	case lockable:
		return a.gotLockable(msg)
	}
	return a.tell(msg)
}

// tell gives a message to every page.
func (a *App) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range a.pages {
		cmds = append(cmds, s.Msg(msg))
	}
	if a.lock != nil {
		cmds = append(cmds, a.lock.Msg(msg))
	}
	if a.role != nil {
		cmds = append(cmds, a.role.page.Msg(msg))
	}
	return tea.Batch(cmds...)
}

func (a *App) push(s screen.Screen) tea.Cmd {
	if e := a.elevated; e != nil && e.depth == 0 {
		e.depth = len(a.pages)
	}
	a.pages = append(a.pages, s)
	return s.Init()
}

func (a *App) pop() {
	if len(a.pages) > 1 {
		a.pages = a.pages[:len(a.pages)-1]
	}
	a.lower()
}

// say puts a sentence on the notice line of the topmost page.
func (a *App) say(tone kit.Tone, text string) tea.Cmd {
	if len(a.pages) == 0 {
		return nil
	}
	return a.pages[len(a.pages)-1].Msg(screen.SayMsg{Tone: tone, Text: text})
}

// print prints a slip. It is not one of the queued writes: a printer without
// paper must not hold up the next sale.
func (a *App) print(sale engine.ID) tea.Cmd {
	if a.opt.Print == nil || a.store.Settings.Text(engine.SetPrinter) == "" {
		return a.say(kit.Caution, a.env.Words.T("counter.say.no_printer"))
	}
	actor, f, done := a.who.get(), a.env.Format, a.env.Words.T("counter.say.printed")
	return func() tea.Msg {
		if err := a.opt.Print(a.env.Ctx, actor, sale); err != nil {
			return screen.SayMsg{Tone: kit.Wrong, Text: f.Err(err)}
		}
		return screen.SayMsg{Tone: kit.Fine, Text: done}
	}
}

// roleCheck asks for somebody with a permission, for one thing.
type roleCheck struct {
	page  *screen.SignIn
	retry tea.Cmd
}

func (a *App) needRole(msg screen.NeedRoleMsg) tea.Cmd {
	if a.lock != nil {
		return nil
	}
	a.role = &roleCheck{page: screen.NewSignIn(a.env, a.store.ID, a.till.ID, msg.Permission), retry: msg.Retry}
	return a.role.page.Init()
}

// elevation is somebody who does one thing in place of the cashier: until the
// questions it asks are answered and the pages it opened are left.
type elevation struct {
	cashier engine.Actor
	busy    bool // the retry is under way
	depth   int  // how many pages there were before it opened one; 0: none
}

// retried is the message of a retry.
type retried struct{ msg tea.Msg }

// elevate runs what was refused, as somebody who may.
func (a *App) elevate(actor engine.Actor) tea.Cmd {
	retry := a.role.retry
	a.role = nil
	cashier := a.who.get()
	if a.elevated != nil {
		cashier = a.elevated.cashier
	}
	a.elevated = &elevation{cashier: cashier, busy: true}
	a.who.set(actor)
	return func() tea.Msg {
		if retry == nil {
			return retried{}
		}
		return retried{msg: retry()}
	}
}

func (a *App) gotRetried(r retried) tea.Cmd {
	if a.elevated != nil {
		a.elevated.busy = false
	}
	return a.handle(r.msg)
}

// waiter is a screen on which a question can be open.
type waiter interface{ Waits() bool }

// lower gives the till back to the cashier once the one thing is done. It is
// called around events, after writes and when a page is left; not after any
// other message, since one may be on its way that opens the page asked for.
func (a *App) lower() {
	e := a.elevated
	if e == nil || e.busy || a.role != nil || a.lock != nil {
		return
	}
	if e.depth > 0 && len(a.pages) > e.depth {
		return
	}
	if w, ok := a.pages[len(a.pages)-1].(waiter); ok && w.Waits() {
		return
	}
	a.elevated = nil
	a.who.set(e.cashier)
}
