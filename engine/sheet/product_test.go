package sheet

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bounceback/engine"
)

// toldProduct writes a row of products as its values or the code of its error.
func toldProduct(r Row) string {
	if r.Err != nil {
		return fmt.Sprintf("%d %s", r.Line, engine.CodeOf(r.Err))
	}
	p := r.Product
	out := fmt.Sprintf("%d %s [%s] %s|%s|%s|%s %d/%d/%d", r.Line, p.SKU, strings.Join(p.Barcodes, " "), p.Name, p.Category, p.Brand,
		strings.Join(p.Tags, " "), p.Price, p.Floor, p.Cost)
	if p.Weighed {
		out += " weighed"
	}
	if p.NoDiscount {
		out += " fixed"
	}
	if p.Counted {
		out += fmt.Sprintf(" %d left", p.Stock)
	}
	return out
}

func TestFilesOfProducts(t *testing.T) {
	for _, c := range []struct {
		name string
		file string
		o    Options
		want []string
	}{
		{
			"brazil", "Código;Código de Barras;Descrição;Departamento;Marca;Preço de Venda;Preço de Custo;Unidade;Estoque\r\n" +
				"0077;'7891000100103;Café 500 g;Bebidas > Café;Três;R$ 1.024,90;12,5;UN;1.200\r\n" +
				"5;;Queijo;;;89,90;;KG;3,250\r\n" +
				"6;;Presente;;;0,00;;CX;-2\r\n", brazil,
			[]string{
				"2 0077 [7891000100103] Café 500 g|Bebidas/Café|Três| 102490/0/1250 1200 left",
				"3 5 [] Queijo||| 8990/0/0 weighed 3250 left", "4 6 [] Presente||| 0/0/0 0 left",
			},
		},
		{
			"english", "sku,barcodes,name,category,brand,tags,price,floor,cost,weighed,discountable,stock\n" +
				"A,7891000100103|40170725,Bag,Drinks/Coffee,Own,\"new, fair\",10.00,8,5.25,no,no,7\n" +
				"B,7891000100103; 40170725,Bag,,,,1,,,,,\n", states,
			[]string{
				"2 A [7891000100103 40170725] Bag|Drinks/Coffee|Own|new fair 1000/800/525 fixed 7 left",
				"3 B [7891000100103 40170725] Bag||| 100/0/0",
			},
		},
		{"a shop without skus", "EAN;Produto;Valor\n40170725;Pão;1,50\n;Bolo;2\n", brazil, []string{"2 40170725 [40170725] Pão||| 150/0/0", "3 row_no_product"}},
		{"prices alone", "sku;price\n1;2,50\n2;\n3;-1\n", brazil, []string{"2 1 [] ||| 250/0/0", "3 amount_empty", "4 amount_negative"}},
		{
			"what cannot be read", "sku,price,weighed,discountable,stock\n1,1,maybe,,\n2,1,,perhaps,\n3,1,,,lots\n4,1,,,1.5\n5,1,yes,,1.5\n", states,
			[]string{"2 row_yes_no", "3 row_yes_no", "4 row_stock", "5 row_stock", "6 5 [] ||| 100/0/0 weighed 1500 left"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.Kind = Products
			_, rows := read(t, []byte(c.file), c.o)
			var got []string
			for _, r := range rows {
				got = append(got, toldProduct(r))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestProductsNeedASKUOrABarcode(t *testing.T) {
	o := states
	o.Kind = Products
	if _, err := Survey(strings.NewReader("name,price\nBag,1\n"), o); engine.CodeOf(err) != engine.CodeImportColumns {
		t.Errorf("got %v", err)
	}
}

func TestCustomersWithGroups(t *testing.T) {
	o := brazil
	o.Kind = Customers
	_, rows := read(t, []byte("Código;Grupos;Nível;Nascimento\n1;VIP | clube;Ouro;20/11/1980\n2;;;5\n3;;;dezembro\n4;;;13\n5;;;\n"), o)
	var got []string
	for _, r := range rows {
		if r.Err != nil {
			got = append(got, r.Number+" "+string(engine.CodeOf(r.Err)))
			continue
		}
		got = append(got, fmt.Sprintf("%s %q %s %d", r.Number, r.Groups, r.Tier, r.Birth))
	}
	want := []string{`1 ["VIP" "clube"] Ouro 11`, `2 []  5`, `3 []  12`, "4 row_month", `5 []  0`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
