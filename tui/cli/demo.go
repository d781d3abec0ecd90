package cli

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bounceback/engine"
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
	c := Config{DB: filepath.Join(dir, "demo.db"), Lang: a.Lang, Plain: a.Plain, Demo: true}
	if err := a.makeDemo(ctx, c.DB); err != nil {
		return err
	}
	return a.env.Counter(ctx, c)
}

// rehearser is a file that can be filled without waiting for the disk.
type rehearser interface {
	Rehearse(ctx context.Context, random func([]byte), build func() error) error
}

func (a *app) makeDemo(ctx context.Context, path string) (err error) {
	clock := demo.NewClock(a.env.Clock)
	f, err := a.env.Open(ctx, OpenOptions{DB: path, Clock: clock.Now})
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
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
