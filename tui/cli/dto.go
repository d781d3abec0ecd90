package cli

import (
	"time"

	"bounceback/engine"
)

// The JSON answers. Names are stable: fields are added, never renamed or
// taken away. Amounts are integers in minor units and end in _minor, rates are
// basis points and end in _bp, times are RFC 3339 in the store's zone and end
// in _at or are valid_from and valid_until, days are 2026-11-20. Prices of texts
// are integers in millionths and end in _micros; their currency stands beside
// them. What does not exist is null.

// list is one page of a list.
type list[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"` // for --after; null at the end
}

// newList turns a page of the store into one of DTOs.
func newList[T, D any](p engine.Page[T], dto func(T) D) list[D] {
	l := list[D]{Items: make([]D, 0, len(p.Items)), Next: text(p.Next)}
	for _, item := range p.Items {
		l.Items = append(l.Items, dto(item))
	}
	return l
}

// text is a text, or null if it is empty.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// orEmpty is a list that is [] in JSON where there is nothing.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// countOrNull is a number, or null if it is 0.
func countOrNull(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func idText(id engine.ID) *string { return text(id.String()) }

func codeText(code string) *string { return text(engine.ShowCode(code)) }

func dayText(d engine.Day) *string {
	if d == 0 {
		return nil
	}
	return text(d.String())
}

// rfc3339 has milliseconds where there are any.
const rfc3339 = "2006-01-02T15:04:05.999Z07:00"

func (a *app) timeText(at engine.Instant) *string {
	if at == 0 {
		return nil
	}
	return text(at.In(a.zone()).Format(rfc3339))
}

// lastInstant is the last millisecond before an exclusive bound.
func (a *app) lastInstant(until engine.Instant) *string {
	if until == 0 {
		return nil
	}
	return a.timeText(until - 1)
}

func (a *app) zone() *time.Location { return a.format.Zone() }
