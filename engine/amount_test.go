package engine

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	brl   = Marks{Decimal: ',', Group: '.', Exponent: 2} // Brazil
	usd   = Marks{Decimal: '.', Group: ',', Exponent: 2}
	yen   = Marks{Decimal: '.', Group: ',', Exponent: 0}
	dinar = Marks{Decimal: '.', Group: ',', Exponent: 3} // Kuwait
	tunis = Marks{Decimal: ',', Group: '\u202f', Exponent: 3}
	swiss = Marks{Decimal: '.', Group: '’', Exponent: 2}
	rupee = Marks{Decimal: '.', Group: ',', Exponent: 2} // India groups by two
)

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		marks Marks
		text  string
		want  Minor
	}{
		{brl, "180", 18000},
		{brl, "180.00", 18000},
		{brl, "180,00", 18000},
		{brl, "180.5", 18050},
		{brl, "180,5", 18050},
		{brl, "1.234,56", 123456},
		{brl, "1,234.56", 123456},
		{brl, "1.234", 123400},
		{brl, "12.345", 1234500},
		{brl, "1.234.567", 123456700},
		{brl, "1,234,567", 123456700},
		{brl, "1.234.567,89", 123456789},
		{brl, "0", 0},
		{brl, "0,00", 0},
		{brl, "0,01", 1},
		{brl, ",5", 50},
		{brl, ".05", 5},
		{brl, "180,", 18000},
		{brl, "007", 700},
		{brl, " 180 ", 18000},
		{brl, "1 234,56", 123456},
		{brl, "1\u00a0234\u00a0567,00", 123456700},
		{brl, "100000000", 10000000000},
		{brl, "100.000.000,00", 10000000000},
		{usd, "1,234", 123400},
		{usd, "1,234.56", 123456},
		{usd, "1.234,56", 123456},
		{usd, "1,234,567.8", 123456780},
		{yen, "180", 180},
		{yen, "1,234", 1234},
		{yen, "1,234,567", 1234567},
		{yen, "1.234.567", 1234567},
		{dinar, "180", 180000},
		{dinar, "1.234", 1234},
		{dinar, "0.500", 500},
		{dinar, "0,500", 500},
		{dinar, "1,234", 1234000},
		{dinar, "1,234.567", 1234567},
		{dinar, "1.234,567", 1234567},
		{dinar, "180.5", 180500},
		{tunis, "1,234", 1234},
		{tunis, "1.234", 1234},
		{tunis, "1\u202f234,5", 1234500},
		{swiss, "1'234.50", 123450},
		{swiss, "1’234’567.05", 123456705},
		{swiss, "180,50", 18050},
		{rupee, "1,00,000", 10000000},
		{rupee, "12,34,567.89", 123456789},
		{rupee, "99,999.50", 9999950},
	} {
		if got, err := ParseAmount(c.text, c.marks); err != nil || got != c.want {
			t.Errorf("ParseAmount(%q, %c %c %d) = %d, %v; want %d", c.text, c.marks.Decimal, c.marks.Group, c.marks.Exponent, got, err, c.want)
		}
	}
}

