package store

import (
	"testing"

	"bounceback/engine"
)

func TestTextFigures(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.settings(string(engine.SetTextPrice), "100000", string(engine.SetTextExempt), "yes")
	today := s.store.Today(s.clock())
	first := s.sell(s.owner, maria, "Maria")
	s.sends("m-1")
	s.sell(s.owner, "+5511912345678", "Rui")
	s.unknown()
	s.sell(s.owner, "+5511912345679", "Eva")
	refusal := accepted(s.claim())
	refusal.State, refusal.MessageID, refusal.Reason = "refused", "", "invalid_number"
	s.ok(s.Settle(bgc, refusal))
	s.sell(s.owner, "+5511912345670", "Lia")
	s.claim()
	s.sell(s.owner, "+5511912345671", "Zoe")
	_, err := s.RecordSale(bgc, s.owner, engine.Draft{
		Amount: 20_000, Customer: engine.CustomerRef{Phone: maria}, Use: engine.UseCode, Code: first.Issued.Code,
	})
	s.ok(err)
	s.raw("UPDATE message SET reason = 'month_limit' WHERE id = (SELECT max(id) FROM message WHERE step = 'issue' AND state = 'queued')")
	want := engine.TextFigures{
		From: today, To: today, Texts: 3, Accepted: 1, Unknown: 1, Refused: 1, Parts: 3, Cost: 300_000, Redeemed: 1, DueToday: 2, Held: 1,
	}
	if got := s.texts(); got != want {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	if got := want.PerRedeemed(); got != 300_000 {
		t.Errorf("a redeemed coupon cost %d", got)
	}
	for _, span := range [][2]engine.Day{{0, 0}, {0, today}, {today, 0}, {today - 5, today + 5}} {
		f, err := s.TextFigures(bgc, s.owner, span[0], span[1])
		s.ok(err)
		if f.Texts != 3 || f.Redeemed != 1 || f.From != span[0] || f.To != span[1] {
			t.Errorf("%v: %+v", span, f)
		}
	}
	f, err := s.TextFigures(bgc, s.owner, today+1, today+9)
	s.ok(err)
	if f.Texts != 0 || f.Redeemed != 0 || f.Cost != 0 {
		t.Errorf("another span: %+v", f)
	}
	other, _ := s.found("Loja Dois", "")
	f, err = s.TextFigures(bgc, other, 0, 0)
	s.ok(err)
	if f != (engine.TextFigures{}) {
		t.Errorf("another store: %+v", f)
	}
	_, err = s.TextFigures(bgc, s.as(engine.Salesperson), 0, 0)
	s.refused(err, engine.CodeForbidden)
	_, err = s.TextFigures(bgc, s.owner, today, today-1)
	s.refused(err, engine.CodeTextSpan)
}

// TestFiguresOfWhatWentTwice: texts, parts and cost are those of everything that
// may have gone, whatever became of the text after it.
func TestFiguresOfWhatWentTwice(t *testing.T) {
	s := newShop(t, "")
	s.anyHour()
	s.settings(string(engine.SetTextPrice), "100000", string(engine.SetTextExempt), "yes")
	wants := func(texts, repeated, parts int64) {
		t.Helper()
		f := s.texts()
		if f.Texts != texts || f.Repeated != repeated || f.Parts != parts || f.Cost != engine.Micros(parts*100_000) {
			t.Errorf("%d texts, %d of them twice, %d parts, cost %d", f.Texts, f.Repeated, f.Parts, f.Cost)
		}
		s.sound()
	}
	s.sell(s.owner, maria, "Maria")
	first := s.claim()
	wants(1, 0, 1)
	s.ok(s.Settle(bgc, lost(first))) // it may have gone, and goes once more by itself
	wants(1, 0, 1)
	again := s.claim()
	wants(1, 1, 2)
	no := accepted(again)
	no.State, no.MessageID, no.Reason = "refused", "", "invalid_number"
	s.ok(s.Settle(bgc, no)) // the second attempt did not
	wants(1, 0, 1)
	s.sell(s.owner, "+5511912345678", "Rui")
	rui := s.unknown()
	wants(2, 0, 2)
	s.release(rui.ID)
	s.sends("m-2")
	wants(2, 1, 3)
	_, err := s.ResendMessage(bgc, s.owner, rui.ID) // a text of its own
	s.ok(err)
	s.sends("m-3")
	wants(3, 1, 4)
}

// TestHeldIsCountedAlike by the figures, the counter and the list, whenever the
// texts go.
func TestHeldIsCountedAlike(t *testing.T) {
	s := newShop(t, "")
	s.texted()
	s.settings(string(engine.SetTextHour), "9", string(engine.SetTextFrom), "9", string(engine.SetTextUntil), "10")
	s.sell(s.owner, "+5511912345678", "Rui")
	alike := func(held int, due int) {
		t.Helper()
		desk, err := s.Desk(bgc, s.owner)
		s.ok(err)
		listed := len(s.lists(s.owner, engine.Filter{State: "held"}))
		if f := s.texts(); f.Held != int64(held) || desk.Texts.Held != held || listed != held || desk.Texts.Due != due {
			t.Errorf("held: %d by the figures, %d at the counter, %d listed; %d due", f.Held, desk.Texts.Held, listed, desk.Texts.Due)
		}
	}
	alike(1, 1) // Maria's is looked at again, as the hours are others
	s.nothingDue()
	alike(2, 0)
	s.wait(3 * days) // nobody looked at them since
	alike(2, 3)      // reminders came due meanwhile
}
