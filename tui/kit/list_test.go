package kit

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// shelf answers a list's requests from a slice, newest first.
type shelf struct {
	rows  []Row
	asked []Request
}

func (s *shelf) load(r Request) tea.Cmd {
	s.asked = append(s.asked, r)
	return func() tea.Msg { return s.answer(r) }
}

func (s *shelf) answer(r Request) Page {
	from := 0
	if r.Cursor != "" {
		from = indexOf(s.rows, r.Cursor) + 1
	}
	to := min(len(s.rows), from+r.Limit)
	p := Page{Request: r, Rows: append([]Row(nil), s.rows[from:to]...)}
	if to < len(s.rows) {
		p.Next = s.rows[to-1].ID
	}
	return p
}

// run plays a command and everything it leads to.
func run(l *List, cmd tea.Cmd) {
	for cmd != nil {
		cmd = l.Apply(cmd().(Page))
	}
}

func do(l *List, names ...string) Action {
	var last Action
	for _, ev := range press(names...) {
		a, cmd := l.Update(ev)
		run(l, cmd)
		last = a
	}
	return last
}

func numbered(from, to int) []Row {
	var rows []Row
	for i := from; i >= to; i-- {
		rows = append(rows, Row{ID: strconv.Itoa(i), Cells: []Cell{{Text: "row " + strconv.Itoa(i)}}})
	}
	return rows
}

func newShelfList(t testing.TB, rows []Row) (*shelf, *List) {
	s := &shelf{rows: rows}
	l := NewList("sales", "test.empty", s.load, Column{Title: "test.Name", Width: 10, Grow: true})
	run(l, l.Reset())
	l.View(styles(Mono), catalogue(t, "en"), 40, 12)
	return s, l
}

func TestListReadsAPageAtATime(t *testing.T) {
	s, l := newShelfList(t, numbered(1000, 1))
	if len(s.asked) != 1 || l.Len() != 50 {
		t.Fatalf("%d requests, %d rows", len(s.asked), l.Len())
	}
	do(l, "pgdown", "pgdown")
	if len(s.asked) != 1 {
		t.Errorf("asked again far from the end")
	}
	do(l, "end")
	if len(s.asked) != 2 || l.Len() != 100 || l.Selected() != "951" {
		t.Errorf("%d requests, %d rows, at %s", len(s.asked), l.Len(), l.Selected())
	}
	for l.Len() < 1000 {
		do(l, "end")
	}
	n := len(s.asked)
	do(l, "end", "end")
	if l.Selected() != "1" || len(s.asked) != n {
		t.Errorf("at the end: %s, %d requests more", l.Selected(), len(s.asked)-n)
	}
	if do(l, "home"); l.Selected() != "1000" {
		t.Errorf("home is %s", l.Selected())
	}
}

func TestListAsksOnceAtATime(t *testing.T) {
	s, l := newShelfList(t, numbered(1000, 1))
	_, cmd := l.Update(Key{Name: "end"})
	if _, again := l.Update(Key{Name: "up"}); again != nil || len(s.asked) != 2 {
		t.Errorf("asked %d times before the answer came", len(s.asked))
	}
	run(l, cmd)
	if l.Len() != 100 {
		t.Errorf("%d rows", l.Len())
	}
}

func TestListKeepsTheMarkerInSight(t *testing.T) {
	_, l := newShelfList(t, numbered(100, 1))
	st, tx := styles(Mono), catalogue(t, "en")
	for _, name := range []string{"down", "pgdown", "end", "up", "pgup", "pgup", "home"} {
		for range 9 {
			l.Update(Key{Name: name})
			if got := strings.Join(l.View(st, tx, 40, 7), "\n"); !strings.Contains(got, "> row "+l.Selected()) {
				t.Fatalf("after %s row %s is out of sight:\n%s", name, l.Selected(), got)
			}
		}
	}
	l.Update(Key{Name: "end"})
	if got := l.View(st, tx, 40, 30); !strings.Contains(got[len(got)-1], "row ") {
		t.Errorf("a window made taller shows more rows: %q", got)
	}
}

