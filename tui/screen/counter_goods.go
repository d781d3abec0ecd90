package screen

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// goods is what was scanned and is not on the sale yet. Lookups are answered in
// any order; what they found is taken in the order of the scans.
type goods struct {
	seq  kit.Seq
	jobs []*lookup
	held []string // scans that came while nothing could be taken
	sell bool     // Enter was pressed and waits for the jobs
}

// lookup is goods asked for by a scan.
type lookup struct {
	n       uint64
	text    string
	barcode bool
	times   int64 // thousandths; 0 if not said
	done    bool
	scanFound
}

// scanFound is what a scan turned out to be: goods or, of what is no barcode of
// goods, what else the shop knows by that number.
type scanFound struct {
	found []engine.Found
	other numbered
	err   error
}

// foundGoods is the answer to a lookup.
type foundGoods struct {
	to string
	n  uint64
	scanFound
}

// hasGoods tells whether the shop has a catalogue.
func (c *Counter) hasGoods() bool { return c.desk.Goods }

// blocked tells whether nothing may be put on the sale now: a question or the
// stop band is open, or a sale is on its way to the store.
func (c *Counter) blocked() bool {
	return c.dialog != nil || c.stop != nil || c.recording || c.cart.unknown
}

// hold keeps a scan for later; ok is false where scans are simply not for the
// counter now, as in a shop without a catalogue.
func (c *Counter) holds(ev kit.Event) bool {
	s, ok := ev.(kit.Scan)
	if !ok || !c.hasGoods() || !c.blocked() {
		return false
	}
	c.goods.held = append(c.goods.held, s.Text)
	return true
}

// goOn takes what was scanned meanwhile, as far as nothing stands in the way.
func (c *Counter) goOn() tea.Cmd {
	var cmds []tea.Cmd
	for !c.blocked() {
		switch {
		case len(c.goods.jobs) > 0 && c.goods.jobs[0].done:
			job := c.goods.jobs[0]
			c.goods.jobs = c.goods.jobs[1:]
			cmds = append(cmds, c.takeJob(job))
		case len(c.goods.held) > 0:
			text := c.goods.held[0]
			c.goods.held = c.goods.held[1:]
			cmds = append(cmds, c.scanned(text))
		case c.goods.sell && len(c.goods.jobs) == 0:
			c.goods.sell = false
			cmds = append(cmds, c.confirmSale())
		default:
			return tea.Batch(cmds...)
		}
	}
	c.goods.sell = false
	return tea.Batch(cmds...)
}

// lookFor asks for scanned goods; they are taken in their turn.
func (c *Counter) lookFor(r engine.Reading) tea.Cmd {
	times, barcode := c.saidTimes(r), r.Kind == engine.EntryBarcode
	c.taken()
	job := &lookup{n: c.goods.seq.Next(), text: r.Text, barcode: barcode, times: times}
	c.goods.jobs = append(c.goods.jobs, job)
	actor, to, n, env := c.env.Actor(), c.name, job.n, c.env
	return func() tea.Msg {
		if barcode {
			return foundGoods{to: to, n: n, scanFound: lookBarcode(env, actor, r.Text)}
		}
		return foundGoods{to: to, n: n, scanFound: lookLabel(env, actor, r.Text)}
	}
}

func lookBarcode(env *Env, a engine.Actor, text string) scanFound {
	found, err := env.Shop.FindProducts(env.Ctx, a, engine.ProductQuery{Barcode: text, Limit: 1})
	if code := engine.CodeOf(err); code == engine.CodeBarcode || code == engine.CodeBarcodeForm {
		return scanFound{}
	}
	return scanFound{found: found, err: err}
}

// lookLabel looks for a product of that sku, then for a customer of that
// number, then for a sale of that reference.
func lookLabel(env *Env, a engine.Actor, text string) scanFound {
	found, err := env.Shop.FindProducts(env.Ctx, a, engine.ProductQuery{SKU: text, Limit: 1})
	if err != nil || len(found) > 0 {
		return scanFound{found: found, err: err}
	}
	other, err := lookNumber(env, a, text)
	return scanFound{other: other, err: err}
}

// gotGoods takes the answer to a lookup; it is for nobody if the sale was given
// up meanwhile.
func (c *Counter) gotGoods(msg foundGoods) tea.Cmd {
	i := slices.IndexFunc(c.goods.jobs, func(j *lookup) bool { return j.n == msg.n })
	if i >= 0 {
		j := c.goods.jobs[i]
		j.done, j.scanFound = true, msg.scanFound
	}
	return nil
}

