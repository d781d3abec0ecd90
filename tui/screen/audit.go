package screen

import (
	"strconv"

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
		kit.Column{Title: "lists.col.action", Width: 18, Grow: true},
		kit.Column{Title: "lists.col.staff", Width: 9},
		kit.Column{Title: "lists.col.till", Width: 9, Drop: 2},
		kit.Column{Title: "lists.col.why", Width: 10, Grow: true, Drop: 1})
	b.noSearch = true
	b.stateChip(chipAction, "lists.audit_part.", "sale", "coupon", "campaign", "customer", "product", "message", "staff", "store", "alert", "lookup")
	b.dateChip()
	b.chip(chipStaff, "staff")
	b.open = func(id string) tea.Cmd { return open(newAuditPage(env, seen[id])) }
	return b
}

func auditID(e engine.AuditEntry) string { return strconv.FormatInt(e.Seq, 10) }

func auditRow(env *Env, e engine.AuditEntry, now engine.Instant) kit.Row {
	return kit.Row{ID: auditID(e), Cells: []kit.Cell{
		{Text: env.stamp(e.At, now)},
		{Text: actionName(env, e.Action), Tone: kit.Stressed},
		{Text: orDash(e.Staff)},
		{Text: e.Register},
		{Text: e.Reason},
	}}
}
