package engine

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// anyAmount draws amounts of every magnitude, the largest among them.
func anyAmount() *rapid.Generator[Minor] {
	return rapid.Custom(func(t *rapid.T) Minor {
		bits := rapid.IntRange(0, 63).Draw(t, "bits")
		n := rapid.Int64Range(0, math.MaxInt64).Draw(t, "n")
		if bits == 0 {
			return 0
		}
		return Minor(n >> (63 - bits))
	})
}

func tillAmount() *rapid.Generator[Minor] {
	return rapid.Map(rapid.Int64Range(0, int64(MaxAmount)), func(n int64) Minor { return Minor(n) })
}

// exactly is amount × factor ÷ divisor rounded in big numbers, times unit.
func exactly(amount, factor, divisor int64, mode Rounding) *big.Int {
	n := new(big.Int).Mul(big.NewInt(amount), big.NewInt(factor))
	d := big.NewInt(divisor)
	switch mode {
	case Up:
		n.Add(n, new(big.Int).Sub(d, big.NewInt(1)))
	case HalfUp:
		n.Add(n.Mul(n, big.NewInt(2)), d)
		d = new(big.Int).Mul(d, big.NewInt(2))
	case Down:
	}
	return n.Div(n, d)
}

func wantExactly(t *rapid.T, got Minor, err error, want *big.Int) {
	switch {
	case !want.IsInt64():
		if CodeOf(err) != CodeOverflow {
			t.Fatalf("%v, %v for %v, which no int64 holds", got, err, want)
		}
	case err != nil || int64(got) != want.Int64():
		t.Fatalf("%v, %v; want %v", got, err, want)
	}
}

var roundings = []Rounding{Down, HalfUp, Up}

func TestMulBPAgainstBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, rate := anyAmount().Draw(t, "amount"), BP(anyAmount().Draw(t, "rate"))
		mode := rapid.SampledFrom(roundings).Draw(t, "mode")
		got, err := MulBP(amount, rate, mode)
		wantExactly(t, got, err, exactly(int64(amount), int64(rate), 10000, mode))
	})
}

func TestShareAgainstBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, part := anyAmount().Draw(t, "amount"), anyAmount().Draw(t, "part")
		whole := max(1, anyAmount().Draw(t, "whole"))
		mode := rapid.SampledFrom(roundings).Draw(t, "mode")
		got, err := Share(amount, part, whole, mode)
		wantExactly(t, got, err, exactly(int64(amount), int64(part), int64(whole), mode))
	})
}

func TestMulBPStepAgainstBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount, rate := anyAmount().Draw(t, "amount"), BP(rapid.Int64Range(0, 20000).Draw(t, "rate"))
		step := 1 + anyAmount().Draw(t, "step")%(math.MaxInt64/10000)
		mode := rapid.SampledFrom(roundings).Draw(t, "mode")
		got, err := MulBPStep(amount, rate, step, mode)
		want := exactly(int64(amount), int64(rate), int64(step)*10000, mode)
		wantExactly(t, got, err, want.Mul(want, big.NewInt(int64(step))))
	})
}

func TestAddAgainstBigNumbers(t *testing.T) {
	edge := rapid.SampledFrom([]int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, math.MaxInt64 - 1, math.MaxInt64})
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.OneOf(rapid.Int64(), edge).Draw(t, "a")
		b := rapid.OneOf(rapid.Int64(), edge).Draw(t, "b")
		got, err := Add(Minor(a), Minor(b))
		wantExactly(t, got, err, new(big.Int).Add(big.NewInt(a), big.NewInt(b)))
	})
}

func TestRounding(t *testing.T) {
	for _, c := range []struct {
		amount           Minor
		rate             BP
		down, halfUp, up Minor
	}{
		{100, 2000, 20, 20, 20},
		{101, 2000, 20, 20, 21}, // 20.2
		{102, 2500, 25, 26, 26}, // 25.5
		{103, 2500, 25, 26, 26}, // 25.75
		{1, 4999, 0, 0, 1},      // 0.4999
		{1, 5000, 0, 1, 1},      // 0.5
		{1, 1, 0, 0, 1},
		{0, 10000, 0, 0, 0},
		{7, 0, 0, 0, 0},
		{MaxAmount, 10000, MaxAmount, MaxAmount, MaxAmount},
	} {
		for i, want := range []Minor{c.down, c.halfUp, c.up} {
			if got, err := MulBP(c.amount, c.rate, roundings[i]); err != nil || got != want {
				t.Errorf("MulBP(%d, %d, %d) = %d, %v; want %d", c.amount, c.rate, roundings[i], got, err, want)
			}
		}
	}
}

// The last quotient before 2⁶⁴ with a remainder: rounding up must not wrap to
// zero. 2⁶⁵ − 1 = 145295143558111 × 253921.
func TestRoundingUpDoesNotWrap(t *testing.T) {
	for _, mode := range roundings {
		if got, err := Share(145295143558111, 253921, 2, mode); CodeOf(err) != CodeOverflow {
			t.Errorf("mode %d: %d, %v; want an overflow", mode, got, err)
		}
	}
	if got, err := Share(1<<62, 4, 1, Down); CodeOf(err) != CodeOverflow {
		t.Errorf("exactly 2⁶⁴: %d, %v; want an overflow", got, err)
	}
	if got, err := MulBPStep(math.MaxInt64, 10000, 2, Up); CodeOf(err) != CodeOverflow {
		t.Errorf("exactly 2⁶³: %d, %v; want an overflow", got, err)
	}
	if got, err := Share(math.MaxInt64, 1, 1, Up); err != nil || got != math.MaxInt64 {
		t.Errorf("the largest amount itself: %d, %v", got, err)
	}
}

