package store

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// RecordSale records a sale. In the one transaction the customer is made if
// new, the wanted coupon is redeemed by a conditional update, the sale is
// priced by engine.Evaluate, the next coupon is cut and its text queued. The
// same key gives the same sale again, with Repeated set.
func (d *DB) RecordSale(ctx context.Context, a engine.Actor, draft engine.Draft) (engine.Recorded, error) {
	if err := checkDraft(a, &draft); err != nil {
		return engine.Recorded{}, err
	}
	var out engine.Recorded
	record := func(t *tx) (err error) {
		out, err = t.recordSale(a, draft)
		return err
	}
	err := d.write(ctx, record)
	if draft.Key != "" && errors.Is(err, &engine.Error{Code: engine.CodeOutcomeUnknown}) {
		// The commit erred: what is in the file decides. With the key in it the
		// sale is found and nothing is done; without, it is recorded now.
		err = d.write(ctx, record)
	}
	if err != nil {
		return engine.Recorded{}, err
	}
	return out, nil
}

func checkDraft(a engine.Actor, draft *engine.Draft) error {
	if err := a.Need(engine.MaySell); err != nil {
		return err
	}
	draft.Reference = strings.TrimSpace(draft.Reference)
	switch {
	case draft.Amount <= 0:
		return engine.BadInput(engine.CodeSaleAmount)
	case draft.Amount > engine.MaxAmount:
		return engine.BadInput(engine.CodeAmountTooLarge, "text", draft.Amount, "most", engine.MaxAmount)
	case utf8.RuneCountInString(draft.Reference) > engine.MaxReference:
		return engine.BadInput(engine.CodeReferenceLong, "most", engine.MaxReference)
	}
	if draft.Use == engine.UseCode {
		code, err := engine.ParseCode(draft.Code)
		if err != nil {
			return err
		}
		draft.Code = code
	}
	if draft.Channel == "" {
		draft.Channel = "counter"
	}
	return nil
}

// ringing is a sale while it is being recorded.
type ringing struct {
	actor    engine.Actor
	draft    engine.Draft
	store    engine.Store
	customer engine.Customer
	coupon   *engine.Coupon
	business engine.Day
	result   engine.Result
	sale     engine.Sale
}

func (t *tx) recordSale(a engine.Actor, draft engine.Draft) (engine.Recorded, error) {
	if draft.Key != "" {
		again, found, err := t.recordedBefore(a, draft)
		if err != nil || found {
			return again, err
		}
	}
	r := &ringing{actor: a, draft: draft}
	for _, step := range []func(*ringing) error{t.lookUp, t.chooseCoupon, t.price} {
		if err := step(r); err != nil {
			return engine.Recorded{}, err
		}
	}
	return t.book(r)
}

// recordedBefore finds the sale of a key. The same key with another amount is
// a fault of the face and is refused.
func (t *tx) recordedBefore(a engine.Actor, draft engine.Draft) (engine.Recorded, bool, error) {
	sale, err := t.saleWhere(saleByKey, a.StoreID, draft.Key)
	if errors.Is(err, &engine.Error{Code: engine.CodeSaleUnknown}) {
		return engine.Recorded{}, false, nil
	}
	if err != nil {
		return engine.Recorded{}, false, err
	}
	if sale.Gross != draft.Amount || draft.Reference != "" && draft.Reference != sale.Reference {
		return engine.Recorded{}, false, engine.Refuse(engine.CodeKeyReused, "at", sale.At, "amount", sale.Gross)
	}
	out, err := t.recorded(a, sale)
	out.Repeated = true
	return out, true, err
}

// recorded puts together what a recorded sale did.
func (t *tx) recorded(a engine.Actor, sale engine.Sale) (engine.Recorded, error) {
	out := engine.Recorded{Sale: sale}
	if !sale.RedeemedID.IsZero() {
		c, err := t.coupon(a.StoreID, sale.RedeemedID)
		if err != nil {
			return out, err
		}
		out.Redeemed = &c
	}
	if !sale.IssuedID.IsZero() {
		c, err := t.coupon(a.StoreID, sale.IssuedID)
		if err != nil {
			return out, err
		}
		out.Issued = &c
		if out.Message, err = t.firstMessage(a.StoreID, c); err != nil {
			return out, err
		}
	}
	return out, nil
}

// firstMessage is the first text of a coupon, nil if none was queued.
func (t *tx) firstMessage(storeID engine.ID, c engine.Coupon) (*engine.Message, error) {
	m := engine.Message{CouponID: c.ID, CouponCode: c.Code, CustomerID: c.CustomerID, Customer: c.Customer}
	var body []byte
	found, err := t.row(couponFirstText, []any{storeID, c.CustomerID, c.ID},
		&m.ID, &m.Kind, &m.State, &body, &m.Encoding, &m.Parts, &m.Due)
	if err != nil || !found {
		return nil, err
	}
	if m.Created = m.ID.Instant(); body != nil {
		m.Body, err = t.d.keys.open("message", "body", m.ID, body)
	}
	return &m, err
}

