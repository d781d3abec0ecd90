package engine_test

import (
	"testing"

	"bounceback/engine"
)

// TestLimitReached: the limit is used up once no further part fits, not only
// when it is spent to the last cent.
func TestLimitReached(t *testing.T) {
	for _, c := range []struct {
		desk          engine.TextDesk
		reached, near bool
		used          int64
	}{
		{engine.TextDesk{}, false, false, 0},
		{engine.TextDesk{Spent: 500, Price: 7}, false, false, 0},
		{engine.TextDesk{Spent: 79, Limit: 100, Price: 7}, false, false, 79},
		{engine.TextDesk{Spent: 93, Limit: 100, Price: 7}, false, true, 93},
		{engine.TextDesk{Spent: 94, Limit: 100, Price: 7}, true, true, 94},
		{engine.TextDesk{Spent: 100, Limit: 100, Price: 7}, true, true, 100},
		{engine.TextDesk{Spent: 120, Limit: 100, Price: 7}, true, true, 120},
		{engine.TextDesk{Spent: 10, Limit: 100, Price: 7, Limited: 1}, true, false, 10},
		{engine.TextDesk{Spent: 100, Limit: 100}, false, true, 100}, // without a price nothing is counted or held
	} {
		d := c.desk
		if d.LimitReached() != c.reached || d.LimitNear() != c.near || d.LimitUsed() != c.used {
			t.Errorf("%+v: reached %v, near %v, %d %%", d, d.LimitReached(), d.LimitNear(), d.LimitUsed())
		}
	}
}

// TestHealthLeft: a sender nobody looked after for a week; a process without one
// leaves nothing.
func TestHealthLeft(t *testing.T) {
	const week = 7 * 24 * 3600 * 1000
	for _, c := range []struct {
		health engine.SenderHealth
		now    engine.Instant
		left   bool
	}{
		{engine.SenderHealth{At: 5, Sender: "sns"}, week + 4, false},
		{engine.SenderHealth{At: 5, Sender: "sns"}, week + 5, true},
		{engine.SenderHealth{At: 5, Sender: engine.NoSender}, 2 * week, false},
		{engine.SenderHealth{}, 2 * week, false},
	} {
		if c.health.Left(c.now) != c.left {
			t.Errorf("%+v at %d: %v", c.health, c.now, !c.left)
		}
	}
}
