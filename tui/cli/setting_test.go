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
		{"texts.hour", "23", engine.CodeTextHour, "Texts go from 9 to 20 o'clock, so none would go at 23."},
		{"texts.language", "fr", engine.CodeSettingChoice, "It may be: store, pt-BR, en, es, zh."},
	} {
		s.run("settings", "set", c.name, c.value, "--json").refused(cli.ExitUsage, c.code)
		if a := s.run("settings", "set", c.name, c.value); !strings.Contains(a.err, c.says) || len(a.err) > 250 {
			t.Errorf("%s = %q is told as %q", c.name, c.value, a.err)
		}
	}
	s.run("settings", "list").done().says("at most 480 characters", "1 to 11 letters and digits without spaces", "US dollars with a point", "en, pt-BR", "at most 25 characters")
}

func TestStatesAreNamed(t *testing.T) {
	s := brazil(t)
	s.run("message", "list", "--state", "zz", "--json").refused(cli.ExitUsage, cli.CodeBadChoice)
	s.run("message", "list", "--state", "zz").says("It may be: current, due, held, planned,")
	for _, c := range [][3]string{
		{"message", "not_delivered", "failed"},
		{"message", "Delivred", "delivered"},
		{"coupon", "used", "redeemed"},
		{"sale", "cancelled", "voided"},
		{"campaign", "actve", "active"},
		{"product", "inactiv", "inactive"},
		{"customer", "unknwn", "unknown"},
	} {
		s.run(c[0], "list", "--state", c[1], "--json").refused(cli.ExitUsage, cli.CodeChoiceNear)
		s.run(c[0], "list", "--state", c[1]).says("Do you mean " + c[2] + "?")
	}
	s.run("message", "list", "--help").done().says("only those in one state: current, due,", "failed")
	s.run("campaign", "list", "--help").done().says("draft, scheduled, active, paused, ended")
	s.run("export", "--help").done().says("only those in this state")
}

// TestAPriceLeftOutIsNone: as in the form, where nothing typed is no price and
// no limit.
func TestAPriceLeftOutIsNone(t *testing.T) {
	s := brazil(t)
	for _, name := range []string{"texts.price", "texts.month_limit"} {
		s.run("settings", "set", name, "10").done()
		s.run("settings", "set", name, "", "--json").done().are("value", "0")
	}
}

// TestTimesOfATextAreToldApart: what was planned and what came of it have names
// of their own in each language.
func TestTimesOfATextAreToldApart(t *testing.T) {
	s, _ := rehearsed(t, nil)
	id := s.sell("181", "--consent", "yes").text("message.id")
	for lang, labels := range map[string][]string{"en": {"Planned for", "Goes on"}, "pt-BR": {"Planejada para", "Sai em"}} {
		a := s.run("message", "show", id, "--lang", lang).done().says(labels...)
		if strings.Contains(a.out, "Prevista") {
			t.Errorf("%s: %s", lang, a.out)
		}
	}
}
