package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// events hands what a person or a scanner did to whichever page is in front.
func (a *App) events(evs []kit.Event) tea.Cmd {
	var cmds []tea.Cmd
	for _, ev := range evs {
		a.touched = a.opt.Clock()
		a.lower() // what is done next is the cashier's own
		cmds = append(cmds, a.event(ev))
		a.lower()
	}
	return tea.Batch(cmds...)
}

func (a *App) event(ev kit.Event) tea.Cmd {
	switch {
	case a.quitting:
		return nil
	case a.ask != nil:
		return a.answerQuit(ev)
	case screen.QuitKey.Matches(ev):
		return a.wantQuit()
	case a.stage == opening, a.stage == broken, a.elevated != nil && a.elevated.busy:
		return nil
	case a.stage == founding, a.lock != nil, a.role != nil:
		return a.front().Event(ev)
	}
	return a.pageEvent(ev)
}

// pageEvent gives an event to the topmost page, unless it is one of the keys
// that work everywhere.
func (a *App) pageEvent(ev kit.Event) tea.Cmd {
	top := a.front()
	if _, helping := top.(*screen.Help); helping {
		return top.Event(ev)
	}
	switch {
	case screen.HelpKey.Matches(ev) && !(typing(top) && isText(ev)):
		return a.push(screen.NewHelp(a.env, top))
	case screen.LockKey.Matches(ev):
		return a.wantLock(false)
	}
	return top.Event(ev)
}

// typing tells whether letters are being typed on a page.
func typing(s screen.Screen) bool {
	t, ok := s.(screen.Typer)
	return ok && t.Typing()
}

func isText(ev kit.Event) bool {
	k, ok := ev.(kit.Key)
	return ok && k.Text != ""
}

// front is the page that is drawn and gets the events.
func (a *App) front() screen.Screen {
	switch {
	case a.role != nil:
		return a.role.page
	case a.lock != nil:
		return a.lock
	}
	return a.pages[len(a.pages)-1]
}

// shut puts the sign-in in front of everything. What somebody else was let in
// for is over.
func (a *App) shut() {
	if e := a.elevated; e != nil {
		a.who.set(e.cashier)
		if e.depth > 0 {
			a.pages = a.pages[:min(len(a.pages), e.depth)]
		}
	}
	a.role, a.elevated = nil, nil
	a.lock = screen.NewSignIn(a.env, a.store.ID, a.till.ID, "")
}

// lockable is the answer to whether there is anything to lock.
type lockable struct {
	idle  bool // nobody asked for it
	staff []engine.Staff
	err   error
}

// wantLock locks if anybody has a PIN, or if a person asked for it and there is
// more than one to choose from.
func (a *App) wantLock(idle bool) tea.Cmd {
	store := a.store.ID
	return func() tea.Msg {
		staff, err := a.opt.Shop.Staff(a.env.Ctx, store, false)
		return lockable{idle: idle, staff: staff, err: err}
	}
}

func (a *App) gotLockable(l lockable) tea.Cmd {
	lock := len(l.staff) > 1 && !l.idle
	for _, p := range l.staff {
		lock = lock || p.HasPIN
	}
	switch {
	case lock && a.lock == nil:
		a.shut()
		return a.lock.Init()
	case lock, l.idle:
		return nil
	case l.err != nil:
		return a.say(kit.Wrong, a.env.Format.Err(l.err))
	}
	return a.say(kit.Usual, a.env.Words.T("counter.say.nothing_to_lock"))
}

// wantQuit quits, after asking if something was rung up.
func (a *App) wantQuit() tea.Cmd {
	if a.counter == nil || !a.counter.Open() {
		return a.quit()
	}
	w := a.env.Words
	a.ask = kit.NewConfirm(w, w.T("counter.quit.question"), w.T("counter.quit.detail"), a.opt.Clock())
	return nil
}

func (a *App) answerQuit(ev kit.Event) tea.Cmd {
	answer := a.ask.Update(ev, a.opt.Clock())
	if answer.Done || answer.Left {
		a.ask = nil
	}
	if answer.Done {
		return a.quit()
	}
	return nil
}

// quit lets go of the coupons held here, and ends once every write has ended.
func (a *App) quit() tea.Cmd {
	a.quitting = true
	var cmd tea.Cmd
	if a.counter != nil {
		cmd = a.counter.Leave()
	}
	if a.writes.Pending() == 0 {
		return tea.Quit
	}
	return cmd
}

// View draws the page in front.
func (a *App) View() string {
	if a.width <= 0 || a.height <= 0 {
		return ""
	}
	st, w := a.env.Styles, a.env.Words
	switch {
	case a.ask != nil:
		return kit.Frame(a.width, a.height, nil, nil, a.ask.View(st, a.width, a.height))
	case a.stage == opening:
		return kit.Frame(a.width, a.height, []string{st.Dim.Render(w.T("counter.opening"))}, nil, nil)
	case a.stage == broken:
		lines := kit.Wrap(a.env.Format.Err(a.trouble), a.width)
		lines = append(lines, "", st.Dim.Render(w.T("counter.broken")))
		return kit.Frame(a.width, a.height, nil, lines, nil)
	}
	return fill(a.front().View(a.width, a.height), a.height)
}

// fill sees to it that a frame has as many lines as the window, so that what
// stood below a shorter one is gone.
func fill(frame string, height int) string {
	if n := strings.Count(frame, "\n") + 1; n < height {
		frame += strings.Repeat("\n", height-n)
	}
	return frame
}
