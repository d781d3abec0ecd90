package screen

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// Gear is what the counter needs besides the Env.
type Gear struct {
	// NewKey makes an idempotency key, once for each cart.
	NewKey func() string
	// After brings a message after a while.
	After func(time.Duration, tea.Msg) tea.Cmd
	// Lists makes the page from which all lists are reached.
	Lists func() Screen
	// Welcome tells that the shop was made a moment ago.
	Welcome bool
	// Branch is the label of this till.
	Branch string
	// Bell rings the terminal's bell; nil is none.
	Bell func()
}

// DeskMsg brings what the counter keeps in memory. The root sends it at start
// and after every change of the file.
type DeskMsg struct{ Desk engine.Desk }

// mode is what the entry line is for.
type mode int

const (
	selling  mode = iota
	finding       // a customer, whatever digits are typed
	checking      // a coupon, without using it
)

// Counter is the screen on which sales are rung up. Every number on it is
// worked out from what is in memory; nothing is read or written on a key.
//
//	counter.go        the screen and its events
//	counter_keys.go   its bindings
//	counter_cart.go   a sale being rung up: customer, coupons, draft
//	counter_lines.go  its goods; counter_price.go its price
//	counter_entry.go  the entry line: readings, Enter, Esc
//	counter_goods.go  goods scanned, in the order of the scans
//	counter_stop.go   the band that a scan raises which puts nothing on the sale
//	counter_anew.go   a price that changed though nobody touched the sale
//	counter_offers.go codes of offers, offers that are near
//	counter_gift.go   gifts of a sale; counter_dim.go why a key does nothing
//	counter_facts.go  delivery, channel, payment, source
//	counter_why.go    the page that says why an offer does not apply
//	counter_find.go   customers, coupons and references looked up
//	counter_new.go    a customer who is new
//	counter_texts.go  what customers say about texts, when they go
//	counter_banner.go what waits for somebody, in the head
//	counter_hold.go   coupons reserved, carts put aside
//	counter_sell.go   recording a sale, and what came of it
//	counter_void.go   undoing the last sale
//	counter_view.go   the frame; counter_pane.go, counter_basket.go,
//	counter_sold.go   its parts
type Counter struct {
	base
	gear Gear
	desk engine.Desk

	entry    kit.Line
	mode     mode
	readings []engine.Reading
	reading  int // the one chosen

	cart    cart
	parked  []cart
	find    finder
	checked *engine.CouponCheck
	sold    *sold
	welcome bool

	goods goods // scans that are not on the sale yet
	times int64 // the quantity for the goods that come next, in thousandths; 0 is none
	stop  *stop
	book  *book
	stock map[string]int64 // of gifts, by sku

	recording bool // a sale is on its way to the store
	looking   bool // a customer is being looked up
	left      func() tea.Cmd
	stuck     bool // nothing was typed since the last error

	customers, codes, reserving kit.Seq
}

// NewCounter makes the counter of a session.
func NewCounter(env *Env, gear Gear) *Counter {
	c := &Counter{base: newBase(env, "counter"), gear: gear, welcome: gear.Welcome}
	c.cart = c.newCart()
	return c
}

func (c *Counter) newCart() cart { return cart{key: c.gear.NewKey(), row: -1} }

// Init has nothing to read: the root brings the desk.
func (c *Counter) Init() tea.Cmd { return nil }

// Title names the page.
func (c *Counter) Title() string { return c.t("counter.title") }

// Typing tells whether letters are being typed.
func (c *Counter) Typing() bool { return c.dialog != nil || c.stop != nil || !c.entry.Empty() }

// Open tells whether sales are being rung up or stand aside.
func (c *Counter) Open() bool {
	return c.recording || !c.cart.empty() || len(c.parked) > 0 || c.waiting() > 0
}

// Event takes what a person or a scanner did.
func (c *Counter) Event(ev kit.Event) tea.Cmd {
	c.goods.sell = false
	if c.holds(ev) {
		return nil
	}
	cmd := c.event(ev)
	return tea.Batch(cmd, c.goOn())
}

func (c *Counter) event(ev kit.Event) tea.Cmd {
	switch {
	case c.stop != nil:
		return c.halted(ev)
	case c.dialog != nil:
		return c.answering(ev)
	case c.recording:
		return nil
	case c.cart.unknown:
		return c.unsure(ev)
	}
	stuck := c.stuck && c.notice.IsError()
	c.notice.Seen(ev, c.env.Clock())
	switch ev := ev.(type) {
	case kit.Scan:
		return c.scanned(ev.Text)
	case kit.Paste:
		return c.edit(ev)
	case kit.Key:
		if stuck && (ev.Name == "enter" || ev.Name == "esc") {
			if !c.notice.Showing() {
				c.cart.news = ""
			}
			return nil // it dismisses the error, and nothing else
		}
		return c.key(ev)
	}
	return nil
}

// say shows a sentence; after an error, Enter and Esc only put it away until
// something is typed.
func (c *Counter) say(tone kit.Tone, text string) {
	c.base.say(tone, text)
	c.stuck = tone == kit.Wrong
}

func (c *Counter) fail(err error) { c.say(kit.Wrong, c.env.Format.Err(err)) }

