package tui_test

import (
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/tui"
)

// TestDeskComesOnTop where it is asked for, with the counter behind it.
func TestDeskComesOnTop(t *testing.T) {
	k := openTill(t)
	k.actor = k.brazil("")
	k.opt.Front = tui.FrontDesk
	k.start(80, 24)
	if v := k.screenText(); !strings.Contains(v, "The owner's desk") || !strings.Contains(v, "Nothing was sold yet") {
		t.Fatalf("not the desk:\n%s", v)
	}
	k.press("esc")
	if v := k.screenText(); !strings.Contains(v, "F7") {
		t.Errorf("no counter behind it:\n%s", v)
	}
}

// TestDeskIsOneKeyFromTheCounter and shows a sale as soon as it is made.
func TestDeskIsOneKeyFromTheCounter(t *testing.T) {
	k := openTill(t)
	k.actor = k.brazil("")
	k.start(80, 24)
	k.meet(maria, "181")
	k.press("ctrl+a")
	if v := strings.Join(strings.Fields(k.screenText()), " "); !strings.Contains(v, "1 Sold, R$ 181 ") {
		t.Errorf("the sale is not on the desk:\n%s", v)
	}
	if _, err := k.db.RecordSale(bg, k.actor, engine.Draft{Key: "other", Amount: 19_00}); err != nil {
		t.Fatal(err)
	}
	k.pass(2 * time.Second)
	if v := strings.Join(strings.Fields(k.screenText()), " "); !strings.Contains(v, "1 Sold, R$ 200 ") {
		t.Errorf("a sale of another till is not on the desk:\n%s", v)
	}
}

// TestDeskOfACashierAsksForSomebody who may see it.
func TestDeskOfACashierAsksForSomebody(t *testing.T) {
	k := openTill(t)
	staffed(k)
	k.opt.Front = tui.FrontDesk
	k.start(80, 24)
	k.press("down")
	k.enter("5678")
	if v := k.screenText(); strings.Contains(v, "The owner's desk") || strings.Contains(v, "Ctrl+A") {
		t.Fatalf("a cashier sees the desk, or its key:\n%s", v)
	}
	k.press("ctrl+a")
	if v := k.screenText(); !strings.Contains(v, "see the owner's desk") {
		t.Errorf("nobody is asked for:\n%s", v)
	}
}
