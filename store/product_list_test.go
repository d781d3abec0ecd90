package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// catalogue is a shop with 3,000 products of few words, and what it should
// list.
func catalogue(t *testing.T) (*shop, []engine.Product) {
	t.Helper()
	s := newShop(t, "")
	var rows []engine.ImportProduct
	for i := range 3000 {
		name := []string{"Café", "Chá", "Água", "Pão", "Bolo"}[i%5] + " " + []string{"doce", "ácido", "AZUL", "500"}[i%4] + fmt.Sprintf(" %d", i%7)
		p := engine.Product{SKU: fmt.Sprintf("S%04d", i), Name: name, Price: 100, Active: true}
		if i%3 == 0 {
			digits := fmt.Sprintf("789%09d", i*1000)
			p.Barcodes = []string{digits + string(engine.CheckDigit(digits))}
		}
		if i%30 == 1 {
			digits := fmt.Sprintf("789%04d", i)
			p.Barcodes = append(p.Barcodes, digits+string(engine.CheckDigit(digits)))
		}
		rows = append(rows, engine.ImportProduct{Line: i + 2, Product: p})
	}
	for _, o := range s.importProducts(rows) {
		s.ok(o.Err)
	}
	s.raw(`UPDATE product SET active = 0 WHERE substr(sku, 5, 1) = '7'`)
	var all []engine.Product
	for _, row := range rows {
		found, _ := s.FindProducts(bgc, s.owner, engine.ProductQuery{SKU: row.Product.SKU})
		if len(found) == 1 {
			all = append(all, found[0].Product)
		} else {
			p := row.Product
			p.Active = false
			all = append(all, p)
		}
	}
	return s, all
}

func (s *shop) importProducts(rows []engine.ImportProduct) []engine.ImportOutcome {
	s.t.Helper()
	out, err := s.ImportProducts(bgc, s.owner, rows)
	s.ok(err)
	return out
}

// wantProducts is the list as reading every product gives it.
func wantProducts(all []engine.Product, f engine.Filter) []string {
	var out []engine.Product
	words := engine.FoldWords(f.Search)
	for _, p := range all {
		if f.State != "" && (f.State == "active") != p.Active {
			continue
		}
		code := func(c string) bool { return strings.HasPrefix(c, f.Search) }
		if f.Search == "" || len(words) > 0 && nameBegins(p.Name, words) || strings.HasPrefix(strings.ToLower(p.SKU), strings.ToLower(f.Search)) ||
			slices.ContainsFunc(p.Barcodes, code) {
			out = append(out, p)
		}
	}
	// Those of one name stand in the order they were made, which is that of sku.
	slices.SortStableFunc(out, func(a, b engine.Product) int { return strings.Compare(foldName(a.Name), foldName(b.Name)) })
	return skus(out)
}

func skus(products []engine.Product) []string {
	out := []string{}
	for _, p := range products {
		out = append(out, p.SKU)
	}
	return out
}

// pagesOfProducts reads the list to its end, page by page.
func (s *shop) pagesOfProducts(t *rapid.T, f engine.Filter) []string {
	all := []string{}
	for {
		page, err := s.Products(bgc, s.owner, f)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Items) > f.Limit || page.Next != "" && len(page.Items) < f.Limit {
			t.Fatalf("a page of %d rows, asked for %d, next %q", len(page.Items), f.Limit, page.Next)
		}
		all = append(all, skus(page.Items)...)
		if page.Next == "" {
			return all
		}
		f.After = page.Next
	}
}

func TestProductsAgreeWithReadingEachOne(t *testing.T) {
	s, all := catalogue(t)
	searches := []string{
		"", "cafe", "café azul", "AZ 3", "a", "s0", "S001", "s0017", "789", "7890000", "78900000", "500", "x", "%", "S2999", "5", "-", "pao 500 6",
		all[3].Barcodes[0], all[31].Barcodes[0],
	}
	listed := 0
	rapid.Check(t, func(t *rapid.T) {
		f := engine.Filter{
			Search: rapid.SampledFrom(searches).Draw(t, "search"), State: rapid.SampledFrom([]string{"", "active", "inactive"}).Draw(t, "state"),
			Limit: rapid.SampledFrom([]int{50, 170, 499}).Draw(t, "limit"),
		}
		got := s.pagesOfProducts(t, f)
		if want := wantProducts(all, f); !slices.Equal(got, want) {
			t.Fatalf("%+v: %d products, want %d: %v, want %v", f, len(got), len(want), got[:min(9, len(got))], want[:min(9, len(want))])
		}
		listed += len(got)
	})
	if listed < 1000 {
		t.Errorf("all searches together list %d products: the test proves little", listed)
	}
}

// TestManyCandidatesWalkTheList sees that a page is the same whichever way it
// is read.
func TestManyCandidatesWalkTheList(t *testing.T) {
	s, _ := catalogue(t)
	search := productSearch{text: "s", sku: "s", words: []string{"s"}}
	err := s.read(bgc, func(tx *tx) error {
		walked, err := tx.walkProducts(s.owner.StoreID, productMark{}, 20, search.fits)
		if err != nil {
			return err
		}
		marks, err := tx.productCandidates(s.owner.StoreID, search)
		if err != nil {
			return err
		}
		picked, err := tx.pickProducts(s.owner.StoreID, marks, productMark{}, 20, search.fits)
		if !slices.Equal(skus(walked), skus(picked)) || len(walked) != 20 {
			t.Errorf("walked %v, picked %v", skus(walked), skus(picked))
		}
		return err
	})
	s.ok(err)
}

func TestProductMarks(t *testing.T) {
	s := newShop(t, "")
	for _, name := range []string{"B", "A", "C"} {
		s.product(engine.Product{SKU: name, Name: name, Price: 1, Active: true})
	}
	first, err := s.Products(bgc, s.owner, engine.Filter{Limit: 1})
	s.ok(err)
	// A product is renamed while its page is read: the next one goes on where
	// this one ended.
	p := first.Items[0]
	p.Name = "Z"
	s.product(p)
	rest, err := s.Products(bgc, s.owner, engine.Filter{After: first.Next})
	s.ok(err)
	if got := skus(rest.Items); !slices.Equal(got, []string{"B", "C", "A"}) {
		t.Errorf("then %v", got)
	}
	sales := saleList.mark(make([]byte, 16))
	for _, after := range []string{"x", "!", sales, productList.mark([]byte("short"))} {
		_, err := s.Products(bgc, s.owner, engine.Filter{After: after})
		s.refused(err, engine.CodeBadCursor)
	}
	_, err = s.Sales(bgc, s.owner, engine.Filter{After: first.Next})
	s.refused(err, engine.CodeBadCursor)
}
