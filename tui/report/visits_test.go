package report

import (
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

// blockOf is the first block of a kind.
func blockOf[B Block](t *testing.T, d Doc) B {
	t.Helper()
	for _, b := range d.Blocks {
		if b, ok := b.(B); ok {
			return b
		}
	}
	var none B
	t.Fatalf("no %T in %+v", none, d.Blocks)
	return none
}

func TestEverySegmentLeadsToItsCustomers(t *testing.T) {
	g := engine.Grades{
		Today: 1000, Known: true, Risk: 20, Lost: 60, Returns: 100,
		Recency: engine.Cuts{900, 950, 950, 990}, Frequency: engine.Cuts{1, 1, 2, 4},
	}
	r, err := g.Report(slices.Values([]engine.Buyer{{Last: 999, Sales: 1, Spent: 500}, {Last: 940, Before: 930, Sales: 5, Spent: 900}}))
	if err != nil {
		t.Fatal(err)
	}
	d := penOf(t, "en").Customers(r)
	table, bars := blockOf[Table](t, d), blockOf[Bars](t, d)
	for i, s := range engine.Segments() {
		want := Link{To: ToCustomers, Filter: engine.Filter{Segment: s, Grades: g}, Name: table.Rows[i].Cells[0] + " · " + table.Rows[i].Cells[1]}
		if table.Rows[i].Link != want || bars.Bars[i].Link != want {
			t.Errorf("%s leads to %+v and %+v", s, table.Rows[i].Link, bars.Bars[i].Link)
		}
	}
	grid := blockOf[Grid](t, d)
	if got := strings.Join(grid.Columns, "; "); got != "1; 2; 3–4; 5 or more" {
		t.Errorf("numbers of purchases are %q", got)
	}
	var names []string
	sum := 0
	for _, row := range grid.Rows {
		names = append(names, row.Name)
		for _, c := range row.Cells {
			if c.Text == "1" && c.Shade == 10_000 {
				sum++
			}
		}
	}
	if got := strings.Join(names, "; "); got != "9 days ago or less; 10–49 days ago; 50–99 days ago; 100 days ago or more" || sum != 2 {
		t.Errorf("last purchases are %q with %d customers", got, sum)
	}
}

// TestTheCurveOfReturnsRises draws gaps of 10, 20 and 30 days and one of 2000,
// which is too long to draw, and coupons used after 12 and 30.
func TestTheCurveOfReturnsRises(t *testing.T) {
	gaps := []engine.Bin{{Value: 10, Count: 3}, {Value: 20, Count: 2}, {Value: 30, Count: 1}, {Value: 2000, Count: 1}}
	r := engine.RepurchaseOf(gaps, []engine.Bin{{Value: 2100, Count: 4}}, []engine.Bin{{Value: 30, Count: 1}, {Value: 12, Count: 3}})
	r.To = 20_000
	l := blockOf[Lines](t, penOf(t, "en").Repurchase(r))
	if len(l.Series) != 2 || !l.Step {
		t.Fatalf("%+v", l)
	}
	back, used := l.Series[0], l.Series[1]
	if want := []Point{{}, {10, 2727}, {20, 4545}, {30, 5455}}; !slices.Equal(back.Points, want) {
		t.Errorf("back %v, want %v", back.Points, want)
	}
	for i, p := range back.Points {
		if b := back.Band[i]; p.Y < b.Low || p.Y > b.High || i > 0 && b.High <= b.Low {
			t.Errorf("%v is outside of %v", p, b)
		}
	}
	if want := []Point{{}, {12, 7500}, {30, 10_000}}; !slices.Equal(used.Points, want) {
		t.Errorf("used %v, want %v", used.Points, want)
	}
	if n := len(l.XTicks); n != 2 || l.XTicks[1].At != 30 || len(l.YTicks) != 5 {
		t.Errorf("axes %v and %v", l.XTicks, l.YTicks)
	}
}

// TestFewOfAHundred keeps a few from reading as none, and the darkest cell from
// being darker than dark.
func TestFewOfAHundred(t *testing.T) {
	p := penOf(t, "en")
	for rate, want := range map[engine.BP]string{0: "0", 1: "<1", 49: "<1", 50: "1", 149: "1", 4000: "40", 10_000: "100"} {
		if got := p.OfHundred(rate); got != want {
			t.Errorf("%d bp are %s of 100, want %s", rate, got, want)
		}
	}
	jan := engine.MonthOf(engine.DayOf(2026, 1, 1))
	d := p.Cohorts(engine.CohortReport{
		From: jan, Through: jan + 1, Day: (jan + 2).First() - 1, Soon: map[engine.Month]engine.Proportion{jan: {Hits: 50, Of: 100}},
		Cohorts: []engine.Cohort{{First: jan, Active: []int64{100, 25}}, {First: jan + 1, Active: []int64{10}}},
	})
	row := blockOf[Grid](t, d).Rows[0]
	if row.Name != "Jan 2026" || row.Cells[0].Shade != 0 || row.Cells[1].Shade != 10_000 || row.Cells[2].Shade != 5000 || row.Cells[2].Text != "25" {
		t.Errorf("%+v", row)
	}
}

// TestTodayIsOneRow: where many bought today, there is no row of nobody, and no
// "0 days ago".
func TestTodayIsOneRow(t *testing.T) {
	for _, c := range []struct {
		cuts  engine.Cuts
		grid  [5]int64 // customers in each group of recency
		names string
		sums  string
	}{
		{engine.Cuts{900, 990, 1000, 1000}, [5]int64{1, 2, 3, 0, 0}, "9 days ago or less; 10–99 days ago; 100 days ago or more", "3; 2; 1"},
		{engine.Cuts{1000, 1000, 1000, 1000}, [5]int64{7, 0, 0, 0, 0}, "today or before", "7"},
		{engine.Cuts{998, 999, 1000, 1002}, [5]int64{1, 2, 3, 4, 5}, "today; 1 day ago; 2 days ago or more", "12; 2; 1"},
	} {
		r := engine.SegmentReport{Grades: engine.Grades{Today: 1000, Recency: c.cuts, Frequency: engine.Cuts{1, 2, 3, 4}}}
		for i, n := range c.grid {
			r.Grid[i][0] = n
		}
		grid := penOf(t, "en").fifths(r).(Grid)
		var names, sums []string
		for _, row := range grid.Rows {
			names, sums = append(names, row.Name), append(sums, row.Cells[0].Text)
		}
		if got := strings.Join(names, "; "); got != c.names || strings.Join(sums, "; ") != c.sums {
			t.Errorf("%v: rows are %q with %q, want %q with %q", c.cuts, got, sums, c.names, c.sums)
		}
	}
}

// TestAFewStandInBrackets: what all months say of six customers is mostly chance,
// and the months that are counted are named.
func TestAFewStandInBrackets(t *testing.T) {
	jan := engine.MonthOf(engine.DayOf(2026, 1, 1))
	d := penOf(t, "en").Cohorts(engine.CohortReport{
		From: jan, Through: jan + 2, Day: (jan + 3).First() - 1, Soon: map[engine.Month]engine.Proportion{jan: {Hits: 3, Of: 6}, jan + 1: {Hits: 30, Of: 50}},
		Cohorts: []engine.Cohort{{First: jan, Active: []int64{6, 2, 1}}, {First: jan + 1, Active: []int64{50, 20}}, {First: jan + 2, Active: []int64{9}}},
	})
	rows := blockOf[Grid](t, d).Rows
	if all := rows[len(rows)-1].Cells; all[2].Text != "39" || all[3].Text != "(17)" || all[3].Shade != 0 {
		t.Errorf("all months: %+v", all)
	}
	var said strings.Builder
	if err := WriteText(&said, d); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"(33 of 56 who were new through Feb 2026", "In brackets: of fewer than 35 customers"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("%q is not in\n%s", want, said.String())
		}
	}
}

// TestSpansOfNoCalendar: the days before days without a beginning are not
// written.
func TestSpansOfNoCalendar(t *testing.T) {
	p, first := penOf(t, "en"), engine.DayOf(1, 1, 1)
	if got := p.Span(first-3_000_000, first-1); got != "" {
		t.Errorf("a span of no calendar is %q", got)
	}
}
