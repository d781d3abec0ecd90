package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"bounceback/engine"
)

// simulated is what became of a sale: the coupon it earned, what was taken off
// and paid.
type simulated struct {
	by   engine.ID
	face engine.Minor
	off  engine.Minor
	net  engine.Minor
}

// simulate runs a simulation of one draft and keeps what it found of each sale.
func (s *shop) simulate(req engine.SimulationRequest) (engine.Simulation, map[engine.ID]simulated) {
	s.t.Helper()
	found := map[engine.ID]simulated{}
	var alone sync.Mutex // each draft has a goroutine of its own
	run := &simulating{db: s.DB, actor: s.owner, req: req, seen: func(_ int, sale engine.ID, r engine.Result) {
		one := simulated{off: r.Discount + r.DeliveryDiscount, net: r.Net}
		if r.Earned != nil {
			one.by, one.face = r.Earned.OfferID, r.Earned.Face
		}
		alone.Lock()
		defer alone.Unlock()
		found[sale] = one
	}}
	out, err := run.run(bgc)
	s.ok(err)
	return out, found
}

// recordRandom records random sales that redeem nothing, and gives what became
// of each.
func (s *shop) recordRandom(r *rand.Rand, n int) map[engine.ID]simulated {
	s.t.Helper()
	out := map[engine.ID]simulated{}
	for range n {
		s.wait(r.Int64N(9 * 3_600_000))
		got, err := s.RecordSale(bgc, s.owner, s.randomDraft(r))
		s.ok(err)
		one := simulated{off: got.Sale.Discount + got.Sale.Levels.Delivery, net: got.Sale.Net}
		if got.Issued != nil {
			one.by, one.face = got.Issued.CampaignID, got.Issued.Face
		}
		out[got.Sale.ID] = one
	}
	return out
}

func (s *shop) randomDraft(r *rand.Rand) engine.Draft {
	d := engine.Draft{
		Business: s.store.Today(engine.Instant(s.now.Load())) - engine.Day(r.IntN(3)), //nolint:gosec // small
		Channel:  []string{"counter", "phone"}[r.IntN(2)], Payment: []string{"cash", "card"}[r.IntN(2)],
	}
	if r.IntN(5) > 0 {
		d.Customer = engine.CustomerRef{Number: fmt.Sprintf("C%02d", r.IntN(12))}
	}
	if r.IntN(3) == 0 {
		d.Delivery = []engine.Charge{{Method: "courier", Amount: engine.Minor(r.IntN(3000))}}
	}
	if r.IntN(4) == 0 {
		d.Amount = engine.Minor(1 + r.IntN(40_000))
		return d
	}
	for range 1 + r.IntN(4) {
		k := r.IntN(5)
		d.Lines = append(d.Lines, engine.Line{
			SKU: fmt.Sprintf("P%d", k), Name: fmt.Sprintf("Product %d", k), Units: int64(1 + r.IntN(5)), Price: engine.Minor(300 + 500*k + r.IntN(3)),
		})
	}
	return d
}

// newGoodsShop is a shop with the products that recordRandom sells, and some
// campaigns in place of the ready one.
func newGoodsShop(t *testing.T, all ...engine.Campaign) (*shop, []engine.Campaign) {
	t.Helper()
	s := newShop(t, "")
	for i := range 5 {
		_, err := s.SaveProduct(bgc, s.owner, engine.Product{
			SKU: fmt.Sprintf("P%d", i), Name: fmt.Sprintf("Product %d", i), Category: []string{"Drinks/Coffee", "Food"}[i%2], Brand: "Sol",
			Price: engine.Minor(300 + 500*i), Floor: 100, Active: true,
		})
		s.ok(err)
	}
	page, err := s.Campaigns(bgc, s.owner, engine.Filter{State: "active"})
	s.ok(err)
	for _, c := range page.Items {
		_, err := s.SetCampaignState(bgc, s.owner, c.ID, engine.CampaignEnded)
		s.ok(err)
	}
	var out []engine.Campaign
	for _, c := range all {
		c.State = engine.CampaignActive
		saved, err := s.SaveCampaign(bgc, s.owner, c)
		s.ok(err)
		out = append(out, saved)
	}
	return s, out
}

