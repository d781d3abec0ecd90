package delivery

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bounceback/engine"

	"pgregory.net/rapid"
)

// steps are all places of a template.
var steps = []engine.TextStep{engine.StepIssue, engine.StepDay, engine.StepLast, StepSeveral}

func TestRender(t *testing.T) {
	f := Fields{Shop: "Casa\u00a0Azul", Face: "R$\u00a043", Code: "K7PM-4T9Q", Name: " José  "}
	for _, c := range []struct{ template, offer, link, want string }{
		{"{shop}: {face}", "", "", "Casa Azul: R$ 43"},
		{"{shop}: {offer} {link} fim", "", "", "Casa Azul: fim"},
		{"{shop}: {offer} {link} fim", "café grátis", "https://x.y/z", "Casa Azul: café gratis https://x.y/z fim"},
		{"{shop}", "café", "https://x.y/z", "Casa Azul"},
		{"oi {name},\n\n  venha \n", "", "", "oi José,\nvenha"},
		{"{shop} {offer}", "{code}", "", "Casa Azul {code}"},
		{"{shpo}", "", "", "{shpo}"},
		{"{face} 😀 não", "", "", "R$ 43 😀 não"},
		{"  ", "", "", ""},
		{"{offer}. Até", "Café grátis!", "", "Café gratis! Até"},
		{"{offer}. Até", "Café", "", "Café. Até"},
		{"a\x00b {shop}\x00", "", "", "ab Casa Azul"},
	} {
		f.Offer, f.Link = c.offer, c.link
		if got := Render(f, c.template); got != c.want {
			t.Errorf("%q gives %q, want %q", c.template, got, c.want)
		}
	}
}

// TestRenderClosesHoles takes every place in which a field may be empty.
func TestRenderClosesHoles(t *testing.T) {
	for template, want := range map[string]string{
		"{shop}: {name}, your {face}":             "Azul: your R$43",
		"{name}, your {face}":                     "your R$43",
		"Hi {name}, your {face}":                  "Hi, your R$43",
		"Hi {name}! Your {face}":                  "Hi! Your R$43",
		"Hi {name}.":                              "Hi.",
		"Your {face} {offer}. Come":               "Your R$43. Come",
		"Your {face}. {offer}. Come":              "Your R$43. Come",
		"Your {face}. {offer} {link} Come":        "Your R$43. Come",
		"Your {face}, {offer}, now":               "Your R$43, now",
		"Your {face}, {offer}.":                   "Your R$43.",
		"Your {face}, {offer}":                    "Your R$43",
		"Your {face} - {offer}":                   "Your R$43",
		"Your {face} - {offer}.":                  "Your R$43.",
		"Your {face} ({offer}) here":              "Your R$43 here",
		"Your {face} ({offer}). Here":             "Your R$43. Here",
		"a {offer} {link} {name} b":               "a b",
		"a{offer}b":                               "ab",
		"a {offer}{link} b":                       "a b",
		"{offer} {link}":                          "",
		"one\n{name}, two\n{offer}\nthree":        "one\ntwo\nthree",
		"【{shop}】{name}，您有{face}，{from}至，{offer}": "【Azul】您有R$43，至",
		"送您{face}{offer}。{link}退":                 "送您R$43。退",
		"Your {face} {from} through":              "Your R$43 through",
		"Well... {name}!":                         "Well...",
	} {
		if got := Render(Fields{Shop: "Azul", Face: "R$43"}, template); got != want {
			t.Errorf("%q gives %q, want %q", template, got, want)
		}
	}
}

func TestCheckTemplate(t *testing.T) {
	for template, want := range map[string]error{
		"": nil, "no fields": nil,
		"{shop} {face} {code} {from} {last_day} {max_discount} {name} {offer} {link} {stop}": nil,
		"{shpo}": engine.BadInput(CodeTemplateField), "{}": engine.BadInput(CodeTemplateField),
		"{ shop }": engine.BadInput(CodeTemplateField), "{Shop}": engine.BadInput(CodeTemplateField),
		"{count}": engine.BadInput(CodeTemplateField), "{coupons}": engine.BadInput(CodeTemplateField),
		"{shop": engine.BadInput(CodeTemplateBrace), "shop}": engine.BadInput(CodeTemplateBrace),
		"{{shop}}": engine.BadInput(CodeTemplateBrace), "{shop}}": engine.BadInput(CodeTemplateBrace),
		"a {":                          engine.BadInput(CodeTemplateBrace),
		strings.Repeat("{offer} ", 10): nil,
		strings.Repeat("{offer} ", 12): engine.BadInput(CodeTemplateLong),
	} {
		for _, step := range []engine.TextStep{engine.StepIssue, engine.StepDay, engine.StepLast} {
			err := CheckTemplate(step, template)
			if !errors.Is(err, want) || engine.CodeOf(err) != engine.CodeOf(want) {
				t.Errorf("%s %q: %v, want %v", step, template, err, want)
			}
		}
	}
	var e *engine.Error
	if errors.As(CheckTemplate(engine.StepDay, "é {shop"), &e); e.Args["at"] != 3 || e.Class != engine.Input {
		t.Errorf("the brace is at %v, class %v", e.Args["at"], e.Class)
	}
}

