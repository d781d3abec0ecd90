package report

import (
	"slices"

	"bounceback/engine"
)

// sliced is the figures of some coupons under a name, and where their list is.
type sliced struct {
	name  string
	state string // of a campaign
	engine.CouponFigures
	engine.TextUse
	link Link
}

// Campaigns lays out what became of each campaign's coupons that were issued on
// some days.
func (p Pen) Campaigns(all []engine.CampaignFigures, from, to engine.Day) Doc {
	d := p.New("report.campaigns.title", from, to)
	var rows []sliced
	for _, f := range all {
		if f.Offer != nil && f.Issued == 0 {
			continue
		}
		rows = append(rows, sliced{
			name: f.Title, state: p.CampaignState(f.State), CouponFigures: f.CouponFigures, TextUse: f.TextUse,
			link: Link{To: ToCoupons, Name: f.Title, Filter: engine.Filter{CampaignID: f.CampaignID, From: from, To: to}},
		})
	}
	p.addSlices(&d, engine.ByCampaign, rows)
	d.Add(p.offersUsed(all))
	return d
}

// offersUsed is the table of the campaigns that give no coupons; nil if there are
// none. Their uses are not told apart by days.
func (p Pen) offersUsed(all []engine.CampaignFigures) Block {
	t := Table{Title: p.Words.T("report.campaigns.offers"), Columns: []Column{
		p.byCol(engine.ByCampaign), p.Col("state", Left), p.Col("times_used", Right), p.Col("taken_off", Right),
	}}
	for _, f := range all {
		if f.Offer != nil {
			t.Rows = append(t.Rows, Row{
				Cells: []string{f.Title, p.CampaignState(f.State), p.Count(f.Offer.Uses), p.Format.Amount(f.Offer.Off)},
				Link:  Link{To: ToCampaign, Name: f.Title, ID: f.CampaignID},
			})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// CampaignState names a state of campaigns.
//
// words: core.campaign_state.*
func (p Pen) CampaignState(s engine.CampaignState) string {
	return p.Words.T("core.campaign_state." + string(s))
}

// Slices lays out what became of the coupons that were issued on some days,
// split by what issued them.
//
// words: report.by_title.*
func (p Pen) Slices(by engine.By, all []engine.Slice, from, to engine.Day) Doc {
	d := p.New("report.by_title."+string(by), from, to)
	rows := make([]sliced, len(all))
	for i, s := range all {
		rows[i] = sliced{name: p.sliceName(s), CouponFigures: s.CouponFigures, TextUse: s.TextUse, link: p.sliceLink(by, s, from, to)}
	}
	p.addSlices(&d, by, rows)
	return d
}

// sliceName is what a slice is called: a month in the country's way, and what
// has no label by the lack of it.
func (p Pen) sliceName(s engine.Slice) string {
	switch {
	case s.Month != 0:
		return p.Month(engine.MonthOf(s.Month))
	case s.Name == "":
		return p.Words.T("report.by.none")
	}
	return s.Name
}

// sliceLink leads to the coupons of a slice. Those without a label cannot be
// asked for.
func (p Pen) sliceLink(by engine.By, s engine.Slice, from, to engine.Day) Link {
	l := Link{To: ToCoupons, Name: p.sliceName(s), Filter: engine.Filter{From: from, To: to}}
	switch f := &l.Filter; by {
	case engine.ByCampaign:
		f.CampaignID = s.ID
	case engine.ByRegister:
		f.RegisterID = s.ID
	case engine.ByStaff:
		f.StaffID = s.ID
	case engine.BySource:
		f.Source = s.Key
	case engine.ByAd:
		f.Ad = s.Key
	case engine.ByMonth:
		f.From, f.To = max(from, s.Month), (engine.MonthOf(s.Month)+1).First()-1
		if to != 0 {
			f.To = min(f.To, to)
		}
	}
	if s.Key == "" {
		return Link{}
	}
	return l
}

// addSlices adds what became of coupons, what they cost and brought, and the bars
// of who came back.
func (p Pen) addSlices(d *Doc, by engine.By, rows []sliced) {
	if len(rows) == 0 {
		d.Add(Text{Text: p.Words.T("report.by.empty")})
		return
	}
	d.Add(p.becameOf(by, rows), p.broughtBy(by, rows), p.cameBackBars(rows), Text{Faint, p.Words.T("report.campaigns.ended")})
	if slices.ContainsFunc(rows, func(r sliced) bool { return r.Issued > 0 && !r.Ended.Enough() }) {
		d.Add(Text{Faint, p.Words.T("report.by.few", "enough", p.Count(engine.EnoughEnded))})
	}
	if len(rows) > 1 && slices.ContainsFunc(rows, func(r sliced) bool { return r.Outstanding > 0 && r.Ended.Enough() }) {
		d.Add(Text{Faint, p.Words.T("report.by.own")})
	}
	d.Add(p.gainMost(p.Margin()))
}

// Margin is what the owner says is left of a full price; 0: not said.
func (p Pen) Margin() engine.BP { return engine.BP(p.Store.Settings.Count(engine.SetMargin)) }

// byCol is the column of what the figures are split by.
//
// words: report.by_col.*
func (p Pen) byCol(by engine.By) Column {
	return Column{Name: p.Words.T("report.by_col." + string(by))}
}

// becameOf is the table of what became of the coupons.
func (p Pen) becameOf(by engine.By, rows []sliced) Block {
	t := Table{Title: p.Words.T("report.by.became"), Columns: []Column{p.byCol(by)}}
	if by == engine.ByCampaign && rows[0].state != "" {
		t.Columns = append(t.Columns, p.Col("state", Left))
	}
	for _, name := range []string{"issued", "redeemed", "expired", "voided", "outstanding", "conversion", "certain"} {
		t.Columns = append(t.Columns, p.Col(name, Right))
	}
	for _, r := range rows {
		cells := []string{r.name}
		if r.state != "" {
			cells = append(cells, r.state)
		}
		cells = append(cells, p.Count(r.Issued), p.Count(r.Redeemed), p.Count(r.Expired), p.Count(r.Voided), p.Count(r.Outstanding),
			p.Conversion(r.Ended), p.Certain(r.Ended))
		t.Rows = append(t.Rows, Row{Cells: cells, Link: r.link})
	}
	return t
}

// broughtBy is the table of what the coupons cost and brought.
func (p Pen) broughtBy(by engine.By, rows []sliced) Block {
	t := Table{Title: p.Words.T("report.by.brought"), Columns: []Column{p.byCol(by)}}
	for _, name := range []string{"outstanding_face", "expected", "given", "brought", "of_earning", "text_cost"} {
		t.Columns = append(t.Columns, p.Col(name, Right))
	}
	margin := p.Margin()
	if margin > 0 {
		t.Columns = append(t.Columns, p.Col("left_over", Right))
	}
	for _, r := range rows {
		cells := []string{
			r.name, p.Format.Amount(r.OutstandFace), p.expected(r.CouponFigures), p.Format.Amount(r.DiscountGiven), p.Format.Amount(r.RedeemingNet),
			p.ofUse(r.Use(), engine.CouponUse.Return), p.Format.Price(r.TextCost),
		}
		if gain, ok := r.Gain(r.TextUse, margin, p.Store.Exponent); ok {
			cells = append(cells, p.Format.Amount(gain))
		}
		t.Rows = append(t.Rows, Row{Cells: cells, Link: r.link})
	}
	return t
}

func (p Pen) expected(f engine.CouponFigures) string {
	if expected, ok := f.Expected(); ok {
		return p.Format.Amount(expected)
	}
	return Nothing
}

// cameBackBars are the conversions of which enough coupons have ended; nil if
// there are none to compare.
func (p Pen) cameBackBars(rows []sliced) Block {
	b := Bars{Title: p.Words.T("report.by.bars")}
	for _, r := range rows {
		if r.Ended.Enough() {
			b.Bars = append(b.Bars, Bar{Label: r.name, Value: p.Conversion(r.Ended), Size: int64(r.Ended.Used().BP()), Link: r.link})
		}
	}
	if len(b.Bars) < 2 {
		return nil
	}
	return b
}