func TestListKeepsTheSelectedRow(t *testing.T) {
	s, l := newShelfList(t, numbered(200, 1))
	do(l, "down", "down", "down")
	s.rows = append(numbered(205, 201), s.rows...)
	s.rows[8].Cells[0].Text = "changed"
	run(l, l.Refresh())
	if l.Selected() != "197" {
		t.Errorf("selected %s after a refresh", l.Selected())
	}
	if l.rows[8].Cells[0].Text != "changed" || l.rows[0].ID != "205" {
		t.Errorf("rows were not read again: %v", l.rows[:9])
	}
	seen := map[string]bool{}
	for range 400 {
		if seen[l.Selected()] && l.Selected() != "1" {
			t.Fatalf("%s comes twice", l.Selected())
		}
		seen[l.Selected()] = true
		do(l, "down")
	}
	if len(seen) != 197 {
		t.Errorf("%d rows from 197 down", len(seen))
	}
	s.rows = s.rows[:len(s.rows)-1]
	run(l, l.Refresh())
	if l.Selected() == "" || l.cursor >= l.Len() {
		t.Errorf("the marker stands at no row after the last went away: %d of %d", l.cursor, l.Len())
	}
}

func TestListKeepsItsTailOnRefresh(t *testing.T) {
	s, l := newShelfList(t, numbered(2000, 1))
	for l.Len() < 900 {
		do(l, "end")
	}
	at := l.Selected()
	run(l, l.Refresh())
	if got := s.asked[len(s.asked)-1]; got.Limit != refreshLimit || got.Cursor != "" {
		t.Errorf("refresh asked %+v", got)
	}
	if l.Selected() != at || l.Len() < 900 {
		t.Errorf("at %s of %d rows, was at %s", l.Selected(), l.Len(), at)
	}
}

func TestListDropsStaleAnswers(t *testing.T) {
	s, l := newShelfList(t, numbered(10, 1))
	slow := l.Reset()
	fast := l.Reset()
	s.rows = numbered(3, 1)
	run(l, fast)
	s.rows = numbered(7, 1)
	run(l, slow)
	if l.Len() != 3 {
		t.Errorf("a stale answer was taken: %d rows", l.Len())
	}
	l.Apply(Page{Request: Request{List: "other", Seq: 3}, Rows: numbered(9, 1)})
	if l.Len() != 3 {
		t.Error("another list's answer was taken")
	}
}

func TestListSearch(t *testing.T) {
	s, l := newShelfList(t, numbered(10, 1))
	do(l, "/", "m", "a")
	if !l.Searching() || l.Search() != "ma" || s.asked[len(s.asked)-1].Search != "ma" {
		t.Errorf("searching %v for %q, asked %+v", l.Searching(), l.Search(), s.asked[len(s.asked)-1])
	}
	n := len(s.asked)
	if a := do(l, "enter"); l.Searching() || a.Open != "" || len(s.asked) != n {
		t.Error("Enter ends typing, opens nothing and asks nothing")
	}
	if a := do(l, "enter"); a.Open != "10" {
		t.Errorf("opened %q", a.Open)
	}
	if a := do(l, "esc"); a.Back || l.Search() != "" || s.asked[len(s.asked)-1].Search != "" {
		t.Error("the first Esc ends the search")
	}
	if a := do(l, "esc"); !a.Back {
		t.Error("the second goes back")
	}
	_, cmd := l.Update(Scan{"K7PM-4T9Q"})
	run(l, cmd)
	if l.Search() != "K7PM-4T9Q" || l.Searching() {
		t.Error("a scan is searched for")
	}
}

func TestListChips(t *testing.T) {
	s, l := newShelfList(t, numbered(10, 1))
	l.Chips = []Chip{
		{ID: "state", Key: "s", Title: "test.State", Options: []Option{{"", "all"}, {"active", "active"}}},
		{ID: "customer", Key: "c", Title: "test.Customer"},
	}
	do(l, "s")
	if got := s.asked[len(s.asked)-1].Filters; !reflect.DeepEqual(got, map[string]string{"state": "active"}) {
		t.Errorf("filters %v", got)
	}
	do(l, "s")
	if got := s.asked[len(s.asked)-1].Filters; len(got) != 0 {
		t.Errorf("filters %v", got)
	}
	if a := do(l, "c"); a.Chip != "customer" {
		t.Errorf("%+v", a)
	}
	run(l, l.SetChip("customer", "id1", "Maria"))
	if got := s.asked[len(s.asked)-1].Filters["customer"]; got != "id1" {
		t.Errorf("filter %q", got)
	}
	if a, _ := l.Update(Key{Name: "f9"}); a.Used {
		t.Error("a key that is none of the list's is left to the screen")
	}
}

