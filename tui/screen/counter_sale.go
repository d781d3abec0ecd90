package screen

import (
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// saleLines are the coupons, what each takes, and what the sale earns.
func (c *Counter) saleLines(width, height int) []string {
	if len(c.cart.rows()) > 0 {
		return c.basketLines(width, height)
	}
	earns := append(c.offerLines(width), c.earnLines(width)...)
	near := kit.Part{Rank: 3, Lines: c.nearLines(width)}
	blank := kit.Part{Rank: 4}
	if n := len(c.cart.coupons); len(earns) > 0 && n+3+len(earns)+len(near.Lines) <= height {
		blank.Lines = []string{""}
	}
	room := max(2, height-len(earns)-len(near.Lines)-len(blank.Lines))
	return kit.Stack(height,
		kit.Part{Lines: c.couponLines(width, room), Rank: 1},
		blank,
		kit.Part{Lines: earns, Rank: 2},
		near)
}

// couponCells are the columns of a coupon's row.
type couponCells struct{ code, face, valid, effect string }

// couponLines are the customer's coupons, the one used marked, and last the
// sale without one.
func (c *Counter) couponLines(width, room int) []string {
	k, st := &c.cart, c.env.Styles
	if len(k.coupons) == 0 {
		if !k.hasCustomer() {
			return nil
		}
		return []string{c.labelled("counter.coupons", st.Dim.Render(c.t("counter.coupons.none")), width)}
	}
	cells := make([]couponCells, len(k.coupons))
	for i := range k.coupons {
		cells[i] = c.couponCells(i)
	}
	lines := layCoupons(cells, width-len(kit.Marker))
	rows := make([]string, 0, len(lines)+1)
	for i, l := range lines {
		row := st.Pick(i == k.row, l)
		if k.refused[i] != nil {
			row = st.Dim.Render(kit.NoMarker + l)
		}
		rows = append(rows, row)
	}
	rows = append(rows, st.Pick(k.row < 0, c.t("counter.coupons.without")))
	at := k.row
	if at < 0 {
		at = len(rows) - 1
	}
	if room < 3 {
		return around(rows, at, room)
	}
	return append([]string{c.couponHead(len(rows), room)}, around(rows, at, room-1)...)
}

func (c *Counter) couponHead(rows, room int) string {
	st := c.env.Styles
	head := st.Title.Render(c.t("counter.coupons"))
	if rows > room-1 {
		head += st.Dim.Render("  " + c.env.Words.N("counter.coupons.more", rows-1))
	}
	return head
}

func (c *Counter) couponCells(i int) couponCells {
	f, cp := c.env.Format, c.cart.coupons[i]
	out := couponCells{code: engine.ShowCode(cp.Code), face: f.MoneyShort(cp.Face), valid: c.t("counter.through", "day", f.DateShort(cp.LastDay))}
	switch {
	case c.cart.refused[i] != nil:
		out.effect = c.whyNot(c.cart.refused[i])
	case c.cart.rung():
		out.effect = c.t("counter.takes", "amount", f.Amount(c.cart.takes[i]))
	}
	return out
}

// whyNot says in a few words why a coupon cannot be used.
func (c *Counter) whyNot(err error) string {
	arg := args(err)
	switch engine.CodeOf(err) {
	case engine.CodeCouponPending:
		if day, ok := arg["day"].(engine.Day); ok {
			return c.env.Words.N("counter.why.pending", int(day-c.today()))
		}
	case engine.CodeCouponReserved:
		return c.t("counter.why.reserved", "till", arg["till"])
	case engine.CodeCouponNothing:
		return c.t("counter.why.nothing")
	case engine.CodeCouponExpired:
		return c.t("counter.why.expired")
	case engine.CodeCouponOthers:
		return c.t("counter.why.others")
	}
	return c.env.Format.Err(err)
}

// layCoupons puts cells in columns, codes and validity from the left, amounts
// on their right ends. Where it is narrow the validity goes, then the face.
func layCoupons(cells []couponCells, width int) []string {
	var w couponWidths
	for _, x := range cells {
		w.face = max(w.face, kit.Width(x.face))
		w.valid = max(w.valid, kit.Width(x.valid))
		w.effect = max(w.effect, kit.Width(x.effect))
	}
	w.fit(width)
	out := make([]string, len(cells))
	for i, x := range cells {
		line := kit.Fit(x.code, codeWidth)
		if w.face > 0 {
			line += w.gap() + kit.FitRight(x.face, w.face)
		}
		if w.valid > 0 {
			line += w.gap() + kit.Fit(x.valid, w.valid)
		}
		if w.effect > 0 {
			line += w.gap() + kit.FitRight(x.effect, w.effect)
		}
		out[i] = kit.Clip(line, width)
	}
	return out
}

const codeWidth = 9 // of XXXX-XXXX

// couponWidths are the widths of the columns after the code; 0 leaves one out.
type couponWidths struct {
	face, valid, effect int
	narrow              bool
}

func (w *couponWidths) gap() string {
	if w.narrow {
		return "  "
	}
	return "    "
}

func (w *couponWidths) total() int {
	n := codeWidth
	for _, col := range []int{w.face, w.valid, w.effect} {
		if col > 0 {
			n += col + len(w.gap())
		}
	}
	return n
}

// fit leaves out what has no room.
func (w *couponWidths) fit(width int) {
	if w.total() > width {
		w.narrow = true
	}
	if w.total() > width && w.effect > 0 {
		w.valid = 0
	}
	if w.total() > width && w.effect > 0 {
		w.effect = max(8, width-codeWidth-w.face-2*len(w.gap()))
	}
	if w.total() > width {
		w.face = 0
	}
}

// labelWidth is the room of the words in capitals at the left.
const labelWidth = 11

func (c *Counter) labelled(key, text string, width int) string {
	label := kit.Fit(c.t(key), labelWidth)
	if width < 50 {
		label = c.t(key) + "  "
	}
	return kit.Clip(c.env.Styles.Title.Render(label)+text, width)
}

// earnLines say what the sale earns.
//
// words: counter.coupons counter.earns counter.near
func (c *Counter) earnLines(width int) []string {
	if !c.cart.rung() {
		return nil
	}
	st, f, e := c.env.Styles, c.env.Format, c.cart.priced.Earned
	if e == nil && c.cart.priced.Points == 0 && !c.givesCoupons() {
		return nil
	}
	points := c.pointsText()
	switch {
	case c.cart.priced.Held != nil:
		return c.heldLines(points, width)
	case e == nil && points != "":
		return []string{c.labelled("counter.earns", st.Strong.Render(points), width)}
	case e == nil:
		return []string{c.labelled("counter.earns", st.Dim.Render(c.t("counter.earns.nothing")), width)}
	}
	face := st.Strong.Render(strings.TrimSuffix(f.MoneyShort(e.Face)+" + "+points, " + "))
	full := c.t("counter.earns.detail", "rate", f.Percent(e.Terms.Cashback), "net", f.Amount(c.cart.priced.Net),
		"day", f.DateShort(e.LastDay), "most", f.Percent(e.MaxDiscount))
	short := c.t("counter.through", "day", f.DateShort(e.LastDay))
	room := width - labelWidth - kit.Width(face) - 4
	if kit.Width(full) > room || e.Terms.Cashback == 0 { // a fixed face has no rate
		full = short
	}
	lines := []string{c.labelled("counter.earns", face+"    "+st.Dim.Render(full), width)}
	if !c.cart.hasCustomer() {
		margin := labelWidth
		if width < 50 {
			margin = min(labelWidth, width/8) // under the label, to have room
		}
		lines = append(lines, kit.Clip(kit.Spaces(margin)+st.Warn.Render(c.t("counter.earns.bearer")), width))
	}
	return append(lines, c.perhapsLine(width)...)
}

// heldLines say in place of what the sale earns that the customer is one of
// those who get no coupon, so that the others can be compared with them.
func (c *Counter) heldLines(points string, width int) []string {
	text := c.env.Styles.Dim.Render(c.t("counter.held", "campaign", kit.Clean(c.cart.priced.Held.Campaign)))
	if points != "" {
		text = c.env.Styles.Strong.Render(points) + "    " + text
	}
	return []string{c.labelled("counter.earns", text, width)}
}

// perhapsLine says of a new customer that this may be one of those: it is known
// only when the sale is recorded.
func (c *Counter) perhapsLine(width int) []string {
	share := c.rules().book.byID[c.cart.priced.Earned.OfferID].Holdback
	if share == 0 || !c.cart.hasCustomer() || !c.cart.customer.ID.IsZero() {
		return nil
	}
	margin := labelWidth
	if width < 50 {
		margin = min(labelWidth, width/8)
	}
	return []string{kit.Clip(kit.Spaces(margin)+c.env.Styles.Dim.Render(c.t("counter.held.perhaps", "rate", c.env.Format.Percent(share))), width)}
}

// pointsText is how many points the sale earns; empty for none.
func (c *Counter) pointsText() string {
	if c.cart.priced.Points == 0 {
		return ""
	}
	return c.env.Words.N("counter.earns.points", int(c.cart.priced.Points))
}

// givesCoupons tells whether the shop has next-sale coupons at all; one that has
// neither those nor other offers is told that this sale earns none.
func (c *Counter) givesCoupons() bool {
	for _, o := range c.rules().book.byID {
		if o.Kind == engine.KindNextCoupon {
			return true
		}
	}
	return !c.promotes()
}

// nearLines say what little more would earn.
func (c *Counter) nearLines(width int) []string {
	near := c.near()
	out := make([]string, len(near))
	for i, text := range near {
		margin := labelWidth
		if width < 50 {
			margin = kit.Width(c.t("counter.near")) + 2
		}
		out[i] = kit.Clip(kit.Spaces(margin)+text, width)
		if i == 0 {
			out[i] = c.labelled("counter.near", text, width)
		}
	}
	return out
}
