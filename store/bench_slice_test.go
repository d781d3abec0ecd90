package store

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bounceback/engine"
)

// BenchmarkSaleSums runs the statements of sales, bare, on two copies of a file:
// with those of the sums by till, cashier, source and ad and of the gaps of all
// time, and without. It prints how much longer a sale takes for them, and the
// bytes of the log that each writes.
func BenchmarkSaleSums(b *testing.B) {
	s := openBenchShop(b, 4_000)
	check(b, s.Close())
	dir := b.TempDir()
	paths := [2]string{filepath.Join(dir, "with.db"), filepath.Join(dir, "without.db")}
	var files [2]*bareFile
	for i, path := range paths {
		copyFile(b, s.path, path)
		files[i] = openBare(b, path)
		keepLog(b, files[i].db)
	}
	s.reopen(b)
	log := s.trace(b)
	var took [2]time.Duration
	sales := 0
	sell := func() {
		*log = (*log)[:0]
		s.sell(b)
		for i, steps := range [2][]step{*log, withoutSlices(*log)} {
			start := time.Now()
			files[i].run(b, steps)
			took[i] += time.Since(start)
		}
		*log = (*log)[:0]
		s.send(b)
		for _, f := range files {
			f.run(b, *log)
		}
	}
	for range benchCustomers {
		sell()
	}
	took = [2]time.Duration{}
	var logged [2]int64
	for b.Loop() {
		before := [2]int64{logBytes(b, paths[0]), logBytes(b, paths[1])}
		sell()
		for i := range logged {
			logged[i] += logBytes(b, paths[i]) - before[i]
		}
		sales++
	}
	b.ReportMetric(float64(took[0])/float64(took[1]), "ratio")
	b.ReportMetric(float64(logged[0])/float64(sales), "B/with")
	b.ReportMetric(float64(logged[1])/float64(sales), "B/without")
}

// keepLog has the log grow, so that it can be measured.
func keepLog(tb testing.TB, db *sql.DB) {
	tb.Helper()
	_, err := db.Exec("PRAGMA wal_autocheckpoint = 0")
	check(tb, err)
}

func logBytes(tb testing.TB, path string) int64 {
	tb.Helper()
	info, err := os.Stat(path + "-wal")
	check(tb, err)
	return info.Size()
}

// withoutSlices leaves out the statements of 0010_slices.sql. What day_summary
// gets of other days is how many sales were followed by another.
func withoutSlices(steps []step) (out []step) {
	for _, s := range steps {
		again := s.sql == string(dayAdd) && s.args[len(s.args)-1] != int64(0)
		if s.sql != string(sliceAdd) && s.sql != string(gapTotalAdd) && !again {
			out = append(out, s)
		}
	}
	return out
}

// BenchmarkFiguresBy reads every split of a shop with two thousand days, five
// tills and ten labels, and prints how long the slowest takes.
func BenchmarkFiguresBy(b *testing.B) {
	s := openBenchShop(b, 1000)
	fillSlices(b, s)
	var most time.Duration
	for b.Loop() {
		for _, by := range engine.AllBy {
			start := time.Now()
			all, err := s.FiguresBy(bgc, s.owner, by, 0, 0)
			check(b, err)
			if len(all) == 0 {
				b.Fatalf("nothing by %s", by)
			}
			most = max(most, time.Since(start))
		}
	}
	b.ReportMetric(float64(most.Milliseconds()), "ms/slowest")
}

// fillSlices makes a hundred thousand rows of sums.
func fillSlices(tb testing.TB, s *benchShop) {
	tb.Helper()
	const query = `
WITH RECURSIVE day(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM day WHERE n < 2000), part(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM part WHERE n < 49)
INSERT INTO coupon_slice SELECT g.store_id, 10000 + day.n, g.id, 10045 + day.n, zeroblob(16), unhex(printf('%032x', part.n % 5)), 'source ' || (part.n / 5), 'ad',
       9, 9000, 2, 2000, 1, 1000, 1500, 30000, 25000, 20, 4000000
  FROM campaign g, day, part WHERE g.id = (SELECT min(id) FROM campaign)`
	_, err := s.writer.db.Exec(query)
	check(tb, err)
}
