package store

import (
	"fmt"
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

func TestCarrierListOfAllStores(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	other, _ := s.found("Loja Dois", "")
	here, there := s.sell(s.owner, maria, "Maria"), s.sell(other, maria, "Maria")
	stays := s.sell(s.owner, "+5511912345678", "Rui")
	list := []string{maria, "+5511999990000", maria}
	s.ok(s.SaveOptedOut(bgc, list, s.clock()))
	s.stands(here.Sale.CustomerID, "no carrier")
	for _, id := range []engine.ID{here.Message.ID, there.Message.ID} {
		if got := s.textState(id); got != "cancelled customer_opted_out" {
			t.Errorf("a text of who opted out is %s", got)
		}
	}
	if got := s.textState(stays.Message.ID); got != "queued" {
		t.Errorf("another customer's text is %s", got)
	}
	v, err := s.Customer(bgc, other, there.Sale.CustomerID)
	s.ok(err)
	if len(v.Consents) != 2 || v.Consents[0].Channel != engine.FromCarrier || v.Consents[0].Staff != "" || v.Consents[0].Register != "" ||
		v.Consents[0].Answer != engine.ConsentNo || v.Consents[0].Wording != "" || v.Consents[0].Version != "" {
		t.Errorf("%+v", v.Consents)
	}
	page, err := s.Audit(bgc, s.owner, engine.Filter{State: "texts.opted_out"})
	s.ok(err)
	if len(page.Items) != 1 || page.Items[0].Detail != "added=2; customers=1; gone=0" || page.Items[0].Origin != engine.FromCarrier {
		t.Errorf("%+v", page.Items)
	}
	before := s.count("SELECT count(*) FROM audit")
	s.ok(s.SaveOptedOut(bgc, list, s.clock()))
	if n := s.count("SELECT count(*) FROM audit"); n != before || s.audited("texts.opted_out") != 2 {
		t.Errorf("the same list again left %d entries", n-before)
	}
	s.ok(s.SaveOptedOut(bgc, []string{maria}, s.clock()))
	if n := s.count("SELECT count(*) FROM suppression"); n != 2 {
		t.Errorf("%d rows on the list of two stores", n)
	}
	s.sound()
	s.lacks("5511999990000")
}

// TestStoresKeepTheirOwnList sees that a no in one store of a file is none in
// another.
func TestStoresKeepTheirOwnList(t *testing.T) {
	s := newShop(t, "")
	other, _ := s.found("Loja Dois", "")
	_, err := s.StopTexts(bgc, s.owner, maria)
	s.ok(err)
	sold := s.sell(other, maria, "Maria")
	v, err := s.Customer(bgc, other, sold.Sale.CustomerID)
	s.ok(err)
	if sold.Message == nil || v.Suppressed != "" {
		t.Errorf("another store's no counts: %+v", v)
	}
	_, err = s.ResendMessage(bgc, s.owner, sold.Message.ID)
	s.refused(err, engine.CodeMessageUnknown)
	_, err = s.ReleaseMessage(bgc, s.owner, sold.Message.ID)
	s.refused(err, engine.CodeMessageUnknown)
	_, err = s.CancelMessage(bgc, s.owner, sold.Message.ID)
	s.refused(err, engine.CodeMessageUnknown)
}

// TestCarrierSaysStop takes the carrier's refusal of one text as its word on the
// number.
func TestCarrierSaysStop(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	sold := s.sell(s.owner, maria, "Maria")
	out := s.claim()
	stop := accepted(out)
	stop.State, stop.MessageID, stop.Reason = delivery.StateRefused, "", delivery.ReasonOptedOut
	s.ok(s.Settle(bgc, stop))
	s.ok(s.Settle(bgc, stop))
	s.stands(sold.Sale.CustomerID, "no carrier")
	if got := s.textState(sold.Message.ID); got != "refused opted_out" {
		t.Errorf("the text is %s", got)
	}
	if n := s.count("SELECT count(*) FROM message WHERE state = 'queued'"); n != 0 || s.audited("texts.opted_out") != 1 {
		t.Errorf("%d texts are still queued", n)
	}
	s.ok(s.StartVerification(bgc, s.owner, "+5511912345678"))
	code := accepted(s.claim())
	code.State, code.MessageID, code.Reason = delivery.StateRefused, "", delivery.ReasonOptedOut
	s.ok(s.Settle(bgc, code))
	s.stands(s.imports(engine.ImportCustomer{Phone: "+5511912345678", Consent: engine.ConsentYes}), "no carrier")
	s.sound()
}

// TestLongCarrierList takes over ten thousand numbers, some of customers, and
// the same a day later.
func TestLongCarrierList(t *testing.T) {
	s := newShop(t, "")
	rows := make([]engine.ImportCustomer, 1000)
	for i := range rows {
		rows[i] = engine.ImportCustomer{Phone: fmt.Sprintf("+55119%08d", i), Consent: engine.ConsentYes}
	}
	_, err := s.ImportCustomers(bgc, s.owner, rows)
	s.ok(err)
	list := make([]string, 10_000)
	for i := range list {
		list[i] = fmt.Sprintf("+55119%08d", 2*i)
	}
	s.ok(s.SaveOptedOut(bgc, list, s.clock()))
	if n := s.count("SELECT count(*) FROM customer WHERE consent = 'no'"); n != 500 {
		t.Errorf("%d customers opted out", n)
	}
	changes := s.count("SELECT count(*) FROM audit")
	s.wait(healthDay)
	s.ok(s.SaveOptedOut(bgc, list, s.clock()))
	s.ok(s.SaveOptedOut(bgc, list[:9000], s.clock()))
	if n := s.count("SELECT count(*) FROM audit"); n != changes+1 {
		t.Errorf("%d entries", n-changes)
	}
	if n := s.count("SELECT count(*) FROM suppression"); n != 9000 {
		t.Errorf("%d numbers on the list", n)
	}
}

func BenchmarkSaveOptedOut(b *testing.B) {
	list := make([]string, 10_000)
	for i := range list {
		list[i] = fmt.Sprintf("+55119%08d", i)
	}
	s := openBenchShop(b, 100)
	for _, c := range []struct {
		name  string
		after []string // taken over between two measurements
	}{{"new", nil}, {"daily", list}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				check(b, s.SaveOptedOut(bgc, c.after, s.now))
				b.StartTimer()
				check(b, s.SaveOptedOut(bgc, list, s.now))
			}
		})
	}
}
