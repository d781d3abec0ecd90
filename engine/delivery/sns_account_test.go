package delivery_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/delivery/devsns"
)

const (
	listAction    = "ListPhoneNumbersOptedOut"
	sandboxAction = "GetSMSSandboxAccountStatus"
	limitAction   = "GetSMSAttributes"
)

// optOutMany puts numbers on the server's list and gives them in order.
func optOutMany(server *devsns.Server, n int) []string {
	var numbers []string
	for i := range n {
		numbers = append(numbers, fmt.Sprintf("+5511900%06d", i))
		server.OptOut(numbers[i])
	}
	return numbers
}

// TestSNSListIsWholeOrNone: what is on part of the list says nothing of the rest.
func TestSNSListIsWholeOrNone(t *testing.T) {
	for _, fault := range []devsns.Fault{devsns.Internal, devsns.LostReply, devsns.Denied} {
		server := serveSNS(t, nil)
		optOutMany(server, 150)
		server.PushTo(listAction, devsns.None, fault)
		got, err := new(delivery.SNS).OptedOut(t.Context())
		if err == nil || got != nil || server.Requests(listAction) != 2 {
			t.Errorf("%s: %d numbers, %v after %d requests", fault, len(got), err, server.Requests(listAction))
		}
	}
}

func TestSNSHealth(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(*devsns.Config)
		set     func(*testing.T, *devsns.Server)
		want    engine.SenderHealth
		details []string
		silent  bool // a call gave no answer
	}{
		{
			name: "in order", change: func(c *devsns.Config) { c.Limit = "250" },
			want: engine.SenderHealth{Ready: true, Sandbox: "no", Limit: 250_000_000},
		},
		{
			name: "cents", change: func(c *devsns.Config) { c.Limit = "1.25" },
			want: engine.SenderHealth{Ready: true, Sandbox: "no", Limit: 1_250_000},
		},
		{
			name: "an odd limit", change: func(c *devsns.Config) { c.Limit = "much" },
			want: engine.SenderHealth{Ready: true, Sandbox: "no"},
		},
		{
			name: "sandbox", change: func(c *devsns.Config) { c.Sandbox = true },
			want: engine.SenderHealth{Ready: true, Sandbox: "yes", Limit: 1_000_000, Problem: "sandbox"},
		},
		{
			name: "may not ask for the sandbox", set: func(_ *testing.T, s *devsns.Server) { s.Deny(sandboxAction) },
			want:    engine.SenderHealth{Ready: true, Limit: 1_000_000, Problem: "not_authorised"},
			details: []string{"SNS:" + sandboxAction},
		},
		{
			name: "may not ask for the limit, in the sandbox", change: func(c *devsns.Config) { c.Sandbox = true },
			set:     func(_ *testing.T, s *devsns.Server) { s.Deny(limitAction) },
			want:    engine.SenderHealth{Ready: true, Sandbox: "yes", Problem: "not_authorised"},
			details: []string{"SNS:" + limitAction},
		},
		{
			name: "may ask nothing", set: func(_ *testing.T, s *devsns.Server) { s.Deny(sandboxAction, limitAction) },
			want:    engine.SenderHealth{Ready: true, Problem: "not_authorised"},
			details: []string{"SNS:" + sandboxAction, "SNS:" + limitAction},
		},
		{
			name: "wrong secret", set: func(t *testing.T, _ *devsns.Server) { t.Setenv("AWS_SECRET_ACCESS_KEY", "x") },
			want:    engine.SenderHealth{Problem: "not_authorised"},
			details: []string{"SignatureDoesNotMatch"},
		},
		{
			name: "wrong key", set: func(t *testing.T, _ *devsns.Server) { t.Setenv("AWS_ACCESS_KEY_ID", "AKIAOTHER") },
			want:    engine.SenderHealth{Problem: "not_authorised"},
			details: []string{"InvalidClientTokenId"},
		},
		{
			name:    "wrong clock",
			change:  func(c *devsns.Config) { c.Clock = func() engine.Instant { return realClock().Add(time.Hour) } },
			want:    engine.SenderHealth{Problem: "clock"},
			details: []string{"Signature expired"},
		},
		{
			name: "a fault of AWS", set: func(_ *testing.T, s *devsns.Server) { s.PushTo(sandboxAction, devsns.Internal) },
			want: engine.SenderHealth{Ready: true, Limit: 1_000_000, Problem: "no_answer"}, details: []string{"InternalError"}, silent: true,
		},
		{
			name: "throttled once", set: func(_ *testing.T, s *devsns.Server) { s.PushTo(limitAction, devsns.Throttle) },
			want: engine.SenderHealth{Ready: true, Sandbox: "no", Limit: 1_000_000},
		},
	} {
		server := serveSNS(t, c.change)
		if c.set != nil {
			c.set(t, server)
		}
		got, err := new(delivery.SNS).Health(t.Context())
		detail := got.Detail
		c.want.Sender, c.want.Region, got.Detail = "sns", "sa-east-1", ""
		if got != c.want || (err != nil) != c.silent || (detail != "") != (c.details != nil) {
			t.Errorf("%s: %+v %q, %v; want %+v", c.name, got, detail, err, c.want)
		}
		for _, want := range c.details {
			if !strings.Contains(detail, want) {
				t.Errorf("%s: the detail %q lacks %q", c.name, detail, want)
			}
		}
		if server.Publishes() != 0 {
			t.Errorf("%s: a text went", c.name)
		}
	}
}

// TestSNSHealthOutOfReach: one call that finds nobody is enough.
func TestSNSHealthOutOfReach(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	setAWS(t, "http://"+ln.Addr().String(), testSecret)
	if h, err := new(delivery.SNS).Health(t.Context()); err == nil || h.Ready || h.Problem != "offline" || h.Region != "sa-east-1" ||
		strings.Count(h.Detail, "refused") != 1 {
		t.Errorf("%+v, %v", h, err)
	}
}

func TestSNSHealthNotConfigured(t *testing.T) {
	clearAWS(t)
	if h, err := new(delivery.SNS).Health(t.Context()); err != nil || h.Ready || h.Problem != "credentials" || h.Detail != delivery.ErrNotConfigured.Error() {
		t.Errorf("%+v, %v", h, err)
	}
}

// TestSNSHealthTimeOut ends the look while the server takes its time.
func TestSNSHealthTimeOut(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := serveSNS(t, func(c *devsns.Config) {
		c.Wait = func(gone <-chan struct{}, _ time.Duration) {
			cancel()
			<-gone
		}
	})
	server.PushTo(limitAction, devsns.Slow)
	if h, err := new(delivery.SNS).Health(ctx); err == nil || h.Problem != "no_answer" || h.Sandbox != "no" {
		t.Errorf("%+v, %v", h, err)
	}
}
