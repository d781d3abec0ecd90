package engine_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// recorded makes the sale that recording a basket makes.
func recorded(t fataler, b engine.Basket, offers []engine.Offer, f engine.Facts) engine.Sale {
	r, err := engine.Evaluate(b, offers, f)
	if err != nil {
		t.Fatalf("evaluate: %v", err)
	}
	s := engine.Sale{Gross: r.Gross, Discount: r.Discount, Net: r.Net, Levels: r.Levels(), Business: b.Business}
	for i, l := range b.Lines {
		s.Lines = append(s.Lines, engine.SaleLine{No: i + 1, Line: l, Result: r.Lines[i]})
	}
	for _, g := range r.Gifts {
		s.Lines = append(s.Lines, engine.SaleLine{
			No: len(s.Lines) + 1, Line: engine.Line{SKU: g.SKU, Name: g.Name, Units: g.Units}, Gift: true, GivenBy: g.OfferID,
			Result: engine.LineResult{Runs: []engine.Run{{Units: g.Units}}},
		})
	}
	for _, a := range r.Applied {
		s.Offers = append(s.Offers, engine.SaleOffer{
			OfferID: a.OfferID, Title: a.Title, Kind: a.Kind, Level: a.Level, Times: a.Times, Units: a.Units, Amount: a.Amount, Lines: a.Lines,
		})
	}
	return s
}

type fataler interface{ Fatalf(string, ...any) }

// returning is a sale of which parts come back one after another.
type returning struct {
	sale    engine.Sale
	terms   engine.ReturnTerms
	settled engine.Minor
}

func (r *returning) take(t fataler, asked ...engine.ReturnLine) engine.ReturnPlan {
	p, err := engine.PlanReturn(r.sale, asked, r.settled, r.terms)
	if err != nil {
		t.Fatalf("return of %v: %v", asked, err)
	}
	for _, l := range p.Lines {
		r.sale.Lines[l.No-1].Returned += l.Units
	}
	r.settled = p.Settled
	return p
}

func policies(offers []engine.Offer, p engine.ReturnPolicy) engine.ReturnTerms {
	terms := engine.ReturnTerms{Offers: offers, Policies: map[engine.ID]engine.ReturnPolicy{}}
	for _, o := range offers {
		terms.Policies[o.ID] = p
	}
	return terms
}

func offerNo(n byte, o engine.Offer) engine.Offer {
	o.ID, o.Title = engine.ID{n}, string('A'+rune(n)-1)
	return o
}

func over(least engine.Minor, o engine.Offer) engine.Offer {
	o.When.MinAmount = least
	return o
}

func TestReturnsByPolicy(t *testing.T) {
	a := engine.Line{SKU: "A", Name: "A", Units: 5, Price: 10_00}
	b := engine.Line{SKU: "B", Name: "B", Units: 1, Price: 50_00}
	tenth := engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}}
	steps := engine.Offer{Kind: engine.KindOrderPercent, Tiers: []engine.Tier{
		{Amount: 50_00, Cut: engine.Cut{Percent: 1000}}, {Amount: 100_00, Cut: engine.Cut{Percent: 2000}},
	}}
	third := engine.Offer{Kind: engine.KindBuyGet, Target: engine.Goods{SKU: []string{"A"}}, Sets: engine.Sets{Buy: 2, Get: 1}, Cut: engine.Cut{Percent: 10000}}
	gift := engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "G", Name: "Cup", Units: 1}}
	for name, c := range map[string]struct {
		offer           engine.Offer
		asked           []engine.ReturnLine
		keep, recompute engine.Minor // refunds
		broken          bool
		gifts           int // that come back when recomputed
	}{
		"still over the threshold": {over(90_00, tenth), []engine.ReturnLine{{No: 1, Units: 1}}, 9_00, 9_00, false, 0},
		"under the threshold":      {over(100_00, tenth), []engine.ReturnLine{{No: 1, Units: 1}}, 9_00, 0, true, 0},
		"far under the threshold":  {over(100_00, tenth), []engine.ReturnLine{{No: 2, Units: 1}}, 45_00, 40_00, true, 0},
		"a step down":              {steps, []engine.ReturnLine{{No: 2, Units: 1}}, 40_00, 35_00, true, 0},
		"all of it":                {over(100_00, tenth), []engine.ReturnLine{{No: 1, Units: 5}, {No: 2, Units: 1}}, 90_00, 90_00, false, 0},
		"the free one first":       {third, []engine.ReturnLine{{No: 1, Units: 1}}, 0, 0, false, 0},
		"the free one and another": {third, []engine.ReturnLine{{No: 1, Units: 2}}, 10_00, 10_00, false, 0},
		"a gift still earned":      {over(60_00, gift), []engine.ReturnLine{{No: 1, Units: 4}}, 40_00, 40_00, false, 0},
		"a gift no longer earned":  {over(60_00, gift), []engine.ReturnLine{{No: 2, Units: 1}}, 50_00, 50_00, true, 1},
		"a gift with all returned": {over(60_00, gift), []engine.ReturnLine{{No: 1, Units: 5}, {No: 2, Units: 1}}, 100_00, 100_00, true, 1},
	} {
		for policy, want := range map[engine.ReturnPolicy]engine.Minor{engine.ReturnKeep: c.keep, engine.ReturnRecompute: c.recompute} {
			offers := []engine.Offer{offerNo(1, c.offer)}
			r := returning{sale: recorded(t, engine.Basket{Lines: []engine.Line{a, b}}, offers, engine.Facts{}), terms: policies(offers, policy)}
			p := r.take(t, c.asked...)
			gifts := len(p.Lines) - len(c.asked)
			wantGifts := 0
			if policy == engine.ReturnRecompute {
				wantGifts = c.gifts
			}
			if p.Refund != want || p.Kept != p.Stored-p.Refund || p.Kept < 0 || (len(p.Broken) > 0) != c.broken || gifts != wantGifts {
				t.Errorf("%s, %s: %+v; want a refund of %d, broken %v, gifts %d", name, policy, p.Preview, want, c.broken, wantGifts)
			}
		}
	}
}

