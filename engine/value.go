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
		return 0, BadDate(s)
	}
	return DayOf(t.Date()), nil
}

// Codes of days.
const (
	CodeBadDate Code = "bad_date" // a text is not a date; with text, example
	CodeBadSpan Code = "bad_span" // the last day lies before the first; with first, last
)

// BadDate says that a text is not a date, with one to write it like.
func BadDate(text string) *Error {
	return BadInput(CodeBadDate, "text", text, "example", DayOf(2026, 11, 20))
}

// DayAt is the local day of an instant in a zone.
func DayAt(i Instant, loc *time.Location) Day { return DayOf(i.In(loc).Date()) }

// Date gives the day's calendar date at midnight UTC, for formatting.
func (d Day) Date() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the ISO form, 2026-11-20.
func (d Day) String() string { return d.Date().Format(time.DateOnly) }

// Start is the first instant of the day in a zone. Where the clock is put
// forward over midnight, that is the first instant that exists; where midnight
// comes twice, the first of the two; a day that a zone left out starts with the
// next.
func (d Day) Start(loc *time.Location) Instant { return d.At(0, loc) }

// At is the first instant of the day at which clocks in loc show an hour, 0 to
// 23, or, where a change of clocks leaves that out, more than it.
func (d Day) At(hour int, loc *time.Location) Instant {
	wall := d.Date().Add(time.Duration(hour) * time.Hour) // as if the zone were UTC
	// Two days are more than any zone is away from UTC, so at begins before the
	// hour does. time.Date alone does not say which of two it gives.
	at := wall.AddDate(0, 0, -2).In(loc)
	for {
		_, offset := at.Zone()
		first := wall.Add(-time.Duration(offset) * time.Second)
		if first.Before(at) {
			first = at
		}
		// An end that is not after at is golang/go issue 81583, on the last days
		// of leap years, when no clock is changed.
		_, end := at.ZoneBounds()
		if end.IsZero() || !end.After(at) || first.Before(end) {
			return InstantOf(first)
		}
		at = end.In(loc)
	}
}
