package store

import (
	"bounceback/engine"
)

var (
	lineInsert = declare(`
INSERT INTO sale_line (store_id, sale_id, no, sku, name, category, brand, tags, units, weight, price, floor, cost, no_discount,
                       given_by, gross, item_off, order_off, credit_off, runs)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`)
	linesOf = declare(`
SELECT no, sku, name, category, brand, tags, units, weight, price, floor, cost, no_discount, given_by, gross, item_off,
       order_off, credit_off, runs, returned
  FROM sale_line WHERE store_id = $1 AND sale_id = $2 ORDER BY no`)
	offerInsert = declare(`
INSERT INTO sale_offer (store_id, sale_id, no, campaign_id, kind, level, times, units, amount, spent, cuts, customer, day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`)
	offersOf = declare(`
SELECT o.campaign_id, g.title, o.kind, o.level, o.times, o.units, o.amount, o.cuts
  FROM sale_offer o JOIN campaign g ON g.store_id = o.store_id AND g.id = o.campaign_id
 WHERE o.store_id = $1 AND o.sale_id = $2 ORDER BY o.no`)
	chargeInsert = declare(`
INSERT INTO sale_charge (store_id, sale_id, no, method, gross, discount) VALUES ($1, $2, $3, $4, $5, $6)`)
	chargesOf = declare(`
SELECT method, gross, discount FROM sale_charge WHERE store_id = $1 AND sale_id = $2 ORDER BY no`)
)

// bookGoods writes the lines and the delivery charges of a sale.
func (t *tx) bookGoods(r *ringing) error {
	store, sale := r.actor.StoreID, r.sale.ID
	for _, s := range r.sale.Lines {
		l, res := s.Line, s.Result
		_, err := t.exec(lineInsert, store, sale, s.No, l.SKU, l.Name, l.Category, l.Brand, joinList(l.Tags), l.Units, l.Weight,
			l.Price, l.Floor, l.Cost, l.NoDiscount, s.GivenBy, res.Gross, res.Item, res.Order, res.Credit, writeRuns(res.Runs))
		if err != nil {
			return err
		}
	}
	for i, c := range r.sale.Charges {
		if _, err := t.exec(chargeInsert, store, sale, i+1, c.Method, c.Gross, c.Discount); err != nil {
			return err
		}
	}
	return nil
}

// bookOffers writes what each offer did and counts it against its limits. The
// coupon a sale earns is counted so only if its offer has limits: a usual sale
// writes nothing here.
func (t *tx) bookOffers(r *ringing) error {
	for i, o := range r.sale.Offers {
		u := use{offer: r.offers.offer(o.OfferID), units: o.Units, spent: o.Amount}
		if o.Kind == engine.KindGift {
			u.spent = u.offer.Gift.Value * engine.Minor(o.Units)
		}
		if err := t.bookOffer(r, i+1, o, u); err != nil {
			return err
		}
	}
	if r.result.Earned == nil {
		return nil
	}
	return t.bookEarned(r, *r.result.Earned)
}

// bookEarned counts the coupon a sale earns against the limits of its offer, if
// it has any.
func (t *tx) bookEarned(r *ringing, e engine.Earning) error {
	offer := r.offers.offer(e.OfferID)
	if offer.Limits == (engine.Limits{}) {
		return nil
	}
	if err := t.takeCoupon(r.actor.StoreID, offer); err != nil {
		return err
	}
	earned := engine.SaleOffer{OfferID: e.OfferID, Kind: engine.KindNextCoupon, Times: 1}
	return t.bookOffer(r, len(r.sale.Offers)+1, earned, use{offer: offer, spent: e.Face})
}

func (t *tx) bookOffer(r *ringing, no int, o engine.SaleOffer, u use) error {
	u.customer, u.today = r.customer.ID, r.store.Today(t.now)
	if err := t.takeUse(r.actor.StoreID, u); err != nil {
		return err
	}
	day := engine.Day(0)
	if u.perDay() {
		day = u.today
	}
	_, err := t.exec(offerInsert, r.actor.StoreID, r.sale.ID, no, o.OfferID, string(o.Kind), string(o.Level), o.Times, o.Units,
		o.Amount, u.spent, writeCuts(o.Lines), u.perCustomer(), day)
	return err
}

// fillSale reads the lines, offers and charges of a sale, and the coupon it would
// have earned. One it did earn is no offer here: the sale names it.
func (t *tx) fillSale(storeID engine.ID, s *engine.Sale) error {
	args := []any{storeID, s.ID}
	err := t.rows(linesOf, args, func(scan func(...any) error) error {
		l, err := scanSaleLine(scan)
		s.Lines = append(s.Lines, l)
		return err
	})
	if err != nil {
		return err
	}
	err = t.rows(offersOf, args, func(scan func(...any) error) error {
		o, err := scanOffer(scan)
		if o.Kind != engine.KindNextCoupon {
			s.Offers = append(s.Offers, o)
		}
		return err
	})
	if err != nil {
		return err
	}
	if s.Held, err = t.heldOf(storeID, s.ID); err != nil {
		return err
	}
	return t.rows(chargesOf, args, func(scan func(...any) error) error {
		var c engine.SaleCharge
		err := scan(&c.Method, &c.Gross, &c.Discount)
		c.Net = c.Gross - c.Discount
		s.Charges = append(s.Charges, c)
		return err
	})
}

func scanSaleLine(scan func(...any) error) (engine.SaleLine, error) {
	var s engine.SaleLine
	var tags, runs string
	l, res := &s.Line, &s.Result
	err := scan(&s.No, &l.SKU, &l.Name, &l.Category, &l.Brand, &tags, &l.Units, &l.Weight, &l.Price, &l.Floor, &l.Cost,
		&l.NoDiscount, &s.GivenBy, &res.Gross, &res.Item, &res.Order, &res.Credit, &runs, &s.Returned)
	if err != nil {
		return s, err
	}
	l.Tags, s.Gift = splitList(tags), !s.GivenBy.IsZero()
	res.Net = res.Gross - res.Discount()
	res.Runs, err = readRuns(runs)
	return s, err
}

func scanOffer(scan func(...any) error) (engine.SaleOffer, error) {
	var o engine.SaleOffer
	var cuts string
	err := scan(&o.OfferID, &o.Title, &o.Kind, &o.Level, &o.Times, &o.Units, &o.Amount, &cuts)
	if err != nil {
		return o, err
	}
	o.Lines, err = readCuts(cuts)
	return o, err
}
