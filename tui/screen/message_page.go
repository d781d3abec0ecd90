package screen

import (
	"cmp"
	"context"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// messagePage is the page of one text.
type messagePage struct{ detail[engine.Message] }

func newMessagePage(env *Env, id engine.ID) Screen {
	return openMessage(env, func(ctx context.Context, a engine.Actor) (engine.Message, error) { return env.Shop.Message(ctx, a, id) })
}

// newMessagePreview is the page of a text that is not in the file: one that a
// coupon would have got.
func newMessagePreview(env *Env, m engine.Message) Screen {
	return openMessage(env, func(context.Context, engine.Actor) (engine.Message, error) { return m, nil })
}

func openMessage(env *Env, load func(context.Context, engine.Actor) (engine.Message, error)) Screen {
	p := &messagePage{}
	p.base, p.noun, p.draw, p.load = newBase(env, "message"), "lists.message", p.sheet, load
	return p
}

// The keys of a text.
var (
	messageRelease = kit.Bind("lists.message.release", "r")
	messageCancel  = kit.Bind("lists.message.cancel", "x")
	messageResend  = kit.Bind("lists.message.resend", "t")
	linkCoupon     = kit.Bind("lists.link.coupon", "k")
	linkLead       = kit.Bind("lists.link.lead", "w")
)

// sheet lays a text out.
//
// words: lists.message lists.message.resend lists.message.resend.help lists.link.coupon lists.link.coupon.help
// words: lists.message.release lists.message.release.help lists.message.cancel lists.message.cancel.help
// words: lists.link.lead lists.link.lead.help
func (p *messagePage) sheet(m engine.Message) sheet {
	out := sheet{heading: joined(showCode(m.CouponCode), m.Customer), acts: p.acts(m)}
	out.lines = append(p.standing(m), p.words(m)...)
	out.lines = append(out.lines,
		line{label: "lists.label.to", value: m.To},
		linked(linkCustomer, m.Customer, KindCustomer, m.CustomerID),
		linked(linkCoupon, showCode(m.CouponCode), KindCoupon, m.CouponID),
		line{label: "lists.label.step", value: stepText(p.env, m)})
	out.lines = append(out.lines, p.times(m)...)
	return out
}

// standing is the state of a text and why, in plain sentences.
func (p *messagePage) standing(m engine.Message) []line {
	out := []line{{label: "lists.label.state", value: p.stateText(m), tone: messageTone(m)}}
	if m.Reason != "" {
		out = append(out, line{label: "lists.label.why", value: whyText(p.env, m), tone: kit.Caution})
	}
	if together(m) {
		out = append(out, line{label: "lists.label.with", value: p.t("lists.message.together_why"), to: p.openLead(m)})
	}
	if said := joined(m.Detail, m.Response); said != "" {
		out = append(out, line{label: "lists.label.carrier", value: said})
	}
	return out
}

// stateText adds to a state until when it lasts.
func (p *messagePage) stateText(m engine.Message) string {
	state := messageState(m)
	switch {
	case m.State == "":
		return p.t("lists.message.not_planned")
	case state == textHeld && m.Due > p.now():
		return p.t("lists.message.held_until", "when", p.env.soon(m.Due, p.now()))
	case m.State == string(delivery.StateQueued):
		return joined(p.t("core.message_state."+state), p.t("lists.message.goes", "when", p.env.soon(max(m.Due, p.now()), p.now())))
	case m.Settled != 0:
		return joined(p.t("core.message_state."+state), p.env.Format.DateTime(m.Settled))
	}
	return p.t("core.message_state." + state)
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

// words are what a text says, how long it is, and what it cost. One that was
// taken back before it went has none.
func (p *messagePage) words(m engine.Message) []line {
	var out []line
	if body := p.body(m); body != "" {
		out = append(out, line{label: "lists.label.text", value: body, tone: kit.Stressed})
	}
	if m.Parts != 0 {
		out = append(out, line{label: "lists.label.parts", value: joined(p.env.Words.N("lists.parts", m.Parts), m.Encoding)})
	}
	if m.Cost != 0 {
		out = append(out, line{label: "lists.label.cost", value: p.env.Format.Price(m.Cost)})
	}
	if m.Paid != 0 {
		out = append(out, line{label: "lists.label.paid", value: p.env.Format.PriceIn(m.Paid, "USD")})
	}
	return out
}

// openLead leads to the text this one went with.
func (p *messagePage) openLead(m engine.Message) func() tea.Cmd {
	return func() tea.Cmd { return send(GotoMsg{KindMessage, m.LeadID}) }
}

// times are when a text was to go, went, and how often it was tried.
func (p *messagePage) times(m engine.Message) []line {
	fm := p.env.Format
	out := []line{{label: "lists.label.planned", value: fm.DateTime(cmp.Or(m.Planned, m.Due))}}
	if m.Due != 0 && m.Due != m.Planned {
		out = append(out, line{label: "lists.label.due", value: fm.DateTime(m.Due)})
	}
	if m.Sent != 0 {
		out = append(out, line{label: "lists.label.sent", value: fm.DateTime(m.Sent)})
	}
	if m.Attempts != 0 {
		out = append(out, line{label: "lists.label.attempts", value: strconv.Itoa(m.Attempts)})
	}
	if m.Sender != "" && m.State != string(delivery.StateCancelled) {
		out = append(out, line{label: "lists.label.sender", value: joined(m.Sender, m.ProviderID)})
	}
	return out
}

// acts are what can be done with a text in its state. What the hours or the
// month's limit hold cannot be let go.
func (p *messagePage) acts(m engine.Message) []act {
	state := delivery.State(m.State)
	paced := state == delivery.StateQueued && m.Reason == string(delivery.ReasonPace)
	open := state == delivery.StateQueued || state == delivery.StateUnknown
	return []act{
		{messageRelease.When(paced || state == delivery.StateUnknown), func() tea.Cmd { return release(&p.base, p.facts) }},
		{messageCancel.When(open), func() tea.Cmd { return cancelText(&p.base, p.facts) }},
		{linkLead.When(together(m)), p.openLead(m)},
		{messageResend.When(resendable(state) && !overReasons[m.Reason]), func() tea.Cmd { return resend(&p.base, p.facts) }},
	}
}

// resendable tells whether a text has come to its end, so that it goes again as
// another.
func resendable(s delivery.State) bool {
	return s == delivery.StateAccepted || s == delivery.StateRefused || s == delivery.StateCancelled
}

// overReasons are why a text was taken back that would be of no use any more.
var overReasons = map[string]bool{
	"coupon_redeemed": true, "coupon_voided": true, "coupon_expired": true, "customer_forgotten": true, string(delivery.ReasonTooLate): true,
}
