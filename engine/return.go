package engine

import (
	"cmp"
	"slices"
)

// CodeReturnUnits says that more units of a line were to come back than are
// left; with no, name, left.
const CodeReturnUnits Code = "return_units"

// CodeReturnLines says that an amount was to come back of a sale that has
// lines: only units of them can.
const CodeReturnLines Code = "return_by_lines"

// ReturnTerms is what a return is judged by: the offers of the sale as they
// stand in their campaigns, what each campaign does on a return, and the facts
// of the sale. Facts.Coupon is the coupon that the sale redeemed.
type ReturnTerms struct {
	Offers   []Offer
	Policies map[ID]ReturnPolicy
	Facts    Facts
}

// ReturnPlan is a return worked out. Preview.Stored is what has to be paid back
// by the stored amounts, what earlier returns kept back included.
type ReturnPlan struct {
	Preview
	Asked   []ReturnLine // by number, each line once
	Settled Minor        // of the sale's net, what all returns together settle after this one
	Back    Levels       // of the sale's discounts, the part that went back with all returned goods
	Whole   bool         // nothing that was bought stays
}

// PlanReturn works out what comes back when units of lines do: of each unit
// exactly what was paid for it, the units with the most taken off first. If a
// campaign says so and the goods that stay no longer meet its offer's
// thresholds, they are priced anew, and what they then cost more is kept back:
// never more than is paid back, and nothing of it once all goods are back.
// settled is what earlier returns settled of the sale's net, with what they
// kept for spent coupons. What delivery cost stays as it was charged.
//
// CodeLineUnknown, CodeQuantity, CodeReturnUnits.
func PlanReturn(s Sale, asked []ReturnLine, settled Minor, terms ReturnTerms) (ReturnPlan, error) {
	p := planning{sale: s, terms: terms, after: make([]int64, len(s.Lines))}
	for i, l := range s.Lines {
		p.after[i] = l.Returned
	}
	if err := p.take(asked); err != nil {
		return ReturnPlan{}, err
	}
	if err := p.judge(); err != nil {
		return ReturnPlan{}, err
	}
	return p.finish(settled), nil
}

// planning is a return while it is worked out.
type planning struct {
	sale  Sale
	terms ReturnTerms
	after []int64 // units of each line that are back after this return
	plan  ReturnPlan
	price Minor   // what the goods that stay cost, priced anew; -1 if they are not
	lost  []Level // of the broken offers for which they are priced anew
}

// take notes the units asked for, each line once and by number.
func (p *planning) take(asked []ReturnLine) error {
	for _, a := range asked {
		i := slices.IndexFunc(p.sale.Lines, func(l SaleLine) bool { return l.No == a.No })
		if i < 0 {
			return BadInput(CodeLineUnknown, "no", a.No)
		}
		if a.Units < 1 || a.Units > MaxUnits {
			return BadInput(CodeQuantity, "most", MaxUnits)
		}
		l := p.sale.Lines[i]
		if left := l.Line.Units - p.after[i]; a.Units > left {
			return Refuse(CodeReturnUnits, "no", l.No, "name", l.Line.Name, "left", left)
		}
		p.after[i] += a.Units
	}
	if len(asked) == 0 {
		return BadInput(CodeQuantity, "most", MaxUnits)
	}
	for i, l := range p.sale.Lines {
		if n := p.after[i] - l.Returned; n > 0 {
			p.plan.Asked = append(p.plan.Asked, ReturnLine{No: l.No, Units: n})
		}
	}
	return nil
}

