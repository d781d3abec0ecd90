package store

import (
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// sends hands one text over under a carrier's id.
func (s *shop) sends(provider string) delivery.Outgoing {
	s.t.Helper()
	out := s.claim()
	a := accepted(out)
	a.MessageID = provider
	for _, m := range out.With {
		a.With = append(a.With, delivery.Settlement{ID: m.ID, Attempt: m.Attempt, State: delivery.StateAccepted, At: a.At})
	}
	s.ok(s.Settle(bgc, a))
	return out
}

func (s *shop) sync(reports ...engine.DeliveryReport) engine.DeliveryOutcome {
	s.t.Helper()
	o, err := s.SyncDeliveries(bgc, s.owner, reports)
	s.ok(err)
	return o
}

func (s *shop) texts() engine.TextFigures {
	s.t.Helper()
	today := s.store.Today(s.clock())
	f, err := s.TextFigures(bgc, s.owner, today, today)
	s.ok(err)
	return f
}

func TestSyncDeliveries(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.sell(s.owner, maria, "Maria")
	s.sell(s.owner, "+5511912345678", "Rui")
	first, second := s.sends("m-1"), s.sends("m-2")
	reports := []engine.DeliveryReport{
		{MessageID: "m-1", Delivered: true, Response: "Message has been accepted by phone", Price: 64_500, Parts: 1, At: s.clock()},
		{MessageID: "m-2", Response: "Blocked as spam", Price: 64_500, Parts: 1, At: s.clock()},
		{MessageID: "m-3", Delivered: true, Price: 1},
		{MessageID: "", Delivered: true, Price: 1},
	}
	want := engine.DeliveryOutcome{Delivered: 1, Failed: 1, Unmatched: 2, Paid: 129_000}
	if got := s.sync(reports...); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	want = engine.DeliveryOutcome{Known: 2, Unmatched: 2}
	if got := s.sync(reports...); got != want {
		t.Errorf("again: %+v, want %+v", got, want)
	}
	for id, want := range map[engine.ID]string{
		first.ID: "accepted delivered Message has been accepted by phone", second.ID: "accepted failed Blocked as spam",
	} {
		m, err := s.Message(bgc, s.owner, id)
		s.ok(err)
		if got := m.State + " " + m.Delivered + " " + m.Response; got != want || m.Paid != 64_500 {
			t.Errorf("%s, paid %d; want %s", got, m.Paid, want)
		}
	}
	f := s.texts()
	if f.Texts != 2 || f.Accepted != 2 || f.Delivered != 1 || f.Failed != 1 || f.Paid != 129_000 || f.PaidTexts != 2 {
		t.Errorf("%+v", f)
	}
	if n := s.audited("texts.delivery"); n != 1 {
		t.Errorf("%d entries", n)
	}
	s.sound()
}

// TestDeliveredAfterAll takes a later word that a text did arrive, and none
// that a delivered one failed.
func TestDeliveredAfterAll(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.sell(s.owner, maria, "Maria")
	s.sends("m-1")
	failed, done := engine.DeliveryReport{MessageID: "m-1", Price: 5}, engine.DeliveryReport{MessageID: "m-1", Delivered: true, Price: 7}
	s.sync(failed)
	if got := s.sync(done); got.Delivered != 1 {
		t.Errorf("%+v", got)
	}
	if got := s.sync(failed); got.Known != 1 {
		t.Errorf("%+v", got)
	}
	if f := s.texts(); f.Delivered != 1 || f.Failed != 0 || f.Paid != 7 || f.PaidTexts != 1 {
		t.Errorf("%+v", f)
	}
	s.sound()
}

// TestDeliveryOfSeveral counts a text about two coupons once.
func TestDeliveryOfSeveral(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.sell(s.owner, maria, "Maria")
	s.sell(s.owner, maria, "")
	out := s.sends("m-1")
	if len(out.With) != 1 {
		t.Fatalf("%+v", out)
	}
	if got := s.sync(engine.DeliveryReport{MessageID: "m-1", Delivered: true, Price: 9}); got.Delivered != 1 || got.Paid != 9 {
		t.Errorf("%+v", got)
	}
	if n := s.count("SELECT count(*) FROM message WHERE delivered = 'delivered'"); n != 2 {
		t.Errorf("%d rows say so", n)
	}
	if m, err := s.Message(bgc, s.owner, out.With[0].ID); err != nil || m.Delivered != "delivered" || m.Paid != 0 {
		t.Errorf("%+v, %v", m, err)
	}
	if f := s.texts(); f.Texts != 1 || f.Delivered != 1 || f.Paid != 9 || f.PaidTexts != 1 {
		t.Errorf("%+v", f)
	}
	s.sound()
}

func TestDeliveriesAreOfOneStore(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	other, _ := s.found("Loja Dois", "")
	s.sell(s.owner, maria, "Maria")
	s.sends("m-1")
	got, err := s.SyncDeliveries(bgc, other, []engine.DeliveryReport{{MessageID: "m-1", Delivered: true, Price: 9}})
	s.ok(err)
	if got != (engine.DeliveryOutcome{Unmatched: 1}) || s.texts().Delivered != 0 {
		t.Errorf("%+v", got)
	}
	_, err = s.SyncDeliveries(bgc, s.as(engine.Manager), nil)
	s.refused(err, engine.CodeForbidden)
}

// TestManyDeliveries reads more reports than one transaction takes.
func TestManyDeliveries(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.sell(s.owner, maria, "Maria")
	s.sends("m-1")
	reports := make([]engine.DeliveryReport, 2*reportsAtOnce+3)
	reports[0] = engine.DeliveryReport{MessageID: "m-1", Price: 3}
	reports[2*reportsAtOnce] = engine.DeliveryReport{MessageID: "m-1", Delivered: true, Price: 4}
	want := engine.DeliveryOutcome{Delivered: 1, Failed: 1, Unmatched: 2*reportsAtOnce + 1, Paid: 7}
	if got := s.sync(reports...); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if n := s.audited("texts.delivery"); n != 2 {
		t.Errorf("%d entries", n)
	}
}
