package delivery

import (
	"context"
	"errors"
	"sync/atomic"
)

// Auto sends through SNS when it is configured, and otherwise by another
// sender, as a rule Console. It looks at the first text, not when it is made. A
// configuration that is there but out of order is SNS's: its texts wait.
type Auto struct {
	SNS       *SNS
	Otherwise Sender

	used atomic.Pointer[string]
}

// Name is the name of the sender that took the last text, and empty before.
func (a *Auto) Name() string {
	if name := a.used.Load(); name != nil {
		return *name
	}
	return ""
}

// Send hands the text to the sender that is configured.
func (a *Auto) Send(ctx context.Context, text Text) (Receipt, error) {
	var chosen Sender = a.SNS
	if errors.Is(a.SNS.Configured(ctx), ErrNotConfigured) {
		chosen = a.Otherwise
	}
	name := chosen.Name()
	a.used.Store(&name)
	return chosen.Send(ctx, text)
}
