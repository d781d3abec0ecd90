package report

import (
	"strconv"

	"bounceback/engine"
)

// Staff lays out what each person did, or with tills what was done at each till,
// and what stands out.
func (p Pen) Staff(r engine.WatchReport, tills bool) Doc {
	d, w := p.New("report.staff.title", r.From, r.To), p.Words
	rows := r.Staff
	if tills {
		rows = r.Registers
	}
	if r.Terms.On && len(r.Findings) > 0 {
		p.addFindings(&d, r)
	}
	d.Add(p.tillTable(r, rows, tills))
	if len(rows) > 0 {
		d.Add(Text{Faint, w.T("report.staff.columns")})
	}
	switch {
	case !r.Terms.On:
		d.Add(Text{Warn, w.T("report.staff.off")})
	case len(r.Findings) > 0:
		p.addBehind(&d, r)
	case len(rows) > 0:
		d.Add(Text{Good, w.T("report.staff.nothing")})
		if len(r.Staff) == 1 && len(r.Registers) == 1 {
			d.Add(Text{Faint, w.T("report.staff.alone")})
		}
	}
	return d
}

func (p Pen) tillTable(r engine.WatchReport, rows []engine.WatchRow, tills bool) Block {
	t := Table{Columns: []Column{p.Col("who", Left)}, Empty: p.Words.T("report.staff.none")}
	for _, key := range []string{
		"sales", "rate_issued", "rate_redeemed", "rate_voids", "rate_undone", "rate_typed", "wrong_codes", "last_hour",
	} {
		t.Columns = append(t.Columns, p.Col(key, Right))
	}
	for _, row := range rows {
		link := Link{To: ToSales, Filter: engine.Filter{StaffID: row.ID, From: r.From, To: r.To}}
		if tills {
			link.Filter.StaffID, link.Filter.RegisterID = engine.ID{}, row.ID
		}
		t.Rows = append(t.Rows, Row{Cells: p.tillCells(row.Name, row.WatchCounts), Link: link})
	}
	if len(rows) > 0 {
		all := Link{To: ToSales, Filter: engine.Filter{From: r.From, To: r.To}}
		t.Rows = append(t.Rows, Row{Cells: p.tillCells(p.Words.T("report.staff.store"), r.Store), Tone: Strong, Link: all})
	}
	return t
}

func (p Pen) tillCells(name string, c engine.WatchCounts) []string {
	cells := []string{name, p.Count(c.Sales)}
	for _, n := range []int64{c.Issued, c.Redeemed, c.Voids, c.RedeemedVoids, c.TypedRefs} {
		cells = append(cells, p.per100(n, c.Sales))
	}
	// As the rule counts them: who guesses codes may sell nothing.
	return append(cells, p.per100(c.Misses, c.Misses+c.Sales), p.per100(c.LastRedeemed, c.LastSales))
}

// per100 is a share, which may be above the whole; of nothing nothing is said.
func (p Pen) per100(n, of int64) string {
	if of <= 0 {
		return Nothing
	}
	return p.Tenths(engine.BP(n * 10_000 / of))
}

// addFindings adds what stands out: the figures, each with its link, then the
// sentences by their numbers.
func (p Pen) addFindings(d *Doc, r engine.WatchReport) {
	facts := Facts{Title: p.Words.T("report.staff.found")}
	for i, f := range r.Findings {
		facts.Facts = append(facts.Facts, Fact{
			Label: strconv.Itoa(i+1) + ". " + f.Name, Value: p.seen(f), Tone: Warn, Link: FindingLink(f),
		})
	}
	d.Add(facts)
	for i, f := range r.Findings {
		d.Add(Text{Text: strconv.Itoa(i+1) + ". " + p.Finding(f)})
	}
	d.Add(Text{Faint, p.Words.T("report.staff.fair")})
}

// addBehind adds the moments that no list can show.
func (p Pen) addBehind(d *Doc, r engine.WatchReport) {
	for i, f := range r.Findings {
		if len(f.Spots) > 0 {
			d.Add(p.spots(i+1, f, r))
		}
	}
}

// seen is a finding in a few words: of what, and how often.
//
// words: watch.of.*
func (p Pen) seen(f engine.WatchFinding) string {
	key := "report.staff.seen"
	switch {
	case f.Rule == engine.WatchOwnPhone:
		key = "report.staff.ever"
	case f.Chances == 0:
		key = "report.staff.count"
	}
	return p.Words.T(key, "what", p.Words.T("watch.of."+string(f.Rule)), "hits", p.Count(f.Hits), "of", p.Count(f.Chances), "expected", p.thousandths(f.Expected))
}

