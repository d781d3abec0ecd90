package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

// tillKey names a row of the sums of the tills.
type tillKey struct {
	hour        int64
	staff, till engine.ID
}

// tillSums reads the sums of the tills as they are kept.
func (s *shop) tillSums() map[tillKey]engine.TillCounts {
	s.t.Helper()
	out := map[tillKey]engine.TillCounts{}
	s.ok(s.read(bgc, func(t *tx) error {
		return t.rows(watchHours, []any{s.store.ID, 0, 1 << 40}, func(scan func(...any) error) error {
			var k tillKey
			var c engine.TillCounts
			err := scan(&k.hour, &k.staff, &k.till, &c.Sales, &c.Net, &c.Issued, &c.Redeemed, &c.TypedRefs, &c.NoRefs, &c.Voids, &c.RedeemedVoids, &c.Returns)
			out[k] = c
			return err
		})
	}))
	return out
}

// keeping does what the shop does, and counts by itself.
type keeping struct {
	*shop
	*rand.Rand
	want  map[tillKey]engine.TillCounts
	sales []engine.Recorded
}

func (k *keeping) counted(a engine.Actor, add func(*engine.TillCounts)) {
	key := tillKey{k.now.Load() / 3_600_000, a.StaffID, a.RegisterID}
	c := k.want[key]
	add(&c)
	k.want[key] = c
}

func (k *keeping) sellOne(a engine.Actor, n int) {
	k.t.Helper()
	d := engine.Draft{Amount: engine.Minor(5000 + k.IntN(9000)), Use: engine.UseBest, Customer: engine.CustomerRef{Phone: fmt.Sprintf("+551198765%04d", k.IntN(12))}}
	if k.IntN(3) > 0 {
		d.Reference, d.RefTyped = fmt.Sprint("POS-", n), k.IntN(4) == 0
	}
	if k.IntN(5) == 0 {
		d.Business = k.store.Today(engine.Instant(k.now.Load())) - 3
	}
	got, err := k.RecordSale(bgc, a, d)
	k.ok(err)
	k.sales = append(k.sales, got)
	k.counted(a, func(c *engine.TillCounts) {
		c.Sales++
		c.Net += got.Sale.Net
		if got.Issued != nil {
			c.Issued++
		}
		if got.Redeemed != nil {
			c.Redeemed++
		}
		if d.Reference == "" {
			c.NoRefs++
		}
		if d.RefTyped {
			c.TypedRefs++
		}
	})
}

func (k *keeping) takeBack(a engine.Actor) {
	k.t.Helper()
	i := k.IntN(len(k.sales))
	sale := k.sales[i]
	k.sales = append(k.sales[:i], k.sales[i+1:]...)
	ask := engine.Reversal{SaleID: sale.Sale.ID, Reason: "typing"}
	whole := k.IntN(2) == 0
	if !whole {
		ask.Amount = sale.Sale.Gross / 3
	}
	_, err := k.ReverseSale(bgc, a, ask)
	k.ok(err)
	k.counted(a, func(c *engine.TillCounts) {
		switch {
		case !whole:
			c.Returns++
		case sale.Redeemed != nil:
			c.Voids++
			c.RedeemedVoids++
		default:
			c.Voids++
		}
	})
}

// keptShop makes some days of sales, voids and returns by several people.
func keptShop(t *testing.T, events int) *keeping {
	t.Helper()
	k := &keeping{shop: newShop(t, ""), Rand: rand.New(rand.NewPCG(5, 5)), want: map[tillKey]engine.TillCounts{}}
	st := k.store
	st.Settings = engine.Settings{engine.SetPerCustomer: "100"}
	var err error
	k.store, err = k.SaveStore(bgc, k.owner, st)
	k.ok(err)
	actors := []engine.Actor{k.owner, k.actor("Bia", engine.Cashier, "Till 2"), k.actor("Caio", engine.Manager, "Till 3")}
	for n := range events {
		k.wait(int64(k.IntN(25)) * 60_000)
		a := actors[k.IntN(len(actors))]
		if len(k.sales) > 3 && k.IntN(4) == 0 && a.Role != engine.Cashier {
			k.takeBack(a)
			continue
		}
		k.sellOne(a, n)
	}
	return k
}

func (k *keeping) agrees() {
	k.t.Helper()
	got := k.tillSums()
	for key, want := range k.want {
		if got[key] != want {
			k.t.Errorf("%+v: %+v, want %+v", key, got[key], want)
		}
	}
	if len(got) != len(k.want) {
		k.t.Errorf("%d rows, want %d", len(got), len(k.want))
	}
}

func TestTillSumsAreWhatWasDone(t *testing.T) {
	k := keptShop(t, 150)
	k.agrees()
	k.sound()
	k.raw(`UPDATE till_summary SET redeemed_voids = redeemed_voids + 1 WHERE hour = (SELECT max(hour) FROM till_summary)`)
	found, err := k.Check(bgc, k.owner)
	k.ok(err)
	if len(found) == 0 || found[0].What != foundSummary || !strings.HasPrefix(found[0].Detail, "till ") {
		t.Errorf("a wrong sum is told as %+v", found)
	}
}

