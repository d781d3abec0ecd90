package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/store"
)

// many is how many sales are rung up at once.
const many = 100

// atOnce records sales in as many goroutines at two handles of the file, and
// gives those that were recorded and how many were refused.
func (s *till) atOnce(draft func(n int) engine.Draft) (sales []engine.Recorded, refused int) {
	s.t.Helper()
	other, err := store.Open(bg, s.path, store.Options{Clock: func() engine.Instant { return engine.Instant(s.now.Load()) }})
	if err != nil {
		s.t.Fatal(err)
	}
	defer other.Close()
	var group sync.WaitGroup
	var mu sync.Mutex
	for n := range many {
		db := []*store.DB{s.DB, other}[n%2]
		group.Go(func() {
			got, err := db.RecordSale(bg, s.actor, draft(n))
			mu.Lock()
			defer mu.Unlock()
			switch engine.CodeOf(err) {
			case "":
				sales = append(sales, got)
			case engine.CodePriceChanged, engine.CodeOfferUsedUp:
				refused++
			default:
				s.t.Error(err)
			}
		})
	}
	group.Wait()
	return sales, refused
}

func discounted(sales []engine.Recorded) (n int, sum engine.Minor) {
	for _, r := range sales {
		if r.Sale.Discount > 0 {
			n++
		}
		sum += r.Sale.Discount
	}
	return n, sum
}

func TestHundredSalesKeepALimit(t *testing.T) {
	for _, limit := range []int64{1, 10} {
		t.Run(fmt.Sprint(limit), func(t *testing.T) {
			s := openTill(t)
			o := amountOff(engine.KindOrderFixed, 5_00)
			o.Limits.Total = limit
			c := s.runs("First come", o)
			sales, refused := s.atOnce(func(int) engine.Draft {
				return engine.Draft{Lines: []engine.Line{coffee(1)}, Seen: ptrTo(engine.Minor(15_00))}
			})
			if n, _ := discounted(sales); n != int(limit) || len(sales) != int(limit) || refused != many-int(limit) {
				t.Errorf("%d sales with the offer, %d in all, %d refused; want %d", n, len(sales), refused, limit)
			}
			if u := s.used(c); u.Total != limit || u.Spent != engine.Minor(limit)*5_00 {
				t.Errorf("counted %+v", u)
			}
			s.sound()
		})
	}
}

// used is what the counter is told of a campaign's limits.
func (s *till) used(c engine.Campaign) engine.Usage {
	s.t.Helper()
	desk, err := s.Desk(bg, s.actor)
	if err != nil {
		s.t.Fatal(err)
	}
	return desk.Usage[c.ID]
}

func TestHundredSalesKeepABudget(t *testing.T) {
	s := openTill(t)
	o := percent(engine.KindOrderPercent, 3000) // 6.00 of each coffee
	o.Limits.Budget = 100_00
	c := s.runs("Budget", o)
	sales, _ := s.atOnce(func(int) engine.Draft { return engine.Draft{Lines: []engine.Line{coffee(1)}} })
	if n, sum := discounted(sales); sum != 100_00 || n != 17 || len(sales) != many {
		t.Errorf("%d of %d sales with %d off, want 17 with 100.00: the last takes what is left", n, len(sales), sum)
	}
	if u := s.used(c); u.Spent != 100_00 {
		t.Errorf("counted %+v", u)
	}
	s.sound()
}

func TestHundredSalesKeepTheUnitsOfAFlashSale(t *testing.T) {
	s := openTill(t)
	o := ofCoffee(percent(engine.KindItemPercent, 5000))
	o.Limits.Units = 25
	c := s.runs("Flash", o)
	sales, _ := s.atOnce(func(int) engine.Draft { return engine.Draft{Lines: []engine.Line{coffee(2), bread(1)}} })
	if n, sum := discounted(sales); n != 13 || sum != 25*10_00 {
		t.Errorf("%d sales with %d off, want 25 units at 10.00 in 13 sales", n, sum)
	}
	if u := s.used(c); u.Units != 25 {
		t.Errorf("counted %+v", u)
	}
	s.sound()
}

func TestHundredSalesGiveNoGiftThatIsNotThere(t *testing.T) {
	s := openTill(t)
	cup := s.product(engine.Product{SKU: "CUP", Name: "Cup", Price: 9_00, Counted: true, Stock: 7})
	s.runs("Cup", engine.Offer{Kind: engine.KindGift, Gift: engine.Gift{SKU: "CUP", Name: "Cup", Units: 1}})
	sales, _ := s.atOnce(func(int) engine.Draft { return engine.Draft{Lines: []engine.Line{coffee(1)}} })
	given := 0
	for _, r := range sales {
		given += len(r.Sale.Lines) - 1
	}
	if given != 7 || s.stock(cup) != 0 {
		t.Errorf("%d cups given, %d left", given, s.stock(cup))
	}
	s.sound()
}

