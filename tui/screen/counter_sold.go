package screen

import (
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

// soldLines show the coupon just issued, large, with its QR code and the text
// that tells the customer.
func (c *Counter) soldLines(width, height int) []string {
	rec := c.sold.rec
	if rec.Issued == nil {
		return c.soldNothing(width, height)
	}
	cp := *rec.Issued
	text := c.soldText(width)
	textRoom := min(len(text), max(1, height-6))
	text = text[:min(len(text), textRoom)]
	room := max(1, height-len(text)-1)
	if room < 4 {
		return kit.Stack(height, kit.Part{Lines: []string{c.issuedLine(cp, width)}}, kit.Part{Lines: text, Rank: 1})
	}
	qr := kit.QR(c.env.Styles, engine.ShowCode(cp.Code), width/2, room)
	left := c.issuedLines(cp, width-kit.Width(longest(qr))-2, room)
	lines := beside(left, qr, min(width, counterMost-10))
	return kit.Stack(height,
		kit.Part{Lines: lines},
		kit.Part{Lines: []string{""}, Rank: 2},
		kit.Part{Lines: text, Rank: 1})
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
	code := kit.BigCode(st, engine.ShowCode(cp.Code), width)
	from := f.DateLong(cp.FirstDay)
	if cp.FirstDay == c.today() {
		from = c.t("counter.day.today")
	}
	return kit.Stack(height,
		kit.Part{Lines: code, Small: []string{st.Total.Render(kit.Clip(engine.ShowCode(cp.Code), width))}, Rank: 2},
		kit.Part{Lines: []string{""}, Rank: 4},
		kit.Part{Lines: []string{kit.Clip(st.Strong.Render(f.MoneyShort(cp.Face))+"   "+
			c.t("counter.sold.span", "from", from, "to", f.DateLong(cp.LastDay)), width)}},
		kit.Part{Lines: []string{kit.Clip(c.t("counter.sold.most", "rate", f.Percent(cp.MaxDiscount)), width)}, Rank: 3})
}

// soldText is the text on its way or, without one, what to do instead.
func (c *Counter) soldText(width int) []string {
	st, w, rec := c.env.Styles, c.env.Words, c.sold.rec
	switch {
	case rec.Message != nil:
		lines := inked(st.Dim, kit.Wrap("“"+kit.Clean(rec.Message.Body)+"”", width))
		return append(lines, kit.Clip(st.Dim.Render(w.N("counter.sold.parts", rec.Message.Parts)+" · "+kit.Clean(rec.Message.To)), width))
	case rec.Sale.CustomerID.IsZero():
		return inked(st.Warn, kit.Wrap(c.t("counter.sold.bearer"), width))
	}
	return inked(st.Warn, kit.Wrap(c.t("counter.sold.no_text"), width))
}

func (c *Counter) soldNothing(width, height int) []string {
	st := c.env.Styles
	return kit.Stack(height,
		kit.Part{Lines: []string{kit.Clip(st.GoodText(c.t("counter.sold.done")), width)}},
		kit.Part{Lines: kit.Wrap(c.t("counter.earns.nothing"), width), Rank: 1})
}

// checkedLines show a coupon that was asked about.
func (c *Counter) checkedLines(width, height int) []string {
	st, f, ck := c.env.Styles, c.env.Format, c.checked
	cp := ck.Coupon
	verdict := st.GoodText(c.t("counter.checked.good"))
	if ck.Reason != nil {
		verdict = st.BadText(f.Err(ck.Reason))
	}
	facts := []string{f.MoneyShort(cp.Face), c.t("counter.sold.span", "from", f.Date(cp.FirstDay), "to", f.Date(cp.LastDay)),
		c.t("counter.sold.most", "rate", f.Percent(cp.MaxDiscount))}
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
