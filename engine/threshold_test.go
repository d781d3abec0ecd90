package engine

import (
	"testing"
	"time"
)

// judged gives the reason why an offer of one cent with a threshold does not
// apply, or nothing.
func judged(t *testing.T, when Threshold, b Basket, f Facts) Rejected {
	t.Helper()
	r := sell(t, b, f, Offer{Kind: KindOrderFixed, Cut: offAmount(1), When: when})
	if len(r.Applied) == 1 {
		return Rejected{}
	}
	return rejected(t, r, "A")
}

func TestThresholdsOfGoods(t *testing.T) {
	b := basketOf(
		Line{SKU: "c1", Category: "Drinks/Coffee", Units: 2, Price: 1000}, Line{SKU: "c2", Category: "Drinks/Coffee", Units: 1, Price: 500, NoDiscount: true},
		Line{SKU: "t1", Category: "Drinks/Tea", Units: 3, Price: 100}, Line{SKU: "T1", Category: "Drinks/Tea", Units: 1, Price: 100},
	)
	coffee := Goods{Category: []string{"Drinks/Coffee"}}
	for _, c := range []struct {
		name    string
		when    Threshold
		why     Code
		missing Minor
		units   int64
	}{
		{"exactly the amount", Threshold{MinAmount: 2900}, "", 0, 0},
		{"a cent more", Threshold{MinAmount: 2901}, ReasonBelow, 1, 0},
		{"at most the amount", Threshold{MaxAmount: 2900}, "", 0, 0},
		{"at most a cent less", Threshold{MaxAmount: 2899}, ReasonAbove, 0, 0},
		{"of a category, with what may not be discounted", Threshold{Of: coffee, MinAmount: 2500}, "", 0, 0},
		{"of a category, more", Threshold{Of: coffee, MinAmount: 3000}, ReasonBelow, 500, 0},
		{"units", Threshold{MinUnits: 7}, "", 0, 0},
		{"more units of a category", Threshold{Of: coffee, MinUnits: 5}, ReasonUnits, 0, 2},
		{"at most so many units", Threshold{MaxUnits: 6}, ReasonManyUnits, 0, 0},
		{"one line of three", Threshold{LineUnits: 3}, "", 0, 0},
		{"one line of four", Threshold{LineUnits: 4}, ReasonUnits, 0, 1},
		{"three products, one of them on two lines", Threshold{Products: 3}, "", 0, 0},
		{"four products", Threshold{Products: 4}, ReasonProducts, 0, 1},
		{"of what the basket has not", Threshold{Of: of("x"), MinUnits: 2}, ReasonUnits, 0, 2},
		{"not of what the basket has", Threshold{Of: of("x"), MaxUnits: 2}, "", 0, 0},
		{"all of", Threshold{All: []Threshold{{MinUnits: 1}, {Of: coffee, MinUnits: 4}}}, ReasonUnits, 0, 1},
		{"any of", Threshold{Any: []Threshold{{MinUnits: 100}, {Of: coffee, MinUnits: 3}}}, "", 0, 0},
		{"none of any: the nearest is told", Threshold{Any: []Threshold{{Channels: []string{"web"}}, {MinAmount: 3000}}}, ReasonBelow, 100, 0},
	} {
		got := judged(t, c.when, b, Facts{})
		if got.Reason != c.why || got.Missing != c.missing || got.Units != c.units {
			t.Errorf("%s: %q, %d missing, %d units; want %q, %d, %d", c.name, got.Reason, got.Missing, got.Units, c.why, c.missing, c.units)
		}
	}
}