// lookUp reads the store and the customer and checks clock, date and reference.
func (t *tx) lookUp(r *ringing) (err error) {
	if r.store, err = t.store(r.actor.StoreID); err != nil {
		return err
	}
	if err := t.checkClock(r); err != nil {
		return err
	}
	today := r.store.Today(t.now)
	if r.business = r.draft.Business; r.business == 0 {
		r.business = today
	}
	if err := engine.CheckBusiness(r.business, today); err != nil {
		return err
	}
	if err := t.checkReference(r); err != nil {
		return err
	}
	if !r.draft.Customer.None() {
		r.customer, _, err = t.customerByRef(r.actor, r.draft.Customer)
	}
	return err
}

// clockSlack is how far the clock may step back without a question: what
// keeping time by the network does.
const clockSlack = 10 * time.Minute

// checkClock refuses to date a sale before what was recorded last, unless a
// person has said that the clock is right now.
func (t *tx) checkClock(r *ringing) error {
	var last engine.Instant
	found, err := t.row(lastAudit, []any{r.actor.StoreID}, &last)
	if err != nil || !found || r.draft.ClockConfirmed || t.now.Add(clockSlack) >= last {
		return err
	}
	return engine.Refuse(engine.CodeClockBack, "now", t.now, "last", last)
}

func (t *tx) checkReference(r *ringing) error {
	if r.draft.Reference == "" {
		return nil
	}
	sale, err := t.saleWhere(saleByReference, r.actor.StoreID, r.draft.Reference)
	if errors.Is(err, &engine.Error{Code: engine.CodeSaleUnknown}) {
		return nil
	}
	if err != nil {
		return err
	}
	return engine.Refuse(engine.CodeReferenceUsed, "reference", r.draft.Reference, "at", sale.At, "till", sale.Register, "amount", sale.Gross)
}

// chooseCoupon finds the coupon the sale is to redeem and applies the guards
// against fraud to it.
func (t *tx) chooseCoupon(r *ringing) error {
	a := r.actor
	switch r.draft.Use {
	case engine.UseCode:
		c, err := t.couponOfCode(a.StoreID, r.draft.Code)
		if err != nil {
			return err
		}
		r.coupon = &c
	case engine.UseBest:
		if r.customer.ID.IsZero() {
			return nil
		}
		held, err := t.openCoupons(a.StoreID, r.customer.ID)
		if err != nil {
			return err
		}
		if i := engine.BestCoupon(held, r.draft.Amount, r.store.Step, t.now, r.customer.ID, a.RegisterID); i >= 0 {
			r.coupon = &held[i]
		}
	}
	if r.coupon == nil {
		return nil
	}
	return t.guard(r)
}

// guard refuses what looks like fraud: staff redeeming to themselves, too many
// redemptions of one customer in a day or at one register in an hour.
func (t *tx) guard(r *ringing) error {
	a, set := r.actor, r.store.Settings
	var n int64
	if !r.customer.ID.IsZero() {
		if _, err := t.row(staffIsCustomer, []any{a.StoreID, a.StaffID, r.customer.ID}, &n); err != nil {
			return err
		}
		if n > 0 {
			return engine.Refuse(engine.CodeCouponStaff, "staff", a.Staff)
		}
		from := engine.FirstID(r.store.Today(t.now).Start(r.store.Zone()))
		if _, err := t.row(redeemedByCustomer, []any{a.StoreID, r.customer.ID, from}, &n); err != nil {
			return err
		}
		if most := set.Count(engine.SetPerCustomer); n >= most {
			return engine.Refuse(engine.CodeGuardCustomer, "n", int(most))
		}
	}
	from := engine.FirstID(t.now.Add(-time.Hour))
	if _, err := t.row(redeemedAtRegister, []any{a.StoreID, from, a.RegisterID}, &n); err != nil {
		return err
	}
	if most := set.Count(engine.SetPerRegister); n >= most {
		return engine.Refuse(engine.CodeGuardRegister, "n", int(most), "till", a.Register)
	}
	return nil
}

// price evaluates the sale by the campaigns of its business date.
func (t *tx) price(r *ringing) error {
	campaigns, err := t.activeCampaigns(r.actor.StoreID)
	if err != nil {
		return err
	}
	r.result, err = engine.Evaluate(
		engine.Basket{Amount: r.draft.Amount, Business: r.business},
		engine.Offers(campaigns, r.business),
		engine.Facts{Now: t.now, Store: r.store, Register: r.actor.RegisterID, Customer: r.customer.ID, Coupon: r.coupon},
	)
	if err == nil && r.draft.Use == engine.UseCode {
		err = r.result.Refused
	}
	return err
}

