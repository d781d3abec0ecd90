package screen

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// consentOptions are the answers about texts.
func consentOptions(env *Env) []kit.Option {
	var out []kit.Option
	for _, c := range []engine.Consent{engine.ConsentYes, engine.ConsentNo} {
		out = append(out, kit.Option{Value: string(c), Label: env.Words.T("lists.consent." + string(c))})
	}
	return out
}

// edit opens the form of the customer.
func (p *customerPage) edit() tea.Cmd {
	return p.may(engine.MayEditCustomers, func() tea.Cmd { return open(newCustomerForm(p.env, p.facts.Customer)) })
}

// newCustomerForm is the form of a customer's name, number, phone and consent,
// and of what offers may ask of a customer.
func newCustomerForm(env *Env, c engine.Customer) *editor {
	phone := ""
	if c.Phone.E164 != "" {
		phone = c.Phone.National()
	}
	consents := consentOptions(env)
	if c.Consent == engine.ConsentUnknown {
		unknown := kit.Option{Value: string(c.Consent), Label: env.Words.T("lists.consent." + string(c.Consent))}
		consents = append([]kit.Option{unknown}, consents...)
	}
	form := kit.NewForm("", env.explain,
		kit.Field{Name: "name", Label: "lists.label.name", Value: c.Name, Read: checked(engine.CheckName)},
		kit.Field{Name: "phone", Label: "lists.label.phone", Hint: "lists.customer.phone.help", Value: phone, Read: env.readPhone},
		kit.Field{Name: "number", Label: "lists.label.number", Hint: "lists.customer.number.help", Value: c.Number, Read: checked(engine.CheckNumber)},
		kit.Field{
			Name: "consent", Label: "lists.label.consent", Hint: "lists.customer.consent_hint",
			Kind: kit.Choice, Value: string(c.Consent), Options: consents,
		},
		kit.Field{Name: "groups", Label: "lists.label.group", Hint: "lists.customer.groups.help", List: true, Value: commas(c.Groups), Read: checked(checkGroups)},
		kit.Field{Name: "tier", Label: "lists.label.tier", Hint: "lists.customer.tier.help", Value: c.Tier, Limit: engine.MaxOfferLabel},
		kit.Field{
			Name: "birth", Label: "lists.label.birth", Hint: "lists.customer.birth.help",
			Kind: kit.Choice, Value: strconv.Itoa(c.Birth), Options: monthOptions(env),
		})
	form.Sentence = func(v kit.Values) string { return customerSentence(env, c, v) }
	return newEditor(env, env.Words.T("lists.customer.edit.title", "name", customerLabel(env, c)), form, func(e *editor, v kit.Values) tea.Cmd {
		edit, err := customerEditOf(env, c, v)
		if err != nil {
			form.Fail(err)
			return nil
		}
		return write(&e.base, func(ctx context.Context, a engine.Actor) (engine.Customer, error) {
			return env.Shop.EditCustomer(ctx, a, edit)
		}, func(saved engine.Customer) tea.Cmd {
			return backSaying(kit.Fine, env.Words.T("lists.customer.saved", "name", customerLabel(env, saved)))
		})
	})
}

// checkGroups tells whether each of some names can be a group's: offers name
// them too.
func checkGroups(text string) error {
	for _, name := range splitCommas(text) {
		if utf8.RuneCountInString(name) > engine.MaxOfferLabel {
			return engine.BadInput(engine.CodeCampaignText, "most", engine.MaxOfferLabel)
		}
	}
	return nil
}

// monthOptions are the months, and none.
//
// words: core.month.*
func monthOptions(env *Env) []kit.Option {
	out := []kit.Option{{Value: "0", Label: "–"}}
	for m := 1; m <= 12; m++ {
		number := strconv.Itoa(m)
		out = append(out, kit.Option{Value: number, Label: env.Words.T("core.month." + number)})
	}
	return out
}

// checked makes a form field's reading of a check of the engine.
func checked(check func(string) error) func(string, kit.Values) (string, error) {
	return func(text string, _ kit.Values) (string, error) { return "", check(text) }
}

// readPhone is a form field's reading of a phone that may be left out. It says
// when a number is one that texts are unlikely to reach.
func (e *Env) readPhone(text string, _ kit.Values) (string, error) {
	if text == "" {
		return "", nil
	}
	p, err := engine.ParsePhone(text, e.Store().Country)
	if err != nil {
		return "", err
	}
	if p.Questionable() {
		return e.Words.T("lists.customer.landline", "phone", p.National()), nil
	}
	if p.National() == text {
		return "", nil
	}
	return p.National(), nil
}

// e164 is a phone that was typed and found good; empty if it was left out.
func (e *Env) e164(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	p, err := engine.ParsePhone(text, e.Store().Country)
	return p.E164, err
}

// customerEditOf is what the form changes; what stayed the same is left alone.
func customerEditOf(env *Env, c engine.Customer, v kit.Values) (engine.CustomerEdit, error) {
	e := engine.CustomerEdit{ID: c.ID}
	phone, err := env.e164(v["phone"])
	if err != nil {
		return e, err
	}
	if phone != c.Phone.E164 {
		e.Phone = &phone
	}
	if name := v["name"]; name != c.Name {
		e.Name = &name
	}
	if number := v["number"]; number != c.Number {
		e.Number = &number
	}
	if consent := engine.Consent(v["consent"]); consent != c.Consent {
		e.Consent, e.Wording = &consent, env.Words.T("counter.consent.wording", "shop", env.Store().Title)
	}
	if groups := splitCommas(v["groups"]); !slices.Equal(groups, c.Groups) {
		e.Groups = &groups
	}
	if tier := v["tier"]; tier != c.Tier {
		e.Tier = &tier
	}
	if birth, _ := count(v["birth"]); birth != c.Birth {
		e.Birth = &birth
	}
	return e, nil
}

// customerSentence names what will be changed.
func customerSentence(env *Env, c engine.Customer, v kit.Values) string {
	e, err := customerEditOf(env, c, v)
	if err != nil {
		return ""
	}
	var what []string
	for _, field := range []struct {
		label   string
		changed bool
	}{
		{"lists.label.name", e.Name != nil},
		{"lists.label.phone", e.Phone != nil},
		{"lists.label.number", e.Number != nil},
		{"lists.label.consent", e.Consent != nil},
		{"lists.label.group", e.Groups != nil},
		{"lists.label.tier", e.Tier != nil},
		{"lists.label.birth", e.Birth != nil},
	} {
		if field.changed {
			what = append(what, env.Words.T(field.label))
		}
	}
	if len(what) == 0 {
		return env.Words.T("lists.form.nothing")
	}
	return env.Words.T("lists.form.changes", "what", strings.Join(what, ", "))
}
