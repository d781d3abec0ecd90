package screen

import (
	"cmp"
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// campaignList is the list of campaigns. It keeps those it has shown, so that
// one key can activate or pause the marked one.
type campaignList struct {
	*browse
	seen map[engine.ID]engine.Campaign
}

// The keys of campaigns.
var (
	campaignNew      = kit.Bind("lists.campaign.new", "n")
	campaignEdit     = kit.Bind("lists.campaign.edit", "e")
	campaignCopy     = kit.Bind("lists.campaign.duplicate", "d")
	campaignActivate = kit.Bind("lists.campaign.activate", "a")
	campaignPause    = kit.Bind("lists.campaign.pause", "p")
	campaignEnd      = kit.Bind("lists.campaign.end", "x")
)

// newCampaigns is the list of campaigns.
//
// words: lists.campaign.new lists.campaign.edit lists.campaign.duplicate lists.campaign.activate lists.campaign.pause
// words: lists.campaign.end lists.campaign.new.help lists.campaign.edit.help lists.campaign.duplicate.help
// words: lists.campaign.activate.help lists.campaign.pause.help lists.campaign.end.help
func newCampaigns(env *Env) Screen {
	l := &campaignList{newBrowse(env, "campaigns", KindCampaign, "lists.campaigns", engine.Filter{}, ""), map[engine.ID]engine.Campaign{}}
	day := l.today
	l.newList("lists.campaigns.empty", keeping(l.browse, env.Shop.Campaigns,
		func(c engine.Campaign) kit.Row { return campaignRow(env, c, day()) },
		func(c engine.Campaign) { l.seen[c.ID] = c }),
		kit.Column{Title: "lists.col.when", Width: 10, Drop: 3},
		kit.Column{Title: "lists.col.title", Width: 8, Grow: true},
		kit.Column{Title: "lists.col.gives", Width: 15},
		kit.Column{Title: "lists.col.state", Width: 10},
		kit.Column{Title: "lists.col.range", Width: 17, Drop: 2},
		kit.Column{Title: "lists.col.period", Width: 23, Drop: 3},
		kit.Column{Title: "lists.col.issued", Width: 7, Align: kit.Right, Drop: 1})
	l.stateChip(chipState, "core.campaign_state.", string(engine.CampaignActive), string(engine.CampaignScheduled),
		string(engine.CampaignPaused), string(engine.CampaignDraft), string(engine.CampaignEnded))
	l.acts = []act{
		{campaignNew, func() tea.Cmd { return newCampaign(&l.base) }},
		{campaignEdit, l.marked(editCampaign)},
		{campaignCopy, l.marked(copyCampaign)},
		{campaignActivate, l.marked(setCampaign(engine.CampaignActive))},
		{campaignPause, l.marked(setCampaign(engine.CampaignPaused))},
		{campaignEnd, l.marked(endCampaign)},
	}
	return l
}

// marked does something to the marked campaign, if there is one.
func (l *campaignList) marked(do func(*base, engine.Campaign) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		c, ok := l.seen[l.selected()]
		if !ok {
			return nil
		}
		return do(&l.base, c)
	}
}

func campaignRow(env *Env, c engine.Campaign, day engine.Day) kit.Row {
	state := c.StateOn(day)
	return kit.Row{ID: c.ID.String(), Faded: state == engine.CampaignEnded, Cells: []kit.Cell{
		{Text: env.Format.Date(engine.DayAt(c.Created, env.Format.Zone()))},
		{Text: c.Title, Tone: kit.Stressed},
		{Text: env.Named().OfferShort(c.Offer())},
		{Text: env.Words.T("core.campaign_state." + string(state)), Tone: campaignTone(state)},
		{Text: couponText(c, rangeText(env, c.Terms))},
		{Text: periodText(env, c)},
		{Text: couponText(c, env.Format.Count(c.Issued))},
	}}
}

// couponText is what only a campaign of coupons has to say.
func couponText(c engine.Campaign, text string) string {
	if !c.IssuesCoupons() {
		return ""
	}
	return text
}

