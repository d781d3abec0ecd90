package screen

import (
	"context"

	"bounceback/engine"
	"bounceback/tui/report"
	"bounceback/tui/shop"
)

// reportKind is one of the reports: its name, as links know it, and how it is
// read and laid out.
type reportKind struct {
	name  string
	title string // catalogue key
	days  bool   // it is of days
	first string // the value of the filter of dates it begins with
	next  string // the report that says the same split by something else; empty: none
	write writeReport
}

// reader is what a report is read with, for some days; 0 is no bound.
type reader struct {
	ctx      context.Context
	shop     shop.Shop
	pen      report.Pen
	actor    engine.Actor
	from, to engine.Day
}

type writeReport func(reader) (report.Doc, error)

// reportKinds are all reports.
//
// words: report.liability.title report.store.title report.campaigns.title report.repurchase.title report.cohorts.title
// words: report.customers.title report.staff.title report.control.title cli.cmd.alert report.by_title.*
var reportKinds = []reportKind{
	{name: "store", title: "report.store.title", days: true, first: datesThis, write: writeStore},
	{name: "campaigns", title: "report.campaigns.title", days: true, write: writeCampaigns},
	{name: "liability", title: "report.liability.title", write: writeLiability},
	{name: "customers", title: "report.customers.title", write: writeCustomers},
	{name: "repurchase", title: "report.repurchase.title", days: true, write: writeRepurchase},
	{name: "cohorts", title: "report.cohorts.title", days: true, write: writeCohorts},
	{name: "control", title: "report.control.title", days: true, write: writeControl},
	{name: "staff", title: "report.staff.title", days: true, next: "tills", write: writeStaff(false)},
	{name: "tills", title: "report.staff.title", days: true, next: "staff", write: writeStaff(true)},
	{name: "alerts", title: "cli.cmd.alert", write: writeAlerts},
	{name: "source", title: "report.by_title.source", days: true, next: "ad", write: writeBy(engine.BySource)},
	{name: "ad", title: "report.by_title.ad", days: true, next: "register", write: writeBy(engine.ByAd)},
	{name: "register", title: "report.by_title.register", days: true, next: "cashier", write: writeBy(engine.ByRegister)},
	{name: "cashier", title: "report.by_title.staff", days: true, next: "month", write: writeBy(engine.ByStaff)},
	{name: "month", title: "report.by_title.month", days: true, next: "source", write: writeBy(engine.ByMonth)},
}

// reportNamed is the report of a name; nil if there is none.
func reportNamed(name string) *reportKind {
	for i := range reportKinds {
		if reportKinds[i].name == name {
			return &reportKinds[i]
		}
	}
	return nil
}

func writeStore(r reader) (report.Doc, error) {
	from, to := engine.SpanTo(r.from, r.to, r.pen.Today)
	now, err := r.shop.Figures(r.ctx, r.actor, from, to)
	if err != nil {
		return report.Doc{}, err
	}
	from, to = engine.SpanBefore(from, to)
	was, err := r.shop.Figures(r.ctx, r.actor, from, to)
	if err != nil {
		return report.Doc{}, err
	}
	days, err := r.shop.Days(r.ctx, r.actor, report.WeeksBefore(now.To), now.To)
	return r.pen.Period(now, was, days), err
}

func writeCampaigns(r reader) (report.Doc, error) {
	all, err := r.shop.CampaignReport(r.ctx, r.actor, r.from, r.to)
	return r.pen.Campaigns(all, r.from, r.to), err
}

func writeLiability(r reader) (report.Doc, error) {
	l, err := r.shop.Liability(r.ctx, r.actor)
	return r.pen.Liability(l), err
}

func writeCustomers(r reader) (report.Doc, error) {
	s, err := r.shop.Segments(r.ctx, r.actor)
	return r.pen.Customers(s), err
}

func writeRepurchase(r reader) (report.Doc, error) {
	v, err := r.shop.Repurchase(r.ctx, r.actor, r.from, r.to)
	return r.pen.Repurchase(v), err
}

func writeCohorts(r reader) (report.Doc, error) {
	c, err := r.shop.Cohorts(r.ctx, r.actor, r.from, r.to)
	return r.pen.Cohorts(c), err
}

func writeControl(r reader) (report.Doc, error) {
	all, err := r.shop.Control(r.ctx, r.actor, engine.ID{}, r.from, r.to)
	return r.pen.Control(all, r.from, r.to), err
}

func writeStaff(tills bool) writeReport {
	return func(r reader) (report.Doc, error) {
		w, err := r.shop.Watch(r.ctx, r.actor, r.from, r.to)
		return r.pen.Staff(w, tills), err
	}
}

func writeAlerts(r reader) (report.Doc, error) {
	p, err := r.shop.Alerts(r.ctx, r.actor, engine.Filter{Limit: engine.MostPage})
	return r.pen.Alerts(p.Items), err
}

func writeBy(by engine.By) writeReport {
	return func(r reader) (report.Doc, error) {
		all, err := r.shop.FiguresBy(r.ctx, r.actor, by, r.from, r.to)
		return r.pen.Slices(by, all, r.from, r.to), err
	}
}
