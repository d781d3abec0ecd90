package words

import (
	"testing"

	"bounceback/engine"

	"pgregory.net/rapid"
)

func TestPrice(t *testing.T) {
	for _, c := range []struct {
		country, code  string
		micros         engine.Micros
		want, inDollar string
	}{
		{"BR", "BRL", 140_000, "R$ 0,14", "US$ 0,14"},
		{"BR", "BRL", 64_500, "R$ 0,0645", "US$ 0,0645"},
		{"BR", "BRL", 1, "R$ 0,000001", "US$ 0,000001"},
		{"BR", "BRL", 0, "R$ 0,00", "US$ 0,00"},
		{"BR", "BRL", -6_450, "−R$ 0,00645", "−US$ 0,00645"},
		{"BR", "BRL", 1_234_567_890_000, "R$ 1.234.567,89", "US$ 1.234.567,89"},
		{"US", "USD", 6_450, "$0.00645", "$0.00645"},
		{"JP", "JPY", 8_000_000, "¥8", "$8.00"},
		{"JP", "JPY", 8_500_000, "¥8.5", "$8.50"},
		{"KW", "KWD", 7_000, "KWD 0.007", "$0.007"},
		{"KW", "KWD", 7_250, "KWD 0.00725", "$0.00725"},
		{"KW", "KWD", 1_000_000, "KWD 1.000", "$1.00"},
		{"DE", "EUR", 75_000, "0,075 €", "0,075 $"},
	} {
		f := format(t, "en", c.country, c.code, "UTC")
		if got := f.Price(c.micros); got != c.want {
			t.Errorf("%s: Price(%d) = %q, want %q", c.country, c.micros, got, c.want)
		}
		for range 2 { // once read, once remembered
			if got := f.PriceIn(c.micros, "USD"); got != c.inDollar {
				t.Errorf("%s: PriceIn(%d) = %q, want %q", c.country, c.micros, got, c.inDollar)
			}
		}
	}
	if got := format(t, "en", "BR", "BRL", "UTC").PriceIn(1_500_000, "XXQ"); got != "XXQ 1,5" {
		t.Errorf("an unknown currency is written %q", got)
	}
}

func TestReadPrice(t *testing.T) {
	for _, c := range []struct {
		country, code, text string
		want                engine.Micros // -1: refused
	}{
		{"BR", "BRL", "0,14", 140_000},
		{"BR", "BRL", "0.0645", 64_500},
		{"BR", "BRL", " R$ 0,14 ", 140_000},
		{"BR", "BRL", "R$0,14", 140_000},
		{"BR", "BRL", "0.064", 64_000},
		{"BR", "BRL", ",5", 500_000},
		{"BR", "BRL", "1.500", 1_500_000_000},
		{"BR", "BRL", "1,500", 1_500_000},
		{"BR", "BRL", "1.234,5678", 1_234_567_800},
		{"US", "USD", "$0.00645", 6_450},
		{"US", "USD", "1,500", 1_500_000_000},
		{"DE", "EUR", "0,075 €", 75_000},
		{"JP", "JPY", "8.5", 8_500_000},
		{"BR", "BRL", "1000000000", 1_000_000_000_000_000},
		{"BR", "BRL", "1000000000,01", -1},
		{"BR", "BRL", "99999999999999999999", -1},
		{"BR", "BRL", "0,1234567", -1},
		{"BR", "BRL", "", -1},
		{"BR", "BRL", "R$", -1},
		{"BR", "BRL", "-0,14", -1},
		{"BR", "BRL", "0,1,4", -1},
		{"BR", "BRL", "14 centavos", -1},
	} {
		got, err := format(t, "en", c.country, c.code, "UTC").ReadPrice(c.text)
		switch {
		case c.want < 0 && (engine.CodeOf(err) != CodeBadPrice || engine.ClassOf(err) != engine.Input):
			t.Errorf("%s: %q is read as %d, %v", c.country, c.text, got, err)
		case c.want >= 0 && (err != nil || got != c.want):
			t.Errorf("%s: %q is read as %d, %v; want %d", c.country, c.text, got, err, c.want)
		}
	}
}

func TestReadPriceIsToldInWords(t *testing.T) {
	f := format(t, "en", "BR", "BRL", "UTC")
	_, err := f.ReadPrice("dear")
	if got, want := f.Err(err), "“dear” is not a price. Type it such as R$ 0,0645, with at most six decimals."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What a country writes, it reads.
func TestReadPriceReadsPrice(t *testing.T) {
	countries := engine.Countries()
	w, err := For("en")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(countries).Draw(t, "country")
		f, err := NewFormat(w, c.Code, c.Currency, nil)
		if err != nil {
			t.Fatal(err)
		}
		m := engine.Micros(rapid.Int64Range(0, 1_000_000_000_000_000).Draw(t, "micros"))
		text := f.Price(m)
		if got, err := f.ReadPrice(text); err != nil || got != m {
			t.Fatalf("%s: %d is written %q and read as %d, %v", c.Code, m, text, got, err)
		}
	})
}
