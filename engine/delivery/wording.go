package delivery

import (
	"strings"

	"bounceback/engine"
)

// Fields are the values a text's template may name, each already written the
// way the store's country writes it. Empty ones leave no gap.
type Fields struct {
	Shop        string // {shop}
	Face        string // {face}: what the coupon is worth, "R$43"
	Code        string // {code}
	LastDay     string // {last_day}
	MaxDiscount string // {max_discount}: "30%"
	Name        string // {name}: the customer's first name
	Offer       string // {offer}: the campaign's own words
	Link        string // {link}
}

// Catalogue is where default wordings come from: it gives the sentence of a key
// with named values put in. Pairs are name, value, name, value …
type Catalogue interface {
	T(key string, pairs ...any) string
}

// Keys of the default wordings.
//
// words: delivery.text.coupon delivery.text.verify
const (
	couponKey = "delivery.text.coupon"
	verifyKey = "delivery.text.verify"
)

// CodeTemplateField says that a template names a field that does not exist. Its
// error carries field and fields, the names there are.
const CodeTemplateField engine.Code = "template_field"

// CodeTemplateBrace says that a brace in a template has no partner. Its error
// carries at, the position of the brace in characters, counted from 1, and example.
const CodeTemplateBrace engine.Code = "template_brace"

// fieldNames lists what a template may name, in the order of Fields.
var fieldNames = []string{"shop", "face", "code", "last_day", "max_discount", "name", "offer", "link"}

// FieldNames lists the fields a template may name, without their braces.
func FieldNames() []string { return append([]string(nil), fieldNames...) }

// CouponTemplate is the default wording of a coupon's first text in the
// catalogue's language.
func CouponTemplate(c Catalogue) string { return template(c, couponKey) }

// VerifyTemplate is the default wording of the text that proves a phone number
// by its {code}.
func VerifyTemplate(c Catalogue) string { return template(c, verifyKey) }

// template reads a wording with its fields still in it: each is its own value.
func template(c Catalogue, key string) string {
	named := make([]any, 0, 2*len(fieldNames))
	for _, name := range fieldNames {
		named = append(named, name, "{"+name+"}")
	}
	return c.T(key, named...)
}

// Render writes a text from a template: fields put in, folded to GSM-7 where
// that is possible (see Fold), runs of spaces made one. A campaign's offer and
// link that the template does not name follow at its end. What a field says is
// never read as a template itself. A template should have passed
// CheckTemplate; a name that is no field stays as it is written.
func Render(f Fields, template string) string {
	values := []string{f.Shop, f.Face, f.Code, f.LastDay, f.MaxDiscount, f.Name, f.Offer, f.Link}
	put := make([]string, 0, 2*len(fieldNames))
	for i, name := range fieldNames {
		field := "{" + name + "}"
		put = append(put, field, tidy(values[i]))
		if (name == "offer" || name == "link") && !strings.Contains(template, field) {
			template += " " + field
		}
	}
	return collapse(Fold(strings.NewReplacer(put...).Replace(template)))
}

// tidy makes one space of each run of spaces and line breaks.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// collapse makes one space of each run of spaces, and one line break of a run
// that holds one.
func collapse(text string) string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\n\r\f\v", r) })
	kept := lines[:0]
	for _, line := range lines {
		if line = tidy(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// CheckTemplate tells what is wrong with a template: CodeTemplateField or
// CodeTemplateBrace, both of class Input, or nil.
func CheckTemplate(template string) error {
	rest, at := []rune(template), 0
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '}':
			return engine.BadInput(CodeTemplateBrace, "at", i+1, "example", "{code}")
		case '{':
			at = i
			for i++; i < len(rest) && rest[i] != '}' && rest[i] != '{'; i++ {
			}
			if i == len(rest) || rest[i] == '{' {
				return engine.BadInput(CodeTemplateBrace, "at", at+1, "example", "{code}")
			}
			if err := checkField(string(rest[at+1 : i])); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkField(name string) error {
	for _, known := range fieldNames {
		if name == known {
			return nil
		}
	}
	return engine.BadInput(CodeTemplateField, "field", name, "fields", "{"+strings.Join(fieldNames, "} {")+"}")
}
