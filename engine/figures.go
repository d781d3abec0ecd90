package engine

import "math"

// GoalConversion is the share of coupons that a shop wants to see used: 10 %.
const GoalConversion BP = 1000

// EnoughEnded is how many coupons that are not void must have ended before their
// conversion is told: of fewer, even none used would not speak against the goal. Wilson's
// interval of 0 of n ends at z² ÷ (n + z²), which is 9.9 % for 35.
const EnoughEnded = 35

// CouponCounts are sums over some coupons and their faces. A redeemed coupon is
// one that still is; one given back after a void or return is not.
type CouponCounts struct {
	Issued, Redeemed, Voided             int64
	IssuedFace, RedeemedFace, VoidedFace Minor
	Given                                Minor // what the redeemed ones took off
}

// Counted is how many count: issued and not voided. Nobody could use a coupon
// that is void, so it speaks neither for the coupons nor against them.
func (c CouponCounts) Counted() int64 { return c.Issued - c.Voided }

// CountedFace is the face of those that count.
func (c CouponCounts) CountedFace() Minor { return c.IssuedFace - c.VoidedFace }

// Enough tells whether so many coupons have ended that their conversion can be
// told.
func (c CouponCounts) Enough() bool { return c.Counted() >= EnoughEnded }

// Rest is how many are neither redeemed nor voided: expired if the coupons have
// ended, otherwise good or yet to become so.
func (c CouponCounts) Rest() int64 { return c.Issued - c.Redeemed - c.Voided }

// RestFace is the face of the rest.
func (c CouponCounts) RestFace() Minor { return c.IssuedFace - c.RedeemedFace - c.VoidedFace }

// Used is redeemed ÷ (issued − voided). Of coupons that have ended it is final;
// of others it can still rise, and is no measure yet. For example, of 100 coupons
// 7 were voided and 9 redeemed: 9 of 93.
func (c CouponCounts) Used() Proportion { return Proportion{Hits: c.Redeemed, Of: c.Counted()} }

// Breakage is the face that expired ÷ the face issued and not voided, of coupons
// that have ended, rounded half up; 0 if none have. For example, of R$ 1,000.00
// face R$ 120.00 were redeemed and R$ 30.00 voided: the breakage is 850 ÷ 970,
// 87.63 %.
func (c CouponCounts) Breakage() BP { return ratio(c.RestFace(), c.CountedFace()) }

func (c CouponCounts) less(o CouponCounts) CouponCounts {
	return CouponCounts{
		Issued: c.Issued - o.Issued, Redeemed: c.Redeemed - o.Redeemed, Voided: c.Voided - o.Voided,
		IssuedFace: c.IssuedFace - o.IssuedFace, RedeemedFace: c.RedeemedFace - o.RedeemedFace, VoidedFace: c.VoidedFace - o.VoidedFace,
		Given: c.Given - o.Given,
	}
}

func (c CouponCounts) plus(o CouponCounts) CouponCounts {
	return c.less(CouponCounts{}.less(o))
}

// Standing is how a conversion stands against the goal.
type Standing string

// The standings: words: figures.goal.*
const (
	GoalTooFew Standing = "too_few" // fewer than EnoughEnded coupons have ended, void ones aside
	GoalBelow  Standing = "below"   // the whole 95 % interval is under the goal
	GoalNear   Standing = "near"    // the goal lies in it: it cannot be told
	GoalAbove  Standing = "above"
)

// Standing tells how the conversion of coupons that have ended stands against a
// goal. For example, 39 of 412 is 9.5 %, and Wilson's interval 7.0 to 12.7 %:
// near 10 %.
func (c CouponCounts) Standing(goal BP) Standing {
	if !c.Enough() {
		return GoalTooFew
	}
	switch low, high := c.Used().Wilson().BP(); {
	case high < goal:
		return GoalBelow
	case low > goal:
		return GoalAbove
	}
	return GoalNear
}

// CouponUse is what the redemption of some coupons cost and brought, all as
// recorded at the sales: a later return of part of a sale does not change it,
// and a void or whole return takes it out.
type CouponUse struct {
	Coupons int64
	Off     Minor // what they took off, which may be less than their face
	Net     Minor // net paid in the sales in which they were redeemed
	Earned  Minor // net paid in the sales that had earned them
}

// CostRate is the discount given ÷ the price of the sales before it, in basis
// points rounded half up; 0 if nothing was redeemed. A campaign's cap is a share
// of the same price. For example, R$ 31.00 off and R$ 187.00 paid are 31 ÷ 218,
// 14.22 %.
func (u CouponUse) CostRate() BP { return ratio(u.Off, u.Net+u.Off) }

// Return is the redeeming sales ÷ the sales that earned their coupons, in basis
// points rounded half up; 0 if no coupon was redeemed. The program's aim is
// 10,000: who comes back buys as much as before. For example, R$ 187.00 paid
// with coupons earned by sales of R$ 170.00 are 11,000.
func (u CouponUse) Return() BP { return ratio(u.Net, u.Earned) }

