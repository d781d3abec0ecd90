package form

import (
	"errors"
	"reflect"

	"bounceback/engine"
)

// ReadCampaign reads a campaign file and checks what it says. terms are what
// the coupon has that the file does not tell: Settings.StandardTerms. A
// campaign whose state is not given is a draft. The errors are those of files,
// of campaigns and of offers; "field" is the place in the file.
func ReadCampaign(data []byte, terms engine.Terms) (engine.Campaign, error) {
	var f campaignForm
	if err := read(data, &f); err != nil {
		return engine.Campaign{}, err
	}
	c := engine.Campaign{
		Title: f.Title, State: engine.CampaignDraft, Terms: terms, StartsOn: engine.Day(f.Starts), EndsOn: engine.Day(f.Ends),
		OfferText: f.OfferText, Link: f.Link, Source: f.Source, Ad: f.Ad, OnReturn: engine.ReturnPolicy(f.OnReturn),
		Texts: f.Texts.plan(), Wording: f.Wording.wording(), Holdback: engine.BP(f.Holdback),
	}
	if f.State != "" {
		c.State = engine.CampaignState(f.State)
	}
	if f.Offer != nil {
		o, err := f.Offer.campaignOffer(terms)
		if err != nil {
			return engine.Campaign{}, err
		}
		c.Terms, c.Promo = o.Rebate, promoOf(o)
		if o.Kind != engine.KindNextCoupon {
			c.Terms = terms
		}
	}
	if err := c.Check(); err != nil {
		return engine.Campaign{}, within("offer.", err)
	}
	return c, nil
}

func (f *offerForm) campaignOffer(terms engine.Terms) (engine.Offer, error) {
	if f.Kind == "" {
		return engine.Offer{}, engine.BadInput(CodeMissing, "field", "offer.kind")
	}
	return f.offer("offer.", f.Limits, terms)
}

// promoOf is the offer as a campaign keeps it: without what is the campaign's,
// and empty if it is a coupon of the terms alone.
func promoOf(o engine.Offer) engine.Offer {
	o.Rebate = engine.Terms{}
	if reflect.DeepEqual(o, engine.Offer{Kind: engine.KindNextCoupon}) {
		return engine.Offer{}
	}
	return o
}

// within puts the place of a part before the fields that an error names.
func within(place string, err error) error {
	var e *engine.Error
	if !errors.As(err, &e) {
		return err
	}
	field, ok := e.Args["field"].(string)
	if !ok {
		return err
	}
	at := *e
	at.Args = engine.Args{}
	for name, v := range e.Args {
		at.Args[name] = v
	}
	at.Args["field"] = place + field
	if other, ok := e.Args["other"].(string); ok {
		at.Args["other"] = place + other
	}
	return &at
}

// WriteCampaign writes a campaign as ReadCampaign reads it, whatever the
// store's standard terms are: a file to keep, to edit, or to hand to another
// shop. What only this shop's own campaign has is not in it: id, days of
// creation and change, since when it holds customers back, coupons issued.
func WriteCampaign(c engine.Campaign) ([]byte, error) {
	o := c.Promo
	if o.Kind == "" {
		o.Kind = engine.KindNextCoupon
	}
	if o.Kind == engine.KindNextCoupon {
		o.Rebate = c.Terms
	}
	offer := offerOf(o)
	return write(campaignForm{
		Title: c.Title, State: string(c.State), Starts: date(c.StartsOn), Ends: date(c.EndsOn), OfferText: c.OfferText,
		Link: c.Link, Source: c.Source, Ad: c.Ad, OnReturn: string(c.OnReturn), Offer: &offer,
		Texts: textsOf(c.Texts), Wording: wordingOf(c.Wording), Holdback: percent(c.Holdback),
	}, "  ")
}
