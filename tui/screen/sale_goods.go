package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// amounts are the money of a sale, aligned on the decimal mark: goods, what was
// taken off by head of the books, and delivery.
func (p *salePage) amounts(s engine.Sale) []line {
	rows := []struct {
		label  string
		amount engine.Minor
		always bool
		tone   kit.Tone
	}{
		{"lists.label.gross", s.Gross, true, kit.Usual},
		{"lists.label.off_item", -s.Levels.Item, false, kit.Usual},
		{"lists.label.off_order", -s.Levels.Order, false, kit.Usual},
		{creditLabel(s), -creditOf(s), plainSale(s), kit.Usual},
		{"lists.label.delivery", s.Delivery, false, kit.Usual},
		{"lists.label.off_delivery", -s.Levels.Delivery, false, kit.Usual},
		{"lists.label.net", s.Paid(), true, kit.Stressed},
		{"lists.label.returned", -s.Returned, false, kit.Caution},
		{"lists.label.refunded", -s.Refunded, s.Returned > 0, kit.Caution},
	}
	var out []line
	var texts []string
	for _, r := range rows {
		if r.amount != 0 || r.always {
			out = append(out, line{label: r.label, tone: r.tone})
			texts = append(texts, p.env.Format.Amount(r.amount))
		}
	}
	for i, text := range kit.AlignDecimal(texts, p.env.Format.Decimal()) {
		out[i].value = text
	}
	return out
}

// plainSale tells whether nothing but a coupon can have been taken off.
func plainSale(s engine.Sale) bool { return len(s.Lines) == 0 && len(s.Offers) == 0 }

// creditOf is what the customer's coupon and codes took off. Sales recorded
// before there were offers have all their discount there.
func creditOf(s engine.Sale) engine.Minor { return s.Discount - s.Levels.Item - s.Levels.Order }

// creditLabel calls what was taken off by what took it.
func creditLabel(s engine.Sale) string {
	for _, o := range s.Offers {
		if o.Level == engine.LevelCredit {
			return "lists.label.off_credit"
		}
	}
	return "lists.label.taken"
}

// goods are the blocks of a sale of lines: the lines, the gifts, delivery, and
// what each offer did.
//
// words: lists.sale.lines lists.sale.gifts lists.sale.charges lists.sale.offers
func (p *salePage) goods(s engine.Sale) []block {
	var out []block
	for _, b := range []block{
		{title: "lists.sale.lines", lines: p.lines(s)},
		{title: "lists.sale.gifts", lines: p.gifts(s)},
		{title: "lists.sale.charges", lines: p.charges(s)},
		{title: "lists.sale.offers", lines: p.offers(s)},
	} {
		if len(b.lines) > 0 {
			out = append(out, b)
		}
	}
	return out
}

// money puts amounts before the texts they belong to, in one column.
func (p *salePage) money(amounts []engine.Minor, lines []line) []line {
	texts := make([]string, len(amounts))
	for i, m := range amounts {
		texts[i] = p.env.Format.Amount(m)
	}
	for i, text := range kit.AlignDecimal(texts, p.env.Format.Decimal()) {
		lines[i].lead = text
	}
	return lines
}

// lines are what was bought, each with what came off it and why.
func (p *salePage) lines(s engine.Sale) []line {
	var amounts []engine.Minor
	var out []line
	for _, l := range s.Lines {
		if l.Gift {
			continue
		}
		amounts = append(amounts, l.Result.Gross)
		out = append(out, line{value: joined(lineText(p.env, l.Line), p.returned(l)), tone: kit.Stressed})
		for _, o := range s.Offers {
			if off, runs := takenOff(o, l.No-1); off > 0 {
				amounts = append(amounts, -off)
				out = append(out, line{value: p.t("lists.sale.because", "title", o.Title, "units", p.env.runsText(runs))})
			}
		}
		if left := l.Result.Discount() - offersTook(s, l.No-1); left > 0 {
			amounts = append(amounts, -left)
			out = append(out, line{value: p.t("lists.sale.coupon_share", "code", showCode(s.RedeemedCode))})
		}
	}
	return p.money(amounts, out)
}

func (p *salePage) returned(l engine.SaleLine) string {
	if l.Returned == 0 {
		return ""
	}
	return p.env.Words.N("lists.sale.came_back", int(l.Returned))
}

// lineText is what a line of a sale is: pieces or weight, and their price.
func lineText(env *Env, l engine.Line) string {
	name := l.Name
	if name == "" {
		name = l.SKU
	}
	switch {
	case l.Weight > 0:
		return env.Words.T("lists.sale.line.weighed", "name", name, "weight", env.Format.Weight(l.Weight), "price", env.Format.Amount(l.Price))
	case l.Units != 1:
		return env.Words.T("lists.sale.line.pieces", "name", name, "n", env.Format.Count(int(l.Units)), "price", env.Format.Amount(l.Price))
	}
	return name
}

// takenOff is what an offer took off a line, and off how many units.
func takenOff(o engine.SaleOffer, index int) (off engine.Minor, runs []engine.Run) {
	for _, c := range o.Lines {
		if c.Line == index {
			off += c.Amount
			runs = append(runs, c.Runs...)
		}
	}
	return off, runs
}

// offersTook is what all offers together took off a line.
func offersTook(s engine.Sale, index int) engine.Minor {
	sum := engine.Minor(0)
	for _, o := range s.Offers {
		off, _ := takenOff(o, index)
		sum += off
	}
	return sum
}

// runsText says how many units something was taken off of.
func (e *Env) runsText(runs []engine.Run) string {
	n := int64(0)
	for _, r := range runs {
		if r.Off > 0 {
			n += r.Units
		}
	}
	return e.Words.N("lists.sale.units", int(n), "n", e.Format.Count(int(n)))
}

func (p *salePage) gifts(s engine.Sale) []line {
	var out []line
	for _, l := range s.Lines {
		if l.Gift {
			text := p.env.Words.T("lists.sale.gift", "name", l.Line.Name, "n", p.env.Format.Count(int(l.Line.Units)))
			out = append(out, line{value: joined(text, p.returned(l))})
		}
	}
	return out
}

func (p *salePage) charges(s engine.Sale) []line {
	var amounts []engine.Minor
	var out []line
	for _, c := range s.Charges {
		amounts, out = append(amounts, c.Gross), append(out, line{value: c.Method})
		if c.Discount > 0 {
			amounts, out = append(amounts, -c.Discount), append(out, line{value: p.t("lists.sale.charge_off")})
		}
	}
	return p.money(amounts, out)
}

// offers are what each offer did, with a link to its campaign.
//
// words: lists.level.*
func (p *salePage) offers(s engine.Sale) []line {
	amounts := make([]engine.Minor, len(s.Offers))
	out := make([]line, len(s.Offers))
	for i, o := range s.Offers {
		amounts[i] = -o.Amount
		what := []string{o.Title}
		if o.Level != "" {
			what = append(what, p.t("lists.level."+string(o.Level)))
		}
		if o.Times > 1 {
			what = append(what, p.t("lists.sale.times", "n", p.env.Format.Count(int(o.Times))))
		}
		out[i] = line{value: joined(what...)}
		if id := o.OfferID; !id.IsZero() {
			out[i].to = func() tea.Cmd { return send(GotoMsg{KindCampaign, id}) }
		}
	}
	return p.money(amounts, out)
}
