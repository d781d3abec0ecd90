package words

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bounceback/engine"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write what offers say now to testdata")

// TestOfferSentences compares what every case says in both languages with
// testdata/offers.txt, which is there to be read.
func TestOfferSentences(t *testing.T) {
	en, pt := format(t, "en", "GB", "GBP", "UTC"), format(t, "pt-BR", "BR", "BRL", "UTC")
	var b strings.Builder
	for _, c := range slices.Concat(itemCases, goodsCases, setCases, orderCases, whenCases) {
		for _, line := range []string{"# " + c.name, en.Offer(c.offer), pt.Offer(c.offer), en.OfferShort(c.offer), pt.OfferShort(c.offer), ""} {
			b.WriteString(line + "\n")
		}
	}
	const file = "testdata/offers.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	compareBlocks(t, b.String(), string(want))
}

func compareBlocks(t *testing.T, got, want string) {
	t.Helper()
	had, wanted := strings.Split(got, "\n\n"), strings.Split(want, "\n\n")
	if len(had) != len(wanted) {
		t.Errorf("%d offers speak, %d are known", len(had), len(wanted))
	}
	for i := range min(len(had), len(wanted)) {
		if had[i] != wanted[i] {
			t.Errorf("got\n%s\nwant\n%s", had[i], wanted[i])
		}
	}
}

// The sentence the forms are explained with, in both languages.
func TestOfferAsPromised(t *testing.T) {
	o := engine.Offer{
		Kind: engine.KindNth, Target: coffee, Cut: percent(5000), Sets: engine.Sets{Nth: 2},
		When:   engine.Threshold{Of: coffee, MinAmount: 10000, Weekdays: week, Times: []engine.Hours{{From: 840, To: 1020}}},
		Limits: engine.Limits{PerCustomer: 3},
	}
	for _, c := range []struct{ lang, country, currency, want string }{
		{"en", "GB", "GBP", "Spend 100.00 or more on Coffee, Monday to Friday 14:00–17:00: every 2nd piece of Coffee at half price, at most 3 per customer"},
		{"en", "US", "USD", "Spend 100.00 or more on Coffee, Monday to Friday 2:00 pm–5:00 pm: every 2nd piece of Coffee at half price, at most 3 per customer"},
		{"en", "JP", "JPY", "Spend 10,000 or more on Coffee, Monday to Friday 14:00–17:00: every 2nd piece of Coffee at half price, at most 3 per customer"},
		{"pt-BR", "BR", "BRL", "Gaste 100,00 ou mais em Coffee, segunda a sexta das 14:00 às 17:00: cada 2ª unidade de Coffee pela metade do preço, no máximo 3 por cliente"},
	} {
		if got := format(t, c.lang, c.country, c.currency, "UTC").Offer(o); got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.lang, c.country, got, c.want)
		}
	}
}

