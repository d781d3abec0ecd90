package screen

import (
	"testing"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

// said is what a page says under a label; empty if it has none such.
func said(s sheet, label string) string {
	for _, l := range s.lines {
		if l.label == label {
			return l.value
		}
	}
	return ""
}

func TestMessagePageSaysWhatBecameOfAText(t *testing.T) {
	p := &messagePage{}
	p.base = base{env: country(t, "BR", "BRL")}
	for _, row := range []struct {
		m            engine.Message
		body, sender string
	}{
		{engine.Message{Kind: "verify", State: string(delivery.StateAccepted), Sender: "console"}, "hidden: a code", "console"},
		{engine.Message{Kind: "coupon", State: string(delivery.StateCancelled), Sender: "console", Body: "R$43 back"}, "R$43 back", ""},
		{engine.Message{Kind: "coupon", State: string(delivery.StateRefused), Sender: "sns"}, "", "sns"},
	} {
		s := p.sheet(row.m)
		if got := said(s, "lists.label.text"); got != row.body {
			t.Errorf("%s %s: says %q, want %q", row.m.State, row.m.Kind, got, row.body)
		}
		if got := said(s, "lists.label.sender"); got != row.sender {
			t.Errorf("%s %s: sent by %q, want %q", row.m.State, row.m.Kind, got, row.sender)
		}
	}
}
