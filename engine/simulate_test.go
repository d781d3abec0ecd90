package engine

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// plainFace is what a coupon of a sale must be worth, worked out with fractions
// of whole numbers alone: paid × rate, up to the next full step.
func plainFace(paid Minor, rate BP, step Minor) Minor {
	parts := new(big.Int).Mul(big.NewInt(int64(paid)), big.NewInt(int64(rate)))
	whole := new(big.Int).Mul(big.NewInt(wholeBP), big.NewInt(int64(step)))
	steps, rest := new(big.Int).QuoRem(parts, whole, new(big.Int))
	if rest.Sign() > 0 {
		steps.Add(steps, big.NewInt(1))
	}
	return Minor(steps.Int64()) * step
}

// TestReplayCoupons compares the sums of a replay of next-sale coupons with a
// plain calculation.
func TestReplayCoupons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := Store{Timezone: "America/Sao_Paulo", Exponent: 2, Step: Minor(rapid.SampledFrom([]int64{1, 5, 50, 100, 500}).Draw(t, "step"))}
		draft := Campaign{Title: "A", Terms: Terms{
			Cashback: BP(rapid.IntRange(1, 10_000).Draw(t, "cashback")), MaxDiscount: BP(rapid.IntRange(1, 10_000).Draw(t, "most")),
			MinSale: Minor(rapid.IntRange(0, 20_000).Draw(t, "least")), Lifetime: 45,
		}}
		if rapid.Bool().Draw(t, "capped") {
			draft.Terms.MaxSale = draft.Terms.MinSale + Minor(rapid.IntRange(0, 20_000).Draw(t, "above"))
		}
		r, err := NewReplay(store, draft, nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		tally := r.Tally()
		var want SimulatedDraft
		customers := map[int32]bool{}
		for i, amount := range rapid.SliceOfN(rapid.IntRange(0, 60_000), 0, 40).Draw(t, "amounts") {
			paid, who := Minor(amount), int32(rapid.IntRange(-1, 6).Draw(t, "customer")) //nolint:gosec // small
			s := PastSale{ID: FirstID(Instant(1_700_000_000_000 + i)), Number: who, Basket: Basket{Amount: paid, Business: 19_675}}
			tally.Add(&s)
			if paid == 0 || paid < draft.Terms.MinSale || draft.Terms.MaxSale != 0 && paid > draft.Terms.MaxSale {
				continue
			}
			face := plainFace(paid, draft.Terms.Cashback, store.Step)
			want.Sales, want.Paid, want.Face, want.FaceMost = want.Sales+1, want.Paid+paid, want.Face+face, max(want.FaceMost, face)
			want.Worst += min(face, paid, plainFace(paid, draft.Terms.MaxDiscount, store.Step))
			if customers[who] = true; who < 0 {
				want.Unknown++
			}
		}
		delete(customers, -1)
		want.Customers = int64(len(customers))
		got, unpriced := tally.Sum()
		have := SimulatedDraft{
			Sales: got.Sales, Paid: got.Paid, Face: got.Face, FaceMost: got.FaceMost, Worst: got.Worst, Unknown: got.Unknown, Customers: got.Customers,
		}
		if !sameDraft(have, want) || unpriced != 0 {
			t.Fatalf("got %+v, want %+v", have, want)
		}
	})
}

func sameDraft(a, b SimulatedDraft) bool {
	return a.Sales == b.Sales && a.Paid == b.Paid && a.Face == b.Face && a.FaceMost == b.FaceMost && a.Worst == b.Worst &&
		a.Unknown == b.Unknown && a.Customers == b.Customers
}

// TestSimulatedOutlook is the example of Outlook, with texts of one cent each.
func TestSimulatedOutlook(t *testing.T) {
	d := SimulatedDraft{Campaign: Campaign{}, Sales: 200, Paid: 30_000_00, Face: 6_000_00, Worst: 6_000_00}
	d.Texts.Cost = 2_000_000 // R$ 2.00
	s := Simulation{Margin: 4000, Drafts: []SimulatedDraft{d}}
	if err := s.Foresee(2); err != nil {
		t.Fatal(err)
	}
	want := Outlook{Rate: 1000, Returns: 20, Off: 600_00, Net: 2_400_00, Texts: 2_00, Gain: 598_00, GainSaid: true}
	if got := s.Drafts[0].Likely; len(got) != 3 || got[1] != want {
		t.Errorf("got %+v, want %+v in the middle", got, want)
	}
}

