package delivery

import (
	"slices"
	"strings"
	"testing"

	"bounceback/engine"

	"github.com/pelletier/go-toml/v2"
)

// longest are the longest values a text usually gets.
func longest(s Standard) Fields {
	f := Fields{
		Shop: "Padaria São João do Pari!", Face: "R$1.234", Code: "K7PM-4T9Q", LastDay: "04/01", MaxDiscount: "30%",
		Name: "Maximiliana", Stop: s.Stop, Count: "2",
	}
	each := Render(f, s.Each)
	f.Coupons = each + ", " + each
	return f
}

var textLanguages = []string{"en", "es", "pt-BR", "zh"}

func TestEveryLanguageHasItsWordings(t *testing.T) {
	d, err := engine.SettingByName(engine.SetTextLanguage)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range d.Choices {
		if _, ok := standards()[lang]; lang != "store" && !ok {
			t.Errorf("there are no texts in %s", lang)
		}
	}
	for _, lang := range textLanguages {
		data, err := wordingFiles.ReadFile("wordings/" + lang + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		var s Standard
		if err := toml.NewDecoder(strings.NewReader(string(data))).DisallowUnknownFields().Decode(&s); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
		for _, text := range []string{s.Issue, s.Day, s.Last, s.Several, s.Each, s.From, s.Verify, s.Stop} {
			if text == "" {
				t.Errorf("%s lacks a text: %+v", lang, s)
			}
		}
	}
	if StandardOf("xx") != StandardOf("en") {
		t.Error("a language without texts does not get the English ones")
	}
}

func TestStandardTextsFitOnePart(t *testing.T) {
	if n := len([]rune(longest(Standard{}).Shop)); n != engine.MaxTitle {
		t.Fatalf("the shop's name has %d characters", n)
	}
	for _, lang := range textLanguages {
		s := StandardOf(lang)
		texts := map[string]string{
			"issue": s.Issue, "day": s.Day, "last": s.Last, "verify": s.Verify, "several": s.Several,
		}
		if lang == "zh" {
			delete(texts, "several") // two codes and their days are 60 of 70 already
		}
		for name, template := range texts {
			text := Render(longest(s), template)
			p := Count(text)
			if want := map[bool]Encoding{true: UCS2, false: GSM7}[lang == "zh"]; p.Encoding != want || p.Parts != 1 {
				t.Errorf("%s %s: %+v for %q", lang, name, p, text)
			}
		}
	}
}

func TestTextOfALaterCouponFitsOnePart(t *testing.T) {
	for _, lang := range []string{"en", "es", "pt-BR"} {
		s := StandardOf(lang)
		f := longest(s)
		f.From = strings.ReplaceAll(s.From, "{first_day}", "22/11")
		if text := Render(f, s.Issue); Count(text).Parts != 1 || !strings.Contains(text, f.From+" ") {
			t.Errorf("%s: %+v for %q", lang, Count(text), text)
		}
	}
}

func TestStandardTextsSayWhatTheyMust(t *testing.T) {
	for _, lang := range textLanguages {
		s := StandardOf(lang)
		f := longest(s)
		for _, step := range steps {
			template := s.of(step)
			if err := CheckTemplate(step, template); err != nil {
				t.Errorf("%s %s: %v", lang, step, err)
			}
			if complete(step, template) != template {
				t.Errorf("%s %s does not say where the campaign's words go", lang, step)
			}
			text := Render(f, template)
			for _, part := range []string{Fold(f.Shop), f.Face, f.Code, f.LastDay, f.MaxDiscount, s.Stop} {
				if !strings.Contains(text, part) && lang != "zh" {
					t.Errorf("%s %s lacks %q: %q", lang, step, part, text)
				}
			}
			if !HasStop(s.Stop) {
				t.Errorf("%s: %q is no opt-out notice", lang, s.Stop)
			}
		}
		if text := Render(f, s.Verify); !strings.Contains(text, f.Code) || HasStop(text) {
			t.Errorf("%s: %q", lang, text)
		}
	}
}

func TestTemplate(t *testing.T) {
	st := shopOf(t, "BR", "store", "Casa Azul")
	own := engine.TextWording{Day: "own {shop} {link}"}
	if got := Template(st, own, engine.StepDay); got != own.Day {
		t.Errorf("the campaign's: %q", got)
	}
	if got := Template(st, own, engine.StepLast); got != StandardOf("pt-BR").Last {
		t.Errorf("the language's: %q", got)
	}
	st.Settings[engine.SetWordingLast], st.Settings[engine.SetWordingSeveral] = "store {shop}", "many {count}"
	if got := Template(st, own, engine.StepLast); got != "store {shop} {link}" {
		t.Errorf("the store's: %q", got)
	}
	if got := Template(st, own, StepSeveral); got != "many {count}" {
		t.Errorf("of several: %q", got)
	}
	st.Settings[engine.SetTextLanguage] = "zh"
	if got := Template(st, own, engine.StepIssue); got != StandardOf("zh").Issue || TextLanguage(st) != "zh" {
		t.Errorf("in another language: %q", got)
	}
}

// TestStandardTextsReadWellWithoutValues writes each text with every subset of
// the fields that may be empty.
func TestStandardTextsReadWellWithoutValues(t *testing.T) {
	for _, lang := range textLanguages {
		s := StandardOf(lang)
		for _, step := range steps {
			for set := range 16 {
				f := longest(s)
				for i, p := range []*string{&f.Name, &f.Offer, &f.Link, &f.From} {
					*p = ""
					if set&(1<<i) != 0 {
						*p = "Xy"
					}
				}
				text := Render(f, s.of(step))
				for _, bad := range []string{"  ", " .", " ,", ": ,", "..", ",,", "。。", "，，", " 。"} {
					if strings.Contains(text, bad) {
						t.Errorf("%s %s: %q in %q", lang, step, bad, text)
					}
				}
				if slices.Contains([]byte{' ', ','}, text[len(text)-1]) {
					t.Errorf("%s %s ends badly: %q", lang, step, text)
				}
			}
		}
	}
}
