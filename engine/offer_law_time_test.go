package engine_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bounceback/engine"
)

const minuteOfTime = engine.Instant(60_000)

// applies tells whether an offer with a threshold applies at an instant.
func applies(t testing.TB, zone string, now engine.Instant, when engine.Threshold) bool {
	t.Helper()
	o := engine.Offer{Kind: engine.KindOrderFixed, Cut: engine.Cut{By: engine.ByAmount, Amount: 1}, When: when}
	r, err := engine.Evaluate(engine.Basket{Amount: 100}, []engine.Offer{o}, engine.Facts{Now: now, Store: engine.Store{Timezone: zone}})
	if err != nil {
		t.Fatal(err)
	}
	return len(r.Applied) == 1
}

// A span of the day lasts as long as the clock on the wall shows it: an hour
// that is left out is none, one that comes twice is two, and a day may begin
// at one o'clock.
func TestHoursWhereTheClockChanges(t *testing.T) {
	for _, c := range []struct {
		name, zone  string
		day         engine.Day
		from, to    int // hours
		minutes     int
		onlyWeekday time.Weekday
	}{
		{"two to three, left out", "America/New_York", engine.DayOf(2026, 3, 8), 2, 3, 0, time.Sunday},
		{"one to four, an hour less", "America/New_York", engine.DayOf(2026, 3, 8), 1, 4, 120, time.Sunday},
		{"one to two, twice", "America/New_York", engine.DayOf(2026, 11, 1), 1, 2, 120, time.Sunday},
		{"midnight to midnight", "America/New_York", engine.DayOf(2026, 11, 1), 0, 24, 25 * 60, time.Sunday},
		{"the first hour, left out", "America/Sao_Paulo", engine.DayOf(2018, 11, 4), 0, 1, 0, time.Sunday},
		{"the day without midnight", "America/Sao_Paulo", engine.DayOf(2018, 11, 4), 0, 24, 23 * 60, time.Sunday},
		{"the night to a day without midnight", "America/Sao_Paulo", engine.DayOf(2018, 11, 4), 23, 2, 120, time.Saturday},
		{"the hour before midnight, twice", "America/Sao_Paulo", engine.DayOf(2018, 2, 17), 23, 24, 120, time.Saturday},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		when := engine.Threshold{Times: []engine.Hours{{From: c.from * 60, To: c.to * 60}}, Weekdays: []time.Weekday{c.onlyWeekday}}
		minutes := 0
		start := c.day.Start(zone)
		for n := engine.Instant(-24 * 60); n < 48*60; n += 5 {
			if applies(t, c.zone, start+n*minuteOfTime, when) {
				minutes += 5
			}
		}
		if minutes != c.minutes {
			t.Errorf("%s: %d minutes, want %d", c.name, minutes, c.minutes)
		}
	}
}

// Around a change of the clock as at any other time, a span holds when the clock
// on the wall says so, on the weekday on which it began.
func TestHoursFollowTheClockOnTheWall(t *testing.T) {
	changes := map[string][]engine.Day{
		"America/New_York":  {engine.DayOf(2026, 3, 8), engine.DayOf(2026, 11, 1)},
		"America/Sao_Paulo": {engine.DayOf(2018, 11, 4), engine.DayOf(2018, 2, 18)},
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"America/New_York", "America/Sao_Paulo"}).Draw(t, "zone")
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		day := rapid.SampledFrom(changes[name]).Draw(t, "day")
		now := day.Start(zone) + engine.Instant(rapid.IntRange(-36*60, 48*60).Draw(t, "minutes"))*minuteOfTime
		span := engine.Hours{From: rapid.IntRange(0, 24*60-1).Draw(t, "from"), To: rapid.IntRange(0, 24*60).Draw(t, "to")}
		weekday := time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
		wall := now.In(zone)
		minute, began := wall.Hour()*60+wall.Minute(), wall
		inside := minute >= span.From && minute < span.To
		if span.To <= span.From {
			inside = minute >= span.From || minute < span.To
			if minute < span.To {
				began = time.Date(wall.Year(), wall.Month(), wall.Day()-1, 12, 0, 0, 0, zone)
			}
		}
		want := inside && weekday == began.Weekday()
		when := engine.Threshold{Times: []engine.Hours{span}, Weekdays: []time.Weekday{weekday}}
		if got := applyOn(t, name, now, when); got != want {
			t.Fatalf("%s, %v on %s: %v, want %v", wall, span, weekday, got, want)
		}
	})
}

func applyOn(t *rapid.T, zone string, now engine.Instant, when engine.Threshold) bool {
	o := engine.Offer{Kind: engine.KindOrderFixed, Cut: engine.Cut{By: engine.ByAmount, Amount: 1}, When: when}
	r := price(t, engine.Basket{Amount: 100}, []engine.Offer{o}, engine.Facts{Now: now, Store: engine.Store{Timezone: zone}})
	return slices.ContainsFunc(r.Applied, func(a engine.Application) bool { return a.Kind == engine.KindOrderFixed })
}