// simulateCoupon is a campaign of coupons for sales between 20.00 and 350.00.
func simulateCoupon(title string, cashback engine.BP, o engine.Offer) engine.Campaign {
	o.Kind = engine.KindNextCoupon
	return engine.Campaign{Title: title, Promo: o, Terms: engine.Terms{Cashback: cashback, MaxDiscount: 1000, MinSale: 2000, MaxSale: 35_000, Lifetime: 45}}
}

// simulateCases are sets of campaigns, the first of which is simulated.
func simulateCases() map[string][]engine.Campaign {
	a := func(o engine.Offer) engine.Campaign { return simulateCoupon("A", 1750, o) }
	offer := func(title string, o engine.Offer) engine.Campaign { return engine.Campaign{Title: title, Promo: o} }
	wide := simulateCoupon("Wide", 1000, engine.Offer{})
	wide.Terms.MinSale, wide.Terms.MaxSale = 0, 0
	limited := engine.Limits{Total: 40, PerCustomer: 4, PerDay: 1, Budget: 600_00, Coupons: 35}
	percent := engine.Offer{Kind: engine.KindItemPercent, Cut: engine.Cut{Percent: 1500}, Target: engine.Goods{Category: []string{"Drinks"}}}
	few := percent
	few.Limits = engine.Limits{Units: 60, Budget: 300_00, PerCustomer: 9}
	when := func(k engine.Kind, cut engine.Cut, t engine.Threshold) engine.Offer {
		return engine.Offer{Kind: k, Cut: cut, When: t}
	}
	held := a(engine.Offer{})
	held.Holdback = 3000
	return map[string][]engine.Campaign{
		"coupon":           {a(engine.Offer{})},
		"held back":        {held, wide},
		"coupon and wider": {a(engine.Offer{}), wide},
		"better one":       {wide, a(engine.Offer{})},
		"limits":           {a(engine.Offer{Limits: limited}), wide},
		"second sale":      {a(engine.Offer{When: engine.Threshold{NthSale: []int{2, 3}}}), wide},
		"after a while":    {a(engine.Offer{When: engine.Threshold{DaysMin: 2, Payments: []string{"card"}}})},
		"steps of units": {a(engine.Offer{Tiers: []engine.Tier{
			{Units: 2, Cut: engine.Cut{Percent: 500}}, {Units: 6, Cut: engine.Cut{By: engine.ByAmount, Amount: 1500}},
		}})},
		"percent":   {offer("Drinks", percent), wide},
		"flash":     {offer("Drinks", few), a(engine.Offer{Limits: limited})},
		"set":       {offer("Two", engine.Offer{Kind: engine.KindBuyGet, Sets: engine.Sets{Buy: 2, Get: 1}, Cut: engine.Cut{Percent: 10000}}), offer("Drinks", percent), wide},
		"rule":      {offer("Rule", when(engine.KindOrderPercent, engine.Cut{Percent: 1000}, engine.Threshold{Expression: `sales >= 1 && units("drinks") >= 2`})), wide},
		"delivery":  {offer("Free", when(engine.KindDeliveryFree, engine.Cut{}, engine.Threshold{MinAmount: 4000})), wide},
		"by amount": {offer("Order", when(engine.KindOrderFixed, engine.Cut{By: engine.ByAmount, Amount: 1000}, engine.Threshold{MinAmount: 9000})), offer("Drinks", percent), wide},
	}
}

// TestSimulatedIsRecorded records sales under campaigns and finds that the
// simulation of these campaigns says of every sale what was really done.
func TestSimulatedIsRecorded(t *testing.T) {
	for name, campaigns := range simulateCases() {
		t.Run(name, func(t *testing.T) {
			s, running := newGoodsShop(t, campaigns...)
			recorded := s.recordRandom(rand.New(rand.NewPCG(7, uint64(len(name)))), 220)
			out, found := s.simulate(engine.SimulationRequest{Drafts: running[:1]})
			s.same(recorded, found)
			s.sumsUp(out, running[0].ID, recorded)
		})
	}
}

func (s *shop) same(recorded, found map[engine.ID]simulated) {
	s.t.Helper()
	if len(recorded) != len(found) {
		s.t.Fatalf("%d sales recorded, %d simulated", len(recorded), len(found))
	}
	for id, want := range recorded {
		if found[id] != want {
			s.t.Fatalf("sale %s: simulated %+v, recorded %+v", id, found[id], want)
		}
	}
}

