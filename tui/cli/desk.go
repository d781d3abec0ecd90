package cli

import (
	"github.com/spf13/cobra"

	"bounceback/tui"
)

// deskCommand opens the screen with the owner's desk on top.
func (a *app) deskCommand() *cobra.Command {
	return &cobra.Command{
		Use: "desk", Args: takes(0, 0), Example: "  bounceback desk\n  bounceback desk --plain",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.open(cmd.Context()); err != nil {
				return err
			}
			screen := a.screen()
			screen.Front = tui.FrontDesk
			return a.env.Counter(cmd.Context(), screen)
		},
	}
}
