package screen_test

import (
	"context"
	"testing"

	"bounceback/engine"
	"bounceback/tui/screen"
)

func (o *office) maria() engine.Customer {
	o.t.Helper()
	found, err := o.db.FindCustomers(context.Background(), o.owner, engine.CustomerQuery{Phone: maria})
	o.must(err)
	if len(found) != 1 {
		o.t.Fatalf("found %v", found)
	}
	return found[0]
}

func TestEditCustomer(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.take(screen.GotoMsg{Kind: screen.KindCustomer, ID: o.maria().ID})
	o.press("e")
	o.sees("Nothing is changed yet.")
	o.fill("Maria da Silva")
	o.to("Phone")
	o.fill("123")
	o.sees("is not a phone number")
	o.fill("(11) 3333-4444")
	o.sees("a landline or service, texts will not arrive")
	o.fill("(11) 91234-5678") // João's
	o.to("Number")
	o.fill("C-77")
	o.sees("Saving changes: Name, Phone, Number.")
	o.press("ctrl+s")
	o.sees("Another customer has this phone")
	o.press("shift+tab")
	o.fill("+5511987654321")
	o.press("ctrl+s")
	o.at("Customer")
	o.sees("Maria da Silva is saved.", "C-77", "+55 11 98765-4321")
	if c := o.maria(); c.Name != "Maria da Silva" || c.Number != "C-77" {
		t.Errorf("saved %+v", c)
	}
}

func TestCashierRecordsConsentAlone(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.as("Bruno", engine.Cashier)
	o.take(screen.GotoMsg{Kind: screen.KindCustomer, ID: o.maria().ID})
	o.press("o")
	o.sees("May Casa Azul text you your coupons")
	o.press("down", "enter")
	if o.need != nil {
		t.Errorf("asked for %+v", o.need)
	}
	if c := o.maria(); c.Consent != engine.ConsentNo {
		t.Errorf("consent is %s", c.Consent)
	}
	o.press("e")
	if o.need == nil || o.need.Permission != engine.MayEditCustomers {
		t.Errorf("asked for %+v", o.need)
	}
}

func TestForgetCustomer(t *testing.T) {
	o := newOffice(t)
	o.year()
	id := o.maria().ID
	o.take(screen.GotoMsg{Kind: screen.KindCustomer, ID: id})
	o.press("f", "enter")
	o.sees("Maria Silva")
	o.press("f", "y")
	o.typed("asked by letter")
	o.press("enter")
	o.sees("Phone and name are erased.", "erased at their wish", "R$ 394,00")
	o.lacks("98765", "Maria")
	o.press("e", "f", "o")
	o.at("Customer")
	o.lacks("for good?")
}

func TestCustomersLists(t *testing.T) {
	o := newOffice(t)
	o.year()
	for key, want := range map[string][]string{
		"k": {"Coupons · Maria Silva", "G8W8-FFRH", "1XG8-Z645"},
		"s": {"Sales · Maria Silva", "181,00", "213,00"},
		"m": {"Texts · Maria Silva", "queued", "cancelled"},
	} {
		o.take(screen.GotoMsg{Kind: screen.KindCustomer, ID: o.maria().ID})
		o.press(key)
		o.at(want[0])
		o.sees(want...)
		o.lacks("João", "customer: ")
		o.press("esc", "esc")
	}
}

// TestGroupsTierAndBirthday are what offers ask of a customer.
func TestGroupsTierAndBirthday(t *testing.T) {
	o := newOffice(t)
	o.year()
	o.take(screen.GotoMsg{Kind: screen.KindCustomer, ID: o.maria().ID})
	o.press("e")
	o.to("Groups")
	o.typed("club,  friends of the house")
	o.to("Tier")
	o.typed("gold")
	o.to("Birthday in")
	o.press("left")
	o.sees("December", "Saving changes: Groups, Tier, Birthday in.")
	o.press("ctrl+s")
	o.at("Customer")
	o.sees("club, friends of the house · gold", "December")
	c := o.maria()
	if len(c.Groups) != 2 || c.Groups[1] != "friends of the house" || c.Tier != "gold" || c.Birth != 12 {
		t.Errorf("saved %+v", c)
	}
	o.press("e")
	o.sees("Nothing is changed yet.")
	o.to("Groups")
	o.fill("")
	o.to("Birthday in")
	o.press("home", "ctrl+s")
	if c := o.maria(); len(c.Groups) != 0 || c.Tier != "gold" || c.Birth != 0 {
		t.Errorf("saved %+v", c)
	}
}
