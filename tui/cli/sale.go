package cli

import (
	"context"
	"encoding/hex"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) saleCommands() *cobra.Command {
	cmd := group("sale", a.saleRecord(), a.saleShow(), a.saleList(), a.saleVoid(), a.saleReturn())
	cmd.Example = "  bounceback sale record --phone '(11) 98765-4321' --amount 181,00 --best"
	return cmd
}

// saleFlags are the flags of sale record.
type saleFlags struct {
	phone, customer, amount, redeem, ref, date, key, name, consent, channel, payment, verify string
	anonymous, best, clock                                                                   bool
}

func (a *app) saleRecord() *cobra.Command {
	var f saleFlags
	cmd := &cobra.Command{
		Use: "record", Args: takes(0, 0),
		Example: "  bounceback sale record --phone '(11) 98765-4321' --amount 181,00 --consent yes\n" +
			"  bounceback sale record --customer 4711 --amount 250.00 --redeem K7PM-4T9Y --ref POS-88 --json\n" +
			"  bounceback sale record --anonymous --amount 35",
	}
	fl := cmd.Flags()
	for name, to := range map[string]*string{
		"phone": &f.phone, "customer": &f.customer, "amount": &f.amount, "redeem": &f.redeem, "ref": &f.ref, "date": &f.date, "key": &f.key,
		"name": &f.name, "consent": &f.consent, "channel": &f.channel, "payment": &f.payment, "verify": &f.verify,
	} {
		fl.StringVar(to, name, "", "")
	}
	fl.BoolVar(&f.anonymous, "anonymous", false, "")
	fl.BoolVar(&f.best, "best", false, "")
	fl.BoolVar(&f.clock, "clock-is-right", false, "")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := needs(cmd, "amount"); err != nil {
			return err
		}
		if err := oneOf(cmd, "phone", "customer", "anonymous"); err != nil {
			return err
		}
		return atMostOne(cmd, "redeem", "best")
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		d, err := a.draft(f)
		if err != nil {
			return err
		}
		r, err := a.file.RecordSale(ctx, a.actor, d)
		if err != nil {
			return err
		}
		return a.answer(a.recordedDTO(r), func() { a.showRecorded(r) })
	})
	return cmd
}

// draft turns the flags into the sale that is to be recorded.
func (a *app) draft(f saleFlags) (engine.Draft, error) {
	d := engine.Draft{ClockConfirmed: f.clock, Key: f.key, Reference: f.ref, Channel: f.channel, Payment: f.payment}
	var err error
	if d.Amount, err = a.amount(f.amount); err != nil {
		return d, err
	}
	if f.date != "" {
		if d.Business, err = engine.ParseDay(f.date); err != nil {
			return d, err
		}
	}
	switch {
	case f.best:
		d.Use = engine.UseBest
	case f.redeem != "":
		d.Use = engine.UseCode
		if d.Code, err = engine.ParseCode(f.redeem); err != nil {
			return d, err
		}
	}
	if d.Key == "" {
		d.Key = a.newKey()
	}
	d.Customer, err = a.customerRef(f)
	return d, err
}

// newKey makes an idempotency key for a sale whose caller gave none.
func (a *app) newKey() string {
	var random [16]byte
	a.env.Random(random[:])
	return "cli:" + hex.EncodeToString(random[:])
}

func (a *app) customerRef(f saleFlags) (engine.CustomerRef, error) {
	ref := engine.CustomerRef{Name: f.name, Verify: f.verify}
	if f.consent != "" {
		answer, err := choice("--consent", f.consent, engine.ConsentYes, engine.ConsentNo)
		if err != nil {
			return ref, err
		}
		ref.Consent, ref.Wording = answer, a.consentWording()
	}
	if f.phone != "" {
		phone, err := a.phone(f.phone)
		ref.Phone = phone
		return ref, err
	}
	if id, err := engine.ParseID(f.customer); err == nil {
		ref.ID = id
		return ref, nil
	}
	ref.Number = f.customer
	return ref, engine.CheckNumber(ref.Number)
}

