package engine

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestBasketsThatCannotBePriced(t *testing.T) {
	many := make([]Line, MaxLines+1)
	for i := range many {
		many[i] = goods("a", 1, 1)
	}
	for _, c := range []struct {
		name   string
		basket Basket
		code   Code
		line   any
	}{
		{"no units", basketOf(goods("a", 1, 1), goods("b", 0, 1)), CodeQuantity, 2},
		{"too many units", basketOf(goods("a", MaxUnits+1, 1)), CodeQuantity, 1},
		{"two pieces weighed as one", basketOf(Line{Units: 2, Weight: 500, Price: 1}), CodeQuantity, 1},
		{"a weight below zero", basketOf(Line{Units: 1, Weight: -1, Price: 1}), CodeQuantity, 1},
		{"a price below zero", basketOf(goods("a", 1, -1)), CodeAmountTooLarge, 1},
		{"a floor below zero", basketOf(floored("a", 1, 1, -1)), CodeAmountTooLarge, 1},
		{"a price too large", basketOf(goods("a", 1, MaxAmount+1)), CodeAmountTooLarge, 1},
		{"a line too large", basketOf(goods("a", MaxUnits, MaxAmount)), CodeAmountTooLarge, 1},
		{"lines too large together", basketOf(goods("a", 1, MaxAmount), goods("b", 1, 1)), CodeAmountTooLarge, nil},
		{"a weight that overflows", basketOf(Line{Units: 1, Weight: math.MaxInt64, Price: MaxAmount}), CodeOverflow, 1},
		{"too many lines", Basket{Lines: many}, CodeProductsRange, nil},
		{"a charge below zero", Basket{Delivery: []Charge{{"post", -1}}}, CodeAmountTooLarge, nil},
		{"too many charges", Basket{Delivery: make([]Charge, MaxCharges+1)}, CodeProductsRange, nil},
	} {
		_, err := Evaluate(c.basket, nil, Facts{Store: shop(t, "BR")})
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code || c.line != nil && e.Args["line"] != c.line {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if r := sell(t, basketOf(goods("a", 1, MaxAmount)), Facts{}, order(KindOrderPercent, Cut{Percent: 9999})); r.Due != 1_000_000 {
		t.Errorf("the largest sale: %d due", r.Due)
	}
}

func TestOffersThatCannotBeEvaluated(t *testing.T) {
	deep := Threshold{}
	for range 20 {
		deep = Threshold{Any: []Threshold{deep}}
	}
	for field, o := range map[string]Offer{
		"kind":                       {Kind: "half_off"},
		"cut":                        {Kind: KindOrderPercent, Cut: Cut{Percent: 10_001}},
		"tiers[0].cut":               {Kind: KindOrderFixed, Tiers: []Tier{{Cut: offAmount(-1)}}},
		"sets.groups":                {Kind: KindBundle},
		"sets.groups[0].qty":         {Kind: KindBundle, Sets: Sets{Groups: []Group{{}}}},
		"sets.nth":                   {Kind: KindNth},
		"sets.get":                   {Kind: KindBuyGet, Sets: Sets{Buy: 1}},
		"sets.buy":                   {Kind: KindAddOn, Sets: Sets{Buy: -1, Get: 1}},
		"points.per_minor":           {Kind: KindPoints},
		"coupon.cashback_percent":    {Rebate: Terms{Cashback: -1}},
		"gift.value_minor":           {Kind: KindGift, Gift: Gift{Value: -1}},
		"max_discount_minor":         {Kind: KindOrderPercent, Caps: Caps{Discount: -1}},
		"threshold.any_of[0].any_of": {Kind: KindOrderPercent, When: deep},
	} {
		_, err := Prepare([]Offer{order(KindOrderPercent, Cut{Percent: 100}), o})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", field, err)
			continue
		}
		if at, _ := e.Args["field"].(string); !strings.HasPrefix(at, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	rules := order(KindOrderPercent, Cut{Percent: 100})
	rules.When.Expression = "amount >"
	if _, err := Prepare([]Offer{rules}); CodeOf(err) != CodeRuleSyntax {
		t.Errorf("a rule that cannot be read: %v", err)
	}
}

// Folding and words: what offers name is found whatever its case.
func TestLineWords(t *testing.T) {
	v := vocabulary{sku: words{}, category: words{}, brand: words{}, tag: words{}}
	f := v.filter(Goods{SKU: []string{" Ab1 "}, Category: []string{"Bebidas/Café"}, Tag: []string{"NOVO"}, NotBrand: []string{"Ótica"}})
	for _, c := range []struct {
		line Line
		fits bool
	}{
		{Line{SKU: "aB1", Category: "BEBIDAS/CAFÉ/Grãos", Tags: []string{"x", "novo "}}, true},
		{Line{SKU: "ab1", Category: "bebidas/cafés", Tags: []string{"novo"}}, false},
		{Line{SKU: "ab1", Category: "bebidas/café", Brand: "óTICA", Tags: []string{"novo"}}, false},
		{Line{SKU: "ab1", Category: "bebidas/café"}, false},
	} {
		w, _, _ := v.read(&c.line, nil, nil)
		if f.fits(&w, 0) != c.fits {
			t.Errorf("%+v fits: %v", c.line, !c.fits)
		}
	}
}

// What is spread always sums, stays under each room, and follows the weights.
func TestSpread(t *testing.T) {
	for _, c := range []struct {
		amount  Minor
		weights []Minor
		rooms   []Minor
		want    []Minor
	}{
		{100, []Minor{1, 1, 1}, []Minor{1, 1, 1}, []Minor{1, 1, 1}},
		{100, []Minor{300, 300, 300}, nil, []Minor{34, 33, 33}},
		{0, []Minor{300}, nil, []Minor{0}},
		{5, []Minor{0, 10}, nil, []Minor{0, 5}},
		{700, []Minor{1000, 1000}, []Minor{100, 1000}, []Minor{100, 600}},
		{2000, []Minor{1000, 2000, 5000, 3000}, []Minor{1000, 100, 0, 400}, []Minor{1000, 100, 0, 400}},
		{MaxAmount - 1, []Minor{MaxAmount / 2, MaxAmount / 2}, nil, []Minor{MaxAmount / 2, MaxAmount/2 - 1}},
	} {
		var s shareList
		for i, w := range c.weights {
			room := w
			if c.rooms != nil {
				room = c.rooms[i]
			}
			s.list = append(s.list, share{units: 1, weight: w, room: room})
		}
		s.spread(c.amount)
		var got []Minor
		for _, w := range s.list {
			got = append(got, w.each+Minor(w.more))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%d over %v with room %v: %v, want %v", c.amount, c.weights, c.rooms, got, c.want)
		}
	}
	s := shareList{list: []share{{units: 3, weight: 10, room: 10}, {units: 2, weight: 7, room: 7}}}
	s.spread(20) // 4.54 each and 3.18 each
	if a, b := s.list[0], s.list[1]; a.each != 4 || a.more != 2 || b.each != 3 || b.more != 0 {
		t.Errorf("units: %+v, %+v", a, b)
	}
}
