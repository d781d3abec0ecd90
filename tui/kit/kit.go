// Package kit holds the building blocks of the screens. Nothing here does I/O
// or knows a sale, a coupon or a customer.
//
//	input.go     the one reader of key messages: Key, Scan, Paste
//	keymap.go    bindings; the footer, help page and README table made from them
//	style.go     all styles, for three themes and for screen readers
//	layout.go    widths, alignment, frames that never overflow
//	line.go      editing one line of text
//	list.go      a list that is read a page at a time
//	form.go      fields, checked as they are typed
//	dialog.go    confirm, reason, picker
//	notice.go    the line that says what happened
//	bigdigits.go large digits and letters
//	qr.go        QR codes in half blocks
//	queue.go     sequence numbers and the one queue of writes
package kit

import "time"

// Texts is the catalogue of one language: sentences by key, with named values
// (name, value, name, value …), and sentences that depend on a number.
type Texts interface {
	T(key string, args ...any) string
	N(key string, n int, args ...any) string
}

// Clock tells the time; the program passes time.Now, tests pass their own.
type Clock func() time.Time
