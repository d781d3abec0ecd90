package report

import (
	"bounceback/engine"
)

// Customers lays out who the customers are: segments, what their names mean and
// how they were found, and the groups of recency and frequency.
func (p Pen) Customers(r engine.SegmentReport) Doc {
	d, w := p.New("report.customers.title", r.Today, r.Today), p.Words
	all := int64(0)
	for _, s := range r.Segments {
		all += s.Customers
	}
	if all == 0 {
		d.Add(Text{Text: w.T("report.repurchase.nobody")})
		return d
	}
	d.Add(Text{Strong, p.standing(r, all)}, p.segmentTable(r, all), p.segmentBars(r), p.segmentWords(), Text{Text: p.howFound(r)}, p.fifths(r))
	return d
}

// Segment names a segment.
//
// words: segment.*
func (p Pen) Segment(s engine.Segment) string { return p.Words.T("segment." + string(s)) }

// standing says how many are away, and how many came back from that.
func (p Pen) standing(r engine.SegmentReport, all int64) string {
	n := map[engine.Segment]int64{}
	for _, s := range r.Segments {
		n[s.Segment] = s.Customers
	}
	return p.Words.N("report.customers.standing", int(all), "all", p.Count(all), "lost", p.Count(n[engine.SegmentLost]),
		"risk", p.Count(n[engine.SegmentAtRisk]), "back", p.Count(n[engine.SegmentWonBack]))
}

// customersOf leads to the customers of a segment, by the cuts of the report.
func (p Pen) customersOf(r engine.SegmentReport, s engine.Segment, customers int64) Link {
	return Link{To: ToCustomers, Filter: engine.Filter{Segment: s, Grades: r.Grades}, Name: p.Segment(s) + " · " + p.Count(customers)}
}

func (p Pen) segmentTable(r engine.SegmentReport, all int64) Block {
	t := Table{Columns: []Column{
		p.Col("segment", Left), p.Col("customers", Right), p.Col("share", Right), p.Col("purchases", Right), p.Col("spent", Right), p.Col("spent_each", Right),
	}}
	for _, s := range r.Segments {
		each := Nothing
		if s.Customers > 0 {
			each = p.Format.Amount(s.Spent / engine.Minor(s.Customers))
		}
		t.Rows = append(t.Rows, Row{
			Cells: []string{
				p.Segment(s.Segment), p.Count(s.Customers), p.Whole(engine.Proportion{Hits: s.Customers, Of: all}.BP()), p.Count(s.Sales),
				p.Format.Amount(s.Spent), each,
			},
			Link: p.customersOf(r, s.Segment, s.Customers),
		})
	}
	return t
}

func (p Pen) segmentBars(r engine.SegmentReport) Block {
	b := Bars{Title: p.Words.T("report.customers.bars")}
	for _, s := range r.Segments {
		b.Bars = append(b.Bars, Bar{Label: p.Segment(s.Segment), Value: p.Count(s.Customers), Size: s.Customers, Link: p.customersOf(r, s.Segment, s.Customers)})
	}
	return b
}

// segmentWords says in a sentence each what the segments mean.
//
// words: report.customers.means.*
func (p Pen) segmentWords() Block {
	f := Facts{Title: p.Words.T("report.customers.words")}
	for _, s := range engine.Segments() {
		f.Facts = append(f.Facts, Fact{Label: p.Segment(s), Value: p.Words.T("report.customers.means." + string(s))})
	}
	return f
}

// howFound says after how many days somebody counts as at risk and lost, and why
// then.
func (p Pen) howFound(r engine.SegmentReport) string {
	if !r.Known {
		return p.Words.T("report.customers.unknown")
	}
	said := p.Words.T("report.customers.found", "risk", p.DayCount(float64(r.Risk)), "lost", p.DayCount(float64(r.Lost)))
	if r.Returns < engine.EnoughEnded {
		said += " " + p.Words.N("report.customers.few", int(r.Returns), "returns", p.Count(r.Returns))
	}
	return said
}

// fifths is the grid of how long ago customers bought last, and how often. Groups
// that nobody can be in, since too many are alike, are left out.
func (p Pen) fifths(r engine.SegmentReport) Block {
	g := Grid{Title: p.Words.T("report.customers.grid"), Corner: p.Words.T("report.customers.corner")}
	most := int64(0)
	for _, row := range r.Grid {
		for _, n := range row {
			most = max(most, n)
		}
	}
	columns := groupsOf(r.Frequency)
	for _, f := range columns {
		g.Columns = append(g.Columns, p.salesOf(r.Frequency, f))
	}
	cuts, rows := recency(r)
	for group := len(rows); group > 0; group-- {
		if rows[group-1] == nil {
			continue
		}
		row := GridRow{Name: p.agoOf(r.Today, cuts, group)}
		for _, f := range columns {
			n := rows[group-1][f-1]
			row.Cells = append(row.Cells, GridCell{Text: p.Count(n), Shade: engine.Proportion{Hits: n, Of: most}.BP()})
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// recency gives the rows of the grid by how long ago, with groups that are alike
// as one, under the first of them: nobody bought after today, though a sale may
// be dated ahead. A row that another holds is nil.
func recency(r engine.SegmentReport) (engine.Cuts, [][]int64) {
	c, rows := r.Recency, make([][]int64, len(r.Grid))
	for i := range c {
		c[i] = min(c[i], int64(r.Today))
	}
	for i := range r.Grid {
		at := i
		if i == len(c) && c[i-1] == int64(r.Today) {
			at--
		}
		for at > 0 && at < len(c) && c[at] == c[at-1] {
			at--
		}
		if rows[at] == nil {
			rows[at] = make([]int64, len(r.Grid[i]))
		}
		for f, n := range r.Grid[i] {
			rows[at][f] += n
		}
	}
	return c, rows
}

// groupsOf are the groups that hold any value: of cuts that are alike the first.
func groupsOf(c engine.Cuts) (groups []int) {
	for g := 1; g <= len(c)+1; g++ {
		if g == 1 || g > len(c) || c[g-1] > c[g-2] {
			groups = append(groups, g)
		}
	}
	return groups
}

// salesOf says how many sales a group of frequency has: 1, 2–4, 5 and more.
func (p Pen) salesOf(c engine.Cuts, group int) string {
	low := int64(1)
	if group > 1 {
		low = c[group-2] + 1
	}
	if group > len(c) {
		return p.Words.T("report.customers.and_more", "n", p.Count(low))
	}
	return p.fromTo(low, c[group-1])
}

// agoOf says how many days ago a group of recency bought last.
func (p Pen) agoOf(today engine.Day, c engine.Cuts, group int) string {
	ago := func(day int64) int64 { return int64(today) - day }
	shortest, longest := int64(0), int64(0)
	if group > 1 {
		longest = ago(c[group-2] + 1)
	}
	if group <= len(c) {
		shortest = ago(c[group-1])
	}
	switch {
	case group == 1 && shortest == 0:
		return p.Words.T("report.customers.ago_any")
	case group == 1:
		return p.Words.T("report.customers.ago_more", "n", p.Count(shortest))
	case longest == 0:
		return p.Words.T("report.customers.ago_today")
	case shortest == 0:
		return p.Words.T("report.customers.ago_less", "n", p.Count(longest))
	}
	return p.Words.N("report.customers.ago", int(longest), "span", p.fromTo(shortest, longest))
}

// fromTo writes a span of numbers: 3, or 3–5.
func (p Pen) fromTo(low, high int64) string {
	if low >= high {
		return p.Count(low)
	}
	return p.Count(low) + "–" + p.Count(high)
}
