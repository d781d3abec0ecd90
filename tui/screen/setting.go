package screen

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// The store's own fields on the settings page, beside those of
// engine.SettingDefs.
const (
	storeTitle    = "store.title"
	storeCountry  = "store.country"
	storeCurrency = "store.currency"
	storeZone     = "store.timezone"
	storeLanguage = "store.language"
	storeStep     = "store.step"
)

// settingGroups are the headings of the settings page in their order, each with
// the settings under it: by name, or by the first part of the name.
//
// words: setting.group.*
var settingGroups = []struct {
	name string
	of   []engine.Setting
}{
	{"shop", []engine.Setting{"store"}},
	{"coupons", []engine.Setting{"campaign", "return"}},
	{"guards", []engine.Setting{"guard", engine.SetVerifyPhone}},
	{"goods", []engine.Setting{"goods", "sale", engine.SetMargin, engine.SetLeastUplift}},
	{"texts", []engine.Setting{
		engine.SetTexts, engine.SetAskConsent, engine.SetTextAtIssue, engine.SetTextDays, engine.SetTextBefore, engine.SetTextLongLife,
		engine.SetTextLanguage, engine.SetWording, engine.SetWordingDay, engine.SetWordingLast, engine.SetWordingSeveral,
	}},
	{"sending", []engine.Setting{"texts"}},
	{"printer", []engine.Setting{"printer"}},
	{"screen", []engine.Setting{"screen"}},
	{"access", []engine.Setting{"access"}},
}

// placeOf is the heading under which a setting stands, and its place there: by
// its name, else by the first part of it.
func placeOf(name string) (group, at int) {
	first, _, _ := strings.Cut(name, ".")
	for _, wanted := range []string{name, first} {
		for i, g := range settingGroups {
			if at := slices.Index(g.of, engine.Setting(wanted)); at >= 0 {
				return i, at
			}
		}
	}
	return len(settingGroups) - 1, 0
}

// grouped puts fields under their headings.
func grouped(fields []kit.Field) []kit.Field {
	slices.SortStableFunc(fields, func(a, b kit.Field) int {
		group, at := placeOf(a.Name)
		other, before := placeOf(b.Name)
		return cmp.Or(group-other, at-before)
	})
	last := -1
	for i := range fields {
		if g, _ := placeOf(fields[i].Name); g != last {
			fields[i].Heading = "setting.group." + settingGroups[g].name
			last = g
		}
	}
	return fields
}

// settingsForm is the page of all settings.
type settingsForm struct {
	env  *Env
	form *kit.Form
}

// newSettings is the page of all settings.
func newSettings(env *Env) Screen {
	f := &settingsForm{env: env}
	f.form = kit.NewForm("", env.explain, f.fields()...)
	f.form.Check = f.check
	f.form.Sentence = f.sentence
	e := newEditor(env, env.Words.T("lists.settings"), f.form, f.save)
	e.open = f.open
	return e
}

// fields are the store's own and one for every setting.
//
// words: setting.*
func (f *settingsForm) fields() []kit.Field {
	s := f.env.Store()
	fields := []kit.Field{
		{Name: storeTitle, Value: s.Title, Limit: engine.MaxTitle, Read: f.readTitle},
		{Name: storeCountry, Value: s.Country, Limit: 2, Read: f.readCountry},
		{Name: storeCurrency, Value: s.Currency, Limit: 3, Read: readCurrency},
		{Name: storeZone, Value: s.Timezone, Limit: 60, Read: f.readZone},
		{Name: storeLanguage, Kind: kit.Choice, Value: s.Language, Options: languages()},
		{Name: storeStep, Kind: kit.Amount, Value: f.env.Format.Amount(s.Step), Read: f.readStep},
	}
	for _, d := range engine.SettingDefs {
		fields = append(fields, f.setting(d, s.Settings.Text(d.Name)))
	}
	for i := range fields {
		fields[i].Label = "setting." + fields[i].Name
		fields[i].Hint = fields[i].Label + ".help"
	}
	return grouped(fields)
}

