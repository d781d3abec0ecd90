package report

import (
	"strings"

	"bounceback/engine"
)

// Control lays out what the control groups say, campaign by campaign.
func (p Pen) Control(all []engine.Comparison, from, to engine.Day) Doc {
	d := p.New("report.control.title", from, to)
	if len(all) == 0 {
		d.Add(Text{Text: p.Words.T("report.control.none")})
	}
	for _, c := range all {
		p.comparison(&d, c)
	}
	return d
}

// comparison adds one campaign: what the comparison says, what that cost, and
// the two groups.
func (p Pen) comparison(d *Doc, c engine.Comparison) {
	d.Add(Text{Strong, p.heldSince(c)})
	if c.Counts.Treated.Of+c.Counts.Control.Of == 0 {
		d.Add(Text{Text: p.nobodyYet(c)})
		return
	}
	d.Add(Text{verdictTone[c.Report.Verdict], p.verdict(c)})
	for _, said := range []string{p.wait(c), p.extra(c), p.running(c)} {
		if said != "" {
			d.Add(Text{Text: said})
		}
	}
	d.Add(p.groups(c), p.groupBars(c))
}

var verdictTone = map[engine.Verdict]Tone{engine.VerdictBringsBack: Good, engine.VerdictKeepsAway: Bad}

func (p Pen) heldSince(c engine.Comparison) string {
	if c.Share == 0 {
		return p.Words.T("report.control.off", "campaign", c.Campaign, "day", p.Format.Date(c.Since))
	}
	return p.Words.T("report.control.since", "campaign", c.Campaign, "rate", p.Format.Percent(c.Share), "day", p.Format.Date(c.Since))
}

// nobodyYet says that no customer counts yet, and from when on some will.
func (p Pen) nobodyYet(c engine.Comparison) string {
	if c.Running == (engine.Running{}) {
		return p.Words.T("report.control.nobody")
	}
	return p.Words.T("report.control.nobody_yet") + " " + p.running(c)
}

// verdict says whether the coupon brings customers back, with the interval:
// while it is early the wider one, and why.
//
// words: report.control.verdict.*
func (p Pen) verdict(c engine.Comparison) string {
	if !c.Counts.Treated.Known() || !c.Counts.Control.Known() {
		return p.Words.T("report.control.one_group")
	}
	said := string(c.Report.Verdict)
	if c.Report.Early && c.Report.Verdict != engine.VerdictTooFew {
		said += "_early"
	}
	return p.Words.T("report.control.verdict."+said, "points", p.Uplift(c.Report.Uplift.ValueBP()), "interval", p.UpliftRange(c.Report))
}

// Uplift writes a difference of rates in percentage points, with its sign:
// "+3.1".
func (p Pen) Uplift(points engine.BP) string {
	sign := "+"
	if points < 0 {
		sign, points = "−", -points
	}
	if (points+5)/10 == 0 {
		return "0"
	}
	return sign + p.points(points)
}

// points writes percentage points: "3.1".
func (p Pen) points(n engine.BP) string { return strings.TrimSpace(strings.Trim(p.Tenths(n), "%")) }

// UpliftRange is the interval of the difference: "+0.4 to +5.8".
func (p Pen) UpliftRange(r engine.ControlReport) string {
	low, high := r.Uplift.BP()
	return p.Words.T("cli.range.between", "from", p.Uplift(low), "to", p.Uplift(high))
}

// wait says how many customers are missing, and how long that takes; empty if
// that is not what is missing.
func (p Pen) wait(c engine.Comparison) string {
	w, wait := p.Words, c.Report.Wait
	customers, least := p.Count(roughly(wait.Customers)), p.points(c.Counts.Least)
	switch {
	case c.Report.Verdict != engine.VerdictTooFew:
		return ""
	case wait.Never:
		return w.T("report.control.never", "least", least)
	case wait.Days > longWait:
		return w.T("report.control.too_long", "customers", customers, "least", least)
	case wait.Paced:
		return w.T("report.control.more", "customers", customers, "least", least, "time", p.duration(wait.Days))
	}
	return w.T("report.control.more_unpaced", "customers", customers, "least", least)
}

