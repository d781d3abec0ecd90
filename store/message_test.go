package store

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// lost settles an attempt as the worker does when no reply came.
func lost(out delivery.Outgoing) delivery.Settlement {
	return delivery.Settlement{ID: out.ID, Attempt: out.Attempt, State: delivery.StateQueued, At: testStart + 1, Due: testStart, Lost: out.Lost + 1, Reason: delivery.ReasonNoReply}
}

func accepted(out delivery.Outgoing) delivery.Settlement {
	return delivery.Settlement{ID: out.ID, Attempt: out.Attempt, State: delivery.StateAccepted, At: testStart + 2, Sender: "sns", MessageID: "m-1", Lost: out.Lost}
}

func (s *shop) claim() delivery.Outgoing {
	s.t.Helper()
	s.wait(1000) // the rate of the store
	out, err := s.Claim(bgc, s.clock(), s.clock()+60_000)
	s.ok(err)
	if !out.OK {
		s.t.Fatalf("nothing is due: wait %s", out.Wait)
	}
	return out.Outgoing
}

func (s *shop) nothingDue() {
	s.t.Helper()
	s.wait(1000)
	if out, err := s.Claim(bgc, s.clock(), s.clock()+60_000); out.OK || out.Wait > 0 || err != nil {
		s.t.Fatalf("claimed %+v, %v", out, err)
	}
}

func (s *shop) textState(id engine.ID) string {
	s.t.Helper()
	var state, reason string
	s.ok(s.reader.db.QueryRow("SELECT state, reason FROM message WHERE id = $1", id[:]).Scan(&state, &reason))
	return strings.TrimSuffix(state+" "+reason, " ")
}

// verificationText opens the code that was texted to a phone.
func (s *shop) verificationText(phone string) string {
	s.t.Helper()
	var id engine.ID
	var to, body []byte
	rows, err := s.reader.db.Query("SELECT id, to_sealed, body_sealed FROM message WHERE kind = 'verify' ORDER BY id DESC")
	s.ok(err)
	defer rows.Close()
	for rows.Next() {
		s.ok(rows.Scan(&id, &to, &body))
		if number, err := s.keys.open("message", "to", id, to); err != nil || number != phone {
			continue
		}
		text, err := s.keys.open("message", "body", id, body)
		s.ok(err)
		return regexp.MustCompile(` ([0-9A-Z]{4})\.`).FindStringSubmatch(text)[1]
	}
	s.t.Fatal("no text to " + phone)
	return ""
}

func TestQueuedText(t *testing.T) {
	s := newShop(t, "")
	s.setting(engine.SetSenderID, "CasaAzul")
	sold := s.sell(s.owner, maria, "Maria Souza")
	m, err := s.Message(bgc, s.owner, sold.Message.ID)
	s.ok(err)
	if m.State != "queued" || m.To != "**** 4321" || m.Customer != "Maria Souza" || m.CouponCode != sold.Issued.Code ||
		m.Body != sold.Message.Body || m.Parts != delivery.Count(m.Body).Parts || m.Encoding != "GSM-7" || m.Created != testStart {
		t.Errorf("%+v", m)
	}
	out := s.claim()
	want := delivery.Text{To: maria, Body: m.Body, Type: delivery.Transactional, SenderID: "CasaAzul"}
	if out.ID != m.ID || out.Kind != delivery.KindCoupon || out.Attempt != 1 || out.Lost != 0 || out.Text != want {
		t.Errorf("%+v", out)
	}
	if s.textState(m.ID) != "sending" {
		t.Error("not committed as sending")
	}
	s.nothingDue()
	for range 2 { // settling twice is the same as once
		s.ok(s.Settle(bgc, accepted(out)))
		m, err = s.Message(bgc, s.owner, m.ID)
		s.ok(err)
		if m.State != "accepted" || m.ProviderID != "m-1" || m.Sender != "sns" || m.Settled != testStart+2 || m.Due != testStart {
			t.Errorf("%+v", m)
		}
	}
}

