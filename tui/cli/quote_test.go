package cli_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/form"
	"bounceback/tui/cli"
)

// lines are the answers of one run, one a line.
func (a answer) lines() []answer {
	var out []answer
	for _, line := range strings.Split(strings.TrimSpace(a.out), "\n") {
		out = append(out, answer{t: a.t, args: a.args, status: a.status, out: line, err: a.err})
	}
	return out
}

// quote asks a machine without any shop.
func (s *shop) quote(doc string) answer {
	s.t.Helper()
	s.stdin = doc
	return s.run("quote", "-")
}

// basket is two bags of coffee at 24.90, a mug at 39.90 and 350 g of cheese at
// 89.90, with 12.00 for bringing it, at three on a Tuesday.
const basket = `"basket": [
  {"sku": "C-250", "category": "Drinks/Coffee", "qty": 2, "unit_price_minor": 2490},
  {"sku": "MUG", "category": "Kitchen", "unit_price_minor": 3990},
  {"sku": "Q", "category": "Food", "weight": 350, "unit_price_minor": 8990, "discountable": false}
], "shipping": [{"method": "courier", "price_minor": 1200}], "now": "2026-12-01T15:00", "payment": "pix"`

// TestQuoteOfEveryKind prices one basket with one offer of each kind: what it
// takes off the goods and off bringing them, and what it gives.
func TestQuoteOfEveryKind(t *testing.T) {
	coffee := `"target": {"category": "Drinks/Coffee"}`
	for offer, want := range map[string]string{
		`"kind": "item_percent", "value_percent": "12.5", ` + coffee:                                                 "623 0",
		`"kind": "item_fixed_each", "value_minor": 300, ` + coffee:                                                   "600 0",
		`"kind": "item_fixed_per_line", "value_minor": 300, ` + coffee:                                               "300 0",
		`"kind": "item_fixed_across", "value_minor": 1000`:                                                           "1000 0",
		`"kind": "item_price", "value_minor": 1990, ` + coffee:                                                       "1000 0",
		`"kind": "bundle", "value_minor": 5000, "sets": {"groups": [{` + coffee + `}, {"target": {"sku": "MUG"}}]}`:  "1480 0",
		`"kind": "buy_get", "free": true, ` + coffee + `, "sets": {"buy": 1, "get": 1}`:                              "2490 0",
		`"kind": "nth_piece", "value_percent": 50, ` + coffee + `, "sets": {"nth": 2}`:                               "1245 0",
		`"kind": "add_on", "price_minor": 1990, ` + coffee + `, "sets": {"buy": 2, "get": 1, "of": {"sku": "MUG"}}`:  "2000 0",
		`"kind": "gift", "gift": {"sku": "TIN", "name": "Tin"}, "threshold": {"min_amount_minor": 5000}`:             "0 0 1×TIN",
		`"kind": "order_percent", "value_percent": 10, "threshold": {"payment": ["pix"], "times": ["14:00-17:00"]}`:  "897 0",
		`"kind": "order_percent", "value_percent": 10, "threshold": {"payment": ["card"]}`:                           "0 0 offer_payment",
		`"kind": "order_fixed", "value_minor": 500`:                                                                  "500 0",
		`"kind": "order_price", "value_minor": 4000, ` + coffee:                                                      "980 0",
		`"kind": "free_shipping", "methods": "courier"`:                                                              "0 1200",
		`"kind": "shipping_percent", "value_percent": 50`:                                                            "0 600",
		`"kind": "shipping_fixed", "value_minor": 500`:                                                               "0 500",
		`"kind": "credit_percent", "value_percent": 10, "code": "TEN"`:                                               "897 0",
		`"kind": "credit_percent", "value_percent": 10, "code": "NINE"`:                                              "0 0 offer_code",
		`"kind": "credit_fixed", "value_minor": 1500`:                                                                "1500 0",
		`"kind": "next_coupon", "coupon": {"cashback_percent": 20, "max_discount_percent": 30, "lifetime_days": 45}`: "0 0 coupon 2500",
		`"kind": "points", "points": {"points": 1, "per_minor": 1000}`:                                               "0 0 12 points",
		`"kind": "order_percent", "value_percent": 10, "threshold": {"min_amount_minor": 20000}`:                     "0 0 offer_below 7883",
	} {
		a := empty(t).quote(`{` + basket + `, "codes": ["ten"], "offers": [{"id": "X", ` + offer + `}]}`).done()
		if got := told(a); got != want {
			t.Errorf("%s gives %s, want %s: %s", offer, got, want, a.out)
		}
	}
}

