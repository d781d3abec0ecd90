package engine

// replayUse is what was used of the limits of one offer within a replay, as the
// store counts it for real sales.
type replayUse struct {
	offer     Offer
	sum       Usage
	customers map[ID]int64
	days      map[customerDay]int64
}

type customerDay struct {
	customer ID
	day      Day
}

func newReplayUse(o Offer) *replayUse {
	u := &replayUse{offer: o}
	if o.Limits.PerCustomer > 0 {
		u.customers = map[ID]int64{}
	}
	if o.Limits.PerDay > 0 {
		u.days = map[customerDay]int64{}
	}
	return u
}

// foresee gives what was used before a sale. The map is used again for the
// next sale.
func (t *Tally) foresee(s *PastSale, today Day) map[ID]Usage {
	for id, u := range t.used {
		usage := u.sum
		usage.Customer, usage.CustomerToday = u.customers[s.Customer], u.days[customerDay{s.Customer, today}]
		t.usage[id] = usage
	}
	return t.usage
}

// use counts what a sale used: of an offer its amount and units, of a gift what
// the pieces are worth, of a coupon its face.
func (t *Tally) use(s *PastSale, today Day, res Result) {
	for i := range res.Applied {
		a := &res.Applied[i]
		u := t.used[a.OfferID]
		if u == nil {
			continue
		}
		spent := a.Amount
		if a.Kind == KindGift {
			spent = u.offer.Gift.Value * Minor(a.Units)
		}
		u.count(s.Customer, today, spent, a.Units)
	}
	if res.Earned == nil {
		return
	}
	if u := t.used[res.Earned.OfferID]; u != nil {
		u.sum.Issued++
		u.count(s.Customer, today, res.Earned.Face, 0)
	}
}

func (u *replayUse) count(customer ID, today Day, spent Minor, units int64) {
	u.sum.Total, u.sum.Spent, u.sum.Units = u.sum.Total+1, u.sum.Spent+spent, u.sum.Units+units
	if customer.IsZero() {
		return
	}
	if u.customers != nil {
		u.customers[customer]++
	}
	if u.days != nil {
		u.days[customerDay{customer, today}]++
	}
}
