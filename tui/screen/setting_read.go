package screen

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
	"bounceback/tui/kit"
)

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
		fd.Read = f.env.readRate(engine.BP(d.Least), engine.BP(d.Most), d.Bounds())
	case engine.SettingCount:
		fd.Kind, fd.Read = kit.Number, f.readCount(d)
	case engine.SettingPrice:
		fd.Kind, fd.Read = kit.Amount, f.readPrice(d)
		fd.Value = f.env.typedPrice(engine.Settings{d.Name: value}.Price(d.Name))
	case engine.SettingFlag:
		fd.Kind = kit.YesNo
	case engine.SettingChoice:
		fd.Kind = kit.Choice
		for _, c := range d.Choices {
			fd.Options = append(fd.Options, kit.Option{Value: c, Label: f.env.Words.T("setting.choice." + c)})
		}
	case engine.SettingText:
		fd.Limit = d.Limit
		fd.Read = f.readText(d)
		if delivery.WordingSettings[d.Name] != "" {
			fd.Kind = kit.Paged
		}
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

func (f *settingsForm) readCount(d engine.SettingDef) func(string, kit.Values) (string, error) {
	return func(text string, v kit.Values) (string, error) {
		if err := d.Check(text); err != nil {
			return "", err
		}
		switch d.Name {
		case engine.SetTextFrom, engine.SetTextUntil:
			return f.hour(text), checkHours(v)
		case engine.SetTextHour:
			return f.hour(text), checkHour(v)
		case engine.SetTextBefore:
			return lastText(f.env, text), nil
		case engine.SetTextLongLife, engine.SetLifetime, engine.SetValidAfter:
			n, _ := count(text)
			return f.env.Words.N("core.duration.days", n), nil
		}
		return "", nil
	}
}

// checkHours tells whether the hours in which texts may go end before they
// begin.
func checkHours(v kit.Values) error {
	from, ok := count(v[string(engine.SetTextFrom)])
	until, also := count(v[string(engine.SetTextUntil)])
	if ok && also && from >= until {
		return engine.BadInput(engine.CodeTextHours, "from", from, "until", until)
	}
	return nil
}

// checkHour tells whether reminders are due at an hour in which no text goes.
// Hours that are none, or that leave no time at all, are told where they stand.
func checkHour(v kit.Values) error {
	typed := engine.Settings{}
	for _, name := range []engine.Setting{engine.SetTextFrom, engine.SetTextHour, engine.SetTextUntil} {
		if _, ok := count(v[string(name)]); !ok {
			return nil
		}
		typed[name] = v[string(name)]
	}
	if checkHours(v) != nil {
		return nil
	}
	return typed.CheckHours()
}

// hour writes a full hour as the country's clocks show it.
func (f *settingsForm) hour(text string) string {
	n, _ := count(text)
	zone := f.env.Format.Zone()
	return f.env.Format.Time(engine.InstantOf(time.Date(2026, time.January, 15, n, 0, 0, 0, zone)))
}

// readPrice checks a price; nothing is 0.
func (f *settingsForm) readPrice(d engine.SettingDef) func(string, kit.Values) (string, error) {
	return func(text string, _ kit.Values) (string, error) {
		m, err := f.env.price(text)
		if err != nil || text == "" {
			return "", err
		}
		if err := d.Check(strconv.FormatInt(int64(m), 10)); err != nil {
			return "", err
		}
		return f.env.Format.Price(m), nil
	}
}

// readText checks a text, and those that have rules of their own by these.
func (f *settingsForm) readText(d engine.SettingDef) func(string, kit.Values) (string, error) {
	step := delivery.WordingSettings[d.Name]
	return func(text string, v kit.Values) (string, error) {
		if err := d.Check(text); err != nil {
			return "", err
		}
		switch {
		case d.Name == engine.SetTextDays:
			return daysText(f.env, text), nil
		case step != "":
			return f.env.wordingEcho(step, text, f.standard(v, d.Name))
		}
		return "", delivery.CheckSetting(d.Name, text)
	}
}

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