// TestBrokenOfferThatKeepsStaysBesideOneThatDoesNot returns goods that two
// offers stood on, of which one takes its discount back.
func TestBrokenOfferThatKeepsStaysBesideOneThatDoesNot(t *testing.T) {
	offers := []engine.Offer{
		offerNo(1, over(100_00, engine.Offer{Kind: engine.KindItemPercent, Cut: engine.Cut{Percent: 1000}})),
		offerNo(2, over(100_00, engine.Offer{Kind: engine.KindOrderPercent, Cut: engine.Cut{Percent: 1000}})),
	}
	lines := []engine.Line{{SKU: "A", Name: "A", Units: 4, Price: 25_00}}
	r := returning{sale: recorded(t, engine.Basket{Lines: lines}, offers, engine.Facts{}), terms: policies(offers, engine.ReturnKeep)}
	r.terms.Policies[offers[1].ID] = engine.ReturnRecompute
	p := r.take(t, engine.ReturnLine{No: 1, Units: 2}) // 81.00 paid; what stays costs 50.00 less 5.00
	if p.Stored != 40_50 || p.Refund != 36_00 || len(p.Broken) != 2 {
		t.Errorf("%+v; want 36.00 of 40.50, both offers broken", p.Preview)
	}
	if want := (engine.Levels{Item: 5_00, Order: 9_00}); p.Back != want {
		t.Errorf("discounts back %+v, want %+v", p.Back, want)
	}
	rest := r.take(t, engine.ReturnLine{No: 1, Units: 2})
	if rest.Refund != 45_00 || !rest.Whole {
		t.Errorf("the rest gives %+v, want what was left of 81.00", rest.Preview)
	}
}

