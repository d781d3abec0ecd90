package engine

import (
	"errors"
	"slices"
	"strconv"
)

// Bounds of an offer.
const (
	MaxOfferList  = 200       // entries of any of its lists
	MaxOfferLabel = 60        // characters of any of its texts
	MaxOfferTiers = 20        //
	MaxOfferDepth = 4         // of thresholds inside thresholds
	MaxSetUnits   = 1000      // units of a part of a set, or of a gift
	MaxLimit      = 1_000_000 // uses, sequences, priorities, n-th sales
	MaxDaysSince  = 36_500    // days since the last sale
)

// Codes of offers. All but the last name in "field" the place in the offer's
// JSON form, such as threshold.min_amount_minor.
const (
	CodeOfferRange   Code = "offer_range"   // with value, least, most
	CodeOfferText    Code = "offer_text"    // empty, too long or with control characters; with most
	CodeOfferLetters Code = "offer_letters" // no code that customers can type; with value, most
	CodeOfferMany    Code = "offer_many"    // too many entries; with most
	CodeOfferChoice  Code = "offer_choice"  // none of the values there are; with value
	CodeOfferNeeds   Code = "offer_needs"   // missing; with kind
	CodeOfferNotFor  Code = "offer_not_for" // set although the kind does not use it; with kind
	CodeOfferClash   Code = "offer_clash"   // cannot be set together with, or contradicts, other
	CodeOfferOrder   Code = "offer_order"   // lower than other; with value, least
	CodeOfferDeep    Code = "offer_deep"    // thresholds too deep in one another; with most
)

// CutField is where the JSON form of an offer has its Cut: an amount that a
// bundle, an item or an order is to cost stands in value_minor.
func (k Kind) CutField(by CutBy) string {
	prices := k == KindItemPrice || k == KindOrderPrice || k == KindBundle
	switch {
	case by == ByPercent:
		return "value_percent"
	case k == KindNextCoupon:
		return "coupon.face_minor"
	case by == ByPrice && !prices:
		return "price_minor"
	case by == ByAmount && prices:
		return "off_minor"
	}
	return "value_minor"
}

// The parts of an offer that only some kinds use.
const (
	usesTarget = 1 << iota
	usesPick   // Pick whole
	usesChoice // only Pick.Choice
	usesTiers
	usesMethod
	usesCapDiscount
	usesCapUnits
	usesCapTimes
)

const (
	itemUses = usesTarget | usesPick | usesTiers | usesCapDiscount | usesCapUnits
	setUses  = usesTarget | usesChoice | usesCapDiscount | usesCapUnits | usesCapTimes
	cashUses = usesTarget | usesTiers | usesCapDiscount // order and credit
)

type kindUse struct {
	cuts []CutBy // ways in which its Cut can be given; none: it has no Cut
	uses int
}

var anyCut = []CutBy{ByPercent, ByAmount, ByPrice}

var kindUses = map[Kind]kindUse{
	KindItemPercent:     {[]CutBy{ByPercent}, itemUses},
	KindItemEach:        {[]CutBy{ByAmount}, itemUses},
	KindItemLine:        {[]CutBy{ByAmount}, itemUses &^ usesPick},
	KindItemAcross:      {[]CutBy{ByAmount}, itemUses},
	KindItemPrice:       {[]CutBy{ByPrice}, itemUses},
	KindBundle:          {anyCut, setUses &^ usesTarget},
	KindBuyGet:          {anyCut, setUses},
	KindNth:             {anyCut, setUses},
	KindAddOn:           {anyCut, setUses},
	KindGift:            {nil, usesTarget | usesCapUnits | usesCapTimes},
	KindOrderPercent:    {[]CutBy{ByPercent}, cashUses},
	KindOrderFixed:      {[]CutBy{ByAmount}, cashUses},
	KindOrderPrice:      {[]CutBy{ByPrice}, cashUses},
	KindDeliveryFree:    {nil, usesMethod | usesCapDiscount},
	KindDeliveryPercent: {[]CutBy{ByPercent}, usesMethod | usesTiers | usesCapDiscount},
	KindDeliveryFixed:   {[]CutBy{ByAmount}, usesMethod | usesTiers | usesCapDiscount},
	KindCreditPercent:   {[]CutBy{ByPercent}, cashUses},
	KindCreditFixed:     {[]CutBy{ByAmount}, cashUses},
	KindNextCoupon:      {[]CutBy{ByAmount}, usesTiers},
	KindPoints:          {nil, 0},
}

