package screen

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// newSales is the list of sales, all or those of a customer or campaign.
func newSales(env *Env, within engine.Filter, of string) Screen {
	b := newBrowse(env, "sales", KindSale, "lists.sales", within, of)
	now := b.now
	b.newList("lists.sales.empty", pages(b, env.Shop.Sales, func(s engine.Sale) kit.Row { return saleRow(env, s, now()) }),
		kit.Column{Title: "lists.col.when", Width: env.stampWidth(), Drop: 1},
		kit.Column{Title: "lists.col.reference", Width: 10, Drop: 4},
		kit.Column{Title: "lists.col.who", Width: 10, Grow: true},
		kit.Column{Title: "lists.col.paid", Width: 10, Align: kit.Decimal},
		kit.Column{Title: "lists.col.state", Width: 10},
		kit.Column{Title: "lists.col.taken", Width: 8, Align: kit.Decimal, Drop: 3},
		kit.Column{Title: "lists.col.earned", Width: 8, Align: kit.Decimal, Drop: 2},
		kit.Column{Title: "lists.col.staff", Width: 9, Drop: 4})
	b.stateChip(chipState, "core.sale_state.", string(engine.SaleCompleted), string(engine.SaleReturned), string(engine.SaleVoided),
		engine.SalesRedeeming, engine.SalesKept)
	b.dateChip()
	b.chip(chipCustomer, "customer")
	b.chip(chipCampaign, "campaign")
	b.chip(chipStaff, "staff")
	return b
}

func saleRow(env *Env, s engine.Sale, now engine.Instant) kit.Row {
	return kit.Row{ID: s.ID.String(), Faded: s.State == engine.SaleVoided, Cells: []kit.Cell{
		{Text: env.stamp(s.At, now)},
		{Text: s.Reference},
		{Text: orDash(s.Customer)},
		{Text: env.Format.Amount(s.Paid()), Tone: kit.Stressed},
		{Text: env.Words.T("core.sale_state." + string(s.State)), Tone: saleTone(s.State)},
		{Text: amountOrNone(env, -s.Discount-s.Levels.Delivery)},
		{Text: amountOrNone(env, s.IssuedFace)},
		{Text: s.Staff},
	}}
}

