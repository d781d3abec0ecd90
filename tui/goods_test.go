package tui_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
)

// ean gives twelve digits their check digit.
func ean(digits string) string { return digits + string(engine.CheckDigit(digits)) }

var (
	coffee  = ean("789100010010")
	sugar   = ean("789100010020")
	mug     = ean("789100010030")
	nobodys = ean("789100010099")
)

// catalogue gives the shop goods: coffee at 18,90, sugar at 4,50, a mug at
// 25,00 of which 3 are left, cheese at 60,00 a kilogram, a card without a price.
func (k *till) catalogue(a engine.Actor) {
	k.t.Helper()
	for _, p := range []engine.Product{
		{SKU: "C1", Name: "Café Santos 500 g", Category: "Drinks/Coffee", Price: 18_90, Barcodes: []string{coffee}},
		{SKU: "S1", Name: "Sugar 1 kg", Category: "Pantry", Price: 4_50, Barcodes: []string{sugar}},
		{SKU: "M1", Name: "Mug", Category: "Gifts", Price: 25_00, Counted: true, Stock: 3, Barcodes: []string{mug}},
		{SKU: "00017", Name: "Cheese", Category: "Dairy", Price: 60_00, Weighed: true},
		{SKU: "1001", Name: "Card", Category: "Gifts"},
	} {
		p.Active = true
		if _, err := k.db.SaveProduct(bg, a, p); err != nil {
			k.t.Fatal(err)
		}
	}
}

// offer runs an offer in a campaign of its own.
func (k *till) offer(a engine.Actor, title string, o engine.Offer) engine.Campaign {
	k.t.Helper()
	c := engine.Campaign{Title: title, Promo: o, State: engine.CampaignActive, Terms: engine.Terms{Cashback: 1, MaxDiscount: 1, Lifetime: 45}}
	saved, err := k.db.SaveCampaign(bg, a, c)
	if err != nil {
		k.t.Fatal(err)
	}
	return saved
}

var coffees = engine.Goods{Category: []string{"Drinks/Coffee"}}

// secondHalf is every second piece of coffee at half price.
var secondHalf = engine.Offer{
	Kind: engine.KindNth, Target: coffees, Sets: engine.Sets{Nth: 2}, Cut: engine.Cut{By: engine.ByPercent, Percent: 5000},
}

// freeMug is a mug for 50,00.
var freeMug = engine.Offer{
	Kind: engine.KindGift, Gift: engine.Gift{SKU: "M1", Name: "Mug", Units: 1, Value: 25_00}, When: engine.Threshold{MinAmount: 50_00},
}

// openShop starts a till at a shop with goods and offers.
func openShop(t testing.TB, edit ...func(*engine.Store)) (*till, engine.Actor) {
	t.Helper()
	k := openTill(t)
	a := k.brazil("", edit...)
	k.catalogue(a)
	k.start(80, 24)
	return k, a
}

func TestScansRingUpGoods(t *testing.T) {
	k, a := openShop(t)
	k.offer(a, "Second at half", secondHalf)
	k.pass(2 * time.Second)
	k.scan(coffee)
	k.shows("GOODS", "> 1 × Café Santos 500 g", "18,90", "1 more", "DUE")
	k.scan(sugar)
	k.scan(coffee)
	k.shows("> 2 × Café Santos 500 g", "37,80", "− 9,45", "Second at half", "1 × Sugar 1 kg", "Offers  − 9,45")
	k.hides("not understood")
	k.press("enter")
	k.shows("TOTAL", "You saved R$ 9,45")
	s, err := k.db.Sale(bg, a, k.sales(a)[0].ID)
	if err != nil || s.Gross != 42_30 || s.Discount != 9_45 || len(s.Lines) != 2 || s.Lines[0].Line.SKU != "C1" || s.Lines[0].Line.Units != 2 {
		t.Errorf("recorded %+v, %v", s, err)
	}
}

