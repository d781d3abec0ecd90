// Package cli is the face without a screen: every command of the program.
//
// cli.go runs one command and turns its outcome into an exit status, config.go
// reads flags and environment, session.go opens the file and finds out who
// asks, usage.go words what is wrong with a command line, args.go reads the
// values of flags, print.go writes for people and programs, dto.go and
// dto_*.go hold the JSON answers. Each noun has its file of commands.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
	"bounceback/tui"
	"bounceback/tui/shop"
)

// The exit statuses of every command.
const (
	ExitDone    = 0
	ExitRefused = 1 // by a rule of the shop
	ExitUsage   = 2 // bad usage or input
	ExitFault   = 3 // of the machine
)

// File is an open file of shops.
type File interface {
	shop.Shop
	delivery.Outbox
	delivery.Upkeep
	// NextText gives when the text that is due first in the file goes, and what
	// holds it back: Due and Reason of it alone, zero if none waits.
	NextText(ctx context.Context) (engine.Message, error)
	io.Closer
}

// OpenOptions say which file to open.
type OpenOptions struct {
	DB    string // path
	Key   string // path of the key file; empty: the default beside the database
	Clock func() engine.Instant
}

// Opener opens a file, or makes it.
type Opener func(ctx context.Context, o OpenOptions) (File, error)

// Env is what main hands in: the outside world.
type Env struct {
	Open    Opener
	Counter func(context.Context, tui.Options) error // the screen
	Keys    func(*words.Words) string                // the key table, in Markdown; nil until there is one
	Extra   []func(*Config) *cobra.Command           // commands that live elsewhere

	// Actor is who asks, if that is known: over SSH. Commands then use no file or
	// device of this machine; nil asks as the flags say.
	Actor *engine.Actor

	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Terminal bool // Stderr is a terminal
	Getenv   func(string) string
	Home     func() (string, error)
	OS       string // as runtime.GOOS
	Clock    func() engine.Instant
	Random   func([]byte)
	Version  string
}

// Run runs one command line, without the program's name, and gives its exit
// status.
func Run(ctx context.Context, env Env, args []string) int {
	app := newApp(env, args)
	root := app.root()
	root.SetArgs(args)
	if env.Actor != nil {
		app.confine(root)
	}
	err := root.ExecuteContext(ctx)
	app.close()
	if err == nil {
		return ExitDone
	}
	app.tell(err)
	return exitOf(err)
}

func exitOf(err error) int {
	switch engine.ClassOf(err) {
	case engine.Rule:
		return ExitRefused
	case engine.Input:
		return ExitUsage
	}
	return ExitFault
}

// app is one run of a command.
type app struct {
	Config
	env Env

	file   File
	store  engine.Store
	actor  engine.Actor
	branch string // of the actor's register
	words  *words.Words
	format *words.Format
}

func newApp(env Env, args []string) *app {
	a := &app{env: env}
	a.peek(args)
	a.speak(a.language())
	return a
}

// speak takes the words of a language, and the ways of the store's country
// once the store is known.
func (a *app) speak(lang string) {
	w, err := words.For(lang)
	if err != nil {
		// The catalogue is part of the program: a test reads every language.
		w = &words.Words{}
	}
	a.words = w
	country, currency := a.store.Country, a.store.Currency
	if country == "" {
		country, currency = "US", "USD"
	}
	if f, err := words.NewFormat(w, country, currency, a.store.Zone()); err == nil {
		a.format = f
	}
}

func (a *app) close() {
	if a.file == nil {
		return
	}
	if err := a.file.Close(); err != nil {
		a.tell(err)
	}
	a.file = nil
}

// problem is an error as programs get it.
type problem struct {
	Code    engine.Code `json:"code"`
	Message string      `json:"message"`
	Field   *string     `json:"field,omitempty"` // the place in a file that is at fault
}

// tell writes an error on stderr: a plain sentence, or JSON. Its cause, which
// no sentence holds, is added for whoever looks after the program.
func (a *app) tell(err error) {
	if errors.Is(err, context.Canceled) {
		err = engine.Refuse(CodeInterrupted)
	}
	sentence := a.format.Err(err)
	if a.JSON {
		raw, err := json.Marshal(problem{engine.CodeOf(err), sentence, fieldOf(err)})
		if err == nil {
			_, _ = a.env.Stderr.Write(append(engine.ShownJSON(raw), '\n')) // nobody is left to be told
		}
		return
	}
	a.note("%s", sentence)
}
