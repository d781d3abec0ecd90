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
	CostRate        *int64 `json:"given_of_brought_bp"`
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
	Ended           int64  `json:"ended"`
	EndedRedeemed   int64  `json:"ended_redeemed"`
	Conversion      *int64 `json:"conversion_bp"` // of those that ended
	Low             *int64 `json:"conversion_low_bp"`
	High            *int64 `json:"conversion_high_bp"`
	Goal            int64  `json:"goal_bp"`
	Standing        string `json:"goal"`
	Breakage        *int64 `json:"breakage_bp"`
}

func (a *app) reportStore() *cobra.Command {
	var f filterFlags
	var csv bool
	cmd := &cobra.Command{
		Use: "store", Args: takes(0, 0),
		Example: "  bounceback report store\n  bounceback report store --from 2026-10-01 --to 2026-10-31 --json",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		span, err := a.reportSpan(ctx, cmd, f)
		if err != nil {
			return err
		}
		from, to := a.span(span.From, span.To)
		now, err := a.file.Figures(ctx, a.actor, from, to)
		if err != nil {
			return err
		}
		from, to = before(from, to)
		was, err := a.file.Figures(ctx, a.actor, from, to)
		if err != nil {
			return err
		}
		rows := []periodDTO{a.periodDTO(now), a.periodDTO(was)}
		return answerRows(a, csv, rows, list[periodDTO]{Items: rows}, func() { a.showPeriods(now, was) })
	})
	f.bind(cmd, "from", "to")
	cmd.Flags().BoolVar(&csv, "csv", false, "")
	return cmd
}

// reportSpan reads the flags of a report: its days, and one form of answer.
func (a *app) reportSpan(ctx context.Context, cmd *cobra.Command, f filterFlags) (engine.Filter, error) {
	if err := atMostOne(cmd, "json", "csv"); err != nil {
		return engine.Filter{}, err
	}
	span, err := a.filter(ctx, f)
	if err == nil && span.To != 0 && span.To < span.From {
		err = engine.BadInput(CodeUsageBad, "flag", "--to", "value", f.to)
	}
	return span, err
}

