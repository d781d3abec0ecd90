package form

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// fullQuote uses every field of a quote.
const fullQuote = `{
  "basket": [
    {"sku": "C-250", "name": "Coffee", "category": "Drinks/Coffee", "brand": "Sol", "tags": ["new"], "qty": 2, "unit_price_minor": 2490, "min_price_minor": 1000, "cost_minor": 900},
    {"sku": "CHEESE", "weight": 1250, "unit_price_minor": 1999, "discountable": false}
  ],
  "shipping": [{"method": "post", "price_minor": 700}],
  "customer": {"groups": ["vip"], "tier": "gold", "completed_orders": 4, "cancelled_orders": 1, "last_sale": "2026-11-01", "since": "2025-01-01", "birth_month": 12, "number": "77", "phone": "+5511999998888"},
  "codes": ["save 10"],
  "now": "2026-12-01T15:00",
  "business_date": "2026-11-30",
  "channel": "counter", "payment": "pix", "source": "window", "ad": "a1", "register": "Till 1", "branch": "Centro",
  "refused_gifts": "MUG",
  "balance_minor": 100,
  "points": {"points": 50, "worth_minor": 1},
  "coupon": {"code": "K7PM4T9Y", "face_minor": 500, "max_discount_percent": 30},
  "stock": {"MUG": 3},
  "offers": [
    {"id": "SAVE10", "kind": "order_percent", "value_percent": 10, "trigger": "code", "limits": {"total": 5, "already_used": 4, "already_cancelled": 1, "already_used_by_customer": 2, "already_used_by_customer_today": 1, "spent_minor": 9, "used_qty": 8, "issued": 7, "redeemed": 6}},
    {"kind": "nth_piece", "free": true, "sets": {"nth": 2}}
  ]
}`

func TestQuoteMeaning(t *testing.T) {
	s := testShop(t)
	q, err := ReadQuote([]byte(fullQuote), s, noon)
	if err != nil {
		t.Fatal(err)
	}
	sale := engine.Basket{
		Lines: []engine.Line{
			{SKU: "C-250", Name: "Coffee", Category: "Drinks/Coffee", Brand: "Sol", Tags: []string{"new"}, Units: 2, Price: 2490, Floor: 1000, Cost: 900},
			{SKU: "CHEESE", Units: 1, Weight: 1250, Price: 1999, NoDiscount: true},
		},
		Delivery: []engine.Charge{{Method: "post", Amount: 700}}, Business: engine.DayOf(2026, 11, 30),
		Channel: "counter", Payment: "pix", Source: "window", Ad: "a1", Codes: []string{"SAVE10"}, NoGift: []engine.ID{OfferID("MUG")},
	}
	if !reflect.DeepEqual(q.Basket, sale) {
		t.Errorf("basket\n%+v, want\n%+v", q.Basket, sale)
	}
	person := engine.Person{
		Known: true, Groups: []string{"vip"}, Tier: "gold", Sales: 4, Birth: 12,
		Last: engine.DayOf(2026, 11, 1), Since: engine.DayOf(2025, 1, 1),
	}
	f := q.Facts
	if !reflect.DeepEqual(f.Person, person) || q.Number != "77" || q.Phone != "+5511999998888" {
		t.Errorf("person %+v", f.Person)
	}
	if want := engine.InstantOf(time.Date(2026, 12, 1, 15, 0, 0, 0, s.Zone())); f.Now != want || f.Till != "Till 1" || f.Branch != "Centro" {
		t.Errorf("now %d, want %d; %s, %s", f.Now, want, f.Till, f.Branch)
	}
	if f.Balance != 100 || f.Points != (engine.PointsUse{Points: 50, Worth: 1}) || f.Stock["MUG"] != 3 {
		t.Errorf("facts %+v", f)
	}
	if c := f.Coupon; c == nil || c.Face != 500 || c.MaxDiscount != 3000 || c.Usable(f.Now, engine.ID{}, engine.ID{}) != nil || q.CouponCode != "" {
		t.Errorf("coupon %+v", c)
	}
	used := engine.Usage{Total: 3, Customer: 2, CustomerToday: 1, Spent: 9, Units: 8, Issued: 7, Redeemed: 6}
	if got := f.Usage[OfferID("SAVE10")]; got != used {
		t.Errorf("used %+v, want %+v", got, used)
	}
	if len(q.Offers) != 2 || !q.HasOffers || q.Offers[0].Code != "SAVE10" || q.Offers[1].Key != "#2" || q.Offers[1].ID != OfferID("#2") || q.Offers[0].Created >= q.Offers[1].Created {
		t.Errorf("offers %+v", q.Offers)
	}
}

