package delivery_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bounceback/engine/delivery"
)

// TestSNSAnswersThatSayNothing holds answers from something that is not SNS.
func TestSNSAnswersThatSayNothing(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
	}{
		{200, "<html>Welcome to the hotel</html>"},
		{200, ""},
		{302, ""},
		{403, "forbidden by proxy"},
		{404, "<html/>"},
		{408, ""},
		{502, "bad gateway"},
		{503, ""},
	} {
		var requests atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			requests.Add(1)
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		setAWS(t, server.URL, testSecret)
		_, err := new(delivery.SNS).Send(t.Context(), text(maria))
		server.Close()
		if err == nil || certain(err) || requests.Load() != 1 {
			t.Errorf("%d %q: %v after %d requests", c.status, c.body, err, requests.Load())
		}
	}
}

// TestSNSErrorCodes holds what each answer says about a text: a reason to
// refuse, "throttled", "clock", or "" for nobody knows.
func TestSNSErrorCodes(t *testing.T) {
	for _, c := range []struct {
		status        int
		code, message string
		want          string
	}{
		{400, "Throttled", "Rate exceeded", "throttled"},
		{400, "ThrottlingException", "Rate exceeded", "throttled"},
		{503, "Throttling", "Rate exceeded", "throttled"},
		{429, "Anything", "", "throttled"},
		{503, "ServiceUnavailable", "", ""},
		{500, "AuthorizationError", "", ""},
		{400, "InternalError", "", ""},
		{400, "RequestTimeout", "", ""},
		{403, "RequestTimeTooSkewed", "", "clock"},
		{403, "SignatureDoesNotMatch", "Signature expired: a is now earlier than b", "clock"},
		{403, "SignatureDoesNotMatch", "Check your key", "not_authorised"},
		{403, "ExpiredToken", "", "not_authorised"},
		{403, "InvalidClientTokenId", "", "not_authorised"},
		{400, "OptedOut", "", "opted_out"},
		{400, "InvalidParameter", "Invalid parameter: PhoneNumber Reason: " + maria + " is opted out", "opted_out"},
		{400, "InvalidParameter", "Invalid parameter: PhoneNumber Reason: " + maria + " is not valid to publish to", "invalid_number"},
		{400, "InvalidParameter", "Invalid parameter: Message too long", "invalid_text"},
		{400, "ParameterValueInvalid", "Invalid parameter: x", "invalid_text"},
		{400, "ValidationException", "x", "invalid_text"},
		{404, "NotFound", "no such thing", "refused"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			answerError(w, c.status, c.code, c.message)
		}))
		setAWS(t, server.URL, testSecret)
		_, err := new(delivery.SNS).Send(t.Context(), text(maria))
		server.Close()
		if got := said(err); got != c.want {
			t.Errorf("%d %s: %q, want %q (%v)", c.status, c.code, got, c.want, err)
		}
		if strings.Contains(err.Error(), "5511987654321") {
			t.Errorf("%d %s: the number stands in %v", c.status, c.code, err)
		}
	}
}

// answerError answers as SNS does, with an error.
func answerError(w http.ResponseWriter, status int, code, message string) {
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<ErrorResponse><Error><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>", code, message)
}

func said(err error) string {
	var refused *delivery.Refused
	var throttled *delivery.Throttled
	var notSent *delivery.NotSent
	switch {
	case errors.As(err, &refused):
		return string(refused.Reason)
	case errors.As(err, &throttled):
		return "throttled"
	case errors.As(err, &notSent):
		return string(notSent.Reason)
	}
	return ""
}

func TestSNSRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "9999": time.Minute, "-1": 0, "soon": 0, "": 0} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusTooManyRequests)
		}))
		setAWS(t, server.URL, testSecret)
		_, err := new(delivery.SNS).Send(t.Context(), text(maria))
		server.Close()
		var throttled *delivery.Throttled
		if !errors.As(err, &throttled) || throttled.RetryAfter != want {
			t.Errorf("Retry-After %q: %v", header, err)
		}
	}
}
