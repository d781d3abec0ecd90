package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/store"
	"bounceback/tui/cli/demo"
)

var bg = context.Background()

type made struct {
	*store.DB
	owner engine.Actor
	clock *demo.Clock
}

func build(t *testing.T, now time.Time, days int) made {
	t.Helper()
	machine := func() engine.Instant { return engine.InstantOf(now) }
	clock := demo.NewClock(machine)
	db, err := store.Open(bg, filepath.Join(t.TempDir(), "demo.db"), store.Options{Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	m := made{DB: db, clock: clock}
	err = db.Rehearse(bg, demo.Random(), func() (err error) {
		m.owner, err = demo.Build(bg, demo.Options{Shop: db, Clock: clock, Until: machine(), Days: days})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func all[T any](t *testing.T, read func(context.Context, engine.Actor, engine.Filter) (engine.Page[T], error), a engine.Actor, f engine.Filter) []T {
	t.Helper()
	var out []T
	for f.Limit = engine.MostPage; ; {
		page, err := read(bg, a, f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, page.Items...)
		if f.After = page.Next; f.After == "" {
			return out
		}
	}
}

func TestDemoIsAYearOfABelievableShop(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 45, 0, 0, time.UTC)
	m := build(t, now, 0)
	sales := all(t, m.Sales, m.owner, engine.Filter{})
	within(t, "sales", len(sales), 2000, 3000)
	within(t, "customers", len(all(t, m.Customers, m.owner, engine.Filter{})), 150, 250)
	within(t, "campaigns", len(all(t, m.Campaigns, m.owner, engine.Filter{})), 10, 10)
	within(t, "products", len(all(t, m.Products, m.owner, engine.Filter{})), 15, 25)
	within(t, "voided sales", len(all(t, m.Sales, m.owner, engine.Filter{State: "voided"})), 5, 40)
	within(t, "voided coupons", len(all(t, m.Coupons, m.owner, engine.Filter{State: "voided"})), 5, 60)
	within(t, "active coupons", len(all(t, m.Coupons, m.owner, engine.Filter{State: "active"})), 50, 600)
	within(t, "opt-outs", len(all(t, m.Customers, m.owner, engine.Filter{State: "no"})), 10, 80)
	checkTexts(t, m, now)
	if last := sales[0].At.In(time.UTC); now.Sub(last) > 4*time.Hour || !last.Before(now) {
		t.Errorf("the last sale was at %s, now is %s", last, now)
	}
	returned := 0
	for _, s := range sales {
		if s.Returned > 0 {
			returned++
		}
		if h := s.At.In(time.FixedZone("", -3*3600)).Hour(); h < 9 || h > 18 || s.Origin != engine.FromDemo {
			t.Fatalf("a sale at %d o'clock from %s", h, s.Origin)
		}
	}
	within(t, "sales with returns", returned, 5, 60)
	checkOffers(t, m, sales[:800])
	checkConversion(t, m)
	checkControl(t, m)
	checkSound(t, m)
}

// checkTexts looks for texts in every state, for those that went together, and
// for what the figures and the desk tell of them.
func checkTexts(t *testing.T, m made, now time.Time) {
	for _, c := range []struct {
		state       string
		least, most int
	}{
		{"unknown", 1, 8},
		{"refused", 5, 60},
		{"failed", 10, 120},
		{"delivered", 600, 2500},
		{"accepted", 700, 2600},
		{"queued", 100, 900},
		{"due", 1, 40},
		{"held", 1, 60},
		{"cancelled", 20, 1000},
	} {
		within(t, c.state+" texts", len(all(t, m.Messages, m.owner, engine.Filter{State: c.state})), c.least, c.most)
	}
	merged, steps := 0, map[engine.TextStep]int{}
	for _, x := range all(t, m.Messages, m.owner, engine.Filter{State: "accepted"}) {
		steps[x.Step]++
		if !x.LeadID.IsZero() {
			merged++
		}
	}
	within(t, "texts that went with another", merged, 5, 400)
	for _, step := range []engine.TextStep{engine.StepIssue, engine.StepDay} {
		within(t, "texts of "+string(step), steps[step], 50, 2000)
	}
	today := engine.DayOf(now.Date())
	f, err := m.TextFigures(bg, m.owner, today-30, today)
	if err != nil || f.Cost == 0 || f.Paid == 0 || f.Delivered == 0 || f.PerRedeemed() == 0 {
		t.Errorf("figures %+v, %v", f, err)
	}
	desk, err := m.Desk(bg, m.owner)
	if err != nil || desk.Texts.Spent == 0 || desk.Texts.Spent >= desk.Texts.Limit || desk.Texts.Health.OptedOut != 3 || !desk.Texts.Health.Ready {
		t.Errorf("the desk shows %+v, %v", desk.Texts, err)
	}
}

// checkOffers looks at the newest sales: some have lines, and each offer of the
// shop was of use to somebody.
func checkOffers(t *testing.T, m made, sales []engine.Sale) {
	lines, kinds := 0, map[engine.Kind]int{}
	for _, listed := range sales {
		s, err := m.Sale(bg, m.owner, listed.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Lines) > 0 {
			lines++
		}
		for _, o := range s.Offers {
			kinds[o.Kind]++
		}
	}
	within(t, "sales with lines", lines, len(sales)/4, len(sales)/2)
	for _, k := range []engine.Kind{
		engine.KindNth, engine.KindItemPercent, engine.KindBundle, engine.KindGift, engine.KindDeliveryFree, engine.KindCreditPercent,
	} {
		within(t, "uses of "+string(k), kinds[k], 3, len(sales)/4)
	}
}

func within(t *testing.T, what string, n, least, most int) {
	t.Helper()
	if n < least || n > most {
		t.Errorf("%d %s, want %d to %d", n, what, least, most)
	}
}

func checkConversion(t *testing.T, m made) {
	report, err := m.CampaignReport(bg, m.owner, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var sum engine.CampaignFigures
	for _, f := range report {
		sum.Issued, sum.Redeemed, sum.Expired = sum.Issued+f.Issued, sum.Redeemed+f.Redeemed, sum.Expired+f.Expired
	}
	if c := sum.Conversion(); c < 900 || c > 1100 {
		t.Errorf("conversion %d basis points, want about a tenth", c)
	}
	within(t, "expired coupons", int(sum.Expired), 1000, 2500)
}

// checkControl looks that the control group tells something.
func checkControl(t *testing.T, m made) {
	all, err := m.Control(bg, m.owner, engine.ID{}, 0, 0)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d comparisons, %v", len(all), err)
	}
	n := all[0].Counts
	within(t, "customers with coupons", int(n.Treated.Of), 80, 240)
	within(t, "customers held back", int(n.Control.Of), 5, 40)
	if r := all[0].Report; n.Cost == 0 || r.Wait.Customers == 0 {
		t.Errorf("%+v", all[0])
	}
}

func checkSound(t *testing.T, m made) {
	found, err := m.Check(bg, m.owner)
	if err != nil || len(found) > 0 {
		t.Errorf("check: %v, %v", found, err)
	}
	if r, err := m.VerifyAudit(bg, m.owner); err != nil || r.Broken != 0 {
		t.Errorf("audit: %+v, %v", r, err)
	}
}

func TestDemoIsTheSameEveryTime(t *testing.T) {
	now := time.Date(2026, 3, 4, 15, 0, 0, 0, time.UTC)
	a, b := build(t, now, 60), build(t, now, 60)
	x, y := all(t, a.Coupons, a.owner, engine.Filter{}), all(t, b.Coupons, b.owner, engine.Filter{})
	if len(x) != len(y) || len(x) == 0 {
		t.Fatalf("%d coupons, then %d", len(x), len(y))
	}
	for i := range x {
		if x[i] != y[i] {
			t.Fatalf("coupon %d: %+v\nthen %+v", i, x[i], y[i])
		}
	}
}

func TestDemoAtOddTimes(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2027, 1, 1, 3, 0, 0, 0, time.UTC), // midnight of New Year's Day in the shop
		time.Date(2028, 2, 29, 12, 1, 0, 0, time.UTC),
		time.Date(2026, 12, 25, 23, 59, 0, 0, time.UTC),
	} {
		m := build(t, now, 40)
		sales := all(t, m.Sales, m.owner, engine.Filter{})
		if last := sales[0].At.In(time.UTC); !last.Before(now) || now.Sub(last) > 48*time.Hour {
			t.Errorf("at %s the last sale was at %s", now, last)
		}
		if got := m.clock.Now(); got != engine.InstantOf(now) {
			t.Errorf("afterwards the clock says %s, want %s", got.In(time.UTC), now)
		}
	}
}

func TestARealShopIsNotRehearsed(t *testing.T) {
	m := build(t, time.Date(2026, 3, 4, 15, 0, 0, 0, time.UTC), 5)
	err := m.Rehearse(bg, demo.Random(), func() error {
		t.Error("a file with a shop in it was written without flushing")
		return nil
	})
	if engine.CodeOf(err) != store.CodeNotDurable {
		t.Errorf("got %v, want %s", err, store.CodeNotDurable)
	}
}
