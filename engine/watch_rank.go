package engine

import (
	"bytes"
	"cmp"
)

// harmless is by how much a rule's odds are divided before findings are put in
// order: what takes money comes before what is mostly a habit or a bad scanner,
// unless that is far more surprising.
func (r WatchRule) harmless() int64 {
	switch r {
	case WatchNoRef, WatchTyped, WatchBackdated:
		return 100_000
	case WatchWrongCode, WatchVoid, WatchManyHands, WatchManyEarned, WatchPhoneDay, WatchManySplits:
		return 100
	case WatchRedeemed, WatchUndone, WatchLastHour, WatchSplit, WatchSameHands, WatchOwnPhone:
	}
	return 1
}

// odds are those of the finding; of rules that are not rated as if the usual
// number were the average, which on the own phone is one.
func (f WatchFinding) odds() int64 {
	if f.Rule.Rated() {
		return f.Odds
	}
	return unusual(f.Hits, max(1, f.Expected/1000)).odds(1)
}

// Compare orders findings, wherever they are told: the most surprising first,
// after its rule's weight, and at equal weight what takes money before what does
// not.
func (f WatchFinding) Compare(o WatchFinding) int {
	a, b := f.Rule.harmless(), o.Rule.harmless()
	return cmp.Or(cmp.Compare(o.odds()/b, f.odds()/a), cmp.Compare(a, b),
		cmp.Compare(o.Hits*1000-o.Expected, f.Hits*1000-f.Expected),
		cmp.Compare(f.Rule, o.Rule), bytes.Compare(f.ID[:], o.ID[:]))
}
