package store

import (
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

func TestTextsThatHideOrCommandAreRefused(t *testing.T) {
	s := newShop(t, "")
	for _, bad := range []string{"A\x1b[2J1", "A\u009b1", "A\u202e1", "A\u200b1", "A\n1"} {
		for field, d := range map[string]engine.Draft{
			"reference": {Reference: bad}, "source": {Source: bad}, "ad": {Ad: bad}, "channel": {Channel: bad}, "payment": {Payment: bad},
		} {
			d.Amount = 5000
			if _, err := s.RecordSale(bgc, s.owner, d); engine.CodeOf(err) != engine.CodeOddText {
				t.Errorf("%s %q: %v", field, bad, err)
			}
		}
		if _, err := s.Register(bgc, s.store.ID, bad, ""); engine.CodeOf(err) != engine.CodeRegisterName {
			t.Errorf("register %q: %v", bad, err)
		}
		sold := s.sell(s.owner, "+5511987654321", "Maria")
		if _, err := s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: sold.Sale.ID, Reason: bad}); engine.CodeOf(err) != engine.CodeOddText {
			t.Errorf("reason %q: %v", bad, err)
		}
	}
}

// masked tells whether a code is hidden.
func masked(code string) bool { return strings.HasPrefix(code, "****") }

func TestBearersCodesAreReadByManagersAndWhoJustSold(t *testing.T) {
	s := newShop(t, "")
	bia := s.owner
	bia.Role, bia.StaffID = engine.Cashier, s.hire("Bia", engine.Cashier, "").ID
	eva := bia
	eva.StaffID = s.hire("Eva", engine.Cashier, "").ID
	sold, err := s.RecordSale(bgc, bia, engine.Draft{Amount: 10_000, Key: "k1"})
	s.ok(err)
	code := sold.Issued.Code
	if masked(code) || masked(sold.Sale.IssuedCode) {
		t.Fatalf("the sale just made shows %s", code)
	}
	named := s.sell(bia, "+5511987654321", "Maria").Issued.Code
	reads := func(a engine.Actor, search string) (list, one, sales, sale string) {
		coupons, err := s.Coupons(bgc, a, engine.Filter{Search: search})
		s.ok(err)
		c, _, err := s.Coupon(bgc, a, sold.Issued.ID)
		s.ok(err)
		page, err := s.Sales(bgc, a, engine.Filter{})
		s.ok(err)
		x, err := s.Sale(bgc, a, sold.Sale.ID)
		s.ok(err)
		return coupons.Items[len(coupons.Items)-1].Code, c.Code, page.Items[1].IssuedCode, x.IssuedCode
	}
	see := func(who string, a engine.Actor, search string, want [4]bool) {
		t.Helper()
		l, o, ss, x := reads(a, search)
		if got := [4]bool{!masked(l), !masked(o), !masked(ss), !masked(x)}; got != want {
			t.Errorf("%s reads list %s, coupon %s, sales %s, sale %s", who, l, o, ss, x)
		}
	}
	see("owner", s.owner, "", [4]bool{true, true, true, true})
	see("manager", s.as(engine.Manager), "", [4]bool{true, true, true, true})
	see("who sold", bia, "", [4]bool{false, true, true, true})
	see("another cashier", eva, "", [4]bool{})
	see("another cashier with the slip", eva, code, [4]bool{true})
	s.wait(2 * msHour)
	see("who sold, later", bia, "", [4]bool{})
	again, err := s.RecordSale(bgc, bia, engine.Draft{Amount: 10_000, Key: "k1"})
	if err != nil || !again.Repeated || !masked(again.Issued.Code) || !masked(again.Sale.IssuedCode) {
		t.Errorf("the key again reads %+v, %v", again.Issued, err)
	}
	all, err := s.Coupons(bgc, eva, engine.Filter{})
	s.ok(err)
	if all.Items[0].Code != named {
		t.Errorf("a customer's own coupon is listed as %s", all.Items[0].Code)
	}
	used, err := s.RecordSale(bgc, eva, engine.Draft{Amount: 10_000, Use: engine.UseCode, Code: code})
	if err != nil || used.Redeemed == nil {
		t.Errorf("the slip's code redeems %+v, %v", used.Redeemed, err)
	}
}

func TestListedPhonesAreMaskedBelowTheRightToExport(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, "+5511987654321", "Maria")
	for role, want := range map[engine.Role]string{
		engine.Owner: "+5511987654321", engine.Manager: "+5511987654321", engine.Cashier: "**** 4321", engine.Salesperson: "**** 4321",
	} {
		page, err := s.Customers(bgc, s.as(role), engine.Filter{Search: "maria"})
		s.ok(err)
		if c := page.Items[0]; c.Phone.E164 != want || c.Phone.Masked() != "**** 4321" {
			t.Errorf("%s reads %q", role, c.Phone.E164)
		}
	}
}

func TestNobodyLocksAnothersTill(t *testing.T) {
	s := newShop(t, "")
	bia := s.actor("Bia", engine.Cashier, "Till 2")
	sold, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 10_000})
	s.ok(err)
	at := bia
	at.RegisterID, at.Register = s.owner.RegisterID, s.owner.Register
	s.miss(at, 10)
	if got := s.lookUp(at, sold.Issued.Code); got != engine.CodeLookupTill {
		t.Errorf("who tried is told %q", got)
	}
	if got := s.lookUp(s.owner, sold.Issued.Code); got != "" {
		t.Errorf("who works at that till is told %q", got)
	}
}

func TestADismissedAlertIsRaisedAnewWhenClearlyWorse(t *testing.T) {
	s, bia := planted(t)
	s.ok(s.RaiseAlerts(bgc))
	wrong := s.openAlerts()[0]
	manager := s.actor("Rui", engine.Manager, "Till 9")
	_, err := s.DismissAlert(bgc, manager, wrong.AlertID, "another shop's coupons")
	s.ok(err)
	look := func(more int) []engine.Alert {
		for range more {
			s.wait(61 * 60_000)
			s.miss(bia, 9)
		}
		s.wait(61 * 60_000)
		s.ok(s.RaiseAlerts(bgc))
		return s.openAlerts()
	}
	if got := look(1); len(got) != 1 {
		t.Fatalf("27 after 18 that were dismissed: %d open", len(got))
	}
	got := look(2)
	if len(got) != 2 {
		t.Fatalf("45 after 18 that were dismissed: %d open", len(got))
	}
	again := got[slices.IndexFunc(got, func(l engine.Alert) bool { return l.Rule == engine.WatchWrongCode })]
	if again.AlertID != wrong.AlertID || again.Hits != 45 || again.SettledBy != "Rui" || again.Reason == "" {
		t.Errorf("raised anew as %+v", again)
	}
	if n := s.count(`SELECT count(*) FROM audit WHERE action = 'alert.raise'`); n != 3 {
		t.Errorf("%d entries in the audit log", n)
	}
	got = look(1)
	if at := slices.IndexFunc(got, func(l engine.Alert) bool { return l.Hits == 54 }); at < 0 {
		t.Errorf("an open alert shows %+v", got)
	}
	s.sound()
}