// answering gives an event to the open dialog.
func (c *Counter) answering(ev kit.Event) tea.Cmd {
	a := c.dialog.Update(ev, c.env.Clock())
	if !a.Done && !a.Left {
		return nil
	}
	left := c.left
	c.dialog, c.left = nil, nil
	switch {
	case a.Done:
		return c.answer(a.Value)
	case left != nil:
		return left()
	}
	return nil
}

// asks opens a dialog; left is run when it is left without an answer.
func (c *Counter) asks(d dialog, answer func(string) tea.Cmd, left func() tea.Cmd) {
	c.ask(d, answer)
	c.left = left
}

func (c *Counter) key(k kit.Key) tea.Cmd {
	switch k.Name {
	case "enter":
		return c.enter()
	case "esc":
		return c.escape()
	case "tab", "shift+tab":
		return c.tab()
	case "up":
		return c.move(-1)
	case "down":
		return c.move(1)
	}
	if cmd, ok := c.lineKey(k); ok {
		return cmd
	}
	if keyPrint.Matches(k) && c.sold != nil {
		return c.print() // without a printer it says so
	}
	for _, a := range c.actions() {
		if a.key.Matches(k) {
			return a.do()
		}
		if a.key.When(true).Matches(k) {
			c.say(kit.Caution, c.whyDim(a.key))
			return nil
		}
	}
	return c.edit(k)
}

// tab understands what is typed otherwise or, with nothing typed, lets the
// arrows choose a coupon instead of a line, and back.
func (c *Counter) tab() tea.Cmd {
	if c.entry.Empty() {
		c.cart.choosing = !c.cart.choosing && len(c.cart.rows()) > 0 && len(c.cart.coupons) > 0
		return nil
	}
	return c.reread(c.reading + 1)
}

// move moves through what was found, or else through the goods or the coupons.
func (c *Counter) move(step int) tea.Cmd {
	switch {
	case c.find.showing():
		c.find.move(step)
		return nil
	case c.onLines():
		c.cart.at = max(0, min(c.cart.at+step, len(c.cart.rows())-1))
		return nil
	}
	c.cart.move(step)
	return c.settled()
}

// onLines tells whether the arrows are for the goods, gifts and codes.
func (c *Counter) onLines() bool { return len(c.cart.rows()) > 0 && !c.cart.choosing }

// lineKey takes the keys of the marked line, while nothing is typed.
func (c *Counter) lineKey(k kit.Key) (tea.Cmd, bool) {
	if !c.onLines() || !c.entry.Empty() || c.mode != selling {
		return nil, false
	}
	switch {
	case keyMore.Matches(k):
		return c.more(), true
	case keyRemove.Matches(k):
		return c.less(true), true
	case keyLess.Matches(k):
		return c.less(false), true
	}
	return nil, false
}

// settled prices the cart after a change, and sees to the reservation.
func (c *Counter) settled() tea.Cmd {
	c.cart.told = nil
	c.cart.price(c.rules())
	return c.reserveSoon()
}

// repriced prices the cart after something else has changed.
func (c *Counter) repriced() tea.Cmd {
	c.priceAnew()
	return c.reserveSoon()
}

// Msg takes the answers of commands and what the root tells.
func (c *Counter) Msg(msg tea.Msg) tea.Cmd {
	cmd := c.msg(msg)
	return tea.Batch(cmd, c.goOn())
}

func (c *Counter) msg(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case DeskMsg:
		return c.gotDesk(msg.Desk)
	case looked:
		if msg.to == c.name && !msg.seq.Stale(msg.n) {
			return msg.take()
		}
	case foundGoods:
		if msg.to == c.name {
			return c.gotGoods(msg)
		}
	case reserveMsg:
		if msg.to == c.name && !c.reserving.Stale(msg.n) {
			return c.reserve()
		}
	case reserved:
		if msg.to == c.name {
			return c.gotReserved(msg)
		}
	case recorded:
		if msg.to == c.name {
			return c.gotRecorded(msg)
		}
	default:
		cmd, _ := c.base.msg(msg, c.fail)
		return cmd
	}
	return nil
}

// gotDesk takes what changed in the file: campaigns, texts due, and perhaps
// the coupons of the customer at the counter.
func (c *Counter) gotDesk(d engine.Desk) tea.Cmd {
	if !sameCampaigns(c.desk.Campaigns, d.Campaigns) {
		c.book = nil
	}
	c.desk, c.stock = d, stockOf(d.Gifts)
	if c.recording {
		return nil // the sale is on its way as it stood; notRecorded sees to the rest
	}
	c.priceAnew()
	if c.looking || c.cart.customer.ID.IsZero() {
		return nil
	}
	return c.refresh()
}

// looked is the answer of a read; seq tells whether a later one of its kind
// has overtaken it.
type looked struct {
	to   string
	seq  *kit.Seq
	n    uint64
	take func() tea.Cmd
}

// look runs a job that reads; take gets what came of it, unless a later job of
// the same kind has overtaken it.
func look[T any](c *Counter, seq *kit.Seq, job func(engine.Actor) (T, error), take func(T, error) tea.Cmd) tea.Cmd {
	actor, to, n := c.env.Actor(), c.name, seq.Next()
	return func() tea.Msg {
		v, err := job(actor)
		return looked{to: to, seq: seq, n: n, take: func() tea.Cmd { return take(v, err) }}
	}
}
