package delivery

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"bounceback/engine"

	"pgregory.net/rapid"
)

// hours are instants so many hours after some day's start.
func hours(list ...int) (at []engine.Instant) {
	for _, h := range list {
		at = append(at, engine.DayOf(2026, time.November, 20).Start(time.UTC).Add(time.Duration(h)*time.Hour))
	}
	return at
}

// standardPace is the pace out of the box.
var standardPace = Pace{Gap: 16 * time.Hour, PerWeek: 2}

func TestPaceNext(t *testing.T) {
	for _, c := range []struct {
		name string
		pace Pace
		now  int
		sent []int
		want int
	}{
		{"the first ever", standardPace, 0, nil, 0},
		{"an hour after another", standardPace, 1, []int{0}, 16},
		{"16 hours after", standardPace, 16, []int{0}, 16},
		{"the third in a week", standardPace, 40, []int{0, 20}, 168},
		{"a week after the first of two", standardPace, 168, []int{0, 20}, 168},
		{"both bounds", standardPace, 168, []int{0, 160}, 176},
		{"only the last two count", standardPace, 400, []int{0, 20, 200, 390}, 406},
		{"in any order", standardPace, 40, []int{20, 0}, 168},
		{"any gap", Pace{PerWeek: 1}, 1, []int{0}, 168},
		{"any number", Pace{Gap: time.Hour}, 1, []int{0, 0, 0}, 1},
		{"any pace", Pace{}, 0, []int{0, 0, 0}, 0},
		{"the clock was set back", standardPace, 5, []int{8}, 24},
	} {
		if got, want := c.pace.Next(hours(c.now)[0], hours(c.sent...)), hours(c.want)[0]; got != want {
			t.Errorf("%s: %v, want %v", c.name, got.In(time.UTC), want.In(time.UTC))
		}
	}
}

// crowded tells whether an instant comes too soon after those before it.
func (p Pace) crowded(at engine.Instant, sent []engine.Instant) bool {
	week := 0
	for _, s := range sent {
		if at < s.Add(p.Gap) {
			return true
		}
		if at < s.Add(7*24*time.Hour) {
			week++
		}
	}
	return p.PerWeek > 0 && week >= p.PerWeek
}

// TestPaceHolds sends many texts by Next: none comes too soon, and none waits
// longer than it has to.
func TestPaceHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pace{
			Gap:     time.Duration(rapid.IntRange(0, 48).Draw(t, "gap")) * time.Hour,
			PerWeek: rapid.IntRange(0, 4).Draw(t, "a week"),
		}
		now := hours(0)[0]
		var sent []engine.Instant
		for range 12 {
			now = now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "later")) * time.Hour)
			at := p.Next(now, sent)
			if at < now || p.crowded(at, sent) {
				t.Fatalf("%v is too soon after %v", at, sent)
			}
			for earlier := now; earlier < at; earlier = earlier.Add(time.Hour) {
				if !p.crowded(earlier, sent) {
					t.Fatalf("%v would do already, not only %v", earlier, at)
				}
			}
			sent = append(sent, at)
			now = at
		}
	})
}

func id(n byte) engine.ID { return engine.ID{n} }

