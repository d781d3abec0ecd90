package store

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
)

// ownerPath is set for a test binary started as the owner's process.
const ownerPath = "BOUNCEBACK_TEST_OWNER"

// besideSales is how many sales the file has beside whose reports BenchmarkBeside
// sells; 20000 unless told.
const besideSales = "BOUNCEBACK_BESIDE"

// mostWAL is what SQLite's log may be once nobody reads any more: the limit in
// the writer's address.
const mostWAL = 64 << 20

// TestChildOwner is not a test: it is the owner, who reads one report after the
// other until stdin ends, and then says how many.
func TestChildOwner(t *testing.T) {
	path := os.Getenv(ownerPath)
	if path == "" {
		t.Skip("runs as a child process of other tests")
	}
	s := &benchShop{path: path, now: testStart}
	s.reopen(t)
	st, err := s.TheStore(bgc, "")
	check(t, err)
	staff, err := s.Staff(bgc, st.ID, false)
	check(t, err)
	till, err := s.Register(bgc, st.ID, "", "")
	check(t, err)
	s.owner, err = s.SignIn(bgc, st.ID, staff[0].ID, till.ID, "", engine.FromCommand)
	check(t, err)
	ended := make(chan error, 1)
	go func() { _, err := io.Copy(io.Discard, os.Stdin); ended <- err }()
	fmt.Println("ready")
	for read := 0; ; {
		for _, q := range s.reports() {
			if err := q.ask(); err != nil {
				t.Fatalf("%s: %v", q.name, err)
			}
			read++
		}
		select {
		case <-ended:
			fmt.Println("read", read)
			return
		default:
		}
	}
}

// owner is a running TestChildOwner.
type ownerProcess struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func startOwner(tb testing.TB, path string) *ownerProcess {
	tb.Helper()
	o := &ownerProcess{cmd: exec.Command(os.Args[0], "-test.run=^TestChildOwner$", "-test.timeout=600s")}
	o.cmd.Env = append(os.Environ(), ownerPath+"="+path)
	o.cmd.Stderr = os.Stderr
	var err error
	o.in, err = o.cmd.StdinPipe()
	check(tb, err)
	out, err := o.cmd.StdoutPipe()
	check(tb, err)
	o.out = bufio.NewScanner(out)
	check(tb, o.cmd.Start())
	if !o.out.Scan() || o.out.Text() != "ready" {
		tb.Fatalf("the owner said %q", o.out.Text())
	}
	return o
}

// stop ends the owner and gives how many reports were read.
func (o *ownerProcess) stop(tb testing.TB) int {
	tb.Helper()
	check(tb, o.in.Close())
	read := 0
	for o.out.Scan() {
		if n, ok := strings.CutPrefix(o.out.Text(), "read "); ok {
			read, _ = strconv.Atoi(n)
		}
	}
	if err := o.cmd.Wait(); err != nil {
		tb.Fatalf("the owner ended with %v", err)
	}
	return read
}

// officeTill is a till of an office's file, whose clock moves on as it sells.
func (s *benchShop) officeTill(tb testing.TB) {
	tb.Helper()
	st, err := s.TheStore(bgc, "")
	check(tb, err)
	st.Settings = engine.Settings{engine.SetPerCustomer: "1000", engine.SetPerRegister: "100000"}
	_, err = s.SaveStore(bgc, s.owner, st)
	check(tb, err)
}

// sellFor records n sales and gives how long each took.
func (s *benchShop) sellFor(tb testing.TB, n int) []time.Duration {
	tb.Helper()
	took := make([]time.Duration, n)
	for i := range took {
		start := time.Now()
		s.sell(tb)
		took[i] = time.Since(start)
	}
	return took
}

// BenchmarkBeside sells alone and while the owner reads reports without pause in
// another process, in turns, and prints how much longer a sale takes then. With
// a million sales:
//
//	BOUNCEBACK_BESIDE=1000000 go test -run xxx -bench Beside -benchtime 1x -timeout 1h ./store
func BenchmarkBeside(b *testing.B) {
	sales := 20_000
	if text := os.Getenv(besideSales); text != "" {
		var err error
		sales, err = strconv.Atoi(text)
		check(b, err)
	}
	s := openOffice(b, sales, 1)
	s.officeTill(b)
	s.sellFor(b, 2*benchCustomers)
	for b.Loop() {
		var alone, beside []time.Duration
		read := 0
		for range 5 {
			alone = append(alone, s.sellFor(b, 200)...)
			o := startOwner(b, s.path)
			beside = append(beside, s.sellFor(b, 200)...)
			read += o.stop(b)
		}
		b.ReportMetric(float64(middle(beside))/float64(middle(alone)), "ratio")
		b.ReportMetric(float64(middle(alone).Microseconds()), "µs-alone")
		b.ReportMetric(float64(middle(beside).Microseconds()), "µs-beside")
		b.ReportMetric(float64(read), "reports")
	}
	s.logReturns(b)
}

func middle(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}

// logReturns sees that SQLite's log is small again once a sale has been recorded
// after the last report.
func (s *benchShop) logReturns(tb testing.TB) {
	tb.Helper()
	s.sellFor(tb, 20)
	info, err := os.Stat(s.path + "-wal")
	check(tb, err)
	if info.Size() > mostWAL {
		tb.Errorf("the log is %d bytes, more than %d", info.Size(), mostWAL)
	}
}

// TestSellingBesideReports sells while the owner reads every report in another
// process: neither fails, and the log is small afterwards.
func TestSellingBesideReports(t *testing.T) {
	s := openOffice(t, 5_000, 1)
	s.officeTill(t)
	o := startOwner(t, s.path)
	s.sellFor(t, 300)
	if read := o.stop(t); read < len(s.reports()) {
		t.Errorf("the owner read %d reports", read)
	}
	s.logReturns(t)
	found, err := s.Check(bgc, s.owner)
	check(t, err)
	for _, f := range found {
		if f.What == foundSummary {
			t.Errorf("%+v", f)
		}
	}
}
