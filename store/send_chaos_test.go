package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/smithy-go"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

// The steps at which a worker may be killed, or be put to sleep while the
// others go on.
const (
	beforeClaim = "before its claim"
	afterClaim  = "between claim and call"
	afterCall   = "between call and settling"
	afterSettle = "after settling"
	waiting     = "while it waits"
)

// hand is a worker at its work. It goes on only when it has its turn, and stops
// at each step, so that which of several works is drawn from a seed.
type hand struct {
	db    *DB
	turn  chan bool     // to go on, or with false to be dead
	step  chan string   // where it stands
	gone  chan struct{} // it is dead
	until engine.Instant
}

func (h *hand) at(step string) {
	h.step <- step
	if !<-h.turn {
		runtime.Goexit()
	}
}

// stepOutbox and stepSender stop a hand around its calls.
type stepOutbox struct {
	delivery.Outbox
	hand *hand
	run  *chaosRun
}

func (o stepOutbox) Claim(ctx context.Context, now, until engine.Instant) (delivery.Claimed, error) {
	o.hand.at(beforeClaim)
	c, err := o.Outbox.Claim(ctx, now, until)
	if c.OK {
		o.run.leases[c.ID] = until
		o.hand.at(afterClaim)
	}
	return c, err
}

func (o stepOutbox) Settle(ctx context.Context, s delivery.Settlement) error {
	rows := append([]delivery.Settlement{s}, s.With...)
	was := make([]stand, len(rows))
	for i, row := range rows {
		was[i] = o.stand(row.ID)
	}
	err := o.Outbox.Settle(ctx, s)
	for i, row := range rows {
		o.settled(row, was[i], o.stand(row.ID))
	}
	o.hand.at(afterSettle)
	return err
}

// settled sees that an answer counts, however late it comes, unless its row was
// claimed again meanwhile: then it changes nothing.
func (o stepOutbox) settled(s delivery.Settlement, was, is stand) {
	switch {
	case was.attempt != s.Attempt:
		o.run.late++
		if is != was {
			o.run.t.Errorf("%s was claimed again, and an answer to its attempt %d made it %+v of %+v", s.ID, s.Attempt, is, was)
		}
	case s.State == delivery.StateAccepted && is.state != string(s.State):
		o.run.t.Errorf("%s was accepted and is %s", s.ID, is.state)
	}
}

// stand is where a row stands.
type stand struct {
	state, provider string
	attempt, lost   int
}

func (o stepOutbox) stand(id engine.ID) (now stand) {
	err := o.hand.db.reader.db.QueryRow("SELECT state, provider_id, attempt, lost FROM message WHERE id = $1", id[:]).
		Scan(&now.state, &now.provider, &now.attempt, &now.lost)
	if err != nil {
		o.run.t.Error(err)
	}
	return now
}

func (o stepOutbox) Recover(ctx context.Context, now engine.Instant) ([]delivery.Outgoing, error) {
	rows, err := o.Outbox.Recover(ctx, now)
	for _, out := range rows {
		if o.run.leases[out.ID] > now {
			o.run.t.Errorf("%s is given up before its lease is over", out.ID)
		}
	}
	return rows, err
}

type stepSender struct {
	delivery.Sender
	hand *hand
}

func (s stepSender) Send(ctx context.Context, text delivery.Text) (delivery.Receipt, error) {
	receipt, err := s.Sender.Send(context.WithoutCancel(ctx), text)
	s.hand.at(afterCall)
	return receipt, err
}

// event is what happens in the shop at a time.
type event struct {
	at engine.Instant
	do func()
}

// chaosRun is a shop whose texts are sent by two workers on two handles of its
// file, which are killed now and then.
type chaosRun struct {
	*shop
	dice   *rand.Rand
	sender delivery.Sender
	hands  [2]*hand
	events []event
	sold   buyers
	kills  map[string]int
	naps   int
	late   int                          // answers to an attempt that was not the last any more
	leases map[engine.ID]engine.Instant // until when each row is left alone
}

