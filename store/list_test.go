package store_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// busy is a shop in which all has happened that lists tell apart, with every
// sale and coupon read one by one: what a list must agree with.
type busy struct {
	*till
	clerk     engine.Actor // a salesperson
	campaigns []engine.Campaign
	customers []engine.ID
	sales     []engine.Sale   // newest first
	coupons   []engine.Coupon // newest first
	moments   []string        // at which coupons stand differently
}

func (s *till) hire(name string, role engine.Role, register string) engine.Actor {
	s.t.Helper()
	p, err := s.SaveStaff(bg, s.actor, engine.StaffEdit{Name: name, Role: role, Active: true})
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := s.Register(bg, s.store.ID, register, "")
	if err != nil {
		s.t.Fatal(err)
	}
	a, err := s.SignIn(bg, s.store.ID, p.ID, r.ID, "", engine.FromCounter)
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func (s *till) campaign(c engine.Campaign) engine.Campaign {
	s.t.Helper()
	got, err := s.SaveCampaign(bg, s.actor, c)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

func openBusy(t *testing.T) *busy {
	t.Helper()
	b := &busy{till: openTill(t)}
	b.clerk = b.hire("Rita", engine.Salesperson, "Till 2")
	b.campaigns = []engine.Campaign{
		b.campaign(engine.Campaign{
			Title: "Grandes compras", State: engine.CampaignActive,
			Terms: engine.Terms{Cashback: 2500, MaxDiscount: 4000, MinSale: 200_00, Lifetime: 60, ValidAfter: 2},
		}),
		b.campaign(engine.Campaign{
			Title: "Curta", State: engine.CampaignActive,
			Terms: engine.Terms{Cashback: 3000, MaxDiscount: 2000, MinSale: 50_00, MaxSale: 99_99, Lifetime: 5},
		}),
	}
	random := rand.New(rand.NewPCG(7, 7))
	for day := range 20 {
		b.at(fmt.Sprintf("2026-12-%02d 09:00:00.000", day+1))
		for n := range 6 {
			b.now.Add(random.Int64N(2 * 3600 * 1000))
			b.someSale(random, day*6+n)
		}
	}
	last := b.sell(toMaria(100_00)) // and somebody holds its coupon
	if err := b.Reserve(bg, b.other("Till 3"), last.Issued.ID); err != nil {
		t.Fatal(err)
	}
	b.sales, b.coupons = append(b.sales, last.Sale), append(b.coupons, *last.Issued)
	b.readAll()
	b.moments = []string{b.local(engine.Instant(b.now.Load())), b.local(last.Issued.ValidUntil), b.local(last.Issued.ValidUntil - 1), "2026-12-20 23:00", "2026-12-22 12:00", "2027-01-24 08:00", "2027-02-05 00:00", "2027-06-01 10:00"}
	return b
}

func (b *busy) local(at engine.Instant) string {
	return at.In(b.store.Zone()).Format("2006-01-02 15:04:05.000")
}

func (b *busy) someSale(random *rand.Rand, n int) {
	a := b.actor
	if random.IntN(3) == 0 {
		a = b.clerk
	}
	d := engine.Draft{Amount: engine.Minor(10_00 + random.IntN(400_00))}
	if random.IntN(4) > 0 {
		d.Customer.Phone = fmt.Sprintf("+55119876500%02d", random.IntN(8))
	}
	if random.IntN(2) == 0 {
		d.Reference = fmt.Sprintf("NF-%d", n)
	}
	if n > 10 && random.IntN(3) == 0 {
		today := b.store.Today(engine.Instant(b.now.Load()))
		d.Business = today + engine.DaysAhead - engine.Day(random.IntN(engine.DaysAhead+engine.DaysBack+1))
	}
	if random.IntN(3) == 0 {
		d.Use = engine.UseBest
	}
	r, err := b.RecordSale(bg, a, d)
	if err != nil {
		b.t.Fatal(err)
	}
	if !r.Sale.CustomerID.IsZero() && !slices.Contains(b.customers, r.Sale.CustomerID) {
		b.customers = append(b.customers, r.Sale.CustomerID)
	}
	b.sales = append(b.sales, r.Sale)
	if r.Issued != nil {
		b.coupons = append(b.coupons, *r.Issued)
	}
	b.undoSome(random, r)
}

// undoSome voids and returns sales, voids coupons and leaves some reserved.
func (b *busy) undoSome(random *rand.Rand, r engine.Recorded) {
	var err error
	switch random.IntN(12) {
	case 0:
		_, err = b.ReverseSale(bg, b.actor, engine.Reversal{SaleID: r.Sale.ID, Reason: "typing", Spent: engine.SpentAbsorb})
	case 1:
		_, err = b.ReverseSale(bg, b.actor, engine.Reversal{SaleID: r.Sale.ID, Amount: r.Sale.Gross / 2, Reason: "size", Spent: engine.SpentAbsorb})
	case 2:
		_, err = b.ReverseSale(bg, b.actor, engine.Reversal{SaleID: r.Sale.ID, Amount: r.Sale.Gross, Reason: "all of it", Spent: engine.SpentAbsorb})
	case 3:
		if r.Issued != nil {
			_, err = b.VoidCoupon(bg, b.actor, r.Issued.ID, "wrong person")
		}
	case 4:
		if r.Issued != nil && r.Issued.StateAt(engine.Instant(b.now.Load())) == engine.CouponActive {
			err = b.Reserve(bg, b.other("Till 3"), r.Issued.ID)
		}
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// readAll reads every sale and coupon one by one, as it stands now.
func (b *busy) readAll() {
	b.t.Helper()
	for i := range b.sales {
		s, err := b.Sale(bg, b.actor, b.sales[i].ID)
		if err != nil {
			b.t.Fatal(err)
		}
		b.sales[i] = s
	}
	for i := range b.coupons {
		c, _, err := b.Coupon(bg, b.actor, b.coupons[i].ID)
		if err != nil {
			b.t.Fatal(err)
		}
		b.coupons[i] = c
	}
	slices.Reverse(b.sales)
	slices.Reverse(b.coupons)
}

func (b *busy) saleOf(c engine.Coupon) engine.Sale {
	i := slices.IndexFunc(b.sales, func(s engine.Sale) bool { return s.ID == c.SaleID })
	return b.sales[i]
}

func (b *busy) wantSales(a engine.Actor, f engine.Filter) []engine.Sale {
	var out []engine.Sale
	for _, s := range b.sales {
		campaign := engine.ID{}
		if i := slices.IndexFunc(b.coupons, func(c engine.Coupon) bool { return c.ID == s.IssuedID }); i >= 0 {
			campaign = b.coupons[i].CampaignID
		}
		if inSaleState(s, f.State) && (f.From == 0 || s.Business >= f.From) && (f.To == 0 || s.Business <= f.To) &&
			same(f.CustomerID, s.CustomerID) && same(f.CampaignID, campaign) && same(f.StaffID, s.StaffID) &&
			(f.Search == "" || s.Reference == f.Search) && (a.Role != engine.Salesperson || s.StaffID == a.StaffID) {
			out = append(out, b.seenBy(a, s))
		}
	}
	return out
}

// seenBy is a sale as somebody sees it: codes that pay whoever has them are
// hidden from a salesperson, save for the hour after the sale.
func (b *busy) seenBy(a engine.Actor, s engine.Sale) engine.Sale {
	if a.Role != engine.Salesperson || engine.Instant(b.now.Load())-s.At < 3_600_000 {
		return s
	}
	if s.CustomerID.IsZero() {
		s.IssuedCode = hidden(s.IssuedCode)
	}
	if s.State != engine.SaleCompleted {
		s.RedeemedCode = hidden(s.RedeemedCode)
	}
	return s
}

func hidden(code string) string {
	if code == "" {
		return ""
	}
	return "******" + code[6:]
}

func inSaleState(s engine.Sale, state string) bool {
	switch state {
	case engine.SalesKept:
		return s.State != engine.SaleVoided
	case engine.SalesRedeeming:
		return s.State == engine.SaleCompleted && !s.RedeemedID.IsZero()
	}
	return state == "" || string(s.State) == state
}

func same(want, got engine.ID) bool { return want.IsZero() || want == got }

func (b *busy) wantCoupons(a engine.Actor, f engine.Filter) []engine.Coupon {
	var out []engine.Coupon
	now := engine.Instant(b.now.Load())
	for _, c := range b.coupons {
		sale := b.saleOf(c)
		day, state := sale.Business, string(c.StateAt(now))
		ofSale := f.SaleID.IsZero() || c.SaleID == f.SaleID
		if i := slices.IndexFunc(b.sales, func(s engine.Sale) bool { return s.ID == f.SaleID }); i >= 0 {
			ofSale = ofSale || b.sales[i].RedeemedID == c.ID
		}
		if (f.State == "" || state == f.State || f.State == engine.CouponsKept && state != string(engine.CouponVoided)) &&
			(f.EndFrom == 0 || c.LastDay >= f.EndFrom) && (f.EndTo == 0 || c.LastDay <= f.EndTo) && (f.From == 0 || day >= f.From) && (f.To == 0 || day <= f.To) &&
			same(f.CustomerID, c.CustomerID) && same(f.CampaignID, c.CampaignID) && same(f.StaffID, sale.StaffID) && ofSale &&
			(f.Search == "" || c.Code == f.Search) && (a.Role != engine.Salesperson || sale.StaffID == a.StaffID) {
			if a.Role == engine.Salesperson && c.CustomerID.IsZero() {
				c.Code = hidden(c.Code)
			}
			out = append(out, c)
		}
	}
	return out
}

// drawFilter makes up a filter: mostly few conditions, so that there is
// something to find.
func (b *busy) drawFilter(t *rapid.T, states []string) engine.Filter {
	f := engine.Filter{Limit: rapid.IntRange(1, 40).Draw(t, "limit")}
	seldom := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name+"?") == 3 }
	one := func(name string, ids []engine.ID) engine.ID {
		if !seldom(name) {
			return engine.ID{}
		}
		return rapid.SampledFrom(ids).Draw(t, name)
	}
	f.CustomerID = one("customer", b.customers)
	f.CampaignID = one("campaign", []engine.ID{b.campaigns[0].ID, b.campaigns[1].ID, {15: 9}})
	f.StaffID = one("staff", []engine.ID{b.actor.StaffID, b.clerk.StaffID})
	if rapid.Bool().Draw(t, "state?") {
		f.State = rapid.SampledFrom(states).Draw(t, "state")
	}
	first := engine.DayOf(2026, 11, 15)
	if seldom("from") {
		f.From = first + engine.Day(rapid.IntRange(0, 50).Draw(t, "from"))
	}
	if seldom("to") {
		f.To = first + engine.Day(rapid.IntRange(0, 50).Draw(t, "to"))
	}
	return f
}

// pages reads a list to its end, page by page.
func pages[T any](t *rapid.T, f engine.Filter, read func(engine.Filter) (engine.Page[T], error)) []T {
	var all []T
	for {
		page, err := read(f)
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Items) > f.Limit || page.Next != "" && len(page.Items) < f.Limit {
			t.Fatalf("a page of %d rows, asked for %d, next %q", len(page.Items), f.Limit, page.Next)
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all
		}
		if len(all) > 1000 {
			t.Fatalf("filter %+v finds no end", f)
		}
		f.After = page.Next
	}
}

func TestSalesAgreeWithReadingEachOne(t *testing.T) {
	b := openBusy(t)
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		f := b.drawFilter(t, []string{"completed", "returned", "voided", "kept", "redeeming"})
		if rapid.IntRange(0, 9).Draw(t, "search?") == 0 {
			f.Search = fmt.Sprintf("NF-%d", rapid.IntRange(0, 120).Draw(t, "search"))
		}
		a := rapid.SampledFrom([]engine.Actor{b.actor, b.clerk}).Draw(t, "actor")
		got := pages(t, f, func(f engine.Filter) (engine.Page[engine.Sale], error) { return b.Sales(bg, a, f) })
		want := b.wantSales(a, f)
		if !slices.EqualFunc(got, want, func(a, b engine.Sale) bool { return reflect.DeepEqual(a, b) }) {
			t.Fatalf("filter %+v found %d sales, want %d", f, len(got), len(want))
		}
		found += len(got)
	})
	if found == 0 {
		t.Error("all filters together found no sale: the test proves nothing")
	}
}

