package engine

import (
	"testing"
	"time"
)

// shop is a store of a country with its defaults.
func shop(t testing.TB, country string) Store {
	t.Helper()
	s, err := NewStore("Loja", country)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

// instant reads a time of a zone as 2026-11-20 15:04:05.000.
func instant(t testing.TB, s string, loc *time.Location) Instant {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05.000", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return InstantOf(at)
}

func offer(id byte, cashback BP, least, most Minor) Offer {
	return Offer{
		ID: ID{id}, Title: string(rune('A' + id - 1)), Created: Instant(id),
		Rebate: Terms{Cashback: cashback, MaxDiscount: 3000, MinSale: least, MaxSale: most, Lifetime: 45},
	}
}

// heldCoupon is a coupon good from day 20000 to 20045.
func heldCoupon(s Store, face Minor, most BP) Coupon {
	zone := s.Zone()
	return Coupon{
		ID: ID{99}, Code: "K7PM4T9Q", Face: face, MaxDiscount: most, State: CouponActive, FirstDay: 20000, LastDay: 20045,
		ValidFrom: Day(20000).Start(zone), ValidUntil: Day(20046).Start(zone),
	}
}

// fataler is a test, generated or not.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

func evaluate(t fataler, s Store, gross Minor, c *Coupon, offers ...Offer) Result {
	t.Helper()
	r, err := Evaluate(Basket{Amount: gross, Business: 20010}, offers, Facts{Now: Day(20010).Start(s.Zone()), Store: s, Coupon: c})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFaces(t *testing.T) {
	for _, c := range []struct {
		country     string
		net         Minor
		rate        BP
		step, face  Minor
		explanation string
	}{
		{"BR", 18100, 2000, 100, 3700, "36.20"},
		{"BR", 21300, 2000, 100, 4300, "42.60"},
		{"BR", 18000, 2000, 100, 3600, "exactly 36.00"},
		{"BR", 18001, 2000, 100, 3700, "36.002"},
		{"BR", 1, 2000, 100, 100, "0.002"},
		{"BR", 50, 2000, 100, 100, "0.10"},
		{"BR", 18100, 2000, 1, 3620, "no rounding but to the cent"},
		{"BR", 18101, 2000, 1, 3621, "36.202"},
		{"BR", 18100, 2000, 5, 3620, "steps of 0.05"},
		{"BR", 18100, 2000, 1000, 4000, "steps of 10.00"},
		{"JP", 181, 2000, 1, 37, "36.2 yen"},
		{"JP", 1805, 2000, 1, 361, "exactly 361 yen"},
		{"JP", 1805, 2000, 10, 370, "steps of 10 yen"},
		{"KW", 181000, 2000, 1000, 37000, "36.200 dinars"},
		{"KW", 180000, 2000, 1000, 36000, "exactly 36 dinars"},
		{"KW", 180001, 2000, 1, 36001, "36.0002 dinars to the fils"},
	} {
		s := shop(t, c.country)
		s.Step = c.step
		r := evaluate(t, s, c.net, nil, offer(1, c.rate, 0, 0))
		if r.Earned == nil || r.Earned.Face != c.face || r.Earned.MaxDiscount != 3000 || r.Discount != 0 || r.Net != c.net {
			t.Errorf("%s %d at %d, step %d (%s): %+v", c.country, c.net, c.rate, c.step, c.explanation, r.Earned)
		}
	}
}

func TestStepIsOneWholeUnit(t *testing.T) {
	for country, want := range map[string]Minor{"BR": 100, "US": 100, "JP": 1, "KW": 1000} {
		if got := shop(t, country).Step; got != want {
			t.Errorf("the step of %s is %d, want %d", country, got, want)
		}
	}
}

func TestRedeeming(t *testing.T) {
	for _, c := range []struct {
		country    string
		gross      Minor
		face       Minor
		most       BP
		takes, due Minor
		earns      Minor // at 20 %
	}{
		{"BR", 10000, 3700, 3000, 3000, 7000, 1400},
		{"BR", 25000, 3700, 3000, 3700, 21300, 4300},
		{"BR", 10150, 3700, 3000, 3100, 7050, 1500}, // 30.45 rounded up; 14.10 rounded up
		{"BR", 50, 3700, 10000, 50, 0, 0},
		{"BR", 50, 3700, 3000, 50, 0, 0},            // 0.15 rounded up to 1.00 is more than the sale
		{"BR", 3700, 3700, 10000, 3700, 0, 0},       // exactly all of it
		{"BR", 3701, 3700, 10000, 3700, 1, 100},     //
		{"BR", 12333, 3700, 3000, 3700, 8633, 1800}, // 36.999 rounded up reaches the face
		{"BR", 12000, 3700, 3000, 3600, 8400, 1700}, // exactly 36.00
		{"BR", 12001, 3700, 3000, 3700, 8301, 1700}, // 36.003
		{"JP", 1015, 370, 3000, 305, 710, 142},      // 304.5 yen
		{"JP", 1000, 370, 3000, 300, 700, 140},
		{"KW", 101500, 37000, 3000, 31000, 70500, 15000},
		{"KW", 500, 37000, 10000, 500, 0, 0},
	} {
		s := shop(t, c.country)
		held := heldCoupon(s, c.face, c.most)
		r := evaluate(t, s, c.gross, &held, offer(1, 2000, 0, 0))
		if r.Coupon == nil || *r.Coupon != (Applied{CouponID: held.ID, Code: held.Code, Amount: c.takes}) ||
			r.Discount != c.takes || r.Net != c.due || r.Gross != c.gross || r.Refused != nil {
			t.Errorf("%s %d with %d at most %d: %+v", c.country, c.gross, c.face, c.most, r)
		}
		if got := faceOf(r); got != c.earns {
			t.Errorf("%s %d with %d at most %d earns %d, want %d", c.country, c.gross, c.face, c.most, got, c.earns)
		}
	}
}

func faceOf(r Result) Minor {
	if r.Earned == nil {
		return 0
	}
	return r.Earned.Face
}

func TestTwoCampaigns(t *testing.T) {
	s := shop(t, "BR")
	a, b := offer(1, 1000, 0, 0), offer(2, 2000, 10000, 50000)
	held := heldCoupon(s, 3100, 10000)
	for _, c := range []struct {
		gross   Minor
		coupon  *Coupon
		earns   ID
		why     Code
		missing Minor
	}{
		{9999, nil, a.ID, ReasonBelow, 1},
		{10000, nil, b.ID, ReasonOutranked, 0},
		{50000, nil, b.ID, ReasonOutranked, 0},
		{50001, nil, a.ID, ReasonAbove, 0},
		{11000, &held, a.ID, ReasonBelow, 2100},  // net 79.00
		{13100, &held, b.ID, ReasonOutranked, 0}, // net 100.00
	} {
		r := evaluate(t, s, c.gross, c.coupon, a, b)
		other := a
		if c.earns == a.ID {
			other = b
		}
		want := Rejected{OfferID: other.ID, Title: other.Title, Reason: c.why, Missing: c.missing}
		if c.why == ReasonOutranked {
			want.By, want.ByTitle = c.earns, r.Earned.Campaign
		}
		if r.Earned == nil || r.Earned.OfferID != c.earns || len(r.Rejected) != 1 || r.Rejected[0] != want {
			t.Errorf("%d earns under %+v, rejected %+v, want %+v", c.gross, r.Earned, r.Rejected, want)
		}
	}
}

func TestEqualRatesGoToTheOlder(t *testing.T) {
	s := shop(t, "BR")
	young, old := offer(1, 2000, 0, 0), offer(2, 2000, 0, 0)
	young.Created, old.Created = 6, 5
	for _, offers := range [][]Offer{{young, old}, {old, young}} {
		if r := evaluate(t, s, 1000, nil, offers...); r.Earned.OfferID != old.ID {
			t.Errorf("of %v earns %v", offers, r.Earned)
		}
	}
	young.Created = old.Created // made in the same millisecond: the lower id was first
	if r := evaluate(t, s, 1000, nil, old, young); r.Earned.OfferID != young.ID {
		t.Errorf("of one millisecond earns %v", r.Earned)
	}
}

func TestNothingPaidEarnsNothing(t *testing.T) {
	s := shop(t, "BR")
	held := heldCoupon(s, 5000, 10000)
	r := evaluate(t, s, 5000, &held, offer(1, 2000, 0, 0), offer(2, 1000, 100, 0))
	if r.Earned != nil || r.Net != 0 || len(r.Rejected) != 2 || r.Rejected[0].Reason != ReasonNothing || r.Rejected[1].Reason != ReasonNothing {
		t.Errorf("%+v", r)
	}
}

// Lifetime 45, sold on 20 November 2026 in São Paulo.
func TestGoodThroughItsLastDay(t *testing.T) {
	s := shop(t, "BR")
	loc := s.Zone()
	now := instant(t, "2026-11-20 23:59:59.999", loc)
	r, err := Evaluate(Basket{Amount: 18100, Business: s.Today(now)}, []Offer{offer(1, 2000, 0, 0)}, Facts{Now: now, Store: s})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Earned
	if e.FirstDay.String() != "2026-11-20" || e.LastDay.String() != "2027-01-04" {
		t.Errorf("good from %s to %s", e.FirstDay, e.LastDay)
	}
	c := Coupon{Code: "K7PM4T9Q", Face: e.Face, MaxDiscount: 3000, State: CouponActive, FirstDay: e.FirstDay, LastDay: e.LastDay, ValidFrom: e.ValidFrom, ValidUntil: e.ValidUntil}
	for at, want := range map[string]Code{
		"2026-11-19 23:59:59.999": CodeCouponPending,
		"2026-11-20 00:00:00.000": "",
		"2027-01-04 23:59:59.999": "",
		"2027-01-05 00:00:00.000": CodeCouponExpired,
	} {
		r, err := Evaluate(Basket{Amount: 10000}, nil, Facts{Now: instant(t, at, loc), Store: s, Coupon: &c})
		if err != nil || CodeOf(r.Refused) != want || (r.Discount == 3000) != (want == "") || (r.Coupon == nil) == (want == "") {
			t.Errorf("at %s: %+v, %v; want %q", at, r, err, want)
		}
	}
}

func TestValidAfter(t *testing.T) {
	s := shop(t, "BR")
	o := offer(1, 2000, 0, 0)
	o.Rebate.ValidAfter, o.Rebate.Lifetime = 3, 7
	e := evaluate(t, s, 1000, nil, o).Earned
	loc := s.Zone()
	if e.FirstDay != 20013 || e.LastDay != 20017 || e.ValidFrom != Day(20013).Start(loc) || e.ValidUntil != Day(20018).Start(loc) || e.Terms != o.Rebate || e.Campaign != "A" {
		t.Errorf("%+v", e)
	}
}

func TestEvaluateRefusesAmounts(t *testing.T) {
	s := shop(t, "BR")
	for _, gross := range []Minor{-1, MaxAmount + 1} {
		if _, err := Evaluate(Basket{Amount: gross}, nil, Facts{Store: s}); CodeOf(err) != CodeAmountTooLarge {
			t.Errorf("%d: %v", gross, err)
		}
	}
	if r := evaluate(t, s, MaxAmount, nil, offer(1, 10000, 0, 0)); r.Earned == nil || r.Earned.Face != MaxAmount {
		t.Errorf("the largest sale: %+v", r)
	}
	s.Step = 0
	if _, err := Evaluate(Basket{Amount: 1}, []Offer{offer(1, 1, 0, 0)}, Facts{Store: s}); CodeOf(err) != CodeAmountOutside {
		t.Errorf("a store without a step: %v", err)
	}
}

func TestACouponThatTakesNothing(t *testing.T) {
	s := shop(t, "BR")
	for _, c := range []struct{ gross, face Minor }{{0, 100}, {100, 0}} {
		held := heldCoupon(s, c.face, 3000)
		if r := evaluate(t, s, c.gross, &held); CodeOf(r.Refused) != CodeCouponNothing || r.Coupon != nil || r.Net != c.gross {
			t.Errorf("face %d on %d: %+v", c.face, c.gross, r)
		}
	}
}