// told writes a quote's answer as what came off goods and delivery, and what
// else came of it.
func told(a answer) string {
	var r struct {
		Goods    int64 `json:"discount_total_minor"`
		Shipping int64 `json:"shipping_discount_minor"`
		Gifts    []struct {
			SKU string `json:"sku"`
			Qty int    `json:"qty"`
		} `json:"gifts"`
		Rejected []struct {
			Reason  string `json:"reason"`
			Missing int64  `json:"missing_minor"`
		} `json:"rejected"`
		Earned *struct {
			Face int64 `json:"face_minor"`
		} `json:"earned"`
		Points int64 `json:"points_earned"`
	}
	if err := json.Unmarshal([]byte(a.out), &r); err != nil {
		a.t.Fatalf("%q: %v", a.out, err)
	}
	out := fmt.Sprintf("%d %d", r.Goods, r.Shipping)
	for _, g := range r.Gifts {
		out += fmt.Sprintf(" %d×%s", g.Qty, g.SKU)
	}
	for _, no := range r.Rejected {
		if out += " " + no.Reason; no.Missing > 0 {
			out += fmt.Sprintf(" %d", no.Missing)
		}
	}
	if r.Earned != nil {
		out += fmt.Sprintf(" coupon %d", r.Earned.Face)
	}
	if r.Points > 0 {
		out += fmt.Sprintf(" %d points", r.Points)
	}
	return out
}

func TestQuotesAreAStream(t *testing.T) {
	s := empty(t)
	one := `{"basket": [{"sku": "A", "unit_price_minor": 1000}], "offers": [{"id": "P", "kind": "order_percent", "value_percent": %d}]}`
	a := s.quote("\ufeff" + fmt.Sprintf(one, 10) + fmt.Sprintf(one, 20) + "\n\n" + `{"basket": [], "colour": 1, "offers": []}` + " " + fmt.Sprintf(one, 30) + "\n")
	a.refusedPlain(cli.ExitUsage, "colour")
	var got []string
	for _, line := range a.lines() {
		if strings.Contains(line.out, "error") {
			got = append(got, line.text("error.code")+" "+line.text("error.field"))
			continue
		}
		got = append(got, line.text("payable_minor"))
	}
	if want := "900, 800, form_unknown colour, 700"; strings.Join(got, ", ") != want {
		t.Errorf("answers are %q, want %s", got, want)
	}

	// Behind what is no JSON nothing can be found.
	a = s.quote(fmt.Sprintf(one, 10) + "{]" + fmt.Sprintf(one, 20))
	a.refusedPlain(cli.ExitUsage, "column 2")
	if n := len(a.lines()); n != 2 {
		t.Errorf("%d answers: %s", n, a.out)
	}
	path := s.file("q.json", fmt.Sprintf(one, 10)+"\n"+fmt.Sprintf(one, 20))
	if n := len(s.run("quote", path).done().lines()); n != 2 {
		t.Errorf("%d answers to a file of two", n)
	}
}

// refusedPlain fails the test unless the command ended with a status and a
// sentence with some words in it.
func (a answer) refusedPlain(status int, words string) {
	a.t.Helper()
	if a.status != status || !strings.Contains(a.err, words) || hasHole(a.err) {
		a.t.Errorf("%v ended with %d %q, want %d and %q", a.args, a.status, a.err, status, words)
	}
}

