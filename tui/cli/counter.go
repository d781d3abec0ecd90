package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui"
)

// counter opens the screen.
func (a *app) counter(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownCommand(cmd, args[0])
	}
	if err := a.open(cmd.Context()); err != nil {
		return err
	}
	return a.env.Counter(cmd.Context(), a.screen())
}

// screen is what the screen is run with.
func (a *app) screen() tui.Options {
	return tui.Options{
		Shop: a.file, Store: a.Store, Register: a.Register, NewKey: a.newKey, Getenv: a.screenEnv, Lang: a.Lang, Plain: a.Plain,
		Clock: func() time.Time { return time.UnixMilli(int64(a.env.Clock())) }, Print: a.printSlip, Worker: a.sendMeanwhile,
	}
}

// screenEnv is the environment with the language that --lang asks for. The
// country stays the one of the machine.
func (a *app) screenEnv(name string) string {
	switch all := a.env.Getenv("LC_ALL"); {
	case a.Lang == "":
	case name == "LC_MESSAGES":
		return a.Lang
	case name == "LC_ALL":
		return ""
	case name == "LC_MONETARY" && all != "":
		return all
	}
	return a.env.Getenv(name)
}

// printSlip prints the slip of a sale of the actor's store.
func (a *app) printSlip(ctx context.Context, by engine.Actor, sale engine.ID) error {
	st, err := a.file.TheStore(ctx, by.StoreID.String())
	if err != nil {
		return err
	}
	s, err := a.file.Sale(ctx, by, sale)
	if err != nil {
		return err
	}
	return PrintSale(ctx, a.file, by, st, s)
}

// sendMeanwhile sends texts while the screen is open. What goes wrong is in
// the rows, which the screen shows.
func (a *app) sendMeanwhile(ctx context.Context, wake <-chan struct{}) {
	runWorker(ctx, newWorker(a.file, a.env.Clock, delivery.Options{}), wake)
}

func runWorker(ctx context.Context, w *delivery.Worker, wake <-chan struct{}) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-wake:
				w.Wake()
			}
		}
	}()
	w.Run(ctx, nil)
}