func saleTone(s engine.SaleState) kit.Tone {
	switch s {
	case engine.SaleVoided:
		return kit.Wrong
	case engine.SaleReturned:
		return kit.Caution
	}
	return kit.Usual
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func amountOrNone(env *Env, m engine.Minor) string {
	if m == 0 {
		return ""
	}
	return env.Format.Amount(m)
}

// saleFacts are a sale and the coupon it earned, if any.
type saleFacts struct {
	sale   engine.Sale
	earned engine.Coupon
	spent  bool // the earned coupon is redeemed
}

// salePage is the page of one sale.
type salePage struct{ detail[saleFacts] }

func newSalePage(env *Env, id engine.ID) Screen {
	p := &salePage{}
	p.base, p.noun, p.draw = newBase(env, "sale"), "lists.sale", p.sheet
	p.load = func(ctx context.Context, a engine.Actor) (saleFacts, error) {
		s, err := env.Shop.Sale(ctx, a, id)
		if err != nil || s.IssuedID.IsZero() {
			return saleFacts{sale: s}, err
		}
		c, _, err := env.Shop.Coupon(ctx, a, s.IssuedID)
		return saleFacts{s, c, c.State == engine.CouponRedeemed}, err
	}
	return p
}

// The keys of a sale, and of what it is tied to.
var (
	saleVoid     = kit.Bind("lists.sale.void", "v", "f8")
	saleReturn   = kit.Bind("lists.sale.return", "b")
	salePrint    = kit.Bind("lists.sale.print", "p")
	linkCustomer = kit.Bind("lists.link.customer", "c")
	linkEarned   = kit.Bind("lists.link.earned_coupon", "k")
	linkRedeemed = kit.Bind("lists.link.redeemed_coupon", "r")
	linkCampaign = kit.Bind("lists.link.campaign", "g")
	linkMessages = kit.Bind("lists.link.messages", "m")
)

// sheet lays a sale out.
//
// words: lists.sale lists.sale.void lists.sale.void.help lists.sale.return lists.sale.return.help
// words: lists.sale.print lists.sale.print.help lists.origin.* lists.link.customer.help lists.link.earned_coupon.help
// words: lists.link.redeemed_coupon.help lists.link.campaign.help lists.link.messages.help
func (p *salePage) sheet(f saleFacts) sheet {
	s, fm := f.sale, p.env.Format
	out := sheet{heading: fm.Money(s.Paid()), acts: p.acts(f)}
	out.lines = append([]line{
		{label: "lists.label.state", value: p.t("core.sale_state." + string(s.State)), tone: saleTone(s.State)},
		{label: "lists.label.at", value: fm.DateTime(s.At)},
	}, p.amounts(s)...)
	if day := engine.DayAt(s.At, fm.Zone()); s.Business != day {
		out.lines = append(out.lines, line{label: "lists.label.business", value: fm.Date(s.Business), tone: kit.Caution})
	}
	out.lines = append(out.lines, p.labels(s)...)
	out.blocks = p.goods(s)
	rest := append(p.ties(f),
		line{label: "lists.label.reference", value: orDash(s.Reference)},
		line{label: "lists.label.by", value: joined(s.Staff, s.Register, p.t("lists.origin."+string(s.Origin)))})
	if s.State == engine.SaleVoided {
		rest = append(rest, line{
			label: "lists.label.voided", tone: kit.Wrong,
			value: joined(fm.DateTime(s.Voided), s.VoidedBy, s.VoidReason),
		})
	}
	if len(out.blocks) > 0 {
		out.rest = rest
		return out
	}
	out.lines = append(out.lines, rest...)
	return out
}

// usualChannel is the channel of a sale that says no other.
const usualChannel = "counter"

// labels are what a sale was marked with, by shops that do so.
func (p *salePage) labels(s engine.Sale) []line {
	var out []line
	for _, l := range []line{
		{label: "lists.label.channel", value: s.Channel},
		{label: "lists.label.payment", value: s.Payment},
		{label: "lists.label.source", value: joined(s.Source, s.Ad)},
	} {
		if l.value != "" && l.value != usualChannel {
			out = append(out, l)
		}
	}
	return out
}

// ties are the links of a sale.
func (p *salePage) ties(f saleFacts) []line {
	s := f.sale
	out := []line{
		linked(linkCustomer, s.Customer, KindCustomer, s.CustomerID),
		linked(linkEarned, p.earned(f), KindCoupon, s.IssuedID),
		linked(linkRedeemed, showCode(s.RedeemedCode), KindCoupon, s.RedeemedID),
	}
	texts := line{label: linkMessages.ID(), bind: linkMessages, value: "–"}
	if code := showCode(s.IssuedCode); !s.IssuedID.IsZero() {
		texts.value = p.t("lists.link.all")
		texts.to = func() tea.Cmd { return open(newMessages(p.env, engine.Filter{CouponID: s.IssuedID}, code)) }
	}
	campaign, id := f.earned.Campaign, f.earned.CampaignID
	if h := s.Held; h != nil {
		campaign, id = h.Campaign, h.CampaignID
		out = append(out, line{label: "lists.label.held", value: p.t("lists.sale.held", "face", p.env.Format.MoneyShort(h.Face), "day", p.env.Format.Date(h.LastDay))})
	}
	return append(out, linked(linkCampaign, campaign, KindCampaign, id), texts)
}

func (p *salePage) earned(f saleFacts) string {
	if f.sale.IssuedID.IsZero() {
		return ""
	}
	state := f.earned.StateAt(p.now())
	return joined(showCode(f.sale.IssuedCode), p.env.Format.MoneyShort(f.sale.IssuedFace), p.t("core.coupon_state."+string(state)))
}

// linked is a line that leads to another page; without an id it says there is
// none.
func linked(bind kit.Binding, value string, kind Kind, id engine.ID) line {
	l := line{label: bind.ID(), bind: bind, value: orDash(value)}
	if !id.IsZero() {
		l.to = func() tea.Cmd { return send(GotoMsg{kind, id}) }
	}
	return l
}

func showCode(code string) string {
	if code == "" {
		return ""
	}
	return engine.ShowCode(code)
}

// joined puts facts in one line, without those that are empty.
func joined(facts ...string) string {
	var out []string
	for _, f := range facts {
		if f != "" {
			out = append(out, f)
		}
	}
	return strings.Join(out, " · ")
}

func (p *salePage) acts(f saleFacts) []act {
	done := f.sale.State == engine.SaleCompleted
	return []act{
		{saleVoid.When(done && f.sale.Returned == 0), p.void},
		{saleReturn.When(done), p.giveBack},
		{salePrint, func() tea.Cmd { return send(PrintMsg{p.facts.sale.ID}) }},
	}
}
