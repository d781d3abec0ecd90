package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// greet begins with a customer who is new: a landline is questioned, consent
// to texts is asked, and the phone is verified if the shop wants that.
// wrong is run when the number is not the right one.
func (c *Counter) greet(phone engine.Phone, wrong func() tea.Cmd) tea.Cmd {
	if phone.Questionable() {
		c.asks(kit.NewConfirm(c.env.Words, c.t("counter.new.landline", "phone", phone.National()),
			c.t("counter.new.landline_detail"), c.env.Clock()),
			func(string) tea.Cmd {
				return c.verify(phone, engine.CustomerRef{Phone: phone.E164, Consent: engine.ConsentUnknown})
			}, wrong)
		return nil
	}
	if !c.env.Store().Settings.Flag(engine.SetAskConsent) {
		return c.verify(phone, engine.CustomerRef{Phone: phone.E164, Consent: engine.ConsentUnknown})
	}
	wording := c.wording()
	c.asks(newConsent(c.env, c.t("counter.new.customer", "phone", phone.National()), wording),
		func(answer string) tea.Cmd {
			return c.verify(phone, engine.CustomerRef{Phone: phone.E164, Consent: engine.Consent(answer), Wording: wording})
		}, nil)
	return nil
}

// retype puts a phone back on the entry line, to be corrected.
func (c *Counter) retype(text string, m mode) tea.Cmd {
	c.mode = m
	c.entry.Set(text)
	cmd := c.reread(0)
	for i, r := range c.readings {
		if r.Kind == engine.EntryPhone && i != c.reading {
			return c.reread(i)
		}
	}
	return cmd
}

// wording is what a customer is asked about texts; it is recorded with the
// answer.
func (c *Counter) wording() string {
	return c.t("counter.consent.wording", "shop", c.env.Store().Title)
}

// verify texts a code to the phone and asks for it, if the shop wants that.
func (c *Counter) verify(phone engine.Phone, ref engine.CustomerRef) tea.Cmd {
	if !c.env.Store().Settings.Flag(engine.SetVerifyPhone) {
		return c.welcomed(phone, ref)
	}
	return tea.Batch(c.sendCode(phone, ""), c.askCode(phone, ref))
}

// sendCode texts a code, and then says a sentence unless it is empty.
func (c *Counter) sendCode(phone engine.Phone, said string) tea.Cmd {
	return write(&c.base, func(ctx context.Context, a engine.Actor) (struct{}, error) {
		return struct{}{}, c.env.Shop.StartVerification(ctx, a, phone.E164)
	}, func(struct{}) tea.Cmd {
		if said != "" {
			c.say(kit.Usual, said)
		}
		return nil
	})
}

// askCode asks for the code that was texted. Enter with nothing typed texts
// another; Esc leaves the customer.
func (c *Counter) askCode(phone engine.Phone, ref engine.CustomerRef) tea.Cmd {
	question, again := c.t("counter.new.verify", "phone", phone.National()), c.t("counter.say.code_again", "phone", phone.National())
	if c.mute() {
		question, again = c.t("counter.new.verify_mute", "phone", phone.National()), c.t("counter.say.code_mute")
	}
	d := newCodeBox(c.env, question, c.t("counter.new.verify_keys"))
	c.asks(d, func(code string) tea.Cmd {
		if code == "" {
			return tea.Batch(c.sendCode(phone, again), c.askCode(phone, ref))
		}
		return c.checkCode(phone, ref, code)
	}, nil)
	return nil
}

func (c *Counter) checkCode(phone engine.Phone, ref engine.CustomerRef, code string) tea.Cmd {
	c.looking = true
	return c.env.Writes.Add(c.checkJob(phone, ref, code))
}

func (c *Counter) checkJob(phone engine.Phone, ref engine.CustomerRef, code string) func() tea.Msg {
	actor, to, n := c.env.Actor(), c.name, c.customers.Next()
	return func() tea.Msg {
		err := c.env.Shop.CheckVerification(c.env.Ctx, actor, phone.E164, code)
		return looked{to: to, seq: &c.customers, n: n, take: func() tea.Cmd {
			c.looking = false
			if err != nil {
				c.fail(err)
				return c.askCode(phone, ref)
			}
			ref.Verify = code
			return c.welcomed(phone, ref)
		}}
	}
}

func (c *Counter) welcomed(phone engine.Phone, ref engine.CustomerRef) tea.Cmd {
	c.cart.welcome(phone, ref)
	return c.settled()
}