func TestQuoteDefaults(t *testing.T) {
	s := testShop(t)
	q, err := ReadQuote([]byte(`{"basket":[]}`), s, noon)
	if err != nil || q.HasOffers || q.Facts.Person.Known || q.Facts.Now != noon || q.Basket.Business != engine.DayOf(2026, 11, 22) {
		t.Errorf("%+v, %v", q, err)
	}
	q, err = ReadQuote([]byte(`{"amount_minor":500,"customer":{},"offers":[],"coupon":{"code":"A"}}`), s, noon)
	if err != nil || !q.HasOffers || !q.Facts.Person.Known || q.Basket.Amount != 500 || q.CouponCode != "A" || q.Facts.Coupon != nil {
		t.Errorf("%+v, %v", q, err)
	}
	for text, want := range map[string]engine.Instant{
		"2026-11-22T15:00:00Z":      noon,
		"2026-11-22T16:00:00+01:00": noon,
		"2026-11-22 12:00":          noon,
		"2026-11-22T12:00:00":       noon,
	} {
		q, err := ReadQuote([]byte(`{"basket":[],"now":"`+text+`"}`), s, 0)
		if err != nil || q.Facts.Now != want {
			t.Errorf("%s is %d, %v; want %d", text, q.Facts.Now, err, want)
		}
	}
}

func TestQuoteUsage(t *testing.T) {
	for limits, want := range map[string]engine.Usage{
		`"already_used":1,"already_cancelled":1`:                               {},
		`"already_used":1,"already_cancelled":2`:                               {},
		`"already_used":1,"already_cancelled":1,"reusable_after_cancel":true`:  {},
		`"already_used":1,"already_cancelled":1,"reusable_after_cancel":false`: {Total: 1},
		`"already_used_by_customer":2,"already_cancelled":1`:                   {Customer: 1},
		`"already_used":3,"already_used_by_customer":2,"already_cancelled":1`:  {Total: 2, Customer: 2},
	} {
		text := `{"basket":[],"offers":[{"id":"A","kind":"order_fixed","value_minor":5,"limits":{` + limits + `}}]}`
		q, err := ReadQuote([]byte(text), testShop(t), noon)
		if err != nil || q.Facts.Usage[OfferID("A")] != want {
			t.Errorf("%s: %+v, %v; want %+v", limits, q.Facts.Usage, err, want)
		}
		if known := strings.Contains(limits, "by_customer"); q.Facts.Person.Known != known {
			t.Errorf("%s: the customer is known: %v", limits, !known)
		}
	}
}

