package screen

import (
	"math"
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// allPeriods are all sums of today, this week and this month.
func (r *deskDrawer) allPeriods() { r.periods(deskNet, deskSales, deskIssued, deskUsed) }

// periods are some sums of today, this week and this month, each beside the
// same days before.
func (r *deskDrawer) periods(keys ...kit.Binding) {
	p := r.periodTable(keys)
	st := r.env.Styles
	r.out = append(r.out, kit.NoMarker+kit.Spaces(2+r.label)+st.Dim.Render(inColumns(p.head, p.widths, p.shown)))
	for i, key := range keys {
		name, cells := kit.Fit(r.rowName(key), r.label), inColumns(p.cells[i], p.widths, p.shown)
		r.mark(key, r.periodLink(key), func(marked bool) string {
			if marked {
				return key.Keys()[0] + " " + name + cells
			}
			return st.Badge.Render(key.Keys()[0]) + " " + st.Dim.Render(name) + cells
		})
	}
}

// periodTable is the table of some sums, laid out.
type periodTable struct {
	head   []string
	cells  [][]string
	widths []int
	shown  []int
}

func (r *deskDrawer) periodTable(keys []kit.Binding) periodTable {
	o := &r.d.o
	spans, head := []engine.PeriodSums{o.Month.Now, o.Month.Before}, []string{r.t("desk.col.month"), r.until(o.Month.Before)}
	if r.width >= deskNarrow {
		spans = append([]engine.PeriodSums{o.Day.Now, o.Day.Before, o.Week.Now, o.Week.Before}, spans...)
		head = append([]string{r.t("desk.col.today"), r.env.Format.DayMonth(o.Day.Before.To), r.t("desk.col.week"), r.until(o.Week.Before)}, head...)
	}
	p := periodTable{head: append(head, "")}
	for _, key := range keys {
		var cells []string
		for _, span := range spans {
			cells = append(cells, r.env.Format.Count(int(r.periodValue(key, span))))
		}
		p.cells = append(p.cells, append(cells, r.change(key)))
	}
	for j, name := range p.head {
		width := kit.Width(name)
		for i := range p.cells {
			width = max(width, kit.Width(p.cells[i][j]))
		}
		p.widths = append(p.widths, width)
	}
	p.shown = r.columns(p.widths)
	return p
}

// periodValue is one sum of some days.
func (r *deskDrawer) periodValue(key kit.Binding, p engine.PeriodSums) int64 {
	switch key.ID() {
	case deskSales.ID():
		return p.Sales
	case deskIssued.ID():
		return p.Issued
	case deskUsed.ID():
		return p.Used.Coupons
	}
	return r.env.units(p.Net)
}

// periodLink leads to what a sum of this month is made of.
func (r *deskDrawer) periodLink(key kit.Binding) report.Link {
	month := engine.Filter{From: r.d.o.Month.Now.From, To: r.d.o.Month.Now.To}
	switch key.ID() {
	case deskSales.ID():
		month.State = engine.SalesKept
		return report.Link{To: report.ToSales, Filter: month}
	case deskIssued.ID():
		return report.Link{To: report.ToCoupons, Filter: month}
	case deskUsed.ID():
		month.State = engine.SalesRedeeming
		return report.Link{To: report.ToSales, Filter: month}
	}
	return report.Link{To: report.ToReport, Name: "store", Filter: month}
}

// rowName is a row's name; amounts stand in whole units of the currency.
func (r *deskDrawer) rowName(key kit.Binding) string {
	return r.env.Words.T(key.ID(), "currency", r.env.currency())
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

// tells tells whether a sum of this month differs from that of the same days
// before by more than chance explains.
func (r *deskDrawer) tells(key kit.Binding) bool {
	now, before := r.d.o.Month.Now, r.d.o.Month.Before
	if key.ID() == deskNet.ID() {
		return engine.TellsAmount(now.Net, before.Net, now.Sales, before.Sales)
	}
	return engine.TellsCount(r.periodValue(key, now), r.periodValue(key, before))
}

// change is how much more a sum of this month is than before, by a sign that is
// seen without colour. What chance explains is no change.
func (r *deskDrawer) change(key kit.Binding) string {
	now, before := r.periodValue(key, r.d.o.Month.Now), r.periodValue(key, r.d.o.Month.Before)
	bp, ok := engine.Change(engine.Minor(now), engine.Minor(before))
	if !ok || !r.tells(key) {
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
	return ""
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

// currency is the mark of the currency, as "R$".
func (e *Env) currency() string { return strings.Trim(e.Format.MoneyShort(0), "0 ") }

// facts are the figures that are sentences.
func (r *deskDrawer) facts() {
	r.came()
	r.cost()
	r.owed()
	r.sooner()
	r.because()
	r.best()
}

// came is how many of the coupons that ended of late were used, against the
// goal.
//
// words: desk.goal.*
func (r *deskDrawer) came() {
	link, ended, pen := report.Link{To: report.ToReport, Name: "store", Filter: r.d.recent()}, r.d.o.Recent, r.pen()
	standing := ended.Standing(engine.GoalConversion)
	goal := r.t("desk.goal."+string(standing), "goal", pen.Whole(engine.GoalConversion), "ended", pen.Count(ended.Counted()), "enough", pen.Count(engine.EnoughEnded))
	if standing == engine.GoalTooFew {
		r.figure(deskCame, link, piece{r.t("desk.came.few"), kit.Faded, 0}, piece{goal, kit.Faded, 1})
		return
	}
	if r.narrow() {
		goal = r.t("desk.goal.short." + string(standing))
	}
	low, high := ended.Used().Wilson().BP()
	pieces := []piece{
		{pen.Tenths(ended.Used().BP()), kit.Stressed, 0},
		{r.t("desk.came.of", "ended", pen.Count(ended.Counted()), "days", engine.OverviewEnded), kit.Faded, 2},
		{goal, goalTone(standing), 1},
		{r.t("desk.between", "low", bare(pen.Tenths(low)), "high", bare(pen.Tenths(high))), kit.Usual, 4},
	}
	if e := r.d.o.Earlier; e.Enough() {
		pieces = append(pieces, piece{r.t("desk.came.before", "rate", pen.Tenths(e.Used().BP())), kit.Faded, 5})
	}
	r.figure(deskCame, link, pieces...)
}

// recent is a filter of the days in which the coupons ended of which the desk
// tells who came back.
func (d *desk) recent() engine.Filter {
	return engine.Filter{From: d.o.Today - engine.OverviewEnded, To: d.o.Today - 1}
}

// narrow tells whether there is room for a word or two alone.
func (r *deskDrawer) narrow() bool { return r.width < deskNarrow && !r.folds }

func goalTone(s engine.Standing) kit.Tone {
	switch s {
	case engine.GoalAbove:
		return kit.Fine
	case engine.GoalBelow:
		return kit.Caution
	}
	return kit.Usual
}

// certain is a value with its 95 % interval, where there is room for that.
func (r *deskDrawer) certain(value, low, high string) string {
	if r.narrow() {
		return value
	}
	return r.t("desk.certain", "value", value, "low", low, "high", high)
}

// bare is a rate as the country writes it, without its mark.
func bare(rate string) string { return strings.Trim(rate, "% ") }

// sooner is how soon coupons are used, beside how long customers take anyway.
func (r *deskDrawer) sooner() {
	b, days := r.d.o.Back, engine.Filter{From: r.d.o.Today - engine.OverviewEnded + 1, To: r.d.o.Today}
	link := report.Link{To: report.ToReport, Name: "repurchase", Filter: days}
	var pieces []piece
	if b.Redeemed > 0 {
		pieces = append(pieces, piece{r.t("desk.sooner.after", "days", r.days(b.RedeemedIn)), kit.Stressed, 0},
			piece{r.t("desk.sooner.of", "days", engine.OverviewEnded), kit.Faded, 2})
	}
	switch u := b.Usual; {
	case !u.Reached:
		pieces = append(pieces, piece{r.t("desk.sooner.unknown"), kit.Faded, 1})
	case !u.High.Reached:
		pieces = append(pieces, piece{r.t("desk.sooner.usual", "days", r.days(u.Days)), kit.Usual, 1})
	default:
		pieces = append(pieces, piece{r.t("desk.sooner.usual", "days", r.days(u.Days)), kit.Usual, 1},
			piece{r.t("desk.between", "low", r.whole(u.Low.Days), "high", r.whole(u.High.Days)), kit.Usual, 4})
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

// because is what the control group says: the verdict before the numbers, which
// prove nothing without it.
//
// words: desk.because.*
func (r *deskDrawer) because() {
	c, pen := r.d.o.Control, r.pen()
	link := report.Link{To: report.ToReport, Name: "control"}
	if c == nil {
		r.figure(deskBecause, link, piece{r.t("desk.because.none"), kit.Faded, 0})
		return
	}
	verdict := r.t("desk.because." + string(c.Report.Verdict))
	if r.narrow() {
		verdict = r.t("desk.because.short." + string(c.Report.Verdict))
	}
	value := r.t("desk.points", "points", points(pen, c.Report.Uplift.ValueBP()))
	if c.Report.Verdict != engine.VerdictTooFew {
		low, high := c.Report.Uplift.BP()
		r.figure(deskBecause, link, piece{verdict, kit.Stressed, 0}, piece{r.certain(value, points(pen, low), points(pen, high)), kit.Usual, 1})
		return
	}
	pieces := []piece{{verdict, kit.Caution, 0}}
	if w := c.Report.Wait; w.Paced {
		pieces = append(pieces, piece{r.env.Words.N("desk.because.wait", int(w.Days), "n", pen.Count(w.Days)), kit.Usual, 1})
	}
	if known(c.Counts) {
		pieces = append(pieces, piece{r.t("desk.because.sofar", "value", value), kit.Faded, 2})
	}
	r.figure(deskBecause, link, pieces...)
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
	return sign + bare(pen.Tenths(bp))
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
		r.figure(deskBest, link, piece{r.t("desk.best.none"), kit.Faded, 0},
			piece{r.t("desk.best.need", "enough", engine.EnoughEnded, "days", engine.OverviewEnded), kit.Faded, 1})
		return
	}
	r.figure(deskBest, link,
		piece{kit.Clean(best.Title) + " " + pen.Tenths(best.Ended.Used().BP()), kit.Usual, 0},
		piece{kit.Clean(worst.Title) + " " + pen.Tenths(worst.Ended.Used().BP()), kit.Usual, 0})
}
