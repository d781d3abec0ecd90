package screen

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// edit gives an event to the entry line.
func (c *Counter) edit(ev kit.Event) tea.Cmd {
	before := c.entry.Text()
	if !c.entry.Update(ev) || c.entry.Text() == before {
		return nil
	}
	c.begin()
	c.stuck = false
	return c.reread(0)
}

// begin takes away what stood on the screen until the next entry.
func (c *Counter) begin() { c.sold, c.checked, c.welcome = nil, nil, false }

// reread understands the entry anew and takes the n-th reading, in a circle.
func (c *Counter) reread(n int) tea.Cmd {
	c.readings = c.read(c.entry.Text(), false)
	c.reading = 0
	if len(c.readings) > 0 {
		c.reading = n % len(c.readings)
	}
	return c.search()
}

// read gives the ways to understand a text in the present mode.
func (c *Counter) read(text string, scanned bool) []engine.Reading {
	f := c.env.Format
	all := engine.ReadEntry(text, engine.EntryContext{
		Marks:       engine.Marks{Decimal: f.Decimal(), Group: f.Group(), Exponent: f.Exponent()},
		Region:      c.env.Store().Country,
		HasCustomer: c.mode == selling && c.cart.hasCustomer(),
		Scanned:     scanned,
		Goods:       c.mode == selling && c.hasGoods(),
		HasLines:    len(c.cart.lines) > 0 || len(c.goods.jobs) > 0,
		Naming:      c.naming() && c.cart.fresh.Name == "" && len(c.cart.lines) == 0,
		Codes:       c.offerCodes(),
		AdLinks:     c.adLinks(),
	})
	switch c.mode {
	case finding:
		return keep(all, engine.EntryPhone, engine.EntryLast4, engine.EntryName, engine.EntryNumber)
	case checking:
		return codeOnly(text)
	}
	return all
}

// offerCodes are the codes that offers ask for, while a sale is rung up.
func (c *Counter) offerCodes() map[string]bool {
	if c.mode != selling {
		return nil
	}
	return c.rules().book.codes
}

// keep leaves the readings of some kinds, those that fail only if no other is
// left.
func keep(all []engine.Reading, kinds ...engine.EntryKind) []engine.Reading {
	var good, bad []engine.Reading
	for _, r := range all {
		switch {
		case !slices.Contains(kinds, r.Kind):
		case r.Err == nil:
			good = append(good, r)
		default:
			bad = append(bad, r)
		}
	}
	if len(good) > 0 {
		return good
	}
	return bad
}

// codeOnly reads a text as a coupon code and nothing else.
func codeOnly(text string) []engine.Reading {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	code, err := engine.ParseCode(text)
	return []engine.Reading{{Kind: engine.EntryCode, Code: code, Text: text, Err: err}}
}

// understood is the reading chosen; false if nothing is typed.
func (c *Counter) understood() (engine.Reading, bool) {
	if c.reading >= len(c.readings) {
		return engine.Reading{}, false
	}
	return c.readings[c.reading], true
}

// scanShort is the length under which scanned digits may be an amount that a
// slow line brought in one piece: no barcode of goods is as short.
const scanShort = 6

// scanned takes a scan: it is entered at once, and confirms nothing. A short
// one is only put on the entry line, for a person to press Enter.
func (c *Counter) scanned(text string) tea.Cmd {
	if len(text) < scanShort && strings.Trim(text, "0123456789.,") == "" {
		return c.edit(kit.Paste{Text: text})
	}
	c.begin()
	readings := c.read(text, true)
	if len(readings) == 0 {
		return nil
	}
	r := readings[0]
	switch {
	case r.Kind == engine.EntryBarcode || r.Kind == engine.EntryGoods:
		return c.lookFor(r)
	case r.Kind == engine.EntryNumber && r.Err == nil:
		return c.findNumber(r.Text, false)
	}
	return c.take(r)
}

