package store

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// buyerLife is all that a customer bought, from the sales one by one.
type buyerLife struct {
	days  []engine.Day // in order
	spent engine.Minor
}

// lives reads the sales of the store's known customers.
func (l *visitsLaw) lives() map[engine.ID]*buyerLife {
	out := map[engine.ID]*buyerLife{}
	for f := (engine.Filter{Limit: engine.MostPage}); ; {
		page, err := l.Sales(bgc, l.owner, f)
		l.must(err)
		for _, s := range page.Items {
			if s.CustomerID.IsZero() || s.State == engine.SaleVoided {
				continue
			}
			if out[s.CustomerID] == nil {
				out[s.CustomerID] = &buyerLife{}
			}
			b := out[s.CustomerID]
			b.days, b.spent = append(b.days, s.Business), b.spent+s.Net-s.Refunded
		}
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	for _, b := range out {
		slices.Sort(b.days)
	}
	return out
}

// lookAtWho compares cohorts and segments with those of the sales one by one.
func (l *visitsLaw) lookAtWho(t *rapid.T) {
	lives := l.lives()
	l.lookAtCohorts(t, lives)
	l.lookAtSegments(t, lives)
}

func (l *visitsLaw) lookAtCohorts(t *rapid.T, lives map[engine.ID]*buyerLife) {
	from := rapid.SampledFrom([]engine.Day{0, l.today() - 45, l.today()}).Draw(t, "from")
	to := rapid.SampledFrom([]engine.Day{0, l.today() - 40, l.today()}).Draw(t, "to")
	got, err := l.Cohorts(bgc, l.owner, from, to)
	l.must(err)
	through := got.Through.String()
	for _, c := range got.Cohorts {
		for k, n := range c.Active {
			if want := boughtIn(lives, c.First.String(), (c.First + engine.Month(k)).String()); n != want {
				t.Fatalf("%v after %d: %d, want %d", c.First, k, n, want)
			}
		}
		if p := got.Soon[c.First]; p.Known() && p != soonOf(lives, c.First.String()) {
			t.Fatalf("%v: %v came soon, want %v", c.First, p, soonOf(lives, c.First.String()))
		}
	}
	for _, b := range lives {
		first := monthText(b.days[0])
		in := (from == 0 || first >= monthText(from)) && first <= through
		if has := slices.ContainsFunc(got.Cohorts, func(c engine.Cohort) bool { return c.First.String() == first }); has != in {
			t.Fatalf("the cohort of %s is there: %v, want %v, of %v to %v", first, has, in, from, to)
		}
	}
}

func monthText(d engine.Day) string { return d.String()[:7] }

// boughtIn counts who first bought in one month and bought in another.
func boughtIn(lives map[engine.ID]*buyerLife, first, active string) (n int64) {
	for _, b := range lives {
		if monthText(b.days[0]) == first && slices.ContainsFunc(b.days, func(d engine.Day) bool { return monthText(d) == active }) {
			n++
		}
	}
	return n
}

// soonOf counts who came again within a month of the first sale.
func soonOf(lives map[engine.ID]*buyerLife, first string) (p engine.Proportion) {
	for _, b := range lives {
		if monthText(b.days[0]) != first {
			continue
		}
		p.Of++
		if len(b.days) > 1 && b.days[1]-b.days[0] <= 30 {
			p.Hits++
		}
	}
	return p
}

func (l *visitsLaw) lookAtSegments(t *rapid.T, lives map[engine.ID]*buyerLife) {
	got, err := l.Segments(bgc, l.owner)
	l.must(err)
	known, risk, lost := cameBackBy(lives, l.today())
	if got.Known != known || got.Risk != risk || got.Lost != lost {
		t.Fatalf("at risk and lost after %d and %d (%v), want %d and %d (%v)", got.Risk, got.Lost, got.Known, risk, lost, known)
	}
	sums, grid := map[engine.Segment]engine.SegmentFigures{}, [5][5]int64{}
	members := map[engine.Segment][]engine.ID{}
	for id, b := range lives {
		s := l.segmentOf(b, lives, known, risk, lost)
		f := sums[s]
		sums[s] = engine.SegmentFigures{Segment: s, Customers: f.Customers + 1, Sales: f.Sales + int64(len(b.days)), Spent: f.Spent + b.spent}
		members[s] = append(members[s], id)
		grid[fifth(b, lives, lastDayOf)-1][fifth(b, lives, salesOf)-1]++
	}
	if got.Grid != grid {
		t.Fatalf("recency and frequency\n%v, want\n%v", got.Grid, grid)
	}
	for _, f := range got.Segments {
		if want := sums[f.Segment]; f != want && want.Customers+f.Customers > 0 {
			t.Fatalf("%+v, want %+v", f, want)
		}
		l.lookAtList(t, f.Segment, got.Grades, members[f.Segment])
	}
}

// lookAtList reads the customers of a segment page by page, by the cuts of the
// report or worked out anew, and by name.
func (l *visitsLaw) lookAtList(t *rapid.T, s engine.Segment, g engine.Grades, want []engine.ID) {
	slices.SortFunc(want, func(a, b engine.ID) int { return slices.Compare(b[:], a[:]) })
	for _, f := range []engine.Filter{{Grades: g}, {}} {
		var got []engine.ID
		for f.Segment, f.Limit = s, 2; ; {
			page, err := l.Customers(bgc, l.owner, f)
			l.must(err)
			for _, c := range page.Items {
				got = append(got, c.ID)
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s are %v, want %v", s, got, want)
		}
	}
}

func lastDayOf(b *buyerLife) int64 { return int64(b.days[len(b.days)-1]) }
func salesOf(b *buyerLife) int64   { return int64(len(b.days)) }
func spentOf(b *buyerLife) int64   { return int64(b.spent) }

// fifth is a customer's group by what it means: how many fifths of all are below.
func fifth(b *buyerLife, lives map[engine.ID]*buyerLife, of func(*buyerLife) int64) int {
	below := 0
	for _, other := range lives {
		if of(other) < of(b) {
			below++
		}
	}
	return 1 + 5*below/len(lives)
}

// segmentOf says in the words of the report what a customer is.
func (l *visitsLaw) segmentOf(b *buyerLife, lives map[engine.ID]*buyerLife, known bool, risk, lost int64) engine.Segment {
	n := len(b.days)
	away := int64(l.today() - b.days[n-1])
	switch {
	case known && away > lost:
		return engine.SegmentLost
	case known && n > 1 && int64(b.days[n-1]-b.days[n-2]) > lost:
		return engine.SegmentWonBack
	case known && away > risk:
		return engine.SegmentAtRisk
	case n == 1:
		return engine.SegmentNew
	case fifth(b, lives, salesOf) > 3 && fifth(b, lives, spentOf) > 3:
		return engine.SegmentBest
	}
	return engine.SegmentLoyal
}

// cameBackBy works out by when three in four, and 19 in 20, of those who come back
// have: by the chance to stay away from day to day, every spell asked every day.
func cameBackBy(lives map[engine.ID]*buyerLife, today engine.Day) (known bool, risk, lost int64) {
	type spell struct {
		days int64
		over bool
	}
	var spells []spell
	longest := int64(0)
	for _, b := range lives {
		for i, d := range b.days {
			s := spell{max(0, int64(today-d)), false}
			if i+1 < len(b.days) {
				s = spell{int64(b.days[i+1] - d), true}
			}
			spells, longest = append(spells, s), max(longest, s.days)
		}
	}
	var falls []int64 // the days on which anybody came
	staying := []float64{}
	stay := 1.0
	for day := int64(0); day <= longest; day++ {
		lasted, came := 0.0, 0.0
		for _, s := range spells {
			if s.days >= day {
				lasted++
			}
			if s.days == day && s.over {
				came++
			}
		}
		if came > 0 {
			stay *= 1 - came/lasted
			falls, staying = append(falls, day), append(staying, stay)
		}
	}
	by := func(share float64) int64 {
		level := 1 - share*(1-stay)
		for i, day := range falls {
			switch {
			case math.Abs(staying[i]-level) < 1e-9 && i+1 < len(falls):
				return (day + falls[i+1]) / 2
			case staying[i] < level+1e-9:
				return day
			}
		}
		return 0
	}
	return len(falls) > 0, by(0.75), by(0.95)
}

// TestWhoComesBackIsThatOfTheSales sells, dates back, imports, voids and returns
// as it comes. Then cohorts and segments are what the test works out from the
// sales one by one, and the sums what the check does in SQL.
func TestWhoComesBackIsThatOfTheSales(outer *testing.T) {
	s, stores := newShop(outer, ""), 0
	rapid.Check(outer, func(t *rapid.T) {
		stores++
		l := &visitsLaw{shop: s, t: t}
		l.owner, l.zone = s.found(fmt.Sprintf("Shop %d", stores), "")
		t.Repeat(map[string]func(*rapid.T){
			"sell": l.sell, "sell more": l.sell, "import": l.importSome, "reverse": l.reverse, "wait": l.wait, "look": l.lookAtWho,
		})
		l.lookAtWho(t)
		found, err := s.Check(bgc, l.owner)
		l.must(err)
		if len(found) > 0 {
			t.Fatalf("%+v", found)
		}
	})
}

// TestNewestFirstIsAsOldestFirst imports the same sales in two orders.
func TestNewestFirstIsAsOldestFirst(t *testing.T) {
	s := newShop(t, "")
	first := engine.DayOf(2025, 1, 20)
	var rows []engine.ImportSale
	for i := range 120 {
		rows = append(rows, engine.ImportSale{
			Line: i + 2, Number: fmt.Sprint(i * 7 % 11), Business: first + engine.Day(i*i%500), Amount: engine.Minor(100 + i),
		})
	}
	slices.SortStableFunc(rows, func(a, b engine.ImportSale) int { return int(a.Business - b.Business) })
	var reports []any
	for _, title := range []string{"Oldest", "Newest"} {
		owner, _ := s.found(title, "")
		for half := range slices.Chunk(rows, 60) {
			out, err := s.ImportSales(bgc, owner, half, false)
			s.ok(err)
			for _, o := range out {
				s.ok(o.Err)
			}
		}
		c, err := s.Cohorts(bgc, owner, 0, 0)
		s.ok(err)
		g, err := s.Segments(bgc, owner)
		s.ok(err)
		found, err := s.Check(bgc, owner)
		s.ok(err)
		if len(found) > 0 || len(c.Cohorts) < 12 {
			t.Errorf("%s: %d cohorts, %+v", title, len(c.Cohorts), found)
		}
		reports = append(reports, []any{c, g})
		slices.Reverse(rows)
	}
	if !reflect.DeepEqual(reports[0], reports[1]) {
		t.Errorf("%+v\n%+v", reports[0], reports[1])
	}
}
