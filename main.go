// Command bounceback is the terminal companion beside a shop's till: it
// records a sale, issues the coupon for the next one, texts it to the customer
// and redeems it when the customer returns.
//
// This file only introduces the parts to each other. The domain is in engine,
// what is durable in store, the screens and commands in tui.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	_ "bounceback/tui/early" // must be initialised before bubbletea

	"github.com/mattn/go-isatty"

	"bounceback/engine"
	"bounceback/store"
	"bounceback/tui"
	"bounceback/tui/cli"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second signal ends the program at once
	return cli.Run(ctx, cli.Env{
		Open: open, Counter: tui.Run, Keys: tui.Keys, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Terminal: isatty.IsTerminal(os.Stderr.Fd()) || isatty.IsCygwinTerminal(os.Stderr.Fd()),
		Getenv:   os.Getenv, Home: os.UserHomeDir, OS: runtime.GOOS, Version: version,
		Clock:  func() engine.Instant { return engine.InstantOf(time.Now()) },
		Random: func(b []byte) { _, _ = rand.Read(b) }, // it never fails: the program ends instead
	}, os.Args[1:])
}

func open(ctx context.Context, o cli.OpenOptions) (cli.File, error) {
	return store.Open(ctx, o.DB, store.Options{KeyFile: o.Key, Clock: o.Clock})
}

// version is set when a release is built.
var version = "development"
