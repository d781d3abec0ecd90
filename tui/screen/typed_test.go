package screen

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bounceback/engine"
	"bounceback/engine/words"
)

// country is an Env that knows only how a country writes.
func country(t testing.TB, code, currency string) *Env {
	t.Helper()
	w, err := words.For("en")
	if err != nil {
		t.Fatal(err)
	}
	f, err := words.NewFormat(w, code, currency, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	store := engine.Store{Title: "Casa Azul", Country: code, Currency: currency, Exponent: f.Exponent(), Timezone: "UTC", Language: "en"}
	return &Env{
		Words: w, Format: f, Store: func() engine.Store { return store },
		Clock: func() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) },
	}
}

func TestRate(t *testing.T) {
	for text, want := range map[string]engine.BP{
		"20": 2000, "20%": 2000, " 20 % ": 2000, "12,5": 1250, "12.5 %": 1250, "0,05": 5, "100": 10000, "7.25%": 725,
	} {
		if got, ok := rate(text); !ok || got != want {
			t.Errorf("rate(%q) = %d, %v; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "%", "x", "-5", "1,234", "12,5,1", "12.5.1", "20%%", "1e2", "9999999", ",5"} {
		if got, ok := rate(text); ok {
			t.Errorf("rate(%q) = %d, want it refused", text, got)
		}
	}
}

func TestTypedRateIsReadBack(t *testing.T) {
	e := country(t, "BR", "BRL")
	rapid.Check(t, func(t *rapid.T) {
		bp := engine.BP(rapid.IntRange(1, 10000).Draw(t, "bp"))
		if got, ok := rate(e.typedRate(bp)); !ok || got != bp {
			t.Fatalf("%d is typed as %q and read as %d, %v", bp, e.typedRate(bp), got, ok)
		}
	})
}

func TestParseDay(t *testing.T) {
	for _, c := range []struct{ country, currency, text, want string }{
		{"BR", "BRL", "20/11/2026", "2026-11-20"},
		{"BR", "BRL", "4/1", "2026-01-04"},
		{"BR", "BRL", "04.01.27", "2027-01-04"},
		{"BR", "BRL", "2027-01-04", "2027-01-04"},
		{"US", "USD", "1/4/2027", "2027-01-04"},
		{"US", "USD", "11/20", "2026-11-20"},
		{"SE", "SEK", "2026-11-20", "2026-11-20"},
		{"SE", "SEK", "26-11-20", "2026-11-20"},
		{"DE", "EUR", "29.2.2028", "2028-02-29"},
		{"JP", "JPY", "2027/1/4", "2027-01-04"},
	} {
		e := country(t, c.country, c.currency)
		if got, err := e.parseDay(c.text); err != nil || got.String() != c.want {
			t.Errorf("%s in %s is %v, %v; want %s", c.text, c.country, got, err, c.want)
		}
	}
	e := country(t, "BR", "BRL")
	for _, text := range []string{"", "20", "31/2/2026", "0/1/2026", "13/13/2026", "1/2/3/4", "a/b", "20/11/12345", "+1/2/2026", "20//", "1/2/200"} {
		if got, err := e.parseDay(text); engine.CodeOf(err) != engine.CodeBadDate {
			t.Errorf("%q is %v, %v; want it refused", text, got, err)
		}
	}
}

func TestTypedDayIsReadBack(t *testing.T) {
	for _, c := range [][2]string{{"BR", "BRL"}, {"US", "USD"}, {"SE", "SEK"}, {"DE", "EUR"}, {"JP", "JPY"}, {"NL", "EUR"}} {
		e := country(t, c[0], c[1])
		rapid.Check(t, func(t *rapid.T) {
			d := engine.Day(rapid.IntRange(1, 60000).Draw(t, "day"))
			if got := e.day(e.typedDay(d)); got != d {
				t.Fatalf("%s is typed as %q and read as %s", d, e.typedDay(d), got)
			}
		})
	}
}

func TestDaysOf(t *testing.T) {
	today := engine.DayOf(2026, 11, 20)
	for value, want := range map[string][2]string{
		"today": {"2026-11-20", "2026-11-20"}, "week": {"2026-11-14", "2026-11-20"}, "30days": {"2026-10-22", "2026-11-20"},
		"month": {"2026-11-01", "2026-11-20"}, "2026-10-01..2026-10-15": {"2026-10-01", "2026-10-15"},
		"": {"1970-01-01", "1970-01-01"}, "2026-10-01..": {"2026-10-01", "1970-01-01"}, "..2026-10-15": {"1970-01-01", "2026-10-15"},
	} {
		from, to := daysOf(value, today)
		if got := [2]string{from.String(), to.String()}; got != want {
			t.Errorf("daysOf(%q) = %v, want %v", value, got, want)
		}
	}
}

func FuzzRate(f *testing.F) {
	for _, s := range []string{"20", "12,5 %", "0.05", "", "%", "999999.99", "１２", "-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		bp, ok := rate(text)
		if ok && (bp < 0 || bp > 99_999_999 || strings.ContainsAny(text, "-+e")) {
			t.Errorf("rate(%q) = %d", text, bp)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"20/11/2026", "4/1", "2027-01-04", "29.2.27", "1//2", "٣/٤", "9999-12-31", "1/1/1969"} {
		f.Add(s)
	}
	e := country(f, "BR", "BRL")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := e.parseDay(text)
		if err == nil && (d < 0 || d.Date().Year() > 9999) {
			t.Errorf("%q is %v", text, d)
		}
	})
}
