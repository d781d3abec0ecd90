package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// finder is the search for a customer or goods while the entry is typed.
type finder struct {
	seq   kit.Seq
	query query
	found []engine.Customer
	goods []engine.Found
	at    int
	done  bool // the answer to query has come
	want  bool // Enter was pressed before it came
}

// query is what is looked for: a customer, or goods by their barcode, or by
// their sku and else words of their name.
type query struct {
	customer engine.CustomerQuery
	barcode  string
	goods    string
}

// findMost is how much a search brings.
const findMost = 9

// showing tells whether there is something to pick from.
func (f *finder) showing() bool { return len(f.found)+len(f.goods) > 0 }

func (f *finder) move(step int) { f.at = max(0, min(len(f.found)+len(f.goods)-1, f.at+step)) }

func (f *finder) clear() {
	f.seq.Next()
	f.query, f.found, f.goods, f.at, f.done, f.want = query{}, nil, nil, 0, false, false
}

// queryFor is what to look for while a reading stands on the entry line; zero
// for readings that name neither customer nor goods.
func (c *Counter) queryFor(r engine.Reading) query {
	q := engine.CustomerQuery{Limit: findMost}
	switch {
	case r.Err != nil:
		return query{}
	case r.Kind == engine.EntryPhone:
		q.Phone = r.Phone.E164
	case r.Kind == engine.EntryLast4:
		q.Last4 = r.Text
	case r.Kind == engine.EntryNumber && c.mode == finding:
		q.Number = r.Text
	case r.Kind == engine.EntryName && !c.naming() && utf8.RuneCountInString(r.Text) >= 2:
		q.Name = r.Text
	case r.Kind == engine.EntryBarcode:
		return query{barcode: r.Text}
	case r.Kind == engine.EntryGoods:
		return query{goods: r.Text}
	default:
		return query{}
	}
	return query{customer: q}
}

// search looks for what is typed as it is typed. What was found before
// stays on screen until the answer comes, so that nothing flickers.
func (c *Counter) search() tea.Cmd {
	r, ok := c.understood()
	q := query{}
	if ok {
		q = c.queryFor(r)
	}
	if q == c.find.query {
		return nil
	}
	if q == (query{}) {
		c.find.clear()
		return nil
	}
	c.find.query, c.find.done, c.find.want = q, false, false
	if q.customer == (engine.CustomerQuery{}) {
		return look(c, &c.find.seq, func(a engine.Actor) ([]engine.Found, error) {
			return lookGoods(c.env, a, q)
		}, c.gotGoodsFound)
	}
	return look(c, &c.find.seq, func(a engine.Actor) ([]engine.Customer, error) {
		return c.env.Shop.FindCustomers(c.env.Ctx, a, q.customer)
	}, func(found []engine.Customer, err error) tea.Cmd { return c.gotFound(found, nil, err) })
}

// lookGoods finds goods by a barcode, by an sku or, if it is none, by the
// beginnings of words of their names.
func lookGoods(env *Env, a engine.Actor, q query) ([]engine.Found, error) {
	find := func(p engine.ProductQuery) ([]engine.Found, error) {
		p.Limit = findMost
		return env.Shop.FindProducts(env.Ctx, a, p)
	}
	if q.barcode != "" {
		return find(engine.ProductQuery{Barcode: q.barcode})
	}
	found, err := find(engine.ProductQuery{SKU: q.goods})
	if err != nil || len(found) > 0 || utf8.RuneCountInString(q.goods) < 2 {
		return found, err
	}
	return find(engine.ProductQuery{Text: q.goods})
}

func (c *Counter) gotGoodsFound(found []engine.Found, err error) tea.Cmd {
	return c.gotFound(nil, found, err)
}

func (c *Counter) gotFound(found []engine.Customer, goods []engine.Found, err error) tea.Cmd {
	want := c.find.want
	c.find.found, c.find.goods, c.find.at, c.find.done, c.find.want = found, goods, 0, true, false
	if err != nil {
		c.find.found, c.find.goods = nil, nil
		c.fail(err)
		return nil
	}
	if !c.find.showing() {
		if i := c.otherwise(); i >= 0 {
			return c.readNext(i, want)
		}
	}
	if want {
		return c.choose()
	}
	return nil
}

