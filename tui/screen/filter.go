package screen

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// Values of the filter of dates; typed ones are "2026-10-01..2026-10-15",
// either end of which may be left out.
const (
	datesToday = "today"
	datesWeek  = "week"
	datesMonth = "30days"
	datesThis  = "month"
	datesUntil = ".."
)

// daysOf gives the days of a filter of dates, 0 for no bound.
func daysOf(value string, today engine.Day) (from, to engine.Day) {
	switch value {
	case "":
		return 0, 0
	case datesToday:
		return today, today
	case datesWeek:
		return today - 6, today
	case datesMonth:
		return today - 29, today
	case datesThis:
		d := today.Date()
		return engine.DayOf(d.Year(), d.Month(), 1), today
	}
	first, last, _ := strings.Cut(value, datesUntil)
	return dayOr0(first), dayOr0(last)
}

func dayOr0(text string) engine.Day {
	d, err := engine.ParseDay(text)
	if err != nil {
		return 0
	}
	return d
}

// stateChip filters by states, whose names are in the catalogue under group.
//
// words: core.sale_state.* core.coupon_state.* core.campaign_state.* core.message_state.*
// words: lists.consent.* lists.audit_part.*
func (b *browse) stateChip(bind kit.Binding, group string, states ...string) {
	options := []kit.Option{{}}
	for _, s := range states {
		options = append(options, kit.Option{Value: s, Label: b.t(group + s)})
	}
	b.chip(bind, "state", options...)
}

// beginWith has a filter begin with one of its options.
func (b *browse) beginWith(id, value string) {
	for i := range b.list.Chips {
		c := &b.list.Chips[i]
		for _, o := range c.Options {
			if c.ID == id && o.Value == value {
				c.Value, c.Label, c.Usual = o.Value, o.Label, o.Value
			}
		}
	}
}

// dateChip filters by days.
//
// words: lists.dates.*
func (b *browse) dateChip() {
	options := []kit.Option{{}}
	for _, v := range []string{datesToday, datesWeek, datesMonth, datesThis} {
		options = append(options, kit.Option{Value: v, Label: b.t("lists.dates." + v)})
	}
	b.chip(chipDates, "dates", options...)
}

// chip adds a filter, unless the list was opened for one value of it.
//
// words: lists.chip.state.all lists.chip.consent.all lists.chip.action.all lists.chip.dates.all
// words: lists.chip.customer.all lists.chip.campaign.all lists.chip.staff.all
func (b *browse) chip(bind kit.Binding, id string, options ...kit.Option) {
	set := map[string]bool{
		"customer": !b.within.CustomerID.IsZero(), "campaign": !b.within.CampaignID.IsZero(), "staff": !b.within.StaffID.IsZero(),
	}
	if !set[id] {
		b.list.Chips = append(b.list.Chips, kit.Chip{ID: id, Key: bind.Keys()[0], Title: bind.ID(), All: bind.ID() + ".all", Options: options})
	}
}

func (b *browse) hasChip(id string) bool {
	for _, c := range b.list.Chips {
		if c.ID == id {
			return true
		}
	}
	return false
}

// clearChips shows everything again.
func (b *browse) clearChips() tea.Cmd {
	for i := range b.list.Chips {
		b.list.Chips[i].Value, b.list.Chips[i].Label = "", ""
	}
	b.widen()
	return b.list.Reset()
}

// askChip asks for the value of a filter that has no few options.
func (b *browse) askChip(id string) tea.Cmd {
	switch id {
	case "customer":
		b.askCustomer()
	case "campaign":
		return read(&b.base, func(ctx context.Context, a engine.Actor) (engine.Page[engine.Campaign], error) {
			return b.env.Shop.Campaigns(ctx, a, engine.Filter{Limit: engine.MostPage})
		}, func(p engine.Page[engine.Campaign]) tea.Cmd {
			return b.pickChip(id, "lists.ask.campaign", optionsOf(p.Items, campaignOption))
		})
	case "staff":
		store := b.env.Store().ID
		return read(&b.base, func(ctx context.Context, _ engine.Actor) ([]engine.Staff, error) {
			return b.env.Shop.Staff(ctx, store, true)
		}, func(staff []engine.Staff) tea.Cmd {
			return b.pickChip(id, "lists.ask.staff", optionsOf(staff, staffOption))
		})
	}
	return nil
}

