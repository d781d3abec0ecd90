package screen

import (
	"errors"
	"strings"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/form"
)

// look works out anew what comes of the wording.
func (p *wordingPage) look() {
	t := delivery.Trial{
		Format: p.format, Store: p.job.store, Campaign: p.job.campaign, Step: p.job.step, Template: p.text(),
		Items: p.sample.items, First: p.sample.first, Now: p.now(),
	}
	if p.text() == "" {
		t.Template = p.job.standard
	}
	p.review, p.fault = t.Review()
}

// warnings are what is odd about a wording of one's own.
func (p *wordingPage) warnings() []string {
	if p.fault != nil || p.text() == "" {
		return nil
	}
	var out []string
	for _, w := range p.review.Warnings {
		out = append(out, w.Tell(p.env.Words))
	}
	return out
}

// mostSlips is how many letters a field's name may be off to be taken for
// another's.
const mostSlips = 2

// faultText says why the wording cannot be used; of a field that does not
// exist, which one may be meant.
func (p *wordingPage) faultText() string {
	said := p.env.explain(p.fault)
	var e *engine.Error
	if !errors.As(p.fault, &e) || e.Code != delivery.CodeTemplateField {
		return said
	}
	typed, _ := e.Args["field"].(string)
	if near := p.meant(strings.ToLower(strings.Trim(typed, "{} "))); near != "" {
		return p.t("wording.near", "field", "{"+near+"}") + " " + said
	}
	return said
}

// leastWord is how many letters a word has that tells one field from others.
const leastWord = 4

// meant is the field that was meant by a name that is none: the one that is
// spelled nearly so, or the only one that is described by this word.
func (p *wordingPage) meant(typed string) string {
	best, near := mostSlips+1, ""
	var described []string
	for _, name := range delivery.FieldNames(p.job.step) {
		if n := form.Distance(typed, name, best); n < best {
			best, near = n, name
		}
		if len(typed) >= leastWord && strings.Contains(strings.ToLower(p.t("wording.fields."+name)), typed) {
			described = append(described, name)
		}
	}
	if near == "" && len(described) == 1 {
		return described[0]
	}
	return near
}
