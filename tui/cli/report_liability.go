package cli

import (
	"context"

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

// owedAgeDTO is the open coupons that were issued within one week. The last may
// be all earlier ones, from no day.
type owedAgeDTO struct {
	Ago     int     `json:"weeks_ago"` // 0 is today and the six days before it
	From    *string `json:"from"`
	To      string  `json:"to"`
	Coupons int64   `json:"coupons"`
	Face    int64   `json:"face_minor"`
}

// liabilityDTO answers report liability --json.
type liabilityDTO struct {
	Day           string       `json:"day"`
	Coupons       int64        `json:"coupons"`
	Face          int64        `json:"face_minor"`
	Expected      *int64       `json:"expected_minor"` // null: too few coupons have ended to tell
	Ended         int64        `json:"ended"`          // void ones aside
	EndedRedeemed int64        `json:"ended_redeemed"`
	Conversion    *int64       `json:"conversion_bp"` // of those that ended
	Low           *int64       `json:"conversion_low_bp"`
	High          *int64       `json:"conversion_high_bp"`
	Given         *int64       `json:"given_of_face_bp"` // what ended coupons took off, of their face
	Breakage      *int64       `json:"breakage_bp"`
	Weeks         []owedDTO    `json:"weeks"`
	Ages          []owedAgeDTO `json:"ages"`
}

func (a *app) reportLiability() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "liability", Args: takes(0, 0), Example: "  bounceback report liability\n  bounceback report liability --csv",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		if _, err := a.reportDays(ctx, cmd, f); err != nil {
			return err
		}
		l, err := a.file.Liability(ctx, a.actor)
		if err != nil {
			return err
		}
		d := newLiabilityDTO(l)
		return answerReport(a, f, d.Weeks, d, a.pen().Liability(l))
	})
	f.bindReport(a, cmd, false)
	return cmd
}

func newLiabilityDTO(l engine.Liability) liabilityDTO {
	d := liabilityDTO{
		Day: l.Today.String(), Coupons: l.Coupons, Face: int64(l.Face), Expected: expectedOrNull(l, l.Expected),
		Ended: l.Ended.Counted(), EndedRedeemed: l.Ended.Redeemed, Weeks: make([]owedDTO, 0, len(l.Weeks)), Ages: make([]owedAgeDTO, 0, len(l.Ages)),
	}
	d.Conversion, d.Low, d.High = conversionBP(l.Ended)
	if l.Ended.CountedFace() > 0 {
		d.Given, d.Breakage = number(l.Ended.GivenRate()), number(l.Ended.Breakage())
	}
	for _, w := range l.Weeks {
		d.Weeks = append(d.Weeks, owedDTO{
			Week: w.Week, From: w.From.String(), To: dayText(w.To), Coupons: w.Coupons, Face: int64(w.Face), Expected: expectedOrNull(l, w.Expected),
		})
	}
	for _, age := range l.Ages {
		d.Ages = append(d.Ages, owedAgeDTO{Ago: age.Week - 1, From: dayText(age.From), To: age.To.String(), Coupons: age.Coupons, Face: int64(age.Face)})
	}
	return d
}

func expectedOrNull(l engine.Liability, m engine.Minor) *int64 {
	if !l.Known {
		return nil
	}
	return number(m)
}
