package words

import (
	"strconv"
	"time"

	"bounceback/engine"
)

const (
	dayMinutes = 24 * 60
	daysInWeek = 7
)

// dates writes the days of a threshold; empty if it has no bound.
func (t *teller) dates(from, until engine.Day) string {
	first, last := t.f.Date(from), t.f.Date(until)
	switch {
	case from == 0 && until == 0:
		return ""
	case until == 0:
		return t.say("offer.when.from", "first", first)
	case from == 0:
		return t.say("offer.when.until", "last", last)
	case from == until:
		return t.say("offer.when.on", "day", first)
	}
	return t.say("offer.when.dates", "first", first, "last", last)
}

// hours writes weekdays and times of day as one; empty if every time is meant.
func (t *teller) hours(days []time.Weekday, times []engine.Hours) string {
	week := t.weekdays(days)
	spans := make([]string, 0, len(times))
	for _, h := range times {
		spans = append(spans, t.say("offer.when.time", "from", t.clock(h.From), "to", t.clock(h.To)))
	}
	day := t.list(spans, "offer.list.and")
	switch {
	case day == "":
		return week
	case week == "":
		return day
	}
	return t.say("offer.when.days_times", "days", week, "times", day)
}

// clock writes minutes since midnight; the end of the day is 24:00.
func (t *teller) clock(minutes int) string {
	if minutes != dayMinutes {
		minutes = (minutes%dayMinutes + dayMinutes) % dayMinutes
	}
	return t.f.clock(minutes/60, minutes%60)
}

// weekdays folds days that follow one another, from Monday on, over the end of
// the week too; empty if all seven or none are meant.
func (t *teller) weekdays(days []time.Weekday) string {
	var on [daysInWeek]bool // Monday first
	n := 0
	for _, d := range days {
		if i := mondayFirst(d); d >= 0 && d < daysInWeek && !on[i] {
			on[i] = true
			n++
		}
	}
	if n == 0 || n == daysInWeek {
		return ""
	}
	var parts []string
	for first := range daysInWeek {
		if !on[first] || on[(first+daysInWeek-1)%daysInWeek] {
			continue
		}
		length := 1
		for on[(first+length)%daysInWeek] {
			length++
		}
		parts = append(parts, t.run(first, length)...)
	}
	return t.list(parts, "offer.list.and")
}

// run writes days that follow one another: from three on as a range.
func (t *teller) run(first, length int) []string {
	if length > 2 {
		return []string{t.say("offer.when.days", "first", t.weekday(first), "last", t.weekday(first+length-1))}
	}
	var names []string
	for i := range length {
		names = append(names, t.weekday(first+i))
	}
	return names
}

// weekday names a day of the week, 0 being Monday.
//
// words: offer.weekday.*
func (t *teller) weekday(day int) string {
	return t.f.w.T("offer.weekday." + strconv.Itoa(day%daysInWeek+1))
}

func mondayFirst(d time.Weekday) int { return (int(d) + daysInWeek - 1) % daysInWeek }
