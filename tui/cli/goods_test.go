package cli_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/form"
	"bounceback/tui/cli"
)

// cafe is a shop in Brazil with a catalogue and offers of several kinds.
func cafe(t *testing.T) *shop {
	t.Helper()
	s := brazil(t)
	s.run("import", "products", s.file("p.csv", "sku,barcode,name,category,price,floor,weighed,stock\n"+
		"C-250,7891000100103,Coffee 250 g,Drinks/Coffee,24.90,20.00,no,\n"+
		"MUG,40170725,Mug,Kitchen,39.90,,no,10\n"+
		"Q,,Cheese,Food,89.90,,yes,\n")).done()
	s.stdin = `
{"title": "Second coffee", "state": "active", "on_return": "recompute", "offer": {"kind": "nth_piece", "value_percent": 10, "target": {"category": "Drinks/Coffee"}, "sets": {"nth": 2}}}
{"title": "Pix", "state": "active", "offer": {"kind": "order_percent", "value_percent": 5, "threshold": {"payment": "pix"}}}
{"title": "Bring it", "state": "active", "offer": {"kind": "free_shipping", "threshold": {"min_amount_minor": 10000}}}
{"title": "Free mug", "state": "active", "offer": {"kind": "gift", "gift": {"sku": "MUG", "name": "Mug"}, "threshold": {"min_amount_minor": 20000}}}
{"title": "Ten", "state": "active", "offer": {"kind": "credit_fixed", "value_minor": 1000, "code": "TEN"}}`
	s.run("campaign", "add", "-").done()
	s.stdin = ""
	return s
}

func TestSaleOfLines(t *testing.T) {
	s := cafe(t)
	// 2 coffees 49.80 − 2.49, a mug 39.90, 0.350 of cheese 31.47 (half up).
	a := s.run("sale", "record", "--anonymous", "--line", "7891000100103*2", "--line", "mug", "--line", "Q*0,350", "--deliver", "motoboy=12,00",
		"--payment", "pix", "--source", "web", "--ad", "a1", "--code", "ten", "--ref", "P-1", "--seen", "102,75", "--json").done().
		are("sale.gross_minor", "12117", "sale.off_item_minor", "249", "sale.off_order_minor", "593", "sale.off_credit_minor", "1000",
			"sale.discount_minor", "1842", "sale.total_minor", "10275", "sale.delivery_minor", "1200", "sale.off_delivery_minor", "1200",
			"sale.paid_minor", "10275", "sale.source", "web", "sale.ad", "a1")
	a.says(`"rejected":[`, `"reason":"offer_below","missing_minor":7883`)
	show := s.run("sale", "show", "P-1", "--json").done()
	lines, _ := show.get("lines").([]any)
	if len(lines) != 3 {
		t.Fatalf("%d lines: %s", len(lines), show.out)
	}
	s.run("sale", "show", "P-1").done().says("Coffee 250 g", "Second coffee", "0,35 kg", "Pix", "Bring it", "R$ 102,75")
	for _, which := range []string{"P-1", "--last"} {
		to := filepath.Join(s.dir, "slip"+which)
		s.run("settings", "set", "printer.format", "text").done()
		s.run("print", which, "--to", to).done()
		if slip, err := os.ReadFile(to); err != nil || !strings.Contains(string(slip), "Coffee 250 g") || !strings.Contains(string(slip), "102,75") {
			t.Errorf("the slip of %s is %q, %v", which, slip, err)
		}
	}
	s.run("check", "--json").done().are("ok", "true")
}

func TestSaleWithAGift(t *testing.T) {
	s := cafe(t)
	line := []string{"sale", "record", "--anonymous", "--line", "C-250*9", "--json"}
	s.run(line...).done().says(`"gift":true`)
	s.run("product", "show", "MUG", "--json").done().are("stock", "9")
	if a := s.run(append(line, "--no-gift", "Free mug")...).done(); strings.Contains(a.out, `"gift":true`) {
		t.Errorf("a gift nobody wants: %s", a.out)
	}
	s.run("product", "show", "MUG", "--json").done().are("stock", "9")
}

