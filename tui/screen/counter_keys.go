package screen

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// The keys that work on every page. The root program answers them.
var (
	HelpKey = kit.Bind("counter.key.help", "f1", "?")
	LockKey = kit.Bind("counter.key.lock", "f9", "ctrl+l")
	QuitKey = kit.Bind("counter.key.quit", "ctrl+q")
)

// Everywhere is the group of keys that work on every page.
//
// words: counter.keys.everywhere counter.key.help counter.key.help.help
// words: counter.key.lock counter.key.lock.help counter.key.quit counter.key.quit.help
func Everywhere() kit.Group {
	return kit.Group{Title: "counter.keys.everywhere", Bindings: []kit.Binding{HelpKey, LockKey, QuitKey}}
}

// The counter's keys. Each has a function key and one that a laptop has.
//
// words: counter.keys.entry counter.keys.counter
// words: counter.key.sell counter.key.sell.help counter.key.clear counter.key.clear.help
// words: counter.key.reading counter.key.reading.help counter.key.coupon counter.key.coupon.help
// words: counter.key.find counter.key.find.help counter.key.customer counter.key.customer.help
// words: counter.key.hold counter.key.hold.help counter.key.void counter.key.void.help
// words: counter.key.check counter.key.check.help counter.key.lists counter.key.lists.help
// words: counter.key.desk counter.key.desk.help counter.key.print counter.key.print.help counter.key.without counter.key.without.help
// words: counter.key.texts counter.key.texts.help counter.key.date counter.key.date.help
// words: counter.key.facts counter.key.facts.help counter.key.why counter.key.why.help
// words: counter.keys.goods counter.key.line counter.key.line.help counter.key.choose counter.key.choose.help
// words: counter.key.more counter.key.more.help counter.key.less counter.key.less.help
// words: counter.key.remove counter.key.remove.help counter.key.times counter.key.times.help
// words: counter.key.set counter.key.set.help
var (
	keySell    = kit.Bind("counter.key.sell", "enter")
	keyClear   = kit.Bind("counter.key.clear", "esc")
	keyReading = kit.Bind("counter.key.reading", "tab")
	keyCoupon  = kit.Bind("counter.key.coupon", "up", "down")

	keyFind     = kit.Bind("counter.key.find", "f2", "ctrl+f")
	keyCustomer = kit.Bind("counter.key.customer", "f3", "ctrl+e")
	keyHold     = kit.Bind("counter.key.hold", "f4", "ctrl+o")
	keyVoid     = kit.Bind("counter.key.void", "f5", "ctrl+x")
	keyCheck    = kit.Bind("counter.key.check", "f6", "ctrl+k")
	keyLists    = kit.Bind("counter.key.lists", "f7", "ctrl+g")
	keyPrint    = kit.Bind("counter.key.print", "f8", "ctrl+p")
	keyWithout  = kit.Bind("counter.key.without", "f10", "ctrl+n")
	keyTexts    = kit.Bind("counter.key.texts", "f11", "ctrl+t")
	keyDate     = kit.Bind("counter.key.date", "f12", "ctrl+d")
	keyFacts    = kit.Bind("counter.key.facts", "ctrl+s")
	keyWhy      = kit.Bind("counter.key.why", "ctrl+y")
	keyDesk     = kit.Bind("counter.key.desk", "ctrl+a")

	keyLine   = kit.Bind("counter.key.line", "up", "down")
	keyChoose = kit.Bind("counter.key.choose", "tab")
	keyMore   = kit.Bind("counter.key.more", "right")
	keyLess   = kit.Bind("counter.key.less", "left", "-")
	keyRemove = kit.Bind("counter.key.remove", "delete")
	keyTimes  = kit.Bind("counter.key.times", "*")
	keySet    = kit.Bind("counter.key.set", "=")
)

// action is a binding of the counter, enabled or not, and what it does.
type action struct {
	key kit.Binding
	do  func() tea.Cmd
}

// actions are the counter's function keys in the order of the footer.
func (c *Counter) actions() []action {
	known := !c.cart.customer.ID.IsZero()
	return []action{
		{keyFind, func() tea.Cmd { return c.enterMode(finding) }},
		{keyCustomer.When(known), c.openCustomer},
		{keyHold.When(!c.cart.empty() || len(c.parked) > 0), c.hold},
		{keyVoid, c.voidLast},
		{keyCheck, func() tea.Cmd { return c.enterMode(checking) }},
		{keyLists, func() tea.Cmd { return open(c.gear.Lists()) }},
		{keyPrint.When(c.sold != nil && c.printer()), c.print},
		{keyWithout.When(len(c.cart.coupons) > 0), c.without},
		{keyTexts.When(c.cart.hasCustomer()), c.texts},
		{keyDate, c.askDate},
		{keyWhy.When(c.promotes()), c.openWhy},
		{keyFacts.When(len(c.factsAsked()) > 0), c.askFacts},
		{keyDesk, c.openDesk},
	}
}

