package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) customerCommands() *cobra.Command {
	cmd := group("customer", a.customerShow(), a.customerList(), a.customerEdit(), a.customerForget())
	cmd.Example = "  bounceback customer show '(11) 98765-4321'"
	return cmd
}

func (a *app) customerShow() *cobra.Command {
	return &cobra.Command{
		Use: "show PHONE|NUMBER|ID", Args: takes(1, 1), Example: "  bounceback customer show '(11) 98765-4321'",
		RunE: a.work(func(ctx context.Context, args []string) error {
			c, err := a.customer(ctx, args[0])
			if err != nil {
				return err
			}
			v, err := a.file.Customer(ctx, a.actor, c.ID)
			if err != nil {
				return err
			}
			d := customerShowDTO{customerDTO: a.customerDTO(v.Customer), Coupons: make([]couponDTO, 0, len(v.Coupons))}
			for _, c := range v.Coupons {
				d.Coupons = append(d.Coupons, a.couponDTO(c))
			}
			return a.answer(d, func() {
				a.showCustomer(v.Customer)
				if len(v.Coupons) > 0 {
					a.say("")
					a.showCoupons(engine.Page[engine.Coupon]{Items: v.Coupons})
				}
			})
		}),
	}
}

func (a *app) showCustomer(c engine.Customer) {
	w, f := a.words, facts{}
	f.add(w, "name", c.Name)
	if c.Phone.E164 != "" {
		f.add(w, "phone", c.Phone.National())
	}
	f.add(w, "number", c.Number)
	f.add(w, "consent", consentWord(w, c.Consent))
	f.add(w, "visits", a.format.Count(c.Visits))
	f.add(w, "first_visit", a.dayOrEmpty(c.FirstDay))
	f.add(w, "last_visit", a.dayOrEmpty(c.LastDay))
	f.add(w, "spent", a.format.Money(c.Spent))
	f.add(w, "forgotten", a.timeOrEmpty(c.Forgotten))
	f.add(w, "id", c.ID.String())
	a.printFacts(f)
}

// consentWord names an answer.
//
// words: cli.consent.*
func consentWord(w *words.Words, c engine.Consent) string { return w.T("cli.consent." + string(c)) }

func (a *app) customerList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback customer list --search maria",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			page, err := a.file.Customers(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.customerDTO), func() { a.showCustomers(page) })
		}),
	}
	f.bind(cmd, "state", "from", "to", "search")
	f.states = []string{"unknown", "yes", "no"}
	f.bindPage(cmd)
	return cmd
}

func (a *app) showCustomers(p engine.Page[engine.Customer]) {
	w, t := a.words, table{}
	t.column(w, "name", left)
	t.column(w, "phone", left)
	t.column(w, "number", left)
	t.column(w, "consent", left)
	t.column(w, "visits", right)
	t.column(w, "last_visit", left)
	t.column(w, "spent", right)
	t.column(w, "id", left)
	for _, c := range p.Items {
		phone := ""
		if c.Phone.E164 != "" {
			phone = c.Phone.Masked()
		}
		t.add(c.Name, phone, c.Number, consentWord(w, c.Consent), a.format.Count(c.Visits), a.dayOrEmpty(c.LastDay), a.format.Amount(c.Spent), c.ID.String())
	}
	a.print(t)
	a.more(p.Next)
}

func (a *app) customerEdit() *cobra.Command {
	var name, number, phone, consent string
	cmd := &cobra.Command{
		Use: "edit PHONE|NUMBER|ID", Args: takes(1, 1),
		Example: "  bounceback customer edit '(11) 98765-4321' --name 'Maria Silva' --consent no",
	}
	cmd.Flags().StringVar(&name, "name", "", "")
	cmd.Flags().StringVar(&number, "number", "", "")
	cmd.Flags().StringVar(&phone, "phone", "", "")
	cmd.Flags().StringVar(&consent, "consent", "", "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		c, err := a.customer(ctx, args[0])
		if err != nil {
			return err
		}
		e := engine.CustomerEdit{ID: c.ID}
		given := cmd.Flags().Changed
		if given("name") {
			e.Name = &name
		}
		if given("number") {
			e.Number = &number
		}
		if given("phone") {
			e164, err := a.phoneOrNone(phone)
			if err != nil {
				return err
			}
			e.Phone = &e164
		}
		if given("consent") {
			answer, err := choice("--consent", consent, engine.ConsentYes, engine.ConsentNo, engine.ConsentUnknown)
			if err != nil {
				return err
			}
			e.Consent, e.Wording = &answer, a.consentWording()
		}
		if c, err = a.file.EditCustomer(ctx, a.actor, e); err != nil {
			return err
		}
		return a.answer(a.customerDTO(c), func() { a.showCustomer(c) })
	})
	return cmd
}

func (a *app) customerForget() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "forget PHONE|NUMBER|ID", Args: takes(1, 1), Example: "  bounceback customer forget '(11) 98765-4321' --reason 'asked by e-mail'",
		PreRunE: func(cmd *cobra.Command, _ []string) error { return needs(cmd, "reason") },
		RunE: a.work(func(ctx context.Context, args []string) error {
			c, err := a.customer(ctx, args[0])
			if err != nil {
				return err
			}
			if err := a.file.ForgetCustomer(ctx, a.actor, c.ID, reason); err != nil {
				return err
			}
			v, err := a.file.Customer(ctx, a.actor, c.ID)
			if err != nil {
				return err
			}
			return a.answer(a.customerDTO(v.Customer), func() { a.showCustomer(v.Customer) })
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "")
	return cmd
}
