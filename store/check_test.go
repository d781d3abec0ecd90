package store

import (
	"slices"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
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
	s.sellBaskets()
	s.sell(s.owner, "", "")
	s.sendSome()
	coupon := s.sell(s.owner, "+5511912345671", "Lia")
	_, err := s.VoidCoupon(bgc, s.owner, coupon.Issued.ID, "mistake")
	s.ok(err)
	return s
}

// sendSome hands three texts over, one of which was about two coupons: they are
// accepted and delivered, refused, and lost.
func (s *shop) sendSome() {
	s.t.Helper()
	s.setting(engine.SetTextPrice, "250000")
	s.sell(s.owner, "+5511912345673", "Ivo")
	s.sell(s.owner, "+5511912345673", "Ivo")
	var out []delivery.Outgoing
	for range 3 {
		out = append(out, s.claim())
	}
	slices.SortFunc(out, func(a, b delivery.Outgoing) int { return len(b.With) - len(a.With) })
	s.ok(s.Settle(bgc, withAll(accepted(out[0]), out[0])))
	s.ok(s.Settle(bgc, delivery.Settlement{ID: out[1].ID, Attempt: 1, State: delivery.StateRefused, Reason: delivery.ReasonRefused, At: testStart}))
	unknown := lost(out[2])
	unknown.State = delivery.StateUnknown
	s.ok(s.Settle(bgc, unknown))
	_, err := s.SyncDeliveries(bgc, s.owner, []engine.DeliveryReport{{MessageID: "m-1", Delivered: true, Price: 50_000, Parts: 1, At: testStart}})
	s.ok(err)
}

// withAll settles the rows that went with a text as that is settled.
func withAll(s delivery.Settlement, out delivery.Outgoing) delivery.Settlement {
	for _, m := range out.With {
		w := s
		w.ID, w.Attempt, w.Lost, w.With = m.ID, m.Attempt, m.Lost, nil
		s.With = append(s.With, w)
	}
	return s
}

// sellBaskets sells three baskets under limited offers of every level, of which
// one is voided and of one a part comes back.
func (s *shop) sellBaskets() {
	s.t.Helper()
	limits := engine.Limits{Total: 100, PerCustomer: 100, PerDay: 100, Budget: 10_000_00, Units: 1000}
	for kind, cut := range map[engine.Kind]engine.BP{
		engine.KindItemPercent: 1000, engine.KindOrderPercent: 500, engine.KindDeliveryPercent: 5000, engine.KindCreditPercent: 300,
	} {
		_, err := s.SaveCampaign(bgc, s.owner, engine.Campaign{
			Title: string(kind), State: engine.CampaignActive,
			Promo: engine.Offer{Kind: kind, Cut: engine.Cut{Percent: cut}, Limits: limits, When: engine.Threshold{Channels: []string{"web"}}},
		})
		s.ok(err)
	}
	_, err := s.SaveCampaign(bgc, s.owner, engine.Campaign{Title: "Few", State: engine.CampaignActive, Promo: engine.Offer{
		Kind: engine.KindNextCoupon, Limits: engine.Limits{Coupons: 50}, When: engine.Threshold{Channels: []string{"web"}},
	}, Terms: engine.Terms{Cashback: 4000, MaxDiscount: 3000, Lifetime: 30}})
	s.ok(err)
	var sold []engine.Sale
	for range 3 {
		r, err := s.RecordSale(bgc, s.owner, engine.Draft{
			Customer: engine.CustomerRef{Phone: "+5511912345672"}, Channel: "web", Delivery: []engine.Charge{{Method: "courier", Amount: 9_00}},
			Lines: []engine.Line{{SKU: "A", Name: "A", Units: 3, Price: 10_00}, {SKU: "B", Name: "B", Units: 1, Price: 55_55}},
		})
		s.ok(err)
		sold = append(sold, r.Sale)
	}
	_, err = s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: sold[1].ID, Reason: "back"})
	s.ok(err)
	_, err = s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: sold[2].ID, Lines: []engine.ReturnLine{{No: 1, Units: 2}}, Reason: "back"})
	s.ok(err)
}

func TestCheckOfASoundFile(t *testing.T) {
	s := busyShop(t)
	for _, f := range s.check() {
		t.Errorf("%+v", f)
	}
}

