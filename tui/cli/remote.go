package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine"
	"bounceback/tui/sshd"
)

// CodeFlagNotHere says that a flag is not for commands over SSH; with flag.
const CodeFlagNotHere engine.Code = "flag_not_over_ssh"

// remoteCommands are the commands that can be run over SSH: with all their
// parts. What is not named here is refused.
var remoteCommands = []string{
	"report", "sale", "coupon", "customer", "campaign.list", "campaign.show", "campaign.lint", "message", "quote", "audit", "alert",
	"product.list", "product.show", "staff.list", "settings.list", "keys", "help",
}

// remoteFlags are the flags that a command over SSH cannot have: they say whose
// file is used, and as whom. The key says that.
var remoteFlags = []string{"db", "key-file", "store", "register", "staff", "pin-stdin", "new-pin-stdin", "out", "output"}

// allowedRemotely tells whether a command can be run over SSH.
func allowedRemotely(path string) bool {
	under := func(part string) bool { return path == part || strings.HasPrefix(path, part+".") }
	return slices.ContainsFunc(remoteCommands, under)
}

// confine leaves only the commands that are for people elsewhere: the others
// are not shown in the help, and refused.
func (a *app) confine(root *cobra.Command) {
	walk(root, func(cmd *cobra.Command) {
		path := commandKey(cmd)
		leads := slices.ContainsFunc(remoteCommands, func(c string) bool { return strings.HasPrefix(c, path+".") })
		check := cmd.Args
		switch {
		case cmd == root:
			check = remoteRoot
		case leads && !allowedRemotely(path): // a group of which some parts can be run
		case !allowedRemotely(path):
			cmd.Hidden, cmd.RunE, cmd.PreRunE = true, refusedRemotely, nil
			cmd.DisableFlagParsing = true
			check = cobra.ArbitraryArgs
		}
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := remoteFlag(cmd); err != nil || check == nil {
				return err
			}
			return check(cmd, args)
		}
	})
}

// remoteRoot refuses the program itself: its screens need a terminal, and come
// without a command.
func remoteRoot(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownCommand(cmd, args[0])
	}
	return refusedRemotely(cmd, nil)
}

func refusedRemotely(cmd *cobra.Command, _ []string) error {
	return engine.Refuse(sshd.CodeNotHere, "command", cmd.CommandPath())
}

// remoteFlag finds a flag that cannot be given over SSH.
func remoteFlag(cmd *cobra.Command) error {
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if slices.Contains(remoteFlags, f.Name) || f.Name == "html" && f.Value.String() != "-" {
			err = engine.Refuse(CodeFlagNotHere, "flag", "--"+f.Name)
		}
	})
	return err
}

// noFiles refuses a file of this machine to whoever is not at it.
func (a *app) noFiles(path string) error {
	if a.env.Actor == nil {
		return nil
	}
	return engine.Refuse(CodeFlagNotHere, "flag", path)
}

// enterAs opens the file for somebody who is known.
func (a *app) enterAs(ctx context.Context, by engine.Actor) error {
	if err := a.open(ctx); err != nil {
		return err
	}
	s, err := a.file.TheStore(ctx, by.StoreID.String())
	if err != nil {
		return err
	}
	a.store, a.actor = s, by
	a.speak(a.language())
	return nil
}
