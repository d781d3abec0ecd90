package screen

import (
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// finder is the search for a customer while the entry is typed.
type finder struct {
	seq   kit.Seq
	query engine.CustomerQuery
	found []engine.Customer
	at    int
	done  bool // the answer to query has come
	want  bool // Enter was pressed before it came
}

// findMost is how many customers a search brings.
const findMost = 9

// showing tells whether there is something to pick from.
func (f *finder) showing() bool { return len(f.found) > 0 }

func (f *finder) move(step int) { f.at = max(0, min(len(f.found)-1, f.at+step)) }

func (f *finder) clear() {
	f.seq.Next()
	f.query, f.found, f.at, f.done, f.want = engine.CustomerQuery{}, nil, 0, false, false
}

// queryFor is what to look for while a reading stands on the entry line; zero
// for readings that name no customer.
func (c *Counter) queryFor(r engine.Reading) engine.CustomerQuery {
	q := engine.CustomerQuery{Limit: findMost}
	switch {
	case r.Err != nil:
	case r.Kind == engine.EntryPhone:
		q.Phone = r.Phone.E164
		return q
	case r.Kind == engine.EntryLast4:
		q.Last4 = r.Text
		return q
	case r.Kind == engine.EntryNumber && c.mode == finding:
		q.Number = r.Text
		return q
	case r.Kind == engine.EntryName && !c.naming() && utf8.RuneCountInString(r.Text) >= 2:
		q.Name = r.Text
		return q
	}
	return engine.CustomerQuery{}
}

// search looks for customers as the entry is typed. What was found before
// stays on screen until the answer comes, so that nothing flickers.
func (c *Counter) search() tea.Cmd {
	r, ok := c.understood()
	q := engine.CustomerQuery{}
	if ok {
		q = c.queryFor(r)
	}
	if q == c.find.query {
		return nil
	}
	if q == (engine.CustomerQuery{}) {
		c.find.clear()
		return nil
	}
	c.find.query, c.find.done, c.find.want = q, false, false
	return look(c, &c.find.seq, func(a engine.Actor) ([]engine.Customer, error) {
		return c.env.Shop.FindCustomers(c.env.Ctx, a, q)
	}, c.gotFound)
}

func (c *Counter) gotFound(found []engine.Customer, err error) tea.Cmd {
	want := c.find.want
	c.find.found, c.find.at, c.find.done, c.find.want = found, 0, true, false
	if err != nil {
		c.find.found = nil
		c.fail(err)
		return nil
	}
	switch {
	case want:
		return c.choose()
	case len(found) == 0:
		return c.nobody()
	}
	return nil
}

// nobody reads four digits as an amount when nobody's phone ends in them: the
// screen says so before Enter can be pressed on it.
func (c *Counter) nobody() tea.Cmd {
	r, ok := c.understood()
	if !ok || r.Kind != engine.EntryLast4 || c.mode != selling {
		return nil
	}
	for i, other := range c.readings {
		if other.Kind == engine.EntryAmount && other.Err == nil {
			return c.reread(i)
		}
	}
	return nil
}

// choose takes the customer marked among those found by last digits or name.
func (c *Counter) choose() tea.Cmd {
	switch {
	case !c.find.done:
		c.find.want = c.find.query != engine.CustomerQuery{}
		if !c.find.want {
			c.say(kit.Caution, c.t("counter.say.more_letters"))
		}
		return nil
	case !c.find.showing():
		c.say(kit.Wrong, c.t("counter.say.nobody", "text", c.entry.Text()))
		return nil
	}
	return c.fetch(c.find.found[c.find.at].ID)
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
		return c.settled()
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
// reference; a number unknown to both is the reference of this sale.
func (c *Counter) findNumber(text string) tea.Cmd {
	c.taken()
	c.looking = true
	return look(c, &c.customers, func(a engine.Actor) (numbered, error) {
		return lookNumber(c.env, a, text)
	}, func(n numbered, err error) tea.Cmd {
		if err == nil && n.view == nil {
			c.looking = false
			return c.refer(text, n.sale)
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
func (c *Counter) refer(text string, sale *engine.Sale) tea.Cmd {
	f := c.env.Format
	switch {
	case sale != nil:
		c.say(kit.Wrong, c.t("counter.say.recorded_before", "reference", text,
			"amount", f.Money(sale.Gross), "at", f.DateTime(sale.At), "till", sale.Register, "staff", sale.Staff))
	case len([]rune(text)) > engine.MaxReference:
		c.fail(engine.BadInput(engine.CodeReferenceLong, "most", engine.MaxReference))
	default:
		c.cart.reference = text
	}
	return nil
}

// coded is what a code turned out to be, and its customer if the sale has none
// yet.
type coded struct {
	check engine.CouponCheck
	view  *engine.CustomerView
}

// findCode looks a coupon up: to use it or, when checking, only to show it.
func (c *Counter) findCode(code string) tea.Cmd {
	only, amount, customer := c.mode == checking, c.cart.amount, c.cart.customer.ID
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
