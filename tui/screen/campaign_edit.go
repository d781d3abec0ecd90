package screen

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// newCampaign asks what the campaign is to give and opens the form for it.
func newCampaign(b *base) tea.Cmd {
	return b.may(engine.MayEditCampaigns, func() tea.Cmd {
		b.pick(b.t("lists.campaign.kind.ask"), kindOptions(b.env), func(kind string) tea.Cmd {
			return startCampaign(b, newCampaignDraft(b.env, engine.Kind(kind)))
		})
		return nil
	})
}

// newCampaignDraft is a campaign of a kind with the store's standard
// parameters.
func newCampaignDraft(env *Env, k engine.Kind) engine.Campaign {
	return engine.Campaign{Terms: env.Store().Settings.StandardTerms(), State: engine.CampaignDraft, Promo: promoOf(engine.Offer{Kind: k})}
}

// promoOf is an offer as a campaign keeps it: nothing for a coupon of the
// campaign's terms alone.
func promoOf(o engine.Offer) engine.Offer {
	if plainOffer(o) == plainOffer(engine.Offer{}) {
		return engine.Offer{}
	}
	return o
}

func editCampaign(b *base, c engine.Campaign) tea.Cmd { return startCampaign(b, c) }

// copyCampaign starts a draft from another campaign.
func copyCampaign(b *base, c engine.Campaign) tea.Cmd {
	c.ID, c.State, c.Created, c.Updated, c.Issued, c.Used = engine.ID{}, engine.CampaignDraft, 0, 0, 0, engine.Usage{}
	c.HoldbackSince = 0
	c.Title = b.t("lists.campaign.copy", "title", c.Title)
	return startCampaign(b, c)
}

// startCampaign reads the campaigns that run, for what the form says of them,
// and opens the form.
func startCampaign(b *base, c engine.Campaign) tea.Cmd {
	return b.may(engine.MayEditCampaigns, func() tea.Cmd {
		var goods []engine.Product
		return read(b, func(ctx context.Context, a engine.Actor) (d engine.Desk, err error) {
			if goods, err = catalogue(ctx, b.env, a); err != nil {
				return d, err
			}
			return b.env.Shop.Desk(ctx, a)
		}, func(d engine.Desk) tea.Cmd { return open(newCampaignForm(b.env, c, d.Campaigns, goods)) })
	})
}

// campaignForm is the form of a campaign.
type campaignForm struct {
	env    *Env
	begun  engine.Campaign
	others []engine.Campaign // that run or will run
	names  map[string]string // of products, by folded sku
	goods  unknownGoods
	offer  *offerForm
	page   *editor
}

// newCampaignForm is the page with the form of a campaign, new if it has no id.
// goods are the products that its sentence calls by name.
//
// words: lists.campaign.title.new lists.campaign.title.edit
func newCampaignForm(env *Env, c engine.Campaign, others []engine.Campaign, goods []engine.Product) *editor {
	f := &campaignForm{env: env, begun: c, others: others, names: map[string]string{}, goods: unknownGoods{products: goods}, offer: newOfferForm(env, c.Promo, c.ID.IsZero())}
	for _, p := range goods {
		f.names[engine.FoldSKU(p.SKU)] = p.Name
	}
	title := env.Words.T("lists.campaign.title.edit", "title", c.Title)
	if c.ID.IsZero() {
		title = env.Words.T("lists.campaign.title.new")
	}
	form := kit.NewForm("", env.explain, f.fields()...)
	form.Faults = true
	form.Check = f.check
	form.Judge = f.judge
	form.Sentence = f.sentence
	f.page = newEditor(env, title, form, f.save)
	f.page.open = f.openWording
	f.page.acts = []act{{formTry, f.try}}
	form.More = binds(f.page.acts)
	return f.page
}

// isCoupon tells whether the form says that the campaign gives next-sale
// coupons.
func (f *campaignForm) isCoupon(v kit.Values) bool { return f.offer.kind(v) == engine.KindNextCoupon }