func campaignOption(c engine.Campaign) kit.Option {
	return kit.Option{Value: c.ID.String(), Label: c.Title}
}

func staffOption(s engine.Staff) kit.Option { return kit.Option{Value: s.ID.String(), Label: s.Name} }

func customerOption(c engine.Customer) kit.Option {
	label := c.Label()
	if c.Name != "" && c.Phone.E164 != "" {
		label += "  " + c.Phone.Masked()
	}
	return kit.Option{Value: c.ID.String(), Label: label}
}

func optionsOf[T any](items []T, option func(T) kit.Option) []kit.Option {
	out := make([]kit.Option, len(items))
	for i := range items {
		out[i] = option(items[i])
	}
	return out
}

// pickChip lets a value of a filter be picked, or all.
//
// words: lists.ask.campaign lists.ask.staff lists.ask.customer lists.ask.customer_found
func (b *browse) pickChip(id, question string, options []kit.Option) tea.Cmd {
	b.pick(b.t(question), append([]kit.Option{b.allOption(id)}, options...), b.pickedChip(id, options))
	return nil
}

func (b *browse) allOption(id string) kit.Option {
	return kit.Option{Label: b.t("lists.chip." + id + ".all")}
}

// pickedChip sets a filter to one of some options.
func (b *browse) pickedChip(id string, options []kit.Option) func(string) tea.Cmd {
	return func(value string) tea.Cmd {
		label := ""
		for _, o := range options {
			if o.Value == value {
				label = o.Label
			}
		}
		return b.list.SetChip(id, value, label)
	}
}

// askCustomer asks for something known of a customer; nothing shows all again.
func (b *browse) askCustomer() {
	b.ask(newPrompt(b.env, b.t("lists.ask.customer")), func(text string) tea.Cmd {
		if text == "" {
			return b.list.SetChip("customer", "", "")
		}
		return read(&b.base, func(ctx context.Context, a engine.Actor) (engine.Page[engine.Customer], error) {
			return b.env.Shop.Customers(ctx, a, engine.Filter{Search: text, Limit: engine.DefaultPage})
		}, b.foundCustomers(text))
	})
}

func (b *browse) foundCustomers(text string) func(engine.Page[engine.Customer]) tea.Cmd {
	return func(p engine.Page[engine.Customer]) tea.Cmd {
		switch len(p.Items) {
		case 0:
			b.say(kit.Caution, b.t("lists.ask.nobody", "text", text))
			return nil
		case 1:
			return b.list.SetChip("customer", p.Items[0].ID.String(), p.Items[0].Label())
		}
		options := optionsOf(p.Items, customerOption)
		b.pick(b.t("lists.ask.customer_found"), append(options[:len(options):len(options)], b.allOption("customer")), b.pickedChip("customer", options))
		return nil
	}
}

// typeDates opens a form for the first and the last day.
func (b *browse) typeDates() tea.Cmd { return b.askDays(b.setDates) }

