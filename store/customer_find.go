package store

import (
	"context"
	"slices"
	"strings"

	"bounceback/engine"
)

// Bounds of a search: how many rows are looked at, and how many customers are
// given when nothing is said.
const (
	mostFound    = 50
	mostNamed    = 500 // with several words of a name, of which one is looked up
	defaultFound = 10
)

var (
	customersByLast4 = declare(`
SELECT ` + customerColumns + ` FROM customer WHERE store_id = $1 AND last4_hash = $2 ORDER BY id DESC LIMIT $3`)
	// Who is called exactly so, then who is called longer; both in the order of
	// an index.
	wordsExact = declare(`
SELECT customer_id FROM customer_word WHERE store_id = $1 AND word = $2 ORDER BY customer_id DESC LIMIT $3`)
	wordsLonger = declare(`
SELECT customer_id FROM customer_word WHERE store_id = $1 AND word > $2 AND word < $3 ORDER BY word LIMIT $4`)
)

// FindCustomers finds customers by one thing known of them, the latest visitor
// first.
func (d *DB) FindCustomers(ctx context.Context, a engine.Actor, q engine.CustomerQuery) ([]engine.Customer, error) {
	if err := a.Need(engine.MaySell); err != nil {
		return nil, err
	}
	found := []engine.Customer{}
	err := d.read(ctx, func(t *tx) (err error) {
		found, err = t.findCustomers(a.StoreID, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, latestFirst)
	limit := q.Limit
	if limit <= 0 {
		limit = defaultFound
	}
	found = found[:min(limit, len(found))]
	for i := range found {
		knowPhone(&found[i])
	}
	return found, nil
}

func latestFirst(a, b engine.Customer) int {
	if a.LastDay != b.LastDay {
		return int(b.LastDay) - int(a.LastDay)
	}
	return strings.Compare(string(b.ID[:]), string(a.ID[:]))
}

// knowPhone fills in what a number itself tells: its country and kind.
func knowPhone(c *engine.Customer) {
	if c.Phone.E164 == "" {
		return
	}
	if p, err := engine.ParsePhone(c.Phone.E164, ""); err == nil {
		c.Phone = p
	}
}

func (t *tx) findCustomers(storeID engine.ID, q engine.CustomerQuery) ([]engine.Customer, error) {
	switch {
	case q.Phone != "":
		return t.customersWhere(customerByPhone, storeID, t.d.keys.phone(storeID, q.Phone))
	case q.Number != "":
		return t.customersWhere(customerByNumber, storeID, q.Number)
	case q.Last4 != "":
		return t.customersWhere(customersByLast4, storeID, t.d.keys.last4(storeID, q.Last4), mostFound)
	}
	return t.customersNamed(storeID, q.Name)
}

func (t *tx) customersWhere(s statement, args ...any) ([]engine.Customer, error) {
	out := []engine.Customer{}
	err := t.rows(s, args, func(scan func(...any) error) error {
		c, err := t.scanCustomer(scan)
		out = append(out, c)
		return err
	})
	return out, err
}

// customersNamed finds customers by the beginnings of words of their names: by
// the longest one in the file, by the others here.
func (t *tx) customersNamed(storeID engine.ID, name string) ([]engine.Customer, error) {
	words := engine.FoldWords(name)
	if len(words) == 0 {
		return []engine.Customer{}, nil
	}
	most := mostFound
	if len(words) > 1 {
		most = mostNamed
	}
	ids, err := t.namedIDs(storeID, longest(words), most)
	if err != nil {
		return nil, err
	}
	out := []engine.Customer{}
	for _, id := range ids {
		c, err := t.customer(storeID, id)
		if err != nil {
			return nil, err
		}
		if nameBegins(c.Name, words) {
			out = append(out, c)
		}
	}
	return out, nil
}

func longest(words []string) string {
	return slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
}

// nameBegins tells whether each of words is the beginning of a word of name.
func nameBegins(name string, words []string) bool {
	have := engine.FoldWords(name)
	for _, w := range words {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

// namedIDs lists at most most customers with a word that begins so, each once.
func (t *tx) namedIDs(storeID engine.ID, word string, most int) ([]engine.ID, error) {
	var ids []engine.ID
	seen := map[engine.ID]bool{}
	take := func(scan func(...any) error) error {
		var id engine.ID
		err := scan(&id)
		if !seen[id] {
			seen[id], ids = true, append(ids, id)
		}
		return err
	}
	if err := t.rows(wordsExact, []any{storeID, word, most}, take); err != nil || len(ids) >= most {
		return ids, err
	}
	after := word + string('\U0010ffff') // above every longer word
	return ids, t.rows(wordsLonger, []any{storeID, word, after, most - len(ids)}, take)
}

// mostCandidates bounds how many customers of a name are put in order here; of
// a more frequent beginning the list is walked instead, since there every page
// is soon full.
const mostCandidates = 5000

// customerSelect begins the list of customers; the order is that of
// scanCustomer.
const customerSelect = `
SELECT u.id, u.phone_sealed, coalesce(u.number, ''), u.name, u.consent, u.consent_at, u.visits, u.first_day, u.last_day, u.before_day, u.spent,
       u.created, u.forgotten, u.group_names, u.tier, u.birth
  FROM customer u`

// Customers lists customers, newest first: by State (a consent), Segment, day
// made (From, To) and Search: a phone, last four digits, number or name.
func (d *DB) Customers(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[engine.Customer], error) {
	if err := a.Need(engine.MaySell); err != nil {
		return engine.Page[engine.Customer]{}, err
	}
	if err := d.gradeFilter(ctx, a, &f); err != nil {
		return engine.Page[engine.Customer]{}, err
	}
	var page engine.Page[engine.Customer]
	err := d.read(ctx, func(t *tx) error {
		st, err := t.store(a.StoreID)
		if err != nil {
			return err
		}
		from, to := f.Span(st.Zone())
		ids, err := customerList.span(from, to, f.After)
		if err != nil {
			return err
		}
		page, err = t.customerPage(st, f, ids)
		return err
	})
	if err != nil {
		return engine.Page[engine.Customer]{}, err
	}
	for i := range page.Items {
		knowPhone(&page.Items[i])
	}
	maskPhones(a, page.Items)
	return page, nil
}

func (t *tx) customerPage(st engine.Store, f engine.Filter, ids idSpan) (engine.Page[engine.Customer], error) {
	q := newList(customerSelect, "u.store_id", "u.id", st.ID).within(ids)
	if f.State != "" {
		q.and("u.consent = ?", f.State)
	}
	if f.Segment != "" {
		inSegment(q, f)
	}
	if search := strings.TrimSpace(f.Search); search != "" {
		known, err := t.searchMark(q, st, search)
		if err != nil {
			return engine.Page[engine.Customer]{}, err
		}
		if !known {
			return t.namedPage(st.ID, q, f, ids, engine.FoldWords(search))
		}
	}
	return readPage(t, customerList, q, f.Rows(), t.scanCustomer, customerKey)
}

func customerKey(c engine.Customer) []byte { return c.ID[:] }

// searchMark narrows the list by what identifies a customer: a phone, the
// shop's number, last four digits. Otherwise it is false: this is a name.
func (t *tx) searchMark(q *listQuery, st engine.Store, search string) (bool, error) {
	if p, err := engine.ParsePhone(search, st.Country); err == nil {
		q.and("u.phone_hash = ?", t.d.keys.phone(st.ID, p.E164))
		return true, nil
	}
	if len(search) == 4 && strings.Trim(search, "0123456789") == "" {
		hash := t.d.keys.last4(st.ID, search)
		found, err := t.customersWhere(customersByLast4, st.ID, hash, 1)
		if err != nil || len(found) > 0 {
			q.and("u.last4_hash = ?", hash)
			return true, err
		}
	}
	_, found, err := t.customerWhere(customerByNumber, st.ID, search)
	if err != nil || found {
		q.and("u.number = ?", search)
		return true, err
	}
	return len(engine.FoldWords(search)) == 0, nil
}

// namedPage is a page of the customers whose names begin so.
func (t *tx) namedPage(storeID engine.ID, q *listQuery, f engine.Filter, span idSpan, words []string) (engine.Page[engine.Customer], error) {
	ids, err := t.namedIDs(storeID, longest(words), mostCandidates+1)
	if err != nil {
		return engine.Page[engine.Customer]{}, err
	}
	fits := func(c engine.Customer) bool {
		return nameBegins(c.Name, words) && (f.State == "" || string(c.Consent) == f.State) && ofSegment(c, f)
	}
	var items []engine.Customer
	if len(ids) > mostCandidates {
		items, err = t.walkNamed(q, f.Rows()+1, fits)
	} else {
		items, err = t.pickNamed(storeID, ids, span, f.Rows()+1, fits)
	}
	if err != nil {
		return engine.Page[engine.Customer]{}, err
	}
	return cut(customerList, items, f.Rows(), customerKey), nil
}

// pickNamed puts candidates in the list's order and reads them until there are
// enough.
func (t *tx) pickNamed(storeID engine.ID, ids []engine.ID, span idSpan, most int, fits func(engine.Customer) bool) ([]engine.Customer, error) {
	slices.SortFunc(ids, func(a, b engine.ID) int { return strings.Compare(string(b[:]), string(a[:])) })
	items := []engine.Customer{}
	for _, id := range ids {
		if string(id[:]) < string(span.from[:]) || string(id[:]) >= string(span.to[:]) {
			continue
		}
		c, err := t.customer(storeID, id)
		if err != nil {
			return nil, err
		}
		if fits(c) {
			if items = append(items, c); len(items) == most {
				break
			}
		}
	}
	return items, nil
}

// walkNamed reads the list from its beginning until there are enough.
func (t *tx) walkNamed(q *listQuery, most int, fits func(engine.Customer) bool) ([]engine.Customer, error) {
	items := []engine.Customer{}
	s, args := q.unbounded()
	err := t.walk(s, args, func(scan func(...any) error) error {
		c, err := t.scanCustomer(scan)
		if err != nil || !fits(c) {
			return err
		}
		if items = append(items, c); len(items) == most {
			return errEnough
		}
		return nil
	})
	return items, err
}

// unbounded is the statement of a list without its page's end.
func (q *listQuery) unbounded() (statement, []any) {
	return declare(q.head + " WHERE " + strings.Join(q.where, " AND ") + " ORDER BY " + q.key + " DESC"), q.args
}
