package store

import (
	"testing"

	"bounceback/engine"
)

// TestCohortsByHand follows A, who comes in March and twice in April, B in March
// and May, and C in April; a void takes A's March out, and so makes A one of
// April.
func TestCohortsByHand(t *testing.T) {
	s := newShop(t, "")
	march, april, may := engine.DayOf(2026, 3, 10), engine.DayOf(2026, 4, 20), engine.DayOf(2026, 5, 31)
	s.bought("A", april, march, april+1)
	s.bought("B", march+21, may)
	s.bought("C", april-19)
	look := func(want ...[]int64) {
		t.Helper()
		r, err := s.Cohorts(bgc, s.owner, 0, may)
		s.ok(err)
		for i, cells := range want {
			for k, n := range cells {
				if got := r.Cohorts[i].Active[k]; got != n {
					t.Errorf("%v after %d: %d, want %d", r.Cohorts[i].First, k, got, n)
				}
			}
		}
		s.sound()
	}
	look([]int64{2, 1, 1}, []int64{1, 0}, []int64{0})
	page, err := s.Sales(bgc, s.owner, engine.Filter{From: march, To: march})
	s.ok(err)
	_, err = s.ReverseSale(bgc, s.owner, engine.Reversal{SaleID: page.Items[0].ID, Reason: "twice"})
	s.ok(err)
	look([]int64{1, 0, 1}, []int64{2, 0}, []int64{0})
}

// TestWhoComesBackIsForWhoSeesAll shows one store nothing of another.
func TestWhoComesBackIsForWhoSeesAll(t *testing.T) {
	s := newShop(t, "")
	s.bought("A", engine.DayOf(2026, 3, 1), engine.DayOf(2026, 3, 9))
	seller := s.as(engine.Salesperson)
	_, err := s.Cohorts(bgc, seller, 0, 0)
	s.refused(err, engine.CodeForbidden)
	_, err = s.Segments(bgc, seller)
	s.refused(err, engine.CodeForbidden)
	_, err = s.Customers(bgc, seller, engine.Filter{Segment: engine.SegmentLost})
	s.refused(err, engine.CodeForbidden)
	other, _ := s.found("Loja Dois", "")
	c, err := s.Cohorts(bgc, other, 0, 0)
	s.ok(err)
	g, err := s.Segments(bgc, other)
	s.ok(err)
	page, err := s.Customers(bgc, other, engine.Filter{Segment: engine.SegmentLost})
	s.ok(err)
	if len(c.Cohorts) != 0 || g.Known || g.Segments[5].Customers != 0 || len(page.Items) != 0 {
		t.Errorf("another store: %+v, %+v, %+v", c, g, page)
	}
}
