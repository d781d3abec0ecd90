package screen

import (
	"strconv"
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// weeks is the time line in two lines: coupons issued and used in each week, the
// last the one that is under way.
func (r *deskDrawer) weeks() {
	weeks := r.d.o.Weeks
	if len(weeks) < 2 {
		return
	}
	issued, used := series(weeks)
	label := max(kit.Width(r.t("desk.weeks.issued")), kit.Width(r.t("desk.weeks.used")), r.label+2)
	for _, s := range []struct {
		name   string
		values []int64
	}{{r.t("desk.weeks.issued"), issued}, {r.t("desk.weeks.used"), used}} {
		r.spark(s.name, s.values, label)
	}
}

func series(weeks []engine.WeekSums) (issued, used []int64) {
	for _, w := range weeks {
		issued, used = append(issued, w.Issued), append(used, w.Redeemed)
	}
	return issued, used
}

// spark is one line of the time line; screen readers get numbers.
func (r *deskDrawer) spark(name string, values []int64, label int) {
	st, room := r.env.Styles, r.width-len(kit.NoMarker)-label-2
	last := r.env.Words.T("desk.weeks.now", "n", r.env.Format.Count(int(values[len(values)-1])))
	if st.Theme == kit.Plain {
		r.text(report.Text{Text: r.t("desk.weeks.plain", "name", name, "values", strings.Join(counts(values), ", "))})
		return
	}
	each := 1
	if room-kit.Width(last)-2 >= 2*len(values) {
		each = 2
	}
	fit := max(1, (room-kit.Width(last)-2)/each)
	values = values[max(0, len(values)-fit):]
	line := kit.Fit(name, label) + "  "
	if chart := st.Columns(values, each, 1); len(chart) > 0 {
		r.out = append(r.out, kit.NoMarker+st.Dim.Render(line)+kit.Fit(chart[0], each*len(values))+"  "+last)
	}
}

func counts(values []int64) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strconv.FormatInt(v, 10)
	}
	return out
}

// charts fill the right half of a large window: the time line, the campaigns and
// what is owed by weeks.
func (r *deskDrawer) charts() {
	fared, owed := r.campaigns(), r.owedWeeks()
	if weeks := r.d.o.Weeks; len(weeks) >= 2 {
		issued, used := series(weeks)
		height := max(3, min(12, (r.tall-fared.lines()-owed.lines()-chartFrame)/2))
		r.part(func() { r.columnsOf(r.t("desk.weeks.issued"), issued, height) })
		r.part(func() { r.columnsOf(r.t("desk.weeks.used"), used, height) })
	}
	for _, b := range []titledBars{fared, owed} {
		r.part(func() {
			if len(b.bars) > 0 {
				r.title(b.title)
				r.bars(b.bars)
			}
		})
	}
}

// chartFrame is what two charts take besides their columns: a head, an axis and
// a blank line between them.
const chartFrame = 5

// titledBars are bars under a title.
type titledBars struct {
	title string
	bars  []report.Bar
}

// lines is how many lines they take, the blank one above them among them.
func (b titledBars) lines() int {
	if len(b.bars) == 0 {
		return 0
	}
	return len(b.bars) + 2
}

// mostBars is how many bars a part of the desk has at most.
const mostBars = 8

// columnsOf is a tall chart with its first and last week below it.
func (r *deskDrawer) columnsOf(name string, values []int64, height int) {
	st, weeks := r.env.Styles, r.d.o.Weeks
	if st.Theme == kit.Plain {
		r.spark(name, values, 0)
		return
	}
	each := max(1, min(3, (r.width-len(kit.NoMarker))/len(values)))
	now := r.t("desk.weeks.now", "n", r.env.Format.Count(int(values[len(values)-1])))
	most := int64(0)
	for _, v := range values {
		most = max(most, v)
	}
	head := st.Title.Render(name) + "  " + now + "  " + st.Dim.Render(r.t("desk.weeks.most", "n", r.env.Format.Count(int(most))))
	r.out = append(r.out, kit.NoMarker+kit.Clip(head, r.width-len(kit.NoMarker)))
	for _, l := range st.Columns(values, each, height) {
		r.out = append(r.out, kit.NoMarker+l)
	}
	from, to := r.env.Format.DayMonth(weeks[0].From), r.env.Format.DayMonth(weeks[len(weeks)-1].From)
	r.out = append(r.out, kit.NoMarker+st.Dim.Render(kit.Spread(from, to, max(kit.Width(from+to)+2, each*len(values)-max(0, each-1)))))
}

// campaigns are the conversions of the campaigns whose coupons ended of late.
func (r *deskDrawer) campaigns() titledBars {
	out := titledBars{title: r.t("desk.campaigns", "days", engine.OverviewEnded)}
	pen := r.pen()
	for _, c := range r.d.o.Campaigns {
		if c.Ended.Enough() && len(out.bars) < mostBars {
			out.bars = append(out.bars, report.Bar{
				Label: kit.Clean(c.Title), Value: pen.Tenths(c.Ended.Used().BP()), Size: int64(c.Ended.Used().BP()),
				Link: report.Link{To: report.ToCampaign, ID: c.CampaignID},
			})
		}
	}
	return out
}

// owedWeeks are the faces of open coupons by the week in which they end.
func (r *deskDrawer) owedWeeks() titledBars {
	out := titledBars{title: r.t("desk.owed.weeks", "currency", r.env.currency())}
	for _, w := range r.d.o.Owed.Weeks[:min(len(r.d.o.Owed.Weeks), mostBars)] {
		out.bars = append(out.bars, report.Bar{
			Label: r.env.Format.DayMonth(w.From), Value: r.env.Format.Count(int(r.env.units(w.Face))), Size: int64(w.Face),
		})
	}
	return out
}
