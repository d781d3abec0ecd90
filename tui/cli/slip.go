package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/shop"
	"bounceback/tui/slip"
)

// printDTO answers print.
type printDTO struct {
	SaleID string `json:"sale_id"`
	Target string `json:"target"`
}

func (a *app) printCommand() *cobra.Command {
	var to string
	var last bool
	cmd := &cobra.Command{
		Use: "print SALE|--last", Args: takes(0, 1),
		Example: "  bounceback print --last\n  bounceback print POS-88 --to tcp://192.168.0.50:9100",
		PreRunE: func(cmd *cobra.Command, args []string) error {
			if last == (len(args) == 1) {
				return engine.BadInput(CodeUsageArgs, "usage", cmd.UseLine())
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&last, "last", false, "")
	cmd.Flags().StringVar(&to, "to", "", "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		s, err := a.saleOrLast(ctx, args)
		if err != nil {
			return err
		}
		if s, err = a.file.Sale(ctx, a.actor, s.ID); err != nil { // with its lines
			return err
		}
		st := a.store
		if to != "" {
			st.Settings = engine.Settings{
				engine.SetPrinter: to, engine.SetPrinterFormat: st.Settings.Text(engine.SetPrinterFormat),
				engine.SetPrinterWidth: st.Settings.Text(engine.SetPrinterWidth),
			}
		}
		if err := PrintSale(ctx, a.file, a.actor, st, s); err != nil {
			return err
		}
		target := st.Settings.Text(engine.SetPrinter)
		return a.answer(printDTO{s.ID.String(), target}, func() { a.say("%s", a.words.T("cli.printed", "target", target)) })
	})
	return cmd
}

// PrintSale prints the slip of a sale as the settings of its store say, in the
// store's own language.
func PrintSale(ctx context.Context, in shop.Lists, by engine.Actor, st engine.Store, s engine.Sale) error {
	w, err := words.For(st.Language)
	if err != nil {
		return err
	}
	f, err := words.NewFormat(w, st.Country, st.Currency, st.Zone())
	if err != nil {
		return err
	}
	var coupon *engine.Coupon
	if !s.IssuedID.IsZero() {
		c, _, err := in.Coupon(ctx, by, s.IssuedID)
		if err != nil {
			return err
		}
		coupon = &c
	}
	return slip.Print(ctx, slip.Of(st, s, coupon), st.Settings, f)
}
