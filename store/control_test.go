package store

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// holdBack gives the store's ready campaign a control group.
func (s *shop) holdBack(a engine.Actor, share engine.BP) engine.Campaign {
	s.t.Helper()
	page, err := s.Campaigns(bgc, a, engine.Filter{Search: "Volte"})
	s.ok(err)
	c := page.Items[0]
	c.Holdback = share
	c, err = s.SaveCampaign(bgc, a, c)
	s.ok(err)
	return c
}

// sellNumber records a sale of 100.00 to a customer number, without a coupon.
func (s *shop) sellNumber(number string, business engine.Day) engine.Recorded {
	s.t.Helper()
	got, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 10_000, Customer: engine.CustomerRef{Number: number}, Business: business})
	s.ok(err)
	return got
}

// twoGroups sells to customers until there is one of each group.
func (s *shop) twoGroups() (treated, held engine.Recorded) {
	s.t.Helper()
	for i := 1; treated.Issued == nil || held.Sale.Held == nil; i++ {
		if r := s.sellNumber(fmt.Sprintf("N%d", i), 0); r.Issued != nil {
			treated = r
		} else {
			held = r
		}
	}
	return treated, held
}

func TestHeldBackSale(t *testing.T) {
	s := newShop(t, "")
	c := s.holdBack(s.owner, 5000)
	if c.Holdback != 5000 || c.HoldbackSince != testStart {
		t.Fatalf("%+v", c)
	}
	treated, held := s.twoGroups()
	h := held.Sale.Held
	if h == nil || h.CampaignID != c.ID || h.Campaign != c.Title || h.Face != 20_00 || h.LastDay != held.Sale.Business+45 {
		t.Fatalf("held %+v", h)
	}
	if held.Issued != nil || held.Message != nil || treated.Sale.Held != nil {
		t.Errorf("held %+v, treated %+v", held, treated)
	}
	got, err := s.Sale(bgc, s.owner, held.Sale.ID)
	s.ok(err)
	if got.Held == nil || *got.Held != *h {
		t.Errorf("read back: %+v", got.Held)
	}
	if again := s.sellNumber(held.Sale.Customer, 0); again.Sale.Held == nil {
		t.Error("not held back the second time")
	}
	if r, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 10_000}); err != nil || r.Issued == nil {
		t.Errorf("a walk-in: %v, %+v", err, r)
	}
	if n := s.count("SELECT count(*) FROM audit WHERE action = 'campaign.edit' AND detail = 'holdback=0>5000'"); n != 1 {
		t.Errorf("%d entries of the log", n)
	}
	s.sound()
}

// control is what the control group of the only campaign says.
func (s *shop) control() engine.Comparison {
	s.t.Helper()
	all, err := s.Control(bgc, s.owner, engine.ID{}, 0, 0)
	s.ok(err)
	if len(all) != 1 {
		s.t.Fatalf("%d comparisons", len(all))
	}
	return all[0]
}

func TestControlCountsEachCustomerOnce(t *testing.T) {
	s := newShop(t, "")
	s.holdBack(s.owner, 5000)
	treated, held := s.twoGroups()
	was := s.control()
	if n := was.Running; n.Treated+n.Held < 2 || was.Counts.Treated.Of+was.Counts.Control.Of != 0 || n.Last != treated.Sale.Business+46 {
		t.Fatalf("%+v", was)
	}
	s.sellNumber(held.Sale.Customer, 0) // the same day: the same visit
	s.wait(days)
	s.sellNumber(held.Sale.Customer, 0) // comes back
	s.wait(9 * days)
	s.sellNumber(held.Sale.Customer, 0) // and again
	s.wait(36 * days)
	s.sellNumber(treated.Sale.Customer, 0) // a day too late
	c := s.control().Counts
	if c.Control.Hits != 1 || c.Treated.Hits != 0 || c.Control.Of != was.Running.Held || c.Treated.Of != was.Running.Treated {
		t.Errorf("%+v", c)
	}
	s.wait(-days)
	if c := s.control(); c.Counts.Control.Of != 0 || c.Running != was.Running {
		t.Errorf("on the last day %+v", c)
	}
	s.sound()
}

func TestControlCost(t *testing.T) {
	s := newShop(t, "")
	s.holdBack(s.owner, 5000)
	treated, _ := s.twoGroups()
	s.wait(2 * days)
	r, err := s.RecordSale(bgc, s.owner, engine.Draft{
		Amount: 50_00, Customer: engine.CustomerRef{Number: treated.Sale.Customer}, Use: engine.UseCode, Code: treated.Issued.Code,
	})
	s.ok(err)
	s.wait(50 * days)
	if c := s.control().Counts; c.Cost != 15_00 || c.Treated.Hits != 1 {
		t.Errorf("%+v", c)
	}
	_, err = s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: r.Sale.ID, Reason: "back"})
	s.ok(err)
	if c := s.control().Counts; c.Cost != 0 || c.Treated.Hits != 0 {
		t.Errorf("after the void %+v", c)
	}
	s.sound()
}

