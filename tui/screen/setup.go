package screen

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
)

// FoundedMsg says that the shop was made, and who owns it.
type FoundedMsg struct{ Actor engine.Actor }

// Setup is the one page of the first run.
type Setup struct {
	env      *Env
	form     *kit.Form
	register string // name of the till; empty: the catalogue's
	country  string // as last understood
	language string
	typed    bool // a country was typed
	names    []countryName
}

// countryName is a name of a country in one of the languages, folded.
type countryName struct {
	code, name string
}

// founded is the answer to the first run.
type founded struct {
	of    *Setup
	actor engine.Actor
	err   error
}

// NewSetup makes the page of the first run with a guessed country. register
// names the till; empty leaves it to the catalogue.
func NewSetup(env *Env, country engine.Country, register string) *Setup {
	s := &Setup{env: env, register: register, country: country.Code, language: country.Language}
	s.speak(country.Language)
	s.form = kit.NewForm("", s.explain,
		kit.Field{Name: "title", Label: "counter.setup.shop", Hint: "counter.setup.shop_hint", Limit: engine.MaxTitle, Read: readTitle},
		kit.Field{Name: "country", Label: "counter.setup.country", Hint: "counter.setup.country_hint", Value: env.Words.CountryName(country.Code), Limit: 40, Read: s.readCountry},
		kit.Field{Name: "pin", Label: "counter.setup.pin", Hint: "counter.setup.pin_hint", Kind: kit.Secret, Limit: engine.MaxPIN, Read: readPIN},
		kit.Field{Name: "again", Label: "counter.setup.again", Kind: kit.Secret, Limit: engine.MaxPIN, Read: readAgain, Hidden: noPIN},
		kit.Field{Name: "language", Label: "counter.setup.language", Kind: kit.Choice, Value: country.Language, Options: languageOptions()},
		kit.Field{Name: "currency", Label: "counter.setup.currency", Value: country.Currency, Limit: 3, Read: readCurrency},
		kit.Field{Name: "zone", Label: "counter.setup.zone", Value: country.Timezone, Limit: 40, Read: s.readZone},
	)
	s.form.Sentence = s.sentence
	return s
}

// CodePINTwice says that the PIN was not typed the same way twice.
const CodePINTwice engine.Code = "pin_twice"

// languageOptions names each language in itself.
//
// words: counter.language
func languageOptions() []kit.Option {
	var out []kit.Option
	for _, lang := range words.Languages() {
		label := lang
		if w, err := words.For(lang); err == nil {
			label = w.T("counter.language")
		}
		out = append(out, kit.Option{Value: lang, Label: label})
	}
	return out
}

func (s *Setup) explain(err error) string { return s.env.Format.Err(err) }

// speak changes the language of the screen and the way of writing amounts.
func (s *Setup) speak(lang string) {
	w, err := words.For(lang)
	if err != nil {
		return
	}
	c, _ := engine.CountryByCode(s.country)
	if f, err := words.NewFormat(w, c.Code, c.Currency, nil); err == nil {
		s.env.Words, s.env.Format = w, f
	}
}

func readTitle(text string, _ kit.Values) (string, error) {
	if text == "" {
		return "", engine.BadInput(engine.CodeTitleEmpty)
	}
	return "", nil
}

func readPIN(text string, _ kit.Values) (string, error) { return "", engine.CheckPIN(text) }

func readAgain(text string, all kit.Values) (string, error) {
	if text != all["pin"] {
		return "", engine.BadInput(CodePINTwice)
	}
	return "", nil
}

func noPIN(all kit.Values) bool { return all["pin"] == "" }

func readCurrency(text string, _ kit.Values) (string, error) {
	code := strings.ToUpper(text)
	if _, ok := engine.CurrencyExponent(code); !ok {
		return "", engine.BadInput(engine.CodeUnknownCurrency, "currency", text)
	}
	if code == text {
		return "", nil
	}
	return code, nil
}

func (s *Setup) readZone(text string, _ kit.Values) (string, error) {
	zone, err := engine.LoadZone(text)
	if err != nil {
		return "", err
	}
	return s.env.Clock().In(zone).Format("15:04"), nil
}

// readCountry understands a code, a name or the beginning of one, in the
// language of the screen.
func (s *Setup) readCountry(text string, _ kit.Values) (string, error) {
	c, ok := s.findCountry(text)
	if !ok {
		return "", engine.BadInput(engine.CodeUnknownCountry, "country", text)
	}
	code := "+" + strconv.Itoa(c.CallingCode)
	if name := s.env.Words.CountryName(c.Code); name != text {
		return name + " " + code, nil
	}
	return code, nil
}

