package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// productList is the list of products. It keeps those it has shown, so that
// one key can change the marked one.
type productList struct {
	*browse
	seen map[engine.ID]engine.Product
}

// The keys of products.
var (
	productNew  = kit.Bind("lists.product.new", "n")
	productEdit = kit.Bind("lists.product.edit", "e")
)

// newProducts is the list of products.
//
// words: lists.product.new lists.product.new.help lists.product.edit lists.product.edit.help lists.product_state.*
func newProducts(env *Env) Screen {
	l := &productList{newBrowse(env, "products", KindProduct, "lists.products", engine.Filter{}, ""), map[engine.ID]engine.Product{}}
	l.newList("lists.products.empty", keeping(l.browse, env.Shop.Products,
		func(p engine.Product) kit.Row { return productRow(env, p) },
		func(p engine.Product) { l.seen[p.ID] = p }),
		kit.Column{Title: "lists.col.sku", Width: 12, Drop: 2},
		kit.Column{Title: "lists.col.name", Width: 12, Grow: true},
		kit.Column{Title: "lists.col.category", Width: 18, Drop: 3},
		kit.Column{Title: "lists.col.price", Width: 10, Align: kit.Decimal},
		kit.Column{Title: "lists.col.stock", Width: 9, Align: kit.Right, Drop: 1})
	l.list.Order = func() kit.Order { return kit.ByName }
	l.stateChip(chipState, "lists.product_state.", productActive, productInactive)
	l.acts = []act{
		{productNew, func() tea.Cmd { return editProduct(&l.base, engine.Product{Active: true}) }},
		{productEdit, func() tea.Cmd {
			if p, ok := l.seen[l.selected()]; ok {
				return editProduct(&l.base, p)
			}
			return nil
		}},
	}
	return l
}

// The states by which products are listed.
const (
	productActive   = "active"
	productInactive = "inactive"
)

func productState(p engine.Product) string {
	if p.Active {
		return productActive
	}
	return productInactive
}

func productRow(env *Env, p engine.Product) kit.Row {
	tone := kit.Usual
	if p.Counted && p.Stock == 0 {
		tone = kit.Caution
	}
	return kit.Row{ID: p.ID.String(), Faded: !p.Active, Cells: []kit.Cell{
		{Text: p.SKU},
		{Text: p.Name, Tone: kit.Stressed},
		{Text: p.Category},
		{Text: env.Format.Amount(p.Price)},
		{Text: stockText(env, p), Tone: tone},
	}}
}

// stockText is how much is left; nothing where it is not counted.
func stockText(env *Env, p engine.Product) string {
	switch {
	case !p.Counted:
		return ""
	case p.Weighed:
		return env.Format.Weight(p.Stock)
	}
	return env.Format.Count(int(p.Stock))
}

// productPage is the page of one product.
type productPage struct{ detail[engine.Product] }

func newProductPage(env *Env, id engine.ID) Screen {
	p := &productPage{}
	p.base, p.noun, p.draw = newBase(env, "product"), "lists.product", p.sheet
	p.load = func(ctx context.Context, a engine.Actor) (engine.Product, error) { return env.Shop.Product(ctx, a, id) }
	return p
}

// sheet lays a product out.
//
// words: lists.product
func (p *productPage) sheet(v engine.Product) sheet {
	fm := p.env.Format
	out := sheet{heading: v.Name, acts: []act{{productEdit, func() tea.Cmd { return editProduct(&p.base, p.facts) }}}}
	stock := stockText(p.env, v)
	if !v.Counted {
		stock = p.t("lists.product.not_counted")
	}
	state := kit.Fine
	if !v.Active {
		state = kit.Caution
	}
	out.lines = []line{
		{label: "lists.label.state", value: p.t("lists.product_state." + productState(v)), tone: state},
		{label: "lists.product.field.sku", value: v.SKU},
		{label: "lists.product.field.price", value: priceText(p.env, v), tone: kit.Stressed},
		{label: "lists.product.field.stock", value: stock},
		{label: "lists.product.field.category", value: orDash(v.Category)},
		{label: "lists.product.field.brand", value: orDash(v.Brand)},
		{label: "lists.product.field.tags", value: orDash(commas(v.Tags))},
		{label: "lists.product.field.barcodes", value: orDash(commas(v.Barcodes))},
		{label: "lists.product.field.floor", value: p.moneyOrDash(v.Floor)},
		{label: "lists.product.field.cost", value: p.moneyOrDash(v.Cost)},
		{label: "lists.product.field.no_discount", value: p.yesNo(v.NoDiscount)},
		{label: "lists.label.made", value: fm.DateTime(v.Created)},
		{label: "lists.product.changed", value: fm.DateTime(v.Updated)},
	}
	return out
}

// priceText writes a product's price and of what it is.
func priceText(env *Env, p engine.Product) string {
	if p.Weighed {
		return env.Words.T("lists.product.price.kilogram", "price", env.Format.Money(p.Price))
	}
	return env.Words.T("lists.product.price.piece", "price", env.Format.Money(p.Price))
}

func (p *productPage) moneyOrDash(m engine.Minor) string {
	if m == 0 {
		return "–"
	}
	return p.env.Format.Money(m)
}

func (p *productPage) yesNo(yes bool) string {
	if yes {
		return p.t("core.yes")
	}
	return p.t("core.no")
}
