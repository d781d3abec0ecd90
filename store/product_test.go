package store

import (
	"reflect"
	"strings"
	"testing"

	"bounceback/engine"
)

// product saves a product of the shop.
func (s *shop) product(p engine.Product) engine.Product {
	s.t.Helper()
	p, err := s.SaveProduct(bgc, s.owner, p)
	s.ok(err)
	return p
}

func coffee() engine.Product {
	return engine.Product{
		SKU: "C-1", Name: "Café moído", Barcodes: []string{"7891000315507", "036000291452"}, Category: "Bebidas/Café", Brand: "Serra",
		Tags: []string{"novo", "manhã"}, Price: 1990, Floor: 1500, Cost: 1200, Counted: true, Stock: 12, Active: true,
	}
}

func TestSaveProduct(t *testing.T) {
	s := newShop(t, "")
	p := s.product(coffee())
	want := coffee()
	want.ID, want.Created, want.Updated = p.ID, testStart, testStart
	if p.ID.IsZero() || !reflect.DeepEqual(p, want) {
		t.Errorf("saved %+v", p)
	}
	read, err := s.Product(bgc, s.as(engine.Salesperson), p.ID)
	s.ok(err)
	if !reflect.DeepEqual(read, want) {
		t.Errorf("read %+v", read)
	}
	s.wait(1000)
	read.Name, read.Price, read.Weighed, read.Barcodes, read.Tags = "Chá mate", 2100, true, []string{"036000291452"}, nil
	changed := s.product(read)
	read.Updated = testStart + 1000
	if !reflect.DeepEqual(changed, read) {
		t.Errorf("changed %+v", changed)
	}
	again, err := s.Product(bgc, s.owner, p.ID)
	s.ok(err)
	if !reflect.DeepEqual(again, read) {
		t.Errorf("read again %+v", again)
	}
	s.wait(1000)
	if same := s.product(again); same.Updated != testStart+1000 {
		t.Error("a product saved as it was is changed")
	}
	page, err := s.Audit(bgc, s.owner, engine.Filter{State: "product"})
	s.ok(err)
	detail := `name="Café moído">"Chá mate"; barcodes=7891000315507 036000291452>036000291452; tags="novo, manhã">""; price=1990>2100; weighed=false>true`
	if len(page.Items) != 2 || page.Items[0].Action != "product.edit" || page.Items[0].Detail != detail ||
		page.Items[1].Action != "product.add" || !strings.Contains(page.Items[1].Detail, "price=0>1990") || page.Items[1].ID != p.ID {
		t.Errorf("log %+v", page.Items)
	}
	if n := s.count(`SELECT count(*) FROM product_word`); n != 2 {
		t.Errorf("%d words", n)
	}
	if n := s.count(`SELECT count(*) FROM product_barcode`); n != 1 {
		t.Errorf("%d barcodes", n)
	}
}

func TestSaveProductKeepsWhatWasSoldMeanwhile(t *testing.T) {
	s := newShop(t, "")
	read := s.product(coffee())
	sold := read
	sold.Stock = -1 // 13 of 12 were sold while a form was open
	s.product(sold)

	renamed, at := read, read.Stock
	renamed.Name, renamed.StockRead = "Café torrado", &at
	if got := s.product(renamed).Stock; got != -1 {
		t.Errorf("a new name leaves %d of -1", got)
	}
	more := renamed
	more.Stock, more.StockRead = 22, &at
	if got := s.product(more).Stock; got != 9 {
		t.Errorf("ten more make %d of -1", got)
	}
	counted := renamed
	counted.Stock, counted.StockRead = 4, nil
	if got := s.product(counted); got.Stock != 4 || got.StockRead != nil {
		t.Errorf("counted 4, kept %+v", got)
	}
}

