package sshd

import (
	"context"
	"time"

	"bounceback/engine"
	"bounceback/tui/shop"
)

// CodePrinter says that the printer is set on the server's machine: its target
// can be any file there.
const CodePrinter engine.Code = "printer_over_ssh"

// CodeNotHere says that something is not done over SSH; with command.
const CodeNotHere engine.Code = "not_over_ssh"

// gate is the shop as one key sees it: its own store, without what uses files
// of the server's machine.
type gate struct {
	shop.Shop
	of    engine.KeyHolder
	tries *tries
}

func (g gate) mine(store engine.ID) error {
	if store != g.of.Store.ID {
		return engine.Refuse(engine.CodeStaffUnknown)
	}
	return nil
}

// TheStore is the key's own, whatever is asked for.
func (g gate) TheStore(ctx context.Context, _ string) (engine.Store, error) {
	return g.Shop.TheStore(ctx, g.of.Store.ID.String())
}

// Staff lists the staff of the key's store.
func (g gate) Staff(ctx context.Context, store engine.ID, all bool) ([]engine.Staff, error) {
	if err := g.mine(store); err != nil {
		return nil, err
	}
	return g.Shop.Staff(ctx, store, all)
}

// Register finds a register of the key's store.
func (g gate) Register(ctx context.Context, store engine.ID, name, branch string) (engine.Register, error) {
	if err := g.mine(store); err != nil {
		return engine.Register{}, err
	}
	return g.Shop.Register(ctx, store, name, branch)
}

// CodeNoPIN says that somebody without a PIN cannot come in with another one's
// key; with name.
const CodeNoPIN engine.Code = "no_pin_over_ssh"

// SignIn lets somebody else of the store in by a PIN alone: without one only
// the key's holder, whose key it is, comes in. Wrong PINs count against the
// key.
func (g gate) SignIn(ctx context.Context, store, staff, register engine.ID, pin string, from engine.Origin) (engine.Actor, error) {
	if err := g.mine(store); err != nil {
		return engine.Actor{}, err
	}
	if pin == "" {
		return g.signInWithout(ctx, staff, register, from)
	}
	key := g.of.Key.Fingerprint
	if until := g.tries.take(key); !until.IsZero() {
		return engine.Actor{}, lockedOut(until)
	}
	a, err := g.Shop.SignInBeside(ctx, g.of, staff, register, pin, from)
	if engine.CodeOf(err) != engine.CodePINWrong {
		g.tries.giveBack(key)
		return a, err
	}
	left, until := g.tries.wrong(key)
	if left > 0 {
		return a, engine.Refuse(engine.CodePINWrong, "left", left, "n", left)
	}
	return a, lockedOut(until)
}

func lockedOut(until time.Time) error {
	return engine.Refuse(engine.CodePINLocked, "until", engine.Instant(until.UnixMilli()))
}

func (g gate) signInWithout(ctx context.Context, staff, register engine.ID, from engine.Origin) (engine.Actor, error) {
	store := g.of.Store.ID
	if staff == g.of.Staff.ID {
		return g.Shop.SignIn(ctx, store, staff, register, "", from)
	}
	all, err := g.Shop.Staff(ctx, store, false)
	if err != nil {
		return engine.Actor{}, err
	}
	for _, p := range all {
		if p.ID == staff && !p.HasPIN {
			return engine.Actor{}, engine.Refuse(CodeNoPIN, "name", p.Name)
		}
	}
	return engine.Actor{}, engine.Refuse(engine.CodePINNeeded)
}

// FirstRun is for the machine that has the file.
func (gate) FirstRun(context.Context, engine.Store, string, string, string, string, engine.Origin) (engine.Actor, error) {
	return engine.Actor{}, engine.Refuse(CodeNotHere, "command", "init")
}

// Backup is for the machine that has the file.
func (gate) Backup(context.Context, engine.Actor, string) error {
	return engine.Refuse(CodeNotHere, "command", "backup")
}

// SaveStore keeps the printer as it is: its target may be a file.
func (g gate) SaveStore(ctx context.Context, a engine.Actor, s engine.Store) (engine.Store, error) {
	was, err := g.TheStore(ctx, "")
	if err != nil {
		return engine.Store{}, err
	}
	if was.Settings.Text(engine.SetPrinter) != s.Settings.Text(engine.SetPrinter) {
		return engine.Store{}, engine.Refuse(CodePrinter)
	}
	return g.Shop.SaveStore(ctx, a, s)
}
