package screen

import (
	"context"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// newCustomers is the list of customers.
func newCustomers(env *Env) Screen {
	b := newBrowse(env, "customers", KindCustomer, "lists.customers", engine.Filter{}, "")
	now := b.now
	b.newList("lists.customers.empty", pages(b, env.Shop.Customers, func(c engine.Customer) kit.Row { return customerRow(env, c, now()) }),
		kit.Column{Title: "lists.col.when", Width: env.stampWidth(), Drop: 2},
		kit.Column{Title: "lists.col.number", Width: 9, Drop: 3},
		kit.Column{Title: "lists.col.who", Width: 8, Grow: true},
		kit.Column{Title: "lists.col.spent", Width: 11, Align: kit.Decimal},
		kit.Column{Title: "lists.col.consent", Width: 7},
		kit.Column{Title: "lists.col.visits", Width: 7, Align: kit.Right, Drop: 1},
		kit.Column{Title: "lists.col.last", Width: 10, Drop: 2})
	b.stateChip(chipConsent, "lists.consent.", string(engine.ConsentYes), string(engine.ConsentNo), string(engine.ConsentUnknown))
	b.dateChip()
	return b
}

func customerRow(env *Env, c engine.Customer, now engine.Instant) kit.Row {
	return kit.Row{ID: c.ID.String(), Faded: c.Forgotten != 0, Cells: []kit.Cell{
		{Text: env.stamp(c.Created, now)},
		{Text: c.Number},
		{Text: customerLabel(env, c), Tone: kit.Stressed},
		{Text: env.Format.Amount(c.Spent)},
		{Text: env.Words.T("lists.consent." + string(c.Consent)), Tone: consentTone(c.Consent)},
		{Text: env.Format.Count(c.Visits)},
		{Text: env.dayOrDash(c.LastDay)},
	}}
}

func customerLabel(env *Env, c engine.Customer) string {
	if c.Forgotten != 0 {
		return env.Words.T("lists.customer.forgotten")
	}
	return orDash(c.Label())
}

func consentTone(c engine.Consent) kit.Tone {
	switch c {
	case engine.ConsentYes:
		return kit.Fine
	case engine.ConsentNo:
		return kit.Caution
	}
	return kit.Usual
}

// customerPage is the page of one customer.
type customerPage struct{ detail[engine.CustomerView] }

func newCustomerPage(env *Env, id engine.ID) Screen {
	p := &customerPage{}
	p.base, p.noun, p.draw = newBase(env, "customer"), "lists.customer", p.sheet
	p.load = func(ctx context.Context, a engine.Actor) (engine.CustomerView, error) {
		return env.Shop.Customer(ctx, a, id)
	}
	return p
}

// The keys of a customer.
var (
	customerEdit    = kit.Bind("lists.customer.edit", "e")
	customerConsent = kit.Bind("lists.customer.consent", "o")
	customerStop    = kit.Bind("lists.customer.stop", "x")
	customerForget  = kit.Bind("lists.customer.forget", "f")
	linkCoupons     = kit.Bind("lists.link.coupons", "k")
	linkSales       = kit.Bind("lists.link.sales", "s")
)

// sheet lays a customer out.
//
// words: lists.customer lists.customer.edit lists.customer.edit.help lists.customer.consent lists.customer.consent.help
// words: lists.customer.forget lists.customer.forget.help lists.link.coupons lists.link.coupons.help
// words: lists.link.sales lists.link.sales.help lists.customer.stop lists.customer.stop.help
func (p *customerPage) sheet(v engine.CustomerView) sheet {
	c, fm := v.Customer, p.env.Format
	out := sheet{heading: customerLabel(p.env, c), acts: p.acts(v)}
	phone := "–"
	if c.Phone.E164 != "" {
		phone = c.Phone.National()
	}
	out.lines = []line{
		{label: "lists.label.name", value: orDash(c.Name), tone: kit.Stressed},
		{label: "lists.label.phone", value: phone, tone: kit.Stressed},
		{label: "lists.label.number", value: orDash(c.Number)},
	}
	out.lines = append(out.lines, p.texts(v)...)
	out.lines = append(out.lines,
		line{label: "lists.label.visits", value: fm.Count(c.Visits)},
		line{label: "lists.label.first", value: p.env.dayOrDash(c.FirstDay)},
		line{label: "lists.label.last", value: p.env.dayOrDash(c.LastDay)},
		line{label: "lists.label.spent", value: fm.Money(c.Spent)},
		line{label: "lists.label.groups", value: orDash(joined(commas(c.Groups), c.Tier))},
		line{label: "lists.label.birth", value: p.month(c.Birth)},
		line{label: "lists.label.made", value: fm.DateTime(c.Created)},
		p.listed(linkCoupons, newCoupons),
		p.listed(linkSales, newSales),
		p.listed(linkMessages, newMessages))
	if c.Forgotten != 0 {
		gone := line{label: "lists.label.forgotten", value: fm.DateTime(c.Forgotten), tone: kit.Caution}
		out.lines = append([]line{gone}, out.lines...)
	}
	out.blocks = []block{
		{title: "lists.open_coupons", empty: "lists.open_coupons.none", lines: p.coupons(v.Coupons)},
		{title: "lists.consents", empty: "lists.consents.none", lines: p.consents(v.Consents)},
	}
	return out
}

// month names a month of birth.
func (p *customerPage) month(m int) string {
	if m == 0 {
		return "–"
	}
	return p.t("core.month." + strconv.Itoa(m)) // words: core.month.*
}

// listed is a link to one of the customer's lists.
func (p *customerPage) listed(bind kit.Binding, list func(*Env, engine.Filter, string) Screen) line {
	return line{label: bind.ID(), bind: bind, value: p.t("lists.link.all"), to: func() tea.Cmd {
		c := p.facts.Customer
		return open(list(p.env, engine.Filter{CustomerID: c.ID}, customerLabel(p.env, c)))
	}}
}

func (p *customerPage) coupons(coupons []engine.Coupon) []line {
	out := make([]line, len(coupons))
	for i, c := range coupons {
		state := c.StateAt(p.now())
		out[i] = line{
			tone: couponTone(state),
			value: engine.ShowCode(c.Code) + "  " + joined(p.env.Format.MoneyShort(c.Face),
				p.t("lists.through", "day", p.env.Format.Date(c.LastDay)), p.t("core.coupon_state."+string(state))),
			to: func() tea.Cmd { return send(GotoMsg{KindCoupon, c.ID}) },
		}
	}
	return out
}

func (p *customerPage) acts(v engine.CustomerView) []act {
	known := v.Customer.Forgotten == 0
	return []act{
		{customerEdit.When(known), p.edit},
		{customerConsent.When(known), p.consent},
		{customerStop.When(known && v.Customer.Consent != engine.ConsentNo), p.stop},
		{customerForget.When(known), p.forget},
	}
}

// forget asks twice, the second time for the reason, and erases the person.
func (p *customerPage) forget() tea.Cmd {
	return p.may(engine.MayEditCustomers, func() tea.Cmd {
		c := p.facts.Customer
		question := p.t("lists.customer.forget.ask", "name", customerLabel(p.env, c))
		p.confirm(question, p.t("lists.customer.forget.detail"), func() tea.Cmd {
			p.reason(question, func(why string) tea.Cmd {
				return write(&p.base, func(ctx context.Context, a engine.Actor) (struct{}, error) {
					return struct{}{}, p.env.Shop.ForgetCustomer(ctx, a, c.ID, why)
				}, func(struct{}) tea.Cmd {
					p.say(kit.Fine, p.t("lists.customer.forget.done"))
					return nil
				})
			})
			return nil
		})
		return nil
	})
}
