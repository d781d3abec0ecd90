package store

import (
	"cmp"
	"slices"

	"bounceback/engine"
)

// Numbers that said no to texts stand in a list of their own, by their keyed
// hash: it outlives the customer and covers numbers of nobody yet. Each
// channel has its own row, so that one can be lifted and another stays.

var (
	suppressionOf     = declare(`SELECT channel, at FROM suppression WHERE store_id = $1 AND phone_hash = $2 ORDER BY channel`)
	suppressionInsert = declare(`
INSERT INTO suppression (store_id, phone_hash, channel, at, staff_id, register_id)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`)
	// What a number said before it was a customer's, unless the customer's own
	// answer is what put it on the list.
	suppressionsHeard = declare(`
SELECT channel, at, staff_id, register_id FROM suppression p WHERE store_id = $1 AND phone_hash = $2
   AND NOT EXISTS (SELECT 1 FROM consent k
        WHERE k.store_id = p.store_id AND k.customer_id = $3 AND k.at = p.at AND k.channel = p.channel AND k.answer = 'no')
 ORDER BY channel`)
	suppressionLift = declare(`DELETE FROM suppression WHERE store_id = $1 AND phone_hash = $2 AND channel <> 'carrier'`)
)

// suppressed tells who said that a number (E.164) is to get no texts of a
// store, the carrier first, since nobody here can lift that; empty if nobody
// did, or there is no number.
func (t *tx) suppressed(storeID engine.ID, phone string) (by engine.Origin, err error) {
	if phone == "" {
		return "", nil
	}
	latest := engine.Instant(0)
	err = t.rows(suppressionOf, []any{storeID, t.d.keys.phone(storeID, phone)}, func(scan func(...any) error) error {
		var channel engine.Origin
		var at engine.Instant
		err := scan(&channel, &at)
		if by != engine.FromCarrier && (channel == engine.FromCarrier || by == "" || at > latest) {
			by, latest = channel, at
		}
		return err
	})
	return by, err
}

// heardNo is a no that stands on the list of numbers.
type heardNo struct {
	channel         engine.Origin
	at              engine.Instant
	staff, register []byte
}

// hear puts into the history of a customer who has a number from now on that
// somebody said no for it before: when, where, and who wrote it down.
func (t *tx) hear(storeID engine.ID, c engine.Customer) error {
	var all []heardNo
	args := []any{storeID, t.d.keys.phone(storeID, c.Phone.E164), c.ID}
	err := t.rows(suppressionsHeard, args, func(scan func(...any) error) error {
		var n heardNo
		err := scan(&n.channel, &n.at, &n.staff, &n.register)
		all = append(all, n)
		return err
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b heardNo) int { return cmp.Compare(a.at, b.at) })
	for _, n := range all {
		if _, err := t.exec(consentInsert, storeID, c.ID, t.newID(), n.at, engine.ConsentNo, "", n.channel, n.staff, n.register); err != nil {
			return err
		}
	}
	return nil
}

// suppress puts a number on the list by the actor's channel; added tells
// whether it was not there by that channel. A file adds nothing to what is
// there.
func (t *tx) suppress(a engine.Actor, phone string) (added bool, err error) {
	if a.Origin == engine.FromImport {
		if by, err := t.suppressed(a.StoreID, phone); err != nil || by != "" {
			return false, err
		}
	}
	n, err := t.exec(suppressionInsert, a.StoreID, t.d.keys.phone(a.StoreID, phone), a.Origin, t.now, a.StaffID[:], a.RegisterID[:])
	return n > 0, err
}

// unsuppress takes a number off the list, because its owner says yes; lifted
// tells whether it was there. What the carrier said stays.
func (t *tx) unsuppress(storeID engine.ID, phone string) (lifted bool, err error) {
	n, err := t.exec(suppressionLift, storeID, t.d.keys.phone(storeID, phone))
	return n > 0, err
}
