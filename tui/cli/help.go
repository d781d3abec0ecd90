package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine/words"
)

func help(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return unknownCommand(cmd.Root(), strings.Join(args, " "))
	}
	return found.Help()
}

// wording gives every command and flag its words, in the language of the run.
//
// words: cli.cmd.* cli.flag.*
func (a *app) wording(root *cobra.Command) {
	root.SetUsageFunc(func(cmd *cobra.Command) error { return usage(cmd, cmd.OutOrStdout(), a.words) })
	root.SetHelpTemplate("{{.Short}}\n\n{{.UsageString}}")
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	walk(root, func(cmd *cobra.Command) {
		if cmd.Short == "" {
			cmd.Short = a.words.T("cli.cmd." + commandKey(cmd))
		}
		cmd.DisableFlagsInUseLine = true
		cmd.Flags().BoolP("help", "h", false, "")
		name := func(f *pflag.Flag) {
			if f.Usage == "" {
				f.Usage = a.words.T("cli.flag." + f.Name)
			}
		}
		cmd.LocalFlags().VisitAll(name)
		cmd.PersistentFlags().VisitAll(name)
	})
	root.Flags().BoolP("version", "v", false, a.words.T("cli.flag.version"))
}

// commandKey is "sale.record" for "bounceback sale record".
func commandKey(cmd *cobra.Command) string {
	parts := strings.Fields(cmd.CommandPath())
	if len(parts) == 1 {
		return "root"
	}
	return strings.Join(parts[1:], ".")
}

func walk(cmd *cobra.Command, f func(*cobra.Command)) {
	f(cmd)
	for _, c := range cmd.Commands() {
		walk(c, f)
	}
}

// usage writes how a command is used: cobra's own has English words in it.
func usage(cmd *cobra.Command, out io.Writer, w *words.Words) error {
	var b strings.Builder
	more := ""
	if cmd.HasAvailableSubCommands() {
		more = " …"
	}
	fmt.Fprintf(&b, "%s\n  %s%s\n", w.T("cli.help.usage"), cmd.UseLine(), more)
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\n%s\n%s\n", w.T("cli.help.examples"), cmd.Example)
	}
	var parts [][2]string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			parts = append(parts, [2]string{c.Name(), c.Short})
		}
	}
	section(&b, w.T("cli.help.commands"), parts)
	section(&b, w.T("cli.help.flags"), flagLines(cmd.LocalNonPersistentFlags()))
	everywhere := cmd.InheritedFlags()
	if !cmd.HasParent() {
		everywhere = cmd.PersistentFlags()
	}
	section(&b, w.T("cli.help.everywhere"), flagLines(everywhere))
	_, err := io.WriteString(out, b.String())
	return err
}

// section writes two columns under a heading, unless there is nothing.
func section(b *strings.Builder, heading string, lines [][2]string) {
	if len(lines) == 0 {
		return
	}
	width := 0
	for _, l := range lines {
		width = max(width, len(l[0]))
	}
	fmt.Fprintf(b, "\n%s\n", heading)
	for _, l := range lines {
		fmt.Fprintf(b, "  %-*s  %s\n", width, l[0], l[1])
	}
}

func flagLines(set *pflag.FlagSet) [][2]string {
	var out [][2]string
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if f.Value.Type() != "bool" {
			name += " …"
		}
		out = append(out, [2]string{name, f.Usage})
	})
	return out
}
