package store

import (
	"testing"

	"bounceback/engine"
)

func (s *shop) check() []engine.Finding {
	s.t.Helper()
	found, err := s.Check(bgc, s.owner)
	s.ok(err)
	return found
}

// busyShop has a sale of every fate.
func busyShop(t *testing.T) *shop {
	s := newShop(t, "")
	redeem := func(phone string, c *engine.Coupon) engine.Recorded {
		got, err := s.RecordSale(bgc, s.owner, engine.Draft{
			Amount: 20_000, Customer: engine.CustomerRef{Phone: phone}, Use: engine.UseCode, Code: c.Code,
		})
		s.ok(err)
		return got
	}
	reverse := func(sale engine.ID, amount engine.Minor) {
		_, err := s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: sale, Amount: amount, Reason: "back", Spent: engine.SpentDeduct})
		s.ok(err)
	}
	first := s.sell(s.owner, maria, "Maria")
	second := redeem(maria, first.Issued)
	redeem(maria, second.Issued)
	void := s.sell(s.owner, "+5511912345678", "Rui")
	reverse(redeem("+5511912345678", void.Issued).Sale.ID, 0)
	reverse(void.Sale.ID, 0)
	part := s.sell(s.owner, "+5511912345679", "Eva")
	reverse(part.Sale.ID, 3000)
	whole := s.sell(s.owner, "+5511912345670", "Zoe")
	used := redeem("+5511912345670", whole.Issued)
	reverse(used.Sale.ID, 5000)
	reverse(used.Sale.ID, 15_000)
	s.sell(s.owner, "", "")
	coupon := s.sell(s.owner, "+5511912345671", "Lia")
	_, err := s.VoidCoupon(bgc, s.owner, coupon.Issued.ID, "mistake")
	s.ok(err)
	return s
}

func TestCheckOfASoundFile(t *testing.T) {
	s := busyShop(t)
	for _, f := range s.check() {
		t.Errorf("%+v", f)
	}
}

// TestCheckFinds breaks one thing at a time.
func TestCheckFinds(t *testing.T) {
	const oneSale = "(SELECT min(id) FROM sale WHERE redeemed_id IS NOT NULL AND state = 'completed')"
	for name, c := range map[string]struct{ sql, what string }{
		"a sale's amount":      {"UPDATE sale SET gross = gross + 1, net = net + 1 WHERE id = " + oneSale, foundSummary},
		"a sale gone":          {"DELETE FROM sale WHERE id = (SELECT max(id) FROM sale)", foundSummary},
		"a day's sum":          {"UPDATE day_summary SET net = net - 1", foundSummary},
		"a day gone":           {"DELETE FROM day_summary", foundSummary},
		"a day too many":       {"INSERT INTO day_summary (store_id, day, sales, gross, discount, net, issued, redeemed) SELECT store_id, day + 1, 1, 0, 0, 0, 0, 0 FROM day_summary", foundSummary},
		"a campaign's sum":     {"UPDATE coupon_summary SET discount_given = discount_given + 1", foundSummary},
		"a coupon's face":      {"UPDATE coupon SET face = face + 100 WHERE id = (SELECT min(id) FROM coupon)", foundSummary},
		"a customer's visits":  {"UPDATE customer SET visits = visits + 1 WHERE id = (SELECT min(id) FROM customer)", foundSummary},
		"a coupon's sale":      {"UPDATE coupon SET sale_id = (SELECT min(id) FROM sale) WHERE id = (SELECT max(id) FROM coupon)", foundOrphan},
		"a sale's earned":      {"UPDATE sale SET issued_id = NULL WHERE id = " + oneSale, foundOrphan},
		"a redeeming sale":     {"UPDATE coupon SET redeemed_sale = (SELECT max(id) FROM sale) WHERE redeemed_sale = " + oneSale, foundOrphan},
		"a redeemed amount":    {"UPDATE coupon SET redeemed_amount = 1 WHERE redeemed_sale = " + oneSale, foundOrphan},
		"a return":             {"UPDATE sale_return SET amount = amount + 1", foundOrphan},
		"a customer gone":      {"DELETE FROM customer WHERE id = (SELECT customer_id FROM sale WHERE id = " + oneSale + ")", foundForeign},
		"the log":              {noTriggers + "; UPDATE audit SET detail = '' WHERE seq = 3", foundAudit},
		"an index out of step": {"PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = replace(sql, 'state = ''unknown''', 'state = ''queued''') WHERE name = 'message_unknown'", foundIntegrity},
	} {
		t.Run(name, func(t *testing.T) {
			s := busyShop(t)
			s.raw(c.sql)
			s.reopen() // so that a changed schema is read
			found := s.check()
			for _, f := range found {
				if f.What == c.what {
					return
				}
			}
			t.Errorf("%+v, want %s", found, c.what)
		})
	}
}
