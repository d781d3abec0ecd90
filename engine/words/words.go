// Package words holds every word people read, in each language, and the way a
// country writes amounts, dates and times.
//
// The catalogue is the files in lang/: for each language <language>.toml and,
// for areas that are long or change together, <language>.<area>.toml beside it.
// They are read as one, a key stands in one of them, and every language has the
// same; another language is another set. words.go looks words up and fills them in, load.go
// reads the files, format.go and money.go, date.go and error.go write values.
package words

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Words is the catalogue of one language. It is never changed once loaded and
// may be used by several goroutines.
type Words struct {
	lang    string
	tag     language.Tag
	text    map[string]entry
	regions func() display.Namer
}

// entry is one text, or one text for each plural form of the language.
type entry struct {
	text  string                 // the only form, or the form "other"
	forms map[plural.Form]string // nil where the text has no plural
	none  string                 // said in place of a form when there are none
}

func newWords(lang string, text map[string]entry) *Words {
	tag := language.Make(lang)
	w := &Words{lang: lang, tag: tag, text: text}
	w.regions = sync.OnceValue(func() display.Namer { return display.Regions(tag) })
	return w
}

// Lang is the language's code, as in its file name: "pt-BR".
func (w *Words) Lang() string { return w.lang }

// Has tells whether the catalogue knows a key.
func (w *Words) Has(key string) bool {
	_, ok := w.text[key]
	return ok
}

// T gives the text of a key. args are name, value, name, value … for the
// {name}s in it. An unknown key shows itself as ⟦key⟧.
func (w *Words) T(key string, args ...any) string {
	e, ok := w.text[key]
	if !ok {
		return missing(key)
	}
	return fill(e.text, args, plain)
}

// N gives the text of a key in the plural form that n takes; {n} in it is n
// unless args say otherwise.
func (w *Words) N(key string, n int, args ...any) string {
	e, ok := w.text[key]
	if !ok {
		return missing(key)
	}
	return fill(w.form(e, n), append(args[:len(args):len(args)], "n", n), plain)
}

// form picks the plural form for n.
func (w *Words) form(e entry, n int) string {
	if e.forms == nil {
		return e.text
	}
	if n == 0 && e.none != "" {
		return e.none
	}
	if s, ok := e.forms[pluralForm(w.tag, n)]; ok {
		return s
	}
	return e.text
}

// pluralForm is the form of a whole number. The rules look at no more than the
// last six digits and at whether there are others.
func pluralForm(tag language.Tag, n int) plural.Form {
	if n < 0 {
		n = -(n % 10_000_000)
	}
	return plural.Cardinal.MatchPlural(tag, n%10_000_000, 0, 0, 0, 0)
}

// CountryName names a country in this language; a code that is no country's
// is given back as it is.
func (w *Words) CountryName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := w.regions().Name(region); name != "" {
		return name
	}
	return code
}

func missing(key string) string { return "⟦" + key + "⟧" }

// fill puts values in the place of {name}s. A name that args do not have stays
// visible.
func fill(text string, args []any, write func(any) string) string {
	open := strings.IndexByte(text, '{')
	if open < 0 {
		return text
	}
	var b strings.Builder
	for ; open >= 0; open = strings.IndexByte(text, '{') {
		length := strings.IndexByte(text[open:], '}')
		if length < 0 {
			break
		}
		b.WriteString(text[:open])
		if v, ok := lookup(args, text[open+1:open+length]); ok {
			b.WriteString(write(v))
		} else {
			b.WriteString(text[open : open+length+1])
		}
		text = text[open+length+1:]
	}
	b.WriteString(text)
	return b.String()
}

func lookup(args []any, name string) (any, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	default:
		return fmt.Sprint(v)
	}
}
