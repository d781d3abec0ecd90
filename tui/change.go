package tui

import (
	"cmp"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// pollEvery is how often the file is asked whether another process changed it.
const pollEvery = 2 * time.Second

type tickMsg struct{}

// polled is the answer of Changed.
type polled struct {
	version int64
	err     error
}

// deskRead is the desk as it stands now.
type deskRead struct {
	seq     uint64
	version int64 // of the file before it was read
	desk    engine.Desk
	err     error
}

func (a *App) tickSoon() tea.Cmd { return a.opt.After(pollEvery, tickMsg{}) }

// tick looks whether the file changed and whether the till stood idle. When
// neither is so, the frame stays as it was and nothing is drawn.
func (a *App) tick() tea.Cmd {
	return tea.Batch(a.poll, a.tickSoon(), a.lockIdle())
}

// LookMsg asks the program to look at once whether the file changed, instead of
// at its next tick.
type LookMsg struct{}

func (a *App) poll() tea.Msg {
	v, err := a.opt.Shop.Changed(a.env.Ctx)
	return polled{version: v, err: err}
}

// lockIdle locks a till nobody has touched for as long as the settings say.
func (a *App) lockIdle() tea.Cmd {
	minutes := a.store.Settings.Count(engine.SetLockMinutes)
	if minutes <= 0 || a.lock != nil || a.stage != running {
		return nil
	}
	if a.opt.Clock().Sub(a.touched) < time.Duration(minutes)*time.Minute {
		return nil
	}
	a.touched = a.opt.Clock()
	return a.wantLock(true)
}

func (a *App) gotPolled(p polled) tea.Cmd {
	if p.err != nil || p.version == a.seen {
		return nil
	}
	a.seen = p.version
	return a.asked(screen.ChangedMsg{})
}

// readDesk reads what the counter keeps in memory.
func (a *App) readDesk() tea.Cmd {
	actor, seq := a.who.get(), a.desks.Next()
	if actor.StoreID.IsZero() {
		return nil
	}
	return func() tea.Msg {
		version, err := a.opt.Shop.Changed(a.env.Ctx)
		if err != nil {
			return deskRead{seq: seq, err: err}
		}
		d, err := a.opt.Shop.Desk(a.env.Ctx, actor)
		return deskRead{seq: seq, version: version, desk: d, err: err}
	}
}

func (a *App) gotDesk(d deskRead) tea.Cmd {
	if a.desks.Stale(d.seq) {
		return nil
	}
	if d.err != nil {
		return a.say(kit.Wrong, a.env.Format.Err(d.err))
	}
	if a.seen == 0 {
		a.seen = d.version
	}
	a.take(d.desk.Store)
	a.env.Names = d.desk.Names
	return a.tell(screen.DeskMsg{Desk: d.desk})
}

// take takes over a store as it now stands: its language, unless another was
// asked for, its way of writing and its colours.
func (a *App) take(s engine.Store) {
	a.store = s
	w, err := words.For(cmp.Or(a.opt.Lang, s.Language))
	if err != nil {
		return
	}
	f, err := words.NewFormat(w, s.Country, s.Currency, s.Zone())
	if err != nil {
		return
	}
	a.env.Words, a.env.Format = w, f
	a.dress(s.Settings[engine.SetTheme])
}

// dress chooses the theme: what the command asked for, then NO_COLOR, then the
// setting, then what the terminal tells.
func (a *App) dress(setting string) {
	theme := kit.ThemeFor(a.opt.Getenv)
	if named, ok := kit.ThemeNamed(setting); ok && theme != kit.Mono {
		theme = named
	}
	if a.opt.Plain {
		theme = kit.Plain
	}
	if a.env.Styles != nil && a.env.Styles.Theme == theme {
		return
	}
	r := a.renderer()
	if theme == kit.Mono && a.opt.Getenv("NO_COLOR") != "" {
		r.SetColorProfile(termenv.Ascii)
	}
	a.env.Styles = kit.NewStyles(r, theme)
}

func (a *App) renderer() *lipgloss.Renderer {
	switch {
	case a.opt.Renderer != nil:
		return a.opt.Renderer
	case a.opt.Output != nil:
		return lipgloss.NewRenderer(a.opt.Output)
	}
	return lipgloss.NewRenderer(os.Stdout)
}
