package devsns

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bounceback/engine"
	"bounceback/engine/words"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	smithy "github.com/aws/smithy-go"
)

const (
	key    = "AKIDEXAMPLE"
	secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
	joao   = "+5511912345678"
)

func now() engine.Instant { return engine.InstantOf(time.Now()) }

func zeros(b []byte) { clear(b) }

func serve(t *testing.T, change func(*Config)) (*Server, string) {
	t.Helper()
	cfg := Config{AccessKey: key, Secret: secret, Clock: now, Random: zeros}
	if change != nil {
		change(&cfg)
	}
	s := New(cfg)
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close)
	return s, web.URL
}

func client(url string) *sns.Client {
	return sns.New(sns.Options{
		Region: "us-east-1", BaseEndpoint: aws.String(url), Retryer: aws.NopRetryer{},
		Credentials: credentials.NewStaticCredentialsProvider(key, secret, ""),
	})
}

// TestSignatureOfTheDocumentation recomputes the worked example of AWS's own
// description of Signature Version 4.
func TestSignatureOfTheDocumentation(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", nil)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	r.Header.Set("X-Amz-Date", "20150830T123600Z")
	c, ok := parseAuthorization("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, " +
		"SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
	if !ok {
		t.Fatal("the header is not read")
	}
	got := c.sign("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830T123600Z", canonicalRequest(r, nil, c.signed))
	if got != c.signature {
		t.Errorf("%s, want %s", got, c.signature)
	}
}

// post sends a form signed by the SDK's own signer, after a change to it.
func post(t *testing.T, base, signWith string, form url.Values, change func(*http.Request)) (int, string) {
	t.Helper()
	return postTo(t, "sns", base, signWith, form, change)
}

func postTo(t *testing.T, service, base, signWith string, form url.Values, change func(*http.Request)) (int, string) {
	t.Helper()
	body := form.Encode()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	creds := aws.Credentials{AccessKeyID: key, SecretAccessKey: signWith}
	if err := v4.NewSigner().SignHTTP(t.Context(), creds, r, hash(body), service, "us-east-1", time.Now()); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

func publishForm() url.Values {
	return url.Values{"Action": {"Publish"}, "PhoneNumber": {joao}, "Message": {"oi & até +1 %"}}
}

func TestSignatureIsChecked(t *testing.T) {
	for _, c := range []struct {
		name   string
		secret string
		change func(*http.Request)
		status int
		code   string
	}{
		{"right", secret, nil, 200, "<MessageId>"},
		{"wrong secret", "x" + secret, nil, 403, "SignatureDoesNotMatch"},
		{"no signature", secret, func(r *http.Request) { r.Header.Del("Authorization") }, 403, "MissingAuthenticationToken"},
		{"half a signature", secret, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Split(r.Header.Get("Authorization"), ",")[0])
		}, 403, "IncompleteSignature"},
		{"another key", secret, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), key, "AKIDOTHER", 1))
		}, 403, "InvalidClientTokenId"},
		{"another region", secret, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "us-east-1", "us-west-1", 1))
		}, 403, "SignatureDoesNotMatch"},
		{"another service", secret, func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), "/sns/", "/sqs/", 1))
		}, 403, "SignatureDoesNotMatch"},
		{"another body", secret, func(r *http.Request) {
			body := strings.Replace(publishForm().Encode(), "oi", "ai", 1)
			r.Body = io.NopCloser(strings.NewReader(body))
		}, 403, "SignatureDoesNotMatch"},
		{"another type", secret, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 403, "SignatureDoesNotMatch"},
		{"another query", secret, func(r *http.Request) { r.URL.RawQuery = "x=1" }, 403, "SignatureDoesNotMatch"},
		{"another date", secret, func(r *http.Request) { r.Header.Set("X-Amz-Date", "20150830T123600Z") }, 403, "SignatureDoesNotMatch"},
	} {
		s, base := serve(t, nil)
		status, body := post(t, base, c.secret, publishForm(), c.change)
		if status != c.status || !strings.Contains(body, c.code) || !strings.Contains(body, "<RequestId>") {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
		if accepted := len(s.Accepted()) == 1; accepted != (c.status == 200) {
			t.Errorf("%s: accepted %v", c.name, s.Accepted())
		}
	}
}

func TestSignatureForAnotherService(t *testing.T) {
	_, base := serve(t, nil)
	if status, body := postTo(t, "sqs", base, secret, publishForm(), nil); status != 403 || !strings.Contains(body, "SignatureDoesNotMatch") {
		t.Errorf("%d %s", status, body)
	}
}

func TestSignatureRunsOut(t *testing.T) {
	for off, want := range map[time.Duration]string{
		14 * time.Minute: "<MessageId>", -14 * time.Minute: "<MessageId>",
		16 * time.Minute: "Signature expired", -16 * time.Minute: "Signature not yet current",
	} {
		_, base := serve(t, func(c *Config) { c.Clock = func() engine.Instant { return now().Add(off) } })
		if _, body := post(t, base, secret, publishForm(), nil); !strings.Contains(body, want) {
			t.Errorf("a clock off by %s: %s", off, body)
		}
	}
}

