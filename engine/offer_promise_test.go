package engine

import (
	"math/big"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func anyTerms() *rapid.Generator[Terms] {
	return rapid.Custom(func(t *rapid.T) Terms {
		life := rapid.IntRange(MinLifetime, 400).Draw(t, "lifetime")
		terms := Terms{
			Cashback:    BP(rapid.SampledFrom([]int{1, 1000, 2000, 2000, 3333, 10000}).Draw(t, "cashback")),
			MaxDiscount: BP(rapid.IntRange(1, 10000).Draw(t, "most")), Lifetime: life,
			ValidAfter: rapid.IntRange(0, life).Draw(t, "after"),
		}
		if rapid.Bool().Draw(t, "ranged") {
			terms.MinSale = Minor(rapid.Int64Range(0, 60000).Draw(t, "least"))
			terms.MaxSale = terms.MinSale + Minor(rapid.Int64Range(1, 60000).Draw(t, "wide"))
		}
		return terms
	})
}

func anyOffers() *rapid.Generator[[]Offer] {
	return rapid.Custom(func(t *rapid.T) []Offer {
		offers := make([]Offer, rapid.IntRange(0, 6).Draw(t, "offers"))
		for i := range offers {
			offers[i] = Offer{
				ID: ID{byte(i + 1)}, Created: Instant(rapid.IntRange(1, 3).Draw(t, "created")), Rebate: anyTerms().Draw(t, "terms"),
			}
		}
		return offers
	})
}

func anyGross() *rapid.Generator[Minor] {
	return rapid.OneOf(tillAmount(), rapid.Map(rapid.Int64Range(0, 120000), func(n int64) Minor { return Minor(n) }))
}

// ceilStep is amount × rate rounded up to step, in big numbers.
func ceilStep(amount Minor, rate BP, step Minor) Minor {
	n := exactly(int64(amount), int64(rate), int64(step)*10000, Up)
	return Minor(n.Mul(n, big.NewInt(int64(step))).Int64())
}

func TestEvaluateKeepsItsPromises(t *testing.T) {
	s := shop(t, "BR")
	rapid.Check(t, func(t *rapid.T) {
		s := s
		s.Step = Minor(rapid.SampledFrom([]int{1, 5, 50, 100, 1000}).Draw(t, "step"))
		gross, offers := anyGross().Draw(t, "gross"), anyOffers().Draw(t, "offers")
		facts := Facts{Now: Day(20010).Start(s.Zone()), Store: s, Customer: ID{7}}
		if rapid.Bool().Draw(t, "coupon") {
			held := heldCoupon(s, Minor(rapid.Int64Range(0, 50000).Draw(t, "face")), BP(rapid.IntRange(1, 10000).Draw(t, "share")))
			held.CustomerID = rapid.SampledFrom([]ID{{}, {7}, {8}}).Draw(t, "owner")
			facts.Coupon = &held
		}
		sale := Basket{Amount: gross, Business: 20010}
		r, err := Evaluate(sale, offers, facts)
		if err != nil {
			t.Fatal(err)
		}
		checkTaken(t, r, gross, facts)
		checkEarned(t, r, offers, s.Step)
		again, err := Evaluate(sale, rapid.Permutation(offers).Draw(t, "order"), facts)
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("in another order: %+v, not %+v", again, r)
		}
	})
}

func checkTaken(t *rapid.T, r Result, gross Minor, f Facts) {
	if r.Gross != gross || r.Net < 0 || r.Gross-r.Discount != r.Net {
		t.Fatalf("%d − %d is not %d", r.Gross, r.Discount, r.Net)
	}
	want := Minor(0)
	if c := f.Coupon; c != nil && (c.CustomerID.IsZero() || c.CustomerID == f.Customer) {
		want = min(c.Face, ceilStep(gross, c.MaxDiscount, f.Store.Step), gross)
	}
	if r.Discount != want || (r.Coupon != nil) != (want > 0) || (r.Refused != nil) != (f.Coupon != nil && want == 0) {
		t.Fatalf("took %d, want %d; refused %v", r.Discount, want, r.Refused)
	}
}

