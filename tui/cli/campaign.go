package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) campaignCommands() *cobra.Command {
	cmd := group("campaign", a.campaignAdd(), a.campaignEdit(), a.campaignList(), a.campaignShow(), a.campaignExport(), a.campaignSchema(), a.campaignLint(),
		a.campaignState("activate", engine.CampaignActive), a.campaignState("pause", engine.CampaignPaused), a.campaignState("end", engine.CampaignEnded),
		a.campaignDuplicate(), a.campaignPromo(), a.campaignEarn(), a.campaignSimulate())
	cmd.Example = "  bounceback campaign add 'Spring' --cashback 20 --max-discount 30 --activate\n  bounceback campaign add second-coffee.json"
	return cmd
}

// campaignFlags are what may be said of a campaign; flags not given stay.
type campaignFlags struct {
	cashback, maxDiscount, minSale, maxSale, starts, ends, text, link, source, ad, title string
	holdback                                                                             string
	lifetime, after                                                                      int
}

func (f *campaignFlags) bind(fl *pflag.FlagSet) {
	for name, to := range map[string]*string{
		"cashback": &f.cashback, "max-discount": &f.maxDiscount, "min-sale": &f.minSale, "max-sale": &f.maxSale, "starts": &f.starts,
		"ends": &f.ends, "text": &f.text, "link": &f.link, "source": &f.source, "ad": &f.ad, "holdback": &f.holdback,
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
		"starts":       into(&c.StartsOn, f.starts, a.dayOrNone),
		"ends":         into(&c.EndsOn, f.ends, a.dayOrNone),
		"holdback":     into(&c.Holdback, f.holdback, rate),
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
func (a *app) dayOrNone(text string) (engine.Day, error) {
	if text == "" {
		return 0, nil
	}
	return a.day(text)
}

func (a *app) campaignAdd() *cobra.Command {
	var f campaignFlags
	var activate, anyway bool
	cmd := &cobra.Command{
		Use: "add TITLE|FILE.json|-", Args: takes(1, 1),
		Example: "  bounceback campaign add 'Spring' --cashback 20 --max-discount 30 --min-sale 100,00 --lifetime 45 --activate\n" +
			"  bounceback campaign add second-coffee.json --activate",
	}
	f.bind(cmd.Flags())
	cmd.Flags().BoolVar(&activate, "activate", false, "")
	cmd.Flags().BoolVar(&anyway, "anyway", false, "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		change := func(c *engine.Campaign) error {
			if activate {
				c.State = engine.CampaignActive
			}
			return a.apply(f, cmd.Flags(), c)
		}
		if isFile(args[0]) {
			return a.addFile(ctx, args[0], anyway, change)
		}
		c := engine.Campaign{Title: args[0], Terms: a.store.Settings.StandardTerms(), State: engine.CampaignDraft}
		if err := change(&c); err != nil {
			return err
		}
		return a.saveCampaign(ctx, c)
	})
	return cmd
}

func (a *app) campaignEdit() *cobra.Command {
	var f campaignFlags
	var file string
	var anyway bool
	cmd := &cobra.Command{
		Use: "edit TITLE|ID", Args: takes(1, 1),
		Example: "  bounceback campaign edit 'Spring' --ends 2026-12-24 --text 'A gift for your next visit'\n" +
			"  bounceback campaign edit 'Second coffee' --file second-coffee.json",
	}
	f.bind(cmd.Flags())
	cmd.Flags().StringVar(&f.title, "title", "", "")
	cmd.Flags().StringVar(&file, "file", "", "")
	cmd.Flags().BoolVar(&anyway, "anyway", false, "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		c, err := a.campaign(ctx, args[0])
		if err != nil {
			return err
		}
		was := c
		if file != "" {
			if err := a.takeFile(file, &c); err != nil {
				return err
			}
		}
		if err := a.apply(f, cmd.Flags(), &c); err != nil {
			return err
		}
		if err := a.checkWording(c, was, anyway); err != nil {
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
	return a.tellSaved(ctx, saved)
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
			if state == engine.CampaignActive {
				return a.tellSaved(ctx, c)
			}
			return a.tellCampaign(ctx, c, nil)
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
			c.ID, c.Title, c.State, c.StartsOn, c.EndsOn, c.HoldbackSince = engine.ID{}, args[1], engine.CampaignDraft, 0, 0, 0
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
			r, err := engine.Evaluate(sale, engine.Offers(desk.Campaigns, a.today()), engine.Facts{
				Now: a.env.Clock(), Store: a.store, Register: a.actor.RegisterID, Till: a.actor.Register, Branch: a.branch, Usage: desk.Usage,
			})
			if err != nil {
				return err
			}
			// Only what could have earned is of interest here.
			r.Rejected = slices.DeleteFunc(r.Rejected, func(no engine.Rejected) bool { return no.Kind.PhaseOf() != engine.PhaseRebate })
			return a.answer(a.earnDTO(r), func() { a.showEarning(r) })
		}),
	}
}

func (a *app) earnDTO(r engine.Result) earnDTO {
	d := earnDTO{Net: int64(r.Net), Rejected: rejectedDTOs(r.Rejected)}
	if e := r.Earned; e != nil {
		d.Earned = &earnedDTO{
			CampaignID: e.OfferID.String(), Campaign: e.Campaign, Face: int64(e.Face), Cashback: int64(e.Terms.Cashback),
			MaxDiscount: int64(e.MaxDiscount), ValidFrom: a.timeText(e.ValidFrom), ValidUntil: a.lastInstant(e.ValidUntil),
		}
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
