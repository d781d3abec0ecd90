package store_test

import (
	"testing"

	"bounceback/engine"
)

// TestListsHoldWhatFiguresCount: the lists that a figure leads to have as many
// rows as it says.
func TestListsHoldWhatFiguresCount(t *testing.T) {
	b := openBusy(t)
	first := engine.DayOf(2026, 12, 1)
	for _, now := range b.moments {
		b.at(now)
		for _, span := range [][2]engine.Day{{first, first + 30}, {first + 3, first + 11}, {first + 20, first + 80}} {
			f, err := b.Figures(bg, b.actor, span[0], span[1])
			if err != nil {
				t.Fatal(err)
			}
			today := b.store.Today(engine.Instant(b.now.Load()))
			days, ended := engine.Filter{From: span[0], To: span[1]}, engine.Filter{EndFrom: span[0], EndTo: min(span[1], today-1)}
			if ended.EndTo < ended.EndFrom {
				continue
			}
			for _, c := range []struct {
				what  string
				f     engine.Filter
				state string
				sales bool
				want  int64
			}{
				{"sales", days, engine.SalesKept, true, f.Sales},
				{"used", days, engine.SalesRedeeming, true, f.Used.Coupons},
				{"issued", days, "", false, f.Issued.Issued},
				{"ended", ended, "", false, f.Ended.Issued},
				{"came back", ended, string(engine.CouponRedeemed), false, f.Ended.Redeemed},
				{"never used", ended, string(engine.CouponExpired), false, f.Ended.Rest()},
				{"ended and not void", ended, engine.CouponsKept, false, f.Ended.Issued - f.Ended.Voided},
			} {
				c.f.State, c.f.Limit = c.state, engine.MostPage
				got := 0
				if c.sales {
					p, err := b.Sales(bg, b.actor, c.f)
					got = len(p.Items)
					if err != nil {
						t.Fatal(err)
					}
				} else {
					p, err := b.Coupons(bg, b.actor, c.f)
					got = len(p.Items)
					if err != nil {
						t.Fatal(err)
					}
				}
				if int64(got) != c.want {
					t.Errorf("%s, %v: %s has %d rows, the figure is %d", now, span, c.what, got, c.want)
				}
			}
		}
	}
}
