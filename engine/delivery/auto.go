package delivery

import (
	"context"
	"errors"
	"sync/atomic"

	"bounceback/engine"
)

// Auto sends through SNS when it is configured, and otherwise by another
// sender, as a rule Console. It looks at each text, not when it is made, until
// SNS is configured: settings made while the program runs are found. A
// configuration that is there but out of order is SNS's: its texts wait.
type Auto struct {
	SNS       *SNS
	Otherwise Sender

	used atomic.Pointer[string]
}

// Name is the name of the sender that took the last text, and before the first
// one of the sender that would take it.
func (a *Auto) Name() string {
	if name := a.used.Load(); name != nil {
		return *name
	}
	return a.choose(context.Background()).Name()
}

// choose gives the sender that is configured. It touches no network.
func (a *Auto) choose(ctx context.Context) Sender {
	if errors.Is(a.SNS.Configured(ctx), ErrNotConfigured) {
		return a.Otherwise
	}
	return a.SNS
}

// Send hands the text to the sender that is configured.
func (a *Auto) Send(ctx context.Context, text Text) (Receipt, error) {
	chosen := a.choose(ctx)
	name := chosen.Name()
	a.used.Store(&name)
	return chosen.Send(ctx, text)
}

// OptedOut gives the list of the sender that is configured.
func (a *Auto) OptedOut(ctx context.Context) ([]string, error) { return a.choose(ctx).OptedOut(ctx) }

// Health is that of the sender that is configured.
func (a *Auto) Health(ctx context.Context) (engine.SenderHealth, error) {
	return a.choose(ctx).Health(ctx)
}
