package delivery

import (
	"context"
	"errors"

	"bounceback/engine"
)

// ErrNoSender tells that nobody is set up to send texts.
var ErrNoSender = errors.New("no sender configured")

// Console is the sender of a shop that has none: it shows each text and says
// that it was not sent. It never claims that a text was accepted.
type Console struct {
	Show func(Text) // nil: the row alone tells
}

// Name is "console".
func (Console) Name() string { return "console" }

// Send shows the text and gives ErrNoSender.
func (c Console) Send(_ context.Context, text Text) (Receipt, error) {
	if c.Show != nil {
		c.Show(text)
	}
	return Receipt{}, ErrNoSender
}

// OptedOut gives none: nobody can tell a console to stop.
func (Console) OptedOut(context.Context) ([]string, error) { return nil, nil }

// Health tells that nobody is set up to send texts.
func (c Console) Health(context.Context) (engine.SenderHealth, error) {
	return engine.SenderHealth{Sender: c.Name(), Problem: string(ReasonNoSender)}, nil
}