func TestHundredSalesKeepTheLimitsOfACustomer(t *testing.T) {
	s := openTill(t)
	o := amountOff(engine.KindOrderFixed, 5_00)
	o.Limits.PerCustomer, o.Limits.PerDay = 5, 2
	s.runs("Regulars", o)
	to := func(n int) engine.Draft {
		d := engine.Draft{Lines: []engine.Line{coffee(1)}}
		d.Customer.Phone = fmt.Sprintf("+55119876500%02d", n%10)
		return d
	}
	for day, want := range []int{20, 20, 10, 0} {
		sales, _ := s.atOnce(to)
		if n, _ := discounted(sales); n != want || len(sales) != many {
			t.Errorf("day %d: %d of %d sales with the offer, want %d for ten customers", day+1, n, len(sales), want)
		}
		s.now.Add(24 * time.Hour.Milliseconds())
	}
	s.sound()
}

func TestHundredSalesKeepTheNumberOfCoupons(t *testing.T) {
	s := openTill(t)
	s.ends("Volte sempre")
	c := s.runs("Ten coupons", engine.Offer{Kind: engine.KindNextCoupon, Limits: engine.Limits{Coupons: 10}}, terms)
	sales, _ := s.atOnce(func(n int) engine.Draft {
		return engine.Draft{Amount: 100_00, Customer: engine.CustomerRef{Phone: fmt.Sprintf("+55119876500%02d", n)}}
	})
	if n := issued(sales); n != 10 || len(sales) != many {
		t.Errorf("%d coupons issued in %d sales, want 10", n, len(sales))
	}
	for _, r := range sales { // a void makes room for one more
		if r.Issued != nil {
			if _, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: r.Sale.ID, Reason: "typing"}); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	if u := s.used(c); u.Issued != 9 {
		t.Errorf("counted %+v, want 9 issued", u)
	}
	if r := s.sell(toMaria(100_00)); r.Issued == nil {
		t.Error("the coupon that was voided is not issued anew")
	}
	s.sound()
}

func terms(c *engine.Campaign) {
	c.Terms = engine.Terms{Cashback: 2000, MaxDiscount: 3000, Lifetime: 30}
}

func (s *till) ends(title string) {
	s.t.Helper()
	page, err := s.Campaigns(bg, s.actor, engine.Filter{Search: title})
	if err != nil || len(page.Items) != 1 {
		s.t.Fatalf("%v, %v", page.Items, err)
	}
	if _, err := s.SetCampaignState(bg, s.actor, page.Items[0].ID, engine.CampaignEnded); err != nil {
		s.t.Fatal(err)
	}
}

func issued(sales []engine.Recorded) (n int) {
	for _, r := range sales {
		if r.Issued != nil {
			n++
		}
	}
	return n
}

// TestCouponsCountedByRedeemed looks that a limit by redeemed coupons stops the
// issuing, and takes no coupon away that a customer holds.
func TestCouponsCountedByRedeemed(t *testing.T) {
	s := openTill(t, func(st *engine.Store) { st.Settings = engine.Settings{engine.SetPerRegister: "1000"} })
	s.ends("Volte sempre")
	c := s.runs("Three redeemed", engine.Offer{Kind: engine.KindNextCoupon, Limits: engine.Limits{Coupons: 3, ByRedeemed: true}}, terms)
	var held []*engine.Coupon
	for range 5 {
		held = append(held, s.sell(engine.Draft{Amount: 100_00}).Issued)
	}
	for i, coupon := range held {
		r := s.sell(redeeming(engine.Draft{Amount: 100_00}, coupon))
		if r.Redeemed == nil || (r.Issued != nil) != (i < 3) {
			t.Errorf("sale %d: redeemed %v, issued %v", i+1, r.Redeemed, r.Issued)
		}
	}
	if u := s.used(c); u.Redeemed != 5 || u.Issued != 8 {
		t.Errorf("counted %+v", u)
	}
	s.sound()
}

