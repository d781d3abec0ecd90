package words

import (
	"strings"
	"testing"

	"bounceback/engine"
)

func TestLint(t *testing.T) {
	en, pt := format(t, "en", "GB", "GBP", "UTC"), format(t, "pt-BR", "BR", "BRL", "UTC")
	for _, c := range []struct {
		note   engine.LintNote
		en, pt string
	}{
		{
			engine.LintNote{Code: engine.LintDates, Title: "Spring", Field: "threshold.from"},
			"“Spring” never applies: no day is left on which it runs (see threshold.from).",
			"“Spring” nunca vale: não resta nenhum dia em que ela funcione (veja threshold.from).",
		},
		{
			engine.LintNote{Code: engine.LintGiftStock, Title: "Spring", Product: "Mug", Units: 1},
			"“Spring” gives Mug, of which only 1 piece is in stock.", "“Spring” dá Mug, e só há 1 unidade em estoque.",
		},
		{
			engine.LintNote{Code: engine.LintHiddenPart, Title: "Spring", ByTitle: "Summer", From: 5000, To: 9999},
			"“Spring” does not give its coupon for sales from 50.00 to 99.99: “Summer” comes first.",
			"“Spring” não gera cupom em vendas de 50,00 a 99,99: “Summer” vem antes.",
		},
		{
			engine.LintNote{Code: engine.LintHiddenPart, Title: "Spring", ByTitle: "Summer", From: 5000},
			"“Spring” does not give its coupon for sales from 50.00 on: “Summer” comes first.",
			"“Spring” não gera cupom em vendas a partir de 50,00: “Summer” vem antes.",
		},
		{
			engine.LintNote{Code: engine.LintLoss, Title: "Club", With: []string{"Spring", "Club"}, Product: "Espresso", Units: 3, Amount: 1000, Cost: 1250, More: 2},
			"With “Spring” and “Club”, 3 × Espresso sells for 10.00, below its cost of 12.50. And 2 more products likewise. Change “Club” first.",
			"Com “Spring” e “Club”, 3 × Espresso sai por 10,00, abaixo do custo de 12,50. E mais 2 produtos do mesmo jeito. Mude “Club” primeiro.",
		},
		{
			engine.LintNote{Code: engine.LintLoss, With: []string{"Set"}, SKU: "ESP", Units: 1, Amount: 1000, Cost: 1250, Beside: []string{"Tea", "Mug"}},
			"With “Set”, 1 × ESP with Tea and Mug sells for 10.00, below the cost of 12.50.",
			"Com “Set”, 1 × ESP com Tea e Mug sai por 10,00, abaixo do custo de 12,50.",
		},
		{
			engine.LintNote{Code: engine.LintFloor, With: []string{"Spring"}, Product: "Mug", Units: 1, Amount: 3000},
			"With “Spring”, Mug would sell below its floor, and is held at 30.00.", "Com “Spring”, Mug sairia abaixo do preço mínimo e fica em 30,00.",
		},
	} {
		if got := en.Lint(c.note); got != c.en {
			t.Errorf("%s: got %q, want %q", c.note.Code, got, c.en)
		}
		if got := pt.Lint(c.note); got != c.pt {
			t.Errorf("%s: got %q, want %q", c.note.Code, got, c.pt)
		}
	}
}

// Behind the last warning of a kind stands how many more of it there are.
func TestLints(t *testing.T) {
	r := engine.LintReport{
		Notes: []engine.LintNote{{Code: engine.LintGroup, Title: "A"}, {Code: engine.LintDates, Title: "B"}, {Code: engine.LintGroup, Title: "C"}},
		Left:  map[engine.LintCode]int{engine.LintGroup: 3},
	}
	got := format(t, "en", "GB", "GBP", "UTC").Lints(r)
	if len(got) != 4 || got[3] != "… and 3 more warnings of this kind." || !strings.Contains(got[2], "“C”") {
		t.Errorf("got %q", got)
	}
}

// Every warning has a sentence that holds all it can tell, in every language.
func TestEveryLintCodeHasASentence(t *testing.T) {
	for _, lang := range []string{"en", "pt-BR"} {
		f := format(t, lang, "BR", "BRL", "UTC")
		for _, code := range []engine.LintCode{
			engine.LintDates, engine.LintHours, engine.LintClash, engine.LintNoProduct, engine.LintLabel, engine.LintGift,
			engine.LintGiftStock, engine.LintNothing, engine.LintSame, engine.LintSameCode, engine.LintGroup, engine.LintHidden,
			engine.LintHiddenPart, engine.LintNeverWins, engine.LintLoss, engine.LintFloor,
		} {
			n := engine.LintNote{Code: code, Title: "Spring", ByTitle: "Summer", With: []string{"Spring"}, Field: "target", Text: "x", Product: "Mug", Units: 2}
			if text := f.Lint(n); faultIn(text) != "" || !strings.Contains(text, "Spring") || !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %s says %q", lang, code, text)
			}
		}
		if f.LintCut(engine.LintReport{}) != "" || !strings.Contains(f.LintCut(engine.LintReport{Cut: true, Products: 2000}), "2.000") {
			t.Errorf("%s: %q", lang, f.LintCut(engine.LintReport{Cut: true, Products: 2000}))
		}
	}
}