func TestFieldsAreOfTheirStep(t *testing.T) {
	for _, name := range []string{"face", "code", "from", "last_day", "offer"} {
		if slices.Contains(FieldNames(StepSeveral), name) || engine.CodeOf(CheckTemplate(StepSeveral, "{"+name+"}")) != CodeTemplateField {
			t.Errorf("a text about several coupons may name {%s}", name)
		}
	}
	for _, name := range FieldNames(StepSeveral) {
		if err := CheckTemplate(StepSeveral, "{"+name+"}"); err != nil {
			t.Errorf("{%s}: %v", name, err)
		}
	}
}

// TestNoTextIsLongerThanItsCheck writes accepted templates with values as long
// as values get.
func TestNoTextIsLongerThanItsCheck(t *testing.T) {
	st := shopOf(t, "BR", "pt-BR", strings.Repeat("S", engine.MaxTitle))
	long := Item{
		Coupon: couponOf(st, engine.MaxAmount, 400), Offer: strings.Repeat("o", engine.MaxOfferText),
		Link: "https://" + strings.Repeat("l", engine.MaxLink-8),
	}
	long.Coupon.FirstDay, long.Coupon.MaxDiscount = long.Coupon.LastDay, 9999
	name := strings.Repeat("n", engine.MaxName)
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.SampledFrom(steps).Draw(t, "step")
		piece := rapid.SampledFrom(append(FieldNames(step), "a, ", "ção."))
		template := ""
		for _, p := range rapid.SliceOfN(piece, 1, 24).Draw(t, "pieces") {
			if slices.Contains(FieldNames(step), p) {
				p = "{" + p + "}"
			}
			template += p + " "
		}
		if CheckTemplate(step, template) != nil {
			return
		}
		long.Template = complete(step, template)
		items := []Item{long}
		if step == StepSeveral {
			st.Settings = engine.Settings{engine.SetWordingSeveral: template}
			items = slices.Repeat(items, 20)
			items[0].Coupon.MaxDiscount = 9998
		}
		if n := len([]rune(Compose(formatOf(t, st), st, name, items...))); n > MaxRunes {
			t.Fatalf("%d characters", n)
		}
	})
}

func TestRenderedTextsAreTidy(t *testing.T) {
	value := rapid.StringOf(rapid.SampledFrom([]rune("aZ {}ção\u00a0\n\t—😀\x00.,")))
	rapid.Check(t, func(t *rapid.T) {
		f := Fields{Shop: value.Draw(t, "shop"), Offer: value.Draw(t, "offer"), Link: value.Draw(t, "link")}
		text := Render(f, value.Draw(t, "template")+"{shop}"+value.Draw(t, "rest")+"{link}")
		if strings.Contains(text, "  ") || strings.TrimSpace(text) != text || strings.ContainsAny(text, "\u00a0\x00") {
			t.Fatalf("%q", text)
		}
	})
}

func TestCampaignsSayWhatTheyWant(t *testing.T) {
	for _, c := range []struct {
		step           engine.TextStep
		template, want string
	}{
		{engine.StepIssue, "{shop} {stop}", "{shop} {offer} {link} {stop}"},
		{engine.StepIssue, "{shop}: {stop} {code}", "{shop}: {stop} {code} {offer} {link}"},
		{engine.StepIssue, "{link} {shop}", "{link} {shop} {offer}"},
		{engine.StepIssue, "{offer} {link}", "{offer} {link}"},
		{engine.StepDay, "{shop} {stop}", "{shop} {link} {stop}"},
		{engine.StepLast, "{offer} {shop}", "{offer} {shop} {link}"},
		{StepSeveral, "{shop}", "{shop}"},
		{engine.StepIssue, "", ""},
	} {
		if got := complete(c.step, c.template); got != c.want {
			t.Errorf("%s %q becomes %q, want %q", c.step, c.template, got, c.want)
		}
	}
}

func TestWordingsAreChecked(t *testing.T) {
	for name, step := range WordingSettings {
		st := shopOf(t, "BR", "pt-BR", "Casa Azul")
		st.Settings = engine.Settings{name: "{shop} {nobody}"}
		if err := CheckWordings(st); engine.CodeOf(err) != CodeTemplateField {
			t.Errorf("%s: %v", name, err)
		}
		st.Settings = engine.Settings{name: StandardOf("pt-BR").of(step)}
		if err := CheckWordings(st); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := CheckCampaignWording(engine.TextWording{Last: "{"}); engine.CodeOf(err) != CodeTemplateBrace {
		t.Errorf("a campaign's: %v", err)
	}
}

func FuzzCheckTemplate(f *testing.F) {
	f.Add("{shop}: {face} {code}")
	f.Add("{sh{op}}")
	f.Fuzz(func(t *testing.T, template string) {
		for _, step := range steps {
			marks := Fields{
				Shop: "s", Face: "s", Code: "s", From: "s", LastDay: "s", MaxDiscount: "s", Name: "s", Offer: "s", Link: "s",
				Stop: "s", Count: "s", Coupons: "s",
			}
			if CheckTemplate(step, template) == nil && strings.ContainsAny(Render(marks, template), "{}") {
				t.Errorf("%q passes and leaves %q", template, Render(marks, template))
			}
		}
	})
}
