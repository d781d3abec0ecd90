package store

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bounceback/engine"
)

// visitsLaw sells to a few customers of a store of its own and remembers each
// sale, so that the figures can be worked out from them one by one.
type visitsLaw struct {
	*shop
	t     *rapid.T
	owner engine.Actor
	zone  engine.Store
	sold  []*lawSale
}

type lawSale struct {
	id       engine.ID
	customer string
	day      engine.Day
	left     engine.Minor
	coupon   engine.ID // that it earned
	used     engine.ID // the coupon that it redeemed
	void     bool
}

func (l *visitsLaw) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *visitsLaw) today() engine.Day { return l.zone.Today(l.clock()) }

var lawCustomers = []string{"", "A", "B", "C"}

// sell records a sale of today or a day up to 15 days back or 1 ahead, with a
// coupon if the customer has one that the guards let through.
func (l *visitsLaw) sell(t *rapid.T) {
	d := engine.Draft{
		Amount: engine.Minor(rapid.IntRange(1, 200).Draw(t, "amount")) * 100, Customer: engine.CustomerRef{Number: rapid.SampledFrom(lawCustomers).Draw(t, "who")},
		Business: l.today() + engine.Day(rapid.SampledFrom([]int{0, 0, 0, 1, -1, -3, -7, -15}).Draw(t, "shift")), Use: engine.UseBest,
	}
	r, err := l.RecordSale(bgc, l.owner, d)
	if engine.ClassOf(err) == engine.Rule {
		d.Use = engine.UseNone
		r, err = l.RecordSale(bgc, l.owner, d)
	}
	l.must(err)
	l.sold = append(l.sold, &lawSale{
		id: r.Sale.ID, customer: d.Customer.Number, day: d.Business, left: r.Sale.Gross, coupon: r.Sale.IssuedID, used: r.Sale.RedeemedID,
	})
}

// importSome imports sales of any past, in any order.
func (l *visitsLaw) importSome(t *rapid.T) {
	row := rapid.Custom(func(t *rapid.T) engine.ImportSale {
		return engine.ImportSale{
			Line: 2, Number: rapid.SampledFrom(lawCustomers).Draw(t, "who"), Amount: engine.Minor(rapid.IntRange(0, 3).Draw(t, "amount")) * 1000,
			Business: l.today() + engine.Day(rapid.IntRange(-60, 1).Draw(t, "day")),
		}
	})
	rows := rapid.SliceOfN(row, 1, 8).Draw(t, "rows")
	out, err := l.ImportSales(bgc, l.owner, rows, rapid.Bool().Draw(t, "issue"))
	l.must(err)
	page, err := l.Sales(bgc, l.owner, engine.Filter{Limit: engine.MostPage})
	l.must(err)
	for i, o := range out {
		l.must(o.Err)
		l.sold = append(l.sold, &lawSale{customer: rows[i].Number, day: rows[i].Business, left: rows[i].Amount})
	}
	l.name(page.Items)
}

// name gives imported sales their ids: any of the same customer, day and amount
// is as good as another.
func (l *visitsLaw) name(sales []engine.Sale) {
	named := map[engine.ID]bool{}
	for _, s := range l.sold {
		named[s.id] = true
	}
	for _, s := range l.sold {
		if !s.id.IsZero() {
			continue
		}
		i := slices.IndexFunc(sales, func(o engine.Sale) bool {
			return !named[o.ID] && o.Customer == s.customer && o.Business == s.day && o.Gross == s.left
		})
		s.id, s.coupon = sales[i].ID, sales[i].IssuedID
		named[s.id] = true
	}
}

// reverse voids a sale or takes a part or all of it back. What the rules of the
// shop refuse changes nothing.
func (l *visitsLaw) reverse(t *rapid.T) {
	if len(l.sold) == 0 {
		t.Skip("no sale")
	}
	s := rapid.SampledFrom(l.sold).Draw(t, "sale")
	ask := engine.Reversal{SaleID: s.id, Reason: "back", Spent: engine.SpentDeduct, Amount: s.left * engine.Minor(rapid.IntRange(0, 2).Draw(t, "halves")) / 2}
	switch _, err := l.ReverseSale(bgc, l.owner, ask); {
	case engine.ClassOf(err) == engine.Rule:
	case err != nil:
		t.Fatal(err)
	default:
		s.void = ask.Amount == 0
		s.left -= ask.Amount
		if s.void || s.left == 0 {
			s.used = engine.ID{}
		}
	}
}