// enter takes what is typed or, with nothing typed, confirms the sale.
func (c *Counter) enter() tea.Cmd {
	r, ok := c.understood()
	switch {
	case ok:
		return c.take(r)
	case strings.TrimSpace(c.entry.Text()) != "":
		c.say(kit.Caution, c.t("counter.say.not_understood"))
		return nil
	case c.mode != selling:
		return nil
	case c.waiting() > 0:
		c.goods.sell = true
		return nil
	}
	return c.confirmSale()
}

// take acts on a reading.
func (c *Counter) take(r engine.Reading) tea.Cmd {
	if r.Err != nil {
		c.fail(r.Err)
		return nil
	}
	switch r.Kind {
	case engine.EntryAmount:
		return c.setAmount(r.Amount)
	case engine.EntryPhone:
		return c.findPhone(r)
	case engine.EntryCode:
		return c.findCode(r.Code)
	case engine.EntryNumber:
		return c.findNumber(r.Text, true)
	case engine.EntryTimes:
		return c.setTimes(r.Times)
	case engine.EntrySet:
		return c.setQuantity(r.Times)
	case engine.EntryOffer:
		return c.takeCode(r.Code)
	case engine.EntryAd:
		return c.takeAd(r.Ad)
	case engine.EntryName:
		if c.naming() {
			return c.setName(r.Text)
		}
	case engine.EntryLast4, engine.EntryBarcode, engine.EntryGoods:
	}
	return c.choose()
}

// taken empties the entry line once what stood there was taken, and with it
// what was said of an entry before.
func (c *Counter) taken() {
	c.notice.Clear()
	c.entry.Clear()
	c.readings, c.reading, c.mode = nil, 0, selling
	c.find.clear()
}

// setAmount takes an open amount; a sale of goods has none.
func (c *Counter) setAmount(amount engine.Minor) tea.Cmd {
	if len(c.cart.lines) > 0 || len(c.goods.jobs) > 0 {
		c.say(kit.Wrong, c.t("counter.say.has_goods", "amount", c.env.Format.Money(amount)))
		return nil
	}
	c.taken()
	c.cart.amount = amount
	return c.settled()
}

// naming tells whether a name typed now is that of the new customer.
func (c *Counter) naming() bool { return c.mode == selling && c.cart.fresh != nil }

func (c *Counter) setName(name string) tea.Cmd {
	if err := engine.CheckName(name); err != nil {
		c.fail(err)
		return nil
	}
	c.taken()
	c.cart.fresh.Name = name
	return nil
}

// enterMode gives the entry line another purpose, or its usual one again.
func (c *Counter) enterMode(m mode) tea.Cmd {
	c.begin()
	if c.mode == m {
		m = selling
	}
	c.mode = m
	return c.reread(0)
}

// escape clears one step: what is typed, a quantity said before, the choice of
// a coupon, the amount, the whole cart.
func (c *Counter) escape() tea.Cmd {
	switch {
	case !c.entry.Empty() || c.mode != selling:
		c.taken()
		return nil
	case c.times != 0:
		c.times = 0
		return nil
	case c.cart.choosing:
		c.cart.choosing = false
		return nil
	case c.sold != nil || c.checked != nil || c.welcome:
		c.begin()
		return nil
	case c.cart.amount != 0 && c.cart.hasCustomer():
		c.cart.amount = 0
		return c.settled()
	case len(c.cart.lines) > 0 && c.cart.at != len(c.cart.lines)-1:
		c.cart.at = len(c.cart.lines) - 1
		return nil
	case len(c.cart.lines) > 0:
		n := len(c.cart.lines)
		c.confirm(c.env.Words.N("counter.drop.question", n), c.t("counter.drop.detail"), c.abandon)
		return nil
	}
	return c.abandon()
}

// abandon gives the whole cart up.
func (c *Counter) abandon() tea.Cmd {
	release := c.release(c.cart.reserved)
	c.reserving.Next()
	c.customers.Next()
	c.codes.Next()
	c.looking = false
	c.cart, c.times, c.goods.jobs = c.newCart(), 0, nil
	c.taken()
	return release
}
