package tui_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
)

const maria = "11987654321"

// sellTo records a sale to a phone that is known.
func (k *till) sellTo(phone, amount string) {
	k.t.Helper()
	k.enter(phone)
	k.enter(amount)
	k.press("enter")
	k.shows("TOTAL")
}

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

func TestCouponScannedBringsItsCustomer(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	code := engine.ShowCode(k.sales(a)[0].IssuedCode)
	k.scan(code)
	k.shows("+55 11 98765-4321", "> "+code)
	k.enter("100")
	k.press("enter")
	if s := k.sales(a)[0]; s.Discount != 30_00 || s.CustomerID.IsZero() {
		t.Errorf("recorded %+v", s)
	}
	k.scan(code)
	k.shows(code+" was used on", "Till 1", "Ana")
}

// TestScanConfirmsNothing: neither a scan nor its Enter records a sale or
// dismisses an error.
func TestScanConfirmsNothing(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	code := k.sales(a)[0].IssuedCode
	k.enter("250")
	for range 3 {
		k.scan(code)
	}
	k.now = k.now.Add(20 * time.Millisecond)
	k.send(keyMsg("enter"))
	if n := len(k.sales(a)); n != 1 {
		t.Fatalf("a scan recorded a sale: %d", n)
	}
	k.press("enter")
	k.scan(code)
	k.shows("was used on")
	k.scan(code)
	k.now = k.now.Add(20 * time.Millisecond)
	k.send(keyMsg("enter"))
	k.shows("was used on")
	k.press("enter")
	k.hides("was used on")
}

// TestScannedDigitsAreNoAmount: a barcode of goods must not become a price.
func TestScannedDigitsAreNoAmount(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.enter(maria)
	k.scan("7891234")
	k.hides("DUE")
	k.shows("Reference  7891234")
}

// TestTypingInOnePiece: what a slow line makes of typing stands on the entry
// line as if typed; its Enter is not taken for one.
func TestTypingInOnePiece(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.scan("250")
	k.shows("250▏", "R$ 250,00")
	k.hides("DUE")
	k.press("enter", "enter")
	if s := k.sales(a); len(s) != 1 || s[0].Gross != 250_00 {
		t.Errorf("recorded %+v", s)
	}
}

// TestBearersCouponStaysWithACustomer who is named after it was shown.
func TestBearersCouponStaysWithACustomer(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("181")
	k.press("enter")
	code := engine.ShowCode(k.sales(a)[0].IssuedCode)
	k.meet(maria, "10")
	k.scan(code)
	k.enter(maria)
	k.shows("> "+code, "2nd visit")
	k.enter("100")
	k.press("enter")
	if s := k.sales(a)[0]; s.Discount != 30_00 || s.CustomerID.IsZero() {
		t.Errorf("recorded %+v", s)
	}
}

// TestEnterBeforeTheAnswer of a search takes the customer once it comes.
func TestEnterBeforeTheAnswer(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.keep = true
	k.write("4321")
	k.press("enter")
	k.keep = false
	for _, cmd := range k.held {
		k.run(cmd)
	}
	k.shows("2nd visit")
}

func TestTypoIsSaidAtOnce(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.write("K7PM-4T9A")
	k.shows("not understood")
	k.press("enter")
	k.shows("K7PM-4T9A has a slip in it")
	k.press("esc")
	k.shows("K7PM-4T9A") // Esc put the error away, and only that
	k.press("esc")
	k.hides("K7PM-4T9A")
}

// TestTwoEntersAreOneSale: a second Enter while the first is on its way, and
// one after it, record nothing.
func TestTwoEntersAreOneSale(t *testing.T) {
	k := openTill(t)
	f := &flaky{DB: k.db}
	k.opt.Shop = f
	a := k.brazil("")
	k.start(80, 24)
	k.enter("250")
	k.keep = true
	k.press("enter")
	k.send(keyMsg("enter"))
	k.shows("recording…")
	k.keep = false
	for _, cmd := range k.held {
		k.run(cmd)
	}
	k.send(keyMsg("enter"))
	k.press("enter", "enter")
	if n := len(k.sales(a)); n != 1 || len(f.keys) != 1 {
		t.Errorf("%d sales, submitted %d times", n, len(f.keys))
	}
}

