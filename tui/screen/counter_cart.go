package screen

import (
	"bounceback/engine"
)

// choice is how the coupon of a sale was chosen.
type choice int

const (
	choseBest choice = iota // by the program: the one that takes most
	choseNone               // by the cashier: without a coupon
	choseOne                // by the cashier: this one
)

// cart is a sale being rung up. It lives in memory alone until it is recorded.
type cart struct {
	key       string          // idempotency key, made once a cart
	customer  engine.Customer // zero ID: not in the store
	fresh     *engine.CustomerRef
	phone     engine.Phone    // of a fresh customer
	coupons   []engine.Coupon // the customer's open ones, and those shown by their bearer
	amount    engine.Minor
	reference string
	business  engine.Day // 0: today
	choice    choice
	chosen    engine.ID      // with choseOne
	row       int            // the coupon used, -1: none
	priced    engine.Result  // of amount with the coupon used
	takes     []engine.Minor // of amount, by coupon
	refused   []error        // why a coupon cannot be used, by coupon
	reserved  engine.ID      // the coupon held for this till
	parked    engine.Instant // when it was put aside
	unknown   bool           // submitted, and nobody knows whether it was recorded
	sent      *engine.Draft  // what was submitted
}

// empty tells whether nothing was rung up yet.
func (c *cart) empty() bool {
	return !c.hasCustomer() && c.amount == 0 && len(c.coupons) == 0 && c.reference == ""
}

// hasCustomer tells whether the sale has a customer, known or new.
func (c *cart) hasCustomer() bool { return !c.customer.ID.IsZero() || c.fresh != nil }

// attach gives the sale a customer of the store, and keeps the coupons that
// their bearer showed.
func (c *cart) attach(v engine.CustomerView) {
	bearers := c.bearers()
	if v.Customer.ID != c.customer.ID {
		c.choice, c.chosen = choseBest, engine.ID{}
	}
	c.customer, c.fresh = v.Customer, nil
	c.coupons = append(append([]engine.Coupon(nil), v.Coupons...), bearers...)
	if c.choice == choseOne && c.index(c.chosen) < 0 {
		c.choice = choseBest
	}
}

// welcome gives the sale a customer who is new.
func (c *cart) welcome(phone engine.Phone, ref engine.CustomerRef) {
	bearers := c.bearers()
	c.customer = engine.Customer{}
	c.fresh, c.phone, c.coupons = &ref, phone, bearers
}

// bearers are the coupons in the cart that belong to nobody.
func (c *cart) bearers() []engine.Coupon {
	var out []engine.Coupon
	for _, cp := range c.coupons {
		if cp.CustomerID.IsZero() {
			out = append(out, cp)
		}
	}
	return out
}

// show adds a coupon, or replaces what was known of it, and chooses it.
func (c *cart) show(cp engine.Coupon) {
	if i := c.index(cp.ID); i >= 0 {
		c.coupons[i] = cp
	} else {
		c.coupons = append(c.coupons, cp)
	}
	c.choice, c.chosen = choseOne, cp.ID
}

func (c *cart) index(id engine.ID) int {
	for i := range c.coupons {
		if c.coupons[i].ID == id {
			return i
		}
	}
	return -1
}

// used is the coupon the sale is to redeem, nil for none.
func (c *cart) used() *engine.Coupon {
	if c.row < 0 || c.row >= len(c.coupons) {
		return nil
	}
	return &c.coupons[c.row]
}

// move chooses the next coupon in a direction that can be used; after the last
// stands "without a coupon".
func (c *cart) move(step int) {
	at := c.row
	if at < 0 {
		at = len(c.coupons)
	}
	for i := at + step; i >= 0 && i <= len(c.coupons); i += step {
		if i == len(c.coupons) {
			c.choice = choseNone
			return
		}
		if c.refused[i] == nil {
			c.choice, c.chosen = choseOne, c.coupons[i].ID
			return
		}
	}
}

// rules are what a cart is priced by.
type rules struct {
	store     engine.Store
	campaigns []engine.Campaign
	register  engine.ID
	now       engine.Instant
}

// day is the business date of the sale.
func (c *cart) day(r rules) engine.Day {
	if c.business != 0 {
		return c.business
	}
	return r.store.Today(r.now)
}

// price works out, from memory alone, what each coupon takes, which is used,
// what is due and what the sale earns.
func (c *cart) price(r rules) {
	c.judge(r)
	switch c.choice {
	case choseBest:
		c.row = engine.BestCoupon(c.coupons, c.amount, r.store.Step, r.now, c.customer.ID, r.register)
	case choseNone:
		c.row = -1
	case choseOne:
		c.row = c.index(c.chosen)
	}
	facts := engine.Facts{Now: r.now, Store: r.store, Register: r.register, Customer: c.customer.ID, Coupon: c.used()}
	priced, err := engine.Evaluate(engine.Basket{Amount: c.amount, Business: c.day(r)}, engine.Offers(r.campaigns, c.day(r)), facts)
	if err != nil {
		priced = engine.Result{Gross: c.amount, Net: c.amount, Refused: err}
	}
	c.priced = priced
}

// judge asks of every coupon whether it can be used and what it takes.
func (c *cart) judge(r rules) {
	c.takes = make([]engine.Minor, len(c.coupons))
	c.refused = make([]error, len(c.coupons))
	for i, cp := range c.coupons {
		if c.refused[i] = cp.Usable(r.now, c.customer.ID, r.register); c.refused[i] != nil || c.amount == 0 {
			continue
		}
		takes, err := cp.Takes(c.amount, r.store.Step)
		if err == nil && takes == 0 {
			err = engine.Refuse(engine.CodeCouponNothing, "code", engine.ShowCode(cp.Code))
		}
		c.takes[i], c.refused[i] = takes, err
	}
}

// nearest is the offer that a little more would earn instead, and what is
// missing to it; only one with a better rate than the sale earns now.
func (c *cart) nearest(r rules) (missing engine.Minor, rate engine.BP, ok bool) {
	var now engine.BP
	if e := c.priced.Earned; e != nil {
		now = e.Terms.Cashback
	}
	for _, rej := range c.priced.Rejected {
		if rej.Reason != engine.ReasonBelow || ok && rej.Missing >= missing {
			continue
		}
		for _, camp := range r.campaigns {
			if camp.ID == rej.OfferID && camp.Terms.Cashback > now {
				missing, rate, ok = rej.Missing, camp.Terms.Cashback, true
			}
		}
	}
	return missing, rate, ok
}

// draft is the sale as the store is asked to record it.
func (c *cart) draft() engine.Draft {
	d := engine.Draft{Key: c.key, Amount: c.amount, Reference: c.reference, Business: c.business}
	switch {
	case c.fresh != nil:
		d.Customer = *c.fresh
	case !c.customer.ID.IsZero():
		d.Customer = engine.CustomerRef{ID: c.customer.ID}
	}
	if cp := c.used(); cp != nil {
		d.Use, d.Code = engine.UseCode, cp.Code
	}
	return d
}

// who is the customer for people to read; empty without one.
func (c *cart) who() string {
	switch {
	case c.fresh != nil && c.fresh.Name != "":
		return c.fresh.Name
	case c.fresh != nil:
		return c.phone.National()
	case c.customer.Name != "":
		return c.customer.Name
	case c.customer.Phone.E164 != "":
		return c.customer.Phone.National()
	}
	return c.customer.Number
}