func TestQuoteRefused(t *testing.T) {
	line := func(fields string) string { return `{"basket":[{"sku":"a"},{` + fields + `}]}` }
	offers := func(list string) string { return `{"basket":[],"offers":[` + list + `]}` }
	for text, want := range map[string]struct {
		code  engine.Code
		field string
	}{
		`{}`:                                               {CodeMissing, "basket"},
		`{"basket":[{}],"amount_minor":5}`:                 {CodeBoth, "amount_minor"},
		`{"amount_minor":-5}`:                              {engine.CodeOfferRange, "amount_minor"},
		line(`"qty":0`):                                    {engine.CodeOfferRange, "basket[1].qty"},
		line(`"qty":100001`):                               {engine.CodeOfferRange, "basket[1].qty"},
		line(`"qty":2,"weight":5`):                         {engine.CodeOfferRange, "basket[1].qty"},
		line(`"weight":-1`):                                {engine.CodeOfferRange, "basket[1].weight"},
		line(`"unit_price_minor":-1`):                      {engine.CodeOfferRange, "basket[1].unit_price_minor"},
		line(`"unit_price_minor":10000000001`):             {engine.CodeOfferRange, "basket[1].unit_price_minor"},
		line(`"min_price_minor":-1`):                       {engine.CodeOfferRange, "basket[1].min_price_minor"},
		line(`"cost_minor":-1`):                            {engine.CodeOfferRange, "basket[1].cost_minor"},
		line(`"price_minor":1`):                            {CodeUnknown, "basket[1].price_minor"},
		`{"basket":[],"shipping":[{"price_minor":-1}]}`:    {engine.CodeOfferRange, "shipping[0].price_minor"},
		`{"basket":[],"customer":{"completed_orders":-1}}`: {engine.CodeOfferRange, "customer.completed_orders"},
		`{"basket":[],"customer":{"birth_month":13}}`:      {engine.CodeOfferRange, "customer.birth_month"},
		`{"basket":[],"now":"noon"}`:                       {CodeMoment, "now"},
		`{"basket":[],"points":{"points":-1}}`:             {engine.CodeOfferRange, "points.points"},
		`{"basket":[],"coupon":{}}`:                        {CodeMissing, "coupon.code"},
		`{"basket":[],"coupon":{"face_minor":-1}}`:         {engine.CodeOfferRange, "coupon.face_minor"},
		`{"basket":[],"coupon":{"face_minor":5,"max_discount_percent":101}}`: {engine.CodeOfferRange, "coupon.max_discount_percent"},
		`{"basket":[],"stock":{"MUG":"3"}}`:                                  {CodeNumber, "stock.MUG"},
		`{"basket":[],"balance_minor":-1}`:                                   {engine.CodeOfferRange, "balance_minor"},
		offers(`{}`):                                                         {CodeMissing, "offers[0].kind"},
		offers(`{"kind":"order_fixed"}`):                                     {engine.CodeOfferNeeds, "offers[0].value_minor"},
		offers(`{"kind":"points","id":"a","points":{"points":1,"per_minor":1}},{"kind":"points","id":"a","points":{"points":1,"per_minor":1}}`): {CodeSameID, "offers[1].id"},
		offers(`{"kind":"order_fixed","value_minor":5,"limits":{"already_used":-1}}`):                                                           {engine.CodeOfferRange, "offers[0].limits.already_used"},
		offers(`{"kind":"order_fixed","value_minor":5,"threshold":{"all_of":[{"min_qty":2,"max_qty":1}]}}`):                                     {engine.CodeOfferOrder, "offers[0].threshold.all_of[0].max_qty"},
		offers(`{"kind":"order_fixed","value_minor":5,"threshold":{"expression":"foo"}}`):                                                       {engine.CodeRuleName, "offers[0].threshold.expression"},
		`{"basket":[` + strings.Repeat(`{},`, engine.MaxLines) + `{}]}`:                                                                         {engine.CodeOfferMany, "basket"},
	} {
		_, err := ReadQuote([]byte(text), testShop(t), noon)
		wantField(t, text, err, want.code, want.field)
	}
}

