package store

import (
	"context"

	"bounceback/engine"
)

var (
	carrierListed = declare(`SELECT phone_hash FROM suppression WHERE store_id = $1 AND channel = 'carrier' ORDER BY phone_hash`)
	carrierLift   = declare(`DELETE FROM suppression WHERE store_id = $1 AND phone_hash = $2 AND channel = 'carrier'`)
	messageTo     = declare(`SELECT to_sealed FROM message WHERE store_id = $1 AND id = $2 AND to_sealed IS NOT NULL`)
	customerStops = declare(`UPDATE customer SET consent = 'no', consent_at = $3 WHERE store_id = $1 AND id = $2`)
)

// carrierNews is how the carrier's list differs from what a store has of it, by
// hashes of numbers.
type carrierNews struct {
	store       engine.ID
	added, gone [][]byte
}

// SaveOptedOut records the carrier's whole list of numbers that said stop, for
// all stores of the file. Of a number that is new on it the owner's consent is
// withdrawn and queued texts are taken back; one that is on it no longer may be
// asked again. The hashing and comparing is done before others have to wait.
func (d *DB) SaveOptedOut(ctx context.Context, numbers []string, at engine.Instant) error {
	var news []carrierNews
	err := d.read(ctx, func(t *tx) error {
		all, err := t.allStores()
		if err != nil {
			return err
		}
		for _, st := range all {
			n, err := t.carrierNews(st.ID, numbers)
			if err != nil {
				return err
			}
			news = append(news, n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.write(ctx, func(t *tx) error {
		for _, n := range news {
			if err := t.takeCarrierNews(n); err != nil {
				return err
			}
			if _, err := t.exec(healthSynced, n.store, len(numbers), at); err != nil {
				return err
			}
		}
		return nil
	})
}

// carrierNews compares the carrier's list with what a store has of it.
func (t *tx) carrierNews(storeID engine.ID, numbers []string) (carrierNews, error) {
	news := carrierNews{store: storeID}
	had := map[string]bool{}
	err := t.rows(carrierListed, []any{storeID}, func(scan func(...any) error) error {
		var hash []byte
		err := scan(&hash)
		had[string(hash)] = true
		return err
	})
	if err != nil {
		return news, err
	}
	for _, number := range numbers {
		hash := t.d.keys.phone(storeID, number)
		if _, known := had[string(hash)]; !known {
			news.added = append(news.added, hash)
		}
		had[string(hash)] = false // it is on both now
	}
	for hash, left := range had {
		if left {
			news.gone = append(news.gone, []byte(hash))
		}
	}
	return news, nil
}

// takeCarrierNews brings a store's list up to date, with one audit entry if
// that changed anything.
func (t *tx) takeCarrierNews(n carrierNews) error {
	a := engine.Actor{StoreID: n.store, Origin: engine.FromCarrier}
	var added, stopped, gone int64
	for _, hash := range n.added {
		c, err := t.exec(suppressionInsert, n.store, hash, a.Origin, t.now, a.StaffID[:], a.RegisterID[:])
		if err != nil {
			return err
		}
		if c == 0 {
			continue // another worker was quicker
		}
		added++
		said, err := t.carrierStops(a, hash)
		if err != nil {
			return err
		}
		stopped += said
	}
	for _, hash := range n.gone {
		c, err := t.exec(carrierLift, n.store, hash)
		if err != nil {
			return err
		}
		gone += c
	}
	if added == 0 && gone == 0 {
		return nil
	}
	return t.audit(a, "texts.opted_out", "store", n.store, facts("added", added, "customers", stopped, "gone", gone), "")
}

// carrierStops withdraws the consent of a number's owner; it gives 1 if there
// is one who had not said no already.
func (t *tx) carrierStops(a engine.Actor, hash []byte) (int64, error) {
	c, found, err := t.customerWhere(customerByPhone, a.StoreID, hash)
	if err != nil || !found || c.Consent == engine.ConsentNo {
		return 0, err
	}
	if _, err := t.exec(customerStops, a.StoreID, c.ID, t.now); err != nil {
		return 0, err
	}
	if err := t.recordConsent(a, c.ID, engine.ConsentNo, ""); err != nil {
		return 0, err
	}
	return 1, t.cancelAllMessages(a.StoreID, c.ID, reasonOptedOut)
}

// heardStop takes a carrier's word that the number of a text said stop before
// its list is read the next time.
func (t *tx) heardStop(storeID, message engine.ID) error {
	var sealed []byte
	found, err := t.row(messageTo, []any{storeID, message}, &sealed)
	if err != nil || !found {
		return err
	}
	number, err := t.d.keys.open("message", "to", message, sealed)
	if engine.CodeOf(err) == CodeSealBroken {
		return nil // what became of the text counts all the same
	}
	if err != nil {
		return err
	}
	return t.takeCarrierNews(carrierNews{store: storeID, added: [][]byte{t.d.keys.phone(storeID, number)}})
}
