package screen_test

import (
	"context"
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
)

// stocked puts some products into the catalogue.
func (o *office) stocked() {
	o.t.Helper()
	for _, p := range []engine.Product{
		{SKU: "COF-1", Name: "Coffee beans 1 kg", Category: "Drinks/Coffee", Brand: "Serra", Tags: []string{"bio", "new"}, Price: 40_00, Floor: 30_00, Cost: 22_50, Counted: true, Stock: 12, Active: true, Barcodes: []string{"7891000100103"}},
		{SKU: "CHE-1", Name: "Cheese", Category: "Food/Dairy", Price: 60_00, Weighed: true, Counted: true, Stock: 2_345, Active: true},
		{SKU: "MUG-1", Name: "Mug", Category: "Home", Price: 25_00, Counted: true, Active: true},
		{SKU: "CIG-1", Name: "Matches", Price: 1_50, NoDiscount: true},
	} {
		_, err := o.db.SaveProduct(context.Background(), o.owner, p)
		o.must(err)
	}
}

func (o *office) products() []engine.Product {
	o.t.Helper()
	p, err := o.db.Products(context.Background(), o.owner, engine.Filter{})
	o.must(err)
	return p.Items
}

func TestProductsAreListedAndFound(t *testing.T) {
	o := newOffice(t)
	o.press("9")
	o.sees("No products yet")
	o.press("esc")
	o.stocked()
	o.press("9")
	o.at("Products")
	o.sees("COF-1", "Coffee beans 1 kg", "Drinks/Coffee", "40,00", "12", "2,345 kg")
	o.press("s")
	o.sees("state: in the catalogue")
	o.lacks("Matches")
	o.press("s", "s", "/")
	o.typed("che")
	o.sees("Cheese")
	o.lacks("Coffee")
	o.press("esc")
	o.run(o.top().Event(kit.Scan{Text: "7891000100103"}))
	o.sees("Coffee beans")
	o.lacks("Cheese")
	o.press("enter")
	o.at("Product")
	o.sees("R$ 40,00 a piece", "Drinks/Coffee", "Serra", "bio, new", "7891000100103", "R$ 30,00", "R$ 22,50", "12")
	o.press("esc")
	o.at("Products")
}

func TestProductIsCheckedAsTyped(t *testing.T) {
	o := newOffice(t)
	o.stocked()
	o.press("9", "n")
	o.at("New product")
	o.sees("! SKU: ")
	o.typed("TEA-1")
	o.sees("! Name: ")
	o.to("Name")
	o.typed("Tea")
	for _, c := range []struct{ label, typed, says, good string }{
		{"Price", "1e3", "not an amount", "20"},
		{"Category", "Drinks//Tea", "Drinks//Tea", "Drinks/Tea"},
		{"Barcodes", "7891000100104", "7891000100104", "96385074"},
		{"Least price", "20,01", "R$ 20,01", "15"},
	} {
		o.back()
		o.to(c.label)
		o.fill(c.typed)
		o.sees("✗ ", c.says)
		o.press("ctrl+s")
		o.at("New product")
		o.fill(c.good)
	}
	o.sees("Tea is sold at R$ 20,00 a piece. No discount takes it below R$ 15,00.")
	o.back()
	o.to("Weighed")
	o.press("right")
	o.to("Stock is counted")
	o.press("right")
	o.to("  In stock")
	o.fill("1,25")
	o.sees("1,25 kg", "R$ 20,00 a kilogram", "In stock: 1,25 kg.")
	o.press("ctrl+s")
	o.at("Products")
	o.sees("Tea is saved.")
	if !strings.Contains(o.marked(), "Tea") {
		t.Errorf("the marker stands on %q", o.marked())
	}
	p := o.products()[4]
	if p.SKU != "TEA-1" || p.Price != 20_00 || p.Floor != 15_00 || !p.Weighed || p.Stock != 1250 || p.Category != "Drinks/Tea" || !p.Active {
		t.Errorf("saved %+v", p)
	}
}

// TestProductKeepsWhatIsNotTouched opens and saves each product as it is.
func TestProductKeepsWhatIsNotTouched(t *testing.T) {
	o := newOffice(t)
	o.stocked()
	for _, before := range o.products() {
		o.take(screen.GotoMsg{Kind: screen.KindProduct, ID: before.ID})
		o.press("e", "ctrl+s")
		o.at("Product")
		after, err := o.db.Product(context.Background(), o.owner, before.ID)
		o.must(err)
		before.Updated = after.Updated
		if got, want := productText(after), productText(before); got != want {
			t.Errorf("saved\n%s\nwas\n%s", got, want)
		}
		o.press("esc")
	}
}

func productText(p engine.Product) string {
	return strings.Join(append(append([]string{p.SKU, p.Name, p.Category, p.Brand, p.Price.Plain(2), p.Floor.Plain(2), p.Cost.Plain(2), engine.Minor(p.Stock).Plain(3)}, p.Tags...), p.Barcodes...), "|")
}

func TestProductsAreTheManagers(t *testing.T) {
	o := newOffice(t)
	o.stocked()
	o.as("Bruno", engine.Cashier)
	o.press("9")
	o.sees("Cheese")
	for _, key := range []string{"n", "e"} {
		o.need = nil
		o.press(key)
		if o.need == nil || o.need.Permission != engine.MayEditProducts {
			t.Errorf("%s asked for %+v", key, o.need)
		}
	}
	o.actor = o.owner
	o.run(o.need.Retry)
	o.at("Product Cheese")
}

func TestProductTakenByAnother(t *testing.T) {
	o := newOffice(t)
	o.stocked()
	o.press("9", "n")
	o.typed("cof-1")
	o.to("Name")
	o.typed("Copy")
	o.press("ctrl+s")
	o.at("New product")
	o.sees("✗ ", "COF-1")
}

func TestGoldensOfProducts(t *testing.T) {
	for name, keys := range map[string][]string{
		"products":     {"9", "down"},
		"product":      {"9", "down", "enter"},
		"product-edit": {"9", "down", "e"},
		"product-new":  {"9", "n", "A", "tab", "tab", "5"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.stocked()
			o.press(keys...)
			o.golden(name)
		})
	}
}