func attribute(n, name, kind, value string) url.Values {
	prefix := "MessageAttributes.entry." + n + "."
	return url.Values{prefix + "Name": {name}, prefix + "Value.DataType": {kind}, prefix + "Value.StringValue": {value}}
}

func TestPublishValidates(t *testing.T) {
	for _, c := range []struct {
		name string
		set  url.Values
		ok   bool
	}{
		{"as it is", nil, true},
		{"the longest text", url.Values{"Message": {strings.Repeat("é", 1600)}}, true},
		{"one too long", url.Values{"Message": {strings.Repeat("é", 1601)}}, false},
		{"no text", url.Values{"Message": {""}}, false},
		{"no UTF-8", url.Values{"Message": {"a\xff"}}, false},
		{"no plus", url.Values{"PhoneNumber": {"5511912345678"}}, false},
		{"spaces", url.Values{"PhoneNumber": {"+55 11 91234-5678"}}, false},
		{"16 digits", url.Values{"PhoneNumber": {"+5511912345678901"}}, false},
		{"leading zero", url.Values{"PhoneNumber": {"+0511912345678"}}, false},
		{"no number", url.Values{"PhoneNumber": {""}}, false},
		{"a topic", url.Values{"TopicArn": {"arn:aws:sns:x"}}, false},
		{"type", attribute("1", "AWS.SNS.SMS.SMSType", "String", "Promotional"), true},
		{"odd type", attribute("1", "AWS.SNS.SMS.SMSType", "String", "promotional"), false},
		{"sender", attribute("1", "AWS.SNS.SMS.SenderID", "String", "CasaAzul123"), true},
		{"long sender", attribute("1", "AWS.SNS.SMS.SenderID", "String", "CasaAzul1234"), false},
		{"sender of digits", attribute("1", "AWS.SNS.SMS.SenderID", "String", "1234"), false},
		{"price", attribute("1", "AWS.SNS.SMS.MaxPrice", "Number", "0.50"), true},
		{"price as text", attribute("1", "AWS.SNS.SMS.MaxPrice", "String", "0.50"), false},
		{"odd price", attribute("1", "AWS.SNS.SMS.MaxPrice", "Number", "half"), false},
		{"origination number", attribute("1", "AWS.MM.SMS.OriginationNumber", "String", "+5511912345678"), true},
		{"unknown", attribute("1", "AWS.SNS.SMS.Colour", "String", "blue"), false},
		{"a gap", attribute("2", "AWS.SNS.SMS.SMSType", "String", "Promotional"), false},
	} {
		s, base := serve(t, nil)
		form := publishForm()
		for name, values := range c.set {
			form[name] = values
		}
		status, body := post(t, base, secret, form, nil)
		if ok := status == 200; ok != c.ok || (len(s.Accepted()) == 1) != c.ok {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
		if !c.ok && !strings.Contains(body, "<Code>InvalidParameter</Code>") {
			t.Errorf("%s: %s", c.name, body)
		}
	}
}

func TestUnknownAction(t *testing.T) {
	_, base := serve(t, nil)
	if status, body := post(t, base, secret, url.Values{"Action": {"Dance"}}, nil); status != 400 || !strings.Contains(body, "InvalidAction") {
		t.Errorf("%d %s", status, body)
	}
}

func TestFaultsByNumberAndByQueue(t *testing.T) {
	s, base := serve(t, func(c *Config) { c.Suffixes = map[string]Fault{"0001": Throttle, "0002": OptedOut} })
	c := client(base)
	send := func(to string) string {
		_, err := c.Publish(t.Context(), &sns.PublishInput{PhoneNumber: aws.String(to), Message: aws.String("x")})
		var api smithy.APIError
		if errors.As(err, &api) {
			return api.ErrorCode()
		}
		return ""
	}
	s.Push(Denied, None)
	for i, want := range []string{"AuthorizationError", "", "Throttled", "", ""} {
		if got := send("+5511900000001"); got != want {
			t.Errorf("send %d: %q, want %q", i, got, want)
		}
	}
	for range 2 {
		if got := send("+5511900000002"); got != "OptedOut" {
			t.Errorf("%q", got)
		}
	}
	if s.Publishes() != 7 || len(s.Accepted()) != 3 {
		t.Errorf("%d requests, %d accepted", s.Publishes(), len(s.Accepted()))
	}
}

func TestOptOutList(t *testing.T) {
	s, base := serve(t, nil)
	c := client(base)
	for i := range 250 {
		s.OptOut("+55119" + string([]byte{byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)}) + "0000")
	}
	s.OptOut(joao)
	var all []string
	pages := sns.NewListPhoneNumbersOptedOutPaginator(c, &sns.ListPhoneNumbersOptedOutInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.PhoneNumbers...)
	}
	if len(all) != 251 || !slices.Contains(all, joao) || len(slices.Compact(all)) != 251 {
		t.Errorf("%d numbers", len(all))
	}
	for _, want := range []bool{true, false} {
		got, err := c.CheckIfPhoneNumberIsOptedOut(t.Context(), &sns.CheckIfPhoneNumberIsOptedOutInput{PhoneNumber: aws.String(joao)})
		if err != nil || got.IsOptedOut != want {
			t.Errorf("%v, %v", got, err)
		}
		_, err = c.Publish(t.Context(), &sns.PublishInput{PhoneNumber: aws.String(joao), Message: aws.String("x")})
		if (err != nil) != want {
			t.Errorf("publish to a number opted out %v: %v", want, err)
		}
		if _, err := c.OptInPhoneNumber(t.Context(), &sns.OptInPhoneNumberInput{PhoneNumber: aws.String(joao)}); err != nil {
			t.Error(err)
		}
	}
}

