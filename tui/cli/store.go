package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

// CodeStoreThere says that the file holds a store already; with title.
const CodeStoreThere engine.Code = "store_there"

// initFlags are the flags of init.
type initFlags struct {
	title, country, currency, timezone, language, step, owner, campaign string
	another                                                             bool
}

func (a *app) initCommand() *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use: "init", Args: takes(0, 0),
		Example: "  bounceback init --title 'Casa Azul' --country BR\n" +
			"  BOUNCEBACK_PIN=4711 bounceback init --db shop.db --title 'Blue House' --country US --step 1.00",
		PreRunE: func(cmd *cobra.Command, _ []string) error { return needs(cmd, "title", "country") },
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.found(cmd.Context(), f) },
	}
	for name, to := range map[string]*string{
		"title": &f.title, "country": &f.country, "currency": &f.currency, "timezone": &f.timezone, "language": &f.language,
		"step": &f.step, "owner": &f.owner, "campaign": &f.campaign,
	} {
		cmd.Flags().StringVar(to, name, "", "")
	}
	cmd.Flags().BoolVar(&f.another, "another", false, "")
	return cmd
}

// found makes a store with its owner and its ready campaign.
func (a *app) found(ctx context.Context, f initFlags) error {
	s, err := a.newStore(f)
	if err != nil {
		return err
	}
	pin, err := a.pin()
	if err != nil {
		return err
	}
	if err := engine.CheckPIN(pin); err != nil {
		return err
	}
	if err := a.open(ctx); err != nil {
		return err
	}
	if err := a.refuseSecond(ctx, f.another); err != nil {
		return err
	}
	w := storeWords(s.Language)
	register, owner, campaign := a.Register, f.owner, f.campaign
	for text, standard := range map[*string]string{&register: DefaultRegister(w), &owner: DefaultOwner(w), &campaign: DefaultCampaign(w)} {
		if *text == "" {
			*text = standard
		}
	}
	actor, err := a.file.FirstRun(ctx, s, owner, pin, register, campaign, engine.FromCommand)
	if err != nil {
		return err
	}
	if s, err = a.file.TheStore(ctx, actor.StoreID.String()); err != nil {
		return err
	}
	a.store = s
	a.speak(a.language())
	return a.answer(a.storeDTO(s), func() { a.showStore(s) })
}

// newStore is the country's ready store with what the flags change in it.
func (a *app) newStore(f initFlags) (engine.Store, error) {
	s, err := engine.NewStore(f.title, f.country)
	if err != nil {
		return s, err
	}
	if f.currency != "" {
		digits, ok := engine.CurrencyExponent(f.currency)
		if !ok {
			return s, engine.BadInput(engine.CodeUnknownCurrency, "currency", f.currency)
		}
		s.Currency, s.Exponent, s.Step = f.currency, digits, engine.WholeUnit(digits)
	}
	if f.timezone != "" {
		s.Timezone = f.timezone
	}
	if f.language != "" {
		s.Language = storeWords(f.language).Lang()
	}
	a.store = s
	a.speak(a.language())
	if f.step != "" {
		if s.Step, err = a.amount(f.step); err != nil {
			return s, err
		}
	}
	return s, s.Check()
}

// refuseSecond keeps a second init from making a second shop by mistake.
func (a *app) refuseSecond(ctx context.Context, another bool) error {
	there, err := a.file.TheStore(ctx, "")
	switch engine.CodeOf(err) {
	case engine.CodeNoStore:
		return nil
	case "", engine.CodeWhichStore:
		if another {
			return nil
		}
		return engine.Refuse(CodeStoreThere, "title", there.Title, "path", a.DB)
	}
	return err
}

func (a *app) showStore(s engine.Store) {
	w, f := a.words, facts{}
	f.add(w, "shop", s.Title)
	f.add(w, "country", w.CountryName(s.Country))
	f.add(w, "currency", s.Currency)
	f.add(w, "timezone", s.Timezone)
	f.add(w, "language", s.Language)
	f.add(w, "step", a.format.Money(s.Step))
	f.add(w, "file", a.DB)
	a.printFacts(f)
}
