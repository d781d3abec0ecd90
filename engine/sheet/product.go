package sheet

import (
	"strings"

	"bounceback/engine"
)

// inProducts are the names that columns have in files of products, folded, the
// surest first: English, Portuguese, Spanish.
var inProducts = map[Field][]string{
	SKU: {
		"sku", "variant sku", "product code", "item code", "item number", "item no", "product id", "item id", "article number", "part number", "style",
		"code", "codigo do produto", "codigo produto", "cod produto", "codigo interno", "codigo", "cod", "referencia", "ref", "reference",
		"id do produto", "id produto", "codigo del producto", "codigo de producto", "articulo", "id", "number", "numero",
	},
	Barcode: {
		"barcode", "barcodes", "bar code", "ean", "ean 13", "ean13", "gtin", "upc", "codigo de barras", "codigo de barra", "cod barras",
		"cod de barras", "codigos de barras", "gtin ean", "variant barcode",
	},
	Name: {
		"name", "product name", "item name", "product", "item", "title", "description", "nome", "nome do produto", "produto", "descricao",
		"descricao do produto", "mercadoria", "nombre", "nombre del producto", "producto", "descripcion", "titulo",
	},
	Category: {
		"category", "category path", "product category", "department", "product type", "type", "categoria", "departamento", "secao", "setor",
		"grupo", "group", "familia", "seccion", "tipo",
	},
	Brand: {"brand", "vendor", "manufacturer", "marca", "fabricante", "fornecedor"},
	Tags:  {"tags", "tag", "labels", "keywords", "etiquetas", "palavras chave"},
	Price: {
		"price", "unit price", "sale price", "selling price", "retail price", "variant price", "preco", "preco de venda", "preco venda",
		"preco unitario", "valor", "valor de venda", "valor unitario", "precio", "precio de venta", "precio unitario", "pvp",
	},
	Floor: {
		"floor", "floor price", "least price", "minimum price", "min price", "lowest price", "preco minimo", "valor minimo", "precio minimo",
	},
	Cost: {
		"cost", "unit cost", "cost price", "cost per item", "purchase price", "custo", "preco de custo", "preco custo", "custo unitario",
		"valor de custo", "costo", "coste", "precio de costo", "precio de compra", "preco de compra",
	},
	Weighed: {
		"weighed", "sold by weight", "by weight", "scale", "pesavel", "por peso", "vendido por peso", "pesado", "balanca", "unit", "unit of measure",
		"uom", "unidade", "unidade de medida", "un", "unidad", "unidad de medida",
	},
	Discountable: {
		"discountable", "discount allowed", "allow discount", "allow discounts", "permite desconto", "aceita desconto", "com desconto",
		"permite descuento", "acepta descuento",
	},
	Stock: {
		"stock", "in stock", "stock on hand", "on hand", "quantity", "qty", "inventory", "variant inventory qty", "estoque", "estoque atual",
		"quantidade", "qtd", "qtde", "saldo", "existencias", "cantidad", "inventario",
	},
}

// product reads what is sold. Where the file has no sku, the first barcode is
// it.
func (l *Layout) product(row *Row) error {
	p := engine.Product{
		SKU: l.cell(row, SKU), Barcodes: barcodes(l.cell(row, Barcode)), Name: l.cell(row, Name), Category: categoryPath(l.cell(row, Category)),
		Brand: l.cell(row, Brand), Tags: pieces(l.cell(row, Tags)), Active: true,
	}
	if p.SKU == "" && len(p.Barcodes) > 0 {
		p.SKU = p.Barcodes[0]
	}
	if p.SKU == "" {
		return engine.BadInput(CodeRowNoProduct)
	}
	var err error
	if has(l.Columns, Price) {
		if p.Price, err = l.amount(l.cell(row, Price)); err != nil {
			return err
		}
	}
	for f, to := range map[Field]*engine.Minor{Floor: &p.Floor, Cost: &p.Cost} {
		if text := l.cell(row, f); text != "" {
			if *to, err = l.amount(text); err != nil {
				return err
			}
		}
	}
	if p.Weighed, err = yesOrUnit(Weighed, l.cell(row, Weighed), false); err != nil {
		return err
	}
	free, err := yesOrUnit(Discountable, l.cell(row, Discountable), true)
	if err != nil {
		return err
	}
	p.NoDiscount = !free
	p.Stock, p.Counted, err = l.stock(l.cell(row, Stock), p.Weighed)
	row.Product = p
	return err
}