func TestQuotesAreRefused(t *testing.T) {
	s := empty(t)
	for _, c := range []struct {
		doc, field string
		status     int
		code       engine.Code
	}{
		{`{"basket": [], "offers": [{"kind": "order_percent", "value_percent": 10, "thresold": {}}]}`, "offers[0].thresold", 2, form.CodeNear},
		{`{"basket": [{"sku": "A", "qty": 0}], "offers": []}`, "basket[0].qty", 2, engine.CodeOfferRange},
		{`{"basket": [{"sku": "A", "sku": "B"}], "offers": []}`, "basket[0].sku", 2, form.CodeTwice},
		{`{"basket": [{"unit_price_minor": "10.00"}], "offers": []}`, "basket[0].unit_price_minor", 2, form.CodeNumber},
		{`{"offers": []}`, "basket", 2, form.CodeMissing},
		{`{"basket": [], "offers": [{"kind": "gift"}]}`, "offers[0].gift", 2, ""},
		{`[]`, "{}", 2, form.CodeWhole},
		{``, "", 2, form.CodeSyntax},
		{`{"basket": [`, "", 2, form.CodeSyntax},
		{`{"basket": "` + strings.Repeat("x", form.MaxSize) + `"}`, "", 2, form.CodeSize},
		{`{"basket": []}`, "", 1, engine.CodeNoStore},
		{`{"basket": [], "offers": [], "customer": {"number": "1"}}`, "", 1, engine.CodeNoStore},
	} {
		s.stdin = c.doc
		a := s.run("quote", "-", "--json")
		var got struct {
			Code  engine.Code `json:"code"`
			Field string      `json:"field"`
		}
		if err := json.Unmarshal([]byte(lastLine(a.err)), &got); err != nil {
			t.Fatalf("%.80s: %q", c.doc, a.err)
		}
		if a.status != c.status || c.code != "" && got.Code != c.code || !strings.HasPrefix(got.Field, c.field) || c.field == "" && got.Field != "" {
			t.Errorf("%.80s ended with %d %+v, want %d %s %s", c.doc, a.status, got, c.status, c.code, c.field)
		}
	}
	s.run("quote", "none.json", "--json").refused(cli.ExitFault, cli.CodeCannotOpen)
	if made, err := os.ReadDir(s.dir); err != nil || len(made) > 0 {
		t.Errorf("quotes left %v behind, %v", made, err)
	}
}

// TestQuoteByTheStore has the campaigns of a shop, what was used of them, and
// the facts of a customer.
func TestQuoteByTheStore(t *testing.T) {
	s := brazil(t)
	s.run("campaign", "end", "Volte sempre").done()
	s.run("product", "add", "C-250", "--name", "Coffee", "--price", "24,90", "--category", "Drinks/Coffee").done()
	s.stdin = `{"title": "Coffee", "state": "active", "offer": {"kind": "item_percent", "value_percent": 10, "target": {"category": "Drinks"}}}
		{"title": "Ouro", "state": "active", "offer": {"kind": "order_fixed", "value_minor": 200, "threshold": {"customer_tier": "ouro"}, "limits": {"per_customer": 1}}}
		{"title": "Later", "state": "active", "starts": "2026-12-24", "offer": {"kind": "order_fixed", "value_minor": 100}}
		{"title": "Draft", "offer": {"kind": "order_fixed", "value_minor": 100}}`
	s.run("campaign", "add", "-").done()
	s.run("import", "customers", s.file("c.csv", "number,phone,tier\n7,"+maria+",ouro\n")).done()
	before := s.mark()
	ask := func(more string) string {
		s.stdin = `{"basket": [{"sku": "C-250", "unit_price_minor": 2490}]` + more + `}`
		a := s.run("quote", "-").done()
		return a.text("levels.item_minor") + " " + a.text("levels.order_minor")
	}
	for more, want := range map[string]string{
		"": "249 0", `, "customer": {"number": "7"}`: "249 200", `, "customer": {"phone": "11 98765-4321"}`: "249 200",
		`, "customer": {"number": "8"}`: "249 0", `, "customer": {"tier": "ouro"}`: "249 200", `, "now": "2026-12-24T10:00"`: "249 100",
		`, "customer": {"number": "7"}, "offers": [{"kind": "order_fixed", "value_minor": 50, "threshold": {"customer_tier": "ouro"}}]`: "0 50",
	} {
		if got := ask(more); got != want {
			t.Errorf("%s takes off %s, want %s", more, got, want)
		}
	}
	if after := s.mark(); after != before {
		t.Errorf("quotes wrote: before %s, after %s", before, after)
	}
	s.run("sale", "record", "--customer", "7", "--line", "C-250", "--json").done().are("sale.discount_minor", "449")
	if got := ask(`, "customer": {"number": "7"}`); got != "249 0" {
		t.Errorf("after the only use %s", got)
	}
}