// A threshold looks at goods before discounts, unless it asks for the running
// amount; the coupon's own discount never disqualifies it.
func TestBases(t *testing.T) {
	b := basketOf(goods("a", 1, 1000))
	half := Offer{Kind: KindItemPercent, Cut: Cut{Percent: 5000}}
	for _, c := range []struct {
		basis   Basis
		least   Minor
		applied bool
		missing Minor
	}{
		{"", 1000, true, 0},
		{BasisGoods, 1001, false, 1},
		{BasisRunning, 500, true, 0},
		{BasisRunning, 501, false, 1},
		{BasisRunning, 1000, false, 500},
	} {
		r := sell(t, b, Facts{}, half, Offer{Kind: KindOrderFixed, Cut: offAmount(1), When: Threshold{Basis: c.basis, MinAmount: c.least}})
		if applied := len(r.Applied) == 2; applied != c.applied || !applied && rejected(t, r, "B").Missing != c.missing {
			t.Errorf("%q from %d: %+v", c.basis, c.least, r.Rejected)
		}
	}
	r := sell(t, b, Facts{}, half, Offer{Kind: KindOrderFixed, Cut: offAmount(1), When: Threshold{All: []Threshold{{Basis: BasisRunning, MinAmount: 501}}}})
	if why := rejected(t, r, "B"); why.Missing != 1 {
		t.Errorf("a running amount inside: %+v", why)
	}
	r = sell(t, basketOf(goods("x", 1, 1000), goods("x", 1, 500), goods("y", 1, 500)), Facts{}, with(half, func(o *Offer) { o.Target.PriceMin = 1000 }),
		Offer{Kind: KindOrderFixed, Cut: offAmount(1), When: Threshold{Of: Goods{Undiscounted: true}, Products: 2}})
	if len(r.Applied) != 2 {
		t.Errorf("products of what is not discounted: %+v", r.Rejected)
	}
	r = sell(t, basketOf(goods("a", 1, 1000), goods("b", 1, 500)), Facts{}, with(half, func(o *Offer) { o.Target = of("a") }),
		Offer{Kind: KindOrderFixed, Cut: offAmount(1), When: Threshold{Of: Goods{Undiscounted: true}, MinAmount: 700}})
	if why := rejected(t, r, "B"); why.Reason != ReasonBelow || why.Missing != 200 {
		t.Errorf("of what is not discounted: %+v", why)
	}
}

func TestThresholdsOfTheSale(t *testing.T) {
	b := basketOf(goods("a", 1, 1000))
	b.Channel, b.Payment, b.Source, b.Ad = "Counter", "cash", "radio", "spring"
	f := Facts{Till: "Till 1", Branch: "Centro"}
	for _, c := range []struct {
		name string
		when Threshold
		why  Code
	}{
		{"channel, whatever its case", Threshold{Channels: []string{"web", "COUNTER"}}, ""},
		{"another channel", Threshold{Channels: []string{"web"}}, ReasonChannel},
		{"payment", Threshold{Payments: []string{"Cash"}}, ""},
		{"another payment", Threshold{Payments: []string{"card"}}, ReasonPayment},
		{"till", Threshold{Registers: []string{"till 1"}}, ""},
		{"another till", Threshold{Registers: []string{"till 2"}}, ReasonRegister},
		{"branch", Threshold{Branches: []string{"centro"}}, ""},
		{"another branch", Threshold{Branches: []string{"norte"}}, ReasonRegister},
		{"source", Threshold{Sources: []string{"Radio"}}, ""},
		{"another source", Threshold{Sources: []string{"print"}}, ReasonSource},
		{"another ad", Threshold{Ads: []string{"autumn"}}, ReasonSource},
		{"a rule", Threshold{Expression: `amount >= 1000 and channel == "counter"`}, ""},
		{"a rule that is not true", Threshold{Expression: `units > 1`}, ReasonRule},
	} {
		if got := judged(t, c.when, b, f); got.Reason != c.why {
			t.Errorf("%s: %q, want %q", c.name, got.Reason, c.why)
		}
	}
}

func TestThresholdsOfThePerson(t *testing.T) {
	b := basketOf(goods("a", 1, 1000))
	b.Business = DayOf(2026, 11, 19)
	known := Person{Known: true, Groups: []string{"Staff"}, Tier: "gold", Sales: 4, Last: b.Business - 30, Since: DayOf(2026, 6, 1), Birth: 11}
	for _, c := range []struct {
		name string
		who  Person
		when Threshold
		why  Code
	}{
		{"nobody", Person{}, Threshold{Customer: true}, ReasonCustomer},
		{"somebody", known, Threshold{Customer: true}, ""},
		{"nobody's group", Person{}, Threshold{Groups: []string{"staff"}}, ReasonCustomer},
		{"a group", known, Threshold{Groups: []string{"staff", "friends"}}, ""},
		{"another group", known, Threshold{Groups: []string{"friends"}}, ReasonPerson},
		{"a tier", known, Threshold{Tiers: []string{"Gold"}}, ""},
		{"another tier", known, Threshold{Tiers: []string{"silver"}}, ReasonPerson},
		{"the fifth sale", known, Threshold{NthSale: []int{1, 5}}, ""},
		{"the fourth sale", known, Threshold{NthSale: []int{4}}, ReasonPerson},
		{"every fifth", known, Threshold{EveryNth: 5}, ""},
		{"every fourth", known, Threshold{EveryNth: 4}, ReasonPerson},
		{"the first sale", Person{Known: true}, Threshold{NthSale: []int{1}}, ""},
		{"thirty days since the last", known, Threshold{DaysMin: 30, DaysMax: 30}, ""},
		{"more days", known, Threshold{DaysMin: 31}, ReasonPerson},
		{"fewer days", known, Threshold{DaysMax: 29}, ReasonPerson},
		{"a first sale has no last one", Person{Known: true}, Threshold{DaysMax: 29}, ReasonPerson},
		{"a birthday this month", known, Threshold{Birthday: true}, ""},
		{"a birthday another month", Person{Known: true, Birth: 10}, Threshold{Birthday: true}, ReasonPerson},
		{"a birthday unknown", Person{Known: true}, Threshold{Birthday: true}, ReasonPerson},
		{"new since", known, Threshold{NewSince: DayOf(2026, 6, 1)}, ""},
		{"new since later", known, Threshold{NewSince: DayOf(2026, 6, 2)}, ReasonPerson},
	} {
		if got := judged(t, c.when, b, Facts{Person: c.who}); got.Reason != c.why {
			t.Errorf("%s: %q, want %q", c.name, got.Reason, c.why)
		}
	}
}

