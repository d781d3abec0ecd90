package cli

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// Codes of the command line itself.
const (
	CodeInterrupted engine.Code = "interrupted"
	CodeNoHome      engine.Code = "no_home"    // where the user's data is cannot be found; with cause
	CodeDataDir     engine.Code = "data_dir"   // it cannot be made; with path, cause
	CodeStdin       engine.Code = "stdin_read" // with cause
)

// work makes a command that needs the file, the store and who asks.
func (a *app) work(run func(ctx context.Context, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := a.signIn(cmd.Context()); err != nil {
			return err
		}
		return run(cmd.Context(), args)
	}
}

// open opens the file, which a new one is made for.
func (a *app) open(ctx context.Context) error {
	if a.file != nil {
		return nil
	}
	if err := a.place(); err != nil {
		return err
	}
	f, err := a.env.Open(ctx, OpenOptions{DB: a.DB, Key: a.Key, Clock: a.env.Clock})
	if err != nil {
		return err
	}
	a.file = f
	return nil
}

// place settles where the file is, and makes the default directory.
func (a *app) place() error {
	if a.DB != "" {
		return nil
	}
	home, err := a.env.Home()
	if err != nil {
		return engine.Broken(CodeNoHome, err)
	}
	dir := DataDir(a.env.OS, a.env.Getenv, home)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return engine.Broken(CodeDataDir, err, "path", dir)
	}
	a.DB = filepath.Join(dir, "bounceback.db")
	return nil
}

// enter opens the file and finds the store. A file that is not there is not
// made: its name may be mistyped.
func (a *app) enter(ctx context.Context) error {
	if err := a.place(); err != nil {
		return err
	}
	if _, err := os.Stat(a.DB); errors.Is(err, fs.ErrNotExist) && !strings.Contains(a.DB, "://") {
		return engine.Refuse(engine.CodeNoStore)
	}
	if err := a.open(ctx); err != nil {
		return err
	}
	s, err := a.file.TheStore(ctx, a.Store)
	if err != nil {
		return err
	}
	a.store = s
	a.speak(a.language())
	return nil
}

// signIn finds out who asks. In a store without PINs that is the owner.
func (a *app) signIn(ctx context.Context) error {
	if a.env.Actor != nil {
		return a.enterAs(ctx, *a.env.Actor)
	}
	if err := a.enter(ctx); err != nil {
		return err
	}
	all, err := a.file.Staff(ctx, a.store.ID, false)
	if err != nil {
		return err
	}
	who, err := a.whoAsks(all)
	if err != nil {
		return err
	}
	pin := ""
	if who.HasPIN {
		if pin, err = a.pin(); err != nil {
			return err
		}
		if pin == "" {
			return engine.Refuse(engine.CodePINNeeded)
		}
	}
	return a.atTill(ctx, who.ID, pin)
}

// atTill signs a person in at the till that was named, without a name at the
// store's first. One that is not there yet is made for managers, after the PIN:
// who knows none makes none.
func (a *app) atTill(ctx context.Context, who engine.ID, pin string) error {
	register, fresh, err := a.namedTill(ctx)
	if err != nil {
		return err
	}
	if a.actor, err = a.file.SignIn(ctx, a.store.ID, who, register.ID, pin, engine.FromCommand); err != nil {
		return err
	}
	if fresh {
		if !a.actor.Role.May(engine.MaySeeDesk) {
			_, err := a.tillNamed(ctx, a.Register)
			return err
		}
		if register, err = a.file.Register(ctx, a.store.ID, a.Register, ""); err != nil {
			return err
		}
		a.actor.RegisterID, a.actor.Register = register.ID, register.Name
	}
	a.branch = register.Branch
	return nil
}

// namedTill is the till that was named, or the store's first, and whether it is
// still to be made.
func (a *app) namedTill(ctx context.Context) (r engine.Register, fresh bool, err error) {
	name := strings.TrimSpace(a.Register)
	all, err := a.file.Registers(ctx, a.store.ID)
	if err != nil {
		return r, false, err
	}
	if at := slices.IndexFunc(all, func(r engine.Register) bool { return strings.EqualFold(r.Name, name) }); at >= 0 {
		return all[at], false, nil
	}
	r, err = a.file.Register(ctx, a.store.ID, "", "")
	return r, name != "", err
}

func (a *app) whoAsks(all []engine.Staff) (engine.Staff, error) {
	if a.Staff != "" {
		return findStaff(all, a.Staff)
	}
	if slices.ContainsFunc(all, func(s engine.Staff) bool { return s.HasPIN }) || len(all) == 0 {
		return engine.Staff{}, engine.Refuse(engine.CodePINNeeded)
	}
	return all[0], nil
}

// findStaff finds a person by id or by name, written as it is or folded.
func findStaff(all []engine.Staff, name string) (engine.Staff, error) {
	fold := strings.Join(engine.FoldWords(name), " ")
	for _, s := range all {
		if s.ID.String() == name || s.Name == name {
			return s, nil
		}
	}
	for _, s := range all {
		if fold != "" && strings.Join(engine.FoldWords(s.Name), " ") == fold {
			return s, nil
		}
	}
	return engine.Staff{}, engine.Refuse(engine.CodeStaffUnknown)
}

// pin is the PIN of who asks: never a flag's value, which others could see in
// the list of processes.
func (a *app) pin() (string, error) {
	if a.PINStdin {
		return a.inputLine()
	}
	return a.env.Getenv(EnvPIN), nil
}

// inputLine reads one line of stdin, byte by byte so that what follows is left
// for the next.
func (a *app) inputLine() (string, error) {
	in, ok := a.env.Stdin.(*bufio.Reader)
	if !ok {
		in = bufio.NewReader(a.env.Stdin)
		a.env.Stdin = in
	}
	line, err := in.ReadString('\n')
	if err != nil && line == "" {
		return "", engine.Broken(CodeStdin, err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