func newChaos(t *testing.T, sender func() delivery.Sender) (*chaosRun, *devsns.Server) {
	s := newShop(t, "")
	source := rand.NewChaCha8([32]byte{7})
	s.random = func(b []byte) { _, _ = source.Read(b) }
	s.ids = &engine.IDs{Random: s.random}
	s.settings(string(engine.SetTextDays), "7", string(engine.SetTextPrice), "10000")
	s.raw(fmt.Sprintf("INSERT OR REPLACE INTO setting (store_id, name, value) SELECT id, '%s', '1000' FROM store", engine.SetTextRate))
	carrier := serveCarrier(t, devsns.Config{Chance: map[devsns.Fault]int{
		devsns.LostReply: 100, devsns.LostRequest: 100, devsns.Throttle: 100, devsns.Internal: 100,
	}})
	r := &chaosRun{shop: s, dice: rand.New(rand.NewPCG(3, 5)), sender: sender(), sold: buyers{}, kills: map[string]int{}, leases: map[engine.ID]engine.Instant{}}
	second, err := Open(bgc, s.path, Options{Clock: s.clock})
	s.ok(err)
	t.Cleanup(func() { _ = second.Close() })
	for _, db := range []*DB{s.DB, second} {
		s.ok(db.flushing(bgc, "OFF")) // workers die here, not the machine
	}
	r.hands[0], r.hands[1] = r.start(s.DB), r.start(second)
	t.Cleanup(func() {
		for _, h := range r.hands {
			h.die()
		}
	})
	return r, carrier
}

// start sets a worker to work, up to its first step.
func (r *chaosRun) start(db *DB) *hand {
	h := &hand{db: db, turn: make(chan bool), step: make(chan string), gone: make(chan struct{})}
	seed := r.dice.Uint64()
	own := rand.New(rand.NewPCG(seed, 1))
	w := delivery.NewWorker(delivery.Options{
		Outbox: stepOutbox{tagged{db}, h, r}, Sender: stepSender{r.sender, h}, Clock: r.clock, Random: own.Int64N, Poll: time.Hour,
		Wait: func(ctx context.Context, d time.Duration, _ <-chan struct{}) error {
			h.until = r.clock().Add(max(d, time.Millisecond))
			h.at(waiting)
			return ctx.Err()
		},
	})
	go func() {
		defer close(h.gone)
		w.Run(bgc, func(err error) { r.t.Error(err) })
	}()
	<-h.step
	return h
}

func (h *hand) die() {
	h.turn <- false
	<-h.gone
}

// run goes on until nothing is left to send.
func (r *chaosRun) run() {
	r.t.Helper()
	slices.SortStableFunc(r.events, func(a, b event) int { return int(a.at - b.at) })
	end := r.events[len(r.events)-1].at.Add(80 * 24 * time.Hour)
	for r.clock() < end {
		if i, ok := r.ready(); ok {
			r.let(i)
		} else if !r.pass() {
			return
		}
	}
	r.t.Error("there is still something to send")
}

// ready draws a worker that does not wait.
func (r *chaosRun) ready() (int, bool) {
	i := r.dice.IntN(2)
	for range r.hands {
		if r.hands[i].until <= r.clock() {
			return i, true
		}
		i = 1 - i
	}
	return 0, false
}

// let gives a worker its turn, unless it is killed at this step or sleeps over
// it, perhaps for longer than its lease.
func (r *chaosRun) let(i int) {
	h := r.hands[i]
	h.turn <- true
	step := <-h.step
	if step == waiting {
		return
	}
	chance := r.dice.IntN(100)
	switch {
	case chance < 4 && (step != beforeClaim || chance == 0): // idle workers stand there often
		r.kills[step]++
		h.die()
		r.hands[i] = r.start(h.db)
		r.hands[i].until = r.clock().Add(time.Duration(r.dice.IntN(90)) * time.Second)
	case chance >= 97 && step != beforeClaim:
		r.naps++
		h.until = r.clock().Add(time.Duration(r.dice.IntN([]int{2, 150}[r.dice.IntN(2)])) * time.Minute)
	}
}

// pass moves the clock on to when something happens: all workers wait. It gives
// false once nothing can happen any more.
func (r *chaosRun) pass() bool {
	next := min(r.hands[0].until, r.hands[1].until)
	if len(r.events) > 0 && r.events[0].at <= next {
		e := r.events[0]
		r.events = r.events[1:]
		r.now.Store(int64(max(e.at, r.clock())))
		e.do()
		return true
	}
	r.now.Store(int64(next))
	return len(r.events) > 0 || r.count("SELECT count(*) FROM message WHERE state IN ('queued', 'sending')") > 0
}

