package delivery

import (
	"errors"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/words"

	"pgregory.net/rapid"
)

func catalogue(t *testing.T, lang string) *words.Words {
	t.Helper()
	w, err := words.For(lang)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// longest are the longest values a text usually gets.
func longest() Fields {
	return Fields{
		Shop: "Padaria São João do Pari!", Face: "R$99.999,00", Code: "K7PM-4T9Q",
		LastDay: "04/01/2027", MaxDiscount: "100%", Name: "Maria",
	}
}

func TestDefaultTextsFitOnePart(t *testing.T) {
	f := longest()
	if n := len([]rune(f.Shop)); n != 25 {
		t.Fatalf("the shop's name has %d characters", n)
	}
	for _, lang := range words.Languages() {
		w := catalogue(t, lang)
		for _, template := range []string{CouponTemplate(w), VerifyTemplate(w)} {
			if err := CheckTemplate(template); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
			text := Render(f, template)
			if p := Count(text); p.Encoding != GSM7 || p.Parts != 1 {
				t.Errorf("%s: %+v for %q", lang, p, text)
			}
		}
	}
}

func TestDefaultTextsSayWhatTheyMust(t *testing.T) {
	f := longest()
	for lang, optOut := range map[string]string{"en": "Reply STOP to opt out", "pt-BR": "Para sair responda SAIR"} {
		w := catalogue(t, lang)
		text := Render(f, CouponTemplate(w))
		for _, part := range []string{"Padaria Sao Joao do Pari!", f.Face, f.Code, f.LastDay, f.MaxDiscount, optOut} {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q: %q", lang, part, text)
			}
		}
		if text := Render(f, VerifyTemplate(w)); !strings.Contains(text, f.Code) {
			t.Errorf("%s lacks the code: %q", lang, text)
		}
	}
}

func TestRender(t *testing.T) {
	f := Fields{Shop: "Casa\u00a0Azul", Face: "R$\u00a043", Code: "K7PM-4T9Q", Name: " José  "}
	for _, c := range []struct{ template, offer, link, want string }{
		{"{shop}: {face}", "", "", "Casa Azul: R$ 43"},
		{"{shop}: {offer} {link} fim", "", "", "Casa Azul: fim"},
		{"{shop}: {offer} {link} fim", "café grátis", "https://x.y/z", "Casa Azul: café gratis https://x.y/z fim"},
		{"{shop}", "café", "https://x.y/z", "Casa Azul café https://x.y/z"},
		{"{link} {shop}", "café", "https://x.y/z", "https://x.y/z Casa Azul café"},
		{"oi {name},\n\n  venha \n", "", "", "oi José,\nvenha"},
		{"{shop}", "{code}", "", "Casa Azul {code}"},
		{"{shpo}", "", "", "{shpo}"},
		{"{face} 😀 não", "", "", "R$ 43 😀 não"},
		{"  ", "", "", ""},
	} {
		f.Offer, f.Link = c.offer, c.link
		if got := Render(f, c.template); got != c.want {
			t.Errorf("%q gives %q, want %q", c.template, got, c.want)
		}
	}
}

func TestCheckTemplate(t *testing.T) {
	for template, want := range map[string]error{
		"": nil, "no fields": nil,
		"{shop} {face} {code} {last_day} {max_discount} {name} {offer} {link}": nil,
		"{shpo}": engine.BadInput(CodeTemplateField), "{}": engine.BadInput(CodeTemplateField),
		"{ shop }": engine.BadInput(CodeTemplateField), "{Shop}": engine.BadInput(CodeTemplateField),
		"{shop": engine.BadInput(CodeTemplateBrace), "shop}": engine.BadInput(CodeTemplateBrace),
		"{{shop}}": engine.BadInput(CodeTemplateBrace), "{shop}}": engine.BadInput(CodeTemplateBrace),
		"a {": engine.BadInput(CodeTemplateBrace),
	} {
		err := CheckTemplate(template)
		if !errors.Is(err, want) || engine.CodeOf(err) != engine.CodeOf(want) {
			t.Errorf("%q: %v, want %v", template, err, want)
		}
	}
	var e *engine.Error
	if errors.As(CheckTemplate("é {shop"), &e); e.Args["at"] != 3 || e.Class != engine.Input {
		t.Errorf("the brace is at %v, class %v", e.Args["at"], e.Class)
	}
}

func TestRenderedTextsAreTidy(t *testing.T) {
	value := rapid.StringOf(rapid.SampledFrom([]rune("aZ {}ção\u00a0\n\t—😀")))
	rapid.Check(t, func(t *rapid.T) {
		f := Fields{Shop: value.Draw(t, "shop"), Offer: value.Draw(t, "offer"), Link: value.Draw(t, "link")}
		text := Render(f, value.Draw(t, "template")+"{shop}")
		if strings.Contains(text, "  ") || strings.TrimSpace(text) != text || strings.ContainsRune(text, '\u00a0') {
			t.Fatalf("%q", text)
		}
	})
}

func FuzzCheckTemplate(f *testing.F) {
	f.Add("{shop}: {face} {code}")
	f.Add("{sh{op}}")
	f.Fuzz(func(t *testing.T, template string) {
		marks := Fields{Shop: "s", Face: "s", Code: "s", LastDay: "s", MaxDiscount: "s", Name: "s", Offer: "s", Link: "s"}
		if CheckTemplate(template) == nil && strings.ContainsAny(Render(marks, template), "{}") {
			t.Errorf("%q passes and leaves %q", template, Render(marks, template))
		}
	})
}