// TestLateAnswersAreDropped: the answer of a search that a later one has
// overtaken changes nothing.
func TestLateAnswersAreDropped(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	for _, c := range []struct{ phone, name string }{{maria, "Maria"}, {"11912345678", "Manoel"}} {
		k.enter(c.phone)
		k.press("y")
		k.enter(c.name)
		k.enter("50")
		k.press("enter")
	}
	k.write("ma")
	k.shows("Maria", "Manoel")
	k.keep = true
	k.write("n")
	man := k.held
	k.held = nil
	k.write("\x00") // types nothing
	k.press("backspace")
	k.write("r")
	mar := k.held
	k.keep = false
	for _, cmd := range mar {
		k.run(cmd)
	}
	for _, cmd := range man {
		k.run(cmd)
	}
	k.shows("Maria")
	k.hides("Manoel")
	k.press("enter")
	k.shows("Maria", "2nd visit")
}

func TestEscStepByStep(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.enter(maria)
	k.enter("250")
	k.write("99")
	k.press("esc")
	k.shows("Sale", "250,00")
	k.hides("99")
	k.press("esc")
	k.shows("+55 11 98765-4321")
	k.hides("250,00")
	k.press("esc")
	k.hides("+55 11 98765-4321")
}

func TestLandlineIsQuestioned(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("1133334444")
	k.shows("landline")
	k.press("n")
	k.hides("landline")
	k.enter("1133334444")
	k.press("y")
	k.enter("50")
	k.press("enter")
	k.shows("No text goes to this customer")
	if len(k.sales(a)) != 1 {
		t.Error("not recorded")
	}
}

// TestReservation: the coupon chosen is held for this till once the choice has
// stood, shows so at another till, and is let go with the cart.
func TestReservation(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	coupon := k.sales(a)[0].IssuedID
	state := func() engine.CouponState {
		cp, _, err := k.db.Coupon(bg, a, coupon)
		if err != nil {
			t.Fatal(err)
		}
		return cp.State
	}
	k.enter(maria)
	k.enter("250")
	if state() != engine.CouponActive {
		t.Error("held on a key")
	}
	k.pass(time.Second)
	if state() != engine.CouponReserved {
		t.Error("not held after the pause")
	}
	second, err := k.db.Register(bg, a.StoreID, "Till 2", "")
	if err != nil {
		t.Fatal(err)
	}
	b := a
	b.RegisterID, b.Register = second.ID, second.Name
	if err := k.db.Reserve(bg, b, coupon); engine.CodeOf(err) != engine.CodeCouponReserved {
		t.Errorf("the other till: %v", err)
	}
	k.press("esc", "esc")
	if state() != engine.CouponActive {
		t.Error("still held")
	}
	if err := k.db.Reserve(bg, b, coupon); err != nil {
		t.Fatal(err)
	}
	k.enter(maria)
	k.enter("250")
	k.shows("in use at Till 2", "> without a coupon")
}

func TestHoldAndResume(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.enter(maria)
	k.enter("250")
	k.press("f4")
	k.shows("1 sale on hold")
	k.hides("+55 11 98765-4321")
	k.enter("20")
	k.press("enter", "f4")
	k.shows("takes 37,00")
	k.press("enter")
	if s := k.sales(a); len(s) != 3 || s[0].Discount != 37_00 || s[1].Gross != 20_00 {
		t.Errorf("recorded %+v", s)
	}
}

func TestVoidOfTheLastSale(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.press("f5")
	k.shows("Void the last sale: R$ 181,00", "Gives back R$ 181,00", "Wrong amount")
	k.press("enter")
	k.shows("Voided. Give back R$ 181,00")
	if s := k.sales(a)[0]; s.State != engine.SaleVoided || s.VoidReason != "Wrong amount" {
		t.Errorf("sale %+v", s)
	}
	k.press("f5")
	k.shows("This till has no last sale to void")
}