func TestSaveProductRefuses(t *testing.T) {
	s := newShop(t, "")
	first := s.product(coffee())
	for _, c := range []struct {
		name   string
		actor  engine.Actor
		change func(*engine.Product)
		code   engine.Code
	}{
		{"cashier", s.as(engine.Cashier), func(*engine.Product) {}, engine.CodeForbidden},
		{"salesperson", s.as(engine.Salesperson), func(*engine.Product) {}, engine.CodeForbidden},
		{"sku of another", s.owner, func(p *engine.Product) { p.SKU, p.Barcodes = " c-1", nil }, engine.CodeSKUUsed},
		{"barcode of another", s.owner, func(p *engine.Product) { p.SKU, p.Barcodes = "2", []string{"0036000291452"} }, engine.CodeBarcodeUsed},
		{"bad barcode", s.owner, func(p *engine.Product) { p.SKU, p.Barcodes = "2", []string{"036000291453"} }, engine.CodeBarcode},
		{"no name", s.owner, func(p *engine.Product) { p.SKU, p.Name = "2", " " }, engine.CodeProductName},
		{"unknown", s.owner, func(p *engine.Product) { p.ID = engine.FirstID(7) }, engine.CodeProductUnknown},
	} {
		p := coffee()
		c.change(&p)
		if _, err := s.SaveProduct(bgc, c.actor, p); engine.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
	}
	if n := s.count(`SELECT count(*) FROM product`); n != 1 {
		t.Errorf("%d products", n)
	}
	manager := s.as(engine.Manager)
	first.SKU = "c-1" // its own sku, written otherwise
	if p, err := s.SaveProduct(bgc, manager, first); err != nil || p.SKU != "c-1" {
		t.Errorf("%+v, %v", p, err)
	}
	_, err := s.Product(bgc, s.owner, engine.FirstID(7))
	s.refused(err, engine.CodeProductUnknown)
}

// TestProductsOfStores sees that a store neither sees nor disturbs another's
// catalogue.
func TestProductsOfStores(t *testing.T) {
	s := newShop(t, "")
	ours := s.product(coffee())
	other, _ := s.found("Casa Verde", "")
	theirs, err := s.SaveProduct(bgc, other, coffee())
	s.ok(err)
	if theirs.ID == ours.ID {
		t.Fatal("one product for two stores")
	}
	for _, q := range []engine.ProductQuery{{SKU: "c-1"}, {Barcode: "7891000315507"}, {Text: "cafe"}} {
		found, err := s.FindProducts(bgc, other, q)
		s.ok(err)
		if len(found) != 1 || found[0].Product.ID != theirs.ID {
			t.Errorf("%+v: %+v", q, found)
		}
	}
	page, err := s.Products(bgc, other, engine.Filter{})
	s.ok(err)
	if len(page.Items) != 1 || page.Items[0].ID != theirs.ID {
		t.Errorf("listed %+v", page.Items)
	}
	_, err = s.Product(bgc, other, ours.ID)
	s.refused(err, engine.CodeProductUnknown)
	_, err = s.SaveProduct(bgc, other, ours)
	s.refused(err, engine.CodeProductUnknown)
}

func (s *shop) findProducts(q engine.ProductQuery) string {
	s.t.Helper()
	found, err := s.FindProducts(bgc, s.as(engine.Cashier), q)
	s.ok(err)
	var names []string
	for _, f := range found {
		names = append(names, f.Product.SKU)
	}
	return strings.Join(names, " ")
}