// Check tells what in the offer is impossible or contradicts itself, or nil:
// the first of the codes of offers, of rules, or of the terms of a next-sale
// coupon. What other offers or the catalogue make of it is not judged.
func (o Offer) Check() error {
	if o.Kind == "" {
		o.Kind = KindNextCoupon
	}
	c := offerCheck{kind: o.Kind, first: new(error), thresholds: new(int)}
	use, known := kindUses[o.Kind]
	if !known {
		c.refuse(CodeOfferChoice, "kind", "value", string(o.Kind))
		return *c.first
	}
	c.offer(o, use)
	c.in("target").goods(o.Target)
	c.sets(o)
	c.gift(o)
	c.rewards(o)
	c.in("threshold").threshold(o.When, 1)
	c.limits(o.Limits)
	c.stacking(o.Stack)
	return *c.first
}

// offerCheck keeps the first problem, and the place that is looked at.
type offerCheck struct {
	kind       Kind
	path       string
	first      *error
	thresholds *int // how many were looked at
}

func (c offerCheck) in(name string) offerCheck {
	c.path += name + "."
	return c
}

func (c offerCheck) entry(name string, i int) offerCheck {
	return c.in(name + "[" + strconv.Itoa(i) + "]")
}

func (c offerCheck) refuse(code Code, name string, pairs ...any) {
	if *c.first == nil {
		*c.first = BadInput(code, append([]any{"field", c.path + name}, pairs...)...)
	}
}

// passOn keeps another check's problem and says where it is.
func (c offerCheck) passOn(name string, err error) {
	var e *Error
	if *c.first == nil && errors.As(err, &e) {
		at := *e
		at.Args = Args{"field": c.path + name}
		for key, value := range e.Args {
			at.Args[key] = value
		}
		*c.first = &at
	}
}

// within refuses a number that is outside its bounds.
func within[T ~int | ~int32 | ~int64](c offerCheck, name string, v, least, most T) {
	if v < least || v > most {
		c.refuse(CodeOfferRange, name, "value", v, "least", least, "most", most)
	}
}

// ordered refuses a least and a most that leave nothing between them; 0 is no
// bound.
func ordered[T ~int | ~int32 | ~int64](c offerCheck, leastName, mostName string, least, most, largest T) {
	within(c, leastName, least, 0, largest)
	within(c, mostName, most, 0, largest)
	if most != 0 && most < least {
		c.refuse(CodeOfferOrder, mostName, "other", c.path+leastName, "value", most, "least", least)
	}
}

func (c offerCheck) label(name, text string) {
	if text != "" && !validLabel(text) {
		c.refuse(CodeOfferText, name, "most", MaxOfferLabel)
	}
}

func (c offerCheck) labels(name string, texts []string) {
	if len(texts) > MaxOfferList {
		c.refuse(CodeOfferMany, name, "most", MaxOfferList)
		return
	}
	for i, text := range texts {
		if !validLabel(text) {
			c.refuse(CodeOfferText, name+"["+strconv.Itoa(i)+"]", "most", MaxOfferLabel)
		}
	}
}

// choice refuses a text that is none of the known ones; empty is the default.
func choice[T ~string](c offerCheck, name string, v T, known ...T) {
	if v != "" && !slices.Contains(known, v) {
		c.refuse(CodeOfferChoice, name, "value", string(v))
	}
}

// unused refuses a part that is set although the kind has no use for it.
func (c offerCheck) unused(name string, set bool) {
	if set {
		c.refuse(CodeOfferNotFor, name, "kind", string(c.kind))
	}
}

func (c offerCheck) needed(name string, set bool) {
	if !set {
		c.refuse(CodeOfferNeeds, name, "kind", string(c.kind))
	}
}

// together refuses two parts of which only one may be set.
func (c offerCheck) together(name, other string, both bool) {
	if both {
		c.refuse(CodeOfferClash, name, "other", c.path+other)
	}
}
