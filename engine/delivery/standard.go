package delivery

import (
	"cmp"
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
	From             string // the field {from}; {first_day} in it is the day
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

// of gives the template of a step, StepSeveral among them.
func (s Standard) of(step engine.TextStep) string {
	if step == StepSeveral {
		return s.Several
	}
	return engine.TextWording{Issue: s.Issue, Day: s.Day, Last: s.Last}.Of(step)
}

// Template is the template of a step: the campaign's own, else the store's,
// else the language's. What the campaign wants to say and the template does not
// name is added to it: to the text at issue the offer and the link, to reminders
// the link.
func Template(st engine.Store, own engine.TextWording, step engine.TextStep) string {
	return complete(step, cmp.Or(wordingOf(own, step), wordingOf(st.Settings.TextWording(), step), StandardOf(TextLanguage(st)).of(step)))
}

// wordingOf is Of for StepSeveral too.
func wordingOf(w engine.TextWording, step engine.TextStep) string {
	if step == StepSeveral {
		return w.Several
	}
	return w.Of(step)
}