// TestSettleRules goes through which settlements still count.
func TestSettleRules(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(s *shop, out delivery.Outgoing)
		settle func(out delivery.Outgoing) delivery.Settlement
		want   string
	}{
		{"lost", nil, lost, "queued no_reply"},
		{"late, queued again", func(s *shop, o delivery.Outgoing) { s.ok(s.Settle(bgc, lost(o))) }, accepted, "accepted"},
		{"late and unsure", func(s *shop, o delivery.Outgoing) {
			u := lost(o)
			u.State = delivery.StateUnknown
			s.ok(s.Settle(bgc, u))
		}, lost, "queued no_reply"},
		{"queued again, unsure", func(s *shop, o delivery.Outgoing) { s.ok(s.Settle(bgc, lost(o))) }, func(o delivery.Outgoing) delivery.Settlement {
			u := lost(o)
			u.State, u.Reason = delivery.StateUnknown, "x"
			return u
		}, "queued no_reply"},
		{"claimed again", func(s *shop, o delivery.Outgoing) { s.ok(s.Settle(bgc, lost(o))); s.claim() }, accepted, "sending"},
		{"settled already", func(s *shop, o delivery.Outgoing) { s.ok(s.Settle(bgc, accepted(o))) }, lost, "accepted"},
		{"of another attempt", nil, func(o delivery.Outgoing) delivery.Settlement { o.Attempt++; return accepted(o) }, "sending"},
		{"of another row", nil, func(o delivery.Outgoing) delivery.Settlement { o.ID = engine.FirstID(1); return accepted(o) }, "sending"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, "")
			s.sell(s.owner, maria, "Maria")
			out := s.claim()
			if c.before != nil {
				c.before(s, out)
			}
			s.ok(s.Settle(bgc, c.settle(out)))
			if got := s.textState(out.ID); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestClaimTakesBackWhatNobodyWants(t *testing.T) {
	for want, happens := range map[string]func(s *shop, sold engine.Recorded){
		"cancelled " + reasonRedeemed: func(s *shop, sold engine.Recorded) { s.raw("UPDATE message SET due = due") },
		"cancelled " + reasonVoided: func(s *shop, sold engine.Recorded) {
			s.raw("UPDATE coupon SET state = 'voided', voided = 1")
		},
		"cancelled " + reasonExpired:  func(s *shop, sold engine.Recorded) { s.wait(50 * 24 * 3600_000) },
		"cancelled " + reasonOptedOut: func(s *shop, sold engine.Recorded) { s.raw("UPDATE customer SET consent = 'no'") },
		"cancelled " + reasonDamaged:  func(s *shop, sold engine.Recorded) { s.raw("UPDATE coupon SET code_sealed = zeroblob(60)") },
	} {
		t.Run(want, func(t *testing.T) {
			s := newShop(t, "")
			sold := s.sell(s.owner, maria, "Maria")
			if strings.HasSuffix(want, reasonRedeemed) {
				_, err := s.RecordSale(bgc, s.owner, engine.Draft{
					Amount: 100, Customer: engine.CustomerRef{Phone: maria}, Use: engine.UseCode, Code: sold.Issued.Code,
				})
				s.ok(err)
				s.raw("UPDATE message SET state = 'queued', reason = ''") // as if it had been overlooked
				s.raw("DELETE FROM message WHERE id <> (SELECT min(id) FROM message)")
			}
			happens(s, sold)
			next := s.sell(s.owner, "+5511912345678", "Rui") // waits behind it
			if out := s.claim(); out.ID != next.Message.ID {
				t.Errorf("claimed %v", out)
			}
			if got := s.textState(sold.Message.ID); got != want {
				t.Errorf("%s", got)
			}
			if n := s.count("SELECT sum(attempt) FROM message"); n != 1 {
				t.Errorf("%d attempts", n)
			}
		})
	}
}

// TestClaimInOrder also takes more unwanted texts back than one transaction
// does.
func TestClaimInOrder(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, "+5511900000001", "")
	s.raw(fmt.Sprintf(`
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
INSERT INTO message (store_id, id, kind, step, state, coupon_id, customer_id, wording_id, planned, due)
SELECT m.store_id, randomblob(16), 'reminder', 'day', 'queued', m.coupon_id, m.customer_id, m.wording_id, %d, %d FROM n, message m
 WHERE m.step = 'issue'`, 2*mostDropped+6, testStart-5, testStart-5),
		"DELETE FROM message WHERE step = 'day' AND days > 0", "DELETE FROM message WHERE step = 'last'",
		"UPDATE coupon SET state = 'voided', voided = 1")
	late, soon := s.sell(s.owner, maria, ""), s.sell(s.owner, "+5511912345678", "")
	s.raw(fmt.Sprintf("UPDATE message SET due = %d WHERE hex(id) = '%X'", testStart+100_000, late.Message.ID[:]))
	if out := s.claim(); out.ID != soon.Message.ID {
		t.Error("not the first due")
	}
	s.nothingDue()
	s.wait(100_000)
	if out := s.claim(); out.ID != late.Message.ID {
		t.Error("not the one that is due now")
	}
	if n := s.count("SELECT count(*) FROM message WHERE state = 'cancelled'"); n != 2*mostDropped+7 {
		t.Errorf("%d taken back", n)
	}
}

