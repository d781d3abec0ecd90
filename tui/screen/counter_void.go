package screen

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// voidLast asks why the last sale of this till is to be undone.
func (c *Counter) voidLast() tea.Cmd {
	return look(c, &c.codes, func(a engine.Actor) (engine.Sale, error) {
		return c.env.Shop.LastSale(c.env.Ctx, a)
	}, func(s engine.Sale, err error) tea.Cmd {
		if err != nil {
			c.fail(err)
			return nil
		}
		return c.may(engine.MayVoid, func() tea.Cmd { return c.askVoid(s) })
	})
}

// askVoid asks for the reason. Whoever was let in for this stays the one who
// does it, to the last question.
func (c *Counter) askVoid(s engine.Sale) tea.Cmd {
	f, actor := c.env.Format, c.env.Actor()
	question := c.t("counter.void.question", "amount", f.Money(s.Paid()), "at", f.Time(s.At))
	if s.Customer != "" {
		question += " · " + kit.Clean(s.Customer)
	}
	ready := []string{c.t("counter.void.mistyped"), c.t("counter.void.changed_mind"), c.t("counter.void.wrong_customer"), c.t("counter.void.test")}
	c.asks(newReasons(c.env, question, c.voidDetail(s), ready), func(reason string) tea.Cmd {
		return c.void(actor, engine.Reversal{SaleID: s.ID, Reason: reason})
	}, nil)
	return nil
}

// voidDetail says what undoing a sale does.
func (c *Counter) voidDetail(s engine.Sale) string {
	parts := []string{c.t("counter.void.gives_back", "amount", c.env.Format.Money(s.Paid()))}
	if s.RedeemedCode != "" {
		parts = append(parts, c.t("counter.void.coupon_back", "code", engine.ShowCode(s.RedeemedCode)))
	}
	if s.IssuedCode != "" {
		parts = append(parts, c.t("counter.void.coupon_gone", "code", engine.ShowCode(s.IssuedCode)))
	}
	if gifts := giftsToTake(c.env, s); len(gifts) > 0 {
		parts = append(parts, c.t("lists.return.gifts", "gifts", commas(gifts)))
	}
	return strings.Join(parts, " ")
}

func (c *Counter) void(actor engine.Actor, r engine.Reversal) tea.Cmd {
	to := c.name
	c.busy++
	return c.env.Writes.Add(func() tea.Msg {
		rev, err := c.env.Shop.ReverseSale(c.env.Ctx, actor, r)
		take := func() tea.Cmd { return c.saidVoided(rev) }
		if engine.CodeOf(err) == engine.CodeSpentAsk {
			err, take = nil, func() tea.Cmd { return c.askSpent(actor, r) }
		}
		return written{to: to, err: err, take: take, again: func() tea.Cmd { return c.void(c.env.Actor(), r) }}
	})
}

// askSpent asks who bears a coupon that the sale earned and that is spent.
func (c *Counter) askSpent(actor engine.Actor, r engine.Reversal) tea.Cmd {
	options := []kit.Option{
		{Value: string(engine.SpentDeduct), Label: c.t("counter.void.deduct")},
		{Value: string(engine.SpentAbsorb), Label: c.t("counter.void.absorb")},
	}
	c.asks(newChooser(c.env, c.t("counter.void.spent"), options, 0), func(v string) tea.Cmd {
		r.Spent = engine.Spent(v)
		return c.void(actor, r)
	}, nil)
	return nil
}

func (c *Counter) saidVoided(rev engine.Reversed) tea.Cmd {
	f := c.env.Format
	text := c.t("counter.say.voided", "amount", f.Money(rev.Refund))
	if rev.Deducted > 0 {
		text += " " + c.t("counter.say.deducted", "amount", f.Money(rev.Deducted))
	}
	if rev.GivenBack != nil {
		text += " " + c.t("counter.say.coupon_back", "code", engine.ShowCode(rev.GivenBack.Code))
	}
	c.sold = nil
	c.say(kit.Fine, text)
	return nil
}

// reasons asks for a reason: one of a few ready ones, or what is typed.
type reasons struct {
	env              *Env
	question, detail string
	ready            []string
	at               int
	line             kit.Line
	since            time.Time
}

func newReasons(env *Env, question, detail string, ready []string) *reasons {
	return &reasons{env: env, question: question, detail: detail, ready: ready, line: kit.Line{Limit: 200}, since: env.Clock()}
}

// Update takes an event.
func (r *reasons) Update(ev kit.Event, at time.Time) kit.Answer {
	k, ok := ev.(kit.Key)
	if !ok || inFlight(r.since, at) {
		return kit.Answer{}
	}
	switch k.Name {
	case "esc":
		return kit.Answer{Left: true}
	case "up":
		r.at = max(0, r.at-1)
	case "down":
		r.at = min(len(r.ready)-1, r.at+1)
	case "enter":
		if typed := strings.TrimSpace(r.line.Text()); typed != "" {
			return kit.Answer{Done: true, Value: typed}
		}
		return kit.Answer{Done: true, Value: r.ready[r.at]}
	default:
		r.line.Update(k)
	}
	return kit.Answer{}
}

// View draws the question in at most height lines.
func (r *reasons) View(st *kit.Styles, width, height int) []string {
	w := r.env.Words
	own := r.line.Text() != ""
	var rows []string
	for i, text := range r.ready {
		rows = append(rows, st.Pick(i == r.at && !own, kit.Clip(text, width-len(kit.Marker))))
	}
	prompt := w.T("counter.void.own") + " "
	mark := kit.NoMarker
	if own {
		mark = kit.Marker
	}
	typed := mark + st.Dim.Render(prompt) + r.line.View(st, width-len(mark)-kit.Width(prompt), true)
	small := rows[r.at : r.at+1]
	if own {
		small = []string{}
	}
	return kit.Stack(height,
		kit.Part{Lines: inked(st.Strong, kit.Wrap(r.question, width)), Rank: 1},
		kit.Part{Lines: kit.Wrap(r.detail, width), Rank: 3},
		kit.Part{Lines: []string{""}, Rank: 5},
		kit.Part{Lines: rows, Small: small, Rank: 2},
		kit.Part{Lines: []string{kit.Clip(typed, width)}},
		kit.Part{Lines: []string{kit.Clip(st.Dim.Render(w.T("kit.dialog.reason_keys")), width)}, Rank: 4})
}
