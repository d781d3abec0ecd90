package store

import (
	"context"
	"slices"
	"strings"

	"bounceback/engine"
)

const alertSelect = `
SELECT l.id, l.rule, l.subject, l.subject_id, l.other_id, l.month, l.from_day, l.to_day, l.hits, l.chances, l.expected, l.odds,
       l.state, l.settled, s.name, l.reason
  FROM alert l LEFT JOIN staff s ON s.store_id = l.store_id AND s.id = l.settled_by`

var (
	alertByID   = declare(alertSelect + ` WHERE l.store_id = $1 AND l.id = $2`)
	alertRaised = declare(`SELECT state, hits, chances, to_day FROM alert WHERE store_id = $1 AND rule = $2 AND subject_id = $3 AND month = $4`)
	alertInsert = declare(`
INSERT INTO alert (store_id, id, rule, subject, subject_id, other_id, month, from_day, to_day, hits, chances, expected, odds)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (store_id, rule, subject_id, month) DO NOTHING`)
	alertFresh = declare(`
UPDATE alert SET other_id = $5, from_day = $6, to_day = $7, hits = $8, chances = $9, expected = $10, odds = $11
 WHERE store_id = $1 AND rule = $2 AND subject_id = $3 AND month = $4 AND state = 'open'
RETURNING id`)
	alertAgain = declare(`
UPDATE alert SET state = 'open', settled = 0, other_id = $5, from_day = $6, to_day = $7, hits = $8, chances = $9, expected = $10, odds = $11
 WHERE store_id = $1 AND rule = $2 AND subject_id = $3 AND month = $4 AND state = 'dismissed' AND $8 >= hits * 2
RETURNING id`)
	alertDismiss = declare(`
UPDATE alert SET state = 'dismissed', settled = $3, settled_by = $4, reason = $5
 WHERE store_id = $1 AND id = $2 AND state = 'open'
RETURNING id`)
	watchRunAt   = declare(`SELECT at FROM watch_run WHERE store_id = $1`)
	watchRunSave = declare(`
INSERT INTO watch_run (store_id, at) VALUES ($1, $2) ON CONFLICT (store_id) DO UPDATE SET at = excluded.at`)
)

// monthOf is the first day of a day's month.
func monthOf(d engine.Day) engine.Day {
	date := d.Date()
	return engine.DayOf(date.Year(), date.Month(), 1)
}

// notRaised gives the findings that are no alerts of the month yet, open ones
// whose figures have changed, and those that were dismissed and are clearly
// worse since: twice as many.
func (t *tx) notRaised(st engine.Store, r engine.WatchReport) ([]engine.WatchFinding, error) {
	var out []engine.WatchFinding
	for _, f := range r.Findings {
		var state engine.AlertState
		var was engine.WatchFinding
		found, err := t.row(alertRaised, []any{st.ID, string(f.Rule), f.ID, monthOf(f.To)}, &state, &was.Hits, &was.Chances, &was.To)
		if err != nil {
			return nil, err
		}
		changed := f.Hits != was.Hits || f.Chances != was.Chances || f.To != was.To
		if !found || state == engine.AlertOpen && changed || state == engine.AlertDismissed && f.Hits >= 2*was.Hits {
			out = append(out, f)
		}
	}
	return out, nil
}

// raise writes findings as alerts, each once a month unless it was dismissed and
// is clearly worse, and into the audit log.
func (t *tx) raise(a engine.Actor, findings []engine.WatchFinding) error {
	for _, f := range findings {
		id := t.newID()
		n, err := t.exec(alertInsert, a.StoreID, id, string(f.Rule), string(f.Subject), f.ID, f.OtherID, monthOf(f.To), f.From, f.To,
			f.Hits, f.Chances, f.Expected, f.Odds)
		if err != nil {
			return err
		}
		if n == 0 {
			again, err := t.raisedAgain(a.StoreID, f)
			if err != nil {
				return err
			}
			if !again {
				continue // told already, by now with these figures
			}
		}
		detail := facts("rule", f.Rule, "seen", f.Hits, "of", f.Chances, "expected_thousandths", f.Expected, "from", f.From, "to", f.To)
		if err := t.audit(a, "alert.raise", string(f.Subject), f.ID, detail, ""); err != nil {
			return err
		}
	}
	return nil
}

// raisedAgain gives an open alert its present figures, and opens a dismissed one
// of something clearly worse: then it is true. Who had dismissed it, and why,
// stays with it.
func (t *tx) raisedAgain(storeID engine.ID, f engine.WatchFinding) (bool, error) {
	args := []any{storeID, string(f.Rule), f.ID, monthOf(f.To), f.OtherID, f.From, f.To, f.Hits, f.Chances, f.Expected, f.Odds}
	if fresh, err := t.changed(alertFresh, args...); err != nil || fresh {
		return false, err
	}
	return t.changed(alertAgain, args...)
}

// watchPause is how long a store is left alone after it was looked at.
const watchPause = msHour

// RaiseAlerts looks at each store of the file whose last look is an hour ago, in
// whatever process, and raises what is new. It is for workers.
func (d *DB) RaiseAlerts(ctx context.Context) error {
	var all []engine.Store
	err := d.read(ctx, func(t *tx) (err error) {
		all, err = t.allStores()
		return err
	})
	for i := 0; i < len(all) && err == nil; i++ {
		err = d.watchBySelf(ctx, all[i].ID)
	}
	return err
}

