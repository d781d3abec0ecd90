package screen_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// openWording opens the page of a wording from the settings.
func (o *office) openWording(label string) {
	o.t.Helper()
	o.press("8", "pgdown", "pgdown", "pgdown", "pgdown")
	o.to(label)
	o.press("enter")
}

func TestWordingIsShownAsItIsTyped(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.openWording("Words: at once")
	o.at("Words of the text at once")
	o.sees("(standard) {shop}: {face} back for you!", "1 part · as Maria Silva gets it", "Casa Azul: R$")
	o.typed("{name}, volte à {shop}: {face}, ação {code}")
	o.sees("Maria, volte à Casa Azul: R$", "acao", "Usual letters (GSM-7)")
	o.typed(" 漢")
	o.sees("ação", "漢", "^", "Special letters (UCS-2)", "makes the whole text dearer")
	o.press("backspace", "backspace")
	o.lacks("^", "UCS-2")
	o.press("enter")
	o.at("Settings")
	o.sees("Save the form with Ctrl+S", "{name}, volte à {shop}")
	o.press("ctrl+s")
	o.at("Lists and settings")
	if got := o.store.Settings.Text(engine.SetWording); got != "{name}, volte à {shop}: {face}, ação {code}" {
		t.Errorf("saved %q", got)
	}
}

func TestWordingWithoutCouponsShowsAnExample(t *testing.T) {
	o := newOffice(t)
	for label, says := range map[string][]string{
		"Words: at once":  {"1 part · an example", "K7PM-4T9Q"},
		"Words: reminder": {"1 part · an example", "Maria, you have"},
		"Words: last one": {"1 part · an example", "is the last day"},
		"Words: several":  {"1 part · an example", "2 coupons", "K7PM-4T9Q", "9QX2-M0A8"},
	} {
		o.openWording(label)
		o.sees(says...)
		o.press("esc", "esc")
	}
}

func TestWordingIsChecked(t *testing.T) {
	o := newOffice(t)
	o.openWording("Words: at once")
	o.typed("{shop}: {faca} {code}")
	o.sees("✗ Do you mean {face}? {faca} is not a field")
	o.press("enter")
	o.at("Words of the text at once")
	for typed, meant := range map[string]string{"{cdoe}": "{code}", "{worth}": "{face}", "{CODE}": "{code}", "{coupon}": "", "{xy}": ""} {
		o.fill(typed)
		if meant == "" {
			o.lacks("Do you mean")
		} else {
			o.sees("Do you mean " + meant)
		}
	}
	o.fill("{shop} {face")
	o.sees("has no partner")
	o.fill("{shop}: {face}")
	o.sees("! It does not tell the code")
	o.press("ctrl+s")
	o.sees("Save it all the same?")
	o.press("n")
	o.at("Words of the text at once")
	o.press("ctrl+s", "y")
	o.at("Settings")
	o.press("esc")
	o.sees("Your changes are not saved")
	o.press("esc")
	if got := o.store.Settings.Text(engine.SetWording); got != "" {
		t.Errorf("what was given up is stored: %q", got)
	}
}

// TestWordingCosts: parts and money are those of the price that stands in the
// form, saved or not.
func TestWordingCosts(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	o.to("Price of a part")
	o.fill("0,0645")
	o.back()
	o.to("Words: at once")
	o.press("enter")
	o.typed("{code} " + strings.Repeat("x", 170))
	o.sees("2 parts · R$ 0,129 · an example", "With the longest values this text takes 2 parts", "cuts long texts between words")
}

// TestWordingIsOfTheShopAsTyped: where the law asks for a way out, by the
// country that stands in the form.
func TestWordingIsOfTheShopAsTyped(t *testing.T) {
	o := newOffice(t)
	o.openWording("Words: reminder")
	o.typed("{shop}: {code}")
	o.lacks("!")
	o.press("esc", "esc")
	o.back()
	o.to("Country")
	o.fill("US")
	o.to("Texts' language")
	o.press("right") // português
	o.to("Words: reminder")
	o.press("enter")
	o.sees("(standard) {shop}", "até {last_day}")
	o.typed("{shop}: {code}")
	o.sees("! In United States, each such text has to say how to opt out. Add {stop}.")
	o.typed(" {stop}")
	o.lacks("!")
}

func TestStandardWordingIsNotKept(t *testing.T) {
	o := newOffice(t)
	o.openWording("Words: last one")
	o.press("f3")
	o.typed(" x")
	o.press("backspace", "enter")
	o.at("Settings")
	o.press("esc")
	o.at("Lists and settings") // nothing was changed
}

// TestTheStandardIsSeenFromItsHead: after F3, on the smallest window too.
func TestTheStandardIsSeenFromItsHead(t *testing.T) {
	o := newOffice(t)
	o.openWording("Words: at once")
	o.typed("{code} " + strings.Repeat("x", 200))
	o.press("pgdown", "pgdown", "pgdown", "f3")
	if v := o.view(40, 12); !strings.Contains(v, "{shop}: {face} back for you!") || !strings.Contains(v, "1 part") || !strings.Contains(v, "Casa Azul: R$") {
		t.Errorf("not from its head:\n%s", v)
	}
}

