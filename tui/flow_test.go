package tui_test

import (
	"context"
	"errors"
	"regexp"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/store"
)

// flaky is a store whose commits go through while their answers are lost, and
// whose disk is full, as often as a test says.
type flaky struct {
	*store.DB
	lost, full int
	keys       []string
}

func (f *flaky) RecordSale(ctx context.Context, a engine.Actor, d engine.Draft) (engine.Recorded, error) {
	f.keys = append(f.keys, d.Key)
	if f.full > 0 {
		f.full--
		return engine.Recorded{}, engine.Broken(store.CodeDiskFull, errors.New("no room"))
	}
	rec, err := f.DB.RecordSale(ctx, a, d)
	if f.lost > 0 {
		f.lost--
		return engine.Recorded{}, engine.Broken(engine.CodeOutcomeUnknown, errors.New("lost"))
	}
	return rec, err
}

// TestUnknownOutcome: when nobody knows whether a sale was recorded, nothing
// can be changed, and Enter asks again with the same key.
func TestUnknownOutcome(t *testing.T) {
	k := openTill(t)
	f := &flaky{DB: k.db, lost: 1}
	k.opt.Shop = f
	a := k.brazil("")
	k.start(80, 24)
	k.enter("250")
	k.press("enter")
	k.shows("could not say whether this was recorded", "Enter asks again")
	k.enter("99")
	k.shows("one sale, not two", "250,00")
	if len(f.keys) != 2 || f.keys[0] != f.keys[1] {
		t.Errorf("submitted with %q", f.keys)
	}
	if s := k.sales(a); len(s) != 1 || s[0].Gross != 250_00 {
		t.Errorf("recorded %+v", s)
	}
}

func TestUnknownOutcomeGivenUp(t *testing.T) {
	k := openTill(t)
	k.opt.Shop = &flaky{DB: k.db, lost: 1}
	k.brazil("")
	k.start(80, 24)
	k.enter("250")
	k.press("enter", "esc")
	k.shows("Give this sale up?", "may have been recorded")
	k.press("n")
	k.shows("Enter asks again")
	k.press("esc", "y")
	k.hides("250,00")
}

// TestFullDisk: a definite failure keeps the cart, which can be changed and
// submitted again under the same key.
func TestFullDisk(t *testing.T) {
	k := openTill(t)
	f := &flaky{DB: k.db, full: 1}
	k.opt.Shop = f
	a := k.brazil("")
	k.start(80, 24)
	k.enter("250")
	k.press("enter")
	k.shows("✗", "250,00")
	k.enter("251")
	k.press("enter")
	if s := k.sales(a); len(s) != 1 || s[0].Gross != 251_00 || f.keys[0] != f.keys[1] {
		t.Errorf("recorded %+v with %q", s, f.keys)
	}
}

func TestVerifiedPhone(t *testing.T) {
	k := openTill(t)
	a := k.brazil("", with(engine.SetVerifyPhone, "yes"))
	k.start(80, 24)
	k.enter(maria)
	k.press("y")
	k.shows("A code was texted to +55 11 98765-4321")
	now := engine.InstantOf(k.now)
	text, err := k.db.Claim(bg, now, now.Add(time.Minute))
	if err != nil || !text.OK {
		t.Fatalf("text %+v, %v", text, err)
	}
	code := regexp.MustCompile(`code is ([0-9A-Z]{4})`).FindStringSubmatch(text.Body)[1]
	k.press("x", "x")
	k.enter("xx")
	k.shows("That is not the code")
	k.pass(time.Second)
	k.enter(code)
	k.shows("new customer")
	k.enter("50")
	k.press("enter")
	if s := k.sales(a); len(s) != 1 || s[0].CustomerID.IsZero() {
		t.Errorf("recorded %+v", s)
	}
}

func TestConsentIsNotAsked(t *testing.T) {
	k := openTill(t)
	k.brazil("", with(engine.SetAskConsent, "no"))
	k.start(80, 24)
	k.enter(maria)
	k.shows("new customer", "texts: not asked")
}

