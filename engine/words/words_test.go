package words

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bounceback/engine"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// catalogues loads every language there is.
func catalogues(t *testing.T) map[string]*Words {
	t.Helper()
	all := map[string]*Words{}
	for _, lang := range Languages() {
		w, err := For(lang)
		if err != nil {
			t.Fatal(err)
		}
		all[lang] = w
	}
	return all
}

func TestEveryLanguageHasTheSameKeys(t *testing.T) {
	all := catalogues(t)
	english := all[fallback]
	for lang, w := range all {
		for key := range english.text {
			if !w.Has(key) {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
		for key := range w.text {
			if !english.Has(key) {
				t.Errorf("en lacks %s, which %s has", key, lang)
			}
		}
	}
}

func TestEveryLanguageHasTheSamePlaceholders(t *testing.T) {
	all := catalogues(t)
	english := all[fallback]
	for lang, w := range all {
		for key, e := range w.text {
			if base, ok := english.text[key]; ok && !slices.Equal(placeholders(e), placeholders(base)) {
				t.Errorf("%s in %s has %v, in en %v", key, lang, placeholders(e), placeholders(base))
			}
		}
	}
}

func TestPluralsHaveTheFormsOfTheirLanguage(t *testing.T) {
	all := catalogues(t)
	english := all[fallback]
	for lang, w := range all {
		need := formsOf(w.tag)
		for key, e := range w.text {
			if base, ok := english.text[key]; ok && (e.forms == nil) != (base.forms == nil) {
				t.Errorf("%s has plural forms in only one of %s and en", key, lang)
			}
			if have := slices.Sorted(maps.Keys(e.forms)); e.forms != nil && !slices.Equal(have, need) {
				t.Errorf("%s in %s has the forms %v, needs %v", key, lang, have, need)
			}
		}
	}
}

func TestTextsAreWellFormed(t *testing.T) {
	name := regexp.MustCompile(`^\{[a-z][a-z0-9_]*\}$`)
	for lang, w := range catalogues(t) {
		for key, e := range w.text {
			for _, s := range append(slices.Collect(maps.Values(e.forms)), e.text) {
				if strings.TrimSpace(s) == "" || strings.Count(s, "{") != strings.Count(s, "}") {
					t.Errorf("%s in %s: %q", key, lang, s)
				}
				for _, p := range braces.FindAllString(s, -1) {
					if !name.MatchString(p) {
						t.Errorf("%s in %s: odd placeholder %s", key, lang, p)
					}
				}
			}
		}
	}
}

var braces = regexp.MustCompile(`\{[^}]*\}`)

// placeholders are those of the main form: a form for one may leave {n} out.
func placeholders(e entry) []string {
	found := braces.FindAllString(e.text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// formsOf finds the plural forms a language uses by trying numbers.
func formsOf(tag language.Tag) []plural.Form {
	found := map[plural.Form]bool{plural.Other: true}
	for n := range 1200 {
		found[pluralForm(tag, n)] = true
	}
	found[pluralForm(tag, 1_000_000)] = true
	return slices.Sorted(maps.Keys(found))
}

func TestForFindsTheNearestLanguage(t *testing.T) {
	for ask, want := range map[string]string{
		"pt-BR": "pt-BR", "pt": "pt-BR", "pt-PT": "pt-BR", "PT_br.UTF-8": "pt-BR",
		"en": "en", "en-GB": "en", "xx": "en", "": "en", "C.UTF-8": "en",
	} {
		w, err := For(ask)
		if err != nil {
			t.Fatal(err)
		}
		if w.Lang() != want {
			t.Errorf("For(%q) is %s, want %s", ask, w.Lang(), want)
		}
	}
}

func TestAnotherLanguageIsAnotherFile(t *testing.T) {
	l := newLibrary(fstest.MapFS{
		"lang/en.core.toml": {Data: []byte(`"a.rows" = { one = "{n} row", other = "{n} rows" }`)},
		"lang/pl.toml": {Data: []byte(`"a.rows" = { one = "{n} wiersz", few = "{n} wiersze", many = "{n} wierszy", other = "{n} wiersza", none = "nic" }
			"a.hello" = "Cześć, {name}: {name}!"`)},
		"lang/pl.more.toml": {Data: []byte(`"b.key" = "Klucz"`)},
		"lang/notes.txt":    {Data: []byte(`no language`)},
	}, "lang")
	if got := l.languages(); !slices.Equal(got, []string{"en", "pl"}) {
		t.Fatalf("languages are %v", got)
	}
	w, err := l.load("pl-PL")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{w.N("a.rows", 0), "nic"},
		{w.N("a.rows", 1), "1 wiersz"},
		{w.N("a.rows", 3), "3 wiersze"},
		{w.N("a.rows", -3), "-3 wiersze"},
		{w.N("a.rows", 12), "12 wierszy"},
		{w.N("a.rows", 1_000_000), "1000000 wierszy"},
		{w.N("a.rows", 2000, "n", "2 000"), "2 000 wierszy"},
		{w.T("a.rows", "n", "pół"), "pół wiersza"},
		{w.T("a.hello", "name", "Ola"), "Cześć, Ola: Ola!"},
		{w.T("a.hello"), "Cześć, {name}: {name}!"},
		{w.N("b.key", 7), "Klucz"},
		{w.T("b.none"), "⟦b.none⟧"},
		{w.N("b.none", 1), "⟦b.none⟧"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}

func TestPortugueseAndEnglishPlurals(t *testing.T) {
	en, pt := catalogues(t)["en"], catalogues(t)["pt-BR"]
	for _, c := range [][2]string{
		{en.N("core.duration.days", 1), "1 day"},
		{en.N("core.duration.days", 0), "0 days"},
		{pt.N("core.duration.days", 1), "1 dia"},
		{pt.N("core.duration.days", 0), "0 dia"},
		{pt.N("core.duration.days", 2), "2 dias"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}

func TestBrokenFilesAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ first, second string }{
		"twice in one file":    {`"a" = "1"` + "\n" + `"a" = "2"`, ""},
		"twice in two files":   {`"a" = "1"`, `"a" = "2"`},
		"key without quotes":   {`a.b = "1"`, ""},
		"no form other":        {`"a" = { one = "1" }`, ""},
		"unknown form":         {`"a" = { one = "1", other = "2", lots = "3" }`, ""},
		"a number":             {`"a" = 1`, ""},
		"a number for a form":  {`"a" = { other = 1 }`, ""},
		"not the file format":  {`"a" "b"`, ""},
		"the second is broken": {`"a" = "1"`, `"b" = []`},
	} {
		l := newLibrary(fstest.MapFS{
			"lang/en.a.toml": {Data: []byte(c.first)}, "lang/en.b.toml": {Data: []byte(c.second)},
		}, "lang")
		if _, err := l.load("en"); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

func TestCountryNames(t *testing.T) {
	for lang, w := range catalogues(t) {
		for _, c := range engine.Countries() {
			if name := w.CountryName(c.Code); name == c.Code || name == "" {
				t.Errorf("%s has no name in %s", c.Code, lang)
			}
		}
	}
	w := catalogues(t)["pt-BR"]
	if got := w.CountryName("DE"); got != "Alemanha" {
		t.Errorf("DE is %q", got)
	}
	if got := w.CountryName("Nowhere"); got != "Nowhere" {
		t.Errorf("Nowhere is %q", got)
	}
}

func FuzzFill(f *testing.F) {
	for _, s := range []string{"", "{", "}", "{n}", "a {n} b {m} c", "{{n}}", "{n", "é{n}ç", "{}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := fill(s, nil, plain); got != s {
			t.Errorf("%q without values became %q", s, got)
		}
		got := fill(s, []any{"n", "", "odd"}, plain)
		if !strings.Contains(s, "{n}") && got != s {
			t.Errorf("%q without {n} became %q", s, got)
		}
	})
}
