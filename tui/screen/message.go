package screen

import (
	"strconv"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// States of texts that only their lists and pages know: a text in one of them
// is queued or accepted.
const (
	textCurrent   = "current"
	textDue       = "due"
	textHeld      = "held"
	textPlanned   = "planned"
	textDelivered = "delivered"
	textFailed    = "failed"
	textAgain     = "again" // it failed, and was sent once more
)

// newMessages is the list of texts, all or those of a customer, coupon or
// campaign. Those of one customer or coupon are few; of all others it begins
// without what only waits for its day. Above all texts stand the shop's figures.
func newMessages(env *Env, within engine.Filter, of string) Screen {
	b := newBrowse(env, "messages", KindMessage, "lists.messages", within, of)
	now := b.now
	b.newList("lists.messages.empty", pages(b, env.Shop.Messages, func(m engine.Message) kit.Row { return messageRow(env, m, now()) }),
		kit.Column{Title: "lists.col.goes", Width: env.stampWidth(), Drop: 2},
		kit.Column{Title: "lists.col.code", Width: 9, Drop: 3},
		kit.Column{Title: "lists.col.who", Width: 8, Grow: true},
		kit.Column{Title: "lists.col.step", Width: 12, Drop: 1},
		kit.Column{Title: "lists.col.parts", Width: 6, Align: kit.Right, Drop: 5},
		kit.Column{Title: "lists.col.cost", Width: 10, Align: kit.Decimal, Drop: 4},
		kit.Column{Title: "lists.col.state", Width: 13},
		kit.Column{Title: "lists.col.reason", Width: 14, Grow: true, Drop: 3})
	b.noSearch = true
	b.list.Order = func() kit.Order { return messageOrder(b.list.Filters()["state"]) }
	b.stateChip(chipState, "core.message_state.", textCurrent, textDue, textHeld, string(delivery.StateUnknown), string(delivery.StateRefused),
		textFailed, textPlanned, string(delivery.StateQueued), string(delivery.StateSending), string(delivery.StateAccepted), textDelivered,
		string(delivery.StateCancelled))
	if within.CustomerID.IsZero() && within.CouponID.IsZero() {
		b.beginWith("state", textCurrent)
	}
	b.dateChip()
	b.chip(chipCustomer, "customer")
	b.chip(chipCampaign, "campaign")
	if within != (engine.Filter{}) {
		return b
	}
	return newTexts(b)
}

// messageOrder is the order in which the texts in a state come.
func messageOrder(state string) kit.Order {
	if state == textDue || state == textHeld || state == textPlanned {
		return kit.Soonest
	}
	return kit.Newest
}

func messageRow(env *Env, m engine.Message, now engine.Instant) kit.Row {
	later := m.State == string(delivery.StateQueued) && m.Due >= (engine.DayAt(now, env.Format.Zone())+1).Start(env.Format.Zone())
	return kit.Row{ID: m.ID.String(), Faded: later || m.State == string(delivery.StateCancelled), Cells: []kit.Cell{
		{Text: env.stamp(goes(m), now)},
		{Text: showCode(m.CouponCode)},
		{Text: orDash(m.Customer)},
		{Text: stepShort(env, m)},
		{Text: partsOf(m)},
		{Text: messageCost(env, m)},
		{Text: env.Words.T("core.message_state." + messageState(m)), Tone: messageTone(m)},
		{Text: whyShort(env, m)},
	}}
}

// goes is when a text went or, while it is to go, when that is.
func goes(m engine.Message) engine.Instant {
	if m.Sent != 0 && m.State != string(delivery.StateQueued) {
		return m.Sent
	}
	return m.Due
}

// partsOf is how long a text is; empty of one that has no words of its own yet.
func partsOf(m engine.Message) string {
	if m.Parts == 0 {
		return ""
	}
	return strconv.Itoa(m.Parts)
}

// messageCost is what a text cost; empty of one that cost nothing yet, or went
// with another.
func messageCost(env *Env, m engine.Message) string {
	if m.Cost == 0 {
		return ""
	}
	return env.Format.Price(m.Cost)
}

// messageState tells a text that is held from one that only waits, and what the
// carrier reported from what it took.
func messageState(m engine.Message) string {
	switch {
	case m.State == string(delivery.StateQueued) && m.Reason != "":
		return textHeld
	case m.Delivered == textFailed && !m.AgainID.IsZero():
		return textAgain
	case m.State == string(delivery.StateAccepted) && m.Delivered != "":
		return m.Delivered
	}
	return m.State
}

func messageTone(m engine.Message) kit.Tone {
	switch messageState(m) {
	case string(delivery.StateAccepted), textDelivered:
		return kit.Fine
	case string(delivery.StateRefused), textFailed:
		return kit.Wrong
	case string(delivery.StateUnknown), string(delivery.StateSending), textHeld:
		return kit.Caution
	}
	return kit.Usual
}

// stepText names the place of a text in the cycle of its coupon, or its kind.
//
// words: lists.message_kind.*
func stepText(env *Env, m engine.Message) string {
	if m.Step == "" {
		return env.Words.T("lists.message_kind." + m.Kind)
	}
	return env.Words.TextStep(m.Step, m.Days)
}

// stepShort is stepText for a column.
//
// words: lists.step.*
func stepShort(env *Env, m engine.Message) string {
	if m.Step == "" {
		return stepText(env, m)
	}
	return env.Words.N("lists.step."+string(m.Step), m.Days)
}

// whyText is why a text is in its state: its reason, the carrier's report, or
// that it went with another.
//
// words: lists.no_text.*
func whyText(env *Env, m engine.Message) string {
	switch {
	case m.State == "":
		return env.wordOr("lists.no_text."+m.Reason, m.Reason)
	case m.Reason != "":
		return env.Words.TextReason(m.State, m.Reason)
	case m.Delivered == textFailed && m.Response != "":
		return m.Response
	case together(m):
		return env.Words.T("lists.message.together")
	}
	return ""
}

// whyShort is whyText for a column. A text taken back after a lost reply may
// have gone, and does not go again.
//
// words: lists.why.*
func whyShort(env *Env, m engine.Message) string {
	if m.Reason == "" {
		return whyText(env, m)
	}
	why := env.wordOr("lists.why."+m.Reason, whyText(env, m))
	if m.State == string(delivery.StateUnknown) && m.Reason != string(delivery.ReasonNoReply) {
		return env.Words.T("lists.message.not_again", "why", why)
	}
	return why
}

// together tells whether a text went as part of another.
func together(m engine.Message) bool { return !m.LeadID.IsZero() && m.LeadID != m.ID }
