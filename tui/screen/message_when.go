package screen

import "bounceback/engine"

// soon writes when something is to happen or did, as it is said: "today at
// 17:00", "tomorrow at 9:00", "on 20/11 at 9:00".
func (e *Env) soon(at, now engine.Instant) string {
	zone, f := e.Format.Zone(), e.Format
	day, today, time := engine.DayAt(at, zone), engine.DayAt(now, zone), f.Time(at)
	switch {
	case day == today:
		return e.Words.T("lists.when.today", "time", time)
	case day == today+1:
		return e.Words.T("lists.when.tomorrow", "time", time)
	case day.Date().Year() == today.Date().Year():
		return e.Words.T("lists.when.day", "day", f.DayMonth(day), "time", time)
	}
	return e.Words.T("lists.when.day", "day", f.Date(day), "time", time)
}
