package screen

import (
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// owed is the sale whose total stands on the screen: the cart or, until the
// next entry begins, the sale just recorded.
type owed struct {
	rung      bool         // there is something to pay for
	gross     engine.Minor // of the goods, or the open amount
	pieces    int64        // 0: an open amount
	offers    engine.Minor // what offers took off goods and delivery
	coupon    engine.Minor
	code      string       // of the coupon
	method    string       // of the delivery; empty if there is none
	delivery  engine.Minor // before offers
	due       engine.Minor
	reference string
	business  engine.Day // other than today, else 0
	done      bool
}

func (c *Counter) owed() owed {
	if c.sold != nil && c.cart.empty() {
		return c.owedBySold()
	}
	k := &c.cart
	p := k.priced
	o := owed{
		rung: k.rung(), gross: p.Gross, pieces: k.pieces(), offers: p.Discount + p.DeliveryDiscount, due: k.due(),
		reference: k.reference, business: k.business, delivery: p.DeliveryGross,
	}
	if p.Coupon != nil {
		o.code, o.coupon = p.Coupon.Code, p.Coupon.Amount
		o.offers -= o.coupon
	}
	if len(k.delivery) > 0 {
		o.method = k.delivery[0].Method
	}
	return o
}

func (c *Counter) owedBySold() owed {
	s := c.sold.rec.Sale
	o := owed{
		rung: true, gross: s.Gross, offers: s.Discount + s.Levels.Delivery, due: s.Paid(), delivery: s.Delivery,
		code: s.RedeemedCode, reference: s.Reference, done: true, pieces: c.sold.pieces, method: c.sold.method,
	}
	if r := c.sold.rec.Redeemed; r != nil {
		o.coupon = r.RedeemedMinor
		o.offers -= o.coupon
	}
	if s.Business != c.today() {
		o.business = s.Business
	}
	return o
}

// due is the amount to pay, as it stands large.
func (c *Counter) due() kit.Big {
	o := c.owed()
	if !o.rung {
		return kit.Big{}
	}
	label := c.t("counter.due")
	if o.done {
		label = c.t("counter.total")
	}
	return c.big(label, o.due)
}

// big takes an amount apart: the currency's mark, the digits that stand large,
// and the decimals.
func (c *Counter) big(label string, m engine.Minor) kit.Big {
	f := c.env.Format
	number := f.Amount(m)
	before, after, _ := strings.Cut(f.Money(m), number)
	whole, tail := number, ""
	if i := strings.LastIndex(number, string(f.Decimal())); i >= 0 && f.Exponent() > 0 {
		whole, tail = number[:i], number[i:]
	}
	whole = strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789.,", r) {
			return r
		}
		return ' '
	}, whole)
	return kit.Big{Label: label, Lead: strings.TrimSpace(before), Digits: whole, Tail: tail + strings.TrimRight(after, " ")}
}

// amountRows are the lines that explain the total: a name, an amount, a note.
func (c *Counter) amountRows() [][3]string {
	f, o := c.env.Format, c.owed()
	var rows [][3]string
	switch {
	case o.pieces > 0:
		rows = append(rows, [3]string{c.t("counter.sum"), f.Amount(o.gross), c.env.Words.N("counter.pieces", int(o.pieces))})
	case o.rung:
		rows = append(rows, [3]string{c.t("counter.sale"), f.Amount(o.gross), ""})
	}
	if o.method != "" {
		rows = append(rows, [3]string{c.t("counter.delivery"), f.Amount(o.delivery), kit.Clean(o.method)})
	}
	if o.offers > 0 {
		rows = append(rows, [3]string{c.t("counter.off"), "− " + f.Amount(o.offers), ""})
	}
	if o.coupon > 0 {
		rows = append(rows, [3]string{c.t("counter.coupon"), "− " + f.Amount(o.coupon), engine.ShowCode(o.code)})
	}
	return c.payRow(c.noteRows(rows, o), o)
}

// payRow says that it was not chosen yet how the sale is paid, where the shop
// tells that apart and there is room.
func (c *Counter) payRow(rows [][3]string, o owed) [][3]string {
	open := o.rung && !o.done && c.cart.payment == "" && len(namedIn(c.env.Store().Settings, engine.SetPayments)) > 0
	if !open || len(rows) >= kit.BigRows {
		return rows
	}
	return append(rows, [3]string{c.t("counter.facts.payment"), "", c.env.Styles.Dim.Render("?")})
}

// noteRows adds the reference and the date, in one line where there is no room
// for two.
func (c *Counter) noteRows(rows [][3]string, o owed) [][3]string {
	reference, dated := kit.Clean(o.reference), ""
	if o.business != 0 {
		dated = c.env.Format.Date(o.business)
	}
	if reference != "" && dated != "" && len(rows)+2 > kit.BigRows {
		reference, dated = reference+" · "+dated, ""
	}
	if reference != "" {
		rows = append(rows, [3]string{c.t("counter.reference"), "", reference})
	}
	if dated != "" {
		rows = append(rows, [3]string{c.t("counter.business"), "", dated})
	}
	return rows
}

// largeAmounts has the total in large digits at the right and what explains it
// at the left, in as many lines whatever there is to show.
func (c *Counter) largeAmounts(width int) []string {
	st := c.env.Styles
	left := blankTo(kit.BigRows, c.amountLines())
	big := c.due()
	if big.Digits == "" {
		return left
	}
	right := blankTo(kit.BigRows, big.Lines(st, width-kit.Width(longest(left))-2))
	out := make([]string, kit.BigRows)
	for i := range out {
		out[i] = left[i]
		if right[i] != "" {
			out[i] += kit.Spaces(width-kit.Width(left[i])-kit.Width(right[i])) + right[i]
		}
	}
	return out
}

func longest(lines []string) string {
	best := ""
	for _, l := range lines {
		if kit.Width(l) > kit.Width(best) {
			best = l
		}
	}
	return best
}

// amountLines writes amountRows in columns, the amounts on their decimal mark.
func (c *Counter) amountLines() []string {
	st, rows := c.env.Styles, c.amountRows()
	name := 0
	amounts := make([]string, len(rows))
	for i, r := range rows {
		name = max(name, kit.Width(r[0]))
		amounts[i] = r[1]
	}
	amounts = kit.AlignDecimal(amounts, c.env.Format.Decimal())
	out := make([]string, len(rows))
	for i, r := range rows {
		line := st.Dim.Render(kit.Fit(r[0], name)) + "  "
		if r[1] == "" {
			out[i] = line + r[2]
			continue
		}
		out[i] = strings.TrimRight(line+amounts[i]+"  "+st.Dim.Render(r[2]), " ")
	}
	return out
}

// smallAmounts has the total in one line under what explains it.
func (c *Counter) smallAmounts(width int) []string {
	st := c.env.Styles
	var parts []string
	for _, r := range c.amountRows() {
		if r[1] == "" {
			r[1] = r[2]
		}
		parts = append(parts, r[0]+" "+r[1])
	}
	due := ""
	if big := c.due(); big.Digits != "" {
		due = big.Line(st, width)
	}
	return []string{st.Dim.Render(kit.Clip(strings.Join(parts, "  "), width)), due}
}