// longWait is how many days nobody waits for an answer: five years.
const longWait = 5 * 365

// roughly rounds up to two digits: 9,235 is 9,300.
func roughly(n int64) int64 {
	step := int64(1)
	for n/step >= 100 {
		step *= 10
	}
	return (n + step - 1) / step * step
}

// duration writes days as people say them: 12 days, 14 weeks, 9 months.
//
// words: report.control.days report.control.weeks report.control.months
func (p Pen) duration(days int64) string {
	unit, n := "days", days
	switch {
	case days > 40*7:
		unit, n = "months", (days+29)/30
	case days > 14:
		unit, n = "weeks", (days+6)/7
	}
	return p.Words.N("report.control."+unit, int(n), "n", p.Count(n))
}

// extra says what the coupons brought and what each of these sales cost, where
// they brought any for sure; of the cost the two ends are the interval's.
func (p Pen) extra(c engine.Comparison) string {
	r, each := c.Report, c.Report.Each
	if r.Verdict != engine.VerdictBringsBack || !each.Known {
		return ""
	}
	extra := p.Words.T("report.control.extra", "sales", p.Count(int64(r.Extra.Value+0.5)),
		"low", p.Count(max(0, int64(r.Extra.Low+0.5))), "high", p.Count(int64(r.Extra.High+0.5)))
	f := p.Format
	if !each.Bounded {
		return extra + " " + p.Words.T("report.control.each_from", "each", f.Money(each.Each), "low", f.Money(each.Low))
	}
	return extra + " " + p.Words.T("report.control.each", "each", f.Money(each.Each), "low", f.Money(each.Low), "high", f.Money(each.High))
}

// running says how many customers count later; empty if none do.
func (p Pen) running(c engine.Comparison) string {
	n := c.Running.Treated + c.Running.Held
	if n == 0 {
		return ""
	}
	return p.Words.N("report.control.running", int(n), "customers", p.Count(n), "day", p.Format.Date(c.Running.Last))
}

// groups is the table of the two groups.
//
// words: report.control.treated report.control.held
func (p Pen) groups(c engine.Comparison) Block {
	t := Table{Columns: []Column{p.Col("group", Left), p.Col("customers", Right), p.Col("came_again", Right), p.Col("rate", Right), p.Col("certain", Left)}}
	for _, g := range twoGroups(c) {
		low, high := g.of.Wilson().BP()
		rate, certain := Nothing, Nothing
		if g.of.Known() {
			rate, certain = p.Tenths(g.of.BP()), p.Words.T("cli.range.between", "from", p.Tenths(low), "to", p.Tenths(high))
		}
		t.Rows = append(t.Rows, Row{Cells: []string{p.Words.T(g.name), p.Count(g.of.Of), p.Count(g.of.Hits), rate, certain}, Link: g.link})
	}
	return t
}

type controlGroup struct {
	name string
	of   engine.Proportion
	link Link
}

func twoGroups(c engine.Comparison) []controlGroup {
	return []controlGroup{
		{"report.control.treated", c.Counts.Treated, Link{To: ToCoupons, Filter: engine.Filter{CampaignID: c.CampaignID, From: c.From, To: c.To}}},
		{"report.control.held", c.Counts.Control, Link{To: ToCampaign, ID: c.CampaignID}},
	}
}

func (p Pen) groupBars(c engine.Comparison) Block {
	b := Bars{Title: p.Words.T("report.control.bars")}
	for _, g := range twoGroups(c) {
		if !g.of.Known() {
			return nil
		}
		b.Bars = append(b.Bars, Bar{Label: p.Words.T(g.name), Value: p.Tenths(g.of.BP()), Size: int64(g.of.BP()), Link: g.link})
	}
	return b
}
