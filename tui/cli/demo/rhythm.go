package demo

import (
	"slices"
	"time"

	"bounceback/engine"
)

const (
	minute engine.Instant = 60 * 1000
	hour                  = 60 * minute
)

// The shop's hours: closed on some holidays, short on Sundays.
const (
	opens  = 9 * hour
	closes = 19 * hour
)

// weekday is how many customers buy on each day of the week, from Sunday.
var weekday = [7]int{3, 5, 6, 6, 7, 9, 12}

// season is the month's share of a usual month, in percent, from January:
// quiet after the summer holidays, busy before Mother's Day and Christmas.
var season = [12]int{78, 84, 95, 96, 122, 106, 92, 100, 94, 102, 116, 165}

// visitors gives the instants at which customers buy on a day; nth is the
// day's place in the history, whose first quarter the shop needs to be known.
func (b *builder) visitors(day engine.Day, nth, days int) []engine.Instant {
	date := day.Date()
	if date.Month() == time.December && date.Day() == 25 || date.Month() == time.January && date.Day() == 1 {
		return nil
	}
	known := min(100, 60+160*nth/days)
	n := weekday[date.Weekday()]*season[date.Month()-1]*known/10_000 + b.random.IntN(3)
	end := closes
	if date.Weekday() == time.Sunday {
		end = 14 * hour
	}
	start := day.Start(b.store.Zone())
	times := make([]engine.Instant, n)
	for i := range times {
		times[i] = start + opens + engine.Instant(b.random.Int64N(int64(end-opens)))
	}
	slices.Sort(times)
	return times
}

// prices are those of what the shop sells without ringing up each piece, in
// centavos.
var prices = []engine.Minor{
	1290, 1990, 1990, 2490, 2990, 2990, 3990, 3990, 4990, 4990, 5990, 6990, 7990, 8990, 11900, 12900, 15990, 18990, 24900,
}

// basket is what a customer buys in all: one to four things.
func (b *builder) basket() engine.Minor {
	n := 1 + b.random.IntN(2) + b.random.IntN(3)
	var sum engine.Minor
	for range n {
		sum += prices[b.random.IntN(len(prices))]
	}
	return sum
}