func TestControlRoles(t *testing.T) {
	s := newShop(t, "")
	_, err := s.Control(bgc, s.as(engine.Salesperson), engine.ID{}, 0, 0)
	s.refused(err, engine.CodeForbidden)
	c := s.holdBack(s.owner, 0)
	_, err = s.Control(bgc, s.owner, c.ID, 0, 0)
	s.refused(err, engine.CodeCampaignUnknown)
	c = s.holdBack(s.owner, 100)
	other, _ := s.found("Other", "")
	_, err = s.Control(bgc, other, c.ID, 0, 0)
	s.refused(err, engine.CodeCampaignUnknown)
	if all, err := s.Control(bgc, s.owner, c.ID, 0, 0); err != nil || len(all) != 1 || all[0].Share != 100 {
		t.Errorf("%v, %+v", err, all)
	}
}

func TestImportsHoldNobodyBack(t *testing.T) {
	s := newShop(t, "")
	s.holdBack(s.owner, 5000)
	today := s.store.Today(s.clock())
	var rows []engine.ImportSale
	for i := range 40 {
		rows = append(rows, engine.ImportSale{Line: i + 2, Number: fmt.Sprintf("I%d", i), Amount: 100_00, Business: today})
	}
	out, err := s.ImportSales(bgc, s.owner, rows, true)
	s.ok(err)
	for _, o := range out {
		if !o.Issued {
			t.Fatalf("%+v", o)
		}
	}
	if n := s.count("SELECT count(*) FROM held_back") + s.count("SELECT count(*) FROM trial"); n != 0 {
		t.Errorf("%d rows", n)
	}
	_, held := s.twoGroups()
	s.wait(3 * days)
	_, err = s.ImportSales(bgc, s.owner, []engine.ImportSale{{Line: 2, Number: held.Sale.Customer, Amount: 100, Business: today + 2}}, false)
	s.ok(err)
	s.wait(50 * days)
	if c := s.control().Counts; c.Control.Hits != 1 {
		t.Errorf("an imported return: %+v", c)
	}
	s.sound()
}

// TestSwitchedOff: nobody begins while nobody is held back; what began goes on.
func TestSwitchedOff(t *testing.T) {
	s := newShop(t, "")
	s.holdBack(s.owner, 5000)
	_, held := s.twoGroups()
	n := s.count("SELECT count(*) FROM trial")
	s.wait(1000)
	s.holdBack(s.owner, 0)
	for i := range 20 {
		if r := s.sellNumber(fmt.Sprintf("off %d", i), 0); r.Issued == nil {
			t.Fatal("held back")
		}
	}
	s.wait(1000)
	c := s.holdBack(s.owner, 1000)
	if c.HoldbackSince != testStart {
		t.Errorf("since %v", c.HoldbackSince)
	}
	if got := s.count("SELECT count(*) FROM trial"); got != n {
		t.Errorf("%d customers, had %d", got, n)
	}
	s.wait(days)
	s.sellNumber(held.Sale.Customer, 0)
	s.wait(50 * days)
	if c := s.control().Counts; c.Control.Hits != 1 || c.Held != 1000 || c.Days != 1 {
		t.Errorf("%+v", c)
	}
	s.sound()
}

// controlLaw sells as visitsLaw does, in a store that holds customers back now
// and then.
type controlLaw struct{ visitsLaw }

func (l *controlLaw) holdSome(t *rapid.T) {
	l.shop.wait(1)
	l.holdBack(l.owner, rapid.SampledFrom([]engine.BP{0, 2500, 5000, 5000}).Draw(t, "share"))
}

// TestControlIsThatOfTheSales sells, dates back, imports, voids and returns as
// it comes, with a control group that comes and goes. Then where each customer
// stands, and the sums of that, are what the check works out in SQL.
func TestControlIsThatOfTheSales(outer *testing.T) {
	s, stores := newShop(outer, ""), 0
	s.ok(s.flushing(bgc, "OFF"))
	rapid.Check(outer, func(t *rapid.T) {
		stores++
		l := &controlLaw{visitsLaw{shop: s, t: t}}
		l.owner, l.zone = s.found(fmt.Sprintf("Shop %d", stores), "")
		l.holdBack(l.owner, 5000)
		t.Repeat(map[string]func(*rapid.T){
			"sell": l.sell, "sell more": l.sell, "sell again": l.sell, "import": l.importSome, "reverse": l.reverse, "wait": l.wait, "hold": l.holdSome,
		})
		found, err := s.Check(bgc, l.owner)
		l.must(err)
		for _, f := range found {
			if strings.Contains(f.Detail, "control group") || strings.Contains(f.Detail, "held back") {
				t.Fatalf("%+v", found)
			}
		}
	})
}

