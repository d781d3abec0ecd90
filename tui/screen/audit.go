package screen

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// newAudit is the audit log. Its entries have no page in the store, so the
// list keeps those it has shown.
func newAudit(env *Env) Screen {
	b := newBrowse(env, "audit", "", "lists.audit", engine.Filter{}, "")
	now := b.now
	seen := map[string]engine.AuditEntry{}
	b.newList("lists.audit.empty", keeping(b, env.Shop.Audit,
		func(e engine.AuditEntry) kit.Row { return auditRow(env, e, now()) },
		func(e engine.AuditEntry) { seen[auditID(e)] = e }),
		kit.Column{Title: "lists.col.when", Width: env.stampWidth()},
		kit.Column{Title: "lists.col.action", Width: 15},
		kit.Column{Title: "lists.col.staff", Width: 7, Grow: true},
		kit.Column{Title: "lists.col.till", Width: 9, Drop: 2},
		kit.Column{Title: "lists.col.why", Width: 10, Grow: true, Drop: 1},
		kit.Column{Title: "lists.col.detail", Width: 20, Grow: true, Drop: 3})
	b.stateChip("lists.audit_part.", "sale", "coupon", "campaign", "customer", "message", "staff", "store")
	b.dateChip()
	b.chip(chipStaff, "staff")
	b.open = func(id string) tea.Cmd { return open(newAuditPage(env, seen[id])) }
	return b
}

func auditID(e engine.AuditEntry) string { return strconv.FormatInt(e.Seq, 10) }

func auditRow(env *Env, e engine.AuditEntry, now engine.Instant) kit.Row {
	return kit.Row{ID: auditID(e), Cells: []kit.Cell{
		{Text: env.stamp(e.At, now)},
		{Text: e.Action, Tone: kit.Stressed},
		{Text: orDash(e.Staff)},
		{Text: e.Register},
		{Text: e.Reason},
		{Text: e.Detail, Tone: kit.Faded},
	}}
}

// auditPage is the page of one entry.
type auditPage struct{ detail[engine.AuditEntry] }

func newAuditPage(env *Env, e engine.AuditEntry) Screen {
	p := &auditPage{}
	p.base, p.noun, p.draw = newBase(env, "entry"), "lists.entry", p.sheet
	p.load = func(context.Context, engine.Actor) (engine.AuditEntry, error) { return e, nil }
	return p
}

var linkSubject = kit.Bind("lists.link.subject", "s")

// sheet lays an entry out.
//
// words: lists.entry lists.link.subject lists.link.subject.help lists.subject.*
func (p *auditPage) sheet(e engine.AuditEntry) sheet {
	out := sheet{heading: auditID(e), lines: []line{
		{label: "lists.label.at", value: p.env.Format.DateTime(e.At)},
		{label: "lists.label.action", value: e.Action, tone: kit.Stressed},
		{label: "lists.label.by", value: joined(orDash(e.Staff), e.Register, p.origin(e.Origin))},
		{label: "lists.label.reason", value: orDash(e.Reason)},
		p.subject(e),
	}}
	for _, fact := range strings.Split(e.Detail, "; ") {
		if fact != "" {
			out.lines = append(out.lines, line{label: "lists.label.fact", value: strings.Replace(fact, "=", " = ", 1)})
		}
	}
	return out
}

func (p *auditPage) origin(o engine.Origin) string {
	if key := "lists.origin." + string(o); p.env.Words.Has(key) {
		return p.t(key)
	}
	return string(o)
}

// subject is what an entry is about, with a link if that has a page.
func (p *auditPage) subject(e engine.AuditEntry) line {
	name := e.Subject
	if key := "lists.subject." + e.Subject; p.env.Words.Has(key) {
		name = p.t(key)
	}
	l := line{label: linkSubject.ID(), bind: linkSubject, value: joined(name, e.ID.String())}
	switch kind := Kind(e.Subject); kind {
	case KindSale, KindCoupon, KindCustomer, KindCampaign, KindMessage:
		if !e.ID.IsZero() {
			l.to = func() tea.Cmd { return send(GotoMsg{kind, e.ID}) }
		}
	}
	return l
}
