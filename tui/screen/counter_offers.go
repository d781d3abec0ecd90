package screen

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
)

// takeCode puts the code of an offer on the sale and answers what came of it.
func (c *Counter) takeCode(code string) tea.Cmd {
	c.taken()
	if slices.Contains(c.cart.codes, code) {
		c.say(kit.Caution, c.t("counter.say.code_already", "code", code))
		return nil
	}
	c.cart.codes = append(slices.Clone(c.cart.codes), code)
	cmd := c.settled()
	tone, text := c.codeAnswer(code)
	c.say(tone, text)
	return cmd
}

// codeOff takes the code of an offer off the sale.
func (c *Counter) codeOff(code string) {
	c.cart.codes = slices.DeleteFunc(slices.Clone(c.cart.codes), func(s string) bool { return s == code })
	c.say(kit.Usual, c.t("counter.say.code_off", "code", code))
}

// codeAnswer says what a code gives, or why it does not. A code whose offers
// do not run today is not kept.
func (c *Counter) codeAnswer(code string) (kit.Tone, string) {
	b, f := c.rules().book, c.format()
	answer, title := "", ""
	for _, r := range c.cart.priced.Rejected {
		if o, ok := b.byID[r.OfferID]; ok && engine.FoldOfferCode(o.Code) == code {
			answer, title = f.Why(o, r), o.Title
		}
	}
	for _, a := range c.cart.priced.Applied {
		if o, ok := b.byID[a.OfferID]; ok && engine.FoldOfferCode(o.Code) == code {
			return kit.Fine, f.Applied(a)
		}
	}
	switch {
	case answer != "" && c.cart.rung():
		return kit.Caution, kit.Clean(title) + ": " + answer
	case b.asks(code):
		return kit.Fine, c.t("counter.say.code_kept", "code", code)
	}
	c.cart.codes = slices.DeleteFunc(slices.Clone(c.cart.codes), func(s string) bool { return s == code })
	return kit.Wrong, c.t("counter.say.code_not_today", "code", code)
}

// asks tells whether an offer of the day asks for a code.
func (b *book) asks(code string) bool {
	for _, o := range b.byID {
		if o.Code != "" && engine.FoldOfferCode(o.Code) == code {
			return true
		}
	}
	return false
}

// format writes sentences about offers with the names of the goods that are
// on the sale or that offers name.
func (c *Counter) format() *words.Format { return c.env.Format.Naming(c.nameOf) }

// nameOf is what the product of a sku is called; empty where that is not known.
func (c *Counter) nameOf(sku string) string {
	for i := range c.cart.lines {
		if strings.EqualFold(c.cart.lines[i].SKU, sku) {
			return c.cart.lines[i].Name
		}
	}
	return c.desk.Names[engine.FoldSKU(sku)]
}

// nearMost is how many near offers are named.
const nearMost = 3

// near are the offers that a little more would earn, the nearest first: those
// that lack units before those that lack an amount. Of the next-sale coupons
// only one is named, and only if its rate is better than what the sale earns.
func (c *Counter) near() []string {
	if !c.cart.rung() {
		return nil
	}
	b := c.rules().book
	coupon := c.nearCoupon(b)
	var rejected []engine.Rejected
	for _, r := range c.cart.priced.Rejected {
		o, ok := b.byID[r.OfferID]
		if ok && (o.Kind != engine.KindNextCoupon || r.OfferID == coupon) && c.lacks(o, r) {
			rejected = append(rejected, r)
		}
	}
	slices.SortStableFunc(rejected, func(x, y engine.Rejected) int {
		return cmp.Or(cmp.Compare(kindOfNeed(x), kindOfNeed(y)), cmp.Compare(x.Units, y.Units), cmp.Compare(x.Missing, y.Missing))
	})
	var out []string
	for _, r := range rejected {
		if text, ok := c.nearText(b.byID[r.OfferID], r); ok && len(out) < nearMost {
			out = append(out, text)
		}
	}
	return out
}

// lacks tells whether little of goods is missing to an offer, at most as much
// again as is rung up, and its code is no secret any more.
func (c *Counter) lacks(o engine.Offer, r engine.Rejected) bool {
	if o.Code != "" && !slices.Contains(c.cart.codes, engine.FoldOfferCode(o.Code)) {
		return false
	}
	if o.Kind == engine.KindNextCoupon {
		return true
	}
	return r.Units > 0 && r.Units <= max(2, c.cart.pieces()) || r.Units == 0 && r.Missing > 0 && r.Missing <= c.cart.priced.Gross
}

// pieces are how many pieces were rung up; what is weighed is one.
func (c *cart) pieces() (n int64) {
	for i := range c.lines {
		n += c.lines[i].Units
	}
	return n
}

// kindOfNeed puts units before amounts.
func kindOfNeed(r engine.Rejected) int {
	if r.Units > 0 {
		return 0
	}
	return 1
}

// nearCoupon is the next-sale coupon that a little more would earn instead of
// the one earned now, or of none because the customer is held back.
func (c *Counter) nearCoupon(b *book) (best engine.ID) {
	now, earned := engine.BP(0), cmp.Or(c.cart.priced.Earned, c.cart.priced.Held)
	if earned != nil {
		now = earned.Terms.Cashback
	}
	missing := engine.Minor(0)
	for _, r := range c.cart.priced.Rejected {
		o := b.byID[r.OfferID]
		better := (o.Rebate.Cashback > now || earned == nil) && !engine.HeldBack(o.ID, c.cart.customer.ID, o.Holdback)
		if r.Reason != engine.ReasonBelow || !better || o.Kind != engine.KindNextCoupon || missing != 0 && r.Missing >= missing {
			continue
		}
		best, missing = r.OfferID, r.Missing
	}
	return best
}

func (c *Counter) nearText(o engine.Offer, r engine.Rejected) (string, bool) {
	f := c.format()
	if o.Kind == engine.KindNextCoupon && o.Rebate.Cashback > 0 && len(o.Tiers) == 0 {
		return c.t("counter.near.more", "missing", f.Amount(r.Missing), "rate", f.Percent(o.Rebate.Cashback)), true
	}
	return f.Near(o, r)
}