func (d *DB) watchBySelf(ctx context.Context, storeID engine.ID) error {
	var news []engine.WatchFinding
	due := false
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(storeID)
		if err != nil || !st.Settings.Flag(engine.SetWatch) {
			return err
		}
		var last engine.Instant
		if _, err := t.row(watchRunAt, []any{storeID}, &last); err != nil {
			return err
		}
		if due = t.now >= last+watchPause || t.now < last; !due {
			return nil
		}
		r, err := t.watch(st, 0, 0)
		if err == nil {
			news, err = t.notRaised(st, r)
		}
		return err
	})
	if err != nil || !due {
		return err
	}
	return d.write(ctx, func(t *tx) error {
		if _, err := t.exec(watchRunSave, storeID, t.now); err != nil {
			return err
		}
		return t.raise(engine.Actor{StoreID: storeID, Origin: engine.FromWorker}, news)
	})
}

// Alerts lists alerts, newest first: by State (open, dismissed; empty is all).
// Of the open ones each page is in the order of engine.WatchFinding.Compare.
// What of them is open costs no look at the others. The names are those of now,
// the figures those of the last look; there are no Spots.
func (d *DB) Alerts(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Alert], error) {
	if err := a.Need(engine.MaySeeAudit); err != nil {
		return engine.Page[engine.Alert]{}, err
	}
	var page engine.Page[engine.Alert]
	err := d.read(ctx, func(t *tx) (err error) {
		page, err = t.alerts(a.StoreID, f)
		return err
	})
	return page, err
}

func (t *tx) alerts(storeID engine.ID, f engine.Filter) (engine.Page[engine.Alert], error) {
	page, err := t.alertPage(storeID, f)
	if err == nil {
		err = t.nameAlerts(storeID, page.Items)
	}
	return page, err
}

// firstAlerts are the open alerts that come first in the order of the report.
func (t *tx) firstAlerts(storeID engine.ID, most int) ([]engine.Alert, error) {
	page, err := t.alertPage(storeID, engine.Filter{State: string(engine.AlertOpen), Limit: engine.MostPage})
	if err != nil {
		return nil, err
	}
	first := page.Items[:min(most, len(page.Items))]
	return first, t.nameAlerts(storeID, first)
}

// alertPage is a page of Alerts without names.
func (t *tx) alertPage(storeID engine.ID, f engine.Filter) (page engine.Page[engine.Alert], err error) {
	ids, err := alertList.span(0, 0, f.After)
	if err != nil {
		return page, err
	}
	q := newList(alertSelect, "l.store_id", "l.id", storeID).within(ids)
	switch engine.AlertState(f.State) {
	case engine.AlertOpen:
		q.and("l.state = 'open'")
	case engine.AlertDismissed:
		q.and("l.state = 'dismissed'")
	}
	page, err = readPage(t, alertList, q, f.Rows(), scanAlert, func(l engine.Alert) []byte { return l.AlertID[:] })
	if f.State == string(engine.AlertOpen) {
		slices.SortStableFunc(page.Items, func(a, b engine.Alert) int { return a.Compare(b.WatchFinding) })
	}
	return page, err
}

func (t *tx) nameAlerts(storeID engine.ID, alerts []engine.Alert) error {
	if len(alerts) == 0 {
		return nil
	}
	names, err := t.peopleNames(storeID)
	for i := 0; i < len(alerts) && err == nil; i++ {
		err = t.nameFinding(storeID, &alerts[i].WatchFinding, names)
	}
	return err
}

// scanAlert reads a row of alertSelect.
func scanAlert(scan func(...any) error) (engine.Alert, error) {
	var l engine.Alert
	var by *string
	err := scan(&l.AlertID, &l.Rule, &l.Subject, &l.ID, &l.OtherID, &l.Month, &l.From, &l.To, &l.Hits, &l.Chances, &l.Expected, &l.Odds,
		&l.State, &l.Settled, &by, &l.Reason)
	l.Raised, l.SettledBy = l.AlertID.Instant(), text(by)
	return l, err
}

// DismissAlert settles an alert for a reason. A manager cannot dismiss what is
// about themselves: CodeAlertOwn.
func (d *DB) DismissAlert(ctx context.Context, a engine.Actor, id engine.ID, reason string) (engine.Alert, error) {
	if err := a.Need(engine.MaySeeAudit); err != nil {
		return engine.Alert{}, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return engine.Alert{}, engine.BadInput(engine.CodeReasonMissing)
	}
	var l engine.Alert
	err := d.write(ctx, func(t *tx) (err error) {
		if l, err = t.alert(a.StoreID, id); err != nil {
			return err
		}
		if a.Role != engine.Owner && (l.ID == a.StaffID || l.OtherID == a.StaffID) {
			return engine.Refuse(engine.CodeAlertOwn)
		}
		ok, err := t.changed(alertDismiss, a.StoreID, id, t.now, a.StaffID, reason)
		if err == nil && !ok {
			err = engine.Refuse(engine.CodeAlertSettled, "staff", l.SettledBy, "at", l.Settled, "reason", l.Reason)
		}
		if err == nil {
			err = t.audit(a, "alert.dismiss", string(l.Subject), l.ID, facts("rule", l.Rule), reason)
		}
		if err == nil {
			l, err = t.alert(a.StoreID, id)
		}
		return err
	})
	return l, err
}

// alert reads one alert; CodeAlertUnknown.
func (t *tx) alert(storeID, id engine.ID) (engine.Alert, error) {
	var all []engine.Alert
	err := t.rows(alertByID, []any{storeID, id}, func(scan func(...any) error) error {
		l, err := scanAlert(scan)
		all = append(all, l)
		return err
	})
	if err == nil && len(all) == 0 {
		return engine.Alert{}, engine.Refuse(engine.CodeAlertUnknown)
	}
	if err == nil {
		err = t.nameAlerts(storeID, all)
	}
	if err != nil {
		return engine.Alert{}, err
	}
	return all[0], nil
}