func TestParseAmountRefuses(t *testing.T) {
	for _, c := range []struct {
		marks Marks
		text  string
		want  Code
	}{
		{brl, "", CodeAmountEmpty},
		{brl, " \u00a0\t", CodeAmountEmpty},
		{brl, "-180", CodeAmountNegative},
		{brl, "−5", CodeAmountNegative},
		{brl, "- 5", CodeAmountNegative},
		{brl, "1e9", CodeAmountLetters},
		{brl, "12x", CodeAmountLetters},
		{brl, "R$ 50", CodeAmountLetters},
		{brl, "١٢", CodeAmountLetters},
		{brl, "１２", CodeAmountLetters},
		{brl, "5-", CodeAmountLetters},
		{brl, "+5", CodeAmountLetters},
		{brl, ".", CodeAmountLetters},
		{brl, ",", CodeAmountLetters},
		{brl, "1\n2", CodeAmountLetters},
		{brl, "180,123", CodeAmountDecimals},
		{brl, "180,000", CodeAmountDecimals},
		{brl, "0.500", CodeAmountDecimals},
		{brl, "1234.567", CodeAmountDecimals},
		{brl, "1.234,567", CodeAmountDecimals},
		{usd, "1.234", CodeAmountDecimals},
		{yen, "180.00", CodeAmountDecimals},
		{yen, "180,5", CodeAmountDecimals},
		{dinar, "1.2345", CodeAmountDecimals},
		{brl, "1.234.56", CodeAmountMarks},
		{brl, "1,2,3", CodeAmountMarks},
		{brl, "1.23,45.6", CodeAmountMarks},
		{brl, "1.2,345.6", CodeAmountMarks},
		{brl, "12,34.5", CodeAmountMarks},
		{brl, "1234.567,00", CodeAmountMarks},
		{brl, "0.123.456", CodeAmountMarks},
		{brl, "..5", CodeAmountMarks},
		{brl, ".,5", CodeAmountMarks},
		{brl, "1,,5", CodeAmountMarks},
		{brl, "1.,5", CodeAmountMarks},
		{brl, "180 00", CodeAmountMarks}, // a space where a mark was meant
		{brl, "1 2", CodeAmountMarks},
		{brl, "1'5", CodeAmountMarks},
		{brl, "1 234 56", CodeAmountMarks},
		{brl, "1 234.567,00", CodeAmountMarks},
		{brl, "1,2 3", CodeAmountMarks},
		{swiss, "1'23.50", CodeAmountMarks},
		{rupee, "1,00,00", CodeAmountMarks},
		{rupee, "1,000,00", CodeAmountMarks},
		{rupee, "1,00,000,000", CodeAmountMarks},
		{brl, "100.000.000,01", CodeAmountTooLarge},
		{brl, "100000001", CodeAmountTooLarge},
		{brl, "9999999999999999999999", CodeAmountTooLarge},
		{brl, strings.Repeat("9", 400), CodeAmountTooLarge},
		{yen, "10000000001", CodeAmountTooLarge},
		{dinar, "10000000.001", CodeAmountTooLarge},
	} {
		got, err := ParseAmount(c.text, c.marks)
		if CodeOf(err) != c.want || ClassOf(err) != Input || got != 0 {
			t.Errorf("ParseAmount(%q, %c %c %d) = %d, %v; want %s", c.text, c.marks.Decimal, c.marks.Group, c.marks.Exponent, got, err, c.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct {
		m        Minor
		exponent int
		want     string
	}{
		{0, 2, "0.00"},
		{5, 2, "0.05"},
		{18000, 2, "180.00"},
		{-5, 2, "-0.05"},
		{-18000, 0, "-18000"},
		{0, 0, "0"},
		{180, 0, "180"},
		{1, 3, "0.001"},
		{1234567, 3, "1234.567"},
		{-9223372036854775808, 2, "-92233720368547758.08"},
		{9223372036854775807, 3, "9223372036854775.807"},
	} {
		if got := c.m.Plain(c.exponent); got != c.want {
			t.Errorf("%d with %d decimals is %q, want %q", c.m, c.exponent, got, c.want)
		}
	}
}

// What the program writes plainly, or grouped in a country's way, it reads as
// the same amount.
func TestParseAmountReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom([]Marks{brl, usd, yen, dinar, tunis, swiss}).Draw(t, "marks")
		amount := tillAmount().Draw(t, "amount")
		plain := amount.Plain(m.Exponent)
		if got, err := ParseAmount(plain, Marks{Decimal: '.', Exponent: m.Exponent}); err != nil || got != amount {
			t.Fatalf("%q is %d, %v; want %d", plain, got, err, amount)
		}
		size := rapid.SampledFrom([]int{2, 3}).Draw(t, "size")
		if m.Group != ',' && m.Group != '.' {
			size = 3
		}
		grouped := writeGrouped(plain, m, size)
		if got, err := ParseAmount(grouped, m); err != nil || got != amount {
			t.Fatalf("%q is %d, %v; want %d", grouped, got, err, amount)
		}
	})
}

// writeGrouped puts a country's marks into a plain amount; size is that of the
// groups before the last three digits.
func writeGrouped(plain string, m Marks, size int) string {
	whole, decimals, _ := strings.Cut(plain, ".")
	out := ""
	for n := 3; len(whole) > n; n = size {
		out = string(m.Group) + whole[len(whole)-n:] + out
		whole = whole[:len(whole)-n]
	}
	out = whole + out
	if decimals != "" {
		out += string(m.Decimal) + decimals
	}
	return out
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{
		"180", "180.00", "180,00", "1.234,56", "1,234.56", "1.234", "1,234", "-5", "1e9", "", "R$ 50", "1'234.50",
		"1 234,5", "1,00,000", "99999999999999999999", "..", ".,", "0.500", "180 00", "−1", "1\u202f234",
	} {
		f.Add(s, byte(0))
		f.Add(s, byte(7))
	}
	all := []Marks{brl, usd, yen, dinar, tunis, swiss}
	f.Fuzz(func(t *testing.T, text string, country byte) {
		m := all[int(country)%len(all)]
		got, err := ParseAmount(text, m)
		if err != nil {
			if ClassOf(err) != Input || got != 0 {
				t.Fatalf("%q: %d, %v", text, got, err)
			}
			return
		}
		if got < 0 || got > MaxAmount {
			t.Fatalf("%q is %d", text, got)
		}
		if strings.Trim(strings.TrimSpace(text), "0123456789.,'’ \t\u00a0\u2009\u202f") != "" {
			t.Fatalf("%q is %d", text, got)
		}
		plain := got.Plain(m.Exponent)
		again, err := ParseAmount(plain, Marks{Decimal: '.', Exponent: m.Exponent})
		if err != nil || again != got {
			t.Fatalf("%q is %d, written %q and read %d, %v", text, got, plain, again, err)
		}
		if digitsOf(text) != digitsOf(plain) {
			t.Fatalf("%q is %q: other digits", text, plain)
		}
	})
}

// digitsOf gives the digits of a text without the zeros around them.
func digitsOf(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s), "0")
}
