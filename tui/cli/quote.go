package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"bounceback/engine"
	"bounceback/engine/form"
)

func (a *app) quoteCommand() *cobra.Command {
	return &cobra.Command{
		Use: "quote FILE.json|-", Args: takes(1, 1),
		Example: "  bounceback quote basket.json\n" +
			"  echo '{\"basket\": [{\"sku\": \"4711\", \"unit_price_minor\": 2490, \"qty\": 2}]}' | bounceback quote -\n" +
			"  my-till | bounceback quote - --db shop.db",
		RunE: func(cmd *cobra.Command, args []string) error { return a.quote(cmd.Context(), args[0]) },
	}
}

// quoting answers the quotes of one run.
type quoting struct {
	*app
	alone  engine.Store // of quotes that bring their own offers
	goods  map[string]engine.Found
	signed bool // the actor is known
	desk   engine.Desk
	offers []engine.Offer // of the desk's campaigns
	day    engine.Day     // on which they run
	priced *engine.Prepared
}

// quote answers one document after the other, each with one line. A document
// that cannot be priced is answered with its error, and makes the command fail
// in the end; those after it are answered too.
func (a *app) quote(ctx context.Context, path string) error {
	q := &quoting{app: a}
	if err := q.standAt(ctx); err != nil {
		return err
	}
	in, err := a.input(path)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	return q.run(ctx, newDocuments(in))
}

func (q *quoting) run(ctx context.Context, docs *documents) error {
	var failed error
	for n := 0; ; n++ {
		doc, err := docs.next()
		if err != nil {
			return err // what comes after is not even read
		}
		if doc == nil && n > 0 {
			return failed
		}
		out, err := q.answer(ctx, doc)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = firstError(failed, err)
			out = q.failure(err)
		}
		if _, err := q.env.Stdout.Write(append(out, '\n')); err != nil {
			return outputFault(err)
		}
		if doc == nil || docs.broken {
			return failed
		}
	}
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// failure is the line that stands for a quote that cannot be answered.
func (a *app) failure(err error) []byte {
	p := problem{Code: engine.CodeOf(err), Message: a.format.Err(err), Field: fieldOf(err)}
	out, err := json.Marshal(struct {
		Error problem `json:"error"`
	}{p})
	if err != nil {
		return []byte(`{"error":null}`) // texts always have a form in JSON
	}
	return out
}

// fieldOf is the place in a file that an error names; null if it names none.
func fieldOf(err error) *string {
	var e *engine.Error
	if !errors.As(err, &e) {
		return nil
	}
	field, _ := e.Args["field"].(string)
	return text(field)
}

// standAt takes the zone and the step of the store whose file is named. Quotes
// that bring their own offers need none: then a file that is not there, or not
// named, is no fault.
func (q *quoting) standAt(ctx context.Context) error {
	q.alone = engine.Store{Country: "US", Currency: "USD", Exponent: 2, Timezone: "UTC", Step: engine.WholeUnit(2)}
	if q.PINStdin { // the PIN stands before the quotes
		return q.keepUp(ctx)
	}
	if q.DB == "" {
		return nil
	}
	if _, err := os.Stat(q.DB); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := q.enter(ctx); err != nil {
		return err
	}
	q.alone = q.store
	return nil
}

// answer prices one document.
func (q *quoting) answer(ctx context.Context, doc []byte) ([]byte, error) {
	ask, err := form.ReadQuote(doc, q.alone, q.env.Clock())
	if err != nil {
		return nil, err
	}
	if !ask.HasOffers || ask.Number != "" || ask.Phone != "" || ask.CouponCode != "" {
		if ask, err = q.ofStore(ctx, doc); err != nil {
			return nil, err
		}
	}
	var r engine.Result
	if ask.HasOffers {
		r, err = engine.Evaluate(ask.Basket, ask.Offers, ask.Facts)
	} else {
		r, err = q.priced.Evaluate(ask.Basket, ask.Facts)
	}
	if err != nil {
		return nil, err
	}
	raw, err := form.WriteResult(r, ask.Basket, ask.Offers)
	if err != nil {
		return nil, err
	}
	var line bytes.Buffer
	if err := json.Compact(&line, raw); err != nil {
		return nil, engine.Broken(CodeOutput, err)
	}
	return line.Bytes(), nil
}