// TestTillSumsOfOldFiles fills the sums from the sales as the migration does,
// which knows no typed references.
func TestTillSumsOfOldFiles(t *testing.T) {
	k := keptShop(t, 100)
	text, err := migrationFiles.ReadFile("migrations/0013_watch.sql")
	k.ok(err)
	_, fill, _ := strings.Cut(string(text), "INSERT INTO till_summary")
	fill, _, _ = strings.Cut(fill, ";")
	k.raw("UPDATE sale SET ref_typed = 0", "DELETE FROM till_summary", "INSERT INTO till_summary"+fill)
	for key, c := range k.want {
		c.TypedRefs = 0
		k.want[key] = c
	}
	k.agrees()
	k.sound()
}

func TestImportedSalesWereNotMadeAtATill(t *testing.T) {
	s := newShop(t, "")
	_, err := s.ImportSales(bgc, s.owner, []engine.ImportSale{{Line: 2, Key: "1", Number: "7", Business: engine.DayOf(2026, 11, 2), Amount: 100_00}}, true)
	s.ok(err)
	if got := s.tillSums(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	s.sound()
}

// planted is a shop where one of three cashiers tries codes and earns on her own
// phone.
func planted(t *testing.T) (s *shop, bia engine.Actor) {
	t.Helper()
	s = newShop(t, "")
	bia = s.actor("Bia", engine.Cashier, "Till 2")
	phone := "+5511912345678"
	_, err := s.SaveStaff(bgc, s.owner, engine.StaffEdit{ID: bia.StaffID, Name: "Bia", Role: engine.Cashier, Phone: &phone, Active: true})
	s.ok(err)
	for i, a := range []engine.Actor{s.owner, s.actor("Caio", engine.Cashier, "Till 3"), bia} {
		for n := range 12 {
			s.wait(60_000)
			s.sell(a, fmt.Sprintf("+55119876%d%04d", i, n), "")
		}
	}
	s.sell(bia, phone, "Bia")
	s.miss(bia, 9)
	s.wait(11 * 60_000)
	s.miss(bia, 9)
	return s, bia
}

func TestWatchTellsWhatStandsOut(t *testing.T) {
	s, bia := planted(t)
	r, err := s.Watch(bgc, s.owner, 0, 0)
	s.ok(err)
	if len(r.Findings) != 2 {
		t.Fatalf("%d findings: %+v", len(r.Findings), r.Findings)
	}
	wrong, own := r.Findings[0], r.Findings[1]
	if wrong.Rule != engine.WatchWrongCode || wrong.ID != bia.StaffID || wrong.Name != "Bia" || wrong.Hits != 18 || len(wrong.Spots) != 18 || wrong.Expected != 0 {
		t.Errorf("first %+v", wrong)
	}
	if own.Rule != engine.WatchOwnPhone || own.ID != bia.StaffID || own.Hits != 1 || len(own.Spots) != 1 {
		t.Errorf("second %+v", own)
	}
	if spot := own.Spots[0]; spot.Customer == "" || spot.Net != 10_000 {
		t.Errorf("behind it %+v", spot)
	}
	if len(r.Staff) != 3 || len(r.Registers) != 3 || r.Store.Sales != 37 || r.Staff[0].Name != "Bia" || r.Staff[0].Sales != 13 {
		t.Errorf("rows %+v %+v", r.Staff, r.Store)
	}
}

func TestWatchIsForOwnersAndManagers(t *testing.T) {
	s := newShop(t, "")
	for _, a := range []engine.Actor{s.as(engine.Cashier), s.as(engine.Salesperson)} {
		_, err := s.Watch(bgc, a, 0, 0)
		s.refused(err, engine.CodeForbidden)
		_, err = s.Alerts(bgc, a, engine.Filter{})
		s.refused(err, engine.CodeForbidden)
		_, err = s.DismissAlert(bgc, a, s.owner.StoreID, "why")
		s.refused(err, engine.CodeForbidden)
	}
}

func TestWatchLooksAtSomeDays(t *testing.T) {
	s := newShop(t, "")
	today := s.store.Today(engine.Instant(s.now.Load()))
	_, err := s.Watch(bgc, s.owner, today-92, today)
	s.refused(err, engine.CodeWatchSpan)
	s.sell(s.owner, "+5511987654321", "")
	s.wait(24 * 3_600_000)
	for _, c := range []struct {
		from, to engine.Day
		want     int64
	}{{0, 0, 1}, {today - 91, today, 1}, {today, today, 1}, {today + 1, 0, 0}, {today - 5, today - 1, 0}, {today + 9, 0, 0}} {
		r, err := s.Watch(bgc, s.owner, c.from, c.to)
		s.ok(err)
		if r.Store.Sales != c.want {
			t.Errorf("%v to %v: %d sales, want %d", c.from, c.to, r.Store.Sales, c.want)
		}
	}
}

// open lists the open alerts.
func (s *shop) openAlerts() []engine.Alert {
	s.t.Helper()
	page, err := s.Alerts(bgc, s.owner, engine.Filter{State: "open"})
	s.ok(err)
	return page.Items
}

func TestAlertsAreRaisedOnceAMonth(t *testing.T) {
	s, bia := planted(t)
	s.ok(s.RaiseAlerts(bgc))
	raised := s.openAlerts()
	if len(raised) != 2 {
		t.Fatalf("%+v", raised)
	}
	for range 3 { // by whatever process, and when the report is read
		s.wait(61 * 60_000)
		s.reopen()
		s.ok(s.RaiseAlerts(bgc))
		_, err := s.Watch(bgc, s.owner, 0, 0)
		s.ok(err)
	}
	if got := s.openAlerts(); len(got) != 2 {
		t.Errorf("%d alerts, want the same two", len(got))
	}
	if n := s.count(`SELECT count(*) FROM audit WHERE action = 'alert.raise' AND subject = 'staff' AND subject_id = $1`, bia.StaffID[:]); n != 2 {
		t.Errorf("%d entries in the audit log", n)
	}
	wrong := raised[0] // the desk, the alerts and the report tell it first
	var desk []engine.WatchRule
	for _, n := range s.overview().Look {
		if n.What == engine.LookAlert {
			desk = append(desk, n.Finding.Rule)
		}
	}
	if !slices.Equal(desk, []engine.WatchRule{wrong.Rule, engine.WatchOwnPhone}) {
		t.Errorf("the desk tells %v", desk)
	}
	if wrong.Rule != engine.WatchWrongCode || wrong.Hits != 18 || wrong.Name != "Bia" || wrong.Odds == 0 {
		t.Errorf("%+v", wrong)
	}
	s.sound()
	s.wait(15 * 24 * 3_600_000) // December
	s.ok(s.RaiseAlerts(bgc))
	if got := s.openAlerts(); len(got) != 4 {
		t.Errorf("%d alerts in the next month, want them told again", len(got))
	}
}

func TestStoresAreLeftAloneForAnHour(t *testing.T) {
	s := newShop(t, "")
	s.ok(s.RaiseAlerts(bgc))
	first := s.count(`SELECT at FROM watch_run`)
	s.wait(59 * 60_000)
	s.ok(s.RaiseAlerts(bgc))
	if at := s.count(`SELECT at FROM watch_run`); at != first {
		t.Error("looked at again within the hour")
	}
	s.wait(60_000)
	s.ok(s.RaiseAlerts(bgc))
	if at := s.count(`SELECT at FROM watch_run`); at == first {
		t.Error("not looked at after an hour")
	}
}

func TestAlertsAreDismissedForAReason(t *testing.T) {
	s, _ := planted(t)
	s.ok(s.RaiseAlerts(bgc))
	l := s.openAlerts()[0]
	_, err := s.DismissAlert(bgc, s.owner, l.AlertID, "  ")
	s.refused(err, engine.CodeReasonMissing)
	herself := s.as(engine.Manager)
	herself.StaffID = l.ID
	_, err = s.DismissAlert(bgc, herself, l.AlertID, "nothing")
	s.refused(err, engine.CodeAlertOwn)
	got, err := s.DismissAlert(bgc, s.owner, l.AlertID, "asked her")
	s.ok(err)
	if got.State != engine.AlertDismissed || got.Reason != "asked her" || got.SettledBy != "Ana" || got.Settled == 0 {
		t.Errorf("%+v", got)
	}
	_, err = s.DismissAlert(bgc, s.owner, l.AlertID, "again")
	s.refused(err, engine.CodeAlertSettled)
	other, _ := s.found("Loja Verde", "")
	_, err = s.DismissAlert(bgc, other, l.AlertID, "not mine")
	s.refused(err, engine.CodeAlertUnknown)
	s.ok(s.RaiseAlerts(bgc))
	page, err := s.Alerts(bgc, s.owner, engine.Filter{State: "dismissed"})
	s.ok(err)
	if len(page.Items) != 1 || len(s.openAlerts()) != 1 {
		t.Errorf("%d dismissed, %d open", len(page.Items), len(s.openAlerts()))
	}
	first, err := s.Alerts(bgc, s.owner, engine.Filter{Limit: 1})
	s.ok(err)
	second, err := s.Alerts(bgc, s.owner, engine.Filter{Limit: 1, After: first.Next})
	s.ok(err)
	if len(second.Items) != 1 || second.Items[0].AlertID == first.Items[0].AlertID || second.Next != "" {
		t.Errorf("pages %+v %+v", first, second)
	}
}
