package words

import (
	"unicode/utf8"

	"bounceback/engine"
)

// shortName is how much of a name a short text spells out.
const shortName = 28

// OfferShort writes what an offer gives in a few words, for lists: "−20 %",
// "3 for 10.00", "2nd half price", "free mug".
func (f *Format) OfferShort(o engine.Offer) string {
	return f.teller(o).short(o, signs)
}

// vocabulary is the family of keys in which cuts are written without their
// thing.
//
// words: offer.sign.* offer.word.*
type vocabulary string

const (
	signs  vocabulary = "offer.sign." // for lists: "−20 %", "half price"
	phrase vocabulary = "offer.word." // for sentences: "20 % off", "at half price"
)

func (t *teller) bare(v vocabulary, how string, c engine.Cut) string {
	return t.f.w.T(string(v)+how, t.cutArgs(c)...)
}

// short writes what an offer gives, its cut in a vocabulary.
func (t *teller) short(o engine.Offer, v vocabulary) string {
	switch o.Kind {
	case engine.KindNextCoupon, "":
		return t.shortCoupon(o)
	case engine.KindPoints:
		return t.count("offer.short.points", o.Points.Points, "amount", t.f.Amount(o.Points.Per))
	case engine.KindGift:
		return t.count("offer.gift", max(o.Gift.Units, 1), "name", clipName(t.giftName(o.Gift)))
	case engine.KindDeliveryFree:
		return t.say("offer.delivery.free")
	}
	c := cutOf(o.Kind, o.Cut)
	if steps := len(o.Tiers); steps > 0 {
		c = cutOf(o.Kind, o.Tiers[steps-1].Cut)
	}
	if len(o.Tiers) > 1 {
		return t.upTo(c, v)
	}
	return t.shortOf(o, c, t.bare(v, way(c), c))
}

// upTo writes the last of several steps.
func (t *teller) upTo(c engine.Cut, v vocabulary) string {
	switch c.By {
	case engine.ByPrice:
		return t.say("offer.short.down_to", "amount", t.f.Amount(c.Amount))
	case engine.ByAmount:
		return t.say("offer.short.up_to", "cut", t.bare(v, "amount", c))
	case engine.ByPercent:
	}
	return t.say("offer.short.up_to", "cut", t.bare(v, "percent", c))
}

// shortOf says of what a cut is, where that is not the goods themselves.
func (t *teller) shortOf(o engine.Offer, c engine.Cut, cut string) string {
	switch o.Kind {
	case engine.KindBundle:
		return t.shortBundle(o.Sets, c, cut)
	case engine.KindBuyGet:
		if way(c) == "free" && o.Sets.Of == nil {
			return t.say("offer.short.x_for_y", "total", t.f.Count(int(o.Sets.Buy+o.Sets.Get)), "buy", t.f.Count(int(o.Sets.Buy)))
		}
		return t.say("offer.short.buy_get", "buy", t.f.Count(int(o.Sets.Buy)), "get", t.f.Count(int(o.Sets.Get)), "cut", cut)
	case engine.KindNth:
		return t.say("offer.short.nth", "nth", t.ordinal(o.Sets.Nth), "cut", cut)
	case engine.KindAddOn:
		return t.say("offer.short.addon", "cut", cut)
	case engine.KindDeliveryPercent, engine.KindDeliveryFixed:
		return t.say("offer.short.delivery", "cut", cut)
	case engine.KindOrderPrice:
		return t.say("offer.short.together", "cut", cut)
	case engine.KindItemEach, engine.KindItemPrice:
		if o.Pick.Units == 0 && way(c) != "free" {
			return t.say("offer.short.each", "cut", cut)
		}
	}
	if o.Pick.Units != 0 && o.Kind.PhaseOf() == engine.PhaseItem {
		return t.shortPick(o.Pick, cut)
	}
	return cut
}

func (t *teller) shortPick(p engine.Pick, cut string) string {
	key := "offer.short.cheapest"
	if p.Choice == engine.Priciest {
		key = "offer.short.priciest"
	}
	return t.count(key, p.Units, "cut", cut) // words: offer.short.*
}

// shortBundle counts the pieces of one group: "3 for 10.00".
func (t *teller) shortBundle(s engine.Sets, c engine.Cut, cut string) string {
	if len(s.Groups) == 1 && c.By == engine.ByPrice {
		return t.say("offer.short.pieces", "n", t.f.Count(int(s.Groups[0].Units)), "cut", cut)
	}
	return t.say("offer.short.set", "cut", cut)
}

func (t *teller) shortCoupon(o engine.Offer) string {
	c, rate := o.Cut, o.Rebate.Cashback
	if steps := len(o.Tiers); steps > 0 {
		c, rate = o.Tiers[steps-1].Cut, o.Tiers[steps-1].Cut.Percent
	}
	text := t.say("offer.short.back_rate", "rate", t.f.Percent(rate))
	if c.By == engine.ByAmount {
		text = t.say("offer.short.back", "amount", t.f.Amount(c.Amount))
	}
	if len(o.Tiers) > 1 {
		return t.say("offer.short.up_to", "cut", text)
	}
	return text
}

// clipName keeps the beginning of a long name.
func clipName(name string) string {
	if utf8.RuneCountInString(name) <= shortName {
		return name
	}
	return string([]rune(name)[:shortName-1]) + "…"
}
