package screen

import (
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// reservePause is how long a choice has to stand before the coupon is
// reserved, so that moving through the coupons writes nothing.
const reservePause = 250 * time.Millisecond

// reserveMsg says that a choice has stood for the pause.
type reserveMsg struct {
	to string
	n  uint64
}

// reserved is the answer to a reservation.
type reserved struct {
	to     string
	coupon engine.ID
	err    error
}

// wanted is the coupon the cart should hold at this till: the one used, once
// an amount is known.
func (c *cart) wanted() engine.ID {
	if cp := c.used(); cp != nil && c.rung() && c.refused[c.row] == nil {
		return cp.ID
	}
	return engine.ID{}
}

// reserveSoon reserves the coupon chosen once the choice has stood for a
// moment.
func (c *Counter) reserveSoon() tea.Cmd {
	n := c.reserving.Next()
	if c.cart.wanted() == c.cart.reserved {
		return nil
	}
	return c.gear.After(reservePause, reserveMsg{to: c.name, n: n})
}

// reserve lets go of the coupon held before and holds the one chosen.
func (c *Counter) reserve() tea.Cmd {
	id := c.cart.wanted()
	if id == c.cart.reserved {
		return nil
	}
	let := c.release(c.cart.reserved)
	c.cart.reserved = id
	if id.IsZero() {
		return let
	}
	return tea.Batch(let, c.reserveNow(id))
}

func (c *Counter) reserveNow(id engine.ID) tea.Cmd {
	actor, to := c.env.Actor(), c.name
	return c.env.Writes.Add(func() tea.Msg {
		return reserved{to: to, coupon: id, err: c.env.Shop.Reserve(c.env.Ctx, actor, id)}
	})
}

// release lets go of a coupon; a reservation that cannot be given up ends by
// itself, so what comes of it does not matter to the sale.
func (c *Counter) release(id engine.ID) tea.Cmd {
	if id.IsZero() {
		return nil
	}
	actor, to := c.env.Actor(), c.name
	return c.env.Writes.Add(func() tea.Msg {
		_ = c.env.Shop.Release(c.env.Ctx, actor, id)
		return reserved{to: to}
	})
}

// gotReserved tells at once when another till was quicker.
func (c *Counter) gotReserved(r reserved) tea.Cmd {
	if r.err == nil || r.coupon != c.cart.reserved {
		return nil
	}
	c.cart.reserved = engine.ID{}
	c.fail(r.err)
	c.cart.choice = choseBest
	c.cart.drop(r.coupon)
	cmd := c.settled()
	if c.cart.customer.ID.IsZero() {
		return cmd
	}
	return tea.Batch(cmd, c.refresh())
}

// drop takes a coupon out of the cart.
func (c *cart) drop(id engine.ID) {
	if i := c.index(id); i >= 0 {
		c.coupons = append(c.coupons[:i:i], c.coupons[i+1:]...)
	}
}

// hold puts the cart aside or, with nothing rung up, takes one back.
func (c *Counter) hold() tea.Cmd {
	c.begin()
	switch {
	case !c.cart.empty():
		return c.park()
	case len(c.parked) == 1:
		return c.resume("0")
	}
	var options []kit.Option
	for i := range c.parked {
		options = append(options, kit.Option{Value: strconv.Itoa(i), Label: c.parkedLabel(&c.parked[i])})
	}
	c.asks(newChooser(c.env, c.t("counter.hold.which"), options, 0), c.resume, nil)
	return nil
}

func (c *Counter) park() tea.Cmd {
	if c.waiting() > 0 { // these scans are this sale's
		c.say(kit.Usual, c.t("counter.say.goods_coming"))
		return nil
	}
	c.taken()
	c.times = 0
	c.looking = false
	c.customers.Next()
	c.codes.Next()
	c.cart.parked = c.now()
	reserve := c.reserve() // at once: the pause must not hit the next cart
	c.parked = append(c.parked, c.cart)
	c.cart = c.newCart()
	c.say(kit.Usual, c.env.Words.N("counter.say.parked", len(c.parked)))
	return reserve
}

func (c *Counter) parkedLabel(k *cart) string {
	label := c.env.Format.Time(k.parked)
	if who := k.who(); who != "" {
		label += "  " + kit.Clean(who)
	}
	if n := len(k.lines); n > 0 {
		label += "  " + c.env.Words.N("counter.hold.lines", n)
	}
	if k.rung() {
		label += "  " + c.env.Format.Money(k.due())
	}
	return label
}

// resume takes a cart back. Its reservation is made again, which lengthens it.
func (c *Counter) resume(value string) tea.Cmd {
	i, err := strconv.Atoi(value)
	if err != nil || i < 0 || i >= len(c.parked) {
		return nil
	}
	c.cart = c.parked[i]
	c.parked = append(c.parked[:i:i], c.parked[i+1:]...)
	c.priceAnew()
	var again, fresh tea.Cmd
	if id := c.cart.reserved; !id.IsZero() {
		again = c.reserveNow(id)
	}
	if !c.cart.customer.ID.IsZero() {
		fresh = c.refresh()
	}
	return tea.Batch(again, fresh)
}

// Leave gives up every cart, as the program ends: the coupons held here are
// free for other tills at once.
func (c *Counter) Leave() tea.Cmd {
	cmds := []tea.Cmd{c.release(c.cart.reserved)}
	for i := range c.parked {
		cmds = append(cmds, c.release(c.parked[i].reserved))
	}
	return tea.Batch(cmds...)
}
