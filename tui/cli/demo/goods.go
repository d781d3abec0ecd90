package demo

import (
	"maps"

	"bounceback/engine"
)

// article is a product of the shop, and how often it is bought beside others.
type article struct {
	sku, barcode, name, category, brand string
	price, floor, cost                  engine.Minor
	often                               int
	weighed                             bool
	stock                               int64 // 0: not counted
}

// mug is what the shop gives away.
const mug = "CAN-01"

// articles are a coffee roaster's. The barcodes begin with 200, which is for
// use inside a shop.
var articles = []article{
	{"CAF-250", "2000000001005", "Café Serra da Mantiqueira 250 g", "Café/Grãos", "Aurora", 2490, 1900, 1150, 14, false, 0},
	{"CAF-500", "2000000001012", "Café Serra da Mantiqueira 500 g", "Café/Grãos", "Aurora", 4490, 3600, 2200, 9, false, 0},
	{"CER-250", "2000000001029", "Café do Cerrado 250 g", "Café/Grãos", "Aurora", 2790, 2100, 1290, 10, false, 0},
	{"DES-250", "2000000001036", "Café descafeinado 250 g", "Café/Grãos", "Aurora", 3190, 2500, 1590, 4, false, 0},
	{"CAP-10", "2000000001043", "Cápsulas, caixa com 10", "Café/Cápsulas", "Aurora", 2290, 1700, 980, 6, false, 0},
	{"GRN-KG", "2000000001050", "Café a granel", "Café/Grãos", "", 8990, 7000, 4300, 4, true, 0},
	{"ESP", "2000000002002", "Espresso", "Bebidas/Quentes", "", 690, 0, 140, 14, false, 0},
	{"CAPP", "2000000002019", "Cappuccino", "Bebidas/Quentes", "", 1290, 0, 310, 12, false, 0},
	{"LAT", "2000000002026", "Latte", "Bebidas/Quentes", "", 1390, 0, 330, 8, false, 0},
	{"COLD", "2000000002033", "Cold brew", "Bebidas/Geladas", "", 1490, 0, 290, 5, false, 0},
	{"PQ", "2000000003009", "Pão de queijo", "Comida", "", 750, 0, 210, 14, false, 0},
	{"BOLO", "2000000003016", "Bolo de fubá, fatia", "Comida", "", 1190, 0, 320, 7, false, 0},
	{"BRW", "2000000003023", "Brownie", "Comida", "", 1290, 0, 350, 6, false, 0},
	{mug, "2000000004006", "Caneca Aurora", "Utensílios", "Aurora", 3990, 2500, 1400, 3, false, 400},
	{"FLT-100", "2000000004013", "Filtros de papel, 100", "Utensílios", "", 1990, 1500, 890, 5, false, 300},
	{"PRE-01", "2000000004020", "Prensa francesa", "Utensílios", "", 12990, 10500, 7100, 2, false, 120},
	{"MOE-01", "2000000004037", "Moedor manual", "Utensílios", "", 18990, 15900, 10900, 1, false, 80},
	{"CHAL-01", "2000000004044", "Chaleira bico de ganso", "Utensílios", "", 24900, 19900, 14200, 1, false, 60},
}

// furnish fills the shelves and says how the shop sells.
func (b *builder) furnish() error {
	s := b.store
	s.Settings = maps.Clone(s.Settings)
	if s.Settings == nil {
		s.Settings = engine.Settings{}
	}
	s.Settings[engine.SetPayments], s.Settings[engine.SetDelivery] = "pix,card,cash", courier
	var err error
	if b.store, err = b.shop.SaveStore(b.ctx, b.owner, s); err != nil {
		return err
	}
	var rows []engine.ImportProduct
	for i, a := range articles {
		p := engine.Product{
			SKU: a.sku, Barcodes: []string{a.barcode}, Name: a.name, Category: a.category, Brand: a.brand, Price: a.price, Floor: a.floor,
			Cost: a.cost, Weighed: a.weighed, Counted: a.stock > 0, Stock: a.stock, Active: true,
		}
		rows = append(rows, engine.ImportProduct{Line: i + 1, Product: p})
		for range a.often {
			b.goods = append(b.goods, p)
		}
	}
	done, err := b.shop.ImportProducts(b.ctx, b.owner, rows)
	for _, o := range done {
		err = firstOf(err, o.Err)
	}
	return err
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// courier is how the shop brings things.
const courier = "motoboy"

// fill puts into a sale what the customer buys: piece by piece, or as one
// amount from the old till.
func (b *builder) fill(d *engine.Draft) error {
	if !b.chance(350) {
		d.Amount = b.basket()
		return nil
	}
	seen := map[string]int{}
	for range 1 + b.random.IntN(3) + b.random.IntN(3) {
		p := b.goods[b.random.IntN(len(b.goods))]
		if at, twice := seen[p.SKU]; twice && !p.Weighed {
			d.Lines[at].Units++
			continue
		}
		times := int64(0)
		if p.Weighed {
			times = 200 + 50*b.random.Int64N(17)
		}
		l, err := engine.Found{Product: p}.Line(times)
		if err != nil {
			return err
		}
		seen[p.SKU] = len(d.Lines)
		d.Lines = append(d.Lines, l)
	}
	if b.chance(120) {
		d.Delivery = []engine.Charge{{Method: courier, Amount: 1200}}
		d.Channel = "phone"
	}
	if b.chance(60) {
		d.Codes = []string{coffeeCode}
	}
	return nil
}