func campaignTone(s engine.CampaignState) kit.Tone {
	switch s {
	case engine.CampaignActive:
		return kit.Fine
	case engine.CampaignPaused, engine.CampaignScheduled:
		return kit.Caution
	}
	return kit.Usual
}

// rangeText is which sales earn, by what is paid.
func rangeText(env *Env, t engine.Terms) string {
	return spanText(env, t.MinSale, t.MaxSale)
}

func spanText(env *Env, from, to engine.Minor) string {
	f := env.Format
	switch {
	case from == 0 && to == 0:
		return env.Words.T("lists.range.any")
	case to == 0:
		return env.Words.T("lists.range.from", "least", f.MoneyShort(from))
	case from == 0:
		return env.Words.T("lists.range.to", "most", f.MoneyShort(to))
	}
	return f.MoneyShort(from) + " – " + f.MoneyShort(to)
}

// periodText is when a campaign runs.
func periodText(env *Env, c engine.Campaign) string {
	f := env.Format
	switch {
	case c.StartsOn == 0 && c.EndsOn == 0:
		return env.Words.T("lists.period.always")
	case c.EndsOn == 0:
		return env.Words.T("lists.dates.since", "day", f.Date(c.StartsOn))
	case c.StartsOn == 0:
		return env.Words.T("lists.dates.until", "day", f.Date(c.EndsOn))
	}
	return f.Date(c.StartsOn) + " – " + f.Date(c.EndsOn)
}

// setCampaign activates or pauses.
//
// words: lists.campaign.now.active lists.campaign.now.scheduled lists.campaign.now.paused lists.campaign.now.ended
func setCampaign(state engine.CampaignState) func(*base, engine.Campaign) tea.Cmd {
	return func(b *base, c engine.Campaign) tea.Cmd {
		return b.may(engine.MayEditCampaigns, func() tea.Cmd {
			return write(b, func(ctx context.Context, a engine.Actor) (engine.Campaign, error) {
				return b.env.Shop.SetCampaignState(ctx, a, c.ID, state)
			}, func(c engine.Campaign) tea.Cmd {
				b.say(kit.Fine, b.t("lists.campaign.now."+string(c.StateOn(b.today())), "title", c.Title, "day", b.env.Format.Date(c.StartsOn)))
				return nil
			})
		})
	}
}

// endCampaign asks first: an ended campaign stays ended.
func endCampaign(b *base, c engine.Campaign) tea.Cmd {
	return b.may(engine.MayEditCampaigns, func() tea.Cmd {
		b.confirm(b.t("lists.campaign.end.ask", "title", c.Title), b.t("lists.campaign.end.detail"), func() tea.Cmd {
			return setCampaign(engine.CampaignEnded)(b, c)
		})
		return nil
	})
}

// campaignFacts are a campaign, its figures and those that run beside it.
type campaignFacts struct {
	campaign engine.Campaign
	figures  engine.CampaignFigures
	others   []engine.Campaign
}

// campaignPage is the page of one campaign.
type campaignPage struct{ detail[campaignFacts] }

func newCampaignPage(env *Env, id engine.ID) Screen {
	p := &campaignPage{}
	p.base, p.noun, p.draw = newBase(env, "campaign"), "lists.campaign", p.sheet
	p.load = func(ctx context.Context, a engine.Actor) (campaignFacts, error) {
		c, err := env.Shop.Campaign(ctx, a, id)
		if err != nil {
			return campaignFacts{}, err
		}
		desk, err := env.Shop.Desk(ctx, a)
		if err != nil {
			return campaignFacts{}, err
		}
		f := campaignFacts{campaign: c, others: desk.Campaigns}
		if !a.Role.May(engine.MaySeeDesk) {
			return f, nil
		}
		all, err := env.Shop.CampaignReport(ctx, a, 0, 0)
		for _, one := range all {
			if one.CampaignID == id {
				f.figures = one
			}
		}
		return f, err
	}
	return p
}

