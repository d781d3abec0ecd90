package screen

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// offerForm is the part of a campaign's form that says what it offers.
type offerForm struct {
	env    *Env
	begun  engine.Offer
	fields []offerField
	open   bool // the kind can be chosen
	whole  bool // the form has fields for all that the offer says; otherwise it shows none and the offer stays as it is
}

// newOfferForm makes the fields of an offer; with open its kind can be chosen.
func newOfferForm(env *Env, o engine.Offer, open bool) *offerForm {
	if o.Kind == "" {
		o.Kind = engine.KindNextCoupon
	}
	f := &offerForm{env: env, begun: o, fields: offerFields(), open: open, whole: true}
	v := kit.Values{}
	for _, fd := range f.kitFields() {
		v[fd.Name] = fd.Value
	}
	blank := plainOffer(o) == plainOffer(engine.Offer{Kind: o.Kind})
	f.whole = blank || plainOffer(f.offer(v)) == plainOffer(o)
	return f
}

// The names of fields that stand apart.
const (
	fieldKind   = "kind"
	fieldCode   = "code"
	fieldOpens  = "only."
	labelFields = "lists.offer."
)

// kitFields are the fields of the form: the kind, what is given, and under which
// conditions.
func (f *offerForm) kitFields() []kit.Field {
	return append(append([]kit.Field{f.kindField()}, f.benefit()...), f.conditions()...)
}

// benefit are the fields of what is given.
//
// words: lists.offer.*
func (f *offerForm) benefit() []kit.Field {
	return f.section("", func(name string) bool { return name != fieldCode })
}

// conditions are the code that is asked for, and the sections.
func (f *offerForm) conditions() []kit.Field {
	out := f.section("", func(name string) bool { return name == fieldCode })
	for _, section := range offerSections {
		out = append(append(out, f.sectionField(section)), f.section(section, func(string) bool { return true })...)
	}
	return out
}

// section are the fields of a section, or those that stand in none.
func (f *offerForm) section(section string, which func(name string) bool) []kit.Field {
	var out []kit.Field
	for _, fd := range f.fields {
		if fd.in == section && which(fd.name) {
			out = append(out, f.kitField(fd))
		}
	}
	return out
}

func (f *offerForm) kindField() kit.Field {
	return kit.Field{
		Name: fieldKind, Label: "lists.offer.kind", Hint: "lists.offer.kind.help", Kind: kit.Choice, Value: string(f.begun.Kind),
		Options: kindOptions(f.env), Hidden: func(kit.Values) bool { return !f.open || !f.whole },
	}
}

// kindOptions are the kinds of offers by their plain names.
//
// words: lists.offer.kind.*
func kindOptions(env *Env) []kit.Option {
	out := make([]kit.Option, len(offerKinds))
	for i, k := range offerKinds {
		out[i] = kit.Option{Value: string(k), Label: env.Words.T("lists.offer.kind." + string(k))}
	}
	return out
}

// sectionField opens a section.
//
// words: lists.offer.section.*
func (f *offerForm) sectionField(section string) kit.Field {
	label := "lists.offer.section." + section
	return kit.Field{
		Name: fieldOpens + section, Label: label, Hint: label + ".help", Kind: kit.YesNo, Value: yesNo(f.opened(section)),
		Hidden: func(v kit.Values) bool { return !f.whole || !sectionFits(section, f.kind(v)) },
	}
}

// opened tells whether a section is open from the start: the offer says
// something in it, or its kind can hardly do without.
func (f *offerForm) opened(section string) bool {
	for _, fd := range f.fields {
		if fd.in == section && fd.show(f.env, &f.begun) != fd.show(f.env, &engine.Offer{}) {
			return true
		}
	}
	return section == secGoods && isSet(f.begun.Kind) && f.begun.Kind != engine.KindBundle
}

// kitField makes a form's field out of an offer's.
func (f *offerForm) kitField(fd offerField) kit.Field {
	label := labelFields + fd.name
	out := kit.Field{
		Name: fd.name, Label: label, Hint: label + ".help", Kind: fd.kind, Limit: fd.limit, List: fd.list, Under: fd.in != "",
		Value:  f.begins(fd),
		Read:   func(text string, v kit.Values) (string, error) { return f.read(fd, text, v) },
		Hidden: func(v kit.Values) bool { return !f.shows(fd, v) },
	}
	if fd.options != nil {
		for _, value := range fd.options(f.begun.Kind) {
			out.Options = append(out.Options, kit.Option{Value: value, Label: f.env.Words.T(label + "." + value)})
		}
	}
	return out
}

