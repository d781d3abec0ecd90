package cli

import (
	"cmp"
	"context"
	"maps"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
)

// The store's own facts, which settings list and set call by these names.
const (
	storeTitle    = "store.title"
	storeCountry  = "store.country"
	storeCurrency = "store.currency"
	storeTimezone = "store.timezone"
	storeLanguage = "store.language"
	storeStep     = "store.step"
)

func (a *app) settingCommands() *cobra.Command {
	cmd := group("settings", a.settingList(), a.settingSet())
	cmd.Example = "  bounceback settings set printer.target tcp://192.168.0.50:9100"
	return cmd
}

func (a *app) settingList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback settings list",
		RunE: a.work(func(_ context.Context, _ []string) error {
			all := a.settings()
			return a.answer(list[settingDTO]{Items: all}, func() {
				t := table{}
				t.column(a.words, "setting", left)
				t.column(a.words, "value", left)
				t.column(a.words, "may_be", left)
				for _, s := range all {
					t.add(s.Name, a.shown(s), a.mayBe(s))
				}
				a.print(t)
			})
		}),
	}
}

// settings lists the store's facts and then every setting. For programs rates
// are in basis points and prices in millionths.
func (a *app) settings() []settingDTO {
	s := a.store
	out := []settingDTO{
		{Name: storeTitle, Value: s.Title},
		{Name: storeCountry, Value: s.Country},
		{Name: storeCurrency, Value: s.Currency},
		{Name: storeTimezone, Value: s.Timezone},
		{Name: storeLanguage, Value: s.Language},
		{Name: storeStep, Value: s.Step.Plain(s.Exponent)},
	}
	for _, d := range engine.SettingDefs {
		standard := d.Default
		out = append(out, settingDTO{Name: string(d.Name), Value: s.Settings.Text(d.Name), Default: &standard, Choices: d.Choices})
	}
	return out
}

// shown is a setting's value for people.
func (a *app) shown(s settingDTO) string {
	d, err := engine.SettingByName(engine.Setting(s.Name))
	switch {
	case err != nil:
	case d.Kind == engine.SettingRate:
		return a.format.Percent(engine.BP(a.store.Settings.Count(d.Name)))
	case d.Kind == engine.SettingPrice:
		return a.format.Price(a.store.Settings.Price(d.Name))
	}
	return s.Value
}

// mayBe tells what a setting can be.
//
// words: cli.may_be.*
func (a *app) mayBe(s settingDTO) string {
	if s.Name == storeLanguage {
		return strings.Join(words.Languages(), ", ")
	}
	d, err := engine.SettingByName(engine.Setting(s.Name))
	if key := "cli.may_be." + s.Name; a.words.Has(key) {
		most := d.Limit
		if s.Name == storeTitle {
			most = engine.MaxTitle
		}
		return a.words.T(key, "most", most, "many", engine.MaxTextDays, "example", a.format.Amount(a.store.Step))
	}
	if err != nil { // each of the store's facts is above
		return ""
	}
	switch d.Kind {
	case engine.SettingRate:
		return a.words.T("cli.rate_between", "least", a.format.Percent(engine.BP(d.Least)), "most", a.format.Percent(engine.BP(d.Most)))
	case engine.SettingCount:
		return a.words.T("cli.count_between", "least", d.Least, "most", d.Most)
	case engine.SettingPrice:
		return a.words.T("cli.count_between", "least", a.format.Price(engine.Micros(d.Least)), "most", a.format.Price(engine.Micros(d.Most)))
	case engine.SettingFlag:
		return "yes, no"
	case engine.SettingText:
		return a.words.T("cli.may_be", "most", d.Limit)
	case engine.SettingChoice:
	}
	return strings.Join(d.Choices, ", ")
}

func (a *app) settingSet() *cobra.Command {
	var anyway bool
	cmd := &cobra.Command{
		Use: "set NAME VALUE", Args: takes(2, 2),
		Example: "  bounceback settings set campaign.cashback 15%\n  bounceback settings set texts.price 0,14\n" +
			"  bounceback settings set texts.wording_day '{shop}: {name}, {face} wait for you. Code {code}, through {last_day}. {stop}'",
		RunE: a.work(func(ctx context.Context, args []string) error {
			s := a.store
			s.Settings = maps.Clone(a.store.Settings)
			if s.Settings == nil {
				s.Settings = engine.Settings{}
			}
			if err := a.set(&s, args[0], args[1]); err != nil {
				return err
			}
			review, err := a.reviewSetting(s, engine.Setting(args[0]), anyway)
			if err != nil {
				return err
			}
			saved, err := a.file.SaveStore(ctx, a.actor, s)
			if err != nil {
				return err
			}
			a.store = saved
			a.speak(a.language())
			return a.tellSetting(args[0], review)
		}),
	}
	cmd.Flags().BoolVar(&anyway, "anyway", false, "")
	return cmd
}

// tellSetting shows a setting that was saved, and of a wording what comes of it.
func (a *app) tellSetting(name string, review *reviewDTO) error {
	for _, one := range a.settings() {
		if one.Name != name {
			continue
		}
		one.Review = review
		return a.answer(one, func() {
			a.say("%s  %s", one.Name, a.shown(one))
			if review != nil {
				a.showReview(*review)
			}
		})
	}
	return nil
}

// set changes one fact or setting of a store.
func (a *app) set(s *engine.Store, name, value string) error {
	switch name {
	case storeTitle:
		s.Title = value
	case storeCountry:
		s.Country = strings.ToUpper(value)
	case storeCurrency:
		digits, ok := engine.CurrencyExponent(value)
		if !ok {
			return engine.BadInput(engine.CodeUnknownCurrency, "currency", value)
		}
		s.Currency, s.Exponent, s.Step = value, digits, engine.WholeUnit(digits)
	case storeTimezone:
		s.Timezone = value
	case storeLanguage:
		s.Language = storeWords(value).Lang()
	case storeStep:
		step, err := a.amount(value)
		if err != nil {
			return err
		}
		s.Step = step
	default:
		return a.setSetting(s, engine.Setting(name), value)
	}
	return nil
}

func (a *app) setSetting(s *engine.Store, name engine.Setting, value string) error {
	d, err := engine.SettingByName(name)
	if err != nil {
		return err
	}
	if value, err = a.stored(d, value); err != nil {
		return err
	}
	if err := cmp.Or(delivery.CheckSetting(name, value), d.Check(value)); err != nil {
		return err
	}
	s.Settings[name] = value
	return nil
}

// stored is what was typed as a setting is stored.
func (a *app) stored(d engine.SettingDef, value string) (string, error) {
	switch {
	case d.Kind == engine.SettingRate:
		bp, err := rate(value)
		return strconv.FormatInt(int64(bp), 10), err
	case d.Kind == engine.SettingPrice && strings.TrimSpace(value) == "":
		return "0", nil // left out, as in the form
	case d.Kind == engine.SettingPrice:
		m, err := a.format.ReadPrice(value)
		return strconv.FormatInt(int64(m), 10), err
	case d.Name == engine.SetTextDays:
		days, err := engine.ParseTextDays(value)
		return engine.WriteTextDays(days), err
	}
	return value, nil
}
