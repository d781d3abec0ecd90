package form

import "bounceback/engine"

func (f *textsForm) plan() *engine.TextPlan {
	if f == nil {
		return nil
	}
	return &engine.TextPlan{AtIssue: f.AtIssue, Days: f.Days, Before: f.Before, LongLife: f.LongLife}
}

func textsOf(p *engine.TextPlan) *textsForm {
	if p == nil {
		return nil
	}
	return &textsForm{AtIssue: p.AtIssue, Days: p.Days, Before: p.Before, LongLife: p.LongLife}
}

func (f *wordingForm) wording() engine.TextWording {
	if f == nil {
		return engine.TextWording{}
	}
	return engine.TextWording{Issue: f.Issue, Day: f.Day, Last: f.Last}
}

// wordingOf leaves out a wording that is the store's throughout.
func wordingOf(w engine.TextWording) *wordingForm {
	f := wordingForm{Issue: w.Issue, Day: w.Day, Last: w.Last}
	if f == (wordingForm{}) {
		return nil
	}
	return &f
}
