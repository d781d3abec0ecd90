package screen

import (
	"maps"
	"slices"

	"bounceback/engine"
)

// rules are what a cart is priced by.
type rules struct {
	store    engine.Store
	register engine.ID
	till     string
	branch   string
	now      engine.Instant
	book     *book
	usage    map[engine.ID]engine.Usage // what the limits of offers count, of no customer
	stock    map[string]int64           // by sku of gifts
}

// rules are what the cart is priced by now.
func (c *Counter) rules() rules {
	a, now := c.env.Actor(), c.now()
	return rules{
		store: c.env.Store(), register: a.RegisterID, till: a.Register, branch: c.gear.Branch, now: now,
		book: c.offers(c.cart.day(c.env.Store(), now)), usage: c.desk.Usage, stock: c.stock,
	}
}

// book is the offers that run on a day, ready to price with.
type book struct {
	day      engine.Day
	prepared *engine.Prepared
	err      error // why they cannot be priced with
	byID     map[engine.ID]engine.Offer
	codes    map[string]bool // what they, and those of other days, ask for
	adLinks  map[string]engine.AdLabels
	ads      []engine.AdLabels // of the campaigns that run
}

// offers gives the book of a day; it is made anew only when the campaigns
// change or another day is asked for.
func (c *Counter) offers(day engine.Day) *book {
	if c.book == nil || c.book.day != day {
		c.book = newBook(c.desk.Campaigns, day)
	}
	return c.book
}

func newBook(campaigns []engine.Campaign, day engine.Day) *book {
	running := engine.Offers(campaigns, day)
	b := &book{day: day, byID: make(map[engine.ID]engine.Offer, len(running)), codes: map[string]bool{}}
	for _, o := range running {
		b.byID[o.ID] = o
	}
	for _, camp := range campaigns {
		if camp.Promo.Code != "" {
			b.codes[engine.FoldOfferCode(camp.Promo.Code)] = true
		}
	}
	b.adLinks, b.ads = engine.AdLinks(campaigns, day), labelsOf(campaigns, day)
	b.prepared, b.err = engine.Prepare(running)
	return b
}

// sameCampaigns tells whether two desks hold the same campaigns, so that what
// was prepared of the one serves the other.
func sameCampaigns(a, b []engine.Campaign) bool {
	return slices.EqualFunc(a, b, func(x, y engine.Campaign) bool {
		return x.ID == y.ID && x.Updated == y.Updated && x.State == y.State
	})
}

// stockOf is how many of each gift are left, of those that are counted.
func stockOf(gifts map[string]engine.Product) map[string]int64 {
	out := make(map[string]int64, len(gifts))
	for sku, p := range gifts {
		if p.Counted {
			out[sku] = p.Stock
		}
	}
	return out
}

// day is the business date of the sale.
func (c *cart) day(s engine.Store, now engine.Instant) engine.Day {
	if c.business != 0 {
		return c.business
	}
	return s.Today(now)
}

// basket is the sale as it is priced.
func (c *cart) basket(r rules) engine.Basket {
	channel := c.channel
	if channel == "" {
		channel = counterChannel
	}
	return engine.Basket{
		Lines: c.goods(), Amount: c.amount, Delivery: c.delivery, Business: c.day(r.store, r.now), Channel: channel,
		Payment: c.payment, Source: c.source, Ad: c.ad, Codes: c.codes, NoGift: c.noGift,
	}
}

func (c *cart) facts(r rules) engine.Facts {
	f := engine.Facts{
		Now: r.now, Store: r.store, Register: r.register, Till: r.till, Branch: r.branch, Customer: c.customer.ID,
		Usage: c.counted(r), Stock: r.stock,
	}
	if c.hasCustomer() {
		f.Person = c.customer.Person(c.day(r.store, r.now)) // a new one has no sale yet
	}
	return f
}

// counted is what the limits of offers count, this customer's uses with them.
func (c *cart) counted(r rules) map[engine.ID]engine.Usage {
	if len(c.usage) == 0 {
		return r.usage
	}
	out := make(map[engine.ID]engine.Usage, len(r.usage)+len(c.usage))
	maps.Copy(out, r.usage)
	for id, own := range c.usage {
		u := out[id]
		u.Customer, u.CustomerToday = own.Customer, own.CustomerToday
		out[id] = u
	}
	return out
}

// price works out, from memory alone, what each coupon takes, which is used,
// what is due and what the sale earns.
func (c *cart) price(r rules) {
	facts := c.facts(r)
	plain := c.evaluate(r, facts)
	c.judge(r, plain.Redeemable)
	switch c.choice {
	case choseBest:
		c.row = -1
		if plain.Redeemable > 0 || !c.rung() {
			c.row = engine.BestCoupon(c.coupons, plain.Redeemable, r.store.Step, r.now, c.customer.ID, r.register)
		}
	case choseNone:
		c.row = -1
	case choseOne:
		c.row = c.index(c.chosen)
	}
	c.priced = plain
	if facts.Coupon = c.used(); facts.Coupon != nil {
		c.priced = c.evaluate(r, facts)
	}
	c.choosing = c.choosing && len(c.rows()) > 0 && len(c.coupons) > 0
	if c.told != nil && *c.told == c.priced.Due {
		c.told = nil
	}
	c.at = max(0, min(c.at, len(c.rows())-1))
}

// evaluate prices the cart. What cannot be priced costs what its goods cost,
// and cannot be sold.
func (c *cart) evaluate(r rules, facts engine.Facts) engine.Result {
	priced, err := engine.Result{}, r.book.err
	if err == nil {
		priced, err = r.book.prepared.Evaluate(c.basket(r), facts)
	}
	if c.fault = err; err != nil {
		return engine.Result{Gross: c.amount, Net: c.amount, Due: c.amount, Refused: err}
	}
	return priced
}

// due is what is to be paid, as it stands on the screen.
func (c *cart) due() engine.Minor {
	if c.told != nil {
		return *c.told
	}
	return c.priced.Due
}

// judge asks of every coupon whether it can be used and what it takes of what
// may be redeemed against.
func (c *cart) judge(r rules, redeemable engine.Minor) {
	c.takes = make([]engine.Minor, len(c.coupons))
	c.refused = make([]error, len(c.coupons))
	for i, cp := range c.coupons {
		if c.refused[i] = cp.Usable(r.now, c.customer.ID, r.register); c.refused[i] != nil || !c.rung() {
			continue
		}
		takes, err := cp.Takes(redeemable, r.store.Step)
		if err == nil && takes == 0 {
			err = engine.Refuse(engine.CodeCouponNothing, "code", engine.ShowCode(cp.Code))
		}
		c.takes[i], c.refused[i] = takes, err
	}
}