// TestClaimTogether lets workers share the rows: each goes to one.
func TestClaimTogether(t *testing.T) {
	s := newShop(t, "")
	for i := range 30 {
		s.sell(s.owner, fmt.Sprintf("+55119876%05d", i), "")
	}
	second, err := Open(bgc, s.path, Options{Clock: s.clock})
	s.ok(err)
	defer second.Close()
	var mu sync.Mutex
	seen := map[engine.ID]int{}
	var wg sync.WaitGroup
	for i := range 4 {
		d := []*DB{s.DB, second}[i%2]
		wg.Go(func() {
			for {
				s.wait(1000)
				out, err := d.Claim(bgc, s.clock(), s.clock()+1000)
				if err != nil {
					t.Error(err)
				}
				if err != nil || !out.OK {
					return
				}
				mu.Lock()
				seen[out.ID]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s claimed %d times", id, n)
		}
	}
	if len(seen) != 30 {
		t.Errorf("%d claimed", len(seen))
	}
}

func TestRecover(t *testing.T) {
	s := newShop(t, "")
	s.sell(s.owner, maria, "")
	out := s.claim()
	if rows, err := s.Recover(bgc, s.clock()+59_999); err != nil || len(rows) != 0 {
		t.Errorf("%v, %v: its lease is not over", rows, err)
	}
	rows, err := s.Recover(bgc, s.clock()+60_000)
	s.ok(err)
	if len(rows) != 1 || !reflect.DeepEqual(rows[0], out) {
		t.Errorf("%+v, want %+v", rows, out)
	}
	s.ok(s.Settle(bgc, accepted(out)))
	if rows, _ := s.Recover(bgc, s.clock()+60_000); len(rows) != 0 {
		t.Errorf("%v", rows)
	}
}

func TestResend(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	id := sold.Message.ID
	_, err := s.ResendMessage(bgc, s.owner, id)
	s.refused(err, engine.CodeResendWaits) // still queued
	out := s.claim()
	_, err = s.ResendMessage(bgc, s.owner, id)
	s.refused(err, engine.CodeMessageSending) // on its way
	unknown := lost(out)
	unknown.State = delivery.StateUnknown
	s.ok(s.Settle(bgc, unknown))
	again, err := s.ResendMessage(bgc, s.as(engine.Cashier), id)
	s.ok(err)
	if again.ID != id || again.State != "queued" || again.Reason != "" {
		t.Errorf("%+v", again)
	}
	out = s.claim()
	if out.Attempt != 2 || out.Lost != 1 {
		t.Errorf("%+v: the once of the second try is spent", out)
	}
	s.ok(s.Settle(bgc, accepted(out)))
	copied, err := s.ResendMessage(bgc, s.owner, id)
	s.ok(err)
	if copied.ID == id || copied.Body != sold.Message.Body || copied.CouponID != sold.Issued.ID || copied.CouponCode != sold.Issued.Code {
		t.Errorf("%+v", copied)
	}
	if s.textState(id) != "accepted" {
		t.Error("the accepted row was changed")
	}
	page, err := s.Messages(bgc, s.owner, engine.Filter{CouponID: sold.Issued.ID})
	s.ok(err)
	if len(page.Items) != 6 || page.Items[0].ID != copied.ID {
		t.Errorf("%+v", page.Items)
	}
	_, err = s.VoidCoupon(bgc, s.owner, sold.Issued.ID, "mistake")
	s.ok(err)
	_, err = s.ResendMessage(bgc, s.owner, id)
	s.refused(err, engine.CodeCouponVoided)
	_, err = s.ResendMessage(bgc, s.owner, engine.FirstID(1))
	s.refused(err, engine.CodeMessageUnknown)
}

// TestResendToTheNewPhone: a wrong number is corrected and the text goes there.
func TestResendToTheNewPhone(t *testing.T) {
	s := newShop(t, "")
	sold := s.sell(s.owner, maria, "Maria")
	out := s.claim()
	s.ok(s.Settle(bgc, delivery.Settlement{ID: out.ID, Attempt: 1, State: delivery.StateRefused, Reason: delivery.ReasonInvalidNumber, At: testStart}))
	_, err := s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Phone: ptr("+5511955554444")})
	s.ok(err)
	_, err = s.ResendMessage(bgc, s.owner, out.ID)
	s.ok(err)
	if out = s.claim(); out.To != "+5511955554444" {
		t.Errorf("to %s", out.To)
	}
	s.ok(s.Settle(bgc, delivery.Settlement{ID: out.ID, Attempt: 2, State: delivery.StateRefused, At: testStart}))
	_, err = s.EditCustomer(bgc, s.owner, engine.CustomerEdit{ID: sold.Sale.CustomerID, Phone: ptr("")})
	s.ok(err)
	_, err = s.ResendMessage(bgc, s.owner, out.ID)
	s.refused(err, engine.CodeNoPhone)
}

