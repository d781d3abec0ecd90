package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) campaignCommands() *cobra.Command {
	cmd := group("campaign", a.campaignAdd(), a.campaignEdit(), a.campaignList(), a.campaignShow(),
		a.campaignState("activate", engine.CampaignActive), a.campaignState("pause", engine.CampaignPaused), a.campaignState("end", engine.CampaignEnded),
		a.campaignDuplicate(), a.campaignEarn())
	cmd.Example = "  bounceback campaign add 'Spring' --cashback 20 --max-discount 30 --activate"
	return cmd
}

// campaignFlags are what may be said of a campaign; flags not given stay.
type campaignFlags struct {
	cashback, maxDiscount, minSale, maxSale, starts, ends, text, link, source, ad, title string
	lifetime, after                                                                      int
}

func (f *campaignFlags) bind(fl *pflag.FlagSet) {
	for name, to := range map[string]*string{
		"cashback": &f.cashback, "max-discount": &f.maxDiscount, "min-sale": &f.minSale, "max-sale": &f.maxSale, "starts": &f.starts,
		"ends": &f.ends, "text": &f.text, "link": &f.link, "source": &f.source, "ad": &f.ad,
	} {
		fl.StringVar(to, name, "", "")
	}
	fl.IntVar(&f.lifetime, "lifetime", 0, "")
	fl.IntVar(&f.after, "valid-after", 0, "")
}

// apply puts what was given into a campaign.
func (a *app) apply(f campaignFlags, fl *pflag.FlagSet, c *engine.Campaign) error {
	texts := map[string]struct{ from, to *string }{
		"text": {&f.text, &c.OfferText}, "link": {&f.link, &c.Link}, "source": {&f.source, &c.Source}, "ad": {&f.ad, &c.Ad}, "title": {&f.title, &c.Title},
	}
	for name, t := range texts {
		if fl.Changed(name) {
			*t.to = *t.from
		}
	}
	if fl.Changed("lifetime") {
		c.Terms.Lifetime = f.lifetime
	}
	if fl.Changed("valid-after") {
		c.Terms.ValidAfter = f.after
	}
	for name, set := range map[string]func() error{
		"cashback":     into(&c.Terms.Cashback, f.cashback, rate),
		"max-discount": into(&c.Terms.MaxDiscount, f.maxDiscount, rate),
		"min-sale":     into(&c.Terms.MinSale, f.minSale, a.amount),
		"max-sale":     into(&c.Terms.MaxSale, f.maxSale, a.amount),
		"starts":       into(&c.StartsOn, f.starts, dayOrNone),
		"ends":         into(&c.EndsOn, f.ends, dayOrNone),
	} {
		if fl.Changed(name) {
			if err := set(); err != nil {
				return err
			}
		}
	}
	return nil
}

func into[T any](to *T, text string, read func(string) (T, error)) func() error {
	return func() (err error) {
		*to, err = read(text)
		return err
	}
}

// dayOrNone reads a date; an empty text is no bound.
func dayOrNone(text string) (engine.Day, error) {
	if text == "" {
		return 0, nil
	}
	return engine.ParseDay(text)
}

func (a *app) campaignAdd() *cobra.Command {
	var f campaignFlags
	var activate bool
	cmd := &cobra.Command{
		Use: "add TITLE", Args: takes(1, 1),
		Example: "  bounceback campaign add 'Spring' --cashback 20 --max-discount 30 --min-sale 100,00 --lifetime 45 --activate",
	}
	f.bind(cmd.Flags())
	cmd.Flags().BoolVar(&activate, "activate", false, "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		c := engine.Campaign{Title: args[0], Terms: a.store.Settings.StandardTerms(), State: engine.CampaignDraft}
		if err := a.apply(f, cmd.Flags(), &c); err != nil {
			return err
		}
		if activate {
			c.State = engine.CampaignActive
		}
		return a.saveCampaign(ctx, c)
	})
	return cmd
}

