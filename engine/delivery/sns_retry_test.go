package delivery_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"

	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

// TestSNSNeverSendsTwice has the environment ask for retries, and counts the
// requests at the server. Each fault is met on a fresh connection and on one
// that has been used.
func TestSNSNeverSendsTwice(t *testing.T) {
	for _, c := range []struct {
		fault    devsns.Fault
		accepted int
	}{{devsns.LostReply, 1}, {devsns.LostRequest, 0}, {devsns.Internal, 0}} {
		for _, used := range []int{0, 1} {
			t.Run(c.fault.String(), func(t *testing.T) {
				server := serveSNS(t, nil)
				t.Setenv("AWS_MAX_ATTEMPTS", "5")
				t.Setenv("AWS_RETRY_MODE", "adaptive")
				client := new(delivery.SNS)
				for range used {
					if _, err := client.Send(t.Context(), text(maria)); err != nil {
						t.Fatal(err)
					}
				}
				server.Push(c.fault)
				_, err := client.Send(t.Context(), text(maria))
				if err == nil || certain(err) {
					t.Errorf("%v claims to know", err)
				}
				if server.Publishes() != used+1 || len(server.Accepted()) != used+c.accepted {
					t.Errorf("%d requests, %d accepted", server.Publishes(), len(server.Accepted()))
				}
			})
		}
	}
}

// TestTheSDKAloneSendsTwice is the control of the test above: the SDK's own
// retry doubles the text whose reply was lost.
func TestTheSDKAloneSendsTwice(t *testing.T) {
	server := serveSNS(t, nil)
	client := new(delivery.SNS)
	if err := client.RetryAsTheSDK(t.Context()); err != nil {
		t.Fatal(err)
	}
	server.Push(devsns.LostReply)
	if _, err := client.Send(t.Context(), text(maria)); err != nil {
		t.Fatal(err)
	}
	if n := len(server.Accepted()); n != 2 {
		t.Errorf("accepted %d times; the stand-in no longer shows the double text", n)
	}
}

// TestSNSGoesOnAfterAThrottle counts the requests of one text: a second one only
// after a throttle, and never a third.
func TestSNSGoesOnAfterAThrottle(t *testing.T) {
	const throttle = devsns.Throttle
	for _, c := range []struct {
		name     string
		faults   []devsns.Fault
		requests int
		accepted int
		want     string // as said
		doubtful bool
	}{
		{"once", []devsns.Fault{throttle}, 2, 1, "", false},
		{"twice", []devsns.Fault{throttle, throttle}, 2, 0, "throttled", false},
		{"then opted out", []devsns.Fault{throttle, devsns.OptedOut}, 2, 0, "opted_out", false},
		{"then a lost reply", []devsns.Fault{throttle, devsns.LostReply}, 2, 1, "", true},
		{"then a lost request", []devsns.Fault{throttle, devsns.LostRequest}, 2, 0, "", true},
		{"then a fault of AWS", []devsns.Fault{throttle, devsns.Internal}, 2, 0, "", true},
		{"a fault of AWS first", []devsns.Fault{devsns.Internal, throttle}, 1, 0, "", true},
	} {
		server := serveSNS(t, nil)
		t.Setenv("AWS_MAX_ATTEMPTS", "1") // it has no say, one way or the other
		server.Push(c.faults...)
		_, err := new(delivery.SNS).Send(t.Context(), text(maria))
		if said(err) != c.want || (err != nil && !certain(err)) != c.doubtful {
			t.Errorf("%s: %v", c.name, err)
		}
		if server.Publishes() != c.requests || len(server.Accepted()) != c.accepted {
			t.Errorf("%s: %d requests, %d accepted", c.name, server.Publishes(), len(server.Accepted()))
		}
	}
}

// TestSNSAsksAgainByTheAnswer holds after which answers the request is made a
// second time: those that say it came too often, by code or by status, and do
// not say when to come back.
func TestSNSAsksAgainByTheAnswer(t *testing.T) {
	for _, c := range []struct {
		status      int
		code, after string
		requests    int64
	}{
		{400, "Throttled", "", 2},
		{400, "Throttling", "", 2},
		{400, "ThrottlingException", "", 2},
		{400, "ThrottledException", "", 2},
		{400, "TooManyRequestsException", "", 2},
		{400, "RequestLimitExceeded", "", 2},
		{503, "SlowDown", "", 2},
		{429, "Anything", "", 2},
		{429, "", "", 2},
		{429, "Throttled", "7", 1},
		{400, "RequestTimeout", "", 1},
		{400, "LimitExceededException", "", 1},
		{400, "TransactionInProgressException", "", 1},
		{403, "RequestTimeTooSkewed", "", 1},
		{403, "ExpiredToken", "", 1},
		{408, "", "", 1},
		{500, "InternalError", "", 1},
		{502, "", "", 1},
		{503, "ServiceUnavailable", "", 1},
		{504, "", "", 1},
	} {
		var requests atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			requests.Add(1)
			w.Header().Set("Retry-After", c.after)
			answerError(w, c.status, c.code, "x")
		}))
		setAWS(t, server.URL, testSecret)
		if _, err := new(delivery.SNS).Send(t.Context(), text(maria)); err == nil || requests.Load() != c.requests {
			t.Errorf("%d %s: %v after %d requests, want %d", c.status, c.code, err, requests.Load(), c.requests)
		}
		server.Close()
	}
}

// TestSNSEndsBeforeTheSecondAttempt ends the call in the pause after a throttle:
// it is known that nothing went.
func TestSNSEndsBeforeTheSecondAttempt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server, client := serveSNS(t, nil), new(delivery.SNS)
	if err := client.PauseBeforeRetry(ctx, cancel); err != nil {
		t.Fatal(err)
	}
	server.Push(devsns.Throttle)
	_, err := client.Send(ctx, text(maria))
	var throttled *delivery.Throttled
	if !errors.As(err, &throttled) || server.Publishes() != 1 {
		t.Errorf("%v after %d requests", err, server.Publishes())
	}
}

// TestSNSGoesOfflineAfterAThrottle: the second attempt finds nobody, and the
// first was turned away.
func TestSNSGoesOfflineAfterAThrottle(t *testing.T) {
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = server.Listener.Close()
		w.Header().Set("Connection", "close")
		answerError(w, http.StatusTooManyRequests, "Throttled", "Rate exceeded")
	}))
	defer server.Close()
	setAWS(t, server.URL, testSecret)
	_, err := new(delivery.SNS).Send(t.Context(), text(maria))
	if said(err) != string(delivery.ReasonOffline) {
		t.Errorf("%v", err)
	}
}

// TestSNSListIsPatient: the list of opted-out numbers comes in pages, and each
// may be turned away a few times.
func TestSNSListIsPatient(t *testing.T) {
	server := serveSNS(t, nil)
	want := optOutMany(server, 250)
	server.PushTo(listAction, devsns.Throttle, devsns.None, devsns.Throttle, devsns.Throttle, devsns.None)
	got, err := new(delivery.SNS).OptedOut(t.Context())
	if err != nil || !slices.Equal(got, want) || server.Requests(listAction) != 6 {
		t.Errorf("%d numbers, %v after %d requests", len(got), err, server.Requests(listAction))
	}
}