func checkEarned(t *rapid.T, r Result, offers []Offer, step Minor) {
	told := map[ID]bool{}
	for _, rej := range r.Rejected {
		told[rej.OfferID] = true
	}
	best := -1
	for i, o := range offers {
		fits := r.Net > 0 && r.Net >= o.Rebate.MinSale && (o.Rebate.MaxSale == 0 || r.Net <= o.Rebate.MaxSale)
		if fits && (best < 0 || beats(o, offers[best])) {
			best = i
		}
		earned := r.Earned != nil && r.Earned.OfferID == o.ID
		if earned == told[o.ID] {
			t.Fatalf("offer %s earned: %v, rejected: %v", o.ID, earned, told[o.ID])
		}
	}
	if len(r.Rejected) != len(told) || (best < 0) != (r.Earned == nil) {
		t.Fatalf("%+v, best %d", r, best)
	}
	if best < 0 {
		return
	}
	e, o := r.Earned, offers[best]
	if e.OfferID != o.ID || e.Face%step != 0 || e.Face != ceilStep(r.Net, o.Rebate.Cashback, step) {
		t.Fatalf("net %d earns %+v, not under %+v", r.Net, e, o)
	}
	if e.FirstDay != 20010+Day(o.Rebate.ValidAfter) || e.LastDay != 20010+Day(o.Rebate.Lifetime) || e.ValidFrom >= e.ValidUntil {
		t.Fatalf("good from %s to %s", e.FirstDay, e.LastDay)
	}
}

func beats(a, b Offer) bool {
	switch {
	case a.Rebate.Cashback != b.Rebate.Cashback:
		return a.Rebate.Cashback > b.Rebate.Cashback
	case a.Created != b.Created:
		return a.Created < b.Created
	}
	return a.ID.String() < b.ID.String()
}

// Whatever the zone, a coupon is taken on the days it is good on and on no
// other, to the millisecond.
func TestNeverOutsideItsDays(t *testing.T) {
	zones := []string{"America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "Pacific/Apia", "Asia/Amman", "America/Havana", "Asia/Tokyo", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		s := Store{Step: 100, Timezone: rapid.SampledFrom(zones).Draw(t, "zone")}
		loc := s.Zone()
		sold := DayOf(2011, 1, 1) + Day(rapid.IntRange(0, 6000).Draw(t, "sold"))
		terms := anyTerms().Draw(t, "terms")
		terms.MinSale, terms.MaxSale = 0, 0
		r, err := Evaluate(Basket{Amount: 18100, Business: sold}, []Offer{{Rebate: terms}}, Facts{Store: s})
		if err != nil {
			t.Fatal(err)
		}
		e := r.Earned
		edge := rapid.SampledFrom([]Instant{e.ValidFrom, e.ValidUntil, sold.Start(loc)}).Draw(t, "edge")
		now := edge + Instant(rapid.OneOf(rapid.Int64Range(-2, 2), rapid.Int64Range(-90*3600_000, 90*3600_000)).Draw(t, "from it"))
		c := Coupon{Face: e.Face, MaxDiscount: 10000, State: CouponActive, ValidFrom: e.ValidFrom, ValidUntil: e.ValidUntil}
		r, err = Evaluate(Basket{Amount: 10000, Business: sold}, nil, Facts{Now: now, Store: s, Coupon: &c})
		if err != nil {
			t.Fatal(err)
		}
		today := DayAt(now, loc)
		if good := today >= e.FirstDay && today <= e.LastDay; good != (r.Coupon != nil) {
			t.Fatalf("on %s, good from %s to %s: taken %v", now.In(loc), e.FirstDay, e.LastDay, r.Coupon)
		}
	})
}