func TestOfferNamesProducts(t *testing.T) {
	f := format(t, "en", "GB", "GBP", "UTC").Naming(func(sku string) string {
		return map[string]string{"MUG-1": "Blue mug"}[sku]
	})
	o := engine.Offer{Kind: engine.KindItemPercent, Cut: percent(5000), Target: engine.Goods{SKU: []string{"MUG-1", "abc-2"}}}
	if got, want := f.Offer(o), "Blue mug and abc-2 at half price"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	o.Target.SKU = []string{"abc-2"}
	if got, want := f.Offer(o), "abc-2 at half price"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whatever an offer holds, it has a sentence without gaps.
func TestAnyOfferSpeaks(t *testing.T) {
	formats := []*Format{format(t, "en", "US", "USD", "UTC"), format(t, "pt-BR", "BR", "BRL", "UTC"), format(t, "en", "KW", "KWD", "UTC")}
	rapid.Check(t, func(t *rapid.T) {
		o := anyOffer(t)
		r := anyRejection(t, o)
		for _, f := range formats {
			texts := []string{f.Offer(o), f.OfferShort(o), f.Rejected(r), f.Why(o, r)}
			if near, ok := f.Near(o, r); ok {
				texts = append(texts, near)
			}
			for _, text := range texts {
				if fault := faultIn(text); fault != "" {
					t.Fatalf("%s: %q of %+v", fault, text, o)
				}
			}
		}
	})
}

// faultIn tells what is wrong with a text whatever it says.
func faultIn(text string) string {
	switch {
	case strings.TrimSpace(text) == "" || strings.TrimSpace(text) != text:
		return "empty, or with space around it"
	case strings.ContainsAny(text, "{}⟦⟧"):
		return "a placeholder is left"
	case strings.Contains(text, "  "):
		return "two spaces"
	case strings.Contains(text, " ,") || strings.Contains(text, ",,") || strings.Contains(text, " :") || strings.HasSuffix(text, ":"):
		return "a mark that stands alone"
	case !utf8.ValidString(text):
		return "broken text"
	}
	return ""
}

var offerKinds = []engine.Kind{
	"", engine.KindItemPercent, engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross, engine.KindItemPrice,
	engine.KindBundle, engine.KindBuyGet, engine.KindNth, engine.KindAddOn, engine.KindGift,
	engine.KindOrderPercent, engine.KindOrderFixed, engine.KindOrderPrice,
	engine.KindDeliveryFree, engine.KindDeliveryPercent, engine.KindDeliveryFixed,
	engine.KindCreditPercent, engine.KindCreditFixed, engine.KindNextCoupon, engine.KindPoints,
}

func anyOffer(t *rapid.T) engine.Offer {
	count := rapid.Int64Range(0, 30)
	o := engine.Offer{
		Title: rapid.SampledFrom([]string{"", "Spring"}).Draw(t, "title"),
		Kind:  rapid.SampledFrom(offerKinds).Draw(t, "kind"), Target: anyGoods(t), Cut: anyCut(t), When: anyThreshold(t, 2),
		Pick:   engine.Pick{Choice: rapid.SampledFrom([]engine.Choice{"", engine.Cheapest, engine.Priciest}).Draw(t, "choice"), Units: rapid.Int64Range(0, 3).Draw(t, "pick")},
		Code:   rapid.SampledFrom([]string{"", "SPRING"}).Draw(t, "code"),
		Method: rapid.SliceOfN(label, 0, 2).Draw(t, "methods"),
		Points: engine.PointsRate{Points: count.Draw(t, "points"), Per: anyAmount(t)},
		Sets:   engine.Sets{Buy: count.Draw(t, "buy"), Get: count.Draw(t, "get"), Nth: count.Draw(t, "nth"), Once: rapid.Bool().Draw(t, "once"), Same: rapid.Bool().Draw(t, "same")},
		Gift:   engine.Gift{SKU: rapid.SampledFrom([]string{"", "MUG-1"}).Draw(t, "gift"), Units: count.Draw(t, "gifts"), PerAmount: anyAmount(t), PerUnits: count.Draw(t, "per")},
		Rebate: engine.Terms{Cashback: engine.BP(count.Draw(t, "rate")), Lifetime: int(count.Draw(t, "life")), ValidAfter: int(count.Draw(t, "after")), MinSale: anyAmount(t), MaxSale: anyAmount(t)},
		Caps:   engine.Caps{Discount: anyAmount(t), Units: count.Draw(t, "cap"), Times: count.Draw(t, "times")},
		Limits: engine.Limits{Total: count.Draw(t, "total"), PerCustomer: count.Draw(t, "each"), PerDay: count.Draw(t, "day"), Budget: anyAmount(t), Units: count.Draw(t, "stock"), Coupons: count.Draw(t, "coupons"), ByRedeemed: rapid.Bool().Draw(t, "redeemed")},
		Stack:  engine.Stacking{Exclusive: rapid.Bool().Draw(t, "exclusive"), Group: rapid.SampledFrom([]string{"", "spring"}).Draw(t, "group"), Base: rapid.SampledFrom([]engine.Base{"", engine.BaseInitial}).Draw(t, "base")},
	}
	if rapid.Bool().Draw(t, "other") {
		g := anyGoods(t)
		o.Sets.Of = &g
	}
	for range rapid.IntRange(0, 3).Draw(t, "groups") {
		o.Sets.Groups = append(o.Sets.Groups, engine.Group{Of: anyGoods(t), Units: count.Draw(t, "units")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "tiers") {
		o.Tiers = append(o.Tiers, engine.Tier{Amount: anyAmount(t), Units: count.Draw(t, "from"), Cut: anyCut(t)})
	}
	return o
}

var label = rapid.SampledFrom([]string{"Drinks/Coffee", "Gifts/Coffee", "Tea", "web", "Blue  mug", "A1"})

func anyAmount(t *rapid.T) engine.Minor {
	return engine.Minor(rapid.Int64Range(0, 30000).Draw(t, "amount"))
}

func anyCut(t *rapid.T) engine.Cut {
	return engine.Cut{
		By:      rapid.SampledFrom([]engine.CutBy{engine.ByPercent, engine.ByAmount, engine.ByPrice}).Draw(t, "by"),
		Percent: engine.BP(rapid.SampledFrom([]int64{0, 333, 5000, 10000, 20000}).Draw(t, "percent")), Amount: anyAmount(t),
	}
}

func anyGoods(t *rapid.T) engine.Goods {
	if rapid.Bool().Draw(t, "everything") {
		return engine.Goods{}
	}
	labels := rapid.SliceOfN(label, 0, 8)
	return engine.Goods{
		SKU: labels.Draw(t, "skus"), Category: labels.Draw(t, "categories"), Brand: labels.Draw(t, "brands"), Tag: labels.Draw(t, "tags"),
		NotSKU: labels.Draw(t, "not skus"), NotCategory: labels.Draw(t, "not categories"), NotBrand: labels.Draw(t, "not brands"), NotTag: labels.Draw(t, "not tags"),
		PriceMin: anyAmount(t), PriceMax: anyAmount(t), Undiscounted: rapid.Bool().Draw(t, "undiscounted"),
	}
}

func anyThreshold(t *rapid.T, depth int) engine.Threshold {
	labels, count := rapid.SliceOfN(label, 0, 2), rapid.Int64Range(0, 5)
	th := engine.Threshold{
		Of: anyGoods(t), Basis: rapid.SampledFrom([]engine.Basis{"", engine.BasisRunning, engine.BasisNet}).Draw(t, "basis"),
		MinAmount: anyAmount(t), MaxAmount: anyAmount(t), MinUnits: count.Draw(t, "least"), MaxUnits: count.Draw(t, "most"),
		LineUnits: count.Draw(t, "line"), Products: int(count.Draw(t, "products")),
		From: engine.Day(rapid.Int32Range(0, 30000).Draw(t, "from")), Until: engine.Day(rapid.Int32Range(0, 30000).Draw(t, "until")),
		Channels: labels.Draw(t, "channels"), Payments: labels.Draw(t, "payments"), Registers: labels.Draw(t, "registers"),
		Branches: labels.Draw(t, "branches"), Sources: labels.Draw(t, "sources"), Ads: labels.Draw(t, "ads"),
		Customer: rapid.Bool().Draw(t, "customer"), Groups: labels.Draw(t, "groups"), Tiers: labels.Draw(t, "tiers"),
		NthSale: rapid.SliceOfN(rapid.IntRange(1, 130), 0, 3).Draw(t, "nth"), EveryNth: int(count.Draw(t, "every")),
		DaysMin: int(count.Draw(t, "days")), DaysMax: int(count.Draw(t, "days most")), Birthday: rapid.Bool().Draw(t, "birthday"),
		NewSince: engine.Day(rapid.Int32Range(0, 30000).Draw(t, "since")), Expression: rapid.SampledFrom([]string{"", "units > 3"}).Draw(t, "expression"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "weekdays") {
		th.Weekdays = append(th.Weekdays, time.Weekday(rapid.IntRange(-1, 8).Draw(t, "weekday")))
	}
	for range rapid.IntRange(0, 2).Draw(t, "times") {
		th.Times = append(th.Times, engine.Hours{From: rapid.IntRange(0, 1440).Draw(t, "from"), To: rapid.IntRange(-1, 1500).Draw(t, "to")})
	}
	if depth > 0 {
		for range rapid.IntRange(0, 2).Draw(t, "all") {
			th.All = append(th.All, anyThreshold(t, depth-1))
		}
		for range rapid.IntRange(0, 2).Draw(t, "any") {
			th.Any = append(th.Any, anyThreshold(t, depth-1))
		}
	}
	return th
}

func anyRejection(t *rapid.T, o engine.Offer) engine.Rejected {
	r := engine.Rejected{
		Reason:  rapid.SampledFrom(append([]engine.Code{"", "offer_new"}, offerReasons...)).Draw(t, "reason"),
		Missing: anyAmount(t), Units: rapid.Int64Range(0, 5).Draw(t, "missing"),
		ByTitle: rapid.SampledFrom([]string{"", "Autumn"}).Draw(t, "by"), Kind: o.Kind,
	}
	if rapid.Bool().Draw(t, "of") {
		g := anyGoods(t)
		r.Of = &g
	}
	return r
}
