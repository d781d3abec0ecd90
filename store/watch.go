package store

import (
	"context"

	"bounceback/engine"
)

// Watching reads the sums of the tills, the wrong codes and the sales to known
// customers of a bounded span of days, all of them stretches of primary keys.
var (
	watchHours = declare(`
SELECT hour, staff_id, register_id, sales, net, issued, redeemed, typed_refs, no_refs, voids, redeemed_voids, returns
  FROM till_summary WHERE store_id = $1 AND hour >= $2 AND hour < $3 ORDER BY hour`)
	watchMisses = declare(`
SELECT id, staff_id, register_id FROM lookup_miss WHERE store_id = $1 AND id >= $2 AND id < $3 ORDER BY id`)
	watchSales = declare(`
SELECT id, customer_id, staff_id, register_id, business, CASE WHEN issued_id IS NULL THEN 0 ELSE 1 END,
       CASE WHEN redeemed_id IS NULL THEN 0 ELSE 1 END
  FROM sale WHERE store_id = $1 AND id >= $2 AND id < $3 AND +customer_id IS NOT NULL AND state <> 'voided' AND origin <> 'import'
 ORDER BY id`)
	staffPhones = declare(`
SELECT u.id, s.id FROM staff s JOIN customer u ON u.store_id = s.store_id AND u.phone_hash = s.phone_hash WHERE s.store_id = $1`)
)

// Watch tells what was done by whom and at which till over some days, both
// included, and what of it stands out. A zero to is today, a zero from as many
// days before as the settings say; at most engine.MostWatchDays. Looking at the
// usual days up to today also raises what is new as alerts.
func (d *DB) Watch(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.WatchReport, error) {
	if err := a.Need(engine.MaySeeAudit); err != nil {
		return engine.WatchReport{}, err
	}
	var r engine.WatchReport
	var news []engine.WatchFinding
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		today := st.Today(t.now)
		usual := (from == 0) && (to == 0 || to == today)
		if r, err = t.watch(st, from, to); err == nil && usual {
			news, err = t.notRaised(st, r)
		}
		return err
	})
	if err != nil || len(news) == 0 {
		return r, err
	}
	return r, d.write(ctx, func(t *tx) error { return t.raise(a, news) })
}

// watch looks at some days of a store.
func (t *tx) watch(st engine.Store, from, to engine.Day) (engine.WatchReport, error) {
	terms, today := engine.WatchTermsOf(st.Settings), st.Today(t.now)
	if to == 0 || to > today {
		to = today
	}
	if from == 0 {
		from = to - engine.Day(terms.Days) + 1
	}
	days := int64(to - from + 1)
	switch {
	case days > engine.MostWatchDays:
		return engine.WatchReport{}, engine.BadInput(engine.CodeWatchSpan, "days", days, "most", engine.MostWatchDays)
	case days < 1:
		return engine.WatchReport{From: from, To: to, Terms: terms}, nil
	}
	book := engine.NewWatchBook(terms.For(days), today)
	for _, read := range []func(engine.Store, *engine.WatchBook, engine.Day, engine.Day) error{t.readHours, t.readMisses, t.readSales} {
		if err := read(st, book, from, to); err != nil {
			return engine.WatchReport{}, err
		}
	}
	r := book.Report(from, to)
	return r, t.nameAll(st.ID, &r)
}

func (t *tx) readHours(st engine.Store, book *engine.WatchBook, from, to engine.Day) error {
	zone := st.Zone()
	first, last := int64(from.Start(zone))/msHour, (int64((to+1).Start(zone))+msHour-1)/msHour
	return t.rows(watchHours, []any{st.ID, first, last}, func(scan func(...any) error) error {
		var h engine.TillHour
		err := scan(&h.Hour, &h.StaffID, &h.RegisterID, &h.Sales, &h.Net, &h.Issued, &h.Redeemed, &h.TypedRefs, &h.NoRefs,
			&h.Voids, &h.RedeemedVoids, &h.Returns)
		h.Day = engine.DayAt(engine.Instant(h.Hour*msHour), zone)
		if err == nil {
			book.AddHour(h)
		}
		return err
	})
}

// watchIDs is the range of ids made on some days.
func watchIDs(st engine.Store, from, to engine.Day) []any {
	zone := st.Zone()
	return []any{st.ID, engine.FirstID(from.Start(zone)), engine.FirstID((to + 1).Start(zone))}
}

func (t *tx) readMisses(st engine.Store, book *engine.WatchBook, from, to engine.Day) error {
	return t.rows(watchMisses, watchIDs(st, from, to), func(scan func(...any) error) error {
		var id engine.ID
		var s engine.WatchSpot
		err := scan(&id, &s.StaffID, &s.RegisterID)
		if s.At = id.Instant(); err == nil {
			book.AddMiss(s)
		}
		return err
	})
}

func (t *tx) readSales(st engine.Store, book *engine.WatchBook, from, to engine.Day) error {
	own := map[[2]engine.ID]bool{}
	err := t.rows(staffPhones, []any{st.ID}, func(scan func(...any) error) error {
		var pair [2]engine.ID
		err := scan(&pair[0], &pair[1])
		own[pair] = true
		return err
	})
	if err != nil {
		return err
	}
	zone := st.Zone()
	return t.rows(watchSales, watchIDs(st, from, to), func(scan func(...any) error) error {
		var s engine.WatchSale
		err := scan(&s.ID, &s.CustomerID, &s.StaffID, &s.RegisterID, &s.Business, &s.Earned, &s.Redeemed)
		s.Backdated = s.Business < engine.DayAt(s.ID.Instant(), zone)
		if s.Own = own[[2]engine.ID{s.CustomerID, s.StaffID}]; err == nil {
			book.AddSale(s)
		}
		return err
	})
}

// nameAll fills in how the people, tills and customers are called.
func (t *tx) nameAll(storeID engine.ID, r *engine.WatchReport) error {
	names, err := t.peopleNames(storeID)
	if err != nil {
		return err
	}
	for _, rows := range [][]engine.WatchRow{r.Staff, r.Registers} {
		for i := range rows {
			rows[i].Name = names[rows[i].ID]
		}
	}
	for i := range r.Findings {
		if err := t.nameFinding(storeID, &r.Findings[i], names); err != nil {
			return err
		}
		if err := t.nameSpots(storeID, r.Findings[i].Spots); err != nil {
			return err
		}
	}
	return nil
}

// nameSpots fills in what of their sales tells one from another.
func (t *tx) nameSpots(storeID engine.ID, spots []engine.WatchSpot) error {
	for i := range spots {
		s := &spots[i]
		if s.SaleID.IsZero() {
			continue
		}
		sale, err := t.saleWhere(saleByID, storeID, s.SaleID)
		if err != nil {
			return err
		}
		s.Customer, s.Reference, s.Net = sale.Customer, sale.Reference, sale.Net
	}
	return nil
}

func (t *tx) nameFinding(storeID engine.ID, f *engine.WatchFinding, names map[engine.ID]string) error {
	f.Name, f.Other = names[f.ID], names[f.OtherID]
	if f.Subject != engine.WatchCustomer {
		return nil
	}
	c, err := t.customer(storeID, f.ID)
	f.Name = c.Label()
	return err
}

// peopleNames are the names of the staff and the registers.
func (t *tx) peopleNames(storeID engine.ID) (map[engine.ID]string, error) {
	names := map[engine.ID]string{}
	for _, s := range []statement{staffNames, registerNames} {
		err := t.rows(s, []any{storeID}, func(scan func(...any) error) error {
			var id engine.ID
			var name string
			err := scan(&id, &name)
			names[id] = name
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}
