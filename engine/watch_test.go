package engine

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// watchShop makes up a month of a shop whose cashiers are alike.
type watchShop struct {
	*rand.Rand
	cashiers, tills []ID
	customers       int
	perDay          int // sales of a cashier
	hours           []TillHour
	sales           []WatchSale
	misses          []WatchSpot
	serial          int
}

const (
	watchDays  = 26
	watchFirst = Day(20_000)
)

func watchID(kind, n int) ID { return ID{0: byte(kind), 1: byte(n >> 8), 2: byte(n)} }

func newWatchShop(seed uint64, cashiers int) *watchShop {
	s := &watchShop{Rand: rand.New(rand.NewPCG(seed, 7)), customers: 900, perDay: 20}
	for i := range cashiers {
		s.cashiers = append(s.cashiers, watchID(1, i+1))
	}
	for i := range (cashiers + 1) / 2 {
		s.tills = append(s.tills, watchID(2, i+1))
	}
	return s
}

// hit is true with a chance in thousands.
func (s *watchShop) hit(thousandths int) bool { return s.IntN(1000) < thousandths }

// month makes the sales of a month. tweak may change what a cashier does with a
// sale: it is how a cheat is planted.
func (s *watchShop) month(tweak func(who, hour int, c *TillCounts)) {
	for d := range watchDays {
		guests := s.Perm(s.customers)
		for who, cashier := range s.cashiers {
			till := s.tills[who%len(s.tills)]
			for n := range s.perDay {
				hour := 9 + s.IntN(10)
				if n == 0 {
					hour = 18 // they all close
				}
				s.sale(watchFirst+Day(d), hour, who, cashier, till, guests[(who*s.perDay+n)%len(guests)], tweak)
			}
			if s.hit(100) {
				s.misses = append(s.misses, WatchSpot{At: 1, StaffID: cashier, RegisterID: till})
			}
		}
	}
	slices.SortStableFunc(s.hours, func(a, b TillHour) int { return int(a.Hour - b.Hour) })
}

func (s *watchShop) sale(day Day, hour, who int, cashier, till ID, guest int, tweak func(int, int, *TillCounts)) {
	c := TillCounts{Sales: 1, Net: 1000, Issued: 1, Redeemed: yes(s.hit(120)), TypedRefs: yes(s.hit(50)), NoRefs: yes(s.hit(30))}
	if who < 2 && s.hit(50) { // the two who may
		c.Voids = 1
		c.RedeemedVoids = yes(s.hit(120))
	}
	if tweak != nil {
		tweak(who, hour, &c)
	}
	s.hours = append(s.hours, TillHour{Day: day, Hour: int64(day)*24 + int64(hour), StaffID: cashier, RegisterID: till, TillCounts: c})
	s.serial++
	at := day.At(hour, time.UTC).Add(time.Duration(s.serial%3600) * time.Second)
	s.sales = append(s.sales, WatchSale{
		ID: NewID(at, [10]byte{byte(s.serial >> 16), byte(s.serial >> 8), byte(s.serial)}), CustomerID: watchID(3, guest),
		StaffID: cashier, RegisterID: till, Business: day, Earned: true, Redeemed: c.Redeemed > 0, Backdated: s.hit(20),
	})
}

