package delivery

import (
	"context"
	"errors"

	"bounceback/engine"
)

// Auto sends through SNS when it is configured, and otherwise by another
// sender, as a rule Console. It looks at each text, not when it is made, until
// SNS is configured: settings made while the program runs are found. A
// configuration that is there but out of order is SNS's: its texts wait.
type Auto struct {
	SNS       *SNS
	Otherwise Sender
}

// Name is the name of the sender that would take a text now. Once that is SNS,
// it stays so.
func (a *Auto) Name() string { return a.choose(context.Background()).Name() }

// choose gives the sender that is configured. It touches no network.
func (a *Auto) choose(ctx context.Context) Sender {
	if errors.Is(a.SNS.Configured(ctx), ErrNotConfigured) {
		return a.Otherwise
	}
	return a.SNS
}

// Send hands the text to the sender that is configured.
func (a *Auto) Send(ctx context.Context, text Text) (Receipt, error) {
	return a.choose(ctx).Send(ctx, text)
}

// OptedOut gives the list of the sender that is configured.
func (a *Auto) OptedOut(ctx context.Context) ([]string, error) { return a.choose(ctx).OptedOut(ctx) }

// Health is that of the sender that is configured.
func (a *Auto) Health(ctx context.Context) (engine.SenderHealth, error) {
	return a.choose(ctx).Health(ctx)
}
