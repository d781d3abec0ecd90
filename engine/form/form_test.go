package form

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

var offerType = reflect.TypeFor[offerForm]()

func testShop(t testing.TB) engine.Store {
	t.Helper()
	s, err := engine.NewStore("Shop", "BR")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const noon = engine.Instant(1_795_359_600_000) // 2026-11-22 12:00 in São Paulo

func TestOfferComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawer{t}.offer()
		if err := o.Check(); err != nil {
			t.Skip(err) // what excludes all of itself
		}
		text, err := WriteOffer(o)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadOffer(text)
		if err != nil || !reflect.DeepEqual(back, o) {
			t.Fatalf("%s: %v\n%+v\n%+v", text, err, back, o)
		}
		again, err := WriteOffer(back)
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%s\nthen %s: %v", text, again, err)
		}
		if bytes.ContainsRune(text, '\n') || bytes.Contains(text, []byte(`\u0026`)) {
			t.Fatalf("not on one plain line: %s", text)
		}
	})
}

func TestEveryKindIsDrawnAndNamed(t *testing.T) {
	if len(kinds()) != len(ways) {
		t.Fatalf("the vocabulary has %d kinds, the test %d", len(kinds()), len(ways))
	}
	for _, kind := range kinds() {
		if err := (engine.Offer{Kind: kind}).Check(); engine.CodeOf(err) == engine.CodeOfferChoice {
			t.Errorf("the engine does not know %s", kind)
		}
	}
}

func TestEmptyOfferIsShort(t *testing.T) {
	text, err := WriteOffer(engine.Offer{})
	if err != nil || string(text) != "{}" {
		t.Fatalf("%s, %v", text, err)
	}
	o, err := ReadOffer(text)
	if err != nil || !reflect.DeepEqual(o, engine.Offer{}) {
		t.Fatalf("%+v, %v", o, err)
	}
	text, err = WriteOffer(engine.Offer{Kind: engine.KindItemPercent, Cut: engine.Cut{Percent: 1050}, Target: engine.Goods{SKU: []string{"a"}}})
	if want := `{"kind":"item_percent","value_percent":10.5,"target":{"sku":["a"]}}`; err != nil || string(text) != want {
		t.Fatalf("%s, %v; want %s", text, err, want)
	}
}

func TestPercentIsReadExactly(t *testing.T) {
	for text, want := range map[string]int64{
		`10`: 1000, `10.5`: 1050, `"10.55"`: 1055, `0.01`: 1, `100`: 10000, `33.30`: 3330, `"0.1"`: 10, `0.29`: 29,
		`10.555`: -1, `-1`: -1, `1e1`: -1, `"10,5"`: -1, `"10%"`: -1, `""`: -1, `true`: -1, `[1]`: -1, `{}`: -1, `"1."`: -1, `".5"`: -1, `12345678`: -1,
	} {
		o, err := ReadOffer([]byte(`{"value_percent":` + text + `}`))
		switch {
		case want < 0 && engine.CodeOf(err) != CodePercent:
			t.Errorf("%s: %v", text, err)
		case want >= 0 && (err != nil || o.Cut.Percent != engine.BP(want)):
			t.Errorf("%s is %d, %v", text, o.Cut.Percent, err)
		}
	}
}

