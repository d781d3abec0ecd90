package words

import (
	"strings"

	"bounceback/engine"

	"golang.org/x/text/feature/plural"
)

// clauses are the conditions of an offer: what the customer does, and the
// circumstances.
type clauses struct {
	acts []string
	when []string
}

func (c clauses) len() int { return len(c.acts) + len(c.when) }

// joined writes clauses as the beginning of a sentence; empty without any.
func (t *teller) joined(c clauses) string {
	parts := c.when
	if len(c.acts) > 0 {
		parts = append([]string{t.list(c.acts, "offer.list.and")}, c.when...)
	}
	return t.commas(parts)
}

// clauses takes a threshold apart: its own, all of All, and each group of
// which any will do as one circumstance.
func (t *teller) clauses(th engine.Threshold) clauses {
	c := clauses{acts: t.acts(th), when: t.circumstances(th)}
	for _, nested := range th.All {
		inner := t.clauses(nested)
		c.acts, c.when = append(c.acts, inner.acts...), append(c.when, inner.when...)
	}
	if len(th.Any) == 1 {
		inner := t.clauses(th.Any[0])
		c.acts, c.when = append(c.acts, inner.acts...), append(c.when, inner.when...)
		return c
	}
	if text := t.anyOf(th.Any, c.len() == 0); text != "" {
		c.when = append(c.when, text)
	}
	return c
}

// anyOf writes alternatives; empty if one of them asks nothing. Alone, and of
// one clause each, they need no brackets.
func (t *teller) anyOf(alternatives []engine.Threshold, alone bool) string {
	texts := make([]string, 0, len(alternatives))
	for _, a := range alternatives {
		c := t.clauses(a)
		if c.len() == 0 {
			return ""
		}
		alone = alone && c.len() == 1
		texts = append(texts, t.joined(c))
	}
	if len(texts) == 0 {
		return ""
	}
	joint := "offer.any.next"
	if alone {
		joint = "offer.any.or"
	}
	all := texts[0]
	for _, next := range texts[1:] {
		all = t.say(joint, "first", all, "next", next)
	}
	if alone {
		return all
	}
	return t.say("offer.any.of", "alternatives", all)
}

// acts are what the customer has to buy.
func (t *teller) acts(th engine.Threshold) []string {
	goods := t.any(th.Of)
	var acts []string
	if th.MinAmount != 0 || th.MaxAmount != 0 {
		acts = append(acts, t.spend(th.MinAmount, th.MaxAmount, th.Basis, goods))
	}
	if th.MinUnits != 0 || th.MaxUnits != 0 {
		acts = append(acts, t.buy(th.MinUnits, th.MaxUnits, goods))
	}
	if th.LineUnits != 0 {
		acts = append(acts, t.counted("offer.buy.same", th.LineUnits, goods))
	}
	if th.Products != 0 {
		acts = append(acts, t.counted("offer.buy.products", int64(th.Products), goods))
	}
	return acts
}

// spend writes bounds of an amount.
//
// words: offer.spend.*
func (t *teller) spend(least, most engine.Minor, basis engine.Basis, goods string) string {
	key := "offer.spend." + bounds(least != 0, most != 0)
	if goods != "" {
		key += "_on"
	}
	text := t.say(key, "least", t.f.Amount(least), "most", t.f.Amount(most), "goods", goods)
	switch basis {
	case engine.BasisRunning:
		return t.say("offer.basis.running", "clause", text)
	case engine.BasisNet:
		return t.say("offer.basis.net_paid", "clause", text)
	case engine.BasisGoods:
	}
	return text
}

func bounds(least, most bool) string {
	switch {
	case least && most:
		return "range"
	case most:
		return "most"
	}
	return "least"
}

// buy writes bounds of a number of units.
//
// words: offer.buy.*
func (t *teller) buy(least, most int64, goods string) string {
	key, n := "offer.buy."+bounds(least != 0, most != 0), least
	if least == 0 {
		n = most
	}
	if least == most {
		key = "offer.buy.exactly"
	}
	if least != 0 && most > least {
		n = most
	}
	return t.counted(key, n, goods, "least", t.f.Count(int(least)))
}

