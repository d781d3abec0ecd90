package store

import (
	"context"
	"slices"
	"strings"

	"bounceback/engine"
)

// simulatePage is how many sales are read in one statement: few enough that
// none holds a snapshot for long.
const simulatePage = 4096

// betweenLabels stands between the labels of a sale, in none of which it can.
const betweenLabels = "\x1f"

var (
	// Few columns, since a million rows are read: what kind of sale it is in one
	// number, its labels in one text.
	simulateSales = declare(`
SELECT id, business, gross - returned, CASE WHEN state = 'returned' THEN 1 ELSE 0 END + CASE WHEN lines > 0 OR delivery > 0 THEN 2 ELSE 0 END,
       customer_id, register_id, channel || $5 || payment || $5 || source || $5 || ad
  FROM sale WHERE store_id = $1 AND id > $2 AND id < $3 AND state <> 'voided' ORDER BY id LIMIT $4`)
	simulateLines = declare(`
SELECT sale_id, sku, name, category, brand, tags, units - returned, weight, price, floor, cost, no_discount
  FROM sale_line WHERE store_id = $1 AND sale_id >= $2 AND sale_id <= $3 AND given_by IS NULL AND units > returned ORDER BY sale_id, no`)
	simulateCharges = declare(`
SELECT sale_id, method, gross FROM sale_charge WHERE store_id = $1 AND sale_id >= $2 AND sale_id <= $3 ORDER BY sale_id, no`)
	simulatePeople = declare(`
SELECT id, phone_hash IS NOT NULL AND consent = 'yes' AND forgotten = 0, group_names, tier, birth
  FROM customer WHERE store_id = $1 AND id > $2 ORDER BY id LIMIT $3`)
)

// pastReader reads the sales of the past in the order of time, and keeps what
// was known of each customer before each of them.
type pastReader struct {
	*simulating
	after, before engine.ID // ids of the sales yet to be read
	read          int64
	people        map[engine.ID]int32
	known         []pastPerson // by number
	texts         bool
	labels        map[string][4]string // channel, payment, source, ad, as simulateSales joins them
}

// pastPerson is a customer as of the sale that is being read.
type pastPerson struct {
	sales       int32
	first, last engine.Day
	texts       bool
	traits      *engine.Person // groups, tier and birthday as of today; nil if none are asked for
}

// newPastReader begins at the first sale that can matter. A sale is recorded up
// to engine.DaysBack days after its business date, or engine.DaysAhead before.
func newPastReader(s *simulating) *pastReader {
	zone := s.store.Zone()
	r := &pastReader{simulating: s, people: map[engine.ID]int32{}, labels: map[string][4]string{}, texts: s.store.Settings.Flag(engine.SetTexts)}
	if s.req.From > 0 && !s.needs.History {
		r.after = engine.FirstID((s.req.From - engine.DaysAhead).Start(zone))
	}
	end := s.now + 1 // sales that come meanwhile are none of the past
	if s.req.To > 0 {
		end = min(end, (s.req.To + engine.DaysBack + 1).Start(zone))
	}
	r.before = engine.FirstID(end)
	return r
}

// meet reads who the customers are, as far as that is asked for.
func (r *pastReader) meet(ctx context.Context) error {
	if !r.texts && !r.needs.Traits {
		return nil
	}
	after := engine.ID{}
	for {
		n := 0
		err := r.db.read(ctx, func(t *tx) error {
			return t.rows(simulatePeople, []any{r.actor.StoreID, slices.Clone(after[:]), simulatePage}, func(scan func(...any) error) error {
				n++
				return r.meetOne(scan, &after)
			})
		})
		if err != nil || n < simulatePage {
			return err
		}
	}
}

func (r *pastReader) meetOne(scan func(...any) error, id *engine.ID) error {
	var p pastPerson
	var who engine.Person
	var groups string
	if err := scan(id, &p.texts, &groups, &who.Tier, &who.Birth); err != nil {
		return err
	}
	p.texts = p.texts && r.texts
	if who.Groups = splitList(groups); r.needs.Traits && (who.Tier != "" || who.Birth != 0 || len(who.Groups) > 0) {
		p.traits = &who
	}
	r.number(*id)
	r.known[len(r.known)-1] = p
	return nil
}

// number gives a customer's number, a new one to who has none.
func (r *pastReader) number(id engine.ID) int32 {
	n, ok := r.people[id]
	if !ok {
		n = int32(len(r.known)) //nolint:gosec // two thousand million customers
		r.people[id] = n
		r.known = append(r.known, pastPerson{})
	}
	return n
}

