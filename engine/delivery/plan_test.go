package delivery

import (
	"slices"
	"testing"
	"time"

	"bounceback/engine"

	"pgregory.net/rapid"
)

// standardPlan is the plan out of the box.
var standardPlan = engine.Settings{}.TextPlan()

func zoneOf(t tester, name string) *time.Location {
	zone, err := engine.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// planned writes a plan in short: "issue, day 2 on 22 Nov 10:00".
func planned(rows []Planned, zone *time.Location) (short []string) {
	for _, p := range rows {
		short = append(short, string(p.Step)+" "+p.Due.In(zone).Format("2 Jan 15:04"))
	}
	return short
}

// termsOf is a coupon of a business date.
func termsOf(business engine.Day, validAfter, life int, zone *time.Location) engine.Coupon {
	first, last := business+engine.Day(validAfter), business+engine.Day(life)
	return engine.Coupon{FirstDay: first, LastDay: last, ValidFrom: first.Start(zone), ValidUntil: (last + 1).Start(zone)}
}

func TestPlan(t *testing.T) {
	zone := zoneOf(t, "America/Sao_Paulo")
	sale := engine.DayOf(2026, time.November, 20)
	noon := sale.At(12, zone)
	for _, c := range []struct {
		name             string
		plan             engine.TextPlan
		validAfter, life int
		now              engine.Instant
		want             []string
	}{
		{
			"45 days", standardPlan, 0, 45, noon,
			[]string{"issue 20 Nov 12:00", "day 22 Nov 10:00", "day 27 Nov 10:00", "day 17 Dec 10:00", "last 1 Jan 10:00"},
		},
		{
			"35 days are not long", standardPlan, 0, 35, noon,
			[]string{"issue 20 Nov 12:00", "day 22 Nov 10:00", "day 27 Nov 10:00", "day 17 Dec 10:00"},
		},
		{
			"36 are", standardPlan, 0, 36, noon,
			[]string{"issue 20 Nov 12:00", "day 22 Nov 10:00", "day 27 Nov 10:00", "day 17 Dec 10:00", "last 23 Dec 10:00"},
		},
		{"5 days", standardPlan, 0, 5, noon, []string{"issue 20 Nov 12:00", "day 22 Nov 10:00"}},
		{"7 days, the last included", standardPlan, 0, 7, noon, []string{"issue 20 Nov 12:00", "day 22 Nov 10:00", "day 27 Nov 10:00"}},
		{
			"good from the 5th day", standardPlan, 5, 45, noon,
			[]string{"issue 20 Nov 12:00", "day 27 Nov 10:00", "day 17 Dec 10:00", "last 1 Jan 10:00"},
		},
		{
			"good from the 7th day, at its start", standardPlan, 7, 45, noon,
			[]string{"issue 20 Nov 12:00", "day 27 Nov 10:00", "day 17 Dec 10:00", "last 1 Jan 10:00"},
		},
		{
			"recorded 10 days late", standardPlan, 0, 45, (sale + 10).At(12, zone),
			[]string{"issue 30 Nov 12:00", "day 17 Dec 10:00", "last 1 Jan 10:00"},
		},
		{
			"recorded on the morning of a reminder", standardPlan, 0, 45, (sale + 7).At(9, zone),
			[]string{"issue 27 Nov 09:00", "day 27 Nov 10:00", "day 17 Dec 10:00", "last 1 Jan 10:00"},
		},
		{
			"recorded at its very hour", standardPlan, 0, 45, (sale + 7).At(10, zone),
			[]string{"issue 27 Nov 10:00", "day 17 Dec 10:00", "last 1 Jan 10:00"},
		},
		{"recorded after it expired", standardPlan, 0, 5, (sale + 6).At(0, zone), nil},
		{"recorded on its last day", standardPlan, 0, 5, (sale + 5).At(23, zone), []string{"issue 25 Nov 23:00"}},
		{
			"two on one day",
			engine.TextPlan{Days: []int{40, 42, 43}, Before: 3, LongLife: 35},
			0, 45, noon,
			[]string{"day 30 Dec 10:00", "last 1 Jan 10:00", "day 2 Jan 10:00"},
		},
		{"none", engine.TextPlan{LongLife: 35}, 0, 45, noon, nil},
		{"before the last day alone", engine.TextPlan{Before: 3}, 0, 5, noon, []string{"last 22 Nov 10:00"}},
		{"longer before than it lives", engine.TextPlan{Before: 30}, 0, 5, noon, nil},
	} {
		got := planned(Plan(c.plan, termsOf(sale, c.validAfter, c.life, zone), sale, 10, zone, c.now), zone)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%q\nwant\n%q", c.name, got, c.want)
		}
	}
}

