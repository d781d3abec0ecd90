package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) customerCommands() *cobra.Command {
	cmd := group("customer", a.customerShow(), a.customerList(), a.customerEdit(), a.customerStop(), a.customerForget())
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
			a.guard(&v)
			return a.answer(a.customerShowDTO(v), func() { a.showCustomerView(v) })
		}),
	}
}

// guard keeps from who sees only their own sales what they could carry out of
// the shop: whole phones, and codes of coupons that others' customers hold.
func (a *app) guard(v *engine.CustomerView) {
	if a.actor.Role.May(engine.MaySeeAll) {
		return
	}
	if v.Customer.Phone.E164 != "" {
		v.Customer.Phone = engine.Phone{E164: v.Customer.Phone.Masked()}
	}
	for i := range v.Coupons {
		code := v.Coupons[i].Code
		v.Coupons[i].Code = strings.Repeat("*", max(0, len(code)-2)) + code[max(0, len(code)-2):]
	}
}

func (a *app) showCustomerView(v engine.CustomerView) {
	a.showCustomer(v.Customer)
	if v.Suppressed != "" {
		a.say("%s", a.words.T("cli.suppressed", "how", originWord(a.words, v.Suppressed)))
	}
	a.showStopped(v)
	if len(v.Coupons) > 0 {
		a.say("")
		a.showCoupons(engine.Page[engine.Coupon]{Items: v.Coupons})
	}
	a.showConsents(v.Consents)
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
	f.add(w, "groups", strings.Join(c.Groups, ", "))
	f.add(w, "tier", c.Tier)
	f.add(w, "birth_month", a.month(c.Birth))
	f.add(w, "forgotten", a.timeOrEmpty(c.Forgotten))
	f.add(w, "id", c.ID.String())
	a.printFacts(f)
}

// month names a month, 1 to 12; 0 is empty.
//
// words: core.month.*
func (a *app) month(n int) string {
	if n == 0 {
		return ""
	}
	return a.words.T("core.month." + strconv.Itoa(n))
}

// consentWord names an answer.
//
// words: cli.consent.*
func consentWord(w *words.Words, c engine.Consent) string { return w.T("cli.consent." + string(c)) }

func (a *app) customerList() *cobra.Command {
	var f filterFlags
	var segment string
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback customer list --search maria\n  bounceback customer list --segment lost",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			if segment != "" {
				if filter.Segment, err = choice("--segment", segment, engine.Segments()...); err != nil {
					return err
				}
			}
			page, err := a.file.Customers(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.customerDTO), func() { a.showCustomers(page) })
		}),
	}
	f.bind(cmd, "state", "from", "to", "search")
	f.only(a, cmd, "unknown", "yes", "no")
	cmd.Flags().StringVar(&segment, "segment", "", "")
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

// customerFlags are what may be changed of a customer; flags not given stay.
type customerFlags struct {
	name, number, phone, consent, tier string
	groups                             []string
	birth                              int
}

func (a *app) customerEdit() *cobra.Command {
	var f customerFlags
	cmd := &cobra.Command{
		Use: "edit PHONE|NUMBER|ID", Args: takes(1, 1),
		Example: "  bounceback customer edit '(11) 98765-4321' --name 'Maria Silva' --consent no\n" +
			"  bounceback customer edit 4711 --group vip,club --tier gold --birth-month 11",
	}
	for name, to := range map[string]*string{"name": &f.name, "number": &f.number, "phone": &f.phone, "consent": &f.consent, "tier": &f.tier} {
		cmd.Flags().StringVar(to, name, "", "")
	}
	cmd.Flags().StringSliceVar(&f.groups, "group", nil, "")
	cmd.Flags().IntVar(&f.birth, "birth-month", 0, "")
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		c, err := a.customer(ctx, args[0])
		if err != nil {
			return err
		}
		e, err := a.customerChange(c.ID, &f, cmd.Flags().Changed)
		if err != nil {
			return err
		}
		if c, err = a.file.EditCustomer(ctx, a.actor, e); err != nil {
			return err
		}
		v, err := a.file.Customer(ctx, a.actor, c.ID)
		if err != nil {
			return err
		}
		return a.answer(a.customerShowDTO(v), func() {
			a.showCustomer(v.Customer)
			a.showStopped(v)
		})
	})
	return cmd
}

// customerChange is the edit that the flags given ask for.
func (a *app) customerChange(id engine.ID, f *customerFlags, given func(string) bool) (engine.CustomerEdit, error) {
	e := engine.CustomerEdit{ID: id}
	for name, t := range map[string]struct {
		from *string
		to   **string
	}{"name": {&f.name, &e.Name}, "number": {&f.number, &e.Number}, "tier": {&f.tier, &e.Tier}} {
		if given(name) {
			*t.to = t.from
		}
	}
	if given("group") {
		groups := slices.DeleteFunc(f.groups, func(g string) bool { return strings.TrimSpace(g) == "" })
		e.Groups = &groups
	}
	if given("birth-month") {
		if f.birth < 0 || f.birth > 12 {
			return e, engine.BadInput(CodeUsageBad, "flag", "--birth-month", "value", strconv.Itoa(f.birth))
		}
		e.Birth = &f.birth
	}
	if given("phone") {
		e164, err := a.phoneOrNone(f.phone)
		if err != nil {
			return e, err
		}
		e.Phone = &e164
	}
	if given("consent") {
		answer, err := choice("--consent", f.consent, engine.ConsentYes, engine.ConsentNo, engine.ConsentUnknown)
		if err != nil {
			return e, err
		}
		e.Consent, e.Wording = &answer, a.consentWording()
	}
	return e, nil
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
