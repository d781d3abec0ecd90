package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bounceback/engine"
)

// barcodesFree refuses a barcode that another product has.
func (t *tx) barcodesFree(storeID engine.ID, was, p engine.Product) error {
	for _, code := range p.Barcodes {
		if slices.Contains(was.Barcodes, code) {
			continue
		}
		var id engine.ID
		var sku string
		found, err := t.row(barcodeOwner, []any{storeID, engine.GTIN(code)}, &id, &sku)
		if err != nil {
			return err
		}
		if found && id != was.ID {
			return engine.Refuse(engine.CodeBarcodeUsed, "text", code, "sku", sku)
		}
	}
	return nil
}

// changeBarcodes keeps the barcodes a product is found by.
func (t *tx) changeBarcodes(storeID, id engine.ID, was, now []string) error {
	had, have := gtins(was), gtins(now)
	for _, code := range had {
		if slices.Contains(have, code) {
			continue
		}
		if _, err := t.exec(barcodeDelete, storeID, code); err != nil {
			return err
		}
	}
	for _, code := range have {
		if slices.Contains(had, code) {
			continue
		}
		if _, err := t.exec(barcodeInsert, storeID, code, id); err != nil {
			return err
		}
	}
	return nil
}

func gtins(barcodes []string) []string {
	out := make([]string, len(barcodes))
	for i, code := range barcodes {
		out[i] = engine.GTIN(code)
	}
	return out
}

// changeProductWords keeps the words a product's name is found by.
func (t *tx) changeProductWords(storeID, id engine.ID, was, name string) error {
	if was == name {
		return nil
	}
	had, have := engine.FoldWords(was), engine.FoldWords(name)
	for _, w := range had {
		if slices.Contains(have, w) {
			continue
		}
		if _, err := t.exec(productWordDelete, storeID, w, id); err != nil {
			return err
		}
	}
	return t.addProductWords(storeID, id, slices.DeleteFunc(have, func(w string) bool { return slices.Contains(had, w) }))
}

// wordsAtOnce are the statements that add one word, two words and so on: words
// are most of what an import writes.
var wordsAtOnce = func() (out [6]statement) {
	values := "($1, $3, $2)"
	for i := range out {
		out[i] = declare(`INSERT INTO product_word (store_id, word, product_id) VALUES ` + values + ` ON CONFLICT DO NOTHING`)
		values += fmt.Sprintf(", ($1, $%d, $2)", i+4)
	}
	return out
}()

func (t *tx) addProductWords(storeID, id engine.ID, words []string) error {
	for some := range slices.Chunk(words, len(wordsAtOnce)) {
		args := []any{storeID, id}
		for _, w := range some {
			args = append(args, w)
		}
		if _, err := t.exec(wordsAtOnce[len(some)-1], args...); err != nil {
			return err
		}
	}
	return nil
}

// productFact is one thing of a product as the audit log writes it.
type productFact struct{ name, value string }

func productFacts(p engine.Product) []productFact {
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	return []productFact{
		{"sku", quoted(p.SKU)},
		{"name", quoted(p.Name)},
		{"barcodes", strings.Join(p.Barcodes, " ")},
		{"category", quoted(p.Category)},
		{"brand", quoted(p.Brand)},
		{"tags", quoted(strings.Join(p.Tags, ", "))},
		{"price", number(int64(p.Price))},
		{"floor", number(int64(p.Floor))},
		{"cost", number(int64(p.Cost))},
		{"weighed", fmt.Sprint(p.Weighed)},
		{"no_discount", fmt.Sprint(p.NoDiscount)},
		{"counted", fmt.Sprint(p.Counted)},
		{"stock", number(p.Stock)},
		{"sold", fmt.Sprint(p.Active)},
	}
}

// productChanges writes what differs between two products as name=old>new.
func productChanges(before, after engine.Product) string {
	var out []string
	was, is := productFacts(before), productFacts(after)
	for i := range is {
		if was[i] != is[i] {
			out = append(out, is[i].name+"="+was[i].value+">"+is[i].value)
		}
	}
	return strings.Join(out, "; ")
}
