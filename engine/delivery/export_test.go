package delivery

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/sns"
)

// RetryAsTheSDK makes a client repeat requests as the SDK does by itself, but
// without its pauses.
func (s *SNS) RetryAsTheSDK(ctx context.Context) error {
	return s.retryBy(ctx, retry.NewStandard(func(o *retry.StandardOptions) {
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
	}))
}

// PauseBeforeRetry tells a client's caller when it begins to pause, for an hour.
func (s *SNS) PauseBeforeRetry(ctx context.Context, begins func()) error {
	return s.retryBy(ctx, pausing{retryThrottles(sendAttempts, sendPause), begins})
}

type pausing struct {
	aws.Retryer
	begins func()
}

func (p pausing) RetryDelay(int, error) (time.Duration, error) {
	p.begins()
	return time.Hour, nil
}

func (s *SNS) retryBy(ctx context.Context, r aws.Retryer) error {
	client, err := s.load(ctx)
	if err != nil {
		return err
	}
	s.client = sns.New(client.Options(), func(o *sns.Options) { o.Retryer = r })
	return nil
}

// Rehearsal is two workers of one outbox in memory, and a clock that is moved.
type Rehearsal struct{ b *bench }

// NewRehearsal makes one without rows.
func NewRehearsal() Rehearsal { return Rehearsal{newBench()} }

// Add adds a row that is due at once, and gives how texts name it.
func (r Rehearsal) Add(customer string, kind Kind) string {
	return r.b.outbox.addFor(customer, kind, start).name
}

// Worker makes a worker.
func (r Rehearsal) Worker(s Sender) *Worker { return r.b.another(s) }

// Kill has a worker die between a claim and its record, before or after the
// call.
func (r Rehearsal) Kill(s Sender, afterCall bool) { crash(r.b, s, afterCall) }

// Pass lets time pass.
func (r Rehearsal) Pass(d time.Duration) { r.b.clock.now = r.b.clock.now.Add(d) }

// End is where a row ended.
type End struct {
	Name  string
	Kind  Kind
	State State
	Lost  int
}

// Ends gives every row.
func (r Rehearsal) Ends() []End {
	var ends []End
	for _, row := range r.b.outbox.rows {
		ends = append(ends, End{Name: row.name, Kind: row.out.Kind, State: row.state, Lost: row.out.Lost})
	}
	return ends
}
