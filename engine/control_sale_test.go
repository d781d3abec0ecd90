package engine

import (
	"math/rand/v2"
	"testing"
)

// TestNewcombeHoldsTheTruthAsOftenAsItSays works the chance that the interval
// holds the true difference out from every pair of counts there can be, without
// drawing any. R. G. Newcombe found a mean of 0.953 for groups of 5 to 50 (Stat.
// Med. 17 (1998) 873–890, table III).
func TestNewcombeHoldsTheTruthAsOftenAsItSays(t *testing.T) {
	sum, n := 0.0, 0
	for _, size := range [][2]int64{{50, 50}, {90, 10}, {180, 20}, {60, 40}} {
		for _, with := range []float64{0.05, 0.13, 0.25, 0.4, 0.6} {
			for _, without := range []float64{0.05, 0.08, 0.2, 0.35, 0.6} {
				a, b := binomial(int(size[0]), with), binomial(int(size[1]), without)
				holds := 0.0
				for x, p := range a {
					for y, q := range b {
						if (Proportion{int64(x), size[0]}).Minus(Proportion{int64(y), size[1]}).Holds(with - without) {
							holds += p * q
						}
					}
				}
				if holds < 0.91 {
					t.Errorf("%v at %v and %v: holds the truth in %.3f", size, with, without, holds)
				}
				sum, n = sum+holds, n+1
			}
		}
	}
	if mean := sum / float64(n); mean < 0.945 || mean > 0.968 {
		t.Errorf("holds the truth in %.4f on average", mean)
	}
}

// drawnID is an id as shops make them.
func drawnID(draw *rand.Rand) ID {
	var random [10]byte
	for i := range random {
		random[i] = byte(draw.IntN(256))
	}
	return NewID(Instant(1_790_000_000_000+draw.Int64N(1e10)), random)
}

// TestHeldBackInASale prices with the engine itself: in a tenth of the sales
// the customer is held back, the same ones every time, and gets no coupon of
// another campaign either.
func TestHeldBackInASale(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	best := Campaign{ID: drawnID(draw), Title: "Best", Created: 1, State: CampaignActive, Holdback: 1000, Terms: Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45}}
	other := Campaign{ID: drawnID(draw), Title: "Other", Created: 2, State: CampaignActive, Terms: Terms{Cashback: 1000, MaxDiscount: 3000, Lifetime: 45}}
	small := Campaign{
		ID: drawnID(draw), Title: "Points", Created: 3, State: CampaignActive,
		Promo: Offer{Kind: KindPoints, Points: PointsRate{Per: 100, Points: 1}},
	}
	store, err := NewStore("Casa Azul", "BR")
	if err != nil {
		t.Fatal(err)
	}
	prepared, err := Prepare(Offers([]Campaign{other, best, small}, 20_000))
	if err != nil {
		t.Fatal(err)
	}
	sell := func(customer ID) Result {
		r, err := prepared.Evaluate(Basket{Amount: 100_00, Business: 20_000}, Facts{Now: Day(20_000).Start(store.Zone()), Store: store, Customer: customer})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	held := 0
	for range 5000 {
		customer := drawnID(draw)
		r, again := sell(customer), sell(customer)
		if (r.Held == nil) == (r.Earned == nil) || (r.Held == nil) != (again.Held == nil) || r.Points != 100 {
			t.Fatalf("held %v, earned %v; again held %v; %d points", r.Held, r.Earned, again.Held, r.Points)
		}
		if r.Held == nil {
			continue
		}
		held++
		if r.Held.OfferID != best.ID || r.Held.Face != 20_00 || r.Held.LastDay != 20_045 {
			t.Fatalf("held %+v", r.Held)
		}
		if why := r.Rejected; len(why) != 1 || why[0].OfferID != other.ID || why[0].By != best.ID || why[0].Reason != ReasonOutranked {
			t.Fatalf("rejected %+v", why)
		}
	}
	if held < 440 || held > 560 { // ± 2.8 standard deviations
		t.Errorf("%d of 5000 held back", held)
	}
	if r := sell(ID{}); r.Held != nil || r.Earned == nil {
		t.Errorf("a walk-in: held %v, earned %v", r.Held, r.Earned)
	}
}

func TestHoldbackOfACampaign(t *testing.T) {
	good := Campaign{Title: "A", Terms: Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 45}}
	for name, c := range map[string]struct {
		change func(*Campaign)
		want   Code
	}{
		"none":        {func(*Campaign) {}, ""},
		"half":        {func(c *Campaign) { c.Holdback = MaxHoldback }, ""},
		"over half":   {func(c *Campaign) { c.Holdback = MaxHoldback + 1 }, CodeCampaignHoldback},
		"less than 0": {func(c *Campaign) { c.Holdback = -1 }, CodeCampaignHoldback},
		"no coupon": {func(c *Campaign) {
			c.Holdback, c.Promo = 100, Offer{Kind: KindPoints, Points: PointsRate{Per: 1, Points: 1}}
		}, CodeHoldbackNothing},
		"a gift, none": {func(c *Campaign) { c.Promo = Offer{Kind: KindPoints, Points: PointsRate{Per: 1, Points: 1}} }, ""},
	} {
		campaign := good
		c.change(&campaign)
		if got := CodeOf(campaign.Check()); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
