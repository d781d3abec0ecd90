package engine

import "math/big"

// A difference that chance alone explains is no news: in a small shop the days
// differ by much anyway.

// TellsCount tells whether two counts of independent events over equal spans
// differ by more than twice their standard error, which is √(now + before) by
// Poisson: (now − before)² > 4 × (now + before). For example, 15 after 8 does
// not: 49 is less than 92; 150 after 80 does: 4,900 is more than 920.
func TellsCount(now, before int64) bool {
	diff := big.NewInt(now - before)
	return diff.Mul(diff, diff).Cmp(big.NewInt(4*(now+before))) > 0
}

// TellsAmount tells the same of two amounts that so many sales made. If the
// sales of a shop differ from one another as much as their mean, as in an
// exponential distribution, an amount A of n sales has the variance 2A² ÷ n, so
//
//	(now − before)² > 8 × (now² ÷ sales now + before² ÷ sales before).
//
// For example, R$ 842.10 of 9 sales after R$ 793.00 of 8 does not: 2,411 is less
// than 1,259,000. It is reckoned in whole numbers, both sides times both counts of sales.
func TellsAmount(now, before Minor, salesNow, salesBefore int64) bool {
	if salesNow < 1 || salesBefore < 1 {
		return false
	}
	left := product(int64(now-before), int64(now-before), salesNow, salesBefore)
	right := new(big.Int).Add(product(8, int64(now), int64(now), salesBefore), product(8, int64(before), int64(before), salesNow))
	return left.Cmp(right) > 0
}

// product multiplies whole numbers of any size.
func product(factors ...int64) *big.Int {
	p := big.NewInt(1)
	for _, f := range factors {
		p.Mul(p, big.NewInt(f))
	}
	return p
}
