package words

import (
	"strings"

	"bounceback/engine"
)

// TextStep names the place of a text in the cycle of its coupon; days are those
// after the sale, or before the last day. A text of no coupon has none.
//
// words: core.text_step.*
func (w *Words) TextStep(s engine.TextStep, days int) string {
	if s == "" {
		return ""
	}
	return w.N("core.text_step."+string(s), days)
}

// TextPlan says in one line which texts a coupon gets.
func (w *Words) TextPlan(p engine.TextPlan) string {
	var parts []string
	if p.AtIssue {
		parts = append(parts, w.T("core.text_plan.issue"))
	}
	if len(p.Days) > 0 {
		parts = append(parts, w.N("core.text_plan.days", len(p.Days), "days", engine.WriteTextDays(p.Days)))
	}
	if p.Before > 0 {
		last := w.N("core.text_plan.last", p.Before)
		if p.LongLife > 0 {
			last += w.T("core.text_plan.long", "days", p.LongLife)
		}
		parts = append(parts, last)
	}
	if len(parts) == 0 {
		return w.T("core.text_plan.none")
	}
	return strings.Join(parts, "; ")
}

// TextReason says why a text is not accepted; empty without a reason. One that
// goes again by itself after a lost reply asks nobody for anything; of one taken
// back after a lost reply nobody knows whether it went. The store has reasons of
// its own for what it takes back.
//
// words: delivery.reason.*
func (w *Words) TextReason(state, reason string) string {
	key := "delivery.reason." + reason
	switch again, unknown := key+"_again", key+"_unknown"; {
	case state == "queued" && w.Has(again):
		key = again
	case state == "unknown" && w.Has(unknown):
		key = unknown
	}
	if w.Has(key) {
		return w.T(key)
	}
	return reason
}

// NoTexts says why a coupon gets no texts at all.
//
// words: lists.no_text.*
func (w *Words) NoTexts(reason string) string {
	if key := "lists.no_text." + reason; w.Has(key) {
		return w.T(key)
	}
	return w.TextReason("", reason)
}

// TextState names where a text stands as people look at it: what the carrier
// reported of it once it did, held while something holds it back, and sent again
// where that was done after it failed.
//
// words: core.message_state.*
func (w *Words) TextState(m engine.Message) string {
	state := m.State
	switch {
	case m.Delivered == "failed" && !m.AgainID.IsZero():
		state = "again"
	case m.Delivered != "":
		state = m.Delivered
	case m.State == "queued" && m.Reason != "":
		state = "held"
	}
	return w.T("core.message_state." + state)
}
