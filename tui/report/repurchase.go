package report

import (
	"math"

	"bounceback/engine"
)

// Repurchase lays out how long customers take to come back, and how soon coupons
// are used.
func (p Pen) Repurchase(r engine.Repurchase) Doc {
	d, w := p.New("report.repurchase.title", r.From, r.To), p.Words
	d.Add(Text{Strong, p.usualPeriod(r)})
	if r.Gaps > 0 {
		d.Add(Text{Text: w.N("report.repurchase.plain", int(r.Waiting), "mean", p.DayCount(r.Mean), "median", p.DayCount(r.Median),
			"waiting", p.Count(r.Waiting))})
	}
	d.Add(Facts{Facts: []Fact{
		p.Fact("customers", p.Count(r.Waiting)), p.Fact("came_second", p.Count(r.Seconds)), p.Fact("times_again", p.Count(r.Gaps)),
	}})
	if len(r.Curve) > 0 {
		d.Add(p.backTable(r), p.backLines(r))
	}
	d.Add(Text{Text: p.redemptions(r)})
	if r.Last != 0 && r.To-r.Last > longSilent {
		d.Add(Text{Warn, w.T("report.repurchase.old", "day", p.Format.Date(r.Last))})
	}
	return d
}

// longSilent is after how many days without a sale of a known customer the
// report asks whether sales are missing.
const longSilent = 30

// usualPeriod says in a sentence how long customers take, and how sure that is.
func (p Pen) usualPeriod(r engine.Repurchase) string {
	w, u := p.Words, r.Usual
	args := []any{"usual", p.DayCount(u.Days), "low", p.wholeDays(u.Low.Days), "high", p.DayCount(u.High.Days)}
	switch {
	case r.Waiting == 0:
		return w.T("report.repurchase.nobody")
	case r.Gaps == 0:
		return w.T("report.repurchase.nobody_again")
	case !u.Reached:
		return w.T("report.repurchase.not_half")
	case !u.High.Reached:
		return w.T("report.repurchase.from", args...)
	case vague(u):
		return w.T("report.repurchase.vague", args...)
	}
	return w.T("report.repurchase.usual", args...)
}

// vague tells whether an interval is so wide that it says little: wider than
// the median itself, and than a week.
func vague(m engine.MedianDays) bool { return m.High.Days-m.Low.Days > max(m.Days, 7) }

func (p Pen) redemptions(r engine.Repurchase) string {
	w := p.Words
	if r.Redeemed == 0 {
		return w.T("report.repurchase.none_redeemed")
	}
	said := w.N("report.repurchase.redeemed", int(r.Redeemed), "count", p.Count(r.Redeemed), "days", p.DayCount(r.RedeemedIn))
	if !r.Sooner.Known() {
		return said
	}
	low, high := r.Sooner.Wilson().BP()
	return said + " " + w.T("report.repurchase.sooner", "sooner", p.Count(r.Sooner.Hits), "rate", p.Whole(r.Sooner.BP()),
		"low", p.Whole(low), "high", p.Whole(high))
}

// backTable is how many were back within some days.
func (p Pen) backTable(r engine.Repurchase) Block {
	t := Table{Columns: []Column{p.Col("within", Left), p.Col("came_again", Right), p.Col("certain", Left)}}
	for _, b := range r.BackWithin() {
		t.Rows = append(t.Rows, Row{Cells: []string{
			p.DayCount(float64(b.Days)), p.Whole(b.Back), p.Words.T("cli.range.between", "from", p.Whole(b.Low), "to", p.Whole(b.High)),
		}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// mostDrawn is how many days of the curve are drawn, unless half of the customers
// take longer than half of that.
const mostDrawn = 365

// backLines draws the share of purchases after which the customer was back, with
// its 95 % band, and beside it the share of used coupons that were used by then.
func (p Pen) backLines(r engine.Repurchase) Block {
	most := max(mostDrawn, int64(2*r.Usual.Days))
	l := Lines{Title: p.Words.T("report.repurchase.curve"), Step: true, Series: []Series{p.backSeries(r, most)}}
	if r.Redeemed > 0 {
		l.Series = append(l.Series, p.usedSeries(r, most))
	}
	last := int64(0)
	for _, s := range l.Series {
		last = max(last, s.Points[len(s.Points)-1].X)
	}
	for _, day := range []int64{0, 30, 60, 90, 180, 270, 365, 540, 730} {
		if day <= last {
			l.XTicks = append(l.XTicks, Tick{At: day, Label: p.Count(day)})
		}
	}
	for rate := engine.BP(0); rate <= wholeBP; rate += wholeBP / 4 {
		l.YTicks = append(l.YTicks, Tick{At: int64(rate), Label: p.Format.Percent(rate)})
	}
	return l
}

func (p Pen) backSeries(r engine.Repurchase, most int64) Series {
	s := Series{Name: p.Words.T("report.repurchase.back"), Points: []Point{{}}, Band: []Span{{}}}
	for _, step := range r.Curve {
		if step.Days > most {
			break
		}
		back := r.BackBy(step.Days)
		s.Points = append(s.Points, Point{step.Days, int64(back.Back)})
		s.Band = append(s.Band, Span{int64(back.Low), int64(back.High)})
	}
	return s
}

func (p Pen) usedSeries(r engine.Repurchase, most int64) Series {
	s := Series{Name: p.Words.T("report.repurchase.used"), Points: []Point{{}}}
	sum := int64(0)
	for _, b := range r.RedeemedAfter {
		if sum += b.Count; b.Value <= most {
			s.Points = append(s.Points, Point{b.Value, int64(engine.Proportion{Hits: sum, Of: r.Redeemed}.BP())})
		}
	}
	return s
}

// DayCount writes days as whole ones: "31 days".
func (p Pen) DayCount(days float64) string {
	n := int(math.Round(days))
	return p.Words.N("cli.days", n, "n", p.Format.Count(n))
}

func (p Pen) wholeDays(days float64) string { return p.Format.Count(int(math.Round(days))) }
