package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"bounceback/engine"
)

func rowOf(line int, p engine.Product, keep ...engine.ProductPart) engine.ImportProduct {
	p.Active = true
	return engine.ImportProduct{Line: line, Product: p, Keep: keep}
}

func TestImportProducts(t *testing.T) {
	s := newShop(t, "")
	old := s.product(engine.Product{SKU: "old", Name: "Old tea", Category: "Tea", Price: 900, Barcodes: []string{"96385074"}})
	s.wait(5000)
	rows := []engine.ImportProduct{
		rowOf(2, engine.Product{SKU: "A", Name: "Coffee", Price: 1000, Barcodes: []string{"7891000315507"}}),
		rowOf(3, engine.Product{SKU: "B", Name: "", Price: 1000}),
		rowOf(4, engine.Product{SKU: "C", Name: "Cup", Price: 1000, Barcodes: []string{"073513537", "7891000315507"}}),
		rowOf(5, engine.Product{SKU: "D", Name: "Dish", Price: 1000, Barcodes: []string{"73513537", "0007891000315507"}}),
		rowOf(6, engine.Product{SKU: "E", Name: "Egg", Price: 1000, Barcodes: []string{"73513537", "07891000315507"}}),
		rowOf(7, engine.Product{SKU: "F", Name: "Fig", Price: 1000, Barcodes: []string{"73513537"}}),
		rowOf(8, engine.Product{SKU: "a", Name: "Coffee", Price: 1100}, engine.PartBarcodes, engine.PartCategory), // the same again, dearer
		rowOf(9, engine.Product{SKU: "OLD", Price: 950}, engine.PartName, engine.PartBarcodes, engine.PartCategory),
		rowOf(10, engine.Product{SKU: "G"}, engine.PartName, engine.PartPrice), // a new one without a price
	}
	codes := []engine.Code{"", engine.CodeProductName, engine.CodeBarcode, engine.CodeBarcode, engine.CodeBarcodeUsed, "", "", "", engine.CodeProductUnknown}
	added := []bool{true, false, false, false, false, true, false, false, false}
	changed := []bool{false, false, false, false, false, false, true, true, false}
	for i, o := range s.importProducts(rows) {
		if o.Line != i+2 || engine.CodeOf(o.Err) != codes[i] || o.Added != added[i] || o.Changed != changed[i] {
			t.Errorf("row %d: %+v", i+2, o)
		}
	}
	if got := s.findProducts(engine.ProductQuery{Text: "c"}); got != "a" {
		t.Errorf("found %q", got)
	}
	if got := s.findProducts(engine.ProductQuery{Barcode: "73513537"}); got != "F" {
		t.Errorf("the barcode of refused rows belongs to %q", got)
	}
	kept, err := s.Product(bgc, s.owner, old.ID)
	s.ok(err)
	if kept.Price != 950 || kept.Name != "Old tea" || kept.Category != "Tea" || len(kept.Barcodes) != 1 || kept.Active {
		t.Errorf("%+v", kept)
	}
	if n := s.count(`SELECT count(*) FROM product`); n != 3 {
		t.Errorf("%d products", n)
	}
	page, err := s.Audit(bgc, s.owner, engine.Filter{State: "import"})
	s.ok(err)
	if len(page.Items) != 1 || page.Items[0].Action != "import.products" || !strings.HasPrefix(page.Items[0].Detail, "added=2; changed=2; keys=") {
		t.Errorf("log %+v", page.Items)
	}
	_, err = s.ImportProducts(bgc, s.as(engine.Cashier), rows)
	s.refused(err, engine.CodeForbidden)
}

// TestImportProductsTwice sees that the same file again changes nothing.
func TestImportProductsTwice(t *testing.T) {
	s := newShop(t, "")
	var rows []engine.ImportProduct
	for i := range 500 {
		digits := fmt.Sprintf("789%09d", i)
		rows = append(rows, rowOf(i+2, engine.Product{
			SKU: fmt.Sprint(i), Name: fmt.Sprintf("Thing %d", i%9), Price: engine.Minor(i), Tags: []string{"x", "X "}, Stock: 3, Counted: i%2 == 0,
			Barcodes: []string{digits + string(engine.CheckDigit(digits))},
		}))
	}
	for i, o := range s.importProducts(rows) {
		if !o.Added || o.Changed || o.Err != nil {
			t.Fatalf("row %d: %+v", i, o)
		}
	}
	entries := s.count(`SELECT count(*) FROM audit`)
	s.wait(1000)
	for i, o := range s.importProducts(rows) {
		if o.Added || o.Changed || o.Err != nil {
			t.Fatalf("row %d again: %+v", i, o)
		}
	}
	if n := s.count(`SELECT count(*) FROM product WHERE updated = $1`, testStart); n != 500 {
		t.Errorf("%d products are as they were", n)
	}
	if s.count(`SELECT count(*) FROM audit`) != entries {
		t.Error("an import that changed nothing is in the log")
	}
}

// BenchmarkImportProducts prints how many products a second come in, and how
// many when the file is imported again.
func BenchmarkImportProducts(b *testing.B) {
	const most = 4000
	now := engine.Instant(testStart)
	db, err := Open(bgc, filepath.Join(b.TempDir(), "shop.db"), Options{Clock: func() engine.Instant { return now }})
	check(b, err)
	defer db.Close()
	st, err := engine.NewStore("Casa Azul", "BR")
	check(b, err)
	owner, err := db.FirstRun(bgc, st, "Ana", "", "Till 1", "Volte sempre", engine.FromCounter)
	check(b, err)
	for name, shift := range map[string]int{"new": most, "again": 0} {
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				b.StopTimer()
				rows := benchProducts(most, (i+1)*shift)
				b.StartTimer()
				_, err := db.ImportProducts(bgc, owner, rows)
				check(b, err)
			}
			b.ReportMetric(float64(most*b.N)/b.Elapsed().Seconds(), "products/s")
		})
	}
}

func benchProducts(n, from int) []engine.ImportProduct {
	out := make([]engine.ImportProduct, n)
	for i := range out {
		digits := fmt.Sprintf("789%09d", from+i)
		out[i] = rowOf(i+2, engine.Product{
			SKU: fmt.Sprint(from + i), Name: fmt.Sprintf("Café moído especial %d", from+i), Category: "Bebidas/Café", Brand: "Serra", Price: 1990,
			Barcodes: []string{digits + string(engine.CheckDigit(digits))},
		})
	}
	return out
}
