package engine

import "math"

// z95 leaves 2.5 % of the standard normal distribution above it, so that ± z95
// standard errors make a 95 % interval.
const z95 = 1.959963984540054

// Interval is where a true value lies with 95 % confidence, both ends included.
type Interval struct{ Low, High float64 }

// Holds tells whether a value lies in the interval.
func (i Interval) Holds(x float64) bool { return i.Low <= x && x <= i.High }

// BP is the interval of a rate, or of a difference of rates, in basis points,
// each end rounded to the nearest.
func (i Interval) BP() (low, high BP) { return roundBP(i.Low), roundBP(i.High) }

// Estimate is a value that was estimated, and its 95 % interval.
type Estimate struct {
	Value float64
	Interval
}

// ValueBP is the value of a rate, or of a difference of rates, in basis points.
func (e Estimate) ValueBP() BP { return roundBP(e.Value) }

func roundBP(x float64) BP { return BP(math.Round(x * wholeBP)) }

// Proportion is how many of how many: Hits lies between 0 and Of. Of nobody, 0
// of 0, nothing is known; neither is of counts that contradict each other.
type Proportion struct{ Hits, Of int64 }

// Known tells whether the proportion is of anybody.
func (p Proportion) Known() bool { return p.Of > 0 && p.Hits >= 0 && p.Hits <= p.Of }

// Rate is Hits ÷ Of, 0 if nothing is known.
func (p Proportion) Rate() float64 {
	if !p.Known() {
		return 0
	}
	return float64(p.Hits) / float64(p.Of)
}

// BP is the rate in basis points, rounded half up; 0 if nothing is known.
func (p Proportion) BP() BP {
	if !p.Known() {
		return 0
	}
	bp, _ := Share(wholeBP, Minor(p.Hits), Minor(p.Of), HalfUp) // at most wholeBP
	return BP(bp)
}

// Wilson is the 95 % score interval of the rate: all rates p that the count
// does not contradict, |Hits ÷ Of − p| ≤ z √(p(1−p) ÷ Of). With n = Of, h =
// Hits and z = 1.96 its ends are
//
//	(h + z²/2 ± z √(h(n−h)/n + z²/4)) ÷ (n + z²).
//
// Unlike rate ± 1.96 standard errors it never leaves 0 to 1, and says something
// sensible of 0 of 20: at most 16 %. Of nobody it is 0 to 1.
//
// For example, 81 of 263 is 30.80 %, and the interval 25.53 % to 36.62 %.
//
// Source: E. B. Wilson, Probable inference, the law of succession, and
// statistical inference, J. Am. Stat. Assoc. 22 (1927) 209–212; example from R.
// G. Newcombe, Stat. Med. 17 (1998) 857–872.
func (p Proportion) Wilson() Interval { return p.wilson(z95) }

func (p Proportion) wilson(z float64) Interval {
	if !p.Known() {
		return Interval{0, 1}
	}
	n, h := float64(p.Of), float64(p.Hits)
	middle, half := h+z*z/2, z*math.Sqrt(h*(n-h)/n+z*z/4)
	i := Interval{(middle - half) / (n + z*z), (middle + half) / (n + z*z)}
	if p.Hits == 0 { // exactly, which the square root may miss
		i.Low = 0
	}
	if p.Hits == p.Of {
		i.High = 1
	}
	return i
}

// Minus is the difference of the rates of two groups that share nobody, and
// Newcombe's hybrid score interval of it. With l and u the ends of the Wilson
// intervals of p and q the ends are
//
//	p − q − √((p−lp)² + (uq−q)²)   and   p − q + √((up−p)² + (q−lq)²).
//
// If one group has nobody the difference is 0 and anything from −1 to 1.
//
// For example, 56 of 70 less 48 of 80 is 20 points, and the interval 5.24 to
// 33.39 points.
//
// Source: R. G. Newcombe, Interval estimation for the difference between
// independent proportions: comparison of eleven methods, Stat. Med. 17 (1998)
// 873–890, method 10 and its table II.
func (p Proportion) Minus(q Proportion) Estimate { return p.minus(q, z95) }

func (p Proportion) minus(q Proportion, z float64) Estimate {
	if !p.Known() || !q.Known() {
		return Estimate{Interval: Interval{-1, 1}}
	}
	a, b := p.wilson(z), q.wilson(z)
	d := p.Rate() - q.Rate()
	return Estimate{d, Interval{
		Low:  d - math.Hypot(p.Rate()-a.Low, b.High-q.Rate()),
		High: d + math.Hypot(a.High-p.Rate(), q.Rate()-b.Low),
	}}
}
