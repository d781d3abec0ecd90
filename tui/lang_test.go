package tui_test

import "testing"

// TestAskedLanguage has the language that was asked for win over the store's.
func TestAskedLanguage(t *testing.T) {
	for lang, want := range map[string]string{"": "Type or scan a phone", "pt-BR": "Digite ou leia um telefone"} {
		k := openTill(t)
		k.brazil("")
		k.opt.Lang = lang
		k.start(80, 24)
		k.shows(want)
	}
}
