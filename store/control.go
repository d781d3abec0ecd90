package store

import (
	"bytes"
	"slices"

	"bounceback/engine"
)

// The control group of a campaign: some customers get no coupon, and whether
// they come back is compared with the others. A customer takes part once, from
// the first sale that earned a coupon of the campaign, or would have, while a
// share was held back. Imported sales begin nothing, since whether they earned
// a coupon was decided elsewhere, but are returns as good as any.

var (
	heldInsert = declare(`
INSERT INTO held_back (store_id, sale_id, campaign_id, customer_id, face, last_day) VALUES ($1, $2, $3, $4, $5, $6)`)
	heldOf = declare(`
SELECT h.campaign_id, g.title, h.face, h.last_day
  FROM held_back h JOIN campaign g ON g.store_id = h.store_id AND g.id = h.campaign_id
 WHERE h.store_id = $1 AND h.sale_id = $2`)
	holdbacks = declare(`
SELECT b.campaign_id, b.since, b.until, b.share FROM holdback b WHERE b.store_id = $1 ORDER BY b.campaign_id, b.since`)
	trialOf = declare(`
SELECT sale_id, day, last_day, held, came, cost FROM trial WHERE store_id = $1 AND campaign_id = $2 AND customer_id = $3`)
	trialPut = declare(`
INSERT INTO trial (store_id, campaign_id, customer_id, sale_id, day, last_day, held, came, cost)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (store_id, campaign_id, customer_id) DO UPDATE SET sale_id = excluded.sale_id, day = excluded.day,
  last_day = excluded.last_day, held = excluded.held, came = excluded.came, cost = excluded.cost`)
	trialDrop = declare(`DELETE FROM trial WHERE store_id = $1 AND campaign_id = $2 AND customer_id = $3`)
	trialsAdd = declare(`
INSERT INTO trial_summary (store_id, campaign_id, day, last_day, held, customers, returned, cost)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (store_id, campaign_id, day, last_day, held) DO UPDATE SET customers = trial_summary.customers + excluded.customers,
  returned = trial_summary.returned + excluded.returned, cost = trial_summary.cost + excluded.cost`)
	trialSales = declare(`
SELECT x.id, x.business, x.origin, coalesce(h.campaign_id, c.campaign_id), coalesce(h.last_day, c.last_day, 0),
       CASE WHEN h.sale_id IS NULL THEN 0 ELSE 1 END, coalesce(c.redeemed_amount, 0)
  FROM sale x
  LEFT JOIN coupon c ON c.store_id = x.store_id AND c.id = x.issued_id
  LEFT JOIN held_back h ON h.store_id = x.store_id AND h.sale_id = x.id
 WHERE x.store_id = $1 AND x.customer_id = $2 AND x.state <> 'voided' ORDER BY x.id`)
)

// comparing is a campaign that holds customers back, or did.
type comparing struct {
	campaign engine.ID
	spans    []holdbackSpan // by time
}

// holdbackSpan is a time in which a share was held back; until is exclusive, 0
// for the one that goes on.
type holdbackSpan struct {
	since, until engine.Instant
	share        engine.BP
}

// at tells whether a share was held back at an instant.
func (c comparing) at(now engine.Instant) bool {
	return slices.ContainsFunc(c.spans, func(s holdbackSpan) bool {
		return now >= s.since && (s.until == 0 || now < s.until)
	})
}

// comparisons lists the campaigns of a store that hold customers back, or did:
// of most stores none.
func (t *tx) comparisons(storeID engine.ID) ([]comparing, error) {
	var out []comparing
	err := t.rows(holdbacks, []any{storeID}, func(scan func(...any) error) error {
		var id engine.ID
		var s holdbackSpan
		if err := scan(&id, &s.since, &s.until, &s.share); err != nil {
			return err
		}
		if n := len(out); n == 0 || out[n-1].campaign != id {
			out = append(out, comparing{campaign: id})
		}
		last := &out[len(out)-1]
		last.spans = append(last.spans, s)
		return nil
	})
	return out, err
}

// trial is where a customer stands in the comparison of a campaign. The zero
// trial is that of a customer who takes no part.
type trial struct {
	sale      engine.ID // the first
	day, last engine.Day
	held      bool
	came      engine.Day // 0: not yet
	cost      engine.Minor
}

// saw notes another sale of the customer.
func (r *trial) saw(day engine.Day) {
	if !r.sale.IsZero() && day > r.day && day <= r.last && (r.came == 0 || day < r.came) {
		r.came = day
	}
}

// bookHeld writes what a sale would have earned.
func (t *tx) bookHeld(r *ringing) error {
	e := r.result.Held
	if e == nil {
		return nil
	}
	r.sale.Held = &engine.WouldHave{CampaignID: e.OfferID, Campaign: e.Campaign, Face: e.Face, LastDay: e.LastDay}
	_, err := t.exec(heldInsert, r.actor.StoreID, r.sale.ID, e.OfferID, r.sale.CustomerID, e.Face, e.LastDay)
	return err
}

// heldOf reads what a sale would have earned; nil if it was not held back.
func (t *tx) heldOf(storeID, sale engine.ID) (*engine.WouldHave, error) {
	var h engine.WouldHave
	found, err := t.row(heldOf, []any{storeID, sale}, &h.CampaignID, &h.Campaign, &h.Face, &h.LastDay)
	if err != nil || !found {
		return nil, err
	}
	return &h, nil
}