// finish sums up, once it is known what the goods that stay cost.
func (p *planning) finish(settled Minor) ReturnPlan {
	out := &p.plan
	out.Whole = true
	var goods, off Minor // of all that is back by now
	for i, l := range p.sale.Lines {
		gross, taken := l.grossOf(p.after[i]), l.offOf(p.after[i])
		goods, off = goods+gross, off+taken
		out.Back.addLine(l.Result, taken, p.gone(i, LevelItem), p.gone(i, LevelOrder))
		out.Whole = out.Whole && (l.Gift || p.after[i] == l.Line.Units)
		if n := p.after[i] - l.Returned; n > 0 {
			gross -= l.grossOf(l.Returned)
			taken -= l.offOf(l.Returned)
			out.Goods += gross
			out.Lines = append(out.Lines, ReturnedLine{No: l.No, Units: n, Gross: gross, Net: gross - taken})
		}
	}
	stored := goods - off
	out.Settled = stored
	if p.price >= 0 {
		out.Settled = min(stored, max(settled, p.sale.Net-p.price))
	}
	out.Stored, out.Refund = stored-settled, out.Settled-settled
	out.Kept = out.Stored - out.Refund
	out.Back.keepBack(p.sale.Levels, stored-out.Settled, p.lost)
	return p.plan
}

// grossOf is what so many units of the line cost before discounts.
func (l SaleLine) grossOf(units int64) Minor {
	return l.Result.Gross / Minor(max(1, l.Line.Units)) * Minor(units) // Gross is a whole multiple: see Line.Gross
}

// offOf is what was taken off the first so many units to come back.
func (l SaleLine) offOf(units int64) (off Minor) {
	for _, r := range l.falling() {
		n := min(units, r.Units)
		off += r.Off * Minor(n)
		units -= n
	}
	return off
}

// placedRun is a run of a line's units with the place of its first.
type placedRun struct {
	Run
	first int64
}

// falling gives the line's units in the order in which they come back.
func (l SaleLine) falling() []placedRun {
	out := make([]placedRun, 0, len(l.Result.Runs))
	at := int64(0)
	for _, r := range l.Result.Runs {
		out = append(out, placedRun{r, at})
		at += r.Units
	}
	slices.SortStableFunc(out, func(a, b placedRun) int { return cmp.Compare(b.Off, a.Off) })
	return out
}

// addLine adds the discounts of a line's units that are back: off is all that
// was taken off them, item and order what their offers took. The rest is
// credit. Where the places of an offer's units are not known, item and order
// are estimates, and bounded by what the line has of each.
func (l *Levels) addLine(r LineResult, off, item, order Minor) {
	item = min(max(item, off-r.Order-r.Credit), r.Item, off)
	order = min(max(order, off-item-r.Credit), r.Order, off-item)
	l.Item += item
	l.Order += order
	l.Credit += off - item - order
}

// gone is how much of what the offers of a level took off a line went back with
// its units.
func (p *planning) gone(line int, level Level) (sum Minor) {
	for _, o := range p.sale.Offers {
		if o.Level != level {
			continue
		}
		for _, cut := range o.Lines {
			if cut.Line == line {
				sum += cut.Amount - p.sale.Lines[line].stays(cut, p.after[line])
			}
		}
	}
	return sum
}

// keepBack takes what is kept back out of the discounts of the sale: those of
// the offers that are lost first.
func (l *Levels) keepBack(of Levels, kept Minor, lost []Level) {
	take := func(back *Minor, whole Minor) {
		n := min(kept, whole-*back)
		*back += n
		kept -= n
	}
	for _, level := range append(slices.Clone(lost), LevelOrder, LevelItem, LevelCredit) {
		switch level {
		case LevelItem:
			take(&l.Item, of.Item)
		case LevelOrder:
			take(&l.Order, of.Order)
		case LevelCredit:
			take(&l.Credit, of.Credit)
		case LevelDelivery:
		}
	}
}

// PartBack is the part of a sale's discounts that is in what was taken off its
// returned goods: of an open amount, where they are not known by line. Parts are
// taken from running totals, so that all parts together are the whole.
func PartBack(s Sale, off Minor) (Levels, error) {
	var l Levels
	whole := s.Levels.Item + s.Levels.Order + s.Levels.Credit
	if whole == 0 {
		return l, nil
	}
	item, err := Share(s.Levels.Item, off, whole, HalfUp)
	if err != nil {
		return l, err
	}
	goods, err := Share(s.Levels.Item+s.Levels.Order, off, whole, HalfUp)
	return Levels{Item: item, Order: goods - item, Credit: off - goods}, err
}
