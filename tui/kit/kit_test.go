package kit

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"bounceback/engine/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// start is when every test's clock begins.
var start = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

// later gives a time so many milliseconds after start.
func later(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }

// texts is the real catalogue, and for keys that begin with "test." the key's
// own last part.
type texts struct{ Texts }

func (x texts) T(key string, args ...any) string {
	if rest, ok := strings.CutPrefix(key, "test."); ok {
		return rest
	}
	return x.Texts.T(key, args...)
}

func catalogue(t testing.TB, lang string) Texts {
	t.Helper()
	w, err := words.For(lang)
	if err != nil {
		t.Fatal(err)
	}
	return texts{w}
}

// styles are made as in a session: with 256 colours, or as NO_COLOR has it.
func styles(theme Theme) *Styles {
	r := lipgloss.NewRenderer(os.Stdout)
	r.SetColorProfile(termenv.ANSI256)
	if theme == Mono {
		r.SetColorProfile(termenv.Ascii)
	}
	return NewStyles(r, theme)
}

func themeName(theme Theme) string { return [...]string{"dark", "light", "mono", "plain"}[theme] }

// golden compares lines with a file, its escape character written as ␛, and
// sees to it that no line is wider than width.
func golden(t *testing.T, name string, width int, lines []string) {
	t.Helper()
	for _, l := range lines {
		if Width(l) > width {
			t.Errorf("%s: %d cells in %d: %q", name, Width(l), width, l)
		}
	}
	got := strings.ReplaceAll(strings.Join(lines, "\n"), "\x1b", "␛") + "\n"
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s\nwant:\n%s", name, got, want)
	}
}

// press gives the events of keys by name; a name of one rune types it.
func press(names ...string) []Event {
	var out []Event
	for _, n := range names {
		k := Key{Name: n}
		if len([]rune(n)) == 1 {
			k.Text = n
		}
		out = append(out, k)
	}
	return out
}

// typing gives the events of typing a text.
func typing(text string) []Event { return keysOf([]rune(text)) }
