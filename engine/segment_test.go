package engine

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCutsByHand(t *testing.T) {
	cuts := CutsOf([]Bin{{8, 1}, {1, 5}, {2, 2}, {3, 1}, {5, 1}})
	if cuts != (Cuts{1, 1, 2, 3}) {
		t.Fatalf("cuts %v", cuts)
	}
	for value, group := range map[int64]int{0: 1, 1: 1, 2: 3, 3: 4, 4: 5, 5: 5, 8: 5, 9: 5} {
		if got := cuts.Group(value); got != group {
			t.Errorf("%d is in group %d, want %d", value, got, group)
		}
	}
	if CutsOf(nil) != (Cuts{}) || CutsOf([]Bin{{7, 0}}) != (Cuts{}) {
		t.Error("cuts of nobody")
	}
}

// A customer's group by its meaning: how many fifths of all are below.
func TestCutsAgainstCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(1, 6), rapid.Int64Range(-50, 1e12)), 1, 120).Draw(t, "values")
		cuts := CutsOf(binsOf(values...))
		for _, v := range values {
			below := 0
			for _, other := range values {
				if other < v {
					below++
				}
			}
			if got, want := cuts.Group(v), 1+5*below/len(values); got != want {
				t.Fatalf("%d with %d of %d below is in group %d, want %d", v, below, len(values), got, want)
			}
		}
	})
}

// smallGrades are of a shop whose customers come back after 10, 20, 30 or 40
// days, and one in five never.
func smallGrades() Grades {
	returns := KaplanMeier([]Bin{{10, 40}, {20, 20}, {30, 16}, {40, 4}}, []Bin{{365, 20}})
	sales := []Bin{{1, 4}, {2, 2}, {3, 2}, {4, 2}}
	spent := []Bin{{100, 4}, {200, 2}, {300, 2}, {400, 2}}
	return GradesOf(1000, []Bin{{900, 4}, {950, 2}, {980, 2}, {1000, 2}}, sales, spent, returns)
}

func TestGradesByHand(t *testing.T) {
	g := smallGrades()
	// Of the 80 % who return, 75 % have by day 20 exactly, so that it is the middle
	// to the next; 95 % by day 30 likewise.
	if g.Risk != 25 || g.Lost != 35 || !g.Known {
		t.Errorf("at risk after %d days, lost after %d", g.Risk, g.Lost)
	}
	if g.Frequency != (Cuts{1, 1, 2, 3}) || g.Value != (Cuts{100, 100, 200, 300}) || g.Recency != (Cuts{900, 900, 950, 980}) {
		t.Errorf("%+v", g)
	}
	if r, f, v := g.Groups(Buyer{Last: 970, Sales: 2, Spent: 350}); r != 4 || f != 3 || v != 5 {
		t.Errorf("groups %d, %d, %d", r, f, v)
	}
	for share, want := range map[BP]float64{0: 10, 4_000: 10, 7_499: 20, 7_501: 30, 9_999: 40, 10_000: 40} {
		returns := KaplanMeier([]Bin{{10, 40}, {20, 20}, {30, 16}, {40, 4}}, []Bin{{365, 20}})
		if got := returns.ReturnedBy(share); got != (Limit{want, true}) {
			t.Errorf("%d bp have returned by %v, want %v", share, got, want)
		}
	}
}

func TestSegments(t *testing.T) {
	g := smallGrades()
	for _, c := range []struct {
		buyer Buyer
		want  Segment
	}{
		{Buyer{Last: 1000, Sales: 1, Spent: 9999}, SegmentNew},
		{Buyer{Last: 975, Sales: 1}, SegmentNew},
		{Buyer{Last: 974, Sales: 1}, SegmentAtRisk},
		{Buyer{Last: 965, Sales: 1}, SegmentAtRisk},
		{Buyer{Last: 964, Sales: 1}, SegmentLost},
		{Buyer{Last: 964, Before: 963, Sales: 9, Spent: 999}, SegmentLost},
		{Buyer{Last: 965, Before: 964, Sales: 9, Spent: 999}, SegmentAtRisk},
		{Buyer{Last: 975, Before: 970, Sales: 9, Spent: 999}, SegmentBest},
		{Buyer{Last: 975, Before: 970, Sales: 3, Spent: 201}, SegmentBest},
		{Buyer{Last: 975, Before: 970, Sales: 3, Spent: 200}, SegmentLoyal},
		{Buyer{Last: 975, Before: 970, Sales: 2, Spent: 999}, SegmentLoyal},
		{Buyer{Last: 975, Before: 940, Sales: 3, Spent: 201}, SegmentBest},
		{Buyer{Last: 975, Before: 939, Sales: 3, Spent: 201}, SegmentWonBack},
		{Buyer{Last: 970, Before: 900, Sales: 2}, SegmentWonBack},
		{Buyer{Last: 964, Before: 900, Sales: 2}, SegmentLost},
	} {
		if got := g.Segment(c.buyer); got != c.want {
			t.Errorf("%+v is %s, want %s", c.buyer, got, c.want)
		}
	}
}

func TestNobodyIsLostWhileNobodyReturned(t *testing.T) {
	g := GradesOf(1000, []Bin{{10, 3}}, []Bin{{1, 3}}, []Bin{{100, 3}}, KaplanMeier(nil, []Bin{{990, 3}}))
	if got := g.Segment(Buyer{Last: 10, Sales: 1, Spent: 100}); got != SegmentNew || g.Known {
		t.Errorf("%s by %+v", got, g)
	}
	if got := g.Segment(Buyer{Last: 10, Sales: 2, Spent: 100}); got != SegmentLoyal {
		t.Errorf("%s by %+v", got, g)
	}
}

func TestSegmentReportAddsUp(t *testing.T) {
	g := smallGrades()
	rapid.Check(t, func(t *rapid.T) {
		buyers := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Buyer {
			last := rapid.Int32Range(900, 1000).Draw(t, "last")
			return Buyer{
				Last: Day(last), Before: Day(last - rapid.Int32Range(0, 60).Draw(t, "gap")),
				Sales: rapid.Int64Range(1, 5).Draw(t, "sales"), Spent: Minor(rapid.Int64Range(0, 500).Draw(t, "spent")),
			}
		})).Draw(t, "buyers")
		r, err := g.Report(slices.Values(buyers))
		if err != nil || len(r.Segments) != len(Segments()) {
			t.Fatalf("%+v: %v", r, err)
		}
		for i, s := range Segments() {
			want := SegmentFigures{Segment: s}
			for _, b := range buyers {
				if g.Segment(b) == s {
					want.Customers, want.Sales, want.Spent = want.Customers+1, want.Sales+b.Sales, want.Spent+b.Spent
				}
			}
			if r.Segments[i] != want {
				t.Fatalf("%+v, want %+v", r.Segments[i], want)
			}
		}
		for _, b := range buyers {
			recency, frequency, _ := g.Groups(b)
			r.Grid[recency-1][frequency-1]--
		}
		if r.Grid != ([5][5]int64{}) {
			t.Fatalf("more or fewer in the grid: %v", r.Grid)
		}
	})
}

func TestSegmentReportRefusesWhatCannotBeCounted(t *testing.T) {
	both := slices.Values([]Buyer{{Last: 1000, Sales: 1, Spent: math.MaxInt64}, {Last: 1000, Sales: 1, Spent: 1}})
	if _, err := smallGrades().Report(both); !errors.Is(err, &Error{Code: CodeOverflow}) {
		t.Errorf("sum of too much: %v", err)
	}
}
