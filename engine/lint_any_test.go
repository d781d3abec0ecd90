package engine

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whatever campaigns there are, Lint ends, and each note names a campaign.
func TestLintOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var campaigns []Campaign
		for range rapid.IntRange(0, 6).Draw(t, "campaigns") {
			campaigns = append(campaigns, anyCampaign(t))
		}
		in := lintShop(campaigns...)
		if rapid.Bool().Draw(t, "without goods") {
			in.Products = nil
		}
		for _, n := range Lint(in).Notes {
			if n.Code == "" || n.Title == "" {
				t.Fatalf("a note is empty: %+v", n)
			}
			if n.Code == LintLoss && (n.Amount >= n.Cost || len(n.With) == 0 || n.Units < 1) {
				t.Fatalf("no loss: %+v", n)
			}
		}
	})
}

// A moment suits the offer it was found for: alone, nothing speaks against it
// but the goods.
func TestLintMomentsSuit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := lintAsks(anyLintThreshold(t, 2))
		c.StartsOn = DayOf(2026, 11, 1) + Day(rapid.Int32Range(0, 60).Draw(t, "starts"))
		l := newLinter(lintShop(c))
		if len(l.offers) == 0 {
			return // refused when it is saved
		}
		l.impossible(0)
		if !l.open[0] {
			return
		}
		l.moments()
		for _, m := range append(l.own(0), l.suited[0]) {
			m.basket.Lines = []Line{{SKU: "TEA", Category: "Drinks/Tea", Units: 1, Price: 500}}
			r, err := l.all.Evaluate(m.basket, m.facts)
			if err != nil {
				t.Fatal(err)
			}
			switch why := reasonOf(r, l.offers[0].ID); why.Reason {
			case "", ReasonBelow, ReasonAbove, ReasonUnits, ReasonManyUnits, ReasonProducts, ReasonTarget:
			default:
				t.Fatalf("%s at %s of %+v", why.Reason, m.key, l.offers[0].When)
			}
		}
	})
}

func anyCampaign(t *rapid.T) Campaign {
	kinds := []Kind{
		KindItemPercent, KindItemEach, KindItemPrice, KindBundle, KindBuyGet, KindNth, KindAddOn, KindGift,
		KindOrderPercent, KindOrderFixed, KindDeliveryFree, KindCreditPercent, KindNextCoupon, KindPoints,
	}
	small := rapid.Int64Range(1, 4)
	of := anyLintGoods(t)
	o := Offer{
		Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Target: anyLintGoods(t), When: anyLintThreshold(t, 2),
		Cut: Cut{
			By: CutBy(rapid.IntRange(0, 2).Draw(t, "by")), Percent: BP(rapid.Int64Range(0, 10000).Draw(t, "percent")),
			Amount: Minor(rapid.Int64Range(0, 3000).Draw(t, "amount")),
		},
		Sets:   Sets{Buy: small.Draw(t, "buy"), Get: small.Draw(t, "get"), Nth: 1 + small.Draw(t, "nth"), Groups: []Group{{of, small.Draw(t, "part")}}},
		Gift:   Gift{SKU: rapid.SampledFrom([]string{"MUG", "CUP", "OLD"}).Draw(t, "gift"), Units: small.Draw(t, "gifts")},
		Points: PointsRate{Points: 1, Per: 100},
		Code:   rapid.SampledFrom([]string{"", "", "TEN"}).Draw(t, "code"),
		Stack:  Stacking{Exclusive: rapid.Bool().Draw(t, "exclusive"), Group: rapid.SampledFrom([]string{"", "x"}).Draw(t, "group")},
	}
	if rapid.Bool().Draw(t, "others") {
		o.Sets.Of = &of
	}
	return Campaign{Title: "Some", Promo: o, Terms: lintCoupons(BP(rapid.Int64Range(1, 5000).Draw(t, "cashback")), 3000, 0, 0).Terms}
}

func anyLintGoods(t *rapid.T) Goods {
	return rapid.SampledFrom([]Goods{{}, lintTea, lintCoffee, lintCategory("Drinks"), lintCategory("Beer"), {SKU: []string{"MUG"}}, {PriceMin: 1000}}).Draw(t, "goods")
}

func anyLintThreshold(t *rapid.T, depth int) Threshold {
	some := func(name string, texts ...string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(texts), 0, 2, rapid.ID).Draw(t, name)
	}
	th := Threshold{
		Of: anyLintGoods(t), MinAmount: Minor(rapid.Int64Range(0, 3).Draw(t, "least") * 1000), MinUnits: rapid.Int64Range(0, 3).Draw(t, "units"),
		Payments: some("payment", "cash", "pix"), Channels: some("channel", "web", "counter"), Tiers: some("tier", "gold", "silver"), Groups: some("group", "staff", "friends"),
		EveryNth: rapid.IntRange(0, 3).Draw(t, "every"), DaysMin: rapid.IntRange(0, 20).Draw(t, "days"), Birthday: rapid.Bool().Draw(t, "birthday"),
		Customer: rapid.Bool().Draw(t, "customer"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "weekdays") {
		th.Weekdays = append(th.Weekdays, time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday")))
	}
	if rapid.Bool().Draw(t, "timed") {
		th.Times = []Hours{{rapid.IntRange(0, 1439).Draw(t, "from"), rapid.IntRange(0, 1440).Draw(t, "to")}}
	}
	if rapid.Bool().Draw(t, "dated") {
		th.From = DayOf(2026, 11, 15) + Day(rapid.Int32Range(0, 20).Draw(t, "first"))
		th.Until = th.From + Day(rapid.Int32Range(0, 20).Draw(t, "length"))
	}
	if depth > 0 {
		for i := range rapid.IntRange(0, 2).Draw(t, "all") {
			th.All = append(th.All, rapid.Custom(func(t *rapid.T) Threshold { return anyLintThreshold(t, depth-1) }).Draw(t, fmt.Sprint("all ", i)))
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "any") {
			th.Any = append(th.Any, rapid.Custom(func(t *rapid.T) Threshold { return anyLintThreshold(t, depth-1) }).Draw(t, fmt.Sprint("any ", i)))
		}
	}
	return th
}
