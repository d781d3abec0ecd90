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
// and reminders at an hour of the store's day. A text is left out whose time is
// past or that would come after the coupon has expired (the sale was recorded
// late), as is a reminder before it can be used; of two on one day the one
// before the last day stays.
func Plan(p engine.TextPlan, c engine.Coupon, business engine.Day, hour int, zone *time.Location, now engine.Instant) []Planned {
	var out []Planned
	if p.AtIssue && now < c.ValidUntil {
		out = append(out, Planned{Step: engine.StepIssue, Due: now})
	}
	last := engine.Day(0)
	if p.Before > 0 && int(c.LastDay-business) > p.LongLife {
		last = c.LastDay - engine.Day(p.Before)
	}
	add := func(step engine.TextStep, days int, on engine.Day) {
		due := on.At(hour, zone)
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
