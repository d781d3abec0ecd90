package delivery

import (
	"strings"
	"testing"
	"time"

	"bounceback/engine"

	"pgregory.net/rapid"
)

// TestZones names the zones of numbers, which libphonenumber's data know.
func TestZones(t *testing.T) {
	home := zoneOf(t, "Asia/Tokyo")
	for number, want := range map[string]string{
		"+12125550100":   "America/New_York",
		"+5511987654321": "America/Sao_Paulo",
		"+5592987654321": "America/Manaus", // mobile numbers of Brazil have their area
		"+351912345678":  "Atlantic/Azores Europe/Lisbon",
		"+34612345678":   "Atlantic/Canary Europe/Madrid",
		"+68672012345":   "Pacific/Enderbury Pacific/Kiritimati Pacific/Tarawa",
		"+73952123456":   "Asia/Irkutsk", // a landline
		"+870773111632":  "Asia/Tokyo",   // a satellite telephone
		"+881612345678":  "Asia/Tokyo",
		"+19":            "Asia/Tokyo",
		"12":             "Asia/Tokyo",
		"":               "Asia/Tokyo",
	} {
		var names []string
		for _, zone := range Zones(number, home) {
			names = append(names, zone.String())
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s, want %s", number, got, want)
		}
	}
	for number, least := range map[string]int{
		"+18005550100": 30, // toll-free: anywhere in the numbering plan
		"+79161234567": 11, // a mobile phone anywhere in Russia
		"+61412345678": 5,  // or Australia
	} {
		if zones := Zones(number, home); len(zones) < least {
			t.Errorf("%s: only %v", number, zones)
		}
	}
}