func (a *app) campaignEdit() *cobra.Command {
	var f campaignFlags
	cmd := &cobra.Command{
		Use: "edit TITLE|ID", Args: takes(1, 1),
		Example: "  bounceback campaign edit 'Spring' --ends 2026-12-24 --text 'A gift for your next visit'",
	}
	f.bind(cmd.Flags())
	cmd.Flags().StringVar(&f.title, "title", "", "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		c, err := a.campaign(ctx, args[0])
		if err != nil {
			return err
		}
		if err := a.apply(f, cmd.Flags(), &c); err != nil {
			return err
		}
		return a.saveCampaign(ctx, c)
	})
	return cmd
}

func (a *app) saveCampaign(ctx context.Context, c engine.Campaign) error {
	if err := c.Check(); err != nil {
		return err
	}
	saved, err := a.file.SaveCampaign(ctx, a.actor, c)
	if err != nil {
		return err
	}
	return a.tellCampaign(ctx, saved)
}

// tellCampaign shows a campaign and which others take sales away from it.
func (a *app) tellCampaign(ctx context.Context, c engine.Campaign) error {
	desk, err := a.file.Desk(ctx, a.actor)
	if err != nil {
		return err
	}
	var hidden []engine.Hidden
	if s := c.StateOn(a.today()); s != engine.CampaignEnded {
		hidden = engine.HiddenBy(c, desk.Campaigns)
	}
	d := campaignShowDTO{campaignDTO: a.campaignDTO(c), HiddenBy: make([]hiddenDTO, 0, len(hidden))}
	for _, h := range hidden {
		d.HiddenBy = append(d.HiddenBy, hiddenDTO{By: h.By.Title, ByID: h.By.ID.String(), From: int64(h.From), To: int64(h.To), Always: h.Whole})
	}
	return a.answer(d, func() {
		a.showCampaign(c)
		for _, h := range hidden {
			a.note("%s", a.hiddenSentence(h))
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

func (a *app) showCampaign(c engine.Campaign) {
	w, f := a.words, facts{}
	f.add(w, "campaign", c.Title)
	f.add(w, "state", campaignState(w, c.StateOn(a.today())))
	f.add(w, "cashback", a.format.Percent(c.Terms.Cashback))
	f.add(w, "max_discount", a.words.T("cli.max_discount", "rate", a.format.Percent(c.Terms.MaxDiscount)))
	f.add(w, "range", a.saleRange(c.Terms))
	f.add(w, "lifetime", w.N("cli.days", c.Terms.Lifetime))
	if c.Terms.ValidAfter > 0 {
		f.add(w, "valid_after", w.N("cli.days", c.Terms.ValidAfter))
	}
	f.add(w, "starts", a.dayOrEmpty(c.StartsOn))
	f.add(w, "ends", a.dayOrEmpty(c.EndsOn))
	f.add(w, "text", c.OfferText)
	f.add(w, "link", c.Link)
	f.add(w, "source", c.Source)
	f.add(w, "ad", c.Ad)
	f.add(w, "issued", a.format.Count(c.Issued))
	f.add(w, "id", c.ID.String())
	a.printFacts(f)
}

func (a *app) saleRange(t engine.Terms) string {
	switch {
	case t.MinSale == 0 && t.MaxSale == 0:
		return a.words.T("cli.range.any")
	case t.MaxSale == 0:
		return a.words.T("cli.range.from", "from", a.format.Money(t.MinSale))
	}
	return a.words.T("cli.range.between", "from", a.format.Money(t.MinSale), "to", a.format.Money(t.MaxSale))
}

// campaignState names a state.
//
// words: core.campaign_state.*
func campaignState(w *words.Words, s engine.CampaignState) string {
	return w.T("core.campaign_state." + string(s))
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
			return a.answer(newList(page, a.campaignDTO), func() { a.showCampaigns(page) })
		}),
	}
	f.bind(cmd, "state", "search")
	f.states = []string{"draft", "scheduled", "active", "paused", "ended"}
	f.bindPage(cmd)
	return cmd
}

func (a *app) showCampaigns(p engine.Page[engine.Campaign]) {
	w, t := a.words, table{}
	t.column(w, "campaign", left)
	t.column(w, "state", left)
	t.column(w, "cashback", right)
	t.column(w, "discount_to", right)
	t.column(w, "range", left)
	t.column(w, "lifetime", right)
	t.column(w, "issued", right)
	for _, c := range p.Items {
		t.add(c.Title, campaignState(w, c.StateOn(a.today())), a.format.Percent(c.Terms.Cashback), a.format.Percent(c.Terms.MaxDiscount),
			a.saleRange(c.Terms), strconv.Itoa(c.Terms.Lifetime), a.format.Count(c.Issued))
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
			return a.tellCampaign(ctx, c)
		}),
	}
}

