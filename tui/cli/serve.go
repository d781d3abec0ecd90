package cli

import (
	"context"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/tui/sshd"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	listen, hostKey string
	idle            time.Duration
	sessions        int
	perKey          int
	unit            bool
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use: "serve", Args: takes(0, 0),
		Example: "  bounceback serve\n  bounceback serve --listen 192.168.0.10:2222 --idle 30m\n  bounceback serve --unit > bounceback.service",
		PreRunE: func(*cobra.Command, []string) error { return f.check() },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.unit {
				return a.unit(f)
			}
			return a.serve(cmd.Context(), f)
		},
	}
	cmd.Flags().StringVar(&f.listen, "listen", sshd.DefaultListen, "")
	cmd.Flags().StringVar(&f.hostKey, "host-key", "", "")
	cmd.Flags().DurationVar(&f.idle, "idle", sshd.DefaultIdle, "")
	cmd.Flags().IntVar(&f.sessions, "sessions", sshd.DefaultSessions, "")
	cmd.Flags().IntVar(&f.perKey, "key-sessions", sshd.DefaultPerKey, "")
	cmd.Flags().BoolVar(&f.unit, "unit", false, "")
	return cmd
}

func (f serveFlags) check() error {
	switch {
	case f.idle < 0:
		return engine.BadInput(CodeUsageBad, "flag", "--idle", "value", f.idle.String())
	case f.sessions < 1 || f.sessions > 1000:
		return engine.BadInput(CodeUsageBad, "flag", "--sessions", "value", f.sessions)
	case f.perKey < 1:
		return engine.BadInput(CodeUsageBad, "flag", "--key-sessions", "value", f.perKey)
	}
	return nil
}

// unit prints a systemd unit that serves the file.
func (a *app) unit(f serveFlags) error {
	u := sshd.Unit{DB: a.DB, Key: a.Key, HostKey: f.hostKey, Listen: f.listen}
	for _, path := range []*string{&u.DB, &u.Key, &u.HostKey} {
		if *path == "" {
			continue
		}
		whole, err := filepath.Abs(*path)
		if err != nil {
			return engine.BadInput(sshd.CodeUnitPath, "path", *path)
		}
		*path = whole
	}
	text, err := u.Text()
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.env.Stdout, text)
	return outputFault(err)
}

// serve lets people in over SSH until it is stopped, and sends the texts of all
// stores of the file meanwhile.
func (a *app) serve(ctx context.Context, f serveFlags) error {
	if err := a.enterAny(ctx); err != nil {
		return err
	}
	if f.hostKey == "" {
		f.hostKey = sshd.HostKeyPath(a.DB)
	}
	sending, stop := context.WithCancel(context.WithoutCancel(ctx))
	wake, sent := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(sent)
		a.sendMeanwhile(sending, wake)
	}()
	err := sshd.Run(ctx, sshd.Options{
		Shop: a.file, HostKey: f.hostKey, Listen: f.listen, Idle: f.idle, Sessions: f.sessions, PerKey: f.perKey,
		Clock: func() time.Time { return time.UnixMilli(int64(a.env.Clock())) }, NewKey: a.newKey, Print: a.printSlip,
		Command: a.commandOf, Wrote: func() { nudge(wake) },
		Ready: func(at net.Addr, key string) {
			a.note("%s", a.words.T("cli.serving", "address", at.String(), "key", key))
		},
		Log: slog.New(slog.NewTextHandler(a.env.Stderr, nil)),
	})
	stop()
	<-sent
	if err == nil {
		a.note("%s", a.words.T("cli.serve_ended"))
	}
	return err
}

func nudge(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// shared is the server's file in the hands of a command, which does not close
// it.
type shared struct{ File }

// Close leaves the file open for the others.
func (shared) Close() error { return nil }

// commandOf runs a command line of somebody who came in over SSH. Nothing of
// the server's environment is theirs.
func (a *app) commandOf(ctx context.Context, by engine.Actor, s sshd.Streams, args []string) int {
	return Run(ctx, Env{
		Open: func(context.Context, OpenOptions) (File, error) { return shared{a.file}, nil }, Keys: a.env.Keys, Actor: &by,
		Stdin: s.In, Stdout: s.Out, Stderr: s.Err, Getenv: a.speaking(ctx, by, s.Getenv), Home: a.env.Home, OS: a.env.OS,
		Clock: a.env.Clock, Random: a.env.Random, Version: a.env.Version,
	}, args)
}

// speaking is an environment in which what is said before the store is known
// is said in its language too.
func (a *app) speaking(ctx context.Context, by engine.Actor, getenv func(string) string) func(string) string {
	lang := ""
	if st, err := a.file.TheStore(ctx, by.StoreID.String()); err == nil {
		lang = st.Language
	}
	return func(name string) string {
		if name == EnvLang {
			return lang
		}
		return getenv(name)
	}
}
