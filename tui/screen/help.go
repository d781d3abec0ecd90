package screen

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/tui/kit"
)

// Help is the page of all keys that work on the page it was called from. It is
// made from the bindings themselves.
type Help struct {
	env    *Env
	groups []kit.Group
	top    int
	seen   int // lines drawn last, and how many there were
	lines  int
}

// NewHelp makes the help page of a screen.
func NewHelp(env *Env, of Screen) *Help {
	return &Help{env: env, groups: append(of.Keys(), Everywhere())}
}

// Init has nothing to read.
func (h *Help) Init() tea.Cmd { return nil }

// Title names the page.
func (h *Help) Title() string { return h.env.Words.T("counter.help.title") }

// Keys are those of the page itself.
func (h *Help) Keys() []kit.Group { return nil }

// Msg has nothing to take.
func (h *Help) Msg(tea.Msg) tea.Cmd { return nil }

// Event scrolls, or leaves.
func (h *Help) Event(ev kit.Event) tea.Cmd {
	k, ok := ev.(kit.Key)
	if !ok {
		return nil
	}
	page := max(1, h.seen-1)
	switch k.Name {
	case "up":
		h.top--
	case "down":
		h.top++
	case "pgup":
		h.top -= page
	case "pgdown", " ":
		h.top += page
	case "home":
		h.top = 0
	case "end":
		h.top = h.lines
	case "esc", "enter", "q", "?", "f1":
		return send(BackMsg{})
	}
	h.top = max(0, min(h.top, h.lines-h.seen))
	return nil
}

// View draws the page.
func (h *Help) View(width, height int) string {
	st, w := h.env.Styles, h.env.Words
	all := kit.HelpLines(st, w, width, h.groups...)
	room := max(0, height-3)
	h.lines, h.seen = len(all), room
	h.top = max(0, min(h.top, len(all)-room))
	shown := all[h.top:min(len(all), h.top+room)]
	where := ""
	if len(all) > room {
		where = st.Dim.Render(fmt.Sprintf("%d–%d / %d", h.top+1, h.top+len(shown), len(all)))
	}
	top := []string{kit.Spread(st.Title.Render(h.Title()), where, width), st.RuleLine(width)}
	foot := []string{st.Dim.Render(kit.Clip(w.T("counter.help.foot"), width))}
	return kit.Frame(width, height, top, shown, foot)
}
