package words

import (
	"strings"

	"bounceback/engine"
)

// Rejected answers why an offer does not apply to a sale, in one sentence.
func (f *Format) Rejected(r engine.Rejected) string { return f.Why(engine.Offer{}, r) }

// Why is Rejected with what the offer itself says about it: at which hours it
// runs, how it is to be paid. o is the offer that was rejected.
//
// words: error.offer_*
func (f *Format) Why(o engine.Offer, r engine.Rejected) string {
	t := f.teller(withReason(o, r))
	if need := t.need(r, false); need != "" {
		return t.say("reason.needed", "need", need)
	}
	if text := t.other(r); text != "" {
		return capital(text)
	}
	if only := t.only(o.When, r.Reason); only != "" {
		return capital(t.say("reason.only", "condition", only))
	}
	if r.Reason == engine.ReasonTarget && r.Of != nil && !everything(*r.Of) {
		return t.say("reason.target", "goods", t.any(*r.Of))
	}
	if key := "error." + string(r.Reason); f.w.Has(key) {
		return f.w.T(key)
	}
	return t.say("reason.unknown")
}

// withReason lets the teller know the names of what is missing too.
func withReason(o engine.Offer, r engine.Rejected) engine.Offer {
	if r.Of != nil {
		o.Sets.Groups = append([]engine.Group{{Of: *r.Of}}, o.Sets.Groups...)
	}
	return o
}

// Near writes what is missing to an offer and what it would give, in one line
// for the counter: "12.50 more for a free mug", "1 more Coffee: 2nd at half
// price". ok is false where the customer could not get it by buying more.
func (f *Format) Near(o engine.Offer, r engine.Rejected) (line string, ok bool) {
	t := f.teller(withReason(o, r))
	need := t.need(r, true)
	if need == "" {
		return "", false
	}
	if o.Kind == engine.KindGift {
		name := clipName(t.giftName(o.Gift))
		return capital(t.count("reason.near_gift", max(o.Gift.Units, 1), "need", need, "name", name)), true
	}
	o.Tiers = firstReached(o)
	return capital(t.say("reason.near", "need", need, "benefit", t.short(o, phrase))), true
}

// firstReached is the step that what is missing would reach: the first, or the
// highest that the offer's own least amount or number reaches at once.
func firstReached(o engine.Offer) []engine.Tier {
	steps := o.Tiers
	for len(steps) > 1 && steps[1].Amount <= max(o.When.MinAmount, o.Rebate.MinSale) && steps[1].Units <= o.When.MinUnits {
		steps = steps[1:]
	}
	return steps[:min(len(steps), 1)]
}

// need writes what the customer would have to buy still, brief where it can be;
// empty if that is not what is wrong.
func (t *teller) need(r engine.Rejected, brief bool) string {
	of := engine.Goods{}
	if r.Of != nil {
		of = *r.Of
	}
	switch {
	case r.Reason == engine.ReasonBelow && r.Missing > 0:
		return t.some("reason.amount", t.any(of), "amount", t.f.Amount(r.Missing))
	case r.Reason == engine.ReasonProducts && r.Units > 0:
		return t.counted("reason.products", r.Units, t.any(of))
	case r.Reason == engine.ReasonUnits && r.Units > 0 && brief && named(of):
		return t.count("reason.units_named", r.Units, "goods", t.any(of))
	case r.Reason == engine.ReasonUnits && r.Units > 0:
		return t.counted("reason.units", r.Units, t.any(of))
	}
	return ""
}

// other names the offer that applied instead; empty if none did.
func (t *teller) other(r engine.Rejected) string {
	title := tidyName(r.ByTitle)
	if title == "" {
		return ""
	}
	switch r.Reason {
	case engine.ReasonOutranked:
		return t.say("reason.outranked", "title", title)
	case engine.ReasonExcluded:
		return t.say("reason.excluded", "title", title)
	case engine.ReasonTaken:
		return t.say("reason.taken", "title", title)
	}
	return ""
}

// only writes the part of the thresholds that a reason is about. What stands
// under Any is left out: it is not known which of it the customer could meet.
func (t *teller) only(th engine.Threshold, reason engine.Code) string {
	parts := filled(t.about(th, reason))
	for _, nested := range th.All {
		if text := t.only(nested, reason); text != "" {
			parts = append(parts, text)
		}
	}
	return t.commas(parts)
}

func (t *teller) about(th engine.Threshold, reason engine.Code) []string {
	switch reason {
	case engine.ReasonDate:
		return []string{t.dates(th.From, th.Until)}
	case engine.ReasonWeekday, engine.ReasonTime:
		return []string{t.hours(th.Weekdays, th.Times)}
	case engine.ReasonChannel:
		return []string{t.labels("offer.if.channel", th.Channels)}
	case engine.ReasonPayment:
		return []string{t.labels("offer.if.payment", th.Payments)}
	case engine.ReasonRegister:
		return []string{t.labels("offer.if.register", th.Registers), t.labels("offer.if.branch", th.Branches)}
	case engine.ReasonSource:
		return []string{t.labels("offer.if.source", th.Sources), t.labels("offer.if.ad", th.Ads)}
	case engine.ReasonPerson, engine.ReasonCustomer:
		return t.people(th)
	case engine.ReasonRule:
		if th.Expression != "" {
			return []string{t.say("offer.if.expression", "text", tidyName(th.Expression))}
		}
	}
	return nil
}

// Applied writes what one offer took off, for the counter and the receipt:
// "Spring −5.00", and only its title where it took off no money.
func (f *Format) Applied(a engine.Application) string {
	title := strings.TrimSpace(tidyName(a.Title))
	switch {
	case a.Amount == 0:
		return title
	case a.Times > 1:
		return f.w.T("reason.applied_times", "title", title, "n", f.Count(int(a.Times)), "amount", f.Amount(a.Amount))
	}
	return f.w.T("reason.applied", "title", title, "amount", f.Amount(a.Amount))
}
