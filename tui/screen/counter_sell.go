package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// recorded is the answer to a sale submitted.
type recorded struct {
	to  string
	rec engine.Recorded
	err error
}

// sold is the sale just recorded, shown until the next entry begins.
type sold struct {
	rec     engine.Recorded
	who     string
	pieces  int64  // of goods; 0 for an open amount
	method  string // of the delivery
	points  int64  // earned
	gifts   []engine.Given
	reasons []reason
}

// confirmSale records the sale, if there is all that it needs.
func (c *Counter) confirmSale() tea.Cmd {
	used := c.cart.used()
	switch {
	case c.cart.empty():
		return nil
	case c.looking:
		c.say(kit.Usual, c.t("counter.say.looking"))
		return nil
	case !c.cart.rung() && c.hasGoods():
		c.say(kit.Caution, c.t("counter.say.goods_first"))
		return nil
	case !c.cart.rung():
		c.say(kit.Caution, c.t("counter.say.amount_first"))
		return nil
	case c.cart.news != "": // a scan or an entry took it away before it was put away
		c.say(kit.Wrong, c.cart.news)
		return nil
	}
	seen := c.cart.due()
	c.cart.price(c.rules())
	switch {
	case c.cart.fault != nil:
		c.fail(c.cart.fault)
		return nil
	case used != nil && c.cart.priced.Refused != nil:
		c.fail(c.cart.priced.Refused)
		return nil
	case c.cart.due() != seen: // an hour or a day is over
		return c.newTotal(seen)
	}
	d := c.cart.draft()
	return c.submit(d)
}

// submit hands the sale to the store. A second Enter finds it busy; a second
// submit of the same draft has the same key and is the same sale.
func (c *Counter) submit(d engine.Draft) tea.Cmd {
	var let tea.Cmd
	if c.cart.reserved != c.cart.wanted() {
		let = c.release(c.cart.reserved)
		c.cart.reserved = engine.ID{}
	}
	c.reserving.Next()
	c.recording, c.cart.sent = true, &d
	actor, to := c.env.Actor(), c.name
	record := c.env.Writes.Add(func() tea.Msg {
		rec, err := c.env.Shop.RecordSale(c.env.Ctx, actor, d)
		return recorded{to: to, rec: rec, err: err}
	})
	return tea.Batch(let, record)
}

func (c *Counter) gotRecorded(msg recorded) tea.Cmd {
	c.recording = false
	if msg.err != nil {
		return c.notRecorded(msg.err)
	}
	c.notice.Clear()
	c.sold = &sold{
		rec: msg.rec, who: c.cart.who(), pieces: c.cart.pieces(), points: c.cart.priced.Points, reasons: c.reasons(),
	}
	if len(c.cart.delivery) > 0 {
		c.sold.method = c.cart.delivery[0].Method
	}
	c.sold.gifts = msg.rec.Result.Gifts
	if msg.rec.Repeated {
		c.sold.gifts = c.cart.priced.Gifts
	}
	c.cart = c.newCart()
	if msg.rec.Repeated {
		c.say(kit.Caution, c.t("counter.say.repeated"))
	}
	cmds := []tea.Cmd{send(ChangedMsg{})}
	if c.env.Store().Settings.Flag(engine.SetPrintAlways) {
		cmds = append(cmds, c.print())
	}
	return tea.Batch(cmds...)
}

// notRecorded keeps the cart. After an error that leaves the outcome unknown
// nothing may be changed until the store has said what became of the sale.
func (c *Counter) notRecorded(err error) tea.Cmd {
	c.fail(err)
	switch code := engine.CodeOf(err); {
	case code == engine.CodeOutcomeUnknown, code == engine.CodeUnexpected:
		c.cart.unknown = true
	case code == engine.CodePriceChanged:
		c.cart.unknown = false
		return c.retold(err)
	case engine.ClassOf(err) == engine.Rule:
		c.cart.unknown = false
		c.cart.choice = choseBest
		return c.readAnew()
	default:
		c.cart.unknown = false
		c.priceAnew()
	}
	return nil
}

// newTotal says that what is due is not what stood on the screen; Enter is
// asked for again.
func (c *Counter) newTotal(seen engine.Minor) tea.Cmd {
	f := c.env.Format
	c.say(kit.Wrong, c.t("counter.say.new_total", "due", f.Money(c.cart.due()), "seen", f.Money(seen)))
	return nil
}

// retold takes what the store says is due. What is in memory is read anew, so
// that the screen can say why; should it still come to something else, what
// the store says stands.
func (c *Counter) retold(err error) tea.Cmd {
	if due, ok := args(err)["due"].(engine.Minor); ok {
		c.cart.told = &due
	}
	return c.readAnew()
}

// readAnew reads the desk and the customer again.
func (c *Counter) readAnew() tea.Cmd {
	cmds := []tea.Cmd{send(ChangedMsg{})}
	if !c.cart.customer.ID.IsZero() {
		cmds = append(cmds, c.refresh())
	}
	return tea.Batch(cmds...)
}

// unsure takes keys while it is unknown whether the sale was recorded: Enter
// asks again with the same key, Esc gives the sale up.
func (c *Counter) unsure(ev kit.Event) tea.Cmd {
	k, ok := ev.(kit.Key)
	if !ok {
		return nil
	}
	switch k.Name {
	case "enter":
		return c.submit(*c.cart.sent)
	case "esc":
		c.confirm(c.t("counter.unsure.question"), c.t("counter.unsure.detail"), c.abandon)
	}
	return nil
}
