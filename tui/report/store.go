package report

import "bounceback/engine"

// Period lays out some days beside those before them, and with the days the
// weeks that led there.
func (p Pen) Period(now, was engine.Figures, days []engine.DayFigures) Doc {
	d := p.New("report.store.title", now.From, now.To)
	d.Add(p.beside(now, was), Text{Strong, p.Goal(now.Ended)})
	if i := now.Issued; i.Issued > 0 {
		d.Add(Text{Text: p.Words.N("report.store.became", int(i.Issued), "issued", p.Count(i.Issued), "used", p.Count(i.Redeemed),
			"expired", p.Count(i.Expired), "voided", p.Count(i.Voided), "open", p.Count(i.Outstanding), "face", p.Format.Money(i.OutstandFace))})
	}
	d.Add(p.weekLines(days, now.To), p.gainMost(now.Margin))
	return d
}

// gainMost says what stands behind what is left over; nil if the owner has set
// no margin.
func (p Pen) gainMost(margin engine.BP) Block {
	if margin == 0 {
		return nil
	}
	return Text{Faint, p.Words.T("report.store.gain_most", "margin", p.Format.Percent(margin))}
}

// beside is the table of two spans of days.
func (p Pen) beside(now, was engine.Figures) Block {
	c := &comparison{Pen: p, now: now, was: was}
	c.t = Table{Columns: []Column{{}, {Name: p.Span(now.From, now.To), Align: Right}, {Name: p.Span(was.From, was.To), Align: Right}}}
	days := engine.Filter{From: now.From, To: now.To}
	c.happened(days)
	c.issued(Link{To: ToCoupons, Filter: days})
	c.texted(Link{To: ToMessages, Filter: days})
	c.gained()
	c.ended(engine.Filter{EndFrom: now.From, EndTo: min(now.To, p.Today-1)})
	return c.t
}

// comparison is lines of two values beside each other.
type comparison struct {
	Pen
	t        Table
	now, was engine.Figures
}

// line adds a line, labelled by its key in the catalogue under "report.store.".
//
// words: report.store.*
func (c *comparison) line(key string, to Link, value func(engine.Figures) string) {
	c.t.Rows = append(c.t.Rows, Row{Cells: []string{c.Words.T("report.store." + key), value(c.now), value(c.was)}, Link: to})
}

// happened adds what was sold on the days, and the coupons used in these sales.
func (c *comparison) happened(days engine.Filter) {
	days.State = engine.SalesKept
	to := Link{To: ToSales, Filter: days}
	money := func(key string, of func(engine.Figures) engine.Minor) {
		c.line(key, to, func(f engine.Figures) string { return c.Format.Money(of(f)) })
	}
	c.line("sales", to, func(f engine.Figures) string { return c.Count(f.Sales) })
	money("net", func(f engine.Figures) engine.Minor { return f.Net })
	to.Filter.State = engine.SalesRedeeming
	c.line("used", to, func(f engine.Figures) string { return c.Count(f.Used.Coupons) })
	money("given", func(f engine.Figures) engine.Minor { return f.Used.Off })
	money("brought", func(f engine.Figures) engine.Minor { return f.Used.Net })
	c.line("cost_rate", to, func(f engine.Figures) string { return c.ofUse(f.Used, engine.CouponUse.CostRate) })
	c.line("return", to, func(f engine.Figures) string { return c.ofUse(f.Used, engine.CouponUse.Return) })
}

func (c *comparison) issued(to Link) {
	c.line("issued", to, func(f engine.Figures) string { return c.Count(f.Issued.Issued) })
}

func (c *comparison) texted(to Link) {
	c.line("text_cost", to, func(f engine.Figures) string { return c.Format.Price(f.TextCost) })
}

func (c *comparison) gained() {
	if c.now.Margin == 0 {
		return
	}
	c.line("gain", Link{To: ToSettings}, func(f engine.Figures) string {
		gain, _ := f.Gain(c.Store.Exponent)
		return c.Format.Money(gain)
	})
}

// ended adds how the coupons fared that ended on the days.
func (c *comparison) ended(days engine.Filter) {
	days.State = engine.CouponsKept
	to := Link{To: ToCoupons, Filter: days}
	c.line("ended", to, func(f engine.Figures) string { return c.Count(f.Ended.Counted()) })
	c.line("conversion", to, func(f engine.Figures) string { return c.Conversion(f.Ended) })
	c.line("certain", to, func(f engine.Figures) string { return c.Certain(f.Ended) })
	to.Filter.State = string(engine.CouponExpired)
	c.line("breakage", to, func(f engine.Figures) string {
		if !f.Ended.Enough() {
			return Nothing
		}
		return c.Whole(f.Ended.Breakage())
	})
}

// ofUse writes a rate of redeemed coupons; of none nothing is said.
func (p Pen) ofUse(u engine.CouponUse, rate func(engine.CouponUse) engine.BP) string {
	if u.Coupons == 0 {
		return Nothing
	}
	return p.Whole(rate(u))
}

// weeksDrawn is how many weeks the time line of a report goes back.
const weeksDrawn = 26

// WeeksBefore is the first day of the time line of a report that ends on a day.
func WeeksBefore(to engine.Day) engine.Day {
	return engine.MondayOf(to) - 7*weeksDrawn
}

// weekLines draws the coupons issued and used in each week through a day. A week
// that is not over would look like a fall, so it is left out; nil if fewer than
// two are left.
func (p Pen) weekLines(days []engine.DayFigures, to engine.Day) Block {
	weeks := engine.Weeks(days)
	if n := len(weeks); n > 0 && weeks[n-1].Day+6 > to {
		weeks = weeks[:n-1]
	}
	if len(weeks) < 2 {
		return nil
	}
	l := Lines{Title: p.Words.T("report.store.weeks"), Series: []Series{{Name: p.Words.T("report.store.weeks_issued")}, {Name: p.Words.T("report.store.weeks_used")}}}
	most := int64(0)
	for _, w := range weeks {
		x := int64(w.Day)
		l.Series[0].Points = append(l.Series[0].Points, Point{x, w.Issued})
		l.Series[1].Points = append(l.Series[1].Points, Point{x, w.Redeemed})
		most = max(most, w.Issued, w.Redeemed)
	}
	for _, i := range []int{0, len(weeks) / 2, len(weeks) - 1} {
		at := Tick{At: int64(weeks[i].Day), Label: p.Format.DateShort(weeks[i].Day)}
		if n := len(l.XTicks); n == 0 || l.XTicks[n-1] != at {
			l.XTicks = append(l.XTicks, at)
		}
	}
	l.YTicks = []Tick{{0, "0"}, {most, p.Count(most)}}
	return l
}