// TestMeasuredOutlook is the other example of Outlook: what used coupons took
// and brought counts, the campaign's own before the shop's.
func TestMeasuredOutlook(t *testing.T) {
	figures := func(ended, used int64, face, off, net, earned Minor) CouponFigures {
		c := CouponCounts{Issued: ended, Redeemed: used, RedeemedFace: face}
		return NewCouponFigures(c, c, CouponUse{Off: off, Net: net, Earned: earned})
	}
	d := SimulatedDraft{Sales: 200, Paid: 30_000_00, Face: 5_000_00, Worst: 6_000_00}
	s := Simulation{Margin: 4000, Shop: figures(400, 40, 1_000_00, 700_00, 6_000_00, 10_000_00)}
	foreseen := func(d SimulatedDraft) Outlook {
		s.Drafts = []SimulatedDraft{d}
		if err := s.Foresee(2); err != nil {
			t.Fatal(err)
		}
		return s.Drafts[0].Likely[1]
	}
	want := Outlook{Rate: 1000, Returns: 20, Off: 350_00, Net: 1_800_00, Gain: 510_00, GainSaid: true}
	if got := foreseen(d); got != want {
		t.Errorf("by the shop: got %+v, want %+v", got, want)
	}
	if low, high := s.Basis(d).Rates[0], s.Basis(d).Rates[2]; low != 743 || high != 1333 {
		t.Errorf("the ends are %d and %d", low, high)
	}
	capped := d
	capped.Campaign.Terms.MaxDiscount = 1000 // a tenth of 2,000.00, of which 1,800.00 is left
	if got := foreseen(capped); got.Off != 200_00 {
		t.Errorf("%d taken off 1,800.00 paid, above the tenth that the terms let", got.Off)
	}
	d.Own = figures(EnoughEnded, 7, 100_00, 50_00, 300_00, 1_000_00)
	if got := foreseen(d); got.Rate != 2000 || got.Returns != 40 || got.Off != 500_00 || got.Net != 1_800_00 {
		t.Errorf("by its own: %+v", got)
	}
	d.Own = figures(EnoughEnded, EnoughUsed-1, 100_00, 50_00, 300_00, 1_000_00)
	if b := s.Basis(d); !b.OwnRates || b.OwnUse || b.Used != 40 || b.Return != 6000 {
		t.Errorf("few used: %+v", b)
	}
	d.Own = figures(EnoughEnded-1, 20, 100_00, 50_00, 300_00, 1_000_00)
	if b := s.Basis(d); b.OwnRates || b.OwnUse {
		t.Errorf("few ended: %+v", b)
	}
}

// TestReplaySpans has each other campaign run on its days, and the draft always.
func TestReplaySpans(t *testing.T) {
	terms := Terms{Cashback: 1000, MaxDiscount: 10_000, Lifetime: 45}
	draft := Campaign{Title: "Draft", Terms: terms, StartsOn: 30_000}
	better := Campaign{ID: FirstID(7), Title: "Better", Terms: terms, State: CampaignActive, StartsOn: 20_010, EndsOn: 20_012}
	better.Terms.Cashback = 2000
	r, err := NewReplay(Store{Timezone: "UTC", Step: 1}, draft, []Campaign{better}, 1)
	if err != nil {
		t.Fatal(err)
	}
	tally := r.Tally()
	for day := Day(20_008); day < 20_015; day++ {
		s := PastSale{ID: FirstID(day.Start(Store{Timezone: "UTC"}.Zone())), Number: -1, Basket: Basket{Amount: 100_00, Business: day}}
		tally.Add(&s)
	}
	got, _ := tally.Sum()
	if got.Sales != 4 || len(got.Lost) != 1 || got.Lost[0] != (SimulatedRival{better.ID, "Better", 3}) {
		t.Errorf("%+v", got)
	}
}
