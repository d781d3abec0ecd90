package cli_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/engine/sheet"
	"bounceback/tui/cli"
)

func TestProducts(t *testing.T) {
	s := brazil(t)
	s.run("product", "add", "A-1", "--name", "Café 500 g", "--price", "24,90", "--floor", "20", "--cost", "11.50", "--barcode", "7891000100103,40170725",
		"--category", "Bebidas / Café", "--brand", "Aurora", "--tag", "novo,forte", "--stock", "40", "--json").done().
		are("sku", "A-1", "price_minor", "2490", "floor_minor", "2000", "cost_minor", "1150", "category", "Bebidas/Café", "stock", "40",
			"weighed", "false", "discountable", "true", "active", "true").says(`"barcodes":["7891000100103","40170725"]`, `"tags":["novo","forte"]`)
	s.run("product", "add", "Q1", "--name", "Queijo", "--price", "89.90", "--weighed", "yes", "--discountable", "no", "--stock", "3,250", "--json").done().
		are("stock", "3250", "weighed", "true", "discountable", "false")
	for _, name := range []string{"a-1", "7891000100103", "40170725"} {
		s.run("product", "show", name, "--json").done().are("sku", "A-1")
	}
	id := s.run("product", "edit", "A-1", "--price", "26,90", "--stock", "", "--tag", "", "--sku", "A-2", "--json").done().
		are("price_minor", "2690", "stock", "", "sku", "A-2", "name", "Café 500 g", "discountable", "true").says(`"tags":[]`).text("id")
	s.run("product", "edit", "Q1", "--price", "91", "--json").done().are("discountable", "false", "weighed", "true", "stock", "3250")
	s.run("product", "edit", id, "--active", "no", "--json").done().are("active", "false")
	s.run("product", "show", "A-2", "--json").done().are("active", "false")
	s.run("product", "show", "A-2").done().says("R$ 26,90", "Café 500 g", "no")
	s.run("product", "list").done().says("Queijo", "R$ 91,00 a kilo", "3,25 kg")
	for args, want := range map[string]int{"": 2, "--state active": 1, "--search café": 1, "--search chá": 0} {
		if n := len(s.run(append([]string{"product", "list", "--json"}, strings.Fields(args)...)...).done().items()); n != want {
			t.Errorf("%s lists %d products, want %d", args, n, want)
		}
	}
	for _, c := range []struct {
		args   string
		status int
		code   engine.Code
	}{
		{"add A-2 --name X --price 1", 1, engine.CodeSKUUsed},
		{"add B --name X --price 1 --barcode 40170725", 1, engine.CodeBarcodeUsed},
		{"add B --name X --price 1 --barcode 40170726", 2, engine.CodeBarcode},
		{"add B --name X --price 1 --floor 2", 2, engine.CodeProductFloor},
		{"add B --name X --price 1 --weighed maybe", 2, cli.CodeBadChoice},
		{"add B --name X --price 1 --stock 1,5", 2, engine.CodeQuantity},
		{"add B --name X", 2, cli.CodeUsageNeeds},
		{"show B", 1, engine.CodeProductUnknown},
		{"show 40170726", 1, engine.CodeProductUnknown},
	} {
		s.run(append([]string{"product", "--json"}, strings.Fields(c.args)...)...).refused(c.status, c.code)
	}
}