func TestOpening(t *testing.T) {
	utc := func(text string) engine.Instant {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return engine.InstantOf(at)
	}
	standard := Hours{9, 20}
	for _, c := range []struct {
		name      string
		hours     Hours
		number    string
		now, want string
	}{
		{"by day", standard, "+5511987654321", "2026-11-20T15:00:00Z", "2026-11-20T15:00:00Z"},
		{"the first minute", standard, "+5511987654321", "2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z"},
		{"before it", standard, "+5511987654321", "2026-11-20T11:59:59Z", "2026-11-20T12:00:00Z"},
		{"the last minute", standard, "+5511987654321", "2026-11-20T22:59:59Z", "2026-11-20T22:59:59Z"},
		{"after it", standard, "+5511987654321", "2026-11-20T23:00:00Z", "2026-11-21T12:00:00Z"},
		{"at night", standard, "+5511987654321", "2026-11-21T03:30:00Z", "2026-11-21T12:00:00Z"},
		{"in Manaus it is an hour earlier", standard, "+5592987654321", "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z"},
		{"the Azores wake later than Lisbon", standard, "+351912345678", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z"},
		{"and Lisbon sleeps first", standard, "+351912345678", "2026-11-20T20:00:00Z", "2026-11-21T10:00:00Z"},
		{"Kiribati's common hours", standard, "+68672012345", "2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z"},
		{"end where the day does first", standard, "+68672012345", "2026-11-20T06:00:00Z", "2026-11-20T21:00:00Z"},
		{"one hour suits all of Russia", standard, "+79161234567", "2026-11-20T12:00:00Z", "2026-11-21T07:00:00Z"},
		{"half an hour suits all from Guam to Newfoundland", standard, "+18005550100", "2026-11-20T03:00:00Z", "2026-11-20T23:00:00Z"},
		{"shorter days have none: the shop's own", Hours{9, 18}, "+18005550100", "2026-11-20T03:00:00Z", "2026-11-20T12:00:00Z"},
		{"the whole day", Hours{0, 24}, "+18005550100", "2026-11-20T03:00:00Z", "2026-11-20T03:00:00Z"},
		{"clocks go forward in the night", standard, "+12125550100", "2026-03-08T06:00:00Z", "2026-03-08T13:00:00Z"},
		{"and back", standard, "+12125550100", "2026-11-01T05:00:00Z", "2026-11-01T14:00:00Z"},
		{"the first hour is left out", Hours{2, 20}, "+12125550100", "2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z"},
		{"all hours are left out", Hours{2, 3}, "+12125550100", "2026-03-08T06:00:00Z", "2026-03-09T06:00:00Z"},
		{"midnight is left out", Hours{0, 20}, "+5511987654321", "2018-11-03T23:30:00Z", "2018-11-04T03:00:00Z"},
		{"the first hour comes twice", Hours{1, 20}, "+12125550100", "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z"},
	} {
		home := zoneOf(t, "America/Sao_Paulo")
		if got := c.hours.Opening(utc(c.now), Zones(c.number, home), home); got != utc(c.want) {
			t.Errorf("%s: from %s it is %s, want %s", c.name, c.now, got.In(time.UTC).Format(time.RFC3339), c.want)
		}
	}
}

// within tells whether an instant lies in the hours in all zones.
func (h Hours) within(at engine.Instant, zones []*time.Location) bool {
	for _, zone := range zones {
		if hour := at.In(zone).Hour(); hour < h.From || hour >= h.Until {
			return false
		}
	}
	return true
}

// walk looks for an opening quarter of an hour by quarter: no zone of today is
// less than that from another.
func (h Hours) walk(now engine.Instant, zones []*time.Location) (engine.Instant, bool) {
	if h.within(now, zones) {
		return now, true
	}
	const quarter = 15 * 60 * 1000
	for at := now/quarter*quarter + quarter; at < now.Add(farthest); at += quarter {
		if h.within(at, zones) {
			return at, true
		}
	}
	return 0, false
}

func TestOpeningAgainstAWalk(t *testing.T) {
	changes := []engine.Day{
		engine.DayOf(2026, time.March, 8), engine.DayOf(2026, time.November, 1), engine.DayOf(2026, time.March, 29),
		engine.DayOf(2026, time.October, 25), engine.DayOf(2018, time.November, 4), engine.DayOf(2018, time.February, 18),
		engine.DayOf(2026, time.October, 4), engine.DayOf(2026, time.April, 5), engine.DayOf(2026, time.June, 15),
	}
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom(changes).Draw(t, "day")
		now := day.Start(time.UTC).Add(time.Duration(rapid.IntRange(-72*60, 72*60).Draw(t, "minutes")) * time.Minute)
		now += engine.Instant(rapid.IntRange(0, 59_999).Draw(t, "and"))
		from := rapid.IntRange(0, 23).Draw(t, "from")
		h := Hours{from, rapid.IntRange(from+1, 24).Draw(t, "until")}
		var zones []*time.Location
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(drawnZones), 1, 4).Draw(t, "zones") {
			zones = append(zones, zoneOf(t, name))
		}
		home := zoneOf(t, rapid.SampledFrom(drawnZones).Draw(t, "home"))

		want, ok := h.walk(now, zones)
		if !ok {
			if want, ok = h.walk(now, []*time.Location{home}); !ok {
				t.Skip("all hours are left out twice")
			}
		}
		got := h.Opening(now, zones, home)
		if got != want {
			t.Fatalf("%s, want %s", got.In(time.UTC), want.In(time.UTC))
		}
		if again := h.Opening(got, zones, home); again != got && h.within(got, zones) {
			t.Fatalf("from %s it is %s", got.In(time.UTC), again.In(time.UTC))
		}
	})
}

func BenchmarkOpening(b *testing.B) {
	for name, number := range map[string]string{"Brazil": "+5511987654321", "Russia": "+79161234567", "TollFree": "+18005550100"} {
		b.Run(name, func(b *testing.B) {
			home := zoneOf(b, "America/Sao_Paulo")
			now := engine.DayOf(2026, time.November, 20).Start(time.UTC)
			for b.Loop() {
				Hours{9, 20}.Opening(now, Zones(number, home), home)
			}
		})
	}
}
