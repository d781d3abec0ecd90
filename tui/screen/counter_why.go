package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// why is the page that answers why an offer or a coupon does not apply to the
// sale at the counter. What is typed narrows it.
type why struct {
	env   *Env
	scan  func(kit.Event) tea.Cmd // the counter takes what is scanned meanwhile
	all   []reason
	line  kit.Line
	top   int
	seen  int
	lines int
}

// reason is why one thing does not apply.
type reason struct {
	title, text string
	rank        int
}

// openWhy opens the page for the sale as it stands or, until the next one
// begins, for the sale just recorded.
func (c *Counter) openWhy() tea.Cmd {
	p := &why{env: c.env, scan: c.Event}
	switch {
	case c.cart.rung():
		p.all = c.reasons()
	case c.sold != nil && c.cart.empty():
		p.all = c.sold.reasons
	default:
		c.say(kit.Usual, c.t("counter.say.nothing_rung"))
		return nil
	}
	return open(p)
}

// reasons are the coupons that cannot be used, then the offers that lack a
// little, then those that lack something else, last those that no line is
// meant by.
func (c *Counter) reasons() []reason {
	f, b := c.format(), c.rules().book
	var out []reason
	for i, err := range c.cart.refused {
		if err != nil {
			out = append(out, reason{title: engine.ShowCode(c.cart.coupons[i].Code), text: f.Err(err)})
		}
	}
	for _, r := range c.cart.priced.Rejected {
		o := b.byID[r.OfferID]
		if !c.mayTell(o) {
			continue
		}
		out = append(out, reason{title: kit.Clean(r.Title), text: f.Why(o, r), rank: reasonRank(r)})
	}
	slices.SortStableFunc(out, func(x, y reason) int { return cmp.Compare(x.rank, y.rank) })
	return out
}

// mayTell tells whether an offer may be named: one that asks for a code that
// was not given is not.
func (c *Counter) mayTell(o engine.Offer) bool {
	return o.Code == "" || slices.Contains(c.cart.codes, engine.FoldOfferCode(o.Code))
}

func reasonRank(r engine.Rejected) int {
	switch {
	case r.Missing > 0 || r.Units > 0:
		return 1
	case r.Reason == engine.ReasonTarget:
		return 3
	}
	return 2
}

// Init has nothing to read.
func (p *why) Init() tea.Cmd { return nil }

// Title names the page.
func (p *why) Title() string { return p.env.Words.T("counter.why.title") }

// Typing tells whether letters are being typed.
func (p *why) Typing() bool { return true }

// Keys are those of the page.
//
// words: counter.keys.why counter.key.why_move counter.key.why_move.help counter.key.why_back counter.key.why_back.help
func (p *why) Keys() []kit.Group {
	return []kit.Group{{Title: "counter.keys.why", Bindings: []kit.Binding{
		kit.Bind("counter.key.why_move", "up", "down", "pgup", "pgdown", "home", "end"),
		kit.Bind("counter.key.why_back", "esc", "enter"),
	}}}
}

// Msg has nothing to take.
func (p *why) Msg(tea.Msg) tea.Cmd { return nil }

// Event scrolls, narrows, or leaves. A scan leaves too: it is for the sale.
func (p *why) Event(ev kit.Event) tea.Cmd {
	switch ev := ev.(type) {
	case kit.Scan:
		return tea.Batch(send(BackMsg{}), p.scan(ev))
	case kit.Key:
		return p.key(ev)
	}
	return nil
}

func (p *why) key(k kit.Key) tea.Cmd {
	page := max(1, p.seen-1)
	switch k.Name {
	case "up":
		p.top--
	case "down":
		p.top++
	case "pgup":
		p.top -= page
	case "pgdown":
		p.top += page
	case "home":
		p.top = 0
	case "end":
		p.top = p.lines
	case "enter":
		return send(BackMsg{})
	case "esc":
		if p.line.Empty() {
			return send(BackMsg{})
		}
		p.line.Clear()
	default:
		p.line.Update(k)
		p.top = 0
	}
	p.top = max(0, min(p.top, p.lines-p.seen))
	return nil
}

// View draws the page.
func (p *why) View(width, height int) string {
	st, w := p.env.Styles, p.env.Words
	all := p.layout(width)
	room := max(0, height-4)
	p.lines, p.seen = len(all), room
	p.top = max(0, min(p.top, len(all)-room))
	shown := all[p.top:min(len(all), p.top+room)]
	where := ""
	if len(all) > room {
		where = st.Dim.Render(fmt.Sprintf("%d–%d / %d", p.top+1, p.top+len(shown), len(all)))
	}
	top := []string{kit.Spread(st.Title.Render(p.Title()), where, width), st.RuleLine(width)}
	foot := []string{
		st.Dim.Render("/ ") + p.line.View(st, max(1, width-2), true),
		st.Dim.Render(kit.Clip(w.T("counter.why.foot"), width)),
	}
	return kit.Frame(width, height, top, shown, foot)
}

func (p *why) layout(width int) []string {
	st, w := p.env.Styles, p.env.Words
	want := strings.Join(engine.FoldWords(p.line.Text()), " ")
	var out []string
	for _, r := range p.all {
		if want != "" && !strings.Contains(strings.Join(engine.FoldWords(r.title+" "+r.text), " "), want) {
			continue
		}
		out = append(out, kit.Clip(st.Strong.Render(r.title), width))
		for _, l := range kit.Wrap(r.text, width-2) {
			out = append(out, "  "+l)
		}
	}
	switch {
	case len(p.all) == 0:
		return inked(st.Dim, kit.Wrap(w.T("counter.why.all_apply"), width))
	case len(out) == 0:
		return inked(st.Dim, kit.Wrap(w.T("kit.dialog.none"), width))
	}
	return out
}
