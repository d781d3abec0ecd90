package slip

import (
	"bounceback/engine"
	"bounceback/engine/words"
)

// Item is one line of a sale on its slip.
type Item struct {
	Name   string
	Units  int64
	Weight int64        // thousandths; 0 if not weighed
	Price  engine.Minor // of a piece, or of engine.WeightUnit
	Gross  engine.Minor
	Gift   bool
	Cuts   []Cut
}

// Cut is what one offer took off an item, a delivery charge or an open amount.
type Cut struct {
	Title  string
	Amount engine.Minor
}

// Charge is a delivery charge on a slip.
type Charge struct {
	Method string
	Amount engine.Minor
	Cuts   []Cut
}

// itemsOf are the lines of a sale, each with what was taken off it.
func itemsOf(s engine.Sale) []Item {
	out := make([]Item, len(s.Lines))
	for i, l := range s.Lines {
		out[i] = Item{
			Name: l.Line.Name, Units: l.Line.Units, Weight: l.Line.Weight, Price: l.Line.Price, Gross: l.Result.Gross, Gift: l.Gift,
			Cuts: cutsOf(s, l.No-1),
		}
		if out[i].Name == "" {
			out[i].Name = l.Line.SKU
		}
	}
	return out
}

// cutsOf is what each offer took off the line of an index.
func cutsOf(s engine.Sale, line int) []Cut {
	var out []Cut
	for _, o := range s.Offers {
		taken := engine.Minor(0)
		for _, c := range o.Lines {
			if c.Line == line {
				taken += c.Amount
			}
		}
		if taken > 0 {
			out = append(out, Cut{o.Title, taken})
		}
	}
	return out
}

// chargesOf are the delivery charges of a sale. What was taken off one has the
// title of the offer if only one can have done it.
func chargesOf(s engine.Sale) []Charge {
	title := ""
	for _, o := range s.Offers {
		if o.Level == engine.LevelDelivery {
			if title != "" {
				title = ""
				break
			}
			title = o.Title
		}
	}
	out := make([]Charge, len(s.Charges))
	for i, c := range s.Charges {
		out[i] = Charge{Method: c.Method, Amount: c.Gross}
		if c.Discount > 0 {
			out[i].Cuts = []Cut{{title, c.Discount}}
		}
	}
	return out
}

// couponTook is what the redeemed coupon took off: what no offer did.
func couponTook(s engine.Sale) engine.Minor {
	left := s.Discount
	for _, o := range s.Offers {
		if len(o.Lines) == 0 && o.Level != engine.LevelDelivery {
			left -= o.Amount
		}
		for _, c := range o.Lines {
			left -= c.Amount
		}
	}
	return max(left, 0)
}

// indent is how far what belongs to a line is set in.
const indent = "  "

// lines are an item's name and price, and each discount under it.
func (i Item) lines(f *words.Format) []line {
	price := f.Money(i.Gross)
	if i.Gift {
		return []line{{text: times(i.Units, i.Name), right: f.Words().T("slip.gift")}}
	}
	out := []line{{text: i.Name, right: price}}
	switch {
	case i.Weight > 0:
		out = []line{{text: i.Name}, {indent: indent, text: f.Weight(i.Weight) + " x " + f.Money(i.Price), right: price}}
	case i.Units != 1:
		out = []line{{text: i.Name}, {indent: indent, text: times(i.Units, f.Money(i.Price)), right: price}}
	}
	return append(out, cutLines(f, i.Cuts)...)
}

func times(units int64, what string) string {
	if units == 1 {
		return what
	}
	return engine.Minor(units).Plain(0) + " x " + what
}

func cutLines(f *words.Format, cuts []Cut) []line {
	out := make([]line, len(cuts))
	for i, c := range cuts {
		title := c.Title
		if title == "" {
			title = f.Words().T("slip.discount")
		}
		out[i] = line{indent: indent, text: title, right: minus(f, c.Amount)}
	}
	return out
}

// minus writes an amount that was taken off, with a sign that every printer
// has.
func minus(f *words.Format, m engine.Minor) string { return "-" + f.Money(m) }

// goods are the items and what they come to; of an open amount, only that.
func (s Slip) goods(f *words.Format) []line {
	w := f.Words()
	if len(s.Items) == 0 {
		return append([]line{{text: w.T("slip.goods"), right: f.Money(s.Gross)}}, cutLines(f, s.Cuts)...)
	}
	out := []line{{style: rule}}
	for _, i := range s.Items {
		out = append(out, i.lines(f)...)
	}
	out = append(out, line{style: rule}, line{text: w.T("slip.goods"), right: f.Money(s.Gross)})
	for _, l := range []struct {
		key  string
		took engine.Minor
	}{
		{"slip.level.item", s.Levels.Item},
		{"slip.level.order", s.Levels.Order},
		{"slip.level.credit", s.Levels.Credit - s.Took},
	} {
		if l.took > 0 {
			out = append(out, line{text: w.T(l.key), right: minus(f, l.took)})
		}
	}
	return out
}

// delivery are the charges for bringing the goods.
func (s Slip) delivery(f *words.Format) []line {
	var out []line
	for _, c := range s.Charges {
		out = append(out, line{text: f.Words().T("slip.delivery", "method", c.Method), right: f.Money(c.Amount)})
		out = append(out, cutLines(f, c.Cuts)...)
	}
	return out
}