// begins is what a field begins with: what the offer says, or what stands
// there should its kind be chosen.
func (f *offerForm) begins(fd offerField) string {
	text := fd.show(f.env, &f.begun)
	if text == "" && fd.begins != nil {
		return fd.begins(f.begun.Kind)
	}
	return text
}

// kind is the kind that the form says.
func (f *offerForm) kind(v kit.Values) engine.Kind {
	if k := engine.Kind(v[fieldKind]); f.open && k != "" {
		return k
	}
	return f.begun.Kind
}

// shows tells whether a field has a meaning now.
func (f *offerForm) shows(fd offerField, v kit.Values) bool {
	k := f.kind(v)
	switch {
	case !f.whole:
		return false
	case fd.in != "" && (!v.Bool(fieldOpens+fd.in) || !sectionFits(fd.in, k)):
		return false
	}
	return fd.fits == nil || fd.fits(k, v)
}

// read judges what stands in one field alone.
func (f *offerForm) read(fd offerField, text string, v kit.Values) (string, error) {
	o := engine.Offer{Kind: f.kind(v)}
	if err := fd.set(f.env, &o, text); err != nil {
		return "", err
	}
	if fd.echo == nil {
		return "", nil
	}
	return fd.echo(f.env, text), nil
}

// offer is what the form says. Fields that cannot be understood are left out;
// the form is not submitted with such.
func (f *offerForm) offer(v kit.Values) engine.Offer {
	if !f.whole {
		return f.begun
	}
	o := engine.Offer{Key: f.begun.Key, Kind: f.kind(v)}
	for _, fd := range f.fields {
		if !f.shows(fd, v) {
			continue
		}
		before := o
		if err := fd.set(f.env, &o, v[fd.name]); err != nil {
			o = before
		}
	}
	return o
}

var indexes = regexp.MustCompile(`\[\d+\]`)

// faulty is the field at which an error that names a place in an offer is
// shown, empty if none is, and the error in the words of the form.
func (f *offerForm) faulty(err error, v kit.Values) (string, error) {
	var e *engine.Error
	if !errors.As(err, &e) {
		return "", err
	}
	place, _ := e.Args["field"].(string)
	at := f.at(place, v)
	if at == "" {
		return "", err
	}
	return at, f.inWords(e, v)
}

// at is the field that shows now what is at a place of an offer's JSON form, or
// what is around it.
func (f *offerForm) at(place string, v kit.Values) string {
	for place = indexes.ReplaceAllString(place, ""); place != ""; place = before(place) {
		for _, fd := range f.fields {
			if (fd.name == place || slices.Contains(fd.other, place)) && f.shows(fd, v) {
				return fd.name
			}
		}
	}
	return ""
}

// CodeOfferMissing says that a field of an offer's form has to be filled in.
const CodeOfferMissing engine.Code = "offer_form_missing"

// inWords says an error of an offer in the words of the form instead of those
// of its file. The field at fault is named beside the sentence.
func (f *offerForm) inWords(e *engine.Error, v kit.Values) error {
	if e.Code == engine.CodeOfferNeeds {
		return engine.BadInput(CodeOfferMissing)
	}
	out := *e
	out.Args = maps.Clone(e.Args)
	out.Args["field"] = f.env.Words.T("lists.offer.this")
	if other, ok := e.Args["other"].(string); ok {
		if at := f.at(other, v); at != "" {
			out.Args["other"] = "“" + f.env.Words.T(labelFields+at) + "”"
		}
	}
	if kind, ok := e.Args["kind"].(string); ok {
		out.Args["kind"] = "“" + f.env.Words.T("lists.offer.kind."+kind) + "”"
	}
	return &out
}

// before is the place around a place.
func before(place string) string {
	i := strings.LastIndexByte(place, '.')
	return place[:max(i, 0)]
}

// plainOffer writes all that an offer says by itself, so that two can be
// compared: lists without entries are none, and a choice that is the usual one
// is not made.
func plainOffer(o engine.Offer) string {
	of := o.Sets.Of
	o.ID, o.Title, o.Created, o.Rebate, o.Sets.Of = engine.ID{}, "", 0, engine.Terms{}, nil
	if o.Kind == "" {
		o.Kind = engine.KindNextCoupon
	}
	if o.Pick.Choice == engine.Cheapest {
		o.Pick.Choice = ""
	}
	if o.When.Basis == engine.BasisGoods {
		o.When.Basis = ""
	}
	if o.Stack.Base == engine.BaseRunning {
		o.Stack.Base = ""
	}
	text := fmt.Sprintf("%#v", o)
	if of != nil {
		text += fmt.Sprintf(" of %#v", *of)
	}
	return strings.ReplaceAll(text, "(nil)", "{}")
}
