package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

func (a *app) deliveryCommands() *cobra.Command {
	cmd := group("delivery", a.deliverySync())
	cmd.Example = "  bounceback delivery sync reports.json"
	return cmd
}

func (a *app) deliverySync() *cobra.Command {
	return &cobra.Command{
		Use: "sync FILE", Args: takes(1, 1),
		Example: "  bounceback delivery sync reports.json\n  bounceback delivery sync - --json < reports.json",
		RunE: a.work(func(ctx context.Context, args []string) error {
			in, err := a.input(args[0])
			if err != nil {
				return err
			}
			defer in.Close() //nolint:errcheck // only read
			reports, err := delivery.ReadReports(in)
			if err != nil {
				return err
			}
			done, err := a.file.SyncDeliveries(ctx, a.actor, reports)
			if err != nil {
				return err
			}
			return a.answer(newSyncDTO(len(reports), done), func() { a.showSync(len(reports), done) })
		}),
	}
}

func newSyncDTO(read int, o engine.DeliveryOutcome) syncDTO {
	return syncDTO{
		Read: read, Delivered: o.Delivered, Failed: o.Failed, Known: o.Known, Unmatched: o.Unmatched,
		Paid: int64(o.Paid), PaidCurrency: carrierCurrency,
	}
}

func (a *app) showSync(read int, o engine.DeliveryOutcome) {
	w, f := a.words, facts{}
	f.add(w, "reports", a.format.Count(read))
	f.add(w, "delivered", a.format.Count(o.Delivered))
	f.add(w, "not_delivered", a.format.Count(o.Failed))
	f.add(w, "known", a.format.Count(o.Known))
	f.add(w, "unmatched", a.format.Count(o.Unmatched))
	f.add(w, "paid", a.dollars(o.Paid))
	a.printFacts(f)
}
