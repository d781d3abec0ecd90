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
		sentence = t.count("lint.more", int64(n.More), "sentence", sentence)
	}
	if len(n.With) > 1 {
		sentence = t.say("lint.first", "sentence", sentence, "title", tidyName(n.Title))
	}
	return sentence
}

// Lints writes the warnings of a report in their order, and behind the last of
// each kind how many more there are.
func (f *Format) Lints(r engine.LintReport) []string {
	last := map[engine.LintCode]int{}
	for i, n := range r.Notes {
		last[n.Code] = i
	}
	var out []string
	for i, n := range r.Notes {
		out = append(out, f.Lint(n))
		if left := r.Left[n.Code]; left > 0 && last[n.Code] == i {
			out = append(out, f.w.N("lint.left", left, "n", f.Count(left)))
		}
	}
	return out
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
