//go:build unix

package store

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

// senderPath and senderBegan are set for a test binary started as a worker's
// process: the file, and when the shop's clock began to run.
const (
	senderPath  = "BOUNCEBACK_TEST_SENDER"
	senderBegan = senderPath + "_BEGAN"
)

// hurry is how much faster than others' the clocks of these shops go: a lease
// of a minute is over in half a second.
const hurry = 120

// hurried gives a clock that began to run at an instant of the machine's.
func hurried(began int64) func() engine.Instant {
	return func() engine.Instant {
		return testStart + hurry*engine.Instant(time.Now().UnixMilli()-began)
	}
}

// TestChildSender is not a test: it is a worker, until it is killed.
func TestChildSender(t *testing.T) {
	path := os.Getenv(senderPath)
	if path == "" {
		t.Skip("runs as a child process of another test")
	}
	began, err := strconv.ParseInt(os.Getenv(senderBegan), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	clock := hurried(began)
	db, err := Open(bgc, path, Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	w := delivery.NewWorker(delivery.Options{
		Outbox: tagged{db}, Sender: telling{new(delivery.SNS)}, Clock: clock, Random: rand.Int64N,
		Wait: func(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
			return delivery.Wait(ctx, d/hurry, wake)
		},
	})
	fmt.Println("ready")
	w.Run(t.Context(), func(err error) { fmt.Println("fault", err) })
}

// telling says when it begins a call.
type telling struct{ delivery.Sender }

func (s telling) Send(ctx context.Context, text delivery.Text) (delivery.Receipt, error) {
	fmt.Println("calls")
	return s.Sender.Send(ctx, text)
}

// sending is a running TestChildSender.
type sending struct {
	cmd    *exec.Cmd
	said   *bufio.Scanner
	calls  chan struct{} // closed when it is dead
	faults []string      // what it had to complain of, once it is dead
}

func startSending(path string, began int64) (*sending, error) {
	c := &sending{cmd: exec.Command(os.Args[0], "-test.run=^TestChildSender$", "-test.timeout=300s")}
	c.cmd.Env = append(os.Environ(), senderPath+"="+path, fmt.Sprintf("%s=%d", senderBegan, began))
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.said = bufio.NewScanner(out)
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	if c.said.Scan(); c.said.Text() != "ready" {
		return nil, fmt.Errorf("the worker said %q", c.said.Text())
	}
	c.calls = make(chan struct{}, 1000)
	go c.listen()
	return c, nil
}

func (c *sending) listen() {
	defer close(c.calls)
	for c.said.Scan() {
		if line := c.said.Text(); line != "calls" {
			c.faults = append(c.faults, line)
			continue
		}
		c.calls <- struct{}{}
	}
}

// await waits until the process has begun so many calls, or all is over.
func (c *sending) await(calls int, over func() bool) {
	for calls > 0 {
		select {
		case _, alive := <-c.calls:
			if calls--; !alive {
				return
			}
		case <-time.After(50 * time.Millisecond):
			if over() {
				return
			}
		}
	}
}

// kill ends the process in the middle of whatever it does.
func (c *sending) kill() {
	_ = c.cmd.Process.Kill()
	for range c.calls {
	}
	_ = c.cmd.Wait()
}

// over tells whether every row has ended.
func (s *shop) over() bool {
	return s.count("SELECT count(*) FROM message WHERE state IN ('queued', 'sending')") == 0
}

// killing starts a worker and kills it, again and again, and lets the last one
// send what is left. It gives how many it killed.
func (s *shop) killing(began int64, kills int, dice *rand.Rand) (killed int) {
	for ; ; killed++ {
		c, err := startSending(s.path, began)
		if err != nil {
			s.t.Error(err)
			return killed
		}
		last := killed == kills
		if last {
			c.await(math.MaxInt, s.over)
		} else {
			c.await(1+dice.IntN(4), s.over)
			time.Sleep(time.Duration(dice.IntN(30)) * time.Millisecond)
		}
		c.kill()
		for _, fault := range c.faults {
			s.t.Error(fault)
		}
		if last || s.over() {
			return killed
		}
	}
}

// crowd sells to customers whose texts are all due at once: a third get the
// first text of a coupon, a third a reminder of one, a third both as one text.
func (s *shop) crowd(customers int) buyers {
	sold := buyers{}
	for _, plan := range []struct {
		atIssue, days string
		leaves        int
	}{{"yes", "", 1}, {"no", "7", 0}} {
		s.settings(string(engine.SetTextAtIssue), plan.atIssue, string(engine.SetTextDays), plan.days, string(engine.SetTextBefore), "0")
		for i := range customers {
			if phone := fmt.Sprintf("+55119876%05d", i); i%3 != plan.leaves {
				c := s.sell(s.owner, phone, "").Issued
				sold[c.ID] = buyer{phone, c.Code}
			}
		}
	}
	s.raw(fmt.Sprintf("UPDATE message SET planned = %d, due = %[1]d", testStart),
		fmt.Sprintf("INSERT OR REPLACE INTO setting (store_id, name, value) SELECT id, '%s', '1000' FROM store", engine.SetTextRate))
	return sold
}

// TestKilledSenders kills two processes at random moments while they send, many
// times over: no reminder goes twice, no first text more than twice, and every
// row tells the truth.
func TestKilledSenders(t *testing.T) {
	customers, kills := 300, 40
	if testing.Short() {
		customers, kills = 60, 5
	}
	s := newShop(t, "")
	sold := s.crowd(customers)
	carrier := serveCarrier(t, devsns.Config{Chance: map[devsns.Fault]int{devsns.Slow: 1000}, Slow: 20 * time.Millisecond})
	began := time.Now().UnixMilli()
	var killed [2]int
	var both sync.WaitGroup
	for i := range killed {
		both.Go(func() { killed[i] = s.killing(began, kills, rand.New(rand.NewPCG(9, uint64(i)))) })
	}
	both.Wait()
	s.now.Store(int64(hurried(began)()))
	v := s.judge(carrier.Accepted(), sold)
	t.Log(v)
	t.Logf("killed %v times", killed)
	s.proven(v)
	if s.count("SELECT sum(lost) FROM message") == 0 || v.together == 0 || killed[0]+killed[1] < 4 || v.rows != 4*customers/3 {
		t.Error("nothing was in doubt, so this proves nothing")
	}
}