// TestTenScansInABurst: their lines stand in the order of the scans whatever
// order the answers come in, and an Enter pressed before that waits for them.
func TestTenScansInABurst(t *testing.T) {
	k, a := openShop(t)
	f := &flaky{DB: k.db}
	k.opt.Shop = f
	var codes []string
	for i := range 10 {
		code := ean("78920001000" + string(rune('0'+i)))
		codes = append(codes, code)
		p := engine.Product{SKU: "B" + string(rune('0'+i)), Name: "Thing " + string(rune('A'+i)), Price: 1_00, Barcodes: []string{code}, Active: true}
		if _, err := k.db.SaveProduct(bg, a, p); err != nil {
			t.Fatal(err)
		}
	}
	k.start(80, 24)
	k.keep = true
	for _, code := range codes {
		k.now = k.now.Add(40 * time.Millisecond)
		k.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(code)})
		k.now = k.now.Add(2 * time.Millisecond)
		k.send(tea.KeyMsg{Type: tea.KeyEnter})
	}
	k.press("enter")
	k.shows("Looking the goods up")
	k.keep = false
	for i := len(k.held) - 1; i >= 0; i-- {
		k.run(k.held[i])
	}
	if len(f.keys) != 1 {
		t.Fatalf("submitted %d times", len(f.keys))
	}
	s, err := k.db.Sale(bg, a, k.sales(a)[0].ID)
	if err != nil || len(s.Lines) != 10 {
		t.Fatalf("recorded %+v, %v", s, err)
	}
	for i, l := range s.Lines {
		if want := "B" + string(rune('0'+i)); l.Line.SKU != want {
			t.Errorf("line %d is %s, want %s", i, l.Line.SKU, want)
		}
	}
}

func TestQuantities(t *testing.T) {
	k, _ := openShop(t)
	for _, c := range []struct {
		name string
		do   func()
		want string
	}{
		{"before a scan", func() { k.write("3*"); k.scan(coffee) }, "> 3 × Café"},
		{"entered before a scan", func() { k.enter("12 x"); k.shows("12 ×"); k.scan(coffee) }, "> 12 × Café"},
		{"before an sku", func() { k.enter("2*C1") }, "> 2 × Café"},
		{"before a name", func() { k.enter("2*caf") }, "> 2 × Café"},
		{"of the marked line", func() { k.scan(coffee); k.enter("=7") }, "> 7 × Café"},
		{"by the arrows", func() { k.scan(coffee); k.press("right", "right", "left") }, "> 2 × Café"},
		{"by a minus", func() { k.write("3*"); k.scan(coffee); k.press("-") }, "> 2 × Café"},
		{"a weight", func() { k.enter("0,350*00017") }, "> 0,35 kg Cheese"},
		{"a weight of the marked line", func() { k.enter("0,350*00017"); k.enter("=1,25") }, "> 1,25 kg Cheese"},
		{"a second scan", func() { k.write("3*"); k.scan(coffee); k.scan(coffee) }, "> 4 × Café"},
	} {
		c.do()
		frame := k.screenText()
		if !strings.Contains(frame, c.want) {
			t.Errorf("%s: no %q in\n%s", c.name, c.want, frame)
		}
		k.press("esc", "y")
		k.hides("DUE")
	}
	k.scan(coffee)
	k.press("-")
	k.hides("Café")
	k.write("3*")
	k.scan(coffee)
	k.press("delete")
	k.hides("Café")
}

func TestPartsOfAPieceAreRefused(t *testing.T) {
	k, _ := openShop(t)
	k.write("0,5*")
	k.scan(coffee)
	k.shows("!!!!!", "is sold in whole pieces")
	k.press("f8")
	k.hides("!!!!!", "DUE")
	k.enter("0,5*C1")
	k.shows("is sold in whole pieces")
	k.hides("!!!!!", "DUE")
}

