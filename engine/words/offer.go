package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceback/engine"
)

// Offer writes an offer as one plain sentence, without its title and without
// a full stop: "Spend 100.00 or more on Coffee, Monday to Friday 14:00–17:00:
// every 2nd piece of Coffee at half price, at most 3 per customer". Fields the
// kind does not read are left out. Any offer has a sentence, also one that is
// half filled in.
func (f *Format) Offer(o engine.Offer) string {
	t := f.teller(o)
	text := t.benefit(o)
	for _, bound := range filled(t.bounds(o)) {
		text = t.say("offer.list.comma", "first", text, "next", bound)
	}
	if conditions := t.asks(o); conditions != "" {
		text = t.say("offer.sentence", "conditions", conditions, "benefit", text)
	}
	return t.capital(text)
}

// asks are all conditions of an offer: its code, its thresholds, and the
// amounts that its coupon is for.
func (t *teller) asks(o engine.Offer) string {
	c := t.clauses(o.When)
	if least, most := o.Rebate.MinSale, o.Rebate.MaxSale; isCoupon(o) && (least != 0 || most != 0) {
		paid := t.say("offer.paid."+bounds(least != 0, most != 0), "least", t.f.Amount(least), "most", t.f.Amount(most))
		c.acts = append([]string{paid}, c.acts...)
	}
	if o.Code != "" {
		c.when = append([]string{t.say("offer.if.code", "code", tidyName(o.Code))}, c.when...)
	}
	return t.joined(c)
}

func isCoupon(o engine.Offer) bool { return o.Kind == engine.KindNextCoupon || o.Kind == "" }

// bounds are what holds an offer in: caps, limits and how it stands to others.
func (t *teller) bounds(o engine.Offer) []string {
	parts := []string{t.repeats(o), t.base(o)}
	if o.Kind == engine.KindNth && o.Sets.Same {
		parts = append(parts, t.say("offer.same_product"))
	}
	if o.Kind.PhaseOf() == engine.PhaseSet && o.Pick.Choice == engine.Priciest {
		parts = append(parts, t.say("offer.choice.priciest"))
	}
	parts = append(parts, t.caps(o.Caps)...)
	parts = append(parts, t.limits(o.Limits)...)
	if o.Stack.Exclusive {
		parts = append(parts, t.say("offer.exclusive"))
	}
	if o.Stack.Group != "" {
		parts = append(parts, t.say("offer.group", "group", tidyName(o.Stack.Group)))
	}
	return parts
}

func (t *teller) repeats(o engine.Offer) string {
	if o.Kind.PhaseOf() == engine.PhaseSet && o.Sets.Once {
		return t.say("offer.once")
	}
	return ""
}

// base says what a percentage is of, where that is not what is left.
func (t *teller) base(o engine.Offer) string {
	if o.Stack.Base != engine.BaseInitial || cutOf(o.Kind, o.Cut).By != engine.ByPercent {
		return ""
	}
	switch o.Kind {
	case engine.KindItemPercent, engine.KindOrderPercent, engine.KindCreditPercent:
		return t.say("offer.base.initial")
	}
	return ""
}

func (t *teller) caps(c engine.Caps) []string {
	var parts []string
	if c.Discount != 0 {
		parts = append(parts, t.say("offer.cap.discount", "amount", t.f.Amount(c.Discount)))
	}
	if c.Units != 0 {
		parts = append(parts, t.count("offer.cap.units", c.Units))
	}
	if c.Times != 0 {
		parts = append(parts, t.count("offer.cap.times", c.Times))
	}
	return parts
}

func (t *teller) limits(l engine.Limits) []string {
	coupons := "offer.limit.coupons"
	if l.ByRedeemed {
		coupons = "offer.limit.redeemed"
	}
	var parts []string
	for _, limit := range []struct {
		key string
		n   int64
	}{
		// words: offer.limit.*
		{"offer.limit.customer", l.PerCustomer},
		{"offer.limit.day", l.PerDay},
		{"offer.limit.total", l.Total},
		{"offer.limit.units", l.Units},
		{coupons, l.Coupons},
	} {
		if limit.n != 0 {
			parts = append(parts, t.count(limit.key, limit.n))
		}
	}
	if l.Budget != 0 {
		parts = append(parts, t.say("offer.limit.budget", "amount", t.f.Amount(l.Budget)))
	}
	return parts
}

// capital begins a sentence with a capital letter, unless it begins with a
// product: "abc-1" is another sku than "Abc-1".
func (t *teller) capital(text string) string {
	for _, name := range t.names {
		if name != "" && strings.HasPrefix(text, name) {
			return text
		}
	}
	return capital(text)
}

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
