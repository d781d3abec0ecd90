package screen

import (
	"context"
	"crypto/rand"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// void asks why and takes the whole sale back.
func (p *salePage) void() tea.Cmd {
	return p.may(engine.MayVoid, func() tea.Cmd {
		s := p.facts.sale
		p.reason(p.t("lists.sale.void.ask", "amount", p.env.Format.Money(s.Net)), func(why string) tea.Cmd {
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
		if len(p.facts.sale.Lines) > 0 {
			return open(newLineReturn(p.env, p.facts))
		}
		return open(newReturn(p.env, p.facts))
	})
}

// newReturn is the form for taking part of a sale back. Its key makes saving
// it twice one return.
func newReturn(env *Env, f saleFacts) *editor {
	key := rand.Text()
	policy := engine.Spent(env.Store().Settings.Text(engine.SetReturnSpent))
	ask := policy == engine.SpentAsk
	form := kit.NewForm("", env.explain,
		kit.Field{Name: "amount", Label: "lists.return.amount", Hint: "lists.return.amount.help", Kind: kit.Amount, Read: func(text string, _ kit.Values) (string, error) {
			part, err := env.amount(text)
			if err != nil {
				return "", err
			}
			_, err = engine.Refund(f.sale.Gross, f.sale.Net, f.sale.Returned, part)
			return env.Format.Money(part), err
		}},
		kit.Field{Name: "reason", Label: "lists.return.reason", Hint: "lists.return.reason.help", Limit: 200},
		kit.Field{
			Name: "spent", Label: "lists.return.spent", Hint: "lists.return.spent.help", Kind: kit.Choice,
			Options: spentOptions(env), Hidden: func(kit.Values) bool { return !ask || !f.spent },
		})
	form.Sentence = func(v kit.Values) string {
		if ask {
			return returnSentence(env, f, v["amount"], engine.Spent(v["spent"]))
		}
		return returnSentence(env, f, v["amount"], policy)
	}
	form.Check = func(v kit.Values) (string, error) {
		if v["reason"] == "" {
			return "reason", engine.BadInput(engine.CodeReasonMissing)
		}
		return "", nil
	}
	title := env.Words.T("lists.return.title", "amount", env.Format.Money(f.sale.Net))
	return newEditor(env, title, form, func(e *editor, v kit.Values) tea.Cmd {
		part, err := env.amount(v["amount"])
		if err != nil {
			form.Fail(err)
			return nil
		}
		r := engine.Reversal{SaleID: f.sale.ID, Amount: part, Reason: v["reason"], Key: key}
		if ask && f.spent {
			r.Spent = engine.Spent(v["spent"])
		}
		return reverse(&e.base, r, func(text string) tea.Cmd { return backSaying(kit.Fine, text) })
	})
}

// returnSentence says what the return will do.
func returnSentence(env *Env, f saleFacts, amount string, spent engine.Spent) string {
	part, err := env.amount(amount)
	if err != nil {
		return ""
	}
	refund, err := engine.Refund(f.sale.Gross, f.sale.Net, f.sale.Returned, part)
	if err != nil {
		return ""
	}
	said := []string{env.Words.T("lists.return.sentence", "refund", env.Format.Money(refund))}
	return strings.Join(append(said, couponAfter(env, f, spent)...), " ")
}

// couponAfter says what a return does to the coupon the sale earned.
//
// words: lists.return.coupon_spent.deduct lists.return.coupon_spent.absorb
func couponAfter(env *Env, f saleFacts, spent engine.Spent) []string {
	switch code := showCode(f.sale.IssuedCode); {
	case f.sale.IssuedID.IsZero():
		return nil
	case f.spent:
		return []string{env.Words.T("lists.return.coupon_spent."+string(spent), "code", code)}
	default:
		return []string{env.Words.T("lists.return.coupon_open", "code", code)}
	}
}
