package engine

// SoonDays is within how many days of the first purchase a new customer is
// called back soon: a month.
const SoonDays = 30

// CohortReport is who came back, by the month of the first purchase.
type CohortReport struct {
	From    Month // the first cohort
	Through Month // the last one, and the last month looked at
	Day     Day   // as of the end of which it is; that of Through, or before it

	Cohorts []Cohort

	// Soon is how many new customers came again within SoonDays of their first
	// sale, of those whose SoonDays have passed, by the month of the first sale.
	Soon map[Month]Proportion
}

// Over tells whether a month has ended: the cells of one that has not are still
// growing.
func (r CohortReport) Over(m Month) bool { return (m + 1).First() <= r.Day+1 }

// SoonOfAll is Soon over all cohorts.
func (r CohortReport) SoonOfAll() (p Proportion) {
	for _, one := range r.Soon {
		p.Hits, p.Of = p.Hits+one.Hits, p.Of+one.Of
	}
	return p
}

// Retention is how many customers bought k months after their first purchase, of
// all cohorts for which that month is over.
func (r CohortReport) Retention(k int) (p Proportion) {
	for _, c := range r.Cohorts {
		if !r.Over(c.First + Month(k)) { //nolint:gosec // months of a report
			continue
		}
		one := c.Retention(k)
		p.Hits, p.Of = p.Hits+one.Hits, p.Of+one.Of
	}
	return p
}
