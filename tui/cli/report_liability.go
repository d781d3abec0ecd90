package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// owedDTO is one row of report liability: the coupons that end within one week.
// The last may be all later ones, to no day.
type owedDTO struct {
	Week     int     `json:"week"` // 1 is today and the six days after it
	From     string  `json:"from"`
	To       *string `json:"to"`
	Coupons  int64   `json:"coupons"`
	Face     int64   `json:"face_minor"`
	Expected *int64  `json:"expected_minor"`
}

// liabilityDTO answers report liability --json.
type liabilityDTO struct {
	Day           string    `json:"day"`
	Coupons       int64     `json:"coupons"`
	Face          int64     `json:"face_minor"`
	Expected      *int64    `json:"expected_minor"` // null: too few coupons have ended to tell
	Ended         int64     `json:"ended"`
	EndedRedeemed int64     `json:"ended_redeemed"`
	Conversion    *int64    `json:"conversion_bp"` // of those that ended
	Low           *int64    `json:"conversion_low_bp"`
	High          *int64    `json:"conversion_high_bp"`
	Breakage      *int64    `json:"breakage_bp"`
	Weeks         []owedDTO `json:"weeks"`
}

func (a *app) reportLiability() *cobra.Command {
	var csv bool
	cmd := &cobra.Command{
		Use: "liability", Args: takes(0, 0), Example: "  bounceback report liability\n  bounceback report liability --csv",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		if err := atMostOne(cmd, "json", "csv"); err != nil {
			return err
		}
		l, err := a.file.Liability(ctx, a.actor)
		if err != nil {
			return err
		}
		d := newLiabilityDTO(l)
		return answerRows(a, csv, d.Weeks, d, func() { a.showLiability(l) })
	})
	cmd.Flags().BoolVar(&csv, "csv", false, "")
	return cmd
}

func newLiabilityDTO(l engine.Liability) liabilityDTO {
	d := liabilityDTO{
		Day: l.Today.String(), Coupons: l.Coupons, Face: int64(l.Face), Expected: expectedOrNull(l, l.Expected),
		Ended: l.Ended.Issued, EndedRedeemed: l.Ended.Redeemed, Weeks: make([]owedDTO, 0, len(l.Weeks)),
	}
	d.Conversion, d.Low, d.High = conversionBP(l.Ended)
	if l.Ended.IssuedFace > 0 {
		d.Breakage = number(l.Ended.Breakage())
	}
	for _, w := range l.Weeks {
		d.Weeks = append(d.Weeks, owedDTO{
			Week: w.Week, From: w.From.String(), To: dayText(w.To), Coupons: w.Coupons, Face: int64(w.Face), Expected: expectedOrNull(l, w.Expected),
		})
	}
	return d
}

func expectedOrNull(l engine.Liability, m engine.Minor) *int64 {
	if !l.Known {
		return nil
	}
	return number(m)
}

func (a *app) showLiability(l engine.Liability) {
	w := a.words
	if l.Coupons == 0 {
		a.say("%s", w.T("report.liability.none"))
		return
	}
	args := []any{"coupons", a.format.Count(int(l.Coupons)), "face", a.format.Money(l.Face)}
	a.say("%s", w.N("report.liability.owed", int(l.Coupons), args...))
	if l.Known {
		a.say("%s", w.T("report.liability.expected", "expected", a.format.Money(l.Expected), "rate", a.tenthPercent(l.Ended.Used().BP())))
	} else {
		a.say("%s", a.goalSentence(l.Ended))
	}
	a.say("")
	a.showWeeks(l)
}

func (a *app) showWeeks(l engine.Liability) {
	w, t := a.words, table{}
	t.column(w, "week", right)
	t.column(w, "ends_within", left)
	t.column(w, "coupons", right)
	t.column(w, "face", right)
	if l.Known {
		t.column(w, "expected", right)
	}
	for _, o := range l.Weeks {
		ends := w.T("cli.range.from", "from", a.format.Date(o.From))
		if o.To != 0 {
			ends = w.T("cli.range.between", "from", a.format.Date(o.From), "to", a.format.Date(o.To))
		}
		cells := []string{strconv.Itoa(o.Week), ends, a.format.Count(int(o.Coupons)), a.format.Amount(o.Face)}
		if l.Known {
			cells = append(cells, a.format.Amount(o.Expected))
		}
		t.add(cells...)
	}
	a.print(t)
}
