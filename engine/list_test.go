package engine

import "testing"

func TestFilterRows(t *testing.T) {
	for limit, want := range map[int]int{-1: 50, 0: 50, 1: 1, 499: 499, 500: 500, 501: 500, 1 << 40: 500} {
		if got := (Filter{Limit: limit}).Rows(); got != want {
			t.Errorf("a page of %d has %d rows, want %d", limit, got, want)
		}
	}
}

func TestFilterSpan(t *testing.T) {
	loc := zone(t, "America/Sao_Paulo")
	d := day(t, "2018-11-04") // begins at 01:00
	for _, c := range []struct {
		f        Filter
		from, to string
	}{
		{Filter{From: d, To: d}, "2018-11-04 01:00:00.000", "2018-11-05 00:00:00.000"},
		{Filter{From: d - 1}, "2018-11-03 00:00:00.000", ""},
		{Filter{To: d - 1}, "", "2018-11-04 01:00:00.000"},
		{Filter{}, "", ""},
	} {
		var from, to Instant
		if c.from != "" {
			from = instant(t, c.from, loc)
		}
		if c.to != "" {
			to = instant(t, c.to, loc)
		}
		if gotFrom, gotTo := c.f.Span(loc); gotFrom != from || gotTo != to {
			t.Errorf("%s to %s spans %v to %v", c.f.From, c.f.To, gotFrom.In(loc), gotTo.In(loc))
		}
	}
}

func TestConversion(t *testing.T) {
	for _, c := range []struct {
		redeemed, issued int64
		want             BP
	}{
		{0, 0, 0}, {0, 7, 0}, {7, 7, 10000}, {1, 3, 3333}, {2, 3, 6667}, {1, 20000, 1}, {1, 20001, 0}, {23570, 69659, 3384},
	} {
		if got := (CouponFigures{Redeemed: c.redeemed, Issued: c.issued}).Conversion(); got != c.want {
			t.Errorf("%d of %d is %d, want %d", c.redeemed, c.issued, got, c.want)
		}
	}
}
