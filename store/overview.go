package store

import (
	"context"

	"bounceback/engine"
)

var (
	overviewDays = declare(`
SELECT day, sales, net, redeemed, used_off, used_net, used_earned FROM day_summary
 WHERE store_id = $1 AND day >= $2 AND day <= $3 ORDER BY day`)
	overviewIssued = declare(`
SELECT issued_on, CAST(sum(issued) AS BIGINT) FROM coupon_slice
 WHERE store_id = $1 AND issued_on >= $2 AND issued_on <= $3 GROUP BY issued_on`)
	overviewFirst = declare(`SELECT day FROM day_summary WHERE store_id = $1 AND sales > 0 ORDER BY day LIMIT 1`)
	// $2 is today, $3 and $4 the first days of the two spans in which coupons ended.
	overviewCoupons = declare(`
SELECT y.campaign_id, ` + couponCountColumns("y.last_day >= $3 AND y.last_day < $2") + `, ` + couponCountColumns("y.last_day >= $4 AND y.last_day < $3") + `
  FROM coupon_summary y WHERE y.store_id = $1 AND y.last_day >= $4 AND y.last_day < $2 GROUP BY y.campaign_id`)
	overviewLast    = declare(`SELECT day FROM day_summary WHERE store_id = $1 AND sales > 0 ORDER BY day DESC LIMIT 1`)
	overviewTitles  = declare(`SELECT id, title FROM campaign WHERE store_id = $1`)
	overviewRefused = declare(`
SELECT CAST(coalesce(sum(refused), 0) AS BIGINT) FROM text_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	overviewLatest = declare(`SELECT id FROM sale WHERE store_id = $1 ORDER BY id DESC LIMIT 1`)
	overviewAlerts = declare(`SELECT count(*) FROM alert WHERE store_id = $1 AND state = 'open'`)
)

// Overview gives what the owner's desk shows: of sums by the day and small
// tables alone, in one snapshot.
func (d *DB) Overview(ctx context.Context, a engine.Actor) (engine.Overview, error) {
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return engine.Overview{}, err
	}
	var o engine.Overview
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		o = engine.NewOverview(t.now, st.Today(t.now))
		for _, part := range []func(*engine.Overview, engine.Store) error{
			t.overviewDays, t.overviewCoupons, t.overviewOwed, t.overviewBack, t.overviewControl, t.overviewLook,
		} {
			if err := part(&o, st); err != nil {
				return err
			}
		}
		return nil
	})
	return o, err
}

// overviewDays reads the sums of the days. Coupons count as issued when they
// are void by now, as in all reports.
func (t *tx) overviewDays(o *engine.Overview, st engine.Store) error {
	issued, span := map[engine.Day]int64{}, []any{st.ID, o.First(), o.Today}
	err := t.rows(overviewIssued, span, func(scan func(...any) error) error {
		var day engine.Day
		var n int64
		err := scan(&day, &n)
		issued[day] = n
		return err
	})
	if err != nil {
		return err
	}
	if _, err := t.row(overviewLast, []any{st.ID}, &o.Last); err != nil {
		return err
	}
	defer o.EndDays()
	return t.rows(overviewDays, span, func(scan func(...any) error) error {
		var s engine.DaySums
		err := scan(&s.Day, &s.Sales, &s.Net, &s.Redeemed, &s.Off, &s.UsedNet, &s.EarnedByThose)
		s.Issued = issued[s.Day]
		o.AddDay(s)
		return err
	})
}

// overviewCoupons reads how the coupons fared that ended of late.
func (t *tx) overviewCoupons(o *engine.Overview, st engine.Store) error {
	titles := map[engine.ID]string{}
	err := t.rows(overviewTitles, []any{st.ID}, func(scan func(...any) error) error {
		var id engine.ID
		var title string
		err := scan(&id, &title)
		titles[id] = title
		return err
	})
	if err != nil {
		return err
	}
	spans := []any{st.ID, o.Today, o.Today - engine.OverviewEnded, o.Today - 2*engine.OverviewEnded}
	return t.rows(overviewCoupons, spans, func(scan func(...any) error) error {
		var c engine.CampaignFared
		var earlier engine.CouponCounts
		err := scan(append([]any{&c.CampaignID}, append(countFields(&c.Ended), countFields(&earlier)...)...)...)
		c.Title = titles[c.CampaignID]
		o.AddEnded(c, earlier)
		return err
	})
}

func (t *tx) overviewOwed(o *engine.Overview, st engine.Store) (err error) {
	o.Owed, err = t.liability(st.ID, o.Today)
	return err
}

// overviewBack reads how long customers take to come back.
func (t *tx) overviewBack(o *engine.Overview, st engine.Store) error {
	usual, err := t.usualEver(st.ID, o.Today)
	if err != nil {
		return err
	}
	var after []engine.Bin
	err = t.rows(redeemRows, []any{st.ID, o.Today - engine.OverviewEnded + 1, o.Today}, func(scan func(...any) error) error {
		var b engine.Bin
		err := scan(new(engine.Day), &b.Value, &b.Count)
		after = append(after, b)
		return err
	})
	o.Back = engine.CameSooner(usual, after)
	return err
}

func (t *tx) overviewControl(o *engine.Overview, st engine.Store) error {
	all, err := t.controls(st, 0, 0)
	o.Control = engine.PickControl(all)
	return err
}

// overviewLook reads what needs attention.
func (t *tx) overviewLook(o *engine.Overview, st engine.Store) error {
	for _, part := range []func(*engine.Overview, engine.Store) error{t.lookTexts, t.lookCampaigns, t.lookFile} {
		if err := part(o, st); err != nil {
			return err
		}
	}
	engine.SortNotices(o.Look)
	return nil
}

func (t *tx) lookTexts(o *engine.Overview, st engine.Store) error {
	desk, err := t.textDesk(st)
	if err != nil {
		return err
	}
	var refused int64
	since := o.Today - engine.RefusedDays + 1
	_, err = t.row(overviewRefused, []any{st.ID, since, o.Today}, &refused)
	o.Look = append(o.Look, engine.TextNotices(desk, t.now, refused, since)...)
	return err
}

func (t *tx) lookCampaigns(o *engine.Overview, st engine.Store) error {
	active, err := t.activeCampaigns(st.ID)
	if err != nil {
		return err
	}
	offers := make([]engine.Offer, len(active))
	for i, c := range active {
		offers[i] = c.Offer()
	}
	used, err := t.usage(st.ID, offers, engine.ID{}, o.Today)
	o.Look = append(o.Look, engine.CampaignNotices(active, used, o.Today)...)
	return err
}

// lookAlerts reads the first alerts, and how many there are besides.
func (t *tx) lookAlerts(o *engine.Overview, st engine.Store) error {
	first, err := t.firstAlerts(st.ID, engine.OverviewAlerts)
	if err != nil {
		return err
	}
	var all int64
	if _, err := t.row(overviewAlerts, []any{st.ID}, &all); err != nil {
		return err
	}
	o.Look = append(o.Look, engine.AlertNotices(first, all)...)
	return nil
}

// lookFile looks at alerts, backups and the clock.
func (t *tx) lookFile(o *engine.Overview, st engine.Store) error {
	if err := t.lookAlerts(o, st); err != nil {
		return err
	}
	var first engine.Day
	if _, err := t.row(overviewFirst, []any{st.ID}, &first); err != nil {
		return err
	}
	at, _, err := t.lastBackup(st.ID)
	if err != nil {
		return err
	}
	o.Look = append(o.Look, engine.BackupNotices(at, st.Today(at), first, o.Today)...)
	var latest engine.ID
	found, err := t.row(overviewLatest, []any{st.ID}, &latest)
	if found {
		o.Look = append(o.Look, engine.ClockNotices(latest.Instant(), t.now)...)
	}
	return err
}
