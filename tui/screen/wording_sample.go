package screen

import (
	"context"
	"slices"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
)

// wordingSample are real coupons to show a wording with; none: an example.
type wordingSample struct {
	who   string // whose the first is; empty: its bearer's
	first string // first name
	items []delivery.Item
}

// mostSampled is how many of the last coupons are looked through for those
// whose customer is known.
const mostSampled = 20

// perText is how many coupons a text is shown with.
func perText(step engine.TextStep) int {
	if step == delivery.StepSeveral {
		return 2
	}
	return 1
}

// findSample reads the last coupon that a customer has, of the campaign if that
// has issued any.
func (p *wordingPage) findSample(ctx context.Context, a engine.Actor) (wordingSample, error) {
	coupons, err := p.lastCoupons(ctx, a)
	n := perText(p.job.step)
	if err != nil || len(coupons) < n {
		return wordingSample{}, err
	}
	s := wordingSample{who: coupons[0].Customer}
	if id := coupons[0].CustomerID; !id.IsZero() {
		view, err := p.env.Shop.Customer(ctx, a, id)
		if err != nil {
			return wordingSample{}, err
		}
		s.first = view.Customer.FirstName()
	}
	for _, c := range coupons[:n] {
		campaign := p.job.campaign
		if campaign.Terms.Lifetime == 0 {
			if campaign, err = p.env.Shop.Campaign(ctx, a, c.CampaignID); err != nil {
				return wordingSample{}, err
			}
		}
		s.items = append(s.items, delivery.Item{Coupon: c, Offer: campaign.OfferText, Link: campaign.Link})
	}
	return s, nil
}

// lastCoupons are the last coupons issued, those of known customers first.
func (p *wordingPage) lastCoupons(ctx context.Context, a engine.Actor) ([]engine.Coupon, error) {
	var found engine.Page[engine.Coupon]
	for _, campaign := range []engine.ID{p.job.campaign.ID, {}} {
		var err error
		found, err = p.env.Shop.Coupons(ctx, a, engine.Filter{CampaignID: campaign, Limit: mostSampled})
		if err != nil {
			return nil, err
		}
		if len(found.Items) >= perText(p.job.step) {
			break
		}
	}
	known := slices.DeleteFunc(slices.Clone(found.Items), func(c engine.Coupon) bool { return c.CustomerID.IsZero() })
	if len(known) >= perText(p.job.step) {
		return known, nil
	}
	return found.Items, nil
}

// textFormat writes values as the texts of a store do.
func textFormat(env *Env, s engine.Store) *words.Format {
	w, err := words.For(delivery.TextLanguage(s))
	if err != nil {
		return env.Format
	}
	f, err := words.NewFormat(w, s.Country, s.Currency, s.Zone())
	if err != nil {
		return env.Format
	}
	return f
}
