package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// browse is a list with its filters. What Enter opens is the detail of kind,
// or what open says.
type browse struct {
	base
	list   *kit.List
	kind   Kind
	noun   string        // catalogue key of the page's name
	of     string        // whose: a customer's or campaign's name, shown after the noun
	within engine.Filter // what the list was opened for; not changed here
	acts   []act
	open   func(id string) tea.Cmd

	noSearch bool // the store has none for this list
	narrowed bool // to what no filter shows: the title says so until all filters are taken away

	above func(width, height int) []string // lines above the list; may be nil
}

// act is something a key does on a list or a detail.
type act struct {
	bind kit.Binding
	do   func() tea.Cmd
}

// The filters' keys.
var (
	chipState    = kit.Bind("lists.chip.state", "s")
	chipConsent  = kit.Bind("lists.chip.consent", "s")
	chipAction   = kit.Bind("lists.chip.action", "s")
	chipDates    = kit.Bind("lists.chip.dates", "d")
	chipTyped    = kit.Bind("lists.chip.typed", "t")
	chipCustomer = kit.Bind("lists.chip.customer", "c")
	chipCampaign = kit.Bind("lists.chip.campaign", "g")
	chipStaff    = kit.Bind("lists.chip.staff", "h")
	listAgain    = kit.Bind("lists.again", "f5", "ctrl+r")
	listClear    = kit.Bind("lists.clear", "0")
)

// filterKeys are the bindings of the list's own filters.
//
// words: lists.chip.state lists.chip.dates lists.chip.typed lists.chip.customer lists.chip.campaign lists.chip.staff
// words: lists.chip.state.help lists.chip.dates.help lists.chip.typed.help lists.chip.customer.help
// words: lists.chip.campaign.help lists.chip.staff.help
// words: lists.chip.consent lists.chip.action lists.chip.consent.help lists.chip.action.help
// words: lists.again lists.again.help lists.clear lists.clear.help lists.filters
func (b *browse) filterKeys() kit.Group {
	var keys []kit.Binding
	for _, bind := range []kit.Binding{chipState, chipConsent, chipAction, chipDates, chipCustomer, chipCampaign, chipStaff} {
		for _, c := range b.list.Chips {
			if c.Title == bind.ID() {
				keys = append(keys, bind)
			}
		}
		if bind.ID() == chipDates.ID() && b.hasChip("dates") {
			keys = append(keys, chipTyped)
		}
	}
	if len(keys) > 0 {
		keys = append(keys, listClear)
	}
	return kit.Group{Title: "lists.filters", Bindings: append(keys, listAgain)}
}

func newBrowse(env *Env, name string, kind Kind, noun string, within engine.Filter, of string) *browse {
	return &browse{base: newBase(env, name), kind: kind, noun: noun, within: within, of: of}
}

// pages makes the list's loader out of a method of the store and the writing
// of one row.
func pages[T any](b *browse, get func(context.Context, engine.Actor, engine.Filter) (engine.Page[T], error), row func(T) kit.Row) func(kit.Request) tea.Cmd {
	return func(r kit.Request) tea.Cmd {
		actor, ctx, f := b.env.Actor(), b.env.Ctx, b.filter(r)
		return func() tea.Msg {
			p, err := get(ctx, actor, f)
			out := kit.Page{Request: r, Next: p.Next, Err: err, Rows: make([]kit.Row, len(p.Items))}
			for i := range p.Items {
				out.Rows[i] = row(p.Items[i])
			}
			return out
		}
	}
}

// listed is a page whose items the list's screen keeps.
type listed struct {
	kit.Page
	keep func()
}

// keeping is pages for a list that keeps the items it has read; keep is called
// by Update.
func keeping[T any](b *browse, get func(context.Context, engine.Actor, engine.Filter) (engine.Page[T], error), row func(T) kit.Row, keep func(T)) func(kit.Request) tea.Cmd {
	return func(r kit.Request) tea.Cmd {
		var items []T
		load := pages(b, func(ctx context.Context, a engine.Actor, f engine.Filter) (engine.Page[T], error) {
			p, err := get(ctx, a, f)
			items = p.Items
			return p, err
		}, row)(r)
		return func() tea.Msg {
			page, _ := load().(kit.Page)
			return listed{page, func() {
				for _, v := range items {
					keep(v)
				}
			}}
		}
	}
}

// filter is a list's request as the store takes it.
func (b *browse) filter(r kit.Request) engine.Filter {
	f := b.within
	f.Search, f.Limit, f.After = r.Search, r.Limit, r.Cursor
	if s := r.Filters["state"]; s != "" {
		f.State = s
	}
	f.From, f.To = daysOf(r.Filters["dates"], b.today())
	for id, into := range map[string]*engine.ID{"customer": &f.CustomerID, "campaign": &f.CampaignID, "staff": &f.StaffID} {
		if got, err := engine.ParseID(r.Filters[id]); err == nil {
			*into = got
		}
	}
	return f
}

