package kit

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
)

// Binding is one action and its keys: the first is what the footer shows, a
// function key where the action has one; the others are for keyboards without
// it.
type Binding struct {
	key   key.Binding
	short string
	long  string
}

// Bind makes a binding. id is a catalogue key: the footer's word is under it,
// the sentence of the help page under id + ".help".
func Bind(id string, keys ...string) Binding {
	return Binding{key: key.NewBinding(key.WithKeys(keys...)), short: id, long: id + ".help"}
}

// ID is the catalogue key the binding was made with.
func (b Binding) ID() string { return b.short }

// Keys gives the names of the keys.
func (b Binding) Keys() []string { return b.key.Keys() }

// Enabled tells whether the action can be done now.
func (b Binding) Enabled() bool { return b.key.Enabled() }

// When gives the binding enabled or not.
func (b Binding) When(enabled bool) Binding {
	b.key.SetEnabled(enabled)
	return b
}

// Matches tells whether an event is one of the binding's keys, and the binding
// enabled.
func (b Binding) Matches(ev Event) bool {
	k, ok := ev.(Key)
	return ok && key.Matches(k, b.key)
}

// Group is the bindings of one screen under a title (a catalogue key).
type Group struct {
	Title    string
	Bindings []Binding
}

// Footer writes bindings in at most lines lines. One that is disabled keeps its
// place, dim or, where dim cannot be seen, blank. What does not fit is left
// out from the end.
func Footer(st *Styles, tx Texts, width, lines int, bindings ...Binding) []string {
	var out []string
	var line strings.Builder
	used := 0
	for _, b := range bindings {
		text, w := footerItem(st, tx, b)
		if used > 0 && used+2+w > width {
			out = append(out, line.String())
			line.Reset()
			used = 0
		}
		if len(out) == lines {
			break
		}
		if used > 0 {
			line.WriteString("  ")
			used += 2
		}
		line.WriteString(text)
		used += w
	}
	if used > 0 && len(out) < lines {
		out = append(out, line.String())
	}
	for i := range out {
		out[i] = Clip(out[i], width)
	}
	return out
}

func footerItem(st *Styles, tx Texts, b Binding) (string, int) {
	name, word := footerKey(tx, b.Keys()), tx.T(b.short)
	w := Width(name) + 1 + Width(word)
	switch {
	case b.Enabled():
		return st.Badge.Render(name) + " " + word, w
	case st.Faint:
		return st.Dim.Render(name + " " + word), w
	}
	return Spaces(w), w
}

// footerKey is the first key, or both of a pair of arrows.
func footerKey(tx Texts, keys []string) string {
	name := KeyName(tx, keys[0])
	if len(keys) > 1 && (keys[0] == "up" && keys[1] == "down" || keys[0] == "left" && keys[1] == "right") {
		name += KeyName(tx, keys[1])
	}
	return name
}

// HelpLines writes the help page: each group with its keys and sentences.
func HelpLines(st *Styles, tx Texts, width int, groups ...Group) []string {
	left := 0
	for _, g := range groups {
		for _, b := range g.Bindings {
			left = max(left, Width(keyNames(tx, b)))
		}
	}
	left = min(left, max(8, width*2/5))
	var out []string
	for i, g := range groups {
		if i > 0 {
			out = append(out, "")
		}
		out = append(out, Clip(st.Title.Render(tx.T(g.Title)), width))
		for _, b := range g.Bindings {
			out = append(out, helpLines(st, tx, b, left, width)...)
		}
	}
	return out
}

func helpLines(st *Styles, tx Texts, b Binding, left, width int) []string {
	keys := Wrap(keyNames(tx, b), left)
	sentence := Wrap(tx.T(b.long), width-left-4)
	var out []string
	for i := range max(len(keys), len(sentence)) {
		name, text := "", ""
		if i < len(keys) {
			name = keys[i]
		}
		if i < len(sentence) {
			text = sentence[i]
		}
		line := "  " + st.Badge.Render(name) + Spaces(left-Width(name)) + "  " + text
		out = append(out, Clip(line, width))
	}
	return out
}

// Markdown writes the groups as tables for the README.
func Markdown(tx Texts, groups ...Group) string {
	var b strings.Builder
	for i, g := range groups {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("### " + tx.T(g.Title) + "\n\n")
		b.WriteString("| " + tx.T("kit.keys.key") + " | " + tx.T("kit.keys.also") + " | " + tx.T("kit.keys.does") + " |\n|---|---|---|\n")
		for _, bind := range g.Bindings {
			keys := names(tx, bind)
			b.WriteString("| " + mdKeys(keys[:1]) + " | " + mdKeys(keys[1:]) + " | " + mdText(tx.T(bind.long)) + " |\n")
		}
	}
	return b.String()
}

func mdKeys(keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = "`" + mdText(k) + "`"
	}
	return strings.Join(out, " ")
}

func mdText(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func names(tx Texts, b Binding) []string {
	var out []string
	for _, k := range b.Keys() {
		if n := KeyName(tx, k); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func keyNames(tx Texts, b Binding) string { return strings.Join(names(tx, b), "  ") }

// KeyName writes bubbletea's name of a key the way keyboards do.
func KeyName(tx Texts, name string) string {
	switch name {
	case " ":
		return tx.T("kit.keys.space")
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgup":
		return "PgUp"
	case "pgdown":
		return "PgDn"
	}
	parts := strings.Split(name, "+")
	if len(name) == 1 {
		return name
	}
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "+")
}
