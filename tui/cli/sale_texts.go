package cli

import (
	"context"

	"bounceback/engine"
)

// reach is whether texts get to the customer of a sale: why the coupon that was
// issued gets none now, and whether the number is one that texts are unlikely to
// reach.
type reach struct {
	NoText   *string `json:"no_text"`
	Landline bool    `json:"landline"`

	phone engine.Phone
}

// reach looks whether texts get to the customer of a sale that was recorded.
// What it cannot find out it leaves open: the sale stands.
func (a *app) reach(ctx context.Context, r engine.Recorded) reach {
	var v engine.CustomerView
	if !r.Sale.CustomerID.IsZero() {
		v, _ = a.file.Customer(ctx, a.actor, r.Sale.CustomerID)
	}
	out := reach{Landline: landline(v.Customer), phone: v.Customer.Phone}
	if r.NoText != "" {
		out.NoText = &r.NoText
	}
	return out
}

// landline tells whether a customer's number is one that texts are unlikely to
// reach.
func landline(c engine.Customer) bool { return c.Phone.E164 != "" && c.Phone.Questionable() }

// showReach says why a text does not go, or may not arrive.
func (a *app) showReach(r reach) {
	if r.NoText != nil {
		a.say("%s", a.words.NoTexts(*r.NoText))
	}
	if r.Landline {
		a.say("%s", a.words.T("cli.landline", "phone", r.phone.National()))
	}
}

// showStopped says that texts stay off though the customer says yes, because
// the number told the carrier to stop, and what the customer has to do.
func (a *app) showStopped(v engine.CustomerView) {
	if v.Suppressed == engine.FromCarrier && v.Customer.Consent == engine.ConsentYes {
		a.say("%s", a.words.T("lists.customer.carrier_stop", "shop", a.store.Title))
	}
}
