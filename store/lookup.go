package store

import (
	"context"
	"errors"

	"bounceback/engine"
)

// Wrong codes are counted in the file, so that neither a restart nor another
// till gives more of them. A look-up that is locked is not answered, and not
// counted: the lock ends by itself.

// missDays is how long wrong codes are kept.
const missDays = 90

// The n-th latest wrong code of a scope within a span of ids; $4 is n − 1. They
// are few: beyond its limit no scope adds any.
var (
	missOfStore = declare(`
SELECT id FROM lookup_miss WHERE store_id = $1 AND id >= $2 AND id < $3 ORDER BY id DESC LIMIT 1 OFFSET $4`)
	missOfTill = declare(`
SELECT id FROM lookup_miss WHERE store_id = $1 AND id >= $2 AND id < $3 AND register_id = $5 AND staff_id = $6 ORDER BY id DESC LIMIT 1 OFFSET $4`)
	missOfStaff = declare(`
SELECT id FROM lookup_miss WHERE store_id = $1 AND id >= $2 AND id < $3 AND staff_id = $5 ORDER BY id DESC LIMIT 1 OFFSET $4`)
	missInsert = declare(`
INSERT INTO lookup_miss (store_id, id, staff_id, register_id, origin) VALUES ($1, $2, $3, $4, $5)`)
	missPrune   = declare(`DELETE FROM lookup_miss WHERE store_id = $1 AND id < $2`)
	couponKnown = declare(`SELECT id FROM coupon WHERE store_id = $1 AND code_hash = $2`)
)

// lookupOpen refuses an actor who at this till, or anywhere, or whose store has
// looked up too many wrong codes. A till is locked for who tried there alone:
// who names another's till would lock it otherwise.
func (t *tx) lookupOpen(a engine.Actor) error {
	st, err := t.store(a.StoreID)
	if err != nil {
		return err
	}
	for _, l := range engine.LookupLimits(st.Settings) {
		until, err := t.lookupLocked(a, l)
		if err != nil {
			return err
		}
		if until != 0 {
			return l.Locked(a, until)
		}
	}
	return nil
}

// lookupLocked gives until when a scope is locked, 0 if it is not: until the
// earliest of as many wrong codes as the limit no longer counts. Ones of the
// future, by a clock that was wrong, do not count.
func (t *tx) lookupLocked(a engine.Actor, l engine.LookupLimit) (engine.Instant, error) {
	if l.Most == 0 {
		return 0, nil
	}
	s, args := missOfStore, []any{a.StoreID, engine.FirstID(t.now - l.Span() + 1), engine.FirstID(t.now.Add(clockSlack)), l.Most - 1}
	switch l.Scope {
	case engine.LookupTill:
		s, args = missOfTill, append(args, a.RegisterID, a.StaffID)
	case engine.LookupStaff:
		s, args = missOfStaff, append(args, a.StaffID)
	case engine.LookupStore:
	}
	var first engine.ID
	found, err := t.row(s, args, &first)
	if err != nil || !found {
		return 0, err
	}
	return first.Instant() + l.Span(), nil
}

// missed counts a wrong code, unless the look-up is locked meanwhile, and writes
// each lock it leads to into the audit log.
func (t *tx) missed(a engine.Actor) error {
	if err := t.lookupOpen(a); err != nil {
		return err
	}
	if _, err := t.exec(missInsert, a.StoreID, t.newID(), a.StaffID, a.RegisterID, string(a.Origin)); err != nil {
		return err
	}
	if _, err := t.exec(missPrune, a.StoreID, engine.FirstID(t.now-missDays*24*msHour)); err != nil {
		return err
	}
	return t.auditLocks(a)
}

// auditLocks writes what is locked by the wrong code just counted: before it
// nothing was.
func (t *tx) auditLocks(a engine.Actor) error {
	st, err := t.store(a.StoreID)
	if err != nil {
		return err
	}
	subjects := map[engine.LookupScope]engine.ID{engine.LookupTill: a.RegisterID, engine.LookupStaff: a.StaffID, engine.LookupStore: a.StoreID}
	names := map[engine.LookupScope]string{engine.LookupTill: "register", engine.LookupStaff: "staff", engine.LookupStore: "store"}
	for _, l := range engine.LookupLimits(st.Settings) {
		until, err := t.lookupLocked(a, l)
		if err == nil && until != 0 {
			err = t.audit(a, "lookup.locked", names[l.Scope], subjects[l.Scope], facts("wrong_codes", l.Most, "minutes", l.Minutes), "")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lookUpCode runs a look-up of a code on a read-only connection and counts it if
// nobody has that code: then it gives CodeCouponUnknown, or that the look-up is
// locked if others were quicker.
func (d *DB) lookUpCode(ctx context.Context, a engine.Actor, find func(*tx) error) error {
	err := d.read(ctx, func(t *tx) error {
		if err := t.lookupOpen(a); err != nil {
			return err
		}
		return find(t)
	})
	if !errors.Is(err, &engine.Error{Code: engine.CodeCouponUnknown}) {
		return err
	}
	if failed := d.write(ctx, func(t *tx) error { return t.missed(a) }); failed != nil {
		return failed
	}
	return err
}

// couponRedeeming finds the coupon of a code that a sale is to redeem. A wrong
// one counts although the sale is not recorded. While look-ups are locked, the
// sale's own customer's coupons and those the till holds are redeemed all the
// same: they were not found by trying codes.
func (t *tx) couponRedeeming(r *ringing) (engine.Coupon, error) {
	a := r.actor
	c, err := t.couponOfCode(a.StoreID, r.draft.Code)
	if err == nil && (!c.CustomerID.IsZero() && c.CustomerID == r.customer.ID || c.ReservedBy == a.RegisterID) {
		return c, nil
	}
	if locked := t.lookupOpen(a); locked != nil {
		return engine.Coupon{}, locked
	}
	if errors.Is(err, &engine.Error{Code: engine.CodeCouponUnknown}) {
		t.penalty = func(t *tx) error {
			if err := t.missed(a); err != nil && !engine.LookupLocked(err) {
				return err
			}
			return nil
		}
	}
	return c, err
}

// codeKnown tells whether a coupon has a code. A wrong one counts.
func (d *DB) codeKnown(ctx context.Context, a engine.Actor, code string) (bool, error) {
	err := d.lookUpCode(ctx, a, func(t *tx) error {
		found, err := t.row(couponKnown, []any{a.StoreID, t.d.keys.code(a.StoreID, code)}, &engine.ID{})
		if err == nil && !found {
			err = engine.Refuse(engine.CodeCouponUnknown)
		}
		return err
	})
	if errors.Is(err, &engine.Error{Code: engine.CodeCouponUnknown}) {
		return false, nil
	}
	return err == nil, err
}
