package engine

import (
	"fmt"
	"math"
	"time"
)

// mostSuited bounds how many offers with circumstances of their own are brought
// together.
const mostSuited = 100

// moment is a sale that suits an offer: when and where, and by whom.
type moment struct {
	basket Basket
	facts  Facts
	key    string
}

// moments finds for each offer a sale that suits it and as many of the others
// as can be had with it, in the order of the campaigns.
func (l *linter) moments() {
	var bound []int
	for i := range l.offers {
		if l.open[i] && len(bound) < mostSuited && l.circumstanced(i) {
			bound = append(bound, i)
		}
	}
	free := l.momentOf(l.suit(-1, bound))
	l.suited = make([]moment, len(l.offers))
	for i := range l.offers {
		l.suited[i] = free
	}
	for _, i := range bound {
		l.suited[i] = l.momentOf(l.suit(i, bound))
	}
}

// circumstanced tells whether an offer is not open to every sale at any time.
func (l *linter) circumstanced(i int) bool {
	c := &l.campaigns[i]
	if c.StartsOn > l.in.Today || c.EndsOn != 0 {
		return true
	}
	s := scene{loose: true}
	found, _ := s.solve(&l.offers[i].When, "")
	return len(found) == 0 || found[0].describe() != s.describe()
}

// describe tells scenes apart by their circumstances.
func (s *scene) describe() string {
	return fmt.Sprint(s.from, s.until, s.week, s.labels, s.tiers, s.groups, s.nth, s.every, s.last, s.since)
}

// suit narrows the scene of an offer by those of others, as long as something
// is left; first -1 begins with any sale.
func (l *linter) suit(first int, others []int) scene {
	s := scene{from: l.in.Today, loose: true}
	if first >= 0 {
		s = l.narrow(s, first)
	}
	for _, i := range others {
		if i != first {
			s = l.narrow(s, i)
		}
	}
	return s
}

// narrow adds what an offer asks for, if that can be had.
func (l *linter) narrow(s scene, i int) scene {
	c := &l.campaigns[i]
	whole := Threshold{From: c.StartsOn, Until: c.EndsOn, All: []Threshold{l.offers[i].When}}
	if found, _ := s.solve(&whole, ""); len(found) > 0 {
		return found[0]
	}
	return s
}

// momentOf makes a sale of a scene: every code is given, and the customer is
// known.
func (l *linter) momentOf(s scene) moment {
	day, minute, ok := s.moment()
	if !ok {
		day, minute = s.from, 12*60
	}
	year, month, date := day.Date().Date()
	at := time.Date(year, month, date, minute/60, minute%60, 0, 0, l.in.Store.Zone())
	label := func(i int) string {
		if len(s.labels[i]) == 0 {
			return ""
		}
		return s.labels[i][0]
	}
	m := moment{
		basket: Basket{Business: day, Channel: label(0), Payment: label(1), Source: label(4), Ad: label(5)},
		facts: Facts{
			Now: InstantOf(at), Store: l.in.Store, Till: label(2), Branch: label(3),
			Person: s.person(day), Bound: lintBound,
		},
	}
	if m.basket.Channel == "" {
		m.basket.Channel = counterChannel
	}
	for i := range l.offers {
		if code := l.offers[i].Code; code != "" {
			m.basket.Codes = append(m.basket.Codes, code)
		}
	}
	m.key = fmt.Sprint(m.facts.Now, m.basket.Channel, m.basket.Payment, m.basket.Source, m.basket.Ad, m.facts.Till, m.facts.Branch, m.facts.Person)
	return m
}

