package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"bounceback/engine"
	"bounceback/engine/words"
)

// CodeOutput says that an answer could not be written.
const CodeOutput engine.Code = "output" // with cause

// answer writes an answer: as JSON, or by its lines for people.
func (a *app) answer(dto any, lines func()) error {
	if !a.JSON {
		lines()
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(dto)
	if err == nil {
		_, err = a.env.Stdout.Write(engine.ShownJSON(b.Bytes()))
	}
	if err != nil {
		return engine.Broken(CodeOutput, err)
	}
	return nil
}

// say writes a line for people on stdout.
func (a *app) say(format string, args ...any) {
	fmt.Fprintln(a.env.Stdout, engine.ShownText(fmt.Sprintf(format, args...)))
}

// note writes a line on stderr: what stands beside an answer.
func (a *app) note(format string, args ...any) {
	fmt.Fprintln(a.env.Stderr, engine.ShownText(fmt.Sprintf(format, args...)))
}

// align says on which side the cells of a column begin.
type align int

const (
	left align = iota
	right
)

// table is rows of cells under the names of their columns.
type table struct {
	names  []string
	aligns []align
	rows   [][]string
}

// column adds a column, named by its key in the catalogue under "cli.col.".
func (t *table) column(w *words.Words, key string, at align) {
	// words: cli.col.*
	t.names, t.aligns = append(t.names, w.T("cli.col."+key)), append(t.aligns, at)
}

func (t *table) add(cells ...string) {
	for i, c := range cells {
		cells[i] = engine.ShownText(c)
	}
	t.rows = append(t.rows, cells)
}

// print writes the table; without rows it writes what an empty list says.
func (a *app) print(t table) {
	if len(t.rows) == 0 {
		a.say("%s", a.words.T("cli.empty"))
		return
	}
	widths := make([]int, len(t.names))
	for _, row := range append([][]string{t.names}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	for _, row := range append([][]string{t.names}, t.rows...) {
		var b strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell))
			if t.aligns[i] == right {
				b.WriteString(space + cell + "  ")
			} else {
				b.WriteString(cell + space + "  ")
			}
		}
		a.say("%s", strings.TrimRight(b.String(), " "))
	}
}

// facts are labelled lines. Empty values are left out.
type facts struct{ labels, values []string }

// add adds a line, labelled by its key in the catalogue under "cli.col.".
func (f *facts) add(w *words.Words, key, value string) {
	if value != "" {
		f.labels, f.values = append(f.labels, w.T("cli.col."+key)), append(f.values, value)
	}
}

func (a *app) printFacts(f facts) {
	width := 0
	for _, l := range f.labels {
		width = max(width, runewidth.StringWidth(l))
	}
	for i, l := range f.labels {
		a.say("%s%s  %s", l, strings.Repeat(" ", width-runewidth.StringWidth(l)), f.values[i])
	}
}

// more tells how to get the next page.
func (a *app) more(next string) {
	if next != "" {
		a.note("%s", a.words.T("cli.more", "next", next))
	}
}

// dayOrEmpty and timeOrEmpty leave out what is not there.
func (a *app) dayOrEmpty(d engine.Day) string {
	if d == 0 {
		return ""
	}
	return a.format.Date(d)
}

func (a *app) timeOrEmpty(at engine.Instant) string {
	if at == 0 {
		return ""
	}
	return a.format.DateTime(at)
}

func (a *app) today() engine.Day { return a.store.Today(a.env.Clock()) }

// storeWords are the words of a store's own language.
func storeWords(lang string) *words.Words {
	w, err := words.For(lang)
	if err != nil {
		return &words.Words{} // see speak
	}
	return w
}

// joinCells puts texts beside each other, leaving out empty ones.
func joinCells(cells ...string) string {
	kept := slices.DeleteFunc(cells, func(s string) bool { return s == "" })
	return strings.Join(kept, "  ")
}
