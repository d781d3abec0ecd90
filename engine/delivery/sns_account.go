package delivery

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/sns"

	"bounceback/engine"
)

// OptedOut gives the whole list of numbers that told SNS to stop, in this
// account and region. It comes by the hundred; an error comes without a part of
// it.
func (s *SNS) OptedOut(ctx context.Context) ([]string, error) {
	var numbers []string
	err := s.call(ctx, "", func(client *sns.Client, watch func(*sns.Options)) error {
		pages := sns.NewListPhoneNumbersOptedOutPaginator(client, &sns.ListPhoneNumbersOptedOutInput{})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx, patient, watch)
			if err != nil {
				return err
			}
			numbers = append(numbers, page.PhoneNumbers...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return numbers, nil
}

// patient is for a call that SNS limits and nobody waits for.
func patient(o *sns.Options) { o.Retryer = retryThrottles(listAttempts, listPause) }

// Health looks for credentials, and asks whether the account is in the sandbox
// and what it may spend in a month. What it may not ask is told, and does not
// keep it from the rest. All that is wrong is in Problem and Detail, also where
// there is an error.
func (s *SNS) Health(ctx context.Context) (engine.SenderHealth, error) {
	h := engine.SenderHealth{Sender: s.Name(), Ready: true}
	var silent error
	for _, ask := range []func(context.Context, *engine.SenderHealth) error{s.askSandbox, s.askLimit} {
		err := ask(ctx, &h)
		if err == nil {
			continue
		}
		addTrouble(&h, err)
		if reason, _ := troubleOf(err); reason == ReasonOffline || reason == ReasonNoAnswer {
			silent = err
		}
		if shutsOut(err) {
			h.Ready = false
			break
		}
	}
	if h.Sandbox == "yes" && h.Problem == "" {
		h.Problem = string(ReasonSandbox)
	}
	h.Region = s.Region()
	return h, silent
}

// shutsOut tells whether an error would meet a text as well: there is no
// connection, or nobody knows the credentials. The right to ask a question says
// nothing about the right to send.
func shutsOut(err error) bool {
	var notSent *NotSent
	var refused *Refused
	return errors.As(err, &notSent) || errors.As(err, &refused) && refused.stranger
}

func (s *SNS) askSandbox(ctx context.Context, h *engine.SenderHealth) error {
	return s.call(ctx, "", func(client *sns.Client, watch func(*sns.Options)) error {
		out, err := client.GetSMSSandboxAccountStatus(ctx, &sns.GetSMSSandboxAccountStatusInput{}, watch)
		if err == nil {
			h.Sandbox = map[bool]string{true: "yes", false: "no"}[out.IsInSandbox]
		}
		return err
	})
}

// dollars are written by SNS as whole numbers or with a point.
var dollars = engine.Marks{Decimal: '.', Group: ',', Exponent: 2}

// askLimit asks for the limit of a month. SNS leaves it out where none was ever
// set; one that cannot be read is as good as none.
func (s *SNS) askLimit(ctx context.Context, h *engine.SenderHealth) error {
	return s.call(ctx, "", func(client *sns.Client, watch func(*sns.Options)) error {
		const name = "MonthlySpendLimit"
		out, err := client.GetSMSAttributes(ctx, &sns.GetSMSAttributesInput{Attributes: []string{name}}, watch)
		if err != nil {
			return err
		}
		if limit, err := engine.ParseMicros(out.Attributes[name], dollars); err == nil {
			h.Limit = limit
		}
		return nil
	})
}