// own gives sales that suit an offer and as little else as can be: on each of
// seven days, by day and by night, without a customer, a code or a label that
// it does not ask for.
func (l *linter) own(i int) (found []moment) {
	o := &l.offers[i]
	s := l.narrow(scene{from: l.in.Today, loose: true}, i)
	known := s.personal() || o.Limits.PerCustomer > 0 || o.Limits.PerDay > 0
	for day := range Day(7) {
		for _, minute := range [...]int{12 * 60, 3 * 60} {
			at := s
			at.from += day
			if at.week == nil {
				at.week = make([]uint64, (weekMinutes+63)/64)
				m := int(at.from.weekday())*24*60 + minute
				at.week[m/64] |= 1 << (m % 64)
			}
			if _, _, ok := at.moment(); !ok {
				continue
			}
			m := l.momentOf(at)
			m.basket.Codes = nil
			if o.Code != "" {
				m.basket.Codes = []string{o.Code}
			}
			if !s.labelled[0] {
				m.basket.Channel = ""
			}
			if !known {
				m.facts.Person = Person{}
			}
			found = append(found, m)
		}
	}
	return found
}

// personal tells whether the scene asks for anything of the customer.
func (s *scene) personal() bool {
	return s.customer || s.tiered || len(s.groups)+len(s.nth)+len(s.every) > 0 || s.last != span{} || s.since != 0
}

// person is a customer who fits.
func (s *scene) person(day Day) Person {
	p := Person{Known: true, Groups: s.groups, Sales: s.sale() - 1, Since: max(s.since, day-1), Birth: int(day.Date().Month())}
	if len(s.tiers) > 0 {
		p.Tier = s.tiers[0]
	}
	if p.Sales > 0 {
		p.Last = day - Day(max(1, s.last.least)) //nolint:gosec // a check bounds the days
		p.Since = max(s.since, p.Last)
	}
	return p
}

// evaluate prices lines in a moment with the coupon that takes most; ok is
// false if they cannot be priced, or the work is used up.
func (l *linter) evaluate(p *Prepared, m moment, lines []Line, charges []Charge) (r Result, ok bool) {
	if l.work <= 0 {
		l.report.Cut = true
		return r, false
	}
	m.basket.Lines, m.basket.Delivery = lines, charges
	var gross Minor
	for _, line := range lines {
		of, err := line.Gross()
		if err != nil || gross > MaxAmount-of {
			return r, false
		}
		gross += of
	}
	if best := l.couponFor(gross); best >= 0 {
		c := l.coupons[best]
		m.facts.Coupon = &Coupon{Code: "00000000", Face: c.face, MaxDiscount: c.most, State: CouponActive, ValidUntil: math.MaxInt64}
	}
	r, err := p.Evaluate(m.basket, m.facts)
	l.work -= max(1, r.Tried)*(1+len(r.Applied)) + len(r.Rejected) - r.Unmatched
	return r, err == nil
}

// lintCoupon is the largest coupon that a campaign gives.
type lintCoupon struct {
	campaign int
	face     Minor
	most     BP
}

func (l *linter) findCoupons() (found []lintCoupon) {
	for i := range l.offers {
		o := &l.offers[i]
		if o.Kind != KindNextCoupon || o.Rebate.MaxDiscount == 0 {
			continue
		}
		c := lintCoupon{campaign: i, most: o.Rebate.MaxDiscount, face: l.faceOf(o.Cut, o.Rebate.Cashback, o.Rebate.MaxSale)}
		for t, tier := range o.Tiers {
			face := l.faceOf(tier.Cut, tier.Cut.Percent, o.Rebate.MaxSale)
			if t == 0 || face > c.face {
				c.face = face
			}
		}
		found = append(found, c)
	}
	return found
}

// faceOf is the most that a coupon can be worth: a rate is of any sale.
func (l *linter) faceOf(cut Cut, rate BP, mostSale Minor) Minor {
	if cut.By == ByAmount && cut.Amount > 0 {
		return cut.Amount
	}
	if mostSale == 0 {
		mostSale = MaxAmount
	}
	face, err := MulBPStep(mostSale, rate, l.in.Store.Step, Up)
	if err != nil {
		return MaxAmount
	}
	return face
}

// couponFor is the coupon that takes most off an amount, of equal ones the
// first; -1 if none takes anything.
func (l *linter) couponFor(gross Minor) int {
	best, most := -1, Minor(0)
	for i, c := range l.coupons {
		takes, err := Coupon{Face: c.face, MaxDiscount: c.most}.Takes(gross, l.in.Store.Step)
		if err == nil && takes > most {
			best, most = i, takes
		}
	}
	return best
}