func TestSaleOfAFileOfLines(t *testing.T) {
	s := cafe(t)
	list := `[{"sku": "C-250", "qty": 2, "unit_price_minor": 2000}, {"sku": "MUG", "unit_price_minor": 3990}]`
	// The price is the file's; category and floor are the catalogue's, so nothing comes off under it.
	s.run("sale", "record", "--anonymous", "--lines", s.file("l.json", list), "--json").done().are("sale.gross_minor", "7990", "sale.discount_minor", "0")
	s.stdin = `{"basket": ` + list + `, "payment": "pix", "codes": ["ten"], "shipping": [{"method": "post", "price_minor": 900}]}`
	s.run("sale", "record", "--anonymous", "--lines", "-", "--json").done().are("sale.payment", "pix", "sale.delivery_minor", "900", "sale.off_credit_minor", "1000")
	for doc, code := range map[string]engine.Code{
		`{"basket": ` + list + `, "offers": []}`: form.CodeUnknown,
		`[]`:                                     form.CodeMissing,
		`[{"sku": "A", "units": 1}]`:             form.CodeUnknown,
		`[{"sku": "A", "qty": 0}]`:               engine.CodeOfferRange,
	} {
		s.stdin = doc
		s.run("sale", "record", "--anonymous", "--lines", "-", "--json").refused(cli.ExitUsage, code)
	}
}

func TestLinesAreRefused(t *testing.T) {
	s := cafe(t)
	for _, c := range []struct {
		args   string
		status int
		code   engine.Code
	}{
		{"--line NONE", 1, engine.CodeProductUnknown},
		{"--line 40170726", 1, engine.CodeProductUnknown},
		{"--line C-250*", 2, engine.CodeTimes},
		{"--line C-250*x", 2, engine.CodeTimes},
		{"--line C-250*1,5", 2, engine.CodeQuantity},
		{"--line Q", 2, engine.CodeWeightNeeded},
		{"--line MUG --deliver motoboy", 2, cli.CodeLineForm},
		{"--line MUG --deliver =1", 2, cli.CodeLineForm},
		{"--line MUG --deliver motoboy=x", 2, engine.CodeAmountLetters},
		{"--line MUG --no-gift None", 1, engine.CodeCampaignUnknown},
		{"--line MUG --seen 30", 1, engine.CodePriceChanged},
		{"--line MUG --lines -", 2, cli.CodeUsageOneOf},
	} {
		s.run(append([]string{"sale", "record", "--anonymous", "--json"}, strings.Fields(c.args)...)...).refused(c.status, c.code)
	}
	if n := len(s.run("sale", "list", "--json").done().items()); n != 0 {
		t.Errorf("%d sales are in the file", n)
	}
}

func TestReturnOfLines(t *testing.T) {
	s := cafe(t)
	s.stdin = `{"title": "Five off", "state": "active", "on_return": "recompute", "offer": {"kind": "order_fixed", "value_minor": 500, "threshold": {"min_amount_minor": 12000}}}`
	s.run("campaign", "add", "-").done()
	s.run("sale", "record", "--anonymous", "--line", "C-250*2", "--line", "MUG*2", "--ref", "P-1", "--json").done().are("sale.total_minor", "12211")
	// Without a mug the sale is below 120.00: what stays would have cost 87.21, so 34.90 come back.
	s.run("sale", "return", "P-1", "--line", "2*1", "--preview", "--json").done().
		are("goods_minor", "3990", "stored_minor", "3833", "refund_minor", "3490", "kept_minor", "343", "deducted_minor", "0", "payout_minor", "3490").says(`"campaign":"Five off"`)
	s.run("sale", "return", "P-1", "--line", "2*1", "--preview").done().says("Five off", "R$ 34,90", "nothing was taken back")
	s.run("sale", "show", "P-1", "--json").done().are("returned_minor", "0")
	s.run("sale", "return", "P-1", "--line", "2*1", "--reason", "chipped", "--json").done().are("refund_minor", "3490", "sale.returned_minor", "3990")
	s.run("sale", "return", "P-1", "--line", "2", "--reason", "chipped", "--json").done().are("refund_minor", "3990", "sale.returned_minor", "7980")
	for args, c := range map[string]struct {
		status int
		code   engine.Code
	}{
		"--line 2":            {1, engine.CodeLineUnknown},
		"--line 9":            {1, engine.CodeLineUnknown},
		"--line x":            {2, cli.CodeLineForm},
		"--line 1*0":          {2, cli.CodeLineForm},
		"--line 1*9":          {1, engine.CodeReturnUnits},
		"--line 1 --amount 5": {2, cli.CodeUsageOneOf},
		"--amount 5":          {1, engine.CodeReturnLines},
		"--spent absorb":      {2, cli.CodeUsageOneOf},
	} {
		s.run(append([]string{"sale", "return", "P-1", "--reason", "x", "--json"}, strings.Fields(args)...)...).refused(c.status, c.code)
	}
	s.run("sale", "return", "P-1", "--line", "1", "--json").refused(cli.ExitUsage, cli.CodeUsageNeeds)
	s.run("sale", "show", "P-1").done().says("Mug", "Back")
	s.run("check", "--json").done().are("ok", "true")
}

