package engine

import (
	"slices"
	"time"
)

// ok tells whether nothing speaks against an offer.
func (v verdict) ok() bool { return v.reason == "" }

// judge tells what speaks against a candidate whatever the other offers do, and
// bounds it by its caps and by what its limits leave.
func (p *pricing) judge(c *candidate) (verdict, error) {
	o := &p.offers[c.at]
	if o.Caps.Discount > 0 && o.phase != PhaseRebate && o.Kind != KindGift {
		c.discount = o.Caps.Discount
	}
	if o.Caps.Units > 0 {
		c.units = o.Caps.Units
	}
	if o.Limits != (Limits{}) {
		if v := p.limits(c, o); !v.ok() {
			return v, nil
		}
	}
	if o.when.plain {
		return verdict{}, nil
	}
	return p.holds(&o.when, false)
}

// limits looks at what was used so far. What is decided is decided in the
// store; here it is foreseen.
func (p *pricing) limits(c *candidate, o *ready) verdict {
	l, used := &o.Limits, p.facts.Usage[o.ID]
	used.Spent, used.Units = max(0, used.Spent), max(0, used.Units)
	coupons := used.Issued
	if l.ByRedeemed {
		coupons = used.Redeemed
	}
	switch {
	case (l.PerCustomer > 0 || l.PerDay > 0) && !p.customer():
		return verdict{reason: ReasonCustomer}
	case l.Total > 0 && used.Total >= l.Total:
		return verdict{reason: ReasonTotal}
	case l.PerCustomer > 0 && used.Customer >= l.PerCustomer:
		return verdict{reason: ReasonUses}
	case l.PerDay > 0 && used.CustomerToday >= l.PerDay:
		return verdict{reason: ReasonToday}
	case l.Budget > 0 && used.Spent >= l.Budget:
		return verdict{reason: ReasonBudget}
	case l.Units > 0 && used.Units >= l.Units:
		return verdict{reason: ReasonStock}
	case l.Coupons > 0 && coupons >= l.Coupons:
		return verdict{reason: ReasonCoupons}
	}
	if left := l.Budget - used.Spent; l.Budget > 0 && (c.discount < 0 || left < c.discount) {
		c.discount = left
	}
	if left := l.Units - used.Units; l.Units > 0 && (c.units < 0 || left < c.units) {
		c.units = left
	}
	return verdict{}
}

// customer tells whether the sale has a customer.
func (p *pricing) customer() bool { return p.facts.Person.Known || !p.facts.Customer.IsZero() }

// holds judges a condition. Before offers are applied, what they may change is
// taken as met (moving false).
func (p *pricing) holds(c *condition, moving bool) (verdict, error) {
	if v := p.simple(c, moving); !v.ok() {
		return v, nil
	}
	if c.rule != nil {
		ok, err := p.rule(c.rule)
		if err != nil || !ok {
			return verdict{reason: ReasonRule}, err
		}
	}
	for i := range c.all {
		if v, err := p.holds(&c.all[i], moving); err != nil || !v.ok() {
			return v, err
		}
	}
	if len(c.any) > 0 {
		return p.anyHolds(c.any, moving)
	}
	return verdict{}, nil
}

// simple judges what the condition itself asks, but for its rule.
func (p *pricing) simple(c *condition, moving bool) verdict {
	if c.timed {
		if v := p.when(c); !v.ok() {
			return v
		}
	}
	if c.labels {
		if v := p.where(c); !v.ok() {
			return v
		}
	}
	if c.personal {
		if v := p.who(c); !v.ok() {
			return v
		}
	}
	if c.goods && (moving || !c.changes()) {
		return p.howMuch(c)
	}
	return verdict{}
}

// changes tells whether the condition's own amounts change as offers are
// applied.
func (c *condition) changes() bool {
	return c.of.fresh || c.Basis == BasisRunning || c.Basis == BasisNet
}

// anyHolds judges alternatives. If none holds, the first of which something is
// missing tells what.
func (p *pricing) anyHolds(any []condition, moving bool) (verdict, error) {
	var best verdict
	for i := range any {
		v, err := p.holds(&any[i], moving)
		if err != nil || v.ok() {
			return v, err
		}
		if best.ok() || best.missing == 0 && best.units == 0 && (v.missing != 0 || v.units != 0) {
			best = v
		}
	}
	return best, nil
}

// when judges the day, by the sale's business date, and the hour by the clock.
func (p *pricing) when(c *condition) verdict {
	if c.From != 0 && p.today < c.From || c.Until != 0 && p.today > c.Until {
		return verdict{reason: ReasonDate}
	}
	weekday := p.today.weekday()
	if len(c.Times) == 0 {
		if c.weekdays != 0 && c.weekdays>>weekday&1 == 0 {
			return verdict{reason: ReasonWeekday}
		}
		return verdict{}
	}
	reason := ReasonTime
	for _, span := range c.Times {
		inside, yesterday := span.holds(p.now.minute)
		if !inside {
			continue
		}
		day := weekday
		// A business date that is still yesterday's is the day on which the
		// span began.
		if yesterday && p.today != p.now.day-1 {
			day = (weekday + 6) % 7
		}
		if c.weekdays == 0 || c.weekdays>>day&1 == 1 {
			return verdict{}
		}
		reason = ReasonWeekday
	}
	return verdict{reason: reason}
}

// holds tells whether a minute of the day lies in the span, and whether in the
// part after midnight.
func (h Hours) holds(minute int) (inside, yesterday bool) {
	if h.From < h.To {
		return minute >= h.From && minute < h.To, false
	}
	return minute >= h.From || minute < h.To, minute < h.To
}

// weekday is the day's day of the week.
func (d Day) weekday() time.Weekday {
	return time.Weekday(((int(d)+4)%7 + 7) % 7) // 1970-01-01 was a Thursday
}

