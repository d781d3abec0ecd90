package engine

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func binsOf(values ...int64) []Bin {
	bins := make([]Bin, len(values))
	for i, v := range values {
		bins[i] = Bin{v, 1}
	}
	return bins
}

// Weeks of remission of leukaemia, Freireich et al. (1963): with 6-MP, of which
// twelve were open, and without.
var (
	treatedEnded = binsOf(6, 6, 6, 7, 10, 13, 16, 22, 23)
	treatedOpen  = binsOf(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
	placeboEnded = binsOf(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
)

// The table of these data in Kalbfleisch and Prentice, and in the manuals of
// SAS (PROC LIFETEST) and R (survfit, conf.type "log-log").
func TestKaplanMeierAsPublished(t *testing.T) {
	want := []struct {
		days, risk, ended int64
		staying, err      float64
		low, high         float64
	}{
		{6, 21, 3, 0.857, 0.0764, 0.620, 0.952},
		{7, 17, 1, 0.807, 0.0869, 0.563, 0.923},
		{10, 15, 1, 0.753, 0.0963, 0.503, 0.889},
		{13, 12, 1, 0.690, 0.1068, 0.432, 0.849},
		{16, 11, 1, 0.627, 0.1141, 0.368, 0.805},
		{22, 7, 1, 0.538, 0.1282, 0.268, 0.747},
		{23, 6, 1, 0.448, 0.1346, 0.188, 0.680},
	}
	curve := KaplanMeier(treatedEnded, treatedOpen)
	if len(curve) != len(want) {
		t.Fatalf("%d steps", len(curve))
	}
	for i, w := range want {
		s := curve[i]
		if s.Days != w.days || s.AtRisk != w.risk || s.Ended != w.ended {
			t.Errorf("step %+v, want %+v", s, w)
		}
		if !near(s.Staying, w.staying, 3) || !near(math.Sqrt(s.Variance), w.err, 4) || !near(s.Low, w.low, 3) || !near(s.High, w.high, 3) {
			t.Errorf("step %+v, want %+v", s, w)
		}
	}
}

func TestMedianAsPublished(t *testing.T) {
	for _, c := range []struct {
		ended, open []Bin
		want        MedianDays
	}{
		{treatedEnded, treatedOpen, MedianDays{Limit: Limit{23, true}, Low: Limit{13, true}}},
		{placeboEnded, nil, MedianDays{Limit{8, true}, Limit{4, true}, Limit{11, true}}},
		{nil, treatedOpen, MedianDays{}},
		{nil, nil, MedianDays{}},
		{binsOf(1, 2, 4, 9), nil, MedianDays{Limit: Limit{3, true}, Low: Limit{1, true}}},
		{binsOf(1, 2), binsOf(3, 3), MedianDays{Limit: Limit{2, true}, Low: Limit{1, true}}}, // ½ for good
	} {
		if got := KaplanMeier(c.ended, c.open).Median(); got != c.want {
			t.Errorf("%v and %v open: %+v, want %+v", c.ended, c.open, got, c.want)
		}
	}
}

func TestCurveAt(t *testing.T) {
	curve := KaplanMeier(treatedEnded, treatedOpen)
	if got := curve.At(5); got != (Estimate{1, Interval{1, 1}}) {
		t.Errorf("before the first: %v", got)
	}
	for days, step := range map[int64]int{6: 0, 9: 2 - 1, 10: 2, 22: 5, 1000: 6} {
		if got := curve.At(days); got != (Estimate{curve[step].Staying, curve[step].Interval}) {
			t.Errorf("at %d: %v, want that of %v", days, got, curve[step])
		}
	}
	all := KaplanMeier(placeboEnded, nil)
	if last := all[len(all)-1]; last.Staying != 0 || last.Low != 0 || last.High != all[len(all)-2].High || last.Variance != 0 {
		t.Errorf("when all have ended: %+v", last)
	}
	if two := KaplanMeier(binsOf(3, 4), nil); two[1].High != two[0].High || two[0].High == 1 {
		t.Errorf("of two: %+v", two)
	}
	if one := KaplanMeier(binsOf(3), nil); one[0].Interval != (Interval{0, 1}) {
		t.Errorf("of one: %+v", one)
	}
}

// spell is one row a spell, as the summaries are not.
type spell struct {
	days int64
	open bool
}

func anySpells(t *rapid.T) []spell {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) spell {
		return spell{rapid.Int64Range(0, 30).Draw(t, "days"), rapid.Bool().Draw(t, "open")}
	}), 1, 60).Draw(t, "spells")
}

