package engine

import "time"

// Minor is an amount of money in minor units of the store's currency: cents,
// centavos, whole yen, fils.
type Minor int64

// BP is a rate in basis points: 10000 is 100 %.
type BP int64

// Instant is a point in time in UTC Unix milliseconds.
type Instant int64

// InstantOf converts a time.Time, dropping what is finer than a millisecond.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMilli()) }

// In gives the instant as a time in a zone.
func (i Instant) In(loc *time.Location) time.Time { return time.UnixMilli(int64(i)).In(loc) }

// Add moves an instant by a duration.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Day is a calendar day without a zone, counted from 1970-01-01 = 0. Which
// instants it covers depends on the store's zone.
type Day int32

// DayOf makes a day from its calendar date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads a date as 2026-11-20.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, BadInput(CodeBadDate, "text", s)
	}
	return DayOf(t.Date()), nil
}

// CodeBadDate says that a text is not a date.
const CodeBadDate Code = "bad_date"

// DayAt is the local day of an instant in a zone.
func DayAt(i Instant, loc *time.Location) Day { return DayOf(i.In(loc).Date()) }

// Date gives the day's calendar date at midnight UTC, for formatting.
func (d Day) Date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the ISO form, 2026-11-20.
func (d Day) String() string { return d.Date().Format(time.DateOnly) }

// Start is the first instant of the day in a zone. Where the clock is put
// forward over midnight, that is the first instant that exists.
func (d Day) Start(loc *time.Location) Instant {
	t := d.Date()
	// time.Date normalises a time skipped by the clock to one offset or the
	// other; step to the first instant whose local day is this one.
	at := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, loc)
	for DayOf(at.Date()) < d {
		at = at.Add(15 * time.Minute)
	}
	return InstantOf(at)
}
