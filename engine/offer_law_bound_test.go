package engine_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// Amounts, numbers and weights of any size are priced or refused, and never
// anything else: what cannot be counted is an error that says what.
func TestWhateverTheAmounts(t *testing.T) {
	sizes := []int64{0, 1, engine.MaxUnits, engine.MaxUnits + 1, int64(engine.MaxAmount), int64(engine.MaxAmount) + 1, -1, math.MaxInt64, math.MinInt64}
	rapid.Check(t, func(t *rapid.T) {
		any := func(to *int64, n int, name string) {
			if oneIn(t, n, name) {
				*to = rapid.SampledFrom(sizes).Draw(t, name+" of")
			}
		}
		amount := func(to *engine.Minor, n int, name string) {
			size := int64(*to)
			any(&size, n, name)
			*to = engine.Minor(size)
		}
		b, f, offers := drawBasket(t), drawFacts(t), drawOffers(t, 4, lawKinds)
		for i := range b.Lines {
			l := &b.Lines[i]
			amount(&l.Price, 8, "price")
			amount(&l.Floor, 8, "floor")
			any(&l.Units, 8, "units")
			any(&l.Weight, 12, "weight")
		}
		for i := range offers {
			o := &offers[i]
			amount(&o.Cut.Amount, 8, "cut")
			amount(&o.Caps.Discount, 8, "cap")
			any(&o.Caps.Units, 12, "most")
			any(&o.Caps.Times, 12, "times")
			any(&o.Sets.Buy, 12, "buy")
			any(&o.Sets.Get, 12, "get")
			amount(&o.Limits.Budget, 12, "budget")
			amount(&o.Gift.Value, 12, "value")
			any(&o.Gift.Units, 12, "gifts")
			any(&o.Points.Points, 12, "earned")
		}
		amount(&f.Balance, 8, "balance")
		any(&f.Points.Points, 8, "points")
		amount(&f.Points.Worth, 8, "worth")
		r, err := engine.Evaluate(b, offers, f)
		if err != nil {
			if known := new(engine.Error); !errors.As(err, &known) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		checkSums(t, b, r)
		checkApplied(t, r)
	})
}