// ofStore reads a document again with what the store knows: the campaigns that
// run, what was used of their limits, the customer, the coupon.
func (q *quoting) ofStore(ctx context.Context, doc []byte) (form.Quote, error) {
	if err := q.keepUp(ctx); err != nil {
		return form.Quote{}, err
	}
	ask, err := form.ReadQuote(doc, q.store, q.env.Clock())
	if err != nil {
		return ask, err
	}
	f := &ask.Facts
	f.Register = q.actor.RegisterID
	if f.Till == "" {
		f.Till, f.Branch = q.actor.Register, q.branch
	}
	if !ask.HasOffers {
		if err := q.running(ask.Basket.Business); err != nil {
			return ask, err
		}
		ask.Offers = q.offers
		for id, used := range q.desk.Usage {
			f.Usage[id] = used
		}
		f.Stock = q.stockOf(f.Stock)
		if err := q.complete(ctx, ask.Basket.Lines); err != nil {
			return ask, err
		}
	}
	if err := q.meet(ctx, &ask); err != nil || ask.CouponCode == "" {
		return ask, err
	}
	check, err := q.file.CheckCoupon(ctx, q.actor, ask.CouponCode, 0, f.Customer)
	f.Coupon = &check.Coupon
	return ask, err
}

// keepUp signs in at the first quote that needs the store, and reads the desk
// again once the file has changed.
func (q *quoting) keepUp(ctx context.Context) error {
	if !q.signed {
		if err := q.signIn(ctx); err != nil {
			return err
		}
		q.signed = true
	} else if v, err := q.file.Changed(ctx); err != nil || v == q.desk.Version {
		return err
	}
	var err error
	q.desk, err = q.file.Desk(ctx, q.actor)
	q.store, q.priced, q.goods = q.desk.Store, nil, map[string]engine.Found{}
	return err
}

// running prepares the offers of the campaigns that run on a day.
func (q *quoting) running(day engine.Day) (err error) {
	if q.priced != nil && q.day == day {
		return nil
	}
	q.day, q.offers = day, engine.Offers(q.desk.Campaigns, day)
	q.priced, err = engine.Prepare(q.offers)
	return err
}

// complete adds to lines what the catalogue knows of them.
func (q *quoting) complete(ctx context.Context, lines []engine.Line) error {
	for i := range lines {
		name := lines[i].SKU
		found, known := q.goods[name]
		if !known && name != "" {
			var err error
			if found, _, err = q.sold(ctx, name); err != nil {
				return err
			}
			q.goods[name] = found
		}
		completeLine(&lines[i], found.Product)
	}
	return nil
}

// stockOf adds what is left of the gifts that the shop counts to what the quote
// tells of them itself.
func (q *quoting) stockOf(told map[string]int64) map[string]int64 {
	out := map[string]int64{}
	for sku, p := range q.desk.Gifts {
		if p.Counted {
			out[sku] = p.Stock
		}
	}
	for sku, left := range told {
		out[sku] = left
	}
	return out
}

// meet puts the facts of the customer who is named in place of those told. One
// the store does not know is new.
func (q *quoting) meet(ctx context.Context, ask *form.Quote) error {
	if ask.Phone != "" {
		if _, err := engine.ParsePhone(ask.Phone, q.store.Country); err != nil {
			return err
		}
	}
	for _, name := range []string{ask.Number, ask.Phone} {
		if name == "" {
			continue
		}
		c, err := q.customer(ctx, name)
		if engine.CodeOf(err) == engine.CodeCustomerUnknown {
			continue
		}
		if err != nil {
			return err
		}
		return q.know(ctx, ask, c.ID)
	}
	return nil
}

// know takes the facts of a customer of the store.
func (q *quoting) know(ctx context.Context, ask *form.Quote, id engine.ID) error {
	v, err := q.file.Customer(ctx, q.actor, id)
	if err != nil {
		return err
	}
	ask.Facts.Customer, ask.Facts.Person = id, v.Customer.Person(ask.Basket.Business)
	if ask.HasOffers {
		return nil
	}
	for offer, of := range v.Usage {
		used := ask.Facts.Usage[offer]
		used.Customer, used.CustomerToday = of.Customer, of.CustomerToday
		ask.Facts.Usage[offer] = used
	}
	return nil
}
