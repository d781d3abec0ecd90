package store

import (
	"strconv"
	"strings"

	"bounceback/engine"
)

// book writes everything the sale did.
func (t *tx) book(r *ringing) (engine.Recorded, error) {
	a, res := r.actor, r.result
	r.sale = engine.Sale{
		ID: t.newID(), Key: r.draft.Key, Reference: r.draft.Reference, RefTyped: r.draft.RefTyped, At: t.now, Business: r.business,
		Gross: res.Gross, Discount: res.Discount, Net: res.Net, State: engine.SaleCompleted,
		CustomerID: r.customer.ID, Customer: r.customer.Label(), StaffID: a.StaffID, Staff: a.Staff,
		RegisterID: a.RegisterID, Register: a.Register, Channel: r.draft.Channel, Payment: r.draft.Payment, Origin: a.Origin,
	}
	r.sale.Levels, r.sale.Delivery = res.Levels(), res.DeliveryGross
	r.sale.Source, r.sale.Ad = r.draft.Source, r.draft.Ad
	r.sale.Lines, r.sale.Offers, r.sale.Charges = r.lines(), r.applied(), r.charges()
	out := engine.Recorded{Rejected: res.Rejected, Result: res}
	if res.Coupon != nil {
		r.sale.RedeemedID, r.sale.RedeemedCode = res.Coupon.CouponID, res.Coupon.Code
	}
	if res.Earned != nil {
		r.sale.IssuedID = t.newID()
	}
	if err := t.insertSale(a.StoreID, r.sale); err != nil {
		return out, err
	}
	for _, part := range []func(*ringing) error{t.bookGoods, t.bookOffers, t.bookStock, t.bookHeld} {
		if err := part(r); err != nil {
			return out, err
		}
	}
	if err := t.bookRedeemed(r, &out); err != nil {
		return out, err
	}
	if err := t.bookIssued(r, &out); err != nil {
		return out, err
	}
	for _, part := range []func(*ringing) error{t.bookSums, t.bookTrials} {
		if err := part(r); err != nil {
			return out, err
		}
	}
	out.Sale = r.sale
	return out, t.audit(a, "sale.record", "sale", r.sale.ID, r.facts(), "")
}

func (r *ringing) facts() string {
	pairs := []any{"gross", r.sale.Gross, "discount", r.sale.Discount, "net", r.sale.Net, "day", r.sale.Business}
	if !r.sale.RedeemedID.IsZero() {
		pairs = append(pairs, "redeemed", r.sale.RedeemedID)
	}
	if !r.sale.IssuedID.IsZero() {
		pairs = append(pairs, "issued", r.sale.IssuedID, "face", r.sale.IssuedFace)
	}
	if h := r.sale.Held; h != nil {
		pairs = append(pairs, "held_back", h.CampaignID, "held_face", h.Face)
	}
	if len(r.basket.Lines) > 0 {
		pairs = append(pairs, "lines", len(r.basket.Lines))
	}
	if len(r.result.Applied) > 0 {
		pairs = append(pairs, "offers", len(r.result.Applied))
	}
	if r.sale.Delivery != 0 {
		pairs = append(pairs, "delivery", r.sale.Delivery-r.sale.Levels.Delivery)
	}
	if len(r.short) > 0 {
		pairs = append(pairs, "below_stock", strconv.Quote(strings.Join(r.short, ",")))
	}
	return facts(pairs...)
}

// lines are the lines of the sale as they are recorded: what was bought, then
// what was given.
func (r *ringing) lines() []engine.SaleLine {
	var out []engine.SaleLine
	for i, l := range r.basket.Lines {
		out = append(out, engine.SaleLine{No: i + 1, Line: l, Result: r.result.Lines[i]})
	}
	for _, g := range r.result.Gifts {
		p := r.products[engine.FoldSKU(g.SKU)]
		l := engine.Line{SKU: g.SKU, Name: g.Name, Category: p.Category, Brand: p.Brand, Tags: p.Tags, Units: g.Units, Cost: p.Cost}
		if l.Name == "" {
			l.Name = p.Name
		}
		out = append(out, engine.SaleLine{
			No: len(out) + 1, Line: l, Gift: true, GivenBy: g.OfferID, Result: engine.LineResult{Runs: []engine.Run{{Units: g.Units}}},
		})
	}
	return out
}

func (r *ringing) applied() []engine.SaleOffer {
	var out []engine.SaleOffer
	for _, a := range r.result.Applied {
		out = append(out, engine.SaleOffer{
			OfferID: a.OfferID, Title: a.Title, Kind: a.Kind, Level: a.Level, Times: a.Times, Units: a.Units,
			Amount: a.Amount, Lines: a.Lines,
		})
	}
	return out
}

func (r *ringing) charges() []engine.SaleCharge {
	var out []engine.SaleCharge
	for i, c := range r.result.Delivery {
		out = append(out, engine.SaleCharge{Method: r.basket.Delivery[i].Method, ChargeResult: c})
	}
	return out
}

// bookSums keeps the customer's facts, who came when, and the sums of
// the till and of the day.
func (t *tx) bookSums(r *ringing) error {
	s := r.sale
	if !s.CustomerID.IsZero() {
		if _, err := t.exec(customerBought, r.actor.StoreID, s.CustomerID, s.Net, s.Business); err != nil {
			return err
		}
		visits := newVisitChange()
		if err := t.addVisit(visits, r.store, r.customer, s); err != nil {
			return err
		}
		if err := t.addVisits(r.actor.StoreID, visits); err != nil {
			return err
		}
	}
	if err := t.addTill(r.actor, s.ID, saleCounts(s)); err != nil {
		return err
	}
	return t.addDay(r.actor.StoreID, s.Business, sums(s, 1))
}
