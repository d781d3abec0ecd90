package screen

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"bounceback/tui/kit"
)

// stop is a scan that put nothing on the sale. The cashier, who looks at goods
// and not at the screen, hears and sees it before anything else is taken.
type stop struct {
	text, why string
	since     time.Time
}

// keyGoOn takes the stop band away. It is no key that a scanner sends, nor one
// that is pressed by habit.
//
// words: counter.keys.stop counter.key.go_on counter.key.go_on.help
var keyGoOn = kit.Bind("counter.key.go_on", "f8", "ctrl+r")

// halt raises the stop band, and rings the bell once.
func (c *Counter) halt(text, why string) tea.Cmd {
	c.stop = &stop{text: text, why: why, since: c.env.Clock()}
	c.goods.sell = false
	bell := c.gear.Bell
	if bell == nil {
		return nil
	}
	return func() tea.Msg {
		bell()
		return nil
	}
}

// halted takes events while the band stands. Scans are kept for later; only
// the band's own key takes it away.
func (c *Counter) halted(ev kit.Event) tea.Cmd {
	if keyGoOn.Matches(ev) && !inFlight(c.stop.since, c.env.Clock()) {
		c.stop = nil
	}
	return nil
}

// waiting is how many scans are not taken yet.
func (c *Counter) waiting() int { return len(c.goods.jobs) + len(c.goods.held) }

// stopView fills the window with the band; the total stays at the foot.
func (c *Counter) stopView(width, height int) string {
	st := c.env.Styles
	room := max(1, height-1)
	lines := c.stopLines(width, room)
	blank := room - len(lines)
	out := make([]string, 0, height)
	for i := range room {
		text := ""
		if at := i - blank/2; at >= 0 && at < len(lines) {
			text = lines[at]
		}
		out = append(out, st.Stop.Render(kit.Fit(kit.Center(text, width), width)))
	}
	return kit.Frame(width, height, nil, out, []string{c.due().Line(st, width)}[:min(1, height-1)])
}

// stopLines are the words of the band, in the middle of whose window they
// stand.
func (c *Counter) stopLines(width, height int) []string {
	st, s := c.env.Styles, c.stop
	inner := max(1, width-4)
	edge := kit.Part{Lines: []string{strings.Repeat("!", width)}, Rank: 4}
	word := c.t("counter.stop")
	blank := kit.Part{Lines: []string{""}, Rank: 5}
	wait := kit.Part{Rank: 2}
	if n := c.waiting(); n > 0 {
		wait.Lines = []string{kit.Clip(c.env.Words.N("counter.stop.waiting", n), inner)}
	}
	if st.Theme == kit.Plain {
		edge.Lines = nil
	}
	return kit.Stack(height,
		edge, blank,
		kit.Part{Lines: kit.BigWord(st, word, inner), Small: []string{kit.Clip("!!! "+word+" !!!", inner)}},
		blank,
		kit.Part{Lines: []string{kit.Clip(kit.Clean(s.text), inner)}, Rank: 1},
		kit.Part{Lines: kit.Wrap(s.why, inner), Rank: 3},
		wait, blank,
		kit.Part{Lines: []string{kit.Clip(c.t("counter.stop.key", "key", c.keysText(keyGoOn)), inner)}},
		blank, edge)
}

// keysText names the keys of a binding: F8 / Ctrl+R.
func (c *Counter) keysText(b kit.Binding) string {
	names := make([]string, len(b.Keys()))
	for i, k := range b.Keys() {
		names[i] = kit.KeyName(c.env.Words, k)
	}
	return strings.Join(names, " / ")
}