// TestLimitThatIsNewCountsWhatWasBefore puts a limit on coupons that were issued
// without one.
func TestLimitThatIsNewCountsWhatWasBefore(t *testing.T) {
	s := openTill(t)
	s.ends("Volte sempre")
	c := s.runs("Coupons", engine.Offer{}, terms)
	for range 4 {
		s.sell(engine.Draft{Amount: 100_00})
	}
	c.Promo = engine.Offer{Kind: engine.KindNextCoupon, Limits: engine.Limits{Coupons: 5}}
	c = s.campaign(c)
	if u := s.used(c); u.Issued != 4 {
		t.Errorf("before the next sale %+v, want 4 issued", u)
	}
	if a, b := s.sell(engine.Draft{Amount: 100_00}), s.sell(engine.Draft{Amount: 100_00}); a.Issued == nil || b.Issued != nil {
		t.Errorf("issued %v, then %v; want the fifth alone", a.Issued, b.Issued)
	}
	s.sound()
}

func TestImportKeepsLimits(t *testing.T) {
	for name, c := range map[string]struct {
		limits engine.Limits
		want   int
	}{
		"coupons":    {engine.Limits{Coupons: 4}, 4},
		"uses":       {engine.Limits{Total: 3}, 3},
		"a customer": {engine.Limits{PerCustomer: 2}, 2},
		"a budget":   {engine.Limits{Budget: 50_00}, 3}, // 20.00, 20.00 and what is left
	} {
		t.Run(name, func(t *testing.T) {
			s := openTill(t)
			s.ends("Volte sempre")
			s.runs("Tenth", percent(engine.KindOrderPercent, 1000)) // is not for sales that were paid long ago
			s.runs("Limited", engine.Offer{Kind: engine.KindNextCoupon, Limits: c.limits}, terms)
			rows := make([]engine.ImportSale, 8)
			for i := range rows {
				rows[i] = engine.ImportSale{Line: i + 2, Key: fmt.Sprint(i), Number: "7", Business: engine.DayOf(2026, 11, 19), Amount: 100_00}
			}
			got, err := s.ImportSales(bg, s.actor, rows, true)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, o := range got {
				if o.Err != nil || !o.Added {
					t.Errorf("%+v", o)
				}
				if o.Issued {
					n++
				}
			}
			if n != c.want {
				t.Errorf("%d coupons issued, want %d", n, c.want)
			}
			if day := s.today(); day.Net != 800_00 {
				t.Errorf("the day has %+v", day)
			}
			s.sound()
		})
	}
}

func TestVoidGivesBackWhatLimitsCount(t *testing.T) {
	for _, keep := range []bool{false, true} {
		t.Run(fmt.Sprint(keep), func(t *testing.T) {
			s := openTill(t)
			o := amountOff(engine.KindOrderFixed, 5_00)
			o.Limits = engine.Limits{Total: 3, PerCustomer: 3, PerDay: 3, Budget: 50_00, Units: 50, KeepOnVoid: keep}
			c := s.runs("Limited", o)
			d := theBasket()
			d.Customer = toMaria(0).Customer
			s.sell(d)
			void := s.sell(d)
			if _, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: void.Sale.ID, Reason: "typing"}); err != nil {
				t.Fatal(err)
			}
			want := engine.Usage{Total: 1, Spent: 5_00, Units: 5}
			if keep {
				want.Total = 2
			}
			if u := s.used(c); u != want {
				t.Errorf("after a void %+v, want %+v", u, want)
			}
			view, err := s.Customer(bg, s.actor, void.Sale.CustomerID)
			if u := view.Usage[c.ID]; err != nil || u.Customer != want.Total || u.CustomerToday != want.Total {
				t.Errorf("of the customer %+v, %v", u, err)
			}
			s.sound()
		})
	}
}

func TestTwoTillsKeepALimit(t *testing.T) {
	s := openTill(t)
	s.now.Store(time.Now().UnixMilli())
	o := amountOff(engine.KindOrderFixed, 5_00)
	o.Limits.Total = 10
	c := s.runs("First come", o)
	one, two := startChild(t, s.path, "Till 2"), startChild(t, s.path, "Till 3")
	defer one.end()
	defer two.end()
	for range many / 2 {
		d := engine.Draft{Lines: []engine.Line{coffee(1)}, Seen: ptrTo(engine.Minor(15_00))}
		one.sell(d)
		two.sell(d)
	}
	sold := [2]int{}
	for range many / 2 {
		for i, till := range []*child{one, two} {
			if line := till.line(); strings.HasPrefix(line, "sale ") {
				sold[i]++
			} else if !strings.HasPrefix(line, "refused "+string(engine.CodePriceChanged)) {
				t.Errorf("till %d said %q", i+2, line)
			}
		}
	}
	if sold[0]+sold[1] != 10 || s.used(c).Total != 10 {
		t.Errorf("the tills sold %v with the offer, counted %+v; want 10", sold, s.used(c))
	}
	t.Logf("till 2 sold %d, till 3 sold %d", sold[0], sold[1])
	s.sound()
}
