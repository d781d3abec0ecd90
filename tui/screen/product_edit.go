package screen

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

func editProduct(b *base, p engine.Product) tea.Cmd {
	return b.may(engine.MayEditProducts, func() tea.Cmd { return open(newProductForm(b.env, p)) })
}

// productForm is the form of a product.
type productForm struct {
	env   *Env
	begun engine.Product
}

// newProductForm is the page with the form of a product, new if it has no id.
//
// words: lists.product.title.new lists.product.title.edit
func newProductForm(env *Env, p engine.Product) *editor {
	f := &productForm{env: env, begun: p}
	title := env.Words.T("lists.product.title.edit", "name", p.Name)
	if p.ID.IsZero() {
		title = env.Words.T("lists.product.title.new")
	}
	form := kit.NewForm("", env.explain, f.fields()...)
	form.Faults = true
	form.Check = func(v kit.Values) (string, error) {
		err := f.product(v).Check()
		return productFaulty[engine.CodeOf(err)], err
	}
	form.Sentence = f.sentence
	return newEditor(env, title, form, f.save)
}

// productFaulty says at which field an error of the whole product is shown.
var productFaulty = map[engine.Code]string{
	engine.CodeProductSKU: "sku", engine.CodeProductName: "name", engine.CodeProductFloor: "floor", engine.CodeProductPrice: "price",
	engine.CodeCategory: "category", engine.CodeBarcode: "barcodes", engine.CodeStockRange: "stock",
}

func (f *productForm) fields() []kit.Field {
	env, p := f.env, f.begun
	return []kit.Field{
		f.field("sku", kit.Field{Value: p.SKU, Limit: engine.MaxSKU, Read: f.reads(func(p *engine.Product, v string) { p.SKU = v })}),
		f.field("name", kit.Field{Value: p.Name, Limit: engine.MaxProductName, Read: f.reads(func(p *engine.Product, v string) { p.Name = v })}),
		f.field("price", kit.Field{Kind: kit.Amount, Value: env.typedAmount(p.Price), Read: env.readAmount}),
		f.field("weighed", kit.Field{Kind: kit.YesNo, Value: yesNo(p.Weighed)}),
		f.field("category", kit.Field{Value: p.Category, Limit: engine.MaxCategory, Read: f.reads(func(p *engine.Product, v string) { p.Category = v })}),
		f.field("brand", kit.Field{Value: p.Brand, Limit: engine.MaxProductLabel, Read: f.reads(func(p *engine.Product, v string) { p.Brand = v })}),
		f.field("tags", kit.Field{List: true, Value: commas(p.Tags), Read: f.reads(func(p *engine.Product, v string) { p.Tags = splitCommas(v) })}),
		f.field("barcodes", kit.Field{List: true, Value: commas(p.Barcodes), Read: f.reads(func(p *engine.Product, v string) { p.Barcodes = splitCommas(v) })}),
		f.field("floor", kit.Field{Kind: kit.Amount, Value: env.typedAmount(p.Floor), Read: f.readFloor}),
		f.field("cost", kit.Field{Kind: kit.Amount, Value: env.typedAmount(p.Cost), Read: env.readAmount}),
		f.field("no_discount", kit.Field{Kind: kit.YesNo, Value: yesNo(p.NoDiscount)}),
		f.field("counted", kit.Field{Kind: kit.YesNo, Value: yesNo(p.Counted)}),
		f.field("stock", kit.Field{
			Kind: kit.Number, Under: true, Value: env.typedStock(p), Read: f.readStock,
			Hidden: func(v kit.Values) bool { return !v.Bool("counted") },
		}),
		f.field("active", kit.Field{Kind: kit.YesNo, Value: yesNo(p.Active)}),
	}
}

// field names a field and its words.
//
// words: lists.product.field.*
func (f *productForm) field(name string, fd kit.Field) kit.Field {
	fd.Name, fd.Label = name, "lists.product.field."+name
	fd.Hint = fd.Label + ".help"
	return fd
}

// reads makes a field's reading out of a product that is good but for what the
// field sets in it.
func (f *productForm) reads(set func(*engine.Product, string)) func(string, kit.Values) (string, error) {
	return func(text string, _ kit.Values) (string, error) {
		p := engine.Product{SKU: "-", Name: "-"}
		set(&p, text)
		return "", p.Tidy().Check()
	}
}

