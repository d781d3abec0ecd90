package store

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
)

// officeSizes names the files whose reports BenchmarkOffice reads, each as
// sales:coupons. The larger ones take minutes and gigabytes, so it is run by
// hand:
//
//	BOUNCEBACK_OFFICE=10000:10000,1000000:10000000 go test -run xxx -bench Office -timeout 2h ./store
const officeSizes = "BOUNCEBACK_OFFICE"

// The made-up shop sold for three years, whatever its size: with three people
// at three tills, under three campaigns, to a fifth as many customers as sales,
// each of whom comes whenever. One sale in ten redeems a coupon of 20 days
// before. Of the rows below, $3 is the last day and $4 the count of all sales;
// the coupons are as many times that as $5 says.
const officeRow = `
WITH RECURSIVE i(n) AS (SELECT $1 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < $2),
s AS (SELECT n, $5 AS each, $3 - 1094 + n * 1094 / $4 AS day,
       unhex(printf('%012x70008%015x', ($3 - 1094 + n * 1094 / $4) * 86400000 + 43200000, n)) AS id FROM i),
person AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS no FROM staff),
till AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS no FROM register),
runs AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS no FROM campaign)
`

var officeRows = []struct {
	into string
	of   func(sales, each int) int
}{
	{`INSERT INTO customer (store_id, id, number, created)
SELECT t.id, unhex(printf('%012x70028%015x', n, n)), 'C' || n, 1 FROM s, store t`, func(n, _ int) int { return n/5 + 1 }},
	{`INSERT INTO sale (store_id, id, reference, business, gross, discount, net, state, customer_id, staff_id, register_id, origin, issued_id, credit_off, redeemed_id)
SELECT t.id, s.id, 'R-' || n, day, 2000 + n * 7919 % 20000, CASE WHEN n % 10 = 3 AND n > $4 / 50 THEN 500 ELSE 0 END,
       2000 + n * 7919 % 20000 - CASE WHEN n % 10 = 3 AND n > $4 / 50 THEN 500 ELSE 0 END, 'completed',
       unhex(printf('%012x70028%015x', n * 2654435761 % 4294967296 % ($4 / 5), n * 2654435761 % 4294967296 % ($4 / 5))),
       (SELECT id FROM person WHERE no = n % 3), (SELECT id FROM till WHERE no = n % 3),
       'counter', unhex(printf('%012x70018%015x', 1, n)), CASE WHEN n % 10 = 3 AND n > $4 / 50 THEN 500 ELSE 0 END,
       CASE WHEN n % 10 = 3 AND n > $4 / 50 THEN unhex(printf('%012x70018%015x', 1, n - $4 / 55)) END
  FROM s, store t`, func(n, _ int) int { return n }},
	{
		`INSERT INTO coupon (store_id, id, code_hash, code_sealed, campaign_id, customer_id, sale_id, face, rate, min_sale, max_discount, first_day, last_day,
                    valid_from, valid_until, state, redeemed, redeemed_sale, redeemed_amount)
SELECT x.store_id, unhex(printf('%012x70018%015x', k + 1, c.n)), CAST('c' || k || '-' || c.n AS BLOB), x'00',
       (SELECT id FROM runs WHERE no = (c.n + k) % 3), x.customer_id, x.id, 1000 + c.n % 3000, 2000, 0, 3000, x.business, x.business + 45,
       x.business * 86400000, (x.business + 46) * 86400000, CASE WHEN r.id IS NULL THEN 'active' ELSE 'redeemed' END,
       CASE WHEN r.id IS NULL THEN 0 ELSE r.business * 86400000 END, r.id, CASE WHEN r.id IS NULL THEN 0 ELSE 500 END
  FROM (SELECT s.n / each AS n, s.n % each AS k FROM s) c
  JOIN sale x ON x.store_id = (SELECT id FROM store) AND x.id = unhex(printf('%012x70008%015x', ($3 - 1094 + c.n * 1094 / $4) * 86400000 + 43200000, c.n))
  LEFT JOIN sale r ON k = 0 AND (c.n + $4 / 55) % 10 = 3 AND c.n + $4 / 55 > $4 / 50 AND r.store_id = x.store_id
   AND r.id = unhex(printf('%012x70008%015x', ($3 - 1094 + (c.n + $4 / 55) * 1094 / $4) * 86400000 + 43200000, c.n + $4 / 55))`,
		func(n, each int) int { return n * each },
	},
}

