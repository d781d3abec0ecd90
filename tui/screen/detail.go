package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// detail is the page of one thing: what load finds, as draw lays it out.
type detail[T any] struct {
	base
	noun string // catalogue key of the page's name
	load func(context.Context, engine.Actor) (T, error)
	draw func(T) sheet

	facts  T
	loaded bool
	gone   string // why it could not be read
	at     int    // which link is marked
	top    int    // first line in sight
	room   int    // lines seen in the last View
	held   bool   // what is in sight follows the marked link
	seen   bool   // the marked link was in sight in the last View
}

// sheet is a page laid out: a heading, labelled lines, further blocks, lines
// that matter less than these, and what its keys do.
type sheet struct {
	heading string
	lines   []line
	blocks  []block
	rest    []line
	acts    []act
}

// line is one labelled line. With a link, Enter on it or its key goes there.
type line struct {
	label string // catalogue key
	lead  string // stands before the value as it is, as amounts in a column do
	value string
	tone  kit.Tone
	bind  kit.Binding // of the link
	to    func() tea.Cmd
}

// block is lines under a title.
type block struct {
	title string // catalogue key
	lines []line
	empty string // catalogue key of what is said when there are none
}

// The keys of every detail.
var (
	detailMove   = kit.Bind("lists.detail.move", "up", "down", "tab", "shift+tab")
	detailScroll = kit.Bind("lists.detail.scroll", "pgup", "pgdown", "home", "end")
	detailOpen   = kit.Bind("lists.detail.open", "enter")
	detailBack   = kit.Bind("lists.detail.back", "esc")
)

// words: lists.detail.move lists.detail.move.help lists.detail.open lists.detail.open.help lists.detail.keys
// words: lists.detail.back lists.detail.back.help lists.detail.scroll lists.detail.scroll.help
func detailKeys() kit.Group {
	return kit.Group{Title: "lists.detail.keys", Bindings: []kit.Binding{detailMove, detailOpen, detailBack, detailScroll}}
}

// Init reads what is shown.
func (d *detail[T]) Init() tea.Cmd {
	return read(&d.base, d.load, func(v T) tea.Cmd {
		d.facts, d.loaded, d.gone = v, true, ""
		return nil
	})
}

// Title is the noun.
func (d *detail[T]) Title() string { return d.t(d.noun) }

// Typing tells whether an answer is being typed.
func (d *detail[T]) Typing() bool { return d.dialog != nil }

// Msg takes answers, and reads anew when the file has changed.
func (d *detail[T]) Msg(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(ChangedMsg); ok {
		return d.Init()
	}
	cmd, _ := d.msg(msg, d.failed)
	return cmd
}

func (d *detail[T]) failed(err error) {
	if !d.loaded {
		d.gone = d.env.explain(err)
		return
	}
	d.fail(err)
}

// Event takes keys.
func (d *detail[T]) Event(ev kit.Event) tea.Cmd {
	if cmd, taken := d.asking(ev); taken {
		return cmd
	}
	if detailBack.Matches(ev) {
		return send(BackMsg{})
	}
	if !d.loaded {
		return nil
	}
	s := d.draw(d.facts)
	links := s.links()
	switch {
	case detailMove.Matches(ev):
		d.move(ev, len(links))
		return nil
	case detailScroll.Matches(ev):
		d.scroll(ev)
		return nil
	case detailOpen.Matches(ev):
		if d.held = true; d.seen && d.at < len(links) {
			return links[d.at].to()
		}
		return nil // it comes in sight first
	}
	return s.key(ev)
}

// key does what one of the sheet's keys is for.
func (s sheet) key(ev kit.Event) tea.Cmd {
	for _, a := range s.acts {
		if a.bind.Matches(ev) {
			return a.do()
		}
	}
	for _, l := range s.links() {
		if l.hasKey() && l.bind.Matches(ev) {
			return l.to()
		}
	}
	return nil
}

func (l line) hasKey() bool { return l.bind.ID() != "" }

// links are the lines that lead somewhere, in the order they stand.
func (s sheet) links() []line {
	var out []line
	for _, l := range s.all() {
		if l.to != nil {
			out = append(out, l)
		}
	}
	return out
}

func (s sheet) all() []line {
	out := append([]line(nil), s.lines...)
	for _, b := range s.blocks {
		out = append(out, b.lines...)
	}
	return append(out, s.rest...)
}

func (d *detail[T]) move(ev kit.Event, links int) {
	step := 1
	if k, ok := ev.(kit.Key); ok && (k.Name == "up" || k.Name == "shift+tab") {
		step = -1
	}
	d.held = true
	d.at = max(0, min(d.at+step, links-1))
}

func (d *detail[T]) scroll(ev kit.Event) {
	d.held = false
	page := max(1, d.room-1)
	switch k, _ := ev.(kit.Key); k.Name {
	case "pgup":
		d.top -= page
	case "pgdown":
		d.top += page
	case "home":
		d.top = 0
	case "end":
		d.top = 1 << 20 // View brings it back to the last page
	}
}

// Keys are those of every detail and of this one.
func (d *detail[T]) Keys() []kit.Group {
	return []kit.Group{detailKeys(), {Title: d.noun, Bindings: d.bindings()}}
}

// bindings are what the page can do and where its links lead.
func (d *detail[T]) bindings() []kit.Binding {
	s := d.draw(d.facts)
	keys := binds(s.acts)
	for _, l := range s.all() {
		if l.hasKey() {
			keys = append(keys, l.bind.When(l.to != nil))
		}
	}
	return keys
}

// View draws the page.
func (d *detail[T]) View(width, height int) string {
	if !d.loaded {
		return d.frame(width, height, d.Title(), func(w, h int) []string {
			text := d.t("kit.list.loading")
			if d.gone != "" {
				text = d.gone
			}
			return kit.Wrap(text, w)
		}, detailBack)
	}
	s := d.draw(d.facts)
	title := d.Title()
	if s.heading != "" {
		title += " · " + s.heading
	}
	keys := append([]kit.Binding{detailMove.When(len(s.links()) > 0), detailOpen.When(len(s.links()) > 0), detailBack}, binds(s.acts)...)
	return d.frame(width, height, title, func(w, h int) []string { return d.body(s, w, h) }, keys...)
}

// body draws what is in sight: the head at first, the marked link once it has
// been moved.
func (d *detail[T]) body(s sheet, width, height int) []string {
	d.at = max(0, min(d.at, len(s.links())-1))
	lines, from, to := d.layout(s, width)
	all, mark := len(lines), len(lines) > height && height > 2
	if mark {
		height-- // for how much is out of sight
	}
	if d.room != height {
		d.room, d.top = height, 0
	}
	if d.held {
		d.top = max(min(d.top, from), to-height)
	}
	d.top = max(0, min(d.top, len(lines)-height))
	d.seen = from >= d.top && from < d.top+height
	lines = lines[d.top:]
	lines = lines[:min(len(lines), max(0, height))]
	if mark {
		text := kit.Scrolled(d.env.Words, d.top, all-d.top-len(lines))
		lines = append(lines[:len(lines):len(lines)], kit.NoMarker+d.env.Styles.Dim.Render(kit.Clip(text, width-len(kit.NoMarker))))
	}
	return lines
}
