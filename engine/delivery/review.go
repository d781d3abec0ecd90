package delivery

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bounceback/engine"
	"bounceback/engine/words"
)

// Trial is a template that somebody writes, and for what.
type Trial struct {
	Format   *words.Format
	Store    engine.Store    // as it would be
	Campaign engine.Campaign // whose texts it is for; the zero one: any of the store's
	Step     engine.TextStep // StepSeveral among them
	Template string          // empty: the one that stands for it

	// Items are real coupons to show it with, First their customer's first name;
	// none: an example of Now.
	Items []Item
	First string
	Now   engine.Instant
}

// Review is what comes of a template.
type Review struct {
	Real     Written  // with the values of the trial
	Longest  Written  // with values as long as they usually get
	Foreign  Written  // Real with ForeignName; the zero one where it names nobody
	Forcing  []Forced // what keeps Real from being written in GSM-7
	Warnings []Warning
}

// ForeignName is a name that cannot be written in GSM-7, and no warning is due
// for it: few texts of a shop get dearer by their customers' names.
const ForeignName = "李 Wei"

// Written is a text as it would go.
type Written struct {
	Text  string
	Parts Parts
	Cost  engine.Micros // by the store's price of a part, in its currency; 0: no price is set
}

// Forced is a character of a text that is not in GSM-7 and has no plain form.
type Forced struct {
	Char string
	At   int // its position in characters, counted from 1; a letter and its mark are one
}

// WarningKind says what is odd about a template.
type WarningKind string

// The warnings.
const (
	WarnParts WarningKind = "parts" // the longest values take more than one part
	WarnSplit WarningKind = "split" // and Amazon SNS may need one more
	WarnChars WarningKind = "chars" // a few characters more than double the price
	WarnStop  WarningKind = "stop"  // no opt-out notice where one is asked for
	WarnCode  WarningKind = "code"  // it does not tell the coupon's code
)

// Warning is one thing that is odd. A template with warnings can be used.
type Warning struct {
	Kind WarningKind
	Args []any // of its sentence: name, value, name, value …
}

// country is a country's code in the arguments of a warning, which is named in
// the language of the sentence.
type country string

// Tell words a warning.
//
// words: delivery.review.*
func (w Warning) Tell(c *words.Words) string {
	args := slices.Clone(w.Args)
	for i, a := range args {
		if code, ok := a.(country); ok {
			args[i] = c.CountryName(string(code))
		}
	}
	return c.T("delivery.review."+string(w.Kind), args...)
}

// Review tries a template. The errors are those of CheckTemplate.
func (t Trial) Review() (Review, error) {
	if err := CheckTemplate(t.Step, t.Template); err != nil {
		return Review{}, err
	}
	template := complete(t.Step, cmp.Or(t.Template, Template(t.Store, t.Campaign.Wording, t.Step)))
	r := Review{Real: t.write(t.real(), template), Longest: t.write(t.longest(), template)}
	if names(template, "name") {
		f := t.real()
		f.Name = ForeignName
		r.Foreign = t.write(f, template)
	}
	r.Forcing = Forcing(r.Real.Text)
	r.warn(t, template)
	return r, nil
}

func (t Trial) write(f Fields, template string) Written {
	text := Render(f, template)
	parts := Count(text)
	return Written{Text: text, Parts: parts, Cost: t.Store.Settings.Price(engine.SetTextPrice) * engine.Micros(parts.Parts)}
}

// warn lists what is odd, the dearest first.
func (r *Review) warn(t Trial, template string) {
	add := func(kind WarningKind, args ...any) { r.Warnings = append(r.Warnings, Warning{kind, args}) }
	if n := r.Longest.Parts.Parts; n > 1 {
		add(WarnParts, "parts", t.Format.Count(n), "units", t.Format.Count(r.Longest.Parts.Units))
		add(WarnSplit)
	}
	if few := distinct(r.Forcing); len(r.Forcing)*4 < utf8.RuneCountInString(r.Real.Text) && len(few) > 0 {
		add(WarnChars, "chars", strings.Join(few, " "))
	}
	if NeedsStop(t.Store.Country) && !HasStop(template) {
		add(WarnStop, "country", country(t.Store.Country), "field", "{stop}")
	}
	code := map[bool]string{false: "code", true: "coupons"}[t.Step == StepSeveral]
	if !names(template, code) {
		add(WarnCode, "field", "{"+code+"}")
	}
}

func distinct(forcing []Forced) []string {
	var chars []string
	for _, f := range forcing {
		if !slices.Contains(chars, f.Char) {
			chars = append(chars, f.Char)
		}
	}
	return chars
}

// Forcing lists the characters of a text that keep it from being written in
// GSM-7 and that folding cannot help.
func Forcing(text string) []Forced {
	var out []Forced
	at := 0
	for _, r := range norm.NFC.String(text) {
		at++
		if _, ok := foldRune(r); !ok {
			out = append(out, Forced{Char: string(r), At: at})
		}
	}
	return out
}
