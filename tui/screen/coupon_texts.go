package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/tui/kit"
)

// texts are the lines of a coupon's whole cycle. Enter on one shows its words. A
// reason that several in a row share is said once.
func (p *couponPage) texts(texts []engine.Message) []line {
	out := make([]line, len(texts))
	before := ""
	for i, m := range texts {
		why := whyText(p.env, m)
		said := why
		if why == before {
			said = ""
		}
		before = why
		out[i] = line{
			tone:  messageTone(m),
			lead:  kit.Fit(p.env.stamp(goes(m), p.now()), p.env.stampWidth()),
			value: joined(stepText(p.env, m), p.textState(m), said),
			to:    p.openText(m),
		}
	}
	return out
}

func (p *couponPage) textState(m engine.Message) string {
	if m.State == "" {
		return p.t("lists.message.not_planned")
	}
	return p.t("core.message_state." + messageState(m))
}

// openText leads to the page of a text; one that the coupon would have got is
// on no file.
func (p *couponPage) openText(m engine.Message) func() tea.Cmd {
	if m.ID.IsZero() || m.State == "" {
		return func() tea.Cmd { return open(newMessagePreview(p.env, m)) }
	}
	return func() tea.Cmd { return send(GotoMsg{KindMessage, m.ID}) }
}

// allTexts leads to the list of the coupon's texts.
func (p *couponPage) allTexts(f couponFacts) line {
	l := line{label: linkMessages.ID(), bind: linkMessages, value: "–"}
	if len(f.texts) > 0 && f.texts[0].State != "" {
		l.value = p.t("lists.link.all")
		code := showCode(f.coupon.Code)
		l.to = func() tea.Cmd { return open(newMessages(p.env, engine.Filter{CouponID: f.coupon.ID}, code)) }
	}
	return l
}

// lastSent is the text that went last, or was to.
func lastSent(texts []engine.Message) (last engine.Message, ok bool) {
	for _, m := range texts {
		state := delivery.State(m.State)
		if (resendable(state) || state == delivery.StateUnknown) && (!ok || goes(m) >= goes(last)) {
			last, ok = m, true
		}
	}
	return last, ok
}

// resend sends the coupon's last text once more.
func (p *couponPage) resend() tea.Cmd {
	last, _ := lastSent(p.facts.texts)
	return resend(&p.base, last)
}
