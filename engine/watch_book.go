package engine

import "slices"

// mostSpots bounds the moments that are kept of a finding: the latest.
const mostSpots = 50

// WatchBook gathers what WatchReport is made from: the hours by rising time,
// then wrong codes and sales to known customers in any order of the two, each by
// rising time.
type WatchBook struct {
	terms WatchTerms
	today Day // its last hour is not over yet

	staff, tills map[ID]WatchCounts
	store        WatchCounts
	last         []TillHour // of the latest day so far, its latest hour
	phones       map[ID]*watchPhone
	hands        map[ID]int64 // redemptions to known customers by staff
	misses       map[ID][]WatchSpot
	splits       map[ID][]WatchSpot
	own          map[ID][]WatchSpot
	late         map[ID][]WatchSpot
}

// NewWatchBook begins a book.
func NewWatchBook(t WatchTerms, today Day) *WatchBook {
	return &WatchBook{
		terms: t, today: today, staff: map[ID]WatchCounts{}, tills: map[ID]WatchCounts{}, phones: map[ID]*watchPhone{},
		hands: map[ID]int64{}, misses: map[ID][]WatchSpot{}, splits: map[ID][]WatchSpot{}, own: map[ID][]WatchSpot{},
		late: map[ID][]WatchSpot{},
	}
}

func (b *WatchBook) add(staff, till ID, c WatchCounts) {
	b.staff[staff] = b.staff[staff].plus(c, 1)
	b.tills[till] = b.tills[till].plus(c, 1)
	b.store = b.store.plus(c, 1)
}

// AddHour adds an hour of one person at one till.
func (b *WatchBook) AddHour(h TillHour) {
	b.add(h.StaffID, h.RegisterID, WatchCounts{TillCounts: h.TillCounts})
	if h.Sales == 0 {
		return
	}
	switch {
	case len(b.last) == 0 || b.last[0].Day == h.Day && b.last[0].Hour == h.Hour:
	case b.last[0].Day == h.Day:
		b.last = b.last[:0]
	default:
		b.closeDay()
	}
	b.last = append(b.last, h)
}

// closeDay counts the last hour in which the store sold on a day that is over.
func (b *WatchBook) closeDay() {
	for _, h := range b.last {
		if h.Day != b.today {
			b.add(h.StaffID, h.RegisterID, WatchCounts{LastSales: h.Sales, LastRedeemed: h.Redeemed})
		}
	}
	b.last = b.last[:0]
}

// AddMiss adds a code without a slip that nobody has.
func (b *WatchBook) AddMiss(s WatchSpot) {
	b.add(s.StaffID, s.RegisterID, WatchCounts{Misses: 1})
	keepSpot(b.misses, s.StaffID, s)
	keepSpot(b.misses, s.RegisterID, s)
}

// keepSpot keeps the latest spots of a subject.
func keepSpot(of map[ID][]WatchSpot, id ID, s WatchSpot) { of[id] = addSpot(of[id], s) }

func addSpot(spots []WatchSpot, s WatchSpot) []WatchSpot {
	if len(spots) == mostSpots {
		spots = append(spots[:0], spots[1:]...)
	}
	return append(spots, s)
}

// watchPhone is what is known of one customer.
type watchPhone struct {
	earned    int64
	redeemed  int64
	hands     map[ID]int64 // redemptions by staff
	day       Day
	dayHands  []ID // who sold on that day
	most      int64
	mostDay   []WatchSpot // the day with the most different staff
	daySpots  []WatchSpot
	lastSale  WatchSale // the last that earned
	latest    []Instant // when coupons were earned in the last 24 hours
	mostEarns int64     // coupons earned within 24 hours
	dayEarns  []WatchSpot
	spots     []WatchSpot
}

// AddSale adds a sale to a known customer.
func (b *WatchBook) AddSale(s WatchSale) {
	p := b.phones[s.CustomerID]
	if p == nil {
		p = &watchPhone{}
		b.phones[s.CustomerID] = p
	}
	spot := WatchSpot{At: s.ID.Instant(), SaleID: s.ID, StaffID: s.StaffID, RegisterID: s.RegisterID}
	p.handled(s, spot)
	known := WatchCounts{Known: 1}
	if s.Backdated {
		known.Backdated = 1
		keepSpot(b.late, s.StaffID, spot)
	}
	b.add(s.StaffID, s.RegisterID, known)
	if s.Redeemed {
		b.redeemed(p, s)
	}
	if s.Earned {
		b.earned(p, s, spot)
	}
}

func (b *WatchBook) redeemed(p *watchPhone, s WatchSale) {
	if p.hands == nil {
		p.hands = map[ID]int64{}
	}
	p.redeemed++
	p.hands[s.StaffID]++
	b.hands[s.StaffID]++
}

func (b *WatchBook) earned(p *watchPhone, s WatchSale, spot WatchSpot) {
	p.earned++
	p.spots = addSpot(p.spots, spot)
	p.within(spot)
	c := WatchCounts{Earning: 1}
	if p.splits(s, b.terms.SplitMinutes) {
		c.Splits = 1
		keepSpot(b.splits, s.StaffID, spot)
	}
	p.lastSale = s
	b.add(s.StaffID, s.RegisterID, c)
	if s.Own {
		keepSpot(b.own, s.StaffID, spot)
	}
}

// splits tells whether a sale that earned may be a part of the one before: the
// same customer, and the same person or till, recorded so many minutes later at
// most. Neither another till nor another business date makes it another.
func (p *watchPhone) splits(s WatchSale, minutes int64) bool {
	before := p.lastSale
	return minutes > 0 && !before.ID.IsZero() && (before.StaffID == s.StaffID || before.RegisterID == s.RegisterID) &&
		s.ID.Instant()-before.ID.Instant() <= Instant(minutes*60_000)
}

// within keeps the most coupons earned within 24 hours, by when the sales were
// recorded: business dates can be chosen.
func (p *watchPhone) within(spot WatchSpot) {
	const span = 24 * 60 * 60_000
	for len(p.latest) > 0 && spot.At-p.latest[0] >= span {
		p.latest = p.latest[1:]
	}
	p.latest = append(p.latest, spot.At)
	if n := int64(len(p.latest)); n > p.mostEarns {
		p.mostEarns, p.dayEarns = n, slices.Clone(p.spots[max(0, len(p.spots)-len(p.latest)):])
	}
}

// handled counts the different people who sold to the customer on one day.
func (p *watchPhone) handled(s WatchSale, spot WatchSpot) {
	if p.day != s.Business {
		p.day, p.dayHands, p.daySpots = s.Business, p.dayHands[:0], nil
	}
	p.daySpots = addSpot(p.daySpots, spot)
	for _, id := range p.dayHands {
		if id == s.StaffID {
			return
		}
	}
	p.dayHands = append(p.dayHands, s.StaffID)
	if n := int64(len(p.dayHands)); n > p.most {
		p.most, p.mostDay = n, p.daySpots
	}
}
