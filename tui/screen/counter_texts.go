package screen

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// texts is the key about texts. A yes becomes a no at once, and the same key
// takes that back; without a yes it asks.
func (c *Counter) texts() tea.Cmd {
	k := &c.cart
	switch {
	case k.consent() == engine.ConsentYes:
		return c.answerTexts(engine.ConsentNo, "", true)
	case k.stopped:
		return c.answerTexts(engine.ConsentYes, c.wording(), false)
	case k.suppressed == engine.FromCarrier:
		c.say(kit.Caution, c.t("counter.say.carrier_stop", "name", k.who()))
		return nil
	}
	wording := c.wording()
	c.asks(newConsent(c.env, k.who(), wording), func(answer string) tea.Cmd {
		return c.answerTexts(engine.Consent(answer), wording, false)
	}, nil)
	return nil
}

// consent is what the customer of the sale said about texts.
func (c *cart) consent() engine.Consent {
	if c.fresh != nil {
		return c.fresh.Consent
	}
	return c.customer.Consent
}

// answerTexts records what the customer says; a new customer's answer goes with
// the sale. stops says that the key alone was a no.
func (c *Counter) answerTexts(answer engine.Consent, wording string, stops bool) tea.Cmd {
	if c.cart.fresh != nil {
		c.cart.fresh.Consent = answer
		c.answeredTexts(answer, stops)
		return nil
	}
	id := c.cart.customer.ID
	return write(&c.base, func(ctx context.Context, a engine.Actor) (engine.Customer, error) {
		return c.env.Shop.EditCustomer(ctx, a, engine.CustomerEdit{ID: id, Consent: &answer, Wording: wording})
	}, func(cu engine.Customer) tea.Cmd {
		if c.cart.customer.ID == cu.ID {
			c.cart.customer = cu
			c.answeredTexts(answer, stops)
		}
		return nil
	})
}

// answeredTexts says what became of the answer.
func (c *Counter) answeredTexts(answer engine.Consent, stops bool) {
	c.cart.stopped = stops
	switch {
	case stops:
		c.say(kit.Caution, c.t("counter.say.texts_stopped", "name", c.cart.who(), "key", kit.KeyName(c.env.Words, keyTexts.Keys()[0])))
	case answer == engine.ConsentYes:
		c.say(kit.Fine, c.t("counter.say.texts_on", "name", c.cart.who()))
	default:
		c.say(kit.Usual, c.t("counter.say.texts_off", "name", c.cart.who()))
	}
}

// textsText is consentText of a known customer, whose number may have told the
// carrier to stop.
func (c *Counter) textsText(v engine.Consent) string {
	if c.cart.suppressed == engine.FromCarrier {
		return c.env.Styles.Warn.Render(c.t("counter.texts.carrier"))
	}
	return c.consentText(v)
}

// soldText is the text on its way or, without one, why not and what to do
// instead. Where no sender is set up it says so, before all else.
//
// words: lists.no_text.*
func (c *Counter) soldText(width, rank int) kit.Part {
	st, m := c.env.Styles, c.sold.rec.Message
	warn := func(key string) []string { return inked(st.Warn, kit.Wrap(c.t(key)+" "+c.byHand(), width)) }
	if m == nil {
		return kit.Part{Lines: warn("lists.no_text." + c.sold.rec.NoText), Rank: rank}
	}
	lines := inked(st.Dim, kit.Wrap("“"+kit.Clean(m.Body)+"”", width))
	if c.mute() {
		unsent := warn("counter.sold.mute")
		return kit.Part{Lines: append(lines, unsent...), Small: unsent, Rank: rank}
	}
	sent := st.Dim.Render(c.env.Words.N("counter.sold.parts", m.Parts) + " · " + kit.Clean(m.To))
	if late := c.late(); late != "" {
		held := st.Warn.Render(late)
		return kit.Part{Lines: append(lines, kit.Clip(held+st.Dim.Render(" · ")+sent, width)), Small: []string{kit.Clip(held, width)}, Rank: rank}
	}
	return kit.Part{Lines: append(lines, kit.Clip(sent, width)), Rank: rank}
}

// soonEnough is how far off a text is that goes right away.
const soonEnough = 2 * time.Minute

// late says when the text goes that does not go now; empty if it does.
func (c *Counter) late() string {
	switch {
	case c.desk.Texts.LimitReached():
		return c.t("counter.sold.limit")
	case c.sold.rec.Message.Due > c.sold.rec.Sale.At.Add(soonEnough):
		return c.t("counter.sold.goes", "when", c.env.soon(c.sold.rec.Message.Due, c.now()))
	}
	return ""
}