// TestLabelsOfTheScales: a barcode that carries a weight, and one that carries
// a price.
func TestLabelsOfTheScales(t *testing.T) {
	k, a := openShop(t, with(engine.SetWeightCodes, "20"), with(engine.SetPriceCodes, "21"))
	k.scan(ean("200001700350"))
	k.shows("> 0,35 kg Cheese", "60,00", "21,00")
	k.scan(ean("210001700899"))
	k.shows("> ", "1 × Cheese", "8,99", "29,99")
	k.press("enter")
	if s := k.sales(a); len(s) != 1 || s[0].Gross != 29_99 {
		t.Errorf("recorded %+v", s)
	}
}

// TestALabelIsOfOnePiece: a weight off a label cannot be taken several times.
func TestALabelIsOfOnePiece(t *testing.T) {
	k, _ := openShop(t, with(engine.SetWeightCodes, "20"), with(engine.SetPriceCodes, "21"))
	k.write("3*")
	k.scan(ean("200001700350"))
	k.shows("!!!!!", "is sold in whole pieces, and a weight")
	k.press("f8")
	k.write("3*")
	k.scan(ean("210001700899"))
	k.shows("> 3 × Cheese", "8,99", "26,97")
}

func TestWeightIsAskedFor(t *testing.T) {
	k, _ := openShop(t)
	k.enter("00017")
	k.press("esc") // an amount could be meant: nothing is rung up
	k.enter("cheese")
	k.shows("How much of Cheese?")
	k.pass(time.Second)
	k.enter("x")
	k.shows("is no quantity")
	k.press("backspace")
	k.enter("0,2")
	k.shows("> 0,2 kg Cheese", "12,00")
}

func TestPriceIsAskedFor(t *testing.T) {
	k, a := openShop(t)
	k.scan(coffee)
	k.enter("1001")
	k.shows("Card has no price")
	k.scan(sugar) // it waits for the answer
	k.enter("7,50")
	k.shows("1 × Card", "7,50", "> 1 × Sugar")
	k.press("enter")
	if s := k.sales(a); len(s) != 1 || s[0].Gross != 30_90 {
		t.Errorf("recorded %+v", s)
	}
}

func TestUnknownBarcodeStops(t *testing.T) {
	k, a := openShop(t)
	k.scan(coffee)
	k.scan(nobodys)
	k.shows("Nobody here knows this barcode", nobodys, "F8 / Ctrl+R goes on")
	if k.bells != 1 {
		t.Errorf("the bell rang %d times", k.bells)
	}
	k.press("enter", "esc", " ", "y", "tab")
	k.scan(sugar)
	k.scan(coffee)
	k.scan(nobodys)
	k.scan(sugar)
	k.shows("Nobody here knows this barcode", "4 scans waiting")
	k.press("f8")
	k.shows("Nobody here knows this barcode", "1 scan waiting")
	k.press("ctrl+r")
	k.shows("2 × Café Santos 500 g", "> 2 × Sugar 1 kg", "46,80")
	if k.bells != 2 {
		t.Errorf("the bell rang %d times", k.bells)
	}
	k.press("enter")
	if s := k.sales(a); len(s) != 1 || s[0].Gross != 46_80 {
		t.Errorf("recorded %+v", s)
	}
}

// TestStopTakesNoKeyInFlight: the band cannot be put away by a key that was
// pressed before it could be read.
func TestStopTakesNoKeyInFlight(t *testing.T) {
	k, _ := openShop(t)
	k.scan(nobodys)
	k.now = k.now.Add(100 * time.Millisecond)
	k.send(keyMsg("f8"))
	k.shows("Nobody here knows this barcode")
}

func TestGoodsAndOpenAmounts(t *testing.T) {
	k, a := openShop(t)
	k.scan(coffee)
	k.enter("250,00")
	k.shows("it is for a sale without", "18,90")
	k.press("esc", "esc") // the error, then what is typed
	k.shows("> 1 × Café")
	k.press("esc", "y")
	k.enter("250,00")
	k.scan(coffee)
	k.shows("!!!!!", "goods cannot be added")
	k.press("f8", "enter")
	if s := k.sales(a); len(s) != 1 || s[0].Gross != 250_00 {
		t.Errorf("recorded %+v", s)
	}
}