// where judges the labels of the sale.
func (p *pricing) where(c *condition) verdict {
	for i, reason := range [...]Code{
		textChannel: ReasonChannel, textPayment: ReasonPayment, textTill: ReasonRegister, textBranch: ReasonRegister,
		textSource: ReasonSource, textAd: ReasonSource,
	} {
		if len(c.texts[i]) > 0 && !slices.Contains(c.texts[i], p.label(i)) {
			return verdict{reason: reason}
		}
	}
	return verdict{}
}

// label gives one of the sale's labels, folded.
func (p *pricing) label(i int) string {
	if !p.folded {
		b, f := p.basket, p.facts
		for n, text := range [...]string{b.Channel, b.Payment, f.Till, f.Branch, b.Source, b.Ad, f.Person.Tier} {
			p.context[n] = foldText(text)
		}
		p.folded = true
	}
	return p.context[i]
}

// who judges the customer.
func (p *pricing) who(c *condition) verdict {
	who := &p.facts.Person
	if !p.customer() {
		return verdict{reason: ReasonCustomer}
	}
	nth := who.Sales + 1
	switch {
	case len(c.texts[textTier]) > 0 && !slices.Contains(c.texts[textTier], p.label(textTier)),
		len(c.texts[textGroup]) > 0 && !p.inGroup(c.texts[textGroup]),
		len(c.NthSale) > 0 && !slices.Contains(c.NthSale, nth),
		c.EveryNth > 0 && nth%c.EveryNth != 0,
		!p.daysSince(c),
		c.Birthday && who.Birth != int(p.today.Date().Month()),
		c.NewSince != 0 && (who.Since == 0 || who.Since < c.NewSince):
		return verdict{reason: ReasonPerson}
	}
	return verdict{}
}

func (p *pricing) inGroup(groups []string) bool {
	return slices.ContainsFunc(p.facts.Person.Groups, func(g string) bool { return slices.Contains(groups, foldText(g)) })
}

// daysSince judges the days since the customer's last sale.
func (p *pricing) daysSince(c *condition) bool {
	if c.DaysMin == 0 && c.DaysMax == 0 {
		return true
	}
	last := p.facts.Person.Last
	days := int(p.today - last)
	return last != 0 && days >= c.DaysMin && (c.DaysMax == 0 || days <= c.DaysMax)
}

func (p *pricing) rule(r *SaleRule) (bool, error) {
	if p.env == nil {
		env, err := NewRuleEnv(*p.basket, *p.facts)
		if err != nil {
			return false, err
		}
		p.env = &env
	}
	return r.Holds(*p.env)
}

// counted is how much of some goods there is.
type counted struct {
	amount   Minor
	units    int64
	longest  int64 // units of the line with most
	products int64
}

// count counts the lines of a scope by a basis.
func (p *pricing) count(s scope, basis Basis, products bool) counted {
	var n counted
	set := p.passing(s)
	if products {
		p.numberProducts()
	}
	for i := range p.lines {
		l := &p.lines[i]
		if !set.has(int32(i)) || s.fresh && l.running != l.gross { //nolint:gosec // at most MaxLines
			continue
		}
		n.units += l.units
		n.longest = max(n.longest, l.units)
		if basis == BasisRunning || basis == BasisNet {
			n.amount += l.running
		} else {
			n.amount += l.gross
		}
		if products && p.firstOf(i, set, s.fresh) {
			n.products++
		}
	}
	return n
}

// firstOf tells whether no line before it, of a set, is of the same product.
func (p *pricing) firstOf(line int, set bits64, fresh bool) bool {
	for i := range line {
		l := &p.lines[i]
		if l.product == p.lines[line].product && set.has(int32(i)) && (!fresh || l.running == l.gross) { //nolint:gosec // at most MaxLines
			return false
		}
	}
	return true
}

// numberProducts gives the lines of one product the same number: of one sku, or
// of one name if they have none.
func (p *pricing) numberProducts() {
	if p.numbered {
		return
	}
	p.numbered = true
	seen := make(map[string]int32, len(p.lines))
	for i := range p.lines {
		from := &p.lineOf[i]
		key := "s" + foldText(from.SKU)
		if from.SKU == "" {
			key = "n" + foldText(from.Name)
		}
		n, ok := seen[key]
		if !ok {
			n = int32(len(seen)) //nolint:gosec // at most MaxLines
			seen[key] = n
		}
		p.lines[i].product = n
	}
}

// howMuch judges amounts and quantities, and tells what is missing.
func (p *pricing) howMuch(c *condition) verdict {
	n := p.count(c.of, c.Basis, c.Products > 0)
	if c.Basis == BasisNet && p.paid >= 0 {
		n.amount = min(n.amount, p.paid)
	}
	return c.enough(n)
}

// enough judges what was counted.
func (c *condition) enough(n counted) verdict {
	of := c.of.named()
	switch {
	case n.amount < c.MinAmount:
		return verdict{reason: ReasonBelow, missing: c.MinAmount - n.amount, of: of}
	case c.MaxAmount != 0 && n.amount > c.MaxAmount:
		return verdict{reason: ReasonAbove, of: of}
	case n.units < c.MinUnits:
		return verdict{reason: ReasonUnits, units: c.MinUnits - n.units, of: of}
	case c.MaxUnits != 0 && n.units > c.MaxUnits:
		return verdict{reason: ReasonManyUnits, of: of}
	case n.longest < c.LineUnits:
		return verdict{reason: ReasonUnits, units: c.LineUnits - n.longest, of: of}
	case n.products < int64(c.Products):
		return verdict{reason: ReasonProducts, units: int64(c.Products) - n.products, of: of}
	}
	return verdict{}
}
