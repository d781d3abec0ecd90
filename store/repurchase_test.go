package store

import (
	"testing"

	"bounceback/engine"
)

// bought imports a sale of a customer of a number for each day.
func (s *shop) bought(number string, days ...engine.Day) {
	s.t.Helper()
	rows := make([]engine.ImportSale, len(days))
	for i, day := range days {
		rows[i] = engine.ImportSale{Line: i + 2, Number: number, Business: day, Amount: 10_00}
	}
	out, err := s.ImportSales(bgc, s.owner, rows, false)
	s.ok(err)
	for _, o := range out {
		s.ok(o.Err)
	}
}

// TestRepurchaseByHand follows three customers: A comes after 10 and 20 days,
// B after 30, C once; the last day looked at is 20 days after the last sale.
func TestRepurchaseByHand(t *testing.T) {
	s := newShop(t, "")
	first := engine.DayOf(2026, 3, 1)
	s.bought("A", first+30, first, first+10)
	s.bought("B", first+5, first+35)
	s.bought("C", first+2)
	s.bought("", first+3)
	for _, c := range []struct {
		from, to               engine.Day
		gaps, waiting, seconds int64
		mean, median, usual    float64
	}{
		{0, first + 55, 3, 3, 2, 20, 20, 30},
		{0, first + 29, 1, 3, 1, 10, 10, 0},          // A's second gap and B's have not ended
		{first + 5, first + 55, 2, 2, 2, 25, 25, 30}, // the first gap of A began before
		{first + 31, 0, 0, 1, 1, 0, 0, 0},
		{first + 56, first + 60, 0, 0, 0, 0, 0, 0},
		{first + 60, first + 56, 0, 0, 0, 0, 0, 0},
	} {
		r, err := s.Repurchase(bgc, s.owner, c.from, c.to)
		s.ok(err)
		if r.Gaps != c.gaps || r.Waiting != c.waiting || r.Seconds != c.seconds || r.Mean != c.mean || r.Median != c.median ||
			r.Usual.Days != c.usual {
			t.Errorf("%v to %v: %+v\nwant %+v", c.from, c.to, r, c)
		}
	}
}

// TestTheLatestSaleLooksForNoOther sees that only a sale between others reads
// them.
func TestTheLatestSaleLooksForNoOther(t *testing.T) {
	s := newShop(t, "")
	looked := func() bool { return s.writer.stmts[salesUntil] != nil || s.writer.stmts[salesAfter] != nil }
	for range 3 {
		s.sell(s.owner, maria, "Maria")
		s.wait(5 * days)
	}
	s.bought("A", s.store.Today(s.clock())-9, s.store.Today(s.clock())-3)
	if looked() {
		t.Error("a sale that is the latest looks for others")
	}
	_, err := s.RecordSale(bgc, s.owner, engine.Draft{
		Amount: 10_00, Customer: engine.CustomerRef{Phone: maria}, Business: s.store.Today(s.clock()) - 7,
	})
	s.ok(err)
	if !looked() {
		t.Error("a sale that is dated back looks for none")
	}
}

// TestRepurchaseIsForWhoSeesAll shows one store nothing of another.
func TestRepurchaseIsForWhoSeesAll(t *testing.T) {
	s := newShop(t, "")
	s.bought("A", engine.DayOf(2026, 3, 1), engine.DayOf(2026, 3, 9))
	_, err := s.Repurchase(bgc, s.as(engine.Salesperson), 0, 0)
	s.refused(err, engine.CodeForbidden)
	other, _ := s.found("Loja Dois", "")
	r, err := s.Repurchase(bgc, other, 0, 0)
	s.ok(err)
	if r.Gaps != 0 || r.Waiting != 0 || r.To != s.store.Today(s.clock()) {
		t.Errorf("another store: %+v", r)
	}
}