func TestImportProducts(t *testing.T) {
	s := brazil(t)
	path := s.file("produtos.csv", "Código;EAN;Descrição;Departamento;Preço;Custo;Un;Estoque\n"+
		"1;7891000100103|40170725;Café 500 g;Bebidas > Café;24,90;11,50;UN;40\n"+
		"2;;Queijo;Comida;89,90;;KG;3,250\n"+
		"3;40170726;Errado;;1,00;;;\n"+
		"4;;;;1,00;;;\n"+
		"5;;Sem preço;;;;;\n")
	s.run("import", "products", path, "--dry-run", "--json").done().are("rows", "5", "added", "0", "refused", "3")
	if n := len(s.run("product", "list", "--json").done().items()); n != 0 {
		t.Errorf("a dry run added %d products", n)
	}
	s.run("import", "products", path, "--json").done().are("rows", "5", "added", "2", "changed", "0", "there_before", "0", "refused", "3", "complete", "true",
		"rejects_file", path+".rejects-2.csv")
	want := "line code|4 barcode_check|5 product_name|6 amount_empty"
	if got := rejected(t, path+".rejects-2.csv"); got != want {
		t.Errorf("rejects are %s, want %s", got, want)
	}
	s.run("import", "products", path, "--json").done().are("added", "0", "changed", "0", "there_before", "2", "refused", "3")
	s.run("product", "show", "40170725", "--json").done().are("name", "Café 500 g", "category", "Bebidas/Café", "price_minor", "2490", "cost_minor", "1150", "stock", "40")
	s.run("product", "show", "2", "--json").done().are("weighed", "true", "stock", "3250")

	// A list of new prices changes nothing else, and makes no product without a name.
	path = s.file("prices.csv", "sku,price\n1,26.90\n2,89.90\n9,1.00\n")
	s.run("import", "products", path, "--json").done().are("added", "0", "changed", "1", "there_before", "1", "refused", "1")
	s.run("product", "show", "1", "--json").done().are("price_minor", "2690", "name", "Café 500 g", "cost_minor", "1150", "stock", "40", "category", "Bebidas/Café")
	s.run("import", "products", path).done().says("Changed", "There before")
	// Nor is a product made without a price.
	path = s.file("names.csv", "sku,name\n1,Café torrado\n9,Novo\n")
	s.run("import", "products", path, "--json").done().are("changed", "1", "refused", "1")
	s.run("product", "show", "1", "--json").done().are("price_minor", "2690", "name", "Café torrado")

	path = s.file("x.csv", "a,b\n1,2\n")
	s.run("import", "products", path, "--map", "sku=a,price=b", "--json").done().are("changed", "1")
	s.run("import", "products", path, "--map", "customer=a", "--json").refused(cli.ExitUsage, sheet.CodeFileMapForm)
	s.run("import", "products", path, "--json").refused(cli.ExitUsage, engine.CodeImportColumns)
}

// rejected are the lines and codes of a file of refused rows.
func rejected(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(raw)))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		if hasHole(row[2]) {
			t.Errorf("no sentence in %v", row)
		}
		out = append(out, row[0]+" "+row[1])
	}
	slices.Sort(out[1:])
	return strings.Join(out, "|")
}

// TestProductsReadBack imports what was exported.
func TestProductsReadBack(t *testing.T) {
	s := brazil(t)
	path := s.file("p.csv", "sku,barcode,name,category,brand,tags,price,weighed,discountable,stock\n"+
		"A,7891000100103|40170725,Bag,Drinks/Coffee,Own,new|fair,24.90,no,no,7\nQ,,Cheese,,,,89.90,yes,yes,1.250\n")
	s.run("import", "products", path, "--json").done().are("added", "2")
	out := filepath.Join(s.dir, "out.csv")
	s.run("export", "products", "--out", out).done()
	// Stock and prices come out in whole thousandths and minor units.
	s.run("import", "products", out, "--map", "price=price_minor,barcode=barcodes", "--json").done().are("changed", "2", "refused", "0")
	s.run("product", "show", "A", "--json").done().are("price_minor", "249000", "category", "Drinks/Coffee", "brand", "Own", "discountable", "false").
		says(`"barcodes":["7891000100103","40170725"]`, `"tags":["new","fair"]`)
}

func TestCustomersHaveGroupsAndATier(t *testing.T) {
	s := brazil(t)
	path := s.file("c.csv", "Código,Nome,Grupos,Nível,Nascimento\n1,Maria,vip|clube,ouro,20/11/1980\n2,João,,,\n3,Eva,,,42\n")
	s.run("import", "customers", path, "--json").done().are("added", "2", "refused", "1")
	s.run("customer", "show", "1", "--json").done().are("tier", "ouro", "birth_month", "11").says(`"groups":["vip","clube"]`)
	s.run("customer", "show", "2", "--json").done().are("tier", "", "birth_month", "").says(`"groups":[]`)
	s.run("customer", "edit", "2", "--group", "clube", "--tier", "prata", "--birth-month", "2", "--json").done().
		are("tier", "prata", "birth_month", "2").says(`"groups":["clube"]`)
	s.run("customer", "edit", "2", "--tier", "", "--group", "", "--json").done().are("tier", "", "birth_month", "2").says(`"groups":[]`)
	s.run("customer", "edit", "2", "--birth-month", "13", "--json").refused(cli.ExitUsage, cli.CodeUsageBad)
	s.run("customer", "show", "1").done().says("vip, clube", "November")
	// A second file completes and changes what it tells.
	path = s.file("d.csv", "Código,Nível\n1,\n2,ouro\n")
	s.run("import", "customers", path, "--json").done().are("refused", "0")
	for number, tier := range map[string]string{"1": "ouro", "2": "ouro"} {
		s.run("customer", "show", number, "--json").done().are("tier", tier)
	}
	if raw := s.run("export", "customers").done().out; !strings.Contains(raw, "vip|clube") {
		t.Errorf("the export has no groups: %s", raw)
	}
}
