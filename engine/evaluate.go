package engine

import "sort"

// Evaluate prices a sale: first the value the customer holds is taken off,
// then what was really paid earns. It is a pure function; the order of offers
// does not matter.
func Evaluate(sale Basket, offers []Offer, f Facts) (Result, error) {
	r := Result{Gross: sale.Amount, Net: sale.Amount}
	if sale.Amount < 0 || sale.Amount > MaxAmount {
		return r, BadInput(CodeAmountTooLarge, "most", MaxAmount, "text", sale.Amount)
	}
	if err := r.redeem(f); err != nil {
		return r, err
	}
	return r, r.earn(sale.Business, offers, f)
}

func (r *Result) redeem(f Facts) error {
	if f.Coupon == nil {
		return nil
	}
	if r.Refused = f.Coupon.Usable(f.Now, f.Customer, f.Register); r.Refused != nil {
		return nil
	}
	takes, err := f.Coupon.Takes(r.Gross, f.Store.Step)
	if err != nil {
		return err
	}
	if takes == 0 {
		r.Refused = Refuse(CodeCouponNothing, "code", ShowCode(f.Coupon.Code))
		return nil
	}
	r.Coupon = &Applied{CouponID: f.Coupon.ID, Code: f.Coupon.Code, Amount: takes}
	r.Discount, r.Net = takes, r.Gross-takes
	return nil
}

func (r *Result) earn(business Day, offers []Offer, f Facts) error {
	ranked := append([]Offer(nil), offers...)
	sort.Slice(ranked, func(i, j int) bool { return outranks(ranked[i], ranked[j]) })
	for _, o := range ranked {
		why, missing := o.fits(r.Net)
		switch {
		case why != "":
			r.Rejected = append(r.Rejected, Rejected{OfferID: o.ID, Title: o.Title, Reason: why, Missing: missing})
		case r.Earned != nil:
			r.Rejected = append(r.Rejected, Rejected{OfferID: o.ID, Title: o.Title, Reason: ReasonOutranked, By: r.Earned.OfferID})
		default:
			earned, err := o.cut(r.Net, business, f)
			if err != nil {
				return err
			}
			r.Earned = earned
		}
	}
	return nil
}

// outranks orders offers: the highest cashback rate first, ties to the older.
func outranks(a, b Offer) bool {
	if a.Rebate.Cashback != b.Rebate.Cashback {
		return a.Rebate.Cashback > b.Rebate.Cashback
	}
	if a.Created != b.Created {
		return a.Created < b.Created
	}
	return string(a.ID[:]) < string(b.ID[:])
}

// fits judges the net amount paid against the offer's range, inclusive at both
// ends.
func (o Offer) fits(net Minor) (why Code, missing Minor) {
	switch {
	case net <= 0:
		return ReasonNothing, 0
	case net < o.Rebate.MinSale:
		return ReasonBelow, o.Rebate.MinSale - net
	case o.Rebate.MaxSale != 0 && net > o.Rebate.MaxSale:
		return ReasonAbove, 0
	}
	return "", 0
}

func (o Offer) cut(net Minor, business Day, f Facts) (*Earning, error) {
	face, err := MulBPStep(net, o.Rebate.Cashback, f.Store.Step, Up)
	if err != nil {
		return nil, err
	}
	zone := f.Store.Zone()
	first, last := business+Day(o.Rebate.ValidAfter), business+Day(o.Rebate.Lifetime) //nolint:gosec // bounded by Terms.Check
	return &Earning{
		OfferID: o.ID, Campaign: o.Title, Terms: o.Rebate, Face: face, MaxDiscount: o.Rebate.MaxDiscount,
		FirstDay: first, LastDay: last, ValidFrom: first.Start(zone), ValidUntil: (last + 1).Start(zone),
	}, nil
}