// otherwise is the reading to go on with when nothing was found, so that the
// screen says how the entry is understood before Enter can be pressed on it; -1
// to stay. Four digits that nobody's phone ends in are an amount or goods, a
// name that nobody has is of goods, and what is no goods is what it may be
// besides.
func (c *Counter) otherwise() int {
	r, ok := c.understood()
	if !ok || c.mode != selling {
		return -1
	}
	for i := c.reading + 1; i < len(c.readings); i++ {
		next := c.readings[i]
		amount := next.Kind == engine.EntryAmount
		goods := next.Kind == engine.EntryGoods
		switch r.Kind {
		case engine.EntryLast4:
			if (amount || goods) && next.Err == nil {
				return i
			}
		case engine.EntryName:
			if goods {
				return i
			}
		case engine.EntryGoods:
			if next.Kind != engine.EntryNumber || strings.ContainsAny(r.Text, "0123456789") {
				return i
			}
		default:
			return -1
		}
	}
	return -1
}

// readNext goes on with another reading; where Enter was pressed already it is
// taken at once.
func (c *Counter) readNext(i int, want bool) tea.Cmd {
	cmd := c.reread(i)
	if r, ok := c.understood(); want && ok {
		return tea.Batch(cmd, c.take(r))
	}
	return cmd
}

// choose takes the customer or the goods marked among those found.
func (c *Counter) choose() tea.Cmd {
	f := &c.find
	switch {
	case !f.done:
		f.want = f.query != query{}
		if !f.want {
			c.say(kit.Caution, c.t("counter.say.more_letters"))
		}
		return nil
	case !f.showing() && f.query.customer == (engine.CustomerQuery{}):
		c.say(kit.Wrong, c.t("counter.say.no_goods", "text", c.entry.Text()))
		return nil
	case !f.showing():
		c.say(kit.Wrong, c.t("counter.say.nobody", "text", c.entry.Text()))
		return nil
	case len(f.goods) > 0:
		return c.pickGoods(f.goods[f.at])
	}
	return c.fetch(f.found[f.at].ID)
}

// pickGoods puts goods that were found on the sale, behind those that were
// scanned before.
func (c *Counter) pickGoods(f engine.Found) tea.Cmd {
	r, _ := c.understood()
	times := c.saidTimes(r)
	c.taken()
	c.goods.jobs = append(c.goods.jobs, &lookup{n: c.goods.seq.Next(), times: times, done: true, scanFound: scanFound{found: []engine.Found{f}}})
	return nil
}

// fetch reads a customer and puts them on the sale.
func (c *Counter) fetch(id engine.ID) tea.Cmd {
	c.taken()
	c.looking = true
	return look(c, &c.customers, func(a engine.Actor) (engine.CustomerView, error) {
		return c.env.Shop.Customer(c.env.Ctx, a, id)
	}, c.gotCustomer)
}

func (c *Counter) gotCustomer(v engine.CustomerView, err error) tea.Cmd {
	c.looking = false
	if err != nil {
		c.fail(err)
		return nil
	}
	c.cart.attach(v)
	return c.settled()
}

// refresh reads the customer at the counter again, quietly.
func (c *Counter) refresh() tea.Cmd {
	id := c.cart.customer.ID
	return look(c, &c.customers, func(a engine.Actor) (engine.CustomerView, error) {
		return c.env.Shop.Customer(c.env.Ctx, a, id)
	}, func(v engine.CustomerView, err error) tea.Cmd {
		if err != nil || c.cart.customer.ID != id {
			return nil
		}
		c.cart.attach(v)
		return c.repriced()
	})
}

// findPhone looks a phone up: its customer, or one who is new.
func (c *Counter) findPhone(r engine.Reading) tea.Cmd {
	phone, was := r.Phone, c.mode
	c.taken()
	c.looking = true
	return look(c, &c.customers, func(a engine.Actor) (*engine.CustomerView, error) {
		return viewOf(c.env, a, engine.CustomerQuery{Phone: phone.E164, Limit: 1})
	}, func(v *engine.CustomerView, err error) tea.Cmd {
		if err == nil && v == nil {
			c.looking = false
			return c.greet(phone, func() tea.Cmd { return c.retype(r.Text, was) })
		}
		return c.gotCustomer(viewOrNone(v), err)
	})
}

// viewOf finds the one customer of a query with their coupons; nil if there is
// none.
func viewOf(env *Env, a engine.Actor, q engine.CustomerQuery) (*engine.CustomerView, error) {
	found, err := env.Shop.FindCustomers(env.Ctx, a, q)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	v, err := env.Shop.Customer(env.Ctx, a, found[0].ID)
	return &v, err
}