func TestChoose(t *testing.T) {
	at := hours(0, 24, 48, 72, 96)
	now, until := hours(50)[0], hours(72 + 14)[0]
	first, reminder := KindCoupon, KindReminder
	for _, c := range []struct {
		name    string
		rows    []Waiting
		sent    []int
		instead []int
	}{
		{"nothing", nil, nil, nil},
		{"one", []Waiting{{id(1), reminder, id(9), at[0]}}, []int{0}, nil},
		{
			"after an outage, the newest that is due",
			[]Waiting{{id(1), first, id(9), at[0]}, {id(2), reminder, id(9), at[2]}, {id(3), reminder, id(9), at[1]}, {id(4), reminder, id(9), at[4]}},
			[]int{1},
			[]int{0, 2},
		},
		{
			"another coupon's of later today comes along",
			[]Waiting{{id(1), reminder, id(9), at[2]}, {id(2), reminder, id(8), at[3]}, {id(3), reminder, id(7), at[4]}},
			[]int{0, 1},
			nil,
		},
		{
			"but not the first one of tomorrow",
			[]Waiting{{id(1), reminder, id(9), at[2]}, {id(2), reminder, id(8), until}, {id(3), reminder, id(7), until - 1}},
			[]int{0, 2},
			nil,
		},
		{
			"but not this coupon's",
			[]Waiting{{id(1), reminder, id(9), at[2]}, {id(2), reminder, id(9), at[3]}},
			[]int{0},
			nil,
		},
		{
			"a first text carries the others",
			[]Waiting{{id(1), reminder, id(9), at[0]}, {id(2), first, id(8), at[2]}, {id(3), reminder, id(7), at[1]}},
			[]int{1, 0, 2},
			nil,
		},
		{
			"of no coupon, each for itself",
			[]Waiting{{id(1), KindVerify, engine.ID{}, at[0]}, {id(2), KindVerify, engine.ID{}, at[1]}},
			[]int{0, 1},
			nil,
		},
		{
			"ties go by id",
			[]Waiting{{id(2), reminder, id(9), at[0]}, {id(1), reminder, id(9), at[0]}},
			[]int{0},
			[]int{1},
		},
	} {
		got := Choose(c.rows, now, until)
		if !slices.Equal(got.Go, c.sent) || !slices.Equal(got.Superseded, c.instead) {
			t.Errorf("%s: %+v, want %v instead of %v", c.name, got, c.sent, c.instead)
		}
	}
}

// TestChooseKeepsItsRules looks at each coupon by itself.
func TestChooseKeepsItsRules(t *testing.T) {
	now, until := hours(50)[0], hours(72)[0]
	rapid.Check(t, func(t *rapid.T) {
		rows := make([]Waiting, rapid.IntRange(0, 14).Draw(t, "rows"))
		for i := range rows {
			rows[i] = Waiting{
				ID: id(byte(i + 1)), Kind: rapid.SampledFrom([]Kind{KindCoupon, KindReminder}).Draw(t, "kind"),
				Coupon: id(byte(rapid.IntRange(100, 104).Draw(t, "coupon"))), Planned: hours(rapid.IntRange(0, 100).Draw(t, "planned"))[0],
			}
		}
		got := Choose(rows, now, until)
		for _, coupon := range []byte{100, 101, 102, 103, 104} {
			due, next := -1, -1
			for i, r := range rows {
				switch {
				case r.Coupon != id(coupon):
				case r.Planned <= now && (due < 0 || newer(r, rows[due])):
					due = i
				case r.Planned > now && r.Planned < until && (next < 0 || newer(rows[next], r)):
					next = i
				}
			}
			want := due
			if due < 0 {
				want = next
			}
			for i, r := range rows {
				if r.Coupon != id(coupon) {
					continue
				}
				if slices.Contains(got.Go, i) != (i == want) {
					t.Fatalf("coupon %d: row %d, want %d, in %+v", coupon, i, want, got)
				}
				if slices.Contains(got.Superseded, i) != (r.Planned <= now && i != due) {
					t.Fatalf("coupon %d: row %d is superseded or not in %+v", coupon, i, got)
				}
			}
		}
		for i, place := range got.Go {
			if i > 0 && rows[place].Kind == KindCoupon && rows[got.Go[0]].Kind != KindCoupon {
				t.Fatalf("a reminder carries a first text: %+v", got)
			}
		}
		if !slices.IsSorted(got.Superseded) || len(slices.Compact(slices.Clone(got.Superseded))) != len(got.Superseded) {
			t.Fatalf("%+v", got)
		}
	})
}

// newer tells whether a text was to go after another.
func newer(a, b Waiting) bool {
	return a.Planned > b.Planned || a.Planned == b.Planned && bytes.Compare(a.ID[:], b.ID[:]) > 0
}
