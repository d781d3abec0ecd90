// Package tui is the terminal face: the root program that keeps the screens on
// a stack, hands them what people type, and draws the topmost.
//
//	app.go     options, the program and its messages
//	start.go   from the first frame to the counter: first run, sign-in
//	front.go   events: which page gets them; locking, quitting
//	pages.go   the stack of pages, and doing one thing as somebody else
//	change.go  changes of the file, and what follows from the settings
//	reference.go  the README's tables of keys and settings
package tui

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
	"bounceback/tui/shop"
)

// Options are what the program is run with. Shop, NewKey and Clock are needed.
type Options struct {
	Shop shop.Shop

	// Store names the store by title or id; empty is the only one.
	Store string
	// Register and Branch name this till; an empty Register is the store's
	// first one.
	Register, Branch string

	// NewKey makes an idempotency key, another one at each call.
	NewKey func() string
	Clock  kit.Clock

	// Getenv reads the environment, for the language, the country and the
	// colours; nil is an empty environment.
	Getenv func(string) string
	// Lang is the language of the words, whatever the store's is; empty is the
	// store's.
	Lang string
	// Plain is for screen readers: no colours, rules or block art.
	Plain bool

	// Actor is who comes in where that is proven already, as by an SSH key; the
	// zero actor has to sign in.
	Actor engine.Actor
	// Kept is what was rung up when the session before broke off; nil is nothing.
	Kept *screen.Kept
	// Wrote is told of each write that has ended; nil is nobody.
	Wrote func()
	// Front is the page that comes on top after signing in, for who may see it:
	// FrontDesk, or empty for the counter.
	Front string
	// NoFiles tells that the person has no files on this machine.
	NoFiles bool

	// Print prints the slip of a sale; nil is no printer.
	Print func(ctx context.Context, a engine.Actor, sale engine.ID) error
	// Worker sends texts until ctx ends, looking for new ones at each wake; nil
	// is none. It is started once there is a store, and waited for at the end.
	Worker func(ctx context.Context, wake <-chan struct{})

	// Input and Output are the terminal; nil is the program's own.
	Input  io.Reader
	Output io.Writer

	// Renderer tells which colours the terminal has; nil finds out from Output.
	Renderer *lipgloss.Renderer

	// Bell rings when a scan puts nothing on the sale; nil is the terminal's.
	Bell func()

	// After brings a message after a while; nil is tea.Tick.
	After func(time.Duration, tea.Msg) tea.Cmd
}

// FrontDesk is the owner's desk, as Options.Front.
const FrontDesk = "desk"

// stage is how far the program has come.
type stage int

const (
	opening stage = iota
	founding
	running
	broken
)

// App is the root program, a bubbletea model.
type App struct {
	opt   Options
	env   *screen.Env
	who   *person
	store engine.Store
	till  engine.Register

	stage   stage
	width   int
	height  int
	decoder kit.Decoder
	writes  kit.Writes

	pages   []screen.Screen
	counter *screen.Counter
	lock    *screen.SignIn // in front of everything while locked
	role    *roleCheck     // somebody else is asked for, for one thing
	ask     *kit.Confirm   // whether to quit
	trouble error          // why it cannot go on

	elevated *elevation
	quitting bool      // nothing is taken any more; it ends with the last write
	touched  time.Time // the last event of a person
	seen     int64     // the last answer of Changed
	desks    kit.Seq

	wake    chan struct{}
	workers sync.WaitGroup
	started bool
	founded bool // this run made the shop
}

// New makes the program as it stands before its first message.
func New(ctx context.Context, opt Options) (*App, error) {
	if opt.Getenv == nil {
		opt.Getenv = func(string) string { return "" }
	}
	if opt.After == nil {
		opt.After = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	a := &App{opt: opt, who: &person{}, wake: make(chan struct{}, 1), touched: opt.Clock()}
	a.env = &screen.Env{
		Shop: opt.Shop, Clock: opt.Clock, Ctx: ctx, Writes: &a.writes, NoFiles: opt.NoFiles,
		Store: func() engine.Store { return a.store }, Actor: a.who.get,
	}
	country := guessCountry(opt.Getenv)
	w, err := words.For(language(opt.Getenv, country))
	if err != nil {
		return nil, err
	}
	f, err := words.NewFormat(w, country.Code, country.Currency, nil)
	if err != nil {
		return nil, err
	}
	a.env.Words, a.env.Format = w, f
	a.dress("")
	return a, nil
}

// Run runs the program until the person quits or ctx ends.
func Run(ctx context.Context, opt Options) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a, err := New(ctx, opt)
	if err != nil {
		return err
	}
	// A frame waits for the next tick of the renderer, so that ticks are what
	// a key's answer costs. A tick without a changed frame writes nothing.
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithContext(ctx), tea.WithFPS(120)}
	if opt.Input != nil {
		options = append(options, tea.WithInput(opt.Input))
	}
	if opt.Output != nil {
		options = append(options, tea.WithOutput(opt.Output))
	}
	_, err = tea.NewProgram(a, options...).Run()
	stop()
	a.workers.Wait()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil
	}
	return err
}

// Init reads what the first screen needs; the first frame does not wait for
// it.
func (a *App) Init() tea.Cmd { return a.boot() }

// Update takes a message. What people do goes to front.go, what screens ask
// for to pages.go; the rest goes to the screens.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
		return a, nil
	case tea.KeyMsg:
		return a, tea.Batch(a.events(a.decoder.Read(msg, a.opt.Clock())), a.decoder.Wait())
	case kit.FlushMsg:
		return a, tea.Batch(a.events(a.decoder.Flush(a.opt.Clock())), a.decoder.Wait())
	case kit.WriteDone:
		return a, a.written(msg)
	}
	return a, a.handle(msg)
}

// written takes the end of a write: the next begins, and the worker looks
// whether there are texts to send.
func (a *App) written(msg kit.WriteDone) tea.Cmd {
	select {
	case a.wake <- struct{}{}:
	default:
	}
	if a.opt.Wrote != nil {
		a.opt.Wrote()
	}
	next := a.writes.Done()
	cmd := a.handle(msg.Msg)
	a.lower()
	if a.quitting && a.writes.Pending() == 0 {
		return tea.Quit
	}
	return tea.Batch(next, cmd)
}

// handle takes a message that is no event.
func (a *App) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nil:
		return nil
	case booted:
		return a.gotBooted(msg)
	case screen.FoundedMsg:
		return a.gotFounded(msg)
	case screen.SignedInMsg:
		return a.gotSignedIn(msg.Actor)
	case ownerIn:
		return a.gotOwner(msg)
	case tickMsg:
		return a.tick()
	case polled:
		return a.gotPolled(msg)
	case deskRead:
		return a.gotDesk(msg)
	case LookMsg:
		return a.poll
	case HangUpMsg:
		return a.hangUp()
	}
	return a.asked(msg)
}

// person is the actor signed in; commands read it from their own goroutines.
type person struct {
	mu    sync.Mutex
	actor engine.Actor
}

func (p *person) get() engine.Actor {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.actor
}

func (p *person) set(a engine.Actor) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.actor = a
}