// sumsUp compares the sums of a draft with what was recorded.
func (s *shop) sumsUp(out engine.Simulation, id engine.ID, recorded map[engine.ID]simulated) {
	s.t.Helper()
	d := out.Drafts[0]
	var coupons int64
	var face, most, paid engine.Minor
	for _, one := range recorded {
		if one.by == id {
			coupons, face, most, paid = coupons+1, face+one.face, max(most, one.face), paid+one.net
		}
	}
	if d.Coupons() && (d.Sales != coupons || d.Face != face || d.FaceMost != most || d.Paid != paid) {
		s.t.Errorf("simulated %d coupons of %d, the largest %d, paid %d; recorded %d of %d, %d, %d", d.Sales, d.Face, d.FaceMost, d.Paid, coupons, face, most, paid)
	}
	if d.Sales == 0 || d.Sales == out.Sales {
		s.t.Errorf("the draft did something in %d of %d sales: the test proves nothing", d.Sales, out.Sales)
	}
	total, hits, missed := int64(0), int64(0), int64(0)
	for _, m := range d.Months {
		total, hits = total+m.Sales, hits+m.Hits
	}
	for _, r := range d.Reasons {
		missed += r.Sales
	}
	if total != out.Sales || hits != d.Sales || missed != out.Sales-d.Sales-d.Held || out.Unpriced != 0 {
		s.t.Errorf("months have %d sales and %d hits, %d were refused, of %d sales and %d hits; unpriced %d", total, hits, missed, out.Sales, d.Sales, out.Unpriced)
	}
}

// TestSimulateOffers sums up what offers really took off.
func TestSimulateOffers(t *testing.T) {
	for _, name := range []string{"percent", "flash", "set", "rule", "delivery", "by amount"} {
		t.Run(name, func(t *testing.T) {
			s, running := newGoodsShop(t, simulateCases()[name]...)
			s.recordRandom(rand.New(rand.NewPCG(3, uint64(len(name)))), 150)
			out, err := s.Simulate(bgc, s.owner, engine.SimulationRequest{Drafts: running[:1]}, nil)
			s.ok(err)
			d := out.Drafts[0]
			got := [3]int64{d.Sales, int64(d.Off), d.Units}
			var want [3]int64
			for i, sum := range []string{"count(*)", "sum(amount)", "sum(units)"} {
				want[i] = s.count("SELECT "+sum+" FROM sale_offer WHERE campaign_id = $1", running[0].ID)
			}
			if got != want {
				t.Errorf("simulated %v sales, off, units; recorded %v", got, want)
			}
		})
	}
}

// TestSimulateInSeveralHands gives the same sums however many goroutines price.
func TestSimulateInSeveralHands(t *testing.T) {
	s, running := newGoodsShop(t, simulateCases()["set"]...)
	s.recordRandom(rand.New(rand.NewPCG(1, 2)), 150)
	req := engine.SimulationRequest{Drafts: running[:2]}
	one, _ := s.simulate(req)
	many, err := s.Simulate(bgc, s.owner, req, nil)
	s.ok(err)
	if fmt.Sprintf("%+v", one) != fmt.Sprintf("%+v", many) || len(many.Drafts) != 2 {
		t.Errorf("one hand %+v\nseveral %+v", one, many)
	}
}

// TestSimulateSpan replays the sales of some days, and knows what the customers
// bought before.
func TestSimulateSpan(t *testing.T) {
	second := simulateCoupon("A", 1000, engine.Offer{When: engine.Threshold{NthSale: []int{2}}})
	s, running := newGoodsShop(t, second)
	first := s.sell(s.owner, "+5511987654321", "Maria").Sale
	s.wait(3 * 86_400_000)
	again := s.sell(s.owner, "+5511987654321", "Maria").Sale
	s.wait(3 * 86_400_000)
	s.sell(s.owner, "+5511987654321", "Maria")
	for _, span := range []struct{ from, to engine.Day }{{again.Business, again.Business}, {first.Business + 1, again.Business + 1}, {0, again.Business}} {
		out, found := s.simulate(engine.SimulationRequest{Drafts: running, From: span.from, To: span.to})
		if out.Drafts[0].Sales != 1 || found[again.ID].face != 1000 || out.Last != again.Business {
			t.Errorf("%d to %d: %+v", span.from, span.to, out)
		}
	}
}

