package delivery

import (
	"context"
	"errors"

	"bounceback/engine"
)

// ErrNoSender tells that nobody is set up to send texts.
var ErrNoSender = errors.New("no sender configured")

// Console is the sender of a shop that has none. It says of each text that it
// was not sent, and never claims that one was accepted.
type Console struct{}

// Name is engine.NoSender.
func (Console) Name() string { return engine.NoSender }

// Send gives ErrNoSender.
func (Console) Send(context.Context, Text) (Receipt, error) { return Receipt{}, ErrNoSender }

// OptedOut gives none: nobody can tell a console to stop.
func (Console) OptedOut(context.Context) ([]string, error) { return nil, nil }

// Health tells that nobody is set up to send texts.
func (c Console) Health(context.Context) (engine.SenderHealth, error) {
	return engine.SenderHealth{Sender: c.Name(), Problem: string(ReasonNoSender)}, nil
}