func TestMessagesList(t *testing.T) {
	s := newShop(t, "")
	first := s.sell(s.owner, maria, "Maria")
	out := s.claim()
	s.ok(s.Settle(bgc, accepted(out)))
	s.wait(24 * 3600_000)
	second := s.sell(s.owner, "+5511912345678", "Rui")
	s.ok(s.StartVerification(bgc, s.owner, "+5511976543210"))
	day := engine.DayAt(testStart, s.store.Zone())
	for _, c := range []struct {
		f    engine.Filter
		want int
	}{
		{engine.Filter{}, 11},
		{engine.Filter{State: "accepted"}, 1},
		{engine.Filter{State: "unknown"}, 0},
		{engine.Filter{State: "queued"}, 10},
		{engine.Filter{To: day}, 5},
		{engine.Filter{From: day + 1}, 6},
		{engine.Filter{CustomerID: first.Sale.CustomerID}, 5},
		{engine.Filter{CouponID: second.Issued.ID}, 5},
		{engine.Filter{CampaignID: second.Issued.CampaignID}, 10},
		{engine.Filter{CampaignID: first.Sale.ID}, 0},
		{engine.Filter{CouponID: engine.FirstID(4)}, 0},
	} {
		page, err := s.Messages(bgc, s.owner, c.f)
		s.ok(err)
		if len(page.Items) != c.want {
			t.Errorf("%+v: %d rows, want %d", c.f, len(page.Items), c.want)
		}
		for _, m := range page.Items {
			if m.Kind == "verify" && m.Body != "" {
				t.Error("the list shows the code that is to prove a phone")
			}
			if m.Kind != "verify" && (m.Body == "" || m.Parts != 1 || m.To == "") {
				t.Errorf("the list does not tell what the text says: %+v", m)
			}
		}
	}
}

func TestWorkerOnTheStore(t *testing.T) {
	s := newShop(t, "")
	for i := range 3 {
		s.sell(s.owner, fmt.Sprintf("+55119876%05d", i), "")
	}
	w := delivery.NewWorker(delivery.Options{
		Outbox: s.DB, Sender: delivery.Console{}, Clock: s.clock, Random: func(int64) int64 { return 0 },
		Wait: func(ctx context.Context, d time.Duration, _ <-chan struct{}) error {
			s.wait(d.Milliseconds())
			return ctx.Err()
		},
	})
	stats, err := w.RunOnce(bgc)
	if err != nil || stats.Cancelled != 3 {
		t.Errorf("%+v, %v", stats, err)
	}
	if n := s.count("SELECT count(*) FROM message WHERE state = 'cancelled' AND reason = 'no_sender' AND sender = '' AND sent = 0"); n != 3 {
		t.Errorf("%d rows", n)
	}
}
