package screen

import (
	"strings"
	"testing"

	"bounceback/engine"
	"bounceback/tui/kit"
)

// bannerOf is the head of a counter with a desk.
func bannerOf(t *testing.T, d engine.TextDesk, width int) string {
	t.Helper()
	env := plainEnv(t)
	env.Actor = func() engine.Actor { return engine.Actor{Register: "Till 1", Staff: "Ana"} }
	c := &Counter{base: base{env: env}, desk: engine.Desk{Texts: d}}
	line := c.headLine(width)
	if kit.Width(line) > width {
		t.Errorf("%d cells in %d: %q", kit.Width(line), width, line)
	}
	return line
}

// TestBannerSaysWhatMattersMost: one line, the most important first, and where
// it is narrow in the place of the shop's name.
func TestBannerSaysWhatMattersMost(t *testing.T) {
	ready := engine.SenderHealth{At: 1, Ready: true, Sandbox: "no"}
	for _, row := range []struct {
		desk         engine.TextDesk
		wide, narrow string
	}{
		{engine.TextDesk{}, "Casa Azul · Till 1 · Ana", "Casa Azul · Till 1 · Ana"},
		{engine.TextDesk{Due: 3, Health: ready}, "3 texts due", "3 texts due"},
		{engine.TextDesk{Due: 31, Held: 2, Health: ready}, "31 texts due · 2 held", "Casa Azul · Till 1 · Ana    31 texts due"},
		{engine.TextDesk{Unknown: 2, Due: 3, Health: ready}, "2 texts unknown · 3 texts due", "Till 1 · Ana             2 texts unknown"},
		{engine.TextDesk{Stuck: 1, Due: 3, Health: ready}, "1 text stuck · 2 texts due", "1 text stuck"},
		{engine.TextDesk{Spent: 80, Limit: 100, Health: ready}, "texts: 80 % of the limit used", "Ana        texts: 80 % of the limit used"},
		{engine.TextDesk{Spent: 100, Limit: 100, Price: 1, Unknown: 1, Health: ready}, "texts wait: month's limit used up · 1 text unknown", "texts wait: month's limit used up"},
		{engine.TextDesk{Spent: 94, Limit: 100, Price: 7, Health: ready}, "texts wait: month's limit used up", "texts wait: month's limit used up"},
		{engine.TextDesk{Spent: 90, Limit: 100, Price: 7, Held: 1, Limited: 1, Health: ready}, "texts wait: month's limit used up · 1 held", "texts wait: month's limit used up"},
		{engine.TextDesk{Spent: 93, Limit: 100, Price: 7, Health: ready}, "texts: 93 % of the limit used", "texts: 93 % of the limit used"},
		{engine.TextDesk{Spent: 79, Limit: 100, Health: ready}, "Casa Azul · Till 1 · Ana", "Casa Azul · Till 1 · Ana"},
		{engine.TextDesk{Health: engine.SenderHealth{At: 1, Problem: "no_sender"}}, "no sender: no texts go", "no sender: no texts go"},
		{engine.TextDesk{Health: engine.SenderHealth{At: 1, Problem: "not_authorised"}}, "texts do not go: see F7, 5", "texts do not go: see F7, 5"},
		{engine.TextDesk{Health: engine.SenderHealth{At: 1, Sender: "sns", Ready: true}}, "no text sender seen for a week", "no text sender seen for a week"},
		{engine.TextDesk{Health: engine.SenderHealth{At: 1, Ready: true, Sandbox: "yes"}}, "AWS sandbox: test numbers only", "AWS sandbox: test numbers only"},
	} {
		if got := bannerOf(t, row.desk, 80); !strings.Contains(got, row.wide) || !strings.HasPrefix(got, "Casa Azul · Till 1 · Ana") {
			t.Errorf("%+v at 80 cells: %q, want %q", row.desk, got, row.wide)
		}
		if got := bannerOf(t, row.desk, 40); !strings.Contains(got, row.narrow) {
			t.Errorf("%+v at 40 cells: %q, want %q", row.desk, got, row.narrow)
		}
	}
}