func (s *Setup) findCountry(text string) (engine.Country, bool) {
	if c, ok := engine.CountryByCode(text); ok {
		return c, true
	}
	want := strings.Join(engine.FoldWords(text), " ")
	if want == "" {
		return engine.Country{}, false
	}
	inside := ""
	for _, n := range s.countryNames() {
		switch {
		case strings.HasPrefix(n.name, want):
			return engine.CountryByCode(n.code)
		case inside == "" && strings.Contains(n.name, want):
			inside = n.code
		}
	}
	return engine.CountryByCode(inside)
}

// countryNames are the names of all countries in all languages: people type
// the one they know, whatever the screen speaks.
func (s *Setup) countryNames() []countryName {
	if s.names != nil {
		return s.names
	}
	for _, lang := range words.Languages() {
		w, err := words.For(lang)
		if err != nil {
			continue
		}
		for _, c := range engine.Countries() {
			s.names = append(s.names, countryName{c.Code, strings.Join(engine.FoldWords(w.CountryName(c.Code)), " ")})
		}
	}
	return s.names
}

// Init has nothing to read.
func (s *Setup) Init() tea.Cmd { return nil }

// Title names the page.
func (s *Setup) Title() string { return s.env.Words.T("counter.setup.title") }

// Keys are those of every form.
func (s *Setup) Keys() []kit.Group { return []kit.Group{kit.FormKeys()} }

// Typing tells that keys are for the form.
func (s *Setup) Typing() bool { return true }

// QuitMsg asks the root to end the program.
type QuitMsg struct{}

// Event gives the form what was typed. Leaving the first run ends the program.
func (s *Setup) Event(ev kit.Event) tea.Cmd {
	s.overtype(ev)
	act := s.form.Update(ev)
	if act.Submit || s.form.Current() != "country" {
		s.follow()
	}
	switch {
	case act.Submit:
		return s.found()
	case act.Cancel:
		return send(QuitMsg{})
	}
	return nil
}

// overtype takes the guessed country away at the first letter typed there.
func (s *Setup) overtype(ev kit.Event) {
	k, ok := ev.(kit.Key)
	if !ok || k.Text == "" || s.typed || s.form.Current() != "country" {
		return
	}
	s.typed = true
	s.form.Set("country", "")
}

// follow brings along what a country or language changed, once the field is
// left: a half-typed country is often another one.
func (s *Setup) follow() {
	v := s.form.Values()
	if c, ok := s.findCountry(v["country"]); ok && c.Code != s.country {
		s.country = c.Code
		s.form.Set("currency", c.Currency)
		s.form.Set("zone", c.Timezone)
		s.form.Set("language", c.Language)
		v["language"] = c.Language
		s.language = ""
	}
	if v["language"] != s.language {
		s.language = v["language"]
		s.speak(s.language)
	}
}

// store is what the form asks for.
func (s *Setup) store() (engine.Store, error) {
	v := s.form.Values()
	st, err := engine.NewStore(v["title"], s.country)
	if err != nil {
		return st, err
	}
	st.Currency = strings.ToUpper(v["currency"])
	st.Exponent, _ = engine.CurrencyExponent(st.Currency)
	st.Step = engine.WholeUnit(st.Exponent)
	st.Timezone, st.Language = v["zone"], v["language"]
	return st, st.Check()
}

func (s *Setup) found() tea.Cmd {
	st, err := s.store()
	if err != nil {
		s.form.Fail(err)
		return nil
	}
	w, pin, register := s.env.Words, s.form.Values()["pin"], s.register
	if register == "" {
		register = w.T("counter.setup.till")
	}
	owner, campaign := w.T("counter.setup.owner"), w.T("counter.setup.campaign")
	return s.env.Writes.Add(func() tea.Msg {
		actor, err := s.env.Shop.FirstRun(s.env.Ctx, st, owner, pin, register, campaign, engine.FromCounter)
		return founded{of: s, actor: actor, err: err}
	})
}

// Msg takes the answer of the first run.
func (s *Setup) Msg(msg tea.Msg) tea.Cmd {
	f, ok := msg.(founded)
	if !ok || f.of != s {
		return nil
	}
	if f.err != nil {
		s.form.Fail(f.err)
		return nil
	}
	return send(FoundedMsg{Actor: f.actor})
}

// sentence says what Enter will make.
func (s *Setup) sentence(v kit.Values) string {
	std := engine.Settings{}.StandardTerms()
	f := s.env.Format
	return s.env.Words.T("counter.setup.sentence", "shop", v["title"], "cashback", f.Percent(std.Cashback),
		"most", f.Percent(std.MaxDiscount), "days", std.Lifetime)
}

// View draws the page.
func (s *Setup) View(width, height int) string {
	st, w := s.env.Styles, s.env.Words
	top := []string{st.Title.Render(kit.Clip(s.Title(), width))}
	if height >= counterRoomy {
		top = append(top, st.RuleLine(width))
		top = append(top, inked(st.Dim, kit.Wrap(w.T("counter.setup.intro"), width))...)
		top = append(top, "")
	}
	body := s.form.View(st, w, width, max(0, height-len(top)))
	return kit.Frame(width, height, top, body, nil)
}