// Days are the sale's business date, hours the clock of the store's zone; a
// span over midnight belongs to the day it began.
func TestThresholdsOfTime(t *testing.T) {
	happy := []Hours{{14 * 60, 17 * 60}}
	late := []Hours{{22 * 60, 2 * 60}}
	friday := []time.Weekday{time.Friday}
	for _, c := range []struct {
		name     string
		country  string
		at       string
		business string
		when     Threshold
		why      Code
	}{
		{"the first day", "BR", "2026-11-20 12:00:00.000", "", Threshold{From: DayOf(2026, 11, 20)}, ""},
		{"before it", "BR", "2026-11-19 23:59:59.999", "", Threshold{From: DayOf(2026, 11, 20)}, ReasonDate},
		{"the last day", "BR", "2026-11-20 23:59:59.999", "", Threshold{Until: DayOf(2026, 11, 20)}, ""},
		{"after it", "BR", "2026-11-21 00:00:00.000", "", Threshold{Until: DayOf(2026, 11, 20)}, ReasonDate},
		{"by the business date", "BR", "2026-11-21 09:00:00.000", "2026-11-20", Threshold{Until: DayOf(2026, 11, 20)}, ""},
		{"a weekday", "BR", "2026-11-20 12:00:00.000", "", Threshold{Weekdays: friday}, ""},
		{"another", "BR", "2026-11-21 00:00:00.000", "", Threshold{Weekdays: friday}, ReasonWeekday},
		{"a back-dated sale's weekday", "BR", "2026-11-23 12:00:00.000", "2026-11-20", Threshold{Weekdays: friday}, ""},
		{"the first minute", "BR", "2026-11-20 14:00:00.000", "", Threshold{Times: happy}, ""},
		{"the minute before", "BR", "2026-11-20 13:59:59.999", "", Threshold{Times: happy}, ReasonTime},
		{"the last minute", "BR", "2026-11-20 16:59:59.999", "", Threshold{Times: happy}, ""},
		{"the minute after", "BR", "2026-11-20 17:00:00.000", "", Threshold{Times: happy}, ReasonTime},
		{"the wrong day for the hour", "BR", "2026-11-21 15:00:00.000", "", Threshold{Times: happy, Weekdays: friday}, ReasonWeekday},
		{"over midnight, before it", "BR", "2026-11-20 23:00:00.000", "", Threshold{Times: late, Weekdays: friday}, ""},
		{"over midnight, after it", "BR", "2026-11-21 01:59:00.000", "", Threshold{Times: late, Weekdays: friday}, ""},
		{"and at its end", "BR", "2026-11-21 02:00:00.000", "", Threshold{Times: late, Weekdays: friday}, ReasonTime},
		{"the night before", "BR", "2026-11-20 01:00:00.000", "", Threshold{Times: late, Weekdays: friday}, ReasonWeekday},
		{"a business date that is still yesterday's", "BR", "2026-11-21 01:00:00.000", "2026-11-20", Threshold{Times: late, Weekdays: friday}, ""},

		// Clocks go from 2:00 to 3:00 on 8 March 2026 in New York, and from 2:00
		// to 1:00 on 1 November.
		{"an hour that is left out", "US", "2026-03-08 03:00:00.000", "", Threshold{Times: []Hours{{120, 180}}}, ReasonTime},
		{"what comes after it", "US", "2026-03-08 03:00:00.000", "", Threshold{Times: []Hours{{180, 240}}}, ""},
		{"still Sunday an hour short", "US", "2026-03-08 23:30:00.000", "", Threshold{Weekdays: []time.Weekday{time.Sunday}}, ""},
		{"an hour that comes twice", "US", "2026-11-01 01:30:00.000", "", Threshold{Times: []Hours{{60, 120}}}, ""},
	} {
		s := shop(t, c.country)
		b := basketOf(goods("a", 1, 1000))
		if c.business != "" {
			b.Business, _ = ParseDay(c.business)
		}
		if got := judged(t, c.when, b, Facts{Store: s, Now: instant(t, c.at, s.Zone())}); got.Reason != c.why {
			t.Errorf("%s: %q, want %q", c.name, got.Reason, c.why)
		}
	}
	s := shop(t, "US")
	again := instant(t, "2026-11-01 01:30:00.000", s.Zone()) + 3_600_000 // the second 1:30
	if got := judged(t, Threshold{Times: []Hours{{60, 120}}}, basketOf(goods("a", 1, 1000)), Facts{Store: s, Now: again}); got.Reason != "" {
		t.Errorf("an hour that comes twice, the second time: %q", got.Reason)
	}
}