// askDays opens a form for the first and the last day, and hands them on.
func (b *base) askDays(take func(from, to engine.Day) tea.Cmd) tea.Cmd {
	form := kit.NewForm("", b.env.explain,
		kit.Field{Name: "from", Label: "lists.dates.from", Hint: "lists.dates.from.help", Kind: kit.Date, Read: b.env.readDay},
		kit.Field{Name: "to", Label: "lists.dates.to", Hint: "lists.dates.to.help", Kind: kit.Date, Read: b.env.readDay})
	form.Check = func(v kit.Values) (string, error) {
		from, to := b.env.day(v["from"]), b.env.day(v["to"])
		if from != 0 && to != 0 && to < from {
			return "to", engine.BadInput(engine.CodeBadSpan, "first", from, "last", to)
		}
		return "", nil
	}
	form.Sentence = func(v kit.Values) string {
		return b.spanLabel(b.env.day(v["from"]), b.env.day(v["to"]), b.env.Format.Date)
	}
	return open(newEditor(b.env, b.t("lists.chip.typed"), form, func(_ *editor, v kit.Values) tea.Cmd {
		from, to := b.env.day(v["from"]), b.env.day(v["to"])
		return tea.Sequence(send(BackMsg{}), send(again{b.name, func() tea.Cmd { return take(from, to) }}))
	}))
}

func (b *browse) setDates(from, to engine.Day) tea.Cmd {
	return b.list.SetChip("dates", datesValue(from, to), b.datesLabel(from, to))
}

// datesValue is the value of a filter of dates; empty without a bound.
func datesValue(from, to engine.Day) string {
	if from == 0 && to == 0 {
		return ""
	}
	value := datesUntil
	if from != 0 {
		value = from.String() + value
	}
	if to != 0 {
		value += to.String()
	}
	return value
}

// datesLabel is how the filter shows it; empty without a bound.
func (b *base) datesLabel(from, to engine.Day) string {
	if from == 0 && to == 0 {
		return ""
	}
	return b.spanLabel(from, to, b.shortDay)
}

// spanLabel writes a span of days, either end of which may be open.
func (b *base) spanLabel(from, to engine.Day, write func(engine.Day) string) string {
	switch {
	case from == 0 && to == 0:
		return b.t("lists.dates.all")
	case from == 0:
		return b.t("lists.dates.until", "day", write(to))
	case to == 0:
		return b.t("lists.dates.since", "day", write(from))
	}
	return write(from) + " – " + write(to)
}

// shortDay leaves out the year if it is this one.
func (b *base) shortDay(d engine.Day) string {
	if d.Date().Year() == b.today().Date().Year() {
		return b.env.Format.DayMonth(d)
	}
	return b.env.Format.Date(d)
}

// prompt is a dialog of one line, which may stay empty.
type prompt struct {
	question string
	hint     string
	line     kit.Line
	since    time.Time
}

func newPrompt(env *Env, question string) *prompt {
	return &prompt{question: question, hint: env.Words.T("kit.dialog.reason_keys"), line: kit.Line{Limit: 80}, since: env.Clock()}
}

// Update takes an event; a scan is a whole answer.
func (p *prompt) Update(ev kit.Event, at time.Time) kit.Answer {
	if d := at.Sub(p.since); d >= 0 && d < kit.Grace {
		return kit.Answer{}
	}
	k, ok := ev.(kit.Key)
	switch {
	case ok && k.Name == "esc":
		return kit.Answer{Left: true}
	case ok && k.Name == "enter":
		return kit.Answer{Done: true, Value: strings.TrimSpace(p.line.Text())}
	}
	p.line.Update(ev)
	if _, scanned := ev.(kit.Scan); scanned {
		return kit.Answer{Done: true, Value: strings.TrimSpace(p.line.Text())}
	}
	return kit.Answer{}
}

// View draws the prompt.
func (p *prompt) View(st *kit.Styles, width, height int) []string {
	var question []string
	for _, l := range kit.Wrap(p.question, width) {
		question = append(question, st.Strong.Render(l))
	}
	return kit.Stack(height,
		kit.Part{Lines: question, Rank: 1},
		kit.Part{Lines: []string{"/ " + p.line.View(st, width-2, true)}},
		kit.Part{Lines: []string{st.Dim.Render(kit.Clip(p.hint, width))}, Rank: 2})
}
