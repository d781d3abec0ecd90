package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"maps"
	"slices"
	"unicode/utf8"

	"bounceback/engine"
)

var (
	saleKeyUsed      = declare(`SELECT id FROM sale WHERE store_id = $1 AND key = $2`)
	customerImported = declare(`
UPDATE customer SET visits = visits + $3, spent = spent + $4, last_day = CASE WHEN last_day < $6 THEN $6 ELSE last_day END,
       before_day = CASE WHEN last_day <= $7 THEN $7 WHEN last_day <= $6 THEN last_day WHEN before_day < $6 THEN $6 ELSE before_day END,
       first_day = CASE WHEN first_day = 0 OR first_day > $5 THEN $5 ELSE first_day END
 WHERE store_id = $1 AND id = $2`)
)

// noon is when on its day an imported sale is said to have been, in
// milliseconds: a file knows the day alone, and noon stays on it even if the
// store's time zone is corrected later.
const noon = 12 * 60 * 60 * 1000

// salesImport is one batch of ImportSales: what its rows add up to is written
// once at the end.
type salesImport struct {
	tx        *tx
	actor     engine.Actor
	store     engine.Store
	today     engine.Day
	campaigns []engine.Campaign
	issue     bool

	customers map[engine.CustomerRef]engine.ID
	known     map[engine.ID]engine.Customer // as of the last row: what addVisit asks of them
	visits    visitChange
	bought    map[engine.ID]purchases
	days      map[engine.Day]daySums
	coupons   map[couponSpan]couponSums
	added     int64
	issued    int64
	sum       engine.Minor
	keys      hash.Hash
}

// purchases is what a batch adds to a customer's facts.
type purchases struct {
	visits      int64
	spent       engine.Minor
	first, last engine.Day
	before      engine.Day // the last but one; 0 of one
}