func TestFindingGoodsByTheirName(t *testing.T) {
	k, _ := openShop(t)
	k.write("sug")
	k.shows("GOODS", "> Sugar 1 kg", "4,50", "S1")
	k.press("enter")
	k.shows("> 1 × Sugar 1 kg")
	k.write("c")
	k.press("esc")
	k.write("ca")
	k.shows("Café Santos 500 g", "Card")
	k.press("down", "enter")
	k.press("esc")
	k.enter("zzz")
	k.shows("Nobody found")
}

// TestCustomersAndGoodsShareALine: what no goods are called is a customer.
func TestCustomersAndGoodsShareALine(t *testing.T) {
	k, a := openShop(t)
	k.scan(sugar)
	k.enter(maria)
	k.press("y")
	k.enter("Maria Souza")
	k.shows("Maria Souza")
	k.press("enter")
	k.scan(sugar)
	k.write("mar")
	k.shows("CUSTOMERS", "Maria Souza")
	k.press("enter", "enter")
	if s := k.sales(a); len(s) != 2 || s[0].CustomerID.IsZero() || s[0].CustomerID != s[1].CustomerID {
		t.Errorf("recorded %+v", s)
	}
}

func TestNewCustomerIsNamedBeforeGoods(t *testing.T) {
	k, _ := openShop(t)
	k.enter(maria)
	k.press("y")
	k.shows("now the goods, or a name first")
	k.enter("Sugar")
	k.shows("Sugar   +55 11")
	k.enter("sugar")
	k.shows("> 1 × Sugar 1 kg")
}

func TestEscAsksBeforeGoodsAreLost(t *testing.T) {
	k, _ := openShop(t)
	k.scan(coffee)
	k.scan(sugar)
	k.press("up", "esc")
	k.shows("> 1 × Sugar") // back at the last line
	k.press("esc")
	k.shows("Give up this sale of 2 lines?")
	k.press("n")
	k.shows("Sugar")
	k.press("esc", "y")
	k.hides("Sugar", "DUE")
}

func TestHoldKeepsLines(t *testing.T) {
	k, a := openShop(t)
	k.scan(coffee)
	k.press("f4")
	k.shows("1 sale on hold")
	k.scan(sugar)
	k.press("enter", "f4")
	k.shows("> 1 × Café Santos 500 g")
	k.press("enter")
	if s := k.sales(a); len(s) != 2 || s[0].Gross != 18_90 || s[1].Gross != 4_50 {
		t.Errorf("recorded %+v", s)
	}
}

func TestStockIsWarnedOf(t *testing.T) {
	k, _ := openShop(t)
	k.write("4*")
	k.scan(mug)
	k.shows("only 3 of Mug are left")
}

// TestLabelsNobodyKnows stop the till too, except where an open amount stands:
// there they are the reference of the sale.
func TestLabelsNobodyKnows(t *testing.T) {
	k, a := openShop(t)
	k.scan("C1")
	k.shows("> 1 × Café")
	k.scan("POS-4711")
	k.shows("!!!!!", "No product, customer or sale has this number")
	k.press("f8", "enter")
	k.enter("30,00")
	k.scan("POS-4711")
	k.shows("Reference", "POS-4711")
	k.press("enter")
	if s := k.sales(a); len(s) != 2 || s[0].Reference != "POS-4711" || s[1].Reference != "" {
		t.Errorf("recorded %+v", s)
	}
	k.scan(coffee)
	k.scan("POS-4711")
	k.shows("!!!!!", "POS-4711 is recorded already")
}

// TestCardInABurst: the card of a customer among goods is taken in its turn.
func TestCardInABurst(t *testing.T) {
	k, a := openShop(t)
	k.meet(maria, "181")
	number := "C-100"
	if _, err := k.db.EditCustomer(bg, a, engine.CustomerEdit{ID: k.sales(a)[0].CustomerID, Number: &number}); err != nil {
		t.Fatal(err)
	}
	k.scan(coffee)
	k.scan("C-100")
	k.scan(sugar)
	k.shows("+55 11 98765-4321", "1 × Café", "> 1 × Sugar")
}
