package engine

import "math"

// FisherTail is the chance that at least k of the hits among all are of one
// group of them, if any that many of all could be the hits: the sum of
// C(hits, i) C(all−hits, group−i) ÷ C(all, group) over i from k (Fisher's exact
// test, one-sided). The terms follow from each other by their ratio, beginning
// with the one at k, away from the most likely count.
//
// For example, of 8 cups of tea 4 had the milk poured first, and a lady who picks
// 4 by chance has at least 3 of them right with a chance of 17/70 = 0.2429.
//
// Source: R. A. Fisher, The Design of Experiments (1935), chapter II.
func FisherTail(k, hits, group, all int64) float64 {
	least, most := max(0, hits+group-all), min(hits, group)
	switch {
	case k <= least:
		return 1
	case k > most:
		return 0
	}
	up := func(i int64) float64 { // the term at i ÷ the one at i−1
		return float64(hits-i+1) / float64(i) * float64(group-i+1) / float64(all-hits-group+i)
	}
	if float64(k)*float64(all) <= float64(hits)*float64(group) { // the other side is the smaller one
		return 1 - tailSum(fisherTerm(k-1, hits, group, all), func(i int64) float64 { return 1 / up(k-i) }, k-1-least)
	}
	return tailSum(fisherTerm(k, hits, group, all), func(i int64) float64 { return up(k + i) }, most-k)
}

// fisherTerm is C(hits, k) C(all−hits, group−k) ÷ C(all, group).
func fisherTerm(k, hits, group, all int64) float64 {
	return math.Exp(logChoose(hits, k) + logChoose(all-hits, group-k) - logChoose(all, group))
}

func logChoose(n, k int64) float64 { return logFactorial(n) - logFactorial(k) - logFactorial(n-k) }

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
// if the hits fell on the chances of both alike. Nothing needs to be known of the
// rate, and how little is known of the others counts too. Where one of them had
// no chances it is 1: there is nothing to compare. Hits beyond the chances, as
// voids of other tills' sales, count as chances.
//
// For example, 15 of 200 beside 10 of 600: of the 25 hits a quarter should fall
// to the former, and at least 15 do with a chance of 0.000167.
func (p Proportion) Unlike(rest Proportion) float64 {
	if p.Of <= 0 || rest.Of <= 0 {
		return 1
	}
	group := max(p.Of, p.Hits)
	return FisherTail(p.Hits, p.Hits+rest.Hits, group, group+max(rest.Of, rest.Hits))
}

// MostOdds bounds what is said of chance, 1 in so many: beyond it the model says
// more than it knows.
const MostOdds = 1_000_000_000

// chance is how likely something is.
type chance float64

// odds is 1 ÷ the chance that at least one of several tries does as much, by
// Bonferroni's bound: 1 in so many, at most MostOdds.
func (c chance) odds(tries int64) int64 {
	one := float64(c) * float64(tries)
	if one*MostOdds <= 1 {
		return MostOdds
	}
	return int64(1 / min(one, 1))
}

// unusual is the chance of at least n where usual is the average.
func unusual(n, usual int64) chance { return chance(PoissonTail(n, float64(usual))) }

// expectedOf is how many hits there would be at another's rate, in thousandths.
func expectedOf(of int64, rest Proportion) int64 {
	if rest.Of <= 0 {
		return 0
	}
	return int64(math.Round(1000 * float64(of) * float64(rest.Hits) / float64(rest.Of)))
}
