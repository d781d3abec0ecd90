package tui_test

import (
	"testing"
	"time"

	"bounceback/engine"
)

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
	k.shows("a slip in the code")
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
