package words

import (
	"bounceback/engine"
)

const (
	wholeRate = 10_000
	halfRate  = 5_000
)

// benefit writes what an offer gives.
func (t *teller) benefit(o engine.Offer) string {
	switch o.Kind {
	case engine.KindBuyGet:
		return t.buyGet(o)
	case engine.KindAddOn:
		return t.say("offer.addon", "buy", t.units(o.Sets.Buy, o.Target), "cut", t.cut(o.Cut, t.received(o), o.Sets.Get > 1))
	case engine.KindGift:
		return t.gift(o.Gift, o.Target)
	case engine.KindPoints:
		return t.count("offer.points", o.Points.Points, "amount", t.f.Amount(o.Points.Per))
	case engine.KindDeliveryFree:
		if len(o.Method) > 0 {
			return t.say("offer.delivery.free_by", "list", t.list(tidied(o.Method), "offer.list.or"))
		}
		return t.say("offer.delivery.free")
	case engine.KindNextCoupon, "":
		return t.coupon(o)
	}
	return t.stepped(o, t.thing(o))
}

// stepped writes the cut of a thing, or its steps.
func (t *teller) stepped(o engine.Offer, thing string) string {
	each := manyPieces(o)
	if len(o.Tiers) == 0 {
		return t.cut(cutOf(o.Kind, o.Cut), thing, each)
	}
	steps := make([]string, 0, len(o.Tiers))
	for i, tier := range o.Tiers {
		c := cutOf(o.Kind, tier.Cut)
		cut := t.cut(c, thing, each)
		if i > 0 {
			cut = t.bare(phrase, way(c), c)
		}
		steps = append(steps, t.step(tier, cut))
	}
	return t.commas(steps)
}

// step writes a cut with the amount or number from which on it counts.
func (t *teller) step(tier engine.Tier, cut string) string {
	switch {
	case tier.Amount != 0 && tier.Units != 0:
		return t.count("offer.tier.both", tier.Units, "cut", cut, "amount", t.f.Amount(tier.Amount))
	case tier.Amount != 0:
		return t.say("offer.tier.amount", "cut", cut, "amount", t.f.Amount(tier.Amount))
	case tier.Units != 0:
		return t.count("offer.tier.units", tier.Units, "cut", cut)
	}
	return cut
}

// cutOf gives a cut as a kind reads it: most kinds know one way only.
func cutOf(kind engine.Kind, c engine.Cut) engine.Cut {
	switch kind {
	case engine.KindItemPercent, engine.KindOrderPercent, engine.KindDeliveryPercent, engine.KindCreditPercent:
		c.By = engine.ByPercent
	case engine.KindItemEach, engine.KindItemLine, engine.KindItemAcross,
		engine.KindOrderFixed, engine.KindDeliveryFixed, engine.KindCreditFixed:
		c.By = engine.ByAmount
	case engine.KindItemPrice, engine.KindOrderPrice:
		c.By = engine.ByPrice
	}
	return c
}

// way names how a cut is said: as half or nothing where people say so.
func way(c engine.Cut) string {
	switch {
	case c.By == engine.ByPercent && c.Percent >= wholeRate, c.By == engine.ByPrice && c.Amount == 0:
		return "free"
	case c.By == engine.ByPercent && c.Percent == halfRate:
		return "half"
	case c.By == engine.ByPercent:
		return "percent"
	case c.By == engine.ByAmount:
		return "amount"
	}
	return "price"
}

// cut writes a cut of a thing; each says that the thing is several pieces, of
// which every one gets it.
//
// words: offer.cut.*
func (t *teller) cut(c engine.Cut, thing string, each bool) string {
	how := way(c)
	if each && (how == "amount" || how == "price") {
		how += "_each"
	}
	return t.f.w.T("offer.cut."+how, t.cutArgs(c, "thing", thing)...)
}

func (t *teller) cutArgs(c engine.Cut, more ...any) []any {
	return append(more, "rate", t.f.Percent(c.Percent), "amount", t.f.Amount(c.Amount))
}

// manyPieces tells whether what an offer is for is written as several pieces.
func manyPieces(o engine.Offer) bool {
	switch o.Kind {
	case engine.KindItemPrice:
		return o.Pick.Units != 1
	case engine.KindItemEach:
		return o.Pick.Units > 1
	}
	return false
}

// thing writes what an offer is for.
func (t *teller) thing(o engine.Offer) string {
	goods := t.all(o.Target)
	switch o.Kind {
	case engine.KindBundle:
		return t.bundle(o.Sets.Groups)
	case engine.KindNth:
		return t.nth(o.Sets, o.Target)
	case engine.KindOrderPercent, engine.KindOrderFixed, engine.KindOrderPrice:
		return t.some("offer.thing.order", goods)
	case engine.KindCreditPercent, engine.KindCreditFixed:
		return t.some("offer.thing.rest", goods)
	case engine.KindDeliveryPercent, engine.KindDeliveryFixed:
		if len(o.Method) == 0 {
			return t.say("offer.thing.delivery")
		}
		return t.say("offer.thing.delivery_by", "list", t.list(tidied(o.Method), "offer.list.or"))
	}
	return t.pieces(o, goods)
}

