package store

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"bounceback/engine"
)

// Lists are read newest first, a page at a time, by keyset: a page begins below
// the key of the last row of the page before, so that the thousandth page costs
// what the first did and rows added meanwhile shift nothing.

// listKind marks whose page mark it is, so that one list's is refused by
// another.
type listKind byte

// The lists.
const (
	saleList     listKind = 's'
	couponList   listKind = 'c'
	customerList listKind = 'u'
	campaignList listKind = 'g'
	messageList  listKind = 'm'
	dueList      listKind = 'd'
	auditList    listKind = 'a'
	alertList    listKind = 'l'
)

// mark makes the page mark behind a row's key.
func (k listKind) mark(key []byte) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte{byte(k)}, key...))
}

// unmark reads a page mark back: CodeBadCursor if this list did not make it.
// Without a mark found is false.
func (k listKind) unmark(after string, size int) (key []byte, found bool, err error) {
	key, found, err = k.unmarkLong(after, size)
	if found && len(key) != size {
		return nil, false, engine.BadInput(engine.CodeBadCursor)
	}
	return key, found, err
}

// unmarkLong is unmark of a list whose keys have at least size bytes.
func (k listKind) unmarkLong(after string, size int) (key []byte, found bool, err error) {
	if after == "" {
		return nil, false, nil
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(after)
	if err != nil || len(raw) < size+1 || raw[0] != byte(k) {
		return nil, false, engine.BadInput(engine.CodeBadCursor)
	}
	return raw[1:], true, nil
}

// idSpan is a range of ids: from inclusive, to exclusive.
type idSpan struct{ from, to engine.ID }

var lastID = engine.ID{
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
}

// span is the range of ids made from one instant to before another, both 0
// without bound, and below the mark of the page before.
func (k listKind) span(from, to engine.Instant, after string) (idSpan, error) {
	s := idSpan{to: lastID}
	if from > 0 {
		s.from = engine.FirstID(from)
	}
	if to > 0 {
		s.to = engine.FirstID(to)
	}
	key, found, err := k.unmark(after, len(engine.ID{}))
	if err != nil || !found {
		return s, err
	}
	if below := engine.ID(key); string(below[:]) < string(s.to[:]) {
		s.to = below
	}
	return s, nil
}

// listQuery gathers the conditions of one page. Conditions are texts of this
// program and every value a parameter; the same conditions give the same SQL
// text, so a filter combination is prepared once.
type listQuery struct {
	head  string // SELECT … FROM … and its joins
	key   string // column that orders the list, unique in the store
	order string // instead of key, the other way round
	where []string
	args  []any
}

// newList begins a list of a store. Both columns carry their table's name.
func newList(head, storeColumn, key string, storeID engine.ID) *listQuery {
	q := &listQuery{head: head, key: key}
	return q.and(storeColumn+" = ?", storeID)
}

// and adds a condition. Each ? stands for the next of args.
func (q *listQuery) and(condition string, args ...any) *listQuery {
	for _, a := range args {
		q.args = append(q.args, a)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(q.args)), 1)
	}
	q.where = append(q.where, condition)
	return q
}

// within narrows the key to a range of ids. The lowest id is given as bytes:
// as an id it would be NULL.
func (q *listQuery) within(s idSpan) *listQuery {
	return q.and(q.key+" >= ? AND "+q.key+" < ?", s.from[:], s.to[:])
}

// statement is the SQL text of the page and its arguments. One row more than
// asked for is read, to know whether there is a next page.
func (q *listQuery) statement(rows int) (statement, []any) {
	args := append(append([]any(nil), q.args...), rows+1)
	order := q.order
	if order == "" {
		order = q.key + " DESC"
	}
	return declare(q.head + " WHERE " + strings.Join(q.where, " AND ") +
		" ORDER BY " + order + " LIMIT $" + strconv.Itoa(len(args))), args
}

// readPage reads one page. scan reads one row; key gives a row's key as the
// list's marks hold it.
func readPage[T any](t *tx, k listKind, q *listQuery, rows int, scan func(func(...any) error) (T, error), key func(T) []byte) (engine.Page[T], error) {
	page := engine.Page[T]{Items: make([]T, 0, min(rows, engine.DefaultPage))}
	s, args := q.statement(rows)
	err := t.rows(s, args, func(scanRow func(...any) error) error {
		item, err := scan(scanRow)
		if err == nil {
			page.Items = append(page.Items, item)
		}
		return err
	})
	if err != nil {
		return engine.Page[T]{}, err
	}
	return cut(k, page.Items, rows, key), nil
}

// cut takes the row beyond the page away again and marks where the next begins.
func cut[T any](k listKind, items []T, rows int, key func(T) []byte) engine.Page[T] {
	if len(items) <= rows {
		return engine.Page[T]{Items: items}
	}
	items = items[:rows]
	return engine.Page[T]{Items: items, Next: k.mark(key(items[rows-1]))}
}

// errEnough ends a walk over rows that has found what it wanted.
var errEnough = errors.New("enough rows")

// walk is rows, but each may stop it with errEnough.
func (t *tx) walk(s statement, args []any, each func(scan func(...any) error) error) error {
	err := t.rows(s, args, each)
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}
