package screen

import (
	"context"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// newCoupons is the list of coupons, all or those of a customer, campaign or
// sale.
func newCoupons(env *Env, within engine.Filter, of string) Screen {
	b := newBrowse(env, "coupons", KindCoupon, "lists.coupons", within, of)
	now := b.now
	b.newList("lists.coupons.empty", pages(b, env.Shop.Coupons, func(c engine.Coupon) kit.Row { return couponRow(env, c, now()) }),
		kit.Column{Title: "lists.col.when", Width: env.stampWidth(), Drop: 2},
		kit.Column{Title: "lists.col.code", Width: 9},
		kit.Column{Title: "lists.col.who", Width: 8, Grow: true, Drop: 1},
		kit.Column{Title: "lists.col.face", Width: 9, Align: kit.Decimal},
		kit.Column{Title: "lists.col.state", Width: 14},
		kit.Column{Title: "lists.col.through", Width: 10, Drop: 3},
		kit.Column{Title: "lists.col.campaign", Width: 12, Grow: true, Drop: 4})
	b.list.Hold = env.holdCode
	b.stateChip(chipState, "core.coupon_state.", string(engine.CouponActive), string(engine.CouponPending), string(engine.CouponReserved),
		string(engine.CouponRedeemed), string(engine.CouponExpired), string(engine.CouponVoided), engine.CouponsKept)
	b.dateChip()
	b.chip(chipCustomer, "customer")
	b.chip(chipCampaign, "campaign")
	b.chip(chipStaff, "staff")
	return b
}

// holdCode tells why a text is not searched for as a coupon's code, empty if
// it is one.
//
// words: lists.coupons.code_short lists.coupons.code_typo lists.coupons.code_none
func (e *Env) holdCode(text string) string {
	_, err := engine.ParseCode(text)
	switch {
	case err == nil:
		return ""
	case engine.CodeOf(err) == engine.CodeTypo:
		return e.Words.T("lists.coupons.code_typo")
	}
	if n := codeSymbols(text); n >= 0 && n < engine.CodeSymbols {
		return e.Words.T("lists.coupons.code_short", "n", n, "symbols", engine.CodeSymbols)
	}
	return e.Words.T("lists.coupons.code_none", "symbols", engine.CodeSymbols)
}

// codeSymbols counts the symbols of a code begun; -1 if it can be none.
func codeSymbols(text string) int {
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -–—_", r) {
			return -1
		}
		return r
	}, text)
	n := utf8.RuneCountInString(bare)
	if _, ok := engine.FoldCode(bare + strings.Repeat("0", max(0, engine.CodeSymbols-n))); !ok {
		return -1
	}
	return n
}

func couponRow(env *Env, c engine.Coupon, now engine.Instant) kit.Row {
	state := c.StateAt(now)
	done := state == engine.CouponVoided || state == engine.CouponExpired || state == engine.CouponRedeemed
	return kit.Row{ID: c.ID.String(), Faded: done, Cells: []kit.Cell{
		{Text: env.stamp(c.Issued, now)},
		{Text: engine.ShowCode(c.Code), Tone: kit.Stressed},
		{Text: couponHolder(env, c)},
		{Text: env.Format.Amount(c.Face)},
		{Text: env.Words.T("core.coupon_state." + string(state)), Tone: couponTone(state)},
		{Text: env.Format.Date(c.LastDay)},
		{Text: c.Campaign},
	}}
}

func couponTone(s engine.CouponState) kit.Tone {
	switch s {
	case engine.CouponActive:
		return kit.Fine
	case engine.CouponReserved, engine.CouponPending:
		return kit.Caution
	case engine.CouponVoided:
		return kit.Wrong
	}
	return kit.Usual
}

// couponHolder is whose a coupon is.
func couponHolder(env *Env, c engine.Coupon) string {
	if c.CustomerID.IsZero() {
		return env.Words.T("lists.coupon.bearer")
	}
	return orDash(c.Customer)
}

// couponFacts are a coupon, its history and its texts.
type couponFacts struct {
	coupon  engine.Coupon
	history []engine.CouponEvent
	texts   []engine.Message // in the order of their plan
}

// couponPage is the page of one coupon.
type couponPage struct{ detail[couponFacts] }

func newCouponPage(env *Env, id engine.ID) Screen {
	p := &couponPage{}
	p.base, p.noun, p.draw = newBase(env, "coupon"), "lists.coupon", p.sheet
	p.load = func(ctx context.Context, a engine.Actor) (couponFacts, error) {
		c, history, err := env.Shop.Coupon(ctx, a, id)
		if err != nil {
			return couponFacts{}, err
		}
		texts, err := env.Shop.CouponTexts(ctx, a, id)
		return couponFacts{coupon: c, history: history, texts: texts}, err
	}
	return p
}

