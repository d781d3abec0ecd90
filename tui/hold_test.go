package tui_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
)

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

func TestBusinessDate(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("30")
	k.press("ctrl+d")
	k.shows("Which day was this sale?", "20/11/2026  today", "19/11/2026  yesterday")
	k.press("down", "enter")
	k.shows("Dated", "19/11/2026")
	k.press("enter")
	if s := k.sales(a)[0]; s.Business.String() != "2026-11-19" {
		t.Errorf("recorded on %v", s.Business)
	}
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
