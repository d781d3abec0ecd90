package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"bounceback/engine"
)

// ImportProducts makes or changes products by their sku in one transaction. An
// outcome is Added or Changed, or neither if the product was there so. A row
// that is refused stops no other and writes nothing.
func (d *DB) ImportProducts(ctx context.Context, a engine.Actor, rows []engine.ImportProduct) ([]engine.ImportOutcome, error) {
	if err := a.Need(engine.MayEditProducts); err != nil {
		return nil, err
	}
	a.Origin = engine.FromImport
	var out []engine.ImportOutcome
	err := d.write(ctx, func(t *tx) error {
		if _, err := t.store(a.StoreID); err != nil {
			return err
		}
		out = make([]engine.ImportOutcome, 0, len(rows))
		added, changed, keys := int64(0), int64(0), sha256.New()
		for _, row := range rows {
			id, o := t.importProduct(a.StoreID, row)
			if o.Err != nil && engine.ClassOf(o.Err) == engine.Fault {
				return o.Err
			}
			out = append(out, o)
			switch {
			case o.Added:
				added++
			case o.Changed:
				changed++
			default:
				continue
			}
			_, _ = keys.Write(id[:]) // hashes do not fail
		}
		if added+changed == 0 {
			return nil
		}
		detail := facts("added", added, "changed", changed, "keys", hex.EncodeToString(keys.Sum(nil)))
		return t.audit(a, "import.products", "product", t.newID(), detail, "")
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// importProduct makes or changes the product of one row. A file does not say
// what is sold no more, so a product that is there stays active or not.
func (t *tx) importProduct(storeID engine.ID, row engine.ImportProduct) (engine.ID, engine.ImportOutcome) {
	o := engine.ImportOutcome{Line: row.Line}
	row.Product = row.Product.Tidy()
	was, found, err := t.product(productBySKU, storeID, engine.FoldSKU(row.Product.SKU))
	if err != nil {
		o.Err = err
		return engine.ID{}, o
	}
	p := row.Over(was)
	check := row.CheckNew
	if found {
		p.Active, check = was.Active, p.Check
	}
	if o.Err = check(); o.Err != nil {
		return p.ID, o
	}
	p, changed, err := t.keepProduct(storeID, was, p)
	o.Err = err
	o.Added = err == nil && !found
	o.Changed = err == nil && found && changed
	return p.ID, o
}
