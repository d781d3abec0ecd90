package kit

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Align says where a cell stands in its column.
type Align int

// Decimal aligns on the decimal mark, which the list is told.
const (
	Left Align = iota
	Right
	Decimal
)

// Tone is the meaning of a cell, for its colour; its text says the same.
type Tone int

// The tones.
const (
	Usual Tone = iota
	Faded
	Stressed
	Fine
	Wrong
	Caution
)

// Column is a column of a list. Title is a catalogue key. A Grow column shares
// the room left over. Columns of the highest Drop are left out first when the
// window is narrow; Drop 0 always stays.
type Column struct {
	Title string
	Width int
	Grow  bool
	Align Align
	Drop  int
}

// Cell is a text in a row.
type Cell struct {
	Text string
	Tone Tone
}

// Row is one line of a list. ID tells it from all others across refreshes.
type Row struct {
	ID    string
	Cells []Cell
	Faded bool // out of use: voided, ended, forgotten
}

// Order is the order in which a list's rows come.
type Order string

// The orders.
const (
	Newest  Order = "newest"
	Soonest Order = "soonest"
	ByName  Order = "by_name"
)

// Option is a value a chip or a choice can take. Label is shown as it is.
type Option struct{ Value, Label string }

// Chip is a filter above a list. Pressing Key moves to the next option; a chip
// without options is left to the screen, which answers with SetChip.
type Chip struct {
	ID      string
	Key     string
	Title   string // catalogue key
	Options []Option
	Value   string
	Label   string
	All     string // catalogue key of what is shown while none is chosen; may be empty
	Usual   string // the value the list begins with: it is no filter somebody has set
}

// Request asks for a page: Limit rows after Cursor (empty is the start), in the
// list's order.
type Request struct {
	List    string
	Seq     uint64
	Cursor  string
	Limit   int
	Search  string
	Filters map[string]string
}

// Page answers a Request; the program hands it to List.Apply. Next is the
// cursor of the following page, empty at the end.
type Page struct {
	Request Request
	Rows    []Row
	Next    string
	Err     error
}

// Action is what a list or picker asks its screen to do; the zero Action is
// nothing. Used tells whether the event was one for the list.
type Action struct {
	Open string // the id of the row to open
	Back bool
	Chip string // the id of a chip that the screen has to ask for
	Used bool
}

// The keys of every list.
var (
	listMove   = Bind("kit.list.move", "up", "down", "pgup", "pgdown", "home", "end")
	listOpen   = Bind("kit.list.open", "enter")
	listSearch = Bind("kit.list.search", "/")
	listBack   = Bind("kit.list.back", "esc")
)

// ListKeys are the keys of every list, for footers and the help page.
//
// words: kit.list.keys kit.list.move kit.list.move.help kit.list.open kit.list.open.help
// words: kit.list.search kit.list.search.help kit.list.back kit.list.back.help
func ListKeys() Group {
	return Group{Title: "kit.list.keys", Bindings: []Binding{listMove, listOpen, listSearch, listBack}}
}

// refreshLimit is how many rows a refresh reads again at most.
const refreshLimit = 500

// List is a list read a page at a time. Make it with NewList; set Columns and
// the other fields before the first View.
type List struct {
	Name    string
	Columns []Column
	Chips   []Chip
	Empty   string       // catalogue key of the sentence shown when there is nothing
	Mark    rune         // the decimal mark, for Decimal columns
	Order   func() Order // of its rows now; nil is Newest
	Load    func(Request) tea.Cmd
	// Hold tells why a text is not searched for yet, empty if it is: the rows
	// then stay as they are. Nil searches at every letter.
	Hold func(text string) string

	seq     Seq
	rows    []Row
	next    string
	loaded  bool // an answer has come since the last Reset
	asking  bool
	err     error
	cursor  int
	top     int
	height  int // rows seen in the last View
	search  Line
	sought  string // what was last searched for
	typing  bool
	refresh bool   // the answer awaited replaces the head instead of adding
	want    string // the row to mark once it is read
}

// NewList makes a list that loads its pages by load.
func NewList(name, empty string, load func(Request) tea.Cmd, columns ...Column) *List {
	return &List{Name: name, Empty: empty, Load: load, Columns: columns, Mark: '.', height: 20}
}

// Reset forgets the rows and asks for the first page.
func (l *List) Reset() tea.Cmd {
	l.rows, l.next, l.loaded, l.cursor, l.top, l.err = nil, "", false, 0, 0, nil
	return l.ask("", l.pageSize(), false)
}

// Refresh reads again what is on screen and above it; the selected row stays
// selected.
func (l *List) Refresh() tea.Cmd {
	if !l.loaded {
		return l.Reset()
	}
	return l.ask("", min(max(len(l.rows), l.pageSize()), refreshLimit), true)
}

func (l *List) pageSize() int { return max(50, 2*l.height) }

func (l *List) ask(cursor string, limit int, refresh bool) tea.Cmd {
	l.asking, l.refresh = true, refresh
	if l.held() == "" {
		l.sought = l.Search()
	}
	req := Request{List: l.Name, Seq: l.seq.Next(), Cursor: cursor, Limit: limit, Search: l.sought, Filters: l.Filters()}
	return l.Load(req)
}

// more asks for the next page when the cursor nears the end.
func (l *List) more() tea.Cmd {
	if l.asking || l.next == "" || len(l.rows)-l.cursor > l.height {
		return nil
	}
	return l.ask(l.next, l.pageSize(), false)
}

