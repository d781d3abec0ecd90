package screen

import (
	"math"
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// periods are the sums of today, this week and this month, each beside the same
// days before.
func (r *deskDrawer) periods() {
	o := &r.d.o
	spans := []engine.PeriodSums{o.Month.Now, o.Month.Before}
	head := []string{r.t("desk.col.month"), r.until(o.Month.Before)}
	if r.width >= deskNarrow {
		spans = []engine.PeriodSums{o.Day.Now, o.Day.Before, o.Week.Now, o.Week.Before, o.Month.Now, o.Month.Before}
		head = []string{r.t("desk.col.today"), r.env.Format.DayMonth(o.Day.Before.To), r.t("desk.col.week"), r.until(o.Week.Before), head[0], head[1]}
	}
	month := engine.Filter{From: o.Month.Now.From, To: o.Month.Now.To}
	rows := []struct {
		key   kit.Binding
		link  report.Link
		value func(engine.PeriodSums) int64
	}{
		{deskNet, report.Link{To: report.ToReport, Name: "store", Filter: month}, func(p engine.PeriodSums) int64 { return r.env.units(p.Net) }},
		{deskSales, report.Link{To: report.ToSales, Filter: month}, func(p engine.PeriodSums) int64 { return p.Sales }},
		{deskIssued, report.Link{To: report.ToCoupons, Filter: month}, func(p engine.PeriodSums) int64 { return p.Issued }},
		{deskUsed, report.Link{To: report.ToCoupons, Filter: engine.Filter{State: string(engine.CouponRedeemed)}}, func(p engine.PeriodSums) int64 { return p.Used.Coupons }},
	}
	cells, widths := make([][]string, len(rows)), make([]int, len(head)+1)
	for j, h := range head {
		widths[j] = kit.Width(h)
	}
	for i, row := range rows {
		for j, p := range spans {
			cells[i] = append(cells[i], r.env.Format.Count(int(row.value(p))))
			widths[j] = max(widths[j], kit.Width(cells[i][j]))
		}
		change := r.change(row.value(o.Month.Now), row.value(o.Month.Before))
		cells[i] = append(cells[i], change)
		widths[len(head)] = max(widths[len(head)], kit.Width(change))
	}
	shown := r.columns(widths)
	st := r.env.Styles
	names := inColumns(append(head, ""), widths, shown)
	r.out = append(r.out, kit.NoMarker+kit.Spaces(2+r.label)+st.Dim.Render(names))
	for i, row := range rows {
		name := kit.Fit(r.rowName(row.key), r.label)
		r.mark(row.key, row.link, func(marked bool) string {
			if marked {
				return row.key.Keys()[0] + " " + name + inColumns(cells[i], widths, shown)
			}
			return st.Badge.Render(row.key.Keys()[0]) + " " + st.Dim.Render(name) + inColumns(cells[i], widths, shown)
		})
	}
}

// rowName is a row's name; amounts stand in whole units of the currency.
func (r *deskDrawer) rowName(key kit.Binding) string {
	return r.env.Words.T(key.ID(), "currency", r.env.Format.Currency())
}

// columns are those that have room: the last, of the month, before those of
// shorter spans, and what they are compared with last.
func (r *deskDrawer) columns(widths []int) []int {
	room := r.width - len(kit.NoMarker) - 2 - r.label
	order := []int{0, 1, 2}
	if len(widths) > 3 {
		order = []int{4, 5, 6, 0, 2, 3, 1}
	}
	taken := map[int]bool{}
	for _, j := range order {
		if room -= 2 + widths[j]; room < 0 {
			break
		}
		taken[j] = true
	}
	var shown []int
	for j := range widths {
		if taken[j] {
			shown = append(shown, j)
		}
	}
	return shown
}

// inColumns are some cells at the right of their columns.
func inColumns(cells []string, widths, shown []int) string {
	out := ""
	for _, j := range shown {
		out += "  " + kit.FitRight(cells[j], widths[j])
	}
	return strings.TrimRight(out, " ")
}

func (r *deskDrawer) t(key string, args ...any) string { return r.env.Words.T(key, args...) }

// until heads a column of the same days before.
func (r *deskDrawer) until(p engine.PeriodSums) string {
	return r.t("desk.col.until", "day", r.env.Format.DayMonth(p.To))
}

// change is how much more that is, by a sign that is seen without colour.
func (r *deskDrawer) change(now, before int64) string {
	bp, ok := engine.Change(engine.Minor(now), engine.Minor(before))
	if !ok {
		return ""
	}
	pen := r.pen()
	switch {
	case bp > 0 && r.env.Styles.Theme == kit.Plain:
		return "+" + pen.Whole(bp)
	case bp > 0:
		return "▲ " + pen.Whole(bp)
	case bp < 0 && r.env.Styles.Theme == kit.Plain:
		return "−" + pen.Whole(-bp)
	case bp < 0:
		return "▼ " + pen.Whole(-bp)
	}
	return "= " + pen.Whole(0)
}

func (r *deskDrawer) pen() report.Pen { return r.d.pen() }

// units is an amount in whole units of the currency, rounded half up.
func (e *Env) units(m engine.Minor) int64 {
	one := int64(1)
	for range e.Format.Exponent() {
		one *= 10
	}
	if m < 0 {
		return -e.units(-m)
	}
	return (int64(m) + one/2) / one
}

// short is an amount without decimals.
func (e *Env) short(m engine.Minor) string {
	one := engine.Minor(1)
	for range e.Format.Exponent() {
		one *= 10
	}
	return e.Format.MoneyShort(engine.Minor(e.units(m)) * one)
}

// essential are the figures that even the smallest window shows.
func (r *deskDrawer) essential() {
	r.came()
	r.cost()
	r.owed()
}

// rest are the others.
func (r *deskDrawer) rest() {
	r.sooner()
	r.because()
	r.best()
}

// came is how many of the coupons that ended of late were used, against the
// goal.
//
// words: desk.goal.*
func (r *deskDrawer) came() {
	link, ended, pen := report.Link{To: report.ToReport, Name: "campaigns"}, r.d.o.Recent, r.pen()
	standing := ended.Standing(engine.GoalConversion)
	goal := r.t("desk.goal."+string(standing), "goal", pen.Whole(engine.GoalConversion), "ended", pen.Count(ended.Issued), "enough", pen.Count(engine.EnoughEnded))
	if standing == engine.GoalTooFew {
		r.figure(deskCame, link, piece{r.t("desk.came.few"), kit.Faded, 0}, piece{goal, kit.Faded, 1})
		return
	}
	low, high := ended.Used().Wilson().BP()
	pieces := []piece{
		{pen.Tenths(ended.Used().BP()), kit.Stressed, 0},
		{r.between(pen.Tenths(low), pen.Tenths(high)), kit.Usual, 3},
		{goal, goalTone(standing), 1},
		{r.t("desk.came.of", "ended", pen.Count(ended.Issued), "days", engine.OverviewEnded), kit.Faded, 4},
	}
	if e := r.d.o.Earlier; e.Issued >= engine.EnoughEnded {
		pieces = append(pieces, piece{r.t("desk.came.before", "rate", pen.Tenths(e.Used().BP())), kit.Faded, 5})
	}
	r.figure(deskCame, link, pieces...)
}

func goalTone(s engine.Standing) kit.Tone {
	switch s {
	case engine.GoalAbove:
		return kit.Fine
	case engine.GoalBelow:
		return kit.Caution
	}
	return kit.Usual
}

// between is a 95 % interval.
func (r *deskDrawer) between(low, high string) string {
	return r.t("desk.between", "low", low, "high", high)
}

// sooner is how soon coupons are used, beside how long customers take anyway.
func (r *deskDrawer) sooner() {
	link, b := report.Link{To: report.ToReport, Name: "repurchase"}, r.d.o.Back
	var pieces []piece
	if b.Redeemed > 0 {
		pieces = append(pieces, piece{r.t("desk.sooner.after", "days", r.days(b.RedeemedIn)), kit.Stressed, 0})
	}
	switch u := b.Usual; {
	case !u.Reached:
		pieces = append(pieces, piece{r.t("desk.sooner.unknown"), kit.Faded, 1})
	case !u.High.Reached:
		pieces = append(pieces, piece{r.t("desk.sooner.usual", "days", r.days(u.Days)), kit.Usual, 1})
	default:
		pieces = append(pieces, piece{r.t("desk.sooner.usual", "days", r.days(u.Days)), kit.Usual, 1},
			piece{r.between(r.whole(u.Low.Days), r.whole(u.High.Days)), kit.Faded, 2})
	}
	r.figure(deskSooner, link, pieces...)
}

// whole and days write a number of days, which may be a half, as whole ones.
func (r *deskDrawer) whole(days float64) string {
	return r.env.Format.Count(int(math.Round(days)))
}

func (r *deskDrawer) days(days float64) string {
	return r.env.Words.N("desk.days", int(math.Round(days)), "n", r.whole(days))
}

// because is what the control group says.
//
// words: desk.because.*
func (r *deskDrawer) because() {
	c, pen := r.d.o.Control, r.pen()
	link := report.Link{To: report.ToReport, Name: "control"}
	if c == nil {
		r.figure(deskBecause, link, piece{r.t("desk.because.none"), kit.Faded, 0})
		return
	}
	low, high := c.Report.Uplift.BP()
	verdict := piece{r.t("desk.because." + string(c.Report.Verdict)), kit.Usual, 1}
	if w := c.Report.Wait; c.Report.Verdict == engine.VerdictTooFew {
		if w.Paced {
			verdict.text = r.env.Words.N("desk.because.wait", int(w.Days), "n", pen.Count(w.Days))
		}
		if !known(c.Counts) {
			r.figure(deskBecause, link, verdict)
			return
		}
	}
	r.figure(deskBecause, link,
		piece{r.t("desk.points", "points", points(pen, c.Report.Uplift.ValueBP())), kit.Stressed, 0},
		piece{r.between(points(pen, low), points(pen, high)), kit.Usual, 2}, verdict)
}

// known tells whether anybody is in both groups.
func known(c engine.ControlCounts) bool { return c.Treated.Of > 0 && c.Control.Of > 0 }

// points writes a difference of rates with its sign, in points of a hundred: as
// the country writes a rate, without its mark.
func points(pen report.Pen, bp engine.BP) string {
	sign := "+"
	if bp < 0 {
		sign, bp = "−", -bp
	}
	return sign + strings.Trim(pen.Tenths(bp), "% ")
}

// cost is what each coupon used this month cost and brought.
func (r *deskDrawer) cost() {
	u := r.d.o.Month.Now.Used
	month := engine.Filter{From: r.d.o.Month.Now.From, To: r.d.o.Month.Now.To}
	link := report.Link{To: report.ToReport, Name: "store", Filter: month}
	if u.Coupons == 0 {
		r.figure(deskCost, link, piece{r.t("desk.cost.none"), kit.Faded, 0})
		return
	}
	off, _ := engine.Share(u.Off, 1, engine.Minor(u.Coupons), engine.HalfUp)
	net, _ := engine.Share(u.Net, 1, engine.Minor(u.Coupons), engine.HalfUp)
	r.figure(deskCost, link,
		piece{r.env.short(off) + " / " + r.env.short(net), kit.Stressed, 0},
		piece{r.t("desk.cost.month"), kit.Faded, 1},
		piece{r.t("desk.cost.rate", "rate", r.pen().Tenths(u.CostRate())), kit.Usual, 2})
}

// owed is the face of all open coupons, and what is expected of it.
func (r *deskDrawer) owed() {
	l := r.d.o.Owed
	link := report.Link{To: report.ToReport, Name: "liability"}
	if l.Coupons == 0 {
		r.figure(deskOwed, link, piece{r.t("desk.owed.none"), kit.Faded, 0})
		return
	}
	pieces := []piece{{r.t("desk.owed.face", "face", r.env.short(l.Face)), kit.Stressed, 0}}
	if l.Known {
		pieces = append(pieces, piece{r.t("desk.owed.expected", "expected", r.env.short(l.Expected)), kit.Usual, 1})
	}
	r.figure(deskOwed, link, append(pieces, piece{r.env.Words.N("desk.owed.coupons", int(l.Coupons), "n", r.pen().Count(l.Coupons)), kit.Faded, 2})...)
}

// best are the best and the worst campaign.
func (r *deskDrawer) best() {
	link, pen := report.Link{To: report.ToReport, Name: "campaigns"}, r.pen()
	best, worst, ok := r.d.o.BestAndWorst()
	if !ok {
		r.figure(deskBest, link, piece{r.t("desk.best.none"), kit.Faded, 0})
		return
	}
	r.figure(deskBest, link,
		piece{kit.Clean(best.Title) + " " + pen.Tenths(best.Ended.Used().BP()), kit.Usual, 0},
		piece{kit.Clean(worst.Title) + " " + pen.Tenths(worst.Ended.Used().BP()), kit.Usual, 0})
}
