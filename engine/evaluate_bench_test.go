package engine

import (
	"fmt"
	"strings"
	"testing"
)

// benchBasket has 20 lines of 20 products in 5 categories and 4 brands, 1 to 4
// of each.
func benchBasket() Basket {
	b := Basket{Business: 20010, Channel: "counter", Payment: "card", Delivery: []Charge{{Method: "courier", Amount: 1500}}}
	for i := range 20 {
		b.Lines = append(b.Lines, Line{
			SKU: fmt.Sprintf("SKU-%d", i), Category: fmt.Sprintf("Shop/Shelf-%d", i%5), Brand: fmt.Sprintf("Brand-%d", i%4),
			Tags: []string{fmt.Sprintf("tag-%d", i%3)}, Units: int64(i%4 + 1), Price: Minor(199 + 137*i), Floor: Minor(20 * (i % 3)),
		})
	}
	return b
}

// benchOffers are n offers of all kinds but exclusive ones, for goods of the
// basket; three of four apply.
func benchOffers(n int) []Offer {
	kinds := []func(*Offer, int){
		func(o *Offer, i int) { o.Kind, o.Cut.Percent = KindItemPercent, BP(100+10*i) },
		func(o *Offer, i int) { o.Kind, o.Cut = KindItemEach, Cut{By: ByAmount, Amount: Minor(1 + i%5)} },
		func(o *Offer, i int) { o.Kind, o.Cut.Percent = KindOrderPercent, 100 },
		func(o *Offer, i int) { o.Kind, o.Cut = KindOrderFixed, Cut{By: ByAmount, Amount: Minor(50 + i)} },
		func(o *Offer, i int) { o.Kind, o.Cut.Percent, o.When.MinAmount = KindOrderPercent, 500, 10_000_000 },
		func(o *Offer, i int) {
			o.Kind, o.Rebate = KindNextCoupon, Terms{Cashback: BP(500 + i), MaxDiscount: 3000, Lifetime: 45}
		},
		func(o *Offer, i int) { o.Kind, o.Gift = KindGift, Gift{SKU: "MUG", Name: "Mug", Units: 1} },
		func(o *Offer, i int) { o.Kind, o.Cut.Percent, o.When.Weekdays = KindItemPercent, 1000, nil },
		func(o *Offer, i int) { o.Kind, o.Points = KindPoints, PointsRate{Points: 1, Per: 100} },
		func(o *Offer, i int) { o.Kind, o.Cut.Percent = KindDeliveryPercent, 1000 },
	}
	out := make([]Offer, n)
	for i := range out {
		o := &out[i]
		o.ID[14], o.ID[15], o.Title, o.Created = byte(i>>8), byte(i), fmt.Sprintf("Offer %d", i), Instant(i)
		switch i % 3 {
		case 0:
			o.Target.Category = []string{fmt.Sprintf("Shop/Shelf-%d", i%5)}
		case 1:
			o.Target.Brand = []string{fmt.Sprintf("Brand-%d", i%4)}
		}
		kinds[i%len(kinds)](o, i)
	}
	if n >= 3 { // one set that no other competes with
		out[2].Kind, out[2].Sets, out[2].Cut = KindNth, Sets{Nth: 2}, Cut{Percent: 5000}
	}
	return out
}

// strangers are n offers for goods the basket has none of.
func strangers(n int) []Offer {
	out := make([]Offer, n)
	for i := range out {
		o := &out[i]
		o.ID[12], o.ID[13], o.ID[14], o.ID[15] = 1, byte(i>>16), byte(i>>8), byte(i)
		o.Title, o.Created, o.Kind, o.Cut.Percent = fmt.Sprintf("Other %d", i), Instant(i), KindItemPercent, 1000
		switch i % 3 {
		case 0:
			o.Target.SKU = []string{fmt.Sprintf("OTHER-%d", i), fmt.Sprintf("OTHER-%d", i+1)}
		case 1:
			o.Target.Category = []string{fmt.Sprintf("Elsewhere/Shelf-%d", i)}
		case 2:
			o.Target.Brand = []string{fmt.Sprintf("Stranger-%d", i)}
		}
	}
	return out
}

