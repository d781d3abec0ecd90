package words

import (
	"bounceback/engine"
)

// Lint writes a warning about a campaign as a sentence.
//
// words: lint.*
func (f *Format) Lint(n engine.LintNote) string {
	t := &teller{f: f}
	sentence := f.w.N(t.lintKey(n), int(n.Units), t.lintArgs(n)...)
	if n.More > 0 {
		return t.count("lint.more", int64(n.More), "sentence", sentence)
	}
	return sentence
}

// lintKey picks the sentence of a note's code where there are two of it.
func (t *teller) lintKey(n engine.LintNote) string {
	switch {
	case n.Code == engine.LintHiddenPart && n.To == 0:
		return "lint.hidden_from"
	case n.Code == engine.LintLoss && len(n.Beside) > 0:
		return "lint.loss_beside"
	}
	return "lint." + string(n.Code)
}

func (t *teller) lintArgs(n engine.LintNote) []any {
	titles := make([]string, 0, len(n.With))
	for _, title := range n.With {
		titles = append(titles, t.say("lint.title", "title", tidyName(title)))
	}
	product := tidyName(n.Product)
	if product == "" {
		product = n.SKU
	}
	return []any{
		"title", tidyName(n.Title), "by", tidyName(n.ByTitle), "field", n.Field, "text", tidyName(n.Text), "product", product,
		"campaigns", t.list(titles, "offer.list.and"), "beside", t.list(tidied(n.Beside), "offer.list.and"),
		"amount", t.f.Amount(n.Amount), "cost", t.f.Amount(n.Cost), "from", t.f.Amount(n.From), "to", t.f.Amount(n.To),
		"n", t.f.Count(int(n.Units)),
	}
}

// LintCut says that a report does not hold everything; empty if it does.
func (f *Format) LintCut(r engine.LintReport) string {
	if !r.Cut {
		return ""
	}
	return f.w.N("lint.cut", r.Products, "n", f.Count(r.Products))
}
