package store

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"bounceback/engine"
)

// nobodys is a code without a slip that no coupon has.
func nobodys(n int) string {
	return engine.NewCode([7]byte{31, 7, 3, 1, byte(n >> 10 & 31), byte(n >> 5 & 31), byte(n & 31)})
}

// atTill gives an actor another till.
func (s *shop) atTill(a engine.Actor, till string) engine.Actor {
	s.t.Helper()
	r, err := s.Register(bgc, s.store.ID, till, "")
	s.ok(err)
	a.RegisterID, a.Register = r.ID, r.Name
	return a
}

// actor is a new member of staff at a till.
func (s *shop) actor(name string, role engine.Role, till string) engine.Actor {
	s.t.Helper()
	who := s.hire(name, role, "")
	a := s.owner
	a.StaffID, a.Staff, a.Role = who.ID, name, role
	return s.atTill(a, till)
}

func (s *shop) lookUp(a engine.Actor, code string) engine.Code {
	_, err := s.CheckCoupon(bgc, a, code, 0, engine.ID{})
	return engine.CodeOf(err)
}

// miss looks so many codes up that nobody has.
func (s *shop) miss(a engine.Actor, n int) {
	s.t.Helper()
	for i := range n {
		if got := s.lookUp(a, nobodys(i)); got != engine.CodeCouponUnknown {
			s.t.Fatalf("look-up %d: %s", i+1, got)
		}
	}
}

func TestWrongCodesLockTheTillTheyAreTriedAt(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, "+5511987654321", "Maria")
	for range 30 {
		if got := s.lookUp(s.owner, "K7PM-4T9Z"); got != engine.CodeTypo {
			t.Fatalf("a mistyped code is %s", got)
		}
	}
	s.miss(s.owner, 10)
	if got := s.lookUp(s.owner, nobodys(99)); got != engine.CodeLookupTill {
		t.Errorf("the eleventh is %s", got)
	}
	if got := s.lookUp(s.owner, sold.Issued.Code); got != engine.CodeLookupTill {
		t.Errorf("a code that is good is %s while the till is locked", got)
	}
	_, err := s.Coupons(bgc, s.owner, engine.Filter{Search: nobodys(99)})
	s.refused(err, engine.CodeLookupTill)
	_, err = s.RecordSale(bgc, s.owner, engine.Draft{Amount: 5000, Use: engine.UseCode, Code: nobodys(99)})
	s.refused(err, engine.CodeLookupTill)
	if other := s.atTill(s.owner, "Till 2"); s.lookUp(other, sold.Issued.Code) != "" {
		t.Error("another till is locked too")
	}
	if n := s.count(`SELECT count(*) FROM lookup_miss`); n != 10 {
		t.Errorf("%d wrong codes counted: what is locked does not count", n)
	}
	if n := s.count(`SELECT count(*) FROM audit WHERE action = 'lookup.locked' AND subject = 'register'`); n != 1 {
		t.Errorf("%d entries of one lock in the audit log", n)
	}
	s.wait(10*60_000 - 1)
	if got := s.lookUp(s.owner, sold.Issued.Code); got != engine.CodeLookupTill {
		t.Errorf("a millisecond before its end the lock is %q", got)
	}
	s.wait(1)
	if got := s.lookUp(s.owner, sold.Issued.Code); got != "" {
		t.Errorf("after ten minutes %s", got)
	}
}