func TestAccount(t *testing.T) {
	_, base := serve(t, nil)
	c := client(base)
	all, err := c.GetSMSAttributes(t.Context(), &sns.GetSMSAttributesInput{})
	if err != nil || len(all.Attributes) != 2 || all.Attributes["MonthlySpendLimit"] != "1" {
		t.Errorf("%v, %v", all, err)
	}
	one, err := c.GetSMSAttributes(t.Context(), &sns.GetSMSAttributesInput{Attributes: []string{"DefaultSMSType"}})
	if err != nil || len(one.Attributes) != 1 {
		t.Errorf("%v, %v", one, err)
	}
	if got, err := c.GetSMSSandboxAccountStatus(t.Context(), &sns.GetSMSSandboxAccountStatusInput{}); err != nil || got.IsInSandbox {
		t.Errorf("%v, %v", got, err)
	}
}

// lines is a writer that several goroutines may use.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func TestRun(t *testing.T) {
	w, err := words.For("en")
	if err != nil {
		t.Fatal(err)
	}
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, ended := &lines{}, make(chan error)
	go func() { ended <- Run(ctx, ln, out, w, Config{Clock: now, Random: zeros}) }()
	c := sns.New(sns.Options{
		Region: "us-east-1", BaseEndpoint: aws.String("http://" + ln.Addr().String()), Retryer: aws.NopRetryer{},
		Credentials: credentials.NewStaticCredentialsProvider(RehearsalKey, RehearsalSecret, ""),
	})
	for _, to := range []string{joao, "+5511900000002", "+5511900000004"} {
		_, err := c.Publish(t.Context(), &sns.PublishInput{PhoneNumber: aws.String(to), Message: aws.String("oi\n\x1b[2Jvolte")})
		if (err == nil) != (to == joao) {
			t.Errorf("%s: %v", to, err)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	for _, want := range []string{
		"  AWS_ENDPOINT_URL_SNS=http://" + ln.Addr().String() + "\n", "  AWS_REGION=us-east-1\n",
		"  AWS_ACCESS_KEY_ID=" + RehearsalKey + "\n", "  AWS_SECRET_ACCESS_KEY=" + RehearsalSecret + "\n",
		"  0002  the customer has opted out\n",
		joao + "  1 part  oi  [2Jvolte\n",
		"+5511900000002  answered with a fault: the customer has opted out\n",
		"+5511900000004  answered with a fault: accepted, and the reply lost\n+5511900000004  1 part",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("lacks %q in\n%s", want, out)
		}
	}
	if strings.Contains(out.String(), "⟦") || strings.Contains(out.String(), "\x1b") {
		t.Errorf("odd output:\n%s", out)
	}
}

// TestRunFinishesItsAnswers ends the rehearsal while an answer is slow.
func TestRunFinishesItsAnswers(t *testing.T) {
	w, err := words.For("pt-BR")
	if err != nil {
		t.Fatal(err)
	}
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var answered atomic.Bool
	slow := func(<-chan struct{}, time.Duration) {
		cancel()
		time.Sleep(50 * time.Millisecond)
		answered.Store(true)
	}
	sent := make(chan error, 1)
	go func() {
		c := sns.New(sns.Options{
			Region: "us-east-1", BaseEndpoint: aws.String("http://" + ln.Addr().String()), Retryer: aws.NopRetryer{},
			Credentials: credentials.NewStaticCredentialsProvider(RehearsalKey, RehearsalSecret, ""),
		})
		_, err := c.Publish(t.Context(), &sns.PublishInput{PhoneNumber: aws.String("+5511900000005"), Message: aws.String("oi")})
		sent <- err
	}()
	if err := Run(ctx, ln, io.Discard, w, Config{Clock: now, Random: zeros, Wait: slow}); err != nil {
		t.Error(err)
	}
	if !answered.Load() {
		t.Error("ended before its answer")
	}
	if err := <-sent; err != nil {
		t.Error(err)
	}
}
