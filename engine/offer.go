package engine

import "sort"

// Offer is thresholds and a benefit; it knows nothing of campaigns. The one
// benefit so far is the next-sale coupon, a rebate on what was paid.
type Offer struct {
	ID      ID
	Title   string
	Created Instant
	Rebate  Terms
}

// Facts are what Evaluate may know besides the sale: all of it passed in.
type Facts struct {
	Now      Instant
	Store    Store
	Register ID
	Customer ID      // zero: no customer
	Coupon   *Coupon // what the customer wants to redeem; nil: nothing
}

// Priced is the sale as it is rung up: so far one open amount.
type Priced struct {
	Gross    Minor
	Business Day // the sale's business date
}

// Applied is a coupon that takes part of a sale.
type Applied struct {
	CouponID ID
	Code     string
	Amount   Minor
}

// Earning is the coupon a sale earns.
type Earning struct {
	OfferID     ID
	Campaign    string
	Terms       Terms
	Face        Minor
	FirstDay    Day
	LastDay     Day
	ValidFrom   Instant
	ValidUntil  Instant // exclusive
	MaxDiscount BP
}

// Rejected tells why an offer earns nothing on this sale.
type Rejected struct {
	OfferID ID
	Title   string
	Reason  Code
	Missing Minor // with ReasonBelow: what is missing to its least amount
	By      ID    // with ReasonOutranked: the offer that earned instead
}

// Reasons why an offer earned nothing.
const (
	ReasonBelow     Code = "offer_below"     // net paid is under its least amount
	ReasonAbove     Code = "offer_above"     // net paid is over its most amount
	ReasonOutranked Code = "offer_outranked" // another has a higher rate, or is older
	ReasonNothing   Code = "offer_nothing"   // nothing was paid
)

// Result is what Evaluate found, with its own proof: Gross − Discount = Net,
// and every offer either earned or is among the Rejected.
type Result struct {
	Gross    Minor
	Discount Minor
	Net      Minor
	Coupon   *Applied
	Refused  error // why the wanted coupon takes nothing; nil if none was wanted or it applies
	Earned   *Earning
	Rejected []Rejected
}

// Evaluate prices a sale: first the value the customer holds is taken off,
// then what was really paid earns. It is a pure function; the order of offers
// does not matter.
func Evaluate(sale Priced, offers []Offer, f Facts) (Result, error) {
	r := Result{Gross: sale.Gross, Net: sale.Gross}
	if sale.Gross < 0 || sale.Gross > MaxAmount {
		return r, BadInput(CodeAmountTooLarge, "most", MaxAmount, "text", sale.Gross)
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
