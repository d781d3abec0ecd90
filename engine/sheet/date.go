package sheet

import (
	"strconv"
	"strings"
	"time"

	"bounceback/engine"
)

// orderEvidence counts what the dates of a file tell of their order, and those
// that tell nothing.
type orderEvidence struct{ dayFirst, monthFirst, either int }

// see learns from one date.
func (e *orderEvidence) see(text string) {
	p := splitDate(text)
	if !p.numbers || p.yearFirst {
		return
	}
	a, b := p.n[0], p.n[1]
	switch {
	case a > 12 && b <= 12:
		e.dayFirst++
	case b > 12 && a <= 12:
		e.monthFirst++
	case a != b:
		e.either++
	}
}

// order is the file's order; home where no date tells, with guessed.
func (e *orderEvidence) order(home Order) (order Order, guessed bool) {
	switch {
	case e.dayFirst > 0 && e.monthFirst > 0:
		return OrderMixed, false
	case e.dayFirst > 0:
		return DayFirst, false
	case e.monthFirst > 0:
		return MonthFirst, false
	case home == MonthFirst:
		return MonthFirst, e.either > 0
	}
	return DayFirst, e.either > 0
}

// date reads a date in the file's way. A time that names its offset counts for
// the day it falls on in the store's zone.
func (l *Layout) date(text string) (engine.Day, error) {
	s := strings.TrimSpace(text)
	if day, ok := l.instant(s); ok {
		return day, nil
	}
	bad := engine.BadInput(CodeRowDate, "text", text)
	p := splitDate(s)
	switch {
	case !p.ok:
		return 0, bad
	case p.month != 0, p.yearFirst:
		return p.day(p.n[0], p.month, p.n[2], bad)
	}
	a, b := p.n[0], p.n[1]
	order := l.Dates
	if order == OrderMixed {
		switch {
		case a == b, a > 12:
			order = DayFirst
		case b > 12:
			order = MonthFirst
		default:
			return 0, engine.BadInput(CodeRowDateOrder, "text", text)
		}
	}
	if order == MonthFirst {
		a, b = b, a
	}
	return p.day(a, b, p.n[2], bad)
}

// month reads the month of a birthday: its number, its name or a whole date.
func (l *Layout) month(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	if tokens, _ := dateTokens(text); len(tokens) == 1 {
		if n := max(tokens[0].number, tokens[0].month); n >= 1 && n <= 12 {
			return n, nil
		}
	}
	day, err := l.date(text)
	if err != nil {
		return 0, engine.BadInput(CodeRowMonth, "text", text)
	}
	return int(day.Date().Month()), nil
}

func (l *Layout) instant(s string) (engine.Day, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return engine.DayAt(engine.InstantOf(t), l.o.zone()), true
		}
	}
	return 0, false
}

func (o Options) zone() *time.Location {
	if o.Zone == nil {
		return time.UTC
	}
	return o.Zone
}

// dateParts are the pieces of a date: day, month and year in n, in this order
// where the month is known or the year comes first, else as they stand.
type dateParts struct {
	n         [3]int
	month     int  // known from its name, or from the year coming first; else 0
	yearFirst bool // 2026-11-20
	numbers   bool // three numbers
	ok        bool
}

func (dateParts) day(day, month, year int, bad error) (engine.Day, error) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 1900 || year > 2199 || month < 1 || month > 12 || t.Day() != day {
		return 0, bad
	}
	return engine.DayOf(t.Date()), nil
}

// splitDate takes a date apart. A time of day after it is left out.
func splitDate(text string) dateParts {
	var p dateParts
	tokens, lengths := dateTokens(dropTime(strings.TrimSpace(text)))
	if len(tokens) == 1 && lengths[0] == 8 { // 20261120
		n := tokens[0].number
		return orderYearFirst(n/10000, n/100%100, n%100)
	}
	if len(tokens) != 3 {
		return p
	}
	for i, t := range tokens {
		if t.month > 0 {
			return namedMonth(tokens, lengths, i)
		}
	}
	if lengths[0] == 4 {
		return orderYearFirst(tokens[0].number, tokens[1].number, tokens[2].number)
	}
	p.n = [3]int{tokens[0].number, tokens[1].number, wholeYear(tokens[2].number, lengths[2])}
	p.numbers, p.ok = true, lengths[0] <= 2 && lengths[1] <= 2 && (lengths[2] == 2 || lengths[2] == 4)
	return p
}

func orderYearFirst(year, month, day int) dateParts {
	return dateParts{n: [3]int{day, month, year}, month: month, yearFirst: true, numbers: true, ok: month > 0}
}

// namedMonth orders "20 Nov 2026", "Nov 20, 2026" and "2026 Nov 20".
func namedMonth(tokens []dateToken, lengths []int, at int) dateParts {
	var rest, sizes []int
	for i, t := range tokens {
		if i != at {
			if t.month > 0 {
				return dateParts{}
			}
			rest, sizes = append(rest, t.number), append(sizes, lengths[i])
		}
	}
	if sizes[0] == 4 {
		rest[0], rest[1], sizes[0], sizes[1] = rest[1], rest[0], sizes[1], sizes[0]
	}
	return dateParts{
		n: [3]int{rest[0], tokens[at].month, wholeYear(rest[1], sizes[1])}, month: tokens[at].month,
		ok: sizes[0] <= 2 && (sizes[1] == 2 || sizes[1] == 4),
	}
}

func wholeYear(n, digits int) int {
	switch {
	case digits > 2:
		return n
	case n < 70:
		return 2000 + n
	}
	return 1900 + n
}

// dropTime cuts a time of day off: "20/11/2026 14:33", "2026-11-20T14:33:00".
func dropTime(s string) string {
	if colon := strings.IndexByte(s, ':'); colon >= 0 {
		s = strings.TrimRight(s[:colon], "0123456789")
		s = strings.TrimRight(s, " ,T\t")
	}
	return s
}

type dateToken struct {
	number int
	month  int // of a month's name; 0 for a number
}

// dateTokens cuts a date at everything that is no digit or letter. A word that
// is no month, "de" apart, makes it no date.
func dateTokens(s string) (tokens []dateToken, lengths []int) {
	const most = 40 // bytes; dates are shorter
	if len(s) > most {
		return nil, nil
	}
	for _, word := range engine.FoldWords(s) {
		if word == "de" || word == "of" || word == "del" {
			continue
		}
		t := dateToken{}
		if n, err := strconv.Atoi(word); err == nil {
			t.number = n
		} else if t.month = monthOf(word); t.month == 0 {
			return nil, nil
		}
		tokens, lengths = append(tokens, t), append(lengths, len(word))
	}
	return tokens, lengths
}

// months are the beginnings of the months' names in English, Portuguese and
// Spanish, folded.
var months = map[string]int{
	"jan": 1, "ene": 1, "feb": 2, "fev": 2, "mar": 3, "apr": 4, "abr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
	"aug": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "out": 10, "nov": 11, "dec": 12, "dez": 12, "dic": 12,
}

func monthOf(word string) int {
	if len(word) < 3 {
		return 0
	}
	return months[word[:3]]
}