// store is what the form says.
func (f *settingsForm) store(v kit.Values) (engine.Store, error) {
	s := f.env.Store()
	step, err := f.step(v[storeStep], v)
	if err != nil {
		return s, err
	}
	s.Title, s.Country, s.Currency = v[storeTitle], strings.ToUpper(v[storeCountry]), strings.ToUpper(v[storeCurrency])
	s.Timezone, s.Language, s.Step = v[storeZone], v[storeLanguage], step
	s.Exponent = exponentOf(s.Currency, s.Exponent)
	s.Settings = f.settings(v)
	return s, nil
}

// settings are those of the form that differ from the defaults.
func (f *settingsForm) settings(v kit.Values) engine.Settings {
	out := engine.Settings{}
	for _, d := range engine.SettingDefs {
		if stored := f.stored(d, v[string(d.Name)]); stored != d.Default {
			out[d.Name] = stored
		}
	}
	return out
}

// stored is a setting that was typed as it is stored. What cannot be understood
// stays as it is: the form is not submitted with such.
func (f *settingsForm) stored(d engine.SettingDef, text string) string {
	switch {
	case d.Kind == engine.SettingRate:
		if bp, ok := rate(text); ok {
			return strconv.FormatInt(int64(bp), 10)
		}
	case d.Kind == engine.SettingPrice:
		if m, err := f.env.price(text); err == nil {
			return strconv.FormatInt(int64(m), 10)
		}
	case d.Name == engine.SetTextDays:
		if days, err := engine.ParseTextDays(text); err == nil {
			return engine.WriteTextDays(days)
		}
	}
	return text
}

func (f *settingsForm) check(v kit.Values) (string, error) {
	s, err := f.store(v)
	if err == nil {
		err = s.Check()
	}
	return "", err
}

func (f *settingsForm) save(e *editor, v kit.Values) tea.Cmd {
	s, err := f.store(v)
	if err != nil {
		f.form.Fail(err)
		return nil
	}
	return write(&e.base, func(ctx context.Context, a engine.Actor) (engine.Store, error) {
		return f.env.Shop.SaveStore(ctx, a, s)
	}, func(engine.Store) tea.Cmd { return backSaying(kit.Fine, f.env.Words.T("lists.settings.saved")) })
}

// sentence says for what changes hold; at the settings of texts, what these
// make of a coupon's texts.
func (f *settingsForm) sentence(v kit.Values) string {
	switch engine.Setting(f.form.Current()) {
	case engine.SetTexts, engine.SetTextAtIssue, engine.SetTextDays, engine.SetTextBefore, engine.SetTextLongLife:
		s := f.env.Store()
		s.Settings = f.settings(v)
		return f.env.Words.T("wording.plan.standard", "plan", textsText(f.env, s, s.Settings.TextPlan(), s.Settings.StandardTerms()))
	}
	return f.env.Words.T("lists.settings.sentence")
}

// open opens the page on which a wording is edited.
func (f *settingsForm) open(name string) tea.Cmd {
	v := f.form.Values()
	return open(newWording(f.env, wordingJob{
		store: f.typed(v), step: delivery.WordingSettings[engine.Setting(name)], text: v[name], standard: f.standard(v, engine.Setting(name)),
		keep: func(text string) { f.form.Set(name, text) },
	}))
}

// typed is the store as the form says, or as it is while that cannot be
// understood.
func (f *settingsForm) typed(v kit.Values) engine.Store {
	if s, err := f.store(v); err == nil && s.Check() == nil {
		return s
	}
	return f.env.Store()
}

// standard is the wording that is used while a setting is empty.
func (f *settingsForm) standard(v kit.Values, name engine.Setting) string {
	s := f.env.Store()
	s.Language, s.Settings = v[storeLanguage], engine.Settings{engine.SetTextLanguage: v[string(engine.SetTextLanguage)]}
	return delivery.Template(s, engine.TextWording{}, delivery.WordingSettings[name])
}
