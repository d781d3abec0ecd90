package delivery

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	smithy "github.com/aws/smithy-go"
)

// Attempts at one call, and the longest pause between two of them: a text has
// the worker to come back to it, the list of opted-out numbers has nobody.
const (
	sendAttempts, sendPause = 2, 100 * time.Millisecond
	listAttempts, listPause = 6, 2 * time.Second
)

// retryThrottles is the SDK's retryer, limited to what SNS turned away for
// coming too often. The SDK's own choice sends a text again as well after a lost
// reply, a time-out or a fault of AWS, when the first may have gone.
func retryThrottles(attempts int, most time.Duration) aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = attempts
		o.Retryables = []retry.IsErrorRetryable{retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
			return aws.BoolTernary(isThrottle(err) && retryAfter(err) == 0)
		})}
		o.Backoff = retry.BackoffDelayerFunc(func(n int, _ error) (time.Duration, error) {
			d := min(sendPause/2<<min(n, 10), most)
			return d/2 + rand.N(d/2+1), nil
		})
		o.RateLimiter = ratelimit.None // the attempts are few enough
	})
}

func isThrottle(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && (throttleCodes[api.ErrorCode()] || statusOf(err) == http.StatusTooManyRequests)
}

// wireWatch sees how far one call got: whether its last attempt had a
// connection, before which nothing can have been sent, and whether SNS turned
// the one before it away.
type wireWatch struct {
	aws.Retryer
	next       sns.HTTPClient
	opened     atomic.Bool
	turnedAway error
}

// attach puts the watch between the client and the wire, for one call.
func (w *wireWatch) attach(o *sns.Options) {
	w.next, o.HTTPClient = o.HTTPClient, w
	w.Retryer, o.Retryer = o.Retryer, w
}

// Do passes a request on.
func (w *wireWatch) Do(req *http.Request) (*http.Response, error) {
	w.opened.Store(false)
	w.turnedAway = nil
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { w.opened.Store(true) }}
	return w.next.Do(req.WithContext(httptrace.WithClientTrace(req.Context(), trace)))
}

// IsErrorRetryable asks the retryer, and remembers that SNS turned the call
// away: if ctx ends before the next attempt, that is what is known of it.
func (w *wireWatch) IsErrorRetryable(err error) bool {
	if isThrottle(err) {
		w.turnedAway = err
	}
	return w.Retryer.IsErrorRetryable(err)
}

// notReady tells of a text what Configured and Credentials tell of the machine.
func notReady(err error) error {
	var notSent *NotSent
	if errors.As(err, &notSent) {
		return err
	}
	return &NotSent{Reason: ReasonCredentials, Cause: err}
}

// call makes one call of SNS. Its error says what it means for a text to that
// number, see classify.
func (s *SNS) call(ctx context.Context, to string, do func(*sns.Client, func(*sns.Options)) error) error {
	client, err := s.load(ctx)
	if err == nil {
		// Fetched before the request, so that a failure here is known for what it is.
		err = s.Credentials(ctx)
	}
	if err != nil {
		return notReady(err)
	}
	var wire wireWatch
	if err = do(client, wire.attach); err == nil {
		return nil
	}
	if wire.turnedAway != nil {
		err = wire.turnedAway
	}
	return classify(err, to, wire.opened.Load())
}
