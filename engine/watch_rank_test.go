package engine

import (
	"slices"
	"testing"
)

// TestHarmlessComesLater has what takes money before habits at equal surprise,
// and what is far more surprising before what is hardly so.
func TestHarmlessComesLater(t *testing.T) {
	f := func(r WatchRule, odds, hits int64) WatchFinding {
		return WatchFinding{Rule: r, Odds: odds, Hits: hits, Chances: 31, Expected: 1000}
	}
	want := []WatchFinding{
		f(WatchUndone, MostOdds, 9),
		{Rule: WatchManyEarned, Hits: 60, Expected: 10_000}, // beyond MostOdds, of which a hundredth counts
		f(WatchRedeemed, 400_000, 18),
		f(WatchTyped, MostOdds, 31),
		f(WatchWrongCode, 372_604, 10),
		f(WatchSplit, 3_000, 5),
		f(WatchNoRef, 372_604, 31),
		{Rule: WatchOwnPhone, Hits: 1}, // as likely as not
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, WatchFinding.Compare)
	for i := range want {
		if got[i].Rule != want[i].Rule {
			t.Errorf("%d: %s, want %s", i, got[i].Rule, want[i].Rule)
		}
	}
}