func yes(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (s *watchShop) report(terms WatchTerms) WatchReport {
	b := NewWatchBook(terms, watchFirst+1000)
	for _, h := range s.hours {
		b.AddHour(h)
	}
	for _, m := range s.misses {
		b.AddMiss(m)
	}
	for _, x := range s.sales {
		b.AddSale(x)
	}
	return b.Report(watchFirst, watchFirst+watchDays-1)
}

// TestHonestShopsAreLeftAlone counts, among 1,000 made-up months of a shop
// without a cheat, those with any finding.
func TestHonestShopsAreLeftAlone(t *testing.T) {
	const months = 1000
	strict, loose := WatchTermsOf(nil), WatchTermsOf(nil)
	loose.Surprise, loose.Excess, loose.Least = 20, 0, 2
	found := map[int64]int{}
	for seed := range uint64(months) {
		s := newWatchShop(seed, 5)
		s.perDay = 10
		s.month(nil)
		for _, terms := range []WatchTerms{strict, loose} {
			if r := s.report(terms); len(r.Findings) > 0 {
				found[terms.Surprise]++
			}
		}
	}
	t.Logf("of %d months %d stood out at 1 in 1,000 and %d at 1 in 20", months, found[1000], found[20])
	if found[1000] > 5 { // 1 is promised; over 5 has a chance below 0.1 %
		t.Errorf("%d months stood out at 1 in 1,000", found[1000])
	}
	if found[20] > 72 { // 50 are promised; over 72 has a chance below 0.1 %
		t.Errorf("%d months stood out at 1 in 20", found[20])
	}
	if found[20] == 0 {
		t.Error("chance alone never stands out: the test has no power")
	}
}

// planted is a cheat, and what must be said of it first.
type planted struct {
	tweak func(who, hour int, c *TillCounts)
	after func(s *watchShop)
	rule  WatchRule
	who   ID
	other ID
}

var cheat = watchID(1, 3) // the third cashier, who = 2

var plants = map[string]planted{
	"redeems unused coupons": {rule: WatchRedeemed, who: cheat, tweak: func(who, hour int, c *TillCounts) {
		if who == 2 && hour%4 == 0 {
			c.Redeemed = 1
		}
	}},
	"redeems when closing": {rule: WatchLastHour, who: cheat, tweak: func(who, hour int, c *TillCounts) {
		if who == 2 && hour == 18 {
			c.Redeemed = 1
		} else if who == 2 && c.Redeemed == 1 && hour < 14 {
			c.Redeemed = 0 // and as often as the others in all
		}
	}},
	"voids what redeemed": {rule: WatchUndone, who: watchID(1, 1), tweak: func(who, _ int, c *TillCounts) {
		if who == 0 && c.Voids == 1 {
			c.RedeemedVoids = 1
		}
	}},
	"types references": {rule: WatchTyped, who: cheat, tweak: func(who, _ int, c *TillCounts) {
		if who == 2 && c.NoRefs == 0 && c.Redeemed == 1 {
			c.TypedRefs = 1
		}
	}},
	"leaves references out": {rule: WatchNoRef, who: cheat, tweak: func(who, hour int, c *TillCounts) {
		if who == 2 && hour > 14 {
			c.NoRefs, c.TypedRefs = 1, 0
		}
	}},
	"tries codes": {rule: WatchWrongCode, who: cheat, after: func(s *watchShop) {
		for range 40 {
			s.misses = append(s.misses, WatchSpot{At: 2, StaffID: cheat, RegisterID: s.tills[2]})
		}
	}},
	"splits sales": {rule: WatchSplit, who: cheat, after: func(s *watchShop) {
		for i, x := range slices.Clone(s.sales) {
			if x.StaffID == cheat && i%9 == 0 {
				x.ID = NewID(x.ID.Instant()+60_000, [10]byte{9, byte(i >> 8), byte(i)})
				s.sales = append(s.sales, x)
			}
		}
		slices.SortStableFunc(s.sales, func(a, b WatchSale) int { return slices.Compare(a.ID[:], b.ID[:]) })
	}},
	"redeems with one friend": {rule: WatchSameHands, who: watchID(3, 1001), other: cheat, after: func(s *watchShop) {
		for i := range 20 {
			s.sales = append(s.sales, WatchSale{
				ID: NewID((watchFirst+Day(i)).At(20, time.UTC), [10]byte{8, byte(i)}), CustomerID: watchID(3, 1001), StaffID: cheat,
				RegisterID: s.tills[2], Business: watchFirst + Day(i), Redeemed: true,
			})
		}
	}},
	"gives one number for all": {rule: WatchManyEarned, who: watchID(3, 1002), after: func(s *watchShop) {
		for i := range 80 {
			s.sales = append(s.sales, WatchSale{
				ID: NewID((watchFirst+Day(i/4)).At(8+2*(i%4), time.UTC), [10]byte{7, byte(i)}), CustomerID: watchID(3, 1002), StaffID: cheat,
				RegisterID: s.tills[2], Business: watchFirst + Day(i/4), Earned: true,
			})
		}
	}},
	"passes a number around": {rule: WatchManyHands, who: watchID(3, 1003), after: func(s *watchShop) {
		for i := range 5 {
			s.sales = append(s.sales, WatchSale{
				ID: NewID(watchFirst.At(8+i, time.UTC), [10]byte{6, byte(i)}), CustomerID: watchID(3, 1003), StaffID: s.cashiers[i],
				RegisterID: s.tills[0], Business: watchFirst, Earned: true,
			})
		}
	}},
	"splits at two tills and dates": {rule: WatchSplit, who: cheat, after: func(s *watchShop) {
		splitAway(s, func(x WatchSale) bool { return x.StaffID == cheat })
	}},
	"dates sales back": {rule: WatchBackdated, who: cheat, after: func(s *watchShop) {
		for i := range s.sales {
			s.sales[i].Backdated = s.sales[i].StaffID == cheat && i%4 == 0
		}
	}},
	"earns many at once": {rule: WatchPhoneDay, who: watchID(3, 1004), after: func(s *watchShop) {
		for i := range 24 {
			day := watchFirst - Day(i%12) // each with another date
			s.sales = append(s.sales, WatchSale{
				ID: NewID(watchFirst.At(20, time.UTC).Add(time.Duration(i)*11*time.Minute), [10]byte{5, byte(i)}), CustomerID: watchID(3, 1004), StaffID: s.cashiers[i%2],
				RegisterID: s.tills[0], Business: day, Earned: true,
			})
		}
	}},
	"earns on their own phone": {rule: WatchOwnPhone, who: cheat, after: func(s *watchShop) {
		for i := range s.sales {
			s.sales[i].Own = s.sales[i].StaffID == cheat && s.sales[i].Business%5 == 0 && i%7 == 0
		}
	}},
}

// splitAway adds a second sale a minute after every ninth of some, at another
// till and with another date.
func splitAway(s *watchShop, some func(WatchSale) bool) {
	for i, x := range slices.Clone(s.sales) {
		if some(x) && i%9 == 0 {
			x.ID = NewID(x.ID.Instant()+60_000, [10]byte{9, byte(i >> 8), byte(i)})
			x.RegisterID, x.Business = watchID(2, 9), x.Business-1
			s.sales = append(s.sales, x)
		}
	}
	slices.SortStableFunc(s.sales, func(a, b WatchSale) int { return slices.Compare(a.ID[:], b.ID[:]) })
}

// TestCheatsDoNotHideEachOther: where all split, nobody stands out beside the
// others, but all above what is usual anywhere.
func TestCheatsDoNotHideEachOther(t *testing.T) {
	s := newWatchShop(3, 5)
	s.month(nil)
	splitAway(s, func(WatchSale) bool { return true })
	split := map[ID]int{}
	for _, f := range s.report(WatchTermsOf(nil)).Findings {
		if f.Rule == WatchSplit || f.Rule == WatchManySplits {
			split[f.ID]++
			if len(f.Spots) == 0 || f.Hits*1000 <= f.Expected {
				t.Errorf("%+v", f)
			}
		}
	}
	for _, who := range s.cashiers {
		if split[who] != 1 {
			t.Errorf("%v is found %d times: %v", who, split[who], split)
		}
	}
}

func TestPlantedCheatsAreFoundFirst(t *testing.T) {
	for name, p := range plants {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20) {
				s := newWatchShop(seed, 5)
				s.month(p.tweak)
				if p.after != nil {
					p.after(s)
				}
				r := s.report(WatchTermsOf(nil))
				if len(r.Findings) == 0 {
					t.Fatalf("seed %d: nothing stands out", seed)
				}
				f := r.Findings[0]
				if f.Rule != p.rule || f.ID != p.who || f.OtherID != p.other {
					t.Errorf("seed %d: first is %s of %v, want %s of %v", seed, f.Rule, f.ID, p.rule, p.who)
				}
				checkCounts(t, s, f)
			}
		})
	}
}

