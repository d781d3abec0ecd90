package engine

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRepurchaseByHand(t *testing.T) {
	r := RepurchaseOf(binsOf(30, 10, 20), binsOf(5, 60, 40), binsOf(30, 12))
	if r.Gaps != 3 || r.Waiting != 3 || r.Mean != 20 || r.Median != 20 || r.Redeemed != 2 || r.RedeemedIn != 21 {
		t.Errorf("%+v", r)
	}
	if r.Usual.Limit != (Limit{30, true}) || r.Sooner != (Proportion{1, 2}) {
		t.Errorf("usual %+v, sooner %v", r.Usual, r.Sooner)
	}
	if s := r.Curve.At(10).Value; !near(s, 0.8, 9) {
		t.Errorf("after 10 days %v wait", s)
	}
}

func TestGapsOfADayCount(t *testing.T) {
	r := RepurchaseOf([]Bin{{0, 3}, {9, 1}}, nil, []Bin{{0, 2}})
	if r.Gaps != 4 || r.Mean != 2.25 || r.Median != 0 || r.Usual.Limit != (Limit{0, true}) || r.Sooner != (Proportion{0, 2}) {
		t.Errorf("%+v", r)
	}
}

func TestRepurchaseOfNothing(t *testing.T) {
	for _, r := range []Repurchase{
		RepurchaseOf(nil, nil, nil),
		RepurchaseOf([]Bin{{3, 0}}, nil, []Bin{{3, -1}}),
		RepurchaseOf(nil, []Bin{{100, 7}}, []Bin{{3, 2}}),
	} {
		if r.Mean != 0 || r.Median != 0 || r.Usual != (MedianDays{}) || r.Sooner.Known() || r.Gaps != 0 {
			t.Errorf("%+v", r)
		}
	}
}

func TestBinsOfFewerThanNobodyDoNotCount(t *testing.T) {
	r := RepurchaseOf([]Bin{{5, 2}, {9, -1}}, []Bin{{2, -1}}, []Bin{{1, -1}, {4, 1}, {7, 1}})
	if r.Gaps != 2 || r.Waiting != 0 || r.Mean != 5 || r.Median != 5 || r.Usual.Limit != (Limit{5, true}) {
		t.Errorf("%+v", r)
	}
	if r.Redeemed != 2 || r.RedeemedIn != 5.5 || r.Sooner != (Proportion{1, 2}) {
		t.Errorf("%+v", r)
	}
}

func TestRepurchaseAgainstRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.Int64Range(0, 400), 1, 200).Draw(t, "days")
		redeemed := rapid.SliceOfN(rapid.Int64Range(0, 400), 1, 50).Draw(t, "redeemed")
		r := RepurchaseOf(binsOf(days...), nil, binsOf(redeemed...))
		slices.Sort(days)
		sum, sooner, usual := int64(0), int64(0), float64(days[(len(days)-1)/2]+days[len(days)/2])/2
		for _, d := range days {
			sum += d
		}
		for _, d := range redeemed {
			if float64(d) < usual {
				sooner++
			}
		}
		if r.Median != usual || !near(r.Mean, float64(sum)/float64(len(days)), 9) {
			t.Fatalf("mean %v, median %v of %v", r.Mean, r.Median, days)
		}
		if r.Sooner != (Proportion{sooner, int64(len(redeemed))}) {
			t.Fatalf("%v sooner than %v of %v", r.Sooner, usual, redeemed)
		}
	})
}

// Customers who come back after 10 to 89 days, all alike often, seen over 90 days
// only: the plain median is too short, the usual period holds the true one.
func TestWaitingCustomersCount(t *testing.T) {
	var gaps, waiting []Bin
	for gap := int64(10); gap < 90; gap++ {
		for first := range int64(90) {
			if first+gap <= 90 {
				gaps = append(gaps, Bin{gap, 1})
			} else {
				waiting = append(waiting, Bin{90 - first, 1})
			}
		}
	}
	r := RepurchaseOf(gaps, waiting, nil)
	if r.Median > 40 {
		t.Errorf("plain median %v, expected to be too short", r.Median)
	}
	if u := r.Usual; !u.Reached || u.Low.Days > 49 || !u.High.Reached || u.High.Days < 49 || u.Days < 47 || u.Days > 51 {
		t.Errorf("usual %+v, truly 49", u)
	}
}
