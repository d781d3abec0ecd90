package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/tui/kit"
)

// Kept is what a counter had rung up when its session broke off: the sale at
// hand first, then those put aside, each with its key, and the sale recorded
// last, if nobody began another. It lives in memory alone.
type Kept struct {
	carts []cart
	sold  *sold
}

// Keep gives what is rung up, nil if nothing is. The counter may not be used
// after that.
func (c *Counter) Keep() *Kept {
	k := &Kept{sold: c.sold}
	if !c.cart.empty() {
		now := c.cart
		now.unknown = now.unknown || c.recording
		k.carts = append(k.carts, now)
	}
	k.carts = append(k.carts, c.parked...)
	if len(k.carts) == 0 && k.sold == nil {
		return nil
	}
	return k
}

// Join puts what another session of the same till had rung up behind this.
func (k *Kept) Join(other *Kept) *Kept {
	switch {
	case k == nil:
		return other
	case other == nil:
		return k
	}
	return &Kept{carts: append(append([]cart(nil), k.carts...), other.carts...), sold: k.sold}
}

// TakeBack goes on with what was kept. A sale that was on its way when the
// session broke off has the key with which it was sent: sent again it is the
// same sale.
//
// words: counter.say.cart_back counter.say.cart_unsure counter.say.cart_sold
func (c *Counter) TakeBack(k *Kept) tea.Cmd {
	if k == nil {
		return nil
	}
	c.sold = k.sold
	if len(k.carts) == 0 {
		c.say(kit.Fine, c.t("counter.say.cart_sold"))
		return nil
	}
	c.cart, c.parked = k.carts[0], append([]cart(nil), k.carts[1:]...)
	for i := range c.parked {
		if c.parked[i].parked == 0 {
			c.parked[i].parked = c.now()
		}
	}
	if c.cart.unknown {
		c.say(kit.Caution, c.t("counter.say.cart_unsure"))
		return nil
	}
	c.say(kit.Caution, c.t("counter.say.cart_back"))
	if id := c.cart.reserved; !id.IsZero() {
		return c.reserveNow(id)
	}
	return nil
}