// TestVoidAsksWhoBearsASpentCoupon: the coupon of this till's last sale was
// spent at another till.
func TestVoidAsksWhoBearsASpentCoupon(t *testing.T) {
	k := openTill(t)
	a := k.brazil("", with(engine.SetReturnSpent, "ask"))
	k.start(80, 24)
	k.meet(maria, "181")
	first := k.sales(a)[0]
	second, err := k.db.Register(bg, a.StoreID, "Till 2", "")
	if err != nil {
		t.Fatal(err)
	}
	b := a
	b.RegisterID, b.Register = second.ID, second.Name
	d := engine.Draft{Key: "b", Amount: 250_00, Customer: engine.CustomerRef{ID: first.CustomerID}, Use: engine.UseBest}
	if _, err := k.db.RecordSale(bg, b, d); err != nil {
		t.Fatal(err)
	}
	k.press("f5", "down")
	k.press("enter")
	k.shows("already spent", "The customer: its value", "The shop: the whole amount")
	k.press("enter")
	k.shows("Give back R$ 144,00", "R$ 37,00 was kept")
	if s, err := k.db.Sale(bg, a, first.ID); err != nil || s.State != engine.SaleVoided || s.VoidReason != "Customer changed their mind" {
		t.Errorf("sale %+v, %v", s, err)
	}
}

func TestCheckingACouponUsesNothing(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	code := k.sales(a)[0].IssuedCode
	k.press("f6")
	k.shows("check coupon:")
	k.enter(strings.ToLower(code))
	k.shows("This coupon can be used", "R$ 37", "**** 4321")
	k.enter("50")
	k.shows("no customer")
}

func TestReference(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("POS-4711")
	k.shows("Reference", "POS-4711")
	k.enter("30")
	k.press("enter")
	if s := k.sales(a)[0]; s.Reference != "POS-4711" {
		t.Errorf("recorded %+v", s)
	}
	k.enter("POS-4711")
	k.shows("POS-4711 is recorded already: R$ 30,00")
}

func TestBusinessDate(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("30")
	k.press("ctrl+d")
	k.shows("Which day was this sale?", "20/11/2026  today", "19/11/2026  yesterday")
	k.press("down", "down", "enter")
	k.shows("Dated", "19/11/2026")
	k.press("enter")
	if s := k.sales(a)[0]; s.Business.String() != "2026-11-19" {
		t.Errorf("recorded on %v", s.Business)
	}
}

func TestStopTextsAtTheCounter(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.enter(maria)
	k.shows("texts: yes")
	k.press("ctrl+t")
	k.shows("May Casa Azul text you")
	k.press("n")
	k.shows("texts: no")
}

func TestCtrlCDoesNothing(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.enter("30")
	k.press("ctrl+c", "ctrl+c")
	k.shows("R$", "30,00")
	if k.quit {
		t.Fatal("it quit")
	}
	k.press("ctrl+q")
	k.shows("Quit while a sale is open?")
	k.press("n")
	if k.quit {
		t.Fatal("it quit on no")
	}
	k.press("ctrl+q", "y")
	if !k.quit {
		t.Error("it did not quit")
	}
}

func TestWindowTooSmallStillSells(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(20, 5)
	k.enter("181")
	k.shows("181,00")
	k.press("enter")
	if len(k.sales(a)) != 1 {
		t.Error("not recorded")
	}
	fits(t, k.app.View(), 20, 5)
	k.scan(k.sales(a)[0].IssuedCode)
	k.enter("100")
	k.shows("70,00")
}

// TestNoFrameOverflows: in no window, however small, is a frame wider or
// higher than it.
func TestNoFrameOverflows(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	stages := []func(){
		func() {},
		func() { k.write("119") },
		func() { k.press("esc"); k.write("ma") },
		func() { k.press("esc"); k.enter(maria) },
		func() { k.enter("1234567,89") },
		func() { k.press("f5") },
		func() { k.press("esc"); k.enter("x-1"); k.press("f12") },
		func() { k.press("esc", "enter") },
		func() { k.press("f1") },
		func() { k.press("esc", "f6"); k.enter("K7PM4T9A") },
		func() { k.press("esc", "esc"); k.enter("11912345678") },
		func() { k.press("n"); k.press("ctrl+q") },
	}
	for _, stage := range stages {
		stage()
		for _, w := range []int{1, 2, 5, 12, 20, 23, 24, 31, 40, 59, 60, 80, 120, 200} {
			for _, h := range []int{1, 2, 3, 5, 7, 8, 10, 12, 17, 18, 24, 30, 60} {
				k.send(tea.WindowSizeMsg{Width: w, Height: h})
				fits(t, k.app.View(), w, h)
			}
		}
		k.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	}
}
