package store_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/store"
)

// The goods of these tests.
func coffee(units int64) engine.Line {
	return engine.Line{SKU: "C1", Name: "Coffee", Category: "Drinks/Coffee", Units: units, Price: 20_00}
}

func bread(units int64) engine.Line {
	return engine.Line{SKU: "B1", Name: "Bread", Category: "Bakery", Units: units, Price: 7_50}
}

// runs makes a campaign that runs an offer.
func (s *till) runs(title string, o engine.Offer, edit ...func(*engine.Campaign)) engine.Campaign {
	s.t.Helper()
	c := engine.Campaign{Title: title, State: engine.CampaignActive, Promo: o}
	for _, e := range edit {
		e(&c)
	}
	return s.campaign(c)
}

func percent(kind engine.Kind, bp engine.BP) engine.Offer {
	return engine.Offer{Kind: kind, Cut: engine.Cut{Percent: bp}}
}

func amountOff(kind engine.Kind, m engine.Minor) engine.Offer {
	return engine.Offer{Kind: kind, Cut: engine.Cut{By: engine.ByAmount, Amount: m}}
}

func ofCoffee(o engine.Offer) engine.Offer {
	o.Target = engine.Goods{Category: []string{"Drinks"}}
	return o
}

func (s *till) product(p engine.Product) engine.Product {
	s.t.Helper()
	p.Active = true
	got, err := s.SaveProduct(bg, s.actor, p)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

func (s *till) stock(p engine.Product) int64 {
	s.t.Helper()
	got, err := s.Product(bg, s.actor, p.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return got.Stock
}

func (s *till) read(id engine.ID) engine.Sale {
	s.t.Helper()
	got, err := s.Sale(bg, s.actor, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

// theBasket is 3 coffees and 2 breads, 75.00, brought for 12.00.
func theBasket() engine.Draft {
	return engine.Draft{
		Lines: []engine.Line{coffee(3), bread(2)}, Delivery: []engine.Charge{{Method: "courier", Amount: 12_00}},
		Payment: "card", Source: "web", Ad: "spring",
	}
}

func TestBasketIsRecordedWithAllThatCameOff(t *testing.T) {
	s := openTill(t)
	s.runs("Coffee", ofCoffee(percent(engine.KindItemPercent, 1000))) // 6.00
	s.runs("Five off", amountOff(engine.KindOrderFixed, 5_00))
	s.runs("Courier", percent(engine.KindDeliveryPercent, 5000)) // 6.00
	code := percent(engine.KindCreditPercent, 1000)              // of 64.00: 6.40
	code.Code = "SPRING"
	s.runs("Code", code)
	d := theBasket()
	d.Codes, d.Seen = []string{"spring"}, ptrTo(engine.Minor(63_60))
	got := s.sell(d)
	if want := (engine.Levels{Item: 6_00, Order: 5_00, Delivery: 6_00, Credit: 6_40}); got.Sale.Levels != want {
		t.Errorf("levels %+v, want %+v", got.Sale.Levels, want)
	}
	if got.Sale.Gross != 75_00 || got.Sale.Net != 57_60 || got.Sale.Paid() != 63_60 || got.Result.Due != 63_60 {
		t.Errorf("gross %d, net %d, paid %d, due %d", got.Sale.Gross, got.Sale.Net, got.Sale.Paid(), got.Result.Due)
	}
	sale := s.read(got.Sale.ID)
	if !reflect.DeepEqual(sale, got.Sale) {
		t.Errorf("read back\n%+v\nrecorded\n%+v", sale, got.Sale)
	}
	if len(sale.Lines) != 2 || len(sale.Offers) != 4 || len(sale.Charges) != 1 || sale.Source != "web" || sale.Ad != "spring" {
		t.Errorf("lines %d, offers %d, charges %d of %q %q", len(sale.Lines), len(sale.Offers), len(sale.Charges), sale.Source, sale.Ad)
	}
	page, err := s.Sales(bg, s.actor, engine.Filter{})
	if err != nil || len(page.Items[0].Lines) != 0 || page.Items[0].Levels != sale.Levels {
		t.Errorf("in the list: %+v, %v", page.Items[0], err)
	}
	s.sound()
}

func ptrTo[T any](v T) *T { return &v }

func TestPriceTheCashierDidNotSeeIsRefused(t *testing.T) {
	s := openTill(t)
	d := theBasket()
	d.Seen = ptrTo(engine.Minor(87_00))
	d.Key = "one"
	s.sell(d)
	s.runs("Coffee", ofCoffee(percent(engine.KindItemPercent, 1000)))
	d.Key = "two"
	_, err := s.RecordSale(bg, s.actor, d)
	s.refused(err, engine.CodePriceChanged)
	var told *engine.Error
	if !errors.As(err, &told) || told.Args["due"] != engine.Minor(81_00) || told.Args["seen"] != engine.Minor(87_00) {
		t.Errorf("the cashier is told %v", err)
	}
	s.sound()
}

// TestCatalogueDecides looks that a till cannot lower a floor or lift a ban by
// what it says of a product.
func TestCatalogueDecides(t *testing.T) {
	s := openTill(t)
	s.product(engine.Product{SKU: "c1", Name: "Coffee", Category: "Drinks/Coffee", Price: 20_00, Floor: 19_00, Cost: 12_00, Tags: []string{"hot"}})
	s.product(engine.Product{SKU: "B1", Name: "Bread", Category: "Bakery", Price: 7_50, NoDiscount: true})
	s.runs("All", percent(engine.KindItemPercent, 2000))
	got := s.sell(engine.Draft{Lines: []engine.Line{{SKU: "C1", Name: "Kaffee", Units: 2, Price: 20_00}, bread(2)}})
	if l := got.Sale.Lines[0]; l.Result.Item != 2_00 || l.Line.Category != "Drinks/Coffee" || l.Line.Cost != 12_00 || l.Line.Name != "Kaffee" ||
		!reflect.DeepEqual(l.Line.Tags, []string{"hot"}) {
		t.Errorf("coffee is sold as %+v", l)
	}
	if l := got.Sale.Lines[1]; l.Result.Item != 0 {
		t.Errorf("bread has %d off and may have nothing", l.Result.Item)
	}
	s.sound()
}

func TestSameKeyIsOneBasket(t *testing.T) {
	s := openTill(t)
	s.runs("Coffee", ofCoffee(percent(engine.KindItemPercent, 1000)))
	d := theBasket()
	d.Key = "once"
	first := s.sell(d)
	again := s.sell(d)
	if !again.Repeated || !reflect.DeepEqual(again.Sale, first.Sale) {
		t.Errorf("sold again: %+v", again)
	}
	for name, change := range map[string]func(*engine.Draft){
		"a line less":  func(d *engine.Draft) { d.Lines = d.Lines[:1] },
		"a unit more":  func(d *engine.Draft) { d.Lines = []engine.Line{coffee(4), bread(2)} },
		"another good": func(d *engine.Draft) { d.Lines = []engine.Line{bread(3), bread(2)} },
		"an amount":    func(d *engine.Draft) { d.Lines, d.Amount = nil, 75_00 },
	} {
		other := d
		change(&other)
		if _, err := s.RecordSale(bg, s.actor, other); engine.CodeOf(err) != engine.CodeKeyReused {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.sound()
}

func TestBestCouponIsJudgedByWhatOffersLeave(t *testing.T) {
	s := openTill(t)
	s.now.Add(1)
	d := toMaria(0)
	d.Lines = []engine.Line{coffee(10)}
	issued := s.sell(d).Issued // 20 % of 200.00, at most 30 % of the next sale
	s.runs("Half", percent(engine.KindItemPercent, 5000))
	d.Lines, d.Use = []engine.Line{coffee(2)}, engine.UseBest
	got := s.sell(d)
	if issued.Face != 40_00 || got.Redeemed == nil || got.Redeemed.RedeemedMinor != 6_00 {
		t.Errorf("of a coupon of %d the sale took %+v, want 6.00: 30 %% of 20.00", issued.Face, got.Redeemed)
	}
	if got.Sale.Levels != (engine.Levels{Item: 20_00, Credit: 6_00}) || got.Sale.Net != 14_00 {
		t.Errorf("levels %+v, net %d", got.Sale.Levels, got.Sale.Net)
	}
	s.sound()
}

func TestStockGoesDownAndUpWithTheSale(t *testing.T) {
	s := openTill(t)
	cups := s.product(engine.Product{SKU: "CUP", Name: "Cup", Price: 9_00, Counted: true, Stock: 3})
	ham := s.product(engine.Product{SKU: "HAM", Name: "Ham", Price: 40_00, Weighed: true, Counted: true, Stock: 2_000})
	s.runs("Cup", engine.Offer{
		Kind: engine.KindGift, Gift: engine.Gift{SKU: "CUP", Name: "Cup", Units: 1},
		When: engine.Threshold{MinAmount: 20_00, Of: engine.Goods{SKU: []string{"C1", "HAM"}}},
	})
	got := s.sell(engine.Draft{Lines: []engine.Line{
		{SKU: "ham", Name: "Ham", Units: 1, Weight: 1_500, Price: 40_00}, {SKU: "CUP", Name: "Cup", Units: 2, Price: 9_00},
	}})
	if len(got.Sale.Lines) != 3 || !got.Sale.Lines[2].Gift || s.stock(cups) != 0 || s.stock(ham) != 500 {
		t.Fatalf("%+v; %d cups and %d g of ham are left", got.Sale.Lines, s.stock(cups), s.stock(ham))
	}
	none := s.sell(engine.Draft{Lines: []engine.Line{coffee(1)}})
	if len(none.Sale.Lines) != 1 || none.Rejected[0].Reason != engine.ReasonStock {
		t.Errorf("a cup is given that is not there: %+v, %+v", none.Sale.Lines, none.Rejected)
	}
	s.sell(engine.Draft{Lines: []engine.Line{{SKU: "CUP", Name: "Cup", Units: 2, Price: 9_00}}}) // they lie on the counter
	if s.stock(cups) != -2 {
		t.Errorf("%d cups are left, want -2", s.stock(cups))
	}
	if _, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: got.Sale.ID, Reason: "typing"}); err != nil {
		t.Fatal(err)
	}
	if s.stock(cups) != 1 || s.stock(ham) != 2_000 {
		t.Errorf("after the void %d cups and %d g of ham are left, want 1 and 2000", s.stock(cups), s.stock(ham))
	}
	s.sound()
}

func TestFactsOfTheSaleReachTheOffers(t *testing.T) {
	s := openTill(t)
	at := engine.Threshold{
		Registers: []string{"Till 1"}, Payments: []string{"card"}, Sources: []string{"web"}, Ads: []string{"spring"},
		Channels: []string{"counter"}, Weekdays: []time.Weekday{time.Friday}, NthSale: []int{2}, Times: []engine.Hours{{From: 14 * 60, To: 15 * 60}},
	}
	o := percent(engine.KindOrderPercent, 1000)
	o.When = at
	s.runs("Second sale", o)
	d := theBasket()
	d.Customer = toMaria(0).Customer
	if first := s.sell(d); first.Sale.Discount != 0 {
		t.Errorf("the first sale has %d off", first.Sale.Discount)
	}
	if second := s.sell(d); second.Sale.Discount != 7_50 {
		t.Errorf("the second sale has %d off, want 7.50: %+v", second.Sale.Discount, second.Rejected)
	}
	d.Payment = "cash"
	if third := s.sell(d); third.Sale.Discount != 0 {
		t.Errorf("the third sale has %d off", third.Sale.Discount)
	}
}

func TestBasketsThatAreNone(t *testing.T) {
	s := openTill(t)
	for name, c := range map[string]struct {
		d    engine.Draft
		code engine.Code
	}{
		"nothing":      {engine.Draft{}, engine.CodeSaleAmount},
		"both":         {engine.Draft{Amount: 1_00, Lines: []engine.Line{coffee(1)}}, engine.CodeSaleAmount},
		"no unit":      {engine.Draft{Lines: []engine.Line{coffee(0)}}, engine.CodeQuantity},
		"a long label": {engine.Draft{Amount: 1_00, Source: string(make([]byte, 41))}, engine.CodeCampaignText},
	} {
		if _, err := s.RecordSale(bg, s.actor, c.d); engine.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if got := s.sell(engine.Draft{Lines: []engine.Line{{Name: "Sample", Units: 1}}}); got.Sale.Net != 0 || len(got.Sale.Lines) != 1 {
		t.Errorf("a sample is sold as %+v", got.Sale)
	}
	s.sound()
}

// TestCampaignChangedAtAnotherTillCounts looks that a till which remembers the
// offers sees that another one changed them.
func TestCampaignChangedAtAnotherTillCounts(t *testing.T) {
	s := openTill(t)
	c := s.runs("Coffee", ofCoffee(percent(engine.KindItemPercent, 1000)))
	d := engine.Draft{Lines: []engine.Line{coffee(1)}}
	s.sell(d)
	other, err := store.Open(bg, s.path, store.Options{Clock: func() engine.Instant { return engine.Instant(s.now.Load()) }})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	c.Promo.Cut.Percent = 5000
	if _, err := other.SaveCampaign(bg, s.actor, c); err != nil {
		t.Fatal(err)
	}
	if got := s.sell(d); got.Sale.Discount != 10_00 {
		t.Errorf("%d off, want the half", got.Sale.Discount)
	}
	if _, err := s.SetCampaignState(bg, s.actor, c.ID, engine.CampaignPaused); err != nil {
		t.Fatal(err)
	}
	if got := s.sell(d); got.Sale.Discount != 0 {
		t.Errorf("%d off under a paused campaign", got.Sale.Discount)
	}
	d.Business = s.store.Today(engine.Instant(s.now.Load())) - 1
	if got := s.sell(d); got.Sale.Business != d.Business || got.Sale.Discount != 0 {
		t.Errorf("%+v", got.Sale)
	}
}
