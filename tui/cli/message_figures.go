package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

func (a *app) messageFigures() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "figures", Args: takes(0, 0),
		Example: "  bounceback message figures\n  bounceback message figures --from 2026-11-01 --to 2026-11-30 --json",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			span, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			from, to := engine.SpanTo(span.From, span.To, a.today())
			sum, err := a.file.TextFigures(ctx, a.actor, from, to)
			if err != nil {
				return err
			}
			return a.answer(a.textFiguresDTO(sum), func() { a.showTextFigures(sum) })
		}),
	}
	f.bind(cmd, "from", "to")
	return cmd
}

func (a *app) showTextFigures(f engine.TextFigures) {
	w, out, s := a.words, facts{}, a.store.Settings
	count := func(n int64) string { return a.format.Count(int(n)) }
	out.add(w, "days", w.T("cli.range.between", "from", a.format.Date(f.From), "to", a.format.Date(f.To)))
	out.add(w, "texts", count(f.Texts))
	if f.Repeated > 0 {
		out.add(w, "repeated", count(f.Repeated))
	}
	out.add(w, "accepted", count(f.Accepted))
	out.add(w, "delivered", count(f.Delivered))
	out.add(w, "not_delivered", count(f.Failed))
	out.add(w, "unknown", count(f.Unknown))
	out.add(w, "refused", count(f.Refused))
	out.add(w, "parts", count(f.Parts))
	out.add(w, "cost", a.textCost(f))
	out.add(w, "month_limit", a.priceOrEmpty(s.Price(engine.SetTextLimit)))
	out.add(w, "redeemed", count(f.Redeemed))
	out.add(w, "per_redeemed", a.priceOrEmpty(f.PerRedeemed()))
	if f.PaidTexts > 0 {
		out.add(w, "paid", w.N("cli.paid", int(f.PaidTexts), "amount", a.format.PriceIn(f.Paid, carrierCurrency)))
	}
	out.add(w, "due_today", count(f.DueToday))
	out.add(w, "held", count(f.Held))
	a.printFacts(out)
}

// textCost is what texts cost; a shop without a price of a part is told where
// to set it.
func (a *app) textCost(f engine.TextFigures) string {
	if f.Cost == 0 && a.store.Settings.Price(engine.SetTextPrice) == 0 {
		return a.words.T("cli.no_price")
	}
	return a.format.Price(f.Cost)
}
