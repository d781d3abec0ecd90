package screen

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// item is a line of the cart, and what the counter knows of its product
// besides.
type item struct {
	engine.Line
	weighed bool
	counted bool
	stock   int64 // pieces or thousandths left, if counted
}

// newItem makes a line of a product found. times is the quantity that was
// asked for, in thousandths, 0 for none. CodeWeightNeeded where the weight has
// to be asked for first, CodeQuantity where it cannot be sold so.
func newItem(f engine.Found, times int64) (item, error) {
	p, several := f.Product, int64(0)
	if p.Weighed && (f.Weight > 0 || f.Price > 0) { // a label is of one piece
		several, times = times, 0
	}
	l, err := f.Line(times)
	it := item{Line: l, weighed: p.Weighed, counted: p.Counted, stock: p.Stock}
	if err != nil {
		return it, err
	}
	if !p.Weighed && f.Price > 0 {
		it.Price = f.Price
	}
	if several > 0 {
		it.Units, err = wholePieces(several)
	}
	if it.Weight > 0 && it.Units > 1 {
		err = engine.BadInput(engine.CodeQuantity, "most", 1)
	}
	return it, err
}

// wholePieces reads thousandths as a number of pieces.
func wholePieces(times int64) (int64, error) {
	if times%engine.WeightUnit != 0 || times < engine.WeightUnit || times/engine.WeightUnit > engine.MaxUnits {
		return 0, engine.BadInput(engine.CodeQuantity, "most", engine.MaxUnits)
	}
	return times / engine.WeightUnit, nil
}

// quantity is how much of the line there is, in thousandths.
func (it *item) quantity() int64 {
	if it.Weight > 0 {
		return it.Weight
	}
	return it.Units * engine.WeightUnit
}

// goods are the lines as the engine wants them; nil for an open amount.
func (c *cart) goods() []engine.Line {
	if len(c.lines) == 0 {
		return nil
	}
	out := make([]engine.Line, len(c.lines))
	for i := range c.lines {
		out[i] = c.lines[i].Line
	}
	return out
}

// add puts goods on the sale: more of a line of the same product at the same
// price, else a new line. It becomes the one marked.
func (c *cart) add(it item) error {
	for i := range c.lines {
		l := &c.lines[i]
		if l.SKU != it.SKU || l.Price != it.Price || l.Weight != 0 || it.Weight != 0 {
			continue
		}
		if l.Units+it.Units > engine.MaxUnits {
			return engine.BadInput(engine.CodeQuantity, "most", engine.MaxUnits)
		}
		l.Units, l.stock, c.at = l.Units+it.Units, it.stock, i
		return nil
	}
	if len(c.lines) >= engine.MaxLines {
		return engine.BadInput(engine.CodeProductsRange, "most", engine.MaxLines)
	}
	c.lines = append(c.lines, it)
	c.at = len(c.lines) - 1
	return nil
}

// short tells how much of a line's product is left, if the sale has more of
// it.
func (c *cart) short(at int) (stock int64, is bool) {
	it := c.lines[at]
	var sum int64
	for i := range c.lines {
		if c.lines[i].SKU == it.SKU {
			sum += c.lines[i].quantity()
		}
	}
	left := it.stock
	if !it.weighed {
		left *= engine.WeightUnit
	}
	priced := it.weighed && it.Weight == 0 // its label tells the price alone
	return it.stock, it.counted && !priced && sum > left
}

// row is one of the rows that can be marked: a line, a gift, wanted or refused,
// or a code.
type row struct {
	line  int // -1: a gift or a code
	offer engine.ID
	gift  string // its name, empty where the offer has none
	sku   string // of the gift
	units int64
	no    bool   // refused
	code  string // of an offer; the row is neither line nor gift
}

// rows are the lines of the cart, then its gifts, then those refused, then the
// codes given. A sale of an open amount has no lines, but may have the others.
func (c *cart) rows() []row {
	out := make([]row, 0, len(c.lines)+len(c.priced.Gifts))
	for i := range c.lines {
		out = append(out, row{line: i})
	}
	for _, g := range c.priced.Gifts {
		out = append(out, row{line: -1, offer: g.OfferID, gift: g.Name, sku: g.SKU, units: g.Units})
	}
	for _, r := range c.priced.Rejected {
		if r.Reason == engine.ReasonNoGift {
			out = append(out, row{line: -1, offer: r.OfferID, gift: r.Title, no: true})
		}
	}
	for _, code := range c.codes {
		out = append(out, row{line: -1, code: code})
	}
	return out
}

// marked is the row that is marked; ok is false if there is none.
func (c *cart) marked() (r row, ok bool) {
	rows := c.rows()
	if c.at >= len(rows) {
		return row{}, false
	}
	return rows[c.at], true
}

// refuse takes a gift off, or wants it again.
func (c *cart) refuse(offer engine.ID) {
	if i := slices.Index(c.noGift, offer); i >= 0 {
		c.noGift = slices.Delete(slices.Clone(c.noGift), i, i+1)
		return
	}
	c.noGift = append(slices.Clone(c.noGift), offer)
}

// less takes one off the marked line, or all of it where whole is set, what is
// weighed and the last one. Of a gift it is the customer's no, or yes again; a
// code it takes off.
func (c *Counter) less(whole bool) tea.Cmd {
	r, ok := c.cart.marked()
	switch {
	case !ok:
		return nil
	case r.code != "":
		c.codeOff(r.code)
	case r.line < 0:
		c.cart.refuse(r.offer)
	case whole, c.cart.lines[r.line].Units == 1:
		c.cart.lines = slices.Delete(c.cart.lines, r.line, r.line+1)
	default:
		c.cart.lines[r.line].Units--
	}
	return c.settled()
}

// more adds one to the marked line of pieces, or wants a refused gift.
func (c *Counter) more() tea.Cmd {
	r, ok := c.cart.marked()
	if !ok || r.line < 0 && !r.no || r.line >= 0 && c.cart.lines[r.line].Weight > 0 {
		return nil
	}
	if r.line < 0 {
		return c.less(false)
	}
	return c.setQuantity(c.cart.lines[r.line].quantity() + engine.WeightUnit)
}

// setQuantity gives the marked line another quantity.
func (c *Counter) setQuantity(times int64) tea.Cmd {
	r, ok := c.cart.marked()
	if !ok || r.line < 0 {
		c.say(kit.Caution, c.t("counter.say.no_line"))
		return nil
	}
	l := &c.cart.lines[r.line]
	if l.Weight > 0 {
		l.Weight = times
	} else {
		n, err := wholePieces(times)
		if err != nil {
			c.fail(err)
			return nil
		}
		l.Units = n
	}
	c.taken()
	c.warnStock(r.line)
	return c.settled()
}

// warnStock says so where the sale has more of a product than the shop counts.
func (c *Counter) warnStock(at int) {
	if left, is := c.cart.short(at); is {
		it := c.cart.lines[at]
		c.say(kit.Caution, c.t("counter.say.stock", "name", it.Name, "left", c.leftText(it, left)))
	}
}

func (c *Counter) leftText(it item, left int64) string {
	if it.weighed {
		return c.env.Format.Weight(left)
	}
	return c.env.Format.Count(int(left))
}
