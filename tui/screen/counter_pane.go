package screen

import (
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// body is the middle of the screen: a question, the customers found, a coupon
// checked, the coupon just issued, or the coupons and earnings of the sale.
func (c *Counter) body(width, height int) []string {
	switch {
	case c.dialog != nil:
		return c.dialog.View(c.env.Styles, width, height)
	case c.find.done && c.find.query != query{} && c.mode != checking:
		return c.foundLines(width, height)
	case c.checked != nil:
		return c.checkedLines(width, height)
	case c.showsSold():
		return c.soldLines(width, height)
	case c.cart.empty():
		return c.idleLines(width, height)
	}
	return c.saleLines(width, height)
}

// idleLines say how to begin.
func (c *Counter) idleLines(width, height int) []string {
	st := c.env.Styles
	var lines []string
	if c.welcome {
		lines = append(inked(st.Strong, kit.Wrap(c.t("counter.idle.welcome"), width)), "")
	}
	begin := c.t("counter.idle.begin")
	if c.hasGoods() {
		begin = c.t("counter.idle.goods")
	}
	lines = append(lines, inked(st.Dim, kit.Wrap(begin, width))...)
	today := kit.Part{Rank: 1}
	if t := c.desk.Today; t.Sales > 0 {
		w := c.env.Words
		text := w.N("counter.idle.sales", int(t.Sales)) + " · " + w.N("counter.idle.issued", int(t.Issued)) +
			" · " + w.N("counter.idle.redeemed", int(t.Redeemed))
		today.Lines = append([]string{""}, inked(st.Dim, kit.Wrap(text, width))...)
	}
	return kit.Stack(height, kit.Part{Lines: lines}, today)
}

// customerLine is who buys.
func (c *Counter) customerLine(width int) string {
	st := c.env.Styles
	k := &c.cart
	switch {
	case k.fresh != nil:
		who := st.Strong.Render(kit.Clean(k.who()))
		if k.fresh.Name != "" {
			who += "   " + k.phone.National()
		}
		return kit.Clip(who+"   "+st.Good.Render(c.t("counter.customer.new"))+"   "+c.consentText(k.fresh.Consent), width)
	case !k.customer.ID.IsZero():
		return c.knownLine(width)
	case c.looking:
		return st.Dim.Render(kit.Clip(c.t("counter.say.looking"), width))
	case k.empty():
		return ""
	}
	return st.Dim.Render(kit.Clip(c.t("counter.customer.none"), width))
}

// saleLine is who buys and what else was said of the sale.
func (c *Counter) saleLine(width int) string {
	facts := kit.Clip(c.factsText(), width/3)
	if facts == "" {
		return c.customerLine(width)
	}
	return kit.Spread(c.customerLine(width-kit.Width(facts)-2), c.env.Styles.Dim.Render(facts), width)
}

func (c *Counter) knownLine(width int) string {
	st, cu := c.env.Styles, c.cart.customer
	parts := []string{st.Strong.Render(kit.Clean(c.cart.who()))}
	if cu.Name != "" && cu.Phone.E164 != "" {
		parts = append(parts, cu.Phone.National())
	}
	parts = append(parts, c.visitText(cu), c.textsText(cu.Consent))
	for _, gap := range []string{"    ", "   ", "  "} {
		if line := strings.Join(parts, gap); kit.Width(line) <= width {
			return line
		}
	}
	if len(parts) == 4 { // the phone is what is looked at least
		parts = append(parts[:1], parts[2:]...)
	}
	if cu.Consent != engine.ConsentYes && kit.Width(strings.Join(parts, "  ")) > width {
		parts = append(parts[:1], parts[len(parts)-1])
	}
	return kit.Clip(strings.Join(parts, "  "), width)
}

// visitText says the how manieth visit this is, and when the last one was.
func (c *Counter) visitText(cu engine.Customer) string {
	if cu.Visits == 0 {
		return c.t("counter.customer.first_visit")
	}
	n := cu.Visits + 1
	nth := c.t(ordinal(n), "n", c.env.Format.Count(n))
	return nth + ", " + c.agoText(c.today()-cu.LastDay)
}

// ordinal is the key of the sentence for the n-th visit: in the forms that
// English has; a language with fewer has the same sentence under several.
//
// words: counter.visit.one counter.visit.two counter.visit.few counter.visit.other
func ordinal(n int) string {
	if n%100/10 == 1 {
		return "counter.visit.other"
	}
	switch n % 10 {
	case 1:
		return "counter.visit.one"
	case 2:
		return "counter.visit.two"
	case 3:
		return "counter.visit.few"
	}
	return "counter.visit.other"
}

func (c *Counter) agoText(days engine.Day) string {
	switch {
	case days <= 0:
		return c.t("counter.last.today")
	case days == 1:
		return c.t("counter.last.yesterday")
	}
	return c.env.Words.N("counter.last.days", int(days))
}

// consentText tells what the customer said about texts.
//
// words: counter.texts.yes counter.texts.no counter.texts.unknown
func (c *Counter) consentText(v engine.Consent) string {
	st := c.env.Styles
	if v == "" {
		v = engine.ConsentUnknown
	}
	text := c.t("counter.texts." + string(v))
	if v == engine.ConsentYes {
		return text
	}
	return st.Warn.Render(text)
}

// foundLines list the customers or the goods that fit what is typed.
func (c *Counter) foundLines(width, height int) []string {
	st, f := c.env.Styles, &c.find
	if len(f.goods) > 0 {
		return c.foundGoodsLines(width, height)
	}
	if len(f.found) == 0 {
		return []string{st.Dim.Render(kit.Clip(c.nobodyText(), width))}
	}
	name := 0
	for _, cu := range f.found {
		name = max(name, kit.Width(kit.Clean(nameOf(cu))))
	}
	name = min(name, max(10, width/2-4))
	rows := make([]string, len(f.found))
	for i, cu := range f.found {
		line := kit.Fit(kit.Clean(nameOf(cu)), name) + "   " + cu.Phone.Masked() + "   " + c.visitText(cu)
		rows[i] = st.Pick(i == f.at, kit.Clip(line, width-len(kit.Marker)))
	}
	head := st.Title.Render(kit.Clip(c.t("counter.found"), width))
	return append([]string{head}, around(rows, f.at, height-1)...)
}

// foundGoodsLines list the goods found with their sku and price.
func (c *Counter) foundGoodsLines(width, height int) []string {
	st, f := c.env.Styles, &c.find
	name, prices := 0, make([]string, len(f.goods))
	for i, g := range f.goods {
		prices[i] = c.foundPrice(g)
		name = max(name, kit.Width(kit.Clean(g.Product.Name)))
	}
	prices = kit.AlignDecimal(prices, c.env.Format.Decimal())
	name = min(name, max(10, width-len(kit.Marker)-kit.Width(prices[0])-3))
	rows := make([]string, len(f.goods))
	for i, g := range f.goods {
		line := kit.Fit(kit.Clean(g.Product.Name), name) + "   " + prices[i] + "   " + kit.Clean(g.Product.SKU)
		rows[i] = st.Pick(i == f.at, kit.Clip(line, width-len(kit.Marker)))
	}
	head := st.Title.Render(kit.Clip(c.t("counter.goods"), width))
	return append([]string{head}, around(rows, f.at, height-1)...)
}

func (c *Counter) foundPrice(g engine.Found) string {
	switch {
	case g.Price > 0:
		return c.env.Format.Amount(g.Price)
	case g.Product.Price == 0:
		return "?"
	}
	return c.env.Format.Amount(g.Product.Price)
}

func (c *Counter) nobodyText() string {
	switch q := c.find.query; {
	case q.customer == engine.CustomerQuery{}:
		return c.t("counter.found.no_goods")
	case q.customer.Phone != "":
		return c.t("counter.found.new")
	}
	return c.t("counter.found.nobody")
}

func nameOf(cu engine.Customer) string {
	if cu.Name == "" {
		return cu.Number
	}
	return cu.Name
}

// around gives room rows of which one is at.
func around(rows []string, at, room int) []string {
	if room <= 0 {
		return nil
	}
	if len(rows) <= room {
		return rows
	}
	top := max(0, min(at-room/2, len(rows)-room))
	return rows[top : top+room]
}