func TestReturnsThatAreNone(t *testing.T) {
	lines := []engine.Line{{SKU: "A", Name: "A", Units: 2, Price: 10_00}}
	sale := recorded(t, engine.Basket{Lines: lines}, nil, engine.Facts{})
	sale.Lines[0].Returned = 1
	for name, c := range map[string]struct {
		asked []engine.ReturnLine
		code  engine.Code
	}{
		"nothing":        {nil, engine.CodeQuantity},
		"no unit":        {[]engine.ReturnLine{{No: 1}}, engine.CodeQuantity},
		"less than none": {[]engine.ReturnLine{{No: 1, Units: -1}}, engine.CodeQuantity},
		"no such line":   {[]engine.ReturnLine{{No: 2, Units: 1}}, engine.CodeLineUnknown},
		"too many":       {[]engine.ReturnLine{{No: 1, Units: 2}}, engine.CodeReturnUnits},
		"too many twice": {[]engine.ReturnLine{{No: 1, Units: 1}, {No: 1, Units: 1}}, engine.CodeReturnUnits},
	} {
		if _, err := engine.PlanReturn(sale, c.asked, 0, engine.ReturnTerms{}); engine.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// drawReturning sells a basket of a few lines under offers of every level.
func drawReturning(t *rapid.T) *returning {
	var lines []engine.Line
	for range rapid.IntRange(1, 4).Draw(t, "lines") {
		lines = append(lines, engine.Line{
			SKU: rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "sku"), Name: "x",
			Units: rapid.Int64Range(1, 7).Draw(t, "units"), Price: engine.Minor(rapid.Int64Range(0, 3000).Draw(t, "price")),
			NoDiscount: rapid.IntRange(0, 5).Draw(t, "fixed") == 0,
		})
	}
	all := []engine.Offer{
		{Kind: engine.KindItemPercent, Cut: engine.Cut{Percent: 1500}, Target: engine.Goods{SKU: []string{"A"}}},
		{Kind: engine.KindBuyGet, Sets: engine.Sets{Buy: 2, Get: 1}, Cut: engine.Cut{Percent: 10000}, Target: engine.Goods{SKU: []string{"B"}}},
		{Kind: engine.KindOrderPercent, Tiers: []engine.Tier{{Units: 3, Cut: engine.Cut{Percent: 700}}, {Units: 8, Cut: engine.Cut{Percent: 1100}}}},
		over(20_00, engine.Offer{Kind: engine.KindOrderFixed, Cut: engine.Cut{By: engine.ByAmount, Amount: 3_33}}),
		over(15_00, engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "G", Name: "Cup", Units: 2}}),
		{Kind: engine.KindCreditFixed, Cut: engine.Cut{By: engine.ByAmount, Amount: 1_01}},
	}
	terms := engine.ReturnTerms{Policies: map[engine.ID]engine.ReturnPolicy{}}
	for i, o := range all {
		if rapid.Bool().Draw(t, "offered") {
			o = offerNo(byte(i+1), o)
			terms.Offers = append(terms.Offers, o)
			terms.Policies[o.ID] = rapid.SampledFrom([]engine.ReturnPolicy{"", engine.ReturnKeep, engine.ReturnRecompute}).Draw(t, "policy")
		}
	}
	return &returning{sale: recorded(t, engine.Basket{Lines: lines}, terms.Offers, terms.Facts), terms: terms}
}

// TestReturnsInAnyOrderGiveBackWhatWasPaid returns everything in parts.
func TestReturnsInAnyOrderGiveBackWhatWasPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReturning(t)
		var paid, goods engine.Minor
		var last engine.ReturnPlan
		for !last.Whole {
			var asked []engine.ReturnLine
			for _, l := range r.sale.Lines {
				if left := l.Line.Units - l.Returned; left > 0 && (!l.Gift || rapid.Bool().Draw(t, "the gift too")) {
					asked = append(asked, engine.ReturnLine{No: l.No, Units: rapid.Int64Range(1, left).Draw(t, "back")})
				}
			}
			one := rapid.IntRange(0, len(asked)-1).Draw(t, "line")
			last = r.take(t, asked[one])
			if last.Refund < 0 || last.Kept < 0 {
				t.Fatalf("%+v", last.Preview)
			}
			paid, goods = paid+last.Refund, goods+last.Goods
			over := goods - paid - last.Back.Item - last.Back.Order - last.Back.Credit
			if over != 0 {
				t.Fatalf("goods of %d, paid back %d, discounts back %+v: off by %d", goods, paid, last.Back, over)
			}
		}
		if paid != r.sale.Net || goods != r.sale.Gross {
			t.Fatalf("given back %d for goods of %d; paid was %d for %d", paid, goods, r.sale.Net, r.sale.Gross)
		}
		want := r.sale.Levels
		want.Delivery = 0
		if last.Back != want {
			t.Fatalf("discounts back %+v, given %+v", last.Back, want)
		}
	})
}

// TestUnitsWithMostTakenOffComeBackFirst returns one unit after another where
// each campaign keeps what it gave.
func TestUnitsWithMostTakenOffComeBackFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReturning(t)
		r.terms.Policies = nil
		for i := range r.sale.Lines {
			before := engine.Minor(-1)
			var offs []engine.Minor
			for range r.sale.Lines[i].Line.Units {
				p := r.take(t, engine.ReturnLine{No: i + 1, Units: 1})
				if p.Refund < before || p.Refund != p.Lines[0].Net {
					t.Fatalf("line %d: %d comes after %d", i+1, p.Refund, before)
				}
				before = p.Refund
				offs = append(offs, p.Goods-p.Refund)
			}
			var want []engine.Minor
			for _, run := range r.sale.Lines[i].Result.Runs {
				for range run.Units {
					want = append(want, run.Off)
				}
			}
			if !sameAmounts(offs, want) {
				t.Fatalf("line %d gave back %v, taken off was %v", i+1, offs, want)
			}
		}
	})
}

// sameAmounts compares two lists whatever their order.
func sameAmounts(a, b []engine.Minor) bool {
	count := func(list []engine.Minor) map[engine.Minor]int {
		out := map[engine.Minor]int{}
		for _, m := range list {
			out[m]++
		}
		return out
	}
	return reflect.DeepEqual(count(a), count(b))
}
