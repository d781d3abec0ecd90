package tui_test

import (
	"testing"
	"time"

	"bounceback/engine"
)

// TestAGoodEntryClearsTheErrorBefore: a scan is no key that puts an error away,
// but what is acted on does.
func TestAGoodEntryClearsTheErrorBefore(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	k.start(80, 24)
	k.enter("181")
	k.press("enter")
	code := engine.ShowCode(k.sales(a)[0].IssuedCode)
	k.enter("1,2,3")
	k.shows("✗")
	k.scan(code)
	k.shows(code)
	k.hides("✗")
}

func TestTodayIsMarkedFirst(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.press("f12")
	k.shows("> 20/11/2026  today", "Enter to go on")
	k.press("down", "enter", "f12")
	k.shows("> 19/11/2026  yesterday")
}

func TestBothDaysOfACouponFit(t *testing.T) {
	k := openTill(t)
	a := k.brazil("", func(st *engine.Store) { st.Language = "pt-BR" })
	k.start(80, 24)
	k.campaign(a, "Later", 5000, 0, 0, 2)
	k.pass(2 * time.Second)
	k.enter("181")
	k.press("enter")
	k.shows("22/11/2026 – 04/01/2027")
}

func TestPrintIsNotOfferedWithoutAPrinter(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.enter("181")
	k.shows("           No customer: the coupon")
	k.press("enter")
	k.shows("code down or let them photograph it", "F7 lists  F9 lock")
	k.hides("Print it (F8)")
	k.hides("F8")
	k.press("f8")
	k.shows("No printer is set up")
}

func TestPrintIsOfferedWithAPrinter(t *testing.T) {
	k := openTill(t)
	k.brazil("", with(engine.SetPrinter, "slip.txt"))
	k.start(80, 24)
	k.enter("181")
	k.press("enter")
	k.shows("Print it (F8)")
}

func TestASlipInACodeIsCalledOne(t *testing.T) {
	k := openTill(t)
	k.brazil("")
	k.start(80, 24)
	k.write("K7PM-4T9Z")
	k.shows("a slip in the code")
	k.press("esc")
	k.press("f6")
	k.write("K7PM-4T9Z")
	k.shows("a slip in the code")
}
