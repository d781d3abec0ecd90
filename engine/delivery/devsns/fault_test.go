package devsns

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	smithy "github.com/aws/smithy-go"
)

// by draws bytes from a seed.
func by(seed byte) func([]byte) {
	source := rand.NewChaCha8([32]byte{seed})
	return func(b []byte) { _, _ = source.Read(b) }
}

// TestChance holds the shares of faults by chance, which one seed always deals
// out alike.
func TestChance(t *testing.T) {
	const texts = 10_000
	chance := map[Fault]int{LostReply: 100, LostRequest: 150, Throttle: 50, Internal: 20}
	deal := func(seed byte) map[Fault]int {
		s := New(Config{Random: by(seed), Chance: chance})
		met := map[Fault]int{}
		for i := range texts {
			met[s.faultFor(fmt.Sprint("+55119", i))]++
		}
		return met
	}
	met := deal(1)
	for fault, share := range map[Fault]int{LostReply: 100, LostRequest: 150, Throttle: 50, Internal: 20, None: 680, OptedOut: 0, Slow: 0} {
		want := texts * share / 1000
		if off := met[fault] - want; off < -100 || off > 100 {
			t.Errorf("fault %q: %d of %d, want about %d", fault, met[fault], texts, want)
		}
	}
	if again := deal(1); fmt.Sprint(again) != fmt.Sprint(met) {
		t.Errorf("%v, and by the same seed %v", met, again)
	}
	if other := deal(2); fmt.Sprint(other) == fmt.Sprint(met) {
		t.Errorf("%v by two seeds", met)
	}
}

// TestChanceComesLast: what was asked for comes first.
func TestChanceComesLast(t *testing.T) {
	s := New(Config{Random: by(1), Chance: map[Fault]int{Internal: 1000}, Suffixes: map[string]Fault{"1": Sandbox}})
	s.Push(LostReply, None)
	s.OptOut("+552")
	for i, c := range []struct {
		phone string
		want  Fault
	}{{"+551", LostReply}, {"+551", None}, {"+551", Sandbox}, {"+552", OptedOut}, {"+553", Internal}} {
		if got := s.faultFor(c.phone); got != c.want {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
}

// TestFaultsOfOtherActions meets the account's actions with faults and without
// the right.
func TestFaultsOfOtherActions(t *testing.T) {
	s, base := serve(t, nil)
	c := client(base)
	ask := func() error {
		_, err := c.GetSMSAttributes(t.Context(), &sns.GetSMSAttributesInput{})
		return err
	}
	s.PushTo("GetSMSAttributes", Throttle, LostReply, None)
	s.Deny("GetSMSSandboxAccountStatus", "SetSMSAttributes")
	var api smithy.APIError
	if err := ask(); !errors.As(err, &api) || api.ErrorCode() != "Throttled" {
		t.Errorf("%v", err)
	}
	if err := ask(); err == nil || errors.As(err, &api) {
		t.Errorf("%v", err)
	}
	if err := ask(); err != nil {
		t.Error(err)
	}
	for range 2 {
		_, err := c.GetSMSSandboxAccountStatus(t.Context(), &sns.GetSMSSandboxAccountStatusInput{})
		if !errors.As(err, &api) || api.ErrorCode() != "AuthorizationError" ||
			api.ErrorMessage() != "User is not authorized to perform: SNS:GetSMSSandboxAccountStatus" {
			t.Errorf("%v", err)
		}
	}
	if s.Requests("GetSMSAttributes") != 3 || s.Requests("GetSMSSandboxAccountStatus") != 2 || s.Publishes() != 0 {
		t.Errorf("%v", s.requests)
	}
}

// TestAccountCanBeChanged sets attributes of the account and reads them.
func TestAccountCanBeChanged(t *testing.T) {
	_, base := serve(t, func(c *Config) { c.Limit, c.Sandbox = "12.50", true })
	c := client(base)
	limit := func() string {
		got, err := c.GetSMSAttributes(t.Context(), &sns.GetSMSAttributesInput{Attributes: []string{"MonthlySpendLimit"}})
		if err != nil {
			t.Fatal(err)
		}
		return got.Attributes["MonthlySpendLimit"]
	}
	if got := limit(); got != "12.50" {
		t.Errorf("%q", got)
	}
	set := func(name, value string) error {
		_, err := c.SetSMSAttributes(t.Context(), &sns.SetSMSAttributesInput{Attributes: map[string]string{name: value}})
		return err
	}
	if err := set("MonthlySpendLimit", "300"); err != nil || limit() != "300" {
		t.Errorf("%v, %q", err, limit())
	}
	for name, value := range map[string]string{"MonthlySpendLimit": "much", "DefaultSMSType": "Friendly", "DefaultSenderID": "123", "Colour": "blue"} {
		if err := set(name, value); err == nil {
			t.Errorf("%s may be %q", name, value)
		}
	}
	got, err := c.GetSMSSandboxAccountStatus(t.Context(), &sns.GetSMSSandboxAccountStatusInput{})
	if err != nil || !got.IsInSandbox {
		t.Errorf("%v, %v", got, err)
	}
}

// TestWhatWasAccepted holds the log of a server: every text with its number,
// words, attributes and time, also one whose reply was lost.
func TestWhatWasAccepted(t *testing.T) {
	at := now()
	s, base := serve(t, func(c *Config) { c.Random = by(3) })
	c := client(base)
	s.Push(None, LostReply, LostRequest, Throttle)
	for i := range 4 {
		_, err := c.Publish(t.Context(), &sns.PublishInput{PhoneNumber: aws.String(joao), Message: aws.String(fmt.Sprint("text ", i))})
		if (err == nil) != (i == 0) {
			t.Errorf("text %d: %v", i, err)
		}
	}
	got := s.Accepted()
	if len(got) != 2 || got[0].Body != "text 0" || got[1].Body != "text 1" || got[0].ID == got[1].ID {
		t.Fatalf("%+v", got)
	}
	for _, m := range got {
		if m.To != joao || m.At < at || m.Attributes == nil {
			t.Errorf("%+v", m)
		}
	}
}