func TestCouponsAgreeWithReadingEachOne(t *testing.T) {
	b := openBusy(t)
	rapid.Check(t, func(t *rapid.T) {
		b.at(rapid.SampledFrom(b.moments).Draw(t, "now"))
		f := b.drawFilter(t, []string{"pending", "active", "reserved", "redeemed", "expired", "voided", "kept"})
		if rapid.Bool().Draw(t, "ended?") {
			f.EndFrom = engine.DayOf(2026, 12, 20) + engine.Day(rapid.IntRange(0, 20).Draw(t, "ended from"))
			f.EndTo = f.EndFrom + engine.Day(rapid.IntRange(0, 20).Draw(t, "ended to"))
		}
		switch rapid.IntRange(0, 9).Draw(t, "by") {
		case 0:
			f.Search = rapid.SampledFrom(b.coupons).Draw(t, "code").Code
		case 1:
			f.SaleID = rapid.SampledFrom(b.sales).Draw(t, "sale").ID
		}
		a := rapid.SampledFrom([]engine.Actor{b.actor, b.clerk}).Draw(t, "actor")
		got := pages(t, f, func(f engine.Filter) (engine.Page[engine.Coupon], error) { return b.Coupons(bg, a, f) })
		want := b.wantCoupons(a, f)
		if !slices.Equal(got, want) {
			t.Fatalf("filter %+v found %d coupons, want %d", f, len(got), len(want))
		}
	})
	for _, state := range []string{"pending", "active", "reserved", "redeemed", "expired", "voided"} {
		found := 0
		for _, now := range b.moments {
			b.at(now)
			f := engine.Filter{State: state, Limit: engine.MostPage}
			want := b.wantCoupons(b.actor, f)
			if page, err := b.Coupons(bg, b.actor, f); err != nil || !slices.Equal(page.Items, want) {
				t.Errorf("at %s %d coupons are %s, want %d: %v", now, len(page.Items), state, len(want), err)
			}
			found += len(want)
		}
		if found == 0 {
			t.Errorf("the shop never has a coupon in state %q: the test proves little", state)
		}
	}
}