// answerOf is the answer to a quote, as another program reads it.
func answerOf(t *testing.T, text string) map[string]any {
	t.Helper()
	q, err := ReadQuote([]byte(text), testShop(t), noon)
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Evaluate(q.Basket, q.Offers, q.Facts)
	if err != nil {
		t.Fatal(err)
	}
	out, err := WriteResult(r, q.Basket, q.Offers)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAnswer(t *testing.T) {
	got := answerOf(t, `{
		"basket": [{"sku": "A", "qty": 3, "unit_price_minor": 1000}, {"sku": "B", "unit_price_minor": 500}],
		"shipping": [{"method": "post", "price_minor": 700}, {"method": "bike", "price_minor": 50}],
		"offers": [
			{"id": "TEN", "kind": "item_percent", "value_percent": 10, "target": {"sku": "A"}},
			{"id": "POST", "title": "Free post", "kind": "free_shipping", "methods": "post"},
			{"id": "MUG", "kind": "gift", "gift": {"sku": "MUG"}, "threshold": {"min_amount_minor": 4000}},
			{"id": "CODE", "kind": "order_fixed", "value_minor": 100, "code": "X"}
		]}`)
	for name, want := range map[string]any{
		"gross_minor": 3500, "discount_total_minor": 300, "net_minor": 3200, "shipping_gross_minor": 750,
		"shipping_discount_minor": 700, "payable_minor": 3250, "due_minor": 3250,
		"levels":   map[string]any{"item_minor": 300, "order_minor": 0, "shipping_minor": 700, "credit_minor": 0},
		"shipping": []any{map[string]any{"method": "post", "price_minor": 700, "discount_minor": 700, "net_minor": 0}, map[string]any{"method": "bike", "price_minor": 50, "discount_minor": 0, "net_minor": 50}},
	} {
		if a, b := compact(t, got[name]), compact(t, want); a != b {
			t.Errorf("%s is %s, want %s", name, a, b)
		}
	}
	lines := got["lines"].([]any)
	if a, want := compact(t, lines[0]), `{"discount_minor":300,"gross_minor":3000,"item_minor":300,"net_minor":2700,"qty":3,"sku":"A","units":[{"discount_minor":100,"qty":3}]}`; a != want {
		t.Errorf("line %s, want %s", a, want)
	}
	if text := compact(t, got["applied"]); !strings.Contains(text, `"id":"TEN"`) || !strings.Contains(text, `"title":"Free post"`) || !strings.Contains(text, `"shipping_discounts_minor":[700,0]`) {
		t.Errorf("applied %s", text)
	}
	rejected := compact(t, got["rejected"])
	if !strings.Contains(rejected, `{"id":"MUG","kind":"gift","missing_minor":500,"reason":"offer_below"}`) || !strings.Contains(rejected, `"reason":"offer_code"`) {
		t.Errorf("rejected %s", rejected)
	}
}

func TestAnswerOfAnOpenAmount(t *testing.T) {
	got := answerOf(t, `{
		"amount_minor": 10000, "customer": {}, "coupon": {"face_minor": 500, "code": "K7PM4T9Y"},
		"offers": [{"id": "BACK", "kind": "next_coupon", "coupon": {"cashback_percent": 10, "lifetime_days": 30}}]}`)
	for name, want := range map[string]any{
		"gross_minor": 10000, "payable_minor": 9500,
		"coupon": map[string]any{"code": "K7PM4T9Y", "discount_minor": 500},
		"earned": map[string]any{"id": "BACK", "face_minor": 1000, "max_discount_percent": 30, "first_day": "2026-11-22", "last_day": "2026-12-22"},
	} {
		if a, b := compact(t, got[name]), compact(t, want); a != b {
			t.Errorf("%s is %s, want %s", name, a, b)
		}
	}
}

func compact(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Any file gives an answer or an error that says what is wrong with it.
func FuzzQuote(f *testing.F) {
	f.Add([]byte(fullQuote))
	f.Add([]byte(`{"basket":[{"sku":"A","qty":100000,"unit_price_minor":10000000000}],"offers":[{"kind":"order_percent","value_percent":100}]}`))
	f.Add([]byte(`{"basket":[{"sku":"A","qty":3,"unit_price_minor":1},{"sku":"B","qty":2,"unit_price_minor":0}],"offers":[{"kind":"bundle","value_minor":1,"sets":{"groups":[{"target":{"sku":"A"}},{"target":{"sku":"B"}}]}},{"kind":"buy_get","free":true,"sets":{"buy":1,"get":1}},{"kind":"nth_piece","value_percent":50,"sets":{"nth":2},"stacking":{"exclusive":true}},{"kind":"add_on","price_minor":0,"sets":{"buy":1,"get":1,"of":{"sku":"B"}}}]}`))
	f.Add([]byte(`{"amount_minor":500,"customer":{},"offers":[{"kind":"next_coupon","coupon":{"tiers":[{"from_minor":1,"face_minor":5}]}},{"kind":"points","points":{"points":3,"per_minor":7}},{"kind":"credit_fixed","value_minor":9,"code":"A"}],"codes":"a"}`))
	f.Add([]byte(`{"basket":[{"sku":"A","qty":9,"unit_price_minor":999,"min_price_minor":900}],"shipping":[{"method":"post","price_minor":5}],"stock":{"G":1},"offers":[{"kind":"gift","gift":{"sku":"G","per_qty":1}},{"kind":"order_fixed","tiers":[{"from_qty":2,"value_minor":50},{"from_qty":5,"value_minor":5000}],"stacking":{"group":"g"}},{"kind":"item_fixed_across","value_minor":77,"pick":{"units":2},"stacking":{"group":"g","base":"initial"}},{"kind":"shipping_percent","value_percent":33.33,"threshold":{"expression":"units(\"\") == 0 and hour >= 0"}}]}`))
	s, err := engine.NewStore("Shop", "BR")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := ReadQuote(data, s, noon)
		if err != nil {
			mustBeClear(t, err)
			return
		}
		q.Facts.Bound = 2000 // a case has to end soon
		r, err := engine.Evaluate(q.Basket, q.Offers, q.Facts)
		if err != nil {
			mustBeClear(t, err)
			return
		}
		if r.Gross-r.Discount != r.Net || r.Net < 0 || r.Due < 0 {
			t.Fatalf("%d − %d is %d, due %d", r.Gross, r.Discount, r.Net, r.Due)
		}
		if _, err := WriteResult(r, q.Basket, q.Offers); err != nil {
			t.Fatal(err)
		}
	})
}

