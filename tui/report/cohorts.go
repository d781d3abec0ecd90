package report

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"bounceback/engine"
)

// latestCohorts and monthsLater bound the triangle, so that it can be looked at
// as one; programs get all of it.
const (
	latestCohorts = 13
	monthsLater   = 12
)

// Cohorts lays out who came back, by the month of the first purchase.
func (p Pen) Cohorts(r engine.CohortReport) Doc {
	d, w := p.New("report.cohorts.title", r.From.First(), r.Day), p.Words
	all := engine.Retention(r.Cohorts, 0)
	if !all.Known() {
		d.Add(Text{Text: w.T("report.repurchase.nobody")})
		return d
	}
	grid := p.triangle(r)
	d.Add(Text{Strong, p.soon(r)}, grid, Text{Faint, w.T("report.cohorts.read")})
	if grid.marked() {
		d.Add(Text{Faint, w.T("report.cohorts.growing")})
	}
	if grid.bracketed() {
		d.Add(Text{Faint, w.T("report.cohorts.few", "few", p.Count(engine.EnoughEnded))})
	}
	if len(bought(r.Cohorts)) > latestCohorts {
		d.Add(Text{Faint, w.T("report.cohorts.latest", "count", p.Count(latestCohorts))})
	}
	return d
}

// soon says how many of a hundred new customers were back within a month.
func (p Pen) soon(r engine.CohortReport) string {
	all := r.SoonOfAll()
	if !all.Known() {
		return p.Words.T("report.cohorts.too_new", "days", p.Count(engine.SoonDays))
	}
	low, high := all.Wilson().BP()
	return p.Words.T("report.cohorts.soon", "soon", p.OfHundred(all.BP()), "days", p.Count(engine.SoonDays),
		"low", p.OfHundred(low), "high", p.OfHundred(high), "hits", p.Count(all.Hits), "of", p.Count(all.Of),
		"month", p.Month(slices.Max(slices.Collect(maps.Keys(r.Soon)))))
}

// OfHundred writes a rate as how many of a hundred: "40", and "<1" of a few.
func (p Pen) OfHundred(rate engine.BP) string {
	if rate > 0 && rate < 50 {
		return "<1"
	}
	return p.Count(int64(rate+50) / 100)
}

// bought leaves out the months in which nobody bought for the first time.
func bought(all []engine.Cohort) []engine.Cohort {
	return slices.DeleteFunc(slices.Clone(all), func(c engine.Cohort) bool { return c.Active[0] == 0 })
}

// triangle is a row for each cohort: how many they were, and of a hundred of them
// how many bought so many months later.
func (p Pen) triangle(r engine.CohortReport) Grid {
	shown := bought(r.Cohorts)
	shown = shown[max(0, len(shown)-latestCohorts):]
	later := min(monthsLater, len(shown[0].Active)-1)
	g := Grid{
		Title: p.Words.T("report.cohorts.grid"), Corner: p.Words.T("report.cohorts.corner"),
		Columns: []string{p.Words.T("report.cohorts.new"), p.Words.T("report.cohorts.soon_short", "days", p.Count(engine.SoonDays))},
	}
	for k := 1; k <= later; k++ {
		g.Columns = append(g.Columns, "+"+strconv.Itoa(k))
	}
	most := mostShade(r, shown, later)
	for _, c := range shown {
		g.Rows = append(g.Rows, p.cohortRow(r, c, later, most))
	}
	g.Rows = append(g.Rows, p.allCohorts(r, later, most))
	return g
}

// mostShade is the highest share of the triangle, which is the darkest.
func mostShade(r engine.CohortReport, shown []engine.Cohort, later int) (most engine.BP) {
	for _, c := range shown {
		most = max(most, r.Soon[c.First].BP())
		for k := 1; k <= later; k++ {
			most = max(most, c.Retention(k).BP())
		}
	}
	return most
}

func (p Pen) cohortRow(r engine.CohortReport, c engine.Cohort, later int, most engine.BP) GridRow {
	row := GridRow{Name: p.Month(c.First), Cells: []GridCell{{Text: p.Count(c.Active[0])}, p.share(r.Soon[c.First], most)}}
	for k := 1; k <= later && k < len(c.Active); k++ {
		cell := p.share(c.Retention(k), most)
		if !r.Over(c.First+engine.Month(k)) && cell.Text != Nothing {
			cell.Text += growing
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// growing marks the cells of a month that is not over.
const growing = "*"

func (g Grid) marked() bool {
	return slices.ContainsFunc(g.Rows, func(row GridRow) bool {
		return slices.ContainsFunc(row.Cells, func(c GridCell) bool { return strings.HasSuffix(c.Text, growing) })
	})
}

// allCohorts is the row of all of them together, older ones too.
func (p Pen) allCohorts(r engine.CohortReport, later int, most engine.BP) GridRow {
	row := GridRow{Name: p.Words.T("report.cohorts.all"), Cells: []GridCell{
		{Text: p.Count(engine.Retention(r.Cohorts, 0).Of)}, p.unsure(r.SoonOfAll(), most),
	}}
	for k := 1; k <= later; k++ {
		row.Cells = append(row.Cells, p.unsure(r.Retention(k), most))
	}
	return row
}

// unsure is share, but of a few customers in brackets and not shaded: it stands
// for all months, and is of some of the oldest alone.
func (p Pen) unsure(s engine.Proportion, most engine.BP) GridCell {
	cell := p.share(s, most)
	if s.Known() && s.Of < engine.EnoughEnded {
		return GridCell{Text: "(" + cell.Text + ")"}
	}
	return cell
}

// bracketed tells whether the last row of a grid has a cell of a few.
func (g Grid) bracketed() bool {
	return slices.ContainsFunc(g.Rows[len(g.Rows)-1].Cells, func(c GridCell) bool { return strings.HasPrefix(c.Text, "(") })
}

// share is a cell of how many of a hundred, shaded up to most.
func (p Pen) share(s engine.Proportion, most engine.BP) GridCell {
	if !s.Known() {
		return GridCell{Text: Nothing}
	}
	cell := GridCell{Text: p.OfHundred(s.BP())}
	if most > 0 {
		cell.Shade = min(s.BP()*wholeBP/most, wholeBP)
	}
	return cell
}

// wholeBP is 100 % in basis points.
const wholeBP engine.BP = 10_000

// Month writes a month shortly with its year: "Jan 2026".
//
// words: core.month_short.*
func (p Pen) Month(m engine.Month) string {
	first := m.First().Date()
	return p.Words.T("core.month_short."+strconv.Itoa(int(first.Month()))) + " " + strconv.Itoa(first.Year())
}
