package screen_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/engine"
)

func TestSettingsAreAllThere(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	var walked strings.Builder
	for range len(engine.SettingDefs) + 8 {
		walked.WriteString(o.marked() + "\n")
		o.press("tab")
	}
	for _, d := range engine.SettingDefs {
		key := "setting." + string(d.Name)
		if !strings.Contains(walked.String(), "> "+o.env.Words.T(key)) {
			t.Errorf("%s is not on the page:\n%s", d.Name, walked.String())
		}
		if !o.env.Words.Has(key + ".help") {
			t.Errorf("%s has no sentence", d.Name)
		}
	}
}

// TestSettingsAreFound: each heading is a key away from the next, and the head
// of the page names the one that the marked setting stands under.
func TestSettingsAreFound(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	for _, c := range [][2]string{
		{"The shop", "Shop's name"},
		{"Coupons", "Cashback"},
		{"Against misuse", "Coupons a day"},
		{"Goods and sales", "Weight labels"},
		{"Texts to customers", "Send texts"},
		{"How texts are sent", "Reminders go at"},
		{"Printer", "Printer"},
		{"Screen", "Colours"},
	} {
		if v := o.view(40, 12); !strings.Contains(v, "Settings · "+c[0]) || !strings.HasPrefix(o.marked(), "> "+c[1]) {
			t.Errorf("want %s, %s:\n%s", c[0], c[1], v)
		}
		o.press("pgdown")
	}
	o.press("pgup", "pgup", "pgup")
	if !strings.HasPrefix(o.marked(), "> Reminders go at") {
		t.Errorf("three headings up is %q", o.marked())
	}
}

func TestSettingsAreChecked(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	for _, c := range []struct{ label, typed, says, good string }{
		{"Shop's name", "", "needs a name", "Casa Verde"},
		{"Country", "ZZ", "is not a country's code", "br"},
		{"Currency", "BRX", "is not a currency's code", "BRL"},
		{"Time zone", "Mars/Base", "is not a time zone", "America/Recife"},
		{"Rounding step", "0", "lies above zero", "0,50"},
		{"Cashback", "0", "Type a number from 0,01 % to 100 %", "25"},
		{"Coupons a day", "0", "Type a number from 1 to 1000", "3"},
		{"Reminders", "2, x", "are not days for reminders", "30 3 9 3"},
		{"Reminders go at", "23", "from 9 to 20 o'clock, so none would go at 23", "11"},
		{"No text before", "20", "from 20 to 20 o'clock", "8"},
		{"Price of a part", "200000", "a number from R$ 0,00 to R$ 100.000,00", "0,0645"},
		{"Most in a month", "abc", "is not a price", "R$ 200"},
		{"Sender's name", "CASA-AZUL", "with a letter among them", "CASAAZUL"},
		{"Most for a text", "0,10", "with a point", "0.10"},
	} {
		o.to(c.label)
		o.fill(c.typed)
		o.press("ctrl+s")
		o.sees(c.says)
		o.at("Settings")
		o.fill(c.good)
	}
	o.press("ctrl+s")
	o.at("Lists and settings")
	s := o.store
	if s.Title != "Casa Verde" || s.Timezone != "America/Recife" || s.Step != 50 || s.Country != "BR" {
		t.Errorf("saved %+v", s)
	}
	want := engine.Settings{
		engine.SetCashback: "2500", engine.SetPerCustomer: "3", engine.SetTextDays: "3, 9, 30",
		engine.SetTextFrom: "8", engine.SetTextHour: "11", engine.SetTextPrice: "64500", engine.SetTextLimit: "200000000",
		engine.SetSenderID: "CASAAZUL", engine.SetMaxPrice: "0.10",
	}
	for name, value := range want {
		if s.Settings[name] != value {
			t.Errorf("%s is %q, want %q", name, s.Settings[name], value)
		}
	}
	if len(s.Settings) != len(want) {
		t.Errorf("settings that stayed as they were are stored: %v", s.Settings)
	}
}

func TestStepIsReadInTheCurrencyBesideIt(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	o.to("Currency")
	o.fill("KWD")
	o.to("Rounding step")
	o.fill("0,2505")
	o.sees("too many decimals")
	o.fill("0,250")
	o.press("ctrl+s")
	o.at("Lists and settings")
	if s := o.store; s.Currency != "KWD" || s.Exponent != 3 || s.Step != 250 {
		t.Errorf("saved %s with %d decimals and a step of %d", s.Currency, s.Exponent, s.Step)
	}
}

func TestSettingsAreTheOwners(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	o.as("Bruno", engine.Manager) // signed in while the page stood open
	o.fill("Bruno's")
	o.press("ctrl+s")
	if o.need == nil || o.need.Permission != engine.MayEditSettings {
		t.Fatalf("asked for %+v", o.need)
	}
	o.sees("Who has it: owner.")
	o.actor = o.owner
	o.run(o.need.Retry)
	o.at("Lists and settings")
	if o.store.Title != "Bruno's" {
		t.Errorf("the shop is called %q", o.store.Title)
	}
}

func TestStaff(t *testing.T) {
	o := newOffice(t)
	pin := "7412"
	_, err := o.db.SaveStaff(t.Context(), o.owner, engine.StaffEdit{ID: o.owner.StaffID, Name: "Ana", Role: engine.Owner, PIN: &pin, Active: true})
	o.must(err)
	o.press("7", "n")
	o.typed("Bruno")
	o.press("tab", "left") // one role up from cashier
	o.sees("manager", "May: record sales, void sales")
	o.press("ctrl+s")
	o.sees("A PIN has 4 to 12 digits")
	o.typed("12")
	o.press("tab")
	o.sees("A PIN has 4 to 12 digits")
	o.press("shift+tab")
	o.fill("1234")
	o.press("tab")
	o.typed("1243")
	o.press("ctrl+s")
	o.at("Somebody new")
	o.fill("1234")
	o.lacks("1234")
	o.to("Own phone")
	o.typed("(11) 98765-4321")
	o.sees("+55 11 98765-4321")
	o.press("ctrl+s")
	o.at("Staff")
	o.sees("Bruno is saved.", "manager", "has one")
	all, err := o.db.Staff(context.Background(), o.store.ID, true)
	o.must(err)
	if _, err := o.db.SignIn(context.Background(), o.store.ID, all[1].ID, o.owner.RegisterID, "1234", engine.FromCounter); err != nil {
		t.Errorf("signing in: %v", err)
	}
	o.press("end", "enter")
	o.at("Staff: Bruno")
	o.press("tab", "tab", "right", "right")
	o.sees("‹ none ›")
	o.press("ctrl+s")
	o.sees("Give Bruno a PIN first.") // a manager without one would be an open door
	o.press("shift+tab", "right", "ctrl+s")
	o.sees("Bruno is saved.")
	o.press("enter")
	o.to("Works here")
	o.press(" ", "ctrl+s")
	o.at("Staff")
	o.sees("left")
}

func TestLastOwnerStays(t *testing.T) {
	o := newOffice(t)
	o.press("7", "enter", "tab", "right", "ctrl+s")
	o.at("Staff: Ana")
	o.sees("This is the only owner")
	o.press("left", "ctrl+s")
	o.at("Staff")
}