func viewOrNone(v *engine.CustomerView) engine.CustomerView {
	if v == nil {
		return engine.CustomerView{}
	}
	return *v
}

// numbered is what a number turned out to be: a customer's, a recorded sale's
// reference, or neither.
type numbered struct {
	view *engine.CustomerView
	sale *engine.Sale
}

// findNumber looks for a customer of that number, then for a sale of that
// reference; a number unknown to both is the reference of this sale. typed tells
// that a person typed it.
func (c *Counter) findNumber(text string, typed bool) tea.Cmd {
	c.taken()
	c.looking = true
	return look(c, &c.customers, func(a engine.Actor) (numbered, error) {
		return lookNumber(c.env, a, text)
	}, func(n numbered, err error) tea.Cmd {
		if err == nil && n.view == nil {
			c.looking = false
			return c.refer(text, typed, n.sale)
		}
		return c.gotCustomer(viewOrNone(n.view), err)
	})
}

func lookNumber(env *Env, a engine.Actor, text string) (numbered, error) {
	v, err := viewOf(env, a, engine.CustomerQuery{Number: text, Limit: 1})
	if err != nil || v != nil {
		return numbered{view: v}, err
	}
	sale, err := env.Shop.SaleByReference(env.Ctx, a, text)
	if engine.CodeOf(err) == engine.CodeSaleUnknown {
		return numbered{}, nil
	}
	return numbered{sale: &sale}, err
}

// refer makes a text the reference of the sale, unless a sale has it already.
func (c *Counter) refer(text string, typed bool, sale *engine.Sale) tea.Cmd {
	switch {
	case sale != nil:
		c.say(kit.Wrong, c.recordedBefore(text, sale))
	case len([]rune(text)) > engine.MaxReference:
		c.fail(engine.BadInput(engine.CodeReferenceLong, "most", engine.MaxReference))
	default:
		c.cart.reference, c.cart.refTyped = text, typed
		if len(c.offerCodes()) > 0 && strings.ContainsFunc(text, unicode.IsLetter) { // perhaps a code mistyped
			c.say(kit.Caution, c.t("counter.say.no_code", "text", text))
		}
	}
	return nil
}

func (c *Counter) recordedBefore(text string, s *engine.Sale) string {
	f := c.env.Format
	return c.t("counter.say.recorded_before", "reference", text,
		"amount", f.Money(s.Gross), "at", f.DateTime(s.At), "till", s.Register, "staff", s.Staff)
}

// coded is what a code turned out to be, and its customer if the sale has none
// yet.
type coded struct {
	check engine.CouponCheck
	view  *engine.CustomerView
}

// findCode looks a coupon up: to use it or, when checking, only to show it.
func (c *Counter) findCode(code string) tea.Cmd {
	only, amount, customer := c.mode == checking, c.cart.priced.Redeemable, c.cart.customer.ID
	if only {
		customer = engine.ID{}
	}
	c.taken()
	c.looking = true
	return look(c, &c.codes, func(a engine.Actor) (coded, error) {
		return lookCode(c.env, a, code, amount, customer)
	}, func(found coded, err error) tea.Cmd {
		c.looking = false
		switch {
		case err != nil:
			c.fail(err)
			return nil
		case only:
			c.checked = &found.check
			return nil
		}
		return c.present(found)
	})
}

func lookCode(env *Env, a engine.Actor, code string, amount engine.Minor, customer engine.ID) (coded, error) {
	check, err := env.Shop.CheckCoupon(env.Ctx, a, code, amount, customer)
	owner := check.Coupon.CustomerID
	if err != nil || check.Reason != nil || owner.IsZero() {
		return coded{check: check}, err
	}
	v, err := env.Shop.Customer(env.Ctx, a, owner)
	return coded{check: check, view: &v}, err
}

// present puts a coupon on the sale, with its customer if there was none.
func (c *Counter) present(found coded) tea.Cmd {
	cp := found.check.Coupon
	if found.check.Reason != nil {
		c.fail(found.check.Reason)
		return nil
	}
	if found.view != nil && !c.cart.hasCustomer() {
		c.cart.attach(*found.view)
	}
	if err := cp.Usable(c.now(), c.cart.customer.ID, c.env.Actor().RegisterID); err != nil {
		c.fail(err)
		return nil
	}
	c.cart.show(cp)
	return c.settled()
}
