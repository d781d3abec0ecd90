package screen

import (
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// Heights and widths at which the counter changes its layout.
const (
	counterTiny  = 8  // lines under which only total and entry are drawn
	counterRoomy = 18 // lines from which the total is large
	counterTall  = 24 // lines from which the footer takes two
	counterLong  = 30 // lines from which nothing has to give way to a coupon's QR code
	counterWide  = 60 // cells from which there is a margin
	counterMost  = 100
)

// View draws the whole window.
func (c *Counter) View(width, height int) string {
	if c.stop != nil {
		return c.stopView(width, height)
	}
	if height < counterTiny || width < 24 {
		return c.tinyView(width, height)
	}
	margin := 0
	if width >= counterWide {
		margin = 1
	}
	inner := width - 2*margin
	roomy := height >= counterRoomy
	top := c.topLines(inner, roomy, height < counterLong && c.showsSold())
	bottom := c.bottomLines(inner, height, roomy)
	room := max(0, height-len(top)-len(bottom))
	body := c.body(min(inner, counterMost), room)
	return kit.Frame(width, height, indent(margin, top), indent(margin, body), indent(margin, bottom))
}

func indent(n int, lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			l = kit.Spaces(n) + l
		}
		out[i] = l
	}
	return out
}

// tinyView is for windows in which little fits: the total, what is wrong, and
// the entry, which still takes a scan.
func (c *Counter) tinyView(width, height int) string {
	st := c.env.Styles
	if c.dialog != nil {
		return kit.Frame(width, height, nil, nil, c.dialog.View(st, width, height))
	}
	bottom := []string{c.due().Line(st, width)}
	bottom = append(bottom, c.notice.View(st, width, max(1, height-3))...)
	bottom = append(bottom, c.entryLine(width))
	var body []string
	if who := c.cart.who(); who != "" {
		body = append(body, kit.Clip(kit.Clean(who), width))
	}
	if len(c.cart.rows()) > 0 && c.sold == nil {
		body = append(body, c.goodsLines(width, 1)...)
	}
	if s := c.sold; s != nil && s.rec.Issued != nil {
		body = []string{kit.Clip(engine.ShowCode(s.rec.Issued.Code)+" "+c.env.Format.MoneyShort(s.rec.Issued.Face), width)}
	}
	return kit.Frame(width, height, nil, body, bottom)
}

// topLines are the head and who buys; short leaves the head alone, to make room
// for the coupon just issued.
func (c *Counter) topLines(width int, roomy, short bool) []string {
	st := c.env.Styles
	top := []string{c.headLine(width)}
	if short {
		return top
	}
	if roomy {
		top = append(top, st.RuleLine(width))
	}
	top = append(top, c.saleLine(width))
	if roomy {
		top = append(top, "")
	}
	return top
}

// bottomLines are the amounts, the notice, the entry and the footer. They
// always take the same lines, so that nothing jumps.
func (c *Counter) bottomLines(width, height int, roomy bool) []string {
	st := c.env.Styles
	lines := 1
	if height >= counterTall {
		lines = 2
	}
	var out []string
	if roomy {
		out = append(c.largeAmounts(min(width, counterMost)), blankTo(2, c.notice.View(st, width, 2))...)
		out = append(out, st.RuleLine(width))
	} else {
		out = c.smallBottom(width)
	}
	out = append(out, c.entryLine(width))
	keys := kit.Footer(st, c.env.Words, width, lines, c.footer()...)
	for len(keys) < lines {
		keys = append(keys, "")
	}
	return append(out, keys...)
}

// smallBottom has the total and the notice in three lines; a notice that needs
// two takes the place of what explains the total.
func (c *Counter) smallBottom(width int) []string {
	amounts, notice := c.smallAmounts(width), c.notice.View(c.env.Styles, width, 2)
	if len(notice) > 1 {
		return append(amounts[1:], notice...)
	}
	return append(amounts, blankTo(1, notice)...)
}

// blankTo fills lines up to n, the new ones before the others.
func blankTo(n int, lines []string) []string {
	for len(lines) < n {
		lines = append([]string{""}, lines...)
	}
	return lines
}

// entryLine is what is typed at the left, and how it is understood, or what
// Enter does, at the right.
func (c *Counter) entryLine(width int) string {
	st := c.env.Styles
	if c.dialog != nil {
		return st.Dim.Render(kit.Clip(c.t("counter.entry.answer_first"), width))
	}
	label := c.entryLabel()
	hint := c.hint()
	room := width - kit.Width(label) - kit.Width(hint) - 2
	if room < 12 {
		hint = kit.Clip(hint, max(0, width-kit.Width(label)-14))
		room = width - kit.Width(label) - kit.Width(hint) - 2
	}
	return kit.Spread(st.Title.Render(label)+c.entry.View(st, max(4, room), true), hint, width)
}

func (c *Counter) entryLabel() string {
	switch c.mode {
	case finding:
		return c.t("counter.entry.find") + " "
	case checking:
		return c.t("counter.entry.check") + " "
	case selling:
	}
	if c.times > 0 {
		return c.timesText(c.times) + " × "
	}
	return ""
}

// timesText writes a quantity: 3, or 0,350.
func (c *Counter) timesText(times int64) string {
	text, fraction, _ := strings.Cut(engine.Minor(times).Plain(3), ".")
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		text += string(c.env.Format.Decimal()) + fraction
	}
	return text
}

