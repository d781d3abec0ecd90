package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// alertDTO is one alert.
type alertDTO struct {
	AlertID   string  `json:"id"`
	RaisedAt  *string `json:"raised_at"`
	State     string  `json:"state"`
	SettledAt *string `json:"dismissed_at"`
	SettledBy *string `json:"dismissed_by"`
	Reason    *string `json:"reason"`
	standoutDTO
}

func (a *app) alertDTO(l engine.Alert) alertDTO {
	return alertDTO{
		AlertID: l.AlertID.String(), RaisedAt: a.timeText(l.Raised), State: string(l.State), SettledAt: a.timeText(l.Settled),
		SettledBy: text(l.SettledBy), Reason: text(l.Reason), standoutDTO: a.standoutDTO(l.WatchFinding),
	}
}

func (a *app) alertCommands() *cobra.Command {
	cmd := group("alert", a.alertList(), a.alertDismiss())
	cmd.Example = "  bounceback alert list"
	return cmd
}

func (a *app) alertList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback alert list\n  bounceback alert list --state dismissed",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			page, err := a.file.Alerts(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.alertDTO), func() {
				a.showAlerts(page.Items)
				a.more(page.Next)
			})
		}),
	}
	f.bind(cmd, "state")
	f.only(a, cmd, string(engine.AlertOpen), string(engine.AlertDismissed))
	f.state = string(engine.AlertOpen)
	cmd.Flags().Lookup("state").DefValue = f.state
	f.bindPage(cmd)
	return cmd
}

// showAlerts says what stood out, under the ids by which it is dismissed.
func (a *app) showAlerts(all []engine.Alert) {
	if len(all) == 0 {
		a.say("%s", a.words.T("cli.alert.none"))
	}
	p := a.pen()
	for i, l := range all {
		if i > 0 {
			a.say("")
		}
		a.say("%s", joinCells(l.AlertID.String(), a.format.DateTime(l.Raised), p.Span(l.From, l.To)))
		a.say("%s", p.Finding(l.WatchFinding))
		if l.State == engine.AlertDismissed {
			a.say("%s", joinCells(a.format.DateTime(l.Settled), l.SettledBy, l.Reason))
		}
	}
}

func (a *app) alertDismiss() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "dismiss ID", Args: takes(1, 1),
		Example: "  bounceback alert dismiss 019a9b1c-0000-7000-8000-000000000000 --reason 'she trains the new ones'",
		PreRunE: func(cmd *cobra.Command, _ []string) error { return needs(cmd, "reason") },
		RunE: a.work(func(ctx context.Context, args []string) error {
			id, err := engine.ParseID(args[0])
			if err != nil {
				return err
			}
			l, err := a.file.DismissAlert(ctx, a.actor, id, reason)
			if err != nil {
				return err
			}
			return a.answer(a.alertDTO(l), func() { a.showAlerts([]engine.Alert{l}) })
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "")
	return cmd
}
