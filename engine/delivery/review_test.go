package delivery

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/words"
)

// trialOf is a trial in a store that pays 0.14 a part.
func trialOf(t *testing.T, country, lang string, step engine.TextStep, template string) Trial {
	t.Helper()
	st := shopOf(t, country, lang, "Casa Azul")
	st.Settings[engine.SetTextPrice] = "140000"
	return Trial{
		Format: formatOf(t, st), Store: st, Step: step, Template: template,
		Now: engine.InstantOf(time.Date(2026, time.November, 20, 15, 0, 0, 0, time.UTC)),
	}
}

func kinds(r Review) (list []WarningKind) {
	for _, w := range r.Warnings {
		list = append(list, w.Kind)
	}
	return list
}

func TestReview(t *testing.T) {
	for _, c := range []struct {
		name, country, template string
		step                    engine.TextStep
		real                    string
		parts                   int // of the longest
		warnings                []WarningKind
	}{
		{
			"a good one", "US", "{shop}: {face} {code} {last_day}. {stop}", engine.StepIssue,
			"Casa Azul: $43 K7PM-4T9Q 01/04. Reply STOP to opt out", 1, nil,
		},
		{
			"no way out where one is asked for", "US", "{shop}: {face} {code}", engine.StepDay,
			"Casa Azul: $43 K7PM-4T9Q", 1,
			[]WarningKind{WarnStop},
		},
		{
			"no way out where none is asked for", "BR", "{shop}: {face} {code}", engine.StepDay,
			"Casa Azul: R$43 K7PM-4T9Q", 1, nil,
		},
		{
			"its own way out", "US", "{shop}: {face} {code}. STOP to end", engine.StepDay,
			"Casa Azul: $43 K7PM-4T9Q. STOP to end", 1, nil,
		},
		{
			"no code", "BR", "{shop}: {face}", engine.StepLast,
			"Casa Azul: R$43", 1,
			[]WarningKind{WarnCode},
		},
		{
			"long", "BR", "{shop}: {face} {code} " + strings.Repeat("a", 133), engine.StepLast,
			"Casa Azul: R$43 K7PM-4T9Q " + strings.Repeat("a", 133), 2,
			[]WarningKind{WarnParts, WarnSplit},
		},
		{
			"an emoji", "BR", "{shop}: {face} {code} 🎁 São", engine.StepIssue,
			"Casa Azul: R$43 K7PM-4T9Q 🎁 São", 1,
			[]WarningKind{WarnChars},
		},
		{
			"Chinese is written in Chinese", "CN", "【{shop}】送您{face}券{code}，明天再来看看我们的新品吧，回TD退订", engine.StepIssue,
			"【Casa Azul】送您¥43券K7PM-4T9Q，明天再来看看我们的新品吧，回TD退订", 1, nil,
		},
		{
			"of several", "US", "{shop}: {coupons} {stop}", StepSeveral,
			"Casa Azul: $43 K7PM-4T9Q to 01/04, $12 9QX2-M0A8 to 01/04 Reply STOP to opt out", 1, nil,
		},
		{
			"of several without them", "BR", "{shop}: {count}", StepSeveral,
			"Casa Azul: 2", 1,
			[]WarningKind{WarnCode},
		},
	} {
		r, err := trialOf(t, c.country, "en", c.step, c.template).Review()
		if err != nil || r.Real.Text != c.real || r.Longest.Parts.Parts != c.parts || !slices.Equal(kinds(r), c.warnings) {
			t.Errorf("%s: %v\n%+v\nwant %q, %d parts, %v", c.name, err, r, c.real, c.parts, c.warnings)
		}
		if want := engine.Micros(140_000 * c.parts); r.Longest.Cost != want || r.Real.Cost != 140_000*engine.Micros(r.Real.Parts.Parts) {
			t.Errorf("%s: it costs %d and %d", c.name, r.Real.Cost, r.Longest.Cost)
		}
	}
}

// TestReviewOfNames: a name in other letters costs, which is told and no warning.
func TestReviewOfNames(t *testing.T) {
	r, err := trialOf(t, "BR", "en", engine.StepDay, "{name}, {face} {code}"+strings.Repeat(" x", 25)).Review()
	if err != nil || len(r.Warnings) > 0 || !strings.HasPrefix(r.Foreign.Text, "李 Wei, R$43 K7PM-4T9Q x") ||
		r.Real.Parts.Parts != 1 || r.Foreign.Parts.Parts != 2 || r.Foreign.Parts.Encoding != UCS2 || r.Foreign.Cost != 280_000 {
		t.Errorf("%v: %+v", err, r)
	}
	if r, err = trialOf(t, "BR", "en", engine.StepDay, "{face} {code}").Review(); err != nil || r.Foreign != (Written{}) {
		t.Errorf("without a name: %v, %+v", err, r.Foreign)
	}
}

