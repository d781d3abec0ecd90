package store

import (
	"context"
	"strings"

	"bounceback/engine"
)

// mostProducts bounds how many products of a search at the counter are looked
// at.
const mostProducts = 500

var (
	// Whose name has exactly this word, then a longer one; both in the order of
	// an index.
	productWordExact = declare(`
SELECT p.name_fold, p.id FROM product_word w JOIN product p ON p.store_id = w.store_id AND p.id = w.product_id
 WHERE w.store_id = $1 AND w.word = $2 ORDER BY w.product_id LIMIT $3`)
	productWordLonger = declare(`
SELECT p.name_fold, p.id FROM product_word w JOIN product p ON p.store_id = w.store_id AND p.id = w.product_id
 WHERE w.store_id = $1 AND w.word > $2 AND w.word < $3 ORDER BY w.word LIMIT $4`)
)

// FindProducts finds active products by one thing known of them: a barcode, an
// sku, or beginnings of words of the name; the latter by name. A barcode that
// nobody has finds none; CodeBarcode and CodeBarcodeForm if it is none.
func (d *DB) FindProducts(ctx context.Context, a engine.Actor, q engine.ProductQuery) ([]engine.Found, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return nil, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultFound
	}
	found := []engine.Found{}
	err := d.read(ctx, func(t *tx) (err error) {
		switch {
		case q.Barcode != "":
			found, err = t.productsByBarcode(a.StoreID, q.Barcode)
		case q.SKU != "":
			found, err = t.activeProduct(found, productBySKU, a.StoreID, engine.FoldSKU(q.SKU))
		default:
			found, err = t.productsNamed(a.StoreID, q.Text, min(limit, mostProducts))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// activeProduct adds the product that a statement finds to found, if it is
// active.
func (t *tx) activeProduct(found []engine.Found, s statement, args ...any) ([]engine.Found, error) {
	p, ok, err := t.product(s, args...)
	if ok && p.Active {
		found = append(found, engine.Found{Product: p})
	}
	return found, err
}

// productsByBarcode finds the product of a barcode: by all its digits, else
// what an in-store barcode says.
func (t *tx) productsByBarcode(storeID engine.ID, text string) ([]engine.Found, error) {
	st, err := t.store(storeID)
	if err != nil {
		return nil, err
	}
	code, err := engine.ReadBarcode(text, st.Settings)
	if err != nil {
		return nil, err
	}
	found := []engine.Found{}
	for _, gtin := range []string{code.GTIN, code.Short} {
		if gtin == "" {
			continue
		}
		if found, err = t.activeProduct(found, productOf, storeID, gtin); err != nil || len(found) > 0 {
			return found, err
		}
	}
	if code.Item == "" {
		return found, nil
	}
	return t.productsInStore(storeID, code)
}

// productsInStore finds the product of an in-store barcode: by the barcode
// without its value, as it is registered, else by the item as sku, with or
// without its leading zeros.
func (t *tx) productsInStore(storeID engine.ID, code engine.Barcode) ([]engine.Found, error) {
	found := []engine.Found{}
	tries := []struct {
		by   statement
		mark string
	}{{productOf, code.Plain}, {productBySKU, code.Item}, {productBySKU, strings.TrimLeft(code.Item, "0")}}
	for _, try := range tries {
		var err error
		if found, err = t.activeProduct(found, try.by, storeID, try.mark); err != nil {
			return nil, err
		}
		if len(found) > 0 {
			found[0].Price, found[0].Weight = code.Price, code.Weight
			return found, nil
		}
	}
	return found, nil
}

// productsNamed finds active products by the beginnings of words of their
// names, in the order of the list.
func (t *tx) productsNamed(storeID engine.ID, text string, most int) ([]engine.Found, error) {
	words := engine.FoldWords(text)
	if len(words) == 0 {
		return []engine.Found{}, nil
	}
	marks := &markSet{}
	if err := t.productsWithWord(marks, storeID, longest(words), mostProducts); err != nil {
		return nil, err
	}
	fits := func(p engine.Product) bool { return p.Active && nameBegins(p.Name, words) }
	products, err := t.pickProducts(storeID, marks, productMark{}, most, fits)
	found := make([]engine.Found, len(products))
	for i, p := range products {
		found[i].Product = p
	}
	return found, err
}

// productsWithWord adds at most most products that have a word that begins so.
func (t *tx) productsWithWord(marks *markSet, storeID engine.ID, word string, most int) error {
	before := len(marks.marks)
	if err := t.rows(productWordExact, []any{storeID, word, most}, marks.take); err != nil {
		return err
	}
	left := most - (len(marks.marks) - before)
	if left <= 0 {
		return nil
	}
	return t.rows(productWordLonger, []any{storeID, word, word + endOfText, left}, marks.take)
}

// endOfText comes after everything that a text may go on with.
const endOfText = "\U0010ffff"

// productMark is where a product stands in the list: by name, then id.
type productMark struct {
	name string // folded
	id   engine.ID
}

// compare orders marks as the list is.
func (m productMark) compare(other productMark) int {
	if c := strings.Compare(m.name, other.name); c != 0 {
		return c
	}
	return strings.Compare(string(m.id[:]), string(other.id[:]))
}

// markSet gathers the marks of products, each once.
type markSet struct {
	marks []productMark
	seen  map[engine.ID]bool
}

// take reads a row of a folded name and an id.
func (s *markSet) take(scan func(...any) error) error {
	var m productMark
	if err := scan(&m.name, &m.id); err != nil || s.seen[m.id] {
		return err
	}
	if s.seen == nil {
		s.seen = map[engine.ID]bool{}
	}
	s.seen[m.id] = true
	s.marks = append(s.marks, m)
	return nil
}
