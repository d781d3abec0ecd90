package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// texts are the lines of what the customer says about texts, and of what the
// carrier was told, which no answer here changes.
func (p *customerPage) texts(v engine.CustomerView) []line {
	out := []line{{label: "lists.label.consent", value: p.consentText(v.Customer), tone: consentTone(v.Customer.Consent)}}
	if v.Suppressed == engine.FromCarrier {
		out = append(out, line{tone: kit.Caution, value: p.t("lists.customer.carrier_stop", "shop", p.env.Store().Title)})
	}
	return out
}

func (p *customerPage) consentText(c engine.Customer) string {
	text := p.t("lists.consent." + string(c.Consent))
	if c.ConsentAt != 0 {
		text = joined(text, p.env.Format.DateTime(c.ConsentAt))
	}
	return text
}

// consents are the answers of a customer about texts, newest first: when, what,
// where, who wrote it down, and which wording was asked.
//
// words: lists.origin.*
func (p *customerPage) consents(records []engine.ConsentRecord) []line {
	var out []line
	for _, r := range records {
		version := ""
		if r.Version != "" {
			version = p.t("lists.consents.wording", "version", r.Version)
		}
		out = append(out, line{
			tone: consentTone(r.Answer),
			value: p.env.Format.DateTime(r.At) + "  " +
				joined(p.t("lists.consent."+string(r.Answer)), p.env.wordOr("lists.origin."+string(r.Channel), string(r.Channel)), r.Register, r.Staff, version),
		})
	}
	return out
}

// consent asks what the customer says about texts, and records the answer.
func (p *customerPage) consent() tea.Cmd {
	wording := p.t("counter.consent.wording", "shop", p.env.Store().Title)
	p.pick(wording, consentOptions(p.env), func(value string) tea.Cmd {
		return p.answered(engine.Consent(value), wording, "lists.customer.saved")
	})
	return nil
}

// stop records at once that the customer wants no texts; asking again takes it
// back.
//
// words: lists.customer.stopped lists.customer.saved
func (p *customerPage) stop() tea.Cmd {
	return p.answered(engine.ConsentNo, "", "lists.customer.stopped")
}

// answered records an answer, and says so by a key of the catalogue.
func (p *customerPage) answered(answer engine.Consent, wording, said string) tea.Cmd {
	e := engine.CustomerEdit{ID: p.facts.Customer.ID, Consent: &answer, Wording: wording}
	return write(&p.base, func(ctx context.Context, a engine.Actor) (engine.Customer, error) {
		return p.env.Shop.EditCustomer(ctx, a, e)
	}, func(c engine.Customer) tea.Cmd {
		p.say(kit.Fine, p.t(said, "name", customerLabel(p.env, c)))
		return nil
	})
}
