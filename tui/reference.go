package tui

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"bounceback/engine"
	"bounceback/engine/words"
	"bounceback/tui/kit"
	"bounceback/tui/screen"
	"bounceback/tui/shop"
)

// nowhere is no shop: pages that are made for their keys alone ask it nothing.
type nowhere struct{ shop.Shop }

// Keys writes the keys of every page as Markdown tables, for the README, from
// the bindings that the pages themselves work with.
func Keys(w *words.Words) string {
	f, err := words.NewFormat(w, "US", "USD", nil) // no key depends on how amounts are written
	if err != nil {
		return err.Error()
	}
	env := &screen.Env{
		Words: w, Format: f, Styles: kit.NewStyles(lipgloss.NewRenderer(io.Discard), kit.Plain), Clock: func() time.Time { return time.Time{} },
		Store: func() engine.Store { return engine.Store{} }, Actor: func() engine.Actor { return engine.Actor{} },
		Writes: &kit.Writes{}, Ctx: context.Background(), Shop: nowhere{},
	}
	counter := screen.NewCounter(env, screen.Gear{NewKey: func() string { return "" }})
	groups := append(counter.Keys(), screen.Everywhere())
	return kit.Markdown(w, append(groups, screen.OfficeKeys(env)...)...)
}

// Settings writes every setting as a Markdown table, for the README.
func Settings(w *words.Words) string {
	var b strings.Builder
	b.WriteString("| " + w.T("counter.reference.setting") + " | " + w.T("counter.reference.default") + " | " + w.T("counter.reference.does") + " |\n|---|---|---|\n")
	for _, d := range engine.SettingDefs {
		value := d.Default
		if d.Kind == engine.SettingRate {
			value = w.T("core.percent", "n", strings.TrimSuffix(engine.Minor(engine.Settings{}.Count(d.Name)).Plain(2), ".00"))
		}
		if value != "" {
			value = "`" + value + "`"
		}
		key := "setting." + string(d.Name)
		fmt.Fprintf(&b, "| `%s` | %s | %s. %s |\n", d.Name, value, w.T(key), w.T(key+".help"))
	}
	return b.String()
}