// fields are those of the campaign, and what it offers among them.
func (f *campaignForm) fields() []kit.Field {
	env, c := f.env, f.begun
	other := func(v kit.Values) bool { return !f.isCoupon(v) }
	out := []kit.Field{f.field("title", kit.Field{Value: c.Title, Limit: engine.MaxNameLength, Read: f.readTitle}), f.offer.kindField()}
	out = append(append(out, f.terms(other)...), f.offer.benefit()...)
	out = append(
		out,
		f.field("starts", kit.Field{Kind: kit.Date, Value: env.typedDay(c.StartsOn), Read: env.readDay}),
		f.field("ends", kit.Field{Kind: kit.Date, Value: env.typedDay(c.EndsOn), Read: env.readDay}),
		f.field("offer", kit.Field{Value: c.OfferText, Limit: engine.MaxOfferText, Hidden: other}),
		f.field("link", kit.Field{Value: c.Link, Limit: engine.MaxLink, Read: f.readLink, Hidden: other}))
	out = append(append(out, f.texts()...), f.wordings()...)
	out = append(out, f.field("holdback", kit.Field{Kind: kit.Percent, Value: env.typedRate(c.Holdback), Read: f.readHoldback, Hidden: other}))
	out = append(
		out,
		f.field("source", kit.Field{Value: c.Source, Limit: engine.MaxLabel}),
		f.field("ad", kit.Field{Value: c.Ad, Limit: engine.MaxLabel}),
		f.field("try", kit.Field{
			Kind: kit.Amount, Value: env.Format.Amount(100 * engine.WholeUnit(env.Format.Exponent())), Read: env.readAmount, Hidden: other,
		}))
	out = append(out, f.offer.conditions()...)
	return append(out, f.field("on_return", kit.Field{
		Kind: kit.Choice, Value: string(cmp.Or(c.OnReturn, engine.ReturnKeep)), Options: returnOptions(env), Hidden: f.isRebate,
	}))
}

// terms are the fields of a next-sale coupon.
func (f *campaignForm) terms(hidden func(kit.Values) bool) []kit.Field {
	env, t := f.env, f.begun.Terms
	lifetime := engine.BadInput(engine.CodeCampaignLifetime, "least", engine.MinLifetime, "most", engine.MaxLifetime)
	after := engine.BadInput(engine.CodeCampaignAfter, "most", engine.MaxLifetime)
	out := []kit.Field{
		f.field("cashback", kit.Field{Kind: kit.Percent, Value: env.typedRate(t.Cashback), Read: env.readRate(1, 10000, engine.BadInput(engine.CodeCampaignRate))}),
		f.field("max_discount", kit.Field{Kind: kit.Percent, Value: env.typedRate(t.MaxDiscount), Read: env.readRate(1, 10000, engine.BadInput(engine.CodeCampaignMax))}),
		f.field("min_sale", kit.Field{Kind: kit.Amount, Value: env.typedAmount(t.MinSale), Read: env.readAmount}),
		f.field("max_sale", kit.Field{Kind: kit.Amount, Value: env.typedAmount(t.MaxSale), Read: env.readAmount}),
		f.field("lifetime", kit.Field{Kind: kit.Number, Value: strconv.Itoa(t.Lifetime), Read: env.readDays(engine.MinLifetime, engine.MaxLifetime, lifetime)}),
		f.field("valid_after", kit.Field{Kind: kit.Number, Value: strconv.Itoa(t.ValidAfter), Read: env.readDays(0, engine.MaxLifetime, after)}),
	}
	for i := range out {
		out[i].Hidden = hidden
	}
	return out
}

// isRebate tells whether what the form says takes nothing off a sale.
func (f *campaignForm) isRebate(v kit.Values) bool {
	return f.offer.kind(v).PhaseOf() == engine.PhaseRebate
}

// returnOptions are what a partial return may do to the campaign's offer.
//
// words: lists.campaign.on_return.keep lists.campaign.on_return.recompute
func returnOptions(env *Env) []kit.Option {
	var out []kit.Option
	for _, p := range []engine.ReturnPolicy{engine.ReturnKeep, engine.ReturnRecompute} {
		out = append(out, kit.Option{Value: string(p), Label: env.Words.T("lists.campaign.on_return." + string(p))})
	}
	return out
}

// field names a field and its words.
//
// words: lists.campaign.field.*
func (f *campaignForm) field(name string, fd kit.Field) kit.Field {
	fd.Name, fd.Label = name, "lists.campaign.field."+name
	fd.Hint = fd.Label + ".help"
	return fd
}

// readTitle and readLink check what stands in one field alone by checking a
// campaign that is good otherwise.
func (f *campaignForm) readTitle(text string, _ kit.Values) (string, error) {
	if text == "" {
		return "", nil // asked for when it is saved: what the campaign would do can be seen before it has a name
	}
	return "", engine.Campaign{Title: text, Terms: goodTerms}.Check()
}

