package cli

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/cli/demo"
)

func (a *app) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "demo", Args: takes(0, 0), Example: "  bounceback demo\n  bounceback demo --lang pt-BR",
		RunE: func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context()) },
	}
}

// demo opens the counter on a throw-away shop, which is gone afterwards. What
// --db or the environment name is left alone.
func (a *app) demo(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "bounceback-demo-")
	if err != nil {
		return engine.Broken(CodeDataDir, err, "path", os.TempDir())
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left of it holds nobody's data
	if a.env.Terminal {
		a.note("%s", a.words.T("cli.demo.making"))
	}
	clock := demo.NewClock(a.env.Clock)
	f, err := a.env.Open(ctx, OpenOptions{DB: filepath.Join(dir, "demo.db"), Clock: clock.Now})
	if err != nil {
		return err
	}
	a.file = f
	defer func() {
		a.file = nil
		err = firstOf(err, f.Close())
	}()
	if err := a.makeDemo(ctx, f, clock); err != nil {
		return err
	}
	a.Store, a.Register = "", ""
	screen := a.screen()
	screen.Worker = func(ctx context.Context, wake <-chan struct{}) {
		runWorker(ctx, pretendingWorker(f, a.env.Clock), wake)
	}
	return a.env.Counter(ctx, screen)
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// pretendingWorker settles texts without a carrier, whatever is configured on
// this machine: the numbers of the demo may be somebody's.
func pretendingWorker(o delivery.Outbox, clock func() engine.Instant) *delivery.Worker {
	return delivery.NewWorker(delivery.Options{Outbox: o, Clock: clock, Random: rand.Int64N, Sender: delivery.Console{}})
}

// rehearser is a file that can be filled without waiting for the disk.
type rehearser interface {
	Rehearse(ctx context.Context, random func([]byte), build func() error) error
}

func (a *app) makeDemo(ctx context.Context, f File, clock *demo.Clock) error {
	build := func() error {
		_, err := demo.Build(ctx, demo.Options{
			Shop: f, Clock: clock, Until: a.env.Clock(), Language: a.words.Lang(), Till: DefaultRegister(a.words),
		})
		return err
	}
	if r, ok := f.(rehearser); ok {
		return r.Rehearse(ctx, demo.Random(), build)
	}
	return build()
}
