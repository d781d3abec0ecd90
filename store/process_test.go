package store_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/store"
)

// childPath is set for a test binary started as another till's process.
const childPath = "BOUNCEBACK_TEST_CHILD"

// TestChildTill is not a test: it is the other till. It reads drafts as JSON
// lines and answers each with a line, once the sale is acknowledged: the id
// of the sale, or the code of the refusal.
func TestChildTill(t *testing.T) {
	path := os.Getenv(childPath)
	if path == "" {
		t.Skip("runs as a child process of other tests")
	}
	db, err := store.Open(bg, path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	st, err := db.TheStore(bg, "")
	if err != nil {
		t.Fatal(err)
	}
	staff, err := db.Staff(bg, st.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	r, err := db.Register(bg, st.ID, os.Getenv(childPath+"_TILL"), "")
	if err != nil {
		t.Fatal(err)
	}
	a, err := db.SignIn(bg, st.ID, staff[0].ID, r.ID, "", engine.FromCounter)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var d engine.Draft
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		got, err := db.RecordSale(bg, a, d)
		if err != nil {
			fmt.Println("refused", engine.CodeOf(err), err)
			continue
		}
		fmt.Println("sale", got.Sale.ID)
	}
}

// child is a running TestChildTill.
type child struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func startChild(t *testing.T, path, register string) *child {
	t.Helper()
	c := &child{t: t, cmd: exec.Command(os.Args[0], "-test.run=^TestChildTill$", "-test.timeout=120s")}
	c.cmd.Env = append(os.Environ(), childPath+"="+path, childPath+"_TILL="+register)
	c.cmd.Stderr = os.Stderr
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.out = bufio.NewScanner(out)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if got := c.line(); got != "ready" {
		t.Fatalf("child said %q", got)
	}
	return c
}

// line is the next line of the child, "" once it is dead.
func (c *child) line() string {
	if !c.out.Scan() {
		return ""
	}
	return c.out.Text()
}

func (c *child) sell(d engine.Draft) {
	line, err := json.Marshal(d)
	if err != nil {
		c.t.Fatal(err)
	}
	_, _ = c.in.Write(append(line, '\n')) // a killed child reads no more
}

func (c *child) end() {
	_ = c.in.Close()
	_ = c.cmd.Wait()
}

func TestKilledTillLosesNothingAcknowledged(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 10
	}
	s := openTill(t, func(st *engine.Store) {
		st.Settings = engine.Settings{engine.SetPerCustomer: "1000", engine.SetPerRegister: "100000"}
	})
	s.now.Store(time.Now().UnixMilli())
	offer := ofCoffee(percent(engine.KindItemPercent, 1000))
	offer.Limits = engine.Limits{Total: 1000, PerCustomer: 1000, PerDay: 1000, Budget: 10_000_00}
	s.runs("Coffee", offer)
	random := rand.New(rand.NewPCG(1, 2))
	acknowledged := map[string]bool{}
	for round := range rounds {
		for _, sale := range killedWhileSelling(t, s.path, round, random) {
			acknowledged[sale] = true
		}
	}
	s.now.Store(time.Now().UnixMilli())
	stored := allSales(t, s)
	for id := range acknowledged {
		if !stored[id] {
			t.Errorf("sale %s was acknowledged and is lost", id)
		}
	}
	t.Logf("%d sales acknowledged in %d rounds", len(acknowledged), rounds)
	s.sound()
}

// killedWhileSelling runs a till that sells as fast as it can, kills it at a
// random point after a random number of sales, and gives the sales it
// acknowledged.
func killedWhileSelling(t *testing.T, path string, round int, random *rand.Rand) []string {
	c := startChild(t, path, "Till 2")
	go func() {
		for n := range 500 {
			d := toMaria(engine.Minor(100_00 + n))
			d.Key, d.Use = fmt.Sprintf("round-%d-%d", round, n), engine.UseBest
			if n%2 == 1 {
				d.Amount, d.Lines, d.Delivery = 0, []engine.Line{coffee(3), bread(2)}, []engine.Charge{{Method: "courier", Amount: 5_00}}
			}
			c.sell(d)
		}
	}()
	var sales []string
	after, pause := 1+random.IntN(6), time.Duration(random.IntN(10_000))*time.Microsecond
	for line := c.line(); line != ""; line = c.line() {
		id, ok := strings.CutPrefix(line, "sale ")
		if !ok {
			t.Errorf("till said %q", line)
		}
		if sales = append(sales, id); len(sales) == after {
			time.AfterFunc(pause, func() { _ = c.cmd.Process.Kill() })
		}
	}
	c.end()
	return sales
}

func allSales(t *testing.T, s *till) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for f := (engine.Filter{Limit: engine.MostPage}); ; {
		page, err := s.Sales(bg, s.actor, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, sale := range page.Items {
			out[sale.ID.String()] = true
		}
		if f.After = page.Next; f.After == "" {
			return out
		}
	}
}

func TestTwoTillsRedeemOneCouponOnce(t *testing.T) {
	coupons := 200
	if testing.Short() {
		coupons = 40
	}
	s := openTill(t, func(st *engine.Store) {
		st.Settings = engine.Settings{engine.SetPerRegister: "100000"}
	})
	s.now.Store(time.Now().UnixMilli())
	one, two := startChild(t, s.path, "Till 2"), startChild(t, s.path, "Till 3")
	defer one.end()
	defer two.end()
	wins := [2]int{}
	for range coupons {
		c := s.sell(engine.Draft{Amount: 100_00}).Issued
		d := redeeming(engine.Draft{Amount: 50_00}, c)
		one.sell(d)
		two.sell(d)
		a, b := one.line(), two.line()
		switch won := [2]bool{strings.HasPrefix(a, "sale "), strings.HasPrefix(b, "sale ")}; won {
		case [2]bool{true, false}:
			wins[0]++
			told(t, b, "Till 2")
		case [2]bool{false, true}:
			wins[1]++
			told(t, a, "Till 3")
		default:
			t.Fatalf("the tills said %q and %q: exactly one must win", a, b)
		}
	}
	t.Logf("till 2 won %d times, till 3 %d times", wins[0], wins[1])
	s.sound()
}

// told checks that the losing till is told who was first.
func told(t *testing.T, line, winner string) {
	t.Helper()
	if !strings.HasPrefix(line, "refused "+string(engine.CodeCouponRedeemed)) || !strings.Contains(line, winner) {
		t.Errorf("the loser was told %q, want that %s redeemed it", line, winner)
	}
}