// page reads the next sales of the span; nil if there are no more.
func (r *pastReader) page(ctx context.Context) ([]engine.PastSale, error) {
	for {
		sales := make([]engine.PastSale, 0, simulatePage)
		n, lines := 0, false
		err := r.db.read(ctx, func(t *tx) error {
			first := r.after
			err := t.rows(simulateSales, []any{r.actor.StoreID, slices.Clone(first[:]), r.before, simulatePage, betweenLabels}, func(scan func(...any) error) error {
				n++
				one, err := r.scan(scan)
				if one.ok {
					sales, lines = append(sales, one.PastSale), lines || one.lines
				}
				return err
			})
			if err != nil || !lines || !r.needs.Lines {
				return err
			}
			return r.goods(t, first, sales)
		})
		r.read += int64(n)
		if err != nil || len(sales) > 0 || n < simulatePage {
			return sales, err
		}
	}
}

// scannedSale is a row of simulateSales. It is ok if it is to be priced again.
type scannedSale struct {
	engine.PastSale
	ok, lines bool
}

func (r *pastReader) scan(scan func(...any) error) (scannedSale, error) {
	var s scannedSale
	var kind int64
	var labels string
	b := &s.Basket
	if err := scan(&s.ID, &b.Business, &b.Amount, &kind, &s.Customer, &s.Register, &labels); err != nil {
		return s, err
	}
	r.label(b, labels)
	r.after = s.ID
	till := r.tills[s.Register]
	s.Till, s.Branch, s.Number = till.Name, till.Branch, -1
	inside := b.Business >= r.req.From && b.Business <= r.to()
	s.ok = inside && kind&1 == 0
	s.lines = s.ok && kind&2 != 0
	if !s.Customer.IsZero() {
		s.Number = r.number(s.Customer)
		r.visit(&s.PastSale, &r.known[s.Number])
	}
	if s.ok {
		r.sum(&s.PastSale)
	}
	return s, nil
}

// label sets a sale's labels. Sales share the few texts there are.
func (r *pastReader) label(b *engine.Basket, joined string) {
	l, known := r.labels[joined]
	if !known {
		copy(l[:], strings.SplitN(joined, betweenLabels, len(l)))
		if len(r.labels) < mostLabels {
			r.labels[joined] = l
		}
	}
	b.Channel, b.Payment, b.Source, b.Ad = l[0], l[1], l[2], l[3]
}

// mostLabels bounds how many different ones are kept.
const mostLabels = 10_000

// visit tells a sale what was known of its customer before it, and notes it for
// the next one.
func (r *pastReader) visit(s *engine.PastSale, p *pastPerson) {
	day := s.Basket.Business
	s.Texts = p.texts
	if p.traits != nil {
		s.Person = *p.traits
	}
	s.Person.Known, s.Person.Sales, s.Person.Last, s.Person.Since = true, int(p.sales), p.last, p.first
	if p.first == 0 {
		s.Person.Since = day
	}
	p.sales++
	p.last = max(p.last, day)
	if p.first == 0 || day < p.first {
		p.first = day
	}
}

// sum adds a sale to what was replayed in all.
func (r *pastReader) sum(s *engine.PastSale) {
	o, day := &r.out, s.Basket.Business
	o.Sales, o.Goods = o.Sales+1, o.Goods+s.Basket.Amount
	if s.Number >= 0 {
		o.Known++
	}
	if o.First == 0 || day < o.First {
		o.First = day
	}
	o.Last = max(o.Last, day)
}

// goods reads the lines and charges of the sales of a page. What came back is
// not among them.
func (r *pastReader) goods(t *tx, first engine.ID, sales []engine.PastSale) error {
	span, at := []any{r.actor.StoreID, first[:], r.after}, 0
	find := func(id engine.ID) *engine.PastSale {
		for at < len(sales) && string(sales[at].ID[:]) < string(id[:]) {
			at++
		}
		if at == len(sales) || sales[at].ID != id {
			return nil
		}
		return &sales[at]
	}
	err := t.rows(simulateLines, span, func(scan func(...any) error) error {
		var id engine.ID
		var l engine.Line
		var tags string
		err := scan(&id, &l.SKU, &l.Name, &l.Category, &l.Brand, &tags, &l.Units, &l.Weight, &l.Price, &l.Floor, &l.Cost, &l.NoDiscount)
		if s := find(id); s != nil && err == nil {
			l.Tags = splitList(tags)
			s.Basket.Amount, s.Basket.Lines = 0, append(s.Basket.Lines, l)
		}
		return err
	})
	if err != nil {
		return err
	}
	at = 0
	return t.rows(simulateCharges, span, func(scan func(...any) error) error {
		var id engine.ID
		var c engine.Charge
		err := scan(&id, &c.Method, &c.Amount)
		if s := find(id); s != nil && err == nil {
			s.Basket.Delivery = append(s.Basket.Delivery, c)
		}
		return err
	})
}
