package engine

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParseMicros(t *testing.T) {
	for _, c := range []struct {
		marks Marks
		text  string
		want  Micros
	}{
		{brl, "0,14", 140_000},
		{brl, "0.14", 140_000},
		{usd, "0.00645", 6450},
		{usd, "0,00645", 6450},
		{brl, "0,145", 145_000},
		{brl, "0.145", 145_000},
		{brl, "1.234", 1_234_000_000},
		{brl, "1,234", 1_234_000},
		{yen, "7", 7_000_000},
		{yen, "1.5", 1_500_000},
		{brl, "0,000001", 1},
		{brl, "1.000.000.000", MaxMicros},
		{brl, "0", 0},
	} {
		if got, err := ParseMicros(c.text, c.marks); err != nil || got != c.want {
			t.Errorf("%q is %d, %v; want %d", c.text, got, err, c.want)
		}
	}
	for text, want := range map[string]Code{
		"": CodeAmountEmpty, "-1": CodeAmountNegative, "x": CodeAmountLetters, ",": CodeAmountLetters, "1,0000001": CodeAmountDecimals,
		"1.000.000.000,01": CodeAmountTooLarge, "99999999999999999999": CodeAmountTooLarge, "1.2.3": CodeAmountMarks,
	} {
		if got, err := ParseMicros(text, brl); CodeOf(err) != want {
			t.Errorf("%q is %d, %v; want %s", text, got, err, want)
		}
	}
}

// TestMicrosAreReadAsWritten writes an amount with six decimals and reads it
// back.
func TestMicrosAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Micros(rapid.Int64Range(0, int64(MaxMicros)).Draw(t, "amount"))
		if got, err := ParseMicros(Minor(m).Plain(6), usd); err != nil || got != m {
			t.Fatalf("%d came back as %d, %v", m, got, err)
		}
	})
}