// TestPlanOverChangesOfClocks takes days on which the hour is missing or comes
// twice.
func TestPlanOverChangesOfClocks(t *testing.T) {
	plan := engine.TextPlan{Days: []int{1}}
	for _, c := range []struct {
		zone     string
		business engine.Day
		hour     int
		want     string // in UTC
	}{
		{"America/New_York", engine.DayOf(2026, time.March, 7), 10, "2026-03-08T14:00:00Z"},
		{"America/New_York", engine.DayOf(2026, time.March, 7), 2, "2026-03-08T07:00:00Z"},     // 3:00 is the first there is
		{"America/New_York", engine.DayOf(2026, time.October, 31), 1, "2026-11-01T05:00:00Z"},  // the first of two
		{"Europe/Lisbon", engine.DayOf(2026, time.March, 28), 1, "2026-03-29T01:00:00Z"},       // 2:00
		{"Europe/Lisbon", engine.DayOf(2026, time.October, 24), 1, "2026-10-25T00:00:00Z"},     // the first of two
		{"America/Sao_Paulo", engine.DayOf(2018, time.November, 3), 0, "2018-11-04T03:00:00Z"}, // 1:00, of the same day
		{"America/Sao_Paulo", engine.DayOf(2018, time.November, 3), 10, "2018-11-04T12:00:00Z"},
		{"Australia/Lord_Howe", engine.DayOf(2026, time.October, 3), 2, "2026-10-03T15:30:00Z"}, // 2:30
		{"Australia/Lord_Howe", engine.DayOf(2026, time.April, 4), 2, "2026-04-04T15:30:00Z"},
	} {
		zone := zoneOf(t, c.zone)
		coupon := termsOf(c.business, 0, 30, zone)
		got := Plan(plan, coupon, c.business, c.hour, zone, c.business.Start(zone))
		if len(got) != 1 || got[0].Due.In(time.UTC).Format(time.RFC3339) != c.want {
			t.Errorf("%s %s at %d: %q, want %s", c.zone, c.business, c.hour, planned(got, time.UTC), c.want)
		}
	}
}

// drawnZones are zones with changes of every sort.
var drawnZones = []string{
	"UTC", "America/New_York", "Europe/Lisbon", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
	"America/St_Johns", "Africa/Casablanca", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tehran", "Australia/Eucla",
}

// TestPlanKeepsItsRules draws plans, coupons and clocks and looks each rule up.
func TestPlanKeepsItsRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := zoneOf(t, rapid.SampledFrom(drawnZones).Draw(t, "zone"))
		days := rapid.SliceOfNDistinct(rapid.IntRange(1, 90), 0, engine.MaxTextDays, rapid.ID[int]).Draw(t, "days")
		slices.Sort(days)
		plan := engine.TextPlan{
			AtIssue: rapid.Bool().Draw(t, "at issue"), Days: days,
			Before: rapid.IntRange(0, 40).Draw(t, "before"), LongLife: rapid.IntRange(0, 60).Draw(t, "long life"),
		}
		life := rapid.IntRange(5, 400).Draw(t, "life")
		business := engine.Day(rapid.IntRange(16_000, 24_000).Draw(t, "business"))
		coupon := termsOf(business, rapid.IntRange(0, life).Draw(t, "valid after"), life, zone)
		hour := rapid.IntRange(0, 23).Draw(t, "hour")
		now := business.Start(zone).Add(time.Duration(rapid.IntRange(-24, 16*24).Draw(t, "late")) * time.Hour)

		want := map[Planned]bool{}
		expect := func(step engine.TextStep, days int, on engine.Day) {
			due := on.At(hour, zone)
			if due > now && due >= coupon.ValidFrom && due < coupon.ValidUntil {
				want[Planned{step, days, due}] = true
			}
		}
		before := coupon.LastDay - engine.Day(plan.Before)
		long := plan.Before > 0 && life > plan.LongLife
		for _, d := range days {
			if on := business + engine.Day(d); !long || on != before {
				expect(engine.StepDay, d, on)
			}
		}
		if long {
			expect(engine.StepLast, plan.Before, before)
		}
		if plan.AtIssue && now < coupon.ValidUntil {
			want[Planned{Step: engine.StepIssue, Due: now}] = true
		}

		got := Plan(plan, coupon, business, hour, zone, now)
		for i, p := range got {
			if !want[p] {
				t.Fatalf("%+v is planned", p)
			}
			delete(want, p)
			if i > 0 && got[i-1].Due >= p.Due {
				t.Fatalf("%+v is not in the order of time", got)
			}
		}
		if len(want) > 0 {
			t.Fatalf("%+v are not planned", want)
		}
	})
}
