package store

import (
	"context"

	"bounceback/engine"
)

var (
	gapRows = declare(`
SELECT day, gap, gaps, firsts FROM gap_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	redeemRows = declare(`
SELECT day, days, redeemed FROM redeem_summary WHERE store_id = $1 AND day >= $2 AND day <= $3`)
	knownRows = declare(`
SELECT day, known FROM day_summary WHERE store_id = $1 AND day >= $2 AND day <= $3 AND known > 0 ORDER BY day`)
)

// Repurchase tells how long customers take to come back, from the sums kept
// with each sale: of the sales of from to to, what was known at the end of to. A
// zero from is the first sale, a zero to today.
//
// So a gap counts if it begins on from or later and ends by to. A customer who
// has not come again by to waits from the last sale until to, though a later
// sale is known: what comes after to is not looked at. Coupons count likewise,
// by the sale that earned them and the one that redeemed them.
//
// A short span makes long gaps rare: none can be longer than it. The estimate
// takes that into account, the plain mean and median do not.
func (d *DB) Repurchase(ctx context.Context, a engine.Actor, from, to engine.Day) (engine.Repurchase, error) {
	if err := a.Need(engine.MaySeeDesk); err != nil {
		return engine.Repurchase{}, err
	}
	var s *spells
	err := d.read(ctx, func(t *tx) error {
		if to == 0 {
			st, err := t.store(a.StoreID)
			if err != nil {
				return err
			}
			to = max(from, st.Today(t.now))
		}
		s = newSpells(from, to)
		for _, part := range []func(*tx, engine.ID) error{s.readKnown, s.readGaps, s.readRedeemed} {
			if err := part(t, a.StoreID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return engine.Repurchase{}, err
	}
	return s.figures(), nil
}

// spells are counts by days, while they are read.
type spells struct {
	from, to engine.Day
	last     engine.Day // on which a known customer bought
	seconds  int64
	ended    map[int64]int64      // gaps by days
	redeemed map[int64]int64      // coupons by days
	begun    map[engine.Day]int64 // waits by the day they began, less those that ended
}

func newSpells(from, to engine.Day) *spells {
	return &spells{from: from, to: to, ended: map[int64]int64{}, redeemed: map[int64]int64{}, begun: map[engine.Day]int64{}}
}

func (s *spells) readKnown(t *tx, storeID engine.ID) error {
	return t.rows(knownRows, []any{storeID, s.from, s.to}, func(scan func(...any) error) error {
		var n int64
		err := scan(&s.last, &n)
		s.begun[s.last] += n
		return err
	})
}

func (s *spells) readGaps(t *tx, storeID engine.ID) error {
	return t.rows(gapRows, []any{storeID, s.from, s.to}, func(scan func(...any) error) error {
		var day engine.Day
		var gap, gaps, firsts int64
		if err := scan(&day, &gap, &gaps, &firsts); err != nil {
			return err
		}
		s.seconds += firsts
		if int64(day)-gap < int64(s.from) {
			return nil
		}
		s.ended[gap] += gaps
		s.begun[day-engine.Day(gap)] -= gaps //nolint:gosec // below day
		return nil
	})
}

func (s *spells) readRedeemed(t *tx, storeID engine.ID) error {
	return t.rows(redeemRows, []any{storeID, s.from, s.to}, func(scan func(...any) error) error {
		var day engine.Day
		var days, n int64
		err := scan(&day, &days, &n)
		if int64(day)-days >= int64(s.from) {
			s.redeemed[days] += n
		}
		return err
	})
}

func (s *spells) figures() engine.Repurchase {
	var waiting []engine.Bin
	for day, n := range s.begun {
		waiting = append(waiting, engine.Bin{Value: int64(s.to - day), Count: n})
	}
	r := engine.RepurchaseOf(bins(s.ended), waiting, bins(s.redeemed))
	r.From, r.To, r.Last, r.Seconds = s.from, s.to, s.last, s.seconds
	return r
}

func bins(counts map[int64]int64) []engine.Bin {
	out := make([]engine.Bin, 0, len(counts))
	for value, n := range counts {
		out = append(out, engine.Bin{Value: value, Count: n})
	}
	return out
}