func (l *visitsLaw) wait(t *rapid.T) {
	l.shop.wait(int64(rapid.IntRange(0, 20).Draw(t, "days")) * days)
}

// look compares the figures of some days with those of the sales one by one.
func (l *visitsLaw) look(t *rapid.T) {
	from := rapid.SampledFrom([]engine.Day{0, l.today() - 40, l.today() - 9, l.today()}).Draw(t, "from")
	to := l.today() + engine.Day(rapid.IntRange(-30, 2).Draw(t, "to"))
	got, err := l.Repurchase(bgc, l.owner, from, to)
	l.must(err)
	want := engine.RepurchaseOf(l.gaps(from, to), l.waiting(from, to), l.redeemed(from, to))
	want.From, want.To, want.Last, want.Seconds = from, to, l.last(from, to), l.seconds(from, to)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("from %v to %v\ngot  %+v\nwant %+v", from, to, got, want)
	}
}

// days are the business dates of a customer's sales, in order.
func (l *visitsLaw) days(customer string) (days []engine.Day) {
	for _, s := range l.sold {
		if s.customer == customer && !s.void {
			days = append(days, s.day)
		}
	}
	slices.Sort(days)
	return days
}

func (l *visitsLaw) gaps(from, to engine.Day) (out []engine.Bin) {
	for _, c := range lawCustomers[1:] {
		for days := l.days(c); len(days) > 1; days = days[1:] {
			if days[0] >= from && days[1] <= to {
				out = append(out, engine.Bin{Value: int64(days[1] - days[0]), Count: 1})
			}
		}
	}
	return out
}

func (l *visitsLaw) waiting(from, to engine.Day) (out []engine.Bin) {
	for _, c := range lawCustomers[1:] {
		days := slices.DeleteFunc(l.days(c), func(d engine.Day) bool { return d < from || d > to })
		if n := len(days); n > 0 {
			out = append(out, engine.Bin{Value: int64(to - days[n-1]), Count: 1})
		}
	}
	return out
}

func (l *visitsLaw) seconds(from, to engine.Day) (n int64) {
	for _, c := range lawCustomers[1:] {
		if days := l.days(c); len(days) > 1 && days[1] >= from && days[1] <= to {
			n++
		}
	}
	return n
}

func (l *visitsLaw) last(from, to engine.Day) (last engine.Day) {
	for _, s := range l.sold {
		if s.customer != "" && !s.void && s.day >= from && s.day <= to {
			last = max(last, s.day)
		}
	}
	return last
}

func (l *visitsLaw) redeemed(from, to engine.Day) (out []engine.Bin) {
	for _, s := range l.sold {
		if s.used.IsZero() || s.day > to {
			continue
		}
		i := slices.IndexFunc(l.sold, func(o *lawSale) bool { return o.coupon == s.used })
		if earned := min(l.sold[i].day, s.day); earned >= from {
			out = append(out, engine.Bin{Value: int64(s.day - earned), Count: 1})
		}
	}
	return out
}

// TestRepurchaseIsThatOfTheSales sells, dates back, imports, voids and returns
// as it comes. Then the sums are what the check works out from the sales in
// SQL, and the figures of any days what the test works out one by one.
func TestRepurchaseIsThatOfTheSales(outer *testing.T) {
	s, stores := newShop(outer, ""), 0
	rapid.Check(outer, func(t *rapid.T) {
		stores++
		l := &visitsLaw{shop: s, t: t}
		l.owner, l.zone = s.found(fmt.Sprintf("Shop %d", stores), "")
		t.Repeat(map[string]func(*rapid.T){
			"sell": l.sell, "sell more": l.sell, "import": l.importSome, "reverse": l.reverse, "wait": l.wait, "": l.look,
		})
		found, err := s.Check(bgc, l.owner)
		l.must(err)
		if len(found) > 0 {
			t.Fatalf("%+v", found)
		}
	})
}
