package delivery_test

import (
	"context"
	"errors"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

const (
	testKey    = "AKIATESTTESTTESTTEST"
	testSecret = "secret/of+the test"
	maria      = "+5511987654321"
)

// clearAWS takes away whatever the machine that runs the tests has set.
func clearAWS(t *testing.T) {
	t.Helper()
	for _, line := range os.Environ() {
		if name, _, _ := strings.Cut(line, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	nowhere := filepath.Join(t.TempDir(), "none")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", nowhere)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", nowhere)
	t.Setenv("NO_PROXY", "*")
}

func setAWS(t *testing.T, url, secret string) {
	t.Helper()
	clearAWS(t)
	t.Setenv("AWS_REGION", "sa-east-1")
	t.Setenv("AWS_ACCESS_KEY_ID", testKey)
	t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
	t.Setenv("AWS_ENDPOINT_URL_SNS", url)
}

func realClock() engine.Instant { return engine.InstantOf(time.Now()) }

// counting fills ids with a running number.
func counting() func([]byte) {
	var n atomic.Int64
	return func(b []byte) {
		v := n.Add(1)
		for i := range b {
			b[i] = byte(v >> (8 * i))
		}
	}
}

// serveSNS starts a stand-in over real HTTP, and points the SDK at it.
func serveSNS(t *testing.T, change func(*devsns.Config)) *devsns.Server {
	t.Helper()
	cfg := devsns.Config{AccessKey: testKey, Secret: testSecret, Clock: realClock, Random: counting()}
	if change != nil {
		change(&cfg)
	}
	server := devsns.New(cfg)
	http := httptest.NewServer(server.Handler())
	t.Cleanup(http.Close)
	setAWS(t, http.URL, testSecret)
	return server
}

func text(to string) delivery.Text {
	return delivery.Text{To: to, Body: "Casa Azul: R$43 de volta & mais = 100% 中 😀"}
}

func TestSNSAccepted(t *testing.T) {
	server := serveSNS(t, nil)
	want := text(maria)
	want.Type, want.SenderID, want.MaxPrice = delivery.Transactional, "CasaAzul", "0.10"
	want.Origination, want.EntityID, want.TemplateID = "+5511912340000", "1101234567890", "1107654321098"
	receipt, err := new(delivery.SNS).Send(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	got := server.Accepted()
	if len(got) != 1 || got[0].ID != receipt.MessageID || got[0].To != want.To || got[0].Body != want.Body {
		t.Fatalf("accepted %+v, receipt %+v", got, receipt)
	}
	attributes := map[string]string{
		"AWS.SNS.SMS.SMSType": "Transactional", "AWS.SNS.SMS.SenderID": "CasaAzul", "AWS.SNS.SMS.MaxPrice": "0.10",
		"AWS.MM.SMS.OriginationNumber": "+5511912340000", "AWS.MM.SMS.EntityId": "1101234567890", "AWS.MM.SMS.TemplateId": "1107654321098",
	}
	if !maps.Equal(got[0].Attributes, attributes) {
		t.Errorf("attributes %v, want %v", got[0].Attributes, attributes)
	}
}

func TestSNSLeavesOutWhatIsNotSet(t *testing.T) {
	server := serveSNS(t, nil)
	if _, err := new(delivery.SNS).Send(t.Context(), text(maria)); err != nil {
		t.Fatal(err)
	}
	if got := server.Accepted()[0].Attributes; len(got) != 0 {
		t.Errorf("attributes %v", got)
	}
}

func TestSNSRefusals(t *testing.T) {
	for _, c := range []struct {
		name   string
		fault  devsns.Fault
		change func(*delivery.Text)
		want   delivery.Reason
	}{
		{"opted out", devsns.OptedOut, nil, delivery.ReasonOptedOut},
		{"sandbox", devsns.Sandbox, nil, delivery.ReasonSandbox},
		{"denied", devsns.Denied, nil, delivery.ReasonNotAuthorised},
		{"number", devsns.None, func(x *delivery.Text) { x.To = "+55" }, delivery.ReasonInvalidNumber},
		{"national number", devsns.None, func(x *delivery.Text) { x.To = "11987654321" }, delivery.ReasonInvalidNumber},
		{"empty", devsns.None, func(x *delivery.Text) { x.Body = "" }, delivery.ReasonInvalidText},
		{"sender name", devsns.None, func(x *delivery.Text) { x.SenderID = "Casa Azul" }, delivery.ReasonInvalidText},
		{"sender name of digits", devsns.None, func(x *delivery.Text) { x.SenderID = "12345" }, delivery.ReasonInvalidText},
		{"price", devsns.None, func(x *delivery.Text) { x.MaxPrice = "a lot" }, delivery.ReasonInvalidText},
		{"type", devsns.None, func(x *delivery.Text) { x.Type = "Friendly" }, delivery.ReasonInvalidText},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := serveSNS(t, nil)
			server.Push(c.fault)
			x := text(maria)
			if c.change != nil {
				c.change(&x)
			}
			_, err := new(delivery.SNS).Send(t.Context(), x)
			var refused *delivery.Refused
			if !errors.As(err, &refused) || refused.Reason != c.want {
				t.Fatalf("%v, want refused as %s", err, c.want)
			}
			if strings.Contains(refused.Detail, strings.TrimPrefix(x.To, "+")) && len(x.To) > 5 {
				t.Errorf("the number stands in the detail: %s", refused.Detail)
			}
			if len(server.Accepted()) != 0 || server.Publishes() != 1 {
				t.Errorf("%d requests, accepted %v", server.Publishes(), server.Accepted())
			}
		})
	}
}

// TestSNSLength: a text that is too long costs no call.
func TestSNSLength(t *testing.T) {
	server := serveSNS(t, nil)
	x := text(maria)
	x.Body = strings.Repeat("é", 1601)
	_, err := new(delivery.SNS).Send(t.Context(), x)
	var refused *delivery.Refused
	if !errors.As(err, &refused) || refused.Reason != delivery.ReasonInvalidText || server.Publishes() != 0 {
		t.Errorf("1,601 characters: %v after %d requests", err, server.Publishes())
	}
	x.Body = strings.Repeat("é", 1600)
	if _, err := new(delivery.SNS).Send(t.Context(), x); err != nil || len(server.Accepted()) != 1 {
		t.Errorf("1,600 characters: %v", err)
	}
}

func TestSNSWrongSecret(t *testing.T) {
	server := serveSNS(t, nil)
	t.Setenv("AWS_SECRET_ACCESS_KEY", testSecret+"x")
	_, err := new(delivery.SNS).Send(t.Context(), text(maria))
	var refused *delivery.Refused
	if !errors.As(err, &refused) || refused.Reason != delivery.ReasonNotAuthorised {
		t.Fatalf("%v", err)
	}
	if len(server.Accepted()) != 0 {
		t.Error("accepted a wrong signature")
	}
}

func TestSNSWrongClock(t *testing.T) {
	for _, off := range []time.Duration{-time.Hour, time.Hour} {
		server := serveSNS(t, func(c *devsns.Config) {
			c.Clock = func() engine.Instant { return realClock().Add(off) }
		})
		_, err := new(delivery.SNS).Send(t.Context(), text(maria))
		var notSent *delivery.NotSent
		if !errors.As(err, &notSent) || notSent.Reason != delivery.ReasonClock || len(server.Accepted()) != 0 {
			t.Errorf("off by %s: %v, accepted %v", off, err, server.Accepted())
		}
	}
}

// certain tells whether an error says for sure that a text was not accepted.
func certain(err error) bool {
	var refused *delivery.Refused
	var throttled *delivery.Throttled
	var notSent *delivery.NotSent
	return errors.As(err, &refused) || errors.As(err, &throttled) || errors.As(err, &notSent) ||
		errors.Is(err, delivery.ErrNoSender)
}

// TestSNSTimeout ends the call while the server, which has accepted the text,
// takes its time.
func TestSNSTimeout(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := serveSNS(t, func(c *devsns.Config) {
		c.Wait = func(gone <-chan struct{}, _ time.Duration) {
			cancel()
			<-gone
		}
	})
	server.Push(devsns.Slow)
	_, err := new(delivery.SNS).Send(ctx, text(maria))
	if err == nil || certain(err) {
		t.Errorf("%v claims to know", err)
	}
	if server.Publishes() != 1 || len(server.Accepted()) != 1 {
		t.Errorf("%d requests, %d accepted", server.Publishes(), len(server.Accepted()))
	}
}

func TestSNSSlow(t *testing.T) {
	server := serveSNS(t, func(c *devsns.Config) { c.Wait = func(<-chan struct{}, time.Duration) {} })
	server.Push(devsns.Slow)
	if _, err := new(delivery.SNS).Send(t.Context(), text(maria)); err != nil || len(server.Accepted()) != 1 {
		t.Errorf("%v, accepted %v", err, server.Accepted())
	}
}

func TestSNSOffline(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + ln.Addr().String()
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for _, url := range []string{
		nobody,
		strings.Replace(plain.URL, "http:", "https:", 1), // no TLS there
	} {
		setAWS(t, url, testSecret)
		_, err := new(delivery.SNS).Send(t.Context(), text(maria))
		var notSent *delivery.NotSent
		if !errors.As(err, &notSent) || notSent.Reason != delivery.ReasonOffline {
			t.Errorf("%s: %v", url, err)
		}
	}
}
