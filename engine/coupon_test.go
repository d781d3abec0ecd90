package engine

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestCouponStateAt(t *testing.T) {
	const from, until, lease = Instant(100), Instant(200), Instant(150)
	for _, c := range []struct {
		stored CouponState
		now    Instant
		want   CouponState
	}{
		{CouponActive, 99, CouponPending},
		{CouponActive, 100, CouponActive},
		{CouponActive, 199, CouponActive},
		{CouponActive, 200, CouponExpired},
		{CouponReserved, 99, CouponPending},
		{CouponReserved, 149, CouponReserved},
		{CouponReserved, 150, CouponActive}, // the lease is over
		{CouponReserved, 200, CouponExpired},
		{CouponRedeemed, 50, CouponRedeemed},
		{CouponRedeemed, 120, CouponRedeemed},
		{CouponRedeemed, 500, CouponRedeemed},
		{CouponVoided, 50, CouponVoided},
		{CouponVoided, 120, CouponVoided},
		{CouponVoided, 500, CouponVoided},
	} {
		got := Coupon{State: c.stored, ValidFrom: from, ValidUntil: until, ReservedUntil: lease}.StateAt(c.now)
		if got != c.want {
			t.Errorf("%s at %d is %s, want %s", c.stored, c.now, got, c.want)
		}
	}
}

// argsOf gives the facts of an error.
func argsOf(err error) Args {
	var e *Error
	if errors.As(err, &e) {
		return e.Args
	}
	return nil
}

func TestCouponUsable(t *testing.T) {
	owner, other, till, till2 := ID{1}, ID{2}, ID{3}, ID{4}
	good := Coupon{
		Code: "K7PM4T9Q", CustomerID: owner, State: CouponActive, FirstDay: 10, LastDay: 20, ValidFrom: 100, ValidUntil: 200,
		ReservedBy: till2, ReservedAt: "Till 2", ReservedUntil: 150,
		Redeemed: 120, RedeemedAt: "Till 1", RedeemedBy: "Ana", Voided: 130, VoidReason: "lost",
	}
	with := func(s CouponState) Coupon { c := good; c.State = s; return c }
	bearer := good
	bearer.CustomerID = ID{}
	for name, c := range map[string]struct {
		coupon   Coupon
		now      Instant
		customer ID
		want     Code
		args     Args
	}{
		"good":                      {good, 100, owner, "", nil},
		"to the last millisecond":   {good, 199, owner, "", nil},
		"too early":                 {good, 99, owner, CodeCouponPending, Args{"day": Day(10)}},
		"too late":                  {good, 200, owner, CodeCouponExpired, Args{"day": Day(20)}},
		"of another":                {good, 120, other, CodeCouponOthers, nil},
		"of a customer, to nobody":  {good, 120, ID{}, CodeCouponOthers, nil},
		"the bearer's, to somebody": {bearer, 120, other, "", nil},
		"the bearer's, to nobody":   {bearer, 120, ID{}, "", nil},
		"used":                      {with(CouponRedeemed), 120, owner, CodeCouponRedeemed, Args{"at": Instant(120), "till": "Till 1", "staff": "Ana"}},
		"used, later":               {with(CouponRedeemed), 900, owner, CodeCouponRedeemed, nil},
		"used, another's":           {with(CouponRedeemed), 120, other, CodeCouponOthers, nil}, // who used it is none of theirs
		"voided":                    {with(CouponVoided), 120, owner, CodeCouponVoided, Args{"at": Instant(130), "reason": "lost"}},
		"held by another till":      {with(CouponReserved), 149, owner, CodeCouponReserved, Args{"till": "Till 2"}},
		"no longer held":            {with(CouponReserved), 150, owner, "", nil},
	} {
		err := c.coupon.Usable(c.now, c.customer, till)
		if CodeOf(err) != c.want || err != nil && (ClassOf(err) != Rule || argsOf(err)["code"] != "K7PM-4T9Q") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		for k, v := range c.args {
			if got := argsOf(err)[k]; got != v {
				t.Errorf("%s: %s is %v, want %v", name, k, got, v)
			}
		}
	}
	if err := with(CouponReserved).Usable(149, owner, till2); err != nil {
		t.Errorf("held by this till: %v", err)
	}
}