// answerRows writes a report: as CSV by its rows, as JSON whole, or by its lines
// for people.
func answerRows[D any](a *app, csv bool, rows []D, whole any, lines func()) error {
	if csv {
		return csvRows(a, rows)
	}
	return a.answer(whole, lines)
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

// before gives the days to compare some days with: of a month, or of its first
// days, the same of the month before; of others as many just before them.
func before(from, to engine.Day) (engine.Day, engine.Day) {
	first, last := from.Date(), to.Date()
	if first.Day() != 1 || first.Month() != last.Month() || first.Year() != last.Year() {
		return from - (to - from + 1), from - 1
	}
	start := engine.DayOf(first.Year(), first.Month()-1, 1)
	if (to + 1).Date().Day() == 1 { // the whole month
		return start, from - 1
	}
	return start, min(start+(to-from), from-1)
}

func (a *app) periodDTO(f engine.Figures) periodDTO {
	i, e := f.Issued, f.Ended
	d := periodDTO{
		From: f.From.String(), To: f.To.String(), Sales: f.Sales, Net: int64(f.Net), Used: f.Used.Coupons, UsedOff: int64(f.Used.Off),
		UsedNet: int64(f.Used.Net), UsedEarned: int64(f.Used.Earned), Texts: f.Texts, TextCost: int64(f.TextCost), Issued: i.Issued,
		IssuedFace: int64(i.IssuedFace), Redeemed: i.Redeemed, Expired: i.Expired, Voided: i.Voided, Outstanding: i.Outstanding,
		OutstandingFace: int64(i.OutstandFace), Ended: e.Issued, EndedRedeemed: e.Redeemed,
		Goal: int64(engine.GoalConversion), Standing: string(e.Standing(engine.GoalConversion)),
	}
	if f.Used.Coupons > 0 {
		d.CostRate, d.Return = number(f.Used.CostRate()), number(f.Used.Return())
	}
	if gain, ok := f.Gain(a.store.Exponent); ok {
		d.Margin, d.Gain = number(f.Margin), number(gain)
	}
	d.Conversion, d.Low, d.High = conversionBP(e)
	if e.IssuedFace > 0 {
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

// comparison is lines of two values beside each other under their days.
type comparison struct {
	a        *app
	t        table
	now, was engine.Figures
}

// line adds a line, labelled by its key in the catalogue under "report.store.".
//
// words: report.store.*
func (c *comparison) line(key string, value func(engine.Figures) string) {
	c.t.add(c.a.words.T("report.store."+key), value(c.now), value(c.was))
}

func (a *app) showPeriods(now, was engine.Figures) {
	c := &comparison{a: a, now: now, was: was}
	days := func(f engine.Figures) string {
		return a.words.T("cli.range.between", "from", a.format.Date(f.From), "to", a.format.Date(f.To))
	}
	c.t = table{names: []string{"", days(now), days(was)}, aligns: []align{left, right, right}}
	c.happened()
	c.ended()
	a.print(c.t)
	a.say("")
	a.say("%s", a.pen().Goal(now.Ended))
	if i := now.Issued; i.Issued > 0 {
		count := func(n int64) string { return a.format.Count(int(n)) }
		a.say("%s", a.words.N("report.store.became", int(i.Issued), "issued", count(i.Issued), "used", count(i.Redeemed), "expired", count(i.Expired),
			"voided", count(i.Voided), "open", count(i.Outstanding), "face", a.format.Money(i.OutstandFace)))
	}
	if now.Margin > 0 {
		a.say("%s", a.words.T("report.store.gain_most", "margin", a.format.Percent(now.Margin)))
	}
}

// happened adds what was sold, issued, used and texted on the days.
func (c *comparison) happened() {
	fm := c.a.format
	count := func(of func(engine.Figures) int64) func(engine.Figures) string {
		return func(f engine.Figures) string { return fm.Count(int(of(f))) }
	}
	money := func(of func(engine.Figures) engine.Minor) func(engine.Figures) string {
		return func(f engine.Figures) string { return fm.Money(of(f)) }
	}
	used := func(of func(engine.CouponUse) engine.BP) func(engine.Figures) string {
		return func(f engine.Figures) string {
			if f.Used.Coupons == 0 {
				return report.Nothing
			}
			return c.a.pen().Whole(of(f.Used))
		}
	}
	c.line("sales", count(func(f engine.Figures) int64 { return f.Sales }))
	c.line("net", money(func(f engine.Figures) engine.Minor { return f.Net }))
	c.line("issued", count(func(f engine.Figures) int64 { return f.Issued.Issued }))
	c.line("used", count(func(f engine.Figures) int64 { return f.Used.Coupons }))
	c.line("given", money(func(f engine.Figures) engine.Minor { return f.Used.Off }))
	c.line("brought", money(func(f engine.Figures) engine.Minor { return f.Used.Net }))
	c.line("cost_rate", used(engine.CouponUse.CostRate))
	c.line("return", used(engine.CouponUse.Return))
	c.line("text_cost", func(f engine.Figures) string { return fm.Price(f.TextCost) })
	if c.now.Margin > 0 {
		c.line("gain", func(f engine.Figures) string {
			gain, _ := f.Gain(c.a.store.Exponent)
			return fm.Money(gain)
		})
	}
}

// ended adds how the coupons fared that ended on the days.
func (c *comparison) ended() {
	c.line("ended", func(f engine.Figures) string { return c.a.format.Count(int(f.Ended.Issued)) })
	c.line("conversion", func(f engine.Figures) string { return c.a.pen().Conversion(f.Ended) })
	c.line("certain", func(f engine.Figures) string { return c.a.pen().Certain(f.Ended) })
	c.line("breakage", func(f engine.Figures) string {
		if f.Ended.Issued < engine.EnoughEnded {
			return report.Nothing
		}
		return c.a.pen().Whole(f.Ended.Breakage())
	})
}
