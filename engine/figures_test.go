package engine

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestFiguresOfTheExamples works the examples of the doc comments out.
func TestFiguresOfTheExamples(t *testing.T) {
	use := CouponUse{Coupons: 1, Off: 31_00, Net: 187_00, Earned: 170_00}
	if got := use.CostRate(); got != 1422 {
		t.Errorf("cost rate %d", got)
	}
	if got := use.Return(); got != 11_000 {
		t.Errorf("return %d", got)
	}
	if got, err := use.Gain(20, 4000); got != 56_00 || err != nil {
		t.Errorf("gain %d, %v", got, err)
	}
	ended := CouponCounts{Issued: 424, Voided: 12, Redeemed: 39, IssuedFace: 1000_00, RedeemedFace: 120_00, VoidedFace: 30_00, Given: 90_00}
	if got := ended.Breakage(); got != 8763 {
		t.Errorf("breakage %d", got)
	}
	if got, ok := ExpectedFace(6420_00, ended); got != 595_67 || !ok {
		t.Errorf("expected %d, %v", got, ok)
	}
	if got := ended.GivenRate(); got != 928 {
		t.Errorf("given %d", got)
	}
	if low, high := ended.Used().Wilson().BP(); low != 700 || high != 1268 {
		t.Errorf("interval %d to %d", low, high)
	}
	if low, high := (Proportion{0, EnoughEnded}).Wilson().BP(); low != 0 || high >= GoalConversion {
		t.Errorf("of none used it is %d to %d", low, high)
	}
	if _, high := (Proportion{0, EnoughEnded - 1}).Wilson().BP(); high < GoalConversion {
		t.Errorf("fewer would be enough: %d", high)
	}
}

func TestStanding(t *testing.T) {
	for _, c := range []struct {
		redeemed, issued int64
		want             Standing
	}{
		{0, 0, GoalTooFew}, {34, 34, GoalTooFew}, {0, 35, GoalBelow}, {39, 412, GoalNear}, {90, 412, GoalAbove}, {10, 412, GoalBelow},
	} {
		if got := (CouponCounts{Redeemed: c.redeemed, Issued: c.issued}).Standing(GoalConversion); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.redeemed, c.issued, got, c.want)
		}
	}
}

// TestVoidedCouponsCountNowhere: coupons void of typing errors change no rate,
// and do not make enough of too few.
func TestVoidedCouponsCountNowhere(t *testing.T) {
	was := CouponCounts{Issued: 93, Redeemed: 9, IssuedFace: 930_00, RedeemedFace: 90_00, Given: 81_00}
	now := was
	now.Issued, now.Voided, now.IssuedFace, now.VoidedFace = 100, 7, 1030_00, 100_00
	if now.Used() != was.Used() || now.Breakage() != was.Breakage() || now.GivenRate() != was.GivenRate() || now.Standing(GoalConversion) != was.Standing(GoalConversion) {
		t.Errorf("%+v differs from %+v", now, was)
	}
	if got := (CouponCounts{Issued: 100, Voided: 100 - EnoughEnded, IssuedFace: 10, VoidedFace: 10}).Breakage(); got != 0 {
		t.Errorf("of void coupons %d expired", got)
	}
	few := CouponCounts{Issued: 40, Voided: 40 - EnoughEnded + 1, IssuedFace: 40_00}
	if _, ok := ExpectedFace(1_00, few); ok || few.Enough() || few.Standing(GoalConversion) != GoalTooFew {
		t.Errorf("%+v is enough", few)
	}
	few.Voided--
	if !few.Enough() || few.Standing(GoalConversion) != GoalBelow {
		t.Errorf("%+v is too few", few)
	}
	alone := Overview{}
	alone.AddEnded(CampaignFared{Ended: CouponCounts{Issued: 5, Voided: 5}}, CouponCounts{})
	if len(alone.Campaigns) != 0 {
		t.Error("a campaign all of whose coupons are void fared somehow")
	}
}

// TestCostRateIsOfThePriceBefore: a cap of 30 % gives at most 30 %.
func TestCostRateIsOfThePriceBefore(t *testing.T) {
	if got := (CouponUse{Coupons: 1, Off: 30_00, Net: 70_00}).CostRate(); got != 3000 {
		t.Errorf("R$ 30 off R$ 100 are %d", got)
	}
	if got := (CouponUse{Coupons: 1, Off: 30_00}).CostRate(); got != wholeBP {
		t.Errorf("all taken off is %d", got)
	}
}