// thousandths writes an expected number: whole from 10 on, with a decimal below.
func (p Pen) thousandths(n int64) string {
	if n >= 10_000 || n%1000 == 0 {
		return p.Count((n + 500) / 1000)
	}
	return strconv.FormatInt((n+50)/1000, 10) + string(p.Format.Decimal()) + strconv.FormatInt((n+50)%1000/100, 10)
}

// hardlyEver is from which odds on chance is said to do something hardly ever;
// below, rarely. The number itself is for programs.
const hardlyEver = 10_000

// Finding says in sentences what stands out, whether chance alone would do as
// much, and what it may be.
//
// words: watch.say.* watch.check.*
func (p Pen) Finding(f engine.WatchFinding) string {
	w := p.Words
	args := []any{
		"name", f.Name, "other", f.Other, "hits", p.Count(f.Hits), "of", p.Count(f.Chances), "rate", p.per100(f.Hits, f.Chances),
		"usual", p.per100(f.Expected, 1000*f.Chances), "expected", p.thousandths(f.Expected),
	}
	text := w.T("watch.say."+string(f.Rule)+"."+string(f.Subject), args...)
	switch {
	case f.Odds >= hardlyEver:
		text += " " + w.T("watch.chance_hardly")
	case f.Odds > 0:
		text += " " + w.T("watch.chance_rarely")
	}
	return text + " " + w.T("watch.check."+string(f.Rule))
}

// FindingLink leads to the rows behind a finding, or among which they are.
func FindingLink(f engine.WatchFinding) Link {
	l := Link{To: ToSales, Filter: engine.Filter{From: f.From, To: f.To}}
	switch f.Subject {
	case engine.WatchCustomer:
		l.Filter.CustomerID, l.Filter.StaffID = f.ID, f.OtherID
	case engine.WatchTill:
		l.Filter.RegisterID = f.ID
	case engine.WatchStaff:
		l.Filter.StaffID = f.ID
		if f.Rule == engine.WatchUndone {
			l.To, l.Filter.State = ToAudit, "sale.void"
		}
	}
	return l
}

// mostSpotRows bounds the moments that are laid out of each finding.
const mostSpotRows = 10

// spots lays out the latest moments behind a finding, the latest first: sales
// with what tells one from another, or wrong codes, of which there may be many
// in a minute.
func (p Pen) spots(no int, f engine.WatchFinding, r engine.WatchReport) Block {
	spots, codes := f.Spots[max(0, len(f.Spots)-mostSpotRows):], f.Rule == engine.WatchWrongCode
	t := Table{
		Title:   p.Words.N("report.staff.behind", len(spots), "no", no, "what", p.Words.T("watch.of."+string(f.Rule)), "spots", p.Count(int64(len(spots)))),
		Columns: []Column{p.Col("when", Left), p.Col("customer", Left), p.Col("amount", Right), p.Col("sale", Left), p.Col("staff", Left), p.Col("register", Left)},
	}
	if codes {
		t.Columns = []Column{p.Col("when", Left), p.Col("wrong_codes", Right), p.Col("staff", Left), p.Col("register", Left)}
	}
	for i := len(spots) - 1; i >= 0; {
		s, same := spots[i], int64(1)
		when, staff, till := p.Format.DateTime(s.At), nameIn(r.Staff, s.StaffID), nameIn(r.Registers, s.RegisterID)
		for i--; codes && i >= 0 && spots[i].StaffID == s.StaffID && spots[i].RegisterID == s.RegisterID && p.Format.DateTime(spots[i].At) == when; i-- {
			same++
		}
		row := Row{Cells: []string{when, s.Customer, p.Format.Amount(s.Net), s.Reference, staff, till}, Link: Link{To: ToSale, ID: s.SaleID}}
		if codes {
			row = Row{Cells: []string{when, p.Count(same), staff, till}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func nameIn(rows []engine.WatchRow, id engine.ID) string {
	for _, r := range rows {
		if r.ID == id {
			return r.Name
		}
	}
	return ""
}

// Alerts lays out alerts, each a row that leads to what is behind it.
func (p Pen) Alerts(all []engine.Alert) Doc {
	d := p.New("cli.cmd.alert", 0, 0)
	t := Table{Columns: []Column{p.Col("when", Left), p.Col("who", Left), p.Col("alert", Left)}, Empty: p.Words.T("cli.alert.none")}
	for _, a := range all {
		t.Rows = append(t.Rows, Row{Cells: []string{p.Format.DateTime(a.Raised), a.Name, p.seen(a.WatchFinding)}, Link: FindingLink(a.WatchFinding)})
	}
	d.Add(t)
	for _, a := range all {
		d.Add(Text{Text: p.Span(a.From, a.To) + ": " + p.Finding(a.WatchFinding)})
	}
	return d
}
