package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine/words"
)

// root makes the tree of commands.
func (a *app) root() *cobra.Command {
	cobra.MousetrapHelpText = "" // a double click on Windows opens the counter
	root := &cobra.Command{
		Use: "bounceback", SilenceErrors: true, SilenceUsage: true, Version: a.env.Version, Args: cobra.ArbitraryArgs,
		Example: "  bounceback\n  bounceback --db shop.db\n  bounceback sale record --phone '(11) 98765-4321' --amount 180,00",
		RunE:    a.counter,
	}
	a.bind(root.PersistentFlags(), a)
	root.SetFlagErrorFunc(flagError)
	root.SetIn(a.env.Stdin)
	root.SetOut(a.env.Stdout)
	root.SetErr(a.env.Stderr)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(
		a.initCommand(), a.saleCommands(), a.couponCommands(), a.campaignCommands(), a.customerCommands(), a.messageCommands(),
		a.importCommands(), a.exportCommand(), a.reportCommands(), a.auditCommands(), a.checkCommand(), a.backupCommand(),
		a.doctorCommand(), a.sendCommand(), a.devSNSCommand(), a.settingCommands(), a.staffCommands(), a.printCommand(),
		a.keysCommand(), a.completionCommand(), a.demoCommand(),
	)
	for _, extra := range a.env.Extra {
		root.AddCommand(extra(&a.Config))
	}
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, Args: cobra.ArbitraryArgs, RunE: help, Example: "  bounceback help sale record"})
	a.wording(root)
	return root
}

func help(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		return unknownCommand(cmd.Root(), strings.Join(args, " "))
	}
	return found.Help()
}

// wording gives every command and flag its words, in the language of the run.
//
// words: cli.cmd.* cli.flag.* cli.help.*
func (a *app) wording(root *cobra.Command) {
	root.SetUsageTemplate(usageTemplate(a.words))
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

// usageTemplate is cobra's with the catalogue's words.
func usageTemplate(w *words.Words) string {
	return strings.NewReplacer(
		"$usage", w.T("cli.help.usage"), "$examples", w.T("cli.help.examples"), "$commands", w.T("cli.help.commands"),
		"$flags", w.T("cli.help.flags"), "$everywhere", w.T("cli.help.everywhere"),
	).Replace(`$usage
  {{.UseLine}}{{if .HasAvailableSubCommands}} …{{end}}
{{if .HasExample}}
$examples
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}
$commands{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
$flags
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
$everywhere
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`)
}
