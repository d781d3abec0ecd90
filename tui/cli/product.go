package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine"
)

func (a *app) productCommands() *cobra.Command {
	cmd := group("product", a.productAdd(), a.productEdit(), a.productList(), a.productShow())
	cmd.Example = "  bounceback product add 4711 --name 'Coffee 500 g' --price 24,90 --barcode 7891000100103 --category Drinks/Coffee"
	return cmd
}

// productFlags are what may be said of a product; flags not given stay.
type productFlags struct {
	sku, name, category, brand, price, floor, cost, weighed, discountable, stock, active string
	barcodes, tags                                                                       []string
}

func (a *app) bindProduct(f *productFlags, fl *pflag.FlagSet) {
	for name, to := range map[string]*string{
		"name": &f.name, "category": &f.category, "brand": &f.brand, "price": &f.price, "floor": &f.floor, "cost": &f.cost,
		"weighed": &f.weighed, "discountable": &f.discountable, "stock": &f.stock,
	} {
		fl.StringVar(to, name, "", "")
	}
	fl.StringSliceVar(&f.barcodes, "barcode", nil, "")
	fl.StringSliceVar(&f.tags, "tag", nil, "")
}

// applyProduct puts what was given into a product.
func (a *app) applyProduct(f productFlags, fl *pflag.FlagSet, p *engine.Product) error {
	for name, t := range map[string]struct{ from, to *string }{
		"sku": {&f.sku, &p.SKU}, "name": {&f.name, &p.Name}, "category": {&f.category, &p.Category}, "brand": {&f.brand, &p.Brand},
	} {
		if fl.Changed(name) {
			*t.to = *t.from
		}
	}
	if fl.Changed("barcode") {
		p.Barcodes = f.barcodes
	}
	if fl.Changed("tag") {
		p.Tags = f.tags
	}
	for _, set := range []struct {
		name string
		put  func() error
	}{
		{"price", into(&p.Price, f.price, a.amount)},
		{"floor", into(&p.Floor, f.floor, a.amount)},
		{"cost", into(&p.Cost, f.cost, a.amount)},
		{"weighed", into(&p.Weighed, f.weighed, yesOrNo("--weighed"))},
		{"discountable", func() error {
			yes, err := yesOrNo("--discountable")(f.discountable)
			p.NoDiscount = !yes
			return err
		}},
		{"active", into(&p.Active, f.active, yesOrNo("--active"))},
		{"stock", func() error { return a.applyStock(f.stock, p) }},
	} {
		if fl.Changed(set.name) {
			if err := set.put(); err != nil {
				return err
			}
		}
	}
	return nil
}

// yesOrNo reads the answer that a flag takes.
func yesOrNo(flag string) func(string) (bool, error) {
	return func(text string) (bool, error) {
		answer, err := choice(flag, text, "yes", "no")
		return answer == "yes", err
	}
}

// applyStock reads how much is left; an empty text counts it no longer.
func (a *app) applyStock(text string, p *engine.Product) error {
	p.Counted = strings.TrimSpace(text) != ""
	if !p.Counted {
		p.Stock = 0
		return nil
	}
	var err error
	p.Stock, err = a.quantity(text, p.Weighed)
	return err
}

// weightDecimals are the decimals of a weight.
const weightDecimals = 3

// quantity reads pieces, or a weight as thousandths.
func (a *app) quantity(text string, weighed bool) (int64, error) {
	m := a.marks()
	m.Exponent = 0
	if weighed {
		// With three decimals a mark for thousands and one for decimals cannot
		// be told apart: a weight has decimals.
		m.Group, m.Exponent = 0, weightDecimals
	}
	n, err := engine.ParseAmount(text, m)
	if err != nil {
		return 0, engine.BadInput(engine.CodeQuantity, "most", engine.MaxUnits)
	}
	return int64(n), nil
}

func (a *app) productAdd() *cobra.Command {
	var f productFlags
	cmd := &cobra.Command{
		Use: "add SKU", Args: takes(1, 1),
		Example: "  bounceback product add 4711 --name 'Coffee 500 g' --price 24,90 --barcode 7891000100103 --category Drinks/Coffee --stock 40\n" +
			"  bounceback product add Q1 --name 'Minas cheese' --price 89.90 --weighed yes",
		PreRunE: func(cmd *cobra.Command, _ []string) error { return needs(cmd, "name", "price") },
	}
	a.bindProduct(&f, cmd.Flags())
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		p := engine.Product{SKU: args[0], Active: true}
		if stock := p.Stock; !cmd.Flags().Changed("stock") {
			p.StockRead = &stock
		}
		if err := a.applyProduct(f, cmd.Flags(), &p); err != nil {
			return err
		}
		return a.saveProduct(ctx, p)
	})
	return cmd
}