// takeJob puts what a scan found on the sale. A scan that puts nothing on it
// raises the stop band. Only where an open amount is rung up may a label that
// nobody knows be the reference of the sale.
func (c *Counter) takeJob(j *lookup) tea.Cmd {
	switch {
	case j.err != nil:
		return c.halt(j.text, c.env.Format.Err(j.err))
	case len(j.found) > 0:
		return c.addGoods(j.found[0], j.times, j.text)
	case j.other.view != nil:
		return c.gotCustomer(*j.other.view, nil)
	case j.other.sale != nil:
		return c.halt(j.text, c.recordedBefore(j.text, j.other.sale))
	case j.barcode:
		return c.halt(j.text, c.t("counter.stop.unknown"))
	case c.cart.amount > 0:
		return c.refer(j.text, false, nil)
	}
	return c.halt(j.text, c.t("counter.stop.label"))
}

// saidTimes is the quantity for the next goods: said with them, standing on
// the entry line, or entered before.
func (c *Counter) saidTimes(r engine.Reading) int64 {
	times := r.Times
	if typed, ok := c.understood(); times == 0 && ok && typed.Kind == engine.EntryTimes && typed.Err == nil {
		times = typed.Times
	}
	if times == 0 {
		times = c.times
	}
	c.times = 0
	return times
}

// setTimes keeps a quantity for the goods that come next.
func (c *Counter) setTimes(times int64) tea.Cmd {
	c.taken()
	c.times = times
	return nil
}

// addGoods puts a product on the sale, after asking for what it lacks. scan is
// the text scanned, empty for goods that were typed or picked.
func (c *Counter) addGoods(f engine.Found, times int64, scan string) tea.Cmd {
	if c.cart.amount > 0 {
		return c.notAdded(scan, c.t("counter.say.open_amount", "amount", c.env.Format.Money(c.cart.amount)))
	}
	it, err := newItem(f, times)
	switch {
	case engine.CodeOf(err) == engine.CodeWeightNeeded:
		return c.askWeight(f)
	case engine.CodeOf(err) == engine.CodeLabelWeight:
		return c.notAdded(scan, c.t("counter.say.not_weighed", "weight", c.env.Format.Weight(f.Weight), "name", it.Name))
	case err != nil:
		return c.notAdded(scan, c.t("counter.say.whole", "name", it.Name))
	case it.Price == 0:
		return c.askPrice(it, scan)
	}
	return c.putOn(it, scan)
}

func (c *Counter) putOn(it item, scan string) tea.Cmd {
	if err := c.cart.add(it); err != nil {
		return c.notAdded(scan, c.env.Format.Err(err))
	}
	c.begin()
	c.notice.Clear()
	c.warnStock(c.cart.at)
	return c.settled()
}

// notAdded says why goods are not on the sale: on the stop band if they were
// scanned, since the cashier may be looking at the goods.
func (c *Counter) notAdded(scan, why string) tea.Cmd {
	if scan != "" {
		return c.halt(scan, why)
	}
	c.say(kit.Wrong, why)
	return nil
}

// askWeight asks how much there is of weighed goods whose barcode does not
// say.
func (c *Counter) askWeight(f engine.Found) tea.Cmd {
	marks := engine.Marks{Decimal: c.env.Format.Decimal(), Group: c.env.Format.Group()}
	read := func(text string) (int64, error) { return engine.ParseQuantity(text, marks) }
	c.askNumber(c.t("counter.goods.weight", "name", kit.Clean(f.Product.Name)), read, func(times int64) tea.Cmd {
		return c.addGoods(f, times, "")
	})
	return nil
}

// askPrice asks what goods without a price cost.
func (c *Counter) askPrice(it item, scan string) tea.Cmd {
	c.askNumber(c.t("counter.goods.price", "name", kit.Clean(it.Name)), c.readMoney, func(price int64) tea.Cmd {
		it.Price = engine.Minor(price)
		return c.putOn(it, scan)
	})
	return nil
}

// readMoney reads an amount as typed.
func (c *Counter) readMoney(text string) (int64, error) {
	f := c.env.Format
	amount, err := engine.ParseAmount(text, engine.Marks{Decimal: f.Decimal(), Group: f.Group(), Exponent: f.Exponent()})
	return int64(amount), err
}
