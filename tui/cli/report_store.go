package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/tui/report"
)

// periodDTO is one row of report store: what happened on some days, what became
// of the coupons issued on them, and how those fared that ended on them. What
// cannot be said yet is null.
type periodDTO struct {
	From            string `json:"from"`
	To              string `json:"to"`
	Sales           int64  `json:"sales"`
	Net             int64  `json:"net_minor"`
	Used            int64  `json:"coupons_used"`
	UsedOff         int64  `json:"discount_given_minor"`
	UsedNet         int64  `json:"brought_minor"`
	UsedEarned      int64  `json:"earning_sales_minor"`
	CostRate        *int64 `json:"given_of_price_before_bp"`
	Return          *int64 `json:"brought_of_earning_bp"`
	Texts           int64  `json:"texts"`
	TextCost        int64  `json:"text_cost_micros"`
	Margin          *int64 `json:"margin_bp"`
	Gain            *int64 `json:"gain_minor"`
	Issued          int64  `json:"issued"`
	IssuedFace      int64  `json:"issued_face_minor"`
	Redeemed        int64  `json:"redeemed"`
	Expired         int64  `json:"expired"`
	Voided          int64  `json:"voided"`
	Outstanding     int64  `json:"outstanding"`
	OutstandingFace int64  `json:"outstanding_face_minor"`
	Ended           int64  `json:"ended"` // void ones aside
	EndedRedeemed   int64  `json:"ended_redeemed"`
	Conversion      *int64 `json:"conversion_bp"` // of those that ended
	Low             *int64 `json:"conversion_low_bp"`
	High            *int64 `json:"conversion_high_bp"`
	Goal            int64  `json:"goal_bp"`
	Standing        string `json:"goal"`
	Breakage        *int64 `json:"breakage_bp"`
}

func (a *app) reportStore() *cobra.Command {
	var f reportFlags
	by := ""
	cmd := &cobra.Command{
		Use: "store", Args: takes(0, 0),
		Example: "  bounceback report store\n  bounceback report store --from 2026-10-01 --to 2026-10-31 --json\n  bounceback report store --by register",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		days, err := a.reportDays(ctx, cmd, f)
		if err != nil {
			return err
		}
		if by != "" {
			return a.reportBy(ctx, f, by, days.From, days.To)
		}
		from, to := engine.SpanTo(days.From, days.To, a.today())
		return a.reportPeriod(ctx, f, from, to)
	})
	f.bindReport(a, cmd, true)
	cmd.Flags().StringVar(&by, "by", "", "")
	return cmd
}

// reportPeriod answers with some days beside those before them.
func (a *app) reportPeriod(ctx context.Context, f reportFlags, from, to engine.Day) error {
	now, err := a.file.Figures(ctx, a.actor, from, to)
	if err != nil {
		return err
	}
	from, to = engine.SpanBefore(from, to)
	was, err := a.file.Figures(ctx, a.actor, from, to)
	if err != nil {
		return err
	}
	days, err := a.file.Days(ctx, a.actor, report.WeeksBefore(now.To), now.To)
	if err != nil {
		return err
	}
	rows := []periodDTO{a.periodDTO(now), a.periodDTO(was)}
	return answerReport(a, f, rows, list[periodDTO]{Items: rows}, a.pen().Period(now, was, days))
}

// sliceDTO is one row of report store --by.
type sliceDTO struct {
	By   string `json:"by"`
	Key  string `json:"key"` // an id, a label (empty: none), or a month as 2026-11
	Name string `json:"name"`
	sumsDTO
}

// reportBy answers with the figures split by something.
func (a *app) reportBy(ctx context.Context, f reportFlags, text string, from, to engine.Day) error {
	by, err := engine.ParseBy(text)
	if err != nil {
		return err
	}
	all, err := a.file.FiguresBy(ctx, a.actor, by, from, to)
	if err != nil {
		return err
	}
	rows := make([]sliceDTO, len(all))
	for i, s := range all {
		rows[i] = sliceDTO{By: string(by), Key: s.Key, Name: s.Name, sumsDTO: a.sums(s.CouponFigures, s.TextUse)}
	}
	return answerReport(a, f, rows, list[sliceDTO]{Items: rows}, a.pen().Slices(by, all, from, to))
}

// csvRows writes rows as CSV under the names of their fields.
func csvRows[D any](a *app, rows []D) error {
	return a.toFile("", func(w io.Writer) error {
		x := newExporter("csv", w)
		var none D
		if err := x.begin(none); err != nil {
			return err
		}
		for _, row := range rows {
			if err := x.row(row); err != nil {
				return err
			}
		}
		return x.end()
	})
}

func (a *app) periodDTO(f engine.Figures) periodDTO {
	i, e := f.Issued, f.Ended
	d := periodDTO{
		From: f.From.String(), To: f.To.String(), Sales: f.Sales, Net: int64(f.Net), Used: f.Used.Coupons, UsedOff: int64(f.Used.Off),
		UsedNet: int64(f.Used.Net), UsedEarned: int64(f.Used.Earned), Texts: f.Texts, TextCost: int64(f.TextCost), Issued: i.Issued,
		IssuedFace: int64(i.IssuedFace), Redeemed: i.Redeemed, Expired: i.Expired, Voided: i.Voided, Outstanding: i.Outstanding,
		OutstandingFace: int64(i.OutstandFace), Ended: e.Counted(), EndedRedeemed: e.Redeemed,
		Goal: int64(engine.GoalConversion), Standing: string(e.Standing(engine.GoalConversion)),
	}
	if f.Used.Coupons > 0 {
		d.CostRate, d.Return = number(f.Used.CostRate()), number(f.Used.Return())
	}
	if gain, ok := f.Gain(a.store.Exponent); ok {
		d.Margin, d.Gain = number(f.Margin), number(gain)
	}
	d.Conversion, d.Low, d.High = conversionBP(e)
	if e.CountedFace() > 0 {
		d.Breakage = number(e.Breakage())
	}
	return d
}

// conversionBP is the conversion of coupons that have ended and its 95 %
// interval; null of none.
func conversionBP(ended engine.CouponCounts) (rate, low, high *int64) {
	used := ended.Used()
	if !used.Known() {
		return nil, nil, nil
	}
	l, h := used.Wilson().BP()
	return number(used.BP()), number(l), number(h)
}
