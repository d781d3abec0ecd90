package engine

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestIntervalsHoldTheTruth makes 400 shops whose customers' waits are known: they
// fade by half every 30 days, and are watched for a random time that fades by
// half every 60, so that a third of them is cut short. The 95 % intervals of the
// median and of the share still waiting after 45 days must hold the truth in 95 %
// of the shops, give or take what chance allows for so few: three standard errors
// of 1.1 points each.
func TestIntervalsHoldTheTruth(t *testing.T) {
	const shops, half, grain = 400, 30.0, 100.0 // a hundredth of a day, so that hardly two waits are alike
	random := rand.New(rand.NewPCG(17, 4))
	medians, shares, cut, all := 0, 0, 0, 0
	for range shops {
		var ended, open []Bin
		for range 150 {
			wait, watched := random.ExpFloat64()*half/math.Ln2, random.ExpFloat64()*2*half/math.Ln2
			all++
			if wait <= watched {
				ended = append(ended, Bin{int64(math.Ceil(wait * grain)), 1})
				continue
			}
			cut++
			open = append(open, Bin{int64(math.Ceil(watched * grain)), 1})
		}
		curve := KaplanMeier(ended, open)
		if m := curve.Median(); m.Low.Reached && m.Low.Days <= half*grain && (!m.High.Reached || half*grain <= m.High.Days) {
			medians++
		}
		if curve.At(45 * grain).Holds(math.Pow(0.5, 45/half)) {
			shares++
		}
	}
	if rate := float64(cut) / float64(all); rate < 0.32 || rate > 0.35 {
		t.Fatalf("%.3f of the waits are cut short: not a third", rate)
	}
	for what, n := range map[string]int{"the median": medians, "the share after 45 days": shares} {
		if rate := float64(n) / shops; rate < 0.917 || rate > 0.983 {
			t.Errorf("the interval of %s holds the truth in %.1f %% of %d shops", what, rate*100, shops)
		} else {
			t.Logf("%s: %.1f %%", what, rate*100)
		}
	}
}
