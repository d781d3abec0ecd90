package engine

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/bits"
	"sort"
)

// HeldBack tells whether a customer is in the control group of a campaign: one
// of the share who get no coupon, so that the others can be compared with them.
// The answer hangs on the two ids alone, so every till, offline too, gives the
// same one at every sale; it is as good as drawn by lot, and by another lot for
// every campaign. When the share is raised, those held back stay so. A customer
// who is not known is never held back: whether they return could not be seen.
func HeldBack(campaign, customer ID, share BP) bool {
	if customer.IsZero() {
		return false
	}
	return controlSlot(campaign, customer) < share
}

// controlSlot is evenly spread over 0 to 9999.
func controlSlot(campaign, customer ID) BP {
	key := append([]byte("control"), campaign[:]...)
	sum := sha256.Sum256(append(key, customer[:]...))
	slot, _ := bits.Mul64(binary.BigEndian.Uint64(sum[:8]), wholeBP)
	return BP(slot) //nolint:gosec // below wholeBP
}

// ControlCounts are what became of the customers of a campaign with a control
// group. Each customer counts once, at the first sale that earned a coupon or
// would have, and only when the coupon's lifetime after that sale is over.
// Treated customers count whether or not they used the coupon.
type ControlCounts struct {
	Treated Proportion // got a coupon: came back within its lifetime, of all
	Control Proportion // were held back: came back within the same time, of all

	Held  BP    // share held back by now
	Days  int64 // on how many days all these first sales were made; 0 if the campaign takes no more
	Cost  Minor // of the coupons of the treated: discounts, and texts if they are to count
	Least BP    // least uplift, in points, that the shop would want to see
}

// Verdict is what a control group says of a campaign.
type Verdict string

// The verdicts.
const (
	VerdictBringsBack Verdict = "brings_back" // more come back with the coupon than without
	VerdictNoEffect   Verdict = "no_effect"   // enough customers, and no difference that could not be chance
	VerdictKeepsAway  Verdict = "keeps_away"  // fewer come back with the coupon
	VerdictTooFew     Verdict = "too_few"     // not enough customers yet to tell
)

// ControlReport is what the control group says.
type ControlReport struct {
	Uplift  Estimate // treated rate less control rate, with Newcombe's interval: of 95 %, or wider while it is Early
	Early   bool     // there is not enough data yet, so the interval is that of zEarly
	Extra   Estimate // sales that the coupons brought: uplift × treated
	Each    ExtraCost
	Verdict Verdict
	Wait    ControlWait
}

// ExtraCost is the cost of each sale that the coupons brought, from Low to High
// by the interval of the uplift, rounded half up, down and up. Known is false if
// they brought none; Bounded is false if they may have brought none, so that
// there is no High.
type ExtraCost struct {
	Each, Low, High Minor
	Known, Bounded  bool
}

// ControlWait is how much is missing until there is enough data. Never says that
// there will not be: nobody or everybody is held back, or so few, or Least is so
// little, that a billion customers would not do.
type ControlWait struct {
	Customers int64 // more of them, in both groups together; 0 if there are enough
	Days      int64 // that this takes at the pace so far
	Paced     bool  // the pace is known
	Never     bool
}

// zEarly is how many standard errors a difference must have before there is
// enough data. A report is looked at day by day, and what is beyond 95 % on some
// day is far more often chance than 5 %.
//
// Source: R. Peto et al., Design and analysis of randomized clinical trials
// requiring prolonged observation of each patient, I, Br. J. Cancer 34 (1976)
// 585–612 (after J. L. Haybittle, Br. J. Radiol. 44 (1971) 793–797).
const zEarly = 3

// Report compares the customers who got coupons with those held back.
//
// For example, 1,170 of 9,000 treated and 80 of 1,000 held back came again, and
// the coupons cost 13,950.00: 13 % less 8 % is an uplift of 5 points, with an
// interval of 3.03 to 6.68 points; 450 more sales, 273 to 601; each cost 31.00,
// 23.19 to 51.12. That is so if 4 points are the least to be seen and a tenth is
// held back. If 2 are, 19,235 customers are enough, and 9,235 are missing; the
// interval is that of three standard errors, 1.86 to 7.47 points, in which 0 does
// not lie: it brings them back all the same.
func (c ControlCounts) Report() ControlReport {
	wait := c.wait()
	early := wait != ControlWait{}
	z := z95
	if early {
		z = zEarly
	}
	uplift := c.Treated.minus(c.Control, z)
	n := float64(c.Treated.Of)
	return ControlReport{
		Uplift:  uplift,
		Early:   early,
		Extra:   Estimate{uplift.Value * n, Interval{uplift.Low * n, uplift.High * n}},
		Each:    c.each(uplift),
		Verdict: verdictOf(uplift.Interval, early),
		Wait:    wait,
	}
}

