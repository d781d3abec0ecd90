package store

import (
	"context"
	"slices"

	"bounceback/engine"
)

// sliceSums are the sums behind a key, as scanSums reads them. $2 is today:
// coupons whose last day is before it have ended.
func sliceSums(key, group string) statement {
	return declare(`
SELECT ` + key + `, ` + couponCountColumns("") + `, ` + couponCountColumns("y.last_day < $2") + `,
       CAST(coalesce(sum(y.discount_given), 0) AS BIGINT), CAST(coalesce(sum(y.redeeming_net), 0) AS BIGINT),
       CAST(coalesce(sum(y.earning_net), 0) AS BIGINT), CAST(coalesce(sum(y.texts), 0) AS BIGINT),
       CAST(coalesce(sum(y.text_cost), 0) AS BIGINT)
  FROM coupon_slice y JOIN campaign g ON g.store_id = y.store_id AND g.id = y.campaign_id
 WHERE y.store_id = $1 AND y.issued_on >= $3 AND y.issued_on <= $4 GROUP BY ` + group)
}

// labelOr is a label of the sale that earned a coupon; where it has none, that
// of the campaign as it is now.
func labelOr(column string) string {
	return "CASE WHEN y." + column + " <> '' THEN y." + column + " ELSE g." + column + " END"
}

var (
	slicesByCampaign = sliceSums("y.campaign_id", "y.campaign_id")
	slicesByRegister = sliceSums("y.register_id", "y.register_id")
	slicesByStaff    = sliceSums("y.staff_id", "y.staff_id")
	slicesBySource   = sliceSums(labelOr("source"), "1")
	slicesByAd       = sliceSums(labelOr("ad"), "1")
	slicesByDay      = sliceSums("y.issued_on", "y.issued_on")

	campaignTitles = declare(`SELECT id, title FROM campaign WHERE store_id = $1`)
	registerNames  = declare(`SELECT id, name FROM register WHERE store_id = $1`)
	staffNames     = declare(`SELECT id, name FROM staff WHERE store_id = $1`)

	daysOf = declare(`
SELECT day, sales, gross, discount, net, issued, redeemed FROM day_summary WHERE store_id = $1 AND day >= $2 AND day <= $3 ORDER BY day`)
)

// FiguresBy gives the figures of the coupons issued on some days, both included,
// as of now, split by what issued them; a zero day is no bound. What issued no
// coupon on these days is left out.
func (d *DB) FiguresBy(ctx context.Context, a engine.Actor, by engine.By, from, to engine.Day) ([]engine.Slice, error) {
	if err := a.Need(engine.MaySeeAll); err != nil {
		return nil, err
	}
	if _, err := engine.ParseBy(string(by)); err != nil {
		return nil, err
	}
	if to == 0 {
		to = lastDay
	}
	var out []engine.Slice
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		out, err = t.slicesBy(by, []any{a.StoreID, st.Today(t.now), from, to})
		return err
	})
	engine.SortSlices(out)
	return out, err
}

// slicesBy reads the slices; args are those of sliceSums.
func (t *tx) slicesBy(by engine.By, args []any) ([]engine.Slice, error) {
	switch by {
	case engine.BySource:
		return t.labelSlices(slicesBySource, args)
	case engine.ByAd:
		return t.labelSlices(slicesByAd, args)
	case engine.ByRegister:
		return t.namedSlices(slicesByRegister, registerNames, args)
	case engine.ByStaff:
		return t.namedSlices(slicesByStaff, staffNames, args)
	case engine.ByCampaign:
		return t.namedSlices(slicesByCampaign, campaignTitles, args)
	}
	return t.monthSlices(args)
}

func (t *tx) labelSlices(s statement, args []any) (out []engine.Slice, err error) {
	err = t.rows(s, args, func(scan func(...any) error) error {
		var label string
		one, err := scanSums(scan, &label)
		one.Key, one.Name = label, label
		out = append(out, one)
		return err
	})
	return out, err
}

// namedSlices reads slices by an id, and what people call them.
func (t *tx) namedSlices(s, names statement, args []any) (out []engine.Slice, err error) {
	called := map[engine.ID]string{}
	err = t.rows(names, args[:1], func(scan func(...any) error) error {
		var id engine.ID
		var name string
		err := scan(&id, &name)
		called[id] = name
		return err
	})
	if err != nil {
		return nil, err
	}
	err = t.rows(s, args, func(scan func(...any) error) error {
		var id engine.ID
		one, err := scanSums(scan, &id)
		one.ID, one.Key, one.Name = id, id.String(), called[id]
		out = append(out, one)
		return err
	})
	return out, err
}

// monthSlices joins days to months.
func (t *tx) monthSlices(args []any) (out []engine.Slice, err error) {
	err = t.rows(slicesByDay, args, func(scan func(...any) error) error {
		var day engine.Day
		one, err := scanSums(scan, &day)
		one.Month = engine.MonthOf(day).First()
		i := slices.IndexFunc(out, func(s engine.Slice) bool { return s.Month == one.Month })
		if i < 0 {
			one.Key = engine.MonthOf(day).String()
			one.Name = one.Key
			out = append(out, one)
			return err
		}
		out[i] = out[i].Plus(one)
		return err
	})
	return out, err
}

// Days gives the sums of each business day with sales, oldest first; a zero day
// is no bound.
func (d *DB) Days(ctx context.Context, a engine.Actor, from, to engine.Day) ([]engine.DayFigures, error) {
	if err := a.Need(engine.MaySeeAll); err != nil {
		return nil, err
	}
	if to == 0 {
		to = lastDay
	}
	var out []engine.DayFigures
	err := d.read(ctx, func(t *tx) error {
		return t.rows(daysOf, []any{a.StoreID, from, to}, func(scan func(...any) error) error {
			var f engine.DayFigures
			err := scan(&f.Day, &f.Sales, &f.Gross, &f.Discount, &f.Net, &f.Issued, &f.Redeemed)
			out = append(out, f)
			return err
		})
	})
	return out, err
}
