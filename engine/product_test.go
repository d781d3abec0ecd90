package engine_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

func TestCleanCategory(t *testing.T) {
	for path, want := range map[string]string{
		"": "", " / ": "", "Drinks": "Drinks", "/Drinks/Coffee/": "Drinks/Coffee", "  Drinks  /  Cold   Coffee ": "Drinks/Cold Coffee",
		"Drinks//Coffee": "Drinks//Coffee", "Bebidas/Café": "Bebidas/Café",
	} {
		if got := engine.CleanCategory(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
	for path, good := range map[string]bool{
		"": true, "a": true, "a/b/c/d/e/f": true, "a/b/c/d/e/f/g": false, "a//b": false, "/a": false, "a\x1b": false,
		strings.Repeat("é", 120): true, strings.Repeat("é", 121): false,
	} {
		if err := engine.CheckCategory(path); (err == nil) != good || err != nil && engine.CodeOf(err) != engine.CodeCategory {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func TestTidyProduct(t *testing.T) {
	p := engine.Product{
		SKU: "  AB  1 ", Name: " Café   moído ", Category: " Bebidas / Café/", Brand: " Serra  Azul ", Stock: 5,
		Tags: []string{"", " New ", "new", "  ", "Sale"}, Barcodes: []string{" 036000291452", "0036000291452", "", "96385074"},
	}.Tidy()
	want := engine.Product{
		SKU: "AB 1", Name: "Café moído", Category: "Bebidas/Café", Brand: "Serra Azul",
		Tags: []string{"New", "Sale"}, Barcodes: []string{"036000291452", "96385074"},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("%+v", p)
	}
	if !reflect.DeepEqual(p.Tidy(), p) {
		t.Errorf("not the same twice: %+v", p.Tidy())
	}
	if a, b := engine.FoldSKU(" ab-1"), engine.FoldSKU("AB-1 "); a != b {
		t.Errorf("%q, %q", a, b)
	}
}

func TestCheckProduct(t *testing.T) {
	many := func(n int) []string { return strings.Split(strings.Repeat("x,", n-1)+"x", ",") }
	for _, c := range []struct {
		name   string
		change func(*engine.Product)
		code   engine.Code
	}{
		{"good", func(*engine.Product) {}, ""},
		{"free", func(p *engine.Product) { p.Price, p.Floor = 0, 0 }, ""},
		{"no sku", func(p *engine.Product) { p.SKU = "" }, engine.CodeProductSKU},
		{"long sku", func(p *engine.Product) { p.SKU = strings.Repeat("7", 41) }, engine.CodeProductSKU},
		{"odd sku", func(p *engine.Product) { p.SKU = "a\nb" }, engine.CodeProductSKU},
		{"no name", func(p *engine.Product) { p.Name = "" }, engine.CodeProductName},
		{"long name", func(p *engine.Product) { p.Name = strings.Repeat("é", 81) }, engine.CodeProductName},
		{"longest name", func(p *engine.Product) { p.Name = strings.Repeat("é", 80) }, ""},
		{"odd name", func(p *engine.Product) { p.Name = "a\x1b[2J" }, engine.CodeProductName},
		{"negative price", func(p *engine.Product) { p.Price = -1 }, engine.CodeProductPrice},
		{"large price", func(p *engine.Product) { p.Price = engine.MaxAmount + 1 }, engine.CodeProductPrice},
		{"negative cost", func(p *engine.Product) { p.Cost = -1 }, engine.CodeProductPrice},
		{"negative floor", func(p *engine.Product) { p.Floor = -1 }, engine.CodeProductPrice},
		{"floor", func(p *engine.Product) { p.Floor = p.Price }, ""},
		{"floor above", func(p *engine.Product) { p.Floor = p.Price + 1 }, engine.CodeProductFloor},
		{"far too little stock", func(p *engine.Product) { p.Stock = -engine.MaxStock - 1 }, engine.CodeStockRange},
		{"large stock", func(p *engine.Product) { p.Stock = engine.MaxStock + 1 }, engine.CodeStockRange},
		{"brand", func(p *engine.Product) { p.Brand = strings.Repeat("b", 41) }, engine.CodeProductLabel},
		{"tag", func(p *engine.Product) { p.Tags = []string{"a\tb"} }, engine.CodeProductLabel},
		{"tags", func(p *engine.Product) { p.Tags = many(21) }, engine.CodeProductsRange},
		{"category", func(p *engine.Product) { p.Category = "a//b" }, engine.CodeCategory},
		{"barcode", func(p *engine.Product) {
			p.Barcodes = []string{"4006381333931", "036000291452", "96385074", "15400141288763"}
		}, ""},
		{"slip", func(p *engine.Product) { p.Barcodes = []string{"4006381333932"} }, engine.CodeBarcode},
		{"barcodes", func(p *engine.Product) { p.Barcodes = many(21) }, engine.CodeProductsRange},
	} {
		p := engine.Product{SKU: "1", Name: "Coffee", Price: 1000, Floor: 500, Cost: 400}
		c.change(&p)
		if got := engine.CodeOf(p.Check()); got != c.code {
			t.Errorf("%s: %q, want %q", c.name, got, c.code)
		}
	}
}

// TestTidyProductIsStable sees that what is tidy stays as it is.
func TestTidyProductIsStable(t *testing.T) {
	text := rapid.StringOf(rapid.RuneFrom([]rune("aÉ /\t 1\u00a0İ")))
	rapid.Check(t, func(t *rapid.T) {
		p := engine.Product{
			SKU: text.Draw(t, "sku"), Name: text.Draw(t, "name"), Category: text.Draw(t, "category"),
			Tags: rapid.SliceOf(text).Draw(t, "tags"),
		}.Tidy()
		if again := p.Tidy(); !reflect.DeepEqual(again, p) {
			t.Fatalf("%+v, then %+v", p, again)
		}
		if engine.FoldSKU(p.SKU) != engine.FoldSKU(strings.ToUpper(strings.ToLower(p.SKU))) {
			t.Fatalf("%q and %q are two", p.SKU, strings.ToUpper(p.SKU))
		}
	})
}
