package screen

import (
	"cmp"
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// panes are what stands under the goods.
type panes struct{ coupon, offers, earns, near []string }

func (p *panes) lines() int {
	return len(p.coupon) + len(p.offers) + len(p.earns) + len(p.near)
}

// basketLines are the goods, the coupon used, the offers that apply, what the
// sale earns and what is near, in at most height lines. What is known from
// elsewhere gives way first; the goods keep half the room.
func (c *Counter) basketLines(width, height int) []string {
	if c.cart.choosing {
		return c.couponsView(width, height)
	}
	p := panes{c.couponSummary(width), c.offerLines(width), c.earnLines(width), c.nearLines(width)}
	goods := len(c.cart.rows()) + 1
	if r, ok := c.cart.marked(); ok && len(c.goodsCells(r).why) > 0 {
		goods++
	}
	least := min(goods, max(3, height*3/5))
	if height < basketLow { // what offers and coupons took stands beside the total
		least = min(goods, height-1)
	}
	for _, step := range []struct {
		goods int
		cut   func()
	}{
		{goods, func() { p.near = firstOf(p.near, 2) }},
		{goods, func() { p.near = firstOf(p.near, 1) }},
		{goods, func() { p.offers = c.offerSome(width, height-goods-p.lines()+len(p.offers)) }},
		{goods, func() { p.earns = firstOf(p.earns, 1) }},
		{least, func() { p.offers = c.offerSum(width) }},
		{least, func() { p.near = nil }},
		{least, func() { p.coupon = nil }},
		{least, func() { p.offers = nil }},
		{least, func() { p.earns = nil }},
	} {
		if step.goods+p.lines() > height {
			step.cut()
		}
	}
	lines := c.goodsLines(width, height-p.lines())
	if n := p.lines(); n > 0 && len(lines)+n < height {
		lines = append(lines, "")
	}
	for _, part := range [][]string{p.coupon, p.offers, p.earns, p.near} {
		lines = append(lines, part...)
	}
	return lines
}

// basketLow is the height under which the goods take all the room but a line.
const basketLow = 7

func firstOf(lines []string, n int) []string { return lines[:min(len(lines), n)] }

// couponsView lists the coupons to choose from, over what the sale earns.
func (c *Counter) couponsView(width, height int) []string {
	earns := c.earnLines(width)
	return kit.Stack(height,
		kit.Part{Lines: c.couponLines(width, max(2, height-len(earns))), Rank: 1},
		kit.Part{Lines: earns, Rank: 2})
}

// couponSummary is the coupon used, while the goods have the room.
func (c *Counter) couponSummary(width int) []string {
	k := &c.cart
	if len(k.coupons) == 0 {
		return nil
	}
	text := c.t("counter.coupons.without")
	if k.used() != nil {
		x := c.couponCells(k.row)
		text = x.code + "  " + x.effect
	}
	if n := len(k.coupons); n > 1 {
		text += c.env.Styles.Dim.Render("  " + c.env.Words.N("counter.coupons.held", n))
	}
	return []string{c.labelled("counter.coupons", text, width)}
}

// goodsCells are the columns of a row: how much, of what, at how much each,
// how much in all, what came off, and under it why.
type goodsCells struct {
	count, name, each, total, off string
	why                           []string
	faded                         bool
}

// goodsCells writes a row's cells.
func (c *Counter) goodsCells(r row) goodsCells {
	f, k := c.env.Format, &c.cart
	switch {
	case r.code != "":
		return goodsCells{name: c.t("counter.goods.code", "code", kit.Clean(r.code))}
	case r.line < 0 && r.no:
		return goodsCells{name: c.t("counter.goods.no_gift", "name", kit.Clean(r.gift)), faded: true}
	case r.line < 0:
		return goodsCells{
			count: f.Count(int(r.units)) + " ×", name: c.t("counter.goods.gift", "name", kit.Clean(cmp.Or(r.gift, c.nameOf(r.sku), r.sku))), total: f.Amount(0),
		}
	}
	it := k.lines[r.line]
	x := goodsCells{count: f.Count(int(it.Units)) + " ×", name: kit.Clean(it.Name), each: f.Amount(it.Price)}
	if it.Weight > 0 {
		x.count = f.Weight(it.Weight)
	}
	if r.line < len(k.priced.Lines) {
		x.total = f.Amount(k.priced.Lines[r.line].Gross)
		x.off, x.why = c.cuts(r.line)
	}
	return x
}

// cuts are what the offers took off a line together, and their names.
func (c *Counter) cuts(line int) (off string, why []string) {
	var sum engine.Minor
	for _, a := range c.cart.priced.Applied {
		for _, cut := range a.Lines {
			if cut.Line == line && cut.Amount > 0 {
				sum += cut.Amount
				why = append(why, kit.Clean(a.Title))
			}
		}
	}
	if sum > 0 {
		off = "− " + c.env.Format.Amount(sum)
	}
	return off, why
}

// goodsLines are the rows of the cart around the one marked, under a head that
// says so where not all of them are in sight.
func (c *Counter) goodsLines(width, room int) []string {
	rows := c.cart.rows()
	cells := make([]goodsCells, len(rows))
	for i, r := range rows {
		cells[i] = c.goodsCells(r)
	}
	texts := layGoods(cells, width-len(kit.Marker), c.env.Format.Decimal())
	if room < 3 {
		return around(c.goodsRows(cells, texts, nil), c.cart.at, room)
	}
	whys := c.whys(cells, width, room-1)
	shown := c.goodsRows(cells, texts, whys)
	st := c.env.Styles
	head := st.Title.Render(c.t("counter.goods"))
	if len(shown) > room-1 {
		head += st.Dim.Render("  " + c.env.Words.N("counter.goods.more", len(c.cart.lines)))
	}
	at := c.cart.at
	for _, w := range whys[:at] {
		at += len(w)
	}
	last := at + len(whys[c.cart.at])
	return append([]string{head}, around(shown, min((at+last+1)/2, last), room-1)...)
}

// goodsRows are the rows with their whys under them.
func (c *Counter) goodsRows(cells []goodsCells, texts []string, whys [][]string) []string {
	st := c.env.Styles
	var out []string
	for i, text := range texts {
		line := st.Pick(i == c.cart.at, text)
		if cells[i].faded && i != c.cart.at {
			line = st.Dim.Render(line)
		}
		out = append(out, line)
		if whys != nil {
			out = append(out, whys[i]...)
		}
	}
	return out
}

// whys say under each row why something came off: under all of them where
// there is room, else under the one marked.
func (c *Counter) whys(cells []goodsCells, width, room int) [][]string {
	st := c.env.Styles
	out := make([][]string, len(cells))
	lines := len(cells)
	for _, x := range cells {
		if len(x.why) > 0 {
			lines++
		}
	}
	for i, x := range cells {
		if len(x.why) > 0 && (lines <= room || i == c.cart.at && room > 3) {
			out[i] = []string{st.Dim.Render(kit.Clip(kit.Spaces(8)+strings.Join(x.why, " · "), width))}
		}
	}
	return out
}

// goodsWidths are the widths of the columns; 0 leaves one out.
type goodsWidths struct{ count, name, each, total, off int }

// layGoods puts cells in columns: names from the left, amounts on their decimal
// marks. Where it is narrow the price of a piece goes.
func layGoods(cells []goodsCells, width int, mark rune) []string {
	each, total, off := make([]string, len(cells)), make([]string, len(cells)), make([]string, len(cells))
	var w goodsWidths
	for i, x := range cells {
		each[i], total[i], off[i] = x.each, x.total, x.off
		w.count = max(w.count, kit.Width(x.count))
		w.name = max(w.name, kit.Width(x.name))
	}
	each, total, off = kit.AlignDecimal(each, mark), kit.AlignDecimal(total, mark), kit.AlignDecimal(off, mark)
	if len(cells) > 0 {
		w.each, w.total, w.off = kit.Width(each[0]), kit.Width(total[0]), kit.Width(off[0])
	}
	w.fit(width)
	out := make([]string, len(cells))
	for i, x := range cells {
		line := kit.FitRight(x.count, w.count) + " " + kit.Fit(x.name, w.name)
		for _, col := range []struct {
			text  string
			width int
		}{{each[i], w.each}, {total[i], w.total}, {off[i], w.off}} {
			if col.width > 0 {
				line += "  " + kit.FitRight(col.text, col.width)
			}
		}
		out[i] = strings.TrimRight(kit.Clip(line, width), " ")
	}
	return out
}

// leastName is how much of a name has to be in sight before the price of a
// piece is, tinyName before what came off is; usualName is the room that names have at first, so that the columns
// do not move at every scan.
const (
	leastName = 16
	tinyName  = 4
	usualName = 26
)

// fit gives the names the room that is left.
func (w *goodsWidths) fit(width int) {
	others := func() int {
		n := w.count + 1
		for _, col := range []int{w.each, w.total, w.off} {
			if col > 0 {
				n += col + 2
			}
		}
		return n
	}
	if width-others() < min(w.name, leastName) {
		w.each = 0
	}
	if width-others() < tinyName {
		w.off = 0
	}
	w.name = max(tinyName, min(max(w.name, usualName), width-others()))
}

// offerLines are the offers that apply and what each took.
func (c *Counter) offerLines(width int) []string {
	applied, f := c.cart.priced.Applied, c.env.Format
	amounts := make([]string, len(applied))
	name, margin := 0, labelWidth
	for i, a := range applied {
		if a.Amount > 0 {
			amounts[i] = "− " + f.Amount(a.Amount)
		}
		name = max(name, kit.Width(kit.Clean(a.Title)))
	}
	if len(applied) == 0 {
		return nil
	}
	amounts = kit.AlignDecimal(amounts, f.Decimal())
	if width < 50 {
		margin = kit.Width(c.t("counter.offers")) + 2
	}
	name = min(name, max(8, width-margin-kit.Width(amounts[0])-2))
	out := make([]string, len(applied))
	for i, a := range applied {
		text := kit.Fit(kit.Clean(a.Title), name) + "  " + cmp.Or(c.pointsOf(a), amounts[i])
		text = strings.TrimRight(text, " ")
		out[i] = kit.Clip(kit.Spaces(margin)+text, width)
		if i == 0 {
			out[i] = c.labelled("counter.offers", text, width)
		}
	}
	return out
}

// pointsOf are the points that an offer gave; empty if it is not for points.
func (c *Counter) pointsOf(a engine.Application) string {
	if a.Kind != engine.KindPoints {
		return ""
	}
	return c.env.Words.N("counter.earns.points", int(a.Times*c.rules().book.byID[a.OfferID].Points.Points))
}

// offerSome is offerLines in at most room lines, the last of them for all that
// have none of their own; offerSum where there is no room for two.
func (c *Counter) offerSome(width, room int) []string {
	all := c.offerLines(width)
	if room < 2 || len(all) <= room {
		return c.offerSum(width)
	}
	var sum engine.Minor
	others := c.cart.priced.Applied[room-1:]
	for _, a := range others {
		sum += a.Amount
	}
	margin := labelWidth
	if width < 50 {
		margin = kit.Width(c.t("counter.offers")) + 2
	}
	text := c.env.Words.N("counter.offers.others", len(others), "amount", c.env.Format.Amount(sum))
	return append(all[:room-1], kit.Clip(kit.Spaces(margin)+text, width))
}

// offerSum is offerLines in one line.
//
// words: counter.offers
func (c *Counter) offerSum(width int) []string {
	applied := c.cart.priced.Applied
	if len(applied) < 2 {
		return c.offerLines(width)
	}
	var sum engine.Minor
	for _, a := range applied {
		sum += a.Amount
	}
	text := c.env.Words.N("counter.offers.sum", len(applied), "amount", c.env.Format.Amount(sum))
	return []string{c.labelled("counter.offers", text, width)}
}