// verdictOf tells of an interval what it says.
func verdictOf(u Interval, early bool) Verdict {
	switch {
	case u.Low > 0:
		return VerdictBringsBack
	case u.High < 0:
		return VerdictKeepsAway
	case early:
		return VerdictTooFew
	}
	return VerdictNoEffect
}

// each divides the cost by the extra sales, (t÷T − k÷K) × T = (tK − kT) ÷ K, in
// whole numbers. The ends of the uplift, which are statistics, are taken to
// millionths, outwards.
func (c ControlCounts) each(uplift Estimate) ExtraCost {
	extra := c.Treated.Hits*c.Control.Of - c.Control.Hits*c.Treated.Of
	each, err := Share(c.Cost, Minor(c.Control.Of), Minor(extra), HalfUp)
	if err != nil || uplift.Value <= 0 {
		return ExtraCost{}
	}
	cost := ExtraCost{Each: each, Known: true}
	cost.Low, _ = c.over(int64(math.Ceil(uplift.High*millionths)), Down)
	cost.High, cost.Bounded = c.over(int64(math.Floor(uplift.Low*millionths)), Up)
	return cost
}

const millionths = 1_000_000

// over is cost ÷ (uplift × treated), if that is something; uplift in millionths.
func (c ControlCounts) over(uplift int64, mode Rounding) (Minor, bool) {
	cost, err := Share(c.Cost, millionths, Minor(uplift)*Minor(c.Treated.Of), mode)
	return cost, err == nil
}

// wait tells what is missing until the two groups are as exact together as two
// of the size that controlSize asks for: 1÷K + 1÷T at most what it is there. So
// it does not matter that a group is a little larger than its share.
func (c ControlCounts) wait() ControlWait {
	if c.Held <= 0 || c.Held >= wholeBP || c.Least <= 0 {
		return ControlWait{Never: true}
	}
	held, ratio := float64(c.Held)/wholeBP, float64(wholeBP-c.Held)/float64(c.Held)
	// The rate without coupons, of which little is known at first, by A. Agresti
	// and B. A. Coull, Am. Stat. 52 (1998) 119–126: two more of each kind.
	rate := float64(c.Control.Hits+2) / float64(c.Control.Of+4)
	size := controlSize(rate, float64(c.Least)/wholeBP, ratio)
	missing := sort.Search(mostCustomers, func(more int) bool {
		k := float64(c.Control.Of) + held*float64(more)
		t := float64(c.Treated.Of) + (1-held)*float64(more)
		return 1/k+1/t <= (1+1/ratio)/size
	})
	if missing == mostCustomers {
		return ControlWait{Never: true}
	}
	w := ControlWait{Customers: int64(missing)}
	days, err := Share(Minor(missing), Minor(c.Days), Minor(c.Treated.Of+c.Control.Of), Up)
	if missing > 0 && c.Days > 0 && err == nil {
		w.Days, w.Paced = int64(days), true
	}
	return w
}

// mostCustomers is more than any shop will see, and an int anywhere.
const mostCustomers = 1 << 30

// z80 leaves 80 % of the standard normal distribution below it: the power.
const z80 = 0.8416212335729143

// controlSize is how many customers must be held back, with ratio times as many
// treated, so that an uplift over the control rate is seen at 95 % with a power
// of 80 %. With P the control rate, R that plus the uplift, d the uplift, r the
// ratio, M = (P + rR) ÷ (r + 1):
//
//	m' = (1.96 √((r+1) M(1−M)) + 0.84 √(r P(1−P) + R(1−R)))² ÷ (r d²),
//	m  = m'/4 (1 + √(1 + 2(r+1) ÷ (r m' d)))²,
//
// the second being the correction for continuity.
//
// For example, to see 50 % become 75 % with as many held back as treated takes
// 58 customers in each group before the correction, and 66 after.
//
// Source: J. L. Fleiss, A. Tytun and H. K. Ury, A simple approximation for
// calculating sample sizes for comparing independent proportions, Biometrics 36
// (1980) 343–346.
func controlSize(rate, uplift, ratio float64) float64 {
	with := min(1, rate+uplift)
	d, mean := with-rate, (rate+ratio*with)/(ratio+1)
	root := z95*math.Sqrt((ratio+1)*mean*(1-mean)) + z80*math.Sqrt(ratio*rate*(1-rate)+with*(1-with))
	m := root * root / (ratio * d * d)
	root = 1 + math.Sqrt(1+2*(ratio+1)/(ratio*m*d))
	return m / 4 * root * root
}
