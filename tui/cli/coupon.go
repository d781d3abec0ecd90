package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) couponCommands() *cobra.Command {
	cmd := group("coupon", a.couponCheck(), a.couponShow(), a.couponList(), a.couponVoid())
	cmd.Example = "  bounceback coupon check K7PM-4T9Y --amount 250,00"
	return cmd
}

func (a *app) couponCheck() *cobra.Command {
	var amount, phone, customer string
	cmd := &cobra.Command{
		Use: "check CODE", Args: takes(1, 1), Example: "  bounceback coupon check K7PM-4T9Y --amount 250,00 --json",
		PreRunE: func(cmd *cobra.Command, _ []string) error { return atMostOne(cmd, "phone", "customer") },
		RunE: a.work(func(ctx context.Context, args []string) error {
			var sum engine.Minor
			var err error
			if amount != "" {
				if sum, err = a.amount(amount); err != nil {
					return err
				}
			}
			who := engine.Customer{}
			if phone+customer != "" {
				if who, err = a.customer(ctx, phone+customer); err != nil {
					return err
				}
			}
			return a.check(ctx, args[0], sum, who.ID)
		}),
	}
	cmd.Flags().StringVar(&amount, "amount", "", "")
	cmd.Flags().StringVar(&phone, "phone", "", "")
	cmd.Flags().StringVar(&customer, "customer", "", "")
	return cmd
}

// check answers on stdout also when the coupon is not usable; the reason is the
// command's error besides.
func (a *app) check(ctx context.Context, code string, amount engine.Minor, customer engine.ID) error {
	k, err := a.file.CheckCoupon(ctx, a.actor, code, amount, customer)
	if err != nil && engine.ClassOf(err) == engine.Fault {
		return err
	}
	if err != nil {
		reason := engine.CodeOf(err)
		shown, _ := engine.FoldCode(code)
		if answered := a.answer(checkDTO{Code: engine.ShowCode(shown), Reason: &reason}, func() {}); answered != nil {
			return answered
		}
		return err
	}
	if err := a.answer(a.checkDTO(k, amount), func() { a.showCheck(k, amount) }); err != nil {
		return err
	}
	return k.Reason
}

func (a *app) showCheck(k engine.CouponCheck, amount engine.Minor) {
	f := facts{}
	a.couponTerms(&f, k.Coupon)
	f.add(a.words, "state", couponState(a.words, k.State))
	f.add(a.words, "customer", k.Coupon.Customer)
	if amount > 0 && k.Reason == nil {
		f.add(a.words, "takes", a.format.Money(k.Takes))
		f.add(a.words, "due", a.format.Money(amount-k.Takes))
	}
	a.printFacts(f)
}

// couponState names a state.
//
// words: core.coupon_state.*
func couponState(w *words.Words, s engine.CouponState) string {
	return w.T("core.coupon_state." + string(s))
}

func (a *app) couponShow() *cobra.Command {
	return &cobra.Command{
		Use: "show CODE|ID", Args: takes(1, 1), Example: "  bounceback coupon show K7PM-4T9Y",
		RunE: a.work(func(ctx context.Context, args []string) error {
			id, err := a.coupon(ctx, args[0])
			if err != nil {
				return err
			}
			c, history, err := a.file.Coupon(ctx, a.actor, id)
			if err != nil {
				return err
			}
			if code, err := engine.ParseCode(args[0]); err == nil {
				c.Code = code // which who asks knows
			}
			return a.answer(a.couponShowDTO(c, history), func() { a.showCoupon(c, history) })
		}),
	}
}

func (a *app) showCoupon(c engine.Coupon, history []engine.CouponEvent) {
	w, f := a.words, facts{}
	a.couponTerms(&f, c)
	f.add(w, "state", couponState(w, c.StateAt(a.env.Clock())))
	f.add(w, "customer", c.Customer)
	f.add(w, "campaign", c.Campaign)
	f.add(w, "sale", c.SaleID.String())
	a.printFacts(f)
	a.say("")
	t := table{}
	t.column(w, "when", left)
	t.column(w, "what", left)
	t.column(w, "amount", right)
	t.column(w, "staff", left)
	t.column(w, "register", left)
	t.column(w, "note", left)
	for _, e := range history {
		amount := ""
		if e.Amount != 0 {
			amount = a.format.Amount(e.Amount)
		}
		// words: lists.event.*
		t.add(a.format.DateTime(e.At), w.T("lists.event."+e.Kind), amount, e.Who, e.Where, e.Note)
	}
	a.print(t)
}

func (a *app) couponList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0), Example: "  bounceback coupon list --state active --customer '(11) 98765-4321'",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			page, err := a.file.Coupons(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.couponDTO), func() { a.showCoupons(page) })
		}),
	}
	f.bind(cmd, "state", "from", "to", "customer", "campaign", "cashier", "search")
	f.bindOrigin(a, cmd)
	f.only(a, cmd, "pending", "active", "reserved", "redeemed", "expired", "voided", engine.CouponsKept)
	f.bindPage(cmd)
	return cmd
}

func (a *app) showCoupons(p engine.Page[engine.Coupon]) {
	w, t := a.words, table{}
	t.column(w, "coupon", left)
	t.column(w, "face", right)
	t.column(w, "from", left)
	t.column(w, "through", left)
	t.column(w, "state", left)
	t.column(w, "customer", left)
	t.column(w, "campaign", left)
	for _, c := range p.Items {
		t.add(engine.ShowCode(c.Code), a.format.Amount(c.Face), a.format.Date(c.FirstDay), a.format.Date(c.LastDay),
			couponState(w, c.StateAt(a.env.Clock())), c.Customer, c.Campaign)
	}
	a.print(t)
	a.more(p.Next)
}

func (a *app) couponVoid() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "void CODE|ID", Args: takes(1, 1), Example: "  bounceback coupon void K7PM-4T9Y --reason 'given by mistake'",
		PreRunE: func(cmd *cobra.Command, _ []string) error { return needs(cmd, "reason") },
		RunE: a.work(func(ctx context.Context, args []string) error {
			id, err := a.coupon(ctx, args[0])
			if err != nil {
				return err
			}
			c, err := a.file.VoidCoupon(ctx, a.actor, id, reason)
			if err != nil {
				return err
			}
			return a.answer(a.couponDTO(c), func() { a.showCoupons(engine.Page[engine.Coupon]{Items: []engine.Coupon{c}}) })
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "")
	return cmd
}