// TestQuoteByTheCatalogue has lines that tell no more than sku and price, and a
// gift that the shop counts.
func TestQuoteByTheCatalogue(t *testing.T) {
	s := cafe(t)
	ask := func(doc string) answer {
		s.stdin = doc
		return s.run("quote", "-").done()
	}
	// 10 % of the second at 21.00 would be 2.10, but the floor is 20.00.
	two := `{"basket": [{"sku": "C-250", "qty": 2, "unit_price_minor": 2100}]}`
	ask(two).are("discount_total_minor", "100")
	s.run("product", "edit", "C-250", "--floor", "0").done()
	ask(two).are("discount_total_minor", "210")
	s.run("product", "edit", "C-250", "--discountable", "no").done()
	ask(two).are("discount_total_minor", "0")
	many := `{"basket": [{"sku": "X", "qty": 10, "unit_price_minor": 2100}]%s}`
	ask(fmt.Sprintf(many, "")).says(`"sku":"MUG"`)
	ask(fmt.Sprintf(many, `, "stock": {"MUG": 0}`)).says("offer_stock")
	s.run("product", "edit", "MUG", "--stock", "0").done()
	ask(fmt.Sprintf(many, "")).says("offer_stock")
}

// mark tells of a file whether anything was written in it.
func (s *shop) mark() string {
	s.t.Helper()
	return fmt.Sprint(len(s.run("audit", "list", "--limit", "500", "--json").done().items()), len(s.run("sale", "list", "--json").done().items()),
		len(s.run("customer", "list", "--json").done().items()))
}

// TestQuotesSeeWhatIsSoldMeanwhile has two quotes of one run, with a sale on
// another till between them.
func TestQuotesSeeWhatIsSoldMeanwhile(t *testing.T) {
	s := brazil(t)
	s.stdin = `{"title": "First", "state": "active", "offer": {"kind": "order_fixed", "value_minor": 100, "limits": {"total": 1}}}`
	s.run("campaign", "add", "-").done()
	doc := `{"basket": [{"sku": "A", "unit_price_minor": 1000}]}` + "\n"
	s.input = &meanwhile{parts: []string{doc, doc}, between: func() { s.run("sale", "record", "--anonymous", "--amount", "10").done() }}
	var got []string
	for _, a := range s.run("quote", "-").done().lines() {
		got = append(got, a.text("payable_minor"))
	}
	if strings.Join(got, " ") != "900 1000" {
		t.Errorf("answers are %v", got)
	}
}

// meanwhile is an input between whose parts something happens.
type meanwhile struct {
	parts   []string
	between func()
	begun   bool
}

// Read gives the next part.
func (m *meanwhile) Read(b []byte) (int, error) {
	if len(m.parts) == 0 {
		return 0, io.EOF
	}
	if m.begun {
		m.between()
	}
	m.begun = true
	n := copy(b, m.parts[0])
	m.parts = m.parts[1:]
	return n, nil
}
