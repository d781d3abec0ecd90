package words

import (
	"testing"
	"time"

	"bounceback/engine"
)

// TestDatesAreReadAsTheyAreShown: in the country's order, and as 2026-11-20.
func TestDatesAreReadAsTheyAreShown(t *testing.T) {
	w, err := For("en")
	if err != nil {
		t.Fatal(err)
	}
	want := engine.DayOf(2026, time.November, 20)
	for country, own := range map[string]string{"BR": "20/11/2026", "US": "11/20/2026", "DE": "20.11.2026", "SE": "2026-11-20", "JP": "2026/11/20"} {
		f, err := NewFormat(w, country, "EUR", time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{own, f.Date(want), "2026-11-20"} {
			if got, err := f.ParseDay(text, 0); err != nil || got != want {
				t.Errorf("%s: %q is %v (%v)", country, text, got, err)
			}
		}
		for _, text := range []string{"", "20", "32/32/2026", "20/11", "20/11/26", "2026-13-01", "1969-12-31", "0001-01-01", "20/11/2026/1", "x/11/2026"} {
			if got, err := f.ParseDay(text, 0); engine.CodeOf(err) != engine.CodeBadDate {
				t.Errorf("%s: %q is %v (%v)", country, text, got, err)
			}
		}
		_, err = f.ParseDay("soon", 2026)
		if got, want := f.Err(err), "soon is not a date. Write it as "+f.Date(want)+" or as 2026-11-20."; got != want {
			t.Errorf("%s says %q, want %q", country, got, want)
		}
	}
}