// consentWording is the question that an answer is kept with.
func (a *app) consentWording() string {
	return storeWords(a.store.Language).T("counter.consent.wording", "shop", a.store.Title)
}

func (a *app) showRecorded(r engine.Recorded) {
	f := facts{}
	a.saleFacts(&f, r.Sale)
	a.printFacts(f)
	if r.Issued != nil {
		a.say("")
		a.showIssued(*r.Issued)
	}
	if r.Message != nil {
		a.say("%s", a.words.N("cli.text_queued", r.Message.Parts, "to", r.Message.To, "body", r.Message.Body))
	}
	if r.Repeated {
		a.note("%s", a.words.T("cli.repeated"))
	}
}

func (a *app) showIssued(c engine.Coupon) {
	f := facts{}
	a.couponTerms(&f, c)
	a.printFacts(f)
}

// couponTerms are the facts that a customer has to know of a coupon.
func (a *app) couponTerms(f *facts, c engine.Coupon) {
	f.add(a.words, "coupon", engine.ShowCode(c.Code))
	f.add(a.words, "face", a.format.Money(c.Face))
	f.add(a.words, "valid", a.words.T("cli.valid", "from", a.format.Date(c.FirstDay), "through", a.format.Date(c.LastDay)))
	f.add(a.words, "max_discount", a.words.T("cli.max_discount", "rate", a.format.Percent(c.MaxDiscount)))
}

func (a *app) saleFacts(f *facts, s engine.Sale) {
	w := a.words
	f.add(w, "sale", s.ID.String())
	f.add(w, "ref", s.Reference)
	f.add(w, "date", a.dayOrEmpty(s.Business))
	f.add(w, "customer", s.Customer)
	f.add(w, "gross", a.format.Money(s.Gross))
	if s.Discount > 0 {
		f.add(w, "discount", a.format.Money(s.Discount)+"  "+engine.ShowCode(s.RedeemedCode))
	}
	f.add(w, "due", a.format.Money(s.Net))
	if s.Returned > 0 {
		f.add(w, "returned", a.format.Money(s.Returned))
		f.add(w, "refunded", a.format.Money(s.Refunded))
	}
	f.add(w, "state", saleState(w, s.State))
	if s.Voided != 0 {
		f.add(w, "void_reason", s.VoidReason)
	}
	f.add(w, "staff", s.Staff)
	f.add(w, "register", s.Register)
}

// saleState names a state.
//
// words: core.sale_state.*
func saleState(w *words.Words, s engine.SaleState) string { return w.T("core.sale_state." + string(s)) }

func (a *app) saleShow() *cobra.Command {
	return &cobra.Command{
		Use: "show ID|REF", Args: takes(1, 1), Example: "  bounceback sale show POS-88",
		RunE: a.work(func(ctx context.Context, args []string) error {
			s, err := a.sale(ctx, args[0])
			if err != nil {
				return err
			}
			return a.answer(a.saleDTO(s), func() {
				f := facts{}
				a.saleFacts(&f, s)
				f.add(a.words, "coupon", engine.ShowCode(s.IssuedCode))
				a.printFacts(f)
			})
		}),
	}
}

func (a *app) saleList() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use: "list", Args: takes(0, 0),
		Example: "  bounceback sale list --from 2026-11-01 --to 2026-11-30 --state completed",
		RunE: a.work(func(ctx context.Context, _ []string) error {
			filter, err := a.filter(ctx, f)
			if err != nil {
				return err
			}
			page, err := a.file.Sales(ctx, a.actor, filter)
			if err != nil {
				return err
			}
			return a.answer(newList(page, a.saleDTO), func() { a.showSales(page) })
		}),
	}
	f.bind(cmd, "state", "from", "to", "customer", "campaign", "cashier", "search")
	f.states = []string{"completed", "returned", "voided"}
	f.bindPage(cmd)
	return cmd
}

