package engine

// Outlook is what would come of coupons under a rate of redemption.
type Outlook struct {
	Rate     BP
	Returns  int64
	Off      Minor // what they take off
	Net      Minor // paid in the sales in which they are used
	Texts    Minor
	Gain     Minor // see CouponUse.Gain
	GainSaid bool  // the owner has set a margin
}

// Assumed rates of redemption where too few coupons have ended to know one.
const (
	AssumedLow    BP = 500
	AssumedMiddle BP = GoalConversion
	AssumedHigh   BP = 1500
)

// EnoughUsed is how many coupons must have been used before it is told how
// large the sales were: fewer tell of the customers rather than of the coupons.
const EnoughUsed = 5

// OutlookBasis is by what the outlook of a draft is told.
type OutlookBasis struct {
	// Rates are the rates of redemption, rising: the ends of Wilson's interval of
	// the rate of coupons that have ended, with the rate between them; without
	// Matured they are assumed.
	Rates    []BP
	Matured  bool
	OwnRates bool       // of the campaign itself, otherwise of the shop
	Ended    Proportion // used, of those that have ended

	Measured bool  // Return and Taken are; otherwise each return buys as much, and takes what the terms let it
	OwnUse   bool  // of the campaign itself, otherwise of the shop
	Used     int64 // coupons of which they tell
	Return   BP    // redeeming sales ÷ the sales that earned their coupons: CouponUse.Return
	Taken    BP    // what was taken off ÷ the face of the coupons that were used
}

// Basis tells by what the outlook of a draft is told: by the campaign's own
// coupons where EnoughEnded of them have ended, else by those of the shop, else
// by assumption. So it is with what used coupons took and brought, where
// EnoughUsed were used.
func (s Simulation) Basis(d SimulatedDraft) OutlookBasis {
	b := OutlookBasis{Rates: []BP{AssumedLow, AssumedMiddle, AssumedHigh}}
	for i, of := range []CouponFigures{d.Own, s.Shop} {
		used := of.Ended.Used()
		if used.Of < EnoughEnded {
			continue
		}
		if !b.Matured {
			low, high := used.Wilson().BP()
			b.Matured, b.OwnRates, b.Ended, b.Rates = true, i == 0, used, []BP{low, used.BP(), high}
		}
		if !b.Measured && of.Redeemed >= EnoughUsed {
			b.Measured, b.OwnUse, b.Used = true, i == 0, of.Redeemed
			b.Return, b.Taken = of.Use().Return(), ratio(of.DiscountGiven, of.RedeemedFace)
		}
	}
	return b
}

// Outlook tells what would come of the draft's coupons under a rate of
// redemption, each product rounded half up. Where it was measured what used
// coupons took and brought, the discount is rate × face × taken, at most what
// the terms let such returns take, and the sales are rate × paid × return.
//
// For example, 200 coupons of R$ 5,000.00 from R$ 30,000.00 paid, under 10 %,
// where the shop's returns paid 60 % of the sales before and coupons took 70 % of
// their face: 20 returns, R$ 350.00 taken off and R$ 1,800.00 paid. With a margin
// of 40 % and no texts that leaves 0.4 × 2,150 − 350 = R$ 510.00.
//
// Otherwise each return is taken to buy as much as the sale that earned its
// coupon, and to take off what the terms let it: for example, if all 200 take R$
// 6,000.00 at most: R$ 600.00 taken off, R$ 3,000.00 bought and R$ 2,400.00 paid.
// With a margin of 40 % that leaves 0.4 × 3,000 − 600 = R$ 600.00.
func (d SimulatedDraft) Outlook(rate BP, b OutlookBasis, margin BP, exponent int) (Outlook, error) {
	o := Outlook{Rate: rate, Texts: d.Texts.Cost.Minor(exponent)}
	returns, err := MulBP(Minor(d.Sales), rate, HalfUp)
	if err != nil {
		return o, err
	}
	o.Returns = int64(returns)
	if b.Measured {
		o.Off, o.Net, err = d.measured(rate, b)
	} else {
		o.Off, o.Net, err = d.equal(rate)
	}
	if err == nil && margin > 0 {
		o.GainSaid = true
		o.Gain, err = CouponUse{Off: o.Off, Net: o.Net}.Gain(o.Texts, margin)
	}
	return o, err
}

// measured is what returns take and pay that are like those of the past.
func (d SimulatedDraft) measured(rate BP, b OutlookBasis) (off, net Minor, err error) {
	if off, err = mulTwice(d.Face, rate, b.Taken); err != nil {
		return 0, 0, err
	}
	if net, err = mulTwice(d.Paid, rate, b.Return); err != nil {
		return 0, 0, err
	}
	// A share m of a price leaves 1 − m to pay.
	if most := d.Campaign.Terms.MaxDiscount; most > 0 && most < wholeBP {
		if capped, err := Share(net, Minor(most), wholeBP-Minor(most), HalfUp); err == nil {
			off = min(off, capped)
		}
	}
	return off, net, nil
}

// equal is what returns take and pay that are as large as the sales before.
func (d SimulatedDraft) equal(rate BP) (off, net Minor, err error) {
	if off, err = MulBP(d.Worst, rate, HalfUp); err != nil {
		return 0, 0, err
	}
	bought, err := MulBP(d.Paid, rate, HalfUp)
	return off, max(0, bought-off), err
}

func mulTwice(of Minor, a, b BP) (Minor, error) {
	once, err := MulBP(of, a, HalfUp)
	if err != nil {
		return 0, err
	}
	return MulBP(once, b, HalfUp)
}

// Foresee fills in the outlook of every draft that gives coupons.
func (s *Simulation) Foresee(exponent int) error {
	for i := range s.Drafts {
		d := &s.Drafts[i]
		if d.Likely = nil; !d.Coupons() {
			continue
		}
		b := s.Basis(*d)
		for _, rate := range b.Rates {
			o, err := d.Outlook(rate, b, s.Margin, exponent)
			if err != nil {
				return err
			}
			d.Likely = append(d.Likely, o)
		}
	}
	return nil
}