// trueShop is a shop whose truth is known: with a coupon so many more customers
// are back within its life.
type trueShop struct {
	*shop
	draw        *rand.Rand
	base, extra float64
	groups      map[bool]*[2]int64 // by held: customers, and those who came
}

// open sells to customers for the first time on some day, and to those who come
// back after so many days, in the order of the days. Some take back what they
// bought, which undoes the visit.
func (s *trueShop) open(customers, opened int) {
	visits := map[int][]string{}
	for i := range customers {
		day := s.draw.IntN(opened)
		visits[day] = append(visits[day], fmt.Sprintf("C%d", i))
	}
	seen := map[string]bool{}
	for day := range opened + 60 {
		for _, who := range visits[day] {
			r := s.sellNumber(who, 0)
			if seen[who] || day+45 >= opened+60 {
				continue
			}
			seen[who] = true
			s.later(r, day, visits)
		}
		s.wait(days)
	}
}

// later decides when a customer is back, and notes the truth.
func (s *trueShop) later(r engine.Recorded, day int, visits map[int][]string) {
	held, rate := r.Sale.Held != nil, s.base
	if !held {
		rate += s.extra
	}
	g := s.groups[held]
	g[0]++
	wait := int(math.Ceil(s.draw.ExpFloat64() * 45 / -math.Log1p(-rate)))
	if wait <= 45 {
		g[1]++
	}
	if !slices.Contains(visits[day+wait], r.Sale.Customer) {
		visits[day+wait] = append(visits[day+wait], r.Sale.Customer)
	}
}

// TestControlOfWholeShops runs shops with a known truth through the store, and
// compares the report with what the test itself saw.
func TestControlOfWholeShops(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector finds nothing in one goroutine")
	}
	for i, extra := range []float64{0.05, 0, 0.2} {
		s := &trueShop{shop: newShop(t, ""), draw: rand.New(rand.NewPCG(uint64(i), 9)), base: 0.2, extra: extra} //nolint:gosec // a test's draw
		s.groups = map[bool]*[2]int64{false: {}, true: {}}
		s.ok(s.flushing(bgc, "OFF"))
		s.holdBack(s.owner, 3000)
		s.open(900, 120)
		c := s.control().Counts
		treated, held := s.groups[false], s.groups[true]
		if c.Treated != (engine.Proportion{Hits: treated[1], Of: treated[0]}) || c.Control != (engine.Proportion{Hits: held[1], Of: held[0]}) {
			t.Errorf("%v: %+v, want %v and %v", extra, c, *treated, *held)
		}
		if r := c.Report(); !r.Uplift.Holds(extra) {
			t.Errorf("%v: %+v", extra, r)
		}
		s.sound()
	}
}

// TestCheckFindsControl breaks one thing at a time.
func TestCheckFindsControl(t *testing.T) {
	for name, c := range map[string]struct{ sql, what string }{
		"a return":      {"UPDATE trial SET came = day + 2 WHERE came = 0", foundSummary},
		"a group":       {"UPDATE trial SET held = 1 - held WHERE cost = 0", foundSummary},
		"a trial gone":  {"DELETE FROM trial WHERE held = 1", foundSummary},
		"a day":         {"UPDATE trial SET day = day - 1", foundSummary},
		"a cost":        {"UPDATE trial SET cost = cost + 1 WHERE held = 0", foundSummary},
		"a sum":         {"UPDATE trial_summary SET customers = customers + 1", foundSummary},
		"a sum's cost":  {"UPDATE trial_summary SET cost = cost - 1", foundSummary},
		"a sum gone":    {"DELETE FROM trial_summary", foundSummary},
		"a lost coupon": {"DELETE FROM held_back", foundSummary},
		"an owner":      {"UPDATE held_back SET customer_id = (SELECT customer_id FROM trial WHERE held = 0 LIMIT 1)", foundOrphan},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, "")
			s.holdBack(s.owner, 5000)
			s.twoGroups()
			s.sound()
			s.raw(c.sql)
			if found := s.check(); !slices.ContainsFunc(found, func(f engine.Finding) bool { return f.What == c.what }) {
				t.Errorf("%+v, want %s", found, c.what)
			}
		})
	}
}

// TestControlTextCost adds to the cost the texts of the treated: of the coupons
// of the same days the share that theirs are.
func TestControlTextCost(t *testing.T) {
	s := newShop(t, "")
	s.holdBack(s.owner, 5000)
	treated, _ := s.twoGroups()
	s.sellNumber(treated.Sale.Customer, 0) // another coupon, whose texts are not the first one's
	s.raw("UPDATE coupon_summary SET text_cost = issued * 250000")
	s.wait(50 * days)
	c := s.control().Counts
	want := engine.Minor(c.Treated.Of) * 25 // R$ 0.25 each
	if c.Cost != want || want == 0 {
		t.Errorf("cost %d of %d customers", c.Cost, c.Treated.Of)
	}
}