// TestCheckFinds breaks one thing at a time.
func TestCheckFinds(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	const oneSale = "(SELECT min(id) FROM sale WHERE redeemed_id IS NOT NULL AND state = 'completed')"
	for name, c := range map[string]struct{ sql, what string }{
		"a sale's amount":      {"UPDATE sale SET gross = gross + 1, net = net + 1 WHERE id = " + oneSale, foundSummary},
		"a sale gone":          {"DELETE FROM sale WHERE id = (SELECT max(id) FROM sale)", foundSummary},
		"a day's sum":          {"UPDATE day_summary SET net = net - 1", foundSummary},
		"a day gone":           {"DELETE FROM day_summary", foundSummary},
		"a day too many":       {"INSERT INTO day_summary (store_id, day, sales, gross, discount, net, issued, redeemed) SELECT store_id, day + 1, 1, 0, 0, 0, 0, 0 FROM day_summary", foundSummary},
		"a campaign's sum":     {"UPDATE coupon_summary SET discount_given = discount_given + 1", foundSummary},
		"a day's coupons":      {"UPDATE day_summary SET used_earned = used_earned + 1 WHERE used_net > 0", foundSummary},
		"what they came from":  {"UPDATE coupon_summary SET earning_net = earning_net - 1 WHERE redeemed > 0", foundSummary},
		"a slice's sum":        {"UPDATE coupon_slice SET redeeming_net = redeeming_net + 1 WHERE redeemed > 0", foundSummary},
		"a slice's cashier":    {"UPDATE sale SET source = 'radio' WHERE issued_id IS NOT NULL", foundSummary},
		"a slice's texts":      {"UPDATE coupon_slice SET text_cost = text_cost - 1 WHERE texts > 0", foundSummary},
		"a campaign's texts":   {"UPDATE coupon_summary SET texts = texts + 1 WHERE texts > 0", foundSummary},
		"a gap of all time":    {"UPDATE gap_total SET gaps = gaps - 1", foundSummary},
		"a day come again":     {"UPDATE day_summary SET again = again + 1", foundSummary},
		"a coupon's face":      {"UPDATE coupon SET face = face + 100 WHERE id = (SELECT min(id) FROM coupon)", foundSummary},
		"a customer's visits":  {"UPDATE customer SET visits = visits + 1 WHERE id = (SELECT min(id) FROM customer)", foundSummary},
		"a coupon's sale":      {"UPDATE coupon SET sale_id = (SELECT min(id) FROM sale) WHERE id = (SELECT max(id) FROM coupon)", foundOrphan},
		"a sale's earned":      {"UPDATE sale SET issued_id = NULL WHERE id = " + oneSale, foundOrphan},
		"a redeeming sale":     {"UPDATE coupon SET redeemed_sale = (SELECT max(id) FROM sale) WHERE redeemed_sale = " + oneSale, foundOrphan},
		"a redeemed amount":    {"UPDATE coupon SET redeemed_amount = 1 WHERE redeemed_sale = " + oneSale, foundOrphan},
		"a return":             {"UPDATE sale_return SET amount = amount + 1", foundOrphan},
		"a customer gone":      {"DELETE FROM customer WHERE id = (SELECT customer_id FROM sale WHERE id = " + oneSale + ")", foundForeign},
		"a day's levels":       {"UPDATE day_summary SET item_off = item_off + 1, order_off = order_off - 1", foundSummary},
		"a day's customers":    {"UPDATE day_summary SET known = known - 1", foundSummary},
		"a customer's day":     {"UPDATE customer SET last_day = last_day - 1 WHERE visits > 1", foundSummary},
		"a cohort":             {"UPDATE cohort_summary SET customers = customers + 1", foundSummary},
		"a cohort's month":     {"UPDATE cohort_summary SET active_month = active_month + 1", foundSummary},
		"the day before":       {"UPDATE customer SET before_day = before_day - 1 WHERE visits > 1", foundSummary},
		"a gap":                {"UPDATE gap_summary SET gaps = gaps + 1", foundSummary},
		"a gap's length":       {"UPDATE gap_summary SET gap = gap + 1", foundSummary},
		"a second visit":       {"UPDATE gap_summary SET firsts = firsts + 1", foundSummary},
		"a redemption's days":  {"DELETE FROM redeem_summary", foundSummary},
		"a day's delivery":     {"UPDATE day_summary SET delivery_off = 0", foundSummary},
		"what went back":       {"UPDATE sale SET order_back = order_back - 1 WHERE order_back > 0", foundSummary},
		"a line gone":          {"DELETE FROM sale_line WHERE no = 2", foundOrphan},
		"a line's discount":    {"UPDATE sale_line SET item_off = item_off - 1, order_off = order_off + 1 WHERE no = 1", foundOrphan},
		"a line's return":      {"UPDATE sale_line SET returned = 0", foundOrphan},
		"an offer gone":        {"DELETE FROM sale_offer WHERE level = 'order'", foundOrphan},
		"an offer's amount":    {"UPDATE sale_offer SET amount = amount + 1 WHERE level = 'credit'", foundOrphan},
		"a charge gone":        {"DELETE FROM sale_charge", foundOrphan},
		"an offer's uses":      {"UPDATE offer_use SET total = total + 1", foundSummary},
		"an offer's budget":    {"UPDATE offer_use SET spent = 0", foundSummary},
		"an offer's coupons":   {"UPDATE offer_use SET issued = issued + 1 WHERE coupons > 0", foundSummary},
		"a customer's uses":    {"UPDATE offer_use_customer SET uses = uses + 1 WHERE day > 0", foundSummary},
		"a text's state":       {"UPDATE message SET state = 'unknown' WHERE state = 'accepted' AND lead_id IS NULL", foundSummary},
		"a text's cost":        {"UPDATE message SET cost = cost + 1 WHERE sent_day > 0 AND lead_id IS NULL", foundSummary},
		"a text's day":         {"UPDATE message SET sent_day = sent_day + 1 WHERE state = 'unknown'", foundSummary},
		"a text's report":      {"UPDATE message SET delivered = 'failed' WHERE delivered = 'delivered'", foundSummary},
		"a text's price":       {"UPDATE message SET paid = paid + 1 WHERE delivered = 'delivered'", foundSummary},
		"a text gone":          {"DELETE FROM message WHERE state = 'refused'", foundSummary},
		"a day's texts":        {"UPDATE text_summary SET parts = parts - 1", foundSummary},
		"a text of no use":     {"UPDATE message SET state = 'queued' WHERE reason = 'coupon_redeemed'", foundOrphan},
		"a text's customer":    {"UPDATE message SET customer_id = (SELECT max(id) FROM customer) WHERE state = 'queued'", foundOrphan},
		"a text's lead":        {"UPDATE message SET lead_id = zeroblob(16) WHERE lead_id IS NOT NULL", foundOrphan},
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
