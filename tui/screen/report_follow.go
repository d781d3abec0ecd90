package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// follow goes where a link leads.
func (b *base) follow(l report.Link) tea.Cmd {
	switch l.To {
	case report.ToSale:
		return send(GotoMsg{KindSale, l.ID})
	case report.ToCustomer:
		return send(GotoMsg{KindCustomer, l.ID})
	case report.ToCampaign:
		return send(GotoMsg{KindCampaign, l.ID})
	case report.ToReport:
		if s := newReport(b.env, l.Name, l.Filter.From, l.Filter.To); s != nil {
			return open(s)
		}
		return nil
	case report.ToSettings:
		return b.may(engine.MayEditSettings, func() tea.Cmd { return open(newSettings(b.env)) })
	case report.ToAudit:
		return b.may(engine.MaySeeAudit, func() tea.Cmd { return open(listOf(b.env, l)) })
	case report.ToBackupHelp:
		b.say(kit.Usual, b.t("desk.backup.how"))
		return nil
	}
	if s := listOf(b.env, l); s != nil {
		return open(s)
	}
	return nil
}

// listOf is the list that a link leads to, with its filters set: what can be
// turned there stands in the list's own filters, the rest is what it was opened
// for.
func listOf(env *Env, l report.Link) Screen {
	within := l.Filter
	within.State, within.From, within.To = "", 0, 0
	var s Screen
	switch l.To {
	case report.ToSales:
		s = newSales(env, within, l.Name)
	case report.ToCoupons:
		s = newCoupons(env, within, l.Name)
	case report.ToCustomers:
		s = newCustomers(env)
	case report.ToMessages:
		s = newMessages(env, within, l.Name)
	case report.ToCampaigns:
		s = newCampaigns(env)
	case report.ToAudit:
		s = newAudit(env)
	default:
		return nil
	}
	b := browseOf(s)
	b.within, b.of = within, l.Name
	b.narrow(l.Filter)
	b.beginState(l.Filter.State)
	if l.Filter.From != 0 || l.Filter.To != 0 {
		b.preset("dates", datesValue(l.Filter.From, l.Filter.To), b.datesLabel(l.Filter.From, l.Filter.To))
	}
	return s
}

// narrow has the title say what a list was narrowed to for which it has no filter
// of its own: a segment, or last days of coupons.
func (b *browse) narrow(f engine.Filter) {
	if f.EndFrom != 0 || f.EndTo != 0 {
		b.of = joined(b.of, b.t("lists.ended", "days", b.datesLabel(f.EndFrom, f.EndTo)))
	}
	b.narrowed = f.Segment != "" || f.EndFrom != 0 || f.EndTo != 0
}

// widen takes away what narrow has shown.
func (b *browse) widen() {
	if f := &b.within; b.narrowed {
		f.Segment, f.Grades, f.EndFrom, f.EndTo = "", engine.Grades{}, 0, 0
		b.of, b.narrowed = "", false
	}
}

// browseOf is the list that a screen is.
func browseOf(s Screen) *browse {
	switch s := s.(type) {
	case *browse:
		return s
	case *texts:
		return s.browse
	case *campaignList:
		return s.browse
	}
	return nil
}

// beginState sets the filter of states to one the list has, or to all.
func (b *browse) beginState(state string) {
	label := state
	for _, c := range b.list.Chips {
		for _, o := range c.Options {
			if c.ID == "state" && o.Value == state {
				label = o.Label
			}
		}
	}
	b.preset("state", state, label)
}

// preset sets a filter before the first page is read.
func (b *browse) preset(id, value, label string) {
	for i := range b.list.Chips {
		if c := &b.list.Chips[i]; c.ID == id {
			c.Value, c.Label = value, label
		}
	}
}