func TestSalesAtTheEdgesOfTheWindowAreFound(t *testing.T) {
	s := openTill(t)
	for _, local := range []string{"2026-11-20 14:30", "2026-11-21 00:00:00.000", "2026-11-21 23:59:59.999"} {
		s.at(local)
		today := s.store.Today(engine.Instant(s.now.Load()))
		for _, day := range []engine.Day{today - engine.DaysBack, today + engine.DaysAhead} {
			d := toMaria(100_00)
			d.Business = day
			want := s.sell(d).Sale.ID
			page, err := s.Sales(bg, s.actor, engine.Filter{From: day, To: day})
			if err != nil || len(page.Items) == 0 || page.Items[0].ID != want {
				t.Errorf("a sale of %s recorded on %s is not found: %v", day, local, err)
			}
		}
	}
}

func TestCouponsOfASaleAreTheOneItRedeemedAndTheOneItEarned(t *testing.T) {
	s := openTill(t)
	first := s.sell(toMaria(100_00))
	second := s.sell(redeeming(toMaria(200_00), first.Issued))
	page, err := s.Coupons(bg, s.actor, engine.Filter{SaleID: second.Sale.ID})
	if err != nil || len(page.Items) != 2 || page.Items[0].ID != second.Issued.ID || page.Items[1].ID != first.Issued.ID {
		t.Errorf("coupons of the second sale: %+v, %v", page.Items, err)
	}
}

