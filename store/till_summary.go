package store

import "bounceback/engine"

// What is done at the tills is summed by the hour, the person and the till, in
// the transaction that does it. Nothing is taken out again: what was voided had
// been done all the same. Imported sales were not made here and do not count.

// msHour is an hour in milliseconds. The hours count from 1970 in UTC: SQL can
// tell them from an id without knowing the store's zone.
const msHour = 60 * 60 * 1000

var tillAdd = declare(`
INSERT INTO till_summary (store_id, hour, staff_id, register_id, sales, net, issued, redeemed, typed_refs, no_refs, voids,
                          redeemed_voids, returns)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (store_id, hour, staff_id, register_id) DO UPDATE SET
  sales = till_summary.sales + excluded.sales, net = till_summary.net + excluded.net,
  issued = till_summary.issued + excluded.issued, redeemed = till_summary.redeemed + excluded.redeemed,
  typed_refs = till_summary.typed_refs + excluded.typed_refs, no_refs = till_summary.no_refs + excluded.no_refs,
  voids = till_summary.voids + excluded.voids, redeemed_voids = till_summary.redeemed_voids + excluded.redeemed_voids,
  returns = till_summary.returns + excluded.returns`)

// hourOf is the hour of an id.
func hourOf(id engine.ID) int64 { return int64(id.Instant()) / msHour }

// addTill adds what the actor did at the moment of an id.
func (t *tx) addTill(a engine.Actor, at engine.ID, c engine.TillCounts) error {
	_, err := t.exec(tillAdd, a.StoreID, hourOf(at), a.StaffID, a.RegisterID, c.Sales, c.Net, c.Issued, c.Redeemed,
		c.TypedRefs, c.NoRefs, c.Voids, c.RedeemedVoids, c.Returns)
	return err
}

// saleCounts is what a sale adds to its till.
func saleCounts(s engine.Sale) engine.TillCounts {
	return engine.TillCounts{
		Sales: 1, Net: s.Net, Issued: oneIf(!s.IssuedID.IsZero()), Redeemed: oneIf(!s.RedeemedID.IsZero()),
		TypedRefs: oneIf(s.RefTyped && s.Reference != ""), NoRefs: oneIf(s.Reference == ""),
	}
}

// reversalCounts is what a void or a return adds to the till where it is done.
func reversalCounts(r *reversing) engine.TillCounts {
	return engine.TillCounts{
		Voids: oneIf(r.void), RedeemedVoids: oneIf(r.void && !r.sale.RedeemedID.IsZero()), Returns: oneIf(!r.void),
	}
}

func oneIf(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
