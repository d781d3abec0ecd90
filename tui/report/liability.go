package report

import (
	"strconv"

	"bounceback/engine"
)

// Liability lays out what the store owes its customers now.
func (p Pen) Liability(l engine.Liability) Doc {
	d, w := p.New("report.liability.title", l.Today, l.Today), p.Words
	if l.Coupons == 0 {
		d.Add(Text{Text: w.T("report.liability.none")})
		return d
	}
	d.Add(Text{Strong, w.N("report.liability.owed", int(l.Coupons), "coupons", p.Count(l.Coupons), "face", p.Format.Money(l.Face))})
	if l.Known {
		d.Add(Text{Text: w.T("report.liability.expected", "expected", p.Format.Money(l.Expected), "rate", p.Tenths(l.Ended.GivenRate()))})
	} else {
		d.Add(Text{Text: p.Goal(l.Ended)})
	}
	d.Add(p.owedBars(l), p.owedWeeks(l), p.owedAges(l))
	return d
}

// owedLabel says within which days the coupons of a week end.
func (p Pen) owedLabel(o engine.OwedWeek) string { return p.Span(o.From, o.To) }

func (p Pen) owedBars(l engine.Liability) Block {
	b := Bars{Title: p.Words.T("report.liability.bars")}
	for _, o := range l.Weeks {
		b.Bars = append(b.Bars, Bar{Label: p.Format.DateShort(o.From), Value: p.Format.Amount(o.Face), Size: int64(o.Face)})
	}
	return b
}

func (p Pen) owedWeeks(l engine.Liability) Block {
	t := Table{Title: p.Words.T("report.liability.by_end"), Columns: []Column{p.Col("week", Right), p.Col("ends_within", Left), p.Col("coupons", Right), p.Col("face", Right)}}
	if l.Known {
		t.Columns = append(t.Columns, p.Col("expected", Right))
	}
	for _, o := range l.Weeks {
		cells := []string{strconv.Itoa(o.Week), p.owedLabel(o), p.Count(o.Coupons), p.Format.Amount(o.Face)}
		if l.Known {
			cells = append(cells, p.Format.Amount(o.Expected))
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	return t
}

// owedAges is the table of what is open by the week of its issue.
func (p Pen) owedAges(l engine.Liability) Block {
	t := Table{Title: p.Words.T("report.liability.by_age"), Columns: []Column{
		p.Col("weeks_ago", Right), p.Col("issued_within", Left), p.Col("coupons", Right), p.Col("face", Right),
	}}
	for _, a := range l.Ages {
		t.Rows = append(t.Rows, Row{
			Cells: []string{strconv.Itoa(a.Week - 1), p.Span(a.From, a.To), p.Count(a.Coupons), p.Format.Amount(a.Face)},
			Link:  Link{To: ToCoupons, Filter: engine.Filter{State: string(engine.CouponActive), From: a.From, To: a.To}},
		})
	}
	return t
}
