package engine

import "math"

// BinomialTail is the chance of at least k hits in n tries that each hit with
// chance p: the sum of C(n, i) pⁱ (1−p)ⁿ⁻ⁱ over i from k to n. The terms follow
// from each other by their ratio, beginning with the one at k, away from the
// most likely count.
//
// For example, of 25 tries with p = 1/4, at least 15 hit with a chance of
// 0.000215.
func BinomialTail(k, n int64, p float64) float64 {
	switch {
	case k <= 0 || p >= 1:
		return 1
	case k > n || p <= 0:
		return 0
	}
	odds := p / (1 - p)
	if float64(k) <= float64(n)*p { // the other side is the smaller one
		return 1 - tailSum(binomialTerm(k-1, n, p), func(i int64) float64 {
			return float64(k-i) / float64(n-k+1+i) / odds
		}, k-1)
	}
	return tailSum(binomialTerm(k, n, p), func(i int64) float64 {
		return float64(n-k-i+1) / float64(k+i) * odds
	}, n-k)
}

// binomialTerm is C(n, k) pᵏ (1−p)ⁿ⁻ᵏ.
func binomialTerm(k, n int64, p float64) float64 {
	return math.Exp(logFactorial(n) - logFactorial(k) - logFactorial(n-k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
}

// PoissonTail is the chance of at least k events where on average there are
// mean: the sum of e⁻ᵐ mⁱ ÷ i! over i from k.
//
// For example, of 10 on average, at least 20 come with a chance of 0.00345.
func PoissonTail(k int64, mean float64) float64 {
	switch {
	case k <= 0:
		return 1
	case mean <= 0:
		return 0
	case float64(k) <= mean:
		return 1 - tailSum(poissonTerm(k-1, mean), func(i int64) float64 { return float64(k-i) / mean }, k-1)
	}
	return tailSum(poissonTerm(k, mean), func(i int64) float64 { return mean / float64(k+i) }, math.MaxInt64)
}

func poissonTerm(k int64, mean float64) float64 {
	return math.Exp(float64(k)*math.Log(mean) - mean - logFactorial(k))
}

// tailSum adds up to most terms to the first, the i-th of which (from 1) is the
// one before it times ratio(i), until they no longer count.
func tailSum(first float64, ratio func(i int64) float64, most int64) float64 {
	sum, term := first, first
	for i := int64(1); i <= most && term > sum*1e-17; i++ {
		term *= ratio(i)
		sum += term
	}
	return min(sum, 1)
}

// logFactorial is ln n!.
func logFactorial(n int64) float64 {
	l, _ := math.Lgamma(float64(n) + 1)
	return l
}

// Unlike is the chance that one of two had at least so many of the hits of both,
// if hits came to both at the same rate per chance. Of all hits together each
// then falls to the one with chance Of ÷ (Of + the other's Of), so that the
// chance is a binomial tail, and no rate needs to be known. It is exact for
// counts of rare events and on the safe side, that is larger, for shares. Where
// one of them had no chances it is 1: there is nothing to compare.
//
// For example, 15 of 200 beside 10 of 600: of the 25 hits a quarter should fall
// to the former, and at least 15 do with a chance of 0.000215.
//
// Source: J. Przyborowski and H. Wilenski, Homogeneity of results in testing
// samples from Poisson series, Biometrika 31 (1940) 313–323.
func (p Proportion) Unlike(rest Proportion) float64 {
	if p.Of <= 0 || rest.Of <= 0 {
		return 1
	}
	return BinomialTail(p.Hits, p.Hits+rest.Hits, float64(p.Of)/float64(p.Of+rest.Of))
}

// mostOdds bounds what is said of chance: beyond it the model says more than it
// knows.
const mostOdds = 1_000_000_000

// oddsOf is 1 ÷ a chance, that is 1 in so many, at most mostOdds.
func oddsOf(chance float64) int64 {
	if chance*mostOdds <= 1 {
		return mostOdds
	}
	return int64(1 / min(chance, 1))
}

// expectedOf is how many hits there would be at another's rate, in thousandths.
func expectedOf(of int64, rest Proportion) int64 {
	if rest.Of <= 0 {
		return 0
	}
	return int64(math.Round(1000 * float64(of) * float64(rest.Hits) / float64(rest.Of)))
}