func (a *app) campaignState(name string, state engine.CampaignState) *cobra.Command {
	return &cobra.Command{
		Use: name + " TITLE|ID", Args: takes(1, 1), Example: "  bounceback campaign " + name + " 'Spring'",
		RunE: a.work(func(ctx context.Context, args []string) error {
			c, err := a.campaign(ctx, args[0])
			if err != nil {
				return err
			}
			if c, err = a.file.SetCampaignState(ctx, a.actor, c.ID, state); err != nil {
				return err
			}
			return a.tellCampaign(ctx, c)
		}),
	}
}

func (a *app) campaignDuplicate() *cobra.Command {
	return &cobra.Command{
		Use: "duplicate TITLE|ID NEW-TITLE", Args: takes(2, 2), Example: "  bounceback campaign duplicate 'Spring' 'Summer'",
		RunE: a.work(func(ctx context.Context, args []string) error {
			c, err := a.campaign(ctx, args[0])
			if err != nil {
				return err
			}
			c.ID, c.Title, c.State, c.StartsOn, c.EndsOn = engine.ID{}, args[1], engine.CampaignDraft, 0, 0
			return a.saveCampaign(ctx, c)
		}),
	}
}

func (a *app) campaignEarn() *cobra.Command {
	return &cobra.Command{
		Use: "earn AMOUNT", Args: takes(1, 1), Example: "  bounceback campaign earn 181,00",
		RunE: a.work(func(ctx context.Context, args []string) error {
			amount, err := a.amount(args[0])
			if err != nil {
				return err
			}
			desk, err := a.file.Desk(ctx, a.actor)
			if err != nil {
				return err
			}
			sale := engine.Basket{Amount: amount, Business: a.today()}
			r, err := engine.Evaluate(sale, engine.Offers(desk.Campaigns, a.today()), engine.Facts{Now: a.env.Clock(), Store: a.store})
			if err != nil {
				return err
			}
			return a.answer(a.earnDTO(r), func() { a.showEarning(r) })
		}),
	}
}

func (a *app) earnDTO(r engine.Result) earnDTO {
	d := earnDTO{Net: int64(r.Net), Rejected: make([]rejectedDTO, 0, len(r.Rejected))}
	if e := r.Earned; e != nil {
		d.Earned = &earnedDTO{
			CampaignID: e.OfferID.String(), Campaign: e.Campaign, Face: int64(e.Face), Cashback: int64(e.Terms.Cashback),
			MaxDiscount: int64(e.MaxDiscount), ValidFrom: a.timeText(e.ValidFrom), ValidUntil: a.lastInstant(e.ValidUntil),
		}
	}
	for _, no := range r.Rejected {
		d.Rejected = append(d.Rejected, rejectedDTO{CampaignID: no.OfferID.String(), Campaign: no.Title, Reason: no.Reason, Missing: int64(no.Missing)})
	}
	return d
}

func (a *app) showEarning(r engine.Result) {
	if e := r.Earned; e == nil {
		a.say("%s", a.words.T("cli.earns_nothing"))
	} else {
		f := facts{}
		f.add(a.words, "campaign", e.Campaign)
		f.add(a.words, "face", a.format.Money(e.Face))
		f.add(a.words, "valid", a.words.T("cli.valid", "from", a.format.Date(e.FirstDay), "through", a.format.Date(e.LastDay)))
		f.add(a.words, "max_discount", a.words.T("cli.max_discount", "rate", a.format.Percent(e.MaxDiscount)))
		a.printFacts(f)
	}
	for _, no := range r.Rejected {
		why := a.format.Err(engine.Refuse(no.Reason))
		if no.Missing > 0 {
			why = a.words.T("cli.missing", "amount", a.format.Money(no.Missing))
		}
		a.say("%s: %s", no.Title, why)
	}
}
