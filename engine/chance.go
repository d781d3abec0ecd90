package engine

// A difference that chance alone explains is no news: in a small shop the days
// differ by much anyway.

// TellsCount tells whether two counts of independent events over equal spans
// differ by more than twice their standard error, which is √(now + before) by
// Poisson: (now − before)² > 4 × (now + before). For example, 15 after 8 does
// not: 49 is less than 92; 150 after 80 does: 4,900 is more than 920.
func TellsCount(now, before int64) bool {
	diff := float64(now) - float64(before)
	return diff*diff > 4*(float64(now)+float64(before))
}

// TellsAmount tells the same of two amounts that so many sales made. If the
// sales of a shop differ from one another as much as their mean, as in an
// exponential distribution, an amount A of n sales has the variance 2A² ÷ n, so
//
//	(now − before)² > 8 × (now² ÷ sales now + before² ÷ sales before).
//
// For example, R$ 842.10 of 9 sales after R$ 793.00 of 8 does not: 2,411 is less
// than 1,259,000.
func TellsAmount(now, before Minor, salesNow, salesBefore int64) bool {
	if salesNow < 1 || salesBefore < 1 {
		return false
	}
	a, b := float64(now), float64(before)
	return (a-b)*(a-b) > 8*(a*a/float64(salesNow)+b*b/float64(salesBefore))
}
