package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
)

// TestHeldBackAtTheCounter sells to new customers until one is held back. The
// counter says so before the sale, where it is known, and after it.
func TestHeldBackAtTheCounter(t *testing.T) {
	k := openTill(t)
	a := k.brazil("")
	page, err := k.db.Campaigns(bg, a, engine.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	c := page.Items[0]
	c.Holdback = 5000
	if _, err := k.db.SaveCampaign(bg, a, c); err != nil {
		t.Fatal(err)
	}
	k.start(80, 24)
	phone := ""
	for i := 0; !strings.Contains(k.screenText(), "comparison group"); i++ {
		phone = fmt.Sprintf("119876500%02d", i)
		k.enter(phone)
		k.press("y")
		k.enter("181")
		k.shows("EARNS      R$ 37", "Not sure yet: 50 % of customers get no coupon")
		k.press("enter")
		k.shows("TOTAL")
	}
	k.shows("No coupon for this customer: comparison group of “Volte sempre”.")
	k.enter(phone)
	k.enter("100")
	k.shows("EARNS      no coupon: comparison group of “Volte sempre”")
	k.hides("NEAR", "Not sure yet")
	k.press("enter")
	k.shows("No coupon for this customer")
	if s, err := k.db.Sale(bg, a, k.sales(a)[0].ID); err != nil || s.Held == nil || s.Held.Face != 20_00 {
		t.Errorf("%+v, %v", s.Held, err)
	}
}