// book writes everything the sale did.
func (t *tx) book(r *ringing) (engine.Recorded, error) {
	a, res := r.actor, r.result
	r.sale = engine.Sale{
		ID: t.newID(), Key: r.draft.Key, Reference: r.draft.Reference, At: t.now, Business: r.business,
		Gross: res.Gross, Discount: res.Discount, Net: res.Net, State: engine.SaleCompleted,
		CustomerID: r.customer.ID, Customer: r.customer.Label(), StaffID: a.StaffID, Staff: a.Staff,
		RegisterID: a.RegisterID, Register: a.Register, Channel: r.draft.Channel, Payment: r.draft.Payment, Origin: a.Origin,
	}
	r.sale.Levels = res.Levels()
	r.sale.Levels.Credit = res.Discount - r.sale.Levels.Item - r.sale.Levels.Order
	out := engine.Recorded{Rejected: res.Rejected}
	if res.Coupon != nil {
		r.sale.RedeemedID, r.sale.RedeemedCode = res.Coupon.CouponID, res.Coupon.Code
	}
	if res.Earned != nil {
		r.sale.IssuedID = t.newID()
	}
	if err := t.insertSale(a.StoreID, r.sale); err != nil {
		return out, err
	}
	if err := t.bookRedeemed(r, &out); err != nil {
		return out, err
	}
	if err := t.bookIssued(r, &out); err != nil {
		return out, err
	}
	if err := t.bookSums(r); err != nil {
		return out, err
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
	return facts(pairs...)
}

// bookRedeemed marks the redeemed coupon. The condition of the update decides
// between two tills.
func (t *tx) bookRedeemed(r *ringing, out *engine.Recorded) error {
	if r.result.Coupon == nil {
		return nil
	}
	a, c := r.actor, *r.coupon
	ok, err := t.changed(couponRedeem, a.StoreID, c.ID, t.now, r.sale.ID, r.result.Coupon.Amount, a.StaffID, a.RegisterID)
	if err != nil {
		return err
	}
	if !ok {
		return t.whyNot(a, c.ID)
	}
	if err := t.cancelMessages(a.StoreID, c.ID, c.CustomerID, reasonRedeemed); err != nil {
		return err
	}
	c.State, c.Redeemed, c.RedeemedSale, c.RedeemedMinor = engine.CouponRedeemed, t.now, r.sale.ID, r.result.Coupon.Amount
	c.RedeemedBy, c.RedeemedAt, c.ReservedBy, c.ReservedAt, c.ReservedUntil = a.Staff, a.Register, engine.ID{}, "", 0
	out.Redeemed = &c
	return t.addCoupons(a.StoreID, c.CampaignID, c.LastDay, couponSums{
		Redeemed: 1, RedeemedFace: c.Face, DiscountGiven: r.result.Coupon.Amount, RedeemingNet: r.sale.Net,
	})
}

// bookIssued cuts the earned coupon and queues its text.
func (t *tx) bookIssued(r *ringing, out *engine.Recorded) error {
	if r.result.Earned == nil {
		return nil
	}
	a, e := r.actor, *r.result.Earned
	c, err := t.issueCoupon(a.StoreID, r.sale.IssuedID, r.sale.ID, r.customer.ID, e)
	if err != nil {
		return err
	}
	c.Customer = r.sale.Customer
	r.sale.IssuedCode, r.sale.IssuedFace = c.Code, c.Face
	out.Issued = &c
	if err := t.addCoupons(a.StoreID, c.CampaignID, c.LastDay, couponSums{Issued: 1, IssuedFace: c.Face}); err != nil {
		return err
	}
	out.Message, err = t.queueCouponText(a, r.store, c, r.customer)
	return err
}

// queueCouponText queues the first text of a coupon for a customer who wants
// texts; otherwise it gives nil.
func (t *tx) queueCouponText(a engine.Actor, st engine.Store, c engine.Coupon, to engine.Customer) (*engine.Message, error) {
	if to.Consent != engine.ConsentYes || to.Phone.E164 == "" || !st.Settings.Flag(engine.SetTexts) {
		return nil, nil //nolint:nilnil // no text is a result
	}
	f, err := t.d.format(st)
	if err != nil {
		return nil, err
	}
	campaign, err := t.campaign(a.StoreID, c.CampaignID)
	if err != nil {
		return nil, err
	}
	m, err := t.queueMessage(a, newMessage{
		Kind: delivery.KindCoupon, CouponID: c.ID, CustomerID: to.ID, To: to.Phone.E164, Due: t.now,
		Body: delivery.CouponText(f, st, c, campaign.OfferText, campaign.Link, to.FirstName()),
	})
	if err != nil {
		return nil, err
	}
	m.CouponCode, m.Customer = c.Code, to.Label()
	return &m, nil
}

// bookSums keeps the customer's facts and the sums of the day.
func (t *tx) bookSums(r *ringing) error {
	s := r.sale
	if !s.CustomerID.IsZero() {
		if _, err := t.exec(customerBought, r.actor.StoreID, s.CustomerID, s.Net, s.Business); err != nil {
			return err
		}
	}
	return t.addDay(r.actor.StoreID, s.Business, sums(s, 1))
}
