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
	var f reportFlags
	cmd := &cobra.Command{
		Use: "repurchase", Args: takes(0, 0),
		Example: "  bounceback report repurchase\n  bounceback report repurchase --from 2026-01-01 --to 2026-06-30 --json",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		days, err := a.reportDays(ctx, cmd, f)
		if err != nil {
			return err
		}
		r, err := a.file.Repurchase(ctx, a.actor, days.From, days.To)
		if err != nil {
			return err
		}
		d := newRepurchaseDTO(r)
		return answerReport(a, f, []repurchaseDTO{d}, repurchaseReportDTO{d, backDTOs(r)}, a.pen().Repurchase(r))
	})
	f.bindReport(a, cmd, true)
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

func backDTOs(r engine.Repurchase) []backDTO {
	out := []backDTO{}
	for _, b := range r.BackWithin() {
		out = append(out, backDTO(b))
	}
	return out
}
