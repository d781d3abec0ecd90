package delivery

import (
	"embed"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"

	"bounceback/engine"
)

//go:embed wordings/*.toml
var wordingFiles embed.FS

// Standard are the wordings of a language out of the box.
type Standard struct {
	Issue, Day, Last string // templates of a coupon's texts
	Several          string // of a text about several coupons; {coupons} are made of Each
	Each             string
	Verify           string // of the text that proves a phone
	Stop             string // how to opt out: the field {stop}
}

var standards = sync.OnceValue(func() map[string]Standard {
	out := map[string]Standard{}
	files, _ := wordingFiles.ReadDir("wordings") // it is part of the program
	for _, f := range files {
		data, _ := wordingFiles.ReadFile("wordings/" + f.Name())
		var s Standard
		if err := toml.Unmarshal(data, &s); err == nil { // a test reads them all
			out[strings.TrimSuffix(f.Name(), ".toml")] = s
		}
	}
	return out
})

// StandardOf gives the wordings of a language, and the English ones where there
// are none of it.
func StandardOf(lang string) Standard {
	all := standards()
	if s, ok := all[lang]; ok {
		return s
	}
	return all["en"]
}

// TextLanguage is the language of a store's standard wordings.
func TextLanguage(st engine.Store) string {
	if lang := st.Settings.Text(engine.SetTextLanguage); lang != "store" {
		return lang
	}
	return st.Language
}

// Template is the template of a step: the campaign's own, else the store's,
// else the language's.
func Template(st engine.Store, own engine.TextWording, step engine.TextStep) string {
	s := StandardOf(TextLanguage(st))
	for _, w := range []engine.TextWording{own, st.Settings.TextWording(), {Issue: s.Issue, Day: s.Day, Last: s.Last}} {
		if t := w.Of(step); t != "" {
			return t
		}
	}
	return ""
}
