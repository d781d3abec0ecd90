package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// tillDTO is one row of report staff: what one person did, or was done at one
// till. The last is the whole shop, whose id is null.
type tillDTO struct {
	ID            *string `json:"id"`
	Name          string  `json:"name"`
	Sales         int64   `json:"sales"`
	Net           int64   `json:"net_minor"`
	Issued        int64   `json:"issued"`
	Redeemed      int64   `json:"redeemed"`
	Voids         int64   `json:"voids"`
	RedeemedVoids int64   `json:"redeemed_voids"`
	Returns       int64   `json:"returns"`
	Typed         int64   `json:"references_typed"`
	NoReference   int64   `json:"references_missing"`
	WrongCodes    int64   `json:"wrong_codes"`
	LastSales     int64   `json:"last_hour_sales"`
	LastRedeemed  int64   `json:"last_hour_redeemed"`
	Splits        int64   `json:"split_sales"`
	RedeemedRate  *int64  `json:"redeemed_bp"` // of the sales
}

// standoutDTO is what stands out. chances is null where the rule knows none, odds
// where chance is not judged; sales are the latest behind it, where no list
// narrows to them.
type standoutDTO struct {
	Rule     string   `json:"rule"`
	Subject  string   `json:"subject"`
	ID       string   `json:"subject_id"`
	Name     string   `json:"name"`
	OtherID  *string  `json:"other_id"`
	Other    *string  `json:"other"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Seen     int64    `json:"seen"`
	Chances  *int64   `json:"chances"`
	Expected int64    `json:"expected_thousandths"`
	Odds     *int64   `json:"odds"`
	Says     string   `json:"says"`
	Sales    []string `json:"sales"`
}

// staffReportDTO answers report staff --json.
type staffReportDTO struct {
	From     string        `json:"from"`
	To       string        `json:"to"`
	By       string        `json:"by"`
	Rows     []tillDTO     `json:"rows"`
	Findings []standoutDTO `json:"findings"`
}

func (a *app) reportStaff() *cobra.Command {
	var f reportFlags
	by := string(engine.WatchStaff)
	cmd := &cobra.Command{
		Use: "staff", Args: takes(0, 0), Example: "  bounceback report staff\n  bounceback report staff --by register --from 2026-11-01",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		days, err := a.reportDays(ctx, cmd, f)
		if err != nil {
			return err
		}
		of, err := choice("--by", by, engine.WatchStaff, engine.WatchTill)
		if err != nil {
			return err
		}
		r, err := a.file.Watch(ctx, a.actor, days.From, days.To)
		if err != nil {
			return err
		}
		d := a.staffReportDTO(r, of)
		return answerReport(a, f, d.Rows, d, a.pen().Staff(r, of == engine.WatchTill))
	})
	f.bindReport(a, cmd, true)
	cmd.Flags().StringVar(&by, "by", by, a.words.T("cli.flag.by_till"))
	return cmd
}

func (a *app) staffReportDTO(r engine.WatchReport, by engine.WatchSubject) staffReportDTO {
	d := staffReportDTO{From: r.From.String(), To: r.To.String(), By: string(by), Findings: make([]standoutDTO, 0, len(r.Findings))}
	rows := r.Staff
	if by == engine.WatchTill {
		rows = r.Registers
	}
	for _, row := range rows {
		d.Rows = append(d.Rows, newTillDTO(row))
	}
	d.Rows = append(d.Rows, newTillDTO(engine.WatchRow{Name: a.words.T("report.staff.store"), WatchCounts: r.Store}))
	for _, f := range r.Findings {
		d.Findings = append(d.Findings, a.standoutDTO(f))
	}
	return d
}

func newTillDTO(r engine.WatchRow) tillDTO {
	d := tillDTO{
		ID: text(r.ID.String()), Name: r.Name, Sales: r.Sales, Net: int64(r.Net), Issued: r.Issued, Redeemed: r.Redeemed, Voids: r.Voids,
		RedeemedVoids: r.RedeemedVoids, Returns: r.Returns, Typed: r.TypedRefs, NoReference: r.NoRefs, WrongCodes: r.Misses,
		LastSales: r.LastSales, LastRedeemed: r.LastRedeemed, Splits: r.Splits,
	}
	if share := (engine.Proportion{Hits: r.Redeemed, Of: r.Sales}); share.Known() {
		d.RedeemedRate = number(share.BP())
	}
	return d
}

func (a *app) standoutDTO(f engine.WatchFinding) standoutDTO {
	d := standoutDTO{
		Rule: string(f.Rule), Subject: string(f.Subject), ID: f.ID.String(), Name: f.Name, OtherID: text(f.OtherID.String()), Other: text(f.Other),
		From: f.From.String(), To: f.To.String(), Seen: f.Hits, Expected: f.Expected, Says: a.pen().Finding(f), Sales: []string{},
	}
	if f.Chances > 0 {
		d.Chances = &f.Chances
	}
	if f.Odds > 0 {
		d.Odds = &f.Odds
	}
	for _, s := range f.Spots {
		if !s.SaleID.IsZero() {
			d.Sales = append(d.Sales, s.SaleID.String())
		}
	}
	return d
}
