package store

import (
	"context"
	"strings"

	"bounceback/engine"
)

// productColumns are what scanProduct reads.
const productColumns = `
p.id, p.sku, p.name, p.barcodes, p.category, p.brand, p.tags, p.price, p.floor, p.cost, p.weighed, p.no_discount, p.counted,
p.stock, p.active, p.created, p.updated`

var (
	productByID  = declare(`SELECT ` + productColumns + ` FROM product p WHERE p.store_id = $1 AND p.id = $2`)
	productBySKU = declare(`SELECT ` + productColumns + ` FROM product p WHERE p.store_id = $1 AND p.sku_fold = $2`)
	productOf    = declare(`
SELECT ` + productColumns + ` FROM product_barcode b JOIN product p ON p.store_id = b.store_id AND p.id = b.product_id
 WHERE b.store_id = $1 AND b.gtin = $2`)
	productInsert = declare(`
INSERT INTO product (store_id, id, sku, sku_fold, name, name_fold, barcodes, category, brand, tags, price, floor, cost,
                     weighed, no_discount, counted, stock, active, updated, created)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)`)
	productUpdate = declare(`
UPDATE product SET sku = $3, sku_fold = $4, name = $5, name_fold = $6, barcodes = $7, category = $8, brand = $9, tags = $10,
       price = $11, floor = $12, cost = $13, weighed = $14, no_discount = $15, counted = $16, stock = $17, active = $18, updated = $19
 WHERE store_id = $1 AND id = $2`)
	barcodeOwner = declare(`
SELECT p.id, p.sku FROM product_barcode b JOIN product p ON p.store_id = b.store_id AND p.id = b.product_id
 WHERE b.store_id = $1 AND b.gtin = $2`)
	barcodeInsert     = declare(`INSERT INTO product_barcode (store_id, gtin, product_id) VALUES ($1, $2, $3)`)
	barcodeDelete     = declare(`DELETE FROM product_barcode WHERE store_id = $1 AND gtin = $2`)
	productWordDelete = declare(`DELETE FROM product_word WHERE store_id = $1 AND word = $2 AND product_id = $3`)
)

// scanProduct reads a row of productColumns.
func scanProduct(scan func(...any) error) (engine.Product, error) {
	var p engine.Product
	var barcodes, tags string
	err := scan(&p.ID, &p.SKU, &p.Name, &barcodes, &p.Category, &p.Brand, &tags, &p.Price, &p.Floor, &p.Cost, &p.Weighed,
		&p.NoDiscount, &p.Counted, &p.Stock, &p.Active, &p.Created, &p.Updated)
	p.Barcodes, p.Tags = splitList(barcodes), splitList(tags)
	return p, err
}

// productValues are the values of productInsert and productUpdate.
func productValues(storeID engine.ID, p engine.Product) []any {
	return []any{
		storeID, p.ID, p.SKU, engine.FoldSKU(p.SKU), p.Name, foldName(p.Name), joinList(p.Barcodes), p.Category, p.Brand,
		joinList(p.Tags), p.Price, p.Floor, p.Cost, p.Weighed, p.NoDiscount, p.Counted, p.Stock, p.Active, p.Updated,
	}
}

// joinList writes a list of texts without line ends as one text.
func joinList(list []string) string { return strings.Join(list, "\n") }

// splitList reads what joinList wrote; an empty list is nil.
func splitList(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// product gives the product that a statement finds, if any.
func (t *tx) product(s statement, args ...any) (p engine.Product, found bool, err error) {
	err = t.rows(s, args, func(scan func(...any) error) error {
		found = true
		p, err = scanProduct(scan)
		return err
	})
	return p, found, err
}

// Product gives one product; CodeProductUnknown if the actor's store has none
// of that id.
func (d *DB) Product(ctx context.Context, a engine.Actor, id engine.ID) (engine.Product, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return engine.Product{}, err
	}
	var p engine.Product
	err := d.read(ctx, func(t *tx) error {
		var found bool
		var err error
		if p, found, err = t.product(productByID, a.StoreID, id); err == nil && !found {
			err = engine.Refuse(engine.CodeProductUnknown, "text", id)
		}
		return err
	})
	return p, err
}

// SaveProduct makes a product (zero ID) or changes one. CodeSKUUsed and
// CodeBarcodeUsed if another product has its sku or a barcode of it.
func (d *DB) SaveProduct(ctx context.Context, a engine.Actor, p engine.Product) (engine.Product, error) {
	p = p.Tidy()
	if err := firstError(a.Need(engine.MayEditProducts), p.Check()); err != nil {
		return engine.Product{}, err
	}
	err := d.write(ctx, func(t *tx) (err error) {
		p, err = t.saveProduct(a, p)
		return err
	})
	if err != nil {
		return engine.Product{}, err
	}
	return p, nil
}

func (t *tx) saveProduct(a engine.Actor, p engine.Product) (engine.Product, error) {
	if _, err := t.store(a.StoreID); err != nil {
		return p, err
	}
	var was engine.Product
	if !p.ID.IsZero() {
		var found bool
		var err error
		if was, found, err = t.product(productByID, a.StoreID, p.ID); err != nil {
			return p, err
		}
		if !found {
			return p, engine.Refuse(engine.CodeProductUnknown, "text", p.ID)
		}
	}
	if p.StockRead != nil && p.Counted && was.Counted {
		p.Stock += was.Stock - *p.StockRead
	}
	p.StockRead = nil
	same, found, err := t.product(productBySKU, a.StoreID, engine.FoldSKU(p.SKU))
	if err != nil {
		return p, err
	}
	if found && same.ID != was.ID {
		return p, engine.Refuse(engine.CodeSKUUsed, "sku", same.SKU, "name", same.Name)
	}
	p, changed, err := t.keepProduct(a.StoreID, was, p)
	if err != nil || !changed {
		return p, err
	}
	return p, t.audit(a, productAction(was), "product", p.ID, productChanges(was, p), "")
}

// productAction names in the audit log what is done to a product that was so.
func productAction(was engine.Product) string {
	if was.ID.IsZero() {
		return "product.add"
	}
	return "product.edit"
}

// keepProduct writes a product that was another, or was not; changed is false if
// nothing differs. Whatever may refuse it comes before anything is written.
func (t *tx) keepProduct(storeID engine.ID, was, p engine.Product) (kept engine.Product, changed bool, err error) {
	isNew := was.ID.IsZero()
	p.ID, p.Created, p.Updated = was.ID, was.Created, was.Updated
	if !isNew && productChanges(was, p) == "" {
		return p, false, nil
	}
	if err := t.barcodesFree(storeID, was, p); err != nil {
		return p, false, err
	}
	write := productUpdate
	if isNew {
		p.ID, p.Created, write = t.newID(), t.now, productInsert
	}
	p.Updated = t.now
	if _, err := t.exec(write, productValues(storeID, p)...); err != nil {
		return p, false, err
	}
	if err := t.changeBarcodes(storeID, p.ID, was.Barcodes, p.Barcodes); err != nil {
		return p, false, err
	}
	return p, true, t.changeProductWords(storeID, p.ID, was.Name, p.Name)
}
