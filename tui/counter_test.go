package tui_test

import (
	"testing"
	"time"

	"bounceback/engine"
)

const maria = "11987654321"

// meet records a first sale to a new customer who wants texts.
func (k *till) meet(phone, amount string) {
	k.t.Helper()
	k.enter(phone)
	k.shows("New customer")
	k.press("y")
	k.enter(amount)
	k.press("enter")
	k.shows("TOTAL")
}

func TestSellingToANewCustomer(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.shows("Casa Azul · Till 1 · Ana")
	k.write("(11) 98765-4321")
	k.shows("+55 11 98765-4321", "Not known yet")
	k.press("enter")
	k.shows("New customer", "May Casa Azul text you")
	k.press("y")
	k.shows("new customer", "texts: yes")
	k.enter("Maria Souza")
	k.shows("Maria Souza")
	k.enter("181")
	k.shows("EARNS", "R$ 37", "20 % of 181,00", "through 4 Jan", "at most 30 %")
	if n := len(k.sales(a)); n != 0 {
		t.Fatalf("%d sales before the last Enter", n)
	}
	k.press("enter")
	k.shows("takes at most 30 % of a sale", "4 January 2027", "1 part", "TOTAL")
	got := k.sales(a)
	if len(got) != 1 || got[0].Gross != 181_00 || got[0].Customer != "Maria Souza" {
		t.Fatalf("recorded %+v", got)
	}
	cu, err := k.db.Customer(bg, a, got[0].CustomerID)
	if err != nil || cu.Customer.Consent != engine.ConsentYes {
		t.Errorf("customer %+v, %v", cu.Customer, err)
	}
	k.pass(3 * time.Second)
	k.shows("TOTAL") // until the next entry begins
	k.write("1")
	k.hides("TOTAL")
}

// TestWorkedFigures: the figures of the design, on the screen.
func TestWorkedFigures(t *testing.T) {
	for _, c := range []struct {
		amount string
		shows  []string
	}{
		{"100", []string{"takes 30,00", "− 30,00", "Sale     100,00", "R$ 14"}},
		{"250", []string{"takes 37,00", "− 37,00", "R$ 43", "20 % of 213,00"}},
		{"101,50", []string{"takes 31,00", "− 31,00", "20 % of 70,50"}},
		{"0,50", []string{"takes 0,50", "This sale earns no coupon"}},
	} {
		t.Run(c.amount, func(t *testing.T) {
			k := openTill(t)
			k.brazil("")
			k.start(80, 24)
			k.meet(maria, "181")
			k.enter(maria)
			k.shows("2nd visit, last today", "R$ 37", "through 4 Jan")
			k.enter(c.amount)
			k.shows(c.shows...)
		})
	}
}

func TestRedeeming(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.pass(12 * 24 * time.Hour)
	k.enter(maria)
	k.shows("last 12 days ago")
	k.enter("250")
	k.press("enter")
	if s := k.sales(a)[0]; s.Discount != 37_00 || s.Net != 213_00 || s.IssuedFace != 43_00 {
		t.Errorf("recorded %+v", s)
	}
}

func TestWithoutACoupon(t *testing.T) {
	for _, keys := range [][]string{{"f10"}, {"ctrl+n"}, {"down"}} {
		k := openTill(t)
		a := k.brazil("")
		k.start(80, 24)
		k.meet(maria, "181")
		k.enter(maria)
		k.enter("250")
		k.press(keys...)
		k.shows("> without a coupon")
		k.hides("− 37,00")
		k.press("enter")
		if s := k.sales(a)[0]; s.Discount != 0 || s.Net != 250_00 {
			t.Errorf("%v: recorded %+v", keys, s)
		}
	}
}

func TestAmountFirst(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.enter("250")
	k.shows("no customer", "whoever brings it")
	k.enter(maria)
	k.shows("takes 37,00")
	k.enter("100")
	k.shows("takes 30,00")
	k.press("enter")
	if s := k.sales(a)[0]; s.Gross != 100_00 || s.Discount != 30_00 {
		t.Errorf("recorded %+v", s)
	}
}

func TestSaleForTheBearer(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("181")
	k.press("enter")
	k.shows("The coupon is for whoever brings it")
	sale := k.sales(a)[0]
	if !sale.CustomerID.IsZero() || sale.IssuedCode == "" {
		t.Fatalf("recorded %+v", sale)
	}
	k.pass(24 * time.Hour)
	k.scan(engine.ShowCode(sale.IssuedCode)) // the bearer brings it
	k.enter("100")
	k.shows("takes 30,00")
	k.press("enter")
	if s := k.sales(a)[0]; s.Discount != 30_00 {
		t.Errorf("recorded %+v", s)
	}
}

func TestLandlineIsQuestioned(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("1133334444")
	k.shows("landline")
	k.press("n")
	k.hides("landline")
	k.shows("1133334444▏") // to be corrected
	k.press("backspace")
	k.write("4")
	k.press("enter")
	k.shows("landline")
	k.press("y")
	k.enter("50")
	k.press("enter")
	k.shows("No text: the customer was not asked")
	if len(k.sales(a)) != 1 {
		t.Error("not recorded")
	}
}