// counted writes a number of what has a form with and one without goods.
func (t *teller) counted(key string, n int64, goods string, args ...any) string {
	if goods != "" {
		key += "_of"
	}
	return t.count(key, n, append(args, "goods", goods)...)
}

// circumstances are when, where and for whom.
func (t *teller) circumstances(th engine.Threshold) []string {
	parts := []string{
		t.dates(th.From, th.Until),
		t.hours(th.Weekdays, th.Times),
		t.labels("offer.if.channel", th.Channels),
		t.labels("offer.if.payment", th.Payments),
		t.labels("offer.if.register", th.Registers),
		t.labels("offer.if.branch", th.Branches),
		t.labels("offer.if.source", th.Sources),
		t.labels("offer.if.ad", th.Ads),
	}
	parts = append(parts, t.people(th)...)
	if th.Expression != "" {
		parts = append(parts, t.say("offer.if.expression", "text", tidyName(th.Expression)))
	}
	return filled(parts)
}

// labels writes a condition that any of some labels fits; empty without any.
func (t *teller) labels(key string, labels []string) string {
	if len(labels) == 0 {
		return ""
	}
	return t.say(key, "list", t.list(tidied(labels), "offer.list.or"))
}

// people is what a threshold asks of the customer. That there is one goes
// without saying if anything else is asked.
func (t *teller) people(th engine.Threshold) []string {
	parts := filled([]string{
		t.labels("offer.if.group", th.Groups),
		t.labels("offer.if.tier", th.Tiers),
		t.nthSale(th.NthSale),
		t.everyNth(th.EveryNth),
		t.lastSale(int64(th.DaysMin), int64(th.DaysMax)),
	})
	if th.Birthday {
		parts = append(parts, t.say("offer.if.birthday"))
	}
	if th.NewSince != 0 {
		parts = append(parts, t.say("offer.if.new_since", "day", t.f.Date(th.NewSince)))
	}
	if th.Customer && len(parts) == 0 {
		parts = append(parts, t.say("offer.if.customer"))
	}
	return parts
}

func (t *teller) nthSale(sales []int) string {
	ordinals := make([]string, 0, len(sales))
	for _, n := range sales {
		ordinals = append(ordinals, t.ordinal(int64(n)))
	}
	switch {
	case len(sales) == 0:
		return ""
	case len(sales) == 1 && sales[0] == 1:
		return t.say("offer.if.first_sale")
	}
	return t.say("offer.if.nth_sale", "nth", t.list(ordinals, "offer.list.or"))
}

func (t *teller) everyNth(n int) string {
	if n == 0 {
		return ""
	}
	return t.say("offer.if.every_nth", "nth", t.ordinal(int64(n)))
}

func (t *teller) lastSale(least, most int64) string {
	switch {
	case least == 0 && most == 0:
		return ""
	case most == 0:
		return t.count("offer.if.away", least)
	case least == 0:
		return t.count("offer.if.back", most)
	}
	return t.count("offer.if.away_back", most, "least", t.f.Count(int(least)))
}

// ordinal writes 1st, 2nd, 3rd: of a piece or a purchase, which decides its
// gender.
//
// words: offer.ordinal.*
func (t *teller) ordinal(n int64) string {
	form := "other"
	switch plural.Ordinal.MatchPlural(t.f.w.tag, int(n), 0, 0, 0, 0) { //nolint:exhaustive // "other" is the rest
	case plural.One:
		form = "one"
	case plural.Two:
		form = "two"
	case plural.Few:
		form = "few"
	}
	return t.f.w.T("offer.ordinal."+form, "n", t.f.Count(int(n)))
}

// filled leaves out what is empty.
func filled(parts []string) []string {
	kept := parts[:0]
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			kept = append(kept, p)
		}
	}
	return kept
}