func benchFacts(b *testing.B) Facts {
	s := shop(b, "BR")
	return Facts{Now: Day(20010).Start(s.Zone()).Add(36e12), Store: s, Person: Person{Known: true}}
}

func benchEvaluate(b *testing.B, offers []Offer) {
	basket, facts := benchBasket(), benchFacts(b)
	p, err := Prepare(offers)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Evaluate(basket, facts); err != nil {
			b.Fatal(err)
		}
	}
	perBasket(b)
}

func perBasket(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/basket")
}

// BenchmarkEvaluate prices 20 lines with 50 offers that may apply.
func BenchmarkEvaluate(b *testing.B) { benchEvaluate(b, benchOffers(50)) }

// BenchmarkEvaluateThousand adds 950 offers that no line is meant by; beside it
// stands the same by a loop that compares every line with every offer.
func BenchmarkEvaluateThousand(b *testing.B) {
	offers := append(benchOffers(50), strangers(950)...)
	b.Run("indexed", func(b *testing.B) { benchEvaluate(b, offers) })
	b.Run("naive", func(b *testing.B) { benchNaive(b, offers) })
}

// BenchmarkEvaluateGrowth shows what offers that no line is meant by cost.
func BenchmarkEvaluateGrowth(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		offers := append(benchOffers(10), strangers(n)...)
		b.Run(fmt.Sprintf("indexed/%d", n), func(b *testing.B) { benchEvaluate(b, offers) })
		b.Run(fmt.Sprintf("naive/%d", n), func(b *testing.B) { benchNaive(b, offers) })
	}
}

// BenchmarkEvaluateSearch has three stacking groups of three and two sets that
// compete: 108 combinations.
func BenchmarkEvaluateSearch(b *testing.B) {
	offers := benchOffers(50)
	for i, at := range []int{0, 1, 3, 7, 10, 11, 13, 17, 20} {
		offers[at].Stack.Group = fmt.Sprintf("group %d", i%3)
	}
	offers[5].Kind, offers[5].Sets, offers[5].Cut = KindNth, Sets{Nth: 3}, Cut{Percent: 10000}
	benchEvaluate(b, offers)
}

// BenchmarkPrepare makes 1,000 offers ready.
func BenchmarkPrepare(b *testing.B) {
	offers := append(benchOffers(50), strangers(950)...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Prepare(offers); err != nil {
			b.Fatal(err)
		}
	}
}

// benchNaive looks for the offers that some line is meant by in a loop over all
// of them, and then prices with those.
func benchNaive(b *testing.B, offers []Offer) {
	basket, facts := benchBasket(), benchFacts(b)
	p, err := Prepare(meant(offers, basket, nil))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var rejected []Rejected
		meant(offers, basket, &rejected)
		r, err := p.Evaluate(basket, facts)
		if err != nil {
			b.Fatal(err)
		}
		r.Rejected = append(r.Rejected, rejected...)
	}
	perBasket(b)
}

func meant(offers []Offer, basket Basket, rejected *[]Rejected) []Offer {
	var out []Offer
	for i := range offers {
		o, is := &offers[i], false
		for j := range basket.Lines {
			l := &basket.Lines[j]
			is = is || named(o.Target.SKU, l.SKU) && named(o.Target.Category, l.Category) && named(o.Target.Brand, l.Brand)
		}
		switch {
		case is:
			out = append(out, *o)
		case rejected != nil:
			*rejected = append(*rejected, Rejected{OfferID: o.ID, Title: o.Title, Kind: o.Kind, Reason: ReasonTarget, Of: &o.Target})
		}
	}
	return out
}

func named(list []string, text string) bool {
	for _, one := range list {
		if strings.EqualFold(one, text) || len(text) > len(one) && text[len(one)] == '/' && strings.EqualFold(one, text[:len(one)]) {
			return true
		}
	}
	return len(list) == 0
}