// promotes tells whether the shop has goods or offers besides the next-sale
// coupons.
func (c *Counter) promotes() bool {
	return c.hasGoods() || slices.ContainsFunc(c.desk.Campaigns, func(camp engine.Campaign) bool {
		k := camp.Promo.Kind
		return k != "" && k != engine.KindNextCoupon
	})
}

// Keys are the bindings for the help page and the README.
func (c *Counter) Keys() []kit.Group {
	var all []kit.Binding
	for _, a := range c.actions() {
		all = append(all, a.key.When(true))
	}
	return []kit.Group{
		{Title: "counter.keys.entry", Bindings: []kit.Binding{keySell, keyClear, keyReading, keyCoupon}},
		{Title: "counter.keys.counter", Bindings: all},
		{Title: "counter.keys.goods", Bindings: []kit.Binding{keyTimes, keyLine, keyMore, keyLess, keyRemove, keySet, keyChoose}},
		{Title: "counter.keys.stop", Bindings: []kit.Binding{keyGoOn}},
	}
}

// footer are the bindings named at the foot: help first, then in the order of
// the keys, what is for goods before the rarer ones, which give way where it is
// narrow. What the shop never uses has no place there.
func (c *Counter) footer() []kit.Binding {
	first, last := []kit.Binding{HelpKey}, []kit.Binding{QuitKey}
	var goods, rare []kit.Binding
	for _, a := range c.actions() {
		switch a.key.ID() {
		case keyPrint.ID():
			if c.printer() {
				first = append(first, a.key)
			}
			first = append(first, LockKey)
		case keyFacts.ID(), keyWhy.ID():
			if a.key.Enabled() {
				goods = append(goods, a.key)
			}
		case keyDesk.ID():
			if c.seesDesk() {
				last = append(last, a.key)
			}
		case keyWithout.ID(), keyTexts.ID(), keyDate.ID():
			rare = append(rare, a.key)
		default:
			first = append(first, a.key)
		}
	}
	if len(goods) == 0 {
		return slices.Concat(first, rare, last)
	}
	return slices.Concat(first, goods, last[:1], rare, last[1:])
}

// seesDesk tells whether the owner's desk is for whoever is signed in.
func (c *Counter) seesDesk() bool { return c.env.Actor().Role.May(engine.MaySeeDesk) }

func (c *Counter) openCustomer() tea.Cmd {
	return send(GotoMsg{Kind: KindCustomer, ID: c.cart.customer.ID})
}

// openDesk opens the owner's desk, or asks for somebody who may see it.
func (c *Counter) openDesk() tea.Cmd {
	do := func() tea.Cmd { return open(NewDesk(c.env)) }
	if c.seesDesk() {
		return do()
	}
	return send(NeedRoleMsg{Permission: engine.MaySeeDesk, Retry: do()})
}

func (c *Counter) print() tea.Cmd { return send(PrintMsg{SaleID: c.sold.rec.Sale.ID}) }

// without takes the coupon off the sale, or puts the best one back.
func (c *Counter) without() tea.Cmd {
	if c.cart.choice == choseNone {
		c.cart.choice = choseBest
	} else {
		c.cart.choice = choseNone
	}
	return c.settled()
}

// askDate lets another business date be chosen, within the window. The day the
// sale has now is marked.
func (c *Counter) askDate() tea.Cmd {
	f, today := c.env.Format, c.today()
	marked := today
	if c.cart.business != 0 {
		marked = c.cart.business
	}
	var days []kit.Option
	for d := today + engine.DaysAhead; d >= today-engine.DaysBack; d-- {
		label := f.Date(d)
		switch d {
		case today + 1:
			label += "  " + c.t("counter.day.tomorrow")
		case today:
			label += "  " + c.t("counter.day.today")
		case today - 1:
			label += "  " + c.t("counter.day.yesterday")
		}
		days = append(days, kit.Option{Value: d.String(), Label: label})
	}
	c.asks(newChooser(c.env, c.t("counter.date.question"), days, int(today+engine.DaysAhead-marked)), c.setDate, nil)
	return nil
}

func (c *Counter) setDate(value string) tea.Cmd {
	day, err := engine.ParseDay(value)
	if err == nil {
		err = engine.CheckBusiness(day, c.today())
	}
	if err != nil {
		c.fail(err)
		return nil
	}
	if c.cart.business = day; day == c.today() {
		c.cart.business = 0
	}
	return c.settled()
}
