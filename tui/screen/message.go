package screen

import (
	"context"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// newMessages is the list of texts, all or those of a customer, coupon or
// campaign.
func newMessages(env *Env, within engine.Filter, of string) Screen {
	b := newBrowse(env, "messages", KindMessage, "lists.messages", within, of)
	now := b.now
	b.newList("lists.messages.empty", pages(b, env.Shop.Messages, func(m engine.Message) kit.Row { return messageRow(env, m, now()) }),
		kit.Column{Title: "lists.col.when", Width: env.stampWidth(), Drop: 1},
		kit.Column{Title: "lists.col.code", Width: 9, Drop: 2},
		kit.Column{Title: "lists.col.who", Width: 8, Grow: true},
		kit.Column{Title: "lists.col.parts", Width: 5, Align: kit.Right, Drop: 3},
		kit.Column{Title: "lists.col.state", Width: 10},
		kit.Column{Title: "lists.col.due", Width: env.stampWidth(), Drop: 4},
		kit.Column{Title: "lists.col.reason", Width: 14, Grow: true, Drop: 3})
	b.noSearch = true
	b.stateChip(chipState, "core.message_state.", string(delivery.StateQueued), string(delivery.StateSending), string(delivery.StateAccepted),
		string(delivery.StateRefused), string(delivery.StateUnknown), string(delivery.StateCancelled))
	b.dateChip()
	b.chip(chipCustomer, "customer")
	b.chip(chipCampaign, "campaign")
	return b
}

func messageRow(env *Env, m engine.Message, now engine.Instant) kit.Row {
	state := delivery.State(m.State)
	return kit.Row{ID: m.ID.String(), Faded: state == delivery.StateCancelled, Cells: []kit.Cell{
		{Text: env.stamp(m.Created, now)},
		{Text: showCode(m.CouponCode)},
		{Text: orDash(m.Customer)},
		{Text: strconv.Itoa(m.Parts)},
		{Text: env.Words.T("core.message_state." + m.State), Tone: messageTone(state)},
		{Text: env.stamp(m.Due, now)},
		{Text: reasonText(env, m.Reason)},
	}}
}

func messageTone(s delivery.State) kit.Tone {
	switch s {
	case delivery.StateAccepted:
		return kit.Fine
	case delivery.StateRefused:
		return kit.Wrong
	case delivery.StateUnknown, delivery.StateSending:
		return kit.Caution
	}
	return kit.Usual
}

// reasonText is the sentence of why a text is not accepted. The store gives a
// reason of its own to texts it took back.
func reasonText(env *Env, reason string) string {
	if reason == "" {
		return ""
	}
	if key := "delivery.reason." + reason; env.Words.Has(key) {
		return env.Words.T(key)
	}
	return reason
}

// messagePage is the page of one text.
type messagePage struct{ detail[engine.Message] }

func newMessagePage(env *Env, id engine.ID) Screen {
	p := &messagePage{}
	p.base, p.noun, p.draw = newBase(env, "message"), "lists.message", p.sheet
	p.load = func(ctx context.Context, a engine.Actor) (engine.Message, error) { return env.Shop.Message(ctx, a, id) }
	return p
}

// The keys of a text.
var (
	messageResend = kit.Bind("lists.message.resend", "t")
	linkCoupon    = kit.Bind("lists.link.coupon", "k")
)

// sheet lays a text out.
//
// words: lists.message lists.message.resend lists.message.resend.help lists.link.coupon lists.link.coupon.help
// words: lists.message_kind.*
func (p *messagePage) sheet(m engine.Message) sheet {
	fm, state := p.env.Format, delivery.State(m.State)
	out := sheet{
		heading: joined(showCode(m.CouponCode), m.Customer),
		acts:    []act{{messageResend.When(resendable(state)), func() tea.Cmd { return resend(&p.base, p.facts) }}},
	}
	out.lines = []line{{label: "lists.label.state", value: p.t("core.message_state." + m.State), tone: messageTone(state)}}
	if m.Reason != "" {
		out.lines = append(out.lines, line{label: "lists.label.why", value: reasonText(p.env, m.Reason), tone: kit.Caution})
	}
	if m.Detail != "" {
		out.lines = append(out.lines, line{label: "lists.label.carrier", value: m.Detail})
	}
	out.lines = append(out.lines,
		line{label: "lists.label.text", value: p.body(m), tone: kit.Stressed},
		line{label: "lists.label.parts", value: joined(p.env.Words.N("lists.parts", m.Parts), m.Encoding)},
		line{label: "lists.label.to", value: m.To},
		linked(linkCustomer, m.Customer, KindCustomer, m.CustomerID),
		linked(linkCoupon, showCode(m.CouponCode), KindCoupon, m.CouponID),
		line{label: "lists.label.kind", value: p.t("lists.message_kind." + m.Kind)},
		line{label: "lists.label.made", value: fm.DateTime(m.Created)},
		line{label: "lists.label.due", value: fm.DateTime(m.Due)})
	if m.Settled != 0 {
		out.lines = append(out.lines, line{label: "lists.label.settled", value: fm.DateTime(m.Settled)})
	}
	out.lines = append(out.lines, line{label: "lists.label.attempts", value: strconv.Itoa(m.Attempts)})
	if m.Sender != "" && state != delivery.StateCancelled {
		out.lines = append(out.lines, line{label: "lists.label.sender", value: joined(m.Sender, m.ProviderID)})
	}
	return out
}

// body is what a text says. A code that was sent to check a phone is kept from
// everybody.
//
// words: lists.message.code
func (p *messagePage) body(m engine.Message) string {
	if m.Body == "" && m.Kind == string(delivery.KindVerify) {
		return p.t("lists.message.code")
	}
	return m.Body
}

func resendable(s delivery.State) bool {
	return s != delivery.StateQueued && s != delivery.StateSending && s != ""
}

// resend asks whether to send a text once more, and queues it.
func resend(b *base, m engine.Message) tea.Cmd {
	question := b.t("lists.message.resend.ask", "customer", orDash(m.Customer), "parts", b.env.Words.N("lists.parts", m.Parts))
	b.confirm(question, reasonText(b.env, m.Reason), func() tea.Cmd {
		return write(b, func(ctx context.Context, a engine.Actor) (engine.Message, error) {
			return b.env.Shop.ResendMessage(ctx, a, m.ID)
		}, func(engine.Message) tea.Cmd {
			b.say(kit.Fine, b.t("lists.message.resent"))
			return nil
		})
	})
	return nil
}