func TestFiguresOfNothing(t *testing.T) {
	var f CouponFigures
	if f.Conversion() != 0 || f.Use().CostRate() != 0 || f.Use().Return() != 0 || f.Ended.Breakage() != 0 {
		t.Errorf("%+v", f)
	}
	if gain, ok := (Figures{Used: CouponUse{Net: 100}}).Gain(2); gain != 0 || ok {
		t.Errorf("a gain of %d without a margin", gain)
	}
	if gain, ok := (Figures{Used: CouponUse{Net: 50, Off: 50}, TextCost: 1_000_000, Margin: 4000}).Gain(2); gain != 40-50-100 || !ok {
		t.Errorf("a loss is %d, %v", gain, ok)
	}
	if got := ratio(math.MaxInt64, 1); got != math.MaxInt32 {
		t.Errorf("an endless ratio is %d", got)
	}
	if _, err := (CouponUse{Net: math.MaxInt64, Off: 1}).Gain(0, 1); CodeOf(err) != CodeOverflow {
		t.Errorf("got %v", err)
	}
}

// TestLiabilityByWeeks: weeks hold what ends in them, and what is expected of
// them sums to the whole.
func TestLiabilityByWeeks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := Day(20_000)
		ended := CouponCounts{Issued: rapid.Int64Range(0, 500).Draw(t, "ended")}
		ended.Redeemed = rapid.Int64Range(0, ended.Issued).Draw(t, "redeemed")
		ended.IssuedFace = 1 + 10*Minor(ended.Issued)
		ended.Given = Minor(rapid.Int64Range(0, int64(ended.IssuedFace)).Draw(t, "given"))
		owed := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) OwedDay {
			return OwedDay{
				Issued: today + Day(rapid.IntRange(-150, 1).Draw(t, "issued")), LastDay: today + Day(rapid.IntRange(0, 150).Draw(t, "day")),
				Coupons: rapid.Int64Range(1, 9).Draw(t, "coupons"), Face: Minor(rapid.Int64Range(1, 1e12).Draw(t, "face")),
			}
		}), 0, 20).Draw(t, "owed")
		l, err := NewLiability(today, ended, owed)
		if err != nil || l.Known != (ended.Issued >= EnoughEnded) || len(l.Weeks) > OwedWeeks+1 {
			t.Fatalf("%+v, %v", l, err)
		}
		var sum OwedWeek
		for _, w := range l.Weeks {
			want := OwedWeek{Week: w.Week, From: w.From, To: w.To, Expected: w.Expected}
			for _, o := range owed {
				if o.LastDay >= w.From && (w.To == 0 || o.LastDay <= w.To) {
					want.Coupons, want.Face = want.Coupons+o.Coupons, want.Face+o.Face
				}
			}
			if w != want || (w.To == 0) != (w.Week > OwedWeeks) || w.Expected > w.Face {
				t.Fatalf("%+v, want %+v", w, want)
			}
			sum.Coupons, sum.Face, sum.Expected = sum.Coupons+w.Coupons, sum.Face+w.Face, sum.Expected+w.Expected
		}
		if sum.Coupons != l.Coupons || sum.Face != l.Face || sum.Expected != l.Expected {
			t.Fatalf("%+v does not sum to %+v", sum, l)
		}
		checkAges(t, l, owed)
	})
}

// checkAges looks whether every coupon stands in the week of its issue, once.
func checkAges(t *rapid.T, l Liability, owed []OwedDay) {
	var sum OwedAge
	for i, a := range l.Ages {
		want := OwedAge{Week: i + 1, From: a.From, To: a.To}
		for _, o := range owed {
			if o.Issued >= a.From && (o.Issued <= a.To || i == 0) {
				want.Coupons, want.Face = want.Coupons+o.Coupons, want.Face+o.Face
			}
		}
		if a != want || (a.From == 0) != (a.Week > OwedWeeks) || a.From != 0 && a.To-a.From != 6 {
			t.Fatalf("%+v, want %+v", a, want)
		}
		sum.Coupons, sum.Face = sum.Coupons+a.Coupons, sum.Face+a.Face
	}
	if sum.Coupons != l.Coupons || sum.Face != l.Face || len(l.Ages) > OwedWeeks+1 {
		t.Fatalf("%+v do not sum to %+v", l.Ages, l)
	}
}