func TestFindProducts(t *testing.T) {
	s := newShop(t, "")
	s.product(coffee())
	s.product(engine.Product{SKU: "C-2", Name: "Cafeteira", Price: 9900, Active: true, Barcodes: []string{"96385074"}})
	s.product(engine.Product{SKU: "C-3", Name: "Filtro de café", Price: 500, Active: true, Barcodes: []string{"042100005264"}})
	s.product(engine.Product{SKU: "C-4", Name: "Café velho", Price: 500, Barcodes: []string{"4006381333931"}})
	for _, c := range []struct {
		q    engine.ProductQuery
		want string
	}{
		{engine.ProductQuery{SKU: "c-1"}, "C-1"},
		{engine.ProductQuery{SKU: "C"}, ""},
		{engine.ProductQuery{SKU: "c-4"}, ""}, // no longer sold
		{engine.ProductQuery{Barcode: "7891000315507"}, "C-1"},
		{engine.ProductQuery{Barcode: "036000291452"}, "C-1"},
		{engine.ProductQuery{Barcode: "0036000291452"}, "C-1"}, // UPC-A as EAN-13
		{engine.ProductQuery{Barcode: "00036000291452"}, "C-1"},
		{engine.ProductQuery{Barcode: "96385074"}, "C-2"},
		{engine.ProductQuery{Barcode: "04252614"}, "C-3"}, // UPC-E
		{engine.ProductQuery{Barcode: "4006381333931"}, ""},
		{engine.ProductQuery{Barcode: "5901234123457"}, ""},
		{engine.ProductQuery{Text: "cafe"}, "C-1 C-2 C-3"},
		{engine.ProductQuery{Text: "CAFÉ"}, "C-1 C-2 C-3"},
		{engine.ProductQuery{Text: "café", Limit: 1}, "C-1"},
		{engine.ProductQuery{Text: "caf fil"}, "C-3"},
		{engine.ProductQuery{Text: "cafez"}, ""},
		{engine.ProductQuery{Text: "%"}, ""},
		{engine.ProductQuery{}, ""},
	} {
		if got := s.findProducts(c.q); got != c.want {
			t.Errorf("%+v: %q, want %q", c.q, got, c.want)
		}
	}
	for text, code := range map[string]engine.Code{"7891000315508": engine.CodeBarcode, "12": engine.CodeBarcodeForm, "C-1": engine.CodeBarcodeForm} {
		_, err := s.FindProducts(bgc, s.owner, engine.ProductQuery{Barcode: text})
		s.refused(err, code)
	}
}

// labelOf writes the label of a scale.
func labelOf(digits string) string { return digits + string(engine.CheckDigit(digits)) }

func TestFindInStoreBarcodes(t *testing.T) {
	s := newShop(t, "")
	st := s.store
	st.Settings = engine.Settings{engine.SetWeightCodes: "20", engine.SetPriceCodes: "21"}
	_, err := s.SaveStore(bgc, s.owner, st)
	s.ok(err)
	s.product(engine.Product{SKU: "123", Name: "Queijo", Price: 5990, Weighed: true, Active: true})
	s.product(engine.Product{SKU: "00124", Name: "Presunto", Price: 3990, Weighed: true, Active: true})
	s.product(engine.Product{SKU: "pao", Name: "Pão", Price: 100, Active: true, Barcodes: []string{labelOf("200077700000")}})
	s.product(engine.Product{SKU: "gift", Name: "Cesta", Price: 100, Active: true, Barcodes: []string{labelOf("200012300555")}})
	for _, c := range []struct {
		label  string
		sku    string
		weight int64
		price  engine.Minor
	}{
		{labelOf("200012301250"), "123", 1250, 0},
		{labelOf("210012301250"), "123", 0, 1250},
		{labelOf("200012400001"), "00124", 1, 0},
		{labelOf("200012300000"), "123", 0, 0},   // a label without a weight: the till asks
		{labelOf("200077700200"), "pao", 200, 0}, // registered without its value; sold by the piece, which its line refuses
		{labelOf("200012300555"), "gift", 0, 0},  // these very digits are registered
		{labelOf("220012301250"), "", 0, 0},      // no prefix of this shop
		{labelOf("200099901250"), "", 0, 0},      // no such product
	} {
		found, err := s.FindProducts(bgc, s.owner, engine.ProductQuery{Barcode: c.label})
		s.ok(err)
		if c.sku == "" {
			if len(found) != 0 {
				t.Errorf("%s: %+v", c.label, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Product.SKU != c.sku || found[0].Weight != c.weight || found[0].Price != c.price {
			t.Errorf("%s: %+v", c.label, found)
		}
	}
}
