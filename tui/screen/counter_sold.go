package screen

import (
	"cmp"
	"errors"
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// args are the facts of an error.
func args(err error) engine.Args {
	var e *engine.Error
	if errors.As(err, &e) {
		return e.Args
	}
	return nil
}

// showsSold tells whether the sale just recorded stands on the screen.
func (c *Counter) showsSold() bool {
	return c.sold != nil && c.cart.empty() && c.dialog == nil && c.entry.Empty() && c.mode == selling
}

// soldLines show the coupon just issued, large, with its QR code and the text
// that tells the customer.
func (c *Counter) soldLines(width, height int) []string {
	rec := c.sold.rec
	if rec.Issued == nil {
		return c.soldNothing(width, height)
	}
	cp := *rec.Issued
	qr := kit.QR(c.env.Styles, engine.ShowCode(cp.Code), width/2, height)
	left := width
	if len(qr) > 0 {
		left -= kit.Width(qr[0]) + 3
	}
	return beside(c.issuedLines(cp, left, height), qr, width)
}

// beside puts two blocks next to each other, each in the middle of the other's
// height.
func beside(left, right []string, width int) []string {
	if len(right) == 0 {
		return left
	}
	n := max(len(left), len(right))
	out := make([]string, n)
	offL, offR := (n-len(left))/2, (n-len(right))/2
	for i := range out {
		l, r := "", ""
		if j := i - offL; j >= 0 && j < len(left) {
			l = left[j]
		}
		if j := i - offR; j >= 0 && j < len(right) {
			r = right[j]
		}
		out[i] = kit.Spread(l, r, width)
	}
	return out
}

func (c *Counter) issuedLine(cp engine.Coupon, width int) string {
	f := c.env.Format
	return kit.Clip(c.env.Styles.Strong.Render(engine.ShowCode(cp.Code)+"  "+f.MoneyShort(cp.Face))+"  "+
		c.t("counter.through", "day", f.DateShort(cp.LastDay)), width)
}

func (c *Counter) issuedLines(cp engine.Coupon, width, height int) []string {
	st, f := c.env.Styles, c.env.Format
	face := st.Strong.Render(f.MoneyShort(cp.Face)) + "   "
	small := []string{c.issuedLine(cp, width)}
	if height < 4 {
		return kit.Stack(height, kit.Part{Lines: small}, c.savedPart(width, 2), c.giftsPart(width, 2), c.soldText(width, 1))
	}
	blank := kit.Part{Lines: []string{""}, Rank: 5}
	return kit.Stack(height,
		blank,
		kit.Part{Lines: kit.BigCode(st, engine.ShowCode(cp.Code), width), Small: []string{st.Total.Render(kit.Clip(engine.ShowCode(cp.Code), width))}, Rank: 2},
		blank,
		kit.Part{Lines: []string{kit.Clip(face+c.span(cp, width-kit.Width(face)), width)}},
		kit.Part{Lines: []string{kit.Clip(c.t("counter.sold.most", "rate", f.Percent(cp.MaxDiscount)), width)}, Rank: 4},
		c.savedPart(width, 1),
		c.giftsPart(width, 1),
		kit.Part{Lines: filledLine(c.earnedPoints(), width), Rank: 2},
		blank,
		c.soldText(width, 3))
}

// savedPart says what the customer saved, where offers took something off.
func (c *Counter) savedPart(width, rank int) kit.Part {
	o := c.owed()
	if o.offers == 0 {
		return kit.Part{}
	}
	text := c.t("counter.sold.saved", "amount", c.env.Format.Money(o.offers+o.coupon))
	return kit.Part{Lines: []string{kit.Clip(c.env.Styles.GoodText(text), width)}, Rank: rank}
}

// filledLine is a text as one line, no line if it is empty.
func filledLine(text string, width int) []string {
	if text == "" {
		return nil
	}
	return []string{kit.Clip(text, width)}
}

// earnedPoints are the points of the sale just recorded; empty for none.
func (c *Counter) earnedPoints() string {
	if c.sold.points == 0 {
		return ""
	}
	return c.t("counter.earns") + " " + c.env.Words.N("counter.earns.points", int(c.sold.points))
}

// span is when a coupon can be used, its days as long as there is room for.
func (c *Counter) span(cp engine.Coupon, width int) string {
	f, text := c.env.Format, ""
	for _, write := range []func(engine.Day) string{f.DateLong, f.Date, f.DateShort} {
		from := write(cp.FirstDay)
		if cp.FirstDay == c.today() {
			from = c.t("counter.day.today")
		}
		if text = c.t("counter.sold.span", "from", from, "to", write(cp.LastDay)); kit.Width(text) <= width {
			break
		}
	}
	return text
}

// byHand says how the customer gets a code that no text brings.
func (c *Counter) byHand() string {
	if c.printer() {
		return c.t("counter.sold.print")
	}
	return c.t("counter.sold.write")
}

// printer tells whether one is set up.
func (c *Counter) printer() bool { return c.env.Store().Settings.Text(engine.SetPrinter) != "" }

func (c *Counter) soldNothing(width, height int) []string {
	st := c.env.Styles
	return kit.Stack(height,
		kit.Part{Lines: []string{kit.Clip(st.GoodText(c.t("counter.sold.done")), width)}},
		c.savedPart(width, 1),
		c.giftsPart(width, 0),
		kit.Part{Lines: kit.Wrap(cmp.Or(c.earnedPoints(), c.soldHeld(), c.t("counter.earns.nothing")), width), Rank: 1})
}

// soldHeld says that the sale earned nothing because its customer is held back;
// empty if that is not so.
func (c *Counter) soldHeld() string {
	h := c.sold.rec.Sale.Held
	if h == nil {
		return ""
	}
	return c.t("counter.sold.held", "campaign", kit.Clean(h.Campaign))
}

// checkedLines show a coupon that was asked about.
func (c *Counter) checkedLines(width, height int) []string {
	st, f, ck := c.env.Styles, c.env.Format, c.checked
	cp := ck.Coupon
	verdict := st.GoodText(c.t("counter.checked.good"))
	if ck.Reason != nil {
		verdict = st.BadText(f.Err(ck.Reason))
	}
	facts := []string{
		f.MoneyShort(cp.Face), c.t("counter.sold.span", "from", f.Date(cp.FirstDay), "to", f.Date(cp.LastDay)),
		c.t("counter.sold.most", "rate", f.Percent(cp.MaxDiscount)),
	}
	owner := c.t("counter.checked.bearer")
	if !cp.CustomerID.IsZero() {
		owner = c.t("counter.checked.owner", "customer", kit.Clean(cp.Customer))
	}
	parts := []kit.Part{
		{Lines: []string{st.Strong.Render(engine.ShowCode(cp.Code))}},
		{Lines: kit.Wrap(verdict, width)},
		{Lines: kit.Wrap(strings.Join(facts, " · "), width), Rank: 2},
		{Lines: kit.Wrap(owner, width), Rank: 3},
	}
	if ck.Takes > 0 {
		parts = append(parts, kit.Part{Lines: []string{kit.Clip(c.t("counter.takes", "amount", f.Money(ck.Takes)), width)}, Rank: 1})
	}
	return kit.Stack(height, parts...)
}