// TestSimulateReturns leaves out what was voided and what came back.
func TestSimulateReturns(t *testing.T) {
	s, running := newGoodsShop(t, simulateCoupon("A", 1000, engine.Offer{}))
	var ids []engine.ID
	for range 3 {
		ids = append(ids, s.sell(s.owner, "+5511987654321", "Maria").Sale.ID)
		s.wait(3_600_000)
	}
	_, err := s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: ids[0], Reason: "wrong", Spent: engine.SpentAbsorb})
	s.ok(err)
	_, err = s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: ids[1], Amount: 4_000, Reason: "too big", Spent: engine.SpentAbsorb})
	s.ok(err)
	out, found := s.simulate(engine.SimulationRequest{Drafts: running})
	if out.Sales != 2 || found[ids[1]].face != 600 || found[ids[2]].face != 1000 || out.Goods != 16_000 || out.Drafts[0].Customers != 1 {
		t.Errorf("%+v, %+v", out, found)
	}
}

// TestSimulateRefuses is told who may not, and what cannot be asked.
func TestSimulateRefuses(t *testing.T) {
	s := newShop(t, "")
	c := simulateCoupon("A", 1000, engine.Offer{})
	ask := func(a engine.Actor, req engine.SimulationRequest) error {
		_, err := s.Simulate(bgc, a, req, nil)
		return err
	}
	for _, r := range []engine.Role{engine.Cashier, engine.Salesperson} {
		s.refused(ask(s.as(r), engine.SimulationRequest{Drafts: []engine.Campaign{c}}), engine.CodeForbidden)
		_, err := s.Customers(bgc, s.as(r), engine.Filter{Segment: engine.SegmentLost})
		s.refused(err, engine.CodeForbidden)
	}
	s.refused(ask(s.owner, engine.SimulationRequest{}), engine.CodeSimulateMany)
	s.refused(ask(s.owner, engine.SimulationRequest{Drafts: []engine.Campaign{c}, From: 20_001, To: 20_000}), engine.CodeSimulateSpan)
	c.Terms.Cashback = 0
	s.refused(ask(s.owner, engine.SimulationRequest{Drafts: []engine.Campaign{c}}), engine.CodeCampaignRate)
}

// TestSimulateStops ends in the middle when nobody waits for it any more, and
// leaves nothing behind.
func TestSimulateStops(t *testing.T) {
	s := newShop(t, "")
	_, err := s.ImportSales(bgc, s.owner, benchRows(3*simulatePage), false)
	s.ok(err)
	before := s.count("SELECT count(*) FROM audit")
	ctx, cancel := context.WithCancel(bgc)
	pages := 0
	_, err = s.Simulate(ctx, s.owner, engine.SimulationRequest{Drafts: []engine.Campaign{simulateCoupon("A", 1000, engine.Offer{})}}, func(done, all int64) {
		pages++
		if done != simulatePage || all != 3*simulatePage {
			t.Errorf("%d of %d", done, all)
		}
		cancel()
	})
	if !errors.Is(err, context.Canceled) || pages != 1 {
		t.Errorf("%v after %d pages", err, pages)
	}
	if n := s.count("SELECT count(*) FROM audit"); n != before || s.reader.db.Stats().InUse != 0 {
		t.Errorf("%d entries were %d, %d connections in use", n, before, s.reader.db.Stats().InUse)
	}
}

// TestSimulateBesideTill sells while it runs: no statement of it holds a sale up,
// and what is sold meanwhile is none of the past.
func TestSimulateBesideTill(t *testing.T) {
	s := newShop(t, "")
	_, err := s.ImportSales(bgc, s.owner, benchRows(2*simulatePage), false)
	s.ok(err)
	sold := 0
	out, err := s.Simulate(bgc, s.owner, engine.SimulationRequest{Drafts: []engine.Campaign{simulateCoupon("A", 1000, engine.Offer{})}}, func(int64, int64) {
		s.wait(1000)
		s.sell(s.owner, "+5511987654321", "Maria")
		sold++
	})
	s.ok(err)
	if sold == 0 || out.Sales != 2*simulatePage {
		t.Errorf("%d sold meanwhile, %d simulated", sold, out.Sales)
	}
}
