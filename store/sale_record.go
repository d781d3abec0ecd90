package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"bounceback/engine"
)

// RecordSale records a sale. In the one transaction the customer is made if
// new, the sale is priced by what the catalogue, the campaigns and their limits
// say at this moment, the wanted coupon is redeemed and the limits are counted
// by conditional updates, the stock is lowered, the next coupon is cut and its
// text queued. The same key gives the same sale again, with Repeated set.
//
// CodePriceChanged if something else is due than the cashier saw.
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
	case draft.Amount <= 0 && len(draft.Lines) == 0, draft.Amount != 0 && len(draft.Lines) > 0:
		return engine.BadInput(engine.CodeSaleAmount)
	case draft.Amount > engine.MaxAmount:
		return engine.BadInput(engine.CodeAmountTooLarge, "text", draft.Amount, "most", engine.MaxAmount)
	case utf8.RuneCountInString(draft.Reference) > engine.MaxReference:
		return engine.BadInput(engine.CodeReferenceLong, "most", engine.MaxReference)
	case utf8.RuneCountInString(draft.Source) > engine.MaxLabel, utf8.RuneCountInString(draft.Ad) > engine.MaxLabel:
		return engine.BadInput(engine.CodeCampaignText, "most", engine.MaxLabel)
	}
	if err := checkTyped(draft); err != nil {
		return err
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

// checkTyped refuses labels of a sale that would not be read as they are.
func checkTyped(d *engine.Draft) error {
	return firstError(engine.CheckClean("reference", d.Reference), engine.CheckClean("source", d.Source), engine.CheckClean("ad", d.Ad),
		engine.CheckClean("channel", d.Channel), engine.CheckClean("payment", d.Payment))
}

// ringing is a sale while it is being recorded.
type ringing struct {
	actor    engine.Actor
	draft    engine.Draft
	store    engine.Store
	customer engine.Customer
	coupon   *engine.Coupon
	business engine.Day
	offers   *readyOffers
	products map[string]engine.Product // by folded sku; without an id where there is none
	basket   engine.Basket
	result   engine.Result
	sale     engine.Sale
	short    []string // skus of which more was sold than there was
}

func (t *tx) recordSale(a engine.Actor, draft engine.Draft) (engine.Recorded, error) {
	if draft.Key != "" {
		again, found, err := t.recordedBefore(a, draft)
		if err != nil || found {
			return again, err
		}
	}
	r := &ringing{actor: a, draft: draft}
	for _, step := range []func(*ringing) error{t.lookUp, t.price} {
		if err := step(r); err != nil {
			return engine.Recorded{}, err
		}
	}
	return t.book(r)
}

// recordedBefore finds the sale of a key. The same key with other content is a
// fault of the face and is refused.
func (t *tx) recordedBefore(a engine.Actor, draft engine.Draft) (engine.Recorded, bool, error) {
	sale, err := t.saleWhere(saleByKey, a.StoreID, draft.Key)
	if errors.Is(err, &engine.Error{Code: engine.CodeSaleUnknown}) {
		return engine.Recorded{}, false, nil
	}
	if err == nil {
		err = t.fillSale(a.StoreID, &sale)
	}
	if err != nil {
		return engine.Recorded{}, false, err
	}
	if !sameSale(sale, draft) {
		return engine.Recorded{}, false, engine.Refuse(engine.CodeKeyReused, "at", sale.At, "amount", sale.Gross)
	}
	out, err := t.recorded(a, sale)
	out.Repeated = true
	return out, true, err
}

// sameSale tells whether a recorded sale is what a draft asks for: the same
// goods at the same prices, or the same amount.
func sameSale(sale engine.Sale, d engine.Draft) bool {
	if d.Reference != "" && d.Reference != sale.Reference {
		return false
	}
	bought := sale.Bought()
	if len(d.Lines) == 0 {
		return len(bought) == 0 && sale.Gross == d.Amount
	}
	return slices.EqualFunc(bought, d.Lines, func(was engine.SaleLine, l engine.Line) bool {
		return engine.FoldSKU(was.Line.SKU) == engine.FoldSKU(l.SKU) && was.Line.Units == l.Units &&
			was.Line.Weight == l.Weight && was.Line.Price == l.Price
	})
}

// recorded puts together what a recorded sale did.
func (t *tx) recorded(a engine.Actor, sale engine.Sale) (engine.Recorded, error) {
	t.maskSale(a, &sale)
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
		if err := t.maskCoupon(a, &c); err != nil {
			return out, err
		}
		out.Issued = &c
		if out.Message, err = t.firstMessage(a.StoreID, c); err != nil {
			return out, err
		}
		if out.Message == nil {
			out.NoText, err = t.whyNone(a.StoreID, c.CustomerID)
			return out, err
		}
	}
	return out, nil
}

// whyNone tells why a coupon of a customer, or of nobody, has no text.
func (t *tx) whyNone(storeID, customer engine.ID) (string, error) {
	st, err := t.store(storeID)
	if err != nil {
		return "", err
	}
	var to engine.Customer
	if !customer.IsZero() {
		if to, err = t.customer(storeID, customer); err != nil {
			return "", err
		}
	}
	return t.whyNoText(st, to)
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
