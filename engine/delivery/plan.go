package delivery

import (
	"time"

	"bounceback/engine"
)

// Planned is one text of a coupon's cycle.
type Planned struct {
	Step engine.TextStep
	Days int // after the sale, or before the last day
	Due  engine.Instant
}

// Plan lays the cycle of a coupon out, in the order of time: the text at issue,
// and reminders at an hour of the store's day. A reminder whose time is past
// (the sale was recorded late), that would come before the coupon can be used
// or after it has expired, is left out; of two on one day the one before the
// last day stays.
func Plan(p engine.TextPlan, c engine.Coupon, business engine.Day, hour int, zone *time.Location, now engine.Instant) []Planned {
	var out []Planned
	if p.AtIssue {
		out = append(out, Planned{Step: engine.StepIssue, Due: now})
	}
	last := engine.Day(0)
	if p.Before > 0 && int(c.LastDay-business) > p.LongLife {
		last = c.LastDay - engine.Day(p.Before)
	}
	add := func(step engine.TextStep, days int, on engine.Day) {
		due := atHour(on, hour, zone)
		if due > now && due >= c.ValidFrom && due < c.ValidUntil {
			out = append(out, Planned{Step: step, Days: days, Due: due})
		}
	}
	placed := last == 0
	for _, days := range p.Days {
		on := business + engine.Day(days)
		if !placed && on >= last {
			add(engine.StepLast, p.Before, last)
			placed = true
		}
		if on != last {
			add(engine.StepDay, days, on)
		}
	}
	if !placed {
		add(engine.StepLast, p.Before, last)
	}
	return out
}

// atHour is an hour of a day as the clock on the wall shows it. An hour that a
// change of clocks leaves out is the one after it.
func atHour(d engine.Day, hour int, zone *time.Location) engine.Instant {
	y, m, day := d.Date().Date()
	return engine.InstantOf(time.Date(y, m, day, hour, 0, 0, 0, zone))
}
