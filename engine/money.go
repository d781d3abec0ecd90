package engine

import (
	"math"
	"math/bits"
	"sort"
)

// Rounding names how a result that lies between two minor units (or steps) is
// brought to one of them. Every function that may round takes it by name.
type Rounding int

// The rounding modes. Amounts here are never negative, so up is away from zero.
const (
	Down   Rounding = iota // towards zero
	HalfUp                 // to the nearest, a half upwards
	Up                     // to the next
)

// Codes of amounts.
const (
	CodeOverflow       Code = "amount_overflow"       // too large to be counted
	CodeAmountEmpty    Code = "amount_empty"          // nothing typed
	CodeAmountLetters  Code = "amount_letters"        // something that is no digit or mark
	CodeAmountNegative Code = "amount_negative"       // below zero
	CodeAmountDecimals Code = "amount_decimals"       // more decimals than the currency has
	CodeAmountMarks    Code = "amount_marks"          // marks that no country writes so
	CodeAmountTooLarge Code = "amount_too_large"      // above MaxAmount
	CodeAmountOutside  Code = "amount_outside_limits" // a rate, step or part that is out of range
)

// MaxAmount is the largest amount of one sale: 100 million of a currency with
// two decimals. Sums of a billion such sales still fit an int64.
const MaxAmount Minor = 10_000_000_000

const wholeBP = 10_000

// MulBP is amount × rate, through 128 bits, rounded as named. Amount and rate
// must not be negative.
func MulBP(amount Minor, rate BP, mode Rounding) (Minor, error) {
	return mulDiv(amount, int64(rate), wholeBP, mode)
}

// MulBPStep is amount × rate rounded as named to a multiple of step: the face
// of a coupon (next whole currency unit) or its most discount. The product is
// kept exact until the one rounding at the end.
func MulBPStep(amount Minor, rate BP, step Minor, mode Rounding) (Minor, error) {
	if step <= 0 || step > math.MaxInt64/wholeBP {
		return 0, BadInput(CodeAmountOutside, "name", "step", "value", int64(step))
	}
	steps, err := mulDiv(amount, int64(rate), int64(step)*wholeBP, mode)
	if err != nil {
		return 0, err
	}
	hi, lo := bits.Mul64(uint64(steps), uint64(step))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, BadInput(CodeOverflow)
	}
	return Minor(lo), nil
}

// Share is amount × part ÷ whole, rounded as named: what falls on a part of a
// sale. None may be negative, whole not zero.
func Share(amount, part, whole Minor, mode Rounding) (Minor, error) {
	return mulDiv(amount, int64(part), int64(whole), mode)
}

func mulDiv(amount Minor, factor, divisor int64, mode Rounding) (Minor, error) {
	if amount < 0 || factor < 0 || divisor <= 0 {
		return 0, BadInput(CodeAmountOutside, "name", "amount", "value", int64(amount))
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(factor))
	d := uint64(divisor)
	if hi >= d {
		return 0, BadInput(CodeOverflow)
	}
	q, r := bits.Div64(hi, lo, d)
	if up := mode == Up && r > 0 || mode == HalfUp && r >= d-r; up && q < math.MaxUint64 {
		q++
	}
	if q > math.MaxInt64 {
		return 0, BadInput(CodeOverflow)
	}
	return Minor(q), nil
}

// Add sums two amounts; overflow is an error.
func Add(a, b Minor) (Minor, error) {
	if b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
		return 0, BadInput(CodeOverflow)
	}
	return a + b, nil
}

// Allocate splits total over weights by largest remainder: every part gets the
// whole units of its exact share, and the units left over go one each to the
// largest remainders, ties to the earlier. The parts always sum to total. With
// all weights zero the parts are split as if they were equal. Neither total
// nor a weight may be negative; without weights only a total of zero can be
// split.
func Allocate(total Minor, weights []Minor) ([]Minor, error) {
	sum, err := sumWeights(total, weights)
	if err != nil || len(weights) == 0 {
		return nil, err
	}
	even := sum == 0
	if even {
		sum = uint64(len(weights))
	}
	parts := make([]Minor, len(weights))
	remainders := make([]uint64, len(weights))
	left := uint64(total)
	for i, w := range weights {
		weight := uint64(w)
		if even {
			weight = 1
		}
		hi, lo := bits.Mul64(uint64(total), weight)
		q, r := bits.Div64(hi, lo, sum) // weight ≤ sum, so q ≤ total and hi < sum
		parts[i], remainders[i] = Minor(q), r
		left -= q
	}
	handOut(parts, remainders, left)
	return parts, nil
}

func sumWeights(total Minor, weights []Minor) (uint64, error) {
	if total < 0 {
		return 0, BadInput(CodeAmountNegative)
	}
	if total > 0 && len(weights) == 0 {
		return 0, BadInput(CodeAmountOutside, "name", "weights", "value", 0)
	}
	var sum uint64
	for _, w := range weights {
		if w < 0 {
			return 0, BadInput(CodeAmountNegative)
		}
		if sum += uint64(w); sum > math.MaxInt64 {
			return 0, BadInput(CodeOverflow)
		}
	}
	return sum, nil
}

func handOut(parts []Minor, remainders []uint64, left uint64) {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return remainders[order[a]] > remainders[order[b]] })
	for _, i := range order[:left] {
		parts[i]++
	}
}