// bookTrials keeps the comparisons that the customer of a sale just written
// takes part in. Of a sale that is the customer's latest no other is looked at.
func (t *tx) bookTrials(r *ringing) error {
	if r.sale.CustomerID.IsZero() || len(r.offers.comparing) == 0 {
		return nil
	}
	if r.customer.Visits > 0 && r.business < r.customer.LastDay {
		return t.recountTrials(r.actor.StoreID, r.sale.CustomerID, r.offers.comparing)
	}
	for _, c := range r.offers.comparing {
		if err := t.bookTrial(r, c); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) bookTrial(r *ringing, c comparing) error {
	store, s := r.actor.StoreID, r.sale
	was, err := t.trial(store, c.campaign, s.CustomerID)
	if err != nil {
		return err
	}
	if !was.sale.IsZero() && bytes.Compare(s.ID[:], was.sale[:]) < 0 { // the clock went back
		return t.recountTrials(store, s.CustomerID, []comparing{c})
	}
	is := was
	if was.sale.IsZero() {
		is = r.begins(c)
	}
	is.saw(s.Business)
	if r.result.Coupon != nil && r.coupon.SaleID == is.sale {
		is.cost += r.result.Coupon.Amount
	}
	return t.putTrial(store, c.campaign, s.CustomerID, was, is)
}

// begins is the trial of a customer that a sale begins; the zero one if it does
// not.
func (r *ringing) begins(c comparing) trial {
	e := r.result.Earned
	if r.result.Held != nil {
		e = r.result.Held
	}
	if e == nil || e.OfferID != c.campaign || !c.at(r.sale.ID.Instant()) {
		return trial{}
	}
	return trial{sale: r.sale.ID, day: r.business, last: e.LastDay, held: r.result.Held != nil}
}

func (t *tx) trial(storeID, campaign, customer engine.ID) (r trial, err error) {
	_, err = t.row(trialOf, []any{storeID, campaign, customer}, &r.sale, &r.day, &r.last, &r.held, &r.came, &r.cost)
	return r, err
}

// putTrial writes where a customer stands now, and takes what was out of the
// sums and puts what is into them.
func (t *tx) putTrial(storeID, campaign, customer engine.ID, was, is trial) (err error) {
	switch {
	case was == is:
		return nil
	case is.sale.IsZero():
		_, err = t.exec(trialDrop, storeID, campaign, customer)
	default:
		_, err = t.exec(trialPut, storeID, campaign, customer, is.sale, is.day, is.last, is.held, is.came, is.cost)
	}
	if err != nil {
		return err
	}
	if was.day == is.day && was.last == is.last && was.held == is.held {
		return t.addTrials(storeID, campaign, is, is.sums().less(was.sums()))
	}
	if err := t.addTrials(storeID, campaign, was, trialSums{}.less(was.sums())); err != nil {
		return err
	}
	return t.addTrials(storeID, campaign, is, is.sums())
}

// trialSums is what a trial adds to the sums of its day.
type trialSums struct {
	customers, returned int64
	cost                engine.Minor
}

func (r trial) sums() trialSums {
	if r.sale.IsZero() {
		return trialSums{}
	}
	s := trialSums{customers: 1, cost: r.cost}
	if r.came != 0 {
		s.returned = 1
	}
	return s
}

func (s trialSums) less(o trialSums) trialSums {
	return trialSums{s.customers - o.customers, s.returned - o.returned, s.cost - o.cost}
}

// addTrials adds to the sums of the day of a trial.
func (t *tx) addTrials(storeID, campaign engine.ID, of trial, s trialSums) error {
	if s == (trialSums{}) {
		return nil
	}
	_, err := t.exec(trialsAdd, storeID, campaign, of.day, of.last, of.held, s.customers, s.returned, s.cost)
	return err
}

// trialSale is a sale of a customer as comparisons look at it: campaign and
// last day are those of the coupon it earned or would have.
type trialSale struct {
	id       engine.ID
	business engine.Day
	origin   string
	campaign engine.ID
	last     engine.Day
	held     bool
	cost     engine.Minor
}

// recountTrials works out from all sales of a customer where they stand: after
// a void, and after a sale that is not the latest.
func (t *tx) recountTrials(storeID, customer engine.ID, all []comparing) error {
	var sales []trialSale
	err := t.rows(trialSales, []any{storeID, customer}, func(scan func(...any) error) error {
		var s trialSale
		err := scan(&s.id, &s.business, &s.origin, &s.campaign, &s.last, &s.held, &s.cost)
		sales = append(sales, s)
		return err
	})
	if err != nil {
		return err
	}
	for _, c := range all {
		was, err := t.trial(storeID, c.campaign, customer)
		if err == nil {
			err = t.putTrial(storeID, c.campaign, customer, was, c.recount(sales))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// recount finds the trial in the sales of a customer, which come by id.
func (c comparing) recount(sales []trialSale) (out trial) {
	for _, s := range sales {
		if s.campaign != c.campaign || s.origin == string(engine.FromImport) || !c.at(s.id.Instant()) {
			continue
		}
		if out.sale.IsZero() || s.business < out.day {
			out = trial{sale: s.id, day: s.business, last: s.last, held: s.held, cost: s.cost}
		}
	}
	for _, s := range sales {
		out.saw(s.business)
	}
	return out
}

// recountAll does so for a customer whose sale was taken out or put between
// others; of a store without comparisons it reads no sale.
func (t *tx) recountAll(storeID engine.ID, customers ...engine.ID) error {
	all, err := t.comparisons(storeID)
	if err != nil || len(all) == 0 {
		return err
	}
	for _, c := range customers {
		if err := t.recountTrials(storeID, c, all); err != nil {
			return err
		}
	}
	return nil
}

// reverseTrials looks at the comparisons anew when nothing of a sale is left:
// a voided one is no sale, and of one that came back in parts the coupon is
// given back.
func (t *tx) reverseTrials(r *reversing) error {
	if !r.whole || r.sale.CustomerID.IsZero() {
		return nil
	}
	return t.recountAll(r.actor.StoreID, r.sale.CustomerID)
}