func TestPrinting(t *testing.T) {
	k := openTill(t)
	var printed []engine.ID
	k.opt.Print = func(_ context.Context, _ engine.Actor, id engine.ID) error {
		printed = append(printed, id)
		if len(printed) > 1 {
			return engine.Broken(engine.CodeUnexpected, errors.New("no paper"))
		}
		return nil
	}
	a := k.brazil("", with(engine.SetPrinter, "slip.txt"), with(engine.SetPrintAlways, "yes"))
	k.start(80, 24)
	k.enter("30")
	k.press("enter")
	k.shows("Printed.")
	k.press("f8")
	k.shows("no paper", "TOTAL")
	if id := k.sales(a)[0].ID; len(printed) != 2 || printed[0] != id || printed[1] != id {
		t.Errorf("printed %v", printed)
	}
}

func TestPagesKeepTheCart(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.enter(maria)
	k.enter("250")
	for _, key := range []string{"f3", "f7", "f1", "?"} {
		k.press(key)
		k.hides("DUE")
		k.press("esc")
		k.shows("DUE", "takes 37,00")
	}
	k.write("a?")
	k.shows("a?") // a text being typed, not the help page
}

// TestQuittingLetsGo of the coupons held here, in the cart and on hold.
func TestQuittingLetsGo(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	coupon := k.sales(a)[0].IssuedID
	k.enter(maria)
	k.enter("250")
	k.press("f4")
	if cp, _, err := k.db.Coupon(bg, a, coupon); err != nil || cp.State != engine.CouponReserved {
		t.Fatalf("on hold the coupon is %s, %v", cp.State, err)
	}
	k.press("ctrl+q", "y")
	if cp, _, err := k.db.Coupon(bg, a, coupon); err != nil || cp.State != engine.CouponActive || !k.quit {
		t.Errorf("after quitting the coupon is %s, %v; quit %v", cp.State, err, k.quit)
	}
}

func TestSettingsChangeTheScreen(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.shows("Type or scan")
	st, err := k.db.TheStore(bg, "")
	if err != nil {
		t.Fatal(err)
	}
	st.Language, st.Title = "pt-BR", "Casa Verde"
	if _, err := k.db.SaveStore(bg, a, st); err != nil {
		t.Fatal(err)
	}
	k.pass(2 * time.Second)
	k.shows("Casa Verde", "Digite ou leia")
}

func TestCustomerByNumber(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	number := "C-100"
	if _, err := k.db.EditCustomer(bg, a, engine.CustomerEdit{ID: k.sales(a)[0].CustomerID, Number: &number}); err != nil {
		t.Fatal(err)
	}
	k.scan("C-100")
	k.shows("+55 11 98765-4321", "2nd visit")
	k.press("esc")
	k.press("f2")
	k.enter("C-100")
	k.shows("+55 11 98765-4321")
}

// TestLastFourDigits find a customer; nobody's are read as an amount.
func TestLastFourDigits(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.write("4321")
	k.shows("last four digits", "**** 4321", "Tab amount")
	k.press("tab")
	k.shows("R$ 4.321,00")
	k.press("tab", "tab", "enter")
	k.shows("2nd visit")
	k.press("esc")
	k.write("1250")
	k.shows("R$ 1.250,00")
	k.press("enter")
	k.shows("DUE", "no customer")
}

// TestWorkerIsWoken after what may have queued a text, and waited for.
func TestWorkerIsWoken(t *testing.T) {
	k := openTill(t)
	woken := make(chan struct{}, 100)
	k.opt.Worker = func(ctx context.Context, wake <-chan struct{}) {
		for range wake {
			woken <- struct{}{}
		}
	}
	k.brazil("")
	k.start(80, 24)
	k.enter("30")
	k.press("enter")
	<-woken
}

func TestNoStoreOfThatName(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.opt.Store = "Casa Rosa"
	k.start(80, 24)
	k.shows("ctrl+q")
	k.press("enter", "esc")
	k.press("ctrl+q")
	if !k.quit {
		t.Error("it did not quit")
	}
}
