package store

import (
	"database/sql/driver"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"

	"bounceback/engine"
)

// lookupSizes names how many coupons BenchmarkLookup builds, as
// 1000000,10000000. It takes minutes and gigabytes, so it is run by hand:
//
//	BOUNCEBACK_LOOKUP=1000000,10000000 go test -run xxx -bench Lookup -timeout 1h ./store
const lookupSizes = "BOUNCEBACK_LOOKUP"

// bulk adds the sales from $6 up to $7 of $5, each of which earned a coupon,
// three seconds apart, and a tenth as many customers.
const bulk = `
WITH RECURSIVE i(n) AS (SELECT $6 UNION ALL SELECT n + 1 FROM i WHERE n + 1 < $7)
INSERT INTO `

// bulkCustomer is who bought the nth time: somebody anywhere in the file.
const bulkCustomer = `unhex(printf('%012x70028%015x', $4 + n * 7919 % ($5 / 10), n * 7919 % ($5 / 10)))`

var bulkRows = []string{
	`customer (store_id, id, number, created)
SELECT $1, unhex(printf('%012x70028%015x', $4 + n, n)), 'C' || n, $4 FROM i WHERE n < $5 / 10 AND $2 <> $3`,
	`sale (store_id, id, reference, business, gross, discount, net, state, customer_id, staff_id, register_id, origin, issued_id)
SELECT $1, unhex(printf('%012x70008%015x', $4 + n * 3000, n)), 'R-' || n, 20000 + n / 30000, 10000, 0, 10000, 'completed',
       ` + bulkCustomer + `, $2, $3, 'import', unhex(printf('%012x70018%015x', $4 + n * 3000, n)) FROM i`,
	`coupon (store_id, id, code_hash, code_sealed, campaign_id, customer_id, sale_id, face, rate, min_sale, max_discount,
        first_day, last_day, valid_from, valid_until, state)
SELECT $1, unhex(printf('%012x70018%015x', $4 + n * 3000, n)), bulk_hash($1, n),
       bulk_seal(n, unhex(printf('%012x70018%015x', $4 + n * 3000, n))), (SELECT id FROM campaign WHERE store_id = $1),
       ` + bulkCustomer + `, unhex(printf('%012x70008%015x', $4 + n * 3000, n)), 2000, 2000, 0, 3000, 1, 2, 1, 9000000000000, 'active'
  FROM i WHERE $2 <> $3`,
}

// bulkKeys are the keys of the file that is being filled.
var bulkKeys *keyring

// bulkCode is the code of the nth coupon.
func bulkCode(n int64) string {
	return engine.NewCode([7]byte{byte(n), byte(n >> 5), byte(n >> 10), byte(n >> 15), byte(n >> 20), byte(n >> 25), byte(n >> 30)})
}

func init() {
	sqlite.MustRegisterScalarFunction("bulk_hash", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		return bulkKeys.code(engine.ID(args[0].([]byte)), bulkCode(args[1].(int64))), nil
	})
	sqlite.MustRegisterScalarFunction("bulk_seal", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		return bulkKeys.seal("coupon", "code", engine.ID(args[1].([]byte)), bulkCode(args[0].(int64)))
	})
}

// bulkStart is when the first of the bulk sales was.
const bulkStart = 1_600_000_000_000

// bulkBuyer is the id of a bulk customer.
func bulkBuyer(k int) engine.ID {
	return engine.NewID(engine.Instant(bulkStart+k), [10]byte{0, 2, 0, 0, 0, 0, byte(k >> 24), byte(k >> 16), byte(k >> 8), byte(k)})
}

// openBulk makes a file with n coupons.
func openBulk(tb testing.TB, n int) *benchShop {
	tb.Helper()
	s := openBenchShop(tb, 1)
	bulkKeys = s.keys
	run := func(q string, args ...any) {
		_, err := s.writer.db.Exec(q, args...)
		check(tb, err)
	}
	for _, p := range []string{"foreign_keys = 0", "synchronous = OFF", "cache_size = -1000000"} {
		run("PRAGMA " + p)
	}
	indexes := map[string]string{}
	rows, err := s.writer.db.Query(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('sale', 'coupon', 'customer') AND sql <> ''`)
	check(tb, err)
	for rows.Next() {
		var name, sql string
		check(tb, rows.Scan(&name, &sql))
		indexes[name] = sql
	}
	check(tb, rows.Err())
	for name := range indexes {
		run("DROP INDEX " + name)
	}
	const part = 250_000
	for _, into := range bulkRows {
		for from := 0; from < n; from += part {
			run(bulk+into, s.owner.StoreID, s.owner.StaffID, s.owner.RegisterID, bulkStart, n, from, min(from+part, n))
		}
	}
	for _, sql := range indexes {
		run(sql)
	}
	check(tb, s.Close())
	s.reopen(tb)
	return s
}

// BenchmarkLookup asks files of several sizes the same questions and prints
// how much longer each answer takes than in the first.
func BenchmarkLookup(b *testing.B) {
	sizes := os.Getenv(lookupSizes)
	if sizes == "" {
		b.Skip("set " + lookupSizes + " to run it")
	}
	first := map[string]float64{}
	for text := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(text)
		check(b, err)
		start := time.Now()
		s := openBulk(b, n)
		b.Logf("%d coupons built in %s", n, time.Since(start).Round(time.Second))
		random := rand.New(rand.NewPCG(2, 2))
		for _, q := range s.questions(n, random) {
			b.Run(fmt.Sprintf("%s/%d", q.name, n), func(b *testing.B) {
				for range 2000 {
					check(b, q.ask())
				}
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

type question struct {
	name string
	ask  func() error
}

func (s *benchShop) questions(n int, random *rand.Rand) []question {
	customer := func() engine.ID { return bulkBuyer(random.IntN(n / 10)) }
	return []question{
		{"coupon", func() error {
			_, err := s.CheckCoupon(bgc, s.owner, bulkCode(random.Int64N(int64(n))), 100_00, engine.ID{})
			return err
		}},
		{"sale", func() error {
			_, err := s.SaleByReference(bgc, s.owner, "R-"+strconv.Itoa(random.IntN(n)))
			return err
		}},
		{"customer", func() error {
			_, err := s.FindCustomers(bgc, s.owner, engine.CustomerQuery{Number: "C" + strconv.Itoa(random.IntN(n/10))})
			return err
		}},
		{"sales of a customer", func() error {
			_, err := s.Sales(bgc, s.owner, engine.Filter{CustomerID: customer()})
			return err
		}},
		{"record", func() error {
			s.now = s.now.Add(30 * time.Minute)
			_, err := s.RecordSale(bgc, s.owner, engine.Draft{Amount: 50_00, Customer: engine.CustomerRef{ID: customer()}})
			return err
		}},
	}
}
