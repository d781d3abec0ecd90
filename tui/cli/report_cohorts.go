package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// cohortDTO is a row of report cohorts: how many of the customers who first bought
// in one month bought in another. Months are written 2026-11. What cannot be said
// yet is null.
type cohortDTO struct {
	Cohort    string `json:"cohort"`
	New       int64  `json:"new_customers"`
	Month     string `json:"month"`
	Later     int    `json:"months_later"`
	Customers int64  `json:"customers"`
	Share     *int64 `json:"share_bp"`
	Over      bool   `json:"month_over"`
}

// soonDTO is how many new customers were back soon; those whose time is not over
// are not among them.
type soonDTO struct {
	Cohort string `json:"cohort,omitempty"`
	New    int64  `json:"new_customers"`
	Back   int64  `json:"back"`
	Share  *int64 `json:"back_bp"`
	Low    *int64 `json:"back_low_bp"`
	High   *int64 `json:"back_high_bp"`
}

// cohortsDTO answers report cohorts --json.
type cohortsDTO struct {
	From     string      `json:"from"`
	Through  string      `json:"through"`
	Day      string      `json:"day"`
	SoonDays int         `json:"soon_days"`
	Soon     soonDTO     `json:"soon"`
	SoonOf   []soonDTO   `json:"soon_by_cohort"`
	Cells    []cohortDTO `json:"cells"`
}

func (a *app) reportCohorts() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "cohorts", Args: takes(0, 0),
		Example: "  bounceback report cohorts\n  bounceback report cohorts --from 2026-01-01 --to 2026-10-31 --csv",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		days, err := a.reportDays(ctx, cmd, f)
		if err != nil {
			return err
		}
		r, err := a.file.Cohorts(ctx, a.actor, days.From, days.To)
		if err != nil {
			return err
		}
		d := newCohortsDTO(r)
		return answerReport(a, f, d.Cells, d, a.pen().Cohorts(r))
	})
	f.bindReport(a, cmd, true)
	return cmd
}

func newCohortsDTO(r engine.CohortReport) cohortsDTO {
	d := cohortsDTO{
		From: r.From.String(), Through: r.Through.String(), Day: r.Day.String(), SoonDays: engine.SoonDays, Soon: newSoonDTO(r.SoonOfAll()),
		SoonOf: []soonDTO{}, Cells: []cohortDTO{},
	}
	for _, c := range r.Cohorts {
		if p := r.Soon[c.First]; p.Known() {
			soon := newSoonDTO(p)
			soon.Cohort = c.First.String()
			d.SoonOf = append(d.SoonOf, soon)
		}
		for k, n := range c.Active {
			month := c.First + engine.Month(k) //nolint:gosec // months of a report
			cell := cohortDTO{Cohort: c.First.String(), New: c.Active[0], Month: month.String(), Later: k, Customers: n, Over: r.Over(month)}
			if share := c.Retention(k); share.Known() {
				cell.Share = number(share.BP())
			}
			d.Cells = append(d.Cells, cell)
		}
	}
	return d
}

func newSoonDTO(p engine.Proportion) soonDTO {
	d := soonDTO{New: p.Of, Back: p.Hits}
	if p.Known() {
		low, high := p.Wilson().BP()
		d.Share, d.Low, d.High = number(p.BP()), number(low), number(high)
	}
	return d
}