// sheet lays a campaign out.
//
// words: lists.campaign
func (p *campaignPage) sheet(f campaignFacts) sheet {
	c := f.campaign
	state := c.StateOn(p.today())
	out := sheet{heading: c.Title, acts: p.acts(c, state)}
	out.lines = []line{{label: "lists.label.state", value: p.t("core.campaign_state." + string(state)), tone: campaignTone(state)}}
	if !c.IssuesCoupons() {
		out.lines = append(out.lines, p.offered(c)...)
		out.blocks = p.use(c)
		return out
	}
	out.lines = append(out.lines, p.terms(c)...)
	if p.env.Actor().Role.May(engine.MaySeeDesk) {
		out.blocks = append(out.blocks, block{title: "lists.figures", lines: p.figures(f.figures)})
	}
	out.blocks = append(out.blocks, p.use(c)...)
	if hidden := hiddenLines(p.env, c, f.others); len(hidden) > 0 {
		out.blocks = append(out.blocks, block{title: "lists.hidden", lines: hidden})
	}
	return out
}

// terms are what a campaign of coupons says.
func (p *campaignPage) terms(c engine.Campaign) []line {
	fm, t := p.env.Format, c.Terms
	var out []line
	if c.Promo.Kind != "" {
		out = append(out, line{label: "lists.label.sentence", value: p.env.Named().Offer(c.Offer()) + ".", tone: kit.Stressed})
	}
	out = append(out,
		line{label: "lists.label.cashback", value: p.t("lists.of_what_was_paid", "rate", fm.Percent(t.Cashback)), tone: kit.Stressed},
		line{label: "lists.label.max_discount", value: p.t("lists.of_a_sale", "rate", fm.Percent(t.MaxDiscount))},
		line{label: "lists.label.range", value: rangeText(p.env, t)},
		line{label: "lists.label.lifetime", value: p.env.Words.N("core.duration.days", t.Lifetime)},
		line{label: "lists.label.valid_after", value: p.env.Words.N("core.duration.days", t.ValidAfter)},
		line{label: "lists.label.period", value: periodText(p.env, c)},
		line{label: "lists.label.offer", value: orDash(c.OfferText)},
		line{label: "lists.label.link", value: orDash(c.Link)})
	out = append(out, textLines(p.env, c)...)
	if c.Holdback > 0 {
		out = append(out, line{label: "lists.campaign.field.holdback", value: p.t("lists.campaign.held_since", "rate", fm.Percent(c.Holdback), "day", fm.Date(p.env.Store().Today(c.HoldbackSince)))})
	}
	return append(out,
		line{label: "lists.label.source", value: orDash(joined(c.Source, c.Ad))},
		p.listed(linkCoupons, newCoupons),
		p.listed(linkSales, newSales),
		p.listed(linkMessages, newMessages))
}

// offered are what a campaign says that takes something off or gives points.
func (p *campaignPage) offered(c engine.Campaign) []line {
	out := []line{
		{label: "lists.offer.kind", value: p.t("lists.offer.kind." + string(c.Promo.Kind))},
		{label: "lists.label.sentence", value: p.env.Named().Offer(c.Offer()) + ".", tone: kit.Stressed},
		{label: "lists.label.period", value: periodText(p.env, c)},
	}
	if c.Promo.Kind.PhaseOf() != engine.PhaseRebate {
		policy := cmp.Or(c.OnReturn, engine.ReturnKeep)
		out = append(out, line{label: "lists.campaign.field.on_return", value: p.t("lists.campaign.on_return." + string(policy))})
	}
	return append(out, line{label: "lists.label.source", value: orDash(joined(c.Source, c.Ad))})
}

// use is how far the limits of a campaign's offer are used up.
func (p *campaignPage) use(c engine.Campaign) []block {
	fm, l, used := p.env.Format, c.Promo.Limits, c.Used
	if l == (engine.Limits{}) {
		return nil
	}
	count := func(n int64) string { return fm.Count(int(n)) }
	lines := []line{
		{label: "lists.use.total", value: p.of(count(used.Total), l.Total > 0, count(l.Total))},
		{label: "lists.use.spent", value: p.of(fm.Money(used.Spent), l.Budget > 0, fm.Money(l.Budget))},
	}
	if l.Budget > 0 {
		lines = append(lines, line{label: "lists.use.left", value: fm.Money(max(0, l.Budget-used.Spent)), tone: kit.Stressed})
	}
	if l.Units > 0 {
		lines = append(lines, line{label: "lists.use.units", value: p.of(count(used.Units), true, count(l.Units))})
	}
	if l.Coupons > 0 {
		n := used.Issued
		if l.ByRedeemed {
			n = used.Redeemed
		}
		lines = append(lines, line{label: "lists.use.coupons", value: p.of(count(n), true, count(l.Coupons))})
	}
	return []block{{title: "lists.use", lines: lines}}
}