// The keys of a coupon.
var (
	couponVoid       = kit.Bind("lists.coupon.void", "v", "f8")
	couponResend     = kit.Bind("lists.coupon.resend", "t")
	linkEarningSale  = kit.Bind("lists.link.earning_sale", "s")
	linkRedeemedSale = kit.Bind("lists.link.redeeming_sale", "r")
)

// sheet lays a coupon out.
//
// words: lists.coupon lists.coupon.void lists.coupon.void.help lists.coupon.resend lists.coupon.resend.help
// words: lists.link.earning_sale lists.link.redeeming_sale lists.link.earning_sale.help lists.link.redeeming_sale.help
// words: lists.event.*
func (p *couponPage) sheet(f couponFacts) sheet {
	c, fm := f.coupon, p.env.Format
	state := c.StateAt(p.now())
	out := sheet{heading: showCode(c.Code), acts: p.acts(f, state)}
	out.lines = []line{
		{label: "lists.label.state", value: p.stateText(c, state), tone: couponTone(state)},
		{label: "lists.label.face", value: fm.Money(c.Face), tone: kit.Stressed},
		{label: "lists.label.valid", value: fm.Date(c.FirstDay) + " – " + fm.Date(c.LastDay)},
		{label: "lists.label.max_discount", value: p.t("lists.of_a_sale", "rate", fm.Percent(c.MaxDiscount))},
		{label: "lists.label.from_rate", value: p.t("lists.of_what_was_paid", "rate", fm.Percent(c.Rate))},
		{label: "lists.label.issued", value: fm.DateTime(c.Issued)},
		linked(linkCustomer, couponHolder(p.env, c), KindCustomer, c.CustomerID),
		linked(linkEarningSale, fm.DateTime(c.Issued), KindSale, c.SaleID),
		linked(linkRedeemedSale, p.redeemed(c), KindSale, c.RedeemedSale),
		linked(linkCampaign, c.Campaign, KindCampaign, c.CampaignID),
		p.allTexts(f),
	}
	out.blocks = []block{{title: "lists.messages", lines: p.texts(f.texts), empty: "lists.coupon.no_texts"}, {title: "lists.history", lines: p.history(f.history)}}
	return out
}

// stateText adds to a state what has to be known with it.
func (p *couponPage) stateText(c engine.Coupon, state engine.CouponState) string {
	name := p.t("core.coupon_state." + string(state))
	switch state {
	case engine.CouponReserved:
		return joined(name, c.ReservedAt, p.t("lists.until", "time", p.env.Format.Time(c.ReservedUntil)))
	case engine.CouponVoided:
		return joined(name, p.env.Format.DateTime(c.Voided), c.VoidedBy, c.VoidReason)
	case engine.CouponRedeemed:
		return joined(name, c.RedeemedAt, c.RedeemedBy)
	}
	return name
}

func (p *couponPage) redeemed(c engine.Coupon) string {
	if c.RedeemedSale.IsZero() {
		return ""
	}
	return joined(p.env.Format.DateTime(c.Redeemed), p.t("lists.took", "amount", p.env.Format.Money(c.RedeemedMinor)))
}

// history are the lines of what happened to the coupon, oldest first. Its texts
// stand for themselves.
func (p *couponPage) history(events []engine.CouponEvent) []line {
	var out []line
	for _, e := range events {
		if e.Kind == "text" {
			continue
		}
		amount := ""
		if e.Amount != 0 {
			amount = p.env.Format.MoneyShort(e.Amount)
		}
		if e.Kind == "face_lowered" {
			amount = p.env.Format.MoneyShort(-e.Amount)
		}
		what := p.t("lists.event." + e.Kind)
		l := line{value: p.env.Format.DateTime(e.At) + "  " + joined(what, amount, e.Who, e.Where, e.Note)}
		if id := e.SaleID; !id.IsZero() {
			l.to = func() tea.Cmd { return send(GotoMsg{KindSale, id}) }
		}
		out = append(out, l)
	}
	return out
}

func (p *couponPage) acts(f couponFacts, state engine.CouponState) []act {
	open := state != engine.CouponVoided && state != engine.CouponRedeemed && state != engine.CouponExpired
	last, sent := lastSent(f.texts)
	return []act{{couponVoid.When(open), p.void}, {couponResend.When(sent && last.AgainID.IsZero() && open), p.resend}}
}

// void asks why and voids the coupon.
func (p *couponPage) void() tea.Cmd {
	return p.may(engine.MayEditCoupons, func() tea.Cmd {
		c := p.facts.coupon
		p.reason(p.t("lists.coupon.void.ask", "code", engine.ShowCode(c.Code), "face", p.env.Format.Money(c.Face)), func(why string) tea.Cmd {
			return write(&p.base, func(ctx context.Context, a engine.Actor) (engine.Coupon, error) {
				return p.env.Shop.VoidCoupon(ctx, a, c.ID, why)
			}, func(engine.Coupon) tea.Cmd {
				p.say(kit.Fine, p.t("lists.coupon.voided", "code", engine.ShowCode(c.Code)))
				return nil
			})
		})
		return nil
	})
}