// checkCounts counts the hits of some rules anew.
func checkCounts(t *testing.T, s *watchShop, f WatchFinding) {
	t.Helper()
	var hits, of, restHits, rest int64
	count := func(mine bool, h, n int64) {
		if mine {
			hits, of = hits+h, of+n
		} else {
			restHits, rest = restHits+h, rest+n
		}
	}
	for _, h := range s.hours {
		mine := h.StaffID == f.ID
		switch f.Rule {
		case WatchRedeemed:
			count(mine, h.Redeemed, 1)
		case WatchLastHour:
			if h.Hour%24 == 18 {
				count(mine, h.Redeemed, 1)
			}
		case WatchNoRef:
			count(mine, h.NoRefs, 1)
		case WatchTyped:
			count(mine, h.TypedRefs, 1-h.NoRefs)
		default:
			return
		}
	}
	if want := (of*restHits*1000 + rest/2) / rest; f.Hits != hits || f.Chances != of || f.Expected != want {
		t.Errorf("%s: %d of %d, expected %d; want %d of %d, expected %d", f.Rule, f.Hits, f.Chances, f.Expected, hits, of, want)
	}
}

func TestOneCashierIsToldNothing(t *testing.T) {
	s := newWatchShop(1, 1)
	s.month(func(_, _ int, c *TillCounts) { c.Redeemed, c.TypedRefs, c.NoRefs = 1, 0, 0 })
	if r := s.report(WatchTermsOf(nil)); len(r.Findings) > 0 {
		t.Errorf("a shop with one cashier is told %+v", r.Findings[0])
	}
}

func TestLastHourOfTodayIsNotOver(t *testing.T) {
	b := NewWatchBook(WatchTermsOf(nil), watchFirst+1)
	for day := range Day(2) {
		for hour := range int64(3) {
			b.AddHour(TillHour{Day: watchFirst + day, Hour: int64(day)*24 + hour, StaffID: cheat, TillCounts: TillCounts{Sales: hour + 1, Redeemed: hour}})
		}
	}
	if c := b.Report(watchFirst, watchFirst+1).Store; c.LastSales != 3 || c.LastRedeemed != 2 || c.Sales != 12 {
		t.Errorf("%+v, want the 3 sales of the last hour of the first day", c)
	}
}

func TestWatchingCanBeOff(t *testing.T) {
	s := newWatchShop(1, 5)
	s.month(plants["redeems when closing"].tweak)
	if r := s.report(WatchTermsOf(Settings{SetWatch: "no"})); len(r.Findings) > 0 || len(r.Staff) != 5 {
		t.Errorf("%d findings, %d rows", len(r.Findings), len(r.Staff))
	}
}
