package cli

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"bounceback/engine"
	"bounceback/engine/form"
)

// CodeLineForm says that a --line of a return is not NO or NO*QUANTITY, or a
// --deliver not METHOD=AMOUNT; with flag, text, form.
const CodeLineForm engine.Code = "usage_line"

// goodsFlags say what is sold, and what belongs to it.
type goodsFlags struct {
	lines, deliver, codes, noGift []string
	file                          string
}

func (a *app) bindGoods(f *goodsFlags, fl *pflag.FlagSet) {
	// Not slices: a comma may stand in a weight or an amount.
	fl.StringArrayVar(&f.lines, "line", nil, a.words.T("cli.flag.sale_line"))
	fl.StringVar(&f.file, "lines", "", "")
	fl.StringArrayVar(&f.deliver, "deliver", nil, "")
	fl.StringArrayVar(&f.codes, "code", nil, "")
	fl.StringArrayVar(&f.noGift, "no-gift", nil, "")
}

// putGoods puts what is sold into a sale: its lines or its open amount, what
// bringing it costs, the codes of offers, the gifts not wanted.
func (a *app) putGoods(ctx context.Context, d *engine.Draft, f saleFlags) (err error) {
	if f.goods.file != "" {
		if err := a.linesOfFile(ctx, f.goods.file, d); err != nil {
			return err
		}
	}
	for _, text := range f.goods.lines {
		l, err := a.line(ctx, text)
		if err != nil {
			return err
		}
		d.Lines = append(d.Lines, l)
	}
	if f.amount != "" || len(d.Lines) == 0 && f.goods.file == "" {
		if d.Amount, err = a.amount(f.amount); err != nil {
			return err
		}
	}
	for _, text := range f.goods.deliver {
		method, amount, ok := strings.Cut(text, "=")
		if !ok || strings.TrimSpace(method) == "" {
			return engine.BadInput(CodeLineForm, "flag", "--deliver", "text", text, "form", "METHOD=AMOUNT")
		}
		cost, err := a.amount(amount)
		if err != nil {
			return err
		}
		d.Delivery = append(d.Delivery, engine.Charge{Method: strings.TrimSpace(method), Amount: cost})
	}
	for _, code := range f.goods.codes {
		d.Codes = append(d.Codes, engine.FoldOfferCode(code))
	}
	for _, text := range f.goods.noGift {
		c, err := a.campaign(ctx, text)
		if err != nil {
			return err
		}
		d.NoGift = append(d.NoGift, c.ID)
	}
	return nil
}

// line reads SKU, SKU*3 or SKU*0,350, where a barcode may stand for the sku.
func (a *app) line(ctx context.Context, text string) (engine.Line, error) {
	name, times := strings.TrimSpace(text), int64(0)
	if at := strings.LastIndexByte(name, '*'); at >= 0 {
		var err error
		if times, err = engine.ParseQuantity(strings.TrimSpace(name[at+1:]), a.marks()); err != nil {
			return engine.Line{}, err
		}
		name = strings.TrimSpace(name[:at])
	}
	return a.lineOf(ctx, name, times)
}

// lineOf is so much of a product: thousandths of a piece or of the unit of
// weight; 0 is one piece, or what its barcode carries.
func (a *app) lineOf(ctx context.Context, name string, times int64) (engine.Line, error) {
	found, ok, err := a.sold(ctx, name)
	if err == nil && !ok {
		err = engine.Refuse(engine.CodeProductUnknown, "text", name)
	}
	if err != nil {
		return engine.Line{}, err
	}
	return found.Line(times)
}

// linesOfFile reads the lines of a sale, and what a quote says beside them, from
// a file: a list of lines, or a quote without offers. Flags come first.
func (a *app) linesOfFile(ctx context.Context, path string, d *engine.Draft) error {
	raw, err := a.document(path)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		raw = slices.Concat([]byte(`{"basket": `), raw, []byte("}"))
	}
	ask, err := form.ReadQuote(raw, a.store, a.env.Clock())
	switch {
	case err != nil:
		return err
	case ask.HasOffers: // a sale goes by the campaigns of the store
		return engine.BadInput(form.CodeUnknown, "field", "offers")
	case len(ask.Basket.Lines) == 0:
		return engine.BadInput(form.CodeMissing, "field", "basket")
	}
	b := ask.Basket
	for i := range b.Lines {
		found, _, err := a.sold(ctx, b.Lines[i].SKU)
		if err != nil {
			return err
		}
		completeLine(&b.Lines[i], found.Product)
	}
	d.Lines, d.Delivery, d.Codes, d.NoGift = b.Lines, b.Delivery, b.Codes, b.NoGift
	for to, text := range map[*string]string{&d.Channel: b.Channel, &d.Payment: b.Payment, &d.Source: b.Source, &d.Ad: b.Ad} {
		if *to == "" {
			*to = text
		}
	}
	if b.Business != a.today() {
		d.Business = b.Business
	}
	return nil
}

// completeLine adds to a line what the catalogue knows and the line does not
// tell. The price is the line's.
func completeLine(l *engine.Line, p engine.Product) {
	if p.ID.IsZero() {
		return
	}
	l.SKU, l.NoDiscount = p.SKU, l.NoDiscount || p.NoDiscount
	if l.Name == "" {
		l.Name = p.Name
	}
	if l.Category == "" && l.Brand == "" && len(l.Tags) == 0 {
		l.Category, l.Brand, l.Tags = p.Category, p.Brand, p.Tags
	}
	if l.Floor == 0 {
		l.Floor = p.Floor
	}
	if l.Cost == 0 {
		l.Cost = p.Cost
	}
}
