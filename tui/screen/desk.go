package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/report"
)

// desk is the owner's page: how the shop stands at a glance, each figure with a
// key to what it is made of.
//
//	desk.go        keys and reading
//	desk_draw.go   the order of its parts, for every size of window
//	desk_facts.go  the figures
//	desk_look.go   what needs attention
//	desk_chart.go  the time line and what fills a large window
type desk struct {
	reportPage
	o    engine.Overview
	mark string // the id of the marked link; empty until it is moved
}

// deskKeys are the figures, each with a digit.
//
// words: desk.net desk.sales desk.issued desk.used desk.came desk.sooner desk.because desk.cost desk.owed desk.best
// words: desk.net.help desk.sales.help desk.issued.help desk.used.help desk.came.help desk.sooner.help desk.because.help
// words: desk.cost.help desk.owed.help desk.best.help
var (
	deskNet     = kit.Bind("desk.net", "1")
	deskSales   = kit.Bind("desk.sales", "2")
	deskIssued  = kit.Bind("desk.issued", "3")
	deskUsed    = kit.Bind("desk.used", "4")
	deskCame    = kit.Bind("desk.came", "5")
	deskCost    = kit.Bind("desk.cost", "6")
	deskOwed    = kit.Bind("desk.owed", "7")
	deskSooner  = kit.Bind("desk.sooner", "8")
	deskBecause = kit.Bind("desk.because", "9")
	deskBest    = kit.Bind("desk.best", "0")

	deskFigures = []kit.Binding{deskNet, deskSales, deskIssued, deskUsed, deskCame, deskCost, deskOwed, deskSooner, deskBecause, deskBest}
)

// deskReports are the reports that a letter opens, in the order of the footer.
//
// words: desk.to.store desk.to.campaigns desk.to.repurchase desk.to.cohorts desk.to.customers desk.to.staff desk.to.control
// words: desk.to.store.help desk.to.campaigns.help desk.to.repurchase.help desk.to.cohorts.help desk.to.customers.help
// words: desk.to.staff.help desk.to.control.help desk.to.by desk.to.by.help
var deskReports = []struct {
	bind kit.Binding
	name string
}{
	{kit.Bind("desk.to.store", "s"), "store"},
	{kit.Bind("desk.to.campaigns", "g"), "campaigns"},
	{kit.Bind("desk.to.customers", "c"), "customers"},
	{kit.Bind("desk.to.repurchase", "w"), "repurchase"},
	{kit.Bind("desk.to.cohorts", "k"), "cohorts"},
	{kit.Bind("desk.to.staff", "h"), "staff"},
	{kit.Bind("desk.to.control", "o"), "control"},
	{kit.Bind("desk.to.by", "b"), "source"},
}

// NewDesk is the owner's desk.
func NewDesk(env *Env) Screen {
	d := &desk{}
	d.base = newBase(env, "desk")
	return d
}

// Init reads the figures.
func (d *desk) Init() tea.Cmd {
	shop := d.env.Shop
	return read(&d.base, func(ctx context.Context, a engine.Actor) (engine.Overview, error) {
		return shop.Overview(ctx, a)
	}, func(o engine.Overview) tea.Cmd {
		d.o, d.loaded, d.gone = o, true, ""
		return nil
	})
}

// Title names the page.
func (d *desk) Title() string { return d.t("desk") }

// Msg takes the figures, and reads them anew when the file has changed.
func (d *desk) Msg(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(ChangedMsg); ok {
		return d.Init()
	}
	cmd, _ := d.msg(msg, d.failed)
	return cmd
}

// Event takes keys.
func (d *desk) Event(ev kit.Event) tea.Cmd {
	if cmd, taken := d.asking(ev); taken {
		return cmd
	}
	switch {
	case detailBack.Matches(ev):
		return send(BackMsg{})
	case reportAgain.Matches(ev):
		return d.Init()
	case !d.loaded:
		return nil
	}
	r := d.placed(d.size[0], d.size[1])
	if cmd, taken := d.leap(ev, r); taken {
		return cmd
	}
	if detailOpen.Matches(ev) {
		if d.held = true; d.seen && d.at < len(r.links) {
			return d.follow(r.links[d.at])
		}
		return nil // it comes in sight first
	}
	cmd := d.look(ev)
	if d.at < len(r.links) {
		d.mark = r.id(d.at)
	}
	return cmd
}

// leap follows the key of a figure or a report.
func (d *desk) leap(ev kit.Event, r *deskDrawer) (cmd tea.Cmd, taken bool) {
	for _, to := range deskReports {
		if to.bind.Matches(ev) {
			return d.follow(report.Link{To: report.ToReport, Name: to.name}), true
		}
	}
	for _, bind := range deskFigures {
		if at, ok := r.keys[bind.ID()]; ok && bind.Matches(ev) {
			d.at, d.mark, d.held = at, bind.ID(), true
			return d.follow(r.links[at]), true
		}
	}
	return nil, false
}

// Keys are those of the desk.
//
// words: desk.keys desk.figures desk.reports
func (d *desk) Keys() []kit.Group {
	var reports []kit.Binding
	for _, r := range deskReports {
		reports = append(reports, r.bind)
	}
	return []kit.Group{
		{Title: "desk.keys", Bindings: []kit.Binding{detailMove, detailOpen, detailBack, detailScroll, reportAgain}},
		{Title: "desk.figures", Bindings: deskFigures},
		{Title: "desk.reports", Bindings: reports},
	}
}

// View draws the desk.
func (d *desk) View(width, height int) string {
	keys := []kit.Binding{detailMove, detailOpen}
	for _, r := range deskReports {
		keys = append(keys, r.bind)
	}
	title := d.Title()
	if d.loaded {
		title += " · " + d.env.Format.Date(d.o.Today)
	}
	return d.frame(width, height, title, d.body, append(keys, reportAgain, detailBack)...)
}

func (d *desk) body(width, height int) []string {
	if !d.loaded {
		return d.reportPage.body(width, height)
	}
	d.size = [2]int{width, height}
	r := d.placed(width, height)
	return d.inSight(r.out, r.from, r.to, width, height)
}

// placed draws the desk with the marker where it was: at the same figure, even
// if others came or the window is another; at first at what needs attention.
func (d *desk) placed(width, height int) *deskDrawer {
	r := d.drawnDesk(width, height)
	at := r.first
	if d.mark != "" {
		at = r.find(d.mark)
	}
	if at < 0 {
		at = max(0, min(d.at, len(r.links)-1))
	}
	d.links = len(r.links)
	if at != d.at {
		d.at = at
		r = d.drawnDesk(width, height)
	}
	return r
}