func TestCouponTakes(t *testing.T) {
	for _, c := range []struct {
		face        Minor
		most        BP
		gross, step Minor
		want        Minor
	}{
		{3700, 3000, 10000, 100, 3000},
		{3700, 3000, 10150, 100, 3100},
		{3700, 3000, 25000, 100, 3700},
		{3700, 10000, 50, 100, 50},
		{3700, 3000, 0, 100, 0},
		{0, 3000, 10000, 100, 0},
		{37, 3000, 101, 1, 31},
	} {
		got, err := Coupon{Face: c.face, MaxDiscount: c.most}.Takes(c.gross, c.step)
		if err != nil || got != c.want {
			t.Errorf("%d at most %d of %d takes %d, %v; want %d", c.face, c.most, c.gross, got, err, c.want)
		}
	}
	if _, err := (Coupon{Face: 1, MaxDiscount: 1}).Takes(1, 0); CodeOf(err) != CodeAmountOutside {
		t.Errorf("without a step: %v", err)
	}
}

func anyCoupon(id byte) *rapid.Generator[Coupon] {
	return rapid.Custom(func(t *rapid.T) Coupon {
		return Coupon{
			ID: ID{id}, Face: Minor(rapid.IntRange(0, 6).Draw(t, "face") * 100),
			MaxDiscount: BP(rapid.IntRange(1, 5).Draw(t, "most") * 2000),
			CustomerID:  rapid.SampledFrom([]ID{{}, {51}, {51}, {52}}).Draw(t, "owner"),
			State:       rapid.SampledFrom([]CouponState{CouponActive, CouponActive, CouponReserved, CouponRedeemed, CouponVoided}).Draw(t, "state"),
			ValidFrom:   Instant(rapid.IntRange(0, 12).Draw(t, "from")), ValidUntil: Instant(rapid.IntRange(9, 14).Draw(t, "until")),
			ReservedBy: rapid.SampledFrom([]ID{{61}, {62}}).Draw(t, "till"), ReservedUntil: Instant(rapid.IntRange(9, 12).Draw(t, "lease")),
		}
	})
}

// worth is what a coupon is worth on a sale, -1 if it cannot be used.
func worth(c Coupon, gross Minor, customer, till ID) Minor {
	takes := c.Face
	if gross > 0 {
		takes = min(c.Face, ceilStep(gross, c.MaxDiscount, 100), gross)
	}
	if c.Usable(10, customer, till) != nil || takes == 0 {
		return -1
	}
	return takes
}

// No usable coupon is better than the best: takes more, or as much and expires
// sooner, or as soon and is older.
func TestBestCouponAgainstAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coupons := make([]Coupon, rapid.IntRange(0, 8).Draw(t, "coupons"))
		ids := rapid.Permutation([]byte{1, 2, 3, 4, 5, 6, 7, 8}).Draw(t, "ids")
		for i := range coupons {
			coupons[i] = anyCoupon(ids[i]).Draw(t, "coupon")
		}
		gross := Minor(rapid.SampledFrom([]int{0, 1, 150, 333, 1000, 5000}).Draw(t, "gross"))
		customer, till := ID{51}, ID{61}
		best := BestCoupon(coupons, gross, 100, 10, customer, till)
		for i, c := range coupons {
			w := worth(c, gross, customer, till)
			switch {
			case w < 0 && i == best:
				t.Fatalf("%+v is the best and cannot be used", c)
			case w < 0 || i == best:
			case best < 0:
				t.Fatalf("%+v can be used, but none is the best", c)
			default:
				b := coupons[best]
				bw := worth(b, gross, customer, till)
				if w > bw || w == bw && (c.ValidUntil < b.ValidUntil || c.ValidUntil == b.ValidUntil && c.ID[0] < b.ID[0]) {
					t.Fatalf("%+v is better than the best %+v", c, b)
				}
			}
		}
	})
}