// TestSaleListShowsAllThatCameOff: what offers took off goods and delivery is in
// one column, and how a sale was paid is shown with it.
func TestSaleListShowsAllThatCameOff(t *testing.T) {
	s := cafe(t)
	s.stdin = `{"title": "We bring it", "state": "active", "offer": {"kind": "free_shipping"}}`
	s.run("campaign", "add", "-").done()
	s.run("sale", "record", "--anonymous", "--line", "MUG", "--payment", "pix", "--channel", "phone", "--deliver", "post=9", "--ref", "P-3").done()
	s.run("sale", "show", "P-3").done().says("Payment", "pix", "Channel", "phone")
	// 39.90 less 2.00, and 9.00 of delivery.
	s.run("sale", "list").done().says("Off", "11,00", "37,90")
}

// TestExportsForTheBooks compares the heads of the books in every export.
func TestExportsForTheBooks(t *testing.T) {
	s := cafe(t)
	s.run("sale", "record", "--anonymous", "--line", "C-250*2", "--line", "C-250*8", "--payment", "pix", "--code", "TEN", "--ref", "P-1").done()
	s.run("sale", "record", "--anonymous", "--amount", "50", "--payment", "pix", "--ref", "P-2").done()
	s.now = at("2026-11-21 10:00:00")
	s.run("sale", "record", "--anonymous", "--line", "MUG", "--payment", "pix", "--deliver", "post=9", "--ref", "P-3").done()
	sales := s.table("sales", "reference", "off_item_minor", "off_order_minor", "off_credit_minor", "off_delivery_minor", "discount_minor")
	lines := s.table("lines", "reference", "no", "sku", "units", "off_item_minor", "off_order_minor", "off_credit_minor", "gift", "offers")
	days := s.table("discounts", "business_date", "sales", "gross_minor", "off_item_minor", "off_order_minor", "off_credit_minor", "net_minor")
	for what, pair := range map[string][2]string{
		"sales": {sales, "P-3 0 200 0 0 200|P-2 0 250 0 0 250|P-1 1245 1183 1000 0 3428"},
		"lines": {lines, ""},
		"days":  {days, "2026-11-20 2 29900 1245 1433 1000 26222|2026-11-21 1 3990 0 200 0 3790"},
	} {
		if pair[1] != "" && pair[0] != pair[1] {
			t.Errorf("%s are\n%s\nwant\n%s", what, pair[0], pair[1])
		}
	}
	if !strings.Contains(lines, "P-3 1 MUG 1 0 200 0 false Pix") || strings.Contains(lines, "P-2") || !strings.Contains(lines, "Second coffee|Pix") {
		t.Errorf("lines are\n%s", lines)
	}
	if got := s.table("discounts", "business_date", "sales"); got != "2026-11-20 2|2026-11-21 1" {
		t.Errorf("days are %s", got)
	}
	out := filepath.Join(s.dir, "d.json")
	s.run("export", "discounts", "--from", "2026-11-21", "--format", "json", "--out", out).done()
}

// table exports a list and gives some of its columns, rows with a mark between.
func (s *shop) table(kind string, columns ...string) string {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s.run("export", kind).done().out)).ReadAll()
	if err != nil || len(rows) == 0 {
		s.t.Fatalf("%s: %v", kind, err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var out []string
	for _, row := range rows[1:] {
		var cells []string
		for _, name := range columns {
			i, ok := at[name]
			if !ok {
				s.t.Fatalf("%s has no column %s", kind, name)
			}
			cells = append(cells, row[i])
		}
		out = append(out, strings.Join(cells, " "))
	}
	return strings.Join(out, "|")
}

// TestGoodsForPeople runs what has no JSON twin above, for holes in the words.
func TestGoodsForPeople(t *testing.T) {
	for _, lang := range []string{"en", "pt-BR"} {
		s := cafe(t)
		s.env[cli.EnvLang] = lang
		s.run("sale", "record", "--anonymous", "--line", "C-250*9", "--line", "Q*1,5", "--deliver", "post=12", "--code", "TEN", "--ref", "P-1").done().
			says("Second coffee", "Mug", "1,5 kg", "R$ 12,00")
		s.run("sale", "record", "--anonymous", "--amount", "250", "--ref", "P-2").done()
		for _, line := range []string{
			"product list", "product show MUG", "sale show P-1", "sale show P-2", "sale return P-1 --line 1*2 --preview", "sale return P-1 --line 1*2 --reason x",
			"campaign list", "campaign show Pix", "campaign lint", "campaign earn 10", "campaign activate Ten", "import products none.csv",
			"product add C-250 --name x --price 1", "sale record --anonymous --line Q", "quote none.json", "sale list",
		} {
			a := s.run(strings.Fields(line)...).says()
			if a.out+a.err == "" {
				t.Errorf("%s says nothing", line)
			}
		}
	}
}
