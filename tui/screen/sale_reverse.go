package screen

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// void asks why and takes the whole sale back.
func (p *salePage) void() tea.Cmd {
	return p.may(engine.MayVoid, func() tea.Cmd {
		s := p.facts.sale
		question := p.t("lists.sale.void.ask", "amount", p.env.Format.Money(s.Paid()))
		if gifts := giftsToTake(p.env, s); len(gifts) > 0 {
			question += " " + p.t("lists.return.gifts", "gifts", commas(gifts))
		}
		p.reason(question, func(why string) tea.Cmd {
			return reverse(&p.base, engine.Reversal{SaleID: s.ID, Reason: why}, func(text string) tea.Cmd {
				p.say(kit.Fine, text)
				return nil
			})
		})
		return nil
	})
}

// reversal is what came of trying to take a sale back.
type reversal struct {
	engine.Reversed
	ask bool // the store wants to know what becomes of a spent coupon
}

// reverse takes a sale back, whole or in part. Where the store asks what
// becomes of a spent coupon, it asks the person and tries again.
func reverse(b *base, r engine.Reversal, done func(text string) tea.Cmd) tea.Cmd {
	return write(b, func(ctx context.Context, a engine.Actor) (reversal, error) {
		got, err := b.env.Shop.ReverseSale(ctx, a, r)
		if engine.CodeOf(err) == engine.CodeSpentAsk {
			return reversal{ask: true}, nil
		}
		return reversal{Reversed: got}, err
	}, func(got reversal) tea.Cmd {
		if !got.ask {
			return done(b.reversed(r, got.Reversed))
		}
		b.pick(b.t("lists.spent.ask"), spentOptions(b.env), func(value string) tea.Cmd {
			r.Spent = engine.Spent(value)
			return reverse(b, r, done)
		})
		return nil
	})
}

// spentOptions are what may become of a coupon that is already spent.
//
// words: lists.spent.deduct lists.spent.absorb
func spentOptions(env *Env) []kit.Option {
	var out []kit.Option
	for _, s := range []engine.Spent{engine.SpentDeduct, engine.SpentAbsorb} {
		out = append(out, kit.Option{Value: string(s), Label: env.Words.T("lists.spent." + string(s))})
	}
	return out
}

// reversed says what taking a sale back did: first of all the money to hand
// over.
func (b *base) reversed(r engine.Reversal, got engine.Reversed) string {
	fm := b.env.Format
	key := "lists.reversed.return"
	if r.Amount == 0 && len(r.Lines) == 0 {
		key = "lists.reversed.void"
	}
	// words: lists.reversed.return lists.reversed.void
	said := []string{b.t(key, "refund", fm.Money(got.Refund))}
	if got.Deducted > 0 {
		said = append(said, b.t("lists.reversed.deducted", "amount", fm.Money(got.Deducted)))
	}
	if c := got.GivenBack; c != nil {
		said = append(said, b.t("lists.reversed.given_back", "code", engine.ShowCode(c.Code)))
	}
	if c := got.VoidedCoupon; c != nil {
		said = append(said, b.t("lists.reversed.voided_coupon", "code", engine.ShowCode(c.Code)))
	}
	if c := got.Lowered; c != nil {
		said = append(said, b.t("lists.reversed.lowered", "code", engine.ShowCode(c.Code), "face", fm.Money(c.Face)))
	}
	return strings.Join(said, " ")
}

// giveBack opens the form for a partial return.
func (p *salePage) giveBack() tea.Cmd {
	return p.may(engine.MayVoid, func() tea.Cmd {
		return open(newReturn(p.env, p.facts))
	})
}