func countSpells(spells []spell) (ended, open []Bin) {
	for _, s := range spells {
		if s.open {
			open = append(open, Bin{s.days, 1})
		} else {
			ended = append(ended, Bin{s.days, 1})
		}
	}
	return ended, open
}

// redistributed is the share of spells longer than each day by Efron's way (The
// two sample problem with censored data, 1967): from left to right, every open
// spell gives its weight in equal parts to all that are longer. No product of
// conditional shares is in it.
func redistributed(spells []spell) func(days int64) float64 {
	sorted := slices.Clone(spells)
	slices.SortFunc(sorted, func(a, b spell) int {
		if a.days != b.days {
			return int(a.days - b.days)
		}
		switch {
		case a.open == b.open:
			return 0
		case a.open:
			return 1
		}
		return -1
	})
	weight := make([]float64, len(sorted))
	for i := range weight {
		weight[i] = 1 / float64(len(sorted))
	}
	for i, s := range sorted {
		if rest := len(sorted) - i - 1; s.open && rest > 0 {
			for j := i + 1; j < len(sorted); j++ {
				weight[j] += weight[i] / float64(rest)
			}
			weight[i] = 0
		}
	}
	return func(days int64) (left float64) {
		for i, s := range sorted {
			if s.open || s.days > days {
				left += weight[i]
			}
		}
		return left
	}
}

func TestKaplanMeierAgainstRedistribution(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spells := anySpells(t)
		curve, staying := KaplanMeier(countSpells(spells)), redistributed(spells)
		for days := int64(-1); days < 32; days++ {
			if got, want := curve.At(days).Value, staying(days); math.Abs(got-want) > 1e-9 {
				t.Fatalf("at %d: %v, by redistribution %v", days, got, want)
			}
		}
	})
}

func TestSummariesSayWhatRowsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ended, open := countSpells(anySpells(t))
		rows := KaplanMeier(ended, open)
		merged := KaplanMeier(append(sortedBins(ended), Bin{7, 0}, Bin{8, -3}), append(sortedBins(open), Bin{9, 0}))
		if a, b := fmt.Sprint(rows), fmt.Sprint(merged); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
		last := 1.0
		for _, s := range rows {
			if s.Staying >= last || !s.Holds(s.Staying) || s.Low < 0 || s.High > 1 || s.Variance < 0 {
				t.Fatalf("%+v after %v", s, last)
			}
			last = s.Staying
		}
	})
}

// The median's interval by its own definition: the days whose S(t) the test of
// S(t) = ½ on the log-log scale does not reject.
func TestMedianIntervalAgainstItsTest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		curve := KaplanMeier(countSpells(anySpells(t)))
		m := curve.Median()
		loglog := func(s float64) float64 { return math.Log(-math.Log(s)) }
		for _, s := range curve {
			if s.Staying == 0 {
				continue
			}
			err := math.Sqrt(s.Variance) / math.Abs(s.Staying*math.Log(s.Staying))
			z := (loglog(s.Staying) - loglog(0.5)) / err
			if day := float64(s.Days); z > -z95+1e-6 && (!m.Low.Reached || m.Low.Days > day) {
				t.Fatalf("day %v with z = %v is before %+v", day, z, m)
			} else if z > z95+1e-6 && (!m.High.Reached || m.High.Days > day) {
				t.Fatalf("day %v with z = %v is not after %+v", day, z, m)
			} else if m.High.Reached && m.High.Days == day && z < z95-1e-6 {
				t.Fatalf("the high end %v has z = %v", day, z)
			} else if m.Low.Reached && m.Low.Days == day && z < -z95-1e-6 {
				t.Fatalf("the low end %v has z = %v", day, z)
			}
		}
	})
}

func TestMedianWithoutOpenSpellsIsThePlainOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfN(rapid.Int64Range(0, 40), 1, 80).Draw(t, "days")
		got := KaplanMeier(binsOf(days...), nil).Median()
		slices.Sort(days)
		want := float64(days[(len(days)-1)/2]+days[len(days)/2]) / 2
		if !got.Reached || got.Days != want {
			t.Fatalf("%v: %+v, want %v", days, got, want)
		}
	})
}