// buys plans the sales to some customers over six days, and what becomes of
// their coupons: of some several, of which texts go together; a few are redeemed
// or voided, a few customers say stop, at the counter or to the carrier.
func (r *chaosRun) buys(carrier *devsns.Server, customers int) {
	for i := range customers {
		phone := fmt.Sprintf("+55119876%05d", i)
		sales := []int{1, 1, 1, 2, 3}[r.dice.IntN(5)]
		for range sales {
			at := engine.Instant(testStart).Add(time.Duration(r.dice.IntN(6*24*60)) * time.Minute)
			what := r.dice.IntN(40)
			r.events = append(r.events, event{at, func() { r.buy(phone, what) }})
		}
		if i%50 == 7 {
			carrier.OptOut(phone)
		}
		if i%50 == 8 {
			r.events = append(r.events, event{engine.Instant(testStart).Add(time.Duration(r.dice.IntN(20*24)) * time.Hour), func() {
				_, err := r.StopTexts(bgc, r.owner, phone)
				r.ok(err)
			}})
		}
	}
}

func (r *chaosRun) buy(phone string, what int) {
	got := r.sell(r.owner, phone, "")
	r.sold[got.Issued.ID] = buyer{phone, got.Issued.Code}
	var end func()
	after := time.Duration(1+r.dice.IntN(40*24)) * time.Hour
	switch what {
	case 0:
		end = func() {
			next, err := r.RecordSale(bgc, r.owner, engine.Draft{
				Amount: 20_000, Customer: engine.CustomerRef{Phone: phone}, Use: engine.UseCode, Code: got.Issued.Code,
			})
			r.ok(err)
			r.sold[next.Issued.ID] = buyer{phone, next.Issued.Code}
		}
	case 1, 2, 3, 4:
		if what > 1 {
			after = time.Duration(1+r.dice.IntN(3)) * time.Minute // while its first text may have to go again
		}
		end = func() {
			_, err := r.VoidCoupon(bgc, r.owner, got.Issued.ID, "mistake")
			r.ok(err)
		}
	default:
		return
	}
	r.events = append(r.events, event{r.clock().Add(after), end})
	slices.SortStableFunc(r.events, func(a, b event) int { return int(a.at - b.at) })
}

// TestChaosOnTheFile sends the texts of a shop through every fault of the wire
// while its workers die and oversleep: no reminder goes twice, no first text more
// than twice, and every row ends in a state that tells the truth.
func TestChaosOnTheFile(t *testing.T) {
	customers := 700
	if testing.Short() {
		customers = 75
	}
	r, carrier := newChaos(t, func() delivery.Sender { return new(delivery.SNS) })
	r.buys(carrier, customers)
	r.run()
	v := r.judge(carrier.Accepted(), r.sold)
	t.Log(v)
	t.Logf("%d requests; killed %v; slept %d times, %d times until another had claimed the row again",
		carrier.Publishes(), r.kills, r.naps, r.late)
	r.proven(v)
	if v.firstTwice == 0 || v.together == 0 || v.states["unknown"] == 0 || v.states["refused"] == 0 || v.states["cancelled"] == 0 ||
		len(r.kills) != 4 || carrier.Publishes() <= v.texts {
		t.Error("the faults did not come, so this proves nothing")
	}
	if !testing.Short() && v.rows < 2000 {
		t.Errorf("only %d rows", v.rows)
	}
}

// asTheSDK sends with the retries of the SDK's own choice, without their pauses.
type asTheSDK struct {
	delivery.Console
	client *sns.Client
}

func newAsTheSDK(t *testing.T) delivery.Sender {
	cfg, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return asTheSDK{client: sns.NewFromConfig(cfg, func(o *sns.Options) {
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
		})
	})}
}

func (s asTheSDK) Send(ctx context.Context, text delivery.Text) (delivery.Receipt, error) {
	out, err := s.client.Publish(ctx, &sns.PublishInput{PhoneNumber: &text.To, Message: &text.Body})
	var said smithy.APIError
	switch {
	case err == nil:
		return delivery.Receipt{MessageID: aws.ToString(out.MessageId)}, nil
	case errors.As(err, &said) && said.ErrorCode() == "Throttled":
		return delivery.Receipt{}, &delivery.Throttled{}
	case errors.As(err, &said) && said.ErrorCode() == "OptedOut":
		return delivery.Receipt{}, &delivery.Refused{Reason: delivery.ReasonOptedOut}
	}
	return delivery.Receipt{}, err
}

// TestChaosOnTheFileAsTheSDKRetries is the control: the same shop and faults,
// and texts go twice that may not.
func TestChaosOnTheFileAsTheSDKRetries(t *testing.T) {
	r, carrier := newChaos(t, func() delivery.Sender { return newAsTheSDK(t) })
	r.buys(carrier, 75)
	r.run()
	v := r.judge(carrier.Accepted(), r.sold)
	t.Log(v)
	if v.remindersTwice == 0 || len(v.lies) == 0 {
		t.Errorf("no text went twice, so the test above proves nothing")
	}
}