// ImportSales records sales of the past in one transaction, without texts.
// With issue each earns its coupon under the campaigns stored as active that
// ran on its business date, and nobody is held back: whether there was a coupon
// was decided then. A row whose key is in the store adds nothing; one
// that is refused stops no other.
func (d *DB) ImportSales(ctx context.Context, a engine.Actor, rows []engine.ImportSale, issue bool) ([]engine.ImportOutcome, error) {
	if err := a.Need(engine.MayImport); err != nil {
		return nil, err
	}
	a.Origin = engine.FromImport
	var out []engine.ImportOutcome
	err := d.write(ctx, func(t *tx) error {
		in, err := t.newSalesImport(a, issue)
		if err != nil {
			return err
		}
		out = make([]engine.ImportOutcome, 0, len(rows))
		for _, row := range rows {
			o := engine.ImportOutcome{Line: row.Line}
			o.Added, o.Issued, o.Err = in.add(row)
			if o.Err != nil && engine.ClassOf(o.Err) == engine.Fault {
				return o.Err
			}
			out = append(out, o)
		}
		return in.finish()
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (t *tx) newSalesImport(a engine.Actor, issue bool) (*salesImport, error) {
	st, err := t.store(a.StoreID)
	if err != nil {
		return nil, err
	}
	campaigns, err := t.activeCampaigns(a.StoreID)
	return &salesImport{
		tx: t, actor: a, store: st, today: st.Today(t.now), campaigns: campaigns, issue: issue,
		customers: map[engine.CustomerRef]engine.ID{}, known: map[engine.ID]engine.Customer{}, visits: newVisitChange(),
		bought: map[engine.ID]purchases{},
		days:   map[engine.Day]daySums{}, coupons: map[couponSpan]couponSums{}, keys: sha256.New(),
	}, err
}

// add records one row. Everything that may refuse it comes before anything is
// written for it.
func (in *salesImport) add(row engine.ImportSale) (added, issued bool, err error) {
	if err := in.check(row); err != nil {
		return false, false, err
	}
	if row.Key != "" {
		var id engine.ID
		found, err := in.tx.row(saleKeyUsed, []any{in.actor.StoreID, row.Key}, &id)
		if err != nil || found {
			return false, false, err
		}
	}
	if err := in.tx.checkReference(&ringing{actor: in.actor, draft: engine.Draft{Reference: row.Reference}}); err != nil {
		return false, false, err
	}
	earned, err := in.earns(row)
	if err != nil {
		return false, false, err
	}
	customer, err := in.customer(engine.CustomerRef{Number: row.Number, Phone: row.Phone, Name: row.Name})
	if err != nil {
		return false, false, err
	}
	return true, earned != nil, in.book(row, customer, earned)
}

func (in *salesImport) check(row engine.ImportSale) error {
	switch {
	case row.Amount < 0:
		return engine.BadInput(engine.CodeAmountNegative)
	case row.Amount > engine.MaxAmount:
		return engine.BadInput(engine.CodeAmountTooLarge, "text", row.Amount, "most", engine.MaxAmount)
	case row.Business <= 0:
		return engine.BadDate(row.Business.String())
	case row.Business > in.today+engine.DaysAhead:
		return engine.Refuse(engine.CodeDateAhead, "day", row.Business, "last", in.today+engine.DaysAhead)
	case utf8.RuneCountInString(row.Reference) > engine.MaxReference:
		return engine.BadInput(engine.CodeReferenceLong, "most", engine.MaxReference)
	}
	return engine.CheckClean("reference", row.Reference)
}

// earns finds the coupon of the row; nil if it earns none or none is to be
// issued. What was paid is what the row says: other offers take no part.
func (in *salesImport) earns(row engine.ImportSale) (*engine.Earning, error) {
	if !in.issue {
		return nil, nil //nolint:nilnil // no coupon is a result
	}
	offers := slices.DeleteFunc(engine.Offers(in.campaigns, row.Business), func(o engine.Offer) bool {
		return o.Kind != engine.KindNextCoupon
	})
	usage, err := in.usage(row, offers)
	if err != nil {
		return nil, err
	}
	r, err := engine.Evaluate(engine.Basket{Amount: row.Amount, Business: row.Business, Channel: importChannel}, offers, engine.Facts{
		Now: in.at(row), Store: in.store, Usage: usage, Person: engine.Person{Known: row.Number != "" || row.Phone != ""},
	})
	return r.Earned, err
}

// usage reads what was used of the coupons' limits, by the row's customer too.
func (in *salesImport) usage(row engine.ImportSale, offers []engine.Offer) (map[engine.ID]engine.Usage, error) {
	limited := slices.ContainsFunc(offers, func(o engine.Offer) bool { return o.Limits != (engine.Limits{}) })
	ref := engine.CustomerRef{Number: row.Number, Phone: row.Phone}
	if !limited || ref.None() {
		return in.tx.usage(in.actor.StoreID, offers, engine.ID{}, in.today)
	}
	c, err := in.tx.findByRef(in.actor.StoreID, ref)
	if err != nil {
		return nil, err
	}
	return in.tx.usage(in.actor.StoreID, offers, c.ID, in.today)
}

// importChannel is how imported sales say they were made.
const importChannel = "import"

// at is when the sale of a row is said to have been.
func (in *salesImport) at(row engine.ImportSale) engine.Instant {
	return min(row.Business.Start(in.store.Zone())+noon, in.tx.now)
}

// customer finds or makes the row's customer; those of the batch are
// remembered.
func (in *salesImport) customer(ref engine.CustomerRef) (engine.ID, error) {
	if id, ok := in.customers[ref]; ok {
		return id, nil
	}
	c, _, err := in.tx.customerByRef(in.actor, ref)
	if err == nil {
		in.customers[ref] = c.ID
		if _, ok := in.known[c.ID]; !ok {
			in.known[c.ID] = c
		}
	}
	return c.ID, err
}

func (in *salesImport) book(row engine.ImportSale, customer engine.ID, earned *engine.Earning) error {
	at := in.at(row)
	a, ids := in.actor, in.tx.d.ids
	s := engine.Sale{
		ID: ids.New(at), Key: row.Key, Reference: row.Reference, Business: row.Business, Gross: row.Amount, Net: row.Amount,
		CustomerID: customer, StaffID: a.StaffID, RegisterID: a.RegisterID, Channel: importChannel, Origin: a.Origin,
	}
	if earned != nil {
		s.IssuedID = ids.New(at)
	}
	if err := in.tx.insertSale(a.StoreID, s); err != nil {
		return err
	}
	if earned != nil {
		r := &ringing{
			actor: a, store: in.store, customer: engine.Customer{ID: customer}, sale: s,
			offers: &readyOffers{offers: []engine.Offer{in.offer(earned.OfferID)}},
		}
		if err := in.tx.bookEarned(r, *earned); err != nil {
			return err
		}
	}
	in.count(s, earned)
	if err := in.visit(s); err != nil || earned == nil {
		return err
	}
	if err := in.countLimited(s, earned); err != nil {
		return err
	}
	_, err := in.tx.issueCoupon(a.StoreID, s.IssuedID, s.ID, customer, *earned)
	return err
}

// visit counts a sale among those of its customer, which
// earlier rows of the batch are among.
func (in *salesImport) visit(s engine.Sale) error {
	if s.CustomerID.IsZero() {
		return nil
	}
	was := in.known[s.CustomerID]
	if err := in.tx.addVisit(in.visits, in.store, was, s); err != nil {
		return err
	}
	if was.Visits == 0 || s.Business < was.FirstDay {
		was.FirstDay = s.Business
	}
	was.Visits, was.LastDay = was.Visits+1, max(was.LastDay, s.Business)
	in.known[s.CustomerID] = was
	return nil
}

// count adds a sale to the sums of the batch.
func (in *salesImport) count(s engine.Sale, earned *engine.Earning) {
	in.added++
	in.sum += s.Net
	_, _ = in.keys.Write([]byte(s.Key + "\n")) // hashes do not fail
	day, more := in.days[s.Business], sums(s, 1)
	day.Sales, day.Issued, day.Known = day.Sales+more.Sales, day.Issued+more.Issued, day.Known+more.Known
	day.Gross, day.Net = day.Gross+more.Gross, day.Net+more.Net
	in.days[s.Business] = day
	if !s.CustomerID.IsZero() {
		in.bought[s.CustomerID] = in.bought[s.CustomerID].with(s)
	}
	if earned == nil {
		return
	}
	in.issued++
	span := spanFor(earned.OfferID, s, earned.LastDay)
	c := in.coupons[span]
	c.Issued, c.IssuedFace = c.Issued+1, c.IssuedFace+earned.Face
	in.coupons[span] = c
}

// offer is the offer of one of the campaigns.
func (in *salesImport) offer(id engine.ID) engine.Offer {
	i := slices.IndexFunc(in.campaigns, func(c engine.Campaign) bool { return c.ID == id })
	return in.campaigns[i].Offer()
}

// countLimited writes the sums of a coupon whose number is limited at once: the
// next row is judged by them.
func (in *salesImport) countLimited(sale engine.Sale, e *engine.Earning) error {
	if in.offer(e.OfferID).Limits.Coupons == 0 {
		return nil
	}
	span := spanFor(e.OfferID, sale, e.LastDay)
	s := in.coupons[span]
	delete(in.coupons, span)
	return in.tx.addCoupons(in.actor.StoreID, span, s)
}

func (p purchases) with(s engine.Sale) purchases {
	if p.visits == 0 || s.Business < p.first {
		p.first = s.Business
	}
	p.last, p.before = max(p.last, s.Business), max(p.before, min(p.last, s.Business))
	p.visits, p.spent = p.visits+1, p.spent+s.Net
	return p
}

// finish writes the sums of the batch and one audit entry; a batch that added
// nothing leaves no trace.
func (in *salesImport) finish() error {
	if in.added == 0 {
		return nil
	}
	store := in.actor.StoreID
	for day, s := range in.days {
		if err := in.tx.addDay(store, day, s); err != nil {
			return err
		}
	}
	if err := in.tx.addVisits(store, in.visits); err != nil {
		return err
	}
	for span, s := range in.coupons {
		if err := in.tx.addCoupons(store, span, s); err != nil {
			return err
		}
	}
	for id, p := range in.bought {
		if _, err := in.tx.exec(customerImported, store, id, p.visits, p.spent, p.first, p.last, p.before); err != nil {
			return err
		}
	}
	if err := in.tx.recountAll(store, slices.Collect(maps.Keys(in.bought))...); err != nil {
		return err
	}
	detail := facts("added", in.added, "issued", in.issued, "sum", in.sum, "keys", hex.EncodeToString(in.keys.Sum(nil)))
	return in.tx.audit(in.actor, "import.sales", "sale", in.tx.newID(), detail, "")
}