func TestMoneyRefusesWhatIsOutOfRange(t *testing.T) {
	refused := func(what string, got Minor, err error) {
		t.Helper()
		if CodeOf(err) != CodeAmountOutside || ClassOf(err) != Input || got != 0 {
			t.Errorf("%s: %d, %v", what, got, err)
		}
	}
	got, err := MulBP(-1, 100, Up)
	refused("negative amount", got, err)
	got, err = MulBP(1, -100, Up)
	refused("negative rate", got, err)
	got, err = Share(1, 1, 0, Up)
	refused("nothing to share", got, err)
	got, err = Share(1, 1, -1, Up)
	refused("negative whole", got, err)
	for _, step := range []Minor{0, -1, math.MinInt64, math.MaxInt64, math.MaxInt64/10000 + 1} {
		got, err = MulBPStep(100, 100, step, Up)
		refused("step", got, err)
	}
}

func TestAllocate(t *testing.T) {
	for _, c := range []struct {
		total   Minor
		weights []Minor
		want    []Minor
	}{
		{100, []Minor{1, 1, 1}, []Minor{34, 33, 33}},  // ties to the earlier
		{101, []Minor{1, 1, 1}, []Minor{34, 34, 33}},  // 33.67 each
		{10, []Minor{1, 2, 3}, []Minor{2, 3, 5}},      // 1.67 3.33 5.00
		{1, []Minor{0, 3, 3}, []Minor{0, 1, 0}},       // nothing falls on a zero weight
		{5, []Minor{0, 0}, []Minor{3, 2}},             // all zero: as if equal
		{0, []Minor{4, 5}, []Minor{0, 0}},             //
		{7, []Minor{9}, []Minor{7}},                   //
		{0, nil, nil},                                 //
		{100, []Minor{1, 999}, []Minor{0, 100}},       // 0.1 99.9
		{3, []Minor{1, 1, 1, 1}, []Minor{1, 1, 1, 0}}, //
		{math.MaxInt64, []Minor{1, 1}, []Minor{1 << 62, 1<<62 - 1}},
	} {
		got, err := Allocate(c.total, c.weights)
		if err != nil || !equalAmounts(got, c.want) {
			t.Errorf("Allocate(%d, %v) = %v, %v; want %v", c.total, c.weights, got, err, c.want)
		}
	}
}

func equalAmounts(a, b []Minor) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestAllocateRefuses(t *testing.T) {
	for _, c := range []struct {
		total   Minor
		weights []Minor
		want    Code
	}{
		{-1, []Minor{1}, CodeAmountNegative},
		{1, []Minor{1, -1}, CodeAmountNegative},
		{1, []Minor{math.MaxInt64, 1}, CodeOverflow},
		{1, nil, CodeAmountOutside}, // nowhere to go
	} {
		if got, err := Allocate(c.total, c.weights); CodeOf(err) != c.want || got != nil {
			t.Errorf("Allocate(%d, %v) = %v, %v; want %s", c.total, c.weights, got, err, c.want)
		}
	}
}

// Whatever the weights: the parts sum to the total, each is its exact share
// rounded down or up, and no larger remainder (or equal earlier one) is passed
// over for a smaller.
func TestAllocateIsExact(t *testing.T) {
	small := rapid.Map(rapid.Int64Range(0, 6), func(n int64) Minor { return Minor(n) })
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.OneOf(small, tillAmount(), anyAmount()).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.OneOf(small, tillAmount()), 1, 20).Draw(t, "weights")
		if rapid.Bool().Draw(t, "huge") {
			weights[0] = math.MaxInt64 - 20*MaxAmount
		}
		parts, err := Allocate(total, weights)
		if err != nil {
			t.Fatal(err)
		}
		checkAllocation(t, total, weights, parts)
	})
}

func checkAllocation(t *rapid.T, total Minor, weights, parts []Minor) {
	sum := new(big.Int)
	for _, w := range weights {
		sum.Add(sum, big.NewInt(int64(w)))
	}
	if sum.Sign() == 0 {
		weights, sum = make([]Minor, len(weights)), big.NewInt(int64(len(weights)))
		for i := range weights {
			weights[i] = 1
		}
	}
	got := new(big.Int)
	rests, extra := make([]*big.Int, len(parts)), make([]bool, len(parts))
	for i, p := range parts {
		got.Add(got, big.NewInt(int64(p)))
		q, r := new(big.Int), new(big.Int)
		q.QuoRem(new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(int64(weights[i]))), sum, r)
		rests[i] = r
		switch int64(p) - q.Int64() {
		case 0:
		case 1:
			extra[i] = true
		default:
			t.Fatalf("part %d is %d, its exact share is %v and %v/%v", i, p, q, r, sum)
		}
	}
	if got.Cmp(big.NewInt(int64(total))) != 0 {
		t.Fatalf("%v sum to %v, not %d", parts, got, total)
	}
	for i := range parts {
		for j := range parts {
			if c := rests[i].Cmp(rests[j]); !extra[i] && extra[j] && (c > 0 || c == 0 && i < j) {
				t.Fatalf("%v of %v: part %d should have been rounded up before %d", parts, weights, i, j)
			}
		}
	}
}
