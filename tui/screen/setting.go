package screen

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
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
	return newEditor(env, env.Words.T("lists.settings"), f.form, f.save)
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
	return fields
}

// languages are those of the catalogue, each by its own name.
func languages() []kit.Option {
	var out []kit.Option
	for _, l := range words.Languages() {
		label := l
		if tag, err := language.Parse(l); err == nil {
			label = display.Self.Name(tag)
		}
		out = append(out, kit.Option{Value: l, Label: label})
	}
	return out
}

// setting is the field of one setting.
//
// words: setting.choice.*
func (f *settingsForm) setting(d engine.SettingDef, value string) kit.Field {
	fd := kit.Field{Name: string(d.Name), Value: value}
	switch d.Kind {
	case engine.SettingRate:
		fd.Kind = kit.Percent
		fd.Value = f.env.typedRate(bpOf(value))
		fd.Read = f.env.readRate(engine.BP(d.Least), engine.BP(d.Most), badBounds(d))
	case engine.SettingCount:
		fd.Kind, fd.Read = kit.Number, readCount(d)
	case engine.SettingFlag:
		fd.Kind = kit.YesNo
	case engine.SettingChoice:
		fd.Kind = kit.Choice
		for _, c := range d.Choices {
			fd.Options = append(fd.Options, kit.Option{Value: c, Label: f.env.Words.T("setting.choice." + c)})
		}
	case engine.SettingText:
		fd.Limit = d.Limit
		fd.Read = readText(d)
	}
	return fd
}

func bpOf(stored string) engine.BP {
	n, err := strconv.ParseInt(stored, 10, 64)
	if err != nil {
		return 0
	}
	return engine.BP(n)
}

// CodeSettingBounds says between which numbers a setting lies.
const CodeSettingBounds engine.Code = "setting_bounds"

func badBounds(d engine.SettingDef) error {
	if d.Kind == engine.SettingRate {
		return engine.BadInput(CodeSettingBounds, "least", engine.BP(d.Least), "most", engine.BP(d.Most))
	}
	return engine.BadInput(CodeSettingBounds, "least", d.Least, "most", d.Most)
}

func readCount(d engine.SettingDef) func(string, kit.Values) (string, error) {
	return func(text string, _ kit.Values) (string, error) {
		if d.Check(text) != nil {
			return "", badBounds(d)
		}
		return "", nil
	}
}

// readText checks a text, and those that have rules of their own by these.
func readText(d engine.SettingDef) func(string, kit.Values) (string, error) {
	return func(text string, _ kit.Values) (string, error) {
		if err := d.Check(text); err != nil || text == "" {
			return "", err
		}
		switch {
		case d.Name == engine.SetWording:
			return "", delivery.CheckTemplate(text)
		case d.Name == engine.SetSenderID && !delivery.ValidSenderID(text):
			return "", engine.BadInput(CodeSenderID)
		case d.Name == engine.SetMaxPrice && !delivery.ValidMaxPrice(text):
			return "", engine.BadInput(CodeMaxPrice)
		}
		return "", nil
	}
}

// Codes of settings whose text has rules of its own.
const (
	CodeSenderID engine.Code = "bad_sender_id"
	CodeMaxPrice engine.Code = "bad_max_price"
)

// checkStore checks one thing of the store, the rest being as it is.
func (f *settingsForm) checkStore(change func(*engine.Store)) error {
	s := f.env.Store()
	change(&s)
	return s.Check()
}

func (f *settingsForm) readTitle(text string, _ kit.Values) (string, error) {
	return "", f.checkStore(func(s *engine.Store) { s.Title = text })
}

func (f *settingsForm) readCountry(text string, _ kit.Values) (string, error) {
	c, ok := engine.CountryByCode(strings.ToUpper(text))
	if !ok {
		return "", engine.BadInput(engine.CodeUnknownCountry, "country", text)
	}
	return f.env.Words.CountryName(c.Code), nil
}

// readZone says what time it is there, by which a wrong zone is found.
func (f *settingsForm) readZone(text string, _ kit.Values) (string, error) {
	loc, err := engine.LoadZone(text)
	if err != nil {
		return "", err
	}
	return f.env.Clock().In(loc).Format("15:04"), nil
}

func (f *settingsForm) readStep(text string, v kit.Values) (string, error) {
	step, err := f.step(text, v)
	if err != nil {
		return "", err
	}
	return "", f.checkStore(func(s *engine.Store) {
		s.Step, s.Currency, s.Exponent = step, strings.ToUpper(v[storeCurrency]), exponentOf(v[storeCurrency], s.Exponent)
	})
}

// step reads the step in the currency that is typed beside it.
func (f *settingsForm) step(text string, v kit.Values) (engine.Minor, error) {
	m := f.env.marks()
	m.Exponent = exponentOf(v[storeCurrency], m.Exponent)
	return engine.ParseAmount(text, m)
}

func exponentOf(currency string, otherwise int) int {
	if exp, ok := engine.CurrencyExponent(strings.ToUpper(currency)); ok {
		return exp
	}
	return otherwise
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
	s.Settings = engine.Settings{}
	for _, d := range engine.SettingDefs {
		text := v[string(d.Name)]
		if bp, ok := rate(text); ok && d.Kind == engine.SettingRate {
			text = strconv.FormatInt(int64(bp), 10)
		}
		if text != d.Default {
			s.Settings[d.Name] = text
		}
	}
	return s, nil
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

// sentence shows a text as customers will get it while its wording is typed;
// otherwise it says for what changes hold.
func (f *settingsForm) sentence(v kit.Values) string {
	switch f.form.Current() {
	case string(engine.SetWording), storeTitle:
		return f.preview(v)
	}
	return f.env.Words.T("lists.settings.sentence")
}

// spoken is the catalogue of the language that is chosen.
func (f *settingsForm) spoken(lang string) *words.Words {
	if w, err := words.For(lang); err == nil {
		return w
	}
	return f.env.Words
}

// preview is the text of an example coupon, with its parts.
func (f *settingsForm) preview(v kit.Values) string {
	fm, s := f.env.Format, f.env.Store()
	template := v[string(engine.SetWording)]
	if template == "" {
		template = delivery.CouponTemplate(f.spoken(v[storeLanguage]))
	}
	terms := s.Settings.StandardTerms()
	last := s.Today(engine.InstantOf(f.env.Clock())) + engine.Day(terms.Lifetime)
	text := delivery.Render(delivery.Fields{
		Shop: v[storeTitle], Face: tightMark(fm.MoneyShort(43 * engine.WholeUnit(fm.Exponent()))), Code: "K7PM-4T9Q",
		LastDay: fm.DayMonth(last), MaxDiscount: tightMark(fm.Percent(terms.MaxDiscount)), Name: "Maria",
	}, template)
	n := delivery.Count(text)
	return "“" + text + "”\n" + f.env.Words.T("lists.settings.parts", "parts", f.env.Words.N("lists.parts", n.Parts),
		"encoding", n.Encoding.String(), "units", strconv.Itoa(n.Units), "left", strconv.Itoa(n.Left))
}

// tightMark writes an amount or rate as texts do, where each character costs.
func tightMark(text string) string { return strings.ReplaceAll(text, " ", "") }
