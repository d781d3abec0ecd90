package screen

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// auditPage is the page of one entry of the audit log.
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
		{label: "lists.label.action", value: actionName(p.env, e.Action), tone: kit.Stressed},
		{label: "lists.label.by", value: joined(orDash(e.Staff), e.Register, p.env.wordOr("lists.origin."+string(e.Origin), string(e.Origin)))},
		{label: "lists.label.reason", value: orDash(e.Reason)},
		p.subject(e),
	}}
	for _, fact := range strings.Split(e.Detail, "; ") {
		if name, value, ok := strings.Cut(fact, "="); ok {
			out.lines = append(out.lines, p.fact(name, value))
		}
	}
	return out
}

// wordOr is the text of a key that the catalogue may not know: what the store
// writes into its log may be newer than the words for it.
func (e *Env) wordOr(key, otherwise string) string {
	if e.Words.Has(key) {
		return e.Words.T(key)
	}
	return otherwise
}

// actionName is what was done, in words.
//
// words: lists.action.*
func actionName(env *Env, action string) string { return env.wordOr("lists.action."+action, action) }

// subject is what an entry is about, with a link if that has a page.
func (p *auditPage) subject(e engine.AuditEntry) line {
	l := line{label: linkSubject.ID(), bind: linkSubject, value: p.env.wordOr("lists.subject."+e.Subject, e.Subject)}
	if strings.HasPrefix(e.Action, "import.") {
		return l // the entry stands for many
	}
	switch kind := Kind(e.Subject); kind {
	case KindSale, KindCoupon, KindCustomer, KindCampaign, KindMessage, KindProduct:
		if !e.ID.IsZero() {
			l.to = func() tea.Cmd { return send(GotoMsg{kind, e.ID}) }
		}
	}
	return l
}

// factKind is how the value of a fact is written.
type factKind int

const (
	factPlain factKind = iota
	factMoney
	factRate
	factDay
	factSale
	factCoupon
)

// factKinds are those of the facts that are no plain text.
var factKinds = map[string]factKind{
	"gross": factMoney, "discount": factMoney, "net": factMoney, "face": factMoney, "amount": factMoney, "refund": factMoney,
	"deducted": factMoney, "sum": factMoney, "step": factMoney, "min_sale": factMoney, "max_sale": factMoney,
	"price": factMoney, "floor": factMoney, "cost": factMoney,
	"cashback": factRate, "max_discount": factRate, "campaign.cashback": factRate, "campaign.max_discount": factRate,
	"day": factDay, "starts_on": factDay, "ends_on": factDay,
	"sale": factSale, "redeemed": factCoupon, "issued": factCoupon, "coupon": factCoupon,
}

// fact is the line of one fact. A value that changed is written as old>new.
//
// words: lists.fact.*
func (p *auditPage) fact(name, value string) line {
	l := line{label: "lists.fact." + name}
	for _, key := range []string{l.label, "setting." + name, "setting.store." + name} {
		if l.label = key; p.env.Words.Has(key) {
			break
		}
	}
	if !p.env.Words.Has(l.label) {
		return line{label: "lists.label.fact", value: name + ": " + value}
	}
	before, after, changed := strings.Cut(value, ">")
	if !changed {
		before, after = "", before
	}
	l.value = p.factValue(name, after)
	if was := p.factValue(name, before); changed && was != "" {
		l.value = was + " → " + l.value
	}
	if id, err := engine.ParseID(value); err == nil {
		return p.factLink(l, factKinds[name], id)
	}
	return l
}

func (p *auditPage) factLink(l line, kind factKind, id engine.ID) line {
	to := map[factKind]Kind{factSale: KindSale, factCoupon: KindCoupon}[kind]
	if to != "" {
		l.value = p.t("lists.link.one")
		l.to = func() tea.Cmd { return send(GotoMsg{to, id}) }
	}
	return l
}

// factValue writes the value of a fact by its kind.
func (p *auditPage) factValue(name, value string) string {
	if text, err := strconv.Unquote(value); err == nil {
		return text
	}
	n, err := strconv.ParseInt(value, 10, 64)
	switch kind := factKinds[name]; {
	case kind == factMoney && err == nil:
		return p.env.Format.Money(engine.Minor(n))
	case kind == factRate && err == nil:
		return p.env.Format.Percent(engine.BP(n))
	case kind == factDay:
		if d, err := engine.ParseDay(value); err == nil {
			return p.env.Format.Date(d)
		}
	}
	return p.env.factWord(name, value)
}

// factWord is the word for a value that is one of a few.
func (e *Env) factWord(name, value string) string {
	switch value {
	case "true", "yes":
		return e.Words.T("core.yes")
	case "false", "no":
		return e.Words.T("core.no")
	case "none":
		return "–"
	case "changed":
		return e.Words.T("lists.fact.was_changed")
	}
	group := map[string]string{"role": "core.role.", "state": "core.campaign_state.", "consent": "lists.consent."}[name]
	if group == "" {
		group = "setting.choice."
	}
	return e.wordOr(group+value, value)
}
