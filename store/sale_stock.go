package store

import (
	"slices"

	"bounceback/engine"
)

var (
	stockMove = declare(`
UPDATE product SET stock = stock + $3 WHERE store_id = $1 AND sku_fold = $2 AND counted = 1 RETURNING stock`)
	stockGive = declare(`
UPDATE product SET stock = stock - $3 WHERE store_id = $1 AND sku_fold = $2 AND counted = 1 AND stock >= $3 RETURNING stock`)
)

// bookStock lowers the stock of what was sold and given. What lies on the
// counter is sold, even if the shop thinks that there is none left; of that,
// the audit log keeps note. A gift is promised only while there is one.
func (t *tx) bookStock(r *ringing) error {
	for _, l := range r.sale.Lines {
		fold := engine.FoldSKU(l.Line.SKU)
		p := r.products[fold]
		n := stockOf(l.Line, p)
		if !p.Counted || n == 0 {
			continue
		}
		if l.Gift {
			var left int64
			ok, err := t.row(stockGive, []any{r.actor.StoreID, fold, n}, &left)
			if err == nil && !ok {
				err = engine.Refuse(engine.CodeGiftGone, "name", l.Line.Name)
			}
			if err != nil {
				return err
			}
			continue
		}
		var left int64
		if _, err := t.row(stockMove, []any{r.actor.StoreID, fold, -n}, &left); err != nil {
			return err
		}
		if left < 0 && !slices.Contains(r.short, p.SKU) {
			r.short = append(r.short, p.SKU)
		}
	}
	return nil
}

// stockOf is how much a whole line takes of its product's stock: pieces, or the
// thousandths of what is weighed. A piece whose label carried its price is as
// much as that price buys.
func stockOf(l engine.Line, p engine.Product) int64 {
	switch {
	case !p.Weighed:
		return l.Units
	case l.Weight != 0:
		return l.Weight
	case p.Price <= 0:
		return 0
	}
	n, err := engine.Share(l.Price, engine.WeightUnit, p.Price, engine.HalfUp)
	if err != nil {
		return 0
	}
	return int64(n) * l.Units
}

// restock gives units of a line back to the stock of its product, if the shop
// counts it now.
func (t *tx) restock(storeID engine.ID, l engine.SaleLine, units int64) error {
	if units == 0 || l.Line.SKU == "" {
		return nil
	}
	fold := engine.FoldSKU(l.Line.SKU)
	p, found, err := t.product(productBySKU, storeID, fold)
	if err != nil || !found || !p.Counted {
		return err
	}
	n := stockOf(l.Line, p)
	if !p.Weighed {
		n = units
	}
	_, err = t.row(stockMove, []any{storeID, fold, n}, new(int64))
	return err
}