func (a *app) productEdit() *cobra.Command {
	var f productFlags
	cmd := &cobra.Command{
		Use: "edit SKU|BARCODE|ID", Args: takes(1, 1),
		Example: "  bounceback product edit 4711 --price 26,90 --floor 20\n  bounceback product edit 4711 --active no",
	}
	a.bindProduct(&f, cmd.Flags())
	cmd.Flags().StringVar(&f.sku, "sku", "", "")
	cmd.Flags().StringVar(&f.active, "active", "", a.words.T("cli.flag.product_active"))
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		p, err := a.product(ctx, args[0])
		if err != nil {
			return err
		}
		if err := a.applyProduct(f, cmd.Flags(), &p); err != nil {
			return err
		}
		return a.saveProduct(ctx, p)
	})
	return cmd
}

func (a *app) saveProduct(ctx context.Context, p engine.Product) error {
	p, err := a.file.SaveProduct(ctx, a.actor, p)
	if err != nil {
		return err
	}
	return a.answer(a.productDTO(p), func() { a.showProduct(p) })
}

// product finds a product by id, sku or barcode, also one that is sold no
// longer.
func (a *app) product(ctx context.Context, text string) (engine.Product, error) {
	if id, err := engine.ParseID(text); err == nil {
		return a.file.Product(ctx, a.actor, id)
	}
	if p, ok, err := a.sold(ctx, text); err != nil || ok {
		return p.Product, err
	}
	f := engine.Filter{Search: text, State: "inactive", Limit: engine.MostPage}
	page, err := a.file.Products(ctx, a.actor, f)
	if err != nil {
		return engine.Product{}, err
	}
	for _, p := range page.Items {
		if engine.FoldSKU(p.SKU) == engine.FoldSKU(text) {
			return p, nil
		}
	}
	return engine.Product{}, engine.Refuse(engine.CodeProductUnknown, "text", text)
}

// sold finds what is sold under a sku or barcode.
func (a *app) sold(ctx context.Context, text string) (engine.Found, bool, error) {
	if text == "" {
		return engine.Found{}, false, nil
	}
	found, err := a.file.FindProducts(ctx, a.actor, engine.ProductQuery{SKU: text, Limit: 1})
	if err != nil || len(found) > 0 {
		return first(found), len(found) > 0, err
	}
	found, err = a.file.FindProducts(ctx, a.actor, engine.ProductQuery{Barcode: text, Limit: 1})
	if c := engine.CodeOf(err); c == engine.CodeBarcode || c == engine.CodeBarcodeForm {
		return engine.Found{}, false, nil // a sku nobody has
	}
	return first(found), len(found) > 0, err
}

func (a *app) productShow() *cobra.Command {
	return &cobra.Command{
		Use: "show SKU|BARCODE|ID", Args: takes(1, 1), Example: "  bounceback product show 7891000100103",
		RunE: a.work(func(ctx context.Context, args []string) error {
			p, err := a.product(ctx, args[0])
			if err != nil {
				return err
			}
			return a.answer(a.productDTO(p), func() { a.showProduct(p) })
		}),
	}
}

func (a *app) showProduct(p engine.Product) {
	w, f := a.words, facts{}
	f.add(w, "sku", p.SKU)
	f.add(w, "name", p.Name)
	f.add(w, "barcode", strings.Join(p.Barcodes, ", "))
	f.add(w, "category", p.Category)
	f.add(w, "brand", p.Brand)
	f.add(w, "tags", strings.Join(p.Tags, ", "))
	f.add(w, "price", a.price(p))
	f.add(w, "floor", a.moneyOrEmpty(p.Floor))
	f.add(w, "cost", a.moneyOrEmpty(p.Cost))
	f.add(w, "discountable", yesNo(w, !p.NoDiscount))
	f.add(w, "stock", a.stock(p))
	f.add(w, "sold_here", yesNo(w, p.Active))
	f.add(w, "id", p.ID.String())
	a.printFacts(f)
}

func (a *app) productList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback product list --search coffee",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			page, err := a.file.Products(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.productDTO), func() { a.showProducts(page) })
		}),
	}
	f.bind(cmd, "state", "search")
	f.only(a, cmd, "active", "inactive")
	f.bindPage(cmd)
	return cmd
}

func (a *app) showProducts(p engine.Page[engine.Product]) {
	w, t := a.words, table{}
	t.column(w, "sku", left)
	t.column(w, "name", left)
	t.column(w, "category", left)
	t.column(w, "price", right)
	t.column(w, "stock", right)
	t.column(w, "barcode", left)
	for _, one := range p.Items {
		t.add(one.SKU, one.Name, one.Category, a.price(one), a.stock(one), strings.Join(one.Barcodes, ", "))
	}
	a.print(t)
	a.more(p.Next)
}

// price is what a piece or a unit of weight costs.
func (a *app) price(p engine.Product) string {
	if p.Weighed {
		return a.words.T("cli.by_weight", "price", a.format.Money(p.Price))
	}
	return a.format.Money(p.Price)
}

func (a *app) moneyOrEmpty(m engine.Minor) string {
	if m == 0 {
		return ""
	}
	return a.format.Money(m)
}

// stock is how much is left, empty where nobody counts.
func (a *app) stock(p engine.Product) string {
	switch {
	case !p.Counted:
		return ""
	case p.Weighed:
		return a.format.Weight(p.Stock)
	}
	return a.format.Count(int(p.Stock))
}
