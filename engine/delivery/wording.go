package delivery

import (
	"slices"
	"strings"
	"unicode/utf8"

	"bounceback/engine"
)

// Fields are the values a text's template may name, each already written the
// way the store's country writes it. Empty ones leave no gap.
type Fields struct {
	Shop        string // {shop}
	Face        string // {face}: what the coupon is worth, "R$43"
	Code        string // {code}
	From        string // {from}: "from 22/11"; empty of a coupon that is good at once
	LastDay     string // {last_day}: the last day it is good
	MaxDiscount string // {max_discount}: "30%"; of coupons that differ, "20%-30%"
	Name        string // {name}: the customer's first name
	Offer       string // {offer}: the campaign's own words
	Link        string // {link}
	Stop        string // {stop}: how to opt out
	Count       string // {count}: of coupons, in a text about several
	Coupons     string // {coupons}: each of them
}

// StepSeveral is the place of the text that speaks of several coupons: it
// belongs to no coupon's cycle.
const StepSeveral engine.TextStep = "several"

// Codes of templates, of class Input.
const (
	CodeTemplateField engine.Code = "template_field" // names a field that does not exist; with field and fields, the names there are
	CodeTemplateBrace engine.Code = "template_brace" // a brace has no partner; with at, its position in characters from 1, and example
	CodeTemplateLong  engine.Code = "template_long"  // with the longest values more than most characters, which no carrier takes
)

// field is one name of a template.
type field struct {
	name  string
	value func(*Fields) *string
	one   bool // in a text about one coupon
	many  bool // in a text about several
}

// fields are all there are, in the order in which people are shown them.
var fields = []field{
	{"shop", func(f *Fields) *string { return &f.Shop }, true, true},
	{"face", func(f *Fields) *string { return &f.Face }, true, false},
	{"code", func(f *Fields) *string { return &f.Code }, true, false},
	{"from", func(f *Fields) *string { return &f.From }, true, false},
	{"last_day", func(f *Fields) *string { return &f.LastDay }, true, false},
	{"count", func(f *Fields) *string { return &f.Count }, false, true},
	{"coupons", func(f *Fields) *string { return &f.Coupons }, false, true},
	{"max_discount", func(f *Fields) *string { return &f.MaxDiscount }, true, true},
	{"name", func(f *Fields) *string { return &f.Name }, true, true},
	{"offer", func(f *Fields) *string { return &f.Offer }, true, false},
	{"link", func(f *Fields) *string { return &f.Link }, true, true},
	{"stop", func(f *Fields) *string { return &f.Stop }, true, true},
}

// FieldNames lists the fields that the template of a step may name, without
// their braces.
func FieldNames(step engine.TextStep) []string {
	var names []string
	for _, f := range fields {
		if step == StepSeveral && f.many || step != StepSeveral && f.one {
			names = append(names, f.name)
		}
	}
	return names
}

// names tells whether a template names a field.
func names(template, field string) bool { return strings.Contains(template, "{"+field+"}") }

// widest holds the longest values that there can be, so that no text that is
// ever written from a template is longer.
var widest = Fields{
	Shop: strings.Repeat("W", engine.MaxTitle), Face: strings.Repeat("9", 24), Code: "WWWWW-WWWWW", From: strings.Repeat("9", 24),
	LastDay: "31/12/2099", MaxDiscount: "99.99%-99.99%", Name: strings.Repeat("W", engine.MaxName), Offer: strings.Repeat("W", engine.MaxOfferText),
	Link: strings.Repeat("W", engine.MaxLink), Stop: strings.Repeat("W", 30), Count: "99", Coupons: strings.Repeat("W", maxListed*60),
}

// CheckTemplate tells why the template of a step cannot be used, or nil:
// CodeTemplateField, CodeTemplateBrace or CodeTemplateLong. An empty one can.
func CheckTemplate(step engine.TextStep, template string) error {
	rest, at := []rune(template), 0
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '}':
			return engine.BadInput(CodeTemplateBrace, "at", i+1, "example", "{shop}")
		case '{':
			at = i
			for i++; i < len(rest) && rest[i] != '}' && rest[i] != '{'; i++ {
			}
			if i == len(rest) || rest[i] == '{' {
				return engine.BadInput(CodeTemplateBrace, "at", at+1, "example", "{shop}")
			}
			if err := checkField(step, string(rest[at+1:i])); err != nil {
				return err
			}
		}
	}
	return checkLength(step, template)
}

func checkField(step engine.TextStep, name string) error {
	known := FieldNames(step)
	if slices.Contains(known, name) {
		return nil
	}
	return engine.BadInput(CodeTemplateField, "field", "{"+name+"}", "fields", "{"+strings.Join(known, "} {")+"}")
}

func checkLength(step engine.TextStep, template string) error {
	if n := utf8.RuneCountInString(Render(widest, complete(step, template))); n > MaxRunes {
		return engine.BadInput(CodeTemplateLong, "length", n, "most", MaxRunes)
	}
	return nil
}

// WordingSettings are the settings that hold templates, by the step of each.
var WordingSettings = map[engine.Setting]engine.TextStep{
	engine.SetWording: engine.StepIssue, engine.SetWordingDay: engine.StepDay,
	engine.SetWordingLast: engine.StepLast, engine.SetWordingSeveral: StepSeveral,
}

// CheckWordings tells why one of a store's templates cannot be used, or nil.
func CheckWordings(st engine.Store) error {
	w := st.Settings.TextWording()
	if err := CheckCampaignWording(w); err != nil {
		return err
	}
	return CheckTemplate(StepSeveral, w.Several)
}

// CheckCampaignWording tells why one of a campaign's templates cannot be used,
// or nil.
func CheckCampaignWording(w engine.TextWording) error {
	for _, step := range []engine.TextStep{engine.StepIssue, engine.StepDay, engine.StepLast} {
		if err := CheckTemplate(step, w.Of(step)); err != nil {
			return err
		}
	}
	return nil
}
