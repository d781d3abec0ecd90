package engine

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func day(t testing.TB, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDayStart(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2026-11-20", "2026-11-20T00:00:00Z"},
		{"America/Sao_Paulo", "2026-11-20", "2026-11-20T00:00:00-03:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"}, // midnight was skipped
		{"America/Sao_Paulo", "2018-11-03", "2018-11-03T00:00:00-03:00"},
		{"America/Sao_Paulo", "2018-11-05", "2018-11-05T00:00:00-02:00"},
		{"America/Sao_Paulo", "2019-02-16", "2019-02-16T00:00:00-02:00"}, // 25 hours long
		{"America/Sao_Paulo", "2019-02-17", "2019-02-17T00:00:00-03:00"},
		{"America/Asuncion", "2023-10-01", "2023-10-01T01:00:00-03:00"},
		{"America/Santiago", "2025-09-07", "2025-09-07T01:00:00-03:00"},
		{"Asia/Beirut", "2024-03-31", "2024-03-31T01:00:00+03:00"},
		{"Asia/Beirut", "2024-10-27", "2024-10-27T00:00:00+02:00"},
		{"Africa/Cairo", "2024-04-26", "2024-04-26T01:00:00+03:00"},
		{"Africa/Cairo", "2024-11-01", "2024-11-01T00:00:00+02:00"},
		{"Asia/Amman", "2021-10-29", "2021-10-29T00:00:00+03:00"}, // midnight came twice
		{"America/Havana", "2023-11-05", "2023-11-05T00:00:00-04:00"},
		{"America/Havana", "2024-03-10", "2024-03-10T01:00:00-04:00"},
		{"Atlantic/Azores", "2024-10-27", "2024-10-27T00:00:00Z"},
		{"America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30"}, // at 00:01 back to 23:01
		{"Pacific/Apia", "2011-12-29", "2011-12-29T00:00:00-10:00"},
		{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"}, // a day that never was
		{"Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"},
		{"Australia/Lord_Howe", "2024-10-06", "2024-10-06T00:00:00+10:30"},
		{"Asia/Kathmandu", "2026-01-01", "2026-01-01T00:00:00+05:45"},
		{"America/New_York", "2026-03-08", "2026-03-08T00:00:00-05:00"},
		{"Europe/London", "2041-01-01", "2041-01-01T00:00:00Z"},
		{"Africa/Cairo", "2041-01-02", "2041-01-02T00:00:00+02:00"},
		{"Europe/Lisbon", "2040-12-31", "2040-12-31T00:00:00Z"},
		{"Africa/Monrovia", "1972-01-07", "1972-01-07T00:44:30Z"}, // an odd jump over midnight
	} {
		want, err := time.Parse(time.RFC3339, c.want)
		if err != nil {
			t.Fatal(err)
		}
		if got := day(t, c.day).Start(zone(t, c.zone)); got != InstantOf(want) {
			t.Errorf("%s in %s starts at %s, want %s", c.day, c.zone, got.In(zone(t, c.zone)).Format(time.RFC3339), c.want)
		}
	}
}

// In every zone of a country a day starts at the first instant whose local day
// is that day or, if there is none, a later one.
func TestDayStartIsTheFirstInstant(t *testing.T) {
	countries := Countries()
	extra := []string{"America/Havana", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "Antarctica/Troll", "Africa/Casablanca", "Asia/Amman", "Asia/Damascus"}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.SampledFrom(extra), rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom(countries).Draw(t, "country").Timezone
		})).Draw(t, "zone")
		loc, err := LoadZone(name)
		if err != nil {
			t.Fatal(err)
		}
		d := DayOf(1970, 1, 2) + Day(rapid.IntRange(0, 36500).Draw(t, "day"))
		if rapid.Bool().Draw(t, "at a change") {
			_, change := d.Date().In(loc).ZoneBounds()
			if !change.IsZero() {
				d = DayOf(change.In(loc).Date()) + Day(rapid.IntRange(-1, 1).Draw(t, "beside"))
			}
		}
		start := d.Start(loc)
		if DayAt(start, loc) < d || DayAt(start-1, loc) >= d {
			t.Fatalf("%s in %s starts at %v", d, name, start.In(loc))
		}
		for back := 1; back <= 12; back++ { // no earlier instant near it is of this day
			if DayAt(start.Add(-time.Duration(back)*15*time.Minute), loc) >= d {
				t.Fatalf("%s in %s began before %v", d, name, start.In(loc))
			}
		}
		if next := (d + 1).Start(loc); next < start {
			t.Fatalf("%s in %s ends at %v before it starts at %v", d, name, next.In(loc), start.In(loc))
		}
	})
}

func TestDays(t *testing.T) {
	if d := DayOf(1970, time.January, 1); d != 0 || d.String() != "1970-01-01" {
		t.Errorf("the first day is %d, %s", d, d)
	}
	if d := DayOf(1969, time.December, 31); d != -1 || d.String() != "1969-12-31" {
		t.Errorf("the day before is %d, %s", d, d)
	}
	if d := DayOf(2026, time.November, 31); d.String() != "2026-12-01" {
		t.Errorf("31 November is %s", d)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int32Range(-700000, 2900000).Draw(t, "day"))
		if got, err := ParseDay(d.String()); err != nil || got != d {
			t.Fatalf("%d is written %s and read as %d, %v", d, d, got, err)
		}
	})
}

func TestParseDayRefuses(t *testing.T) {
	for _, s := range []string{"", "2026-02-29", "2026-13-01", "2026-1-1", "20/11/2026", "2026-11-20T00:00:00Z", " 2026-11-20", "26-11-20", "2026-11-00"} {
		if d, err := ParseDay(s); CodeOf(err) != CodeBadDate || ClassOf(err) != Input || d != 0 {
			t.Errorf("%q is %s, %v", s, d, err)
		}
	}
	if d := day(t, "2024-02-29"); d.String() != "2024-02-29" {
		t.Errorf("a leap day is %s", d)
	}
}

func TestInstants(t *testing.T) {
	at := time.Date(2026, 11, 20, 2, 59, 59, 999_999_999, time.UTC)
	i := InstantOf(at)
	if want := at.Truncate(time.Millisecond); !i.In(time.UTC).Equal(want) {
		t.Errorf("%v is %v", at, i.In(time.UTC))
	}
	loc := zone(t, "America/Sao_Paulo")
	if d := DayAt(i, loc); d.String() != "2026-11-19" {
		t.Errorf("the local day is %s", d)
	}
	if d := DayAt(i+1, loc); d.String() != "2026-11-20" {
		t.Errorf("a millisecond later it is %s", d)
	}
	if got := i.Add(-time.Second); got != i-1000 {
		t.Errorf("a second earlier is %d", got)
	}
}
