package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/feature/plural"
)

//go:embed lang/*.toml
var files embed.FS

// fallback is the language of whoever asks for one the catalogue has not.
const fallback = "en"

// formNames are the plural forms as the files name them, besides "other".
var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// For gives the catalogue of a language, named as in "pt-BR", "pt_BR.UTF-8" or
// "pt". A language without files of its own gets a sister of the same base
// language, and failing that English. The error is a fault in the files.
func For(lang string) (*Words, error) { return builtin().load(lang) }

// Languages lists the languages of the catalogue in the order of their codes.
func Languages() []string { return builtin().languages() }

var builtin = sync.OnceValue(func() *library { return newLibrary(files, "lang") })

// library reads languages as they are asked for and keeps them.
type library struct {
	fsys  fs.FS
	paths map[string][]string // by language

	mu   sync.Mutex
	have map[string]*Words
}

// newLibrary finds the files of a folder: <language>.toml and
// <language>.<area>.toml.
func newLibrary(fsys fs.FS, dir string) *library {
	l := &library{fsys: fsys, paths: map[string][]string{}, have: map[string]*Words{}}
	names, _ := fs.Glob(fsys, path.Join(dir, "*.toml")) // the pattern is well formed
	for _, name := range names {
		lang, _, _ := strings.Cut(path.Base(name), ".")
		l.paths[lang] = append(l.paths[lang], name)
	}
	return l
}

func (l *library) languages() []string {
	all := make([]string, 0, len(l.paths))
	for lang := range l.paths {
		all = append(all, lang)
	}
	sort.Strings(all)
	return all
}

// load gives the catalogue nearest to a language.
func (l *library) load(lang string) (*Words, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lang = l.nearest(lang)
	if w, ok := l.have[lang]; ok {
		return w, nil
	}
	text := map[string]entry{}
	for _, name := range l.paths[lang] {
		if err := readFile(l.fsys, name, text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	w := newWords(lang, text)
	l.have[lang] = w
	return w, nil
}

// nearest finds the language's own code, else the first of its base language.
func (l *library) nearest(lang string) string {
	lang, _, _ = strings.Cut(lang, ".")
	lang = strings.ReplaceAll(lang, "_", "-")
	base, _, _ := strings.Cut(lang, "-")
	sister := ""
	for _, have := range l.languages() {
		if strings.EqualFold(have, lang) {
			return have
		}
		if b, _, _ := strings.Cut(have, "-"); strings.EqualFold(b, base) && sister == "" {
			sister = have
		}
	}
	if sister != "" {
		return sister
	}
	return fallback
}

// readFile adds the entries of one file.
func readFile(fsys fs.FS, name string, text map[string]entry) error {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	var table map[string]any
	if err := toml.Unmarshal(raw, &table); err != nil {
		return err
	}
	for key, value := range table {
		if _, twice := text[key]; twice {
			return fmt.Errorf("key %q is defined twice", key)
		}
		if text[key], err = newEntry(value); err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
	}
	return nil
}

func newEntry(value any) (entry, error) {
	if s, ok := value.(string); ok {
		return entry{text: s}, nil
	}
	table, ok := value.(map[string]any)
	if !ok {
		return entry{}, fmt.Errorf("%T is neither a text nor a table of plural forms", value)
	}
	e := entry{forms: make(map[plural.Form]string, len(table))}
	for name, v := range table {
		s, isText := v.(string)
		form, known := formNames[name]
		if name == "none" && isText {
			e.none = s
			continue
		}
		if !isText || !known {
			return entry{}, fmt.Errorf("%q is no plural form (dotted keys stand in quotes)", name)
		}
		e.forms[form] = s
	}
	e.text, ok = e.forms[plural.Other]
	if !ok {
		return entry{}, errors.New(`the form "other" is missing`)
	}
	return e, nil
}