// officeSums are the sums that the migrations made of older files, and so can
// make again.
var officeSums = []string{
	"new_coupon_summary", "coupon_slice", "gap_summary", "gap_total", "redeem_summary", "cohort_summary", "till_summary",
	"day_summary", "customer",
}

// openOffice makes a file with so many sales, and with each so many coupons.
func openOffice(tb testing.TB, sales, each int) *benchShop {
	tb.Helper()
	s := openBenchShop(tb, 4)
	s.emptied(tb)
	run := func(q string, args ...any) {
		if _, err := s.writer.db.Exec(q, args...); err != nil {
			tb.Fatalf("%s: %v", q, err)
		}
	}
	st, err := s.TheStore(bgc, "")
	check(tb, err)
	const part = 200_000
	for _, r := range officeRows {
		n := r.of(sales, each)
		for from := 0; from < n; from += part {
			run(officeRow+r.into, from, min(from+part, n), int64(st.Today(s.now)), sales, each)
		}
	}
	run(`INSERT INTO day_summary (store_id, day, sales, gross, discount, net, issued, redeemed, credit_off)
SELECT store_id, business, count(*), sum(gross), sum(discount), sum(net), count(issued_id), count(redeemed_id), sum(credit_off) FROM sale GROUP BY store_id, business`)
	run(`UPDATE customer SET visits = x.n, spent = x.net, first_day = x.first, last_day = x.last
  FROM (SELECT customer_id, count(*) AS n, sum(net) AS net, min(business) AS first, max(business) AS last FROM sale GROUP BY customer_id) x WHERE x.customer_id = customer.id`)
	for _, q := range s.summing(tb) {
		run(q)
	}
	check(tb, s.Close())
	s.reopen(tb)
	return s
}

// emptied takes out what the shop began with, and gives it people, tills and
// campaigns.
func (s *benchShop) emptied(tb testing.TB) {
	tb.Helper()
	s.sold = 0
	for _, name := range []string{"Bia", "Caio"} {
		_, err := s.SaveStaff(bgc, s.owner, engine.StaffEdit{Name: name, Role: engine.Cashier, Active: true})
		check(tb, err)
		_, err = s.Register(bgc, s.owner.StoreID, "Till of "+name, "")
		check(tb, err)
		_, err = s.SaveCampaign(bgc, s.owner, engine.Campaign{Title: "Of " + name, Terms: engine.Settings{}.StandardTerms(), State: engine.CampaignActive})
		check(tb, err)
	}
	pragmas := []string{"foreign_keys = 0", "synchronous = OFF", "cache_size = -1000000"}
	for _, p := range pragmas {
		_, err := s.writer.db.Exec("PRAGMA " + p)
		check(tb, err)
	}
	kept := []string{"store", "setting", "register", "staff", "campaign", "audit", "audit_head", "file_fact", "migration", "wording"}
	rows, err := s.writer.db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
	check(tb, err)
	var names []string
	for rows.Next() {
		var name string
		check(tb, rows.Scan(&name))
		if !slices.Contains(kept, name) {
			names = append(names, name)
		}
	}
	check(tb, rows.Err())
	for _, name := range names {
		_, err := s.writer.db.Exec("DELETE FROM " + name)
		check(tb, err)
	}
}

