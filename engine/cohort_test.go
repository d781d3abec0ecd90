package engine

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMonths(t *testing.T) {
	for text, want := range map[string]Month{"1970-01-01": 0, "1970-01-31": 0, "1969-12-31": -1, "1969-01-01": -12, "2024-02-29": 649, "2026-12-01": 683} {
		d, err := ParseDay(text)
		if err != nil || MonthOf(d) != want || want.String() != text[:7] {
			t.Errorf("%s is month %d (%s), want %d", text, MonthOf(d), MonthOf(d), want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int32Range(-40_000, 40_000).Draw(t, "day"))
		m := MonthOf(d)
		if m.First() > d || (m+1).First() <= d || m.First().Date().Day() != 1 {
			t.Fatalf("%v in %v, from %v", d, m, m.First())
		}
	})
}

func TestCohortsByHand(t *testing.T) {
	jan := MonthOf(DayOf(2026, time.January, 1))
	counts := []CohortCount{
		{jan + 1, jan + 2, 10},
		{jan, jan, 90},
		{jan, jan + 1, 40},
		{jan, jan + 2, 30},
		{jan + 1, jan + 1, 50},
		{jan, jan, 10},
		{jan + 1, jan + 3, 7},  // not asked for
		{jan + 3, jan + 3, 7},  // neither
		{jan + 1, jan, 7},      // before the first
		{jan - 9, jan - 9, 0},  // nobody
		{jan + 2, jan + 2, -1}, // less than nobody
	}
	cohorts := Cohorts(counts, jan+2)
	if got, want := fmt.Sprint(cohorts), "[{2026-01 [100 40 30]} {2026-02 [50 10]} {2026-03 [0]}]"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	for k, want := range map[int]Proportion{-1: {}, 0: {150, 150}, 1: {50, 150}, 2: {30, 100}, 3: {}} {
		if got := Retention(cohorts, k); got != want {
			t.Errorf("all after %d months: %v, want %v", k, got, want)
		}
	}
	if got := cohorts[1].Retention(1); got != (Proportion{10, 50}) {
		t.Errorf("February after a month: %v", got)
	}
	if cohorts[1].Retention(2).Known() || cohorts[2].Retention(0).Known() || cohorts[0].Retention(-1).Known() {
		t.Error("what has not happened is known")
	}
	if Cohorts(counts, jan-1) != nil || Cohorts(nil, jan) != nil {
		t.Error("cohorts of nobody")
	}
}

// Every cell again, by asking every customer.
func TestCohortsAgainstCustomers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.SliceOfNDistinct(rapid.Int32Range(600, 612), 1, 6, rapid.ID[int32])
		customers := rapid.SliceOfN(months, 1, 40).Draw(t, "customers")
		through := Month(rapid.Int32Range(605, 612).Draw(t, "through"))
		var counts []CohortCount
		for _, c := range customers {
			for _, m := range c {
				counts = append(counts, CohortCount{Month(slices.Min(c)), Month(m), 1})
			}
		}
		cohorts, earliest := Cohorts(counts, through), through+1
		for _, c := range customers {
			earliest = min(earliest, Month(slices.Min(c)))
		}
		if len(cohorts) != int(through-earliest)+1 {
			t.Fatalf("%d cohorts from %v through %v", len(cohorts), earliest, through)
		}
		for _, c := range cohorts {
			if len(c.Active) != int(through-c.First)+1 {
				t.Fatalf("%v has %d cells through %v", c.First, len(c.Active), through)
			}
			for k, got := range c.Active {
				want := int64(0)
				for _, one := range customers {
					if Month(slices.Min(one)) == c.First && slices.Contains(one, int32(c.First)+int32(k)) {
						want++
					}
				}
				if got != want {
					t.Fatalf("%v after %d: %d, want %d", c.First, k, got, want)
				}
			}
		}
	})
}
