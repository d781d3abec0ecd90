package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/delivery"
	"bounceback/engine/words"
)

// tellSaved shows a campaign that was saved or set going, with what is odd about
// it.
func (a *app) tellSaved(ctx context.Context, c engine.Campaign) error {
	r, err := a.lint(ctx, &c)
	if err != nil {
		return err
	}
	return a.tellCampaign(ctx, c, r.Notes)
}

// tellCampaign shows a campaign, warnings about it, and which others take sales
// away from it.
func (a *app) tellCampaign(ctx context.Context, c engine.Campaign, notes []engine.LintNote) error {
	desk, err := a.file.Desk(ctx, a.actor)
	if err != nil {
		return err
	}
	var hidden []engine.Hidden
	if s := c.StateOn(a.today()); s != engine.CampaignEnded {
		hidden = engine.HiddenBy(c, desk.Campaigns)
	}
	named := a.naming(ctx)
	var odd []delivery.Warning
	d := campaignShowDTO{campaignDTO: a.campaignDTO(named)(c), HiddenBy: make([]hiddenDTO, 0, len(hidden)), Warnings: a.lintNotes(notes)}
	if isCoupon(c) {
		odd = a.reviewCampaign(c)
		d.Texts = a.textsDTO(c, odd)
	}
	for _, h := range hidden {
		d.HiddenBy = append(d.HiddenBy, hiddenDTO{By: h.By.Title, ByID: h.By.ID.String(), From: int64(h.From), To: int64(h.To), Always: h.Whole})
	}
	return a.answer(d, func() {
		a.showCampaign(named, c)
		for _, one := range odd {
			a.note("%s", one.Tell(a.words))
		}
		for _, h := range hidden {
			a.note("%s", a.hiddenSentence(h))
		}
		for _, n := range notes {
			if n.Code != engine.LintHidden && n.Code != engine.LintHiddenPart { // told above
				a.note("%s", a.format.Lint(n))
			}
		}
	})
}

func (a *app) hiddenSentence(h engine.Hidden) string {
	switch {
	case h.Whole:
		return a.words.T("cli.hidden.whole", "by", h.By.Title)
	case h.To == 0:
		return a.words.T("cli.hidden.from", "by", h.By.Title, "from", a.format.Money(h.From))
	}
	return a.words.T("cli.hidden.range", "by", h.By.Title, "from", a.format.Money(h.From), "to", a.format.Money(h.To))
}

// naming is the format that calls products by their names.
func (a *app) naming(ctx context.Context) *words.Format {
	known := map[string]string{}
	return a.format.Naming(func(sku string) string {
		name, seen := known[sku]
		if !seen {
			found, err := a.file.FindProducts(ctx, a.actor, engine.ProductQuery{SKU: sku, Limit: 1})
			if err == nil { // without a name the sku stands there
				name = first(found).Product.Name
			}
			known[sku] = name
		}
		return name
	})
}

func isCoupon(c engine.Campaign) bool { return c.Offer().Kind == engine.KindNextCoupon }

func (a *app) showCampaign(named *words.Format, c engine.Campaign) {
	w, f := a.words, facts{}
	f.add(w, "campaign", c.Title)
	f.add(w, "offer", named.Offer(c.Offer()))
	f.add(w, "state", campaignState(w, c.StateOn(a.today())))
	if isCoupon(c) {
		a.couponFacts(&f, c.Terms)
		a.textFacts(&f, c)
		f.add(w, "holdback", a.heldShare(c))
	}
	f.add(w, "starts", a.dayOrEmpty(c.StartsOn))
	f.add(w, "ends", a.dayOrEmpty(c.EndsOn))
	f.add(w, "on_return", returnWord(w, c))
	f.add(w, "text", c.OfferText)
	f.add(w, "link", c.Link)
	f.add(w, "source", c.Source)
	f.add(w, "ad", c.Ad)
	if isCoupon(c) {
		f.add(w, "issued", a.format.Count(c.Issued))
	}
	f.add(w, "id", c.ID.String())
	a.printFacts(f)
}

// couponFacts are the terms of the coupons of a campaign.
func (a *app) couponFacts(f *facts, t engine.Terms) {
	w := a.words
	f.add(w, "cashback", a.format.Percent(t.Cashback))
	f.add(w, "max_discount", w.T("cli.max_discount", "rate", a.format.Percent(t.MaxDiscount)))
	f.add(w, "range", a.saleRange(t))
	f.add(w, "lifetime", w.N("cli.days", t.Lifetime))
	if t.ValidAfter > 0 {
		f.add(w, "valid_after", w.N("cli.days", t.ValidAfter))
	}
}

// heldShare says who gets no coupon, and since when somebody does not.
func (a *app) heldShare(c engine.Campaign) string {
	switch {
	case c.Holdback > 0 && c.HoldbackSince > 0:
		return a.words.T("cli.holdback_since", "rate", a.format.Percent(c.Holdback), "day", a.format.Date(a.store.Today(c.HoldbackSince)))
	case c.HoldbackSince > 0:
		return a.words.T("cli.holdback_off", "day", a.format.Date(a.store.Today(c.HoldbackSince)))
	}
	return ""
}

// textFacts are the texts that the coupons of a campaign get, and its own
// wording of them.
func (a *app) textFacts(f *facts, c engine.Campaign) {
	w := a.words
	plan := w.TextPlan(c.TextPlan(a.store.Settings))
	if c.Texts == nil {
		plan = w.T("cli.as_settings", "plan", plan)
	}
	f.add(w, "texts", plan)
	f.add(w, "wording_issue", c.Wording.Issue)
	f.add(w, "wording_day", c.Wording.Day)
	f.add(w, "wording_last", c.Wording.Last)
}

// returnWord names what a partial return does, where that is not the usual.
func returnWord(w *words.Words, c engine.Campaign) string {
	if c.OnReturn != engine.ReturnRecompute {
		return ""
	}
	return w.T("cli.on_return.recompute")
}

func (a *app) campaignList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback campaign list --state active",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			page, err := a.file.Campaigns(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			named := a.naming(ctx)
			return a.answer(newList(page, a.campaignDTO(named)), func() { a.showCampaigns(named, page) })
		}),
	}
	f.bind(cmd, "state", "search")
	f.only(a, cmd, "draft", "scheduled", "active", "paused", "ended")
	f.bindPage(cmd)
	return cmd
}

func (a *app) showCampaigns(named *words.Format, p engine.Page[engine.Campaign]) {
	w, t := a.words, table{}
	t.column(w, "campaign", left)
	t.column(w, "state", left)
	t.column(w, "offer", left)
	t.column(w, "issued", right)
	for _, c := range p.Items {
		issued := ""
		if isCoupon(c) {
			issued = a.format.Count(c.Issued)
		}
		t.add(c.Title, campaignState(w, c.StateOn(a.today())), named.OfferShort(c.Offer()), issued)
	}
	a.print(t)
	a.more(p.Next)
}

func (a *app) campaignShow() *cobra.Command {
	return &cobra.Command{
		Use: "show TITLE|ID", Args: takes(1, 1), Example: "  bounceback campaign show 'Spring'",
		RunE: a.work(func(ctx context.Context, args []string) error {
			c, err := a.campaign(ctx, args[0])
			if err != nil {
				return err
			}
			return a.tellCampaign(ctx, c, nil)
		}),
	}
}