func TestReservedCouponsAreListedWhileTheLeaseLasts(t *testing.T) {
	s := openTill(t)
	c := s.sell(toMaria(100_00)).Issued
	if err := s.Reserve(bg, s.actor, c.ID); err != nil {
		t.Fatal(err)
	}
	count := func(state engine.CouponState) int {
		page, err := s.Coupons(bg, s.actor, engine.Filter{State: string(state)})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Items)
	}
	if count(engine.CouponReserved) != 1 || count(engine.CouponActive) != 0 {
		t.Error("a reserved coupon is not listed as reserved alone")
	}
	s.now.Add(10 * 60 * 1000)
	if count(engine.CouponReserved) != 0 || count(engine.CouponActive) != 1 {
		t.Error("a coupon whose lease is over is not listed as active alone")
	}
}

func TestPageMarksOfOtherListsAreRefused(t *testing.T) {
	s := openTill(t)
	s.sell(toMaria(100_00))
	s.sell(toMaria(100_00))
	page, err := s.Sales(bg, s.actor, engine.Filter{Limit: 1})
	if err != nil || page.Next == "" {
		t.Fatalf("no next page: %v", err)
	}
	for _, after := range []string{page.Next, "x", page.Next + "A", page.Next[1:], "AAAAAAAAAAAAAAAAAAAAAAA", "ção"} {
		_, err := s.Coupons(bg, s.actor, engine.Filter{After: after})
		s.refused(err, engine.CodeBadCursor)
		if _, err = s.Campaigns(bg, s.actor, engine.Filter{After: after}); after != "" {
			s.refused(err, engine.CodeBadCursor)
		}
	}
}

