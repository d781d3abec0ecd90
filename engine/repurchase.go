package engine

// Repurchase is how long customers take to come back, over all customers of a
// store, and how long after the earning sale they redeemed. Days are counted
// between business dates; two sales on one day are 0 days apart.
type Repurchase struct {
	// The figures are of sales from From to To, as things stood at the end of To.
	From, To Day
	Last     Day // on which a known customer bought; 0 if none did

	Gaps    int64 // between one sale of a customer and the next
	Waiting int64 // customers: each has not come again since the last sale
	Seconds int64 // customers whose second sale was in these days

	// Mean and Median are the plain ones of the gaps that ended, 0 without any.
	// They are too low: the longest gaps are those that have not ended.
	Mean, Median float64

	// Usual is the repurchase period: the median with those still waiting taken
	// into account.
	Usual MedianDays
	Curve Curve // share of those who wait longer than so many days

	Redeemed   int64   // coupons
	RedeemedIn float64 // median days from earning sale to redemption, 0 without any

	RedeemedAfter []Bin // coupons by these days, rising

	// Sooner is how many redeemed before the usual median had passed, of all who
	// redeemed; unknown, 0 of 0, while that is not reached. By itself it proves
	// little: a coupon that has expired brings nobody late. The control group
	// tells what coupons do.
	Sooner Proportion
}

// RepurchaseOf works out the figures from counts by days: gaps that ended by a
// next sale, customers by the days since their last sale (each once), and
// coupons by the days from the earning sale to the redemption.
//
// For example, gaps of 10, 20 and 30 days, and three customers who wait 5, 40
// and 60 days: the plain median is 20, but of six spells S(10) = 4/5, S(20) =
// 3/5, S(30) = 2/5, so that the usual period is 30 days. Redemptions after 12
// and 30 days: their median is 21, and one of two came sooner.
//
// Sources: see KaplanMeier.
func RepurchaseOf(gaps, waiting, redeemed []Bin) Repurchase {
	curve := KaplanMeier(gaps, waiting)
	r := Repurchase{
		Gaps: countOf(gaps), Waiting: countOf(waiting),
		Mean: meanOf(gaps), Median: medianOf(gaps),
		Usual: curve.Median(), Curve: curve,
		Redeemed: countOf(redeemed), RedeemedIn: medianOf(redeemed),
	}
	if r.Redeemed > 0 {
		r.RedeemedAfter = sortedBins(redeemed)
	}
	if r.Usual.Reached {
		r.Sooner = Proportion{countBelow(redeemed, r.Usual.Days), r.Redeemed}
	}
	return r
}

// BackBy is the share of purchases after which the customer was back within so
// many days, and its 95 % interval.
type BackBy struct {
	Days            int64
	Back, Low, High BP
}

// BackBy tells it for some days, of which the curve must know something.
func (r Repurchase) BackBy(days int64) BackBy {
	wait := r.Curve.At(days)
	low, high := wait.BP()
	return BackBy{Days: days, Back: wholeBP - wait.ValueBP(), Low: wholeBP - high, High: wholeBP - low}
}

// backAfter are the days for which BackWithin tells how many were back.
var backAfter = []int64{7, 14, 30, 60, 90, 180, 365}

// BackWithin gives the shares after a week to a year, from the shortest gap up to
// the longest: of more days nothing is known.
func (r Repurchase) BackWithin() []BackBy {
	out := []BackBy{}
	for _, days := range backAfter {
		if n := len(r.Curve); n > 0 && r.Curve[0].Days <= days && r.Curve[n-1].Days >= days {
			out = append(out, r.BackBy(days))
		}
	}
	return out
}

func meanOf(bins []Bin) float64 {
	n, sum := int64(0), int64(0)
	for _, b := range bins {
		n, sum = n+max(0, b.Count), sum+b.Value*max(0, b.Count)
	}
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}

// medianOf is the middle value, or the mean of the two in the middle.
func medianOf(bins []Bin) float64 {
	bins = sortedBins(bins)
	n := countOf(bins)
	if n == 0 {
		return 0
	}
	return (float64(nthValue(bins, (n+1)/2)) + float64(nthValue(bins, n/2+1))) / 2
}

// nthValue is the value of the nth from below, from 1 to the count of all, in
// ordered bins.
func nthValue(bins []Bin, n int64) int64 {
	i := 0
	for ; n > bins[i].Count; i++ {
		n -= bins[i].Count
	}
	return bins[i].Value
}

func countBelow(bins []Bin, limit float64) (n int64) {
	for _, b := range bins {
		if float64(b.Value) < limit {
			n += max(0, b.Count)
		}
	}
	return n
}
