package delivery

import (
	"context"
	"errors"
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