func TestReviewRefuses(t *testing.T) {
	if _, err := trialOf(t, "BR", "en", StepSeveral, "{code}").Review(); engine.CodeOf(err) != CodeTemplateField {
		t.Errorf("%v", err)
	}
}

// TestReviewOfTheStandard finds nothing odd about what is there out of the box.
func TestReviewOfTheStandard(t *testing.T) {
	for _, lang := range textLanguages {
		for _, step := range steps {
			r, err := trialOf(t, "US", lang, step, "").Review()
			odd := kinds(r)
			if lang == "zh" && step == StepSeveral {
				odd = nil // two codes fill a part of 70
			}
			if err != nil || len(odd) > 0 {
				t.Errorf("%s %s: %v, %v in %q", lang, step, err, odd, r.Longest.Text)
			}
		}
	}
}

func TestReviewShowsRealCoupons(t *testing.T) {
	tr := trialOf(t, "BR", "pt-BR", engine.StepIssue, "{shop}: {name} {face} {code} {from} {last_day} {max_discount}")
	tr.First = "Zoë"
	tr.Items = []Item{{Coupon: couponOf(tr.Store, 1250, 400), Offer: "Café", Link: "https://x.y"}}
	r, err := tr.Review()
	if want := "Casa Azul: Zoe R$12,50 K7PM-4T9Q 25/12/2027 30% Café https://x.y"; err != nil || r.Real.Text != want {
		t.Errorf("%v: %q, want %q", err, r.Real.Text, want)
	}
	if want := "Casa Azul: Maximiliana R$1.234 WWWW-WWWW 25/12 30%"; r.Longest.Text != want {
		t.Errorf("the longest: %q, want %q", r.Longest.Text, want)
	}
}

func TestReviewOfACampaign(t *testing.T) {
	tr := trialOf(t, "JP", "en", engine.StepIssue, "")
	tr.Store.Title = "Shop"
	tr.Campaign = engine.Campaign{
		Terms: engine.Terms{Cashback: 1000, MaxDiscount: 2500, Lifetime: 400, ValidAfter: 2}, OfferText: "Tea!",
		Link: "https://x.y", Wording: engine.TextWording{Issue: "{shop} {face} {code} {from}-{last_day} {max_discount} STOP"},
	}
	r, err := tr.Review()
	if want := "Shop ¥2,150 K7PM-4T9Q from 11/23-2027/12/26 25% STOP Tea! https://x.y"; err != nil || r.Real.Text != want {
		t.Errorf("%v: %q, want %q", err, r.Real.Text, want)
	}
	if want := "Shop ¥123,400 WWWW-WWWW from 11/12-2027/12/15 25% STOP Tea! https://x.y"; r.Longest.Text != want {
		t.Errorf("the longest: %q, want %q", r.Longest.Text, want)
	}
}

func TestForcing(t *testing.T) {
	for text, want := range map[string][]Forced{
		"":                   nil,
		"ação – “ok” é € {}": nil,
		"ab 🎁 c 中":           {{"🎁", 4}, {"中", 8}},
		"e\u0301 я":          {{"я", 3}},
		"👍🏽":                 {{"👍", 1}, {"🏽", 2}},
	} {
		if got := Forcing(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// FuzzForcing compares the two ways of looking at a text.
func FuzzForcing(f *testing.F) {
	f.Add("ação 😀")
	f.Fuzz(func(t *testing.T, text string) {
		if gsm := InGSM7(Fold(text)); gsm != (len(Forcing(text)) == 0) {
			t.Errorf("%q: GSM-7 is %v, forced by %v", text, gsm, Forcing(text))
		}
	})
}

func TestWarningsAreTold(t *testing.T) {
	for _, lang := range words.Languages() {
		c, err := words.For(lang)
		if err != nil {
			t.Fatal(err)
		}
		tr := trialOf(t, "US", "en", engine.StepDay, "{shop} 😀 "+strings.Repeat("a", 80))
		r, err := tr.Review()
		if err != nil || len(r.Warnings) != 5 {
			t.Fatalf("%v, %v", err, r.Warnings)
		}
		told := ""
		for _, w := range r.Warnings {
			told += w.Tell(c) + "\n"
		}
		for _, part := range []string{" 2 ", "SNS", "😀", "{stop}", "{code}"} {
			if !strings.Contains(told, part) {
				t.Errorf("%s lacks %q: %s", lang, part, told)
			}
		}
		if strings.ContainsAny(told, "⟦⟧") {
			t.Errorf("%s: %s", lang, told)
		}
	}
}
