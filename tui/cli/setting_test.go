package cli_test

import (
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/cli"
)

// TestSettingsSayWhatTheyMayBe: in the error itself and in the list, and what
// was typed is not told back where it is long.
func TestSettingsSayWhatTheyMayBe(t *testing.T) {
	s := brazil(t)
	for _, c := range []struct {
		name, value string
		code        engine.Code
		says        string
	}{
		{"texts.sender_id", "Casa Azul", delivery.CodeSenderID, "no spaces or accents, as in CasaAzul"},
		{"texts.max_price", "0,10", delivery.CodeMaxPrice, "with a point, as in 0.10"},
		{"texts.wording", "{code}" + strings.Repeat("x", 544), engine.CodeSettingLong, "550 characters are too many for the setting texts.wording, which takes at most 480."},
		{"texts.wording", "{shop}\n{code}", engine.CodeSettingLine, "at character 7 there is a line break"},
		{"texts.per_second", "100", engine.CodeSettingBounds, "a number from 1 to 20"},
		{"texts.price", "200000", engine.CodeSettingBounds, "from R$ 0,00 to R$ 100.000,00"},
		{"campaign.cashback", "200", engine.CodeSettingBounds, "from 0,01 % to 100 %"},
		{"texts.send", "on", engine.CodeSettingChoice, "It may be: yes, no."},
		{"texts.language", "fr", engine.CodeSettingChoice, "It may be: store, pt-BR, en, es, zh."},
	} {
		s.run("settings", "set", c.name, c.value, "--json").refused(cli.ExitUsage, c.code)
		if a := s.run("settings", "set", c.name, c.value); !strings.Contains(a.err, c.says) || len(a.err) > 250 {
			t.Errorf("%s = %q is told as %q", c.name, c.value, a.err)
		}
	}
	s.run("settings", "list").done().says("at most 480 characters", "1 to 11 letters and digits without spaces", "US dollars with a point", "en, pt-BR", "at most 25 characters")
}
