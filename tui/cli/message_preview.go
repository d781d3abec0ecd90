package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
)

func (a *app) messagePreview() *cobra.Command {
	return &cobra.Command{
		Use: "preview COUPON|ID", Args: takes(1, 1), Example: "  bounceback message preview K7PM-4T9Y",
		RunE: a.work(func(ctx context.Context, args []string) error {
			id, err := a.coupon(ctx, args[0])
			if err != nil {
				return err
			}
			c, _, err := a.file.Coupon(ctx, a.actor, id)
			if err != nil {
				return err
			}
			all, err := a.file.CouponTexts(ctx, a.actor, id)
			if err != nil {
				return err
			}
			d := a.couponTextsDTO(c, all)
			var to engine.CustomerView
			if !c.CustomerID.IsZero() {
				if to, err = a.file.Customer(ctx, a.actor, c.CustomerID); err != nil {
					return err
				}
			}
			d.Landline, d.phone = landline(to.Customer), to.Customer.Phone
			return a.answer(d, func() { a.showCouponTexts(d, all) })
		}),
	}
}

func (a *app) couponTextsDTO(c engine.Coupon, all []engine.Message) couponTextsDTO {
	d := couponTextsDTO{
		CouponID: c.ID.String(), CouponCode: engine.ShowCode(c.Code), Texts: true, Currency: a.store.Currency, Items: make([]messageDTO, 0, len(all)),
	}
	for _, m := range all {
		d.Items = append(d.Items, a.messageDTO(m))
		d.Cost += int64(m.Cost)
		switch m.State {
		case string(delivery.StateQueued):
			d.Expected += int64(a.expected(m))
		case "": // what the plan would be
			d.Texts, d.WhyNot = false, text(m.Reason)
		}
	}
	if len(all) == 0 {
		d.Texts = false
	}
	return d
}

// expected is what a text will cost as it would go now.
func (a *app) expected(m engine.Message) engine.Micros {
	return engine.Micros(m.Parts) * a.store.Settings.Price(engine.SetTextPrice)
}

// showCouponTexts writes each text of a coupon with its words, in the order of
// their plan.
func (a *app) showCouponTexts(d couponTextsDTO, all []engine.Message) {
	switch {
	case d.WhyNot != nil:
		a.say("%s", a.words.T("cli.no_texts", "code", d.CouponCode, "why", a.words.NoTexts(*d.WhyNot)))
	case !d.Texts:
		a.say("%s", a.words.T("cli.no_texts_planned", "code", d.CouponCode))
	}
	if d.Landline {
		a.say("%s", a.words.T("cli.landline", "phone", d.phone.National()))
	}
	for i, m := range all {
		if i > 0 || !d.Texts {
			a.say("")
		}
		a.showPlanned(m)
	}
	if d.Texts && d.Expected > 0 {
		a.say("")
		a.say("%s", a.words.T("cli.still_to_pay", "amount", a.format.Price(engine.Micros(d.Expected))))
	}
}

func (a *app) showPlanned(m engine.Message) {
	w, cost := a.words, m.Cost
	if m.State == "" || m.State == string(delivery.StateQueued) {
		cost = a.expected(m)
	}
	state := w.T("cli.would_go")
	if m.State != "" {
		state = w.TextState(m)
	}
	a.say("%s", joinCells(a.format.DateTime(goes(m)), w.TextStep(m.Step, m.Days), state,
		w.N("cli.parts", m.Parts, "encoding", m.Encoding), a.priceOrEmpty(cost)))
	if m.Reason != "" && m.State != "" {
		a.say("  %s", w.TextReason(m.State, m.Reason))
	}
	if m.Body != "" {
		a.say("  %s", strings.ReplaceAll(m.Body, "\n", "\n  "))
	}
}