func TestOfferMeaning(t *testing.T) {
	percent := func(bp engine.BP) engine.Cut { return engine.Cut{Percent: bp} }
	amount := func(by engine.CutBy, v engine.Minor) engine.Cut { return engine.Cut{By: by, Amount: v} }
	for text, want := range map[string]engine.Offer{
		`{"kind":"order_fixed","value_minor":5}`:                     {Kind: engine.KindOrderFixed, Cut: amount(engine.ByAmount, 5)},
		`{"kind":"order_price","value_minor":5}`:                     {Kind: engine.KindOrderPrice, Cut: amount(engine.ByPrice, 5)},
		`{"kind":"item_price","price_minor":5}`:                      {Kind: engine.KindItemPrice, Cut: amount(engine.ByPrice, 5)},
		`{"kind":"bundle","value_minor":5}`:                          {Kind: engine.KindBundle, Cut: amount(engine.ByPrice, 5)},
		`{"kind":"bundle","off_minor":5}`:                            {Kind: engine.KindBundle, Cut: amount(engine.ByAmount, 5)},
		`{"kind":"buy_get","free":true}`:                             {Kind: engine.KindBuyGet, Cut: percent(10000)},
		`{"kind":"buy_get","price_minor":0}`:                         {Kind: engine.KindBuyGet, Cut: amount(engine.ByPrice, 0)},
		`{"kind":"free_shipping","free":true}`:                       {Kind: engine.KindDeliveryFree},
		`{"code":"ab 1"}`:                                            {Code: "AB1"},
		`{"target":{"sku":"a","unit_price_equals_minor":7}}`:         {Target: engine.Goods{SKU: []string{"a"}, PriceMin: 7, PriceMax: 7}},
		`{"threshold":{"category":"a","category_any":["b"]}}`:        {When: engine.Threshold{Of: engine.Goods{Category: []string{"a", "b"}}}},
		`{"threshold":{"basis":"running_subtotal"}}`:                 {When: engine.Threshold{Basis: engine.BasisRunning}},
		`{"threshold":{"basis":"undiscounted_subtotal"}}`:            {When: engine.Threshold{Basis: engine.BasisGoods}},
		`{"threshold":{"first_order":true}}`:                         {When: engine.Threshold{NthSale: []int{1}}},
		`{"threshold":{"customer_nth_order":5}}`:                     {When: engine.Threshold{NthSale: []int{5}}},
		`{"threshold":{"times":"22:00-2:30","weekdays":"SUN"}}`:      {When: engine.Threshold{Times: []engine.Hours{{From: 1320, To: 150}}, Weekdays: weekdays{0}}},
		`{"limits":{"reusable_after_cancel":true}}`:                  {},
		`{"limits":{"reusable_after_cancel":false}}`:                 {Limits: engine.Limits{KeepOnVoid: true}},
		`{"gift":{"sku":"a"}}`:                                       {Gift: engine.Gift{SKU: "a", Units: 1}},
		`{"gift":{"sku":"a","per_qty":3}}`:                           {Gift: engine.Gift{SKU: "a", PerUnits: 3}},
		`{"sets":{"groups":[{}]}}`:                                   {Sets: engine.Sets{Groups: []engine.Group{{Units: 1}}}},
		`{"title":null,"target":null,"tiers":[],"value_minor":null}`: {},
	} {
		got, err := ReadOffer([]byte(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n%+v, want\n%+v", text, err, got, want)
		}
	}
	o, err := ReadOffer([]byte(`{"id":"save 10","trigger":"code"}`))
	if err != nil || o.Code != "SAVE10" {
		t.Errorf("code %q, %v", o.Code, err)
	}
	id := "01890a5d-ac96-774b-bcce-b302099a8057"
	if got := OfferID(id); got.String() != id {
		t.Errorf("the id is %s", got)
	}
}

func wantField(t *testing.T, text string, err error, code engine.Code, field string) {
	t.Helper()
	var e *engine.Error
	if !errors.As(err, &e) || e.Code != code || e.Args["field"] != field || e.Class != engine.Input {
		t.Errorf("%s: %v, want %s of %s", text, err, code, field)
	}
}

func TestOfferRefused(t *testing.T) {
	for text, want := range map[string]struct {
		code  engine.Code
		field string
	}{
		`[]`:                              {CodeWhole, "{}"},
		`null`:                            {CodeWhole, "{}"},
		`{"xx":5}`:                        {CodeUnknown, "xx"},
		`{"kind":5}`:                      {CodeText, "kind"},
		`{"kind":"gratis"}`:               {engine.CodeOfferChoice, "kind"},
		`{"kind":"bundle","kind":"gift"}`: {CodeTwice, "kind"},
		`{"threshold":{"all_of":[{},{"min_qty":1,"min_qty":1}]}}`:           {CodeTwice, "threshold.all_of[1].min_qty"},
		`{"threshold":{"min_amout_minor":5}}`:                               {CodeNear, "threshold.min_amout_minor"},
		`{"threshold":{"colour":"red"}}`:                                    {CodeUnknown, "threshold.colour"},
		"{\"a\\u001b[2J\":1}":                                               {CodeUnknown, "a?[2J"},
		`{"limits":{"already_used":5}}`:                                     {CodeUnknown, "limits.already_used"},
		`{"free":"yes"}`:                                                    {CodeYesNo, "free"},
		`{"value_minor":1.0}`:                                               {CodeNumber, "value_minor"},
		`{"value_minor":1e3}`:                                               {CodeNumber, "value_minor"},
		`{"value_minor":"5"}`:                                               {CodeNumber, "value_minor"},
		`{"value_minor":99999999999999999999}`:                              {CodeNumber, "value_minor"},
		`{"target":"C-250"}`:                                                {CodeObject, "target"},
		`{"tiers":{}}`:                                                      {CodeList, "tiers"},
		`{"tiers":[{},5]}`:                                                  {CodeObject, "tiers[1]"},
		`{"tiers":[{"value_minor":1,"free":true}]}`:                         {CodeBoth, "tiers[0].free"},
		`{"value_percent":5,"value_minor":5}`:                               {CodeBoth, "value_minor"},
		`{"target":{"sku":[1]}}`:                                            {CodeTexts, "target.sku"},
		`{"threshold":{"from":"1.12.2026"}}`:                                {CodeDate, "threshold.from"},
		`{"threshold":{"weekdays":["monday"]}}`:                             {CodeWeekdays, "threshold.weekdays"},
		`{"threshold":{"times":"14-17"}}`:                                   {CodeSpans, "threshold.times"},
		`{"threshold":{"times":"14:00-24:01"}}`:                             {CodeSpans, "threshold.times"},
		`{"threshold":{"customer_nth_order":["1"]}}`:                        {CodeNumbers, "threshold.customer_nth_order"},
		`{"threshold":{"first_order":true,"customer_nth_order":1}}`:         {CodeBoth, "threshold.first_order"},
		`{"trigger":"code"}`:                                                {CodeMissing, "code"},
		`{"trigger":"auto","code":"A"}`:                                     {engine.CodeOfferClash, "trigger"},
		`{"kind":"gift","coupon":{}}`:                                       {engine.CodeOfferNotFor, "coupon"},
		`{"kind":"next_coupon","value_minor":5}`:                            {engine.CodeOfferNotFor, "value_minor"},
		`{"kind":"next_coupon","tiers":[{"value_minor":5}]}`:                {engine.CodeOfferNotFor, "tiers"},
		`{"target":{"unit_price_equals_minor":5,"unit_price_max_minor":6}}`: {CodeBoth, "target.unit_price_equals_minor"},
	} {
		_, err := ReadOffer([]byte(text))
		wantField(t, text, err, want.code, want.field)
	}
	_, err := ReadOffer([]byte(`{"threshold":{"min_amout_minor":5}}`))
	var e *engine.Error
	if !errors.As(err, &e) || e.Args["near"] != "threshold.min_amount_minor" {
		t.Errorf("%v does not name what may be meant", err)
	}
}

func TestFileRefused(t *testing.T) {
	deep := strings.Repeat(`{"threshold":`, maxDepth+1) + `1` + strings.Repeat(`}`, maxDepth+1)
	for text, want := range map[string]engine.Error{
		"":                                  {Code: CodeSyntax, Args: engine.Args{"line": 1, "column": 1}},
		"{\n \"a\": 1,\n}":                  {Code: CodeSyntax, Args: engine.Args{"line": 3, "column": 1}},
		"{\"é\" 1}":                         {Code: CodeSyntax, Args: engine.Args{"line": 1, "column": 6}},
		"{} {}":                             {Code: CodeSyntax, Args: engine.Args{"line": 1, "column": 4}},
		"{\"a\": 1":                         {Code: CodeSyntax, Args: engine.Args{"line": 1, "column": 7}},
		"{\"title\":\n\"\xff\"}":            {Code: CodeSyntax, Args: engine.Args{"line": 2, "column": 2}},
		deep:                                {Code: CodeDeep},
		strings.Repeat(" ", MaxSize) + "{}": {Code: CodeSize},
	} {
		_, err := ReadOffer([]byte(text))
		var e *engine.Error
		if !errors.As(err, &e) || e.Code != want.Code {
			t.Errorf("%.40q: %v, want %s", text, err, want.Code)
			continue
		}
		for name, v := range want.Args {
			if e.Args[name] != v {
				t.Errorf("%q: %s is %v, want %v", text, name, e.Args[name], v)
			}
		}
	}
	if _, err := ReadOffer([]byte("\ufeff {}")); err != nil {
		t.Errorf("with a byte order mark: %v", err)
	}
}
