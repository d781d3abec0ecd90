package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// textShop is a shop with some texts to plan, take back and claim in turn.
type textShop struct {
	*benchShop
	coupons []engine.Coupon
	buyers  []engine.Customer
}

// textBuyers are the customers whose texts are measured.
const textBuyers = 200

// newTextShop has so many texts of others: of each ten, eight went in the past
// years, one was taken back and one is to go in the next weeks.
func newTextShop(tb testing.TB, texts int) *textShop {
	tb.Helper()
	s := &textShop{benchShop: openBenchShop(tb, 1)}
	st, err := s.TheStore(bgc, "")
	check(tb, err)
	st.Settings = engine.Settings{
		engine.SetTextGap: "0", engine.SetTextPerWeek: "0", engine.SetTextFrom: "0", engine.SetTextUntil: "24", engine.SetTextPrice: "250000",
	}
	_, err = s.SaveStore(bgc, s.owner, st)
	check(tb, err)
	s.fillTexts(tb, texts)
	for i := range textBuyers {
		s.now = s.now.Add(time.Minute)
		r, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 10_000, Customer: engine.CustomerRef{
			Phone: fmt.Sprintf("+55119555%05d", i), Name: "Maria", Consent: engine.ConsentYes,
		}})
		check(tb, err)
		check(tb, s.write(bgc, func(t *tx) error {
			c, err := t.customer(s.owner.StoreID, r.Sale.CustomerID)
			s.coupons, s.buyers = append(s.coupons, *r.Issued), append(s.buyers, c)
			return firstError(err, t.cancelAllMessages(s.owner.StoreID, c.ID, reasonVoided))
		}))
	}
	return s
}

// fillTexts writes texts of customers that are not in the file, twenty of each.
func (s *textShop) fillTexts(tb testing.TB, texts int) {
	tb.Helper()
	const from = testStart - 2*365*days
	for _, q := range []string{
		"PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000",
		fmt.Sprintf(`
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d),
  made(i, at) AS (SELECT i, %d + i * %d FROM n)
INSERT INTO message (store_id, id, kind, step, days, state, coupon_id, customer_id, wording_id, planned, due, sent, sent_day, parts, lease_until)
SELECT (SELECT id FROM store), unhex(printf('%%012x7%%03x%%016x', at, i %% 4096, i)), 'reminder', 'day', 2,
       CASE i %% 10 WHEN 0 THEN 'queued' WHEN 1 THEN 'cancelled' ELSE 'accepted' END,
       unhex(printf('%%012x7000%%016x', at, i / 5)), unhex(printf('%%016x%%016x', (i %% (%d / 20)) * 7919, i %% (%d / 20))),
       (SELECT id FROM wording ORDER BY id LIMIT 1),
       at, CASE i %% 10 WHEN 0 THEN %d + (i * 7919) %% %d ELSE at END, at, 1, 1, 0 FROM made`,
			texts, from, 2*365*days/texts, texts, texts, testStart+400*days, 40*days),
		"PRAGMA cache_size = -2000", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		_, err := s.writer.db.Exec(q)
		check(tb, err)
	}
}

// turn plans the texts of a coupon, claims the one at issue, and takes the
// others back; it gives what each took, without the commit.
func (s *textShop) turn(tb testing.TB, i int) (took [3]time.Duration) {
	tb.Helper()
	c, to := s.coupons[i%textBuyers], s.buyers[i%textBuyers]
	s.now = s.now.Add(time.Minute)
	business := engine.DayAt(s.now, time.UTC)
	c.LastDay, c.ValidFrom, c.ValidUntil = business+45, s.now, s.now.Add(45*24*time.Hour)
	step := func(n int, do func(*tx) error) {
		check(tb, s.write(bgc, func(t *tx) error {
			start := time.Now()
			err := do(t)
			took[n] = time.Since(start)
			return err
		}))
	}
	st, err := s.TheStore(bgc, "")
	check(tb, err)
	step(0, func(t *tx) error {
		m, err := t.planTexts(st, c, business, to)
		if m == nil {
			tb.Fatal("nothing is planned")
		}
		return err
	})
	var out delivery.Claimed
	step(1, func(t *tx) (err error) {
		out, _, err = t.claim(s.now, s.now.Add(time.Minute))
		if !out.OK {
			tb.Fatalf("nothing is claimed: %+v", out)
		}
		return err
	})
	check(tb, s.Settle(bgc, delivery.Settlement{ID: out.ID, Attempt: out.Attempt, State: delivery.StateAccepted, At: s.now}))
	step(2, func(t *tx) error { return t.cancelMessages(st.ID, c.ID, to.ID, reasonRedeemed) })
	return took
}

// BenchmarkTextsAmongAMillion plans, claims and takes back texts in a file with
// ten thousand others and in one with a million, in turn, and prints how much
// longer the second takes: the ratio of the medians.
func BenchmarkTextsAmongAMillion(b *testing.B) {
	shops := [2]*textShop{newTextShop(b, 10_000), newTextShop(b, 1_000_000)}
	var took [2][3][]time.Duration
	for i := range textBuyers { // until statements are prepared and pages read
		for _, s := range shops {
			s.turn(b, i)
		}
	}
	for i := 0; b.Loop(); i++ {
		for n, s := range shops {
			for op, d := range s.turn(b, i) {
				took[n][op] = append(took[n][op], d)
			}
		}
	}
	for op, name := range []string{"plan", "claim", "cancel"} {
		few, many := median(took[0][op]), median(took[1][op])
		b.ReportMetric(float64(many)/float64(few), name+"-ratio")
		b.ReportMetric(float64(many.Microseconds()), "µs/"+name)
	}
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// BenchmarkDeskAmongAMillion reads the texts of the counter's desk.
func BenchmarkDeskAmongAMillion(b *testing.B) {
	s := newTextShop(b, 1_000_000)
	st, err := s.TheStore(bgc, "")
	check(b, err)
	for b.Loop() {
		check(b, s.read(bgc, func(t *tx) error {
			_, err := t.textDesk(st)
			return err
		}))
	}
}