// hint says how the entry is understood or, with nothing typed, what the keys
// do now.
func (c *Counter) hint() string {
	st := c.env.Styles
	if c.recording {
		return st.Dim.Render(c.t("counter.hint.recording"))
	}
	if r, ok := c.understood(); ok {
		return c.readingHint(r)
	}
	if c.cart.unknown {
		return st.Warn.Render(c.t("counter.hint.again"))
	}
	var parts []string
	switch {
	case c.times > 0:
		parts = append(parts, st.Dim.Render(c.t("counter.hint.goods")))
	case len(c.goods.jobs) > 0:
		parts = append(parts, st.Dim.Render(c.t("counter.say.goods_coming")))
	case c.cart.rung():
		parts = append(parts, c.keyHint(keySell))
	case c.hasGoods() && c.cart.fresh != nil && c.cart.fresh.Name == "":
		parts = append(parts, st.Dim.Render(c.t("counter.hint.goods_or_name")))
	case c.hasGoods() && c.cart.hasCustomer():
		parts = append(parts, st.Dim.Render(c.t("counter.hint.goods")))
	case c.cart.fresh != nil && c.cart.fresh.Name == "":
		parts = append(parts, st.Dim.Render(c.t("counter.hint.amount_or_name")))
	case c.cart.hasCustomer():
		parts = append(parts, st.Dim.Render(c.t("counter.hint.amount")))
	}
	switch {
	case c.onLines():
		parts = append(parts, c.keyHint(keyLine))
		if len(c.cart.coupons) > 0 {
			parts = append(parts, c.keyHint(keyChoose))
		}
	case len(c.cart.coupons) > 0:
		parts = append(parts, c.keyHint(keyCoupon))
	}
	if !c.cart.empty() {
		parts = append(parts, c.keyHint(keyClear))
	}
	return strings.Join(parts, st.Dim.Render(" · "))
}

func (c *Counter) keyHint(b kit.Binding) string {
	return kit.Footer(c.env.Styles, c.env.Words, 80, 1, b)[0]
}

// readingHint says how the entry is understood, and that Tab understands it
// otherwise.
func (c *Counter) readingHint(r engine.Reading) string {
	st := c.env.Styles
	switch {
	case engine.CodeOf(r.Err) == engine.CodeTypo:
		return st.ErrorText(c.t("counter.reading.slip"))
	case r.Err != nil:
		return st.ErrorText(c.t("counter.reading.no"))
	}
	hint := st.Strong.Render(c.readingText(r))
	if len(c.readings) > 1 {
		next := c.readings[(c.reading+1)%len(c.readings)]
		if next.Err == nil {
			hint += st.Dim.Render(" · " + kit.KeyName(c.env.Words, "tab") + " " + c.kindText(next))
		}
	}
	return hint
}

func (c *Counter) readingText(r engine.Reading) string {
	switch r.Kind {
	case engine.EntryAmount:
		return c.env.Format.Money(r.Amount)
	case engine.EntryPhone:
		return r.Phone.National()
	case engine.EntryCode:
		return c.kindText(r) + " " + engine.ShowCode(r.Code)
	case engine.EntryOffer:
		return c.kindText(r) + " " + kit.Clean(r.Code)
	case engine.EntryAd:
		return c.kindText(r) + " " + adText(r.Ad.Source, r.Ad.Ad)
	case engine.EntryTimes, engine.EntrySet:
		return c.timesText(r.Times) + " × " + c.kindText(r)
	case engine.EntryBarcode, engine.EntryGoods:
		if r.Times > 0 {
			return c.timesText(r.Times) + " × " + c.kindText(r)
		}
	case engine.EntryLast4, engine.EntryNumber, engine.EntryName:
	}
	return c.kindText(r)
}

// kindText names what an entry is understood as.
func (c *Counter) kindText(r engine.Reading) string {
	switch r.Kind {
	case engine.EntryAmount:
		return c.t("counter.reading.amount")
	case engine.EntryPhone:
		return c.t("counter.reading.phone")
	case engine.EntryLast4:
		return c.t("counter.reading.last4")
	case engine.EntryCode:
		return c.t("counter.reading.code")
	case engine.EntryName:
		if c.naming() {
			return c.t("counter.reading.new_name")
		}
		return c.t("counter.reading.name")
	case engine.EntryBarcode:
		return c.t("counter.reading.barcode")
	case engine.EntryGoods:
		return c.t("counter.reading.goods")
	case engine.EntryTimes:
		return c.t("counter.reading.times")
	case engine.EntrySet:
		return c.markedName()
	case engine.EntryOffer:
		return c.t("counter.reading.offer")
	case engine.EntryAd:
		return c.t("counter.reading.ad")
	case engine.EntryNumber:
	}
	if c.mode == finding {
		return c.t("counter.reading.customer_number")
	}
	return c.t("counter.reading.number")
}

// markedName is what the marked line is of.
func (c *Counter) markedName() string {
	r, ok := c.cart.marked()
	if !ok || r.line < 0 {
		return c.t("counter.reading.no_line")
	}
	return kit.Clip(kit.Clean(c.cart.lines[r.line].Name), 24)
}