// TestEachWarningCanBeRead on the smallest window: what has no room is a key
// away.
func TestEachWarningCanBeRead(t *testing.T) {
	o := newOffice(t)
	o.openWording("Words: at once")
	o.typed("{shop}: {face} ★ " + strings.Repeat("x", 300))
	o.press("ctrl+s")
	read := o.view(40, 12)
	if !strings.Contains(read, "Save it all the same?") || !strings.Contains(read, "No (n)") || !strings.Contains(read, "PgDn ↓") {
		t.Errorf("the question is\n%s", read)
	}
	for range 4 {
		o.press("pgdown")
		read += o.view(40, 12)
	}
	for _, said := range []string{"each part costs.", "it may take one part", "Write it another way.", "Add {code}."} {
		if !strings.Contains(strings.Join(strings.Fields(read), " "), said) {
			t.Errorf("%q is out of reach:\n%s", said, read)
		}
	}
	o.press("pgup", "pgup", "pgup", "pgup")
	if v := o.view(40, 12); !strings.Contains(v, "! With the longest") {
		t.Errorf("back at the first:\n%s", v)
	}
	o.press("n")
	o.at("Words of the text at once")
}

func TestFieldsArePutIn(t *testing.T) {
	o := newOffice(t)
	o.openWording("Words: several")
	o.typed("Oi! ")
	o.press("tab")
	o.sees("Put in which field?", "{coupons}  each coupon with its value")
	o.lacks("{face}  what the coupon is worth")
	o.typed("how many")
	o.press("enter")
	o.sees("Oi! {count}▏")
	o.press("f3")
	o.sees("{shop}: {count} coupons for you")
	o.take(nil)
	o.press("end", " ", "x", "up", "up")
	o.run(o.top().Event(kit.Scan{Text: "7891234567895"}))
	o.lacks("7891234567895")
	o.run(o.top().Event(kit.Paste{Text: "Oba, "}))
	o.sees("Oba, ")
	o.press("esc")
	o.sees("Your changes are not saved")
	o.press("x")
	o.press("esc", "esc")
	o.at("Settings")
	o.lacks("Oba")
}

func TestCampaignHasTextsOfItsOwn(t *testing.T) {
	o := newOffice(t)
	o.press("4", "e")
	o.to("Texts")
	o.sees("Texts at once, on days 2, 7 and 27, and 3 days before it expires.")
	o.press("right")
	o.to("  Text at once")
	o.press(" ")
	o.to("  Reminders")
	o.fill("9, x")
	o.sees("are not days for reminders")
	o.fill("60 5")
	o.sees("Texts on day 5, and 3 days before it expires. Day 60 is too late: its coupons are good for 45 days.")
	o.fill("10 5")
	o.to("  Last reminder")
	o.fill("1")
	o.sees("Texts on days 5 and 10, and 1 day before it expires.")
	o.to("  … if over, days")
	o.fill("45")
	o.sees("Texts on days 5 and 10.")
	o.to("Wording")
	o.press("right")
	o.to("  Reminder")
	o.press("enter")
	o.at("Words of a reminder")
	o.typed("{name}: {code}! {stop}")
	o.press("enter")
	o.press("ctrl+s")
	o.at("Campaigns")
	c, err := o.db.Campaign(context.Background(), o.owner, o.campaigns()[0].ID)
	o.must(err)
	if p := c.Texts; p == nil || p.AtIssue || engine.WriteTextDays(p.Days) != "5, 10" || p.Before != 1 || p.LongLife != 45 {
		t.Errorf("the plan is %+v", c.Texts)
	}
	if c.Wording != (engine.TextWording{Day: "{name}: {code}! {stop}"}) {
		t.Errorf("the wording is %+v", c.Wording)
	}
	o.press("enter")
	o.sees("Texts on days 5 and 10.", "{name}: {code}! {stop}")
	o.press("e")
	o.to("Texts")
	o.press("left")
	o.to("Wording")
	o.press("left", "ctrl+s")
	c, err = o.db.Campaign(context.Background(), o.owner, c.ID)
	o.must(err)
	if c.Texts != nil || c.Wording != (engine.TextWording{}) {
		t.Errorf("the shop's texts are %+v, %+v", c.Texts, c.Wording)
	}
}

func TestShopWithoutTextsSaysSo(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	o.to("Send texts")
	o.press(" ")
	o.sees("No texts: the shop sends none")
	o.press("ctrl+s", "4", "e")
	o.sees("No texts: the shop sends none")
}

func TestGoldensOfWordings(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	o := newOffice(t)
	o.year()
	o.press("8", "pgdown", "pgdown", "pgdown", "pgdown")
	o.golden("settings-texts")
	o.to("Words: reminder")
	o.golden("settings-wording")
	o.press("pgdown")
	o.golden("settings-sending")
	o.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "enter")
	o.golden("wording-standard")
	o.typed("{name}, voltou a coleção! São {face} pra você na {shop} até {last_day}, com o código {code} ♥ ♥")
	o.golden("wording-dear")
	o.press("ctrl+s")
	o.golden("wording-ask")
	o.press("n")
	o.fill("{nome}")
	o.golden("wording-fault")
	o.press("tab")
	o.golden("wording-fields")
}

func TestGoldensOfCampaignTexts(t *testing.T) {
	o := newOffice(t)
	o.press("4", "e")
	o.to("Texts")
	o.press("right")
	o.to("Wording")
	o.press("right")
	o.to("  At once")
	o.golden("campaign-texts")
	o.press("enter")
	o.typed("{shop}: {face}! {code} {last_day}. {stop}")
	o.golden("campaign-wording")
	o.press("enter", "ctrl+s", "enter")
	o.golden("campaign-own-texts")
}
