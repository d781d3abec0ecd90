package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// release asks whether to let a text go: at once though the customer had texts
// enough, or again though nobody knows whether it went.
func release(b *base, m engine.Message) tea.Cmd {
	who := orDash(m.Customer)
	question, detail := b.t("lists.message.release.ask", "customer", who), b.t("lists.message.release.detail")
	if m.State == string(delivery.StateUnknown) {
		question, detail = b.t("lists.message.unknown.ask"), b.t("lists.message.unknown.detail", "customer", who)
	}
	b.confirm(question, b.sized(detail, m), func() tea.Cmd { return b.textAct(m.ID, b.env.Shop.ReleaseMessage, b.goesAgain) })
	return nil
}

// cancelText asks whether to take a text back, or to give it up.
func cancelText(b *base, m engine.Message) tea.Cmd {
	question, detail := b.t("lists.message.cancel.ask", "customer", orDash(m.Customer)), b.t("lists.message.cancel.detail")
	if m.State == string(delivery.StateUnknown) {
		question, detail = b.t("lists.message.give_up.ask"), b.t("lists.message.give_up.detail")
	}
	b.confirm(question, detail, func() tea.Cmd {
		return b.textAct(m.ID, b.env.Shop.CancelMessage, func(engine.Message) string { return b.t("lists.message.cancelled") })
	})
	return nil
}

// resend asks whether to send a text once more, and queues it.
func resend(b *base, m engine.Message) tea.Cmd {
	if m.State == string(delivery.StateUnknown) {
		return release(b, m)
	}
	question := b.t("lists.message.resend.ask", "customer", orDash(m.Customer))
	b.confirm(question, b.sized(againDetail(b, m), m), func() tea.Cmd { return b.textAct(m.ID, b.env.Shop.ResendMessage, b.goesAgain) })
	return nil
}

// sized adds to a sentence how many parts the text has, each of which costs.
func (b *base) sized(text string, m engine.Message) string {
	if m.Parts == 0 {
		return text
	}
	return joined(text, b.env.Words.N("lists.parts", m.Parts))
}

// againDetail is what to know before a text is sent once more.
func againDetail(b *base, m engine.Message) string {
	switch messageState(m) {
	case string(delivery.StateAccepted):
		return b.t("lists.message.resend.accepted", "customer", orDash(m.Customer))
	case textDelivered:
		return b.t("lists.message.resend.delivered", "customer", orDash(m.Customer))
	case textFailed:
		return joined(b.t("lists.message.resend.failed"), m.Response)
	}
	return b.env.Words.TextReason(m.State, m.Reason)
}

// goesAgain says when a text goes that was let go.
func (b *base) goesAgain(m engine.Message) string {
	if m.Due > b.now() {
		return b.t("lists.message.resent_later", "when", b.env.soon(m.Due, b.now()))
	}
	return b.t("lists.message.resent")
}

// textAct does something with a text, and says what came of it.
func (b *base) textAct(id engine.ID, do func(context.Context, engine.Actor, engine.ID) (engine.Message, error), said func(engine.Message) string) tea.Cmd {
	return write(b, func(ctx context.Context, a engine.Actor) (engine.Message, error) {
		return do(ctx, a, id)
	}, func(m engine.Message) tea.Cmd {
		b.say(kit.Fine, said(m))
		return nil
	})
}
