package delivery

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"você não está só, amanhã às 9": "voce nao esta so, amanha às 9",
		"AÇÃO ação":                     "AÇAO acao",
		"ç ã õ á í ó ú â ê ô":           "c a o a i o u a e o",
		"Á Â Ã Í Ó Ô Õ Ú Ê À":           "A A A I O O O U E A",
		"à é ù ì ò ñ ü ö ä É Ñ Ü Ö Ä": "à é ù ì ò ñ ü ö ä É Ñ Ü Ö Ä",
		"R$\u00a043":                  "R$ 43",
		"1\u202f234":                  "1 234",
		"\u2009\u3000\u2007":          "   ",
		"“a” ‘b’ „c‟ «d» ‹e›":         `"a" 'b' "c" "d" <e>`,
		"a–b—c‑d−e•f":                 "a-b-c-d-e-f",
		"fim…":                        "fim...",
		"1º 2ª 3° ½ x² ™ ©":           "1o 2a 3o 1/2 x2 TM (c)",
		"ﬁm œuvre Œ ł đ Þ ẞ":          "fim oeuvre OE l d Th SS",
		"Ａ１！":                         "A1!",
		"a\u200bb\u00adc\ufeff\u200e": "abc",
		"a\tb":                        "a b",
		"a\u2028b":                    "a\nb",
		"e\u0301 a\u0303 c\u0327":     "é a c",
		"A\u030a":                     "Å",
		"{[~]}|^\\ €":                 "{[~]}|^\\ €",
		"₹1,234 ₺5 ₩9 zł7 Kč":         "Rs1,234 TL5 KRW9 zl7 Kc",
		"₹1,234 नमस्ते":               "₹1,234 नमस्ते",
		"ação 😀":                      "ação 😀",
		"你好，世界":                       "你好，世界",
		"Привет ё":                    "Привет ё",
		"a\xffç":                      "a\xffç",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFoldKeepsWhatGSM7Has(t *testing.T) {
	for _, r := range gsm7Basic + gsm7Extension {
		if got := Fold(string(r) + "ã"); got != string(r)+"a" {
			t.Errorf("%q became %q", r, got)
		}
	}
}

// TestFoldTouchesNothingElse puts characters that have a plain form among others
// that need none.
func TestFoldTouchesNothingElse(t *testing.T) {
	kept := rapid.SampledFrom([]rune(gsm7Basic + gsm7Extension))
	folded := map[rune]string{'ã': "a", 'ç': "c", 'Ê': "E", '\u00a0': " ", '’': "'", '–': "-", '…': "...", '₹': "Rs"}
	other := rapid.SampledFrom([]rune("ãçÊ\u00a0’–…₹"))
	rapid.Check(t, func(t *rapid.T) {
		var text, want strings.Builder
		for range rapid.IntRange(0, 60).Draw(t, "length") {
			r := kept.Draw(t, "kept")
			if rapid.IntRange(0, 3).Draw(t, "which") == 0 {
				r = other.Draw(t, "folded")
			}
			text.WriteRune(r)
			if plain, ok := folded[r]; ok {
				want.WriteString(plain)
			} else {
				want.WriteRune(r)
			}
		}
		if got := Fold(text.String()); got != want.String() {
			t.Fatalf("%q becomes %q, want %q", text.String(), got, want.String())
		}
	})
}

func TestPlainFormsAreGSM7AndNeeded(t *testing.T) {
	for r, plain := range plainOf {
		if !InGSM7(plain) {
			t.Errorf("%q folds to %q, which is not GSM-7", r, plain)
		}
		if septetsOf[r] > 0 {
			t.Errorf("%q is in GSM-7 and has a plain form", r)
		}
	}
}

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aé ção–“”\u00a0…{€\u0301ñÇ中"))).Draw(t, "text")
		once := Fold(text)
		if Fold(once) != once {
			t.Fatalf("%q, then %q", once, Fold(once))
		}
		if !strings.Contains(text, "中") && !InGSM7(once) {
			t.Fatalf("%q is not GSM-7", once)
		}
		if strings.Contains(text, "中") && once != text {
			t.Fatalf("%q changed to %q and saved nothing", text, once)
		}
	})
}

func FuzzFold(f *testing.F) {
	f.Add("Promoção de inverno: até 30 %")
	f.Add("´`¨ \u0301\ufe0f\xff")
	f.Fuzz(func(t *testing.T, text string) {
		once := Fold(text)
		if Fold(once) != once {
			t.Errorf("%q folds to %q and then to %q", text, once, Fold(once))
		}
		if !InGSM7(once) && once != text {
			t.Errorf("%q became %q and is still not GSM-7", text, once)
		}
	})
}