// barcodes cuts a cell that holds several barcodes. An apostrophe that keeps a
// spreadsheet from counting with them is dropped.
func barcodes(text string) []string {
	out := pieces(text)
	for i, b := range out {
		out[i] = strings.ReplaceAll(strings.TrimLeft(b, "'"), " ", "")
	}
	return out
}

// categoryPath brings the ways that programs write a path to one:
// "Drinks > Coffee" is Drinks/Coffee.
func categoryPath(text string) string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '>' || r == '»' || r == '|' || r == '\\' })
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "/")
}

// units are what programs write as the unit of what is sold by the piece.
var units = map[string]bool{
	"un": true, "und": true, "unid": true, "unidade": true, "unidad": true, "unit": true, "each": true, "ea": true, "pc": true, "pcs": true,
	"piece": true, "pca": true, "peca": true, "pieza": true, "pct": true, "pacote": true, "cx": true, "caixa": true, "caja": true, "box": true,
	"fd": true, "fardo": true, "par": true, "pair": true, "kit": true, "dz": true, "duzia": true, "gf": true, "garrafa": true, "lt": true,
	"lata": true, "l": true, "ml": true, "jg": true, "rl": true, "sc": true, "bj": true, "pt": true, "pote": true, "fr": true, "frasco": true,
}

// yesOrUnit reads an answer of yes or no; where it is about weight, a unit
// answers it too. An empty cell is otherwise.
func yesOrUnit(f Field, text string, otherwise bool) (bool, error) {
	word := strings.Join(engine.FoldWords(text), " ")
	if word == "" {
		return otherwise, nil
	}
	if f == Weighed {
		switch {
		case word == "kg" || word == "kilo" || word == "quilo" || word == "kilogram" || word == "quilograma":
			return true, nil
		case units[word]:
			return false, nil
		}
	}
	switch answer, err := consent(text); {
	case err == nil && answer == engine.ConsentYes:
		return true, nil
	case err == nil && answer == engine.ConsentNo:
		return false, nil
	}
	return false, engine.BadInput(CodeRowYesNo, "column", string(f), "text", text)
}

// stockDecimals are the decimals of what is weighed.
const stockDecimals = 3

// stock reads how much is left: pieces, or thousandths of what is weighed. An
// empty cell is not counted; programs that let more be sold than there was
// write less than nothing, which is nothing here.
func (l *Layout) stock(text string, weighed bool) (left int64, counted bool, err error) {
	if text == "" {
		return 0, false, nil
	}
	s := bare(text)
	if negative := strings.TrimPrefix(s, "-"); negative != s && strings.Trim(negative, "0123456789.,") == "" {
		return 0, true, nil
	}
	decimal, exponent := l.Decimal, 0
	if decimal == 0 {
		decimal = decimalOf(s)
	}
	if weighed {
		exponent = stockDecimals
	}
	bad := engine.BadInput(CodeRowStock, "text", text)
	if decimal == 0 && strings.ContainsAny(s, ".,") {
		return 0, false, bad
	}
	if decimal == 0 {
		decimal = '.'
	}
	plain, ok := plainAmount(s, decimal, exponent)
	if !ok {
		return 0, false, bad
	}
	n, err := engine.ParseAmount(plain, engine.Marks{Decimal: '.', Exponent: exponent})
	if err != nil {
		return 0, false, bad
	}
	return int64(n), true, nil
}