func mustBeClear(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, err error,
) {
	t.Helper()
	var e *engine.Error
	if !errors.As(err, &e) || e.Class == engine.Fault {
		t.Fatalf("no clear error: %v", err)
	}
}

// Sales of all kinds of offers, as files, are answered, and the answer adds up.
func TestAnyQuoteIsAnswered(t *testing.T) {
	s := testShop(t)
	rapid.Check(t, func(t *rapid.T) {
		text := drawer{t}.quote()
		q, err := ReadQuote(text, s, noon)
		if err != nil {
			mustBeClear(t, err)
			t.Skip()
		}
		r, err := engine.Evaluate(q.Basket, q.Offers, q.Facts)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		sum := engine.Minor(0)
		for _, l := range r.Lines {
			sum += l.Net
		}
		if sum != r.Net || r.Gross-r.Discount != r.Net || r.Net < 0 || r.Due < 0 {
			t.Fatalf("%s: %d − %d is %d, the lines are %d", text, r.Gross, r.Discount, r.Net, sum)
		}
		if _, err := WriteResult(r, q.Basket, q.Offers); err != nil {
			t.Fatal(err)
		}
	})
}

// quote draws a quote as a file.
func (d drawer) quote() []byte {
	q := map[string]any{"codes": "A-1_Z", "customer": map[string]any{"completed_orders": d.number(0, 5, "orders"), "groups": d.labels("in group")}}
	lines := []map[string]any{}
	for range d.number(0, 4, "lines") {
		lines = append(lines, map[string]any{
			"sku": d.label("line sku"), "category": d.label("line category"), "brand": d.label("line brand"), "tags": d.labels("line tags"),
			"qty": d.number(1, 6, "line qty"), "unit_price_minor": d.number(0, 3000, "line price"), "min_price_minor": d.maybe(400, "line floor"),
		})
	}
	q["basket"] = lines
	if d.yes("post") {
		q["shipping"] = []any{map[string]any{"method": d.label("post method"), "price_minor": d.number(0, 900, "post price")}}
	}
	var offers []json.RawMessage
	for range d.number(0, 6, "offers") {
		o := d.offer()
		o.Key = ""
		if d.yes("always") {
			o.When = engine.Threshold{}
		}
		text, err := WriteOffer(o)
		if err != nil {
			d.Fatal(err)
		}
		offers = append(offers, text)
	}
	q["offers"] = offers
	text, err := json.Marshal(q)
	if err != nil {
		d.Fatal(err)
	}
	return text
}
