package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/words"
)

func (a *app) saleShow() *cobra.Command {
	return &cobra.Command{
		Use: "show ID|REF", Args: takes(1, 1), Example: "  bounceback sale show POS-88",
		RunE: a.work(func(ctx context.Context, args []string) error {
			s, err := a.wholeSale(ctx, args[0])
			if err != nil {
				return err
			}
			return a.answer(a.saleShowDTO(s), func() {
				f := facts{}
				a.saleFacts(&f, s)
				f.add(a.words, "coupon", engine.ShowCode(s.IssuedCode))
				f.add(a.words, "would_have_earned", a.heldCoupon(s))
				a.printFacts(f)
				a.showGoods(s)
			})
		}),
	}
}

// heldCoupon is what a sale would have earned, were its customer not held back.
func (a *app) heldCoupon(s engine.Sale) string {
	if s.Held == nil {
		return ""
	}
	return a.words.T("cli.would_have_earned", "face", a.format.Money(s.Held.Face), "through", a.format.Date(s.Held.LastDay), "campaign", s.Held.Campaign)
}

// wholeSale finds a sale, with its lines.
func (a *app) wholeSale(ctx context.Context, text string) (engine.Sale, error) {
	s, err := a.sale(ctx, text)
	if err != nil {
		return s, err
	}
	return a.file.Sale(ctx, a.actor, s.ID)
}

func (a *app) saleFacts(f *facts, s engine.Sale) {
	w := a.words
	f.add(w, "sale", s.ID.String())
	f.add(w, "ref", s.Reference)
	f.add(w, "date", a.dayOrEmpty(s.Business))
	f.add(w, "customer", s.Customer)
	f.add(w, "gross", a.format.Money(s.Gross))
	a.levelFacts(f, s)
	if s.Delivery > 0 {
		f.add(w, "delivery", a.format.Money(s.Delivery))
	}
	f.add(w, "due", a.format.Money(s.Paid()))
	if s.Returned > 0 {
		f.add(w, "returned", a.format.Money(s.Returned))
		f.add(w, "refunded", a.format.Money(s.Refunded))
	}
	f.add(w, "state", saleState(w, s.State))
	if s.Voided != 0 {
		f.add(w, "void_reason", s.VoidReason)
	}
	f.add(w, "payment", s.Payment)
	f.add(w, "channel", s.Channel)
	f.add(w, "source", s.Source)
	f.add(w, "ad", s.Ad)
	f.add(w, "staff", s.Staff)
	f.add(w, "register", s.Register)
}

// levelFacts are what was taken off, under the heads of the books; a coupon's
// part is the credit, with its code.
func (a *app) levelFacts(f *facts, s engine.Sale) {
	for _, level := range []struct {
		name   string
		amount engine.Minor
	}{
		{"off_item", s.Levels.Item}, {"off_order", s.Levels.Order}, {"off_delivery", s.Levels.Delivery},
	} {
		f.add(a.words, level.name, a.moneyOrEmpty(level.amount))
	}
	switch credit := s.Discount - s.Levels.Item - s.Levels.Order; {
	case credit <= 0:
	case s.RedeemedCode != "":
		f.add(a.words, "discount", a.format.Money(credit)+"  "+engine.ShowCode(s.RedeemedCode))
	default:
		f.add(a.words, "off_credit", a.format.Money(credit))
	}
}

// showGoods lists what was sold, what came off, and by which offers.
func (a *app) showGoods(s engine.Sale) {
	if len(s.Lines) > 0 {
		a.say("")
		a.print(a.lineTable(s.Lines))
	}
	if len(s.Offers) > 0 {
		a.say("")
		a.print(a.offerTable(s.Offers))
	}
}

func (a *app) lineTable(lines []engine.SaleLine) table {
	w, t := a.words, table{}
	t.column(w, "seq", right)
	t.column(w, "sku", left)
	t.column(w, "name", left)
	t.column(w, "quantity", right)
	t.column(w, "price", right)
	t.column(w, "gross", right)
	t.column(w, "off", right)
	t.column(w, "net", right)
	t.column(w, "returned_units", right)
	for _, l := range lines {
		net, back := a.format.Amount(l.Result.Net), ""
		if l.Gift {
			net = w.T("cli.gift")
		}
		if l.Returned > 0 {
			back = strconv.FormatInt(l.Returned, 10)
		}
		t.add(strconv.Itoa(l.No), l.Line.SKU, l.Line.Name, a.lineQuantity(l.Line), a.format.Amount(l.Line.Price), a.format.Amount(l.Result.Gross),
			a.amountOrEmpty(l.Result.Discount()), net, back)
	}
	return t
}

func (a *app) amountOrEmpty(m engine.Minor) string {
	if m == 0 {
		return ""
	}
	return a.format.Amount(m)
}

// lineQuantity is the pieces of a line, or its weight.
func (a *app) lineQuantity(l engine.Line) string {
	if l.Weight != 0 {
		return a.format.Weight(l.Weight)
	}
	return a.format.Count(int(l.Units))
}

func (a *app) offerTable(offers []engine.SaleOffer) table {
	w, t := a.words, table{}
	t.column(w, "campaign", left)
	t.column(w, "level", left)
	t.column(w, "times", right)
	t.column(w, "off", right)
	for _, o := range offers {
		t.add(o.Title, levelWord(w, o.Level), strconv.FormatInt(o.Times, 10), a.amountOrEmpty(o.Amount))
	}
	return t
}

// levelWord names the head of the books under which an offer stands.
//
// words: cli.level.*
func levelWord(w *words.Words, l engine.Level) string {
	if l == "" {
		return ""
	}
	return w.T("cli.level." + string(l))
}

func (a *app) showRecorded(r engine.Recorded, to reach) {
	f := facts{}
	a.saleFacts(&f, r.Sale)
	a.printFacts(f)
	a.showGoods(r.Sale)
	if r.Issued != nil {
		a.say("")
		a.showIssued(*r.Issued)
	}
	if r.Message != nil {
		a.showQueued(*r.Message)
	}
	if h := r.Sale.Held; h != nil {
		a.say("")
		a.say("%s", a.words.T("cli.held_back", "campaign", h.Campaign))
	}
	a.showReach(to)
	if r.Repeated {
		a.note("%s", a.words.T("cli.repeated"))
	}
}

// showQueued tells of the text of a coupon that was just issued, and when it
// goes if not at once.
func (a *app) showQueued(m engine.Message) {
	a.say("%s", a.words.N("cli.text_queued", m.Parts, "to", m.To, "body", m.Body))
	if m.Due > a.env.Clock() {
		a.say("%s", joinCells(a.words.T("cli.text_goes", "at", a.format.DateTime(m.Due)), a.words.TextReason(m.State, m.Reason)))
	}
}