func TestLimits(t *testing.T) {
	id := ID{7}
	for _, c := range []struct {
		name   string
		limits Limits
		used   Usage
		nobody bool
		why    Code
		off    Minor
	}{
		{"under the total", Limits{Total: 3}, Usage{Total: 2}, false, "", 400},
		{"the total", Limits{Total: 3}, Usage{Total: 3}, false, ReasonTotal, 0},
		{"the customer's", Limits{PerCustomer: 1}, Usage{Customer: 1, Total: 9}, false, ReasonUses, 0},
		{"another customer's", Limits{PerCustomer: 1}, Usage{Total: 9}, false, "", 400},
		{"the customer's of today", Limits{PerDay: 1}, Usage{CustomerToday: 1, Customer: 1}, false, ReasonToday, 0},
		{"the customer's of another day", Limits{PerDay: 1}, Usage{Customer: 1}, false, "", 400},
		{"per customer, and there is none", Limits{PerCustomer: 1}, Usage{}, true, ReasonCustomer, 0},
		{"the budget", Limits{Budget: 1000}, Usage{Spent: 1000}, false, ReasonBudget, 0},
		{"what is left of the budget", Limits{Budget: 1000}, Usage{Spent: 850}, false, "", 150},
		{"sold out", Limits{Units: 10}, Usage{Units: 10}, false, ReasonStock, 0},
		{"the last pieces", Limits{Units: 10}, Usage{Units: 7}, false, "", 300},
	} {
		f := Facts{Usage: map[ID]Usage{id: c.used}, Person: Person{Known: !c.nobody}}
		r := sell(t, basketOf(goods("a", 4, 1000)), f, Offer{ID: id, Kind: KindItemEach, Cut: offAmount(100), Limits: c.limits, Caps: Caps{Discount: 400}})
		if r.Discount != c.off || c.why != "" && rejected(t, r, "A").Reason != c.why {
			t.Errorf("%s: %d off, %+v", c.name, r.Discount, r.Rejected)
		}
	}
}

func TestCodes(t *testing.T) {
	offers := []Offer{
		{Kind: KindOrderFixed, Cut: offAmount(100), Code: "SAVE1"},
		{Kind: KindOrderFixed, Cut: offAmount(10), Code: "save2", Target: of("x")},
		{Kind: KindOrderFixed, Cut: offAmount(1), Target: of("y")},
	}
	b := basketOf(goods("a", 1, 1000))
	r := sell(t, b, Facts{}, offers...)
	if r.Discount != 0 || rejected(t, r, "A").Reason != ReasonCode || rejected(t, r, "B").Reason != ReasonCode || rejected(t, r, "C").Reason != ReasonTarget || r.Unmatched != 1 {
		t.Errorf("no code: %+v, %d unmatched", r.Rejected, r.Unmatched)
	}
	b.Codes = []string{"SAVE2", "SAVE1", "SAVE1", "OTHER"}
	r = sell(t, b, Facts{}, offers...)
	if r.Discount != 100 || rejected(t, r, "B").Reason != ReasonTarget || r.Unmatched != 2 {
		t.Errorf("both codes: %d off, %+v, %d unmatched", r.Discount, r.Rejected, r.Unmatched)
	}
}
