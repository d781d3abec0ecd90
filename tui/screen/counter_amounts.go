package screen

import (
	"strings"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// owed is the sale whose total stands on the screen: the cart or, until the
// next entry begins, the sale just recorded.
type owed struct {
	gross, discount, net engine.Minor
	code                 string // of the coupon that takes the discount
	reference            string
	business             engine.Day // other than today, else 0
	done                 bool
}

func (c *Counter) owed() owed {
	if c.sold != nil && c.cart.empty() {
		s := c.sold.rec.Sale
		o := owed{gross: s.Gross, discount: s.Discount, net: s.Net, code: s.RedeemedCode, reference: s.Reference, done: true}
		if s.Business != c.today() {
			o.business = s.Business
		}
		return o
	}
	p := c.cart.priced
	o := owed{gross: c.cart.amount, discount: p.Discount, net: c.cart.amount - p.Discount, reference: c.cart.reference, business: c.cart.business}
	if p.Coupon != nil {
		o.code = p.Coupon.Code
	}
	return o
}

// due is the amount to pay, as it stands large.
func (c *Counter) due() kit.Big {
	o := c.owed()
	if o.gross == 0 {
		return kit.Big{}
	}
	label := c.t("counter.due")
	if o.done {
		label = c.t("counter.total")
	}
	return c.big(label, o.net)
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
	if o.gross > 0 {
		rows = append(rows, [3]string{c.t("counter.sale"), f.Amount(o.gross), ""})
	}
	if o.discount > 0 {
		rows = append(rows, [3]string{c.t("counter.coupon"), "− " + f.Amount(o.discount), engine.ShowCode(o.code)})
	}
	if o.reference != "" {
		rows = append(rows, [3]string{c.t("counter.reference"), "", kit.Clean(o.reference)})
	}
	if o.business != 0 {
		rows = append(rows, [3]string{c.t("counter.business"), "", f.Date(o.business)})
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