func TestCouponSearchTellsASlipFromAnUnknownCode(t *testing.T) {
	s := openTill(t)
	c := s.sell(toMaria(100_00)).Issued
	page, err := s.Coupons(bg, s.actor, engine.Filter{Search: engine.ShowCode(c.Code)})
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != c.ID {
		t.Errorf("searching %s found %+v, %v", c.Code, page.Items, err)
	}
	slip := []byte(c.Code)
	slip[0] = engine.Alphabet[(slices.Index([]byte(engine.Alphabet), slip[0])+1)%32]
	_, err = s.Coupons(bg, s.actor, engine.Filter{Search: string(slip)})
	s.refused(err, engine.CodeTypo)
	_, err = s.Coupons(bg, s.actor, engine.Filter{Search: "NF-12"})
	s.refused(err, engine.CodeNoCode)
}

func TestLastSaleIsTheRegistersOwn(t *testing.T) {
	s := openTill(t)
	_, err := s.LastSale(bg, s.actor)
	s.refused(err, engine.CodeNothingToVoid)
	first, second := s.sell(toMaria(100_00)), s.sell(toMaria(200_00))
	if _, err := s.RecordSale(bg, s.other("Till 2"), engine.Draft{Amount: 5_00}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.LastSale(bg, s.actor); err != nil || got.ID != second.Sale.ID {
		t.Errorf("last sale %v, %v; want the second", got.ID, err)
	}
	if _, err := s.ReverseSale(bg, s.actor, engine.Reversal{SaleID: second.Sale.ID, Reason: "typing"}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.LastSale(bg, s.actor); err != nil || got.ID != first.Sale.ID {
		t.Errorf("last sale %v, %v; want the first after the second is voided", got.ID, err)
	}
	clerk := s.hire("Rita", engine.Salesperson, "Till 1")
	_, err = s.LastSale(bg, clerk)
	s.refused(err, engine.CodeNothingToVoid)
}

func TestSalespersonSeesOnlyTheirOwn(t *testing.T) {
	s := openTill(t)
	clerk := s.hire("Rita", engine.Salesperson, "Till 2")
	d := toMaria(100_00)
	d.Reference = "NF-1"
	others := s.sell(d)
	_, err := s.Sale(bg, clerk, others.Sale.ID)
	s.refused(err, engine.CodeSaleUnknown)
	_, err = s.SaleByReference(bg, clerk, "NF-1")
	s.refused(err, engine.CodeSaleUnknown)
	_, err = s.CampaignReport(bg, clerk, 0, 0)
	s.refused(err, engine.CodeForbidden)
	if got, err := s.SaleByReference(bg, s.actor, " NF-1 "); err != nil || got.ID != others.Sale.ID {
		t.Errorf("the owner finds %v, %v by reference", got.ID, err)
	}
}
