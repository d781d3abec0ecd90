package store

import (
	"fmt"
	"testing"

	"bounceback/engine"
)

// newCycleShop has two years of sales with five texts each, so many texts in
// all: those of days past went, or were taken back of every tenth coupon, and
// those of days to come wait. The last buyer
// has a ten thousandth of them.
func newCycleShop(tb testing.TB, texts int) *textShop {
	tb.Helper()
	s := newTextShop(tb, 5)
	sales := texts / 5
	for _, q := range []string{
		"PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000",
		fmt.Sprintf(`
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d),
  step(k, after) AS (VALUES (0, 0), (1, 2), (2, 7), (3, 27), (4, 42)),
  made(i, k, at, due) AS (SELECT i, k, %d + i * %d, %d + i * %d + after * %d FROM n, step),
  of(n, coupon, customer) AS MATERIALIZED (SELECT row_number() OVER (ORDER BY id DESC) - 1, id, customer_id FROM coupon)
INSERT INTO message (store_id, id, kind, step, days, state, coupon_id, customer_id, wording_id, planned, due, sent, sent_day, parts)
SELECT (SELECT id FROM store), unhex(printf('%%012x7%%03x%%016x', at, k + 1, i)), 'reminder', 'day', 2,
       CASE WHEN i %% 10 = 0 THEN 'cancelled' WHEN due > %d THEN 'queued' ELSE 'accepted' END,
       coupon, customer,
       (SELECT id FROM wording ORDER BY id LIMIT 1), due, due, due, 1, 1
  FROM made JOIN of ON n = CASE i %% 20000 WHEN 7 THEN 0 ELSE 1 + i %% %d END`,
			sales, testStart-2*365*days, 2*365*days/sales, testStart-2*365*days, 2*365*days/sales, days, testStart, textBuyers-1),
		"PRAGMA cache_size = -2000", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		_, err := s.writer.db.Exec(q)
		check(tb, err)
	}
	return s
}

// BenchmarkMessageLists reads pages of the lists of a million texts: the first,
// the fiftieth, and the first of one customer's.
func BenchmarkMessageLists(b *testing.B) {
	s := newCycleShop(b, 1_000_000)
	read := func(b *testing.B, f engine.Filter) engine.Page[engine.Message] {
		p, err := s.Messages(bgc, s.owner, f)
		check(b, err)
		return p
	}
	for _, state := range []string{"current", "planned", "due", "held", ""} {
		deep := engine.Filter{State: state}
		for range 49 {
			if p := read(b, deep); p.Next != "" {
				deep.After = p.Next
			}
		}
		for name, f := range map[string]engine.Filter{"first": {State: state}, "fiftieth": deep, "customer": {State: state, CustomerID: s.buyers[textBuyers-1].ID}} {
			b.Run("state="+state+"/"+name, func(b *testing.B) {
				rows := 0
				for b.Loop() {
					rows = len(read(b, f).Items)
				}
				b.ReportMetric(float64(rows), "rows")
			})
		}
	}
}
