package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// figuresDTO is one campaign of report campaigns.
type figuresDTO struct {
	CampaignID string `json:"campaign_id"`
	Title      string `json:"title"`
	State      string `json:"state"`
	sumsDTO
	Uses *int64 `json:"offer_uses"` // ever; null of a campaign that gives coupons
	Off  *int64 `json:"offer_taken_off_minor"`
}

// sumsDTO is the figures of some coupons. What cannot be said yet is null.
type sumsDTO struct {
	Issued        int64  `json:"issued"`
	IssuedFace    int64  `json:"issued_face_minor"`
	Redeemed      int64  `json:"redeemed"`
	RedeemedFace  int64  `json:"redeemed_face_minor"`
	Expired       int64  `json:"expired"`
	ExpiredFace   int64  `json:"expired_face_minor"`
	Voided        int64  `json:"voided"`
	VoidedFace    int64  `json:"voided_face_minor"`
	Outstanding   int64  `json:"outstanding"`
	OutstandFace  int64  `json:"outstanding_face_minor"`
	Expected      *int64 `json:"expected_minor"` // of the outstanding face
	DiscountGiven int64  `json:"discount_given_minor"`
	RedeemingNet  int64  `json:"redeeming_net_minor"`
	EarningNet    int64  `json:"earning_net_minor"`
	CostRate      *int64 `json:"given_of_price_before_bp"`
	Return        *int64 `json:"brought_of_earning_bp"`
	OfIssued      int64  `json:"redeemed_of_issued_bp"` // of all, also those still good
	Ended         int64  `json:"ended"`                 // void ones aside
	EndedRedeemed int64  `json:"ended_redeemed"`
	Conversion    *int64 `json:"conversion_bp"` // of those that ended
	Low           *int64 `json:"conversion_low_bp"`
	High          *int64 `json:"conversion_high_bp"`
	Standing      string `json:"goal"`
	Breakage      *int64 `json:"breakage_bp"`
	Texts         int64  `json:"texts"`
	TextCost      int64  `json:"text_cost_micros"`
	Gain          *int64 `json:"gain_minor"` // null while no margin is set
}

func (a *app) reportCampaigns() *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "campaigns", Args: takes(0, 0),
		Example: "  bounceback report campaigns --json\n  bounceback report campaigns --from 2026-10-01 --to 2026-10-31",
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		days, err := a.reportDays(ctx, cmd, f)
		if err != nil {
			return err
		}
		all, err := a.file.CampaignReport(ctx, a.actor, days.From, days.To)
		if err != nil {
			return err
		}
		list := newList(engine.Page[engine.CampaignFigures]{Items: all}, a.figures)
		return answerReport(a, f, list.Items, list, a.pen().Campaigns(all, days.From, days.To))
	})
	f.bindReport(a, cmd, true)
	return cmd
}

func (a *app) figures(f engine.CampaignFigures) figuresDTO {
	d := figuresDTO{CampaignID: f.CampaignID.String(), Title: f.Title, State: string(f.State), sumsDTO: a.sums(f.CouponFigures, f.TextUse)}
	if f.Offer != nil {
		d.Uses, d.Off = number(f.Offer.Uses), number(f.Offer.Off)
	}
	return d
}

func (a *app) sums(f engine.CouponFigures, texts engine.TextUse) sumsDTO {
	d := sumsDTO{
		Issued: f.Issued, IssuedFace: int64(f.IssuedFace),
		Redeemed: f.Redeemed, RedeemedFace: int64(f.RedeemedFace), Expired: f.Expired, ExpiredFace: int64(f.ExpiredFace),
		Voided: f.Voided, VoidedFace: int64(f.VoidedFace), Outstanding: f.Outstanding, OutstandFace: int64(f.OutstandFace),
		DiscountGiven: int64(f.DiscountGiven), RedeemingNet: int64(f.RedeemingNet), EarningNet: int64(f.EarningNet),
		OfIssued: int64(f.Conversion()), Ended: f.Ended.Counted(), EndedRedeemed: f.Ended.Redeemed,
		Standing: string(f.Ended.Standing(engine.GoalConversion)), Texts: texts.Texts, TextCost: int64(texts.TextCost),
	}
	if expected, ok := f.Expected(); ok {
		d.Expected = number(expected)
	}
	if f.Redeemed > 0 {
		d.CostRate, d.Return = number(f.Use().CostRate()), number(f.Use().Return())
	}
	d.Conversion, d.Low, d.High = conversionBP(f.Ended)
	if f.Ended.CountedFace() > 0 {
		d.Breakage = number(f.Ended.Breakage())
	}
	if gain, ok := f.Gain(texts, a.pen().Margin(), a.store.Exponent); ok {
		d.Gain = number(gain)
	}
	return d
}
