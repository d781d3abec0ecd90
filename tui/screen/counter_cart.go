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
	refTyped  bool       // by a person, not scanned
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

	lines    []item
	at       int  // the row marked: a line, a gift or a gift refused
	choosing bool // the arrows choose a coupon, not a line
	delivery []engine.Charge
	channel  string
	payment  string
	source   string
	ad       string
	codes    []string                   // of offers, as typed by the customer's wish
	noGift   []engine.ID                // offers whose gift is refused
	usage    map[engine.ID]engine.Usage // the customer's, by offer
	fault    error                      // why it cannot be priced
	told     *engine.Minor              // what the store says is due, where that is not what is worked out here
	news     string                     // why the total changed, until a person has put it away

	stopped    bool          // texts, by one key: the same key takes it back
	suppressed engine.Origin // who said that the customer's number is to get no texts
}

// empty tells whether nothing was rung up yet.
func (c *cart) empty() bool {
	return !c.hasCustomer() && !c.rung() && len(c.coupons) == 0 && c.reference == "" && len(c.codes) == 0 &&
		len(c.delivery) == 0 && c.channel == "" && c.payment == "" && c.source == "" && c.ad == ""
}

// rung tells whether there is something to sell: an amount, or goods.
func (c *cart) rung() bool { return c.amount > 0 || len(c.lines) > 0 }

// hasCustomer tells whether the sale has a customer, known or new.
func (c *cart) hasCustomer() bool { return !c.customer.ID.IsZero() || c.fresh != nil }

// attach gives the sale a customer of the store, and keeps the coupons that
// their bearer showed.
func (c *cart) attach(v engine.CustomerView) {
	bearers := c.bearers()
	if v.Customer.ID != c.customer.ID {
		c.choice, c.chosen, c.stopped = choseBest, engine.ID{}, false
	}
	c.customer, c.fresh, c.usage, c.suppressed = v.Customer, nil, v.Usage, v.Suppressed
	c.coupons = append(append([]engine.Coupon(nil), v.Coupons...), bearers...)
	if c.choice == choseOne && c.index(c.chosen) < 0 {
		c.choice = choseBest
	}
}

// welcome gives the sale a customer who is new.
func (c *cart) welcome(phone engine.Phone, ref engine.CustomerRef) {
	bearers := c.bearers()
	c.customer, c.usage, c.stopped, c.suppressed = engine.Customer{}, nil, false, ""
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

// draft is the sale as the store is asked to record it.
func (c *cart) draft() engine.Draft {
	due := c.due()
	d := engine.Draft{
		Key: c.key, Amount: c.amount, Reference: c.reference, RefTyped: c.refTyped, Business: c.business, Lines: c.goods(), Delivery: c.delivery,
		Channel: c.channel, Payment: c.payment, Source: c.source, Ad: c.ad, Codes: c.codes, NoGift: c.noGift, Seen: &due,
	}
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
