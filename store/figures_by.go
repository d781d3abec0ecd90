package store

import (
	"context"

	"bounceback/engine"
)

// sliceSums are the sums behind a key, those of coupons that have ended and of
// the others apart, as scanHalf reads them: each row is summed once. $2 is today:
// coupons whose last day is before it have ended.
func sliceSums(key, from string) statement {
	sums := ""
	for _, column := range couponSumColumns {
		sums += ", CAST(sum(y." + column + ") AS BIGINT)"
	}
	return declare(`
SELECT ` + key + `, CASE WHEN y.last_day < $2 THEN 1 ELSE 0 END` + sums + `
  FROM ` + from + ` WHERE y.store_id = $1 AND y.issued_on >= $3 AND y.issued_on <= $4 GROUP BY 1, 2`)
}

// labelOr is a label of the sale that earned a coupon; where it has none, that
// of the campaign as it is now.
func labelOr(column string) string {
	return "CASE WHEN y." + column + " <> '' THEN y." + column + " ELSE g." + column + " END"
}

// Where the sums are read: campaigns and days are told apart by the shorter
// table too.
const (
	fromSummary = "campaign g JOIN coupon_summary y ON y.store_id = g.store_id AND y.campaign_id = g.id"
	fromSlices  = "coupon_slice y"
	fromLabels  = "campaign g JOIN coupon_slice y ON y.store_id = g.store_id AND y.campaign_id = g.id"
)

var (
	slicesByCampaign = sliceSums("y.campaign_id", fromSummary)
	slicesByRegister = sliceSums("y.register_id", fromSlices)
	slicesByStaff    = sliceSums("y.staff_id", fromSlices)
	slicesBySource   = sliceSums(labelOr("source"), fromLabels)
	slicesByAd       = sliceSums(labelOr("ad"), fromLabels)
	slicesByDay      = sliceSums("y.issued_on", fromSummary)

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
	if err := a.Need(engine.MaySeeDesk); err != nil {
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

func (t *tx) labelSlices(s statement, args []any) ([]engine.Slice, error) {
	var label string
	return t.sumSlices(s, args, &label, func() engine.Slice { return engine.Slice{Key: label, Name: label} })
}

// namedSlices reads slices by an id, and what people call them.
func (t *tx) namedSlices(s, names statement, args []any) ([]engine.Slice, error) {
	called := map[engine.ID]string{}
	err := t.rows(names, args[:1], func(scan func(...any) error) error {
		var id engine.ID
		var name string
		err := scan(&id, &name)
		called[id] = name
		return err
	})
	if err != nil {
		return nil, err
	}
	var id engine.ID
	return t.sumSlices(s, args, &id, func() engine.Slice { return engine.Slice{ID: id, Key: id.String(), Name: called[id]} })
}

// monthSlices joins days to months.
func (t *tx) monthSlices(args []any) ([]engine.Slice, error) {
	var day engine.Day
	return t.sumSlices(slicesByDay, args, &day, func() engine.Slice {
		m := engine.MonthOf(day)
		return engine.Slice{Key: m.String(), Name: m.String(), Month: m.First()}
	})
}

// sumSlices adds up the rows of sliceSums by the Key that name gives the key of
// the row just read.
func (t *tx) sumSlices(s statement, args []any, key any, name func() engine.Slice) (out []engine.Slice, err error) {
	at := map[string]int{}
	err = t.rows(s, args, func(scan func(...any) error) error {
		sums, err := scanHalf(scan, key)
		if err != nil {
			return err
		}
		one := name()
		i, known := at[one.Key]
		if !known {
			i, at[one.Key] = len(out), len(out)
			out = append(out, one)
		}
		out[i] = out[i].Plus(sums)
		return nil
	})
	return out, err
}

// scanHalf reads a key and the sums behind it of coupons that have all ended, or
// of which none has.
func scanHalf(scan func(...any) error, key any) (engine.Slice, error) {
	var over bool
	var all, ended engine.CouponCounts
	var use engine.CouponUse
	var s engine.Slice
	err := scan(key, &over, &all.Issued, &all.IssuedFace, &all.Redeemed, &all.RedeemedFace, &all.Voided, &all.VoidedFace,
		&all.Given, &use.Net, &use.Earned, &s.Texts, &s.TextCost)
	use.Off = all.Given
	if over {
		ended = all
	}
	s.CouponFigures = engine.NewCouponFigures(all, ended, use)
	return s, err
}

// Days gives the sums of each business day with sales, oldest first; a zero day
// is no bound.
func (d *DB) Days(ctx context.Context, a engine.Actor, from, to engine.Day) ([]engine.DayFigures, error) {
	if err := a.Need(engine.MaySeeDesk); err != nil {
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