// Gain is what the redeeming sales left over, under a margin: the share of a
// full price that is left when the goods are paid for. With net paid N, coupons
// O and texts T it is
//
//	margin × (N + O) − O − T,
//
// the product rounded half up. It counts every redeeming sale as brought by its
// coupon, so it is the most that the coupons can have gained: what would have
// been bought anyway only a control group can tell.
//
// For example, R$ 187.00 paid and R$ 31.00 off under a margin of 40 % with
// texts of R$ 0.20: 0.4 × 218.00 − 31.00 − 0.20 = R$ 56.00.
func (u CouponUse) Gain(texts Minor, margin BP) (Minor, error) {
	full, err := Add(u.Net, u.Off)
	if err != nil {
		return 0, err
	}
	left, err := MulBP(full, margin, HalfUp)
	if err != nil {
		return 0, err
	}
	return left - u.Off - texts, nil
}

// CouponFigures are the figures of some coupons: issued = redeemed + expired +
// voided + outstanding.
type CouponFigures struct {
	Issued        int64
	IssuedFace    Minor
	Redeemed      int64
	RedeemedFace  Minor
	Expired       int64
	ExpiredFace   Minor
	Voided        int64
	VoidedFace    Minor
	Outstanding   int64 // issued, and not redeemed, expired or voided: pending ones included
	OutstandFace  Minor
	DiscountGiven Minor // what redeemed coupons took off
	RedeemingNet  Minor // net paid in the sales in which they were redeemed
	EarningNet    Minor // net paid in the sales that earned the redeemed ones

	Ended CouponCounts // those of them whose last day is over
}

// NewCouponFigures puts the figures of some coupons together: all of them,
// those whose last day is over, and what their redemption cost and brought.
// What all of them took off is use.Off.
func NewCouponFigures(all, ended CouponCounts, use CouponUse) CouponFigures {
	open := all.less(ended)
	return CouponFigures{
		Issued: all.Issued, IssuedFace: all.IssuedFace, Redeemed: all.Redeemed, RedeemedFace: all.RedeemedFace,
		Expired: ended.Rest(), ExpiredFace: ended.RestFace(), Voided: all.Voided, VoidedFace: all.VoidedFace,
		Outstanding: open.Rest(), OutstandFace: open.RestFace(),
		DiscountGiven: use.Off, RedeemingNet: use.Net, EarningNet: use.Earned, Ended: ended,
	}
}

// Use is what the redemption of the coupons cost and brought.
func (f CouponFigures) Use() CouponUse {
	return CouponUse{Coupons: f.Redeemed, Off: f.DiscountGiven, Net: f.RedeemingNet, Earned: f.EarningNet}
}

// Conversion is redeemed ÷ issued in basis points, rounded half up; 0 if none
// was issued. Coupons that are void or still good count as not redeemed:
// Ended.Used is the conversion of those whose time is over.
func (f CouponFigures) Conversion() BP { return Proportion{Hits: f.Redeemed, Of: f.Issued}.BP() }

// Expected is what of the outstanding face will probably be redeemed; ok tells
// whether enough coupons have ended to say so. See ExpectedFace.
func (f CouponFigures) Expected() (expected Minor, ok bool) {
	return ExpectedFace(f.OutstandFace, f.Ended)
}

// Plus joins the figures of two sets of coupons that share none.
func (f CouponFigures) Plus(o CouponFigures) CouponFigures {
	u, v := f.Use(), o.Use()
	return NewCouponFigures(f.all().plus(o.all()), f.Ended.plus(o.Ended), CouponUse{Off: u.Off + v.Off, Net: u.Net + v.Net, Earned: u.Earned + v.Earned})
}

func (f CouponFigures) all() CouponCounts {
	return CouponCounts{f.Issued, f.Redeemed, f.Voided, f.IssuedFace, f.RedeemedFace, f.VoidedFace, f.DiscountGiven}
}

// CampaignFigures are the figures of the coupons of one campaign.
type CampaignFigures struct {
	CampaignID ID
	Title      string
	State      CampaignState
	CouponFigures
	TextUse
	Offer *OfferUse // of a campaign that gives no coupons; nil of the others
}

// OfferUse is how often an offer was used in sales, ever, and what it took off;
// of gifts what they are worth. What was given back after a void or return may
// be out of it, as the offer says.
type OfferUse struct {
	Uses int64
	Off  Minor
}

// Figures are the plain figures of a store over some days, both included.
// What happened on these days stands beside what became of the coupons that
// were issued on them, and of those that ended on them.
type Figures struct {
	From, To Day

	Sales    int64 // not voided
	Net      Minor // paid for goods, less what came back
	Used     CouponUse
	Texts    int64
	TextCost Micros
	Margin   BP // what the owner says is left of a full price; 0: not said

	Issued CouponFigures // the coupons issued on these days, as of now
	Ended  CouponCounts  // the coupons whose last day was one of these, and is over
}

// Gain is what the coupons used on these days left over, after the texts of
// these days; ok tells whether the owner has set a margin. See CouponUse.Gain.
func (f Figures) Gain(exponent int) (gain Minor, ok bool) {
	if f.Margin == 0 {
		return 0, false
	}
	gain, err := f.Used.Gain(f.TextCost.Minor(exponent), f.Margin)
	return gain, err == nil
}

// ratio is part ÷ whole in basis points, rounded half up; 0 of nothing. It may
// be above one.
func ratio(part, whole Minor) BP {
	if part < 0 || whole <= 0 {
		return 0
	}
	bp, err := Share(wholeBP, part, whole, HalfUp)
	if err != nil || bp > math.MaxInt32 {
		return math.MaxInt32
	}
	return BP(bp)
}
