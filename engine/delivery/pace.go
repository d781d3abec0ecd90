package delivery

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"bounceback/engine"
)

// week is the span over which Pace.PerWeek counts.
const week = 7 * 24 * time.Hour

// Pace bounds how often one customer is texted, over all coupons.
type Pace struct {
	Gap     time.Duration // least time between two texts; 0: any
	PerWeek int           // most texts in 7 days; 0: any
}

// Next is the first instant from now on at which another text may go to a
// customer whose texts went at sent, in any order.
func (p Pace) Next(now engine.Instant, sent []engine.Instant) engine.Instant {
	at := now
	sent = slices.Sorted(slices.Values(sent))
	if n := len(sent); n > 0 {
		at = max(at, sent[n-1].Add(p.Gap))
	}
	if p.PerWeek > 0 && len(sent) >= p.PerWeek {
		at = max(at, sent[len(sent)-p.PerWeek].Add(week))
	}
	return at
}

// Waiting is a queued text of a customer as Choose looks at it.
type Waiting struct {
	ID      engine.ID
	Kind    Kind
	Coupon  engine.ID
	Planned engine.Instant // when it was to go
}

// Choice says what becomes of the queued texts of one customer, by their place.
type Choice struct {
	Go         []int // they go now, as one text; the first carries it
	Superseded []int // a newer text of the same coupon goes instead
}

// Choose decides among the queued texts of one customer who may be texted now.
// Of each coupon the newest that was to go by now stands for the older ones. A
// coupon of which none was to go yet comes along with its next, if that is to
// go before until, the end of the day. A first text carries the others, since
// it is the one that may go again.
func Choose(rows []Waiting, now, until engine.Instant) Choice {
	var c Choice
	chosen := map[engine.ID]int{}
	for _, i := range inOrder(rows) {
		r := rows[i]
		if r.Coupon.IsZero() {
			r.Coupon = r.ID // a text of no coupon replaces no other
		}
		j, seen := chosen[r.Coupon]
		switch {
		case r.Planned > now && (seen || r.Planned >= until):
			continue
		case seen:
			c.Superseded = append(c.Superseded, j)
		}
		chosen[r.Coupon] = i
	}
	for _, i := range chosen {
		c.Go = append(c.Go, i)
	}
	slices.SortFunc(c.Go, func(i, j int) int {
		first := func(k int) bool { return rows[k].Kind == KindCoupon }
		if first(i) != first(j) {
			if first(i) {
				return -1
			}
			return 1
		}
		return byPlan(rows[i], rows[j])
	})
	slices.Sort(c.Superseded)
	return c
}

func byPlan(a, b Waiting) int {
	return cmp.Or(cmp.Compare(a.Planned, b.Planned), bytes.Compare(a.ID[:], b.ID[:]))
}

// inOrder gives the places of rows in the order of their plan.
func inOrder(rows []Waiting) []int {
	places := make([]int, len(rows))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int { return byPlan(rows[i], rows[j]) })
	return places
}