func TestLockedTillSellsOn(t *testing.T) {
	s := newShop(t, "")
	maria := s.sell(s.owner, "+5511987654321", "Maria")
	bearer, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 10_000})
	s.ok(err)
	s.ok(s.Reserve(bgc, s.owner, bearer.Issued.ID))
	s.miss(s.owner, 10)
	for name, d := range map[string]engine.Draft{
		"without a coupon":         {},
		"with the customer's own":  {Use: engine.UseCode, Code: maria.Issued.Code, Customer: engine.CustomerRef{ID: maria.Sale.CustomerID}},
		"with one the till holds":  {Use: engine.UseCode, Code: bearer.Issued.Code},
		"with the customer's best": {Use: engine.UseBest, Customer: engine.CustomerRef{ID: maria.Sale.CustomerID}},
	} {
		d.Amount = 20_000
		if _, err := s.RecordSale(bgc, s.owner, d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWrongCodesOfSalesAndSearchesCount(t *testing.T) {
	s := newShop(t, "")
	_, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 5000, Use: engine.UseCode, Code: nobodys(1)})
	s.refused(err, engine.CodeCouponUnknown)
	page, err := s.Coupons(bgc, s.owner, engine.Filter{Search: nobodys(2)})
	s.ok(err)
	if n := s.count(`SELECT count(*) FROM lookup_miss`); n != 2 || len(page.Items) != 0 {
		t.Errorf("%d counted, %d found", n, len(page.Items))
	}
	if n := s.count(`SELECT count(*) FROM sale`); n != 0 {
		t.Errorf("%d sales recorded", n)
	}
}

func TestWrongCodesLockPersonAndStore(t *testing.T) {
	s := newShop(t, "")
	for till := range 2 {
		s.miss(s.atTill(s.owner, fmt.Sprint("T", till)), 10)
	}
	if got := s.lookUp(s.atTill(s.owner, "T9"), nobodys(99)); got != engine.CodeLookupStaff {
		t.Errorf("after 20 at several tills %s", got)
	}
	for n := range 3 {
		s.miss(s.actor(fmt.Sprint("Bia ", n), engine.Cashier, fmt.Sprint("B", n)), 10)
	}
	if got := s.lookUp(s.actor("Carla", engine.Cashier, "C"), nobodys(99)); got != engine.CodeLookupStore {
		t.Errorf("after 50 in the store %s", got)
	}
	s.wait(60 * 60_000)
	if got := s.lookUp(s.owner, nobodys(99)); got != engine.CodeCouponUnknown {
		t.Errorf("an hour later %s", got)
	}
}

func TestWrongCodesWithoutLimits(t *testing.T) {
	s := newShop(t, "")
	st := s.store
	st.Settings = engine.Settings{engine.SetMissesTill: "0", engine.SetMissesStaff: "0", engine.SetMissesStore: "0"}
	_, err := s.SaveStore(bgc, s.owner, st)
	s.ok(err)
	s.miss(s.owner, 120)
}

func TestWrongCodesAreForgotten(t *testing.T) {
	s := newShop(t, "")
	s.miss(s.owner, 3)
	s.wait(91 * 24 * 60 * 60_000)
	s.miss(s.owner, 1)
	if n := s.count(`SELECT count(*) FROM lookup_miss`); n != 1 {
		t.Errorf("%d kept", n)
	}
}

// TestManyAtOnceGetNoMoreLookUps tries codes in 20 goroutines at two handles of
// the file.
func TestManyAtOnceGetNoMoreLookUps(t *testing.T) {
	s := newShop(t, "")
	other, err := Open(bgc, s.path, Options{Clock: func() engine.Instant { return engine.Instant(s.now.Load()) }})
	s.ok(err)
	defer other.Close()
	var unknown, locked atomic.Int64
	var group sync.WaitGroup
	for g := range 20 {
		db := []*DB{s.DB, other}[g%2]
		group.Go(func() {
			for i := range 10 {
				_, err := db.CheckCoupon(bgc, s.owner, nobodys(g*10+i), 0, engine.ID{})
				switch engine.CodeOf(err) {
				case engine.CodeCouponUnknown:
					unknown.Add(1)
				case engine.CodeLookupTill:
					locked.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if unknown.Load() != 10 || locked.Load() != 190 {
		t.Errorf("%d answered, %d locked; want 10 and 190", unknown.Load(), locked.Load())
	}
}

// TestStoresLockApart looks that one shop's wrong codes do not lock another of
// the file.
func TestStoresLockApart(t *testing.T) {
	s := newShop(t, "")
	s.miss(s.owner, 10)
	other, _ := s.found("Loja Verde", "")
	if got := s.lookUp(other, nobodys(99)); got != engine.CodeCouponUnknown {
		t.Errorf("the other shop: %s", got)
	}
}
