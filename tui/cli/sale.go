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
	phone, customer, amount, redeem, ref, date, key, name, consent, channel, payment, verify, source, ad, seen string
	anonymous, best, clock                                                                                     bool
	goods                                                                                                      goodsFlags
}

func (a *app) saleRecord() *cobra.Command {
	var f saleFlags
	cmd := &cobra.Command{
		Use: "record", Args: takes(0, 0),
		Example: "  bounceback sale record --phone '(11) 98765-4321' --amount 181,00 --consent yes\n" +
			"  bounceback sale record --customer 4711 --amount 250.00 --redeem K7PM-4T9Y --ref POS-88 --json\n" +
			"  bounceback sale record --anonymous --amount 35\n" +
			"  bounceback sale record --anonymous --line 7891000100103 --line '4711*3' --line 'Q1*0,350' --payment pix --code COFFEE10",
	}
	fl := cmd.Flags()
	for name, to := range map[string]*string{
		"phone": &f.phone, "customer": &f.customer, "amount": &f.amount, "redeem": &f.redeem, "ref": &f.ref, "date": &f.date, "key": &f.key,
		"name": &f.name, "consent": &f.consent, "channel": &f.channel, "payment": &f.payment, "verify": &f.verify,
		"source": &f.source, "ad": &f.ad, "seen": &f.seen,
	} {
		fl.StringVar(to, name, "", "")
	}
	fl.BoolVar(&f.anonymous, "anonymous", false, "")
	fl.BoolVar(&f.best, "best", false, "")
	fl.BoolVar(&f.clock, "clock-is-right", false, "")
	a.bindGoods(&f.goods, fl)
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := oneOf(cmd, "amount", "line", "lines"); err != nil {
			return err
		}
		if err := oneOf(cmd, "phone", "customer", "anonymous"); err != nil {
			return err
		}
		return atMostOne(cmd, "redeem", "best")
	}
	cmd.RunE = a.work(func(ctx context.Context, _ []string) error {
		d, err := a.draft(ctx, f)
		if err != nil {
			return err
		}
		r, err := a.file.RecordSale(ctx, a.actor, d)
		if err != nil {
			return err
		}
		to := a.reach(ctx, r)
		return a.answer(a.recordedDTO(r, to), func() { a.showRecorded(r, to) })
	})
	return cmd
}

// draft turns the flags into the sale that is to be recorded.
func (a *app) draft(ctx context.Context, f saleFlags) (engine.Draft, error) {
	d := engine.Draft{
		ClockConfirmed: f.clock, Key: f.key, Reference: f.ref, Channel: f.channel, Payment: f.payment, Source: f.source, Ad: f.ad,
		RefTyped: f.ref != "" && a.env.Actor != nil, // over SSH a person types the command; at the till a cash register may give it
	}
	if err := a.putGoods(ctx, &d, f); err != nil {
		return d, err
	}
	var err error
	if f.date != "" {
		if d.Business, err = a.day(f.date); err != nil {
			return d, err
		}
	}
	if f.seen != "" {
		seen, err := a.amount(f.seen)
		if err != nil {
			return d, err
		}
		d.Seen = &seen
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
		phone, err := engine.ParsePhone(f.phone, a.store.Country)
		ref.Phone = phone.E164
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

// saleState names a state.
//
// words: core.sale_state.*
func saleState(w *words.Words, s engine.SaleState) string { return w.T("core.sale_state." + string(s)) }

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
	f.bindOrigin(a, cmd)
	f.only(a, cmd, "completed", "returned", "voided", engine.SalesKept, engine.SalesRedeeming)
	f.bindPage(cmd)
	return cmd
}

func (a *app) showSales(p engine.Page[engine.Sale]) {
	w, t := a.words, table{}
	t.column(w, "date", left)
	t.column(w, "ref", left)
	t.column(w, "customer", left)
	t.column(w, "gross", right)
	t.column(w, "off", right)
	t.column(w, "due", right)
	t.column(w, "state", left)
	t.column(w, "coupon", left)
	t.column(w, "id", left)
	for _, s := range p.Items {
		t.add(a.format.Date(s.Business), s.Reference, s.Customer, a.format.Amount(s.Gross), a.amountOrEmpty(s.Discount+s.Levels.Delivery),
			a.format.Amount(s.Paid()), saleState(w, s.State), engine.ShowCode(s.IssuedCode), s.ID.String())
	}
	a.print(t)
	a.more(p.Next)
}
