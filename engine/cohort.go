package engine

import (
	"slices"
	"time"
)

// Month is a calendar month without a zone, counted from January 1970 = 0.
type Month int32

// MonthOf is the month of a day.
func MonthOf(d Day) Month {
	date := d.Date()
	return Month((date.Year()-1970)*12 + int(date.Month()) - 1) //nolint:gosec // a Day is within 6 million years
}

// First is the first day of the month; that of the next month ends it.
func (m Month) First() Day { return DayOf(1970, time.Month(m)+1, 1) }

// String is the ISO form, 2026-11.
func (m Month) String() string { return m.First().Date().Format("2006-01") }

// CohortCount is a line of the count that cohorts are made of: so many
// customers first bought in one month and bought, again or then, in another.
// Each customer counts once in a month, however often they bought in it.
type CohortCount struct {
	First, Active Month
	Customers     int64
}

// Cohort is the customers whose first purchase was in one month.
type Cohort struct {
	First  Month
	Active []int64 // how many bought so many months later; [0] is all of them
}

// Retention is how many of the cohort bought k months after their first
// purchase, of all. What has not happened yet is not known.
func (c Cohort) Retention(k int) Proportion {
	if k < 0 || k >= len(c.Active) {
		return Proportion{}
	}
	return Proportion{c.Active[k], c.Active[0]}
}

// Cohorts lays counts out as a triangle: a cohort for every month from the
// earliest first purchase through the last month, empty ones too, each with a
// cell for every month that it has lived. Counts may come in any order; what
// lies after the last month is left out. The cells of a month that is not over
// yet are still growing: give the month before to leave them out.
//
// For example, of 100 customers who first bought in January 40 bought in
// February and 30 in March, and of 50 new in February 10 in March: through March
// the cohorts are 100, 40, 30; 50, 10; and an empty one. One month later 40 % and
// 20 % bought, together (40+10) ÷ (100+50) = 33 %.
//
// Source: P. S. Fader and B. G. S. Hardie, Forecasting repeat sales at CDNOW: a
// case study, Interfaces 31 (2001) S94–S107, whose data are one such cohort.
func Cohorts(counts []CohortCount, through Month) []Cohort {
	counts = slices.DeleteFunc(slices.Clone(counts), func(c CohortCount) bool {
		return c.Customers <= 0 || c.Active < c.First || c.Active > through
	})
	if len(counts) == 0 {
		return nil
	}
	earliest := slices.MinFunc(counts, func(a, b CohortCount) int { return int(a.First - b.First) }).First
	cohorts := make([]Cohort, through-earliest+1)
	for i := range cohorts {
		cohorts[i] = Cohort{First: earliest + Month(i), Active: make([]int64, len(cohorts)-i)} //nolint:gosec // less than through
	}
	for _, c := range counts {
		cohorts[c.First-earliest].Active[c.Active-c.First] += c.Customers
	}
	return cohorts
}

// Retention is how many customers of all cohorts bought k months after their
// first purchase, of those whose cohort has lived so long.
func Retention(cohorts []Cohort, k int) (p Proportion) {
	for _, c := range cohorts {
		one := c.Retention(k)
		p.Hits, p.Of = p.Hits+one.Hits, p.Of+one.Of
	}
	return p
}
