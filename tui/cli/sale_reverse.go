package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bounceback/engine"
)

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

// returnFlags are the flags of sale return.
type returnFlags struct {
	amount, reason, spent, key string
	lines                      []string
	preview                    bool
}

func (a *app) saleReturn() *cobra.Command {
	var f returnFlags
	cmd := &cobra.Command{
		Use: "return ID|REF", Args: takes(1, 1),
		Example: "  bounceback sale return POS-88 --amount 40,00 --reason 'one shirt too small' --spent absorb\n" +
			"  bounceback sale return POS-88 --line '2*1' --line 3 --preview\n" +
			"  bounceback sale return POS-88 --line '2*1' --line 3 --reason 'too bitter'",
	}
	for name, to := range map[string]*string{"amount": &f.amount, "reason": &f.reason, "spent": &f.spent, "key": &f.key} {
		cmd.Flags().StringVar(to, name, "", "")
	}
	cmd.Flags().StringArrayVar(&f.lines, "line", nil, a.words.T("cli.flag.return_line"))
	cmd.Flags().BoolVar(&f.preview, "preview", false, "")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := oneOf(cmd, "amount", "line"); err != nil || f.preview {
			return err
		}
		return needs(cmd, "reason")
	}
	cmd.RunE = a.work(func(ctx context.Context, args []string) error {
		s, err := a.wholeSale(ctx, args[0])
		if err != nil {
			return err
		}
		r, err := a.reversal(s, f)
		if err != nil {
			return err
		}
		if f.preview {
			return a.previewReturn(ctx, s, r, f.spent)
		}
		return a.reverse(ctx, r, f.spent)
	})
	return cmd
}

// reversal is what the flags ask to take back of a sale.
func (a *app) reversal(s engine.Sale, f returnFlags) (engine.Reversal, error) {
	r := engine.Reversal{SaleID: s.ID, Reason: f.reason, Key: f.key}
	if r.Key == "" {
		r.Key = a.newKey()
	}
	for _, text := range f.lines {
		l, err := returnLine(s, text)
		if err != nil {
			return r, err
		}
		r.Lines = append(r.Lines, l)
	}
	if len(r.Lines) > 0 {
		return r, nil
	}
	var err error
	if r.Amount, err = a.amount(f.amount); err == nil && r.Amount == 0 {
		err = engine.BadInput(engine.CodeSaleAmount)
	}
	return r, err
}

// returnLine reads NO or NO*UNITS; without units all that is left of the line.
func returnLine(s engine.Sale, text string) (engine.ReturnLine, error) {
	no, units, given := strings.Cut(text, "*")
	at, err := strconv.Atoi(strings.TrimSpace(no))
	if err != nil {
		return engine.ReturnLine{}, engine.BadInput(CodeLineForm, "flag", "--line", "text", text, "form", "NO, NO*3")
	}
	l := engine.ReturnLine{No: at}
	if given {
		if l.Units, err = strconv.ParseInt(strings.TrimSpace(units), 10, 64); err != nil || l.Units < 1 {
			return l, engine.BadInput(CodeLineForm, "flag", "--line", "text", text, "form", "NO, NO*3")
		}
		return l, nil
	}
	for _, have := range s.Lines {
		if have.No == at {
			l.Units = have.Line.Units - have.Returned
		}
	}
	if l.Units < 1 {
		return l, engine.Refuse(engine.CodeLineUnknown, "line", at)
	}
	return l, nil
}

// spentChoice reads what is to become of a spent coupon; empty: the store's
// policy.
func spentChoice(text string) (engine.Spent, error) {
	if text == "" {
		return "", nil
	}
	return choice("--spent", text, engine.SpentDeduct, engine.SpentAbsorb)
}

// previewReturn tells what a return would do.
func (a *app) previewReturn(ctx context.Context, s engine.Sale, r engine.Reversal, spent string) (err error) {
	if r.Spent, err = spentChoice(spent); err != nil {
		return err
	}
	p, err := a.file.PreviewReturn(ctx, a.actor, r)
	if err != nil {
		return err
	}
	return a.answer(a.previewDTO(p), func() { a.showPreview(s, p) })
}

func (a *app) showPreview(s engine.Sale, p engine.Preview) {
	w, f := a.words, facts{}
	f.add(w, "returned", a.format.Money(p.Goods))
	f.add(w, "refund", a.format.Money(p.Payout()))
	f.add(w, "kept_back", a.moneyOrEmpty(p.Kept))
	f.add(w, "deducted", a.moneyOrEmpty(p.Deducted))
	switch {
	case p.EarnedVoid:
		f.add(w, "voided_coupon", engine.ShowCode(s.IssuedCode))
	case p.EarnedFace > 0:
		f.add(w, "lowered", engine.ShowCode(s.IssuedCode)+"  "+a.format.Money(p.EarnedFace))
	}
	f.add(w, "gifts_back", a.giftsIn(s, p.Lines))
	f.add(w, "gifts_stay", a.giftsIn(s, p.Gifts))
	a.printFacts(f)
	for _, o := range p.Broken {
		a.say("%s", w.T("cli.broken_offer", "title", o.Title, "amount", a.format.Money(o.Amount)))
	}
	if p.Asks {
		a.note("%s", w.T("cli.spent_asks", "amount", a.format.Money(p.Spent)))
	}
	a.note("%s", w.T("cli.preview"))
}

// giftsIn names the gifts among lines of a sale.
func (a *app) giftsIn(s engine.Sale, back []engine.ReturnedLine) string {
	var out []string
	for _, b := range back {
		for _, l := range s.Lines {
			if l.Gift && l.No == b.No {
				out = append(out, a.format.Count(int(b.Units))+" × "+l.Line.Name)
			}
		}
	}
	return strings.Join(out, ", ")
}

func (a *app) reverse(ctx context.Context, r engine.Reversal, spent string) (err error) {
	if r.Spent, err = spentChoice(spent); err != nil {
		return err
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