func (a *app) showSales(p engine.Page[engine.Sale]) {
	w, t := a.words, table{}
	t.column(w, "date", left)
	t.column(w, "ref", left)
	t.column(w, "customer", left)
	t.column(w, "gross", right)
	t.column(w, "discount", right)
	t.column(w, "due", right)
	t.column(w, "state", left)
	t.column(w, "coupon", left)
	t.column(w, "id", left)
	for _, s := range p.Items {
		t.add(a.format.Date(s.Business), s.Reference, s.Customer, a.format.Amount(s.Gross), a.format.Amount(s.Discount),
			a.format.Amount(s.Net), saleState(w, s.State), engine.ShowCode(s.IssuedCode), s.ID.String())
	}
	a.print(t)
	a.more(p.Next)
}

func (a *app) saleVoid() *cobra.Command {
	var reason, spent string
	var last bool
	cmd := &cobra.Command{
		Use: "void ID|REF|--last", Args: takes(0, 1),
		Example: "  bounceback sale void --last --reason 'wrong amount'\n  bounceback sale void POS-88 --reason 'brought back'",
	}
	cmd.Flags().BoolVar(&last, "last", false, "")
	cmd.Flags().StringVar(&reason, "reason", "", "")
	cmd.Flags().StringVar(&spent, "spent", "", "")
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if last == (len(args) == 1) {
			return engine.BadInput(CodeUsageArgs, "usage", cmd.UseLine())
		}
		return needs(cmd, "reason")
	}
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		s, err := a.saleOrLast(ctx, args)
		if err != nil {
			return err
		}
		return a.reverse(ctx, engine.Reversal{SaleID: s.ID, Reason: reason}, spent)
	})
	return cmd
}

// saleOrLast is the sale that is named, or the till's last.
func (a *app) saleOrLast(ctx context.Context, args []string) (engine.Sale, error) {
	if len(args) == 0 {
		return a.file.LastSale(ctx, a.actor)
	}
	return a.sale(ctx, args[0])
}

func (a *app) saleReturn() *cobra.Command {
	var amount, reason, spent, key string
	cmd := &cobra.Command{
		Use: "return ID|REF", Args: takes(1, 1),
		Example: "  bounceback sale return POS-88 --amount 40,00 --reason 'one shirt too small' --spent absorb",
	}
	cmd.Flags().StringVar(&amount, "amount", "", "")
	cmd.Flags().StringVar(&reason, "reason", "", "")
	cmd.Flags().StringVar(&spent, "spent", "", "")
	cmd.Flags().StringVar(&key, "key", "", "")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error { return needs(cmd, "amount", "reason") }
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		part, err := a.amount(amount)
		if err != nil {
			return err
		}
		if part == 0 {
			return engine.BadInput(engine.CodeSaleAmount)
		}
		s, err := a.sale(ctx, args[0])
		if err != nil {
			return err
		}
		if key == "" {
			key = a.newKey()
		}
		return a.reverse(ctx, engine.Reversal{SaleID: s.ID, Amount: part, Reason: reason, Key: key}, spent)
	})
	return cmd
}

func (a *app) reverse(ctx context.Context, r engine.Reversal, spent string) error {
	var err error
	if spent != "" {
		if r.Spent, err = choice("--spent", spent, engine.SpentDeduct, engine.SpentAbsorb); err != nil {
			return err
		}
	}
	done, err := a.file.ReverseSale(ctx, a.actor, r)
	if err != nil {
		return err
	}
	return a.answer(a.reversedDTO(done), func() { a.showReversed(done) })
}

func (a *app) showReversed(r engine.Reversed) {
	w, f := a.words, facts{}
	f.add(w, "sale", r.Sale.ID.String())
	f.add(w, "state", saleState(w, r.Sale.State))
	f.add(w, "refund", a.format.Money(r.Refund))
	if r.Deducted > 0 {
		f.add(w, "deducted", a.format.Money(r.Deducted))
	}
	if r.GivenBack != nil {
		f.add(w, "given_back", engine.ShowCode(r.GivenBack.Code))
	}
	if r.VoidedCoupon != nil {
		f.add(w, "voided_coupon", engine.ShowCode(r.VoidedCoupon.Code))
	}
	if r.Lowered != nil {
		f.add(w, "lowered", engine.ShowCode(r.Lowered.Code)+"  "+a.format.Money(r.Lowered.Face))
	}
	a.printFacts(f)
}