// readHoldback reads the share that gets no coupon; nothing typed is nobody.
func (f *campaignForm) readHoldback(text string, v kit.Values) (string, error) {
	if text == "" {
		return "", nil
	}
	return f.env.readRate(0, engine.MaxHoldback, engine.BadInput(engine.CodeCampaignHoldback, "most", engine.BP(engine.MaxHoldback)))(text, v)
}

func (f *campaignForm) readLink(text string, _ kit.Values) (string, error) {
	return "", engine.Campaign{Title: "-", Terms: goodTerms, Link: text}.Check()
}

var goodTerms = engine.Terms{Cashback: 1, MaxDiscount: 1, Lifetime: engine.MinLifetime}

// campaign is what the form says. Fields that cannot be understood are left
// as they began; the form is not submitted with such.
func (f *campaignForm) campaign(v kit.Values) engine.Campaign {
	c := f.begun
	c.Title, c.OfferText, c.Link, c.Source, c.Ad = v["title"], v["offer"], v["link"], v["source"], v["ad"]
	if f.isCoupon(v) {
		c.Terms, c.Texts, c.Wording = f.typedTerms(v), f.typedTexts(v), typedWordings(v)
	}
	switch bp, ok := rate(v["holdback"]); {
	case !f.isCoupon(v), v["holdback"] == "":
		c.Holdback = 0
	case ok:
		c.Holdback = bp
	}
	c.StartsOn, c.EndsOn = f.env.day(v["starts"]), f.env.day(v["ends"])
	c.Promo = promoOf(f.offer.offer(v))
	if !f.isRebate(v) {
		c.OnReturn = engine.ReturnPolicy(v["on_return"])
	}
	return c
}

// typedTerms are the terms of a next-sale coupon that the form says.
func (f *campaignForm) typedTerms(v kit.Values) engine.Terms {
	t := f.begun.Terms
	if bp, ok := rate(v["cashback"]); ok {
		t.Cashback = bp
	}
	if bp, ok := rate(v["max_discount"]); ok {
		t.MaxDiscount = bp
	}
	if m, err := f.env.amount(v["min_sale"]); err == nil {
		t.MinSale = m
	}
	if m, err := f.env.amount(v["max_sale"]); err == nil {
		t.MaxSale = m
	}
	if n, ok := count(v["lifetime"]); ok {
		t.Lifetime = n
	}
	if n, ok := count(v["valid_after"]); ok {
		t.ValidAfter = n
	}
	return t
}

// faulty says at which field an error of the whole campaign is shown.
var faulty = map[engine.Code]string{
	engine.CodeCampaignRange: "max_sale", engine.CodeCampaignAfter: "valid_after", engine.CodeCampaignDates: "ends",
	engine.CodeTextDays: "texts.days", engine.CodeCampaignHoldback: "holdback", engine.CodeCampaignText: "offer", engine.CodeCampaignTitle: "title",
}

func (f *campaignForm) check(v kit.Values) (string, error) {
	return f.fault(v, f.campaign(v).Check())
}

// fault is an error of the campaign with the field at which it is shown.
func (f *campaignForm) fault(v kit.Values, err error) (string, error) {
	if at, said := f.offer.faulty(err, v); at != "" {
		return at, said
	}
	if at := faulty[engine.CodeOf(err)]; at != "" {
		return at, err
	}
	return "", err
}

// judge is check for a campaign that has no title yet: what it would do can be
// seen before it has one.
func (f *campaignForm) judge(v kit.Values) (string, error) {
	c := f.campaign(v)
	c.Title = orDash(c.Title)
	return f.fault(v, c.Check())
}

// sentence says in plain words what the campaign will do, what a sale would
// earn, and what hides it; in a low window only the latter two of a coupon.
func (f *campaignForm) sentence(v kit.Values) string {
	c := f.campaign(v)
	low := f.page.low()
	var said []string
	switch {
	case !f.isCoupon(v):
		said = f.offered(c, low)
	case low && f.atTexts():
		said = []string{campaignTexts(f.env, c)}
	case low:
		said = f.earning(c, v)
	default:
		said = append([]string{f.plain(c), campaignTexts(f.env, c)}, f.earning(c, v)...)
		if c.Holdback > 0 {
			said = append(said, f.env.Words.T("lists.campaign.holdback", "rate", f.env.Format.Percent(c.Holdback)))
		}
		if f.begun.Issued > 0 {
			said = append(said, f.env.Words.T("lists.campaign.keeps"))
		}
	}
	said = append(said, f.unknown(c)...)
	if !f.offer.whole {
		said = append(said, "! "+f.env.Words.T("lists.campaign.locked"))
	}
	return strings.Join(said, "\n")
}

