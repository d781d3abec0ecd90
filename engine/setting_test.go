package engine

import (
	"slices"
	"strings"
	"testing"
)

func TestEverySettingIsWhole(t *testing.T) {
	seen := map[Setting]bool{}
	for _, d := range SettingDefs {
		if seen[d.Name] {
			t.Errorf("%s stands there twice", d.Name)
		}
		seen[d.Name] = true
		if err := d.Check(d.Default); err != nil {
			t.Errorf("the default of %s: %v", d.Name, err)
		}
		if got, err := SettingByName(d.Name); err != nil || got.Default != d.Default {
			t.Errorf("%s is found as %+v, %v", d.Name, got, err)
		}
		if (Settings{}).Text(d.Name) != d.Default {
			t.Errorf("%s without a value is %q", d.Name, Settings{}.Text(d.Name))
		}
		if d.Kind == SettingText && d.Limit < 1 || d.Kind == SettingChoice && len(d.Choices) < 2 || d.Most < d.Least {
			t.Errorf("%s has no bounds: %+v", d.Name, d)
		}
	}
	for _, s := range []Spent{SpentDeduct, SpentAbsorb, SpentAsk} {
		if d, _ := SettingByName(SetReturnSpent); !slices.Contains(d.Choices, string(s)) {
			t.Errorf("%s cannot be chosen", s)
		}
	}
}

func TestStandardParameters(t *testing.T) {
	for name, want := range map[Setting]int64{SetCashback: 2000, SetMaxDiscount: 3000, SetLifetime: 45, SetValidAfter: 0} {
		if got := (Settings{}).Count(name); got != want {
			t.Errorf("%s is %d, want %d", name, got, want)
		}
	}
	c := goodCampaign()
	c.Terms = Settings{}.StandardTerms()
	if err := c.Check(); err != nil {
		t.Errorf("the ready campaign: %v", err)
	}
}

func TestSettingsCheck(t *testing.T) {
	for _, c := range []struct {
		name  Setting
		value string
		want  Code
	}{
		{SetCashback, "1", ""},
		{SetCashback, "10000", ""},
		{SetCashback, "0", CodeSettingBounds},
		{SetCashback, "10001", CodeSettingBounds},
		{SetCashback, "20.5", CodeSettingBounds},
		{SetCashback, "", CodeSettingBounds},
		{SetLifetime, "5", ""},
		{SetLifetime, "4", CodeSettingBounds},
		{SetLifetime, "3650", ""},
		{SetLifetime, "3651", CodeSettingBounds},
		{SetValidAfter, "-1", CodeSettingBounds},
		{SetValidAfter, "99999999999999999999", CodeSettingBounds},
		{SetTexts, "yes", ""},
		{SetTexts, "no", ""},
		{SetTexts, "true", CodeSettingChoice},
		{SetTexts, "", CodeSettingChoice},
		{SetTheme, "mono", ""},
		{SetTheme, "Mono", CodeSettingChoice},
		{SetReturnSpent, "ask", ""},
		{SetReturnSpent, "", CodeSettingChoice},
		{SetSenderID, "CasaAzul", ""},
		{SetSenderID, strings.Repeat("ç", 11), ""},
		{SetSenderID, strings.Repeat("x", 12), CodeSettingLong},
		{SetPrinter, "", ""},
		{SetPrinter, "tcp://10.0.0.7:9100", ""},
		{SetPrinter, "a\nb", CodeSettingLine},
		{SetWording, "a\u009b2Jb", CodeSettingLine},
		{SetWording, "{shop}: {face}", ""},
		{SetWording, strings.Repeat("x", MaxTemplate+1), CodeSettingLong},
		{SetWeightCodes, "20, x", CodeBadSetting},
		{"no.such", "1", CodeUnknownSetting},
	} {
		err := Settings{c.name: c.value}.Check()
		if CodeOf(err) != c.want || err != nil && ClassOf(err) != Input {
			t.Errorf("%s = %q: %v, want %q", c.name, c.value, err, c.want)
		}
	}
	if err := (Settings{}).Check(); err != nil {
		t.Error(err)
	}
}

func TestTextHours(t *testing.T) {
	for _, c := range []struct {
		from, hour, until string
		want              Code
	}{
		{"9", "9", "20", ""},
		{"9", "19", "20", ""},
		{"0", "23", "24", ""},
		{"9", "23", "20", CodeTextHour},
		{"9", "20", "20", CodeTextHour},
		{"9", "8", "20", CodeTextHour},
		{"20", "10", "20", CodeTextHours},
	} {
		err := Settings{SetTextFrom: c.from, SetTextHour: c.hour, SetTextUntil: c.until}.Check()
		if CodeOf(err) != c.want {
			t.Errorf("reminders at %s of %s to %s: %v, want %q", c.hour, c.from, c.until, err, c.want)
		}
	}
}

func TestSettingValues(t *testing.T) {
	s := Settings{SetCashback: "1500", SetTexts: "no", SetPrintAlways: "yes", SetLifetime: "many"}
	if s.Count(SetCashback) != 1500 || s.Flag(SetTexts) || !s.Flag(SetPrintAlways) || !s.Flag(SetAskConsent) {
		t.Errorf("%v", s)
	}
	if s.Count(SetLifetime) != 0 || s.Count("no.such") != 0 || s.Text("no.such") != "" || s.Flag("no.such") {
		t.Error("a setting that is no number, or is none, has a value")
	}
}
