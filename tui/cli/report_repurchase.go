package cli

import (
	"context"
	"math"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// repurchaseDTO answers report repurchase --csv in one line. Days may be halves;
// the low and high ends are those of 95 % intervals. What cannot be said yet is
// null.
type repurchaseDTO struct {
	From         *string  `json:"from"`
	To           string   `json:"to"`
	LastSale     *string  `json:"last_sale"`
	Customers    int64    `json:"customers"`
	CameSecond   int64    `json:"came_second"`
	Gaps         int64    `json:"gaps"`
	Mean         *float64 `json:"mean_days"`
	Median       *float64 `json:"median_days"`
	Usual        *float64 `json:"usual_days"`
	UsualLow     *float64 `json:"usual_low_days"`
	UsualHigh    *float64 `json:"usual_high_days"`
	Redeemed     int64    `json:"redeemed"`
	RedeemedIn   *float64 `json:"redeemed_median_days"`
	Sooner       *int64   `json:"redeemed_sooner"`
	SoonerBP     *int64   `json:"redeemed_sooner_bp"`
	SoonerLowBP  *int64   `json:"redeemed_sooner_low_bp"`
	SoonerHighBP *int64   `json:"redeemed_sooner_high_bp"`
}

// repurchaseReportDTO answers report repurchase --json.
type repurchaseReportDTO struct {
	repurchaseDTO
	Back []backDTO `json:"back_within"`
}

// backDTO is the share of purchases after which the customer was back within
// some days.
type backDTO struct {
	Days int64     `json:"days"`
	Back engine.BP `json:"back_bp"`
	Low  engine.BP `json:"low_bp"`
	High engine.BP `json:"high_bp"`
}

func (a *app) reportRepurchase() *cobra.Command {
	var f filterFlags
	var csv bool
	cmd := &cobra.Command{
		Use: "repurchase", Args: takes(0, 0),
		Example: "  bounceback report repurchase\n  bounceback report repurchase --from 2026-01-01 --to 2026-06-30 --json",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		if err := atMostOne(cmd, "json", "csv"); err != nil {
			return err
		}
		span, err := a.filter(ctx, f)
		if err != nil {
			return err
		}
		if span.To != 0 && span.To < span.From {
			return engine.BadInput(CodeUsageBad, "flag", "--to", "value", f.to)
		}
		r, err := a.file.Repurchase(ctx, a.actor, span.From, span.To)
		if err != nil {
			return err
		}
		if csv {
			return csvRows(a, []repurchaseDTO{newRepurchaseDTO(r)})
		}
		return a.answer(repurchaseReportDTO{newRepurchaseDTO(r), backWithin(r)}, func() { a.showRepurchase(r) })
	})
	f.bind(cmd, "from", "to")
	cmd.Flags().BoolVar(&csv, "csv", false, "")
	return cmd
}

func newRepurchaseDTO(r engine.Repurchase) repurchaseDTO {
	d := repurchaseDTO{
		From: dayText(r.From), To: r.To.String(), LastSale: dayText(r.Last), Customers: r.Waiting, CameSecond: r.Seconds, Gaps: r.Gaps,
		Usual: limitOrNull(r.Usual.Limit), UsualLow: limitOrNull(r.Usual.Low), UsualHigh: limitOrNull(r.Usual.High), Redeemed: r.Redeemed,
	}
	if r.Gaps > 0 {
		d.Mean, d.Median = hundredths(r.Mean), hundredths(r.Median)
	}
	if r.Redeemed > 0 {
		d.RedeemedIn = hundredths(r.RedeemedIn)
	}
	if r.Sooner.Known() {
		low, high := r.Sooner.Wilson().BP()
		d.Sooner, d.SoonerBP, d.SoonerLowBP, d.SoonerHighBP = &r.Sooner.Hits, number(r.Sooner.BP()), number(low), number(high)
	}
	return d
}

// hundredths is a number of days as far as it is worth writing.
func hundredths(days float64) *float64 {
	days = math.Round(days*100) / 100
	return &days
}

func limitOrNull(l engine.Limit) *float64 {
	if !l.Reached {
		return nil
	}
	return hundredths(l.Days)
}

// backAfter are the days after which a report tells how many were back.
var backAfter = []int64{7, 14, 30, 60, 90, 180, 365}

