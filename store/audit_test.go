package store

import (
	"fmt"
	"strings"
	"testing"

	"bounceback/engine"
)

const noTriggers = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete"

func (s *shop) verifyAudit() engine.AuditReport {
	s.t.Helper()
	r, err := s.VerifyAudit(bgc, s.owner)
	s.ok(err)
	return r
}

// TestAuditTampering changes the log behind the program's back, in all ways
// that come to mind.
func TestAuditTampering(t *testing.T) {
	const sales = 8 // entries 3 to 10; the first two are the store's and its campaign's
	for name, c := range map[string]struct {
		sql    string
		broken int64
		why    string
	}{
		"untouched":     {"SELECT 1", 0, ""},
		"detail":        {"UPDATE audit SET detail = replace(detail, 'gross=10000', 'gross=1000') WHERE seq = 4", 4, "changed"},
		"reason":        {"UPDATE audit SET reason = 'x' WHERE seq = 4", 4, "changed"},
		"who":           {"UPDATE audit SET staff_id = zeroblob(16) WHERE seq = 5", 5, "changed"},
		"where":         {"UPDATE audit SET register_id = zeroblob(16) WHERE seq = 5", 5, "changed"},
		"when":          {"UPDATE audit SET at = at + 1 WHERE seq = 2", 2, "changed"},
		"what":          {"UPDATE audit SET action = 'sale.void' WHERE seq = 3", 3, "changed"},
		"origin":        {"UPDATE audit SET origin = 'import' WHERE seq = 2", 2, "changed"},
		"kind":          {"UPDATE audit SET subject = 'coupon' WHERE seq = 3", 3, "changed"},
		"subject":       {"UPDATE audit SET subject_id = zeroblob(16) WHERE seq = 2", 2, "changed"},
		"hash":          {"UPDATE audit SET hash = zeroblob(32) WHERE seq = 10", 10, "changed"},
		"one out":       {"DELETE FROM audit WHERE seq = 6", 6, "missing"},
		"first out":     {"DELETE FROM audit WHERE seq = 1", 1, "missing"},
		"renumbered":    {"DELETE FROM audit WHERE seq = 6; UPDATE audit SET seq = seq - 1 WHERE seq > 6", 6, "changed"},
		"swapped":       {"UPDATE audit SET seq = 100 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 100", 3, "changed"},
		"cut off":       {"DELETE FROM audit WHERE seq > 7", 8, "head"},
		"cut, head too": {"DELETE FROM audit WHERE seq > 7; UPDATE audit_head SET seq = 7, hash = (SELECT hash FROM audit WHERE seq = 7)", 8, "head"},
		"cut, head out": {"DELETE FROM audit WHERE seq > 7; DELETE FROM audit_head", 8, "head"},
		"head out":      {"DELETE FROM audit_head", 11, "head"},
		"head seal":     {"UPDATE audit_head SET seal = zeroblob(32)", 11, "head"},
		"head back":     {"UPDATE audit_head SET seq = 9, hash = (SELECT hash FROM audit WHERE seq = 9)", 11, "head"},
		"all out":       {"DELETE FROM audit", 1, "head"},
		"all and head":  {"DELETE FROM audit; DELETE FROM audit_head", 1, "head"},
		"copied on":     {"INSERT INTO audit SELECT store_id, 11, at, staff_id, register_id, origin, action, subject, subject_id, detail, reason, hash FROM audit WHERE seq = 10", 11, "changed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			for i := range sales {
				s.sell(s.owner, fmt.Sprintf("+55119876%05d", i), "")
			}
			s.raw(noTriggers, c.sql)
			if r := s.verifyAudit(); r.Broken != c.broken || r.Why != c.why {
				t.Errorf("%+v, want %d %s", r, c.broken, c.why)
			}
			// The shop must go on, and what was done must not heal.
			s.sell(s.owner, maria, "")
			s.sell(s.owner, maria, "")
			if r := s.verifyAudit(); (c.why == "") != (r.Broken == 0) {
				t.Errorf("after two more sales: %+v", r)
			}
		})
	}
}

func TestAuditIsAppendOnly(t *testing.T) {
	s := newShop(t, "")
	for _, q := range []string{"UPDATE audit SET reason = ''", "DELETE FROM audit"} {
		if _, err := s.writer.db.Exec(q); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", q, err)
		}
	}
}

// TestAuditOverManyPages verifies a log of more than one page while another
// till adds to it.
func TestAuditOverManyPages(t *testing.T) {
	s := newShop(t, "")
	add := func(n int) error {
		return s.write(bgc, func(t *tx) error {
			for range n {
				if err := t.audit(s.owner, "test.entry", "store", s.owner.StoreID, "", ""); err != nil {
					return err
				}
			}
			return nil
		})
	}
	s.ok(add(2*auditPage + 10))
	done := make(chan error)
	go func() {
		for range 50 {
			if err := add(3); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for range 5 {
		if r := s.verifyAudit(); r.Broken != 0 || r.Entries < 2*auditPage {
			t.Errorf("%+v", r)
		}
	}
	s.ok(<-done)
	s.raw(noTriggers, fmt.Sprintf("UPDATE audit SET detail = 'x' WHERE seq = %d", 2*auditPage+1))
	if r := s.verifyAudit(); r.Broken != 2*auditPage+1 {
		t.Errorf("%+v", r)
	}
}

func TestAuditList(t *testing.T) {
	s := newShop(t, "7412")
	bia := s.hire("Bia", engine.Cashier, "1234")
	_ = s.signIn(bia.ID, "9999")
	sold := s.sell(s.owner, maria, "Maria")
	s.wait(24 * 3600_000)
	_, err := s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: sold.Sale.ID, Reason: "wrong amount"})
	s.ok(err)
	day := engine.DayAt(testStart, s.store.Zone())
	list := func(f engine.Filter) string {
		t.Helper()
		var actions []string
		for f.Limit = 2; ; {
			page, err := s.Audit(bgc, s.owner, f)
			s.ok(err)
			for _, e := range page.Items {
				actions = append(actions, e.Action)
			}
			if f.After = page.Next; f.After == "" {
				return strings.Join(actions, " ")
			}
		}
	}
	for _, c := range []struct {
		f    engine.Filter
		want string
	}{
		{engine.Filter{State: "sale"}, "sale.void sale.record"},
		{engine.Filter{State: "sale.void"}, "sale.void"},
		{engine.Filter{State: "sal"}, ""},
		{engine.Filter{StaffID: bia.ID}, "staff.pin_wrong"},
		{engine.Filter{To: day, State: "staff"}, "staff.pin_wrong staff.add"},
		{engine.Filter{From: day + 1}, "sale.void coupon.void"},
		{engine.Filter{To: day - 1}, ""},
	} {
		if got := list(c.f); got != c.want {
			t.Errorf("%+v: %s, want %s", c.f, got, c.want)
		}
	}
	page, err := s.Audit(bgc, s.owner, engine.Filter{State: "sale.void"})
	s.ok(err)
	e := page.Items[0]
	if e.Staff != "Ana" || e.Register != "Till 1" || e.Reason != "wrong amount" || e.ID != sold.Sale.ID || e.Subject != "sale" || e.At != s.clock() {
		t.Errorf("%+v", e)
	}
	_, err = s.Audit(bgc, s.owner, engine.Filter{After: customerList.mark(sold.Sale.ID[:])})
	s.refused(err, engine.CodeBadCursor)
}
