package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"modernc.org/sqlite"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// These benchmarks print ratios and rates. None fails for being slow: that is
// for whoever reads them.

// benchShop is a shop with some history, whose clock moves half an hour a sale.
type benchShop struct {
	*DB
	path  string
	now   engine.Instant
	owner engine.Actor
	sold  int
	lines []engine.Line // of each sale; none: it is an amount
}

func openBenchShop(tb testing.TB, past int) *benchShop {
	tb.Helper()
	s := &benchShop{path: filepath.Join(tb.TempDir(), "shop.db"), now: testStart}
	s.reopen(tb)
	st, err := engine.NewStore("Casa Azul", "BR")
	check(tb, err)
	s.owner, err = s.FirstRun(bgc, st, "Ana", "", "Till 1", "Volte sempre", engine.FromCounter)
	check(tb, err)
	_, err = s.ImportSales(bgc, s.owner, benchRows(past), true)
	check(tb, err)
	for range 2 * benchCustomers {
		s.sell(tb)
		s.send(tb)
	}
	return s
}

func (s *benchShop) reopen(tb testing.TB) {
	tb.Helper()
	db, err := Open(bgc, s.path, Options{Clock: func() engine.Instant { return s.now }})
	check(tb, err)
	s.DB = db
	tb.Cleanup(func() { _ = db.Close() })
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func benchRows(n int) []engine.ImportSale {
	rows := make([]engine.ImportSale, n)
	for i := range rows {
		rows[i] = engine.ImportSale{
			Line: i + 2, Key: fmt.Sprintf("past-%d", i), Number: fmt.Sprintf("%06d", i*7919%(n/4+1)),
			Business: engine.DayOf(2026, 1, 1) + engine.Day(i%300), Amount: engine.Minor(1000 + i%30_000),
		}
	}
	return rows
}

// benchCustomers come back in turn, so that no guard against fraud stops them.
const benchCustomers = 50

// sell is the usual sale: a returning customer with a coupon, who earns the
// next one and is sent a text.
func (s *benchShop) sell(tb testing.TB) engine.Recorded {
	tb.Helper()
	s.now = s.now.Add(30 * time.Minute)
	s.sold++
	d := engine.Draft{
		Key: fmt.Sprintf("%x", sha256.Sum256([]byte{byte(s.sold), byte(s.sold >> 8), byte(s.sold >> 16)})), Amount: engine.Minor(5000 + s.sold%20_000), Use: engine.UseBest,
		Customer: engine.CustomerRef{
			Phone: fmt.Sprintf("+55119876%05d", s.sold%benchCustomers), Name: "Maria Souza", Consent: engine.ConsentYes,
		},
	}
	if s.lines != nil {
		d.Amount, d.Lines = 0, s.lines
	}
	r, err := s.RecordSale(bgc, s.owner, d)
	check(tb, err)
	if s.sold > benchCustomers && (r.Redeemed == nil || r.Issued == nil || r.Message == nil) {
		tb.Fatalf("not the usual sale: %+v", r)
	}
	return r
}

// send settles the texts that are due, as the worker does between two sales.
func (s *benchShop) send(tb testing.TB) {
	tb.Helper()
	for {
		out, err := s.Claim(bgc, s.now, s.now+60_000)
		check(tb, err)
		if !out.OK {
			return
		}
		check(tb, s.Settle(bgc, delivery.Settlement{
			ID: out.ID, Attempt: out.Attempt, State: delivery.StateAccepted, At: s.now, Sender: "bench", MessageID: "m-1",
		}))
	}
}

// BenchmarkRecordSale records sales, and runs the same statements with the same
// values, bare, each sale's in one transaction, on a copy of the file. Without
// waiting for the disk the difference is that of the program alone.
//
// A basket has ten lines of products in the catalogue, under twenty offers of
// which a few apply and some are limited.
func BenchmarkRecordSale(b *testing.B) {
	b.Run("flushed", func(b *testing.B) { recordBeside(b, "FULL", false) })
	b.Run("unflushed", func(b *testing.B) { recordBeside(b, "OFF", false) })
	b.Run("basket/flushed", func(b *testing.B) { recordBeside(b, "FULL", true) })
	b.Run("basket/unflushed", func(b *testing.B) { recordBeside(b, "OFF", true) })
}

// fill gives the shop ten products and twenty offers.
func (s *benchShop) fill(tb testing.TB) {
	tb.Helper()
	for i := range 10 {
		p := engine.Product{
			SKU: fmt.Sprintf("P%02d", i), Name: fmt.Sprintf("Product %d", i), Category: []string{"Drinks/Coffee", "Food"}[i%2], Brand: "Sol",
			Price: engine.Minor(300 + 77*i), Cost: 100, Counted: true, Stock: 1_000_000, Active: true,
		}
		_, err := s.SaveProduct(bgc, s.owner, p)
		check(tb, err)
		s.lines = append(s.lines, engine.Line{SKU: p.SKU, Name: p.Name, Units: int64(1 + i%4), Price: p.Price})
	}
	for i := range 20 {
		_, err := s.SaveCampaign(bgc, s.owner, engine.Campaign{Title: fmt.Sprintf("Offer %d", i), State: engine.CampaignActive, Promo: benchOffer(i)})
		check(tb, err)
	}
}

func benchOffer(i int) engine.Offer {
	percent := engine.Offer{Kind: engine.KindItemPercent, Cut: engine.Cut{Percent: 1000}}
	switch i {
	case 0:
		percent.Target.Category = []string{"Food"}
	case 1:
		percent.Kind, percent.When.MinAmount, percent.Limits.Budget = engine.KindOrderPercent, 20_00, 90_000_000_00
	case 2:
		return engine.Offer{
			Kind: engine.KindBuyGet, Target: engine.Goods{SKU: []string{"P02", "P06"}}, Sets: engine.Sets{Buy: 2, Get: 1}, Cut: engine.Cut{Percent: 10000},
			Limits: engine.Limits{Total: 1_000_000, PerDay: 1000},
		}
	default:
		percent.Target.SKU = []string{fmt.Sprintf("X%d", i)}
	}
	return percent
}

func recordBeside(b *testing.B, synchronous string, basket bool) {
	s := openBenchShop(b, 5000)
	if basket {
		s.fill(b)
	}
	check(b, s.Close())
	copyPath := s.path + ".copy"
	copyFile(b, s.path, copyPath)
	s.reopen(b)
	log := s.trace(b)
	bare := openBare(b, copyPath)
	for _, db := range []*sql.DB{s.writer.db, bare.db} {
		_, err := db.Exec("PRAGMA synchronous = " + synchronous)
		check(b, err)
	}
	step := func() (recorded, ran time.Duration, steps int) {
		*log = (*log)[:0]
		start := time.Now()
		s.sell(b)
		recorded = time.Since(start)
		start = time.Now()
		bare.run(b, *log)
		ran, steps = time.Since(start), len(*log)
		*log = (*log)[:0]
		s.send(b)
		bare.run(b, *log)
		return recorded, ran, steps
	}
	for range benchCustomers { // until statements are prepared and pages read
		step()
	}
	var recorded, ran time.Duration
	steps, sales := 0, 0
	for b.Loop() {
		r, f, n := step()
		recorded, ran, steps, sales = recorded+r, ran+f, steps+n, sales+1
	}
	b.ReportMetric(float64(recorded)/float64(ran), "ratio")
	b.ReportMetric(float64(recorded.Microseconds())/float64(sales), "µs/sale")
	b.ReportMetric(float64(ran.Microseconds())/float64(sales), "µs/bare")
	b.ReportMetric(float64(steps)/float64(sales), "statements/sale")
}

func copyFile(tb testing.TB, from, to string) {
	tb.Helper()
	in, err := os.Open(from)
	check(tb, err)
	defer in.Close()
	out, err := os.Create(to)
	check(tb, err)
	_, err = io.Copy(out, in)
	check(tb, err)
	check(tb, out.Close())
}

// step is one statement as it was run.
type step struct {
	sql  string
	args []any
	asks bool // gives rows
}

// bareFile runs steps on a file with nothing around them.
type bareFile struct {
	db    *sql.DB
	stmts map[string]*sql.Stmt
}

func openBare(tb testing.TB, path string) *bareFile {
	tb.Helper()
	db, err := sql.Open("sqlite", fileURI(path)+writerParams)
	check(tb, err)
	db.SetMaxOpenConns(1)
	tb.Cleanup(func() { _ = db.Close() })
	return &bareFile{db: db, stmts: map[string]*sql.Stmt{}}
}

func (f *bareFile) run(tb testing.TB, steps []step) {
	for _, s := range steps {
		if f.stmts[s.sql] == nil {
			st, err := f.db.Prepare(s.sql)
			check(tb, err)
			f.stmts[s.sql] = st
		}
	}
	tx, err := f.db.Begin()
	check(tb, err)
	for _, s := range steps {
		if !s.asks {
			_, err := tx.Stmt(f.stmts[s.sql]).Exec(s.args...)
			check(tb, err)
			continue
		}
		rows, err := tx.Stmt(f.stmts[s.sql]).Query(s.args...)
		check(tb, err)
		for rows.Next() {
		}
		check(tb, rows.Err())
		check(tb, rows.Close())
	}
	check(tb, tx.Commit())
}

// trace writes down every statement the shop's writer runs from now on.
func (s *benchShop) trace(tb testing.TB) *[]step {
	tb.Helper()
	base, err := sqlite.NewConnector(fileURI(s.path) + writerParams)
	check(tb, err)
	log := &[]step{}
	check(tb, s.writer.close())
	db := sql.OpenDB(tracer{base, log})
	db.SetMaxOpenConns(1)
	s.writer = newPool(db)
	return log
}

type tracer struct {
	driver.Connector
	log *[]step
}

func (c tracer) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	return tracedConn{conn, c.log}, err
}

