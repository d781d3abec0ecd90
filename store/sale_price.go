package store

import (
	"slices"
	"strings"

	"bounceback/engine"
)

// readyOffers are the offers of a store's active campaigns on a day, ready to
// price a sale.
type readyOffers struct {
	campaigns []engine.Campaign // stored as active
	offers    []engine.Offer    // of those that run on the day
	prepared  *engine.Prepared
	comparing []comparing // control groups of the store: see control.go
}

// offerCache keeps what every sale needs of the campaigns. Like storeCache it is
// used by the writing connection alone, and holds good while neither that
// connection is a new one nor another has committed.
type offerCache struct {
	held    *readyOffers
	storeID engine.ID
	day     engine.Day
	seen    int64
	seenOn  int64
}

// changeOffers forgets the cached offers. It is called in the transaction that
// changes a campaign, which must not ask for them after that.
func (t *tx) changeOffers() { t.d.offers.held = nil }

// offersOn gives the offers that run on a day of the store.
func (t *tx) offersOn(storeID engine.ID, day engine.Day) (*readyOffers, error) {
	var version int64
	if _, err := t.row(dataVersion, nil, &version); err != nil {
		return nil, err
	}
	c, epoch := &t.d.offers, t.d.stores.epoch.Load()
	if c.held != nil && c.storeID == storeID && c.day == day && c.seen == version && c.seenOn == epoch {
		return c.held, nil
	}
	campaigns, err := t.activeCampaigns(storeID)
	if err != nil {
		return nil, err
	}
	o := &readyOffers{campaigns: campaigns, offers: engine.Offers(campaigns, day)}
	if o.prepared, err = engine.Prepare(o.offers); err != nil {
		return nil, err
	}
	if o.comparing, err = t.comparisons(storeID); err != nil {
		return nil, err
	}
	*c = offerCache{held: o, storeID: storeID, day: day, seen: version, seenOn: epoch}
	return o, nil
}

// offer finds one of the offers.
func (r *readyOffers) offer(id engine.ID) engine.Offer {
	if i := slices.IndexFunc(r.offers, func(o engine.Offer) bool { return o.ID == id }); i >= 0 {
		return r.offers[i]
	}
	return engine.Offer{ID: id}
}

// price evaluates the sale by the campaigns of its business date and the facts
// of this moment. What the cashier saw as due must be what is due.
func (t *tx) price(r *ringing) (err error) {
	if r.offers, err = t.offersOn(r.actor.StoreID, r.business); err != nil {
		return err
	}
	if err := t.fillBasket(r); err != nil {
		return err
	}
	f, err := t.factsOf(r)
	if err != nil {
		return err
	}
	if err := t.chooseCoupon(r, f); err != nil {
		return err
	}
	f.Coupon = r.coupon
	if r.result, err = r.offers.prepared.Evaluate(r.basket, f); err != nil {
		return err
	}
	if seen := r.draft.Seen; seen != nil && *seen != r.result.Due {
		return engine.Refuse(engine.CodePriceChanged, "due", r.result.Due, "seen", *seen)
	}
	if r.draft.Use == engine.UseCode {
		return r.result.Refused
	}
	return nil
}

// factsOf puts together what offers may know besides the basket.
func (t *tx) factsOf(r *ringing) (engine.Facts, error) {
	a, today := r.actor, r.store.Today(t.now)
	f := engine.Facts{Now: t.now, Store: r.store, Register: a.RegisterID, Till: a.Register, Customer: r.customer.ID}
	if !r.customer.ID.IsZero() {
		f.Person = r.customer.Person(r.business)
	}
	var err error
	if slices.ContainsFunc(r.offers.campaigns, func(c engine.Campaign) bool { return c.Promo.Kind != "" }) {
		if _, err = t.row(registerByID, []any{a.StoreID, a.RegisterID}, new(engine.ID), new(string), &f.Branch); err != nil {
			return f, err
		}
	}
	if f.Usage, err = t.usage(a.StoreID, r.offers.offers, r.customer.ID, today); err != nil {
		return f, err
	}
	f.Stock, err = t.giftStock(r)
	return f, err
}

// giftStock reads how many are left of what the offers give and the shop counts.
func (t *tx) giftStock(r *ringing) (map[string]int64, error) {
	var out map[string]int64
	for _, o := range r.offers.offers {
		if o.Kind != engine.KindGift {
			continue
		}
		p, found, err := t.productOfSale(r, o.Gift.SKU)
		if err != nil {
			return nil, err
		}
		if !found || !p.Counted {
			continue
		}
		if out == nil {
			out = map[string]int64{}
		}
		out[o.Gift.SKU] = max(0, p.Stock)
	}
	return out, nil
}

// fillBasket puts the sale together as it is priced: what products are is the
// catalogue's word, what they cost that of the till.
func (t *tx) fillBasket(r *ringing) error {
	d := r.draft
	r.basket = engine.Basket{
		Amount: d.Amount, Delivery: d.Delivery, Business: r.business, Channel: d.Channel, Payment: d.Payment,
		Source: d.Source, Ad: d.Ad, Codes: d.Codes, NoGift: d.NoGift,
	}
	for _, l := range d.Lines {
		p, found, err := t.productOfSale(r, l.SKU)
		if err != nil {
			return err
		}
		if found {
			if l, err = ofProduct(l, p); err != nil {
				return err
			}
		}
		r.basket.Lines = append(r.basket.Lines, l)
	}
	return nil
}

// productOfSale finds a product of the sale by its sku, each once.
func (t *tx) productOfSale(r *ringing, sku string) (engine.Product, bool, error) {
	if strings.TrimSpace(sku) == "" {
		return engine.Product{}, false, nil
	}
	fold := engine.FoldSKU(sku)
	if p, known := r.products[fold]; known {
		return p, !p.ID.IsZero(), nil
	}
	p, found, err := t.product(productBySKU, r.actor.StoreID, fold)
	if err != nil {
		return p, false, err
	}
	if r.products == nil {
		r.products = map[string]engine.Product{}
	}
	r.products[fold] = p
	return p, found, nil
}

// ofProduct gives a line the product's facts. A piece of something weighed whose
// label carried its price has the floor and the cost of as much as that price
// buys.
func ofProduct(l engine.Line, p engine.Product) (engine.Line, error) {
	l.SKU, l.Category, l.Brand, l.Tags, l.NoDiscount = p.SKU, p.Category, p.Brand, p.Tags, p.NoDiscount
	if l.Name == "" {
		l.Name = p.Name
	}
	if !p.Weighed || l.Weight != 0 || l.Price <= 0 {
		l.Floor, l.Cost = p.Floor, p.Cost
		return l, nil
	}
	piece, err := engine.Found{Product: p, Price: l.Price}.Line(0)
	l.Floor, l.Cost = piece.Floor, piece.Cost
	return l, err
}