// summing finds the statements of the migrations by which the sums are made.
func (s *benchShop) summing(tb testing.TB) (out []string) {
	tb.Helper()
	steps, err := migrationsOf(migrationFiles)
	check(tb, err)
	for _, m := range steps[7:] { // the earlier ones made no sums that are still kept
		for q := range strings.SplitSeq(m.sql, ";\n") {
			q = withoutComments(q)
			words := strings.Fields(q)
			if len(words) < 3 || words[0] != "INSERT" && words[0] != "UPDATE" || !strings.Contains(q, "SELECT") {
				continue
			}
			table := words[1]
			if words[0] == "INSERT" {
				table = words[2]
			}
			if slices.Contains(officeSums, table) {
				out = append(out, strings.ReplaceAll(q, "new_coupon_summary", "coupon_summary"))
			}
		}
	}
	return out
}

func withoutComments(q string) string {
	var kept []string
	for line := range strings.SplitSeq(q, "\n") {
		if !strings.HasPrefix(line, "--") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// BenchmarkOffice reads the reports of files of several sizes and prints how
// much longer each takes than in the first.
func BenchmarkOffice(b *testing.B) {
	sizes := os.Getenv(officeSizes)
	if sizes == "" {
		b.Skip("set " + officeSizes + " to run it")
	}
	first := map[string]float64{}
	for size := range strings.SplitSeq(sizes, ",") {
		n, of, _ := strings.Cut(size, ":")
		sales, err := strconv.Atoi(n)
		check(b, err)
		coupons, err := strconv.Atoi(of)
		check(b, err)
		start := time.Now()
		s := openOffice(b, sales, coupons/sales)
		b.Logf("%s built in %s", path.Base(size), time.Since(start).Round(time.Second))
		for _, q := range s.reports() {
			b.Run(fmt.Sprintf("%s/%s", q.name, size), func(b *testing.B) {
				check(b, q.ask())
				for b.Loop() {
					check(b, q.ask())
				}
				took := float64(b.Elapsed()) / float64(b.N)
				if first[q.name] == 0 {
					first[q.name] = took
				}
				b.ReportMetric(took/first[q.name], "ratio")
			})
		}
	}
}

// reports are all reports, over all days where they are of days.
func (s *benchShop) reports() []question {
	err := func(_ any, err error) error { return err }
	return []question{
		{"desk", func() error { return err(s.Overview(bgc, s.owner)) }},
		{"store", func() error { return err(s.Figures(bgc, s.owner, 0, 0)) }},
		{"campaigns", func() error { return err(s.CampaignReport(bgc, s.owner, 0, 0)) }},
		{"liability", func() error { return err(s.Liability(bgc, s.owner)) }},
		{"repurchase", func() error { return err(s.Repurchase(bgc, s.owner, 0, 0)) }},
		{"cohorts", func() error { return err(s.Cohorts(bgc, s.owner, 0, 0)) }},
		{"customers", func() error { return err(s.Segments(bgc, s.owner)) }},
		{"staff", func() error { return err(s.Watch(bgc, s.owner, 0, 0)) }},
		{"staff_92", func() error { return err(s.Watch(bgc, s.owner, engine.DayAt(s.now, time.UTC)-91, 0)) }},
		{"alerts", func() error { return err(s.Alerts(bgc, s.owner, engine.Filter{State: "open", Limit: 5})) }},
		{"lost", func() error { return err(s.Customers(bgc, s.owner, engine.Filter{Segment: engine.SegmentLost})) }},
		{"won_back", func() error { return err(s.Customers(bgc, s.owner, engine.Filter{Segment: engine.SegmentWonBack})) }},
	}
}

func TestOfficeAddsUp(t *testing.T) {
	s := openOffice(t, 2_000, 2)
	found, err := s.Check(bgc, s.owner)
	check(t, err)
	for _, f := range found {
		if f.What == foundSummary {
			t.Errorf("%+v", f)
		}
	}
}
