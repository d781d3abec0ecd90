package engine

import "slices"

// MaxSimulated is how many drafts are simulated beside each other at most.
const MaxSimulated = 2

// Codes of simulations.
const (
	CodeSimulateMany Code = "simulate_many" // no draft, or more than MaxSimulated; with most
	CodeSimulateSpan Code = "simulate_span" // ends before it begins; with first, last
)

// SimulationRequest asks what drafts would have done with the sales of some
// business dates, both included; a zero day is no bound. Each draft is tried by
// itself, beside the campaigns that are active now and are none of the drafts.
// A draft that is an existing campaign has its id.
type SimulationRequest struct {
	Drafts   []Campaign
	From, To Day
}

// SimulatedFrom is the first of the twelve months up to a last day, which are
// simulated unless told.
func SimulatedFrom(last Day) Day {
	at := last.Date()
	return DayOf(at.Year()-1, at.Month(), at.Day()+1)
}

// Check tells what is wrong with a request, or nil.
func (r SimulationRequest) Check() error {
	if len(r.Drafts) == 0 || len(r.Drafts) > MaxSimulated {
		return BadInput(CodeSimulateMany, "most", MaxSimulated)
	}
	if r.To != 0 && r.To < r.From {
		return BadInput(CodeSimulateSpan, "first", r.From, "last", r.To)
	}
	for _, c := range r.Drafts {
		if err := c.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Simulation is what drafts would have done with past sales.
type Simulation struct {
	From, To Day // as asked
	First    Day // business date of the first sale that was replayed; 0 if there was none
	Last     Day // of the last
	Sales    int64
	Known    int64         // with a customer
	Unpriced int64         // left out: a sale of the past that cannot be priced any more
	Goods    Minor         // what the goods cost, less what came back
	Shop     CouponFigures // of all coupons of the shop up to now
	Margin   BP            // what is left of a full price; 0: not said
	Drafts   []SimulatedDraft
	Others   []Campaign // the active campaigns beside the drafts
}

// SimulatedDraft is what one draft would have done.
type SimulatedDraft struct {
	Campaign  Campaign
	Sales     int64 // in which it would have earned a coupon or points, or applied
	Customers int64 // different ones among them
	Unknown   int64 // of the sales, those without a customer
	Held      int64 // further sales, of customers who are held back for a comparison
	Goods     Minor // of these sales, before discounts
	Paid      Minor // for the goods of these sales, after all discounts

	Face     Minor // of all coupons
	FaceMost Minor // of the largest
	Rounding Minor // of the face: what rounding up to the store's step gave beyond the rate
	Worst    Minor // what the coupons would take if each were used once, on a sale like the one that earned it

	Off    Minor // taken off goods and delivery
	Units  int64 // touched or given
	Points int64

	Near    int64 // sales that missed it by little: see nearMiss
	Lost    []SimulatedRival
	Taken   []SimulatedRival
	Reasons []SimulatedReason
	Months  []SimulatedMonth
	Texts   SimulatedTexts
	Own     CouponFigures // of the campaign's own coupons up to now, if it is an existing one
	Likely  []Outlook     // of coupons, by rising rate
}

// Coupons tells whether the draft gives next-sale coupons: one with each of its
// Sales.
func (d SimulatedDraft) Coupons() bool { return d.Campaign.IssuesCoupons() }

// FaceMean is the average face, rounded half up; 0 without coupons.
func (d SimulatedDraft) FaceMean() Minor {
	if d.Sales == 0 {
		return 0
	}
	mean, _ := Share(d.Face, 1, Minor(d.Sales), HalfUp) // at most Face
	return mean
}

// SimulatedRival is another campaign and in how many sales it was in the way, or
// gave way.
type SimulatedRival struct {
	ID    ID
	Title string
	Sales int64
}

// SimulatedReason is why sales did not earn, and how many.
type SimulatedReason struct {
	Reason Code
	Sales  int64
}

// SimulatedMonth is what a draft would have done in a month.
type SimulatedMonth struct {
	First Day // of the month
	Sales int64
	Hits  int64 // in which it would have earned or applied
	Given Minor // face of the coupons, or what was taken off
}

// SimulatedTexts is what texting the coupons would cost at most: a coupon that
// is used gets no more reminders.
type SimulatedTexts struct {
	Coupons int64  // whose customers may be sent texts, by what they say today
	Each    int    // texts of a coupon, if it is not used
	Parts   int    // of these texts together
	Cost    Micros // of all of them; 0 without a price
}

// Needs are what of a past sale a set of offers looks at, so that the rest need
// not be read.
type Needs struct {
	Lines   bool // goods one by one, and delivery charges
	History bool // the customer's sales before it
	Traits  bool // the customer's groups, tier and birthday
}

// NeedsOf tells what some campaigns look at.
func NeedsOf(campaigns ...Campaign) Needs {
	var n Needs
	for _, c := range campaigns {
		o := c.Offer()
		n.Lines = n.Lines || o.Kind != KindNextCoupon
		n.Lines = n.Lines || slices.ContainsFunc(o.Tiers, func(t Tier) bool { return t.Units > 0 })
		n.threshold(o.When)
	}
	return n
}

func (n *Needs) threshold(t Threshold) {
	rule := t.Expression != ""
	n.Lines = n.Lines || rule || !t.Of.isZero() || t.MinUnits|t.MaxUnits|t.LineUnits != 0 || t.Products != 0
	n.History = n.History || rule || len(t.NthSale) > 0 || t.EveryNth|t.DaysMin|t.DaysMax != 0 || t.NewSince != 0
	n.Traits = n.Traits || rule || len(t.Groups)+len(t.Tiers) > 0 || t.Birthday
	for _, inner := range slices.Concat(t.All, t.Any) {
		n.threshold(inner)
	}
}
