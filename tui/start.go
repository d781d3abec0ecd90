package tui

import (
	"io"
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/screen"
)

// booted is what the program found at its start.
type booted struct {
	store engine.Store
	till  engine.Register
	staff []engine.Staff
	err   error
}

// boot finds the store, this till and who works here.
func (a *App) boot() tea.Cmd {
	opt, ctx, shop := a.opt, a.env.Ctx, a.opt.Shop
	return func() tea.Msg {
		var b booted
		if b.store, b.err = shop.TheStore(ctx, opt.Store); b.err != nil {
			return b
		}
		if b.till, b.err = shop.Register(ctx, b.store.ID, opt.Register, opt.Branch); b.err != nil {
			return b
		}
		b.staff, b.err = shop.Staff(ctx, b.store.ID, false)
		return b
	}
}

func (a *App) gotBooted(b booted) tea.Cmd {
	switch {
	case engine.CodeOf(b.err) == engine.CodeNoStore && a.opt.Store == "":
		a.stage = founding
		setup := screen.NewSetup(a.env, guessCountry(a.opt.Getenv), a.opt.Register)
		a.pages = []screen.Screen{setup}
		return setup.Init()
	case b.err != nil:
		a.stage, a.trouble = broken, b.err
		return nil
	}
	a.till = b.till
	a.take(b.store)
	if !a.opt.Actor.StaffID.IsZero() {
		return a.gotOwner(ownerIn{actor: a.opt.Actor})
	}
	for _, p := range b.staff {
		if p.HasPIN {
			a.stage = running
			a.shut()
			return tea.Batch(a.lock.Init(), a.work(), a.tickSoon())
		}
	}
	return a.signInOwner(b.staff)
}

// ownerIn is the sign-in of the owner of a shop without PINs, or of whoever is
// known already.
type ownerIn struct {
	actor engine.Actor
	err   error
}

func (a *App) signInOwner(staff []engine.Staff) tea.Cmd {
	if len(staff) == 0 {
		a.stage, a.trouble = broken, engine.Refuse(engine.CodeStaffUnknown)
		return nil
	}
	owner, store, till := staff[0], a.store.ID, a.till.ID
	return a.writes.Add(func() tea.Msg {
		actor, err := a.opt.Shop.SignIn(a.env.Ctx, store, owner.ID, till, "", engine.FromCounter)
		return ownerIn{actor: actor, err: err}
	})
}

func (a *App) gotOwner(o ownerIn) tea.Cmd {
	if o.err != nil {
		a.stage, a.trouble = broken, o.err
		return nil
	}
	return tea.Batch(a.gotSignedIn(o.actor), a.work(), a.tickSoon())
}

// gotFounded begins with the shop that was made a moment ago.
func (a *App) gotFounded(msg screen.FoundedMsg) tea.Cmd {
	a.founded = true
	a.who.set(msg.Actor)
	a.till = engine.Register{ID: msg.Actor.RegisterID, Name: msg.Actor.Register}
	a.pages = nil
	return tea.Batch(a.gotSignedIn(msg.Actor), a.work(), a.tickSoon())
}

// gotSignedIn lets a person in: at the counter, or for one thing.
func (a *App) gotSignedIn(actor engine.Actor) tea.Cmd {
	if a.role != nil {
		return a.elevate(actor)
	}
	before := a.who.get().StaffID
	a.who.set(actor)
	a.lock, a.elevated, a.stage = nil, nil, running
	if a.counter == nil {
		a.counter = screen.NewCounter(a.env, screen.Gear{
			NewKey: a.opt.NewKey, After: a.opt.After, Welcome: a.founded,
			Lists:  func() screen.Screen { return screen.NewLists(a.env) },
			Branch: a.till.Branch, Bell: a.bell,
		})
		a.pages = []screen.Screen{a.counter}
		return tea.Batch(a.counter.Init(), a.readDesk(), a.counter.TakeBack(a.opt.Kept), a.openFront())
	}
	if before != actor.StaffID { // what one person had open is not for another
		a.pages = a.pages[:1]
	}
	return a.readDesk()
}

// openFront opens the page that was asked for on top of the counter, unless a
// sale was broken off there.
func (a *App) openFront() tea.Cmd {
	if a.opt.Front != FrontDesk || a.opt.Kept != nil || !a.who.get().Role.May(engine.MaySeeDesk) {
		return nil
	}
	return a.push(screen.NewDesk(a.env))
}

// bell rings the bell of the terminal. The screen is written in whole frames,
// and one byte between two of them disturbs neither.
func (a *App) bell() {
	if a.opt.Bell != nil {
		a.opt.Bell()
		return
	}
	var out io.Writer = os.Stdout
	if a.opt.Output != nil {
		out = a.opt.Output
	}
	_, _ = io.WriteString(out, "\a") // a bell nobody hears changes nothing
}

// work starts the worker that sends texts.
func (a *App) work() tea.Cmd {
	if a.started || a.opt.Worker == nil {
		return nil
	}
	a.started = true
	a.workers.Add(1)
	return func() tea.Msg {
		go func() {
			defer a.workers.Done()
			a.opt.Worker(a.env.Ctx, a.wake)
		}()
		return nil
	}
}

// guessCountry takes the country from the environment: LC_ALL, LC_MONETARY or
// LANG, as in pt_BR.UTF-8; the United States if they tell none.
func guessCountry(getenv func(string) string) engine.Country {
	for _, name := range []string{"LC_ALL", "LC_MONETARY", "LANG"} {
		value, _, _ := strings.Cut(getenv(name), ".")
		if _, code, ok := strings.Cut(value, "_"); ok {
			if c, known := engine.CountryByCode(code); known {
				return c
			}
		}
	}
	c, _ := engine.CountryByCode("US")
	return c
}

// language is the one of the environment, or else the country's.
func language(getenv func(string) string, c engine.Country) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" && value != "C" && value != "POSIX" && !strings.HasPrefix(value, "C.") {
			return value
		}
	}
	return c.Language
}
