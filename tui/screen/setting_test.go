package screen_test

import (
	"context"
	"testing"

	"bounceback/engine"
)

func TestSettingsAreAllThere(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	for _, d := range engine.SettingDefs {
		o.sees(o.env.Words.T("setting." + string(d.Name)))
		if !o.env.Words.Has("setting." + string(d.Name) + ".help") {
			t.Errorf("%s has no sentence", d.Name)
		}
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
		{"Wording", "Hi {nome}", "nome is not a field of a text", "{shop}: {face}, {code}, {last_day}"},
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
		engine.SetCashback: "2500", engine.SetPerCustomer: "3", engine.SetWording: "{shop}: {face}, {code}, {last_day}",
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

func TestWordingIsShownAsItIsTyped(t *testing.T) {
	o := newOffice(t)
	o.press("8")
	o.to("Wording")
	o.sees("“Casa Azul: R$43 back for you! Code K7PM-4T9Q", "1 part, GSM-7, ")
	o.typed("{name}, volte à {shop}: {face} ção 漢")
	o.sees("“Maria, volte à Casa Azul: R$43 ção 漢", "1 part, UCS-2, ")
	o.fill("{name}, promoção na {shop}")
	o.sees("“Maria, promocao na Casa Azul", "GSM-7")
	o.fill("")
	o.back()
	o.to("Language")
	o.press("right")
	o.sees("português")
	o.to("Wording")
	o.sees("R$43 de volta!")
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