func (f *productForm) readFloor(text string, v kit.Values) (string, error) {
	floor, err := f.env.amount(text)
	if err != nil || text == "" {
		return "", err
	}
	price, err := f.env.amount(v["price"])
	if err != nil {
		return "", nil // the price says so itself
	}
	return f.env.Format.Money(floor), engine.Product{SKU: "-", Name: "-", Price: price, Floor: floor}.Check()
}

// readStock reads pieces, or kilograms of what is weighed.
func (f *productForm) readStock(text string, v kit.Values) (string, error) {
	stock, err := f.env.stock(text, v.Bool("weighed"))
	if err != nil {
		return "", err
	}
	p := engine.Product{SKU: "-", Name: "-", Counted: true, Weighed: v.Bool("weighed"), Stock: stock}
	if !p.Weighed {
		return "", p.Check()
	}
	return stockText(f.env, p), p.Check()
}

// stock reads how much is left: pieces, or thousandths of what is weighed;
// nothing is 0.
func (e *Env) stock(text string, weighed bool) (int64, error) {
	if text == "" {
		return 0, nil
	}
	marks := e.marks()
	if marks.Exponent = 0; weighed {
		marks.Exponent = 3
	}
	over, below := strings.CutPrefix(strings.Replace(text, "−", "-", 1), "-") // more was sold than there was
	n, err := engine.ParseAmount(over, marks)
	if below {
		n = -n
	}
	return int64(n), err
}

// typedStock is a stock as a form begins with.
func (e *Env) typedStock(p engine.Product) string {
	switch {
	case !p.Counted:
		return ""
	case p.Weighed:
		return strings.TrimSuffix(e.Format.Weight(p.Stock), " kg")
	}
	return e.Format.Count(int(p.Stock))
}

// product is what the form says. Fields that cannot be understood are left as
// they began; the form is not submitted with such.
func (f *productForm) product(v kit.Values) engine.Product {
	p := f.begun
	p.SKU, p.Name, p.Category, p.Brand = v["sku"], v["name"], v["category"], v["brand"]
	p.Tags, p.Barcodes = splitCommas(v["tags"]), splitCommas(v["barcodes"])
	for name, into := range map[string]*engine.Minor{"price": &p.Price, "floor": &p.Floor, "cost": &p.Cost} {
		if m, err := f.env.amount(v[name]); err == nil {
			*into = m
		}
	}
	p.Weighed, p.NoDiscount, p.Counted, p.Active = v.Bool("weighed"), v.Bool("no_discount"), v.Bool("counted"), v.Bool("active")
	if n, err := f.env.stock(v["stock"], p.Weighed); err == nil {
		p.Stock = n
	}
	if !f.begun.ID.IsZero() {
		p.StockRead = &f.begun.Stock
	}
	return p.Tidy()
}

func (f *productForm) save(e *editor, v kit.Values) tea.Cmd {
	p := f.product(v)
	return write(&e.base, func(ctx context.Context, a engine.Actor) (engine.Product, error) {
		return f.env.Shop.SaveProduct(ctx, a, p)
	}, func(saved engine.Product) tea.Cmd {
		return backSaved(saved.ID, f.env.Words.T("lists.product.saved", "name", saved.Name))
	})
}

// sentence says how the product is sold.
func (f *productForm) sentence(v kit.Values) string {
	p, w := f.product(v), f.env.Words
	if err := p.Check(); err != nil {
		return "✗ " + f.env.Format.Err(err)
	}
	said := []string{w.T("lists.product.sentence", "name", p.Name, "price", priceText(f.env, p))}
	switch {
	case p.NoDiscount:
		said = append(said, w.T("lists.product.sentence.no_discount"))
	case p.Floor > 0:
		said = append(said, w.T("lists.product.sentence.floor", "floor", f.env.Format.Money(p.Floor)))
	}
	if p.Counted {
		said = append(said, w.T("lists.product.sentence.stock", "stock", stockText(f.env, p)))
	}
	if !p.Active {
		said = append(said, w.T("lists.product.sentence.inactive"))
	}
	return strings.Join(said, " ")
}

// yesNo is the value of a YesNo field.
func yesNo(yes bool) string {
	if yes {
		return kit.Yes
	}
	return kit.No
}

// splitCommas reads texts between commas, without empty ones.
func splitCommas(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