type tracedConn struct {
	driver.Conn
	log *[]step
}

func (c tracedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

func (c tracedConn) PrepareContext(ctx context.Context, q string) (driver.Stmt, error) {
	st, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, q)
	return tracedStmt{st, q, c.log}, err
}

type tracedStmt struct {
	driver.Stmt
	sql string
	log *[]step
}

func (s tracedStmt) note(args []driver.NamedValue, asks bool) {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a.Value
		if b, ok := a.Value.([]byte); ok {
			out[i] = slices.Clone(b)
		}
	}
	*s.log = append(*s.log, step{s.sql, out, asks})
}

func (s tracedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.note(args, false)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

func (s tracedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.note(args, true)
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

// mostLog is how much of the write-ahead log a sale may take. It plans five texts
// of the coupon it issues, and takes back up to four of the one it redeems.
const mostLog = 96 << 10

// TestASaleWritesLittle keeps the log from being written back and looks how
// much longer each usual sale makes it. Each transaction ends with one flush of
// that log and, without a checkpoint, no other file is written.
func TestASaleWritesLittle(t *testing.T) {
	s := openBenchShop(t, 3000)
	for _, pragma := range []string{"PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA wal_autocheckpoint = 0"} {
		_, err := s.writer.db.Exec(pragma)
		check(t, err)
	}
	const sales = 100
	written := int64(0)
	for range sales {
		before := s.logSize(t)
		s.sell(t)
		written += s.logSize(t) - before
		s.send(t)
	}
	t.Logf("%d bytes of log a sale", written/sales)
	if written > sales*mostLog || written < sales*4096 {
		t.Errorf("%d sales wrote %d bytes of log, at most %d each", sales, written, mostLog)
	}
}

func (s *benchShop) logSize(tb testing.TB) int64 {
	tb.Helper()
	info, err := os.Stat(s.path + "-wal")
	check(tb, err)
	return info.Size()
}

// BenchmarkImportSales imports rows with coupons, a thousand at a time.
func BenchmarkImportSales(b *testing.B) {
	rows := benchRows(20_000)
	for b.Loop() {
		s := openBenchShop(b, 1)
		start := time.Now()
		for part := range slices.Chunk(rows[1:], 1000) {
			_, err := s.ImportSales(bgc, s.owner, part, true)
			check(b, err)
		}
		b.ReportMetric(float64(len(rows))/time.Since(start).Seconds(), "rows/s")
		check(b, s.Close())
	}
}