// TestListKeysWork: every key that the help page names does something.
func TestListKeysWork(t *testing.T) {
	for _, b := range ListKeys().Bindings {
		for _, name := range b.Keys() {
			_, l := newShelfList(t, numbered(30, 1))
			if a := do(l, name); !a.Used {
				t.Errorf("%s does nothing", name)
			}
		}
	}
}

func TestListStates(t *testing.T) {
	st, tx := styles(Mono), catalogue(t, "en")
	text := func(l *List) string { return strings.Join(l.View(st, tx, 60, 8), "\n") }
	s := &shelf{}
	l := NewList("sales", "test.empty", s.load, Column{Title: "test.Name", Width: 10})
	cmd := l.Reset()
	if got := text(l); !strings.Contains(got, "Reading…") {
		t.Errorf("before the answer: %s", got)
	}
	run(l, cmd)
	if got := text(l); !strings.Contains(got, "empty") {
		t.Errorf("with no rows: %s", got)
	}
	do(l, "/", "x")
	if got := text(l); !strings.Contains(got, "“x”") {
		t.Errorf("nothing found: %s", got)
	}
	l.Apply(Page{Request: Request{List: "sales", Seq: s.asked[len(s.asked)-1].Seq}, Err: errors.New("disk")})
	if got := text(l); !strings.Contains(got, "could not be read") || l.Err() == nil {
		t.Errorf("after a fault: %s", got)
	}
}

// couponList is a list as a screen has it.
func couponList(n int) *List {
	s := &shelf{}
	for i := range n {
		s.rows = append(s.rows, Row{ID: strconv.Itoa(i), Faded: i%5 == 4, Cells: []Cell{
			{Text: "20/11 14:0" + strconv.Itoa(i%10)},
			{Text: []string{"Maria S.", "João da Conceição e Silva", "漢字の名前です", "evil\x1b[2J\nname"}[i%4]},
			{Text: "K7PM-4T9" + strconv.Itoa(i%10)},
			{Text: []string{"active", "redeemed", "voided"}[i%3], Tone: []Tone{Fine, Usual, Wrong}[i%3]},
			{Text: []string{"37,00", "1.213,50", "8", "−"}[i%4]},
			{Text: "Till 1"},
		}})
	}
	l := NewList("coupons", "test.empty", s.load,
		Column{Title: "test.When", Width: 11},
		Column{Title: "test.Customer", Width: 12, Grow: true},
		Column{Title: "test.Code", Width: 9, Drop: 1},
		Column{Title: "test.State", Width: 10, Drop: 2},
		Column{Title: "test.Face", Width: 9, Align: Decimal},
		Column{Title: "test.Till", Width: 8, Drop: 3},
	)
	l.Mark = ','
	l.Chips = []Chip{{ID: "state", Key: "s", Title: "test.State", Options: []Option{{"", ""}, {"active", "active"}}}}
	run(l, l.Reset())
	return l
}

func TestListGolden(t *testing.T) {
	for _, theme := range []Theme{Dark, Mono} {
		for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
			name := fmt.Sprintf("list-%s-%dx%d", themeName(theme), size[0], size[1])
			t.Run(name, func(t *testing.T) {
				l := couponList(120)
				do(l, "down", "down")
				golden(t, name, size[0], l.View(styles(theme), catalogue(t, "en"), size[0], size[1]))
			})
		}
	}
}

func TestListInAnyWindow(t *testing.T) {
	l := couponList(120)
	st, tx := styles(Dark), catalogue(t, "pt-BR")
	for w := 0; w < 130; w += 3 {
		for h := 0; h < 20; h++ {
			lines := l.View(st, tx, w, h)
			if len(lines) > h {
				t.Fatalf("%d lines in %dx%d", len(lines), w, h)
			}
			for _, line := range lines {
				if Width(line) > w {
					t.Fatalf("%d cells in %dx%d: %q", Width(line), w, h, line)
				}
			}
		}
	}
}

func BenchmarkList(b *testing.B) {
	l := couponList(200)
	st, tx := styles(Dark), catalogue(b, "en")
	for b.Loop() {
		Frame(200, 60, nil, l.View(st, tx, 200, 58), []string{"", ""})
	}
}
