package screen

import (
	"cmp"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// priceAnew prices the cart after the file has changed. Where that changes what
// is due, or takes an offer or a gift away, it says so, and the next Enter does
// not sell: the customer was told something else.
func (c *Counter) priceAnew() {
	k := &c.cart
	seen, before := k.due(), k.priced
	k.price(c.rules())
	if !k.rung() || c.recording || k.unknown {
		return
	}
	lost, due := c.lostOffers(before, k.priced), k.due()
	if due == seen && len(lost) == 0 {
		return
	}
	c.goods.sell = false
	k.news = c.newsText(lost, seen, due)
	text := k.news
	if c.stuck && c.notice.IsError() { // what went wrong before is the reason for it
		text = c.notice.Text() + " " + text
	}
	c.say(kit.Wrong, text)
}

// lostOffers are the titles, by id, of offers that applied and do no more, and
// the names of gifts that are not given any more.
func (c *Counter) lostOffers(before, now engine.Result) map[engine.ID]string {
	out := map[engine.ID]string{}
	for _, g := range before.Gifts {
		out[g.OfferID] = cmp.Or(g.Name, c.nameOf(g.SKU), g.SKU)
	}
	for _, a := range before.Applied {
		out[a.OfferID] = a.Title
	}
	for _, a := range now.Applied {
		delete(out, a.OfferID)
	}
	for _, g := range now.Gifts {
		delete(out, g.OfferID)
	}
	return out
}

// newsText says what a change of the file did to the sale.
func (c *Counter) newsText(lost map[engine.ID]string, seen, due engine.Minor) string {
	f := c.env.Format
	name := ""
	for id, title := range lost {
		if name = c.offerName(id, title); len(lost) > 1 {
			name = ""
		}
	}
	switch {
	case name != "" && due == seen:
		return c.t("counter.say.lost", "offer", name)
	case name != "" && due > seen:
		return c.t("counter.say.lost_more", "offer", name, "more", f.Amount(due-seen))
	case due == seen:
		return c.t("counter.say.lost_some")
	}
	return c.t("counter.say.total_changed", "seen", f.Money(seen), "due", f.Money(due))
}

// offerName is what the customer knows an offer by: its code, or its title.
func (c *Counter) offerName(id engine.ID, title string) string {
	for _, camp := range c.desk.Campaigns {
		if camp.ID == id && camp.Promo.Code != "" {
			return kit.Clean(camp.Promo.Code)
		}
	}
	return kit.Clean(title)
}
