package cli

import "github.com/spf13/cobra"

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
		a.initCommand(), a.saleCommands(), a.couponCommands(), a.campaignCommands(), a.customerCommands(), a.productCommands(), a.quoteCommand(), a.messageCommands(), a.deliveryCommands(),
		a.importCommands(), a.exportCommand(), a.reportCommands(), a.auditCommands(), a.alertCommands(), a.checkCommand(), a.backupCommand(),
		a.doctorCommand(), a.sendCommand(), a.devSNSCommand(), a.settingCommands(), a.staffCommands(), a.printCommand(),
		a.keysCommand(), a.deskCommand(), a.completionCommand(), a.demoCommand(), a.serveCommand(),
	)
	for _, extra := range a.env.Extra {
		root.AddCommand(extra(&a.Config))
	}
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, Args: cobra.ArbitraryArgs, RunE: help, Example: "  bounceback help sale record"})
	a.wording(root)
	return root
}
