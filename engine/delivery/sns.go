package delivery

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ec2rolecreds"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sns/types"
)

// SNS sends texts through Amazon SNS. Region, credentials and endpoint come
// from where the AWS SDK looks for them (environment, shared files, single
// sign-on, container), the endpoint also from AWS_ENDPOINT_URL_SNS. They are
// read at the first use, not before: it costs start-up time. The zero value is
// ready for use, by several goroutines.
//
// The machine's own metadata service is asked only where
// AWS_EC2_METADATA_DISABLED is set to "false": on a till nobody answers there,
// and the SDK would wait for seconds.
type SNS struct {
	mu     sync.Mutex
	client *sns.Client
	creds  aws.CredentialsProvider
	region string
}

// What is missing of AWS on this machine. Only where neither a region nor a
// source of credentials is set does nobody want to send through it.
var (
	ErrNotConfigured = errors.New("AWS is not configured")
	errNoRegion      = errors.New("no AWS region is set")
	errNoCredentials = errors.New("no AWS credentials are set")
)

// Name is "sns".
func (s *SNS) Name() string { return "sns" }

// Configured gives nil when a region and a source of credentials are set, an
// error that wraps ErrNotConfigured when neither is, and a *NotSent when one of
// them is or they are set in a way that cannot be read. It touches no network. A good answer is
// remembered; others are looked up anew each time, so that settings added
// meanwhile are found.
func (s *SNS) Configured(ctx context.Context) error {
	_, err := s.load(ctx)
	return err
}

// Credentials gives nil when credentials can be had now, which for some sources
// takes a call over the network, or an error as Configured does. ctx bounds it.
func (s *SNS) Credentials(ctx context.Context) error {
	if _, err := s.load(ctx); err != nil {
		return err
	}
	if _, err := s.creds.Retrieve(ctx); err != nil {
		return &NotSent{Reason: ReasonCredentials, Cause: err}
	}
	return nil
}

// Region is the AWS region in use, empty before Configured found one.
func (s *SNS) Region() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.region
}

// Send publishes one text. SNS has no key by which it could tell a repeat, so
// the request is made a second time only when SNS said that it did not take the
// first for coming too often. ctx bounds the call.
func (s *SNS) Send(ctx context.Context, text Text) (Receipt, error) {
	if n := utf8.RuneCountInString(text.Body); n > MaxRunes {
		return Receipt{}, &Refused{Reason: ReasonInvalidText, Detail: fmt.Sprintf("%d characters, SNS takes %d", n, MaxRunes)}
	}
	var id string
	err := s.call(ctx, text.To, func(client *sns.Client, watch func(*sns.Options)) error {
		out, err := client.Publish(ctx, publishInput(text), watch)
		if err == nil {
			id = aws.ToString(out.MessageId)
		}
		return err
	})
	if err == nil && id == "" {
		err = &Doubtful{Detail: "the answer has no message id"} // something answered that is not SNS
	}
	return Receipt{MessageID: id}, err
}

// load gives the client, made at the first use.
func (s *SNS) load(ctx context.Context) (*sns.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client != nil {
		return s.client, nil
	}
	metadata := metadataState()
	cfg, err := config.LoadDefaultConfig(ctx, config.WithEC2IMDSClientEnableState(metadata))
	if err != nil {
		return nil, &NotSent{Reason: ReasonCredentials, Cause: err}
	}
	// Where nothing else is set, the SDK falls back on the metadata service.
	last := aws.IsCredentialsProvider(cfg.Credentials, (*ec2rolecreds.Provider)(nil))
	keyless := last && metadata == imds.ClientDisabled
	switch {
	case cfg.Region == "" && keyless:
		return nil, ErrNotConfigured
	case cfg.Region == "":
		return nil, &NotSent{Reason: ReasonNoRegion, Cause: errNoRegion}
	case keyless:
		return nil, &NotSent{Reason: ReasonNoCredentials, Cause: errNoCredentials}
	}
	s.client, s.creds, s.region = newClient(cfg), cfg.Credentials, cfg.Region
	return s.client, nil
}

func metadataState() imds.ClientEnableState {
	if os.Getenv("AWS_EC2_METADATA_DISABLED") == "false" {
		return imds.ClientEnabled
	}
	return imds.ClientDisabled
}

// newClient makes a client that repeats a request only when it was throttled,
// whatever the environment says about retries. Connections are not kept for
// long: a text written to one that the other side is just closing has an unknown
// fate.
func newClient(cfg aws.Config) *sns.Client {
	return sns.NewFromConfig(cfg, func(o *sns.Options) {
		o.Retryer = retryThrottles(sendAttempts, sendPause)
		o.RetryMaxAttempts = 0
		o.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
			t.IdleConnTimeout = 5 * time.Second
		})
	})
}

// publishInput names the settings the way SNS does.
func publishInput(text Text) *sns.PublishInput {
	in := &sns.PublishInput{
		PhoneNumber:       aws.String(text.To),
		Message:           aws.String(text.Body),
		MessageAttributes: map[string]types.MessageAttributeValue{},
	}
	for _, a := range []struct{ name, kind, value string }{
		{"AWS.SNS.SMS.SMSType", "String", string(text.Type)},
		{"AWS.SNS.SMS.SenderID", "String", text.SenderID},
		{"AWS.SNS.SMS.MaxPrice", "Number", text.MaxPrice},
		{"AWS.MM.SMS.OriginationNumber", "String", text.Origination},
		{"AWS.MM.SMS.EntityId", "String", text.EntityID},
		{"AWS.MM.SMS.TemplateId", "String", text.TemplateID},
	} {
		if a.value != "" {
			in.MessageAttributes[a.name] = types.MessageAttributeValue{
				DataType: aws.String(a.kind), StringValue: aws.String(a.value),
			}
		}
	}
	return in
}