// offered is the offer as one sentence, and when it runs.
func (f *campaignForm) offered(c engine.Campaign, low bool) []string {
	named := f.env.Format.Naming(func(sku string) string { return f.names[engine.FoldSKU(sku)] })
	said := named.Offer(c.Offer()) + "."
	if low || c.StartsOn == 0 && c.EndsOn == 0 {
		return []string{said}
	}
	return []string{said, f.env.Words.T("lists.campaign.runs", "period", periodText(f.env, c))}
}

// earning is what a sale would earn, and what stands in its way.
func (f *campaignForm) earning(c engine.Campaign, v kit.Values) []string {
	return append([]string{f.trial(c, v["try"])}, f.warnings(f.running(c))...)
}

// warnings say which campaigns take sales from c, and from which c takes them.
func (f *campaignForm) warnings(c engine.Campaign) []string {
	var out []string
	hidden := telling(engine.HiddenBy(c, f.others))
	for _, h := range hidden {
		out = append(out, "! "+hiddenText(f.env, h))
	}
	if len(hidden) == 1 && hidden[0].Whole {
		return out // it earns nothing, so it takes nothing
	}
	for _, h := range engine.Hides(c, f.others) {
		out = append(out, "! "+hidesText(f.env, h))
	}
	return out
}

// plain says what the campaign does.
//
// words: lists.campaign.sentence lists.campaign.sentence_at_once
func (f *campaignForm) plain(c engine.Campaign) string {
	fm, w := f.env.Format, f.env.Words
	if plainOffer(c.Promo) != plainOffer(engine.Offer{}) {
		return strings.Join(f.offered(c, false), "\n")
	}
	key := "lists.campaign.sentence"
	if c.Terms.ValidAfter == 0 {
		key = "lists.campaign.sentence_at_once"
	}
	return w.T(key,
		"who", spanText(f.env, c.Terms.MinSale, c.Terms.MaxSale), "rate", fm.Percent(c.Terms.Cashback),
		"after", w.N("core.duration.days", c.Terms.ValidAfter), "lifetime", w.N("core.duration.days", c.Terms.Lifetime),
		"most", fm.Percent(c.Terms.MaxDiscount), "period", periodText(f.env, c))
}

// running is the campaign as if it were active, new ones as made now.
func (f *campaignForm) running(c engine.Campaign) engine.Campaign {
	c.State = engine.CampaignActive
	if c.Created == 0 {
		c.Created = engine.InstantOf(f.env.Clock())
	}
	return c
}

// trial says what a sale of a typed amount would earn under the campaigns that
// run and this one, on its first day or today.
func (f *campaignForm) trial(c engine.Campaign, amount string) string {
	gross, err := f.env.amount(amount)
	if err != nil || gross == 0 {
		return ""
	}
	now := engine.InstantOf(f.env.Clock())
	store := f.env.Store()
	day := max(store.Today(now), c.StartsOn)
	all := []engine.Campaign{f.running(c)}
	for _, o := range f.others {
		if o.ID != c.ID && o.Offer().Kind == engine.KindNextCoupon {
			all = append(all, o)
		}
	}
	r, err := engine.Evaluate(engine.Basket{Amount: gross, Business: day}, engine.Offers(all, day), engine.Facts{Now: now, Store: store})
	if err != nil {
		return f.env.Format.Err(err)
	}
	return f.earned(c, r)
}

func (f *campaignForm) earned(c engine.Campaign, r engine.Result) string {
	fm, w := f.env.Format, f.env.Words
	if r.Earned == nil {
		nothing := w.T("lists.campaign.try.nothing", "amount", fm.Money(r.Net))
		for _, why := range r.Rejected {
			if why.OfferID == c.ID {
				return nothing + " " + fm.Why(c.Offer(), why)
			}
		}
		return nothing
	}
	by := w.T("lists.campaign.try.this")
	if r.Earned.OfferID != c.ID {
		by = w.T("lists.campaign.try.other", "title", r.Earned.Campaign)
	}
	return w.T("lists.campaign.try.earns", "amount", fm.Money(r.Net), "face", fm.Money(r.Earned.Face),
		"first", fm.Date(r.Earned.FirstDay), "last", fm.Date(r.Earned.LastDay), "by", by)
}