// backWithin gives the shares up to the longest gap: of more days nothing is
// known.
func backWithin(r engine.Repurchase) []backDTO {
	out := []backDTO{}
	for _, days := range backAfter {
		if n := len(r.Curve); n == 0 || r.Curve[0].Days > days || r.Curve[n-1].Days < days {
			continue
		}
		wait := r.Curve.At(days)
		low, high := wait.BP()
		const all = 10_000
		out = append(out, backDTO{Days: days, Back: all - wait.ValueBP(), Low: all - high, High: all - low})
	}
	return out
}

func (a *app) showRepurchase(r engine.Repurchase) {
	w, out := a.words, facts{}
	days := w.T("report.repurchase.until", "to", a.format.Date(r.To))
	if r.From != 0 {
		days = w.T("cli.range.between", "from", a.format.Date(r.From), "to", a.format.Date(r.To))
	}
	out.add(w, "days", days)
	out.add(w, "customers", a.format.Count(int(r.Waiting)))
	out.add(w, "came_second", a.format.Count(int(r.Seconds)))
	out.add(w, "times_again", a.format.Count(int(r.Gaps)))
	a.printFacts(out)
	a.say("")
	a.say("%s", a.usualPeriod(r))
	if r.Gaps > 0 {
		a.say("%s", w.N("report.repurchase.plain", int(r.Waiting), "mean", a.dayCount(r.Mean), "median", a.dayCount(r.Median),
			"waiting", a.format.Count(int(r.Waiting))))
	}
	if back := backWithin(r); len(back) > 0 {
		a.say("")
		a.showBack(back)
		a.say("")
	}
	a.say("%s", a.redemptions(r))
	if r.Last != 0 && r.To-r.Last > longSilent {
		a.note("%s", w.T("report.repurchase.old", "day", a.format.Date(r.Last), "iso", r.Last.String()))
	}
}

// longSilent is after how many days without a sale of a known customer the
// report asks whether sales are missing.
const longSilent = 30

// usualPeriod says in a sentence how long customers take, and how sure that is.
func (a *app) usualPeriod(r engine.Repurchase) string {
	w, u := a.words, r.Usual
	args := []any{"usual", a.dayCount(u.Days), "low", a.wholeDays(u.Low.Days), "high", a.dayCount(u.High.Days)}
	switch {
	case r.Waiting == 0:
		return w.T("report.repurchase.nobody")
	case r.Gaps == 0:
		return w.T("report.repurchase.nobody_again")
	case !u.Reached:
		return w.T("report.repurchase.not_half")
	case !u.High.Reached:
		return w.T("report.repurchase.from", args...)
	case vague(u):
		return w.T("report.repurchase.vague", args...)
	}
	return w.T("report.repurchase.usual", args...)
}

// vague tells whether an interval is so wide that it says little: wider than
// the median itself, and than a week.
func vague(m engine.MedianDays) bool { return m.High.Days-m.Low.Days > max(m.Days, 7) }

func (a *app) redemptions(r engine.Repurchase) string {
	w := a.words
	if r.Redeemed == 0 {
		return w.T("report.repurchase.none_redeemed")
	}
	said := w.N("report.repurchase.redeemed", int(r.Redeemed), "count", a.format.Count(int(r.Redeemed)), "days", a.dayCount(r.RedeemedIn))
	if !r.Sooner.Known() {
		return said
	}
	low, high := r.Sooner.Wilson().BP()
	return said + " " + w.T("report.repurchase.sooner", "sooner", a.format.Count(int(r.Sooner.Hits)), "rate", a.pen().Whole(r.Sooner.BP()),
		"low", a.pen().Whole(low), "high", a.pen().Whole(high))
}

func (a *app) showBack(all []backDTO) {
	w, t := a.words, table{}
	t.column(w, "within", left)
	t.column(w, "came_again", right)
	t.column(w, "certain", left)
	for _, b := range all {
		t.add(a.dayCount(float64(b.Days)), a.pen().Whole(b.Back),
			w.T("cli.range.between", "from", a.pen().Whole(b.Low), "to", a.pen().Whole(b.High)))
	}
	a.print(t)
}

// dayCount writes days as whole ones: "31 days".
func (a *app) dayCount(days float64) string {
	n := int(math.Round(days))
	return a.words.N("cli.days", n, "n", a.format.Count(n))
}

func (a *app) wholeDays(days float64) string { return a.format.Count(int(math.Round(days))) }