// pieces writes what an item offer is for.
func (t *teller) pieces(o engine.Offer, goods string) string {
	if o.Pick.Units != 0 {
		key := "offer.pick.cheapest"
		if o.Pick.Choice == engine.Priciest {
			key = "offer.pick.priciest"
		}
		return t.counted(key, o.Pick.Units, t.any(o.Target)) // words: offer.pick.*
	}
	switch o.Kind {
	case engine.KindItemEach:
		return t.some("offer.thing.each", t.any(o.Target))
	case engine.KindItemLine:
		return t.some("offer.thing.line", t.any(o.Target))
	case engine.KindItemAcross:
		return t.some("offer.thing.order", goods)
	}
	if goods == "" {
		return t.say("offer.thing.everything")
	}
	return goods
}

// some writes what has a form with and one without goods.
//
// words: offer.thing.*
func (t *teller) some(key, goods string, args ...any) string {
	if goods != "" {
		key += "_of"
	}
	return t.say(key, append(args, "goods", goods)...)
}

func (t *teller) units(n int64, g engine.Goods) string {
	return t.counted("offer.units", n, t.any(g)) // words: offer.units offer.units_of
}

func (t *teller) bundle(groups []engine.Group) string {
	parts := make([]string, 0, len(groups))
	for _, g := range groups {
		parts = append(parts, t.units(g.Units, g.Of))
	}
	switch len(parts) {
	case 0:
		return t.say("offer.thing.everything")
	case 1:
		return parts[0]
	}
	return t.say("offer.together", "parts", t.list(parts, "offer.list.and"))
}

func (t *teller) nth(s engine.Sets, g engine.Goods) string {
	key := "offer.nth.every"
	if s.Once {
		key = "offer.nth.one"
	}
	return t.some(key, t.any(g), "nth", t.ordinal(s.Nth)) // words: offer.nth.*
}

// received are the units that a set gives, as a noun.
func (t *teller) received(o engine.Offer) string {
	switch {
	case o.Sets.Same:
		return t.count("offer.more_same", o.Sets.Get)
	case o.Sets.Of == nil:
		return t.count("offer.more", o.Sets.Get)
	case everything(*o.Sets.Of):
		return t.count("offer.units_of", o.Sets.Get, "goods", t.say("offer.goods.any"))
	}
	return t.units(o.Sets.Get, *o.Sets.Of)
}

// words: offer.buyget.*
func (t *teller) buyGet(o engine.Offer) string {
	how := way(o.Cut)
	if o.Sets.Get > 1 && (how == "amount" || how == "price") {
		how += "_each"
	}
	return t.f.w.T("offer.buyget."+how, t.cutArgs(o.Cut, "buy", t.units(o.Sets.Buy, o.Target), "get", t.received(o))...)
}

// gift writes what is given, and for what if it is given more than once.
func (t *teller) gift(g engine.Gift, target engine.Goods) string {
	one := t.count("offer.gift", 1, "name", t.giftName(g))
	switch {
	case g.PerAmount != 0:
		return t.some("offer.gift.per_amount", t.any(target), "gift", one, "amount", t.f.Amount(g.PerAmount))
	case g.PerUnits != 0:
		return t.counted("offer.gift.per_units", g.PerUnits, t.any(target), "gift", one)
	}
	return t.count("offer.gift", max(g.Units, 1), "name", t.giftName(g))
}

func (t *teller) giftName(g engine.Gift) string {
	if name := tidyName(g.Name); name != "" {
		return name
	}
	if g.SKU == "" {
		return t.say("offer.gift.unnamed")
	}
	return t.skus([]string{g.SKU})[0]
}

// coupon writes the next-sale coupon: its face, its life, and what it may take.
func (t *teller) coupon(o engine.Offer) string {
	parts := []string{t.faces(o), t.life(o.Rebate)}
	if most := o.Rebate.MaxDiscount; most != 0 && most < wholeRate {
		parts = append(parts, t.say("offer.coupon.most", "rate", t.f.Percent(most)))
	}
	return t.commas(filled(parts))
}

// faces writes what the coupon is worth: a rate, a fixed face, or steps.
func (t *teller) faces(o engine.Offer) string {
	if len(o.Tiers) == 0 {
		return t.face(o.Cut, o.Rebate.Cashback)
	}
	steps := make([]string, 0, len(o.Tiers))
	for _, tier := range o.Tiers {
		steps = append(steps, t.step(tier, t.face(tier.Cut, tier.Cut.Percent)))
	}
	return t.commas(steps)
}

func (t *teller) face(c engine.Cut, rate engine.BP) string {
	if c.By == engine.ByAmount {
		return t.say("offer.coupon.face", "amount", t.f.Amount(c.Amount))
	}
	return t.say("offer.coupon.rate", "rate", t.f.Percent(rate))
}

func (t *teller) life(terms engine.Terms) string {
	switch {
	case terms.Lifetime == 0:
		return ""
	case terms.ValidAfter == 0:
		return t.count("offer.coupon.life", int64(terms.Lifetime))
	}
	return t.count("offer.coupon.between", int64(terms.Lifetime), "after", t.f.Count(terms.ValidAfter))
}
