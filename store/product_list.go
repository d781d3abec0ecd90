package store

import (
	"context"
	"slices"
	"strings"

	"bounceback/engine"
)

// productList marks the pages of the list of products.
const productList listKind = 'p'

var (
	productsAfter = declare(`
SELECT ` + productColumns + ` FROM product p
 WHERE p.store_id = $1 AND (p.name_fold, p.id) > ($2, $3) ORDER BY p.name_fold, p.id`)
	productsOfSKU = declare(`
SELECT p.name_fold, p.id FROM product p WHERE p.store_id = $1 AND p.sku_fold >= $2 AND p.sku_fold < $3 ORDER BY p.sku_fold LIMIT $4`)
	productsOfBarcode = declare(`
SELECT p.name_fold, p.id FROM product_barcode b JOIN product p ON p.store_id = b.store_id AND p.id = b.product_id
 WHERE b.store_id = $1 AND b.gtin >= $2 AND b.gtin < $3 ORDER BY b.gtin LIMIT $4`)
)

// readProductMark reads a page's mark; CodeBadCursor if this list did not make
// it.
func readProductMark(after string) (productMark, error) {
	key, found, err := productList.unmarkLong(after, len(engine.ID{}))
	if err != nil || !found {
		return productMark{}, err
	}
	return productMark{name: string(key[len(engine.ID{}):]), id: engine.ID(key)}, nil
}

// productKey is a product's key in marks: its id and the folded name.
func productKey(p engine.Product) []byte { return append(p.ID[:], foldName(p.Name)...) }

// Products lists products by name: by State (active, inactive) and Search:
// beginnings of the words of the name, of the sku, or of a barcode.
func (d *DB) Products(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Product], error) {
	var page engine.Page[engine.Product]
	if err := a.Need(engine.MaySell); err != nil {
		return page, err
	}
	after, err := readProductMark(f.After)
	if err != nil {
		return page, err
	}
	err = d.read(ctx, func(t *tx) error {
		items, err := t.productsListed(a.StoreID, f, after)
		page = cut(productList, items, f.Rows(), productKey)
		return err
	})
	return page, err
}

// productsListed reads the products of a page, and one more if there is one.
func (t *tx) productsListed(storeID engine.ID, f engine.Filter, after productMark) ([]engine.Product, error) {
	s := newProductSearch(f)
	if s.text == "" {
		return t.walkProducts(storeID, after, f.Rows()+1, s.fits)
	}
	marks, err := t.productCandidates(storeID, s)
	switch {
	case err != nil:
		return nil, err
	case len(marks.marks) > mostCandidates:
		return t.walkProducts(storeID, after, f.Rows()+1, s.fits)
	}
	return t.pickProducts(storeID, marks, after, f.Rows()+1, s.fits)
}

// productSearch is what a list of products is narrowed by.
type productSearch struct {
	state string
	text  string // as typed; empty: all
	words []string
	sku   string // folded
}

func newProductSearch(f engine.Filter) productSearch {
	text := strings.TrimSpace(f.Search)
	return productSearch{state: f.State, text: text, words: engine.FoldWords(text), sku: engine.FoldSKU(text)}
}

func (s productSearch) fits(p engine.Product) bool {
	if s.state != "" && (s.state == "active") != p.Active {
		return false
	}
	hasCode := func(code string) bool { return strings.HasPrefix(code, s.text) }
	return s.text == "" || len(s.words) > 0 && nameBegins(p.Name, s.words) ||
		strings.HasPrefix(engine.FoldSKU(p.SKU), s.sku) || slices.ContainsFunc(p.Barcodes, hasCode)
}

// productCandidates lists the products that may fit a search; more than
// mostCandidates means that there are others.
func (t *tx) productCandidates(storeID engine.ID, s productSearch) (*markSet, error) {
	const most = mostCandidates + 1
	marks := &markSet{}
	if err := t.rows(productsOfSKU, []any{storeID, s.sku, s.sku + endOfText, most}, marks.take); err != nil {
		return nil, err
	}
	for _, kind := range barcodeKinds(s.text) {
		if err := t.rows(productsOfBarcode, []any{storeID, kind, kind + ":", most}, marks.take); err != nil { // ":" comes after "9"
			return nil, err
		}
	}
	if len(s.words) == 0 {
		return marks, nil
	}
	return marks, t.productsWithWord(marks, storeID, longest(s.words), most)
}

// barcodeKinds are the beginnings of the GTINs of barcodes that begin with
// these digits: one for each kind of barcode.
func barcodeKinds(digits string) (kinds []string) {
	if strings.Trim(digits, "0123456789") != "" {
		return nil
	}
	for _, length := range []int{8, 12, 13, 14} {
		if len(digits) <= length {
			kinds = append(kinds, strings.Repeat("0", 14-length)+digits)
		}
	}
	return kinds
}

// pickProducts puts candidates in the list's order and reads them behind a mark
// until enough fit.
func (t *tx) pickProducts(storeID engine.ID, marks *markSet, after productMark, most int, fits func(engine.Product) bool) ([]engine.Product, error) {
	slices.SortFunc(marks.marks, productMark.compare)
	items := []engine.Product{}
	for _, m := range marks.marks {
		if m.compare(after) <= 0 {
			continue
		}
		p, _, err := t.product(productByID, storeID, m.id)
		if err != nil {
			return nil, err
		}
		if !fits(p) {
			continue
		}
		if items = append(items, p); len(items) == most {
			break
		}
	}
	return items, nil
}

// walkProducts reads the list from a mark on until there are enough.
func (t *tx) walkProducts(storeID engine.ID, after productMark, most int, fits func(engine.Product) bool) ([]engine.Product, error) {
	items := []engine.Product{}
	err := t.walk(productsAfter, []any{storeID, after.name, after.id[:]}, func(scan func(...any) error) error {
		p, err := scanProduct(scan)
		if err != nil || !fits(p) {
			return err
		}
		if items = append(items, p); len(items) == most {
			return errEnough
		}
		return nil
	})
	return items, err
}
