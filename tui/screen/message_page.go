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

// sheet lays a text out: what became of it and why, what it says, to whom, when,
// and what it cost; last what only the carrier asks for.
//
// words: lists.message lists.message.resend lists.message.resend.help lists.link.coupon lists.link.coupon.help
// words: lists.message.release lists.message.release.help lists.message.cancel lists.message.cancel.help
// words: lists.link.lead lists.link.lead.help
func (p *messagePage) sheet(m engine.Message) sheet {
	out := sheet{heading: joined(m.Customer, stepText(p.env, m)), acts: p.acts(m)}
	for _, lines := range [][]line{p.standing(m), p.words(m), p.about(m), p.times(m), p.costs(m), p.sentBy(m)} {
		out.lines = append(out.lines, lines...)
	}
	return out
}

// about is whom a text is to, and of which coupon it speaks. A code is for a phone
// that may be no customer's.
func (p *messagePage) about(m engine.Message) []line {
	if m.Kind == string(delivery.KindVerify) {
		return []line{{label: "lists.label.to", value: m.To}}
	}
	who := m.Customer
	if who != m.To {
		who = joined(who, m.To)
	}
	return []line{
		linked(linkCustomer, who, KindCustomer, m.CustomerID),
		linked(linkCoupon, showCode(m.CouponCode), KindCoupon, m.CouponID),
	}
}

// standing is the state of a text and why, in plain sentences.
func (p *messagePage) standing(m engine.Message) []line {
	out := []line{{label: "lists.label.state", value: p.stateText(m), tone: messageTone(m)}}
	if m.Reason != "" {
		out = append(out, line{label: "lists.label.why", value: whyText(p.env, m), tone: kit.Caution})
	}
	if together(m) {
		out = append(out, line{label: "lists.label.with", value: p.t("lists.message.together_why"), to: p.openText(m.LeadID)})
	}
	if !m.AgainID.IsZero() {
		when := p.env.soon(m.AgainID.Instant(), p.now())
		out = append(out, line{label: "lists.label.again", value: p.t("lists.message.sent_again", "when", when), to: p.openText(m.AgainID)})
	}
	if messageTone(m) != kit.Fine {
		out = append(out, carrierSaid(m)...)
	}
	return out
}

// carrierSaid are the carrier's own words about a text, if it said anything.
func carrierSaid(m engine.Message) []line {
	said := joined(m.Detail, m.Response)
	if said == "" {
		return nil
	}
	return []line{{label: "lists.label.carrier", value: said}}
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
		return joined(p.t("core.message_state."+state), p.env.soon(m.Settled, p.now()))
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

// words are what a text says. One that was taken back before it went says
// nothing.
func (p *messagePage) words(m engine.Message) []line {
	body := p.body(m)
	if body == "" {
		return nil
	}
	return []line{{label: "lists.label.text", value: body, tone: kit.Stressed}}
}

// costs are how long a text is, and what it cost.
func (p *messagePage) costs(m engine.Message) []line {
	var out []line
	if m.Parts != 0 {
		value := joined(p.env.Words.N("lists.parts", m.Parts), messageCost(p.env, m), dearEncoding(m))
		out = append(out, line{label: "lists.label.cost", value: value})
	}
	if m.Paid != 0 {
		out = append(out, line{label: "lists.label.paid", value: p.env.Format.PriceIn(m.Paid, "USD")})
	}
	return out
}

// dearEncoding names the encoding of a text that takes more parts than others
// of its length; empty of the usual one.
func dearEncoding(m engine.Message) string {
	if m.Encoding == delivery.GSM7.String() {
		return ""
	}
	return m.Encoding
}

// openText leads to another text: the one this one went with, or that was sent
// instead of it.
func (p *messagePage) openText(id engine.ID) func() tea.Cmd {
	return func() tea.Cmd { return send(GotoMsg{KindMessage, id}) }
}

// told is the time that the state of a text tells; 0 if it tells none.
func told(m engine.Message) engine.Instant {
	if m.State == string(delivery.StateQueued) {
		return m.Due
	}
	return m.Settled
}

// lateBy is from how many milliseconds on it matters that a text does not go,
// or did not go, when it was to.
const lateBy = 60 * 60 * 1000

// times are when a text was to go and went, where its state does not tell it,
// and how often it was tried if more than once.
func (p *messagePage) times(m engine.Message) []line {
	fm := p.env.Format
	var out []line
	planned := cmp.Or(m.Planned, m.Due)
	if apart := told(m) - planned; apart >= lateBy || apart <= -lateBy {
		out = append(out, line{label: "lists.label.planned", value: fm.DateTime(planned)})
	}
	if m.Sent != 0 && fm.DateTime(m.Sent) != fm.DateTime(told(m)) {
		out = append(out, line{label: "lists.label.sent", value: fm.DateTime(m.Sent)})
	}
	if m.Attempts > 1 {
		out = append(out, line{label: "lists.label.attempts", value: strconv.Itoa(m.Attempts)})
	}
	return out
}

// sentBy is what to tell the carrier when asking what became of a text.
func (p *messagePage) sentBy(m engine.Message) []line {
	var out []line
	if messageTone(m) == kit.Fine {
		out = carrierSaid(m)
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
	again := resendable(state) && m.AgainID.IsZero() && !overReasons[m.Reason]
	return []act{
		{messageRelease.When(paced || state == delivery.StateUnknown && !overReasons[m.Reason]), func() tea.Cmd { return release(&p.base, p.facts) }},
		{messageCancel.When(open), func() tea.Cmd { return cancelText(&p.base, p.facts) }},
		{linkLead.When(together(m)), p.openText(m.LeadID)},
		{messageResend.When(again), func() tea.Cmd { return resend(&p.base, p.facts) }},
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
