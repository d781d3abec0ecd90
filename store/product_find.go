package store

import (
	"context"
	"slices"
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
SELECT product_id FROM product_word WHERE store_id = $1 AND word = $2 ORDER BY product_id LIMIT $3`)
	productWordLonger = declare(`
SELECT product_id FROM product_word WHERE store_id = $1 AND word > $2 AND word < $3 ORDER BY word LIMIT $4`)
)

// FindProducts finds active products by one thing known of them: a barcode, an
// sku, or beginnings of words of the name; the latter by name. A barcode that
// nobody has finds none; CodeBarcode and CodeBarcodeForm if it is none.
func (d *DB) FindProducts(ctx context.Context, a engine.Actor, q engine.ProductQuery) ([]engine.Found, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return nil, err
	}
	found := []engine.Found{}
	err := d.read(ctx, func(t *tx) (err error) {
		switch {
		case q.Barcode != "":
			found, err = t.productsByBarcode(a.StoreID, q.Barcode)
		case q.SKU != "":
			found, err = t.activeProduct(found, productBySKU, a.StoreID, engine.FoldSKU(q.SKU))
		default:
			found, err = t.productsNamed(a.StoreID, q.Text)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultFound
	}
	return found[:min(limit, len(found))], nil
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
		if gtin == "" || gtin == code.Plain {
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
			found[0].Price = code.Price
			if found[0].Product.Weighed { // a piece has no weight to be priced by
				found[0].Weight = code.Weight
			}
			return found, nil
		}
	}
	return found, nil
}

// productsNamed finds active products by the beginnings of words of their
// names: by the longest one in the file, by the others here.
func (t *tx) productsNamed(storeID engine.ID, text string) ([]engine.Found, error) {
	found := []engine.Found{}
	words := engine.FoldWords(text)
	if len(words) == 0 {
		return found, nil
	}
	ids, err := t.productIDsNamed(storeID, longest(words), mostProducts)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		p, _, err := t.product(productByID, storeID, id)
		if err != nil {
			return nil, err
		}
		if p.Active && nameBegins(p.Name, words) {
			found = append(found, engine.Found{Product: p})
		}
	}
	slices.SortFunc(found, func(a, b engine.Found) int { return byName(a.Product, b.Product) })
	return found, nil
}

// byName is the order products are listed in.
func byName(a, b engine.Product) int {
	if c := strings.Compare(foldName(a.Name), foldName(b.Name)); c != 0 {
		return c
	}
	return strings.Compare(string(a.ID[:]), string(b.ID[:]))
}

// productIDsNamed lists at most most products with a word that begins so, each
// once.
func (t *tx) productIDsNamed(storeID engine.ID, word string, most int) ([]engine.ID, error) {
	ids := &idSet{}
	if err := t.rows(productWordExact, []any{storeID, word, most}, ids.take); err != nil || len(ids.ids) >= most {
		return ids.ids, err
	}
	err := t.rows(productWordLonger, []any{storeID, word, word + endOfText, most - len(ids.ids)}, ids.take)
	return ids.ids, err
}

// endOfText comes after everything that a text may go on with.
const endOfText = "\U0010ffff"

// idSet gathers ids, each once, in the order they come.
type idSet struct {
	ids  []engine.ID
	seen map[engine.ID]bool
}

// take reads a row of one id.
func (s *idSet) take(scan func(...any) error) error {
	var id engine.ID
	if err := scan(&id); err != nil {
		return err
	}
	s.add(id)
	return nil
}

func (s *idSet) add(id engine.ID) {
	if s.seen[id] {
		return
	}
	if s.seen == nil {
		s.seen = map[engine.ID]bool{}
	}
	s.seen[id] = true
	s.ids = append(s.ids, id)
}