// newList gives the list its rows and columns.
func (b *browse) newList(empty string, load func(kit.Request) tea.Cmd, columns ...kit.Column) {
	b.list = kit.NewList(b.name, empty, load, columns...)
	b.list.Mark = b.env.Format.Decimal()
}

// Init asks for the first page.
func (b *browse) Init() tea.Cmd { return b.list.Reset() }

// Title is the noun, and whose they are.
func (b *browse) Title() string {
	if b.of == "" {
		return b.t(b.noun)
	}
	return b.t(b.noun) + " · " + b.of
}

// Typing tells whether a search or an answer is being typed.
func (b *browse) Typing() bool { return b.dialog != nil || b.list.Searching() }

// Keys are those of every list, its filters and what it does itself.
func (b *browse) Keys() []kit.Group {
	groups := []kit.Group{{Title: kit.ListKeys().Title, Bindings: b.listKeys()}, b.filterKeys()}
	if len(b.acts) > 0 {
		groups = append(groups, kit.Group{Title: b.noun, Bindings: binds(b.acts)})
	}
	return groups
}

func binds(acts []act) []kit.Binding {
	out := make([]kit.Binding, len(acts))
	for i, a := range acts {
		out[i] = a.bind
	}
	return out
}

// listKeys are the keys of every list, without the search where there is none.
func (b *browse) listKeys() []kit.Binding {
	var out []kit.Binding
	for _, k := range kit.ListKeys().Bindings {
		if !b.noSearch || k.ID() != "kit.list.search" {
			out = append(out, k)
		}
	}
	return out
}

// searches tells whether an event would begin a search.
func searches(ev kit.Event) bool {
	k, isKey := ev.(kit.Key)
	return !isKey || k.Name == "/"
}

// View draws the list.
func (b *browse) View(width, height int) string {
	keys := append(b.listKeys(), binds(b.acts)...)
	return b.frame(width, height, b.Title(), func(w, h int) []string {
		var above []string
		if b.above != nil {
			above = b.above(w, h)
		}
		return append(above, b.list.View(b.env.Styles, b.env.Words, w, h-len(above))...)
	}, append(keys, listAgain)...)
}

// Msg takes pages and answers.
func (b *browse) Msg(msg tea.Msg) tea.Cmd {
	if l, ok := msg.(listed); ok && l.Request.List == b.name {
		l.keep()
		msg = l.Page
	}
	switch msg := msg.(type) {
	case kit.Page:
		if msg.Request.List != b.name {
			return nil
		}
		cmd := b.list.Apply(msg)
		if err := b.list.Err(); err != nil && msg.Err != nil {
			b.fail(err)
			if p, ok := missing(err); ok {
				return tea.Batch(cmd, b.need(p, b.list.Reset))
			}
		}
		return cmd
	case ChangedMsg:
		return b.list.Refresh()
	case savedMsg:
		b.list.Select(msg.id.String())
		return nil
	}
	cmd, _ := b.msg(msg, b.fail)
	return cmd
}

// Event takes keys and scans.
func (b *browse) Event(ev kit.Event) tea.Cmd {
	if cmd, taken := b.asking(ev); taken {
		return cmd
	}
	if !b.list.Searching() {
		if cmd, taken := b.key(ev); taken {
			return cmd
		}
	}
	if b.noSearch && searches(ev) {
		return nil
	}
	a, cmd := b.list.Update(ev)
	switch {
	case a.Back:
		return send(BackMsg{})
	case a.Open != "":
		return b.opened(a.Open)
	case a.Chip != "":
		return b.askChip(a.Chip)
	}
	return cmd
}

// key does what is not the list's own.
func (b *browse) key(ev kit.Event) (cmd tea.Cmd, taken bool) {
	switch {
	case listAgain.Matches(ev):
		return b.list.Refresh(), true
	case listClear.Matches(ev):
		return b.clearChips(), true
	case chipTyped.Matches(ev) && b.hasChip("dates"):
		return b.typeDates(), true
	}
	for _, a := range b.acts {
		if a.bind.Matches(ev) {
			return a.do(), true
		}
	}
	return nil, false
}

func (b *browse) opened(id string) tea.Cmd {
	if b.open != nil {
		return b.open(id)
	}
	got, err := engine.ParseID(id)
	if err != nil {
		return nil
	}
	return send(GotoMsg{b.kind, got})
}

// selected is the id of the marked row; zero if there is none.
func (b *browse) selected() engine.ID {
	id, err := engine.ParseID(b.list.Selected())
	if err != nil {
		return engine.ID{}
	}
	return id
}