// of is how much was used of a limit, if there is one.
func (p *campaignPage) of(used string, limited bool, limit string) string {
	if !limited {
		return used
	}
	return p.t("lists.use.of", "used", used, "limit", limit)
}

// listed is a link to one of the campaign's lists.
func (p *campaignPage) listed(bind kit.Binding, list func(*Env, engine.Filter, string) Screen) line {
	return line{label: bind.ID(), bind: bind, value: p.t("lists.link.all"), to: func() tea.Cmd {
		c := p.facts.campaign
		return open(list(p.env, engine.Filter{CampaignID: c.ID}, c.Title))
	}}
}

// figures are how many coupons there are and what they cost and brought.
func (p *campaignPage) figures(f engine.CampaignFigures) []line {
	fm := p.env.Format
	both := func(n int64, face engine.Minor) string {
		return joined(fm.Count(int(n)), fm.Money(face))
	}
	return []line{
		{label: "lists.figure.issued", value: both(f.Issued, f.IssuedFace)},
		{label: "lists.figure.redeemed", value: joined(both(f.Redeemed, f.RedeemedFace), fm.Percent(f.Conversion()))},
		{label: "lists.figure.open", value: both(f.Outstanding, f.OutstandFace)},
		{label: "lists.figure.expired", value: both(f.Expired, f.ExpiredFace)},
		{label: "lists.figure.voided", value: both(f.Voided, f.VoidedFace)},
		{label: "lists.figure.given", value: fm.Money(f.DiscountGiven)},
		{label: "lists.figure.brought", value: fm.Money(f.RedeemingNet)},
	}
}

// hiddenLines warn of the campaigns that take sales away from c.
func hiddenLines(env *Env, c engine.Campaign, others []engine.Campaign) []line {
	var out []line
	for _, h := range telling(engine.HiddenBy(c, others)) {
		id := h.By.ID
		out = append(out, line{value: hiddenText(env, h), tone: kit.Caution, to: func() tea.Cmd { return send(GotoMsg{KindCampaign, id}) }})
	}
	return out
}

// telling leaves of what hides a campaign the one that hides all of it, if one
// does: the others add nothing then.
func telling(hidden []engine.Hidden) []engine.Hidden {
	for i, h := range hidden {
		if h.Whole {
			return hidden[i : i+1]
		}
	}
	return hidden
}

// hidesText warns of a campaign from which this one takes sales.
//
// words: lists.hides.whole lists.hides.part
func hidesText(env *Env, h engine.Hidden) string {
	if h.Whole {
		return env.Words.T("lists.hides.whole", "title", h.By.Title)
	}
	return env.Words.T("lists.hides.part", "title", h.By.Title, "range", spanText(env, h.From, h.To))
}

func hiddenText(env *Env, h engine.Hidden) string {
	if h.Whole {
		return env.Words.T("lists.hidden.whole", "title", h.By.Title)
	}
	return env.Words.T("lists.hidden.part", "title", h.By.Title, "range", spanText(env, h.From, h.To))
}

func (p *campaignPage) acts(c engine.Campaign, state engine.CampaignState) []act {
	on := func(do func(*base, engine.Campaign) tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd { return do(&p.base, p.facts.campaign) }
	}
	live := state != engine.CampaignEnded
	return []act{
		{campaignEdit.When(c.State != engine.CampaignEnded), on(editCampaign)},
		{campaignActivate.When(live && c.State != engine.CampaignActive), on(setCampaign(engine.CampaignActive))},
		{campaignPause.When(live && c.State == engine.CampaignActive), on(setCampaign(engine.CampaignPaused))},
		{campaignCopy, on(copyCampaign)},
		{campaignTry, on(simulate)},
		{campaignAd, on(showAd)},
		{campaignEnd.When(live), on(endCampaign)},
	}
}