// Apply takes an answer. One that is for another list, or that a later request
// has overtaken, is dropped.
func (l *List) Apply(p Page) tea.Cmd {
	if p.Request.List != l.Name || l.seq.Stale(p.Request.Seq) {
		return nil
	}
	l.asking, l.err = false, p.Err
	if p.Err != nil {
		return nil
	}
	l.loaded = true
	switch {
	case l.refresh:
		l.replaceHead(p)
	case p.Request.Cursor == "":
		l.rows, l.next = p.Rows, p.Next
	default:
		l.rows, l.next = append(l.rows, p.Rows...), p.Next
	}
	l.clamp()
	if l.want != "" {
		l.Select(l.want)
	}
	return l.more()
}

// replaceHead puts newly read rows in the place of those they cover, keeps
// the tail below them, and keeps the selected row selected.
func (l *List) replaceHead(p Page) {
	selected, above := l.Selected(), l.cursor-l.top
	atHead := l.top == 0
	rows, next := p.Rows, p.Next
	if n := len(p.Rows); n > 0 && p.Next != "" {
		if i := indexOf(l.rows, p.Rows[n-1].ID); i >= 0 && i+1 < len(l.rows) {
			rows, next = append(rows[:n:n], l.rows[i+1:]...), l.next
		}
	}
	l.rows, l.next = rows, next
	if i := indexOf(rows, selected); i >= 0 {
		l.cursor = i
		if !atHead {
			l.top = max(0, i-above)
		}
	}
}

func indexOf(rows []Row, id string) int {
	for i := range rows {
		if rows[i].ID == id {
			return i
		}
	}
	return -1
}

// Selected is the id of the row the marker stands at, empty if there is none.
func (l *List) Selected() string {
	if l.cursor < len(l.rows) {
		return l.rows[l.cursor].ID
	}
	return ""
}

// Select moves the marker to a row: now if it is loaded, or when it comes,
// unless the marker is moved before.
func (l *List) Select(id string) {
	l.want = id
	if i := indexOf(l.rows, id); i >= 0 {
		l.cursor, l.want = i, ""
		l.clamp()
	}
}

// Len is how many rows are loaded.
func (l *List) Len() int { return len(l.rows) }

// Err is what the last load failed with.
func (l *List) Err() error { return l.err }

// Filters gives the value of every chip that is set.
func (l *List) Filters() map[string]string {
	out := make(map[string]string, len(l.Chips))
	for _, c := range l.Chips {
		if c.Value != "" {
			out[c.ID] = c.Value
		}
	}
	return out
}

// narrowed tells whether somebody has set a filter.
func (l *List) narrowed() bool {
	return slices.ContainsFunc(l.Chips, func(c Chip) bool { return c.Value != "" && c.Value != c.Usual })
}

// SetChip sets a chip and loads anew.
func (l *List) SetChip(id, value, label string) tea.Cmd {
	for i := range l.Chips {
		if l.Chips[i].ID == id {
			l.Chips[i].Value, l.Chips[i].Label = value, label
		}
	}
	return l.Reset()
}

// Update moves the marker, edits the search and turns chips.
func (l *List) Update(ev Event) (Action, tea.Cmd) {
	switch ev := ev.(type) {
	case Scan: // a scan looks for what was scanned
		l.search.Set(ev.Text)
		l.typing = false
		return Action{Used: true}, l.seek()
	case Paste:
		l.search.Insert(ev.Text)
		return Action{Used: true}, l.seek()
	case Key:
		if l.typing {
			return l.searchKey(ev)
		}
		return l.key(ev)
	}
	return Action{}, nil
}

func (l *List) key(k Key) (Action, tea.Cmd) {
	switch {
	case listMove.Matches(k):
		l.move(k.Name)
		return Action{Used: true}, l.more()
	case listOpen.Matches(k):
		if id := l.Selected(); id != "" {
			return Action{Open: id, Used: true}, nil
		}
		return Action{Used: true}, nil
	case listSearch.Matches(k):
		l.typing = true
		return Action{Used: true}, nil
	case listBack.Matches(k):
		if l.Search() != "" {
			l.search.Clear()
			return Action{Used: true}, l.Reset()
		}
		return Action{Back: true, Used: true}, nil
	}
	return l.chipKey(k)
}

// move moves the marker by one of the keys of listMove.
func (l *List) move(name string) {
	page := max(1, l.height-1)
	l.want = ""
	switch name {
	case "up":
		l.cursor--
	case "down":
		l.cursor++
	case "pgup":
		l.cursor -= page
	case "pgdown":
		l.cursor += page
	case "home":
		l.cursor = 0
	case "end":
		l.cursor = len(l.rows) - 1
	}
	l.clamp()
}

// clamp keeps the marker on a row and in sight.
func (l *List) clamp() {
	l.cursor = max(0, min(l.cursor, len(l.rows)-1))
	l.top = min(l.top, l.cursor)
	l.top = max(l.top, l.cursor-l.height+1)
	l.top = max(0, min(l.top, len(l.rows)-l.height))
}

func (l *List) chipKey(k Key) (Action, tea.Cmd) {
	for _, c := range l.Chips {
		if c.Key != k.Name {
			continue
		}
		if len(c.Options) == 0 {
			return Action{Chip: c.ID, Used: true}, nil
		}
		o := c.nextOption()
		return Action{Used: true}, l.SetChip(c.ID, o.Value, o.Label)
	}
	return Action{}, nil
}

// nextOption is the option after the one chosen, in a circle.
func (c Chip) nextOption() Option {
	for i, o := range c.Options {
		if o.Value == c.Value {
			return c.Options[(i+1)%len(c.Options)]
		}
	}
	return c.Options[0]
}
